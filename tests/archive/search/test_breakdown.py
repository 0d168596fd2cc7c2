"""Counts of a query's cables: by one key, by two, and who signed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from cable_tui.archive.archive import Archive
from cable_tui.archive.records.walk import no_reader_data
from cable_tui.archive.search.breakdown import (
    IN_TIME,
    KEYS,
    Breakdown,
    BreakdownRow,
    breakdown,
    by_one_key,
)
from cable_tui.query import FACETS, parse
from cable_tui.query.reader_terms import ReaderData
from tests.archive.fiction import Fiction, archive_of

TO = "TO RUEHC/SECSTATE WASHDC PRIORITY 8289\nINFO RUEHKV/AMEMBASSY {} 0012"
CABLES = [
    Fiction("08RABAT1", "2008-01-02 10:00", text="Salt.\nRILEY", addressees=TO.format("KYIV")),
    Fiction("08RABAT2", "2008-03-04 10:00", tags="ETRD", text="Tar and salt.\nRILEY"),
    Fiction(
        "10RABAT3",
        "2010-05-06 10:00",
        classification="SECRET",
        text="Salt.\nMARSH",
        addressees=TO.format("KIEV"),
    ),
    Fiction("10ZENDA4", "2010-05-07 10:00", "Embassy Zenda", "UNCLASSIFIED", text="Salt pans."),
]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    return archive_of(tmp_path_factory.mktemp("breakdown"), *CABLES, pages=True)


def found(archive: Archive, query: str, *keys: str) -> Breakdown:
    return breakdown(archive, archive.bits_of(parse(query)), keys)


def counts(of: Breakdown) -> list[tuple[str, int]]:
    return [(each.value, each.count) for each in of.rows]


@pytest.mark.parametrize(
    ("query", "key", "expected"),
    [
        ("", "post", [("Embassy Rabat", 3), ("Embassy Zenda", 1)]),
        # A filter of the same facet narrows too: the numbers are those of the answer.
        ("origin:zenda", "post", [("Embassy Zenda", 1)]),
        ("tar", "post", [("Embassy Rabat", 1)]),
        # A post in two spellings is one.
        ("", "to", [("Secretary of State", 4)]),
        ("", "info", [("Embassy Kyiv", 2)]),
        ("informed:kyiv action:state", "post", [("Embassy Rabat", 2)]),
        ("", "year", [("2008", 2), ("2010", 2)]),
        ("", "month", [("2008-01", 1), ("2008-03", 1), ("2010-05", 2)]),
        ("date:2010", "year", [("2010", 2)]),
        ("", "tag", [("MO", 3), ("PGOV", 3), ("PREL", 3), ("ETRD", 1)]),
        ("", "class", [("UNCLASSIFIED", 1), ("CONFIDENTIAL", 2), ("SECRET", 1)]),
        ("", "released", [("2011", 4)]),
        ("nothinghasthis", "post", []),
    ],
)
def test_cables_of_a_query_are_counted_by_a_key(
    archive: Archive, query: str, key: str, expected: list[tuple[str, int]]
) -> None:
    assert counts(found(archive, query, key)) == expected
    alone = by_one_key(archive, parse(query), key)
    several_values = ("tag", "to", "info")
    assert (alone is None) is (key in several_values)
    if alone is not None:
        assert [(each.value, each.count) for each in alone] == expected


def test_who_signed_is_read_in_the_texts(archive: Archive) -> None:
    signed = found(archive, "", "signer")
    assert counts(signed) == [("RILEY", 2), ("MARSH", 1)]
    assert (signed.count, signed.without, signed.unread) == (4, 1, 0)


def test_two_keys_are_a_table(archive: Archive) -> None:
    table = found(archive, "salt", "post", "year")
    assert (table.count, table.columns) == (4, ("2008", "2010"))
    assert table.rows == (
        BreakdownRow("Embassy Rabat", "", 3, (2, 1)),
        BreakdownRow("Embassy Zenda", "", 1, (0, 1)),
    )


@pytest.mark.parametrize(
    ("keys", "columns", "expected"),
    [
        # A cable has several TAGS: as rows, as columns, and as both.
        (("tag", "year"), ("2008", "2010"), {"MO": (1, 2), "ETRD": (1, 0)}),
        (("year", "tag"), ("MO", "PGOV", "PREL", "ETRD"), {"2008": (1, 1, 1, 1)}),
        (("tag", "tag"), ("MO", "PGOV", "PREL", "ETRD"), {"MO": (3, 3, 3, 0)}),
        (("class", "post"), ("Embassy Rabat", "Embassy Zenda"), {"CONFIDENTIAL": (2, 0)}),
    ],
)
def test_either_key_may_have_several_values(
    archive: Archive,
    keys: tuple[str, str],
    columns: tuple[str, ...],
    expected: dict[str, tuple[int, ...]],
) -> None:
    table = found(archive, "", *keys)
    assert table.columns == columns
    across = {row.value: row.across for row in table.rows}
    assert across.items() >= expected.items()


def test_two_keys_with_many_columns_are_a_table(tmp_path: Path) -> None:
    posts = [f"Embassy {chr(97 + n // 26)}{chr(97 + n % 26)}burg" for n in range(40)]
    cables = [
        Fiction(f"{year:02}ZENDA{n + 1}", f"20{year:02}-01-02 10:00", post)
        for year in (8, 9)
        for n, post in enumerate(posts)
        if year == 8 or n < 3
    ]
    with closing(archive_of(tmp_path, *cables)) as archive:
        table = found(archive, "", "year", "post")
    assert len(table.columns) == 40
    assert [(row.value, row.count, sum(row.across)) for row in table.rows] == [
        ("2008", 40, 40), ("2009", 3, 3)
    ]  # fmt: skip
    assert table.rows[0].across == (1,) * 40
    assert {name for name, n in zip(table.columns, table.rows[1].across, strict=True) if n} == {
        *posts[:3]
    }


def test_every_facet_can_be_counted_by() -> None:
    assert set(KEYS.values()) == {*FACETS, ""}
    assert [key for key, facet in KEYS.items() if facet == "date"] == ["year", "month"]
    assert KEYS["post"] == "origin"
    assert set(IN_TIME) == {"year", "month", "released"}


@pytest.mark.parametrize("key", [key for key in KEYS if key not in ("tag", "article", "signer")])
def test_every_row_of_a_table_adds_up(archive: Archive, key: str) -> None:
    other = "post" if key != "post" else "year"
    table = found(archive, "", key, other)
    assert sum(each.count for each in table.rows) + table.without == table.count == 4
    assert all(sum(each.across) == each.count for each in table.rows)


def test_a_text_that_is_gone_is_counted_as_unread(tmp_path: Path) -> None:
    archive = archive_of(tmp_path, *CABLES)
    cables = archive.bits_of(parse(""))
    (archive.root / "cables.csv").write_text("gone")
    signed = breakdown(archive, cables, ("signer",))
    assert (signed.rows, signed.unread) == ((), 4)


def test_every_text_that_is_read_is_shown_to_whoever_counts(archive: Archive) -> None:
    seen: list[object] = []

    def look(tasks: Iterator[object]) -> Iterator[object]:
        for task in tasks:
            seen.append(task)
            yield task

    breakdown(archive, archive.bits_of(parse("date:2008")), ("signer",), look)  # type: ignore[arg-type]
    assert len(seen) == 2


def test_a_cable_in_several_lists_is_counted_in_each(archive: Archive) -> None:
    salt, lamps = frozenset({"08RABAT1", "10RABAT3"}), frozenset({"10RABAT3", "09GONE1"})
    archive.own = lambda: ReaderData(lists={"lamps": lamps, "salt": salt, "empty": frozenset()})
    try:
        assert counts(found(archive, "", "list")) == [("salt", 2), ("lamps", 1)]
        table = found(archive, "tag:PREL", "list", "year")
        assert table.columns == ("2008", "2010")
        assert [(row.value, row.across) for row in table.rows] == [
            ("salt", (1, 1)),
            ("lamps", (0, 1)),
        ]
        assert table.without == 1
        assert by_one_key(archive, parse(""), "list") is None
    finally:
        archive.own = no_reader_data
