"""Facets in memory: what sets of cables count, select and give back."""

from pathlib import Path

import pytest

from cable_tui.archive.columns import saved
from cable_tui.archive.columns.bitset import IdSet
from cable_tui.archive.columns.columns import DateColumn, FacetColumns, TermColumn
from tests.archive.fiction import BRIDGE, GOATS, LAMPS, Fiction, archive_of, opened, write_page

ARTICLES = (
    "<tr>\n<td colspan='5'>\nAppears in these articles:<br />\n"
    "<a href='http://http://www.lantern.example/world/lamps.html'>lamps</a>\n</td>\n</tr>\n"
)
ALSO = Fiction("05RABAT3", "2005-06-01 10:00", "Embassy Rabat", "SECRET", "KTIP")


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> FacetColumns:
    folder = tmp_path_factory.mktemp("columns")
    for cable in (LAMPS, BRIDGE, GOATS, ALSO):
        file = write_page(folder / "pages", cable)
    # the last page gets a row of articles
    file.write_text(file.read_text().replace("</table>", f"{ARTICLES}</table>"))
    archive = opened(folder / "pages", folder / "cache")
    with archive.reading() as db:
        return saved.build(db)


def _counts(loaded: FacetColumns, facet: str, rows: int | None = None) -> list[tuple[str, int]]:
    within = IdSet(loaded.everything if rows is None else rows, loaded.size)
    return [(count.value, count.count) for count in loaded.facets[facet].counts(within)]


def _selected(loaded: FacetColumns, facet: str, wanted: str) -> int:
    column = loaded.facets[facet]
    assert isinstance(column, TermColumn)
    return column.select(wanted, loaded.size).bit_count()


@pytest.mark.parametrize(
    ("facet", "expected"),
    [
        ("origin", [("Embassy Rabat", 3), ("Consulate Casablanca", 1)]),
        ("tag", [("MO", 3), ("PGOV", 2), ("PREL", 2), ("ETRD", 1), ("KTIP", 1)]),
        ("class", [("UNCLASSIFIED", 1), ("CONFIDENTIAL", 2), ("SECRET", 1)]),
        (
            "date",
            [
                ("2005", 1),
                ("2005-06", 1),
                ("2008", 1),
                ("2008-12", 1),
                ("2009", 2),
                ("2009-02", 1),
                ("2009-03", 1),
            ],
        ),
        ("released", [("2011", 4), ("2011-08", 4)]),
        ("article", [("lantern.example", 1)]),
    ],
)
def test_every_facet_is_counted(
    loaded: FacetColumns, facet: str, expected: list[tuple[str, int]]
) -> None:
    assert _counts(loaded, facet) == expected


def test_values_that_a_set_lacks_are_left_out(loaded: FacetColumns) -> None:
    oldest = loaded.of_ids(loaded.ids[:1])
    assert _counts(loaded, "origin", 0) == []
    assert _counts(loaded, "origin", oldest) == [("Embassy Rabat", 1)]


def test_the_ids_of_a_set_are_by_time(loaded: FacetColumns) -> None:
    newest = loaded.ids_of(loaded.everything)
    assert list(newest) == list(reversed(loaded.ids))
    assert list(loaded.ids_of(loaded.everything, newest=False)) == list(loaded.ids)
    assert list(loaded.ids_of(loaded.everything, limit=2)) == list(newest[:2])
    assert list(loaded.ids_of(loaded.of_ids(loaded.ids[:1]))) == [loaded.ids[0]]


def test_ids_become_a_set_and_unknown_ones_none(loaded: FacetColumns) -> None:
    one = loaded.of_ids([loaded.ids[2], 4_000_000, 0])
    assert one.bit_count() == 1
    assert list(loaded.among([4_000_000, *loaded.ids], one)) == [loaded.ids[2]]


@pytest.mark.parametrize(
    ("facet", "wanted", "count"),
    [
        ("origin", "rabat", 3),
        ("origin", "nowhere", 0),
        ("tag", "trafficking", 1),
        ("tag", "mo", 3),
        ("class", ">=confidential", 3),
        ("article", "lantern", 1),
    ],
)
def test_values_are_selected(loaded: FacetColumns, facet: str, wanted: str, count: int) -> None:
    assert _selected(loaded, facet, wanted) == count


@pytest.mark.parametrize(
    ("first", "last", "count"),
    [
        ("0001-01-01", "9999-12-31", 4),
        ("2008-12-30", "2009-02-13", 2),
        ("2008-12-31", "2009-02-12", 0),
        ("2009-02-13", "2009-02-13", 1),
        ("2005-01-01", "2009-02-28", 3),
        ("2009-03-01", "2009-02-01", 0),
    ],
)
def test_days_are_selected_to_the_day(
    loaded: FacetColumns, first: str, last: str, count: int
) -> None:
    column = loaded.facets["date"]
    assert isinstance(column, DateColumn)
    assert column.between(first, last, loaded.size).bit_count() == count


def test_a_tag_has_its_title(loaded: FacetColumns) -> None:
    titles = {
        count.value: count.title
        for count in loaded.facets["tag"].counts(IdSet(loaded.everything, loaded.size))
    }
    assert titles["KTIP"] == "Trafficking in Persons"


def test_a_month_that_many_share_is_selected_to_the_day(tmp_path: Path) -> None:
    cables = [
        Fiction(f"09RABAT{day}", f"2009-02-{day:02} 10:00", subject=f"DAY {day}")
        for day in range(1, 11)
    ]
    with archive_of(tmp_path, *cables).reading() as db:
        column = saved.build(db).facets["date"]
    assert isinstance(column, DateColumn)
    assert column.between("2009-02-03", "2009-02-05", 11).bit_count() == 3
