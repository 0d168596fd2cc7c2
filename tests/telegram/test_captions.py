from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.telegram.body_labels import read
from cable_tui.telegram.captions import addressed, captions, is_addressed, is_caption, is_prose
from tests.cases import case
from tests.telegram.cables import BODY


@pytest.mark.parametrize(
    ("body", "found"),
    [
        case(
            "in their order, each once",
            "UNCLAS RABAT 000001\n\nSIPDIS SIPDIS\n\nSENSITIVE\nSIPDIS\n\nTAGS: PREL\n",
            ("SIPDIS", "SENSITIVE"),
        ),
        case(
            "a head on one line",
            "UNCLAS SECTION 01 OF 02 RABAT 000001 SIPDIS NOFORN E.O. 12958: DECL: 1/4/2020 TAGS: X",
            ("SIPDIS", "NOFORN"),
        ),
        case(
            "a line break was lost",
            "UNCLAS RABAT 000001SIPDISEB FOR A. PELHAME.O. 12958: DECL: 1/4/2020 TAGS: X",
            ("SIPDIS",),
        ),
        case(
            "a corrected copy",
            "UNCLAS RABAT 000001\n\nC O R R E C T E D  C O P Y (ADDED TAGS)\nTAGS: PREL\n",
            ("CORRECTED COPY (ADDED TAGS)",),
        ),
    ],
)
def test_captions_are_found(body: str, found: tuple[str, ...]) -> None:
    assert captions(read(body)) == found


@pytest.mark.parametrize(
    ("body", "found"),
    [
        case("above the order", BODY, ("STATE FOR NEA/MAG AND EUR/WE", "NSC FOR A. PELHAM")),
        case(
            "a wrapped line is joined",
            "UNCLAS RABAT 1\n\nSTATE FOR G/TIP, G - APELHAM, NEA/RA - \nBTHORN AND PRM\n\nTAGS: X",
            ("STATE FOR G/TIP, G - APELHAM, NEA/RA - BTHORN AND PRM",),
        ),
        case(
            "the date line of a newspaper names no readers",
            "Cable dated:2008-06-03T15:39:00\nC O N F I D E N T I A L RABAT 000868\nTAGS: PREL\n",
            (),
        ),
    ],
)
def test_lines_that_name_readers_are_found(body: str, found: tuple[str, ...]) -> None:
    assert addressed(read(body)) == found


@pytest.mark.parametrize("line", ["SIPDIS", "NOFORN ", "ROGER CHANNEL", "sipdis"])
def test_a_line_of_captions_is_known(line: str) -> None:
    assert is_caption(line)


@pytest.mark.parametrize("line", ["", "SIPDIS SCENARIOS", "SENSITIVE TALKS IN RABAT"])
def test_a_line_with_more_on_it_is_no_caption(line: str) -> None:
    assert not is_caption(line)


@pytest.mark.parametrize(
    ("line", "names_readers", "prose"),
    [
        ("STATE FOR NEA/MAG", True, False),
        ("NEA/MAG, EUR/WE", True, False),
        ("Typed again from paper", False, True),
        ("ALL LAMPS", False, False),
        ("Friday, 13 February 2009, 14:57", False, False),
    ],
)
def test_readers_and_prose_above_the_labels_are_told_apart(
    line: str, names_readers: bool, prose: bool
) -> None:
    assert (is_addressed(line), is_prose(line)) == (names_readers, prose)


@given(st.text(max_size=300))
def test_any_text_has_captions_or_none(text: str) -> None:
    top = read(text)

    assert isinstance(captions(top) + addressed(top), tuple)
