import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.telegram.references.stations import known, nearest, station_at_end


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param(["AND", "PREVIOUS", "RABAT"], ("RABAT", 1), id="words in front stay out"),
        pytest.param(["RIO", "DE", "JANEIRO"], ("RIODEJANEIRO", 3), id="the longest name counts"),
        pytest.param(["AMEMBASSY", "RABAT"], ("RABAT", 2), id="kind of post"),
        pytest.param(["USUN", "NEW", "YORK"], ("USUNNEWYORK", 3), id="a mission"),
        pytest.param(["ZENDA"], None, id="no post"),
        pytest.param([], None, id="nothing"),
    ],
)
def test_words_end_in_a_station(words: list[str], expected: tuple[str, int] | None) -> None:
    assert station_at_end(words, frozenset()) == expected


@pytest.mark.parametrize(
    ("name", "code"),
    [
        pytest.param("CASABLNACA", "CASABLANCA", id="swapped"),
        pytest.param("KATMANDU", "KATHMANDU", id="left out"),
        pytest.param("HELSINKKI", "HELSINKI", id="inserted"),
        pytest.param("HELSINKA", "HELSINKI", id="changed"),
        pytest.param("ROMA", None, id="too short to tell"),
        pytest.param("HELSNIKA", None, id="two slips"),
    ],
)
def test_a_slip_of_one_letter_finds_the_station(name: str, code: str | None) -> None:
    assert nearest(name) == code


@given(st.text(max_size=30))
def test_any_name_can_be_asked_for(name: str) -> None:
    known(name)
    nearest(name)


def test_a_station_that_only_the_archive_knows_is_found_and_wins() -> None:
    learned = frozenset({"PORTAMBER"})
    assert station_at_end(["SEE", "PORT", "AMBER"], learned) == ("PORTAMBER", 2)
    assert station_at_end(["SEE", "PORT", "AMBER"], frozenset()) is None
