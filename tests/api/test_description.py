"""What an archive is before anything is asked: short, whole, and with what it cannot tell."""

from __future__ import annotations

import cable_tui as ct
from cable_tui.api.description import LARGEST
from cable_tui.base.value import as_json
from cable_tui.reports.table import REPORTS
from cable_tui.text.cleaning import json_text


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
