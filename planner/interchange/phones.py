"""Phone numbers in one form, so that the same number is found however it was written."""

from __future__ import annotations

import re
from functools import lru_cache

_extension = re.compile(r"(?:;\s*ext\s*=|[,;x#]|\bext(?:ension|n)?\b\.?)\s*(\d{1,9})\s*$", re.IGNORECASE)
_plain = re.compile(r"\+([1-9][0-9]{6,14})")
_SEPARATORS = str.maketrans("", "", " -.()/\u00a0")
_SHORTEST = 7


@lru_cache(maxsize=4096)
def phone_key(text: str, region: str | None = None) -> str | None:
    """The normal form of a phone number, or None when it cannot tell one phone from another.

    A valid international number (or a national one of `region`, two letters) becomes E.164, with
    `;ext=` and the extension when it has one: "+14186569254;ext=102". A national number without a
    region becomes its digits alone, at least 7 of them. Validity is that of the phonenumbers library.
    """
    text = text.strip()[:100]
    if text[:1] == "+" and (plain := _plain.fullmatch(text.translate(_SEPARATORS))) and _is_valid(plain[1]):
        return plain[0]
    digits = "".join(character for character in text if character.isascii() and character.isdigit())
    if len(digits) < _SHORTEST:
        return None
    if text[:2] == "00" and region is None:
        # How most of the world dials abroad; without a region no library can know it.
        text = "+" + text[2:].lstrip(" -")
    if text.startswith(("+", "(+")) or region:
        # Late: the library is slow to import, and most records need no comparison of numbers.
        import phonenumbers

        try:
            number = phonenumbers.parse(text, region)
        except phonenumbers.NumberParseException:
            number = None
        if number is not None and phonenumbers.is_valid_number(number):
            key = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
            return f"{key};ext={number.extension}" if number.extension else key
        if number is not None and region is None:
            return None
    extension = _extension.search(text)
    if extension is None:
        return digits
    base = digits[: len(digits) - len(extension[1])]
    return f"{base};ext={extension[1]}" if len(base) >= _SHORTEST else None


def _is_valid(digits: str) -> bool:
    """Whether a country code and the number after it are valid as they are.

    True for most numbers in an address book; parsing a number takes most of the time of an import.
    """
    import phonenumbers

    codes = phonenumbers.COUNTRY_CODE_TO_REGION_CODE
    for length in (1, 2, 3):
        code = int(digits[:length])
        if code in codes:
            national = digits[length:]
            if national[:1] == "0":
                # The zero may be a mistake, or in Italy a part of the number.
                return False
            usual = _usual(code)
            if usual is not None and usual.fullmatch(national):
                return True
            number = phonenumbers.PhoneNumber(country_code=code, national_number=int(national or 0))
            return phonenumbers.is_valid_number(number)
    return False


@lru_cache(maxsize=300)
def _usual(code: int) -> re.Pattern[str] | None:
    """The pattern of mobile and fixed numbers after a country code; None if several countries share the code."""
    import phonenumbers

    regions = phonenumbers.COUNTRY_CODE_TO_REGION_CODE[code]
    known = phonenumbers.PhoneMetadata.metadata_for_region(regions[0], None) if len(regions) == 1 else None
    if known is None or known.general_desc is None or not known.general_desc.national_number_pattern:
        return None
    kinds = (one.national_number_pattern for one in (known.mobile, known.fixed_line) if one is not None)
    patterns = "|".join(pattern for pattern in kinds if pattern)
    return re.compile(f"(?=(?:{known.general_desc.national_number_pattern})$)(?:{patterns})") if patterns else None
