from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.telegram.trailer import without_trailer

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
)  # origin: formats.md 2.6, trailers
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
