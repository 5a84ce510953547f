"""The verbs of each place, in the order of help and of the footer, with the place's words for them."""

from __future__ import annotations

from typing import Final

from planner.commands.answers import COLUMNS, FOCUS, FORM, IMPORT, NEWCOMERS, PAIRS, WELCOME
from planner.commands.command import Offer, TopPlace, Words

TOP_PLACES: Final = (
    TopPlace("agenda", "Agenda", "1"),
    TopPlace("contacts", "Contacts", "2"),
    TopPlace("ledger", "Ledger", "3"),
    TopPlace("needs", "Needs", "4", "need list"),
    TopPlace("reach", "Reach", "5", "reach TARGET"),
)

PERSON = ("note", "rhythm", "pause", "circle", "edit", "brief", "why", "get_in_touch", "follow_up", "mode", "archive")
HELPING = ("gave", "helped", "ask", "request", "promise")
WITH_ITEMS = (*HELPING, "words")
"""Verbs of help in places with items, whose words can be sent."""
FROM_ANYWHERE: Final = frozenset({
    "focus", "hidden", "spread", "new", "bring_in", "give_out", "duplicates", "newcomers", "book", "knows", "matches",
    "introductions",
})  # fmt: skip
"""Verbs that need nothing under the cursor: the palette of any place goes to their place and runs them."""

OFFERS: Final = (
    Offer(
        "agenda",
        "Agenda",
        ("done", "snooze", "attempt", "leave_out", "move", "earlier", "later", *PERSON, *WITH_ITEMS, "focus", "filter",
         "mark", "mark_all", "open", "delete", "week_before", "week_after", "top", "hidden", "spread", "book"),
        ("done", "snooze", "attempt", "leave_out", "capture", "focus", "mark", "filter", "undo", "help"),
        {"top": Words("today", "Come back to this week and today.", "agenda"),
         "delete": Words(help="End a follow-up with its repeats, or drop what is planned, after asking.",
                         cli="end ITEM")},
    ),
    Offer(
        "focus",
        "Focus triage",
        ("done", "snooze", "attempt", "leave_out", *PERSON, *WITH_ITEMS, "introduce", "open", "delete", "back"),
        ("next", "open", "back", "undo", "help"),
        {
            "introduce": Words(help="On the page of giving: introduce the two who match."),
            "words": Words(help="Words for what is open with them; on the page of giving those of a thank-you."),
            "done": Words(help="Say in one line what happened, then meet the next person."),
            "back": Words(help="Go back to the agenda."),
            "delete": Words(help="End a follow-up with its repeats, or drop what is planned, after asking.",
                            cli="end ITEM"),
        },
        FOCUS,
    ),
    Offer(
        "contacts",
        "Contacts",
        ("done", "snooze", "attempt", "leave_out", *PERSON, *WITH_ITEMS, "new", "filter", "open", "mark", "mark_all",
         "order", "top", "hidden", "merge", "bring_in", "give_out", "duplicates", "newcomers", "book"),
        ("filter", "open", "done", "new", "edit", "rhythm", "mark", "order", "undo", "help"),
        {
            "done": Words("log", "Write down a contact you had or plan.", "log WHO"),
            "new": Words("new person", "Add a person.", "add NAME"),
            "filter": Words(
                help="Filter with words and circle:, city:, due:, last:, has: and more.", cli="contacts QUERY"
            ),
            "mark_all": Words(help="Mark everyone the filter shows, or take the marks away."),
        },
    ),
    Offer(
        "contact",
        "One contact",
        ("done", "snooze", "attempt", "leave_out", *PERSON, "notes", *WITH_ITEMS, "open", "delete", "book", "back"),
        ("done", "follow_up", "edit", "rhythm", "gave", "open", "get_in_touch", "back", "undo", "help"),
        {
            "done": Words(
                "done or log", "Settle what is open under the cursor; else write down a contact you had or plan.",
                "log WHO",
            ),
            "open": Words("change", "Change the entry under the cursor: day, how, outcome, note."),
        },
    ),
    Offer("form", "The form of a contact", (), ("save", "editor", "leave"), {}, FORM),
    Offer(
        "ledger",
        "Ledger",
        ("done", "snooze", "leave_out", "move", "promise", "helped", "told", "nudge", "words", "gave", "ask", "request",
         "new", "note", "edit", "brief", "why", "get_in_touch", "follow_up", "open", "filter", "top"),
        ("done", "leave_out", "promise", "helped", "told", "nudge", "gave", "ask", "request", "filter", "undo", "help"),
        {
            "done": Words(help="Settle it: the promise is kept, the thanks are said, the nudge is sent."),
            "leave_out": Words(
                "way out", "Offer something else when you cannot do what they ask; let an ask of yours rest.",
                "favor decline ID --way-out KIND --note TEXT",
            ),
            "told": Words("told how", "You told them how it went.", "favor told ID"),
            "new": Words("new entry", "Write down who asked, promised, gave or helped."),
        },

    ),
    Offer(
        "needs",
        "Needs",
        ("new", "told", "words", "ask", "helped", "passed_on", "leave_out", "done", "edit", "note", "brief",
         "get_in_touch", "open", "mark", "mark_all", "filter", "top", "post"),
        ("new", "told", "words", "ask", "helped", "passed_on", "leave_out", "done", "mark", "filter", "help"),
        {
            "new": Words("new need", "Write down what you look for: which, why, by when.", "need add TITLE"),
            "told": Words(help="They know about it; news is asked after in a week.", cli="need tell ID WHO"),
            "words": Words("announce", "A message for each of the marked, or of those suggested first; for one who"
                           " knows of it already a reminder or thanks."),
            "ask": Words("I asked", "Ask somebody directly, after a look at how things stand between you.",
                         "need ask ID WHO"),
            "helped": Words("they helped", "They helped, so that thanks come next.", "need helped ID WHO"),
            "leave_out": Words("cannot help", "They cannot help this time.", "need declined ID WHO"),
            "done": Words("close or log", "On a need: it is over, and all who knew hear how it went. On a closed one:"
                          " who is still to hear. On a person: write down a contact you had or plan.",
                          "need close ID"),
            "edit": Words("edit", "Change what you look for, why or by when; on a person their contact."),
            "open": Words(
                help="Go to the people of the need, or open the person; escape goes back.", cli="need show ID"
            ),
            "filter": Words(help="Show only the people that hold some words."),
        },
    ),
    Offer(
        "closing",
        "How a need went",
        ("done", "leave_out", "words", "mark", "mark_all", "note", "get_in_touch", "open", "top", "back"),
        ("words", "done", "leave_out", "mark_all", "mark", "open", "back", "undo", "help"),
        {
            "done": Words("told", "They heard how it went.", "need outcome ID WHO"),
            "leave_out": Words("let be", "They need not hear how it went.", "need rest ID WHO"),
            "words": Words(
                help="A message each, from the one under the cursor on; one text for all that are marked.",
                cli="need hear ID",
            ),
            "mark_all": Words("all", "Mark everyone who is to hear, or take the marks away."),
        },
    ),
    Offer(
        "reach",
        "Reach",
        ("filter", "ask", "done", "nudge", "leave_out", "introduce", "words", "note", "edit", "brief", "get_in_touch",
         "open", "top", "knows", "matches", "introductions"),
        ("filter", "done", "leave_out", "ask", "introduce", "nudge", "words", "open", "help"),
        {
            "filter": Words(
                "find way", "Type a person, a company or a topic; the best ways there show at once.", "reach TARGET"
            ),
            "ask": Words("I asked", "Ask the first one on the way, after a look at how things stand between you.",
                         "favor ask WHO --kind introduction"),
            "done": Words(help="Take the next step of the introduction: their answer, the introduction, how it went.",
                          cli="intro yes ID WHO"),
            "nudge": Words("asked again", "You asked them, or asked again."),
            "leave_out": Words("not these", "Do not propose these two again; leave an introduction.",
                               "intro drop ID"),
            "introduce": Words(help="Introduce the two of a match, or two people you name."),
            "words": Words("their words", "The words to copy when the two are introduced."),
            "open": Words(help="Open the contact: the first on the way, or whose answer is awaited."),
        },
    ),
    Offer("welcome", "An empty planner", ("bring_in", "new"), ("bring_in", "new", "demo"),
          {"new": Words("new person", "Add a person.", "add NAME"),
           "bring_in": Words(help="Bring in an address book, after a preview.")}, WELCOME),
    Offer("import", "Bringing in a file", (),
          ("go_on", "columns", "letters", "circle", "rhythm", "other", "undo", "back"), {}, IMPORT),
    Offer("columns", "The columns of a table", (),
          ("take", "after", "choose", "name", "email", "phone", "company", "leave_out", "back"), {}, COLUMNS),
    Offer("newcomers", "Those who are new", ("new",),
          ("weekly", "monthly", "quarterly", "half_yearly", "yearly", "occasion", "never", "leave_as_it_is", "circle",
           "rhythm", "mark", "mark_all", "filter", "by_circle", "new", "back", "undo", "help"),
          {"new": Words("from mail", "List the people you write with who are not here: add, or never propose again.",
                        "watch people")}, NEWCOMERS),
    Offer("pairs", "Here twice?", (), ("merge", "apart", "later", "left", "right", "undo", "back"), {}, PAIRS),
)  # fmt: skip
"""Every place in the order of the help."""
