"""Names of columns, and what their values look like."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.formats.tables import aliases


@pytest.mark.parametrize(
    "name", ["Reference ID", "reference_id", "ReferenceID:", " reference-id ", "REFERENCE.ID"]
)
def test_a_name_has_one_spelling(name: str) -> None:
    assert aliases.key(name) == "referenceid"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param("09CASABLANCA27", True, id="Cablegate"),
        pytest.param("1975LIMA02540_b", True, id="PlusD"),
        pytest.param("1974TEHRAN A-100", True, id="an airgram of the History Lab"),
        pytest.param("2009 LA PAZ 27", True, id="as people type it"),
        pytest.param("1973LIMA02545", True, id="the National Archives"),
        pytest.param("20JAN2009", False, id="a day"),
        pytest.param("2009-02-13T14:57", False, id="a time"),
        pytest.param("12345", False, id="a number"),
        pytest.param("2a7cf", False, id="an object id"),
        pytest.param("", False, id="nothing"),
        pytest.param("09CASABLANCA27 " * 40, False, id="a text"),
    ],
)
def test_an_id_is_known_by_its_looks(value: str, expected: bool) -> None:
    assert aliases.looks_like_id(value) is expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"id": "17", "refid": "06ASTANA"}, "refid"),
        ({"id": "09LIMA2", "refid": ""}, "id"),
        ({"docnbr": "1973LIMA02545", "reference": "73 STATE 66001"}, "docnbr"),
        ({"reference": "09LIMA2", "date": "2009-01-01"}, "reference"),
        ({"id": "17", "name": "a"}, ""),
        ({aliases.OWN: "odd", "refid": "09LIMA2"}, aliases.OWN),
    ],
)
def test_the_column_of_ids_is_named_or_known_by_its_values(
    facts: dict[str, str], expected: str
) -> None:
    assert aliases.id_name(facts) == expected


def test_columns_without_a_known_name_are_guessed_by_their_values() -> None:
    names = ("kabel", "tag1", "stufe", "inhalt", "x")
    row = ("09LIMA2", "13.02.2009 14:57", "SECRET", "S E C R E T\n" * 30, "7")
    assert aliases.guessed(names, [row, row]) == {
        "kabel": "referenceid",
        "tag1": "created",
        "stufe": "classification",
        "inhalt": "body",
    }


def test_nothing_is_guessed_where_names_say_it() -> None:
    names = ("refid", "date", "classification", "body", "x")
    row = ("09LIMA2", "2009-02-13", "SECRET", "", "S E C R E T\n" * 30)
    assert aliases.guessed(names, [row]) == {}


def test_the_best_name_of_a_role_comes_first() -> None:
    facts = {"currentclassification": "UNCLASSIFIED", "originalclassification": " SECRET"}
    assert aliases.first(facts, "classification") == " SECRET"
    assert aliases.first({"body": " ", "text": "x"}, "body") == "x"


@given(st.text())
def test_any_text_is_judged(text: str) -> None:
    aliases.looks_like_id(text)
    aliases.is_classification(text)
    aliases.is_date(text)
    assert aliases.key(aliases.key(text)) == aliases.key(text)


@pytest.mark.parametrize("columns", ['{"id": "Nr.", "text": "nr"}', '{"text": "nr", "id": "Nr."}'])
def test_a_column_that_is_named_twice_is_that_of_the_ids(columns: str) -> None:
    assert aliases.chosen(columns) == {"nr": "id"}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("10-CAIRO-203", "10CAIRO203"),
        ("2010-cairo-0203", "10CAIRO203"),
        ("10_CAIRO_203", "10CAIRO203"),
        ("10–CAIRO–203", "10CAIRO203"),
        ("10/RIO DE JANEIRO/203", "10RIODEJANEIRO203"),
        ("10.CAIRO.203", "10CAIRO203"),
        ("10-CAIRO-203_a", "10CAIRO203"),
        ("#10CAIRO203", "10CAIRO203"),
        ("'10CAIRO203", "10CAIRO203"),
        ('="10CAIRO203"', "10CAIRO203"),
        ("10CAIRO203", ""),
        ("1974TEHRAN A-100", ""),
        ("10-MARCH-2009", ""),
        ("12. Januar 2009", ""),
        ("12-ABC-7", ""),
        ("2009-02-13", ""),
    ],
)
def test_an_id_in_parts_is_joined_if_its_post_is_known(value: str, expected: str) -> None:
    assert aliases.joined_id(value) == expected
