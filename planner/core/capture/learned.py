"""Readers of parts that tell something about a person: looks for, offers, knows, through, job, town, addresses."""

from __future__ import annotations

import re
from typing import Final

from planner.core.capture import vocabulary as words
from planner.core.capture.days import typed_dates
from planner.core.capture.facts import (
    CapturedAddress,
    CapturedFact,
    CapturedField,
    CapturedKnows,
    CapturedThrough,
)
from planner.core.capture.part import Part, without
from planner.core.capture.people import is_name, name_at

_STILL: Final = r"(?:(?:is|are|was|has|have|had|also|still|currently|now|actively|got)\s+){0,3}"
_OWN: Final = r"(?:(?:her|his|their|the|a|an|our)\s+)?"
_LOOKS_FOR: Final = re.compile(
    rf"{_STILL}(?:look(?:s|ing)? for|search(?:es|ing)? for|seek(?:s|ing)?|in search of|on the lookout for"
    r"|hunt(?:s|ing)? for)\b[\s:]*(?P<text>\S.*)\Z",
    re.IGNORECASE | re.DOTALL,
)
_NEEDS: Final = re.compile(
    rf"{_STILL}(?:needs|wants|would (?:need|like)|could use|in need of)\b[\s:]*"
    r"(?P<text>\S.*)\Z",
    re.IGNORECASE | re.DOTALL,
)
_NOT_SOUGHT: Final = re.compile(
    r"(?:to|me|us|you|it|that|this|him|them|more|less|nothing|none|much|out|in|up|off|everything|all|both|no|not|be"
    r"|only|my|our|her|his|their|the|time|rest|sleep|space|quiet|peace|surgery|kids|children"
    r"|(?:an?|some)\s+(?:little\s+|bit of\s+|day\s+|week\s+|new\s+)?(?:break|rest|holiday|hug|drink|nap|chat|call"
    r"|word|talk|divorce|baby|child|operation|hip|off|time|sleep|space|quiet|peace|minute|moment|while))\b",
    re.IGNORECASE,
)
"""Objects of "needs" or "wants" that nobody else could supply: to sleep, a break, me, the last word."""
_ONE_MORE: Final = re.compile(
    r"(?:(?:and|or|and also|also)\s+)?(?:an?|some|any|another|two|three|four|[2-9])\s+(?=\w)", re.IGNORECASE
)
_LIST_OF_NAMES: Final = re.compile(r"[A-Z][\w+#.]*\s+(?:and|or|&)\s+[A-Z][\w+#.]*[\s.!]*\Z")
_LAST_IS_A_NAME: Final = re.compile(r"(?:\A|[\s,])[A-Z][\w+#.]*\Z")
_OFFERS: Final = re.compile(
    rf"{_STILL}(?:(?:can |could )?offer(?:s|ing)?|(?:can|could) help with"
    r"|(?:(?:can|could|would|is (?:happy|glad|willing) to|happily|gladly)"
    r" (?=(?:teach|lend out|tutor|translate)\b)))\b[\s:]*"
    r"(?!(?:nothing|much|me|us|to)\b)(?P<text>\S.*)\Z",
    re.IGNORECASE | re.DOTALL,
)
_WISH_OR_OFFER: Final = (
    ("looking_for", _LOOKS_FOR, "looks for"),
    ("looking_for", _NEEDS, "looks for"),
    ("offers", _OFFERS, "offers"),
)
_LISTS: Final = re.compile(
    r"\b(?:look(?:s|ing)? for|search(?:es|ing)? for|seek(?:s|ing)?|needs|wants|offer(?:s|ing)?)\b", re.IGNORECASE
)
_KNOWS: Final = re.compile(rf"{_STILL}(?:knows?|(?:good |close |old )?friends with)\b[\s:]*", re.IGNORECASE)
_SOMEBODY: Final = re.compile(
    r"(?:someone|somebody|people|a person|lots of people|everyone|everybody|many people)(?=\s+(?:at|from)\s)",
    re.IGNORECASE,
)
_AND: Final = re.compile(r"\s*(?:,|&|\band\b)\s*(?=\S)", re.IGNORECASE)
_AT: Final = re.compile(
    r"[\s,]*(?:who\s+(?:is|works)\s+)?(?:at|from|of|with|@)\s+(?P<company>[^\W_a-z].*)\Z", re.DOTALL
)
_ABOUT: Final = re.compile(
    r"[\s,]*(?:(?:for|about|on|re)\s+|who\s+(?:does|knows|works on|works in|is into)\s+)(?P<topic>\S.*)\Z",
    re.IGNORECASE | re.DOTALL,
)
_IN_BRACKETS: Final = re.compile(r"\s*\((?P<inside>[^()]*)\)\s*\Z")
_COMPANY_ENDS: Final = re.compile(r"[\s,]+(?=(?:for|about|re|who|as)\s)|\s*(?=\()", re.IGNORECASE)
_THROUGH: Final = re.compile(
    r"(?:(?:i\s+|we\s+)?(?:know|knew|known|met|got to know|found|heard of)\s+)?(?P<whom>.{0,60}?)\s*\b"
    r"(?:through|via)\s+(?P<name>\S.{0,120})\Z",
    re.IGNORECASE | re.DOTALL,
)
_NEW_JOB: Final = re.compile(
    rf"{_STILL}(?:(?:started|found|got|took)\s+)?{_OWN}(?P<new>new )?(?:job|position|role)\b[\s:]*(?:is\s+)?"
    r"(?:as\s+(?:an?\s+)?(?P<before>.+?)\s+(?=(?:at|with|for)\s))?(?:(?:at|with|for)\s+)?(?P<company>\S.*)\Z",
    re.IGNORECASE | re.DOTALL,
)
_WORKS: Final = re.compile(
    rf"{_STILL}(?:(?:works?|working|started|starts)\s+(?:now\s+)?(?:as\s+(?:an?\s+)?(?P<before>.+?)\s+)?(?:at|for|with)"
    r"|joined|joins)\s+(?P<company>\S.*)\Z",
    re.IGNORECASE | re.DOTALL,
)
_NOW_AT: Final = re.compile(
    r"(?:(?:is\s+)?now|became)\s+(?:an?\s+|the\s+)?(?P<before>(?!in\b|with\b|on\b)\S.*?\s+)??(?:at|with|for)\s+"
    r"(?P<company>\S.*)\Z",
    re.IGNORECASE | re.DOTALL,
)
_TITLES: Final = (
    r"(?:vice |deputy |senior |junior |chief |managing |assistant |associate |general |lead )*(?:head|director|manager"
    r"|ceo|cto|cfo|coo|vp|vice president|president|chair|chief|partner|professor|teacher|doctor|engineer|developer"
    r"|designer|editor|owner|founder|lead|leader|officer|consultant|architect|lawyer|nurse|secretary|mayor)\b"
)
_AS: Final = re.compile(r",?\s+as\s+(?:an?\s+|the\s+)?(?P<title>\S.*)\Z", re.IGNORECASE | re.DOTALL)
_LIKE_3M: Final = re.compile(r"[0-9]+[^\W\d_a-z]")
_NEW_TITLE: Final = re.compile(
    rf"(?:{_STILL}promoted to\s+(?:an?\s+|the\s+)?(?P<promoted>\S.*)"
    rf"|(?:(?:is\s+)?now|became)\s+(?:an?\s+|the\s+)?(?P<now>{_TITLES}.*))\Z",
    re.IGNORECASE | re.DOTALL,
)
_MOVED: Final = re.compile(
    rf"{_STILL}(?:(?:moved|relocated)(?:\s+(?:back|over|house))?(?:\s+from\s+\S+)?\s+to"
    r"|liv(?:es?|ing)\s+(?:now\s+)?in)\s+(?P<city>\S.*)\Z",
    re.IGNORECASE | re.DOTALL,
)
_NUMBER: Final = r"(?P<value>\+?[0-9(][0-9 ()./-]{4,28}[0-9])[\s.!]*\Z"
_PHONE: Final = re.compile(
    rf"{_OWN}(?:new\s+)?(?:(?:mobile|cell|phone|tel|telephone|home|work|office|whatsapp)\.?[\s-]*){{0,3}}"
    r"(?:phone|mobile|cell|tel|telephone|number)\b[\s.:]*(?:(?:is|was|changed to)\b[\s:]*)?(?:now\s+)?" + _NUMBER,
    re.IGNORECASE,
)
_ONLY_PHONE: Final = re.compile(r"(?P<value>\+[0-9][0-9 ()./-]{7,28}[0-9])[\s.!]*\Z")
_EMAIL: Final = re.compile(
    rf"(?:{_OWN}(?:new\s+)?(?:e-?mail|mail)(?:\s+address)?\b[\s:]*(?:(?:is|was|changed to)\b[\s:]*)?(?:now\s+)?)?"
    r"(?P<value>[^@\s<>\",;]+@[^@\s<>\",;]+\.[^@\s<>\",;.!?)]+)[\s.!]*\Z",
    re.IGNORECASE,
)


def read_learned(part: Part) -> CapturedFact | None:
    """The fact about the person that a part states, or None."""
    return (
        _address(part)
        or _wish_or_offer(part)
        or _knows(part)
        or _through(part)
        or _job(part)
        or _title(part)
        or _town(part)
    )


def _address(part: Part) -> CapturedFact | None:
    said = part.named.strip()
    for kind, pattern in (("email", _EMAIL), ("phone", _PHONE), ("phone", _ONLY_PHONE)):
        if (match := pattern.match(said)) and (kind == "email" or sum(map(str.isdigit, match["value"])) >= 6):
            value = match["value"].strip()
            chip = f"{'e-mail' if kind == 'email' else 'phone'} {value}"
            return CapturedAddress(start=part.start, end=part.end, chip=chip, kind=kind, value=value)
    return None


def _wish_or_offer(part: Part) -> CapturedFact | None:
    if part.subject == "me":
        return None
    for field, pattern, said in _WISH_OR_OFFER:
        match = pattern.match(part.rest)
        text = words.tidy(match["text"]) if match else ""
        if text and not (pattern is _NEEDS and _NOT_SOUGHT.match(text)):
            return _field(part, field, text, f"{said} {text}")
    return None


def goes_on(before: str, part: str) -> bool:
    """Whether a part continues the list that ends the part before it: "looks for a flat", "a bike"."""
    if not _LISTS.search(before):
        return False
    if one := _ONE_MORE.match(part):
        return words.channel_of(part) is None and not words.FOLLOW_UP.match(part, one.end()) and not typed_dates(part)
    return bool(_LIST_OF_NAMES.match(part) and _LAST_IS_A_NAME.search(before))


def _field(part: Part, field: str, text: str, chip: str) -> CapturedField:
    return CapturedField(start=part.start, end=part.end, chip=chip, field=field, text=text, on=part.around.day)


def read_names(part: Part, text: str) -> tuple[tuple[str, ...], str, str, str]:
    """(names, company, topic, remaining words) of "Olaf Lund and Grete Moe at Nordlys for wind power"."""
    names: list[str] = []
    place = 0
    if somebody := _SOMEBODY.match(text):
        names, place = [somebody[0]], somebody.end()
    else:
        while end := name_at(text[place:], part.around.find):
            names.append(" ".join(text[place : place + end].split()))
            place += end
            between = _AND.match(text, place)
            if not between or not name_at(text[between.end() :], part.around.find):
                break
            place = between.end()
    if any(name.endswith(("'s", "’s")) for name in names):
        names = []
    left, company, topic = text[place:], "", ""
    if names and (at := _AT.match(left)):
        ends = _COMPANY_ENDS.search(at["company"])
        company = at["company"][: ends.start()] if ends else at["company"]
        left = at["company"][ends.start() :] if ends else ""
    if inside := _IN_BRACKETS.match(left):
        told, _, more = inside["inside"].strip().partition(",")
        if not company and told[:1].isupper():
            company, topic = told, more
        else:
            topic = inside["inside"]
        left = ""
    elif about := _ABOUT.match(left):
        topic, left = about["topic"], ""
    if somebody and company:
        names = [f"{somebody[0]} at {words.tidy(company)}"]
    return tuple(names), words.tidy(company), words.tidy(topic), words.tidy(left)


def _knows(part: Part) -> CapturedFact | None:
    match = part.verb(_KNOWS)
    if not match or part.subject == "me":
        return None
    names, company, topic, left = read_names(part, part.rest[match.end() :])
    if not names:
        return None
    names = tuple(map(part.around.full_name, names))
    topic = ", ".join(one for one in (topic, left) if one)
    chip = f"knows {' and '.join(names)}"
    chip += f" at {company}" if company and not chip.endswith(f" at {company}") else ""
    chip += f", about {topic}" if topic else ""
    return CapturedKnows(start=part.start, end=part.end, chip=chip, names=names, company=company, topic=topic)


def _through(part: Part) -> CapturedFact | None:
    match = _THROUGH.match(part.body if part.subject == "me" else part.named)
    if not match:
        return None
    whom, name = match["whom"].strip(), words.tidy(match["name"])
    if whom and part.take_object(whom)[0].strip():
        return None
    if name_at(name, part.around.find) != len(name) or not is_name(name, part.around.find):
        return None
    name = part.around.full_name(name)
    return CapturedThrough(start=part.start, end=part.end, chip=f"through {name}", name=name)


def _job(part: Part) -> CapturedFact | None:
    if part.subject == "me":
        return None
    for pattern in (_NEW_JOB, _WORKS, _NOW_AT):
        match = pattern.match(part.rest)
        if not match:
            continue
        sure = pattern is _NEW_JOB
        if sure and not (
            match["new"] or re.match(r"(?:has\s+|have\s+)?(?:started|found|got|took)\b", part.rest, re.IGNORECASE)
        ):
            continue
        company = match["company"].removeprefix("the ") if not sure else match["company"]
        if not sure and not (company[:1].isupper() or _LIKE_3M.match(company)):
            continue
        return _since(part, "company", company, words.tidy(match["before"] or "", article=False), sure)
    return None


def _title(part: Part) -> CapturedFact | None:
    match = part.verb(_NEW_TITLE)
    if not match or part.subject == "me":
        return None
    return _since(part, "title", match["promoted"] or match["now"], "", True)


def _town(part: Part) -> CapturedFact | None:
    match = part.verb(_MOVED)
    if not match or part.subject == "me" or not match["city"][:1].isupper():
        return None
    return _since(part, "city", match["city"], "", False)


def _since(part: Part, field: str, text: str, title: str, any_words: bool) -> CapturedFact | None:
    """A change of a field, dated by the words if they name a past day; None for a future day."""
    around = part.around
    on, extra = around.day, ""
    dates = [one for one in typed_dates(text) if not one.vague]
    # "3M" alone is a company, not three months.
    if dates and words.tidy(without(text, dates[-1])):
        on, problem = around.day_of(dates[-1], "nearest")
        if problem or on > around.today:
            return None
        text = without(text, dates[-1])
    if field == "company" and not title and (role := _AS.search(text)):
        text, title = text[: role.start()], role["title"]
    text = re.sub(r"\s+(?:now|these days|already)\b[\s.!]*\Z", "", words.tidy(text), flags=re.IGNORECASE)
    if not any_words:
        end = _capital_end(text)
        if text[end:].strip(" .!,"):
            # Words beyond the name of the place are kept as written.
            extra, text = words.tidy(part.body), text[:end]
    text = words.tidy(text)
    if not text or text.lower() in ("at", "as", "for", "with"):
        return None
    says = {"company": f"works at {text}", "title": f"is {text}", "city": f"lives in {text}"}[field]
    chip = (
        says + (f" as {words.tidy(title)}" if title else "") + ("" if on == around.today else f" · {around.said(on)}")
    )
    return CapturedField(
        start=part.start, end=part.end, chip=chip, field=field, text=text, on=on, title=words.tidy(title), extra=extra
    )


def _capital_end(text: str) -> int:
    """The index where the capitalised words, with small words between them, end."""
    end = 0
    for match in re.finditer(r"\S+", text):
        word = match[0].strip("().,")
        small = word.lower() in (
            "of",
            "the",
            "and",
            "&",
            "de",
            "la",
            "le",
            "du",
            "des",
            "sur",
            "am",
            "an",
            "der",
            "upon",
        )
        if word[:1].isupper() or word[:1].isdigit() or (end and small and word[:1].islower()) or word == "&":
            if not small:
                end = match.end()
            continue
        break
    return end
