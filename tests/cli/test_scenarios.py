"""Whole stories told to the command line: every `tests/scenarios/*.toml`, whose head says how to read them."""

from __future__ import annotations

import shlex
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import TODAY, Planner

FOLDER = Path(__file__).parents[1] / "scenarios"
SCENARIOS = [story for path in sorted(FOLDER.glob("*.toml")) for story in tomllib.loads(path.read_text())["scenario"]]


def missing(wanted: Any, found: Any, where: str = "") -> str:
    """What of `wanted` is not in `found`, empty when all of it is; entries of a list match one each."""
    if isinstance(wanted, dict):
        if not isinstance(found, dict):
            return f"{where}: {found!r} holds nothing"
        return next(filter(None, (missing(part, found.get(key), f"{where}.{key}") for key, part in wanted.items())), "")
    if isinstance(wanted, list):
        left = list(found)
        for entry in wanted:
            match = next((one for one in left if not missing(entry, one)), None)
            if match is None:
                return f"{where}: {entry} is not in {left}"
            left.remove(match)
        return ""
    return "" if wanted == found else f"{where}: {found!r} is not {wanted!r}"


def at(answer: Any, path: str) -> Any:
    for name in path.split("."):
        answer = answer[name]
    return answer


@pytest.mark.parametrize("story", SCENARIOS, ids=[story["name"] for story in SCENARIOS])
def test_story(planner: Planner, story: dict[str, Any]) -> None:
    for line in story["do"]:
        today, words = TODAY, line
        refused = words.startswith("! ")
        words = words.removeprefix("! ")
        if words.startswith("@"):
            day, _, words = words.partition(" ")
            today = day[1:]
        if refused:
            planner.refused(*shlex.split(words), today=today)
        else:
            planner.done(*shlex.split(words), today=today)
    for expected in story["see"]:
        answer = planner.json(*shlex.split(expected["run"]), today=expected.get("on", TODAY))
        assert not (problem := missing(expected.get("has", {}), answer)), f"{problem}\n{answer}"
        for path, count in expected.get("count", {}).items():
            assert len(at(answer, path)) == count, at(answer, path)
    assert planner.done("doctor").code == 0


def test_a_story_that_is_not_so_is_noticed() -> None:
    answer = {"items": [{"id": "c1", "due": "2026-11-23"}, {"id": "c2", "due": "2026-11-24"}]}
    assert not missing({"items": [{"due": "2026-11-24"}, {"id": "c1"}]}, answer)
    assert missing({"items": [{"id": "c1"}, {"due": "2026-11-23"}]}, answer)
    assert missing({"items": [{"id": "c3"}]}, answer)
    assert missing({"people": [{"id": 1}]}, {"people": []})
    assert missing({"looking_for": {"a": 1}}, {"looking_for": ""})
