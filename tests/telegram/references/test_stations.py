import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.telegram.references.stations import known, nearest, station_at_end
from tests.cases import case


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        case("words in front stay out", ["AND", "PREVIOUS", "RABAT"], ("RABAT", 1)),
        case("the longest name counts", ["RIO", "DE", "JANEIRO"], ("RIODEJANEIRO", 3)),
        case("kind of post", ["AMEMBASSY", "RABAT"], ("RABAT", 2)),
        case("a mission", ["USUN", "NEW", "YORK"], ("USUNNEWYORK", 3)),
        case("no post", ["ZENDA"], None),
        case("nothing", [], None),
    ],
)
def test_words_end_in_a_station(words: list[str], expected: tuple[str, int] | None) -> None:
    assert station_at_end(words, frozenset()) == expected


@pytest.mark.parametrize(
    ("name", "code"),
    [
        case("swapped", "CASABLNACA", "CASABLANCA"),
        case("left out", "KATMANDU", "KATHMANDU"),
        case("inserted", "HELSINKKI", "HELSINKI"),
        case("changed", "HELSINKA", "HELSINKI"),
        case("too short to tell", "ROMA", None),
        case("two slips", "HELSNIKA", None),
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
