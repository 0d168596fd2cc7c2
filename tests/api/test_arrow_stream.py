"""Rows in data frames: the libraries take them as they are."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import cable_tui as ct
from cable_tui.api.arrow_stream import stream
from cable_tui.api.rows_of_values import Record, Rows


def test_without_nanoarrow_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "nanoarrow", None)
    with pytest.raises(ct.UsageError, match=r"pip install 'cable-tui\[frames\]'"):
        Rows([Record({"a": 1})]).__arrow_c_stream__()


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (["x", None], "string"),
        ([1, None], "int64"),
        ([1.5, 2, None], "double"),
        ([True, None], "bool"),
        ([date(1966, 3, 1), date(2009, 1, 2), None], "date32"),
        ([["x", "y"], []], "list"),
        ([None], "string"),
    ],
)
def test_a_column_has_its_type_and_its_values(values: list[Any], kind: str) -> None:
    nanoarrow = pytest.importorskip("nanoarrow")
    table = nanoarrow.ArrayStream(stream([{"a": value} for value in values], {})).read_all()
    assert table.schema.field(0).type.name.lower() == kind
    found = [row["a"] for row in table.to_pylist()]
    assert found == values


def test_objects_become_texts_of_json() -> None:
    nanoarrow = pytest.importorskip("nanoarrow")
    rows: list[dict[str, Any]] = [{"a": {"b": [1]}}, {"a": None}]
    table = nanoarrow.ArrayStream(stream(rows, {})).read_all()
    assert [row["a"] for row in table.to_pylist()] == ['{"b": [1]}', None]


def test_no_hits_still_have_their_columns(archive: ct.Archive) -> None:
    nanoarrow = pytest.importorskip("nanoarrow")
    table = nanoarrow.ArrayStream(archive.search("tag:ZZZZ")).read_all()
    names = [table.schema.field(index).name for index in range(table.schema.n_fields)]
    assert (len(table), names[0], names[-1]) == (0, "ref", "tags")


LINES = {
    "pandas": "pandas.DataFrame.from_arrow(hits)",
    "polars": "polars.DataFrame(hits)",
    "pyarrow": "pyarrow.table(hits)",
    "duckdb": "duckdb.sql('select * from hits').arrow().read_all()",
}
"""How each takes hits: the lines of docs/recipes.md."""


@pytest.mark.parametrize("library", LINES)
def test_a_library_takes_the_hits_as_they_are(archive: ct.Archive, library: str) -> None:
    pytest.importorskip("nanoarrow")
    module = pytest.importorskip(library)
    hits = archive.search("lobster")
    table = eval(LINES[library], {library: module, "hits": hits})
    assert len(table) == 11
    assert str(table["ref"][0]) == hits[0].ref


def test_a_parquet_writer_takes_them(archive: ct.Archive, tmp_path: Path) -> None:
    pytest.importorskip("nanoarrow")
    pyarrow, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    parquet.write_table(pyarrow.table(archive.search("lobster")), tmp_path / "hits.parquet")
    assert parquet.read_table(tmp_path / "hits.parquet").num_rows == 11
