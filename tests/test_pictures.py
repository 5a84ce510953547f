"""The pictures show what the program draws, and each PNG is its SVG, opaque and whole.

`python -m tests.pictures` draws them anew.
"""

from __future__ import annotations

from pathlib import Path

from tests import png
from tests.cases import case
from tests.pictures import FOLDER, MADE_FROM, PICTURES, draw, fingerprint, size_of, words_of

ANEW = "run: python -m tests.pictures"


def drawn_words(svg: str) -> str:
    """The text of a picture, line by line."""
    lines: dict[float, list[str]] = {}
    for _, line, _, text in words_of(svg):
        lines.setdefault(line, []).append(text)
    return "\n".join("".join(parts) for _, parts in sorted(lines.items()))


def stored(name: str) -> str:
    return (FOLDER / f"{name}.svg").read_text("utf-8")


async def test_each_picture_shows_what_the_program_draws() -> None:
    drawn = {picture.name: drawn_words(await draw(picture)) for picture in PICTURES}
    stale = [name for name, words in drawn.items() if drawn_words(stored(name)) != words]
    with case(*stale, ANEW):
        for name in stale:
            assert drawn_words(stored(name)) == drawn[name]


def holes(image: png.Image, svg: str) -> list[str]:
    """The words of an SVG in whose place the picture has one colour alone."""
    found = []
    for left, line, width, text in words_of(svg):
        if any(letter.isalnum() for letter in text):
            box = (round(left), round(line) - 16, round(left + width), round(line) + 4)
            if len(image.colors(*box)) < 2:
                found.append(text)
    return found


def test_each_png_is_its_svg_opaque_and_whole() -> None:
    for picture in PICTURES:
        with case(picture.name, ANEW):
            svg = stored(picture.name)
            image = png.read((FOLDER / f"{picture.name}.png").read_bytes())
            assert image.words[MADE_FROM] == fingerprint(svg)
            assert (image.width, image.height) == size_of(svg)
            assert image.opaque
            assert len(image.rows) == image.height
            assert holes(image, svg) == []


def test_a_hole_would_be_found() -> None:
    svg = stored(PICTURES[0].name)
    image = png.read((FOLDER / f"{PICTURES[0].name}.png").read_bytes())
    blank = bytes(image.width)
    rows = (*image.rows[:200], *[blank] * 100, *image.rows[300:])
    assert holes(png.Image(image.width, image.height, True, {}, rows), svg)


def test_a_word_is_written_into_a_picture_and_read_again(tmp_path: Path) -> None:
    data = (FOLDER / f"{PICTURES[0].name}.png").read_bytes()
    again = png.with_word(data, "about", "nothing")
    assert png.read(again).words["about"] == "nothing"
    assert png.read(again).rows == png.read(data).rows
