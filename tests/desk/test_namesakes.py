"""People who share a name are told apart by where they work or live, wherever a name fits several."""

from __future__ import annotations

import pytest

from planner.desk import Desk
from planner.errors import Refused
from planner.ui.shared.people_dialog import people_echo, people_for
from tests.desk.desks import add


def test_a_name_that_fits_several_says_who_is_who(desk: Desk) -> None:
    for fields in ({"company": "Port of Lyon"}, {"city": "Porto"}, {"title": "Nurse"}, {}):
        add(desk, "Ana Silva", **fields)
    add(desk, "Ana Lopes", company="SNCF")
    with pytest.raises(Refused) as refusal:
        desk.people.find("Ana Silva")
    words = "Ana Silva, Port of Lyon (#1); Ana Silva, Porto (#2); Ana Silva, Nurse (#3); Ana Silva (#4)"
    assert words in str(refusal.value)
    assert "They share a name: give the number, '#1'" in str(refusal.value)
    with pytest.raises(Refused, match=r"Ana Lopes \(#5\)"):
        desk.capture.take("Ana: coffee")


def test_names_that_are_typed_show_it_too(desk: Desk) -> None:
    add(desk, "Emre Yıldız", company="SNCF")
    add(desk, "Emre Yıldız", city="Köln")
    add(desk, "Emre Öztürk", company="ACME")
    shown = people_echo(people_for(desk, "emre")).plain
    assert "Emre Yıldız, SNCF #1" in shown
    assert "Emre Yıldız, Köln #2" in shown
    assert "ACME" not in shown
