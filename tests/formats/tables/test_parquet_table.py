"""Cables in Parquet files, which another process reads; most of them are made here."""

from __future__ import annotations

import random
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from cable_tui import formats
from cable_tui.base.cable import Location, Problem
from cable_tui.base.value import replace
from cable_tui.formats.base import BrokenRecord, Record
from cable_tui.formats.tables.parquet_process import (
    MISSING,
    NotParquetError,
    OpenParquet,
    text_of,
)
from cable_tui.formats.tables.parquet_table import FORMAT
from cable_tui.formats.tables.sqlite_process import Asked
from tests.formats.samples import DATA, apart, cables, problem, read, wherever

core, parquet = pytest.importorskip("arro3.core"), pytest.importorskip("arro3.io")
SAMPLE = (DATA / "table.parquet").read_bytes()


def made(columns: dict[str, Sequence[Any]], **types: Any) -> bytes:
    """A Parquet file with these columns, of texts unless `types` says otherwise."""
    text = core.DataType.utf8()
    arrays = [core.Array(list(values), types.get(name, text)) for name, values in columns.items()]
    out = BytesIO()
    parquet.write_parquet(core.Table.from_arrays(arrays, names=list(columns)), out)
    return out.getvalue()


def table(count: int) -> bytes:
    return made(
        {
            "refid": [f"09LIMA{number}" for number in range(1, count + 1)],
            "date": ["2009-02-13"] * count,
            "body": [f"1. (U) Lamp {number} is lit." for number in range(1, count + 1)],
        }
    )


def test_its_rows_are_the_cables_of_the_same_table_in_sqlite() -> None:
    expected = cables((DATA / "table.db").read_bytes(), "a.db")
    assert wherever(cables(SAMPLE, "a.parquet")) == [
        replace(each, format="table-parquet") for each in wherever(expected)
    ]


@pytest.mark.parametrize("place", ["on disk", "in an archive"])
def test_a_row_is_found_again_by_its_number_in_any_order(tmp_path: Path, place: str) -> None:
    data = table(1_000)
    (tmp_path / "a.parquet").write_bytes(data)
    with (tmp_path / "a.parquet").open("rb") if place == "on disk" else BytesIO(data) as file:
        records = list(FORMAT.records(file, "a.parquet"))
        assert len(records) == 1_000
        for number in (999, 0, 500, 501, 257, 255):
            record = records[number]
            assert isinstance(record, Record)
            again = FORMAT.context(file) + FORMAT.fetch(file, record.location)
            assert FORMAT.at(again, record.location).reference_id == f"09LIMA{number + 1}"
        with pytest.raises(BrokenRecord):
            FORMAT.at(FORMAT.fetch(file, Location("", 5_000 << 6, 1)), Location("", 5_000 << 6, 1))


def test_a_table_of_something_else_is_said() -> None:
    assert problem(made({"hue": ["red"]}), "a.parquet").reason == FORMAT.no_table
    assert problem(made({"refid": [], "body": []}), "a.parquet").reason == FORMAT.no_table


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        ("é", "é"),
        (b"caf\xc3\xa9", "café"),
        (True, "True"),
        (7, "7"),
        (["PREL", "MO"], "PREL, MO"),
        ([], ""),
        ([1, None], "[1, null]"),
        ({"code": "MO"}, '{"code": "MO"}'),
        ([date(2009, 2, 13)], '["2009-02-13"]'),
    ],
)
def test_a_cell_is_text(value: object, text: str) -> None:
    assert text_of(value) == text


def test_times_are_those_of_their_zone() -> None:
    moment = int(datetime(2009, 2, 13, 14, 57, tzinfo=UTC).timestamp())
    stamps = core.Array([moment], core.DataType.int64())
    for zone, expected in ((None, "2009-02-13 14:57"), ("UTC", "2009-02-13 14:57")):
        columns = [
            core.Array(["09LIMA1"], core.DataType.utf8()),
            stamps.cast(core.DataType.timestamp("s", tz=zone)),
            core.Array(["1. (U) A lamp is lit."], core.DataType.utf8()),
        ]
        out = BytesIO()
        named = core.Table.from_arrays(columns, names=["refid", "created", "body"])
        parquet.write_parquet(named, out)
        (cable,) = cables(out.getvalue(), "a.parquet")
        assert cable.created == expected


def test_columns_whose_values_load_a_module_are_read_by_the_confined_process() -> None:
    number = core.DataType.int64()
    prices = core.Array([1], number).cast(core.DataType.decimal128(9, 2))
    stamps = core.Array([0], number).cast(core.DataType.timestamp("s", tz="UTC"))
    columns = {
        "refid": core.Array(["09LIMA1"], core.DataType.utf8()),
        "price": prices,
        "read": core.list_array(core.Array([0, 1], core.DataType.int32()), stamps),
        "body": core.Array(["1. (U) A lamp is lit."], core.DataType.utf8()),
    }
    out = BytesIO()
    arrays = list(columns.values())
    parquet.write_parquet(core.Table.from_arrays(arrays, names=list(columns)), out)
    assert [each.reference_id for each in cables(out.getvalue(), "a.parquet")] == ["09LIMA1"]


@pytest.mark.parametrize("data", [b"PAR1", b"PAR1PAR1", SAMPLE[:-1], SAMPLE[:400], b"PAR1" * 99])
def test_a_file_that_is_cut_off_is_said(data: bytes) -> None:
    assert "it is damaged, or of a kind of Parquet" in problem(data, "a.parquet").reason


def test_hostile_footers_end_no_program() -> None:
    """Each of them asks the reader for something else: sizes, types, offsets, names."""
    drawn = random.Random(62)
    footer = int.from_bytes(SAMPLE[-8:-4], "little")
    for _ in range(40):
        data = bytearray(SAMPLE)
        for _ in range(drawn.choice((1, 2, 20))):
            place = drawn.randrange(len(data) - footer - 8, len(data))
            data[place] = drawn.choice((0, 127, 128, 255, drawn.randrange(256)))
        data[:4] = b"PAR1"
        assert read(bytes(data), "a.parquet")
    assert len(cables(SAMPLE, "a.parquet")) == 2


def test_a_footer_of_any_length_is_refused() -> None:
    for length in (0, 1, 1 << 20, (1 << 31) - 1, (1 << 32) - 1):
        data = SAMPLE[:-8] + length.to_bytes(4, "little") + b"PAR1"
        assert isinstance(read(data, "a.parquet")[0], Problem)


def test_hostile_names_and_texts_are_texts() -> None:
    names = ["refid", "body", 'x"; DROP TABLE y; --', "[/b]\x1b]0;owned\x07"]
    data = made(
        dict(zip(names, (["09LIMA1"], ["1. (U) [/b]\x1b]0;owned\x07"], ["a"], ["b"]), strict=True))
    )
    found, _ = apart(data, "a.parquet")
    assert [each.reference_id for each in found] == ["09LIMA1"]
    assert "\x1b" not in found[0].body


def test_without_the_extra_the_file_is_named_with_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "arro3.io", None)
    with pytest.raises(NotParquetError, match=r"cable-tui\[parquet\]"):
        OpenParquet(None, SAMPLE)
    assert "pip install 'cable-tui[parquet]'" in MISSING


def test_rows_come_in_parts_and_from_any_number_on() -> None:
    opened = OpenParquet(None, table(700))
    opened.most_bytes = 1
    for first in (0, 300, 699):
        answer = opened.rows(Asked("", first, ("refid", "date", "body"), False))
        assert b'"ended": false' in answer
        assert f"09LIMA{first + 1}".encode() in answer
    assert b'"ended": true' in opened.rows(Asked("", 700, ("refid",), False))


def test_it_is_known_by_its_first_bytes() -> None:
    found = formats.sniff("any", SAMPLE)
    assert not isinstance(found, formats.Skip)
    assert found.name == "table-parquet"
