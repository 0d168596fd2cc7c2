"""Words of the trade are looked up as printed."""

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
