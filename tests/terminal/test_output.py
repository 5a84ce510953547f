"""What is written to a terminal: whole, in order, and waited for by nobody."""

from __future__ import annotations

import os
import threading
import tty
from collections.abc import Iterator

import pytest

from planner.terminal.output import Output, open_output


@pytest.fixture
def terminal() -> Iterator[tuple[int, int]]:
    """The two ends of a terminal: what reads from it, and what programs write to."""
    reader, writer = os.openpty()
    tty.setraw(writer)
    yield reader, writer
    for end in (reader, writer):
        os.close(end)


def taken(reader: int, count: int) -> bytes:
    found = b""
    while len(found) < count:
        found += os.read(reader, 1 << 16)
    return found


def test_a_text_is_out_when_the_call_is_over(terminal: tuple[int, int]) -> None:
    reader, writer = terminal
    output = Output(writer, lambda: pytest.fail("nothing is left"))
    output.write("Zoë ▌")
    assert os.read(reader, 100) == "Zoë ▌".encode()
    assert not output.is_behind
    # Others that have the terminal still wait where it takes nothing.
    assert os.get_blocking(writer)


def test_nobody_waits_for_a_terminal_that_is_not_read(terminal: tuple[int, int]) -> None:
    reader, writer = terminal
    told: list[bool] = []
    output = Output(writer, lambda: told.append(True))
    texts = [f"{number:06}" * 10_000 for number in range(8)]
    for text in texts:
        output.write(text)
    output.write("the end")
    assert output.is_behind
    assert told == [True]
    wanted = "".join([*texts, "the end"]).encode()
    found = b""
    while output.is_behind:
        found += os.read(reader, 1 << 16)
        output.write_on()
    assert found + taken(reader, len(wanted) - len(found)) == wanted


def test_at_the_end_all_is_waited_for(terminal: tuple[int, int]) -> None:
    reader, writer = terminal
    output = Output(writer, lambda: None)
    output.write("a" * 300_000)
    found: list[bytes] = []
    reading = threading.Thread(target=lambda: found.append(taken(reader, 300_000)))
    reading.start()
    output.finish()
    assert not output.is_behind
    reading.join()
    assert found == [b"a" * 300_000]


def test_threads_write_each_text_whole(terminal: tuple[int, int]) -> None:
    reader, writer = terminal
    output = Output(writer, lambda: None)
    texts = [letter * 999 + "\n" for letter in "abcd"]

    def write(text: str) -> None:
        for _ in range(40):
            output.write(text)

    threads = [threading.Thread(target=write, args=(text,)) for text in texts]
    for thread in threads:
        thread.start()
    found = b""
    while len(found) < 4 * 40 * 1000:
        output.write_on()
        found += os.read(reader, 1 << 16)
    for thread in threads:
        thread.join()
    assert sorted(found.decode().splitlines(keepends=True)) == sorted(texts * 40)


def test_a_terminal_that_is_gone_takes_everything() -> None:
    reader, writer = os.openpty()
    output = Output(writer, lambda: pytest.fail("nobody is there to take the rest"))
    os.close(reader)
    output.write("to nobody")
    output.finish()
    assert not output.is_behind
    os.close(writer)


def test_what_is_no_terminal_has_no_output() -> None:
    reader, writer = os.pipe()
    assert open_output(writer, lambda: None) is None
    for end in (reader, writer):
        os.close(end)
