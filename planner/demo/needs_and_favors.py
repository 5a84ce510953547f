"""Writes the needs and the favors of the sample network, and who was told about each need."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from planner.demo import favor_story
from planner.demo.network import SampleNetwork
from planner.store import tables as t


def write_needs_and_favors(network: SampleNetwork) -> None:
    """Write the needs, then the favors, then who was told about each need. The people are written already."""
    _write_needs(network)
    favors = _write_favors(network)
    closed = {title: network.on(on) if on is not None else None for title, _, _, _, on, _ in favor_story.NEEDS}
    rows = [
        {
            "need": network.needs[title],
            "contact": network.ids[name],
            "state": state,
            "on": network.on(day),
            "passed_to": network.ids[words] if state == "passed on" else None,
            "favor": favors[network.ids[name], words] if state in ("asked", "helped") else None,
            "heard_on": closed[title] if title != favor_story.STILL_TO_HEAR else None,
        }
        for title, told in favor_story.TOLD.items()
        for name, state, day, words in told
    ]
    network.writer.insert_many(t.ToldTable, rows)
    title, whose = favor_story.NEED_FOR
    network.writer.insert(t.NeedForTable, need=network.needs[title], contact=network.ids[whose])
    title, channel, posted = favor_story.POSTED
    network.writer.insert(t.PostTable, need=network.needs[title], channel=channel, on=network.on(posted))
    known, through = (network.ids[name] for name in favor_story.THROUGH)
    network.writer.insert(t.ThroughTable, contact=known, known=through)


def _write_needs(network: SampleNetwork) -> None:
    rows = [
        {
            "uid": network.uid(),
            "title": title,
            "why": why,
            "created_on": network.on(since),
            "wanted_by": network.on(by) if by is not None else None,
            "closed_on": network.on(closed) if closed is not None else None,
            "outcome": outcome,
        }
        for title, why, since, by, closed, outcome in favor_story.NEEDS
    ]
    keys = network.writer.insert_many(t.NeedTable, rows)
    network.needs = {need[0]: key for need, key in zip(favor_story.NEEDS, keys, strict=True)}


def _write_favors(network: SampleNetwork) -> dict[tuple[int, str], int]:
    """Write the favors and the nudges; return the key of each favor by its contact and its note."""
    rows = list(_favor_rows(network))
    needed = {
        (network.ids[name], words): network.needs[title]
        for title, told in favor_story.TOLD.items()
        for name, state, _, words in told
        if state in ("asked", "helped")
    }
    entries = [(row["contact"], row["note"]) for row in rows]
    found = [{**row, "need_id": needed.get(entry)} for row, entry in zip(rows, entries, strict=True)]
    keys = network.writer.insert_many(t.FavorTable, found)
    asks = zip(keys[-len(favor_story.I_ASKED) :], favor_story.I_ASKED, strict=True)
    nudges = [{"favor": key, "on": network.on(day)} for key, ask in asks for day in ask[4]]
    network.writer.insert_many(t.NudgeTable, nudges)
    return dict(zip(entries, keys, strict=True))


def _favor_rows(network: SampleNetwork) -> Iterator[dict[str, Any]]:
    """The row of each favor of the story; those of `favor_story.I_ASKED` come last."""

    def row(name: str, direction: str, kind: str, state: str, note: str, **more: Any) -> dict[str, Any]:
        columns = {key: network.on(value) if isinstance(value, int) else value for key, value in more.items()}
        return {
            "uid": network.uid(), "contact": network.ids[name], "direction": direction, "kind": kind, "state": state,
            "note": network.text(note), **columns,
        }  # fmt: skip

    for name, gave in favor_story.GAVE.items():
        for day, kind, note in gave:
            yield row(name, "given", kind, "done", note, done_on=day)
    for name, received in favor_story.RECEIVED.items():
        for day, kind, note in received:
            told = min(day + 15, -8)
            yield row(name, "received", kind, "told", note, done_on=day, thanked_on=day + 1, told_on=told)
    for name, kind, note, asked, closed, way, words in favor_story.OFFERED_INSTEAD:
        days = {"asked_on": asked, "closed_on": closed}
        yield row(name, "given", kind, "alternative", note, **days, way_out=way, way_out_note=words)
    for name, kind, note, asked, closed, state, words in favor_story.NOT_TO_BE:
        yield row(name, "received", kind, state, note, asked_on=asked, closed_on=closed, way_out_note=words)
    name, kind, note, done, thanked = favor_story.TOLD_TODAY
    yield row(name, "received", kind, "told", note, done_on=done, thanked_on=thanked, told_on=0)
    for name, kind, note, asked, due in favor_story.PROMISED:
        yield row(name, "given", kind, "promised", note, asked_on=asked, due_on=due)
    for name, direction, note, lent, home_by in favor_story.LOANS:
        borrowed = direction == "received"
        days = {"done_on": lent, "home_by": home_by} | ({"thanked_on": lent + 1} if borrowed else {})
        yield row(name, direction, "loan", "thanked" if borrowed else "done", note, **days)
    for name, state, note, on in favor_story.GIFTS:
        days = {"done_on": on} if state == "done" else {"asked_on": on}
        yield row(name, "given", "gift", state, note, **days, occasion="birthday")
    for name, kind, note, asked in favor_story.ASKED_ME:
        yield row(name, "given", kind, "asked", note, asked_on=asked)
    for name, kind, note, done in favor_story.THANKS_OWED:
        yield row(name, "received", kind, "done", note, done_on=done)
    for name, kind, note, done, thanked in favor_story.OUTCOME_OWED:
        yield row(name, "received", kind, "thanked", note, done_on=done, thanked_on=thanked)
    for name, kind, note, asked, _ in favor_story.I_ASKED:
        yield row(name, "received", kind, "asked", note, asked_on=asked)
