"""Runs the tests of every promise, then prints the table: `python -m tests.trust [--long] [--bench] [R1 S7 …]`.

A figure is the last line that a test prints; a promise is kept when all of its tests pass.
"""

from __future__ import annotations

import sys

import pytest

from tests.trust.promises import PROMISES, Promise


class Figures:
    """What pytest tells of each test: whether it passed, was skipped or failed, and the last line it printed."""

    def __init__(self) -> None:
        self.outcomes: dict[str, str] = {}
        self.lines: dict[str, str] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Take in how one phase of a test went."""
        name = report.nodeid.partition("[")[0]
        if report.when == "call" or report.outcome != "passed":
            worse = self.outcomes.get(name) == "failed" or (report.outcome == "passed" and name in self.outcomes)
            self.outcomes[name] = self.outcomes[name] if worse else report.outcome
        printed = [line for line in report.capstdout.splitlines() if line.strip()]
        if printed:
            self.lines[name] = printed[-1].strip()


def main(words: list[str]) -> int:
    """Print the table; the exit code is 1 when a promise is not kept."""
    wanted = [one for one in PROMISES if one.name in words] or list(PROMISES)

    def tests_of(one: Promise) -> tuple[str, ...]:
        return (*one.tests, *(one.long if "--long" in words else ()), *(one.bench if "--bench" in words else ()))

    figures = Figures()
    asked = list(dict.fromkeys(test for one in wanted for test in tests_of(one)))
    pytest.main(["-q", "-n", "0", "-m", "", "--tb=short", *asked], plugins=[figures])
    broken = 0
    for one in wanted:
        outcomes = [figures.outcomes.get(test, "not run") for test in tests_of(one)]
        kept = "failed" not in outcomes and "not run" not in outcomes
        broken += not kept
        count = f"{outcomes.count('passed')} of {len(outcomes)} tests"
        print(f"{one.name:<4}{'kept' if kept else 'BROKEN':<8}{one.what}  ({count})")
        for test, outcome in zip(tests_of(one), outcomes, strict=True):
            said = figures.lines.get(test, "")
            if said or outcome != "passed":
                print(f"            {said or test}{'' if outcome == 'passed' else f'  [{outcome}]'}")
    print(f"{len(wanted) - broken} of {len(wanted)} promises kept")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
