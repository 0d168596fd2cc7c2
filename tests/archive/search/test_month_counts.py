"""Months over the whole archive's months; days where the query names a short range."""

from pathlib import Path

import pytest

from cable_tui.archive.archive import Archive, open_archive
from cable_tui.query import parse
from cable_tui.query.answers import Timeline
from tests.archive.fiction import Fiction, archive_of, write_dump

CREATED = ("2008-11-03", "2009-01-05", "2009-01-06", "2009-01-06", "2009-02-28", "2009-03-01")
TEXTS = ("ropes", "goats", "ropes", "goats", "ropes", "ropes")


def _dated(*created: str) -> list[Fiction]:
    return [
        Fiction(f"09RABAT{number}", f"{day} 10:00", text=f"The {TEXTS[number % len(TEXTS)]}.")
        for number, day in enumerate(created)
    ]


CABLES = _dated(*CREATED)


def _timeline(archive: Archive, text: str) -> Timeline:
    query = parse(text)
    return archive.timeline(query, archive.counts(query)["date"])


def test_months_are_without_gaps_and_the_archive_s_own_stand_beside(archive: Archive) -> None:
    found = _timeline(archive, "ropes")
    assert found == Timeline(
        ("2008-11", "2008-12", "2009-01", "2009-02", "2009-03"),
        (1, 0, 1, 1, 1),
        (1, 0, 3, 1, 1),
    )


def test_a_short_range_is_in_days_and_does_not_narrow_the_hits(archive: Archive) -> None:
    found = _timeline(archive, "ropes date:2009-01-06..2009-01-07")
    assert found.unit == "day"
    assert (found.starts[0], found.starts[-1]) == ("2009-01-03", "2009-01-10")
    days = {day: pair for day, *pair in zip(found.starts, found.hits, found.whole, strict=True)}
    assert {day: pair for day, pair in days.items() if any(pair)} == {
        "2009-01-05": [0, 1],
        "2009-01-06": [1, 2],
    }


def test_a_month_has_some_days_around_it_within_the_archive(archive: Archive) -> None:
    found = _timeline(archive, "date:2009-03")
    assert found.unit == "day"
    assert (found.starts[0], found.starts[-1]) == ("2009-02-22", "2009-03-31")
    assert found.hits == found.whole
    assert sum(found.hits) == 2


def test_a_long_range_is_in_months_with_some_around_it(tmp_path: Path) -> None:
    archive = archive_of(tmp_path, *_dated("2000-01-05", "2005-01-05", "2009-01-05"))
    found = _timeline(archive, "date:2004..2006")
    assert found.unit == "month"
    assert (found.starts[0], found.starts[-1]) == ("2003-04", "2007-09")
    assert sum(found.whole) == 1


@pytest.mark.parametrize(
    "text", ["date:..2008", "date:2009..", "date:..", "-date:2009", "date:1066"]
)
def test_open_and_outlying_ranges_show_what_there_is(archive: Archive, text: str) -> None:
    found = _timeline(archive, text)
    assert found.starts
    assert found.starts[0][:7] >= "2008-11"
    assert found.starts[-1][:7] <= "2009-03"


def test_impossible_dates_do_not_stretch_it(tmp_path: Path) -> None:
    found = _timeline(archive_of(tmp_path, *_dated("0001-01-01", "9999-12-31", *CREATED)), "")
    assert len(found.starts) <= 1200
    assert {"2008-11", "2009-03"} <= set(found.starts)


def test_an_archive_that_is_not_indexed_yet_has_no_timeline(tmp_path: Path) -> None:
    write_dump(tmp_path / "cables.csv", [Fiction()])
    archive = open_archive(tmp_path / "cables.csv", tmp_path / "cache")
    assert archive.timeline(parse("lamps"), []) == Timeline()
