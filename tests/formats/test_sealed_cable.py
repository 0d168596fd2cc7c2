"""Cables of a dossier: all that a container said comes back, and nothing else is taken for one."""

from __future__ import annotations

import json
from contextlib import suppress
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui import formats
from cable_tui.base.cable import (
    Edition,
    EditorsName,
    Location,
    Paragraph,
    Problem,
    RawCable,
    Reference,
)
from cable_tui.base.value import replace
from cable_tui.formats.base import BrokenRecord, Skip
from cable_tui.formats.sealed_cable import FORMAT, Gap, SealedCable, SealedSource, dumps, loads
from tests.drawn_shapes import objects_of, spoilt
from tests.formats.samples import DATA, cable

SAMPLE = (DATA / "sealed.json").read_bytes()
HERE = Location("cables/1.json", 0, 7)
EDITION = Edition(
    heading="Telegram From the Embassy",
    kind="telegram",
    number="7",
    day="1961-02-03",
    subject="Lamps",
    sender="Embassy",
    to=("Department of State",),
    info=(),
    precedences=("PRIORITY",),
    captions=("LIMDIS",),
    signed_by=("HALE",),
    notes=("[1] Not\nprinted.",),
    paragraphs=(Paragraph("1", None, "C", "Lamps", "They are lit.", (0, 12)),),
    references=(Reference("A", "cable", "61QUAYHAVEN1", False, "Tel 1", (0, 3)),),
    damage="a tag",
)
RAW = RawCable(
    reference_id="07SANTORIEL45",
    created="2007-04-17 14:59",
    released="2011-06-20 08:00",
    classification="CONFIDENTIAL",
    origin="Embassy Sant Oriel",
    title="THE BELLS",
    header="FM AMEMBASSY\n",
    body="1. They are lit. “Über”\n",
    format="frus",
    location=HERE,
    articles=("https://example.org/a",),
    references=("07SANTORIEL1",),
    tags=("PHUM",),
    remarks=(("Film", "D07 1"),),
    anchors=("par1",),
    edition=EDITION,
    cut_off=True,
    damaged=True,
)
SOURCE = SealedSource("vol\udcff.xml", "frus", 12, 34, "a" * 64)


def test_all_that_a_container_said_comes_back() -> None:
    sealed = SealedCable(
        "07SANTORIEL45", RAW, SOURCE, ("1",), {"title": (), "header": (), "body": ()}
    )
    found = loads(dumps(sealed), HERE)
    assert found.raw == RAW
    assert (found.canonical_id, found.cited, found.whole, found.masked) == (
        *("07SANTORIEL45", ("1",)),
        *(True, 0),
    )
    assert found.source.sha256 == "a" * 64
    assert found.source.offset == 12
    people = (EditorsName("Sapt", "frus1955-57v97#p_SR1"),)
    whose = replace(RAW, edition=replace(EDITION, people=people))
    assert loads(dumps(replace(sealed, raw=whose)), HERE).raw == RAW
    plain = replace(RAW, edition=None, anchors=None, cut_off=False, damaged=False)
    assert loads(dumps(replace(sealed, raw=plain)), HERE).raw == plain


def test_the_sample_is_cited_by_its_source_and_says_what_is_missing() -> None:
    raw = cable(SAMPLE, "sealed.json")
    assert raw.format == "html-page"
    assert raw.anchors == ("par1", "par2")
    missing = "only ¶2 of its paragraphs; the others are not included; a name is masked 1 time"
    assert raw.remarks == (("Verifiable dossier", missing),)


def test_a_part_of_a_text_is_counted_as_a_part() -> None:
    (record,) = FORMAT.records(BytesIO(SAMPLE), "a.json")
    assert not isinstance(record, Problem)
    assert record.extent is not None
    assert record.extent.cut


def test_a_format_of_a_later_version_is_one_of_ours() -> None:
    value = json.loads(SAMPLE)
    value["record"]["format"] = "parchment"
    assert loads(json.dumps(value).encode(), HERE).raw.format == "sealed-cable"


def changed(*path: str | int, to: Any) -> bytes:
    value = json.loads(SAMPLE)
    inner = value
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = to
    return json.dumps(value).encode()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"{", "not a cable of a verifiable dossier"),
        (changed("version", to=2), "an unknown version"),
        (changed("record", "body", to=7), "body: a text is required"),
        (changed("gaps", "body", to=[[0, 9999, "name"]]), "a gap outside the text"),
        (changed("gaps", "body", to=[[9, 12, "name"], [3, 4, "name"]]), "a gap outside"),
        (changed("gaps", "body", to=[[0, 1, "name"]] * 20_001), "body: more than 20,000"),
        (changed("record", "edition", to={}), "is required"),
    ],
)
def test_what_is_not_of_this_shape_is_a_broken_record(content: bytes, reason: str) -> None:
    with pytest.raises(BrokenRecord, match=reason):
        loads(content, HERE)


def test_a_broken_one_is_a_problem_of_its_file() -> None:
    (found,) = FORMAT.records(BytesIO(SAMPLE[:-20]), "a.json")
    assert isinstance(found, Problem)


def test_control_characters_of_a_stranger_become_visible() -> None:
    raw = loads(changed("record", "body", to="a\x1b[31mb" + "x" * 300), HERE).raw
    assert "\x1b" not in raw.body


@pytest.mark.parametrize(
    "head",
    [
        b"<!DOCTYPE html>\n<!-- cable-tui verifiable dossier -->\n<html>Viewing cable 09RABAT1,",
        b'{\n "format": "cable-tui sealed dossier",\n "version": 1,',
        b'{\n "format": "cable-tui marks",\n "version": 1,\n "marks": [{"ref": "09RABAT1"}]}',
        b"% cable-tui sealed dossier: citations\n",
    ],
)
def test_the_other_files_of_a_dossier_are_no_cables_and_are_counted(head: bytes) -> None:
    found = formats.sniff("a/b", head)
    assert isinstance(found, Skip)
    assert (found.kind, found.silent) == ("part of a verifiable dossier, or bookmarks", False)


@given(at=st.integers(0, len(SAMPLE) - 1), byte=st.integers(0, 255))
def test_any_changed_byte_leaves_a_cable_or_a_problem(at: int, byte: int) -> None:
    data = bytearray(SAMPLE)
    data[at] = byte
    for found in FORMAT.records(BytesIO(bytes(data)), "a.json"):
        assert isinstance(found, Problem) or gapless(found.cable)


@given(spoilt(objects_of(RawCable)))
def test_a_spoilt_record_is_a_cable_or_broken(record: object) -> None:
    with suppress(BrokenRecord):
        loads(changed("record", to=record), HERE)


def gapless(raw: RawCable) -> bool:
    return isinstance(raw.body, str)


def test_a_gap_is_within_its_text() -> None:
    assert loads(SAMPLE, HERE).gaps["body"] == (Gap(144, 180, "left out"), Gap(201, 214, "name"))
