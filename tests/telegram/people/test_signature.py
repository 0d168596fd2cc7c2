from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.telegram.people.signature import end_of_text, signature, text_end, without_trailer
from tests.cases import case


@pytest.mark.parametrize(
    ("tail", "names"),
    [
        case("own-line", "in the spring. \nPELHAM", ("PELHAM",)),
        case("small-letters", "in the spring.\n\nPelham\n", ("PELHAM",)),
        case("end-of-the-sentence", "in the spring. PELHAM", ("PELHAM",)),
        case("end-small-letters", "in the spring. Pelham", ("PELHAM",)),
        case("suffix", "in the spring.\nPELHAM JR", ("PELHAM JR",)),
        case("particle", "in the spring.\nVAN PELHAM", ("VAN PELHAM",)),
        case("twice", "in the spring.\nPELHAM PELHAM", ("PELHAM",)),
        case("two", "in the spring.\nPELHAM/THORN", ("PELHAM", "THORN")),
        case("whole-name", "in the spring.\nADA B. PELHAM", ("PELHAM",)),
        case("trailers", "in the spring.\nPELHAM \n\n\nNNNN\n\nEnd Cable Text", ("PELHAM",)),
        case("cable-ends", "in the spring.\nPELHAM\n====CABLE ENDS====", ("PELHAM",)),
        case("caption-behind", "in the spring.\nPELHAM\n\nSIPDIS", ("PELHAM",)),
        case("for-another", "in the spring.\nPELHAM FOR THORN", ("PELHAM", "THORN")),
        case("dot", "in the spring.\nPELHAM\n.", ("PELHAM",)),
        case("class-behind", "in the spring.\nPELHAM\n\nCONFIDENTIAL\n", ("PELHAM",)),
        case(
            "web-site",
            "spring.\nPELHAM\n\n\"Visit Rabat's Web Site at http://www.state.example",
            ("PELHAM",),
        ),
        case("teaser-8.4", "spring.\nPELHAM\nT ONE ORDERED RELEASED ON...", ("PELHAM",)),
        case("note", "spring.\nPELHAM\n\nNOTE BY OC/T:  NOT PASSED TO RABAT.", ("PELHAM",)),
        case("lou", "spring.\nPELHAM\nLIMITED OFFICIAL USE\nNNNN", ("PELHAM",)),
        case("archive-line", "spring.\nPELHAM\n\n  2004RABAT01540 - UNCLASSIFIED", ("PELHAM",)),
        case(
            "review-stamp",
            "spring.\nPELHAM\n\nDeclassified/Released US Department of State\nReview 30 JUN 2006",
            ("PELHAM",),
        ),
        case("three-n", "SPRING.\nPELHAM\n\n  SECRET\n\n\n\nNNN", ("PELHAM",)),
        case("spaced-e", "SPRING.\nPELHAM\nSECRET\n\nE E E E E E E E", ("PELHAM",)),
        case("e", "SPRING.\nPELHAM\nEEEEEEEE", ("PELHAM",)),
        case("end-of-document", "SPRING.\nPELHAM\n << END OF DOCUMENT >>", ("PELHAM",)),
        case(
            "an-empty-page-behind",
            "SPRING.\nPELHAM\n\nLIMITED OFFFICIAL USE\n\nPAGE 03  RABAT 00080  051326Z\n\nNNN",
            ("PELHAM",),
        ),
        case("half-a-page-line", "SPRING.\nPELHAM\n\nSECRET\nPAGE 03", ("PELHAM",)),
        case("behind-unquote", "SPRING.\nUNQUOTE PELHAM\n\nNNNN", ("PELHAM",)),
        case("cut-off", "SPRING, AN\nE E E E E E E E", ()),
        case("line-break-lost", "until February 12.PELHAM", ("PELHAM",)),
        case("line-break-lost-behind-a-word", "until spring.PELHAM", ("PELHAM",)),
        case("behind-a-quotation", "best left to 'experts in spring.' PELHAM", ("PELHAM",)),
        case("behind-end-comment", "in the spring. End Comment PELHAM", ("PELHAM",)),
        case("behind-a-sign", "to the U.S. #PELHAM", ("PELHAM",)),
        case("behind-a-page-line", "spring. RABAT 00002280  003 OF 003   PELHAM", ("PELHAM",)),
        case("behind-an-address", "Visit http://a.example/index.cfm Pelham", ("PELHAM",)),
        case("glued-to-a-redaction", "Website: XXXXXXXXXXXXPELHAM", ("PELHAM",)),
        case("glued-to-a-small-redaction", "reporting at xxxxxPelham", ("PELHAM",)),
        case("only-a-redaction", "reporting at XXXXXXXXXXXX", ()),
        case("no-sentence-ends", "in the U.S.NAVY", ()),
        # Issue 35, parts 7 and 8.
        case("line-break-lost-in-capitals", "BY THE END OF THE WEEK.PELHAM", ("PELHAM",)),
        case("abbreviations-in-capitals", "THE LAMPS OF THE U.S.NAVY", ()),
        case("slash-in-a-name", "SPRING.\nPELH/AM", ("PELHAM",)),
        case("last-word", "THE KEEPERS SIGNED A PAPER ON THE\nTERMINATION", ()),
        case("report", "END OF\nREPORT", ()),
        case(
            "release-stamp-in-two-lines",
            "SPRING.\nPELHAM\n\nDeclassified/Released US Department of State EO\n"
            "Systematic Review 05 JUL 2006",
            ("PELHAM",),
        ),
        case("drafter-beside-the-signer", "spring.\nJeff / pelham", ("PELHAM",)),
        case("drafter-and-capitals", "spring.\nJeff/PELHAM\n", ("PELHAM",)),
        case("two-in-small-letters", "spring.\nGordon/Thorn", ("GORDON", "THORN")),
        case("no-drafter", "the choice of lamps\nOil / gas", ()),
        case("rank", "spring.\nAMBASSADOR PELHAM", ("PELHAM",)),
        case("list-in-capitals", "in:\nRABAT\nTUNIS\nPARIS", ()),
        case("below-a-list", "in:\nRABAT\nTUNIS\n\nPELHAM", ("PELHAM",)),
        case("comment", "in the spring. END COMMENT.", ()),
        case("prose", "in the interior of the country.", ()),
        case("empty", "", ()),
    ],
)
def test_the_signature_is_read(tail: str, names: tuple[str, ...]) -> None:
    assert signature("5. (C) The lamp burns on " + tail).names == names


@pytest.mark.parametrize(
    ("body", "end"),
    [
        ("A TERN.\n\nSECRET\n\n\nNNNN\n", "A TERN."),
        ("A TERN.\nSECRET\nPAGE 02  RABAT 00080  051326Z\nNNN", "A TERN."),
        ("IT IS\nSECRET\nTOO", "IT IS\nSECRET\nTOO"),
        ("NNNN", "NNNN"),
        ("", ""),
    ],
)
def test_a_text_ends_before_what_ends_its_transmission(body: str, end: str) -> None:
    assert body[: end_of_text(body)] == end


@given(st.text(max_size=300))
def test_any_text_is_signed_or_not(text: str) -> None:
    found = signature(text)

    assert all(name == name.upper() for name in found.names)
    assert found.start < len(text) or not text


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


@pytest.mark.parametrize(
    "tail",
    [
        "\n\nTERN\n",
        "\n\nNNNN\n",
        "\nVisit Rabat's Classified Web Site at\nhttp://a.example/rabat/\n",
    ],
)
def test_the_text_ends_before_signature_trailer_and_transmission(tail: str) -> None:
    body = TEXT.rstrip() + tail

    assert body[: text_end(body, signature(body), 0)].rstrip() == TEXT.rstrip()
