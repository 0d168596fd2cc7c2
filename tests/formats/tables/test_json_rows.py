"""Objects cut out of JSON files, whole or damaged."""

import json
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.formats.base import BrokenRecord
from cable_tui.formats.tables import aliases
from cable_tui.formats.tables.json_rows import Shape, facts_of, objects

INDENT = st.sampled_from([None, 1, 4])
VALUES = st.dictionaries(
    st.text(max_size=5), st.text(max_size=8) | st.dictionaries(st.text(), st.none())
)


def cut(
    data: bytes, longest: int = 1 << 20, shape: Shape | None = None
) -> list[tuple[int, bytes, bool]]:
    found = list(objects(BytesIO(data), longest, shape))
    for row in found:
        assert data[row.offset : row.offset + len(row.data)] == row.data
        assert row.line == data.count(b"\n", 0, row.offset) + 1
    return [(row.line, row.data, not row.reason) for row in found]


@given(INDENT, st.lists(VALUES, min_size=1, max_size=4))
def test_the_objects_of_a_list_are_found(
    indent: int | None, values: list[dict[str, object]]
) -> None:
    found = cut(json.dumps(values, indent=indent).encode(), shape=Shape(depth=1))
    assert [json.loads(data) for _, data, _ in found] == values


@given(st.lists(VALUES, min_size=1, max_size=4))
def test_the_objects_of_lines_are_found(values: list[dict[str, object]]) -> None:
    lines = "".join(json.dumps(value) + "\n" for value in values)
    assert [json.loads(data) for _, data, _ in cut(lines.encode())] == values


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        pytest.param(
            b'{"a": "x\n{"b": "y"}\n',
            [(1, b'{"a": "x', True), (2, b'{"b": "y"}', True)],
            id="quote",
        ),
        pytest.param(
            b'{"a": "x"\n{"b": "y"}\n',
            [(1, b'{"a": "x"\n', True), (2, b'{"b": "y"}', True)],
            id="brace",
        ),
        pytest.param(b'{"a": "x\\', [(1, b'{"a": "x\\', True)], id="cut off in an escape"),
        pytest.param(
            b'word {"a": 1}', [(1, b"word ", False), (1, b'{"a": 1}', True)], id="outside"
        ),
        pytest.param(b'{"a": 1} word', [(1, b'{"a": 1}', True), (1, b" word", False)], id="after"),
        pytest.param(b"", [], id="empty"),
        pytest.param(b"[]\n", [], id="empty list"),
    ],
)
def test_damage_does_not_hide_what_follows(
    data: bytes, expected: list[tuple[int, bytes, bool]]
) -> None:
    assert cut(data) == expected


def test_a_list_that_is_cut_off_has_its_last_object() -> None:
    assert cut(b'[\n  {"a": "x"', shape=Shape(1)) == [(2, b'{"a": "x"', True)]


@given(INDENT, st.lists(VALUES, min_size=1, max_size=4))
def test_an_object_of_objects_gives_each_with_its_key(
    indent: int | None, values: list[dict[str, object]]
) -> None:
    by_key = {f"09LIMA{number}": value for number, value in enumerate(values)}
    found = cut(json.dumps(by_key, indent=indent).encode(), shape=Shape(1, keyed=True))
    parts = b",".join(data for _, data, _ in found)
    assert json.loads(b"{" + parts + b"}") == by_key
    assert len(found) == len(values)


@given(st.lists(VALUES, min_size=1, max_size=4), st.integers(1, 3))
def test_what_is_around_a_list_does_not_matter(values: list[dict[str, object]], pages: int) -> None:
    page = {"count": 3, "info": {"next": [{"a": 1}]}, "results": values, "end": {"b": {}}}
    data = "\n".join([json.dumps(page)] * pages).encode()
    shape = Shape(2)
    found = [json.loads(each) for _, each, opened in cut(data, shape=shape) if opened]
    assert [each for each in found if each in values] == values * pages


@pytest.mark.parametrize("shape", [Shape(), Shape(1), Shape(1, keyed=True), Shape(pairs=True)])
@given(text=st.text(alphabet='{}[]"\\\n ,a:1', max_size=60))
def test_any_text_is_cut_in_any_shape(shape: Shape, text: str) -> None:
    cut(text.encode(), 20, shape)


def test_a_brace_that_is_lost_on_one_line_costs_one_object() -> None:
    objects_ = [f'{{"refid": "09LIMA{number}", "body": "x"}}' for number in range(6)]
    data = ("[" + ", ".join(objects_) + "]").replace('"09LIMA2", "body": "x"}', '"09LIMA2"', 1)
    found = [each for _, each, _ in cut(data.encode(), shape=Shape(1))]
    assert [each.decode() for each in found if each.decode() in objects_] == [
        each for each in objects_ if "LIMA2" not in each
    ]


def test_an_object_that_is_too_long_is_told_and_left_out() -> None:
    long = b'{"a": "' + b"x" * 3_000_000 + b'"}\n'
    assert cut(long + b'{"b": 1}\n') == [(1, b"", False), (2, b'{"b": 1}', True)]


def test_objects_over_the_edges_of_what_is_read_at_once_are_whole() -> None:
    one = json.dumps({"a": "x" * 70_001}).encode() + b"\n"
    assert cut(one * 40) == [(line, one[:-1], True) for line in range(1, 41)]


NINES = "9" * 5000


@pytest.mark.parametrize(
    ("record", "facts"),
    [
        pytest.param('{"Reference ID": "A", "n": 7}', {"referenceid": "A", "n": "7"}, id="plain"),
        pytest.param(
            '{"a": null, "b": true, "c": ["x", "y"]}', {"a": "", "b": "", "c": "x | y"}, id="kinds"
        ),
        pytest.param('{"body": ["x", "y"]}', {"body": "x\ny"}, id="lines of a text"),
        pytest.param(
            '{"paragraphs": [{"n": 1, "text": "x"}, {"n": 2, "text": "y"}]}',
            {"paragraphs": "x\ny"},
            id="paragraphs of a text",
        ),
        pytest.param(
            '{"date": {"$date": {"$numberLong": "1233686880000"}}}',
            {"date": "1233686880000"},
            id="mongoexport",
        ),
        pytest.param(
            '{"_source": {"body": "x"}, "_id": "09LIMA1"}',
            {"id": "09LIMA1", "body": "x"},
            id="inside",
        ),
        pytest.param('{"a": "1", "a": "2"}', {"a": "2"}, id="a key twice"),
        pytest.param(
            '{"n": 1e999999, "m": ' + NINES + "}", {"n": "1e999999", "m": NINES}, id="numbers"
        ),
        pytest.param(
            '"09LIMA1": {"body": "x"}', {"body": "x", "referenceid": "09LIMA1"}, id="by id"
        ),
        pytest.param('"x": {"refid": "09LIMA1"}', {"refid": "09LIMA1"}, id="behind a name"),
        pytest.param(
            '{"index": {"_id": "09LIMA1"}}\n{"body": "x"}',
            {"body": "x", "referenceid": "09LIMA1"},
            id="_bulk",
        ),
        pytest.param(
            '{"body": {"text": "x", "paragraphs": [{"label": "1", "anchor": null}]}}',
            {"body": "x", aliases.NO_ANCHORS: "yes"},
            id="our own export",
        ),
    ],
)
def test_values_stand_by_the_keys_of_a_table(record: str, facts: dict[str, str]) -> None:
    assert facts_of(record.encode()) == facts


@pytest.mark.parametrize(
    "record", ["", "[1]", "7", "{", '{"a": 1}}', '"a": 1', '{"index": {}}', "[" * 100_000]
)
def test_what_is_no_object_is_broken(record: str) -> None:
    with pytest.raises(BrokenRecord):
        facts_of(record.encode())


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=12,
    )
)
def test_any_value_gives_texts_or_is_broken(value: object) -> None:
    try:
        facts = facts_of(json.dumps(value).encode())
    except BrokenRecord:
        return
    assert all(isinstance(each, str) for each in facts.values())


def test_an_escaped_backslash_before_an_apostrophe_ends_the_reading() -> None:
    with pytest.raises(BrokenRecord):
        facts_of(rb"""{"refid": "09RABAT27", "text": "\\' \q"}""")
