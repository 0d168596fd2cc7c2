from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.telegram.people.signature import end_of_text, signature, text_end, without_trailer


@pytest.mark.parametrize(
    ("tail", "names"),
    [
        pytest.param("in the spring. \nPELHAM", ("PELHAM",), id="own-line"),
        pytest.param("in the spring.\n\nPelham\n", ("PELHAM",), id="small-letters"),
        pytest.param("in the spring. PELHAM", ("PELHAM",), id="end-of-the-sentence"),
        pytest.param("in the spring. Pelham", ("PELHAM",), id="end-small-letters"),
        pytest.param("in the spring.\nPELHAM JR", ("PELHAM JR",), id="suffix"),
        pytest.param("in the spring.\nVAN PELHAM", ("VAN PELHAM",), id="particle"),
        pytest.param("in the spring.\nPELHAM PELHAM", ("PELHAM",), id="twice"),
        pytest.param("in the spring.\nPELHAM/THORN", ("PELHAM", "THORN"), id="two"),
        pytest.param("in the spring.\nADA B. PELHAM", ("PELHAM",), id="whole-name"),
        pytest.param(
            "in the spring.\nPELHAM \n\n\nNNNN\n\nEnd Cable Text", ("PELHAM",), id="trailers"
        ),
        pytest.param("in the spring.\nPELHAM\n====CABLE ENDS====", ("PELHAM",), id="cable-ends"),
        pytest.param("in the spring.\nPELHAM\n\nSIPDIS", ("PELHAM",), id="caption-behind"),
        pytest.param("in the spring.\nPELHAM FOR THORN", ("PELHAM", "THORN"), id="for-another"),
        pytest.param("in the spring.\nPELHAM\n.", ("PELHAM",), id="dot"),
        pytest.param("in the spring.\nPELHAM\n\nCONFIDENTIAL\n", ("PELHAM",), id="class-behind"),
        pytest.param(
            "spring.\nPELHAM\n\n\"Visit Rabat's Web Site at http://www.state.example",
            ("PELHAM",),
            id="web-site",
        ),
        pytest.param("spring.\nPELHAM\nT ONE ORDERED RELEASED ON...", ("PELHAM",), id="teaser-8.4"),
        pytest.param(
            "spring.\nPELHAM\n\nNOTE BY OC/T:  NOT PASSED TO RABAT.", ("PELHAM",), id="note"
        ),
        pytest.param("spring.\nPELHAM\nLIMITED OFFICIAL USE\nNNNN", ("PELHAM",), id="lou"),
        pytest.param(
            "spring.\nPELHAM\n\n  2004RABAT01540 - UNCLASSIFIED", ("PELHAM",), id="archive-line"
        ),
        pytest.param(
            "spring.\nPELHAM\n\nDeclassified/Released US Department of State\nReview 30 JUN 2006",
            ("PELHAM",),
            id="review-stamp",
        ),
        pytest.param("SPRING.\nPELHAM\n\n  SECRET\n\n\n\nNNN", ("PELHAM",), id="three-n"),
        pytest.param("SPRING.\nPELHAM\nSECRET\n\nE E E E E E E E", ("PELHAM",), id="spaced-e"),
        pytest.param("SPRING.\nPELHAM\nEEEEEEEE", ("PELHAM",), id="e"),
        pytest.param("SPRING.\nPELHAM\n << END OF DOCUMENT >>", ("PELHAM",), id="end-of-document"),
        pytest.param(
            "SPRING.\nPELHAM\n\nLIMITED OFFFICIAL USE\n\nPAGE 03  RABAT 00080  051326Z\n\nNNN",
            ("PELHAM",),
            id="an-empty-page-behind",
        ),
        pytest.param("SPRING.\nPELHAM\n\nSECRET\nPAGE 03", ("PELHAM",), id="half-a-page-line"),
        pytest.param("SPRING.\nUNQUOTE PELHAM\n\nNNNN", ("PELHAM",), id="behind-unquote"),
        pytest.param("SPRING, AN\nE E E E E E E E", (), id="cut-off"),
        pytest.param("until February 12.PELHAM", ("PELHAM",), id="line-end-lost"),
        pytest.param("until spring.PELHAM", ("PELHAM",), id="line-end-lost-behind-a-word"),
        pytest.param("in the U.S.NAVY", (), id="no-sentence-ends"),
        pytest.param("spring.\nAMBASSADOR PELHAM", ("PELHAM",), id="rank"),
        pytest.param("in:\nRABAT\nTUNIS\nPARIS", (), id="list-in-capitals"),
        pytest.param("in:\nRABAT\nTUNIS\n\nPELHAM", ("PELHAM",), id="below-a-list"),
        pytest.param("in the spring. END COMMENT.", (), id="comment"),
        pytest.param("in the interior of the country.", (), id="prose"),
        pytest.param("", (), id="empty"),
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
