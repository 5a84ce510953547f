"""The table of promises with the figures of a run, as it is printed and as it stands in the README."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from tests.trust.promises import PROMISES, ROOT, Promise

README = ROOT / "README.md"
FROM = "<!-- trust: written by python -m tests.trust --readme, its shape kept by tests/trust/test_promises.py -->\n"
TO = "<!-- end of trust -->"
HEAD = "| | what is promised | shown by one run |\n|---|---|---|\n"


class Row(NamedTuple):
    """How a promise fared: its tests with their outcomes, and the figure each printed ("" for none)."""

    promise: Promise
    outcomes: tuple[tuple[str, str], ...]
    figures: tuple[str, ...]

    @property
    def kept(self) -> bool:
        """Whether every test ran and passed; a test that was skipped shows nothing."""
        return all(outcome == "passed" for _, outcome in self.outcomes)

    @property
    def whole(self) -> bool:
        """Whether the promise is kept, and a figure says so."""
        return self.kept and any(self.figures)


def rows(
    promises: Sequence[Promise],
    tests: Mapping[str, Sequence[str]],
    outcomes: Mapping[str, str],
    said: Mapping[str, str],
) -> list[Row]:
    """The rows of a run: the tests of each promise by its name, their outcomes and last lines by test."""
    return [
        Row(
            one,
            tuple((test, outcomes.get(test, "not run")) for test in tests[one.name]),
            tuple(said.get(test, "") for test in tests[one.name]),
        )
        for one in promises
    ]


def printed(found: Sequence[Row]) -> str:
    """The table for a terminal."""
    lines = []
    for row in found:
        passed = sum(outcome == "passed" for _, outcome in row.outcomes)
        state = "kept" if row.whole else "BROKEN" if not row.kept else "MUTE"
        lines.append(f"{row.promise.name:<4}{state:<8}{row.promise.what}  ({passed} of {len(row.outcomes)} tests)")
        for (test, outcome), figure in zip(row.outcomes, row.figures, strict=True):
            if figure or outcome != "passed":
                lines.append(f"            {figure or test}{'' if outcome == 'passed' else f'  [{outcome}]'}")
    lines.append(f"{sum(row.whole for row in found)} of {len(found)} promises kept, each with its figure")
    return "\n".join(lines)


def markdown(found: Sequence[Row]) -> str:
    """The table for the README."""
    lines = [
        f"| {row.promise.name} | {row.promise.what} | {'; '.join(filter(None, row.figures)).replace('|', '/')} |\n"
        for row in found
    ]
    return HEAD + "".join(lines)


def write(found: Sequence[Row], readme: Path = README) -> None:
    """Write a whole table into the README; a run of some promises, or one that broke some, is not written."""
    if [row.promise for row in found] != list(PROMISES) or not all(row.whole for row in found):
        raise SystemExit("README.md stays as it is: it takes a run in which every promise is kept")
    before, rest = readme.read_text("utf-8").split(FROM)
    _, after = rest.split(TO)
    readme.write_text(f"{before}{FROM}\n{markdown(found)}\n{TO}{after}", encoding="utf-8")
