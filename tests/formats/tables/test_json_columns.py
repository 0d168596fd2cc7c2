"""Cables as JSON, one column after the other."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui import formats
from cable_tui.formats.tables import json_columns
from cable_tui.formats.tables.json_columns import JsonColumns
from tests.formats.samples import DATA, apart, cables, problem

FILE = (DATA / "table-columns.json").read_bytes()
IDS = {"0": "09LIMA1", "1": "09LIMA2"}


def test_a_row_is_made_of_the_values_of_all_columns() -> None:
    first, second = cables(FILE, "a.json")
    assert (first.reference_id, first.created) == ("09PORTAMITY12", "2009-02-03 18:48")
    assert (first.title, first.tags) == ("HARBOR TOLLS", ("PREL", "AL"))
    assert second.body.startswith("UNCLAS PORT AMITY 000077")


@pytest.mark.parametrize(
    ("columns", "reason"),
    [
        ({"refid": IDS, "body": {"0": "a"}}, "its columns 'refid' and 'body' have not the same"),
        ({"refid": ["09LIMA1"], "body": ["a", "b"]}, "its columns 'refid' and 'body' have not"),
        (
            {"columns": ["refid", "body"], "data": [["09LIMA1", "a"], ["09LIMA2"]]},
            "a row of it has 1 values for 2 columns",
        ),
        ({"refid": IDS, "price": {"0": 1, "1": 2}}, "none of its columns has the ids"),
    ],
)
def test_what_belongs_together_is_never_guessed(columns: object, reason: str) -> None:
    assert problem(json.dumps(columns).encode(), "a.json").reason.startswith(reason)


def test_a_file_cut_off_is_a_problem() -> None:
    assert problem(FILE[:-200], "a.json").reason.startswith("its columns")


def test_a_file_in_utf_16_is_read() -> None:
    assert len(cables(FILE.decode().encode("utf-16"), "a.json")) == 2


def test_a_file_that_is_too_long_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_columns, "LARGEST", 100)
    found = problem(FILE, "a.json")
    assert found.reason.endswith('write it with to_json(orient="records", lines=True)')


def test_a_value_that_is_no_json_costs_its_row_only() -> None:
    found, problems = apart(FILE.replace(b'{"0": "CONFIDENTIAL"', b'{"0": nil'), "a.json")
    assert [each.reference_id for each in found] == ["09PORTAMITY77"]
    assert [each.reason for each in problems] == ["the object is not JSON"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        b'{"a": {"0": 1}}',
        b'{"name": {"0": "Lamp"}, "text": {"0": "shines"}}',
        b'{"cable": {"refid": "09LIMA1", "body": "UNCLAS"}}',
        b'{"results": [{"refid": "09LIMA1"}]}',
        b'{"a": ' + b"[" * 10_000,
    ],
)
def test_other_files_are_left_alone(data: bytes) -> None:
    found = formats.sniff("a.json", data)
    assert isinstance(found, formats.Skip) or found.name == "table-json"


@given(st.text(alphabet='{}[]",: \n0refid09LMA\\', max_size=80))
def test_any_text_is_looked_at(text: str) -> None:
    JsonColumns(f'{{"refid": {text}'.encode()).is_of_cables()
