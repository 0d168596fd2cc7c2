from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.telegram import parse
from cable_tui.telegram.body_labels import read
from cable_tui.telegram.parse_cable import notes, without_row_ends
from tests.cases import case
from tests.telegram.cables import BODY, record


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
        case(
            "remarks of an archive",
            "Original was on paper and has since\nbeen typed\n\n------ --\n"
            "Copy from the harbor's archive\nFile: LAMPS 3\nBox 12\n------ --\n\n",
            [
                "Original was on paper and has since\nbeen typed",
                "Copy from the harbor's archive\nFile: LAMPS 3\nBox 12",
            ],
        ),
        case("captions, readers", "SIPDIS\n\nSTATE FOR NEA/MAG\nNSC OR PELHAM\n\n", []),
        case("readers in prose", "State for NEA/MAG and all\nof their friends\n\n", []),
        case("corrected", "C O R R E C T E D  COPY - ADDED RABAT AS\nADDRESSEE.\n", []),
        case("nothing", "", []),
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


def test_every_field_of_a_cable_is_read() -> None:
    header = "FM AMCONSUL CASABLANCA\nTO RUEHC/SECSTATE WASHDC\nINFO AMEMBASSY RABAT"
    cable = parse(record(header=header))
    body = cable.body

    assert cable.header.sender == "AMCONSUL CASABLANCA"
    assert [each.name for each in cable.header.to] == ["SECSTATE WASHDC"]
    assert [each.name for each in cable.header.info] == ["AMEMBASSY RABAT"]
    assert cable.subject == "THE LIGHTHOUSE KEEPERS' UNION AND THE HARBOR"
    assert cable.tags == ("PREL", "PGOV", "MO")
    assert [r.reference_id for r in cable.references] == ["08STATE127448", "09RABAT90"]
    assert body.captions == ("SIPDIS", "NOFORN")
    assert body.sections == 2
    assert (body.executive_order, body.declassify_on) == ("12958", "2019-02-13")
    assert (body.classified_by, body.classified_by_title) == ("Ada Thornbury", "Consul General")
    assert body.reasons == ("1.4 (b)", "1.4 (d)")
    assert body.summary == "The keepers met on Monday. They were in 2008. A vote was put off."
    assert body.signed_by == ("THORNBURY",)
    assert body.text == BODY


def test_the_paragraphs_of_a_cable_are_read() -> None:
    found = parse(record()).body.paragraphs

    assert [(p.label, p.marking, p.heading) for p in found] == [
        ("1", "C", "Summary"),
        ("2", "C/NF", "The Keepers"),
        ("3", "U", None),
    ]
    assert found[1].text == "Their chairman said that the lamp would\nburn until spring."
    assert found[2].text == "The harbor master cleared this cable."


ROWS = {
    "labelled": """


id: 81813
date: 2/13/2009 14:57
refid: 09CASABLANCA27
origin: Consulate Casablanca
classification: CONFIDENTIAL
destination: 08STATE127448|09RABAT90
header:
VZCZCXYZ0000
FM AMCONSUL CASABLANCA
TO RUEHC/SECSTATE WASHDC

----------------- header ends ----------------

""",
    "columns": "\n\n18800\n\n2009-02-13\n\n09CASABLANCA27\n\nConsulate Casablanca\n\n",
    "none": "\n\n",
}
"""The text between a head that the site cut and the whole text, on pages of 2011."""


@pytest.mark.parametrize("row", ROWS)
def test_a_head_that_the_site_cut_leaves_the_whole_text_below_it_as_it_is(row: str) -> None:
    whole = parse(record())
    for cut in range(BODY.index("TAGS") + 4, BODY.index("End Summary"), 11):
        cable = parse(record(BODY[:cut].rstrip() + "..." + ROWS[row] + BODY))
        found = cable.body

        assert (cable.subject, cable.tags) == (whole.subject, whole.tags)
        assert [r.reference_id for r in cable.references] == ["08STATE127448", "09RABAT90"]
        assert (found.classified_by, found.reasons) == ("Ada Thornbury", ("1.4 (b)", "1.4 (d)"))
        assert (found.addressed, found.captions) == (whole.body.addressed, whole.body.captions)
        assert [p.text for p in found.paragraphs] == [p.text for p in whole.body.paragraphs]
        assert "repeated-body" in {warning.code for warning in cable.warnings}


def test_a_head_that_the_site_cut_lends_the_labels_that_the_text_below_lacks() -> None:
    head = BODY[: BODY.index(" KEEPERS")] + "...\n\n"
    flat = (
        "C O N F I D E N T I A L SECTION 01 OF 02 CASABLANCA 000027 SIPDIS E.O. 12958: DECL: "
        "02/13/2019 TAGS: PREL PGOV MO\n\n"
    )
    cable = parse(record(head + flat + BODY[BODY.index("1. (C)") :]))

    assert cable.subject == "THE LIGHTHOUSE..."
    assert cable.tags == ("PREL", "PGOV", "MO")
    assert [p.label for p in cable.body.paragraphs] == ["1", "2", "3"]


def test_a_head_that_only_its_own_first_lines_follow_keeps_what_it_has() -> None:
    head = BODY[: BODY.index(" in\n2008")]
    flat = "C O N F I D E N T I A L SECTION 01 OF 02 CASABLANCA 000027 SIPDIS TAGS: PREL PGOV MO"
    found = parse(record(f"{head}...\n\n{flat}\n"))

    assert found.subject == "THE LIGHTHOUSE KEEPERS' UNION AND THE HARBOR"
    assert [p.text for p in found.body.paragraphs] == ["The keepers met on Monday.  They were..."]


def test_the_site_title_is_the_subject_only_where_the_body_has_none() -> None:
    assert parse(record(title="S) LOST ITS BRACKET")).subject.startswith("THE LIGHTHOUSE")
    assert parse(record("1. (C) Text", title="S) A PORT")).subject == "A PORT"


def test_the_years_of_references_follow_the_number_of_the_cable() -> None:
    body = BODY.replace("08 STATE 127448", "CASABLANCA 26").replace("RABAT 90", "CASABLANCA 1159")
    found = parse(record(body)).references

    assert [each.reference_id for each in found] == ["09CASABLANCA26", "08CASABLANCA1159"]
    assert all(each.year_inferred for each in found)


def test_references_that_only_the_container_lists_come_last() -> None:
    cable = parse(record(references=("09RABAT90", "09TUNIS4")))

    assert [r.reference_id for r in cable.references] == ["08STATE127448", "09RABAT90", "09TUNIS4"]
    assert cable.references[-1].span is None


@pytest.mark.parametrize(
    "listed",
    [
        case("another year", "09STATE127448"),
        case("malformed, ends in a cited one", "09SECTION01OF02RABAT90"),
        case("the cable itself, out of a page break", "09CASABLANCA27"),
        case("the same", "09RABAT90"),
    ],
)
def test_a_listed_reference_that_the_body_has_is_no_second_one(listed: str) -> None:
    cable = parse(record(references=(listed, "09TUNIS4")))

    ids = [reference.reference_id for reference in cable.references]
    assert ids == ["08STATE127448", "09RABAT90", "09TUNIS4"]


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """A fictional body with lines lost, doubled, cut and run together."""
    lines = BODY.split("\n")
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(lines) - 1))
        match draw(st.integers(0, 3)):
            case 0:
                lines[at] = ""
            case 1:
                lines.insert(at, lines[at])
            case 2:
                lines[at] = lines[at][: draw(st.integers(0, 40))]
            case _:
                lines[at : at + 2] = ["".join(lines[at : at + 2])]
    return "\n".join(lines)


def test_tags_of_the_archive_come_behind_those_of_the_text_and_are_told_apart() -> None:
    cable = parse(record(tags=("PREL", "MO", "THORNBURY, ADA")))

    assert cable.tags == ("PREL", "PGOV", "MO", "THORNBURY, ADA")
    assert cable.text_tags == ("PGOV",)
    assert cable.archive_tags == ("THORNBURY, ADA",)
    assert (parse(record()).text_tags, parse(record()).archive_tags) == ((), ())


_PAGE = "PAGE 02        QUAYHA  01059"
_OLD_HEAD = "S E C R E T QUAYHAVEN 001059\n\nE.O. 12958: DECL: 02/28/12\n"


@pytest.mark.parametrize("time", ["", "  01 OF 02", "  01 OF 02  082030Z", "  082030Z"])
@pytest.mark.parametrize(
    "fields",
    [
        "TAGS: PREL\n        SECRET\n\n{page}\n\n MARR QO\nSUBJECT: A MAP\n\nREF: TUNIS 12",
        "TAGS: PREL MARR QO\n        SECRET\n{page}\nSUBJECT: A MAP\n\nREF: TUNIS 12",
        "TAGS: PREL MARR QO SECRET\n{page} SUBJECT: A MAP\n\nREF: TUNIS 12",
        "TAGS: PREL SECRET {page} MARR QO\nSUBJECT: A MAP\n\nREF: TUNIS 12",
        "TAGS: PREL MARR QO\nSUBJECT: A\n SECRET\n\n{page}\n\nMAP\n\nREF: TUNIS 12",
        "TAGS: PREL MARR QO\nSUBJECT: A MAP\nREF: TUNIS 12\n    SECRET\n \n{page}",
    ],
)
def test_page_breaks_of_2000_to_2003_are_in_no_field(fields: str, time: str) -> None:
    end = "\n\nCLASSIFIED BY CONSUL ADA THORNBURY. REASON 1.5(B)\n\n1. (S) ONE.\n\n2. (S) TWO.\n"
    cable = parse(record(_OLD_HEAD + fields.format(page=_PAGE + time) + end))

    assert cable.tags == ("PREL", "MARR", "QO")
    assert cable.subject == "A MAP"
    assert [(each.reference_id, each.text) for each in cable.references] == [
        ("09TUNIS12", "TUNIS 12")
    ]
    assert [each.text for each in cable.body.paragraphs] == ["ONE.", "TWO."]


@given(damaged())
def test_a_damaged_layout_is_read_without_an_error(body: str) -> None:
    cable = parse(record(body))

    assert cable.body.text == body
    assert all(0 <= p.span[0] <= p.span[1] <= len(body) for p in cable.body.paragraphs)


@given(st.text(max_size=300), st.text(max_size=100), st.text(max_size=20))
def test_any_text_is_read_without_an_error(body: str, header: str, given_id: str) -> None:
    raw = record(body, header=header, reference_id=given_id, created=given_id)

    cable = parse(raw)
    assert cable.body.text == body
    assert cable.articles == ()
