"""The everyday words of the capture line: kinds of contact, kinds of favor, who did it, who it was for."""

from __future__ import annotations

import re
from typing import Final

from planner.core.dates.shown import MONTH_NAMES
from planner.core.words.folding import clean_line

_CHANNEL_WORDS: Final = {
    "video": r"video(?: ?(?:call|chat))|video|zoom(?:ed)?|facetimed?|skyped?|teams call",
    "call": r"phone call|calls?|called|calling|phoned?|phoning|rang|ring|spoke on the phone",
    "coffee": r"coffees?|tea|espresso",
    "meal": r"meals?|lunch(?:ed)?|dinner|dined|breakfast|brunch|supper|drinks?|beers?",
    "mail": r"e-?mail(?:s|ed|ing)?|mail(?:s|ed|ing)?|wrote back|(?:wrote|write)(?! (?:down|up|off))|replied",
    "message": r"messag(?:es?|ed|ing)|text(?:s|ed|ing)?|whats?app(?:ed)?|sms|telegram|ping(?:ed)?",
    "event": r"events?|party|conference|concert|meet-?up|wedding|reunion|workshop",
    "meeting": r"meetings?|met up|met|meet|saw|ran into|bumped into",
    "letter": r"letters?|post ?card",
    "visit": r"visit(?:s|ed|ing)?|dropped (?:by|in)|stopped by",
    "other": r"talked|talk|spoke|chatted|chat|caught up|heard from|got in touch|reached out",
}
_CHANNEL: Final = re.compile(
    r"(?P<lead>(?:(?:had|have|having|did|another|an?|the|our|long|short|quick|brief|nice|good|great|lovely"
    r"|first|second|small|big|late|early|went|go|going|for|by|via|over|on|out|to|some|joint|group|got|received"
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
_FORWARD_VERBS: Final = frozenset({"meet", "write", "ring"})
_THINGS: Final = frozenset({"mail", "mails", "e-mail", "email", "message", "text", "phone"})
_BEHIND_A_THING: Final = re.compile(
    r"[\s,.!]*\Z|[\s,:]*[\"“«\x00(]|\s*[,:]|\s+(?:about|re|from|to|with|via|on|no|her|him|them|yesterday|today|tomorrow|tonight"
    r"|this|last|next|in (?:reply|return)|back|planned|[0-9].*)\b",
    re.IGNORECASE,
)

LEADING_WORDS: Final = re.compile(
    r"(?:[:.•*]+\s*|[–—-]+\s+)*(?:(?:and|then|also|so|but|plus)\s+)*(?=\S)", re.IGNORECASE
)
PLANNED_WORDS: Final = re.compile(
    r"(?<!the )(?<!a )\b(?:planned|plan|planning|scheduled|booked|let['’]s|going to)\b", re.IGNORECASE
)
ATTEMPT_WORDS: Final = re.compile(
    r"\b(?:no (?:answer|reply|response)"
    r"|(?:(?:but )?(?:she|he|they) )?(?:did not|didn['’]?t) (?:answer|pick up|reply)|not reached"
    r"|(?:left (?:a )?)?voice ?mail|left a message|unanswered|(?:could not|couldn['’]?t) reach)\b",
    re.IGNORECASE,
)
TRIED: Final = re.compile(r"(?:tried|missed)\b", re.IGNORECASE)
ATTEMPT_BESIDE: Final = re.compile(r"(?:no (?:answer|reply|response) (?:from|by)|tried|missed)\s+", re.IGNORECASE)
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
NOTHING: Final = re.compile(r"\s*(?:nothing|none|a lot|much)\b", re.IGNORECASE)
PROMISED: Final = re.compile(r"(?P<verb>promised|promises|promise|owed|owes|owe)(?![\w’'-])\s*", re.IGNORECASE)
ASKED: Final = re.compile(r"(?P<verb>asked|asks|requested|requests|request)\b[\s:]*", re.IGNORECASE)
WANTS_MINE: Final = re.compile(r"(?:wants|needs|would like|could use)\s+(?:my|our)\s+(?=\S)", re.IGNORECASE)
HELPED: Final = re.compile(
    r"(?P<verb>helped|gave|gifted|handed|introduced|lent|loaned|referred|recommended|advised|borrowed)\b\s*",
    re.IGNORECASE,
)
GOT_FROM: Final = re.compile(r"(?:got|received|had)\s+(?=\S.*\bfrom\s+\S)", re.IGNORECASE)
INTRODUCED_ME_TO: Final = re.compile(r"introduced (?:me|us) to\s+", re.IGNORECASE)
BELONGS_TO_THEM: Final = re.compile(
    r"\s*(?:his|their|(?:her(?!\s+(?:a|an|the|at|on|in|for|about|re|again|twice|back|with|after|before|from|to|by|via|and|but"
    r"|\w+ly|up|late|early|first|out|over|off|too|only|just|once|together|outside|online|alone|between|during|near"
    r"|around|since|until|till|without|as|if|all|both|very|quite|already|there|here|this|that|last|next|yesterday|today|tomorrow|tonight|now|so|because|while|when|how|no|some|my|our|mon"
    r"|tue|wed|thu|fri|sat|sun|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b)))\s+[^\W\d_]",
    re.IGNORECASE,
)
"""After a verb: "her brother", who is somebody else, but not "her about the flat"."""
WHEN_IS_THAT: Final = re.compile(
    r"\b(?:until|till|before|by|due)\s+(?:(?:the\s+)?[0-9]{1,2}(?:st|nd|rd|th)"
    r"|(?:the )?(?:end|middle|beginning|start) of"
    rf"|(?:next )?(?:{'|'.join(MONTH_NAMES)}|christmas|xmas|easter|new year|spring|summer|autumn|winter)"
    r"|(?:the )?(?:weekend|holidays))\b[^,;]*",
    re.IGNORECASE,
)
"""A deadline whose words give no date."""
UNTIL: Final = re.compile(r"\b(?:until|till)\s+\S.*", re.IGNORECASE | re.DOTALL)
FOR_ME: Final = re.compile(r"to\s+[^\W\d_]+\s+(?:me|us)\b", re.IGNORECASE)
PUT_IN_TOUCH: Final = re.compile(
    r"(?:put|connected|brought)\s+(?P<me>me|us)\s+(?:in (?:touch|contact)\s+)?(?:with|to)\s+(?=\S)", re.IGNORECASE
)
MY_THING: Final = re.compile(r"(?:my|our)\b", re.IGNORECASE)
NOT_HELP: Final = re.compile(r"(?:up|in|way|birth|notice|away|it|back)\b", re.IGNORECASE)
A_HAND: Final = re.compile(r"\A(?:(?:me|us|her|him|them)\s+)a (?:helping )?hand\b", re.IGNORECASE)
NOT_LENT: Final = re.compile(r"(?:an ear|a hand|time|from life)\b", re.IGNORECASE)
THANKED: Final = re.compile(
    r"(?:thanked|(?:thx|thanks)(?= for\b)"
    r"|(?:said|sent|wrote) (?:(?:her|him|them) )?(?:(?:a |an |my |our )?(?:big |huge |warm |many )?)"
    r"(?:thanks|thank[- ]you(?: note)?)(?: to)?"
    r"|sent (?:(?:her|him|them) )?(?:a |an |some )?\w+ (?:to say thanks|as thanks|to say thank you))\b\s*",
    re.IGNORECASE,
)
TOLD: Final = re.compile(r"(?:told|let)\b\s*", re.IGNORECASE)
FOLLOW_UP: Final = re.compile(
    r"(?:follow[- ]?up|remind(?:er)?(?: me)?|remember|to-?do)\b[\s:]*(?:(?:to|on|about|(?P<with>with))\s+)?",
    re.IGNORECASE,
)
NOTE: Final = re.compile(r"note\b[\s:]*", re.IGNORECASE)
ASKING: Final = re.compile(r"(?:for|to|if|whether)\b\s*", re.IGNORECASE)
_OCCASION: Final = (
    r"(?P<occasion>birthday|christmas|xmas|anniversary|easter|new year|wedding|graduation|housewarming|name day"
    r"|valentine['’]?s(?: day)?|mother['’]?s day|father['’]?s day|hanukkah|eid|diwali|farewell|retirement|baptism)"
)
FOR_OCCASION: Final = re.compile(rf"\s*\bfor\s+(?:(?:her|his|their|my|our|the)\s+)?{_OCCASION}\b", re.IGNORECASE)
AS_A_GIFT: Final = re.compile(
    rf"\s*\bas\s+(?:an?|her|his|their|my|our)\s+(?:{_OCCASION}\s+)?(?:gift|present)\b", re.IGNORECASE
)
WISHES_FOR: Final = re.compile(r"(?:wants|would (?:like|love))\s+(?!to\b|me\b|us\b|my\b|our\b)(?=\S)", re.IGNORECASE)
GIFT_IDEA: Final = re.compile(
    rf"(?:{_OCCASION}\s+)?(?:(?:gift|present) idea(?!s)|idea for (?:a |the )?(?:gift|present))\b", re.IGNORECASE
)
IDEA_FOR_OCCASION: Final = re.compile(
    rf"(?:gift\s+|present\s+)?idea for\s+(?:(?:her|his|their|the)\s+)?{_OCCASION}\b", re.IGNORECASE
)
ABOUT: Final = re.compile(r"\b(?:about|re)\b", re.IGNORECASE)
MY_QUESTION: Final = re.compile(r"(?:if|whether) (?:i|we)\b", re.IGNORECASE)
THEIR_QUESTION: Final = re.compile(r"(?:if|whether) (?:she|he|they)\b", re.IGNORECASE)
IMPERATIVE: Final = re.compile(
    r"(?P<verb>ring|call|phone|write|mail|e-?mail|text|message|ping|send|ask|tell|thank|invite|remind|congratulate"
    r"|bring|give|show|pay|buy|get|introduce|lend|return|pick up|help)(?:\s+to)?\s+(?=\S)",
    re.IGNORECASE,
)
BY_CHANNEL: Final = frozenset({"ring", "call", "phone", "write", "mail", "email", "e-mail", "text", "message"})
"""Commands to oneself that are also kinds of contact."""
GOES_TO: Final = re.compile(r"(?P<verb>visit|see|meet)\s+(?=\S)", re.IGNORECASE)
HAPPENED: Final = re.compile(
    r"\b(?:was|were|had|turned|ended|happened|died|did|went|left|gave|got|took|came|said"
    r"|bought|made|began|saw|found|lost|won)\b|\A(?!planned|scheduled|booked|expected|needed)(?:\w+\s+)?\w{2,}ed\b",
    re.IGNORECASE,
)

JOINS: Final = (
    (
        re.compile(r"\b(?:lent|loaned|borrowed)\b", re.IGNORECASE),
        re.compile(r"(?:to be )?(?:back|home|returned)\b", re.IGNORECASE),
    ),
    (
        re.compile(r"\b(?:gave|gifted|idea|wants)\b", re.IGNORECASE),
        re.compile(rf"for\s+(?:(?:her|his|their|my|our|the)\s+)?{_OCCASION}[\s.!]*\Z", re.IGNORECASE),
    ),
    (re.compile(r"\bknows?\b", re.IGNORECASE), re.compile(r"who (?:does|knows|works|is into)\b", re.IGNORECASE)),
    (
        re.compile(r"\b(?:called|rang|phoned|tried)\b", re.IGNORECASE),
        re.compile(r"(?:about|re)\s+\S", re.IGNORECASE),
    ),
)
"""Pairs: a pattern in a part, and how the next part begins if it adds to it."""
NEVER_A_NAME: Final = frozenset(
    "will may mark april june august i me my we us she he they her him them his their the a an to for from with at on"
    " in by of and or but if it is was had has have note again every next today tomorrow yesterday call coffee lunch"
    " dinner tea mail met saw wrote rang ring text lent gave got told asked thanked promised new no not any all".split()
)
"""Lower-case words that begin no name in a line without a colon, even if a contact has that name."""

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
    """(the kind of contact a text begins with, its match), after words such as "had a long"; None without one."""
    match = _CHANNEL.match(text)
    if match is None:
        return None
    # "mail server down" and "message in a bottle" are about things.
    thing = not match["lead"] and channel_word(match) in _THINGS
    if match[0].lower() == "phone" and text[match.end() :].lstrip(" :.")[:1].isdigit():
        return None
    if thing and not (_BEHIND_A_THING.match(text, match.end()) or text[match.end() + 1 : match.end() + 2].isupper()):
        return None
    return str(match.lastgroup), match


def channel_word(match: re.Match[str]) -> str:
    """The word that named the kind of contact, in lower case."""
    return " ".join(match[match.lastgroup or 0].lower().split())


def is_past_verb(word: str) -> bool:
    """Whether a channel word is in the past: "called", "met"."""
    return word in _PAST_VERBS or word.endswith("ed")


def past_of(verb: str) -> str:
    """The past of a verb of `BY_CHANNEL`: "called" for "call"."""
    return {"write": "wrote", "ring": "rang", "phone": "phoned", "message": "messaged"}.get(verb.lower(), f"{verb}ed")


def is_forward_verb(word: str) -> bool:
    """Whether a channel word points to the future: "meet"."""
    return word in _FORWARD_VERBS


def favor_kind(text: str, default: str = "other") -> str:
    """The kind of favor that a text means, by its first word that names one."""
    match = _FAVOR.search(text)
    return str(match.lastgroup) if match else default


def tidy(text: str, *, article: bool = True) -> str:
    """A piece of the line as a note: one clean line without stray marks at its ends and without a leading "a".

    A note that is quoted as a whole loses its quotes.
    """
    note = clean_line(text).strip(_LOOSE_END)
    if not article:
        note = _ARTICLE.sub("", note, count=1) if _ARTICLE.match(note) else note
    for opening, closing in ('""', "“”", "«»"):
        if len(note) > 1 and note[0] == opening and note[-1] == closing and opening not in note[1:-1]:
            note = note[1:-1].strip()
    return note
