"""Cables as JSON."""

import json
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui import formats
from cable_tui.base.cable import Problem, RawCable
from cable_tui.formats.tables.json_rows import Shape
from cable_tui.formats.tables.json_table import JsonTable, PlusdJson, claims, plan_of, shape_of
from tests.formats.samples import DATA, cable, problem, read

LINES = [
    json.dumps(
        {
            "refid": f"09LIMA{n}",
            "date": "2009-02-13",
            "tags": [{"a": "PREL"}],
            "body": f"Lamps {n}.",
        }
    )
    for n in range(1, 31)
]


def _ids(data: str) -> list[str]:
    found = read(data.encode(), "a.jsonl")
    return [each.reference_id for each in found if isinstance(each, RawCable)]


BROKEN = [
    "{",
    "[",
    "{{",
    '{"a": [',
    '{"a": {"b": [{',
    '{"a": 5',
    '{"cable": ' + LINES[0],
    LINES[0] + "}",
    LINES[0].replace('", "', '" "'),
    LINES[0].replace('"refid"', 'refid"'),
    "null",
    "# made by hand",
    *(LINES[0][:cut] for cut in range(1, len(LINES[0]))),
    *(LINES[0][cut:] for cut in range(1, len(LINES[0]), 5)),
]


def test_a_first_line_that_is_broken_does_not_hide_the_others() -> None:
    expected = [f"09LIMA{n}" for n in range(2, 31)]
    for first in BROKEN:
        found = _ids("\n".join([first, *LINES[1:]]))
        assert [each for each in found if each != "09LIMA1"] == expected, first


def test_an_object_without_an_id_and_an_empty_text_are_said() -> None:
    data = b'[{"refid": "09LIMA1", "body": ""}, {"refid": "", "body": "x"}, {"a": 1}]'
    found = read(data, "a.json")
    reasons = [item.reason for item in found if isinstance(item, Problem)]
    assert [reason[:12] for reason in reasons] == ["no reference", "no reference", "09LIMA1 has "]


def test_a_file_without_any_record_that_can_be_read_is_a_problem() -> None:
    assert problem(b'"refid": "09LIMA1", {', "a.json").line == 1


CABLE = {
    "refid": "09LIMA1",
    "date": "2009-02-13",
    "references": [{"refid": "09LIMA2", "text": "x."}],
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
        pytest.param(b'{"a":\n' + LINE + b"}", Shape(1, keyed=True), id="behind a line break"),
    ],
)
def test_an_object_where_none_can_be_says_that_a_bracket_is_lost(data: bytes, shape: Shape) -> None:
    plan = plan_of(data)
    assert plan is not None
    assert shape_of(plan) == shape


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
    assert not claims(b'"color": "09LIMA1"')


@given(st.text(alphabet='{}[]",: \nrefid09LMA\\', max_size=80))
def test_any_text_has_a_plan_or_none(text: str) -> None:
    plan_of(text.encode())


SCRAPED = (DATA / "plusd.jsonl").read_bytes()
LIST = (DATA / "plusd.json").read_bytes()
ONE = (DATA / "plusd-one.json").read_bytes()


@pytest.mark.parametrize("data", [SCRAPED, LIST], ids=["lines", "list"])
def test_each_object_is_a_cable(data: bytes) -> None:
    found = read(data, "a")
    assert all(isinstance(each, RawCable) for each in found)
    cables = [each for each in found if isinstance(each, RawCable)]
    assert [raw.reference_id for raw in cables] == [f"1975LIMA0254{n}" for n in range(3)]
    assert [raw.created for raw in cables] == ["1975-04-12", "1975-04-12 01:00", "1975-04-12 02:00"]
    assert {raw.origin for raw in cables} == {"Embassy Lima"}
    assert cables[1].title == "BOATS 1"
    assert cables[1].header == "R 121611Z APR 75\nFM AMEMBASSY LIMA\nTO SECSTATE WASHDC 6011"
    assert cables[1].body.startswith('UNCLAS LIMA 02541\n\nSUBJ: BOATS {1}\n\n1. "COUNTED" \\ 1.')


def test_facts_inside_of_an_object_are_facts() -> None:
    raw = cable(ONE, "a.json")
    assert raw.reference_id == "09PORTAMITY12"
    assert raw.created == "2009-02-03 18:48"
    assert raw.classification == "SECRET//NOFORN"
    assert raw.body.startswith("S E C R E T PORT AMITY 000012")


def test_a_damaged_line_of_a_scrape_does_not_hide_the_next_one() -> None:
    found = read(SCRAPED.replace(b'"BOATS 1"', b'"BOATS 1', 1), "a.jsonl")
    assert isinstance(found[1], Problem)
    assert (found[1].line, found[1].reason) == (2, "the object is not JSON")
    assert [isinstance(each, RawCable) for each in found] == [True, False, True]


NO_ID = (
    "no reference ID: no column contains cable IDs, and none can be made from the first line and "
    "date"
)
NO_RECORD = "no object in its first part has a cable ID and a text or date"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (
            ONE.replace(b"09PORTAMITY12_a", b"").replace(b" PORT AMITY 000012", b""),
            NO_ID,
        ),
        (ONE.replace(b"{", b'{"a":' + b"[" * 5000), NO_RECORD),
        (SCRAPED.replace(b"}\n", b"}\nword\n", 1)[:380], "text outside any object"),
    ],
    ids=["no id", "nested", "outside"],
)
def test_what_is_wrong_is_said(data: bytes, reason: str) -> None:
    assert reason in [each.reason for each in read(data, "a") if isinstance(each, Problem)]


def test_the_exports_of_the_program_are_not_taken_for_scrapes() -> None:
    assert not PlusdJson().matches("a", b'{"reference_id": "A", "canonical_id": "A"}')


WORDS = "UNCLAS\\n\\nSUBJECT: TOLLS\\n\\n1. (U) The toll. " + "It is paid. " * 20
UNKNOWN = f'[{{"nr": "NL-7", "when": "2009-02-03", "words": {{"de": "{WORDS}"}}}}]'.encode()


def test_an_object_that_no_rule_knows_has_a_line_for_the_settings() -> None:
    assert problem(UNKNOWN, "a.json").reason.endswith(
        'tables = [{match = "a.json", id = "nr", text = "de"}]'
    )


def test_keys_that_the_reader_has_named_are_read() -> None:
    form = formats.sniff("a.json", UNKNOWN, tables=['{"id": "nr", "text": "de"}'])
    assert isinstance(form, JsonTable)
    note, first = formats.cables(form, BytesIO(UNKNOWN), "a.json")
    assert isinstance(first, RawCable)
    assert (first.reference_id, first.created) == ("NL-7", "2009-02-03")
    assert first.body.startswith("UNCLAS\n\nSUBJECT: TOLLS")
    assert isinstance(note, Problem)
    assert note.reason == "column 'when' is read as the date, judging by its values"


def test_an_object_without_its_end_is_a_problem() -> None:
    assert problem(ONE[:-3], "a.json").line == 1
