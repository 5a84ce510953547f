"""The bytes the grid gives turn one screen into the next, for any frames and sizes."""

from __future__ import annotations

import pyte
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import set_cell_size

from planner.terminal.grid import CellGrid
from tests.terminal.emulated import Emulated, written


class TestGrid:
    """What the grid sends, on a screen of its own."""

    @given(
        st.lists(
            st.tuples(
                st.integers(1, 8),
                st.integers(1, 24),
                st.sampled_from(["", "1", "2", "7;31", "4", "38;2;1;2;3;48;2;9;8;7", "38;5;9", "44", "1;97;104"]),
                st.text("ab  漢字é🙂─", min_size=1, max_size=24),
            ),
            max_size=12,
        ),
        st.booleans(),
    )
    def test_any_frames_come_to_the_same_screen(self, frames: list[tuple[int, int, str, str]], erases: bool) -> None:
        expected, seen = Emulated(24, 8), Emulated(24, 8)
        grid = CellGrid(erases=erases)
        grid.resize(24, 8)
        blank = "".join(f"\x1b[{y};1H{' ' * 24}" for y in range(1, 9))
        for frame in [blank, *(written(*one) for one in frames)]:
            assert grid.draw(frame)
            pyte.Stream(expected).feed(frame)
            pyte.Stream(seen).feed(grid.difference())
            assert seen.looks() == expected.looks()
            assert (seen.cursor.x, seen.cursor.y) == (min(expected.cursor.x, 23), expected.cursor.y)

    @given(st.data(), st.booleans())
    def test_any_scrolling_comes_to_the_same_screen(self, data: st.DataObject, erases: bool) -> None:
        names = data.draw(st.lists(st.sampled_from(["", "Ana Silva", "Zoë", "山田 太郎", "Group", "━━━"]), min_size=40))
        grid, seen = CellGrid(erases=erases), Emulated(40, 12)
        grid.resize(40, 12)
        for top in data.draw(st.lists(st.integers(0, 28), min_size=1, max_size=6)):
            lines = [f"{y + top:3} {names[y + top]} {'x' * (y % 3 * 9)}" for y in range(12)]
            card = data.draw(st.sampled_from(["", "card", "rhythm"]))
            frame = [written(y + 1, 1, "44", set_cell_size(line, 30), 40) for y, line in enumerate(lines)]
            frame += [written(y + 1, 31, "1", f"{card:10}", 40) for y in range(12)]
            expected = Emulated(40, 12)
            assert grid.draw("".join(frame))
            pyte.Stream(expected).feed("".join(frame))
            pyte.Stream(seen).feed(grid.difference())
            assert seen.looks() == expected.looks()

    @given(st.data(), st.booleans())
    def test_any_lines_in_columns_come_to_the_same_screen(self, data: st.DataObject, erases: bool) -> None:
        """Lines of a list as it is moved in and paged: coloured columns, on two backgrounds, beside a card."""
        texts = st.sampled_from(
            ["", "", "Ana Silva", "Nina Lacombe", "promise", "6w", "山田", "Cy 👩‍👩‍👧", "e\u0301", "1d past"]
        )
        inks = st.sampled_from(["1;38;2;9;9;9", "38;2;7;7;7", "31", "4"])
        grid, expected, seen = CellGrid(erases=erases), Emulated(60, 6), Emulated(60, 6)
        grid.resize(60, 6)
        frames = ["".join(written(y, 1, "40", " " * 60, 60) for y in range(1, 7))]
        for _ in range(data.draw(st.integers(1, 4))):
            pieces: list[str] = []
            for y in data.draw(st.lists(st.integers(1, 6), min_size=1, max_size=6, unique=True)):
                ground = data.draw(st.sampled_from(["40", "44", "48;2;1;2;3"]))
                columns = ((1, 1), (3, 14), (18, 22), (41, 7), (49, 11))
                shown = data.draw(st.lists(texts, min_size=5, max_size=5))
                for (x, width), text in zip(columns, shown, strict=True):
                    ink = data.draw(inks)
                    pieces.append(written(y, x, f"{ink};{ground}", set_cell_size(text, width) + " ", 60))
            frames.append("".join(pieces))
        for frame in frames:
            assert grid.draw(frame)
            pyte.Stream(expected).feed(frame)
            pyte.Stream(seen).feed(grid.difference())
            assert seen.looks() == expected.looks()

    @given(st.data(), st.booleans())
    def test_any_pages_come_to_the_same_screen(self, data: st.DataObject, erases: bool) -> None:
        """Pages of a list as Contacts has it: a column of marks, columns of one colour, many of their places empty."""
        columns = {
            (2, 1): ("7", st.sampled_from(["", "○", "●"])),
            (4, 16): ("1;7", st.sampled_from(["Ana Silva", "Zoë Ångström", "山田 太郎", "Cy 👩‍👩‍👧", "Al"])),
            (21, 12): ("2", st.sampled_from(["", "Quay Labs", "Orbit Works", "Quay Health"])),
            (34, 6): ("7", st.sampled_from(["", "6w", "12–16w", "e\u0301"])),
            (43, 3): ("7", st.sampled_from(["", "4m", "13d"])),
            (48, 8): ("7", st.sampled_from(["", " 3 Dec", "10d past"])),
        }
        inks = data.draw(st.sampled_from([{"7": "37", "2": "32"}, {"7": "37", "2": "4;32"}, {"7": "37", "2": "37"}]))
        grid, expected, seen = CellGrid(erases=erases), Emulated(60, 14), Emulated(60, 14)
        grid.resize(60, 14)
        for _ in range(data.draw(st.integers(2, 4))):
            cursor = data.draw(st.integers(1, 14))
            pieces: list[str] = []
            for y in range(1, 15):
                ground = "44" if y == cursor else "40"
                pieces.append(written(y, 1, ground, " " * 60, 60))
                for (x, width), (ink, texts) in columns.items():
                    colour = ink.replace(ink[-1], inks[ink[-1]])
                    text = set_cell_size(data.draw(texts), width)
                    pieces.append(written(y, x + 1, f"{colour};{ground}", text, 60))
            frame = "".join(pieces)
            assert grid.draw(frame)
            pyte.Stream(expected).feed(frame)
            pyte.Stream(seen).feed(grid.difference())
            assert seen.looks() == expected.looks()

    def test_marks_are_drawn_one_below_the_other(self) -> None:
        grid = CellGrid(erases=True)
        grid.resize(60, 10)
        for mark, day in ((" ", "4m"), ("o", "13d")):
            rows = (written(y, 3, "38;2;7;7;7", f"{mark}{day:>40}", 60) for y in range(1, 11))
            assert grid.draw("".join(rows))
            sent = grid.difference()
        assert sent.count("\n\bo") == 9

    def test_a_mark_that_goes_is_cleared_with_the_others(self) -> None:
        """A blank has no colour: it is drawn on the way, not on a way of its own."""
        grid = CellGrid(erases=True)
        grid.resize(60, 10)
        for page in (0, 1):
            rows = (written(y, 3, "38;2;7;7;7", "o " if (y + page) % 2 else "  ", 60) for y in range(1, 11))
            assert grid.draw("".join(rows))
            sent = grid.difference()
        assert sent.count("\n\b") == 9

    def test_a_line_begins_where_the_last_one_ended(self) -> None:
        """Every other line has only the second of three columns: from there it is nearer to the third than back."""
        grid = CellGrid(erases=True)
        grid.resize(60, 12)
        for old, letters in ((True, "abc"), (False, "xyz")):
            lines = [f"{letters[0] * 5:16}{letters[1] * 2:9}{letters[2] * 6}", f"{'':16}{letters[1] * 2:9}"]
            rows = (written(y, 2, "38;2;7;7;7", f"{lines[y % 2]:40}", 60) for y in range(1, 13))
            assert grid.draw("".join(rows))
            sent = grid.difference()
            assert old or sent.count("yy\n\b\byy\x1b[7Czzzzzz\x1b[2Gxxxxx") == 6

    def test_blanks_at_the_end_of_a_word_are_erased(self) -> None:
        grid = CellGrid(erases=True)
        grid.resize(60, 12)
        for word in ("Meridian", "Ana"):
            assert grid.draw("".join(written(y, 2, "44", f"{word:8}|", 60) for y in range(1, 13)))
            sent = grid.difference()
        assert sent.count("Ana\x1b[5X") == 12

    def test_an_equal_frame_sends_nothing(self) -> None:
        grid = CellGrid()
        grid.resize(20, 3)
        frame = written(1, 1, "1;31", "Ana Silva")
        assert grid.draw(frame)
        assert grid.difference()
        assert grid.draw(frame)
        assert grid.difference() == ""

    def test_what_is_not_understood_is_refused_and_draws_nothing(self) -> None:
        grid = CellGrid()
        grid.resize(20, 3)
        for strange in ("\x1b[2J", "\x1b[1;1Ha\tb", "\x1b[1;1H\x1b[58;5;1mx", "\x1b[1;1H\x9b31m"):
            assert not grid.draw(strange)
            assert grid.difference() == ""

    def test_a_link_is_opened_and_closed(self) -> None:
        grid = CellGrid()
        grid.resize(20, 1)
        assert grid.draw("\x1b[1;1H\x1b]8;id=1;https://example.org\x1b\\\x1b[4mlink\x1b[0m\x1b]8;;\x1b\\ end")
        sent = grid.difference()
        assert (
            sent.index("https://example.org\x1b\\")
            < sent.index("link")
            < sent.index("\x1b]8;;\x1b\\")
            < sent.index("end")
        )

    def test_no_blank_is_drawn_on_the_way_to_another_colour(self) -> None:
        grid = CellGrid()
        grid.resize(20, 8)
        red, green = "38;2;200;40;40", "38;2;40;200;40"
        for letter in "abc":
            rows = (f"\x1b[{y};1H\x1b[{red}m{letter * 3}\x1b[0m  \x1b[{green}m{letter * 3}\x1b[0m" for y in range(1, 9))
            assert grid.draw("".join(rows))
            sent = grid.difference()
        assert sent.count(letter) == 48
        assert " " not in sent

    def test_the_ink_of_one_row_begins_the_next(self) -> None:
        """A moved cursor draws two rows on two backgrounds: the colour both have is sent once."""
        grid = CellGrid(erases=True)
        grid.resize(60, 4)
        name, day, plain, lit = "1;38;2;240;240;240", "38;2;9;99;199", "48;2;0;0;20", "48;2;40;40;60"
        for cursor in (2, 3):
            for y in (2, 3):
                ground = lit if y == cursor else plain
                assert grid.draw(written(y, 1, f"{name};{ground}", f"{'Ana Silva':40}", 60))
                assert grid.draw(written(y, 41, f"{day};{ground}", f"{'3d past':20}", 60))
            sent = grid.difference()
        assert sent.count("38;2;240;240;240") + sent.count(day) == 3

    def test_what_is_cleared_once_is_not_cleared_in_parts(self) -> None:
        grid = CellGrid(erases=True)
        grid.resize(60, 1)
        for line in (f"{'promise':20}{'Ana Silva':20}{'3d past':19}|", f"{'':59}|"):
            assert grid.draw(written(1, 1, "44", line, 60))
            sent = grid.difference()
        assert sent.count("X") == 1
        assert len(sent) < 20

    def test_lines_are_scrolled_only_where_that_is_shorter(self) -> None:
        """Short words moved up by a line; the dots beside them, each at a place of its own, did not."""
        grid = CellGrid()
        grid.resize(120, 36)
        words = [f"{n * 7919 % 8999 + 1000} {n * 6007 % 8999 + 1000}" for n in range(37)]
        dots = [" ".join("·" if (x * 7 + y * 5) % 19 == 0 else " " for x in range(40)) for y in range(36)]
        for top in (0, 1):
            assert grid.draw("".join(f"\x1b[{y + 1};1H{words[top + y]:20}{dots[y]:100}" for y in range(36)))
            sent = grid.difference()
        assert "·" not in sent

    def test_a_page_leaves_what_stands_beside_the_list(self) -> None:
        grid = CellGrid()
        grid.resize(80, 36)
        lines = [f"{n * 7919 % 8999 + 1000}" * 10 for n in range(70)]
        for top in (0, 26):
            rows = (f"\x1b[{y + 1};1H{lines[top + y]}   {'beside' if y < 3 else '':37}" for y in range(36))
            assert grid.draw("".join(rows))
            sent = grid.difference()
        assert "beside" not in sent

    def test_lines_that_moved_are_scrolled(self) -> None:
        grid = CellGrid()
        grid.resize(60, 20)
        lines = [f"line {n} {'abcdefgh'[n % 8] * 40}" for n in range(30)]
        screen = Emulated(60, 20)
        for top in (0, 1, 4, 3):
            assert grid.draw("".join(written(y + 1, 1, "", f"{lines[top + y]:60}", 60) for y in range(20)))
            sent = grid.difference()
            pyte.Stream(screen).feed(sent)
            assert screen.text() == lines[top : top + 20]
            if top:
                assert len(sent) < 260

    @given(st.data(), st.booleans())
    def test_any_lines_taken_out_and_put_in_come_to_the_same_screen(self, data: st.DataObject, erases: bool) -> None:
        grid, expected, seen = CellGrid(erases=erases), Emulated(60, 14), Emulated(60, 14)
        grid.resize(60, 14)
        names = [f"{n:02} {name}" for n in range(10) for name in ("Ana Silva", "Zoë Ångström", "山田 太郎")]
        for _ in range(data.draw(st.integers(2, 4))):
            kept = sorted(data.draw(st.sets(st.integers(0, 29), max_size=14)))
            rows = [*(names[n] for n in kept), *("" for _ in range(14))][:12]
            card = data.draw(st.integers(0, 12))
            frame = "".join(
                written(y + 2, 1, "44", set_cell_size(f"  {row:24} {'every 4 weeks' if row else ''}", 44), 60)
                + written(y + 2, 45, "40", f"| {'card' if y < card else '':14}", 60)
                for y, row in enumerate(rows)
            )
            assert grid.draw(frame)
            pyte.Stream(expected).feed(frame)
            pyte.Stream(seen).feed(grid.difference())
            assert seen.looks() == expected.looks()

    def test_a_list_that_loses_some_of_its_rows_is_sent_the_rows_that_come_in(self) -> None:
        """The card beside it, which is shorter than the list, stays; the rows that are left are not drawn again."""
        grid = CellGrid(erases=True)
        grid.resize(110, 30)
        names = [f"{n * 7919 % 8999 + 1000}" * 10 for n in range(60)]
        left = [name for n, name in enumerate(names) if n % 4]
        for rows in (names, left):
            lines = (f"   {rows[y]:57}|{'  beside' if y < 4 else '':49}" for y in range(30))
            assert grid.draw("".join(f"\x1b[{y + 1};1H{line}" for y, line in enumerate(lines)))
            sent = grid.difference()
        assert not any(row in sent for row in left[:18])
        assert len(sent) < 800
