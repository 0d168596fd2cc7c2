import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.telegram.ids import IdParts, canonical_id, compose, full_year, reference_in, split
from tests.cases import case


@pytest.mark.parametrize(
    ("given_id", "canonical"),
    [
        case("well formed", "09CASABLANCA27", "09CASABLANCA27"),
        case("leading zeros", "09CASABLANCA0027", "09CASABLANCA27"),
        case("capitals", "09casablanca27", "09CASABLANCA27"),
        case("blanks", " 09 LA PAZ 27 ", "09LAPAZ27"),
        case("malformed_ids.csv, no serial", "06ASTANA", "06ASTANA204"),
        case("malformed_ids.csv, a section line", "092OF5", "09STATE126780"),
        case("malformed_ids.csv, well formed but wrong", "09BAU339", "09BAKU339"),
        case("document number", "1973NEWDE07645", "73NEWDELHI7645"),
        case("same name", "1975LIMA02545", "75LIMA2545"),
        case("kept as given", "no id at all", "no id at all"),
        case("empty", "", ""),
    ],
)
def test_an_id_gets_its_canonical_form(given_id: str, canonical: str) -> None:
    assert canonical_id(given_id) == canonical


@pytest.mark.parametrize(
    ("document_number", "typed", "canonical"),
    [
        ("1974PEKING00012", "74 Peking 12", "74BEIJING12"),
        ("1974SAIGON00012", "74 SAIGON 12", "74SAIGON12"),
        ("1974ECBRU00459", "74 EC BRUSSELS 0459", "74ECBRUSSELS459"),
        ("1974USBERL00012", "74 US Berlin 12", "74USBERLIN12"),
        ("1977VICTOR00012", "77 VICTORIA 12", "77VICTORIA12"),
        ("74PEKING12", "1974 BEIJING 12", "74BEIJING12"),
    ],
)
def test_old_posts_have_one_canonical_id(document_number: str, typed: str, canonical: str) -> None:
    assert canonical_id(document_number) == canonical
    assert canonical_id(canonical) == canonical
    assert reference_in(typed) == (canonical, None)


@given(st.text(max_size=80))
def test_the_canonical_form_is_total(text: str) -> None:
    canonical_id(text)
    split(text)


@given(st.integers(0, 99), st.sampled_from(["STATE", "RABAT", "LAPAZ"]), st.integers(1, 999_999))
def test_a_canonical_id_stays_as_it_is(year: int, station: str, serial: int) -> None:
    composed = compose(year, station, serial)

    assert canonical_id(composed) == composed
    assert reference_in(composed) == (composed, None)
    assert split(composed) == IdParts(full_year(year), station, serial)


@pytest.mark.parametrize(
    ("year", "full"), [(66, 1966), (99, 1999), (0, 2000), (10, 2010), (1973, 1973)]
)
def test_two_digits_of_a_year_become_four(year: int, full: int) -> None:
    assert full_year(year) == full


@pytest.mark.parametrize("text", ["06ASTANA", "CASABLANCA27", "9CASABLANCA27", "09 RABAT 1", ""])
def test_what_is_not_well_formed_has_no_parts(text: str) -> None:
    assert split(text) is None


CASABLANCA = "09CASABLANCA27"


@pytest.mark.parametrize(
    ("text", "reference", "label"),
    [
        case("plain", "09CASABLANCA27", CASABLANCA, None),
        case("typed", "09 casablanca 0027", CASABLANCA, None),
        case("year in full", "2009 Casablanca 27", CASABLANCA, None),
        case("alias", "09casa27", CASABLANCA, None),
        case("alias with blanks", "09 rio de jan 5", "09RIODEJANEIRO5", None),
        case("malformed", "06astana", "06ASTANA204", None),
        case("malformed with paragraph", "06ASTANA #par2", "06ASTANA204", "2"),
        case("anchor", "09casablanca27#par3", CASABLANCA, "3"),
        case("--ref", "09CASABLANCA27#3", CASABLANCA, "3"),
        case("copied reference", "09CASABLANCA27 ¶3", CASABLANCA, "3"),
        case("in words", "09CASABLANCA27, para. 12", CASABLANCA, "12"),
        case("restarted list", "09CASABLANCA27 ¶1b", CASABLANCA, "1b"),
        case("letter anchor", "09CASABLANCA27#parB", CASABLANCA, "B"),
        case("other anchor", "09CASABLANCA27#top", CASABLANCA, None),
        case("hashtag", "#09CASABLANCA27", CASABLANCA, None),
        case("out of a sentence", "(09CASABLANCA27).", CASABLANCA, None),
        case(
            "site", "http://wikileaks.org/cable/2009/02/09CASABLANCA27.html#par6", CASABLANCA, "6"
        ),
        case(
            "mirror without .html",
            "http://213.251.145.96/cable/2009/02/09CASABLANCA27",
            CASABLANCA,
            None,
        ),
        case("PlusD", "https://wikileaks.org/plusd/cables/09CASABLANCA27_a.html", CASABLANCA, None),
        case(
            "cablegatesearch",
            "http://www.cablegatesearch.net/cable.php?id=09CASABLANCA27&version=13#para-7-3",
            CASABLANCA,
            None,
        ),
        case("edition", "frus1955-57v17/d89", "frus1955-57v17/d89", None),
        case("edition in capitals", "FRUS1955-57V17/D89", "frus1955-57v17/d89", None),
        case("its paragraph", "frus1918Russiav03/d5#3", "frus1918Russiav03/d5", "3"),
        case("its attachment", "frus1870/d65 ¶1b", "frus1870/d65", "1b"),
        case(
            "site of the edition",
            "https://history.state.gov/historicaldocuments/frus1955-57v17/d89#d89fn2",
            "frus1955-57v17/d89",
            None,
        ),
    ],
)
def test_a_typed_or_pasted_reference_is_understood(
    text: str, reference: str, label: str | None
) -> None:
    assert reference_in(text) == (reference, label)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "casablanca",
        "2009 elections",
        "09",
        "tag:KTIP 09RABAT5",
        "frus1955-57v17",
        "frus/d89",
        "78 STATE A-226",
        "http://example.org/",
        "x" * 999,
    ],
)
def test_other_texts_are_no_references(text: str) -> None:
    assert reference_in(text) is None


@given(
    st.text(max_size=120) | st.from_regex(r"#?[0-9]{2} ?[A-Za-z .-]{1,12}[0-9]{1,8}[#¶ \w]{0,9}")
)
def test_reading_a_reference_is_total(text: str) -> None:
    reference_in(text)
