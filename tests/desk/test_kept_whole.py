"""Everything a card says is kept, found, shown, merged, and given on to every file the planner writes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from planner.cli.json_cards import card as shape
from planner.core.contact_fields import said_more
from planner.desk import Desk
from planner.desk.values import ContactDraft
from planner.errors import Ambiguous
from planner.interchange.exporting import Exports
from planner.interchange.json import own
from planner.interchange.reading import read
from tests.desk.desks import add, open_desk
from tests.store.stores import assert_sound, facts

CARD = """BEGIN:VCARD
VERSION:3.0
UID:card-1
FN:Ana Lund
N:Lund;Ana;Maria;Dr.;PhD
NICKNAME:Annie,Al
ORG:Acme;Sales
ORG:Chess Club
TITLE:Head
TITLE:Treasurer\\; sails
ROLE:Buying
EMAIL:ana@x.example
IMPP;X-SERVICE-TYPE=Jabber;TYPE=HOME:xmpp:ana@chat.example
X-SKYPE:ana.lund
ADR;TYPE=HOME:;;2 Low St;York;;YO1;UK
item1.ADR:;;1 High St\\, back;Leeds;;LS1;UK
item1.X-ABLABEL:Studio
RELATED;TYPE=friend;VALUE=text:Bo Lind
END:VCARD
"""
SAID = {
    "nickname": "Annie, Al",
    "name_parts": [{"family": "Lund", "given": "Ana", "additional": "Maria", "prefix": "Dr.", "suffix": "PhD"}],
    "organisations": [{"name": "Acme", "department": "Sales"}, {"name": "Chess Club"}],
    "positions": ["Treasurer; sails", "Buying"],
    "chats": ["xmpp:ana@chat.example", "skype:ana.lund"],
    "streets": [
        {"street": "2 Low St", "city": "York", "code": "YO1", "country": "UK", "label": "home"},
        {"street": "1 High St, back", "city": "Leeds", "code": "LS1", "country": "UK", "label": "studio"},
    ],
}
SHOWN = [
    ("full name", "Dr. Ana Maria Lund PhD"),
    ("chat", "xmpp:ana@chat.example (home)"),
    ("chat", "skype:ana.lund"),
    ("address", "2 Low St, York, YO1, UK (home)"),
    ("address", "1 High St, back, Leeds, LS1, UK (studio)"),
    ("also at", "Acme, Sales"),
    ("also at", "Chess Club"),
    ("also as", "Treasurer; sails"),
    ("also as", "Buying (role)"),
]


def take(desk: Desk, path: Path) -> None:
    if path.suffix == ".json":
        desk.imports.fill(lambda schema: own.read(path, schema))
    else:
        desk.imports.run(read([path]))


@pytest.fixture
def ana(desk: Desk, tmp_path: Path) -> int:
    (tmp_path / "ana.vcf").write_text(CARD, encoding="utf-8")
    take(desk, tmp_path / "ana.vcf")
    return desk.people.find("Ana Lund")


@contextmanager
def another(path: Path, file: Path) -> Iterator[Desk]:
    """A planner that knows nothing but a file."""
    with open_desk(path) as found:
        take(found, file)
        yield found


def said(desk: Desk) -> dict[str, object]:
    found = shape(desk.reading.card(desk.people.find("Ana Lund")))
    assert [one["name"] for one in found["acquaintances"]] == ["Bo Lind"]
    return {name: found[name] for name in SAID}


def test_it_is_shown_and_goes_out_whole_in_every_format(desk: Desk, ana: int, tmp_path: Path) -> None:
    assert said(desk) == SAID
    assert said_more(desk.reading.card(ana).contact) == SHOWN
    before = facts(desk.store)
    take(desk, tmp_path / "ana.vcf")
    assert facts(desk.store) == before
    exports = Exports(desk.exports)
    assert "value: 1 High St, back, Leeds, LS1, UK" in b"".join(exports.person(ana)[1]).decode()
    everything = {"all.json": exports.everything(), "people.csv": exports.table(), "people.vcf": exports.cards()}
    for number, (name, (_, parts)) in enumerate(everything.items()):
        (tmp_path / name).write_bytes(b"".join(parts))
        with another(tmp_path / f"{number}.db", tmp_path / name) as other:
            assert said(other) == SAID, name
            assert_sound(other.store)


def test_a_nickname_is_a_name_wherever_one_is_typed(desk: Desk, ana: int) -> None:
    assert desk.people.find("annie") == desk.people.find("AL") == ana
    assert desk.people.find("Ann") == ana
    assert [name for _, name in desk.people.complete("anni")] == ["Ana Lund"]
    assert [mail for mail, _, _ in desk.addresses.query("annie")] == ["ana@x.example"]
    for query in ("nickname:annie", "annie", "treasurer", "leeds", "chess club"):
        assert [row.id for row in desk.reading.contacts(query).rows] == [ana], query
    done = desk.capture.take("Annie: met for tea")
    assert desk.reading.card(ana).interactions[0].note == "for tea", done
    # Somebody whose name it is comes first; somebody whose name holds it makes it a question.
    anne = add(desk, "Annie")
    assert desk.people.find("annie") == anne
    desk.people.edit(anne, ContactDraft(name="Annie Hall"))
    with pytest.raises(Ambiguous, match="Ana Lund"):
        desk.people.find("annie")
    desk.people.edit(ana, ContactDraft(nickname="Lulu"))
    assert desk.people.find("annie") == anne
    assert desk.people.find("lulu") == ana


def test_a_merge_unites_it_undo_brings_it_back_and_forgetting_leaves_nothing(desk: Desk, ana: int) -> None:
    other = add(desk, "Ana L", nickname="Lulu")
    before = facts(desk.store)
    desk.people.merge(other, ana)
    found = shape(desk.reading.card(other))
    assert found["nickname"] == "Lulu"
    assert "Nickname: Annie, Al" in found["notes"]
    assert (found["streets"], found["chats"]) == (SAID["streets"], SAID["chats"])
    assert_sound(desk.store)
    desk.keeping.undo()
    assert facts(desk.store) == before
    friend = add(desk, "Bo Vik", notes="plays at the Chess Club with Annie")
    desk.people.forget(ana)
    left = json.dumps(facts(desk.store), default=str)
    assert not [text for text in ("Low St", "ana.lund", "Annie", "Treasurer", "Lund;Ana") if text in left]
    # Where others go, too, is theirs.
    assert "Chess Club" in desk.reading.card(friend).contact.notes
