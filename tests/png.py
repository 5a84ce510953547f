"""The little of PNG that the pictures need: size, pixels, whether they are opaque, a word written into them."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

SIGNATURE = b"\x89PNG\r\n\x1a\n"
PALETTE = 3
"""The kind of image that pngquant writes: a number of the palette for each pixel."""


@dataclass(frozen=True)
class Image:
    """A decoded image of a palette; `rows` hold a number of the palette for each pixel."""

    width: int
    height: int
    opaque: bool
    words: dict[str, str]
    rows: tuple[bytes, ...]

    def colors(self, left: int, top: int, right: int, bottom: int) -> set[int]:
        """The numbers of the palette in a box."""
        return {color for row in self.rows[max(0, top) : bottom] for color in row[max(0, left) : right]}


def chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Each chunk of a file, as its kind and its bytes."""
    assert data.startswith(SIGNATURE)
    place = len(SIGNATURE)
    while place < len(data):
        (size,) = struct.unpack(">I", data[place : place + 4])
        yield data[place + 4 : place + 8], data[place + 8 : place + 8 + size]
        place += size + 12


def with_word(data: bytes, key: str, word: str) -> bytes:
    """The file with a word in it, before its end."""
    return SIGNATURE + b"".join(
        (_chunk(b"tEXt", f"{key}\0{word}".encode("latin-1")) if kind == b"IEND" else b"") + _chunk(kind, content)
        for kind, content in chunks(data)
    )


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def read(data: bytes) -> Image:
    """Decode a file of the kind that pngquant writes."""
    found: dict[bytes, list[bytes]] = {}
    for kind, content in chunks(data):
        found.setdefault(kind, []).append(content)
    width, height, depth, color, _, _, interlaced = struct.unpack(">IIBBBBB", found[b"IHDR"][0])
    assert (color, interlaced) == (PALETTE, 0)
    words = dict(one.decode("latin-1").split("\0", 1) for one in found.get(b"tEXt", []))
    pixels = zlib.decompress(b"".join(found[b"IDAT"]))
    opaque = all(alpha == 255 for alpha in b"".join(found.get(b"tRNS", [])))
    return Image(width, height, opaque, words, tuple(_rows(pixels, width, height, depth)))


def _rows(pixels: bytes, width: int, height: int, depth: int) -> Iterator[bytes]:
    size = (width * depth + 7) // 8
    before = bytes(size)
    for number in range(height):
        start = number * (size + 1)
        before = _unfiltered(pixels[start], bytearray(pixels[start + 1 : start + 1 + size]), before)
        yield before if depth == 8 else _spread(before, depth)[:width]


def _unfiltered(kind: int, line: bytearray, above: bytes) -> bytes:
    """A line of bytes whose filter is taken away; one byte lies left, for a palette has one a pixel at most."""
    for place in range(len(line)) if kind else ():
        left = line[place - 1] if place else 0
        corner = above[place - 1] if place else 0
        up = above[place]
        guess = (left, up, (left + up) // 2, _nearest(left, up, corner))[kind - 1]
        line[place] = (line[place] + guess) & 255
    return bytes(line)


def _nearest(left: int, up: int, corner: int) -> int:
    wanted = left + up - corner
    return min((left, up, corner), key=lambda one: abs(wanted - one))


def _spread(line: bytes, depth: int) -> bytes:
    """A byte for each pixel of a line that holds several in one."""
    mask, steps = (1 << depth) - 1, range(8 - depth, -1, -depth)
    return bytes((byte >> shift) & mask for byte in line for shift in steps)
