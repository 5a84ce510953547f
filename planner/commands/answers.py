"""The answers to what a place asks, with their keys; the footer of the place shows each of them."""

from __future__ import annotations

from typing import Final

from planner.commands.command import DO, GO, MORE, SELECT, Verb

# fmt: off
FORM: Final = (
    Verb("save", "save", "Save what you typed; enter in the last field does it too.", ("ctrl+s",), DO),
    Verb("editor", "notes", "Write the notes in your own editor.", ("ctrl+o",), DO),
    Verb("leave", "leave", "Leave the form; it asks when something was typed.", ("escape",), GO),
)

IMPORT: Final = (
    Verb("go_on", "go on", "The next step: look into it, bring them in, go on.", ("enter",), DO, "import FILE"),
    Verb("columns", "columns", "Say yourself what the columns of the table mean.", ("m",), MORE),
    Verb("letters", "letters", "Say yourself how the letters of the file are written.", ("E",), MORE),
    Verb("circle", "circle", "A circle for everyone who is new.", ("c",), MORE),
    Verb("rhythm", "rhythm", "A rhythm for everyone who is new; without one nobody is due.", ("r",), MORE),
    Verb("other", "other file", "Choose another file.", ("e",), GO),
    Verb("undo", "undo", "Take back all that was brought in.", ("u",), DO, "undo", instead_of="app.undo"),
    Verb("back", "leave", "Stop what runs, of which nothing stays; else leave.",
         ("escape", "q"), GO, instead_of="app.quit"),
)

COLUMNS: Final = (
    Verb("take", "go on", "Look into the table with these meanings.", ("enter",), DO),
    Verb("after", "next meaning", "Give the column the next meaning.", ("right", "space"), DO),
    Verb("before", "meaning before", "Give the column the meaning before.", ("left",), DO),
    Verb("choose", "type it", "Type the beginning of what the column means.", ("f",), DO),
    Verb("name", "name", "The column holds the whole name.", ("n",), MORE),
    Verb("given", "first name", "The column holds the first name.", ("g",), MORE),
    Verb("family", "last name", "The column holds the last name.", ("l",), MORE),
    Verb("email", "e-mail", "The column holds e-mail addresses.", ("e",), MORE),
    Verb("phone", "phone", "The column holds phone numbers.", ("p",), MORE),
    Verb("company", "company", "The column holds the company.", ("c",), MORE),
    Verb("title", "position", "The column holds what they do there.", ("t",), MORE),
    Verb("notes", "notes", "The column holds notes.", ("o",), MORE),
    Verb("leave_out", "leave out", "Leave the column out.", ("x",), MORE),
    Verb("back", "back", "Go back without these meanings.", ("escape", "q"), GO, instead_of="app.quit"),
)

NEWCOMERS: Final = (
    Verb("weekly", "week", "Be in touch every week.", ("w",), DO),
    Verb("monthly", "month", "Be in touch every month.", ("m",), DO),
    Verb("quarterly", "3 months", "Be in touch every three months.", ("t",), DO),
    Verb("half_yearly", "half year", "Be in touch every half year.", ("h",), DO),
    Verb("yearly", "year", "Be in touch once a year.", ("y",), DO),
    Verb("rhythm", "other rhythm", "Type how often to be in touch.", ("r",), DO, "cadence WHO SPEC"),
    Verb("occasion", "occasion", "Be in touch only when there is a reason.", ("o",), DO, "edit WHO --mode occasion"),
    Verb("never", "never", "Do not chase, kindly.", ("x",), DO, "edit WHO --mode never"),
    Verb("leave_as_it_is", "leave", "Leave as it is, without a rhythm, and ask no more.", ("n",), DO),
    Verb("circle", "circle", "Put into a circle.", ("c",), DO, "edit WHO --circle C"),
    Verb("mark", "mark", "Mark somebody; the next key then means all that are marked.", ("space",), SELECT),
    Verb("mark_all", "mark all", "Mark everyone the filter shows, or take the marks away.", ("asterisk",), SELECT),
    Verb("filter", "filter", "Show only those who hold some words.", ("slash",), SELECT),
    Verb("by_circle", "by circle", "Give each circle a rhythm in one go.", ("b",), MORE),
    Verb("open", "open", "Open the contact.", ("enter",), SELECT, "show WHO"),
    Verb("back", "back", "Go back; what is left waits; “newcomers” in the palette comes here again.",
         ("escape", "q"), GO, instead_of="app.quit"),
)

PAIRS: Final = (
    Verb("merge", "one person", "Make one of the two, with the marked side of each field.",
         ("m",), DO, "merge WHO OTHER"),
    Verb("apart", "two people", "They are two people: never suggest them again.", ("x",), DO, "apart WHO OTHER"),
    Verb("later", "later", "Leave these two for another time.", ("s",), DO),
    Verb("before", "pair before", "Come back to the pair before.", ("b",), SELECT),
    Verb("left", "take left", "Of the field under the cursor keep what stands left.", ("left",), SELECT),
    Verb("right", "take right", "Of the field under the cursor keep what stands right.", ("right",), SELECT),
    Verb("other", "other side", "Keep the other side of the field under the cursor.", ("space",), SELECT),
    Verb("all", "all other", "Keep the other side of every field.", ("tab",), SELECT),
    Verb("go_on", "go on", "After the last pair go on; before that it does nothing, m makes one person.",
         ("enter",), GO),
    Verb("undo", "undo", "Take back the last answer and come back to those two.",
         ("u",), DO, "undo", instead_of="app.undo"),
    Verb("back", "back", "Go back; what was left waits.", ("escape", "q"), GO, instead_of="app.quit"),
)

WELCOME: Final = (
    Verb("demo", "sample network", "Look around in a sample network; nothing of yours is touched.", ("d",), GO),
)

FOCUS: Final = (
    Verb("next", "next person", "Leave it as it is and meet the next person.", ("right",), SELECT),
    Verb("before", "person before", "Come back to the person before.", ("left",), SELECT),
    Verb("undo", "undo", "Take back the last change and come back to that person.",
         ("u",), DO, "undo", instead_of="app.undo"),
    Verb("redo", "redo", "Make the change again that you took back.", ("U",), DO, "redo", instead_of="app.redo"),
)
# fmt: on
