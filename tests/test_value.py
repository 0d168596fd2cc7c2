"""Tests of values."""

from __future__ import annotations

import pickle
from typing import ClassVar

import pytest

from cable_tui.value import Value, field, replace


class Lamp(Value):
    """A lamp at a height in metres."""

    height: int
    names: dict[str, str] = field(default_factory=dict)
    colour: ClassVar[str] = "white"


class Buoy(Value):
    """Something else with the same fields."""

    height: int
    names: dict[str, str] = field(default_factory=dict)


def test_values_are_equal_by_their_fields_and_their_kind() -> None:
    assert Lamp(3) == Lamp(3, {})
    assert Lamp(3) != Lamp(4)
    assert Lamp(3) != Buoy(3)


def test_a_value_never_changes() -> None:
    lamp = Lamp(3)
    with pytest.raises(AttributeError):
        lamp.height = 4  # type: ignore[misc]
    assert replace(lamp, height=4) == Lamp(4)
    assert lamp == Lamp(3)


def test_every_value_has_a_default_of_its_own() -> None:
    assert Lamp(3).names is not Lamp(3).names


def test_a_value_reaches_another_process_as_it_was() -> None:
    lamp = Lamp(3, {"Skagen": "a"})
    assert pickle.loads(pickle.dumps(lamp)) == lamp
