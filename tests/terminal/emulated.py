"""A terminal's screen to draw on, and pieces of frames as Textual writes them."""

from __future__ import annotations

from typing import Any

import pyte
from rich.cells import cell_len, split_graphemes


class Emulated(pyte.Screen):
    """pyte's screen with what terminals do beyond: joined letters, halved ones, an empty alternate screen."""

    def draw(self, data: str) -> None:
        line = self.buffer[self.cursor.y]
        for start, stop, size in split_graphemes(data)[0]:
            x = min(self.cursor.x, self.columns - size)
            if size == 0:
                line[x - 1] = line[x - 1]._replace(data=line[x - 1].data + data[start:stop])
                continue
            for edge, half in ((x, x - 1), (x + size, x + size)):
                if line[edge].data == "":
                    line[half] = line[half]._replace(data=" ")
            line[x] = self.cursor.attrs._replace(data=data[start:stop])
            if size == 2:
                line[x + 1] = self.cursor.attrs._replace(data="")
            self.cursor.x = x + size

    def set_mode(self, *modes: int, **options: Any) -> None:
        super().set_mode(*modes, **options)
        if 1049 in modes:
            self.select_graphic_rendition(0)
            self.erase_in_display(2)

    def text(self) -> list[str]:
        return ["".join(self.buffer[y][x].data for x in range(self.columns)).rstrip() for y in range(self.lines)]

    def looks(self) -> list[list[tuple[Any, ...]]]:
        """Return every cell as it meets the eye: what does not show on a space is left out."""
        rows = []
        for y in range(self.lines):
            row: list[tuple[Any, ...]] = []
            for x in range(self.columns):
                cell = self.buffer[y][x]
                if cell.data == " ":
                    lines = (cell.underscore, cell.reverse, cell.strikethrough)
                    row.append((" ", cell.bg, lines, cell.fg if any(lines) else ""))
                else:
                    row.append(tuple(cell))
            rows.append(row)
        return rows


def written(y: int, x: int, sgr: str, text: str, width: int = 24) -> str:
    """Return a piece of a frame as Textual writes it, cut where a wide letter would hang over the edge."""
    while cell_len(text) > width + 1 - x:
        text = text[:-1]
    return f"\x1b[{y};{x}H" + (f"\x1b[{sgr}m{text}\x1b[0m" if sgr else text) + f"\x1b[{y};{x}H"
