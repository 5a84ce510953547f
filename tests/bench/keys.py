"""Every key that a person presses, beside a move in a bare list that is pressed in turns with it in the same run.

A ratio is that of the first frame that shows what the key asked for; the processor's is of all that the key brought,
up to rest. Bytes are those of all frames but the card, which follows rest, beside the floor of `least_bytes`.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bench.bare import READY
from tests.bench.dense import dense_home
from tests.bench.figures import Figure, Sample, ratio
from tests.bench.long_work import RECORDS, card
from tests.bench.measure import CARD_QUIET, FRAMES_QUIET, database_of, open_bare, open_planner
from tests.terminal.least import cells_of, least_bytes
from tests.trust.terminal import Terminal, environment, planner_program

MOVE, PAGE, AGAIN, SETTLE, ANSWER, FIRST_LETTER, LAST_LETTER = 1.3, 6.0, 20.0, 25.0, 50.0, 12.0, 30.0
"""Times the bare move."""
MEANWHILE = 1.5
"""Times a move at rest."""
MOVE_BYTES, PAGE_BYTES, SCROLL_BYTES = 400, 2_000, 500
BARE_MOVES = 6
"""Moves in the bare list before each kind of key."""
BESIDE = "× bare move"
PLACES = {"1": "later", "2": "people", "3": "They asked me", "4": "need", "5": "Who gets me to"}
"""The key of each place and what stands in it alone."""

Wanted = str | Callable[[str], bool] | None


@dataclass(frozen=True, slots=True)
class Press:
    """What one key brought: milliseconds to the first frame that shows it and to the last, of the processor, bytes."""

    first: float
    last: float
    processor: float
    sent: int
    least: int = 0
    """The fewest bytes that show the same; 0 where that was not asked for."""


@dataclass(frozen=True, slots=True)
class Step:
    """A key, what must stand on the screen for it to be answered (nothing: the first frame), whether it counts."""

    key: str
    wanted: Wanted = None
    counts: bool = True
    whole: bool = False
    """Whether its last frame comes from an answer of the database, and is waited for however long that takes."""


def press(terminal: Terminal, step: Step, *, rest: float = CARD_QUIET, least: bool = False) -> Press:
    """Press a key and watch until all it brought is there, and so many seconds of rest have passed."""
    screen = cells_of(terminal.screen) if least else []
    if step.wanted is not None:
        shown = terminal.text
        already = step.wanted in shown if isinstance(step.wanted, str) else step.wanted(shown)
        assert not already, f"what {step.key!r} is to bring stands there before it is pressed:\n{shown}"
    before, used, began = len(terminal.received), terminal.processor_seconds(), time.perf_counter()
    terminal.press(step.key)
    first = 0.0
    if step.wanted is not None:
        terminal.wait_for(step.wanted)
        first = terminal.last_output - began
    elif terminal.read(2.0):
        first = terminal.last_output - began
    if step.whole:
        # Both ways one after the other would wait for the card.
        terminal.settle(FRAMES_QUIET)
    else:
        while terminal.read(FRAMES_QUIET):
            pass
    last, sent = max(0.0, terminal.last_output - began), len(terminal.received) - before
    fewest = least_bytes(screen, cells_of(terminal.screen)) if least else 0
    if step.counts:
        terminal.settle(rest)
    return Press(first * 1000, last * 1000, (terminal.processor_seconds() - used) * 1000, sent, fewest)


class Side:
    """The planner on one network and the bare list, in turns."""

    def __init__(self, network: str, planner: Terminal, bare: Terminal) -> None:
        self.network, self.planner, self.bare = network, planner, bare
        self.moves: list[Press] = []
        self.kinds: list[tuple[str, list[Press], float | None, int | None, float | None]] = []
        self.others: list[Figure] = []

    def kind(
        self, what: str, steps: Sequence[Step], bar: float | None = None, most_bytes: int | None = None,
        last_bar: float | None = None,
    ) -> None:  # fmt: skip
        """Measure one kind of key."""
        self._bare_moves()
        found = [(step, press(self.planner, step, least=most_bytes is not None)) for step in steps]
        self.kinds.append((what, [one for step, one in found if step.counts], bar, most_bytes, last_bar))

    def _bare_moves(self) -> None:
        self.moves += (press(self.bare, Step(key), rest=0.01) for key in ("down", "up") * (BARE_MOVES // 2))

    def typed_ahead(self, rounds: int) -> None:
        """A letter, and another while the first is sought: how long the second waits is how long keys stand still."""
        self._bare_moves()
        found = []
        for _ in range(rounds):
            self.planner.press("e")
            self.planner.read(2.0)
            found.append(press(self.planner, Step("n")))
            for _ in "en":
                press(self.planner, Step("backspace", counts=False))
        self.kinds.append(("search: a letter while another is sought", found, FIRST_LETTER, None, None))

    def held(self, key: str, rows: int) -> None:
        """A key held in a list: bytes for each row it passes."""
        press(self.planner, Step("home", counts=False))
        before = len(self.planner.received)
        for _ in range(rows):
            self.planner.press(key)
            self.planner.read(0.2)
        self.planner.settle(FRAMES_QUIET)
        sent = (len(self.planner.received) - before) / rows
        self.others.append(Figure(self.network, "held key: bytes for a row", sent, "B", SCROLL_BYTES))

    def figures(self) -> Iterator[Figure]:
        """The rows of all kinds."""
        move = Sample(tuple(one.first for one in self.moves))
        worked = Sample(tuple(one.processor for one in self.moves)).middle
        for what, presses, bar, most_bytes, last_bar in self.kinds:
            processor = Sample(tuple(one.processor for one in presses)).middle / worked
            first, last = (Sample(tuple(times)) for times in zip(*((p.first, p.last) for p in presses), strict=True))
            yield ratio(self.network, what, first, move, BESIDE, bar, processor)
            yield ratio(self.network, f"{what}: last frame", last, move, BESIDE, last_bar)
            sent = Sample(tuple(float(one.sent) for one in presses))
            if most_bytes is not None:
                floor = Sample(tuple(float(one.least) for one in presses)).most
                yield Figure(
                    self.network, f"{what}: bytes, p95", sent.most, "B", most_bytes, most=sent.most, floor=floor
                )
        yield from self.others
        yield Figure(self.network, "bare list: move", move.middle, "ms", most=move.most, processor=worked)


def steps(*keys: str, whole: bool = False) -> list[Step]:
    """Keys that all count, and are answered by their first frame."""
    return [Step(key, whole=whole) for key in keys]


def there_and_back(key: str, wanted: Wanted, back: str, gone: Wanted, rounds: int) -> list[Step]:
    """A key that counts, and one after it that does not, again and again."""
    return [Step(key, wanted), Step(back, gone, counts=False)] * rounds


@contextmanager
def side_by_side(network: str) -> Iterator[Side]:
    """The planner on a copy of a network, since keys write, and the bare list beside it."""
    home = dense_home() if network == "dense" else database_of(int(network.replace(",", "")))
    with tempfile.TemporaryDirectory(prefix="planner-bench-") as folder:
        copy = Path(folder) / "home"
        shutil.copytree(home, copy)
        with open_planner(copy) as planner, open_bare("lines") as bare:
            planner.wait_for("later")
            bare.wait_for(READY)
            planner.settle(0.5)
            bare.settle(0.5)
            yield Side(network, planner, bare)


def measure(network: str, rounds: int = 3) -> Iterator[Figure]:
    """Press every kind of key on one network."""
    with side_by_side(network) as side:
        _agenda(side, rounds)
        _places(side, rounds)
        _contacts(side, rounds)
        if network == "dense":
            _dense(side, rounds)
        yield from side.figures()
        yield Figure(network, "memory after a session", side.planner.peak_memory(), "MiB")
        yield Figure(network, "memory after a session, bare list", side.bare.peak_memory(), "MiB")


def _agenda(side: Side, rounds: int) -> None:
    side.kind("agenda: move", steps(*("down",) * 10, *("up",) * 10), MOVE, MOVE_BYTES)
    side.kind("agenda: page", steps(*("pagedown", "pageup") * rounds), PAGE, PAGE_BYTES)
    side.kind("agenda: first and last", steps(*("end", "home") * rounds))
    back = lambda text: "esc leave it" not in text  # noqa: E731
    for key, name in {"d": "done", "s": "snooze", "n": "note", "F": "follow-up", "g": "I gave", "a": "capture"}.items():
        side.kind(f"prompt: {name}", there_and_back(key, "esc leave it", "escape", back, 2))
    for key, name in {"b": "brief", "w": "why", "ctrl+p": "palette"}.items():
        side.kind(f"dialog: {name}", there_and_back(key, "╭──", "escape", lambda text: "╭──" not in text, 2))
    side.kind("place: help", there_and_back("?", "/ searches", "escape", lambda text: "/ searches" not in text, 2))
    side.kind("place: form of a contact", there_and_back("e", "ctrl+s", "escape", "later", 2))
    side.kind("place: one contact", there_and_back("enter", "esc back", "escape", "later", rounds))
    side.kind("place: focus triage", there_and_back("f", "next person", "escape", "later", rounds))
    side.kind("agenda: week before and after", steps(*("[", "]") * rounds))
    asked = Step("d", "esc leave it", counts=False)
    side.kind(
        "d and enter, undo: first frame with the change",
        [asked, Step("enter", "✓"), Step("u", "Took back")] * rounds, SETTLE,
    )  # fmt: skip


def _places(side: Side, rounds: int) -> None:
    side.kind("place: first seen", [Step(key, PLACES[key]) for key in "2345"])
    again = [Step(key, PLACES[key]) for key in "12345"] * rounds
    side.kind("place: seen before", again, AGAIN)


def _contacts(side: Side, rounds: int) -> None:
    side.planner.ask("2", wanted=PLACES["2"])
    side.planner.settle(CARD_QUIET)
    side.kind("contacts: move", steps(*("down",) * 10, *("up",) * 10), MOVE, MOVE_BYTES)
    side.kind("contacts: page", steps(*("pagedown",) * 6, *("pageup",) * 6), PAGE, PAGE_BYTES)
    side.kind("contacts: first and last", steps(*("end", "home") * rounds))
    side.held("down", 60)
    for key, name in {"c": "company", "l": "last contact", "d": "due", "p": "open loops", "n": "name"}.items():
        side.kind(
            f"contacts: order by {name}",
            [Step("O", "Sort by", counts=False), Step(key, lambda text: "Sort by" not in text)] * 2,
        )  # fmt: skip
    side.planner.ask("/", wanted="Filter")
    side.planner.settle(CARD_QUIET)
    letters = steps(*"lars ber", *("backspace",) * 8, whole=True)
    side.kind("search: a letter", letters, FIRST_LETTER, PAGE_BYTES, LAST_LETTER)
    side.typed_ahead(rounds)
    side.planner.ask("escape", wanted=lambda text: "Filter" not in text)
    side.planner.settle(CARD_QUIET)


def _dense(side: Side, rounds: int) -> None:
    side.planner.ask("3", wanted=PLACES["3"])
    side.planner.settle(CARD_QUIET)
    side.kind("ledger: move", steps(*("down",) * 6, *("up",) * 6), MOVE, MOVE_BYTES)
    side.kind("ledger: page", steps(*("pagedown", "pageup") * rounds), PAGE)
    side.planner.ask("4", wanted=PLACES["4"])
    side.planner.settle(CARD_QUIET)
    side.kind("needs: move from need to need", steps(*("down",) * 6, *("up",) * 6), ANSWER)
    side.kind("needs: people of a need", there_and_back("enter", None, "escape", None, 2), ANSWER)
    side.planner.ask("5", wanted=PLACES["5"])
    side.planner.ask("/", wanted="empty it")
    side.kind("reach: a letter", steps(*"sncf", *("backspace",) * 4, whole=True), FIRST_LETTER, last_bar=ANSWER)
    side.planner.press("escape")
    side.planner.settle(CARD_QUIET)


def idle(meanwhile: Callable[[], Iterable[Figure]], seconds: float = 60.0) -> Iterator[Figure]:
    """A planner of 100,000 that nobody touches, while other things are measured: what they take is not its own."""
    with open_planner(database_of(100_000)) as terminal:
        terminal.wait_for("later")
        terminal.settle(1.0)
        before, used, began = len(terminal.received), terminal.processor_seconds(), time.perf_counter()
        yield from meanwhile()
        while terminal.read(max(0.0, began + seconds - time.perf_counter())):
            pass
        spent = terminal.processor_seconds() - used
        sent = len(terminal.received) - before
        passed = time.perf_counter() - began
    yield Figure("100,000", "idle for a minute: bytes", sent, "B", 0)
    yield Figure("100,000", "idle for a minute: processor", 100 * spent / passed, "%", 0.1)


def beside_an_import() -> Iterator[Figure]:
    """Moves while another program writes 30,000 people into the same planner, beside moves before it."""
    with tempfile.TemporaryDirectory(prefix="planner-bench-") as folder:
        home, cards = Path(folder) / "home", Path(folder) / "people.vcf"
        shutil.copytree(database_of(10_000), home)
        cards.write_text("".join(map(card, range(RECORDS))), "utf-8", newline="")
        moves = [Step(key) for key in ("down", "up") * 10]
        with open_planner(home) as planner:
            planner.wait_for("later")
            planner.settle(1.0)
            alone = [press(planner, step).first for step in moves]
            # What it remarks on is not what is measured.
            writer = subprocess.Popen(
                [*planner_program(), "import", str(cards)], env=environment(home), stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )  # fmt: skip
            beside: list[float] = []
            while writer.poll() is None:
                beside.append(_answered(planner, "down" if len(beside) % 2 else "up"))
            assert writer.returncode == 0, "nothing was imported"
    meanwhile, idle_move = Sample(tuple(beside)), Sample(tuple(alone))
    yield ratio("10,000", "move while an import writes", meanwhile, idle_move, "× move at rest", MEANWHILE)


def _answered(terminal: Terminal, key: str) -> float:
    """Milliseconds to the first frame; nothing is waited for but that."""
    while terminal.read(FRAMES_QUIET):
        pass
    began = time.perf_counter()
    terminal.press(key)
    terminal.read(5.0)
    return (terminal.last_output - began) * 1000
