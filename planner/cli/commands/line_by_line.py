"""Triage line by line, for screen readers, dumb terminals and pipes: who, why, a letter for each verb, the result."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Sequence
from typing import Any

import click

from planner.cli import DONE_IN_PART, line_verbs, standard_input
from planner.cli.line_verbs import HELP, QUIT, REACH, REDO, UNDO, VERBS, WHY, Letters
from planner.cli.options import as_json, pass_session
from planner.cli.output import Page, answer, flush, say
from planner.cli.session import Session
from planner.commands.keymap import validate
from planner.core.dates.shown import exact_date, short_date
from planner.core.model import HEAR, AgendaItem, ItemKind, OpenItem, Outcome
from planner.core.needs import Told
from planner.core.records import record
from planner.core.words.counts import days_word, people_word
from planner.core.words.triage import SUMMARY_WORDS, item_words, loop_words
from planner.core.words.wording import WHETHER, hidden_filter, hidden_words, tried_word, when_word
from planner.desk.done import Done
from planner.desk.reciprocity.drafts import Subject
from planner.desk.values import Card
from planner.errors import PlannerError

FIRST_VERBS = ("done", "snooze", "attempt", "leave_out", "move", "note", WHY)
"""The verbs named with every item; the others are named in the help."""
MORE = {"done": "what happened, in a line, if you like", "snooze": "a day; alone it is a week"}
HISTORY = 3
LEFT = "left"


@click.command("triage")
@as_json
@pass_session
@click.pass_context
def triage_command(ctx: click.Context, session: Session, as_json: bool) -> None:
    """An answer is a letter, then more if you like: d coffee, her op 12 dec; s 2w; an empty line goes on. Each answer
    is a step of its own for undo. With --json the talk goes to standard error.
    """
    round_ = LineRound(session, as_json)
    try:
        round_.run()
    except KeyboardInterrupt:
        round_.end()
        raise
    round_.end()
    if round_.refused and not round_.at_terminal:
        ctx.exit(DONE_IN_PART)


@record(frozen=True, slots=True)
class Answered:
    """An answer that was carried out."""

    item: OpenItem
    verb: str
    done: Done


class LineRound:
    """One round: asks about each open item of today, reads a line, and carries it out."""

    def __init__(self, session: Session, as_json: bool) -> None:
        self._session, self._as_json = session, as_json
        self._desk, self._today = session.desk, session.today
        keys, _ = validate(session.config.keymap)
        self._letters = Letters(keys)
        self._page = Page()
        self._page.color = False
        self._answered: list[Answered] = []
        self._taken_back: list[Answered] = []
        self._outcomes: dict[str, str] = {}
        self._met: int | None = None
        """The contact whose facts were printed last."""
        self._asked = ""
        """The item whose verbs were printed last."""
        self._total = 0
        self._people: frozenset[int] = frozenset()
        """The ids of the people due when the round began: places that become free today are filled tomorrow."""
        self.refused: list[dict[str, str]] = []
        """Answers that were not carried out, each with the reason."""
        self.at_terminal = sys.stdin is not None and not sys.stdin.closed and sys.stdin.isatty()

    # Output

    def _tell(self, text: str) -> None:
        if self._as_json:
            say(text)
        else:
            self._page.line(text)

    def _head(self, found: AgendaItem, card: Card) -> None:
        item = found.item
        past = (self._today - item.due).days
        whether = WHETHER if found.asked else ""
        parts = [item_words(item) + whether, f"{days_word(past)} past" if past > 0 else when_word(item, self._today)]
        if item.kind is ItemKind.CADENCE:
            last = next((one for one in card.interactions if one.outcome is Outcome.REACHED), None)
            day = short_date(last.on, self._today) if last is not None else ""
            parts.append(f"last {last.channel or 'contact'} {day}" if last is not None else "never in touch")
        number = min(len(self._outcomes) + 1, self._total)
        self._tell(f"{number} of {self._total}: {item.contact_name} ({item.id}): {', '.join(parts)}.")

    def _facts(self, card: Card, item: OpenItem) -> None:
        """Print who the person is, what else is open, what came before, and one thing to give."""
        contact = card.contact
        about = [part for part in (contact.title, contact.company, contact.city, *contact.circles) if part]
        if about:
            self._tell(f"  {', '.join(about)}")
        for loop in card.loops:
            if loop.id != item.id:
                self._tell(f"  open: {loop_words(loop)}, {when_word(loop, self._today)} ({loop.id})")
        for one in card.interactions[:HISTORY]:
            word = tried_word(one) if one.outcome is Outcome.ATTEMPT else one.channel or "contact"
            if one.outcome is not Outcome.PLANNED:
                note = f": {one.note.splitlines()[0]}" if one.note else ""
                self._tell(f"  {short_date(one.on, self._today)} {word}{note}")
        if card.give:
            self._tell(f"  you could give: {card.give}")

    def _ways(self, item: OpenItem) -> None:
        verbs = [verb for verb in FIRST_VERBS if not line_verbs.refusal(verb, item)]
        ways = ", ".join(self._letters.say(verb) for verb in verbs)
        self._tell(f"  {ways}; an empty line goes on, {self._letters.say(HELP)}, {self._letters.say(QUIT)}")

    def _help(self, item: OpenItem) -> None:
        for verb in (*VERBS, UNDO, REDO, WHY, REACH, QUIT):
            if not line_verbs.refusal(verb, item):
                asks = VERBS[verb].asks.replace("{}", item.contact_name) if verb in VERBS else ""
                more = MORE.get(verb, asks)
                self._tell(f"  {self._letters.say(verb)}{': ' + more if more else ''}")
        self._tell("  an empty line: leave it as it is and go on")

    def _why(self, item: OpenItem) -> None:
        for step in self._desk.reading.why(contact_id=item.contact_id, item_id=item.id).steps:
            self._tell(f"  {step}")

    def _ways_to(self, card: Card) -> None:
        contact = card.contact
        cells = (("mail", contact.emails), ("phone", contact.phones), ("web", contact.urls))
        found = [f"  {label}: {cell.value}" for label, values in cells for cell in values]
        for line in found or ["  No address, number or page is known"]:
            self._tell(line)

    # The round

    def run(self) -> None:
        """Ask until every item was shown, the answers end or the person quits."""
        self._people = frozenset(one.item.contact_id for one in self._due_today())
        items = self._open()
        self._total = len(items)
        with_whom = f", with {people_word(len(self._people))}" if items else ""
        self._tell(f"{exact_date(self._today)}: {self._total or 'nothing'} open today{with_whom}.")
        current = self._next(items)
        while current is not None or (current := self._after_the_last()) is not None:
            card = self._desk.reading.card(current.item.contact_id, history=HISTORY + 1)
            self._head(current, card)
            if current.item.asks == HEAR:
                pass
            elif self._met != current.item.contact_id:
                self._facts(card, current.item)
                self._ways(current.item)
            elif current.item.id != self._asked:
                self._ways(current.item)
            self._met, self._asked = current.item.contact_id, current.item.id
            asked = current
            if asked.item.asks == HEAR:
                if not self._tell_each(asked, card):
                    return
                current = self._next(self._open())
                continue
            while current is asked:
                line = self._read()
                if line is None:
                    return
                verb, text = self._letters.read(line)
                if verb == QUIT:
                    return
                current = self._answer(asked, card, verb, text, line)

    def _tell_each(self, found: AgendaItem, card: Card) -> bool:
        """Ask about each person still to hear how a closed need went, with words to send; False if the user quits."""
        item, need, later = found.item, int(found.item.id[1:]), set[int]()
        told, let_be = self._letters.say("done"), self._letters.say("leave_out")
        self._tell(f"  for each: {told}, they heard; {let_be}, they need not; an empty line goes on")
        while (one := self._to_hear(need, later)) is not None:
            key = one.contact_id
            self._tell(f"  To {one.name} (#{key}), {one.state}:")
            for words in self._desk.drafts.draft("outcome", key, Subject(need=need)).text.splitlines():
                if words:
                    self._tell(f"    {words}")
            line = self._read()
            verb, text = self._letters.read(line) if line is not None else (QUIT, "")
            if verb == QUIT or line is None:
                return False
            if verb in ("done", "leave_out"):
                step = self._desk.needs.heard if verb == "done" else self._desk.needs.let_be
                done = self._try(line, lambda step=step, key=key: step(need, [key]))  # type: ignore[misc]
                if done is not None:
                    self._answered.append(Answered(item, verb, done))
                    self._taken_back.clear()
                    continue
            elif verb != "next":
                after = self._answer(found, card, verb, text, line)
                if (after is None or after.item.id != item.id) or item.id in self._outcomes:
                    return True
                continue
            later.add(key)
        self._outcomes[item.id] = LEFT if later else VERBS["done"].outcome
        return True

    def _to_hear(self, need: int, later: Collection[int]) -> Told | None:
        """The next person to hear how a closed need went, without those left for later; None for nobody."""
        closing = self._desk.closing
        waiting = closing.to_hear(closing.page(need), 0, len(later) + 1)
        return next((one for one in waiting if one.contact_id not in later), None)

    def _after_the_last(self) -> AgendaItem | None:
        """After the last item: the item that an undo returns to, None when the round is over."""
        while self._answered:
            undo, last = self._letters.say(UNDO), self._answered[-1].item.contact_name
            self._tell(f"That was the last; {undo} comes back to {last}, an empty line ends.")
            line = self._read()
            if line is None or self._letters.read(line)[0] != UNDO:
                return None
            if (found := self._go_back(None, UNDO, line)) is not None:
                return found
        return None

    def _open(self) -> list[AgendaItem]:
        """The open items of the round without an answer in it: a promise stays open if nobody was reached."""
        return [
            one
            for one in self._due_today()
            if one.item.contact_id in self._people and one.item.id not in self._outcomes
        ]

    def _due_today(self) -> list[AgendaItem]:
        return [one for one in self._desk.reading.agenda().items if one.planned <= self._today]

    def _next(self, items: Sequence[AgendaItem], wanted: str = "") -> AgendaItem | None:
        """The wanted item, else another one of the last shown person, else the most urgent one."""
        self._total = max(self._total, len({*self._outcomes, *(one.item.id for one in items)}))
        same = (one for one in items if one.item.contact_id == self._met)
        chosen = (one for one in items if one.item.id == wanted)
        return next(chosen, None) or next(same, None) or next(iter(items), None)

    def _answer(self, found: AgendaItem, card: Card, verb: str, text: str, line: str) -> AgendaItem | None:
        """Carry out one answer; return the item to continue with, the same one if it is still asked about."""
        item = found.item
        match verb:
            case "":
                names = self._letters.letters[HELP] or "help"
                self._refuse(line, f"“{line[:40]}” is no answer here; {names} names the letters.")
            case "next":
                self._outcomes[item.id] = LEFT
                return self._next(self._open())
            case "help":
                self._help(item)
            case "why":
                self._why(item)
            case "get_in_touch":
                self._ways_to(card)
            case "undo" | "redo":
                return self._go_back(found, verb, line)
            case _:
                return self._do(found, verb, text, line)
        return found

    def _do(self, found: AgendaItem, verb: str, text: str, line: str) -> AgendaItem | None:
        item = found.item
        if reason := line_verbs.refusal(verb, item):
            self._refuse(line, f"{self._letters.with_letters(reason)}.")
            return found
        if asks := line_verbs.question(verb, item, text):
            self._tell(asks)
            more = self._read()
            if more is None or not (more or line_verbs.may_be_empty(verb, item)):
                self._tell("Nothing was done.")
                return found
            text = more
        done = self._try(line, lambda: line_verbs.work(verb, self._desk, item, text, self._session.must_day))
        if done is None:
            return found
        self._answered.append(Answered(item, verb, done))
        self._taken_back.clear()
        if outcome := self._outcome_of(verb, item):
            self._outcomes[item.id] = outcome
            return self._next(self._open())
        still = [one for one in self._open() if one.item.id == item.id]
        return still[0] if still else self._next(self._open())

    @staticmethod
    def _outcome_of(verb: str, item: OpenItem) -> str:
        # A pause is about the rhythm: it settles nothing else.
        return VERBS[verb].outcome if verb != "pause" or item.kind is ItemKind.CADENCE else ""

    def _go_back(self, found: AgendaItem | None, verb: str, line: str) -> AgendaItem | None:
        keeping = self._desk.keeping
        done = self._try(line, keeping.undo if verb == UNDO else keeping.redo)
        steps, others = (self._answered, self._taken_back) if verb == UNDO else (self._taken_back, self._answered)
        if done is None or not steps:
            return found
        step = steps.pop()
        others.append(step)
        if verb == UNDO:
            self._outcomes.pop(step.item.id, None)
            return self._next(self._open(), step.item.id)
        if outcome := self._outcome_of(step.verb, step.item):
            self._outcomes[step.item.id] = outcome
        return self._next(self._open())

    def _try(self, line: str, work: Callable[[], Done]) -> Done | None:
        """Do something and print its result; a refusal is printed, and the same item is asked about again."""
        try:
            done = work()
        except PlannerError as refusal:
            self._refuse(line, " ".join(f"{part.rstrip('.')}." for part in (refusal.message, refusal.advice) if part))
            return None
        self._tell(f"{done.said}.")
        return done

    def _refuse(self, line: str, reason: str) -> None:
        self.refused.append({"answer": line, "reason": reason})
        self._tell(f"Not done: {reason}")

    def _read(self) -> str | None:
        """The next line, without surrounding blanks; None at the end. Answers from a pipe are echoed."""
        if self.at_terminal and not self._as_json:
            sys.stdout.write("> ")
        flush()
        line = standard_input.line()
        if line is None:
            return None
        if not self.at_terminal:
            self._tell(f"> {line}".rstrip())
        return line

    # The end

    def end(self) -> None:
        """Print the result of the round."""
        left = [one.item.id for one in self._due_today()]
        counts = {outcome: list(self._outcomes.values()).count(outcome) for outcome in SUMMARY_WORDS}
        parts = [f"{count} {SUMMARY_WORDS[outcome]}" for outcome, count in counts.items() if count]
        unmet = self._open()
        parts += [f"{len(unmet)} not asked about"] if unmet else []
        said = ", ".join(parts) or "nothing was open"
        self._tell(f"{'Stopped' if unmet else 'That was everyone'}: {said}.")
        helped = self._desk.reading.helped_between(self._desk.reading.agenda().start, self._today)
        if helped:
            self._tell(f"You helped {people_word(helped)} this week.")
        if self._answered:
            self._tell("“planner undo” takes the last change back.")
        hidden = self._desk.reading.hidden()
        if hidden:
            self._tell(f"{hidden_words(hidden, self._today)}: planner contacts {hidden_filter(hidden)}")
        if self._as_json:
            self._print(said, left)

    def _print(self, said: str, left: list[str]) -> None:
        answers: list[dict[str, Any]] = [
            {
                "item": one.item.id,
                "contact": {"id": one.item.contact_id, "name": one.item.contact_name},
                "verb": one.verb,
                "said": one.done.said,
                "step": one.done.step,
            }
            for one in self._answered
        ]
        ids = tuple(dict.fromkeys(one.item.id for one in self._answered))
        step = self._answered[-1].done.step if self._answered else None
        answer(Done(said, ids, step), True, answers=answers, left=left, refused=self.refused)
