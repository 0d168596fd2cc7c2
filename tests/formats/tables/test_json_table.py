"""Cables as JSON."""

import json
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.cable import Problem, RawCable
from cable_tui.formats.tables.json_table import JsonTable
from tests.formats.samples import DATA, read

FILE = (DATA / "table.json").read_bytes()


def test_keys_of_mongoexport_are_known() -> None:
    first, second = read(FILE, "a.json")
    assert isinstance(first, RawCable)
    assert isinstance(second, RawCable)
    assert (first.reference_id, first.created) == ("09PORTAMITY12", "2009-02-03 18:48")
    assert (first.tags, first.title) == (("PREL", "AL"), "HARBOR TOLLS")
    assert second.body.endswith("1. (U) Nothing to report.\nCAPULET")


def test_an_answer_of_the_foiarchive_is_read() -> None:
    answer = {
        "count": 1,
        "results": [
            {
                "doc_id": "1974TEHRAN A-100",
                "corpus": "cables",
                "authored": "1974-06-01T00:00:00",
                "classification": "UNCLASSIFIED",
                "title": "AIRGRAM",
                "body": "THE POST REPORTS.",
            }
        ],
    }
    (cable,) = read(json.dumps(answer).encode(), "a.json")
    assert isinstance(cable, RawCable)
    assert (cable.reference_id, cable.created) == ("1974TEHRAN A-100", "1974-06-01")


def test_a_damaged_line_does_not_hide_the_next_one() -> None:
    found = read(FILE.replace(b'"HARBOR TOLLS"', b'"HARBOR TOLLS', 1), "a.json")
    assert [isinstance(item, RawCable) for item in found] == [False, True]


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


@pytest.mark.parametrize(
    "first",
    [
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
    ],
)
def test_a_first_line_that_is_broken_does_not_hide_the_others(first: str) -> None:
    expected = [f"09LIMA{n}" for n in range(2, 31)]
    assert [each for each in _ids("\n".join([first, *LINES[1:]])) if each != "09LIMA1"] == expected


def test_an_object_without_an_id_and_an_empty_text_are_said() -> None:
    data = b'[{"refid": "09LIMA1", "body": ""}, {"refid": "", "body": "x"}, {"a": 1}]'
    found = read(data, "a.json")
    reasons = [item.reason for item in found if isinstance(item, Problem)]
    assert [reason[:12] for reason in reasons] == ["no reference", "no reference", "09LIMA1 has "]


def test_a_file_without_any_record_that_can_be_read_is_a_problem() -> None:
    (problem,) = read(b'"refid": "09LIMA1", {', "a.json")
    assert isinstance(problem, Problem)


@pytest.mark.parametrize("codec", ["utf-8", "utf-16", "utf-16-be"])
def test_records_are_read_again_from_their_places(codec: str) -> None:
    data = FILE.decode().encode(codec)
    form = JsonTable()
    for item in form.records(BytesIO(data), "a"):
        assert not isinstance(item, Problem)
        part = data[item.place.offset : item.place.offset + item.place.length]
        again = form.at(form.context(BytesIO(data)) + part, item.place)
        assert again.reference_id == item.cable.reference_id


@given(st.binary(max_size=60), st.integers(0, len(FILE)), st.integers(0, 60))
def test_any_damage_gives_cables_or_problems(junk: bytes, at: int, lost: int) -> None:
    data = FILE[:at] + junk + FILE[at + lost :]
    assert list(JsonTable().records(BytesIO(data), "a"))
