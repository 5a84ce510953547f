"""Drafts: what is known about a person and the matter, put into a template. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from planner.core.drafting.filling import fill
from planner.core.drafting.phrases import KIND_WORDS, PHRASES, day_words, month_words, put
from planner.core.drafting.purposes import Purpose, Tone
from planner.core.drafting.wishes import TypedWish, WishShape, as_sentence, read_wish, with_end, without_end
from planner.core.network.topics import stems
from planner.core.records import record
from planner.core.words.folding import clean_line

_QUESTIONS = frozenset((
    "a question", "one question", "two questions", "some questions", "eine frage", "une question", "una pregunta",
))  # fmt: skip
LONG_AGO = 90
"""Days after which a message says when we last spoke."""
_GREETED_IN_FULL = frozenset(
    "dr prof professor mr mrs ms monsieur madame mme herr frau sir señor señora sr sra".split()
)


@record(frozen=True, slots=True, kw_only=True)
class Matter:
    """What a message is about; every field may be empty.

    `what` is a need of mine, or of `whose` (a name), or what I ask for where `is_need` is False. `request` is what they
    asked me for, `offer` what I offer instead. `helped` and `passed` say what they did.
    """

    what: str = ""
    is_need: bool = True
    kind: str = ""
    """The kind of a favor, used when the favor has no words."""
    why: str = ""
    by: date | None = None
    who: str = ""
    whose: str = ""
    outcome: str = ""
    over: bool = False
    """Whether the need is closed."""
    helped: bool = False
    passed: bool = False
    thanks_owed: bool = False
    news_follow: bool = False
    request: str = ""
    offer: str = ""
    day: date | None = None
    """The day I name for it; a past day is left out."""
    was_due: date | None = None
    """The day I had named, for a promise that is late."""
    asked_on: date | None = None
    target: str = ""
    """A person, or else a company or topic (`target_is_person`)."""
    target_is_person: bool = True
    target_company: str = ""
    beyond: str = ""
    """Somebody the target knows, where that person is the one I am really looking for."""
    through: str = ""
    other: str = ""
    other_about: str = ""
    one_about: str = ""
    other_looks: str = ""
    """What the other person looks for."""
    one_looks: str = ""


@record(frozen=True, slots=True, kw_only=True)
class Addressee:
    """The receiver of a message; every field is empty where a message is for nobody by name."""

    name: str = ""
    company: str = ""
    offers: str = ""
    last_contact: date | None = None


@record(frozen=True, slots=True, kw_only=True)
class Sender:
    """The writer of a message, from the configuration."""

    name: str = ""
    about: str = ""


def draft(
    template: str, person: Addressee, about: Matter, writer: Sender, *, language: str, tone: Tone, today: date
) -> str:
    """A message made from a template; raises Refused for an unknown placeholder.

    `language` is the template's; in an unknown language the sentences are English.
    """
    return fill(template, values_of(person, about, writer, language=language, tone=tone, today=today))


def paragraph(about: Matter, *, language: str, today: date) -> str:
    """A paragraph about what is looked for, in the friendly tone; empty while there is nothing to say."""
    values = values_of(Addressee(), about, Sender(), language=language, tone=Tone.FRIENDLY, today=today)
    parts = [values[name] for name in ("looking", "reason", "deadline", "question", "who_knows")]
    return " ".join(part for part in parts if part) if values["looking"] else ""


def values_of(
    person: Addressee, about: Matter, writer: Sender, *, language: str, tone: Tone, today: date
) -> Mapping[str, str]:
    """The text for each of `PLACEHOLDERS`; empty where nothing is known."""
    code = language.split("-")[0]
    code = code if code in PHRASES else "en"
    say, wish = PHRASES[code][tone], read_wish(about.what, code)
    name = clean_line(person.name)
    greeted = _called(name) if tone is Tone.FRIENDLY else name
    what = without_end(about.what)
    me, themselves = clean_line(writer.name), as_sentence(writer.about)
    day = about.by if about.by is not None and about.by >= today else None
    last = person.last_contact
    long_ago = last is not None and (today - last).days >= LONG_AGO
    offers_it = bool(about.is_need and stems(f"{about.what} {about.why}") & stems(person.offers))
    return {
        "greeting": put(say["greeting"], x=greeted) if name else say["greeting_nobody"],
        "name": _called(name),
        "full_name": name,
        "company": clean_line(person.company),
        "looking": _what(say, wish, about, code) if what else "",
        "need": _named(wish, what),
        "reason": _reason(say, about.why, code),
        "why": without_end(about.why),
        "deadline": put(say["deadline"], day=day_words(day, code)) if day is not None else "",
        "by": day_words(day, code) if day is not None else "",
        "question": say["offered" if offers_it else "question"],
        "who_knows": put(say["who_knows"], x=without_end(about.who)) if about.who.strip() else "",
        "who": without_end(about.who),
        "asking": _asking(say, wish, about, code),
        "help": say["help"] if about.is_need and what else "",
        "about": _about(say, wish, about, code) if what else "",
        "thanks": _thanks(say, wish, about, code),
        "and_thanks": _thanks(say, TypedWish("", WishShape.OTHER, code), about, code) if about.thanks_owed else "",
        "heard": _heard(say, _named(wish, what), about.helped),
        "went": _went(say, about),
        "outcome": without_end(about.outcome),
        "news_follow": say["news_follow"] if about.news_follow else "",
        "asked_me": _asked_me(say, about.request, code),
        "promised": without_end(about.request),
        "was_due": day_words(about.was_due, code) if about.was_due is not None else "",
        "offer": without_end(about.offer) if clean_line(about.offer) != clean_line(about.other) else "",
        "day": day_words(about.day, code) if about.day is not None and about.day >= today else "",
        "asked_on": day_words(about.asked_on, code) if about.asked_on is not None else "",
        "target": _target(say, about),
        "through": clean_line(about.through),
        "other": clean_line(about.other),
        "other_about": _what_about(say, about.other_about, about.other_looks),
        "one_about": _what_about(say, about.one_about, about.one_looks),
        "last_contact": put(say["last_contact"], x=month_words(last, code)) if last is not None and long_ago else "",
        "about_me": themselves,
        "me": me,
        "signature": put(say["signature"], x=me) if me else "",
    }  # fmt: skip


def _heard(say: Mapping[str, str], what: str, helped: bool) -> str:
    return put(say["heard_helped" if helped else "heard_told"], x=what) if what else say["heard_nothing"]


def _named(wish: TypedWish, what: str) -> str:
    """The typed words as they stand after a colon: "a flat" for "A flat"."""
    return wish.text if wish.shape in (WishShape.THING, WishShape.PERSON) else without_end(what)


def _called(name: str) -> str:
    """The first name; with a title before it the whole name."""
    words = name.split()
    if not words or words[0].rstrip(".").casefold() in _GREETED_IN_FULL:
        return name
    return words[0]


def _what(say: Mapping[str, str], wish: TypedWish, about: Matter, code: str) -> str:
    """What is looked for, or the subject of an ask that is not about a need."""
    if about.is_need:
        return _looking(say, wish, clean_line(about.whose), code)
    return _about(say, wish, about, code)


def _looking(say: Mapping[str, str], wish: TypedWish, whose: str, code: str) -> str:
    side, shape = "whose" if whose else "looking", wish.shape
    if shape is WishShape.SENTENCE:
        words = as_sentence(wish.text)
        return put(say["whose_sentence"], whose=whose, x=words) if whose else words
    if shape is WishShape.PERSON:
        shape = WishShape.THING
    if wish.language != code:
        foreign = shape in (WishShape.ACTION, WishShape.DOING) and not whose
        key = (
            "looking_foreign_action"
            if foreign
            else f"{side}_question"
            if shape is WishShape.QUESTION
            else f"{side}_other"
        )
    else:
        key = f"{side}_{shape}"
    return put(say.get(key, say[f"{side}_other"]), whose=whose, x=wish.text)


def _asking(say: Mapping[str, str], wish: TypedWish, about: Matter, code: str) -> str:
    if about.is_need and wish.text:
        return _looking(say, wish, clean_line(about.whose), code)
    if not wish.text:
        kind = KIND_WORDS[code].get(about.kind, "")
        return put(say["asking_thing"], x=kind) if kind else say["asking_nothing"]
    if wish.shape is WishShape.SENTENCE:
        return as_sentence(wish.text)
    key = f"asking_{wish.shape}" if wish.language == code or wish.shape is WishShape.QUESTION else "asking_other"
    return put(say.get(key, say["asking_other"]), x=wish.text)


def _about(say: Mapping[str, str], wish: TypedWish, about: Matter, code: str) -> str:
    if wish.shape in (WishShape.SENTENCE, WishShape.QUESTION) or (about.is_need and wish.shape is WishShape.ACTION):
        return _looking(say, wish, clean_line(about.whose), code)
    if wish.language == code and " ".join(wish.text.casefold().split()[:2]) in _QUESTIONS:
        return put(say["about_question"], x=wish.text)
    known = wish.language == code and wish.shape in (WishShape.THING, WishShape.PERSON, WishShape.DOING)
    return put(say["about_thing" if known else "about_other"], x=wish.text)


def _thanks(say: Mapping[str, str], wish: TypedWish, about: Matter, code: str) -> str:
    if about.passed and about.other:
        return put(say["thanks_passed"], x=clean_line(about.other))
    if not wish.text:
        return say["thanks"]
    if not about.is_need and wish.shape is WishShape.THING and wish.language == code:
        return put(say["thanks_thing"], x=wish.text)
    return put(say["thanks_other"], x=_named(wish, about.what))


def _what_about(say: Mapping[str, str], about: str, looks: str) -> str:
    """A person in words: their work and offers, and what they look for."""
    parts = (without_end(about), put(say["looks"], x=without_end(looks)) if looks.strip() else "")
    return "; ".join(part for part in parts if part)


def _asked_me(say: Mapping[str, str], request: str, code: str) -> str:
    if not request.strip():
        return say["asked_me_nothing"]
    wish = read_wish(request, code)
    key = "asked_me_thing" if wish.shape is WishShape.THING and wish.language == code else "asked_me"
    return put(say[key], x=wish.text if key == "asked_me_thing" else without_end(request))


def _reason(say: Mapping[str, str], why: str, code: str) -> str:
    """A reason as a sentence: a sentence stays, anything shorter follows "The reason:"."""
    line = clean_line(why)
    if not line:
        return ""
    wish = read_wish(line, code)
    if wish.shape is WishShape.SENTENCE or line.endswith(("?", "!")) or ". " in line:
        return as_sentence(line)
    for lead in _BECAUSE:
        if line.casefold().startswith(lead):
            line = line[len(lead) :]
            break
    return put(say["reason"], x=without_end(line))


_BECAUSE = ("because ", "weil ", "denn ", "parce que ", "car ", "porque ", "it is for ", "since ")


def _went(say: Mapping[str, str], about: Matter) -> str:
    outcome = without_end(about.outcome)
    if outcome:
        return put(say["went"], x=outcome)
    return say["went_over"] if about.over else ""


def _target(say: Mapping[str, str], about: Matter) -> str:
    target, company = clean_line(about.target), clean_line(about.target_company)
    if not target:
        return say["somebody"]
    if not about.target_is_person:
        return put(say["somebody_at"], x=target)
    found = f"{target} ({company})" if company else target
    beyond = clean_line(about.beyond)
    return put(say["who_knows_target"], x=found, y=beyond) if beyond else found


def subject_of(purpose: Purpose, about: Matter) -> str:
    """The subject line of a mail; empty where nothing is known."""
    theirs = about.request if purpose.startswith("answer") or purpose is Purpose.LATE else ""
    words = theirs or about.what or about.target or about.other
    return with_end(words).rstrip(".") if words.strip() else ""
