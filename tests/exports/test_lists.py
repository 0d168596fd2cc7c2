"""Lists of cables as one file."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from cable_tui.base.cable import Body, Header
from cable_tui.base.value import replace
from cable_tui.exports.cable_json import cable_json
from cable_tui.exports.citation import Citation, Note
from cable_tui.exports.lists import FORMATS, once
from tests.exports.sample import PARAGRAPHS, TEXT_FORMATS, cable, listed

GOLDEN = Path(__file__).parents[1] / "data" / "golden"


def written(name: str) -> str:
    cables = [cable(), cable(created="", subject='=1+1, "so"\nit goes')]
    return listed(name, map(Citation, cables), "A title")


@pytest.mark.parametrize("name", TEXT_FORMATS)
@pytest.mark.documents
def test_every_list_is_as_its_golden_file(name: str) -> None:
    golden = (GOLDEN / f"list.{name}").read_bytes().decode("utf-8")
    assert written(name) == golden


def test_notes_of_several_places_of_a_cable_say_which_is_whose() -> None:
    places = [
        Citation(cable(), (PARAGRAPHS[1],), notes=(Note("whose boats?", "mara", "2026-11-24"),)),
        Citation(cable(), notes=(Note("see 08STATE1"),)),
    ]
    joined = once(places)
    (line,) = listed("jsonl", joined).splitlines()
    assert json.loads(line)["reader_notes"] == [
        {"place": "para. 1", "text": "whose boats?", "author": "mara", "written": "2026-11-24"},
        {"place": None, "text": "see 08STATE1", "author": None, "written": None},
    ]
    assert "note = {para. 1. (para. 1) mara: whose boats?. see 08STATE1}" in listed(
        "bibtex", joined
    )
    (line,) = listed("jsonl", places[:1]).splitlines()
    assert [each["place"] for each in json.loads(line)["reader_notes"]] == ["para. 1"]


@pytest.mark.parametrize(("form", "sign"), [("csv-raw", ""), ("csv", "'")])
def test_csv_is_read_back_as_it_was(form: str, sign: str) -> None:
    head, one, two = csv.reader(io.StringIO(written(form), newline=""))
    assert head[0] == "reference_id"
    assert one[head.index("tags")] == "EFIS; STEINBERG, JAMES B."
    assert one[head.index("references")] == "08STATE1"
    assert two[head.index("subject")] == f'{sign}=1+1, "so"\nit goes'
    assert two[head.index("link")] == ""


def test_tags_stand_beside_those_that_were_typed() -> None:
    text = "TAGS: PREL, VZ PREL\nSUBJECT: X"
    made = replace(cable(), tags=("PREL", "VE"), body=replace(cable().body, text=text))
    head, row = csv.reader(io.StringIO(listed("csv-raw", [Citation(made)]), newline=""))
    assert dict(zip(head, row, strict=True))["tags"] == "PREL; VE"
    assert dict(zip(head, row, strict=True))["tags_as_typed"] == "PREL, VZ PREL"


def test_cables_are_written_as_they_come() -> None:
    taken = []

    def cables() -> Iterator[Citation]:
        for number in range(3):
            taken.append(number)
            yield Citation(cable())

    form = FORMATS["jsonl"]
    pieces = form.join(map(form.part, cables()), "")
    next(pieces)
    assert taken == [0]


KEYS = (
    "reference_id canonical_id created created_from released classification origin subject "
    "subject_marking tags references articles header body warnings sources text_tags "
    "archive_tags remarks"
).split()


HEADER = (
    "transmission_id precedence precedences security date_time_group distribution originator from "
    "to info partial text"
).split()


BODY_KEYS = (
    "captions sections addressed executive_order declassify_on declassify_event classified_by "
    "classified_by_title reasons notes summary signed_by paragraphs text"
).split()


def test_keys_stand_in_the_order_of_the_contract() -> None:
    value = cable_json(cable())
    assert list(value) == KEYS
    assert list(value["header"]) == HEADER
    assert list(value["body"])[: len(BODY_KEYS)] == BODY_KEYS
    assert list(value["body"]["paragraphs"][0]) == ["label", "anchor", "marking", "heading", "text"]


def test_what_only_the_archive_says_stands_at_the_end() -> None:
    value = cable_json(
        replace(cable(), text_tags=("A",), archive_tags=("B",), remarks=(("Text", "on film"),))
    )
    assert (value["text_tags"], value["archive_tags"]) == (["A"], ["B"])
    assert value["remarks"] == [{"label": "Text", "text": "on film"}]


def test_what_is_not_known_is_null_or_empty() -> None:
    value = cable_json(cable(created=""))
    assert value["created"] is None
    empty = cable_json(type(cable())(cable().facts, "", None, (), (), (), Header(""), Body("")))
    assert empty["subject_marking"] is None
    assert empty["header"]["originator"] is None
    assert empty["header"]["to"] == []
    assert empty["body"]["sections"] is None
    assert empty["body"]["paragraphs"] == []
