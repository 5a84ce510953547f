"""The table of promises and the page of threats name tests that exist, for every promise and every sentence."""

from __future__ import annotations

import re
from pathlib import Path

from tests.cases import case
from tests.trust import table
from tests.trust.promises import PROMISES, ROOT

_NAMED = re.compile(r"`([a-z_/]+\.py)::(test_\w+)`")


def exists(file: str, test: str) -> bool:
    path = ROOT / file
    return path.is_file() and re.search(rf"^(?:async )?def {test}\(", path.read_text("utf-8"), re.MULTILINE) is not None


def test_every_promise_names_tests_that_are_there() -> None:
    assert [one.name for one in PROMISES] == [f"R{n}" for n in range(1, 15)] + [f"S{n}" for n in range(1, 8)]
    for one in PROMISES:
        with case(one.name):
            assert one.tests
            for name in (*one.tests, *one.long, *one.bench):
                assert exists(*name.split("::")), name


def test_every_sentence_of_the_page_of_threats_names_a_test() -> None:
    page = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    section = page.partition("## Who is trusted with what\n")[2].partition("\n## ")[0]
    promised = re.split(r"^- ", section, flags=re.MULTILINE)[1:]
    assert len(promised) > 8
    for one in promised:
        with case(one[:60]):
            named = _NAMED.findall(one)
            assert named
            for file, test in named:
                assert exists(str(Path("tests") / file), test), test


def test_the_readme_says_what_is_promised_in_the_words_of_the_table_each_with_a_figure() -> None:
    section = table.README.read_text("utf-8").partition(table.FROM)[2].partition(table.TO)[0].strip("\n")
    assert section.startswith(table.HEAD), "run: python -m tests.trust --readme"
    told = [[cell.strip() for cell in line.strip("|").split("|")] for line in section.splitlines()[2:]]
    assert [cells[:2] for cells in told] == [[one.name, one.what] for one in PROMISES]
    for name, _, figure in told:
        with case(name):
            assert re.search(r"\d", figure), figure


def test_a_promise_is_broken_by_a_test_that_fails_is_skipped_or_says_nothing() -> None:
    one = PROMISES[1]
    names = {one.name: one.tests}
    said = dict.fromkeys(one.tests, "0 of 300 lost")
    for outcome, figures, whole in (("passed", said, True), ("failed", said, False), ("skipped", said, False),
                                    ("passed", {}, False), ("", said, False)):  # fmt: skip
        with case(outcome, figures):
            outcomes = dict.fromkeys(one.tests, outcome) if outcome else {}
            (row,) = table.rows([one], names, outcomes, figures)
            assert row.whole is whole
            assert ("kept" in table.printed([row]).splitlines()[0]) is whole
    assert "0 of 300 lost" in table.markdown(table.rows([one], names, dict.fromkeys(one.tests, "passed"), said))
