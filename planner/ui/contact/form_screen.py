"""The form of a new or existing contact. Each field shows its reading of the text while it is typed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Static, TextArea

from planner.commands import registry
from planner.commands.command import GO
from planner.commands.keys import key_label
from planner.core.contact_fields import ContactField, Kind
from planner.core.model import Contact
from planner.core.words.counts import counted
from planner.core.words.folding import fold
from planner.errors import Conflict, PlannerError, Refused
from planner.terminal.typed_into import ManyLines
from planner.ui.contact.fields import COLUMNS, FIELDS, FieldReading, draft_of, shown, texts_of, understood
from planner.ui.editor import edit, is_on_screen
from planner.ui.keymap import bindings_of
from planner.ui.places.place_screen import PlaceScreen
from planner.ui.shared.choose import Choice, ChooseDialog
from planner.ui.text import content
from planner.ui.widgets.bars import Key, KeyBar
from planner.ui.widgets.field import Field, ListSuggester
from planner.unfinished import Unfinished

if TYPE_CHECKING:
    pass

Saved = Callable[[int], None]
NEW = "Someone new"


class Notes(ManyLines, TextArea):
    """The notes, in several lines; tab goes to the next field."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+s", "screen.save", "Save", show=False)]


class ContactForm(PlaceScreen):
    """Adds or changes a contact. Typed text is lost only if the person agrees to lose it."""

    PLACE = "form"
    AUTO_FOCUS = "FieldInput"
    BINDINGS: ClassVar[list[BindingType]] = bindings_of("form")

    def __init__(self, contact: Contact | None, circles: tuple[str, ...] = (), saved: Saved | None = None) -> None:
        """`contact` is None for a new one. `saved` gets the id once the contact is saved and the form is closed."""
        super().__init__()
        self.contact = contact
        self.circles = circles
        self.saved = saved
        self.texts = texts_of(contact)
        self.saving = False

    def body(self) -> ComposeResult:
        heading = f"Edit {self.contact.name}" if self.contact is not None else NEW
        yield Static(content(f" {heading}", "bold $accent"), id="form-heading")
        with VerticalScroll(id="form", can_focus=False):
            for name, field in FIELDS.items():
                if field.kind is Kind.TEXT:
                    with Horizontal(id="form-notes"):
                        yield Static(content(field.label), classes="field-label")
                        yield Notes(self.texts[name], id="notes", soft_wrap=True, compact=True)
                    continue
                yield Field(
                    name,
                    field.label,
                    self.texts[name],
                    reads=lambda text, name=name: understood(name, text, self.reading),  # type: ignore[misc]
                    example=field.example,
                    suggester=self._suggester(field),
                )
        yield Static(id="form-echo", markup=False)

    def _suggester(self, field: ContactField) -> ListSuggester | None:
        if field.kind is Kind.CIRCLES:
            return ListSuggester(self.circles)
        return ListSuggester(field.choices, many=False) if field.choices else None

    @property
    def reading(self) -> FieldReading:
        """What reading a field needs."""
        return FieldReading(self.planner.today, self.planner.read_day, self.circles)

    def on_mount(self) -> None:
        """Restore the text that was kept when the form was left in a hurry."""
        # A new form is empty, which is no problem yet, so no field reports one at first.
        if self.contact is None:
            self.field("name").echo("")
        self._restore()

    def draw_keys(self) -> None:
        """Show only the keys that work while letters are typed as text."""
        keys = [
            Key(one.id, key_label(self.planner.keys[one.id][0]), one.title, group=one.group)
            for one in registry.footer(self.PLACE)
            if one.place == self.PLACE
        ]
        self.query_one(KeyBar).show([*keys, Key("", "tab", "next field", group=GO)])

    def focus_list(self) -> None:
        """Give the focus back to the last focused field."""

    def field(self, name: str) -> Field:
        """A field by name."""
        return self.query_one(f"#field-{name.replace('_', '-')}", Field)

    # Typed text

    @property
    def typed(self) -> dict[str, str]:
        """The text of each field, by name."""
        found = {field.name or "": field.value for field in self.query(Field)}
        found["notes"] = self.query_one(Notes).text.strip()
        return found

    @property
    def changed(self) -> list[str]:
        """The names of the fields with changed text."""
        return [name for name, text in self.typed.items() if text != self.texts[name].strip()]

    @property
    def about(self) -> tuple[str, str, tuple[int, ...]]:
        """(place, verb, ids) that identify this form's text among the unfinished texts; no ids for a new contact."""
        return self.PLACE, "form", (self.contact.id,) if self.contact is not None else ()

    def unfinished(self) -> list[Unfinished]:
        """The typed, unsaved text."""
        changed = {name: text for name, text in self.typed.items() if text != self.texts[name].strip()}
        return [replace(self.text_about, texts=changed)] if changed else []

    @property
    def text_about(self) -> Unfinished:
        """The unfinished text under which the form's text is kept."""
        place, verb, contacts = self.about
        return Unfinished(verb, contacts, place, f"Edit {self.contact.name}" if self.contact is not None else NEW)

    def _restore(self) -> None:
        kept = self.planner.typed.for_line(*self.about[1:])
        if kept is not None:
            texts = {name: text for name, text in kept.texts.items() if name in FIELDS}
            self.planner.typed.put_back(self, kept, lambda: self._put(texts))
            self.say("What you had typed before is back; esc lets go of it", tone="accent")

    def _put(self, texts: dict[str, str]) -> None:
        for name, text in texts.items():
            if name == "notes":
                self.query_one(Notes).text = text
            else:
                self.field(name).value = text

    @on(Field.Changed)
    def _field_changed(self, event: Field.Changed) -> None:
        if event.control.name == "name" and self.contact is None:
            self._look_for_namesake(event.control.value)
        since = self.field("since")
        if event.control is since and since.value and not since.problem and not self.field("cadence").value:
            since.echo("says something only beside a rhythm", "$due")
        self._echo_below(event.control)

    @work(exclusive=True, group="namesake")
    async def _look_for_namesake(self, name: str) -> None:
        """Say if a contact with this name exists already."""
        if len(name) < 3:
            return
        found = await self.fetch(lambda desk: desk.people.complete(name, limit=4))
        namesake = next((one for _, one in found if fold(one) == fold(name)), None)
        field = self.field("name")
        if namesake is not None and field.value == name:
            field.echo(f"{namesake} is here already", "$due")

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Show below the form what does not fit beside the focused field."""
        field = next((one for one in event.widget.ancestors if isinstance(one, Field)), None)
        if field is not None:
            self._echo_below(field)
        else:
            self.query_one("#form-echo", Static).update("")

    def _echo_below(self, field: Field) -> None:
        # Beside a field there is room for its reading, but not for advice about a problem.
        narrow = self.size.width < 80
        self.query_one("#form-echo", Static).update(field.said if field.problem or narrow else "")

    @on(Field.Submitted)
    def _submitted(self, event: Field.Submitted) -> None:
        if event.control.name == list(FIELDS)[-1]:
            self.verb_save()
        else:
            self.focus_next()

    # Saving

    def action_save(self) -> None:
        """Save the form."""
        self.verb_save()

    def verb_save(self) -> None:
        """Save the changes, once every field can be read."""
        if self.saving:
            return
        for field in self.query(Field):
            if not field.check():
                field.input.focus()
                self.say(f"{field.label}: {field.problem}", tone="late")
                return
        if self.contact is not None and not self.changed:
            self._leave()
            return
        self._save()

    @work(exclusive=True, group="save")
    async def _save(self) -> None:
        self.saving = True
        try:
            while True:
                try:
                    contact_id = await self._written()
                except Conflict as conflict:
                    if not await self._settled(conflict):
                        return
                    if self.changed:
                        continue
                    contact_id = self.contact.id if self.contact is not None else 0
                break
        except PlannerError as problem:
            self.say(str(problem), tone="late")
            return
        finally:
            self.saving = False
        typed, is_new, saved = self.typed, self.contact is None, self.saved
        name = typed["name"]
        self._leave()
        self.planner.say(f"Added {name}" if is_new else f"Saved {name}", undo=True)
        if saved is not None:
            saved(contact_id)
        elif is_new:
            hint = "" if typed["cadence"] else self.with_keys("; {contacts.rhythm} gives a rhythm")
            self.planner.open_contact(contact_id, f"Added {name}{hint}")

    async def _written(self) -> int:
        contact = self.contact
        typed = self.typed
        if contact is None:
            new = draft_of(typed, [name for name in typed if typed[name]], self.reading)
            return (await self.planner.perform(lambda desk: desk.people.add(new))).id
        draft = draft_of(typed, self.changed, self.reading)
        done = await self.planner.perform(lambda desk: desk.people.edit(contact.id, draft, version=contact.version))
        return done.id

    async def _settled(self, conflict: Conflict) -> bool:
        """For each field that both sessions changed, ask which text stays, then continue from the stored contact."""
        contact = self.contact
        assert contact is not None
        theirs: list[str] = []
        for column, (their_text, my_text) in conflict.fields.items():
            name = COLUMNS.get(column)
            if name is None:
                continue  # the folded name and the day of the change follow from the choice
            choices = (
                Choice("m", "mine", shown(name, self.typed.get(name, my_text))),
                Choice("t", "theirs", shown(name, their_text)),
            )
            heading = f"{FIELDS[name].label.capitalize()} was changed elsewhere meanwhile"
            key = await self.app.push_screen_wait(ChooseDialog(heading, choices))
            if key is None:
                self.say("Not saved yet; everything you typed is still here", tone="due")
                return False
            if key == "t":
                theirs.append(name)
        mine = self.changed
        card = await self.fetch(lambda desk: desk.reading.card(contact.id, history=1))
        self.contact = card.contact
        self.texts = texts_of(card.contact)
        # Fields I did not change show the stored text; fields I typed keep mine, unless I chose theirs.
        self._put({name: text for name, text in self.texts.items() if name not in mine or name in theirs})
        return True

    # Notes in the editor

    def verb_editor(self) -> None:
        """Edit the notes in the person's own editor. They return to the form, which saves them."""
        notes = self.query_one(Notes)
        try:
            written = edit(self.planner, notes.text, self.text_about, "notes", name="notes")
        except Refused as problem:
            self.say(str(problem), tone="late")
            return
        notes.text = written.text
        notes.focus()
        is_on_screen(self.planner, written)

    # Leaving

    def verb_leave(self) -> None:
        """Leave the form; if something was typed, ask first."""
        if not self.changed:
            self._leave()
            return

        def chosen(key: str | None) -> None:
            if key == "s":
                self.verb_save()
            elif key == "d":
                self._leave()

        choices = (Choice("s", "save it"), Choice("d", "let go of it"), Choice("k", "keep typing"))
        labels = ", ".join(FIELDS[one].label for one in self.changed)
        text = f"{counted(len(self.changed), 'field')} changed: {labels}"
        keys = "the key, or enter   esc goes back to typing"
        self.app.push_screen(ChooseDialog("Leave without saving?", choices, text=text, current="k", keys=keys), chosen)

    def _leave(self) -> None:
        if self.app.screen is self:
            self.app.pop_screen()
