"""Words of the trade are looked up as printed."""

import pytest

from cable_tui import glossary


def test_an_acronym_has_a_reading_for_each_context() -> None:
    readings = {reading.context: reading.expansion for reading in glossary.acronym("goi")}
    assert readings["IS"] == "Government of Israel"
    assert len(readings) > 1
    assert glossary.acronym("QQQQ") == ()


def test_a_route_names_its_terminal() -> None:
    assert glossary.route("RUEHRB") == "AMEMBASSY RABAT"
    assert glossary.route("RUEHQQQ") is None


def test_a_prosign_is_explained() -> None:
    assert glossary.prosign("ZNR") is not None
    assert glossary.prosign("QQQ") is None


def test_common_words_of_english_are_known_in_their_basic_forms() -> None:
    known = glossary.english_words()
    assert {"drought", "bring", "whether", "road", "terrorism"} <= known
    assert not {"goverment", "recieve", "terorism", "qadhafi", "roads"} & known


@pytest.mark.parametrize(
    ("token", "meaning"),
    [
        ("OO", "Immediate: second highest precedence (routing line)"),
        ("Z", "Flash: highest precedence"),
        ("IMMEDIATE", "Second highest precedence"),
        ("ROUTINE", "Lowest precedence"),
        ("NIACT IMMEDIATE",
         "Night action: immediate precedence that needs attention at any hour"),
    ],
)  # fmt: skip
def test_a_precedence_says_where_it_stands_among_the_four(token: str, meaning: str) -> None:
    assert glossary.prosign(token) == meaning
