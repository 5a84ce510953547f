"""The profile slug: the part of a LinkedIn address that does not depend on how it is written."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import unquote

from planner.core.words.folding import clean_line

_usual = re.compile(r"https?://(?:www\.)?linkedin\.com/in/([a-z0-9-]{1,200})/?")
"""Most profile addresses: nothing in them needs decoding."""


def linkedin_slug(address: str) -> str | None:
    """The slug of a personal profile ("ana-lee-12ab"), or None for any other address.

    Scheme, www, country, language, query and trailing slash don't count; the rest is percent-decoded, composed (NFC)
    and case-folded. Only `/in/` addresses identify a person permanently.
    """
    if usual := _usual.fullmatch(address):
        return usual[1]
    folded = address.casefold()
    if "linkedin.com/" not in folded:
        return None
    place, _, path = address.partition("://")[-1 if "://" in address else 0].partition("/")
    host = place.casefold().strip().rpartition("@")[2]
    if host != "linkedin.com" and not host.endswith(".linkedin.com"):
        return None
    parts = [part for part in path.replace("?", "#").partition("#")[0].split("/") if part]
    if parts and parts[0].casefold() in ("mwlite", "m"):
        parts = parts[1:]
    if len(parts) < 2 or parts[0].casefold() != "in":
        return None
    slug = clean_line(unicodedata.normalize("NFC", unquote(parts[1], errors="replace"))).casefold()
    return slug[:200] or None
