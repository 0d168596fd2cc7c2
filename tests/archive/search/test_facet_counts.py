"""The text index counts what the columns count."""

from __future__ import annotations

from pathlib import Path

import pytest

from cable_tui.archive.archive import Archive
from cable_tui.archive.columns.columns import FacetColumns
from cable_tui.archive.fulltext.schema import TextIndexError
from cable_tui.archive.fulltext.text_index import TextIndex
from cable_tui.archive.search import facet_counts
from cable_tui.query import FACETS, Facet, Filter, Query, parse
from cable_tui.query.answers import Count
from tests.archive.fiction import BRIDGE, GOATS, LAMPS, Fiction, archive_of

ALSO = (
    Fiction("05RABAT3", "2005-06-01 10:00", "Embassy Rabat", "SECRET", "KTIP", text="Old goats."),
    Fiction("06MADRID4", "2006-07-02 10:00", "Embassy Madrid", "SECRET", "MO", text="Two anchors."),
    Fiction("06MADRID5", "2006-07-03 10:00", "Embassy Madrid", text="Anchors and goats."),
)
TEXTS = (
    "",
    "anchors",
    "goats",
    "-anchors",
    "goats or anchors",
    "anch*",
    '"two anchors"',
    "class:secret",
    "origin:madrid goats",
    "tag:ktip tag:mo -origin:madrid",
    "date:2006-07",
    "date:2006-07-02 goats",
    "date:2006..2009 class:>=confidential",
    "nothing of this",
)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    folder = tmp_path_factory.mktemp("counting")
    archive_of(folder, LAMPS, BRIDGE, GOATS, *ALSO)
    # One that is gone again: the index still has it until its segments are merged.
    return archive_of(folder, LAMPS, GOATS, *ALSO)


def _by_columns(
    archive: Archive, text: str, monkeypatch: pytest.MonkeyPatch
) -> dict[str, list[Count]]:
    with monkeypatch.context() as patch:
        patch.setattr(facet_counts, "indexed", lambda *_: None)
        return Archive(archive.root, archive.folder).counts(parse(text))


@pytest.mark.parametrize("text", TEXTS)
def test_index_and_columns_count_the_same(
    archive: Archive, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = _by_columns(archive, text, monkeypatch)

    def refuse(*_: object) -> FacetColumns:
        raise AssertionError

    monkeypatch.setattr("cable_tui.archive.search.snapshot.Snapshot._load_columns", refuse)
    assert Archive(archive.root, archive.folder).counts(parse(text)) == expected


def test_what_an_answer_has_told_is_not_asked_again(archive: Archive) -> None:
    ours = Archive(archive.root, archive.folder)
    query = parse('"two anchors"')
    ours.search(query, limit=5)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TextIndex, "tallies", None)
        assert ours.counts(query)["origin"] == [Count("Embassy Madrid", "", 1)]


def test_filters_are_counted_though_the_index_fails(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = archive.counts(parse("class:secret"))

    def fail(*_: object) -> None:
        raise TextIndexError("broken")

    monkeypatch.setattr(TextIndex, "tallies", fail)
    ours = Archive(archive.root, archive.folder)
    assert ours.counts(parse("class:secret")) == expected
    with pytest.raises(TextIndexError):
        ours.counts(parse("goats"))


def test_an_archive_of_very_many_values_is_counted_by_its_columns(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = archive.counts(parse("goats"))
    monkeypatch.setattr(facet_counts, "MOST_VALUES", 2)
    monkeypatch.setattr(TextIndex, "tallies", None)
    assert Archive(archive.root, archive.folder).counts(parse("goats")) == expected


CREATED = ("2009-02-13", "2009-02-13", "2009-02-28", "2009-03-01", "2009-05-02", "2008-02-13")


@pytest.fixture(scope="module")
def dated_archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    posts = ("Embassy Oslo", "Embassy Rabat")
    cables = [
        Fiction(f"09RABAT{number}", f"{day} 10:00", posts[number % 2])
        for number, day in enumerate(CREATED, 1)
    ]
    return archive_of(tmp_path_factory.mktemp("days"), *cables)


FEBRUARY = [("2009-02-13", 2), ("2009-02-28", 1)]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("", []),
        ("date:2009", []),
        ("date:2009-02", FEBRUARY),
        ("date:2009-02-13", FEBRUARY),
        ("date:2009-02..2009-03", [*FEBRUARY, ("2009-03-01", 1)]),
        ("date:2009-02 date:2008-02", [("2008-02-13", 1), *FEBRUARY]),
        ("date:2009-02 origin:oslo", [("2009-02-13", 1)]),
        ("-date:2009-02", []),
        ("date:2009-04", []),
        ("date:2009-01..2009-05", []),
        ("released:2009-02", []),
    ],
)
def test_a_month_that_the_query_names_shows_its_days(
    dated_archive: Archive, text: str, days: list[tuple[str, int]]
) -> None:
    counts = dated_archive.counts(parse(text))["date"]
    assert [(each.value, each.count) for each in counts if len(each.value) == 10] == days


def test_days_stand_behind_their_month(dated_archive: Archive) -> None:
    values = [each.value for each in dated_archive.counts(parse("date:2009-02"))["date"]]
    assert values == [
        "2008", "2008-02", "2009", "2009-02", "2009-02-13", "2009-02-28", "2009-03", "2009-05",
    ]  # fmt: skip


PRECEDENCE = Facet(
    "precedence",
    "Precedence",
    "term",
    "grammar",
    "tags",
    lambda filed: ("FLASH",) if "ETRD" in filed.tags else ("ROUTINE",),
    "how urgent it is: precedence:>=priority",
    order=("ROUTINE", "PRIORITY", "FLASH"),
)


def test_a_new_facet_with_an_order_is_filed_counted_and_compared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(FACETS, "precedence", PRECEDENCE)
    archive = archive_of(tmp_path, LAMPS, BRIDGE, GOATS)
    urgent = Query((Filter("precedence", ">=priority"),))
    (bridge,) = archive.rows(list(archive.search(urgent).ids))
    assert bridge.reference_id == BRIDGE.id
    found = archive.counts(urgent)["precedence"]
    assert [(each.value, each.count) for each in found] == [("ROUTINE", 2), ("FLASH", 1)]
