"""How a cell is drawn, and the sequences (SGR, OSC 8) that turn one style into another."""

from __future__ import annotations

import re
from functools import lru_cache
from zlib import crc32

_OFF = {"1": "22", "2": "22", "3": "23", "4": "24", "5": "25", "6": "25", "7": "27", "8": "28", "9": "29",
        "21": "24", "51": "54", "52": "54", "53": "55"}  # fmt: skip
_VISIBLE_ON_BLANK = frozenset({"4", "5", "6", "7", "9", "21", "51", "52", "53"})


class CellStyle:
    """How a cell is drawn; equal styles are one object, so `is` compares them.

    Attributes and colours are SGR parameters as text, such as "1" and "38;2;1;2;3"; "" is the default colour. `blank`
    is this style for a space, without attributes that a space does not show. `erasable` says whether erasing a cell
    draws such a space.
    """

    __slots__ = ("attributes", "background", "blank", "erasable", "foreground", "link")

    def __init__(self, attributes: frozenset[str], foreground: str, background: str, link: str) -> None:
        self.attributes = attributes
        self.foreground = foreground
        self.background = background
        self.link = link
        visible = attributes & _VISIBLE_ON_BLANK
        blank_foreground = foreground if visible else ""
        self.erasable = not visible and not link
        self.blank: CellStyle = (
            self
            if visible == attributes and blank_foreground == foreground
            else style_of(visible, blank_foreground, background, link)
        )


@lru_cache(maxsize=4096)
def style_of(attributes: frozenset[str], foreground: str, background: str, link: str) -> CellStyle:
    return CellStyle(attributes, foreground, background, link)


PLAIN = style_of(frozenset(), "", "", "")


@lru_cache(maxsize=4096)
def apply_sgr(style: CellStyle, sgr: str) -> CellStyle | None:
    """The style after an SGR sequence, or None if its meaning is unknown."""
    attributes, foreground, background = set(style.attributes), style.foreground, style.background
    codes = iter(sgr.split(";"))
    for code in codes:
        if code in ("", "0"):
            attributes, foreground, background = set(), "", ""
        elif code in _OFF:
            attributes.add(code)
        elif code in _OFF.values():
            attributes = {one for one in attributes if _OFF[one] != code}
        elif code in ("38", "48"):
            kind = next(codes, "")
            count = {"5": 1, "2": 3}.get(kind)
            if count is None:
                return None
            color = ";".join((code, kind, *(next(codes, "0") for _ in range(count))))
            foreground, background = (color, background) if code == "38" else (foreground, color)
        elif code == "39":
            foreground = ""
        elif code == "49":
            background = ""
        elif re.fullmatch("3[0-7]|9[0-7]", code):
            foreground = code
        elif re.fullmatch("4[0-7]|10[0-7]", code):
            background = code
        else:
            return None
    return style_of(frozenset(attributes), foreground, background, style.link)


@lru_cache(maxsize=1024)
def same_link(link: str) -> str:
    """The parameters and the address of a link (OSC 8) with an id that depends only on the address.

    Rich invents a new id for each frame, so that every link on the screen would differ.
    """
    address = link.partition(";")[2]
    return f"id={crc32(address.encode('utf-8', 'replace')):x};{address}" if address else ""


@lru_cache(maxsize=16384)
def transition(old: CellStyle, new: CellStyle) -> str:
    """The shortest sequences that turn one style into another."""
    link = "" if old.link == new.link else f"\x1b]8;{new.link or ';'}\x1b\\"
    colors = [part for part in (new.foreground, new.background) if part]
    afresh = ";".join(["", *sorted(new.attributes), *colors])
    step: list[str] = []
    lost = old.attributes - new.attributes
    step += sorted({_OFF[one] for one in lost})
    # One code may end two attributes: the one still wanted is set again.
    step += sorted(one for one in new.attributes if one not in old.attributes or _OFF[one] in step)
    if old.foreground != new.foreground:
        step.append(new.foreground or "39")
    if old.background != new.background:
        step.append(new.background or "49")
    if not step:
        return link
    return f"{link}\x1b[{min(';'.join(step), afresh, key=len)}m"
