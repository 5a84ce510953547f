"""The dialogs that tell people about a need: a message for each person, made from one template."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static, TextArea

from planner.core.drafting.filling import check_template
from planner.core.needs import Need
from planner.core.records import record
from planner.desk.reciprocity.drafts import Letter, Subject
from planner.errors import Refused
from planner.terminal.typed_into import ManyLines
from planner.ui.needs.messages_dialog import MessagesDialog, People
from planner.ui.port import AsksPlanner
from planner.ui.text import content, plain


class TemplateText(ManyLines, TextArea):
    """The text of a template, in several lines."""


@record(frozen=True, slots=True)
class Announced:
    """How many people were told, and how many there were to tell.

    `template` is the last one used, "" for each person's own one.
    """

    sent: int
    of: int
    template: str


NAMED = (
    "greeting",
    "looking",
    "reason",
    "deadline",
    "question",
    "last_contact",
    "signature",
    "name",
    "need",
)
"""The placeholders shown below the text."""


class TemplateDialog(AsksPlanner, ModalScreen[str | None]):
    """Returns the changed template, None if it is unchanged."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+c", "leave", "Leave", show=False, priority=True),
        Binding("ctrl+s", "save", "Take it", show=False, priority=True),
        Binding("ctrl+r", "reset", "As at first", show=False, priority=True),
    ]

    def __init__(self, template: str, first: str) -> None:
        """`template` is the present text, `first` the one from the person's template folder or the planner."""
        super().__init__()
        self.template = template
        self.first = first

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog dialog-wide"):
            yield Static(content("The message to everyone", "bold $accent"), classes="dialog-heading")
            area = TemplateText(self.template, id="template", compact=True, soft_wrap=True)
            area.cursor_blink = False
            yield area
            names = "  ".join(f"{{{name}}}" for name in NAMED)
            yield Static(content(f"filled in for each: {names}", "$dim"), classes="dialog-echo", id="template-echo")
            keys = "ctrl+s takes it   ctrl+r as at first   esc leaves it as it was"
            yield Static(content(keys, "$dim"), classes="dialog-keys")

    def on_mount(self) -> None:
        """Focus the text."""
        self.query_one(TextArea).focus()

    def action_save(self) -> None:
        """Return the text, "" if each person is to get their own template; name an unknown placeholder."""
        text = self.query_one(TextArea).text.rstrip()
        try:
            check_template(text, "above")
        except Refused as problem:
            self.query_one("#template-echo", Static).update(content(str(problem), "$due"))
            return
        self.dismiss("" if text == self.first.rstrip() else text)

    def action_reset(self) -> None:
        """Restore the original template in the text."""
        self.query_one(TextArea).text = self.first

    def action_leave(self) -> None:
        """Leave the template unchanged."""
        self.dismiss(None)


class AnnounceDialog(MessagesDialog[Announced]):
    """Tells people of an open need, one after another; returns how many were told, and the template."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("e", "template", "Template", show=False)]
    """
    | Key(s) | Description |
    | :- | :- |
    | e | Change the template of all messages. |
    """
    MORE_KEYS = ("e template",)

    def __init__(self, need: Need, people: Sequence[tuple[int, str]], template: str) -> None:
        """`people` are (id, name) in the order of telling; `template` is "" for each person's own one."""
        super().__init__(need, [(one,) for one in people])
        self.template = template

    def heading(self) -> str:
        return f"Tell {plain(self.people[0][1])}: {plain(self.need.title)}"

    async def write_drafts(self) -> dict[int, Letter]:
        subject = Subject(need=self.need.id, template=self.template)
        ids = [people[0][0] for people in self.letters]
        found = await self.fetch(lambda desk: desk.drafts.drafts("announce", ids, subject))
        return {place: found[key] for place, key in enumerate(ids)}

    async def store(self, people: People) -> str:
        need, ids = self.need.id, [key for key, _ in people]
        await self.planner.perform(lambda desk: desk.needs.tell(need, ids))
        return f"{people[0][1]} is told"

    def result(self) -> Announced:
        return Announced(self.sent, self.total, self.template)

    def action_template(self) -> None:
        """Change the template of all messages that were not edited by hand."""

        def taken(template: str | None) -> None:
            if template is not None and template != self.template:
                self.template = template
                self.said = ""
                self.write_again()

        if self.draft is not None:
            self.app.push_screen(TemplateDialog(self.template or self.draft.source, self.draft.source), taken)
