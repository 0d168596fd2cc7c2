from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.telegram import parse
from cable_tui.telegram.body import notes, without_row_ends
from cable_tui.telegram.body_labels import read
from tests.telegram.cables import record


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A lamp. (Note: It is\nold. End note.) It burns.", ("It is old",)),
        ("A lamp (NOTE: old) burns.", ("old",)),
        ("(Note: One. End note.) (Note: Two. End note.)", ("One", "Two")),
        ("NOTE - DO NOT PUBLISH - ASK ADA\n\nS E C R E T", ("NOTE - DO NOT PUBLISH - ASK ADA",)),
        ("Take note: nothing.", ()),
    ],
)
def test_notes_are_found(text: str, expected: tuple[str, ...]) -> None:
    assert notes(read(text)) == expected


@given(st.text(max_size=200))
def test_any_text_has_notes_or_none(text: str) -> None:
    assert all(notes(read("(Note: " + text)))


REST = "E.O. 12958: N/A\nTAGS: PREL MO\nSUBJECT: LAMPS\n\n1. (C) They burn.\n"


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        pytest.param(
            "Original was on paper and has since\nbeen typed\n\n------ --\n"
            "Copy from the harbor's archive\nFile: LAMPS 3\nBox 12\n------ --\n\n",
            [
                "Original was on paper and has since\nbeen typed",
                "Copy from the harbor's archive\nFile: LAMPS 3\nBox 12",
            ],
            id="remarks of an archive",
        ),
        pytest.param("SIPDIS\n\nSTATE FOR NEA/MAG\nNSC OR PELHAM\n\n", [], id="captions, readers"),
        pytest.param("State for NEA/MAG and all\nof their friends\n\n", [], id="readers in prose"),
        pytest.param("C O R R E C T E D  COPY - ADDED RABAT AS\nADDRESSEE.\n", [], id="corrected"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_text_above_the_labels_is_a_paragraph_without_label(
    before: str, expected: list[str]
) -> None:
    body = f"C O N F I D E N T I A L RABAT 000027\n\n{before}{REST}"
    *found, last = parse(record(body)).body.paragraphs

    assert [(p.label, p.text) for p in found] == [(None, text) for text in expected]
    assert all(body[slice(*p.span)].startswith(p.text.split("\n")[0]) for p in found)
    assert (last.label, last.text) == ("1", "They burn.")


@pytest.mark.parametrize(
    ("body", "read"),
    [
        ("SUBJECT: A PORT \\\n \\\nREF: X", "SUBJECT: A PORT  \n  \nREF: X"),
        ("a \\ \nb \\", "a   \nb  "),
        ("a\\b\nc", "a\\b\nc"),
        ("a \\", "a \\"),
        ("", ""),
    ],
)
def test_backslashes_at_line_ends_are_blanked(body: str, read: str) -> None:
    assert without_row_ends(record(body)).body == read


@given(st.text(alphabet="a\\ \n", max_size=60))
def test_offsets_stay_the_same(body: str) -> None:
    assert len(without_row_ends(record(body)).body) == len(body)
