"""Records behave as frozen dataclasses do, before and after the first object of them."""

from __future__ import annotations

import copy
import pickle
from dataclasses import FrozenInstanceError, field, fields, is_dataclass, replace

import pytest

from planner.core.records import record


@record(frozen=True, slots=True)
class Place:
    """A record with a default and a made default."""

    name: str
    rooms: int = 2
    tags: dict[str, int] = field(default_factory=dict)


@record(frozen=True, slots=True)
class Flat(Place):
    """A record of a record."""

    floor: int = 0


@record(frozen=True, slots=True, kw_only=True)
class Named:
    """A record made by names alone."""

    name: str
    size: int


def test_values_come_by_place_and_by_name_and_have_their_defaults() -> None:
    place = Place("Lyon", tags={"a": 1})
    assert (place.name, place.rooms, place.tags) == ("Lyon", 2, {"a": 1})
    assert Place("Lyon").tags is not Place("Lyon").tags
    assert Flat("Lyon", 3, {}, 4).floor == 4


def test_a_missing_or_unknown_value_is_refused() -> None:
    with pytest.raises(TypeError, match="name"):
        Place()  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="colour"):
        Place("Lyon", colour="red")  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        Named("Lyon", 2)  # type: ignore[call-arg]


def test_nothing_can_be_changed_or_added() -> None:
    place = Place("Lyon")
    for name in ("name", "colour"):
        with pytest.raises(FrozenInstanceError):
            setattr(place, name, "Oslo")
    with pytest.raises(FrozenInstanceError):
        del place.name
    assert not hasattr(place, "__dict__")


def test_equal_values_of_one_kind_are_equal() -> None:
    assert Named(name="a", size=1) == Named(size=1, name="a")
    assert hash(Named(name="a", size=1)) == hash(Named(name="a", size=1))
    assert Named(name="a", size=1) != Named(name="a", size=2)
    assert Place("Lyon") != Flat("Lyon")
    assert repr(Named(name="a", size=1)) == "Named(name='a', size=1)"


def test_it_is_a_dataclass_to_everybody_else() -> None:
    assert is_dataclass(Place)
    assert [one.name for one in fields(Flat)] == ["name", "rooms", "tags", "floor"]
    assert replace(Place("Lyon"), rooms=5) == Place("Lyon", 5)
    for made in (Place("Lyon", 3, {"a": 1}), Flat("Lyon", floor=2), Named(name="a", size=1)):
        assert copy.copy(made) == made
        assert copy.deepcopy(made) == made
        assert pickle.loads(pickle.dumps(made)) == made
