"""Finds wishes and offers by the thing itself, in an index derived from the contacts.

A row of the index says that a contact looks for something (side 0) or offers it (side 1), under a key of
`core.network.things`. A town is stored as "@" and its name.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from planner.core.network.matchmaking import TOO_COMMON, Common, Pair, Side, pair_of, rank
from planner.core.network.things import about
from planner.store.connection import ask, ask_about, insert_rows
from planner.store.facts.introductions import not_these

LOOKS_FOR, OFFERS = 0, 1
ROWS = "SELECT contact_id, side, word FROM wish_word WHERE contact_id IN ({keys})"
TEXTS = "SELECT id, looking_for, offers FROM contact WHERE id IN ({keys}) AND (looking_for <> '' OR offers <> '')"
SIDES = "SELECT id, name, looking_for, offers FROM contact WHERE id IN ({keys}) AND status = 'active'"

Row = tuple[int, int, str]

# The index


def _rows(contact_ids: Collection[int]) -> Iterator[Row]:
    """The index rows derived from the facts."""
    for key, *texts in ask_about(TEXTS, contact_ids):
        for side, text in enumerate(texts):
            found = about(text)
            yield from ((key, side, word) for word in sorted(found.keys))
            yield from ((key, side, f"@{place}") for place in sorted(found.places))


def index_wishes(contact_ids: Collection[int]) -> None:
    """Index the wishes and offers of some contacts again; in the caller's transaction."""
    ask_about("DELETE FROM wish_word WHERE contact_id IN ({keys})", contact_ids)
    insert_rows("wish_word", ("contact_id", "side", "word"), list(_rows(contact_ids)))


def wrongly_indexed(contact_ids: Collection[int]) -> list[int]:
    """The contacts, among some and in order, whose index differs from the facts."""
    return sorted({key for key, *_ in {*ask_about(ROWS, contact_ids)} ^ {*_rows(contact_ids)}})


# Matches


def matches(most: int) -> tuple[Pair, ...]:
    """The pairs of active contacts of whom one offers what the other looks for, the rarest things first."""
    counts = ask("SELECT word, side, count(*) FROM wish_word GROUP BY word, side")
    needed = {word: count for word, side, count in counts if side == LOOKS_FOR}
    offered = {word: count for word, side, count in counts if side == OFFERS}
    common = Common(offered, sum(offered.values()))
    words = [word for word in needed.keys() & offered.keys() if word[0] != "@"]
    refused, found = not_these(), dict[tuple[int, int], Pair]()
    for word in sorted(words, key=lambda word: (offered[word], needed[word], word)):
        new = [pair for pair in _sharing(word) if pair not in found and (min(pair), max(pair)) not in refused]
        found.update({(pair.needs.contact_id, pair.offers.contact_id): pair for pair in _fitting(new, common)})
        if len(found) >= 2 * most:
            # The remaining words are more common than those found.
            break
    return tuple(sorted(found.values(), key=rank)[:most])


def matches_of(contact_id: int, most: int = 20) -> tuple[Pair, ...]:
    """The pairs in which a contact looks for something, the rarest things first."""
    words = [word for key, side, word in ask_about(ROWS, [contact_id]) if side == LOOKS_FOR and word[0] != "@"]
    counts = ask_about(
        f"SELECT word, count(*) FROM wish_word WHERE word IN ({{keys}}) AND side = {OFFERS} GROUP BY word", words
    )
    common = Common(dict(counts), max((count for _, count in counts), default=0))
    refused = not_these(contact_id)
    near = dict.fromkeys(
        pair for word, _ in counts for pair in _sharing(word, contact_id) if (min(pair), max(pair)) not in refused
    )
    return tuple(sorted(_fitting(list(near), common), key=rank)[:most])


def who_offers(keys: Collection[str], most: int) -> set[int]:
    """The contacts who offer something under one of the keys, at most `most` for each key."""
    offers = f"SELECT contact_id FROM wish_word WHERE word = ? AND side = {OFFERS} LIMIT {int(most)}"
    return {contact_id for key in keys for (contact_id,) in ask(offers, (key,))}


SHARING = f"""SELECT n.contact_id, o.contact_id FROM wish_word n
    JOIN wish_word o ON o.word = n.word AND o.side = {OFFERS}
    WHERE n.word = :word AND n.side = {LOOKS_FOR}"""
NEAR = f"""SELECT n.contact_id, o.contact_id FROM wish_word n
    JOIN wish_word np ON np.contact_id = n.contact_id AND np.side = {LOOKS_FOR} AND np.word >= '@' AND np.word < 'A'
    JOIN wish_word op ON op.word = np.word AND op.side = {OFFERS}
    JOIN wish_word o ON o.contact_id = op.contact_id AND o.side = {OFFERS} AND o.word = n.word
    WHERE n.word = :word AND n.side = {LOOKS_FOR}"""


def _sharing(word: str, contact_id: int | None = None) -> list[tuple[int, int]]:
    """(seeker, offerer) pairs for a key; for a common key only the first pairs and those in one town."""
    own = "" if contact_id is None else f" AND n.contact_id = {int(contact_id)}"
    most = TOO_COMMON if contact_id is not None else TOO_COMMON * 10
    found: dict[tuple[int, int], None] = {}
    for sql in (SHARING, NEAR):
        rows = ask(f"{sql}{own} LIMIT {most + 1}", {"word": word})
        found.update(dict.fromkeys((one, other) for one, other in rows if one != other))
        if len(rows) <= most:
            break
    return list(found)


def _fitting(near: Sequence[tuple[int, int]], common: Common) -> Iterator[Pair]:
    """The matching pairs among contacts that share a key."""
    ids = {key for pair in near for key in pair}
    sides = {
        key: (Side(key, name, wanted), Side(key, name, offer)) for key, name, wanted, offer in ask_about(SIDES, ids)
    }
    for one, other in near:
        if one in sides and other in sides:
            pair = pair_of(sides[one][0], sides[other][1], common)
            if pair is not None:
                yield pair
