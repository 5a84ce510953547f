"""The everyday words of the capture line: kinds of contact, kinds of favor, who did it, who it was for."""

from __future__ import annotations

import re
from typing import Final

from planner.core.words.folding import clean_line

_CHANNEL_WORDS: Final = {
    "video": r"video(?: ?(?:call|chat))|video|zoom(?:ed)?|facetimed?|skyped?|teams call",
    "call": r"phone call|calls?|called|calling|phoned?|phoning|rang|spoke on the phone",
    "coffee": r"coffees?|tea|espresso",
    "meal": r"meals?|lunch(?:ed)?|dinner|dined|breakfast|brunch|supper|drinks?|beers?",
    "mail": r"e-?mail(?:s|ed|ing)?|mail(?:s|ed|ing)?|wrote back|wrote|write|replied",
    "message": r"messag(?:es?|ed|ing)|text(?:s|ed|ing)?|whats?app(?:ed)?|sms|telegram|ping(?:ed)?",
    "event": r"events?|party|conference|concert|meet-?up|wedding|reunion|workshop",
    "meeting": r"meetings?|met up|met|meet|saw|ran into|bumped into",
    "letter": r"letters?|post ?card",
    "visit": r"visit(?:s|ed|ing)?|dropped (?:by|in)|stopped by",
    "other": r"talked|talk|spoke|chatted|chat|caught up|heard from|got in touch|reached out",
}
_CHANNEL: Final = re.compile(
    r"(?P<lead>(?:(?:had|have|having|did|another|an?|the|our|long|short|quick|brief|nice|good|great|lovely"
    r"|first|second|small|big|late|early|went|go|going|for|by|via|over|on|out|to|some|joint|group|got"
    r"|tried|try|trying|planned|plan|planning|scheduled|booked|let['’]s|incoming|missed|unanswered"
    r"|(?:sent|wrote|left)(?: (?:her|him|them|me|us))?|[0-9]{1,3} ?(?:h|hours?|min|minutes?))\s+){0,8})"
    r"(?:" + "|".join(f"(?P<{name}>{words})" for name, words in _CHANNEL_WORDS.items()) + r")(?![\w'’-])",
    re.IGNORECASE,
)
_PAST_VERBS: Final = frozenset(
    {"rang", "wrote", "wrote back", "met", "met up", "saw", "ran into", "bumped into", "spoke",
     "spoke on the phone", "caught up", "heard from", "got in touch", "dropped by", "dropped in",
     "stopped by", "reached out"}
)  # fmt: skip
_FORWARD_VERBS: Final = frozenset({"meet", "write"})

LEADING_WORDS: Final = re.compile(r"(?:(?:and|then|also|so|but|plus)\s+)+", re.IGNORECASE)
PLANNED_WORDS: Final = re.compile(r"\b(?:planned|plan|planning|scheduled|booked|let['’]s|going to)\b", re.IGNORECASE)
ATTEMPT_WORDS: Final = re.compile(
    r"\b(?:no (?:answer|reply|response)|(?:did not|didn['’]?t) (?:answer|pick up|reply)|not reached"
    r"|(?:left (?:a )?)?voice ?mail|left a message|unanswered|(?:could not|couldn['’]?t) reach)\b",
    re.IGNORECASE,
)
TRIED: Final = re.compile(r"(?:tried|missed)\b", re.IGNORECASE)
ONLY_ATTEMPT: Final = re.compile(
    rf"(?:but\s+)?(?:(?:they|she|he|there was|got)\s+)?(?:{ATTEMPT_WORDS.pattern}|tried)[\s.!]*", re.IGNORECASE
)

AGAIN: Final = re.compile(
    r"(?:(?:see (?:them|her|him) |talk |meet |catch up |in touch )?again|next time)\b[\s:]*", re.IGNORECASE
)
NEXT: Final = re.compile(r"next[\s:]+(?=[0-9+]|in\b|on\b)", re.IGNORECASE)
RHYTHM: Final = re.compile(r"(?:rhythm|cadence)\b[\s:]*", re.IGNORECASE)
EVERY: Final = re.compile(
    r"(?:(?:again|in touch|keep in touch|catch up)\s+)?"
    r"(?P<rhythm>every\b.*|daily|weekly|fortnightly|monthly|quarterly|yearly|annually)\Z",
    re.IGNORECASE | re.DOTALL,
)
PROMISED: Final = re.compile(r"(?:promis(?:ed|es|e|ing)|owed?|owes)\b\s*", re.IGNORECASE)
ASKED: Final = re.compile(r"(?P<verb>asked|requested|request)\b[\s:]*", re.IGNORECASE)
HELPED: Final = re.compile(
    r"(?P<verb>helped|gave|introduced|lent|referred|recommended|advised|borrowed)\b\s*", re.IGNORECASE
)
NOT_HELP: Final = re.compile(r"(?:up|in|way|birth|notice|away|it)\b", re.IGNORECASE)
FOLLOW_UP: Final = re.compile(
    r"(?:follow[- ]?up|remind(?:er)?(?: me)?|remember|to-?do)\b[\s:]*(?:(?:to|on|about|with)\s+)?", re.IGNORECASE
)
NOTE: Final = re.compile(r"note\b[\s:]*", re.IGNORECASE)
ASKING: Final = re.compile(r"(?:for|to|if|whether)\b\s*", re.IGNORECASE)
ABOUT: Final = re.compile(r"\b(?:about|re)\b", re.IGNORECASE)
MY_QUESTION: Final = re.compile(r"(?:if|whether) i\b", re.IGNORECASE)

ME: Final = frozenset({"i", "we"})
THEM: Final = frozenset({"they", "she", "he"})
TO_ME: Final = re.compile(r"(?:me|us)\b\s*", re.IGNORECASE)

_FAVOR_WORDS: Final = {
    "introduction": r"intro|intros|introduc\w+",
    "referral": r"refer|referred|referrals?",
    "reference": r"references?|recommendation letter|letter of recommendation|recommendation",
    "advice": r"advice|advise\w*|tips?",
    "feedback": r"feedback|review\w*|proofread\w*",
    "information": r"info|information|links?|article|details|contact details|address",
    "time": r"time|hours?|babysit\w*|helping hand",
    "loan": r"loan\w*|lend|lent|borrow\w*|money",
    "gift": r"gift|present",
}
_FAVOR: Final = re.compile(
    r"\b(?:" + "|".join(f"(?P<{kind}>{words})" for kind, words in _FAVOR_WORDS.items()) + r")\b",
    re.IGNORECASE,
)
_LOOSE_END: Final = " \t\n,;:.!–—-\x00"
BEFORE_A_DATE: Final = re.compile(r"(?:\A|\s)(?:in|at|for|of|the)\s+\Z", re.IGNORECASE)
_ARTICLE: Final = re.compile(r"an?\s+(?=\S)", re.IGNORECASE)


def channel_of(text: str) -> tuple[str, re.Match[str]] | None:
    """The kind of contact a text begins with, after words such as "had a long", and where it stands."""
    match = _CHANNEL.match(text)
    return (str(match.lastgroup), match) if match else None


def channel_word(match: re.Match[str]) -> str:
    """The word that named the kind of contact, in small letters."""
    return " ".join(match[match.lastgroup or 0].lower().split())


def is_past_verb(word: str) -> bool:
    """Whether a channel word says that it happened: "called", "met"."""
    return word in _PAST_VERBS or word.endswith("ed")


def is_forward_verb(word: str) -> bool:
    """Whether a channel word says that it is still to come: "meet"."""
    return word in _FORWARD_VERBS


def favor_kind(text: str, default: str = "other") -> str:
    """The kind of favor the first telling word of a text means."""
    match = _FAVOR.search(text)
    return str(match.lastgroup) if match else default


def tidy(text: str, *, article: bool = True) -> str:
    """A piece of the line as a note: one clean line without loose ends, and without "a" before it.

    A note that is quoted as a whole loses its quotes.
    """
    note = clean_line(text).strip(_LOOSE_END)
    if not article:
        note = _ARTICLE.sub("", note, count=1) if _ARTICLE.match(note) else note
    for opening, closing in ('""', "“”", "«»"):
        if len(note) > 1 and note[0] == opening and note[-1] == closing and opening not in note[1:-1]:
            note = note[1:-1].strip()
    return note
