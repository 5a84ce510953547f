"""Dialogs with words to send: copied, mailed or edited with one key each. The planner itself sends nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, TypeVar

from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding, BindingType

from planner.desk.reciprocity.drafts import Letter
from planner.errors import Refused
from planner.ui.editor import edit
from planner.ui.links import LONGEST as LONGEST_LINK
from planner.ui.links import mail_link
from planner.ui.port import AsksPlanner
from planner.ui.shared.card import Line
from planner.ui.shared.lines_dialog import LinesDialog
from planner.ui.text import linked, plain, wrapped
from planner.ui.themes import Palette
from planner.ui.widgets.rows import clip
from planner.unfinished import Unfinished

LINES = 40
"""The most lines shown of one paragraph; the message itself is never cut."""
NOT_SENT = "Nothing was sent yet: c copies it, m starts a mail"

Result = TypeVar("Result")


class SendsWords(AsksPlanner, LinesDialog[Result]):
    """A dialog with a draft; c copies it, m starts a mail, v opens it in the person's editor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "copy", "Copy", show=False),
        Binding("m", "mail", "Mail link", show=False),
        Binding("v", "editor", "In the editor", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.draft: Letter | None = None
        self.texts: dict[int | None, str] = {}
        """The messages that were edited by hand, by contact."""
        self.handed: set[int | None] = set()
        """The contacts whose message was copied or mailed."""
        self.said = ""

    @property
    def contact_id(self) -> int | None:
        """The contact whose message is shown; None for a message to nobody by name."""
        return self.draft.contact_id if self.draft is not None else None

    @property
    def text(self) -> str:
        """The whole shown message, with the note below it."""
        if self.draft is None:
            return ""
        return self.texts.get(self.contact_id, self.draft.whole)

    @property
    def is_handed(self) -> bool:
        """Whether the shown message was copied or mailed."""
        return self.contact_id in self.handed

    @property
    def link(self) -> tuple[str, bool]:
        """(a mail link, whether it contains the message); a message that makes the link too long is left out."""
        if self.draft is None:
            return "", False
        link = mail_link(self.draft.email, self.draft.subject, self.text)
        if len(link) <= LONGEST_LINK:
            return link, True
        return mail_link(self.draft.email, self.draft.subject), False

    def kept_as(self, contact_id: int | None) -> Unfinished:
        """The unfinished text under which an edited message to a contact is kept until it is stored."""
        raise NotImplementedError

    def take_up_words(self, contact_ids: Sequence[int]) -> None:
        """Restore messages that were edited by hand in an ended session."""
        for key in contact_ids:
            about = self.kept_as(key)
            kept = self.planner.typed.for_line(about.verb, about.contacts)
            if kept is not None and kept.texts:
                self.texts[key] = kept.texts["message"]

    def tell(self, words: str) -> None:
        """Show a line below the message."""
        self.said = words
        self.draw()

    # Display

    def message(self, width: int, colors: Palette) -> list[Line]:
        """The message, and the last line of `tell`."""
        found: list[Line] = []
        for line in self.text.splitlines():
            found += [[Segment(part, colors.text)] for part in wrapped(line, max(1, width), LINES)] if line else [[]]
        if self.said:
            found += [[], clip([Segment(plain(self.said), colors.accent)], width)]
        return found

    def way(self, colors: Palette) -> Line:
        """Where the message goes: the address as a link, or that there is none."""
        if self.draft is None or not self.draft.email:
            return [Segment("no e-mail address: c copies the message", colors.dim)]
        link, whole = self.link
        style = linked(colors.accent + Style(underline=True), link)
        after = "" if whole else "   long: the link has no text, m copies that"
        return [Segment("mail to ", colors.dim), Segment(plain(self.draft.email), style), Segment(after, colors.dim)]

    # Keys

    def action_copy(self) -> None:
        """Copy the message."""
        if self.draft is None:
            return
        self.app.copy_to_clipboard(self.text)
        self.handed.add(self.contact_id)
        self.tell("The message is on the clipboard, where the terminal allows it")

    def action_mail(self) -> None:
        """Copy the mail link; a message that does not fit into a link is copied instead."""
        if self.draft is None or not self.draft.email:
            self.tell("There is no e-mail address; c copies the message")
            return
        link, whole = self.link
        self.app.copy_to_clipboard(link if whole else self.text)
        self.handed.add(self.contact_id)
        self.tell(
            "The mail link is on the clipboard; a click on the address opens it"
            if whole
            else "The message is on the clipboard; a click on the address starts the mail"
        )

    def action_editor(self) -> None:
        """Edit the message in the person's own editor."""
        if self.draft is None:
            return
        try:
            written = edit(self.planner, self.text, self.kept_as(self.contact_id), "message", name="message")
        except Refused as problem:
            self.tell(str(problem))
            return
        if written.text and written.changed:
            self.texts[self.contact_id] = written.text
        written.is_kept()
        self.tell("As it left the editor" if written.text else "An empty message is not taken; it stays as it was")
