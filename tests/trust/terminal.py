"""A real terminal to run programs in: keys go in, the bytes that come out are counted and drawn on a screen.

The program runs under a pseudo-terminal of its own session, as it would under sshd or a terminal window.
Waiting is always for something: a text, silence, the end of the program.
"""

from __future__ import annotations

import errno
import fcntl
import os
import re
import select
import shutil
import signal
import struct
import sys
import sysconfig
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

import pexpect
import pyte

from planner.terminal.pace import ANSWER, QUESTION
from tests.cases import Patience

TODAY = "2026-11-23"
"""A Monday."""
KEYS = {
    "up": b"\x1b[A", "down": b"\x1b[B", "right": b"\x1b[C", "left": b"\x1b[D", "home": b"\x1b[H", "end": b"\x1b[F",
    "pageup": b"\x1b[5~", "pagedown": b"\x1b[6~", "enter": b"\r", "tab": b"\t", "backspace": b"\x7f",
    "space": b" ", "escape": b"\x1b", "ctrl+c": b"\x03", "ctrl+p": b"\x10", "ctrl+s": b"\x13",
}  # fmt: skip
_QUERY = re.compile(rb"\x1b\[\?(\d+)\$p")
_UNKNOWN_TO_THE_SCREEN = re.compile(
    rb"\x1b\[[<>=?][\d;]*\$[a-z]|\x1b\[[<>=][\d;]*[a-z]|\x1b\[\?[\d;]*m|\x1bP[^\x1b]*\x1b\\"
)
_FRAME_ENDS = b"\x1b[?2026l"
_UNFINISHED = re.compile(rb"\x1b(?:\[[0-9;<>=?$]*|[\]P][^\x07\x1b]*\x1b?)?$")


def planner_program() -> list[str]:
    """The installed command, or the module where the project is not installed."""
    beside = Path(sysconfig.get_path("scripts")) / "planner"
    return [str(beside)] if beside.exists() else [sys.executable, "-m", "planner"]


def environment(home: Path, **more: str) -> dict[str, str]:
    """The environment of a person in a common terminal, with everything of the planner under `home`."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "TZ", "TMPDIR", "PYTHONPATH") if name in os.environ}
    ours = {
        "HOME": str(home),
        "PLANNER_HOME": str(home),
        "PLANNER_TODAY": TODAY,
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "LC_ALL": "C.UTF-8",
    }
    return kept | ours | more


def has_work(process_id: int) -> bool:
    """Whether a thread of a process, or of one it started, runs or waits for the processor or the disk."""
    waiting = [process_id]
    while waiting:
        tasks = Path(f"/proc/{waiting.pop()}/task")
        with suppress(FileNotFoundError, ProcessLookupError):
            for task in tasks.iterdir():
                # The state follows the name, which stands in parentheses.
                if (task / "stat").read_text().rpartition(") ")[2][0] in "RD":
                    return True
                waiting += map(int, (task / "children").read_text().split())
    return False


class Terminal:
    """One program in one terminal; a context manager that leaves nothing running behind."""

    def __init__(
        self,
        command: Sequence[str],
        variables: Mapping[str, str],
        *,
        columns: int = 120,
        rows: int = 40,
        draw: bool = True,
        before: Callable[[], None] | None = None,
    ) -> None:
        """`draw` keeps a screen; without it bytes are only counted, which is quicker.

        `before` runs in the program's process before it starts, as ignoring a signal.
        """
        self.columns, self.rows = columns, rows
        self.drawn = draw
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self._unfinished = b""
        self._asked = b""
        self.received = bytearray()
        self.ended = False
        self.began = time.perf_counter()
        self.last_output = self.began
        self._process = pexpect.spawn(
            command[0], list(command[1:]), env=dict(variables), dimensions=(rows, columns), timeout=None,
            preexec_fn=before,
        )  # fmt: skip
        self.descriptor: int = self._process.child_fd
        self.process_id: int = self._process.pid
        os.set_blocking(self.descriptor, False)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the program if it still runs, and close the terminal."""
        if self._process.isalive():
            os.kill(self.process_id, signal.SIGKILL)
            self._process.wait()
        self.hang_up()

    def hang_up(self) -> None:
        """Close the terminal under the program, as a dropped line does."""
        if self.descriptor >= 0:
            self._process.ptyproc.fileobj.close()
            self.descriptor = -1

    # Keys in

    def press(self, *names: str) -> None:
        """Send keys by name; any other text is sent as it stands."""
        for name in names:
            self.send(KEYS.get(name, name.encode()))

    def send(self, data: bytes) -> None:
        """Send bytes to the program."""
        while data:
            try:
                sent = os.write(self.descriptor, data)
            except BlockingIOError:
                self.read(0.01)
                continue
            data = data[sent:]

    def resize(self, columns: int, rows: int) -> None:
        """Give the terminal another size; the program is told as by a window."""
        self.columns, self.rows = columns, rows
        self.screen.resize(rows, columns)
        fcntl.ioctl(self.descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    # Bytes out

    def read(self, seconds: float = 0.0) -> bytes:
        """What the program wrote, waiting at most so long for the first of it."""
        if self.ended or self.descriptor < 0:
            return b""
        ready, _, _ = select.select([self.descriptor], [], [], seconds)
        if not ready:
            return b""
        try:
            data = os.read(self.descriptor, 1 << 16)
        except OSError as error:
            if error.errno not in (errno.EIO, errno.EBADF):
                raise
            data = b""
        if not data:
            self.ended = True
            return b""
        self.last_output = time.perf_counter()
        self.received += data
        self._answer(data)
        if self.drawn:
            self._draw(data)
        return data

    def _answer(self, data: bytes) -> None:
        # A terminal that knows synchronized output marks every frame, so that frames can be counted.
        text = self._asked + data
        for mode in _QUERY.findall(text):
            self.send(b"\x1b[?%s;%d$y" % (mode, 2 if mode == b"2026" else 0))
        self.send(ANSWER.encode() * text.count(QUESTION.encode()))
        unfinished = re.search(rb"\x1b(?:\[(?:\?[\d$]*|5)?)?$", text)
        self._asked = unfinished.group() if unfinished else b""

    def _draw(self, data: bytes) -> None:
        data = self._unfinished + data
        unfinished = _UNFINISHED.search(data)
        self._unfinished = unfinished.group() if unfinished else b""
        if unfinished:
            data = data[: unfinished.start()]
        self._stream.feed(_UNKNOWN_TO_THE_SCREEN.sub(b"", data))

    @property
    def frames(self) -> int:
        """How many frames the program has finished."""
        return self.received.count(_FRAME_ENDS)

    @property
    def lines(self) -> list[str]:
        """The lines of the screen, without the blanks at their ends."""
        # pyte keeps an empty cell after a wide character, which joins to nothing. Its own `display` measures every
        # letter again, which takes longer than to draw it.
        places, blank = range(self.columns), self.screen.default_char
        rows = (self.screen.buffer[row] for row in range(self.rows))
        return ["".join([row.get(place, blank).data for place in places]).rstrip() for row in rows]

    @property
    def text(self) -> str:
        """The screen as text."""
        return "\n".join(self.lines)

    # Waiting

    def wait_for(self, wanted: str | Callable[[str], bool]) -> str:
        """Read until the screen holds a text, or is as wanted; gives the screen."""
        patience, text = Patience(), self.text
        while True:
            if wanted in text if isinstance(wanted, str) else wanted(text):
                return text
            assert not self.ended, f"the program ended while {wanted!r} was waited for; the screen:\n{text}"
            assert not patience.over, f"{wanted!r} never came; the screen:\n{text}"
            if self.read(0.2):
                text = self.text

    def wait_gone(self, unwanted: str) -> str:
        """Read until the screen no longer holds a text; gives the screen."""
        return self.wait_for(lambda text: unwanted not in text)

    def settle(self, quiet: float = 0.15) -> str:
        """Read until nothing came for `quiet` seconds in which the program had nothing to do; gives the screen."""
        self.silence(quiet, at_rest=True)
        return self.text

    def silence(self, quiet: float, *, at_rest: bool = False) -> None:
        """Read until nothing came for `quiet` seconds; `at_rest` wants every process asleep in all of them."""
        patience = Patience()
        silent_since = time.perf_counter()
        while not self.ended:
            if self.read(quiet / 8) or (at_rest and has_work(self.process_id)):
                silent_since = time.perf_counter()
                assert not patience.over, f"never came to rest; the screen:\n{self.text}"
            elif time.perf_counter() - silent_since >= quiet:
                return

    def ask(self, *names: str, wanted: str | Callable[[str], bool]) -> str:
        """Press keys, then wait for what they should bring."""
        self.press(*names)
        return self.wait_for(wanted)

    def wait_end(self) -> int:
        """Read until the program has ended; gives its exit code, negative for the signal that ended it."""
        patience = Patience()
        while self._process.isalive():
            assert not patience.over, f"still running; the screen:\n{self.text}"
            if self.descriptor < 0 or self.ended:
                select.select([], [], [], 0.01)
            else:
                self.read(0.01)
        while self.descriptor >= 0 and self.read(0.05):
            pass
        status = self._process.exitstatus
        return int(status) if status is not None else -int(self._process.signalstatus or 0)

    @property
    def running(self) -> bool:
        """Whether the program still runs."""
        return bool(self._process.isalive())

    # The process

    def peak_memory(self) -> float:
        """The most memory the process held so far, in MiB."""
        status = Path(f"/proc/{self.process_id}/status").read_text()
        found = re.search(r"VmHWM:\s+(\d+) kB", status)
        return int(found[1]) / 1024 if found else 0.0

    def processor_seconds(self) -> float:
        """Processor time the process used so far, to the microsecond where the kernel tells."""
        parts = Path(f"/proc/{self.process_id}/schedstat").read_text().split()
        total = int(parts[0]) / 1e9
        for task in Path(f"/proc/{self.process_id}/task").iterdir():
            if task.name != str(self.process_id):
                total += int((task / "schedstat").read_text().split()[0]) / 1e9
        return total

    def is_restored(self) -> bool:
        """Whether what was sent leaves the terminal as it was: main screen, cursor shown, no mouse, no paste marks."""
        sent = bytes(self.received)
        pairs = [(b"\x1b[?1049h", b"\x1b[?1049l"), (b"\x1b[?25l", b"\x1b[?25h"), (b"\x1b[?1000h", b"\x1b[?1000l"),
                 (b"\x1b[?1003h", b"\x1b[?1003l"), (b"\x1b[?2004h", b"\x1b[?2004l")]  # fmt: skip
        return all(sent.rfind(on) < sent.rfind(off) for on, off in pairs if on in sent)

    def line_settings(self) -> list[object]:
        """The settings of the terminal line, to compare before and after."""
        attributes: list[object] = termios.tcgetattr(self.descriptor)
        return attributes


def planner_in_terminal(home: Path, *words: str, columns: int = 120, rows: int = 40, **more: str) -> Terminal:
    """The installed planner in a terminal, everything of it under `home`."""
    return Terminal([*planner_program(), *words], environment(home, **more), columns=columns, rows=rows)


def has_program(name: str) -> bool:
    """Whether a program is there to be run."""
    return shutil.which(name) is not None or Path("/usr/sbin", name).exists()
