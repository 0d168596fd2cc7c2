"""What an archive is before anything is asked: short, whole, and with what it cannot tell."""

from __future__ import annotations

from pathlib import Path

import cable_tui as ct
from cable_tui.api.description import LARGEST
from cable_tui.base.value import as_json
from cable_tui.reports.table import REPORTS
from cable_tui.text.cleaning import json_text
from tests.archive.fiction import Fiction, archive_of


def test_a_description_has_what_must_be_known_first(archive: ct.Archive) -> None:
    told = archive.describe()
    assert (told.cables, told.first_year, told.last_year, told.whole) == (40, 2004, 2010, True)
    assert told.fingerprint == archive.fingerprint
    assert (told.posts.first[0].value, told.posts.first[0].count) == ("Embassy Port Amber", 19)
    assert sum(year.count for year in told.years.first) == 40
    assert told.classifications.values == len(told.classifications.first)
    assert "tag" in told.prefixes
    assert told.reports.keys() == REPORTS.keys()


def test_a_description_says_what_is_not_known(archive: ct.Archive) -> None:
    unknown = archive.describe().not_known
    assert (unknown.cited, unknown.unread, unknown.not_indexed) == (1, 0, ())


def test_a_description_is_short(archive: ct.Archive) -> None:
    assert len(json_text(as_json(archive.describe())).encode()) <= LARGEST == 6_000


def test_a_description_of_many_long_values_is_short(tmp_path: Path) -> None:
    cables = [
        Fiction(
            f"{year % 100:02}RABAT{year}",
            f"{year}-02-03 10:00",
            f"Embassy of a far country whose name is long, number {year}",
            f"SECRET//{'A CAVEAT THAT NO TABLE HAS, ' * 5}NUMBER {year}",
            tags=f"PREL, X{year}",
        )
        for year in range(1950, 2050)
    ]
    archive_of(tmp_path, *cables).close()
    with ct.open(tmp_path / "cables", cache=tmp_path / "cache") as archive:
        told = archive.describe()
    assert len(json_text(as_json(told)).encode()) <= LARGEST
    assert (told.cables, told.years.values, told.posts.values) == (100, 100, 100)
    assert told.classifications.values == 100
    assert told.years.first
