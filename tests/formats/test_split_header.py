"""The body is found by its classification line, whole or damaged, glued or not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.formats import split_header
from cable_tui.formats.split_header import (
    at_classification,
    begins_as_telegram,
    id_in,
    inside_a_line,
    links_joined,
    without_signs,
)
from tests.cases import case

HEADER = "VZCZCXYZ0001\nDE RUEHPAM #0012 0341848\nFM AMEMBASSY PORT AMITY\nTO SECSTATE WASHDC 0123"
LINES = [
    "UNCLAS SECTION 01 OF 08 PORT AMITY 000012",
    "UNCLASSIFIED PORT AMITY 000012",
    "C O N F I D E N T I A L PORT AMITY 000012",
    "C O N F I D E N T I A L SECTION 01 OF 02 PORT AMITY 000012",
    "S E C R E T PORT AMITY 000012",
    "SS E C R E T PORT AMITY 000012",
    "E C R E T PORT AMITY 000012",
    "O N F I D E N T I A L PORT AMITY 000012",
    "SECRET PORT AMITY 000012",
    "CONFIDENTIAL SECTION 01 OF 02 PORT AMITY 000012",
    "SECRET//NOFORN PORT AMITY 000012",
]


@pytest.mark.parametrize("line", [*LINES, "S e c r e t port amity 000012", "UUNCLAS PORT AMITY"])
def test_the_body_begins_with_its_classification_line(line: str) -> None:
    assert at_classification(f"{HEADER}\n{line}\n\nSIPDIS") == (HEADER, f"{line}\n\nSIPDIS")


@pytest.mark.parametrize(
    "line", [*LINES, "Friday, 13 February 2009, 11:04\nS E C R E T PORT AMITY 012"]
)
def test_the_line_and_a_date_are_an_id(line: str) -> None:
    body = f"{line}\n\nSIPDIS"
    assert id_in("", body, "2009-02-13") == "09PORTAMITY12"
    assert id_in("R 031848Z JAN 08\nFM AMEMBASSY PORT AMITY", body, "2009") == "08PORTAMITY12"
    assert id_in("", body) == ""
    assert begins_as_telegram(line) or line.startswith("Friday")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("C o n f i d e n t i a l port amity 000012SipdisE.o. 12958", "09PORTAMITY12"),
        ("UNCLAS PORT AMITY 000012 SIPDIS E.O. 12958: N/A", "09PORTAMITY12"),
        ("Secret plan 2009", ""),
        ("SECRET PLAN 2009 OF THE HARBOR", ""),
        ("UNCLAS SECTION 01 OF 02", ""),
        ("SUBJECT: TOLLS", ""),
    ],
)
def test_only_a_number_that_no_prose_has_is_one(line: str, expected: str) -> None:
    assert id_in("", line, "2009-02-13") == expected


@pytest.mark.parametrize("line", LINES)
def test_the_body_is_found_inside_a_line(line: str) -> None:
    assert inside_a_line(f"{HEADER}{line}\n\nSIPDIS") == (HEADER, f"{line}\n\nSIPDIS")


@pytest.mark.parametrize(
    ("header", "body"),
    [
        # Issue 13, section 6: what comes after the addressees in text files of 2011.
        pytest.param("RHEHNSC/NSC WASHDC", "C O N F I D E N T I A L PORT AMITY 000012", id="C-C"),
        pytest.param("RUEHXX/RURITANIA POSTS", "S E C R E T PORT AMITY 000012", id="S-S"),
        pytest.param("RUEHXX/HARBOR 0670", "UUNCLAS PORT AMITY 000012", id="U-U"),
        pytest.param("RUEHXX/HARBOR 0670", "S e c r e t port amity 000012", id="small letters"),
        pytest.param("RUEHXX/HARBOR 0670", "Unclas port amity 000012", id="small unclas"),
        pytest.param(
            "RUEHXX/HARBOR 0670", "Friday, 27 April 2007, 12:27\nUNCLAS X", id="date line"
        ),
        pytest.param("RUEHXX/HARBOR", "Cable dated:2007-04-27T12:27:00\nUNCLAS X", id="dated"),
        pytest.param("RUEHXX/HARBOR", "<<237579>>\n12.02.2009 11:16\nUNCLAS X", id="row"),
        pytest.param("RUEHXX/HARBOR", "id: 144234\ndate: 3/4/2008 19:06\nUNCLAS X", id="labels"),
        pytest.param(
            "RUEHXX/HARBOR 0670", "2010-02-04 17:31:00\t10PORTAMITY12\tUNCLAS X", id="tabs"
        ),
        pytest.param(
            "RUEHXX/HARBOR 0670", "198269,3/23/2009 10:38,09PORTAMITY12,UNCLAS X", id="commas"
        ),
        pytest.param("RUEHXX/RURITANIA COLLECTIVE", "SIPDIS \n\nE.O. 12958: N/A", id="no class"),
        pytest.param("RUEHXX/RURITANIA COLLECTIVE", "E.O. 12958: N/A\nTAGS: PREL", id="no caption"),
    ],
)
def test_what_was_glued_to_the_addressees_is_body(header: str, body: str) -> None:
    whole = f"VZCZCXYZ0001\nFM AMEMBASSY PORT AMITY\nTO SECSTATE WASHDC 0123\n{header}"

    assert inside_a_line(whole + body) == (whole, body)


@pytest.mark.parametrize("body", ["Port Amity speaks", '","UNCLAS PORT AMITY 000012', "SIPDIS"])
def test_the_note_of_a_partial_extract_is_all_its_header(body: str) -> None:
    note = (
        "This record is a partial extract of the original cable. The full text of the original "
        "cable is not available."
    )

    assert inside_a_line(note + body) == (note, body)


@pytest.mark.parametrize("line", LINES)
def test_a_partial_extract_has_no_addressees(line: str) -> None:
    note = "This record is a partial extract of the original cable."
    assert at_classification(f"{note}\n\n{line}") == (note, line)
    assert inside_a_line(f"{note}{line}") == (note, line)


@pytest.mark.parametrize("name", ["SECRETARY OF DEFENSE", "SECRET LIGHTHOUSE KEEPERS"])
def test_an_addressee_is_no_classification(name: str) -> None:
    header = f"VZCZCXYZ0001\nTO RUEHC/{name}"
    body = "UNCLAS PORT AMITY 000012"
    assert at_classification(f"{header}\n{body}") == (header, body)
    assert inside_a_line(header + body) == (header, body)


@pytest.mark.parametrize("texts", ["", "no classification\nat all", "\n" * 999 + "UNCLAS"])
def test_without_a_classification_line_all_is_body(texts: str) -> None:
    assert at_classification(texts) == ("", texts)
    assert inside_a_line(texts) == ("", texts)


@given(st.text(st.sampled_from("SECRTUNLA O\nTFM ")))
def test_no_letter_is_lost_by_cutting(texts: str) -> None:
    for header, body in (at_classification(texts), inside_a_line(texts)):
        assert texts.startswith(header)
        assert texts.endswith(body)
        assert texts[len(header) : len(texts) - len(body)].strip("\n") == ""


@pytest.mark.parametrize(
    ("text", "plain", "anchors"),
    [
        ("¶1. (U) a", "1. (U) a", ("par1",)),
        ("REF: A. x\n   ¶B. y", "REF: A. x\n   B. y", ("parB",)),
        ("in\n¶2008. b", "in\n2008. b", ("par2008",)),
        ("a ¶1. b", "a ¶1. b", ()),
        ("¶1.(C) a", "¶1.(C) a", ()),
        ("¶AB. a", "¶AB. a", ()),
    ],
)
def test_signs_are_taken_out_before_anchors(
    text: str, plain: str, anchors: tuple[str, ...]
) -> None:
    assert without_signs(text) == (plain, anchors)


@pytest.mark.parametrize(
    ("texts", "header"),
    [
        pytest.param(
            "  SECRET\n\nPAGE 01  LIMA\nFM AMEMBASSY LIMA\nTO STATE\nSECRET\n\n"
            "S E C R E T LIMA 2545\n\nTAGS: PE",
            "  SECRET\n\nPAGE 01  LIMA\nFM AMEMBASSY LIMA\nTO STATE\nSECRET",
            id="the line with the serial",
        ),
        pytest.param(
            "FM LIMA\nTO STATE\nLIMITED OFFICIAL USE\nTAGS: PE\nSECRET LIMA 2545",
            "FM LIMA\nTO STATE",
            id="a bare line before the first label",
        ),
        pytest.param("UNCLAS LIMA 2545\n1. TEXT", "", id="no header"),
        pytest.param("1. TEXT", "", id="nothing"),
    ],
)
def test_a_printed_telegram_is_cut_after_its_addressees(texts: str, header: str) -> None:
    found, body = split_header.after_addressees(texts)
    assert found == header
    assert texts.startswith(header)
    assert texts.endswith(body)
    assert not texts[len(header) : len(texts) - len(body)].strip("\n")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("UNCLAS LIMA 000012\n\nSIPDIS", "UNCLASSIFIED"),
        ("UNCLAS LIMA 000012\n\nSENSITIVE\n", "UNCLASSIFIED//FOR OFFICIAL USE ONLY"),
        ("S E C R E T LIMA 000012\n\nNOFORN\n", "SECRET//NOFORN"),
        ("SS E C R E T LIMA 000012", "SECRET"),
        ("CONFIDENTIAL SECTION 01 OF 02 LIMA 2545", "CONFIDENTIAL"),
        ("LIMITED OFFICIAL USE STATE 1", "LIMITED OFFICIAL USE"),
        ("SIPDIS\n", ""),
        ("", ""),
    ],
)
def test_the_first_line_of_a_body_tells_its_class(body: str, expected: str) -> None:
    assert split_header.classification_in(body) == expected


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        # What `get_text("\\n")` gives of a page, with the blanks between its links or without.
        case("blanks between", "TAGS: \nPREL\n \nPGOV\n \nMO\n\nREF: X",
             "TAGS: PREL PGOV MO\n\nREF: X"),
        case("none", "TAGS:\nPREL\nPGOV\nSUBJECT: X", "TAGS: PREL PGOV\nSUBJECT: X"),
        case("commas", "TAGS \nPREL\n, \nUNGA/C-6\nREF: A", "TAGS PREL UNGA/C-6\nREF: A"),
        case("behind the order", "E.O. 12958: N/A TAGS: \nPREL\n \nMO\n\n",
             "E.O. 12958: N/A TAGS: PREL MO\n\n"),
        case("signs", "end.\n\n¶\n1. (C) One.\n¶ \n12. Two.", "end.\n\n¶1. (C) One.\n¶12. Two."),
        case("a caption below", "TAGS:\nPREL\nPGOV\nSIPDIS\n", "TAGS: PREL PGOV\nSIPDIS\n"),
        case("one alone", "TAGS:\nPREL\nSUBJECT: X", None),
        case("on one line", "TAGS: PREL, PGOV,\nKS\nSUBJECT: X", None),
        case("prose", "He wears TAGS\nof tin. ¶\nThe rest", None),
    ],
)  # fmt: skip
def test_links_on_lines_of_their_own_are_joined(text: str, joined: str | None) -> None:
    assert links_joined(text) == (text if joined is None else joined)


@given(st.text(alphabet="TAGS: \n,¶1.PREL", max_size=200))
def test_no_word_is_lost_when_links_are_joined(text: str) -> None:
    letters = str.maketrans("", "", " \t\n,;")
    assert links_joined(text).translate(letters) == text.translate(letters)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("SEGRET LIMA 000027", "SECRET"),
        ("EONFIDENTIAL SECTION 01 OF 02 LIMA 000027", "CONFIDENTIAL"),
        ("UNGLAS LIMA 000027", "UNCLAS"),
        ("S E G R E T LIMA 000027", "SECRET"),
        ("C0NFIDENTIAL LIMA 000027", "CONFIDENTIAL"),
        ("SECRET LIMA 000027", ""),
        ("SEGRFT LIMA 000027", ""),
        ("SEGRET", ""),
        ("SECRETS LIMA 000027", ""),
        ("RUEHC/SECSTATE WASHDC 0123", ""),
        ("", ""),
    ],
)
def test_one_wrong_letter_of_a_class_is_repaired(line: str, expected: str) -> None:
    assert split_header.damaged_class(line) == expected


def test_a_repaired_class_begins_the_body_and_is_said() -> None:
    text = (
        "FM AMEMBISSY LIMA\nTO SECSTATE WASHDC\n\nSEGRET LIMA 000027\n\nTAGS: PREL\n\n1. (S) Paid."
    )
    header, body = split_header.after_addressees(text)
    assert body.startswith("SEGRET LIMA")
    assert split_header.classification_in(body) == "SECRET"
    ((label, said),) = split_header.repairs(header, body)
    assert label == "Repaired"
    assert said == (
        "SECRET is read instead of SEGRET LIMA 000027; "
        "AMEMBASSY LIMA is read instead of AMEMBISSY LIMA"
    )
    assert split_header.repairs("FM AMEMBASSY LIMA", "SECRET LIMA 000027\n") == ()
