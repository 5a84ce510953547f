"""What an empty planner shows: what this is, and three ways to begin."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Center, Middle
from textual.content import Content
from textual.widgets import Static

from planner.ui.keymap import bindings_of
from planner.ui.shared.place_screen import PlaceScreen
from planner.ui.text import content
from planner.ui.widgets.notice import Notice

WORDS = (
    "The people you know, and who is next: one key a person clears the week.",
    "What you promised and whom to thank is never lost. Nothing leaves this machine.",
)
WAYS = (
    ("<", "bring in an address book", "from a phone, a mail program or LinkedIn; a preview first"),
    ("+", "add a person", "one form, and the name alone is enough"),
    ("d", "look at a sample network", "to try every key; your own planner stays as it is"),
)


class WelcomeScreen(PlaceScreen):
    """Shown over the agenda until there is someone in it."""

    PLACE = "welcome"
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = bindings_of("welcome")

    def body(self) -> ComposeResult:
        with Middle(id="welcome"), Center():
            yield Static(self._words(), id="welcome-text", markup=False)

    @staticmethod
    def _words() -> Content:
        lines = [content("Planner", "bold $accent"), Content(""), *(content(line) for line in WORDS), Content("")]
        room = max(len(what) for _, what, _ in WAYS)
        for key, what, more in WAYS:
            lines.append(
                Content.assemble(
                    content(f"{key}  ", "bold $accent"), content(f"{what:<{room}}", "bold $name"),
                    content(f"   {more}", "$dim"),
                )
            )  # fmt: skip
        return Content("\n").join(lines)

    def top_place(self) -> str:
        """It stands over the agenda."""
        return "agenda"

    def stays(self) -> bool:
        """It is what the agenda shows while nobody is there."""
        return True

    def focus_list(self) -> None:
        """There is no list."""

    async def reload(self) -> None:
        """Go as soon as somebody is there."""
        counts = await self.fetch(lambda desk: desk.reading.counts())
        if counts.contacts and self.app.screen is self:
            # What was just said goes on being said in the place below.
            notice = self.query_one(Notice)
            message, tone, undo = notice.message, notice.tone, notice.with_undo
            self.app.pop_screen()
            if message:
                self.planner.say(message, tone=tone, undo=undo)

    def verb_bring_in(self) -> None:
        """People from a file."""
        self.planner.open("import")

    def verb_new(self) -> None:
        """The form for someone new."""
        self.planner.edit_contact(None)

    def verb_demo(self) -> None:
        """The sample network."""
        self.planner.show_sample()


