"""Where records stand in a JSON file."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.formats.tables.json_rows import Shape
from cable_tui.formats.tables.json_shape import claims, plan_of, shape_of

CABLE = {
    "refid": "09LIMA1",
    "date": "2009-02-13",
    "references": [{"refid": "09LIMA2", "text": "x"}],
}
BARE = {"date": "2009-02-13", "body": "x"}


@pytest.mark.parametrize(
    ("value", "shape"),
    [
        pytest.param(CABLE, Shape(0), id="one"),
        pytest.param([CABLE, CABLE], Shape(1), id="a list"),
        pytest.param({"09LIMA1": CABLE}, Shape(1, keyed=True), id="by id"),
        pytest.param({"09LIMA1": BARE}, Shape(1, keyed=True), id="by id alone"),
        pytest.param({"page": 1, "results": [CABLE]}, Shape(2), id="an answer"),
        pytest.param(
            {"hits": {"total": 1, "hits": [{"_id": "09LIMA1", "_source": BARE}]}},
            Shape(3),
            id="hits",
        ),
        pytest.param({"cable": CABLE}, Shape(1, keyed=True), id="behind a name"),
    ],
)
def test_records_are_the_outermost_objects_with_an_id(value: object, shape: Shape) -> None:
    for indent in (None, 2):
        plan = plan_of(json.dumps(value, indent=indent).encode())
        assert plan is not None
        assert shape_of(plan) == shape


LINE = json.dumps(CABLE).encode()


@pytest.mark.parametrize(
    ("data", "shape"),
    [
        pytest.param(b"{\n" + LINE + b"\n" + LINE, Shape(0), id="a line of one brace"),
        pytest.param(b'{"a": [\n' + LINE + b"\n" + LINE, Shape(0), id="a list without its end"),
        pytest.param(b"[" + LINE[:-1] + b",\n" + LINE + b",\n" + LINE, Shape(1), id="in a list"),
        pytest.param(b"[" + LINE + b"\n" + LINE + b"]", Shape(1), id="commas that are missing"),
        pytest.param(b'{"a":\n' + LINE + b"}", Shape(1, keyed=True), id="behind a line end"),
    ],
)
def test_an_object_where_none_can_be_says_that_a_bracket_is_lost(data: bytes, shape: Shape) -> None:
    plan = plan_of(data)
    assert plan is not None
    assert shape_of(plan) == shape


def test_pairs_of_lines_are_known_by_the_first() -> None:
    plan = plan_of(b'{"index": {"_id": "09LIMA1"}}\n{"date": "2009-02-13", "body": "x"}\n')
    assert plan is not None
    assert shape_of(plan) == Shape(pairs=True)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        b"[1, 2]",
        b'{"a": {"b": 1}}',
        b'[{"id": "17", "text": "hello", "date": "2009-02-13"}]',
        b'{"refid": "09LIMA1"}',
        b'"09LIMA1"',
        b"[" * 100_000,
        b'{"a":' * 50_000,
    ],
)
def test_other_files_are_left_alone(data: bytes) -> None:
    assert plan_of(data) is None


def test_a_file_cut_off_in_its_first_record_is_known() -> None:
    assert plan_of(json.dumps([CABLE]).encode()[:60]) is not None


def test_a_key_and_an_id_claim_to_be_a_cable() -> None:
    assert claims(b'"refid": "09LIMA1", {')
    assert not claims(b'"colour": "09LIMA1"')


@given(st.text(alphabet='{}[]",: \nrefid09LMA\\', max_size=80))
def test_any_text_has_a_plan_or_none(text: str) -> None:
    plan_of(text.encode())
