"""The contacts and values that an import has met so far, for its later records."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import MutableMapping
from dataclasses import dataclass, field, fields

from planner.core.matching.recognition import Candidate
from planner.store.facts.identity.import_candidates import Known

REMEMBERED = 14
"""The most digests and name marks stored for one source key."""


@dataclass(slots=True)
class Memory:
    """Everyone an import has added or met again, and what it has said under each source key."""

    candidates: MutableMapping[int, Candidate] = field(default_factory=dict)
    met: MutableMapping[int, frozenset[str]] = field(default_factory=dict)
    """The contacts this import has added, each with the file it came from."""
    told: MutableMapping[str, str] = field(default_factory=dict)
    """What this import's records said under a key, as digests and marks of names, the latest last."""
    rewritten: MutableMapping[str, bool] = field(default_factory=dict)
    """Keys whose stored digests this import has replaced by those of `told`."""
    favors: MutableMapping[str, bool] = field(default_factory=dict)
    """Source keys of the favors it has reported."""
    changes: MutableMapping[int, int] = field(default_factory=dict)
    """How often its records have changed a contact."""
    duplicates: MutableMapping[str, int] = field(default_factory=dict)
    """How often a source key belonged to somebody with another name."""
    cards: MutableMapping[str, bool] = field(default_factory=dict)
    """The source keys under which it has read a card or a row: a second one is merged with the first."""

    def copied(self) -> Memory:
        """A copy for one transaction; `keep` takes over what the copy has learned."""
        return Memory(
            ChainMap({}, self.candidates),
            ChainMap({}, self.met),
            ChainMap({}, self.told),
            ChainMap({}, self.rewritten),
            ChainMap({}, self.favors),
            ChainMap({}, self.changes),
            ChainMap({}, self.duplicates),
            ChainMap({}, self.cards),
        )

    def keep(self, other: Memory) -> None:
        """Take over what a copy has learned since `copied`."""
        for each in fields(self):
            learned = getattr(other, each.name)
            assert isinstance(learned, ChainMap)
            getattr(self, each.name).update(learned.maps[0])

    def said_before(self, known: Known, keys: tuple[str, ...], digest: str) -> bool:
        """Whether a record with these keys has said exactly this, in an earlier import or in this one."""
        for key in keys:
            stored = "" if key in self.rewritten else known.digests.get(key, (0, ""))[1]
            if digest in self.told.get(key, "").split() or digest in stored.split():
                return True
        return False

    def say(self, key: str, digest: str, name_mark: str) -> str:
        """Remember what a record says under a key; return everything this import said under it."""
        told = self.told.get(key, "").split()
        if digest not in told or name_mark not in told:
            told = [one for one in told if one not in (digest, name_mark)]
            self.told[key] = " ".join((*told, digest, name_mark)[-REMEMBERED:])
        return self.told[key]
