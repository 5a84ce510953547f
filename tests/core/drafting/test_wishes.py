"""What people write that they want, read so that it stands well in a sentence."""

from __future__ import annotations

import pytest

from planner.core.drafting.wishes import as_sentence, read_wish

# As typed, shape, language, as it is kept
WISHES = [
    ("a flat in Lyon", "thing", "en", "a flat in Lyon"),
    ("A job at Nordlys Energy", "thing", "en", "a job at Nordlys Energy"),
    ("help with the move", "thing", "en", "help with the move"),
    ("2 rooms in Lyon", "thing", "en", "2 rooms in Lyon"),
    ("somebody at SNCF", "person", "en", "somebody at SNCF"),
    ("flat in Lyon", "other", "en", "flat in Lyon"),
    ("SNCF", "other", "en", "SNCF"),
    ("move to Oslo", "action", "en", "move to Oslo"),
    ("Move to Oslo", "action", "en", "move to Oslo"),
    ("to find a flat", "action", "en", "find a flat"),
    ("to find …", "action", "en", "find …"),
    ("want to move to Oslo.", "action", "en", "move to Oslo"),
    ("help a friend move", "action", "en", "help a friend move"),
    ("moving to Oslo", "doing", "en", "moving to Oslo"),
    ("which school is good?", "question", "en", "which school is good"),
    ("how to rent a boat", "question", "en", "how to rent a boat"),
    ("I want to move to Oslo", "sentence", "en", "I want to move to Oslo"),
    ("We’re moving to Oslo.", "sentence", "en", "We’re moving to Oslo"),
    ("help me find a flat", "sentence", "en", "help me find a flat"),
    ("my son needs a tutor", "sentence", "en", "my son needs a tutor"),
    ("Ben needs a roofer", "sentence", "en", "Ben needs a roofer"),
    ("I need a flat. It can be small", "sentence", "en", "I need a flat. It can be small"),
    ("looking for a flat", "thing", "en", "a flat"),
    ("I am looking for: a roofer.", "thing", "en", "a roofer"),
    ("Wanted: a piano", "thing", "en", "a piano"),
    ("need a flat", "thing", "en", "a flat"),
    ("eine Wohnung in Lyon", "thing", "de", "eine Wohnung in Lyon"),
    ("ein Dachdecker", "other", "de", "ein Dachdecker"),
    ("jemanden bei der Bahn", "person", "de", "jemanden bei der Bahn"),
    ("nach Oslo ziehen", "action", "de", "nach Oslo ziehen"),
    ("eine Wohnung finden", "action", "de", "eine Wohnung finden"),
    ("ich suche eine Wohnung", "thing", "de", "eine Wohnung"),
    ("wir ziehen nach Oslo", "sentence", "de", "wir ziehen nach Oslo"),
    ("welche Schule ist gut?", "question", "de", "welche Schule ist gut"),
    ("un appartement à Lyon", "thing", "fr", "un appartement à Lyon"),
    ("déménager à Oslo", "action", "fr", "déménager à Oslo"),
    ("je cherche un plombier", "thing", "fr", "un plombier"),
    ("quelqu'un à la SNCF", "person", "fr", "quelqu'un à la SNCF"),
    ("un piso en Lyon", "thing", "es", "un piso en Lyon"),
    ("mudarme a Oslo", "action", "es", "mudarme a Oslo"),
    ("busco trabajo", "thing", "es", "trabajo"),
    ("quiero mudarme a Oslo", "sentence", "es", "quiero mudarme a Oslo"),
]


@pytest.mark.parametrize(("typed", "shape", "language", "kept"), WISHES, ids=[row[0] for row in WISHES])
def test_a_wish_is_read(typed: str, shape: str, language: str, kept: str) -> None:
    wish = read_wish(typed)
    assert (wish.shape, wish.language, wish.text) == (shape, language, kept)


def test_any_text_is_read() -> None:
    for typed in ("", ".", "…", "?", "!", "\x1b[31m", "a", "to", "I", "  \n ", "{name}", "[x]", "1", "—", "اُ", "🙂"):
        read_wish(typed)


def test_a_sentence_has_one_mark_at_its_end() -> None:
    assert [as_sentence(text) for text in ("go", "Go.", "go?", "go…", "", "go;")] == [
        "Go.", "Go.", "Go?", "Go…", "", "Go.",
    ]  # fmt: skip
