from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.telegram import parse
from cable_tui.telegram.body import notes, without_row_ends, without_trailer
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


TEXT = "1. (U) The harbor master cleared this cable.\n"


@pytest.mark.parametrize(
    "trailer",
    [
        pytest.param("Please visit Rabat's Classified Website at:\nhttp://a.example/rabat.c fm"),
        pytest.param("\nVisit Rabat's Classified Web Site at\nhttp://a.example/rabat/\n"),
        pytest.param("Visit Rabat’s Classified Website: http://a.example/Portal:Moroc co"),
        pytest.param(
            "***************** ****\nFor more reporting from Embassy Rabat, visit:\n"
            "visit Rabat's Classified Website at:\n\nhttp://a.example/Moroc co\n"
            "***************** ****\n"
        ),
        pytest.param("PLEASE VISIT RABAT'S CLASSIFIED WEBSITE AT:\nHTTP://A.EXAMPLE/INDEX.C FM"),
    ],
)
def test_the_invitation_to_a_web_site_is_no_text(trailer: str) -> None:
    body = TEXT + trailer

    assert body[: without_trailer(body, 0, len(body))].rstrip() == TEXT.rstrip()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("They will visit the union's web site and ask for lamps there, he said.\n"),
        pytest.param("Visit Rabat's website: http://a.example\nThen they left.\n"),
        pytest.param("His visit was short.\n"),
    ],
)
def test_a_visit_that_is_told_stays(text: str) -> None:
    body = TEXT + text

    assert without_trailer(body, 0, len(body)) == len(body)


@given(st.text(alphabet="visitV webs:/.\n*-", max_size=200))
def test_the_end_lies_in_the_text(text: str) -> None:
    assert 0 <= without_trailer(text, 0, len(text)) <= len(text)
