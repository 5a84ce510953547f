"""What a person can do: one plain list that footer, palette, help, README and keymap check all read.

Key names are Textual's ("question_mark", "ctrl+p", "U"). Nothing essential stands only on Ctrl with
h i j m or [, on Alt or on a function key: terminals and multiplexers swallow or confuse those.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from planner.commands.command import APP, DO, GIVE, GO, LIST, MORE, Command, Place
from planner.commands.keys import RESERVED_KEYS, key_label, normal_key

__all__ = [
    "APP", "COMMANDS", "GO", "PLACES", "PLACE_TITLES", "RESERVED_KEYS", "Command", "Place", "by_id", "footer",
    "for_place", "key_label", "markdown_table", "normal_key", "validate",
]  # fmt: skip

PLACES: Final = (
    Place("agenda", "Agenda", "1"),
    Place("contacts", "Contacts", "2"),
    Place("ledger", "Ledger", "3"),
    Place("needs", "Needs", "4", "need list"),
    Place("reach", "Reach", "5", "reach TARGET"),
)
PLACE_TITLES: Final = {
    APP: "Everywhere",
    "agenda": "Agenda",
    "focus": "Focus triage",
    "contacts": "Contacts",
    "contact": "One contact",
    "form": "The form of a contact",
    "ledger": "Ledger",
    "needs": "Needs",
    "reach": "Reach",
    "welcome": "An empty planner",
    "import": "Bringing in a file",
    "columns": "The columns of a table",
    "newcomers": "Those who are new",
    "pairs": "Here twice?",
}
"""Every place a command can stand in, in the order help shows them."""


# fmt: off
COMMANDS: Final[tuple[Command, ...]] = (
    *(
        Command(f"app.{place.id}", place.title, f"Go to {place.title}.", (place.key,), APP, GO,
                cli=place.cli or place.id)
        for place in PLACES
    ),
    Command("app.palette", "palette", "Find any command or contact by typing a part of its name.",
            ("ctrl+p", "colon"), APP, GO),
    Command("app.help", "help", "Show every key that works where you are.",
            ("question_mark",), APP, GO, 1000, "keys"),
    Command("app.capture", "capture", "Write down in one line what happened and what comes next.",
            ("a",), APP, DO, 500, "capture TEXT"),
    Command("app.undo", "undo", "Take back the last change.", ("u",), APP, DO, 900, "undo"),
    Command("app.redo", "redo", "Make the change again that you took back.", ("U",), APP, DO, None, "redo"),
    Command("app.redraw", "redraw", "Draw the whole screen again, after another program wrote on it.",
            ("ctrl+l",), APP, MORE, always=True),
    Command("app.own", "own planner", "Come back from the sample network to your own planner.",
            ("D",), APP, GO, sample=True),
    Command("app.quit", "quit", "Leave the planner; everything is saved.", ("q",), APP, GO),

    Command("agenda.done", "done", "Say in one line what happened, and the next date if you like.",
            ("d",), "agenda", DO, 100, "done ITEM"),
    Command("agenda.snooze", "snooze", "Hide it until a day you choose; its due date stays.",
            ("s",), "agenda", DO, 200, "snooze ITEM DATE"),
    Command("agenda.attempt", "attempt", "You tried and had no answer; it comes back in a week.",
            ("t",), "agenda", DO, 300, "log WHO --outcome attempt"),
    Command("agenda.skip", "skip", "Leave out this round; the next one counts from today.",
            ("x",), "agenda", DO, 400, "skip WHO"),
    Command("agenda.note", "note", "Add a note about this contact.",
            ("n",), "agenda", DO, None, "edit WHO --note TEXT"),
    Command("agenda.reschedule", "reschedule", "Give it another date.",
            ("r",), "agenda", MORE, None, "move ITEM DATE"),
    Command("agenda.day_before", "day before", "Move it one day earlier in the week.",
            ("H",), "agenda", MORE),
    Command("agenda.day_after", "day after", "Move it one day later in the week.",
            ("L",), "agenda", MORE),
    Command("agenda.pause", "pause", "Rest the rhythm until a day; promises still show.",
            ("p",), "agenda", MORE, None, "pause WHO --until DATE"),
    Command("agenda.mark", "mark", "Mark it; the next key then acts on all that are marked.",
            ("space",), "agenda", LIST, 700),
    Command("agenda.open", "open", "Open the contact.",
            ("enter",), "agenda", LIST, None, "show WHO"),
    Command("agenda.email", "e-mail", "Start a mail in your mail program; over SSH copy the address and show a link.",
            ("o",), "agenda", DO),
    Command("agenda.focus", "focus", "Go through the day one person at a time.",
            ("f",), "agenda", GO, 600),
    Command("agenda.filter", "filter", "Show only the items that hold some words.",
            ("slash",), "agenda", LIST, 800),
    Command("agenda.why", "why", "Explain the due date and the place in the list, step by step.",
            ("w",), "agenda", LIST, None, "why ITEM"),
    Command("agenda.spread", "spread backlog", "Spread what piled up over the coming weeks, after a preview.",
            ("b",), "agenda", MORE, None, "backlog spread"),
    Command("agenda.week_before", "week before", "Show the week before.",
            ("left_square_bracket",), "agenda", GO, None, "agenda --week DATE"),
    Command("agenda.week_after", "week after", "Show the week after.",
            ("right_square_bracket",), "agenda", GO, None, "agenda --week DATE"),
    Command("agenda.today", "today", "Come back to this week and today.",
            ("full_stop",), "agenda", GO, None, "agenda"),

    Command("focus.done", "done", "Say in one line what happened, then meet the next person.",
            ("d",), "focus", DO, None, "done ITEM"),
    Command("focus.attempt", "no answer", "You tried and had no answer; it comes back in a week.",
            ("t",), "focus", DO, None, "log WHO --outcome attempt"),
    Command("focus.snooze", "snooze", "Hide it until a day you choose; its due date stays.",
            ("s",), "focus", DO, None, "snooze ITEM DATE"),
    Command("focus.skip", "skip", "Leave out this round; the next one counts from today.",
            ("x",), "focus", DO, None, "skip WHO"),
    Command("focus.pause", "pause", "Rest the rhythm until a day; promises still show.",
            ("p",), "focus", MORE, None, "pause WHO --until DATE"),
    Command("focus.note", "note", "Add a note about this contact.",
            ("n",), "focus", MORE, None, "edit WHO --note TEXT"),
    Command("focus.email", "e-mail", "Start a mail in your mail program; over SSH copy the address and show a link.",
            ("o",), "focus", MORE),
    Command("focus.open", "open", "Open the contact.",
            ("enter",), "focus", LIST, 200, "show WHO"),
    Command("focus.next", "next person", "Leave it as it is and meet the next person.",
            ("right",), "focus", LIST, 100),
    Command("focus.before", "person before", "Come back to the person before.",
            ("left",), "focus", LIST),
    Command("focus.undo", "undo", "Take back the last change and come back to that person.",
            ("u",), "focus", DO, 900, "undo", instead_of="app.undo"),
    Command("focus.redo", "redo", "Make the change again that you took back.",
            ("U",), "focus", DO, None, "redo", instead_of="app.redo"),
    Command("focus.back", "back", "Go back to the agenda.",
            ("q", "escape"), "focus", GO, 300, instead_of="app.quit"),

    Command("contacts.filter", "filter", "Filter with words and circle:, city:, due:, last:, has: and more.",
            ("slash",), "contacts", LIST, 100, "contacts QUERY"),
    Command("contacts.open", "open", "Open the contact.", ("enter",), "contacts", LIST, 200, "show WHO"),
    Command("contacts.mark", "mark", "Mark it; the next key then acts on all that are marked.",
            ("space",), "contacts", LIST, 700),
    Command("contacts.mark_all", "mark all", "Mark everyone the filter shows, or take the marks away.",
            ("asterisk",), "contacts", LIST),
    Command("contacts.order", "order", "Sort the list by another column.", ("o",), "contacts", LIST, 750),
    Command("contacts.log", "log", "Write down a contact you had or plan.", ("l",), "contacts", DO, 300, "log WHO"),
    Command("contacts.follow_up", "follow up", "Set a to-do with a date.",
            ("F",), "contacts", DO, None, "follow-up WHO TEXT --on DATE"),
    Command("contacts.new", "new", "Add a person.", ("n",), "contacts", MORE, 400, "add NAME"),
    Command("contacts.edit", "edit", "Change name, company, addresses, dates and notes.",
            ("e",), "contacts", MORE, 450, "edit WHO"),
    Command("contacts.circle", "circle", "Put people into a circle, or take them out.",
            ("c",), "contacts", MORE, None, "edit WHO --circle C"),
    Command("contacts.rhythm", "rhythm", "Set how often to be in touch.",
            ("r",), "contacts", MORE, 600, "cadence WHO SPEC"),
    Command("contacts.mode", "mode", "Keep in touch in a rhythm, only on occasion, or no longer.",
            ("m",), "contacts", MORE, None, "edit WHO --mode M"),
    Command("contacts.archive", "archive", "Put the contact away and keep its history.",
            ("A",), "contacts", MORE, None, "archive WHO"),
    Command("contacts.merge", "merge", "Make one contact of two that are the same person.", ("M",), "contacts", MORE),
    Command("contacts.import", "import", "Bring in people from a file, after a preview.",
            ("i",), "contacts", MORE, None, "import FILE"),
    Command("contacts.export", "export", "Write people, calendar or everything to a file for other programs.",
            ("E",), "contacts", MORE, None, "export vcard QUERY"),
    Command("contacts.duplicates", "here twice?", "Look at pairs who may be one person, and say whether they are.",
            ("d",), "contacts", MORE, None, "duplicates"),
    Command("contacts.newcomers", "newcomers", "Go through those who came with a file: how often, on occasion, never.",
            ("t",), "contacts", MORE),

    Command("contact.log", "log", "Write down a contact you had or plan.",
            ("l",), "contact", DO, 100, "log WHO"),
    Command("contact.follow_up", "follow up", "Set a to-do with a date.",
            ("F",), "contact", DO, 200, "follow-up WHO TEXT --on DATE"),
    Command("contact.attempt", "attempt", "You tried and had no answer; it comes back in a week.",
            ("t",), "contact", DO, None, "log WHO --outcome attempt"),
    Command("contact.snooze", "snooze", "Hide the rhythm until a day you choose; its due date stays.",
            ("s",), "contact", DO, None, "snooze WHO DATE"),
    Command("contact.skip", "skip", "Leave out this round; the next one counts from today.",
            ("x",), "contact", DO, None, "skip WHO"),
    Command("contact.note", "note", "Add a note about this contact.",
            ("n",), "contact", DO, None, "edit WHO --note TEXT"),
    Command("contact.email", "e-mail", "Start a mail in your mail program; over SSH copy the address and show a link.",
            ("o",), "contact", DO),
    Command("contact.edit", "edit", "Change name, company, addresses, dates and notes.",
            ("e",), "contact", MORE, 300, "edit WHO"),
    Command("contact.editor", "notes", "Write the notes in your own editor.",
            ("E",), "contact", MORE, None, "edit WHO --note TEXT"),
    Command("contact.rhythm", "rhythm", "Set how often to be in touch.",
            ("r",), "contact", MORE, 350, "cadence WHO SPEC"),
    Command("contact.pause", "pause", "Rest the rhythm until a day; promises still show.",
            ("p",), "contact", MORE, None, "pause WHO --until DATE"),
    Command("contact.circle", "circle", "Put the contact into a circle, or take it out.",
            ("c",), "contact", MORE, None, "edit WHO --circle C"),
    Command("contact.mode", "mode", "Keep in touch in a rhythm, only on occasion, or no longer.",
            ("m",), "contact", MORE, None, "edit WHO --mode M"),
    Command("contact.archive", "archive", "Put the contact away and keep its history.",
            ("A",), "contact", MORE, None, "archive WHO"),
    Command("contact.gave", "gave", "Write down how you helped.",
            ("g",), "contact", GIVE, 400, "favor gave WHO --kind K"),
    Command("contact.promise", "promise", "Promise something, with a day it is due.",
            ("y",), "contact", GIVE, None, "favor promise WHO --kind K"),
    Command("contact.helped", "they helped", "Write down how they helped you, so that thanks come next.",
            ("h",), "contact", GIVE, None, "favor received WHO --kind K"),
    Command("contact.ask", "I asked", "Write down what you asked for; a nudge comes after a week.",
            ("k",), "contact", GIVE, None, "favor ask WHO --kind K"),
    Command("contact.request", "they asked", "Write down what they asked you for.",
            ("w",), "contact", GIVE, None, "favor asked WHO --kind K"),
    Command("contact.change", "change", "Change the entry under the cursor: day, how, outcome, note.",
            ("enter",), "contact", LIST, 450),
    Command("contact.delete", "delete", "Delete the entry under the cursor, after asking.",
            ("d",), "contact", LIST, None, "unlog ID"),
    Command("contact.why", "why", "Explain the due date step by step.",
            ("W",), "contact", LIST, None, "why WHO"),
    Command("contact.back", "back", "Go back to where you came from.",
            ("escape",), "contact", GO, 800),

    Command("form.save", "save", "Save what you typed; enter in the last field does it too.",
            ("ctrl+s",), "form", DO, 100),
    Command("form.editor", "notes", "Write the notes in your own editor.",
            ("ctrl+o",), "form", DO, 150),
    Command("form.leave", "leave", "Leave the form; it asks when something was typed.",
            ("escape",), "form", GO, 200),

    Command("ledger.promise", "promise it", "Say yes to a request, with a day it is due.",
            ("y",), "ledger", DO, 100, "favor accept ID"),
    Command("ledger.done", "done", "The help was given, or came.", ("c",), "ledger", DO, 200, "favor done ID"),
    Command("ledger.offer", "offer else", "Offer something else when you cannot do what they ask.",
            ("o",), "ledger", DO, 300, "favor decline ID --way-out KIND --note TEXT"),
    Command("ledger.thank", "thank", "Thanks are said.", ("T",), "ledger", DO, 400, "favor thank ID"),
    Command("ledger.outcome", "tell outcome", "You told them how it went.",
            ("O",), "ledger", DO, None, "favor told ID"),
    Command("ledger.nudge", "nudge", "You reminded them kindly of what you asked.", ("N",), "ledger", DO, 450),
    Command("ledger.rest", "let it rest", "Stop waiting for an answer; it could be asked again one day.",
            ("R",), "ledger", DO),
    Command("ledger.gave", "gave", "Write down how you helped.",
            ("g",), "ledger", GIVE, 600, "favor gave WHO --kind K"),
    Command("ledger.helped", "they helped", "Write down how they helped you, so that thanks come next.",
            ("e",), "ledger", GIVE, 610, "favor received WHO --kind K"),
    Command("ledger.ask", "I asked", "Write down what you asked for; a nudge comes after a week.",
            ("k",), "ledger", GIVE, 620, "favor ask WHO --kind K"),
    Command("ledger.request", "they asked", "Write down what they asked you for.",
            ("w",), "ledger", GIVE, 630, "favor asked WHO --kind K"),
    Command("ledger.undo", "undo", "Take back the last change and come back to that entry.",
            ("u",), "ledger", DO, 900, "undo", instead_of="app.undo"),
    Command("ledger.open", "open", "Open the contact.", ("enter",), "ledger", LIST, None, "show WHO"),
    Command("ledger.filter", "filter", "Show only the entries that hold some words.",
            ("slash",), "ledger", LIST, 700),

    Command("needs.new", "new need", "Write down what you look for: which, why, by when.",
            ("n",), "needs", DO, 100, "need add TITLE"),
    Command("needs.tell", "told", "They know about it; news is asked after in a week.",
            ("t",), "needs", DO, 200, "need tell ID WHO"),
    Command("needs.ask", "ask", "Ask somebody directly, after a look at how things stand between you.",
            ("k",), "needs", DO, 250, "need ask ID WHO"),
    Command("needs.announce", "announce", "A message for each of the marked, or of those suggested first.",
            ("o",), "needs", DO, 300),
    Command("needs.helped", "helped", "They helped, so that thanks come next.",
            ("h",), "needs", DO, 350, "need helped ID WHO"),
    Command("needs.passed", "passed on", "They told somebody else about it, known to you or new.",
            ("p",), "needs", DO, 400, "need passed ID WHO TO"),
    Command("needs.declined", "cannot help", "They cannot help this time.",
            ("x",), "needs", DO, 450, "need declined ID WHO"),
    Command("needs.edit", "edit", "Change what you look for, why or by when.",
            ("e",), "needs", MORE, 600),
    Command("needs.close", "close need", "It is over; whoever helped is to hear how it went.",
            ("c",), "needs", MORE, 650, "need close ID"),
    Command("needs.mark", "mark", "Mark somebody; told and announce then mean all that are marked.",
            ("space",), "needs", LIST, 700),
    Command("needs.open", "open", "Go to the people of the need, or open the person.",
            ("enter",), "needs", LIST, None, "need show ID"),
    Command("needs.filter", "filter", "Show only the people that hold some words.",
            ("slash",), "needs", LIST, 750),
    Command("needs.back", "back", "Go back to the needs.",
            ("escape", "left"), "needs", GO),

    Command("reach.search", "find way", "Type a person, a company or a topic; the best ways there show at once.",
            ("slash",), "reach", LIST, 100, "reach TARGET"),
    Command("reach.ask", "ask", "Ask the first one on the way, after a look at how things stand between you.",
            ("k",), "reach", DO, 200, "favor ask WHO --kind introduction"),
    Command("reach.knows", "who knows", "Write down that someone knows someone, at a company, about a topic.",
            ("K",), "reach", MORE, 700, "knows WHO B --company C --topic T"),
    Command("reach.introduce", "introduce", "Introduce the two of a match, or two people you name.",
            ("i",), "reach", DO, 300, "intro start A B"),
    Command("reach.not_these", "not these", "Do not propose these two again.",
            ("x",), "reach", DO, 310),
    Command("reach.yes", "yes", "They said yes; the other one is asked next.",
            ("y",), "reach", DO, 210, "intro yes ID WHO"),
    Command("reach.no", "no", "They would rather not; nobody is introduced.",
            ("n",), "reach", DO, 220, "intro no ID WHO"),
    Command("reach.later", "later", "They ask for time, until a day.",
            ("l",), "reach", DO, 230, "intro later ID WHO"),
    Command("reach.again", "asked again", "You asked them, or asked again.",
            ("N",), "reach", DO, 240),
    Command("reach.made", "introduced", "The words to copy; then they are introduced, and it counts as given to both.",
            ("g",), "reach", DO, 250, "intro made ID"),
    Command("reach.worked", "asked after", "You asked whether it worked; that closes it.",
            ("w",), "reach", DO, 260, "intro worked ID"),
    Command("reach.drop", "drop", "Leave the introduction; nothing more is asked.",
            ("d",), "reach", MORE, 270, "intro drop ID"),
    Command("reach.open", "open", "Open the contact: the first on the way, or whose answer is awaited.",
            ("enter",), "reach", LIST, None, "show WHO"),
    Command("reach.matches", "matches", "Go to the matches; tab goes from group to group.",
            ("m",), "reach", GO, 600, "match"),
    Command("reach.introductions", "introductions", "Go to the introductions under way.",
            ("I",), "reach", GO, None, "intro list"),

    Command("import.go_on", "go on", "The next step: look into it, bring them in, go on.",
            ("enter",), "import", DO, 100, "import FILE"),
    Command("import.columns", "columns", "Say yourself what the columns of the table mean.",
            ("m",), "import", MORE, 200),
    Command("import.circle", "circle", "A circle for everyone who is new.", ("c",), "import", MORE, 300),
    Command("import.rhythm", "rhythm", "A rhythm for everyone who is new; without one nobody is due.",
            ("r",), "import", MORE, 400),
    Command("import.other", "other file", "Choose another file.", ("e",), "import", GO, 510),
    Command("import.undo", "undo", "Take back all that was brought in.",
            ("u",), "import", DO, 550, "undo", instead_of="app.undo"),
    Command("import.back", "leave", "Stop what runs, of which nothing stays; else leave.",
            ("escape", "q"), "import", GO, 600, instead_of="app.quit"),

    Command("columns.take", "go on", "Look into the table with these meanings.",
            ("enter",), "columns", DO, 100),
    Command("columns.after", "next meaning", "Give the column the next meaning.",
            ("right", "space"), "columns", DO, 200),
    Command("columns.before", "meaning before", "Give the column the meaning before.",
            ("left",), "columns", DO),
    Command("columns.choose", "type it", "Type the beginning of what the column means.",
            ("f",), "columns", DO, 250),
    Command("columns.name", "name", "The column holds the whole name.", ("n",), "columns", MORE, 300),
    Command("columns.given", "first name", "The column holds the first name.", ("g",), "columns", MORE),
    Command("columns.family", "last name", "The column holds the last name.", ("l",), "columns", MORE),
    Command("columns.email", "e-mail", "The column holds e-mail addresses.", ("e",), "columns", MORE, 310),
    Command("columns.phone", "phone", "The column holds phone numbers.", ("p",), "columns", MORE, 320),
    Command("columns.company", "company", "The column holds the company.", ("c",), "columns", MORE, 330),
    Command("columns.title", "position", "The column holds what they do there.", ("t",), "columns", MORE),
    Command("columns.notes", "notes", "The column holds notes.", ("o",), "columns", MORE),
    Command("columns.leave_out", "leave out", "Leave the column out.", ("x",), "columns", MORE, 340),
    Command("columns.back", "back", "Go back without these meanings.",
            ("escape", "q"), "columns", GO, 600, instead_of="app.quit"),

    Command("newcomers.weekly", "week", "Be in touch every week.", ("w",), "newcomers", DO, 100),
    Command("newcomers.monthly", "month", "Be in touch every month.", ("m",), "newcomers", DO, 110),
    Command("newcomers.quarterly", "3 months", "Be in touch every three months.", ("t",), "newcomers", DO, 120),
    Command("newcomers.half_yearly", "half year", "Be in touch every half year.", ("h",), "newcomers", DO, 130),
    Command("newcomers.yearly", "year", "Be in touch once a year.", ("y",), "newcomers", DO, 140),
    Command("newcomers.rhythm", "other rhythm", "Type how often to be in touch.",
            ("r",), "newcomers", DO, 190, "cadence WHO SPEC"),
    Command("newcomers.occasion", "occasion", "Be in touch only when there is a reason.",
            ("o",), "newcomers", DO, 150, "edit WHO --mode occasion"),
    Command("newcomers.never", "never", "Do not chase, kindly.",
            ("x",), "newcomers", DO, 160, "edit WHO --mode never"),
    Command("newcomers.leave_as_it_is", "leave", "Leave as it is, without a rhythm, and ask no more.",
            ("n",), "newcomers", DO, 170),
    Command("newcomers.circle", "circle", "Put into a circle.", ("c",), "newcomers", DO, 180, "edit WHO --circle C"),
    Command("newcomers.mark", "mark", "Mark somebody; the next key then means all that are marked.",
            ("space",), "newcomers", LIST, 300),
    Command("newcomers.mark_all", "mark all", "Mark everyone the filter shows, or take the marks away.",
            ("asterisk",), "newcomers", LIST, 310),
    Command("newcomers.filter", "filter", "Show only those who hold some words.", ("slash",), "newcomers", LIST, 320),
    Command("newcomers.by_circle", "by circle", "Give each circle a rhythm in one go.",
            ("b",), "newcomers", MORE, 330),
    Command("newcomers.open", "open", "Open the contact.", ("enter",), "newcomers", LIST, None, "show WHO"),
    Command("newcomers.back", "back", "Go back; what is left waits, t in the contacts comes here again.",
            ("escape", "q"), "newcomers", GO, 400, instead_of="app.quit"),

    Command("pairs.merge", "one person", "Make one of the two, with the marked side of each field.",
            ("m",), "pairs", DO, 100, "merge WHO OTHER"),
    Command("pairs.apart", "two people", "They are two people: never suggest them again.",
            ("x",), "pairs", DO, 200, "apart WHO OTHER"),
    Command("pairs.later", "later", "Leave these two for another time.", ("s",), "pairs", DO, 300),
    Command("pairs.before", "pair before", "Come back to the pair before.", ("b",), "pairs", LIST),
    Command("pairs.left", "take left", "Of the field under the cursor keep what stands left.",
            ("left",), "pairs", LIST, 350),
    Command("pairs.right", "take right", "Of the field under the cursor keep what stands right.",
            ("right",), "pairs", LIST, 360),
    Command("pairs.other", "other side", "Keep the other side of the field under the cursor.",
            ("space",), "pairs", LIST),
    Command("pairs.all", "all other", "Keep the other side of every field.", ("tab",), "pairs", LIST),
    Command("pairs.go_on", "go on", "After the last pair go on; before that it does nothing, m makes one person.",
            ("enter",), "pairs", GO),
    Command("pairs.undo", "undo", "Take back the last answer and come back to those two.",
            ("u",), "pairs", DO, 400, "undo", instead_of="app.undo"),
    Command("pairs.back", "back", "Go back; what was left waits.",
            ("escape", "q"), "pairs", GO, 510, instead_of="app.quit"),

    Command("welcome.import", "import", "Bring in an address book, after a preview.",
            ("i",), "welcome", DO, 100, "import FILE"),
    Command("welcome.new", "new", "Add a person.",
            ("n",), "welcome", DO, 200, "add NAME"),
    Command("welcome.demo", "sample network", "Look around in a sample network; nothing of yours is touched.",
            ("d",), "welcome", GO, 300),
)
# fmt: on

_BY_ID: Final = {command.id: command for command in COMMANDS}


def by_id(command_id: str) -> Command:
    """The command of that id; raises KeyError when there is none."""
    return _BY_ID[command_id]


def for_place(place: str, *, sample: bool = True) -> tuple[Command, ...]:
    """What can be done in a place: its own commands, then those of the whole app it does not take over.

    Without `sample`, what means something in the sample network alone is left out. Raises KeyError for a
    place that is not in `PLACE_TITLES`.
    """
    if place not in PLACE_TITLES:
        raise KeyError(place)
    everywhere = tuple(command for command in COMMANDS if command.place == APP and (sample or not command.sample))
    if place == APP:
        return everywhere
    own = tuple(command for command in COMMANDS if command.place == place)
    taken = {command.instead_of for command in own}
    return own + tuple(command for command in everywhere if command.id not in taken)


def footer(place: str) -> tuple[Command, ...]:
    """The commands the footer of a place shows, the most useful first; cut from the end when narrow."""
    shown = [command for command in for_place(place) if command.footer is not None]
    return tuple(sorted(shown, key=lambda command: command.footer or 0))


def _shown(text: str) -> str:
    """Text of a configuration file, fit to be repeated in a message."""
    one_line = "".join(letter if letter.isprintable() else "\ufffd" for letter in text[:60])
    return one_line + ("…" if len(text) > 60 else "")


def _entry_keys(command: Command, entry: str) -> tuple[tuple[str, ...], str]:
    """The keys of one keymap entry, and the reason why it cannot be, or ""."""
    keys: list[str] = []
    # A comma alone is the key; between keys it divides.
    for typed in [entry] if entry.strip() == "," else entry.split(","):
        key = normal_key(typed)
        if key is None:
            named = _shown(typed.strip())
            return (), f"“{named}” is not a key I know" if named else "a key is missing"
        if key in RESERVED_KEYS and key not in command.keys:
            return (), f"{key_label(key)} {RESERVED_KEYS[key]}"
        if command.always and key.rpartition("+")[0] != "ctrl":
            return (), f"{key_label(key)} would act while a line is typed; give it a key with ctrl"
        if key not in keys:
            keys.append(key)
    return tuple(keys), ""


def validate(keymap: Mapping[str, str]) -> tuple[dict[str, tuple[str, ...]], tuple[str, ...]]:
    """The keys of every command under a keymap (command id to keys, divided by commas), and what is wrong.

    An entry with an unknown id, an unknown or reserved key, or a key taken in the same place is left
    out and named; its command keeps the default keys.
    """
    keys = {command.id: command.keys for command in COMMANDS}
    problems: list[str] = []
    for command_id, entry in keymap.items():
        if command_id not in _BY_ID:
            problems.append(f"“{_shown(command_id)}” is not a command; “planner keys” lists them")
            continue
        found, problem = _entry_keys(_BY_ID[command_id], entry)
        if problem:
            problems.append(f"{command_id}: {problem}; it keeps {_labels(_BY_ID[command_id].keys)}")
        else:
            keys[command_id] = found
    # Giving one command its default back can clash with the next; each round gives back at least one.
    while clash := _first_clash(keys):
        back, other, key = clash
        keys[back] = _BY_ID[back].keys
        problems.append(
            f"{back}: {key_label(key)} is taken by {other}; it keeps {_labels(_BY_ID[back].keys)}"
        )
    return keys, tuple(problems)


def _first_clash(keys: Mapping[str, tuple[str, ...]]) -> tuple[str, str, str] | None:
    """(the changed command, the other, the key) of the first two commands of a place with one key."""
    for place in PLACE_TITLES:
        owners: dict[str, str] = {}
        for command in for_place(place):
            for key in keys[command.id]:
                other = owners.setdefault(key, command.id)
                if other == command.id:
                    continue
                changed = command.id if keys[command.id] != command.keys else other
                return changed, other if changed == command.id else command.id, key
    return None


def _labels(keys: tuple[str, ...]) -> str:
    return ", ".join(key_label(key) for key in keys)


def markdown_table(keys: Mapping[str, tuple[str, ...]] | None = None) -> str:
    """Every command as a Markdown table, a row for each place, with the default keys or those of a keymap."""
    lines = ["| place | keys |", "|---|---|"]
    for place, title in PLACE_TITLES.items():
        shown = [
            f"{' '.join(_code(key_label(key)) for key in (keys or {}).get(command.id, command.keys))} {command.title}"
            for command in COMMANDS
            if command.place == place
        ]
        lines.append(f"| **{title}** | {' · '.join(shown)} |")
    return "\n".join(lines) + "\n"


def _code(text: str) -> str:
    """Text as a code span that survives inside a table."""
    fence = "`` {} ``" if "`" in text else "`{}`"
    return fence.format(text.replace("|", "\\|"))
