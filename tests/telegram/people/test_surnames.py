"""Surnames with what belongs to them."""

from __future__ import annotations

import pytest

from cable_tui.telegram.people.surnames import last_name, surname


@pytest.mark.parametrize(
    ("name", "key", "last"),
    [
        ("Ada R. Pelham", "pelham", "Pelham"),
        ("Bashir Al-Kelp", "kelp", "Al-Kelp"),
        ("Bo Rask, Jr.", "rask", "Rask"),
        ("Bo Rask III", "rask", "Rask"),
        ("ØDEGÅRD", "odegard", "ØDEGÅRD"),
        ("Ahmadi-Nejad", "ahmadinejad", "Ahmadi-Nejad"),
        ("", "", ""),
        ("Zane el Kelp Ben Tern", "ben tern", "Ben Tern"),
        ("Bo bin Ada", "bin ada", "bin Ada"),
        ("Ivo Abd al-Rask", "abd rask", "Abd al-Rask"),
        ("Abu Rask", "abu rask", "Abu Rask"),
        ("Salman Al Tern", "tern", "Al Tern"),
        ("Ada van der Kelp", "kelp", "van der Kelp"),
        ("Bo C.Pelham", "pelham", "Pelham"),
        ("Ben Pelham", "ben pelham", "Ben Pelham"),
    ],
)
def test_people_are_grouped_by_their_last_name(name: str, key: str, last: str) -> None:
    assert (surname(name), last_name(name)) == (key, last)
