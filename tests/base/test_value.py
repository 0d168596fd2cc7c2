"""Tests of values."""

from __future__ import annotations

import pickle
from typing import ClassVar

import pytest

from cable_tui.base.value import Value, as_json, field, replace


class Lamp(Value):
    """A lamp at a height in metres."""

    height: int
    names: dict[str, str] = field(default_factory=dict)
    color: ClassVar[str] = "white"


class Buoy(Value):
    """Something else with the same fields."""

    height: int
    names: dict[str, str] = field(default_factory=dict)


class Beacon(Lamp):
    """A lamp with more to it."""

    islands: tuple[str, ...] = ()


def test_values_are_equal_by_their_fields_and_their_kind_and_have_one_hash() -> None:
    assert Lamp(3) == Lamp(height=3, names={})
    assert Lamp(3) != Lamp(4)
    assert Lamp(3) != Buoy(3)
    assert Lamp(3).names is not Lamp(3).names  # each has a default of its own
    one, other = Beacon(3, (), ("Anholt",)), Beacon(islands=("Anholt",), names=(), height=3)  # type: ignore[arg-type]
    assert one == other
    assert len({one, other}) == 1


def test_a_value_never_changes() -> None:
    lamp = Lamp(3)
    with pytest.raises(AttributeError):
        lamp.height = 4  # type: ignore[misc]
    with pytest.raises(AttributeError):
        del lamp.height
    assert replace(lamp, height=4) == Lamp(4)
    assert lamp == Lamp(3)


def test_a_subclass_adds_its_fields_behind_those_of_its_base() -> None:
    Lamp(1)  # the initialiser of the base is written: not that of the subclass
    assert Beacon(3, {}, ("Anholt",)).islands == ("Anholt",)
    assert repr(Beacon(3)) == "Beacon(height=3, names={}, islands=())"


@pytest.mark.parametrize(
    ("args", "names"), [((), {}), ((1, {}, 2), {}), ((1,), {"height": 2}), ((), {"heigth": 3})]
)
def test_wrong_fields_are_refused(args: tuple[object, ...], names: dict[str, object]) -> None:
    with pytest.raises(TypeError):
        Lamp(*args, **names)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        replace(Lamp(3), heigth=4)  # type: ignore[call-arg]


def test_the_first_values_of_a_class_are_as_those_of_the_method_generated_later() -> None:
    class Rock(Value):
        depth: int
        names: dict[str, str] = field(default_factory=dict)
        mark: str = "none"

    rocks = [Rock(mark="cairn", depth=2) for _ in range(12)]
    assert {repr(rock) for rock in rocks} == {"Rock(depth=2, names={}, mark='cairn')"}
    assert all(rock == rocks[0] for rock in rocks)
    assert len({id(rock.names) for rock in rocks}) == len(rocks)


def test_a_pattern_takes_the_fields_by_place_and_by_name() -> None:
    match Beacon(3, {}, ("Anholt",)):
        case Beacon(height, islands=(island,)):
            assert (height, island) == (3, "Anholt")
        case _:
            pytest.fail("no such pattern")


def test_a_value_reaches_another_process_as_it_was() -> None:
    lamp = Lamp(3, {"Skagen": "a"})
    assert pickle.loads(pickle.dumps(lamp)) == lamp


def test_a_value_and_those_in_it_become_objects_of_json() -> None:
    found = as_json(Beacon(3, {"a": "b"}, (Lamp(1), "x")))  # type: ignore[arg-type]
    names = {"height": 1, "names": {}}
    assert found == {"height": 3, "names": {"a": "b"}, "islands": [names, "x"]}
