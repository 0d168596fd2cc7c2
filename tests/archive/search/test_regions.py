"""`region:` finds the cables of its posts."""

from __future__ import annotations

import pytest

from cable_tui.archive.archive import Archive
from cable_tui.query import parse
from tests.archive.fiction import Fiction, references

CABLES = (
    Fiction("09RABAT1"),
    Fiction("09CAIRO2", origin="Embassy Cairo", text="Water and lamps."),
    Fiction("09LAGOS3", origin="Consulate Lagos", text="Water and kites."),
    Fiction("09PARIS4", origin="Embassy Paris", text="Water only."),
    Fiction("09STATE5", origin="Secretary of State", text="Paper."),
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('region:"Near East"', "09CAIRO2 09RABAT1"),
        ("region:africa", "09LAGOS3"),
        ("region:washington", "09STATE5"),
        ("region:wha", ""),
        ('region:"Near East" water', "09CAIRO2"),
        ("region:nea region:africa", "09CAIRO2 09LAGOS3 09RABAT1"),
        ("region:africa origin:paris", "09LAGOS3 09PARIS4"),
        ("region:nea -origin:cairo", "09RABAT1"),
        ("region:nea and origin:cairo", "09CAIRO2"),
        ("-region:nea -region:washington", "09LAGOS3 09PARIS4"),
        ("(region:nea or paper)", "09CAIRO2 09RABAT1 09STATE5"),
        ("region:nea is:unread", "09CAIRO2 09RABAT1"),
        ("region:nea sort:-length", "09CAIRO2 09RABAT1"),
    ],
)
def test_a_region_is_its_posts(archive: Archive, text: str, expected: str) -> None:
    hits = archive.search(parse(text))
    rows = sorted(references(archive, hits.ids))
    assert (" ".join(rows), hits.count) == (expected, len(rows))


def test_other_posts_are_counted_so_that_they_can_be_added(archive: Archive) -> None:
    counts = archive.counts(parse("water region:nea"))
    assert {each.value: each.count for each in counts["origin"]} == {
        "Embassy Cairo": 1,
        "Consulate Lagos": 1,
        "Embassy Paris": 1,
    }
    assert sum(each.count for each in counts["class"]) == 1


def test_a_region_is_completed_with_its_number_of_cables(archive: Archive) -> None:
    (found,) = archive.completions("water region:near", len("water region:near"))
    assert found.text == 'water region:"Near East and North Africa" '
    assert found.count == 2
