"""The purposes of messages, and the tones and languages they can be written in. Pure."""

from __future__ import annotations

from enum import StrEnum

from planner.core.words.patterns import late
from planner.errors import Refused


class Purpose(StrEnum):
    """The purpose of a message; the value names its template."""

    ANNOUNCE = "announce"
    ASK = "ask"
    SMALL_ASK = "small-ask"
    """A first question to somebody I hardly know, which they can answer in one line."""
    THROUGH = "through"
    """To somebody who may put me in touch with another person."""
    FORWARD = "forward"
    """To that other person, written to be passed on unchanged."""
    WRITE = "write"
    """To somebody to whom a need was passed on."""
    NUDGE = "nudge"
    THANK = "thank"
    OUTCOME = "outcome"
    ANSWER_YES = "answer-yes"
    ANSWER_LATER = "answer-later"
    ANSWER_SMALLER = "answer-smaller"
    ANSWER_RESOURCE = "answer-resource"
    ANSWER_ADVICE = "answer-advice"
    ANSWER_INTRODUCE = "answer-introduce"
    ANSWER_NETWORK = "answer-network"
    LATE = "late"
    """An apology for a late promise, with a new day."""
    LOAN_BACK = "loan-back"
    """A request for something I lent."""
    BRING_BACK = "bring-back"
    """About bringing back something I borrowed."""
    HELLO = "hello"
    """To be in touch again, without any other reason."""
    OFFER_INTRODUCTION = "offer-introduction"
    """To each of two people, before they are introduced."""
    INTRODUCE = "introduce"
    """To both people at once."""
    POST = "post"
    """To nobody by name: a network, a list, a notice board."""


class Tone(StrEnum):
    """How a person is addressed: by first name (du, tu, tú) or formally (Sie, vous, usted)."""

    FRIENDLY = "friendly"
    FORMAL = "formal"


TITLES = {
    Purpose.ANNOUNCE: "tell what is looked for",
    Purpose.ASK: "ask directly",
    Purpose.SMALL_ASK: "a small first question to somebody hardly known",
    Purpose.THROUGH: "ask to be put in touch with somebody",
    Purpose.FORWARD: "the note that can be passed on to that somebody",
    Purpose.WRITE: "write to somebody it was passed on to",
    Purpose.NUDGE: "a kind reminder of what was asked",
    Purpose.THANK: "thank for help",
    Purpose.OUTCOME: "tell how it went",
    Purpose.ANSWER_YES: "answer a request: yes",
    Purpose.ANSWER_LATER: "answer a request: later",
    Purpose.ANSWER_SMALLER: "answer a request: a smaller piece",
    Purpose.ANSWER_RESOURCE: "answer a request: a resource",
    Purpose.ANSWER_ADVICE: "answer a request: advice",
    Purpose.ANSWER_INTRODUCE: "answer a request: somebody else who may help",
    Purpose.ANSWER_NETWORK: "answer a request: I ask my people",
    Purpose.LATE: "say sorry for a promise that is late, with a new day",
    Purpose.LOAN_BACK: "ask for what was lent",
    Purpose.BRING_BACK: "bring back what was borrowed",
    Purpose.HELLO: "be in touch again",
    Purpose.OFFER_INTRODUCTION: "ask whether somebody would like to be introduced",
    Purpose.INTRODUCE: "introduce two people to each other",
    Purpose.POST: "a public post about what is looked for",
}
"""What each purpose is for, in a few words."""
HOW_TO_ASK = (
    "Say what you need, why and by when: one sentence each, one question only.",
    "Ask for something small that they can do in ten minutes, and make a no easy.",
    "Say what you can give in return where you can, and tell them later how it went.",
)
"""Advice on asking, in three lines."""
HARDLY_KNOWN = 2
"""Somebody with up to this many interactions is hardly known, if neither of us has helped the other."""
_LANGUAGE = late(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")


def hardly_known(reached: int, helped: int) -> bool:
    """Whether a first question should be small; `reached` counts interactions, `helped` favors in either direction."""
    return reached <= HARDLY_KNOWN and helped == 0


def checked_language(text: str) -> str:
    """A language code in its usual form: "de", "pt-BR", "zh-Hant"; "" for an empty text.

    Raises Refused for a text that cannot be a code (BCP 47, language with script, region or variant).
    """
    typed = text.strip().replace("_", "-")
    if not typed:
        return ""
    if not _LANGUAGE.fullmatch(typed):
        raise Refused(f"“{text.strip()[:40]}” is not the code of a language", "Use one such as en, de, fr, es or pt-BR")
    first, *rest = typed.split("-")
    return "-".join([first.lower(), *map(_subtag, rest)])


def _subtag(tag: str) -> str:
    if len(tag) == 2:
        return tag.upper()
    return tag.title() if len(tag) == 4 and tag.isalpha() else tag.lower()


def checked_tone(text: str) -> str:
    """A tone in its usual form, or "" for an empty text; raises Refused for any other word."""
    typed = text.strip().casefold()
    if typed and typed not in tuple(Tone):
        raise Refused(f"“{text.strip()[:40]}” is not a tone", f"Use {' or '.join(Tone)}")
    return typed
