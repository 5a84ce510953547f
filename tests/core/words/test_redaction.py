"""Names and addresses taken out of texts: in any case and spelling, as whole words, and nothing else."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from planner.core.words.folding import fold
from planner.core.words.redaction import FORGOTTEN, redaction, surnames
from tests.cases import case

TEXTS = {
    "met Zoë Lind-Moor at noon": "met (forgotten) at noon",
    "ZOE  LIND-MOOR, zoe\nlind-moor": "(forgotten), (forgotten)",
    "Zoe\u0308 Lind-Moor came": "(forgotten) came",
    "Zoë Lind-Moore and Azoë Lind-Moor": "Zoë Lind-Moore and Azoë Lind-Moor",
    "write zoe@lind.example or ZOE@Lind.Example": "write (forgotten) or (forgotten)",
    "her number: 06 98 76 54 32": "her number: (forgotten)",
    "+33 (0)6-98.76.54.32; room 98765432100": "(forgotten); room 98765432100",
    "from 2026-11-23 to 2026-12-24": "from 2026-11-23 to 2026-12-24",
    "the Lind-Moor house": "the Lind-Moor house",
    "Max may come in May": "Max may come in (forgotten)",
}


def test_names_addresses_and_numbers_go_in_any_spelling_as_whole_words() -> None:
    redact = redaction(["Zoë Lind-Moor", "May"], ["zoe@lind.example", "+33698765432"])
    for text, left in TEXTS.items():
        with case(text):
            assert redact(text) == left
    assert surnames(["Zoë Lind-Moor", "May"]) == ("Lind-Moor",)
    assert redaction([], [], ["Lind-Moor"])("the Lind-Moor house, a lind-moor") == f"the {FORGOTTEN} house, a lind-moor"


@settings(max_examples=40)
@given(before=st.text(max_size=20), after=st.text(max_size=20))
def test_what_stands_around_a_name_stays(before: str, after: str) -> None:
    redact = redaction(["Zoë Lind"], [])
    left = redact(f"{before} | Zoë Lind | {after}")
    if "lind" not in fold(before + after):
        assert left == f"{before} | {FORGOTTEN} | {after}"
    assert FORGOTTEN in left
