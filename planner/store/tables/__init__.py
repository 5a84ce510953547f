"""The tables of the store: facts, the journal, and everything derived from facts.

Only modules of `planner.store` see these models; outside it there are frozen values of `planner.core.model`. A table is
made when it is first named: reading by SQL needs none of them, and making all takes half as long as loading Peewee.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from peewee import make_snake_case

from planner.store.tables.base import CivilDateField as CivilDateField
from planner.store.tables.base import Table as Table
from planner.store.tables.base import database_proxy as database_proxy
from planner.store.tables.base import using as using

if TYPE_CHECKING:
    from planner.store.tables.book import *  # noqa: F403
    from planner.store.tables.derived import *  # noqa: F403
    from planner.store.tables.every import *  # noqa: F403
    from planner.store.tables.evidence import *  # noqa: F403
    from planner.store.tables.inbox import *  # noqa: F403
    from planner.store.tables.interactions import *  # noqa: F403
    from planner.store.tables.journal import *  # noqa: F403
    from planner.store.tables.moves import *  # noqa: F403
    from planner.store.tables.people import *  # noqa: F403
    from planner.store.tables.reciprocity import *  # noqa: F403
    from planner.store.tables.rhythm import *  # noqa: F403

MODULES = {
    "people": "Circle Contact Identity Address Membership ContactDate Acquaintance Through Doubt Newcomer",
    "interactions": "Interaction Participation",
    "rhythm": "FollowUp FollowUpDone Snooze Skip ChosenDay Pause",
    "reciprocity": "Favor Nudge Need NeedFor Post Told Introduction NotThese",
    "inbox": "InboxLine InboxFile",
    "evidence": "EvidenceKey Watched Evidence EvidenceMode KnownAs WatchedState",
    "book": "Book Card BookQuestion FormerPosition BookState",
    "derived": "DueItem ContactSummary WishWord ContactWord ContactLetter",
    "moves": "Moved",
    "journal": "Meta Journal JournalChange Forgotten",
}
"""The tables by the module that defines them, each without “Table” at its end."""
_PLACES = {f"{table}Table": module for module, tables in MODULES.items() for table in tables.split()}
_PLACES |= {"FACTS": "every", "ALL": "every", "DERIVED": "derived", "EVIDENCE": "evidence", "BOOK": "book"}


def __getattr__(name: str) -> Any:
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)
    globals()[name] = found
    return found


def names(*, but: str = "") -> list[str]:
    """The names of tables in the database, without those of one module; makes no table class."""
    found = (tables.split() for module, tables in MODULES.items() if module != but)
    return [make_snake_case(table) for tables in found for table in tables]


def by_name(name: str) -> type[Table]:
    """The table with a name in the database."""
    found: type[Table] = __getattr__(f"{''.join(map(str.capitalize, name.split('_')))}Table")
    return found
