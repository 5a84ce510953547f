"""The dialog that tells people how a need went: a message for each, or one text for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rich.segment import Segment
from rich.style import Style

from planner.core.needs import Need
from planner.core.records import record
from planner.desk.reciprocity.drafts import Letter, Subject
from planner.ui.links import LONGEST as LONGEST_LINK
from planner.ui.links import mail_link_to_many
from planner.ui.needs.messages_dialog import MessagesDialog, People
from planner.ui.shared.card import Line
from planner.ui.text import linked, plain
from planner.ui.themes import Palette


@record(frozen=True, slots=True)
class Heard:
    """How many people heard how it went, and how many the messages were for."""

    count: int
    of: int


class HearDialog(MessagesDialog[Heard]):
    """Goes through the messages; everyone who got one has heard how the need went."""

    def __init__(self, need: Need, letters: Sequence[People]) -> None:
        """`letters` holds one person for each message, or all people once."""
        super().__init__(need, letters)
        self.addresses: tuple[str, ...] = ()
        """The e-mail addresses if one text goes to several people."""

    def heading(self) -> str:
        who = self.people[0][1] if len(self.people) == 1 else f"{len(self.people):,} people"
        return f"How it went, to {plain(who)}: {plain(self.need.title)}"

    def way(self, colors: Palette) -> Line:
        if len(self.people) == 1:
            return super().way(colors)
        if not self.addresses:
            return [Segment("no e-mail addresses: c copies the message", colors.dim)]
        link, whole = self.link
        shown = ", ".join(plain(address) for address in self.addresses[:3])
        more = f" and {len(self.addresses) - 3} more" if len(self.addresses) > 3 else ""
        without = len(self.people) - len(self.addresses)
        after = f"   {without} without an address" if without else ""
        after += "" if whole else "   long: the link has no text, m copies that"
        style = linked(colors.accent + Style(underline=True), link)
        return [Segment("mail to ", colors.dim), Segment(f"{shown}{more}", style), Segment(after, colors.dim)]

    @property
    def link(self) -> tuple[str, bool]:
        """(a mail link, whether it has the message). For several people it hides their addresses from each other."""
        if len(self.people) == 1 or self.draft is None:
            return super().link
        link = mail_link_to_many(self.addresses, self.draft.subject, self.text)
        if len(link) <= LONGEST_LINK:
            return link, True
        return mail_link_to_many(self.addresses, self.draft.subject), False

    async def write_drafts(self) -> dict[int, Letter]:
        subject, together = Subject(need=self.need.id), [key for key, _ in self.people]
        if len(together) > 1:
            self.addresses = tuple((await self.fetch(lambda desk: desk.addresses.first(together))).values())
            everyone = await self.fetch(lambda desk: desk.drafts.draft("outcome", None, subject))
            return {0: replace(everyone, email=next(iter(self.addresses), ""))}
        ids = [people[0][0] for people in self.letters]
        found = await self.fetch(lambda desk: desk.drafts.drafts("outcome", ids, subject))
        return {place: found[key] for place, key in enumerate(ids)}

    async def store(self, people: People) -> str:
        need, ids = self.need.id, [key for key, _ in people]
        return (await self.planner.perform(lambda desk: desk.needs.heard(need, ids))).said

    def result(self) -> Heard:
        return Heard(self.sent, self.total)
