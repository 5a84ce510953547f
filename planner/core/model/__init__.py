"""The planner's vocabulary as frozen values: what the store returns and the rules compute with.

All dates are civil dates (`datetime.date`); intervals are in days unless a name says otherwise.
"""

from planner.core.model.agenda import (
    ANSWERED,
    EVERYONE,
    HEAR,
    Agenda,
    AgendaItem,
    Day,
    Hidden,
    ItemKind,
    OpenItem,
    SeenCount,
    State,
    Term,
)
from planner.core.model.favors import FAVOR_KINDS, WAYS_OUT, Favor, FavorDirection, FavorState
from planner.core.model.imports import (
    ImportedContact,
    ImportedDate,
    ImportedFavor,
    ImportReport,
    Rejected,
)
from planner.core.model.interactions import (
    CHANNELS,
    WRITTEN_CHANNELS,
    Direction,
    FollowUp,
    Interaction,
    Outcome,
)
from planner.core.model.people import (
    IN_PERSON,
    OLDEST,
    Acquaintance,
    Cell,
    Contact,
    ContactDate,
    ContactRow,
    Mode,
    Status,
)
from planner.core.model.rhythm import FOREVER, CircleCadence, RhythmFacts, Snooze
from planner.core.model.settings import Settings

__all__ = [
    "ANSWERED",
    "CHANNELS",
    "EVERYONE",
    "FAVOR_KINDS",
    "FOREVER",
    "HEAR",
    "IN_PERSON",
    "OLDEST",
    "WAYS_OUT",
    "WRITTEN_CHANNELS",
    "Acquaintance",
    "Agenda",
    "AgendaItem",
    "Cell",
    "CircleCadence",
    "Contact",
    "ContactDate",
    "ContactRow",
    "Day",
    "Direction",
    "Favor",
    "FavorDirection",
    "FavorState",
    "FollowUp",
    "Hidden",
    "ImportReport",
    "ImportedContact",
    "ImportedDate",
    "ImportedFavor",
    "Interaction",
    "ItemKind",
    "Mode",
    "OpenItem",
    "Outcome",
    "Rejected",
    "RhythmFacts",
    "SeenCount",
    "Settings",
    "Snooze",
    "State",
    "Status",
    "Term",
]
