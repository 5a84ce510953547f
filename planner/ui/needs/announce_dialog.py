"""Telling people about a need: a message for each from one template, sent by mail, by hand or from an editor."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static, TextArea

from planner.core.needs import PLACEHOLDERS, TEMPLATE, Need
from planner.core.records import record
from planner.errors import PlannerError, Refused
from planner.ui.editor import edit
from planner.ui.links import LONGEST as LONGEST_LINK
from planner.ui.links import mail_link
from planner.ui.port import AsksPlanner
from planner.ui.shared.card import Line, wrapped
from planner.ui.shared.lines_dialog import LinesDialog
from planner.ui.text import content, linked, plain
from planner.ui.themes import Palette, glyphs
from planner.ui.widgets.rows import bar, clip

BAR = 12
LINES = 40
"""Lines of one paragraph that are shown; the message itself is never cut."""


@record(frozen=True, slots=True)
class Announced:
    """What came of it: how many were told, of how many, and the template as it is now."""

    sent: int
    of: int
    template: str


class TemplateDialog(ModalScreen[str | None]):
    """Gives the template as it was changed, None when it stays."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+c", "leave", "Leave", show=False, priority=True),
        Binding("ctrl+s", "save", "Take it", show=False, priority=True),
        Binding("ctrl+r", "reset", "As at first", show=False, priority=True),
    ]

    def __init__(self, template: str) -> None:
        super().__init__()
        self.template = template

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog dialog-wide"):
            yield Static(content("The message to everyone", "bold $accent"), classes="dialog-heading")
            area = TextArea(self.template, id="template", compact=True, soft_wrap=True)
            area.cursor_blink = False
            yield area
            names = "  ".join(f"{{{name}}}" for name in PLACEHOLDERS)
            yield Static(content(f"filled in for each: {names}", "$dim"), classes="dialog-echo")
            keys = "ctrl+s takes it   ctrl+r as at first   esc leaves it as it was"
            yield Static(content(keys, "$dim"), classes="dialog-keys")

    def on_mount(self) -> None:
        """Type at once."""
        self.query_one(TextArea).focus()

    def action_save(self) -> None:
        """Take the text; an empty one is the first one again."""
        self.dismiss(self.query_one(TextArea).text.rstrip() or TEMPLATE)

    def action_reset(self) -> None:
        """The text it had at first."""
        self.query_one(TextArea).text = TEMPLATE

    def action_leave(self) -> None:
        """Leave it as it was."""
        self.dismiss(None)


class AnnounceDialog(AsksPlanner, LinesDialog[Announced]):
    """One person after the other: their message, and what becomes of it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "copy", "Copy", show=False),
        Binding("m", "mail", "Mail link", show=False),
        Binding("v", "editor", "In the editor", show=False),
        Binding("e", "template", "Template", show=False),
        Binding("enter", "sent", "Sent", show=False),
        Binding("s", "skip", "Skip", show=False),
        Binding("escape,q,ctrl+c", "leave", "Leave", show=False),
    ]
    """
    | Key(s) | Description |
    | :- | :- |
    | enter | It is sent: they are told, and the next one comes. |
    | s | Leave this one out. |
    | c, m, v | Copy the message, a link that starts the mail, open it in the editor. |
    | e | Change the template. |
    | escape, q | Leave; who was told stays told. |
    """

    def __init__(self, need: Need, people: Sequence[tuple[int, str]], template: str) -> None:
        """`people` are (id, name) in the order they are gone through."""
        super().__init__()
        self.need = need
        self.people = tuple(people)
        self.template = template
        self.place = 0
        self.sent = 0
        self.drafts: dict[int, str] = {}
        self.edited: set[int] = set()
        self.address = ""
        self.said = ""

    def on_mount(self) -> None:
        """Write the messages."""
        super().on_mount()
        self._write_drafts()

    # What is shown

    def heading(self) -> str:
        return f"Tell {plain(self.people[self.place][1])}: {plain(self.need.title)}"

    def keys(self) -> str:
        return "enter sent, next   s skip   c copy   m mail link   v editor   e template   esc leaves"

    def lines(self, width: int, colors: Palette) -> list[Line]:
        marks = glyphs(self.planner.ascii_marks)
        room = max(0, min(BAR, width - 16))
        done = bar(self.place, len(self.people), room, (marks.load_full, marks.load_empty), (colors.done, colors.rule))
        count = f" {self.place + 1} of {len(self.people)}"
        told = f"   told {self.sent}" if self.sent else ""
        found: list[Line] = [[*done, Segment(count, colors.text), Segment(told, colors.done)], self._way(colors), []]
        for paragraph in self.draft.splitlines():
            found += [[Segment(part, colors.text)] for part in wrapped(paragraph, max(1, width), LINES)]
        if self.said:
            found += [[], clip([Segment(plain(self.said), colors.accent)], width)]
        return found

    def _way(self, colors: Palette) -> Line:
        if not self.address:
            return [Segment("no e-mail address: c copies the message", colors.dim)]
        link, whole = self.link
        style = linked(colors.accent + Style(underline=True), link)
        after = "" if whole else "   long: the link has no text, m copies that"
        return [Segment("mail to ", colors.dim), Segment(plain(self.address), style), Segment(after, colors.dim)]

    @property
    def draft(self) -> str:
        """The message to whoever is next."""
        return self.drafts.get(self.people[self.place][0], "")

    @property
    def link(self) -> tuple[str, bool]:
        """(the link, whether the message fits into it)."""
        link = mail_link(self.address, self.need.title, self.draft)
        if len(link) <= LONGEST_LINK:
            return link, True
        return mail_link(self.address, self.need.title), False

    def _tell(self, words: str) -> None:
        self.said = words
        self.draw()

    # Reading

    @work(exclusive=True, group="drafts")
    async def _write_drafts(self) -> None:
        """Messages from the template; those changed by hand stay."""
        key, template = self.need.id, self.template
        ids = [one for one, _ in self.people]
        try:
            found = await self.planner.gateway.call(lambda desk: desk.needs.drafts(key, ids, template))
        except PlannerError as problem:
            self._tell(str(problem))
            return
        self.drafts |= {one: text for one, text in found.items() if one not in self.edited}
        await self._look_up()

    async def _look_up(self) -> None:
        """How whoever is next can be written to."""
        contact_id = self.people[self.place][0]
        try:
            card = await self.planner.gateway.call(lambda desk: desk.reading.card(contact_id, history=1))
            emails = card.contact.emails
        except PlannerError:
            # Gone meanwhile: what is sent then says so.
            emails = ()
        self.address = emails[0].value if emails else ""
        self.draw()

    # What becomes of it

    def action_copy(self) -> None:
        """The message on the clipboard."""
        self.app.copy_to_clipboard(self.draft)
        self._tell("The message is on the clipboard, where the terminal allows it")

    def action_mail(self) -> None:
        """The link on the clipboard; it can be clicked, too."""
        if not self.address:
            self._tell("There is no e-mail address; c copies the message")
            return
        link, whole = self.link
        self.app.copy_to_clipboard(link if whole else self.draft)
        self._tell(
            "The mail link is on the clipboard; a click on the address opens it" if whole
            else "The message is on the clipboard; a click on the address starts the mail"
        )

    def action_editor(self) -> None:
        """The message in the editor of the environment."""
        contact_id = self.people[self.place][0]
        try:
            written = edit(self.planner, self.draft, name="message")
        except Refused as problem:
            self._tell(str(problem))
            return
        if written.text and written.changed:
            self.drafts[contact_id] = written.text
            self.edited.add(contact_id)
        written.is_kept()
        self._tell("As it left the editor" if written.text else "An empty message is not taken; it stays as it was")

    def action_template(self) -> None:
        """Another template for all that are still to come."""

        def taken(template: str | None) -> None:
            if template is not None and template != self.template:
                self.template = template
                self.said = ""
                self._write_drafts()

        self.app.push_screen(TemplateDialog(self.template), taken)

    @work(exclusive=True, group="announce")
    async def action_sent(self) -> None:
        """They are told; on to the next."""
        key, (contact_id, name) = self.need.id, self.people[self.place]
        try:
            await self.planner.perform(lambda desk: desk.needs.tell(key, [contact_id]))
        except PlannerError as problem:
            self._tell(f"{problem} s goes on")
            return
        self.sent += 1
        await self._next(f"{name} is told")

    @work(exclusive=True, group="announce")
    async def action_skip(self) -> None:
        """Not this one; on to the next."""
        await self._next("")

    async def _next(self, said: str) -> None:
        if self.place + 1 >= len(self.people):
            self.action_leave()
            return
        self.place += 1
        self.said = said
        self.address = ""
        await self._look_up()

    def action_leave(self) -> None:
        """Leave; who was told stays told."""
        self.dismiss(Announced(self.sent, len(self.people), self.template))
