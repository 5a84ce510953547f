"""Runs the tests of every promise, then prints the table: `python -m tests.trust [--long] [--bench] [R1 S7 …]`.

A figure is the last line that a test prints; a promise is kept when all of its tests pass and a figure says so. The
exit code is 1 where one is not. `--readme` writes the table of a whole run into the README.
"""

from __future__ import annotations

import sys

import pytest

from tests.trust import table
from tests.trust.promises import PROMISES, Promise


class Figures:
    """What pytest tells of each test: whether it passed, was skipped or failed, and the last line it printed."""

    def __init__(self) -> None:
        self.outcomes: dict[str, str] = {}
        self._said: dict[str, dict[str, str]] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Take in how one phase of a test went."""
        name = report.nodeid.partition("[")[0]
        if report.when == "call" or report.outcome != "passed":
            worse = self.outcomes.get(name) == "failed" or (report.outcome == "passed" and name in self.outcomes)
            self.outcomes[name] = self.outcomes[name] if worse else report.outcome
        printed = [line for line in report.capstdout.splitlines() if line.strip()]
        if printed:
            self._said.setdefault(name, {})[report.nodeid] = printed[-1].strip()

    @property
    def lines(self) -> dict[str, str]:
        """The figure of each test; those of one that runs with several values, one after the other."""
        return {name: "; ".join(dict.fromkeys(said.values())) for name, said in self._said.items()}


def main(words: list[str]) -> int:
    """Print the table; the exit code is 1 when a promise is not kept."""
    wanted = [one for one in PROMISES if one.name in words] or list(PROMISES)

    def tests_of(one: Promise) -> tuple[str, ...]:
        return (*one.tests, *(one.long if "--long" in words else ()), *(one.bench if "--bench" in words else ()))

    figures = Figures()
    asked = list(dict.fromkeys(test for one in wanted for test in tests_of(one)))
    pytest.main(["-q", "-n", "4", "-m", "", "--tb=short", *asked], plugins=[figures])
    found = table.rows(wanted, {one.name: tests_of(one) for one in wanted}, figures.outcomes, figures.lines)
    print(table.printed(found))
    if "--readme" in words:
        table.write(found)
    return 0 if all(row.whole for row in found) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
