"""Every verb with its key, said once: one key means one thing wherever it works.

Lower case is me, upper case is them, in the group about helping: g I gave, G they gave. Key names are Textual's
("question_mark", "ctrl+p", "U"). Nothing essential stands only on Ctrl with h i j m or [, on Alt or on a function key:
terminals and multiplexers swallow or confuse those.
"""

from __future__ import annotations

from typing import Final

from planner.commands.command import DO, GIVE, GO, MORE, SELECT, Verb

# fmt: off
EVERYWHERE: Final = (
    Verb("palette", "palette", "Find any command or contact by typing a part of its name.", ("ctrl+p", "colon"), GO),
    Verb("help", "help", "Show every key that works where you are.", ("question_mark",), GO, "keys"),
    Verb("capture", "capture", "Write down in one line what happened and what comes next.",
         ("a",), DO, "capture TEXT"),
    Verb("undo", "undo", "Take back the last change.", ("u",), DO, "undo"),
    Verb("redo", "redo", "Make the change again that you took back.", ("U",), DO, "redo"),
    Verb("unfinished", "unfinished texts", "Take up or throw away what was typed and not saved in sessions that ended.",
         ("ctrl+r",), GO),
    Verb("redraw", "redraw", "Draw the whole screen anew, when another program has written over it.",
         ("ctrl+l",), GO, always=True),
    Verb("suspend", "rest", "Rest in the background and go back to the shell; fg comes back.",
         ("ctrl+z",), GO, always=True),
    Verb("own", "own planner", "Come back from the sample network to your own planner.", (), GO, sample=True),
    Verb("quit", "quit", "Leave the planner; everything is saved.", ("q",), GO),
)
"""The verbs that work in every place."""

MOVES: Final = (
    Verb("up", "up", "Go to the line above.", ("up", "k"), SELECT),
    Verb("down", "down", "Go to the line below.", ("down", "j"), SELECT),
    Verb("page_up", "page up", "Go up by a page.", ("pageup",), SELECT),
    Verb("page_down", "page down", "Go down by a page.", ("pagedown",), SELECT),
    Verb("first", "first", "Go to the first line.", ("home",), SELECT),
    Verb("last", "last", "Go to the last line.", ("end",), SELECT),
)
"""The verbs that move the cursor of any list."""

VERBS: Final = (
    # The entry under the cursor
    Verb("open", "open", "Open the contact.", ("enter",), SELECT, "show WHO"),
    Verb("mark", "mark", "Mark it; the next key then acts on all that are marked.", ("space",), SELECT),
    Verb("mark_all", "mark all", "Mark everyone the list shows, or take the marks away.", ("asterisk",), SELECT),
    Verb("filter", "filter", "Show only the lines that hold some words.", ("slash",), SELECT),
    Verb("top", "top", "Come back to the top.", ("full_stop",), GO),
    Verb("hidden", "hidden", "List who is snoozed, paused or planned, with the day each comes back.",
         ("z",), GO, "contacts is:snoozed,paused,planned"),
    Verb("new", "new", "Write down something new of this place.", ("plus",), MORE),
    Verb("back", "back", "Go back to where you came from.", ("escape", "q"), GO, instead_of="app.quit"),

    # Triage
    Verb("done", "done", "Settle it in one line: what happened, and the next date if you like.",
         ("d",), DO, "done ITEM"),
    Verb("snooze", "snooze", "Hide it until a day you choose; its due date stays.", ("s",), DO, "snooze ITEM DATE"),
    Verb("attempt", "no answer", "You tried and had no answer; it comes back in a week.",
         ("t",), DO, "log WHO --outcome attempt"),
    Verb("leave_out", "leave out", "Leave out this round; the next one counts from today.", ("x",), DO, "skip ITEM"),
    Verb("move", "move", "Give it another day.", ("m",), MORE, "move ITEM DATE"),
    Verb("earlier", "day earlier", "Move it one day earlier in the week.", ("H",), MORE),
    Verb("later", "day later", "Move it one day later in the week.", ("L",), MORE),

    # The person
    Verb("note", "note", "Add a note about this contact.", ("n",), DO, "edit WHO --note TEXT"),
    Verb("rhythm", "rhythm", "Set how often to be in touch.", ("r",), MORE, "cadence WHO SPEC"),
    Verb("pause", "pause", "Rest the rhythm until a day, or end the rest; promises still show.",
         ("p",), MORE, "pause WHO --until DATE"),
    Verb("circle", "circles", "Put people into a circle, or take them out.", ("c",), MORE, "edit WHO --circle C"),
    Verb("edit", "edit", "Change name, company, addresses, dates and notes.", ("e",), MORE, "edit WHO"),
    Verb("notes", "notes in editor", "Write the notes in your own editor.", (), MORE, "edit WHO --note TEXT"),
    Verb("brief", "brief", "What to know of them before you meet: talks, what is open, what to give or ask about.",
         ("b",), SELECT, "brief WHO"),
    Verb("why", "why", "Explain the due date and the place in the list, step by step.", ("w",), SELECT, "why ITEM"),
    Verb("get_in_touch", "get in touch", "Mail, call, message or look at a profile, each with its key; over SSH it is"
         " copied and shown as a link.", ("o",), DO),
    Verb("follow_up", "follow-up", "Set a to-do with a date.", ("F",), DO, "follow-up WHO TEXT --on DATE"),
    Verb("mode", "mode", "Keep in touch in a rhythm, only on occasion, or no longer.",
         (), MORE, "edit WHO --mode M"),
    Verb("archive", "archive", "Put the contact away and keep its history, or bring it back.",
         ("A",), MORE, "archive WHO"),
    Verb("merge", "merge", "Make one contact of two that are the same person.", ("M",), MORE, "merge WHO OTHER"),
    Verb("order", "order", "Sort the list by another column.", ("O",), SELECT),
    Verb("delete", "delete", "Delete the entry under the cursor, after asking.", ("D",), SELECT, "unlog ID"),

    # Help and thanks
    Verb("gave", "I gave", "Write down how you helped.", ("g",), GIVE, "favor gave WHO --kind K"),
    Verb("helped", "they gave", "They helped: what you asked for came, or it is a new entry; thanks come next.",
         ("G",), GIVE, "favor received WHO --kind K"),
    Verb("ask", "I asked", "Ask for something, after a look at how things stand; a nudge comes after a week.",
         ("i",), GIVE, "favor ask WHO --kind K"),
    Verb("request", "they asked", "Write down what they asked you for.", ("I",), GIVE, "favor asked WHO --kind K"),
    Verb("promise", "I promise", "Say yes to what they ask, or promise something, with a day it is due.",
         ("y",), GIVE, "favor promise WHO --kind K"),
    Verb("told", "told", "They know about it, or how it went.", ("T",), GIVE),
    Verb("passed_on", "passed on", "They told somebody else about it, known to you or new.",
         ("P",), GIVE, "need passed ID WHO TO"),
    Verb("nudge", "nudge", "You reminded them kindly.", ("N",), GIVE),
    Verb("introduce", "introduce", "Introduce two people; each is asked first.", ("v",), GIVE, "intro start A B"),
    Verb("words", "words to send", "Words to send: to remind, thank, answer, tell how it went, introduce.",
         ("W",), GIVE, "words ITEM"),

    Verb("post", "post publicly", "Words for a public post; who reads the channel could have seen it.",
         (), GIVE, "need post ID --channel C"),

    # Other views, and files
    Verb("focus", "focus", "Go through the day one person at a time.", ("f",), GO, "triage"),
    Verb("week_before", "week before", "Show the week before.", ("left_square_bracket",), GO, "agenda --week DATE"),
    Verb("week_after", "week after", "Show the week after.", ("right_square_bracket",), GO, "agenda --week DATE"),
    Verb("bring_in", "bring in", "Bring in people from a file, after a preview.", ("less_than_sign",), MORE,
         "import FILE"),
    Verb("give_out", "give out", "Write people, calendar or everything to a file for other programs.",
         ("greater_than_sign",), MORE, "export vcard QUERY"),

    # Without a key: in the palette, and where they are offered
    Verb("spread", "spread backlog", "Spread what piled up over the coming weeks, after a preview.",
         (), MORE, "backlog spread"),
    Verb("duplicates", "here twice?", "Look at pairs who may be one person, and say whether they are.",
         (), MORE, "duplicates"),
    Verb("newcomers", "newcomers", "Go through those who came with a file: how often, on occasion, never.", (), MORE),
    Verb("book", "address book", "Read the address book again: what changed, who is gone, what is to be decided.",
         ("B",), MORE, "book sync"),
    Verb("knows", "who knows", "Write down that someone knows someone, at a company, about a topic.",
         (), MORE, "knows WHO B --company C --topic T"),
    Verb("matches", "matches", "Go to the matches; tab goes from group to group.", (), GO, "match"),
    Verb("introductions", "introductions", "Go to the introductions under way.", (), GO, "intro list"),
)
"""The verbs of single places; `planner.commands.places` says of which ones."""

ALL_VERBS: Final = (*EVERYWHERE, *MOVES, *VERBS)
# fmt: on
