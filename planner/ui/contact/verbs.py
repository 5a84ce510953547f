"""The verbs for an entry of the timeline: change it, delete it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, Protocol

from planner.core.dates.shown import exact_date
from planner.core.model import Favor, FavorState, FollowUp, Interaction
from planner.errors import PlannerError, Refused
from planner.ui.contact.interaction_dialog import Changes, InteractionDialog
from planner.ui.contact.timeline import TimelineEntry
from planner.ui.editor import file_with, shown_path
from planner.ui.ledger.rows import about
from planner.ui.shared.choose import Choice, ChooseDialog
from planner.ui.shared.triage_questions import day_question
from planner.ui.verbs.verb import ScreenVerb, VerbPlace


class Timeline(VerbPlace, Protocol):
    """The place that shows the timeline of one contact."""

    contact_id: int

    @property
    def current(self) -> TimelineEntry | None:
        """The entry under the cursor."""


class EntryVerb(ScreenVerb):
    """A verb that acts on the entry under the cursor."""

    def refusal(self, place: Timeline) -> str:  # type: ignore[override]
        if place.current is None:
            return place.with_keys("The timeline is empty; {done} writes down the first contact")
        return place.with_keys(self.refuses_entry(place.current))

    def refuses_entry(self, entry: TimelineEntry) -> str:
        """Why the verb cannot act on an entry, "" if it can; `{done}` stands for the key of that verb."""
        return ""


class ChangeEntry(EntryVerb):
    """Changes an interaction or the day of a follow-up, or notes that help offered instead was given."""

    id = "open"

    def refuses_entry(self, entry: TimelineEntry) -> str:
        source = entry.source
        if isinstance(source, FollowUp) and (source.closed_on is not None or (source.done_on and not source.repeat)):
            return "That is done already; {follow_up} sets another one"
        if isinstance(source, Favor) and not _waits_to_be_given(source):
            return "3, the ledger, moves a favor on: promised, done, thanked, told"
        return ""

    def run(self, place: Timeline) -> None:  # type: ignore[override]
        entry = place.current
        if entry is None:
            return
        if isinstance(entry.source, Interaction):
            place.in_turn(partial(self._interaction, place, entry.source), group="change")
        elif isinstance(entry.source, FollowUp):
            self._follow_up(place, entry.source)
        else:
            place.in_turn(partial(self._alternative, place, entry.source), group="change")

    async def _interaction(self, place: Timeline, one: Interaction) -> None:
        typed, problem = Changes(), ""
        while True:
            planner = place.planner
            dialog = InteractionDialog(one, planner.read_day, planner.today, typed=typed, problem=problem)
            changes = await place.answer_of(dialog)
            if not changes:
                return
            try:
                await _store(place, one, changes)
            except PlannerError as refusal:
                now = await _as_it_is(place, one)
                if now is None:
                    raise Refused(f"{_note_kept(place, changes)} {refusal}".strip()) from refusal
                # The dialog opens again with what was typed, over the stored interaction.
                one, typed, problem = now, changes, str(refusal)
            else:
                return

    def _follow_up(self, place: Timeline, one: FollowUp) -> None:
        async def submit(text: str) -> None:
            to = place.planner.read_day(text)
            await place.do(lambda desk: desk.triage.move([f"f{one.id}"], to))

        place.ask(day_question(place, f"{one.text}: on"), submit)

    async def _alternative(self, place: Timeline, one: Favor) -> None:
        """Ask whether help that was offered instead was given, and store it. Only then does it count as given."""
        choices = (Choice("g", "it is given", "counts as help you gave"), Choice("k", "not yet"))
        heading = f"You offered {one.contact_name}: {one.way_out_note}"
        dialog = ChooseDialog(heading, choices, text=f"instead of: {about(one)}", current="g")
        if await place.answer_of(dialog) == "g":
            await place.do(lambda desk: desk.favors.done([one.id]))


class DeleteEntry(EntryVerb):
    """Deletes an interaction or ends a follow-up, after asking."""

    id = "delete"

    def refuses_entry(self, entry: TimelineEntry) -> str:
        if isinstance(entry.source, Favor):
            return "A favor stays in the ledger; {undo} takes back the last change"
        if isinstance(entry.source, FollowUp) and not entry.open:
            return "What is done stays; {undo} takes back the last change"
        return ""

    def run(self, place: Timeline) -> None:  # type: ignore[override]
        if place.current is not None:
            place.in_turn(partial(self._agreed, place, place.current), group="change")

    async def _agreed(self, place: Timeline, entry: TimelineEntry) -> None:
        what, source = f"{entry.word} {exact_date(entry.on)}", entry.source
        after = place.with_keys("due dates follow; {undo} takes it back")
        choices = (Choice("d", "delete", after), Choice("k", "keep it"))
        if await place.answer_of(ChooseDialog(f"Delete {what}?", choices, text=entry.text, current="k")) != "d":
            return
        if isinstance(source, Interaction):
            await place.do(lambda desk: desk.interactions.unlog([source.id]))
        else:
            await place.do(lambda desk: desk.triage.end_follow_up([source.id]))


def _waits_to_be_given(one: Favor) -> bool:
    return one.state is FavorState.ALTERNATIVE and one.closed_on is not None


async def _store(place: Timeline, one: Interaction, changes: Mapping[str, Any]) -> None:
    await place.do(lambda desk: desk.interactions.edit(one.id, version=one.version, **changes))


async def _as_it_is(place: Timeline, one: Interaction) -> Interaction | None:
    """The stored interaction; None if it was deleted."""
    contact_id = place.contact_id
    try:
        card = await place.fetch(lambda desk: desk.reading.card(contact_id, history=10_000))
    except PlannerError:
        return None
    return next((found for found in card.interactions if found.id == one.id), None)


def _note_kept(place: Timeline, changes: Mapping[str, Any]) -> str:
    """Says in which file an unsavable note is kept; "" if there is none."""
    if not changes.get("note"):
        return ""
    paths = place.planner.paths
    try:
        return f"What you wrote is in {shown_path(file_with(changes['note'], paths.state if paths else None, 'note'))}."
    except Refused as problem:
        return str(problem)
