"""Scrapes of PlusD: one object, a list, or lines."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.cable import Problem, RawCable
from cable_tui.formats.tables.plusd_json import PlusdJson
from tests.formats.samples import DATA, cable, problem, read

LINES = (DATA / "plusd.jsonl").read_bytes()
LIST = (DATA / "plusd.json").read_bytes()
ONE = (DATA / "plusd-one.json").read_bytes()


@pytest.mark.parametrize("data", [LINES, LIST], ids=["lines", "list"])
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


def test_a_damaged_line_does_not_hide_the_next_one() -> None:
    found = read(LINES.replace(b'"BOATS 1"', b'"BOATS 1', 1), "a.jsonl")
    assert isinstance(found[1], Problem)
    assert (found[1].line, found[1].reason) == (2, "the object is no JSON")
    assert [isinstance(each, RawCable) for each in found] == [True, False, True]


NO_RECORD = "no object in its first part has the id of a cable and a text or date"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (
            ONE.replace(b"09PORTAMITY12_a", b""),
            "no reference: none of its columns holds the id of a cable",
        ),
        (ONE.replace(b"{", b'{"a":' + b"[" * 5000), NO_RECORD),
        (LINES.replace(b"}\n", b"}\nword\n", 1)[:380], "text outside of any object"),
    ],
    ids=["no id", "nested", "outside"],
)
def test_what_is_wrong_is_said(data: bytes, reason: str) -> None:
    assert reason in [each.reason for each in read(data, "a") if isinstance(each, Problem)]


def test_utf_16_is_read() -> None:
    (marked,) = read(ONE.decode().encode("utf-16"), "a.json")
    (plain,) = read(ONE, "a.json")
    assert isinstance(marked, RawCable)
    assert isinstance(plain, RawCable)
    assert (marked.reference_id, marked.body) == (plain.reference_id, plain.body)
    assert marked.place.length > plain.place.length * 1.9


def test_the_exports_of_the_program_are_not_taken_for_scrapes() -> None:
    assert not PlusdJson().matches("a", b'{"reference_id": "A", "canonical_id": "A"}')


def test_an_object_without_its_end_is_a_problem() -> None:
    assert problem(ONE[:-3], "a.json").line == 1


@given(st.binary(max_size=100), st.integers(0, len(LIST)), st.integers(0, 100))
def test_any_damage_gives_cables_or_problems(junk: bytes, at: int, lost: int) -> None:
    data = LIST[:at] + junk + LIST[at + lost :]
    found = list(PlusdJson().records(BytesIO(data), "a"))
    assert found
