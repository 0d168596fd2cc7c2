"""Posts are found by code, by other spellings and by the site's names of origins."""

import pytest

from cable_tui.glossary import posts
from tests.cases import case


def test_a_station_says_its_name_city_and_region() -> None:
    post = posts.station("CASABLANCA")
    assert post is not None
    assert (post.name, post.city) == ("Consulate Casablanca", "Casablanca")
    assert post.region == "NEA"
    assert posts.station("NOWHERE") is None


def test_all_stations_are_counted() -> None:
    assert len(posts.stations()) == 289
    assert sum(post.cables for post in posts.stations()) == 251_287


@pytest.mark.parametrize(
    ("name", "code"),
    [
        case("station_aliases.csv", "0TTAWA", "OTTAWA"),
        case("blanks", "LA PAZ", "LAPAZ"),
        case("hyphens", "PORT-OF-SPAIN", "PORTOFSPAIN"),
        case("cut", "rio de jan", "RIODEJANEIRO"),
        case("unknown", "NOWHERE", None),
        case("nothing", "", None),
    ],
)
def test_a_station_is_found_by_other_spellings(name: str, code: str | None) -> None:
    assert posts.station_alias(name) == code


@pytest.mark.parametrize(
    ("origin", "codes"),
    [
        ("Consulate Casablanca", ("CASABLANCA",)),
        ("Secretary of State", ("STATE",)),
        ("Embassy Kyiv", ("KIEV", "KYIV")),
        ("Embassy of Nowhere", ()),
    ],
)
def test_an_origin_has_its_stations(origin: str, codes: tuple[str, ...]) -> None:
    assert set(posts.origin_stations(origin)) >= set(codes)
    assert bool(posts.origin_stations(origin)) == bool(codes)


def test_a_malformed_id_and_a_document_number_of_the_seventies_are_known() -> None:
    assert posts.malformed("06ASTANA") == "06ASTANA204"
    assert posts.malformed("09CASABLANCA27") is None
    assert posts.nara_station("ABUDH") == "ABUDHABI"
    assert posts.nara_station("QQQQQQ") is None


@pytest.mark.parametrize(
    ("prefix", "name", "code"),
    [
        ("PEKING", "PEKING", "BEIJING"),
        ("SAIGON", "SAIGON", "SAIGON"),
        ("ECBRU", "EC BRUSSELS", "ECBRUSSELS"),
        ("OECDP", "OECD PARIS", "OECDPARIS"),
        ("USBERL", "USBERLIN", "USBERLIN"),
        ("STUTTG", "STUTTGART", "STUTTGART"),
        ("TRIEST", "TRIESTE", "TRIESTE"),
        ("VICTOR", "VICTORIA", "VICTORIA"),
        ("SANA", "SANA", "SANAA"),
    ],
)
def test_an_old_post_has_one_code(prefix: str, name: str, code: str) -> None:
    squeezed = name.replace(" ", "")
    assert posts.nara_station(prefix) == code
    assert (posts.station_alias(name) or squeezed) == code
    assert posts.station(code) or code in posts.old_stations()


def test_words_that_are_old_posts_too_are_no_other_spelling() -> None:
    assert [posts.station_alias(word) for word in ("NICE", "HUE", "COLON")] == [None] * 3


@pytest.mark.parametrize(
    ("printed", "origin", "same"),
    [
        ("AMEMBASSY PORT AMBER", "Embassy Port Amber", True),
        ("AMCONSUL QUAYHAVEN", "Consulate Quayhaven", True),
        ("AMCONSUL PORT AMBER", "Embassy Port Amber", False),
        ("PORT AMBER", "Embassy Port Amber", False),
        ("", "", False),
    ],
)
def test_a_post_that_no_table_has_is_told_by_its_name(
    printed: str, origin: str, same: bool
) -> None:
    assert posts.is_same_post(printed, origin) == same


@pytest.mark.parametrize(
    ("origin", "named"),
    [
        ("Embassy Rabat", "Embassy Rabat"),
        ("Mission Geneva", "US Mission Geneva"),
        ("** Dhahran", "Consulate Dhahran"),
        ("USEU Brussels", "USEU Brussels"),
        ("Embassy Kyiv", "Embassy Kyiv"),
        ("Embassy of Nowhere", "Embassy of Nowhere"),
        ("", ""),
    ],
)
def test_an_origin_that_the_site_prints_in_several_ways_has_one_name(
    origin: str, named: str
) -> None:
    assert posts.post_named(origin) == named
