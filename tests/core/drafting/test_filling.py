"""The small replacer: facts go in, nothing acts, and no hole is left."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.core.drafting.filling import PLACEHOLDERS, check_template, fill
from planner.errors import Refused

EMPTY = dict.fromkeys(PLACEHOLDERS, "")


@pytest.mark.parametrize(
    ("template", "values", "text"),
    [
        ("Hello {name}, {need}.", {"name": "Ben", "need": "a flat"}, "Hello Ben, a flat."),
        ("It is {need}.", {"need": "done."}, "It is done."),
        ("It is {need}.", {"need": "done…"}, "It is done…"),
        ("Hello {name},", {}, "Hello,"),
        ("One[ by {by}].", {"by": "1 May"}, "One by 1 May."),
        ("One[ by {by}].", {}, "One."),
        ("One [two] three", {}, "One [two] three"),
        ("{looking} {reason} {deadline}", {"looking": "A.", "deadline": "B."}, "A. B."),
        ("One\n\n{reason}\n\n{deadline}\n\nTwo", {}, "One\n\nTwo"),
        ("One\n{reason}\nTwo", {}, "One\nTwo"),
        ("[{one_about}.]\nTwo", {}, "Two"),
        ("{reason}.", {}, ""),
        ("{ name } or { or }{", {"name": "x"}, None),
        ("{name.__class__}", {}, None),
        ("{0}", {}, None),
        ("{}", {}, None),
        ("{need!r}", {}, None),
        ("%s %(name)s $name {name}", {"name": "{need} [x {why}] %s"}, "%s %(name)s $name {need} [x {why}] %s"),
    ],
)
def test_a_template_is_filled(template: str, values: dict[str, str], text: str | None) -> None:
    if text is None:
        with pytest.raises(Refused, match="which does not exist"):
            fill(template, {**EMPTY, **values})
    else:
        assert fill(template, {**EMPTY, **values}) == text


texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=30)


@given(texts, st.lists(st.sampled_from(tuple(PLACEHOLDERS)), max_size=4))
def test_what_is_filled_in_is_never_filled_in_again(text: str, names: list[str]) -> None:
    value = f"x{{name}}{' '.join(text.split())}x"
    found = fill(" ".join(f"<{{{one}}}>" for one in names), {one: f"x{{{one}}}x" for one in PLACEHOLDERS})
    assert found == " ".join(f"<x{{{one}}}x>" for one in names)
    assert "{name}" in fill("{why}", {**EMPTY, "why": value})


def test_a_placeholder_that_does_not_exist_is_named() -> None:
    with pytest.raises(Refused) as refused:
        check_template("Hello {nmae},", "announce.friendly.en")
    assert "announce.friendly.en asks for {nmae}, which does not exist" in refused.value.message
    assert "name" in refused.value.advice
    with pytest.raises(Refused) as hostile:
        check_template("{\x1b[31m}", "x")
    assert "\x1b" not in str(hostile.value)


def test_a_template_has_a_length() -> None:
    with pytest.raises(Refused, match="characters"):
        check_template("x" * 30_000, "x")
