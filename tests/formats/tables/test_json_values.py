"""The values of an object."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.formats.base import BrokenRecord
from cable_tui.formats.tables import aliases
from cable_tui.formats.tables.json_values import facts_of

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
