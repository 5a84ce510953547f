"""Single values of other programs: e-mail addresses with names around them, and values that a spreadsheet damaged."""

from __future__ import annotations

import re

from planner.core.model import Cell
from planner.core.words.folding import clean_line

LONGEST_ADDRESS = 320
_SHORTEST = 7
"""The fewest digits that identify a number."""
_bracketed = re.compile(r"<[ \t]*(?:mailto:)?([^<>@\s]+@[^<>@\s]+)[ \t]*>?", re.IGNORECASE)
_bare = re.compile(r"[\w.+-]+@[\w.-]+")
_address_ends = re.compile(r"[\s<>,;|]+|:::|\((?=[^()@]*\))")
_around = "\"'()[]“”‘’„«»"
_broken = re.compile(
    r"#(?:N/A|N/D|NV|REF!|BEZUG!|VALUE!|WERT!|VALEUR!|NAME\?|NOM\s?\?|DIV/0!|NUM!|ZAHL!|NULL!|SPILL!|CALC!"
    r"|GETTING_DATA|ERROR!|#+)",
    re.IGNORECASE,
)
_kept_as_text = re.compile(r'\s*=\s*"((?:[^"]|"")*)"\s*')
_rounded = re.compile(r"[+-]?\d+(?:[.,]\d*)?E[+-]?\d+", re.IGNORECASE)
_decimal = re.compile(r"(\+?\d{6,})[.,]0+")
_american = re.compile(r"1?[2-9]\d{2}[2-9]\d{6}")


def is_mail_address(text: str) -> bool:
    """Whether a value can be an e-mail address: a local part, one @, and a domain."""
    at = text.find("@")
    return 0 < at < len(text) - 1 and "@" not in text[at + 1 :] and not any(map(str.isspace, text))


def mail_addresses(text: str) -> list[str]:
    """Every e-mail address in a value: bare, as `mailto:`, as `Name <address>`, or several; each once."""
    if _bare.fullmatch(text) and len(text) <= LONGEST_ADDRESS:
        return [text]
    found: dict[str, str] = {}
    for word in _address_ends.split(text):
        address = word.strip(_around)
        if address[:7].lower() == "mailto:":
            address = address[7:].partition("?")[0]
        if is_mail_address(address) and len(address) <= LONGEST_ADDRESS:
            found.setdefault(address.casefold(), address)
    return list(found.values())


def name_beside_address(text: str) -> str:
    """The name in `Ana Berg <ana@x.example>`, "" without one or if several people are named."""
    if text.count("@") != 1 or (found := _bracketed.search(text)) is None:
        return ""
    return clean_line(text[: found.start()]).strip(f"{_around} ,;")


def is_broken(text: str) -> bool:
    """Whether a cell has a spreadsheet's error sign instead of a value: `#N/A`, `#REF!`, `####`."""
    return text[:1] == "#" and _broken.fullmatch(text.strip()) is not None


def without_formula(text: str) -> str:
    """The text in a cell that a program wrote as a formula to keep leading zeros: `="0171 555"`."""
    match = _kept_as_text.fullmatch(text) if '"' in text else None
    return match[1].replace('""', '"') if match else text


def is_rounded(text: str) -> bool:
    """Whether a spreadsheet rounded a long number to its first digits: `4.9151E+11`."""
    return ("E" in text or "e" in text) and _rounded.fullmatch(text.strip()) is not None


def whole_number(text: str) -> str:
    """A telephone number or an identifier without the decimals that a spreadsheet added: `491511234567.0`."""
    match = _decimal.fullmatch(text.strip()) if "." in text or "," in text else None
    return match[1] if match else text


def may_lack_zero(number: str) -> bool:
    """Whether a telephone number may have lost its leading 0 or +, which spreadsheets remove.

    Bare digits without either; numbers of North America need none.
    """
    return number.isdigit() and 7 <= len(number) <= 15 and number[0] != "0" and not _american.fullmatch(number)


def without_repeats(phones: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """Telephone numbers of one person, without a second copy that only lacks the country."""
    if len(phones) < 2:
        return phones
    whole = [_digits(cell.value) for cell in phones if cell.value.lstrip("( ").startswith(("+", "00"))]
    kept = []
    for cell in phones:
        digits = _digits(cell.value)
        within = digits.lstrip("0")
        is_repeat = digits not in whole and len(within) >= _SHORTEST and any(one.endswith(within) for one in whole)
        if not is_repeat:
            kept.append(cell)
    return tuple(kept)


def _digits(number: str) -> str:
    return "".join(filter(str.isdigit, number))
