"""The table of promises and the page of threats name tests that exist, for every promise and every sentence."""

from __future__ import annotations

import re
from pathlib import Path

from tests.cases import case
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
