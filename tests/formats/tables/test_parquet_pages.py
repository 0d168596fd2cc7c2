"""Rows of Parquet files that are read from the pages which hold them."""

from __future__ import annotations

import random
from contextlib import suppress
from datetime import UTC, datetime
from io import BytesIO
from itertools import accumulate, chain, islice
from typing import Any

import pytest

from cable_tui.formats.base import BrokenRecord
from cable_tui.formats.tables.parquet_pages import NO_PAGES, Pages
from cable_tui.formats.tables.parquet_process import OpenParquet
from cable_tui.formats.tables.parquet_table import FORMAT
from cable_tui.formats.tables.sqlite_process import Asked

core, parquet = pytest.importorskip("arro3.core"), pytest.importorskip("arro3.io")
TEXT, NUMBER = core.DataType.utf8(), core.DataType.int64()
ZONED = core.DataType.timestamp("s", tz="America/Lima")
ROWS = 700
NAMES = "refid created count tags body".split()
WAYS: list[dict[str, Any]] = [
    {},
    {"compression": "snappy"},
    {"compression": "zstd(3)", "max_row_group_size": 300},
    {"writer_version": "parquet_2_0", "compression": "gzip(6)"},
    {"column_dictionary_enabled": {"body": False}, "column_encoding": {"body": "delta_byte_array"}},
    {"dictionary_page_size_limit": 400},
    {"skip_arrow_metadata": True, "compression": "lz4_raw"},
]
"""The ways in which files are written, each with pages of at most 50 rows."""


def columns() -> dict[str, list[Any]]:
    """The values of a table, with gaps, lists, and times of a zone."""
    drawn = random.Random(62)
    start = int(datetime(2009, 1, 1, tzinfo=UTC).timestamp())
    return {
        "refid": [f"09LIMA{number}" for number in range(ROWS)],
        "created": [start + 3_600 * number for number in range(ROWS)],
        "count": [drawn.choice((None, number)) for number in range(ROWS)],
        "tags": [drawn.choice(([], ["PREL"], ["MO", None])) for _ in range(ROWS)],
        "body": [f"1. (U) {'Lamp ' * drawn.randrange(90)}{n}." for n in range(ROWS)],
    }


def written(**how: Any) -> bytes:
    """A file with these columns."""
    values = columns()
    ends = core.Array([0, *accumulate(map(len, values["tags"]))], core.DataType.int32())
    arrays = [
        core.Array(values["refid"], TEXT),
        core.Array(values["created"], NUMBER).cast(ZONED),
        core.Array(values["count"], NUMBER),
        core.list_array(ends, core.Array(list(chain(*values["tags"])), TEXT)),
        core.Array(values["body"], TEXT),
    ]
    out = BytesIO()
    pages = {"data_page_row_count_limit": 50, "write_batch_size": 50}
    parquet.write_parquet(core.Table.from_arrays(arrays, names=NAMES), out, **pages, **how)
    return out.getvalue()


def alone(opened: OpenParquet, number: int) -> bytes:
    return opened.row(Asked("", number, NAMES, numbered=False))


@pytest.mark.parametrize("how", WAYS, ids=str)
def test_a_row_is_the_same_as_if_all_rows_were_read(how: dict[str, Any]) -> None:
    data = written(**how)
    in_order, opened = OpenParquet(None, data), OpenParquet(None, data)
    in_order._pages = None
    order = random.Random(1).sample(range(ROWS), 60)
    for number in (*order, 0, ROWS - 1, ROWS):
        assert alone(opened, number) == alone(in_order, number)
    assert opened._pages is not None


def test_a_row_has_the_values_that_were_written() -> None:
    opened = OpenParquet(None, written(compression="snappy"))
    for number in (650, 3):
        line = alone(opened, number).partition(b"[[")[2].decode()
        for name in ("refid", "body"):
            assert columns()[name][number] in line
    assert "2008-12-31T22:00:00-05:00" in line  # three in the morning in Greenwich, at Lima


def test_only_the_page_with_the_row_is_copied() -> None:
    data = written(dictionary_enabled=False)
    pages = Pages(BytesIO(data))
    assert len(pages) == ROWS
    whole = len(data)
    for row in (0, 333, ROWS - 1):
        piece = pages.piece(NAMES.index("body"), row)
        assert piece.first == row // 50 * 50
        assert len(piece.data) < whole // 4


def test_damage_never_gives_another_row() -> None:
    """A damaged file is refused, or each of its rows is the one that is found in order."""
    data = written(max_row_group_size=300)
    footer = int.from_bytes(data[-8:-4], "little")
    drawn = random.Random(62)
    read = 0
    for _ in range(100):
        damaged = bytearray(data)
        for _ in range(drawn.choice((1, 1, 2, 9))):
            place = drawn.randrange(len(data) - footer - 8, len(data) - 8)
            damaged[place] = drawn.choice((0, 127, 255, drawn.randrange(256)))
        with suppress(BrokenRecord):
            database = FORMAT.tables_of(BytesIO(bytes(damaged)))
            for number, row in islice(database.rows(0), 20, 700, 300) if database.tables else ():
                assert database.row(0, number) == row
                read += 1
    assert read > 20


@pytest.mark.parametrize(
    "data",
    [
        b"PAR1",
        b"PAR1\0\0\0\0\0PAR1",
        b"PAR1" + b"\xff" * 4 + b"PAR1",
        b"PAR1" + b"\x1c" * 5_000 + (5_000).to_bytes(4, "little") + b"PAR1",
        b"PAR1" + bytes(9) + (9).to_bytes(4, "little") + b"PAR1",
    ],
    ids=len,
)
def test_a_hostile_footer_has_no_pages(data: bytes) -> None:
    with pytest.raises(NO_PAGES):
        Pages(BytesIO(data))


def test_a_file_whose_pages_are_unknown_is_read_in_order() -> None:
    opened = OpenParquet(None, written(key_value_metadata={"notes": "x" * 5_000_000}))
    assert opened._pages is None
    assert b"09LIMA650" in alone(opened, 650)
