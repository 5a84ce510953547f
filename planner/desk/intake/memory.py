"""What an import has met so far, as its later records need to know it."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import MutableMapping
from dataclasses import dataclass, field

from planner.core.matching.recognition import Candidate
from planner.store.facts.import_candidates import Known

REMEMBERED = 7
"""Contents of one source key that are told apart; a file that uses a key more often says the same again."""


@dataclass(slots=True)
class Memory:
    """Everyone an import has added or met again, and what it has said under each source key."""

    candidates: MutableMapping[int, Candidate] = field(default_factory=dict)
    met: MutableMapping[int, bool] = field(default_factory=dict)
    """Those it has added, who are as they are stored."""
    told: MutableMapping[str, str] = field(default_factory=dict)
    """What the records of this import said under a key, as digests apart by spaces, the latest last."""
    rewritten: MutableMapping[str, bool] = field(default_factory=dict)
    """Keys whose stored digests are those of `told` by now."""
    favors: MutableMapping[str, bool] = field(default_factory=dict)
    """Source keys of the favors it has told of."""

    def copied(self) -> Memory:
        """A memory that can be thrown away: what it learns is kept by `keep`."""
        return Memory(
            ChainMap({}, self.candidates),
            ChainMap({}, self.met),
            ChainMap({}, self.told),
            ChainMap({}, self.rewritten),
            ChainMap({}, self.favors),
        )

    def keep(self, other: Memory) -> None:
        """Take over what a copy has learned."""
        for name in ("candidates", "met", "told", "rewritten", "favors"):
            learned = getattr(other, name)
            assert isinstance(learned, ChainMap)
            getattr(self, name).update(learned.maps[0])

    def said_before(self, known: Known, keys: tuple[str, ...], digest: str) -> bool:
        """Whether a record with these keys has said exactly this: in an earlier import, or in this one."""
        for key in keys:
            stored = "" if key in self.rewritten else known.digests.get(key, (0, ""))[1]
            if digest in self.told.get(key, "").split() or digest in stored.split():
                return True
        return False

    def say(self, key: str, digest: str) -> str:
        """Remember what a record says under a key; gives everything this import said under it."""
        told = self.told.get(key, "").split()
        if digest not in told:
            self.told[key] = " ".join((*told, digest)[-REMEMBERED:])
        return self.told[key]
