"""Draws the pictures of the README from the sample network: `python -m tests.pictures [NAME …]`.

Every picture is of the same day and size each time. An SVG needs nothing but the planner; its PNG needs
Chromium, the font Fira Code and pngquant (Debian: chromium fonts-firacode pngquant). `tests/test_pictures.py`
finds a picture that is stale.
"""

from __future__ import annotations

import asyncio
import re
import shutil
import subprocess
import sys
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import time
from functools import cache, partial
from hashlib import sha256
from html import unescape
from pathlib import Path
from tempfile import TemporaryDirectory

from planner.config import Config
from planner.demo import DEMO_TODAY
from planner.desk import Desk
from planner.store.session import Store
from planner.ui.needs.screen import NeedsScreen
from planner.ui.themes import DARK, LIGHT
from tests import png
from tests.cases import PATIENCE
from tests.desk.book_beside_sample import book_beside_sample
from tests.evidence.beside_sample import after_a_weekend
from tests.ui.at_rest import RestingLoop
from tests.ui.words import Words, planner

FOLDER = Path(__file__).parents[1] / "screenshots"
WIDE = (120, 34)
LOW = (120, 26)
HIGH = (120, 44)
NARROW = (60, 20)
BACKGROUND = "#292929"
"""Behind the round corners of the frame, so that every pixel is opaque."""
MADE_FROM = "made-from"
"""Under this name a PNG holds the fingerprint of its SVG."""


async def _introductions(words: Words) -> None:
    """The introductions under way."""
    await words.press("5")
    await words.command("introductions")


async def _nothing(words: Words) -> None:
    """The place the planner opens with, as it is."""


def _keys(*keys: str) -> Callable[[Words], Awaitable[None]]:
    async def press(words: Words) -> None:
        await words.press(*keys)

    return press


async def _capture(words: Words) -> None:
    await words.press("a")
    await words.type("Ana: coffee, promised intro to Leo by fri, her op 12 dec, again 6w")


async def _suggestions(words: Words) -> None:
    await words.press("4", "enter")
    screen = words.app.screen
    assert isinstance(screen, NeedsScreen)
    assert screen.rows is not None
    first = screen.rows.total - len(screen.rows.suggestions)
    screen.people.move_to(first + 20)
    await words.idle()
    screen.people.move_to(first)
    await words.idle()


async def _reach(words: Words) -> None:
    await words.press("5", "slash")
    await words.type("sncf")
    await words.press("enter")


async def _closing(words: Words) -> None:
    await words.press("4", "d")
    await words.type("the house of a friend in Graça, for August")
    await words.press("enter")


async def _answer(words: Words) -> None:
    await _decline(words)
    await words.press("enter")
    # The second line of the row behind the dialog, whose card is read while the dialog is open.
    await words.until("last 30 Aug")


async def _loan(words: Words) -> None:
    await words.press("slash")
    await words.type("drill")
    await words.press("enter")


async def _giving(words: Words) -> None:
    await words.press("f")
    while "Two minutes more?" not in words.text:
        await words.press("right")


async def _before_asking(words: Words) -> None:
    await _reach(words)
    await words.press("i")
    await words.type("a question about rolling stock")
    await words.press("enter")


async def _today(words: Words) -> None:
    await _found(words, "meeting")
    await words.press("escape")


async def _seen_list(words: Words) -> None:
    await words.press("home", "enter", "down")


async def _timeline(words: Words) -> None:
    await _found(words, "hana")
    await words.press("enter")


async def _why(words: Words) -> None:
    await words.press("2", "slash")
    await words.type("hana ray")
    await words.press("enter", "w")


async def _found(words: Words, text: str) -> None:
    """Stand on the first row of the agenda that holds a text."""
    await words.press("slash")
    await words.type(text)
    await words.press("enter")


async def _decline(words: Words) -> None:
    await words.press("3", "x", "3")
    await words.type("dora")


@dataclass(frozen=True)
class Picture:
    """One picture: what to press before it, at what size, in which theme."""

    name: str
    shows: str
    steps: Callable[[Words], Awaitable[None]] = _nothing
    size: tuple[int, int] = WIDE
    theme: str = DARK
    beside: Callable[[Path], None] | None = None
    """Makes the planner in a folder where it is more than the sample network."""


PICTURES = (
    Picture("agenda", "The agenda of a week, with the card of the person under the cursor"),
    Picture("focus", "Focus triage: one person at a time, one key each", _keys("f")),
    Picture("contacts", "Everyone in one list, with rhythm, last contact and what is due", _keys("2")),
    Picture("contact", "One person: rhythm, open loops and history", _keys("enter")),
    Picture("ledger", "The four lanes of help asked, promised, given and received", _keys("3")),
    Picture("needs", "What you look for, and who was told", _keys("4")),
    Picture("suggestions", "Whom to tell next, likeliest first, and why", _suggestions, size=LOW),
    Picture("decline", "Something better than no: six ways out", _decline, size=LOW),
    Picture("answer", "A kind answer to send with the way out", _answer, size=(80, 24)),
    Picture("closing", "Who is still to hear how it went, once a need is closed", _closing, size=LOW),
    Picture("loan", "What was lent is on the agenda the day it is to be home", _loan, size=(144, 26)),
    Picture("giving", "Focus ends with one page of giving", _giving, size=LOW),
    Picture("brief", "What to know of somebody before a meeting", _keys("b"), size=LOW),
    Picture("reach", "The ways to a company, over whom, and what they cost", _reach, size=LOW),
    Picture("before-asking", "How things stand before an ask, and a note to forward", _before_asking, size=HIGH),
    Picture("introductions", "Two people are asked before they meet", _introductions, size=LOW),
    Picture("capture", "A line being captured, and what is understood of it", _capture),
    Picture(
        "seen",
        "What mail, calendar and calls showed since Friday, and today's meetings",
        _today,
        beside=after_a_weekend,
    ),
    Picture("seen-list", "Each of them, to be taken back with one key", _seen_list, size=LOW, beside=after_a_weekend),
    Picture("timeline", "A history that keeps itself, each line with its source", _timeline, beside=after_a_weekend),
    Picture("why", "Why that is the last contact", _why, size=LOW, beside=after_a_weekend),
    Picture(
        "book",
        "What an address book changed, and what is to decide, each with one key",
        _keys("home", "enter"),
        size=LOW,
        beside=book_beside_sample,
    ),
    Picture("help", "Every key that works here", _keys("question_mark")),
    Picture("narrow", "The agenda in a terminal of 60 columns", size=NARROW),
    Picture("light", "The agenda in the light theme", theme=LIGHT),
)


@cache
def _made_by(make: Callable[[Path], None]) -> bytes:
    """The database that a function makes in an empty folder."""
    with TemporaryDirectory(prefix="planner-picture-") as folder:
        make(Path(folder))
        return Path(folder, "planner.db").read_bytes()


async def draw(picture: Picture) -> str:
    """The SVG of one picture."""
    with TemporaryDirectory(prefix="planner-picture-") as folder:
        config = Config(theme=picture.theme)

        def made_by(make: Callable[[Path], None]) -> Desk:
            path = Path(folder, "planner.db")
            path.touch(mode=0o600)
            path.write_bytes(_made_by(make))
            return Desk(Store(path, config.settings).open(), config, lambda: DEMO_TODAY, lambda: time(12))

        other = None if picture.beside is None else partial(made_by, picture.beside)
        async with planner(
            Path(folder), size=picture.size, today=DEMO_TODAY, config=config, demo=True, other=other
        ) as words:
            await picture.steps(words)
            drawn = words.app.export_screenshot(title="planner")
    # The font would be fetched from the network by whoever looks at the picture.
    drawn = re.sub(r"@font-face\s*{[^}]*}\s*", "", drawn)
    # Textual names everything after a number of its own; what stands between tags is only for the eye; and a
    # line of text ends where its length says, so that it needs no edge to be cut at.
    drawn = re.sub(r">\s+<", "><", re.sub(r"terminal-\d+-", "t", drawn))
    return re.sub(r' clip-path="url\(#tline-\d+\)"|<clipPath id="tline-\d+">.*?</clipPath>', "", drawn)


def to_png(svg: str, path: Path) -> None:
    """Have Chromium draw an SVG, and reduce its colours to those a terminal needs."""
    width, height = size_of(svg)
    with TemporaryDirectory(prefix="planner-picture-") as folder:
        page, raw = Path(folder, "page.html"), Path(folder, "raw.png")
        page.write_text(f'<meta charset="utf-8"><body style="margin:0;background:{BACKGROUND}">{svg}', encoding="utf-8")
        subprocess.run(
            [
                *("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
                *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
                *("--hide-scrollbars", "--disable-lcd-text", "--run-all-compositor-stages-before-draw"),
                *(f"--user-data-dir={folder}/profile", f"--window-size={width},{height}", f"--screenshot={raw}"),
                page.as_uri(),
            ],
            check=True,
            capture_output=True,
            timeout=PATIENCE,
        )
        reduced = Path(folder, "reduced.png")
        reduce = ("pngquant", "--force", "--strip", "--nofs", "--output", reduced, "56", raw)
        subprocess.run(reduce, check=True, timeout=PATIENCE)
        path.write_bytes(png.with_word(reduced.read_bytes(), MADE_FROM, fingerprint(svg)))


def fingerprint(svg: str) -> str:
    """What a PNG says of the SVG it was made from."""
    return sha256(svg.encode()).hexdigest()


def size_of(svg: str) -> tuple[int, int]:
    """Width and height of an SVG in whole pixels."""
    box = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg)
    assert box is not None
    width, height = (int(float(side)) + 1 for side in box.groups())
    return width, height


def words_of(svg: str) -> list[tuple[float, float, float, str]]:
    """(left, base line, width, text) of every text of an SVG in the order it is drawn, in pixels of the picture."""
    moved = re.search(r'<g transform="translate\((\d+), (\d+)\)" clip-path', svg)
    assert moved is not None
    left, top = map(int, moved.groups())
    found = re.findall(r'<text class="tr\d+" x="([\d.]+)" y="([\d.]+)" textLength="([\d.]+)">([^<]*)</text>', svg)
    return [(float(x) + left, float(y) + top, float(width), unescape(text)) for x, y, width, text in found]


def missing_tools() -> list[str]:
    """What a PNG needs and this machine has not."""
    missing = [tool for tool in ("chromium", "pngquant") if shutil.which(tool) is None]
    fonts = ""
    if shutil.which("fc-list") is not None:
        fonts = subprocess.run(["fc-list", "Fira Code"], capture_output=True, text=True, check=True).stdout
    return missing if fonts else [*missing, "fonts-firacode"]


def main(names: Sequence[str]) -> int:
    """Draw the named pictures, or all of them; the exit code is 1 when a picture or its PNG could not be drawn."""
    unknown = set(names) - {picture.name for picture in PICTURES}
    if unknown:
        print(f"There is no picture {', '.join(sorted(unknown))}.", file=sys.stderr)
        return 2
    missing = missing_tools()
    if missing:
        print(f"Only SVG, which leaves the PNG stale: {', '.join(missing)} not installed.", file=sys.stderr)
    FOLDER.mkdir(exist_ok=True)
    failed = bool(missing)
    for picture in PICTURES:
        if names and picture.name not in names:
            continue
        try:
            with asyncio.Runner(loop_factory=RestingLoop) as runner:
                svg = runner.run(draw(picture))
        except Exception as error:
            # One place that cannot be drawn must not keep the others from being drawn.
            print(f"{picture.name}: {type(error).__name__}: {error}", file=sys.stderr)
            failed = True
            continue
        path = FOLDER / f"{picture.name}.svg"
        path.write_text(svg, encoding="utf-8")
        if not missing:
            to_png(svg, path.with_suffix(".png"))
        print(path.name, *([] if missing else [path.with_suffix(".png").name]))
    return int(failed)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
