"""What a `prefix:value` selects, and what cables are filed under."""

import pytest

from cable_tui.base.cable import Header
from cable_tui.base.value import replace
from cable_tui.query import FACETS, Facet, Filed, days_of, facets, values_of
from tests.command_cases import FacetCases, found

CASE = FacetCases(
    filed={
        "origin": (Filed(origin="Embassy Rabat"), ("Embassy Rabat",)),
        "tag": (Filed(tags=("MO", "KTIP")), ("MO", "KTIP")),
        "date": (Filed(created="2009-02-13"), ("2009-02-13",)),
        "released": (Filed(released="2011-08-30"), ("2011-08-30",)),
        "class": (Filed(classification="SECRET"), ("SECRET",)),
        "article": (Filed(articles=("https://www.example.org/a/b",)), ("example.org",)),
        "action": (Filed(action=("Secretary of State",)), ("Secretary of State",)),
        "informed": (Filed(informed=("Embassy Rabat",)), ("Embassy Rabat",)),
        "volume": (Filed(canonical="frus1955-57v17/d89"), ("frus1955-57v17",)),
    }
)
ORIGINS = [("Embassy Rabat", ""), ("Embassy Riga", ""), ("Secretary of State", "")]
ACCENTED = [("Consulate São Paulo", ""), ("Embassy Bogotá", ""), ("Sao Tome", "")]
CLASSES = [
    (value, "") for value in ("SECRET", "SECRET//NOFORN", "CONFIDENTIAL", "UNCLASSIFIED", "COSMIC")
]
TAGS = [("MO", "Morocco"), ("MOPS", "Military Operations"), ("KTIP", "Trafficking in Persons")]

SELECTIONS = [
    ("origin", "rabat", ORIGINS, ["Embassy Rabat"]),
    ("origin", "embassy r", ORIGINS, ["Embassy Rabat", "Embassy Riga"]),
    ("origin", "EMBASSY RIGA", ORIGINS, ["Embassy Riga"]),
    ("origin", "state sec", ORIGINS, ["Secretary of State"]),
    ("origin", "nowhere", ORIGINS, []),
    ("origin", "são", ACCENTED, ["Consulate São Paulo", "Sao Tome"]),
    ("origin", "sao paulo", ACCENTED, ["Consulate São Paulo"]),
    ("origin", "EMBASSY BOGOTA", ACCENTED, ["Embassy Bogotá"]),
    ("origin", "bogotá", [("Embassy Bogota", "")], ["Embassy Bogota"]),
    ("origin", "...", ORIGINS, []),
    ("tag", "mo", TAGS, ["MO"]),
    ("tag", "mop", TAGS, ["MOPS"]),
    ("tag", "persons traff", TAGS, ["KTIP"]),
    ("class", "secret", CLASSES, ["SECRET"]),
    ("class", "s", CLASSES, ["SECRET"]),
    ("class", "S//NF", CLASSES, ["SECRET//NOFORN"]),
    ("class", "noforn", CLASSES, ["SECRET//NOFORN"]),
    ("class", ">=confidential", CLASSES, ["SECRET", "SECRET//NOFORN", "CONFIDENTIAL"]),
    ("class", ">s", CLASSES, ["SECRET//NOFORN"]),
    ("class", "<c", CLASSES, ["UNCLASSIFIED"]),
    ("class", ">=nonsense", CLASSES, []),
]


@pytest.mark.parametrize(("facet", "wanted", "vocabulary", "selected"), SELECTIONS)
def test_a_filter_selects_the_value_or_every_value_whose_words_begin_so(
    facet: str, wanted: str, vocabulary: list[tuple[str, str]], selected: list[str]
) -> None:
    assert FACETS[facet].select(wanted, vocabulary) == selected


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        ("2008", "2008", ("2008-01-01", "2008-12-31")),
        ("2008-02", "2008-02", ("2008-02-01", "2008-02-29")),
        ("2008-3", "2009-02-13", ("2008-03-01", "2009-02-13")),
        ("", "2007", ("0001-01-01", "2007-12-31")),
        ("2008", "", ("2008-01-01", "9999-12-31")),
        ("2009-02-30", "", None),
        ("2009-13", "", None),
        ("0000", "", None),
        ("x", "", None),
    ],
)
def test_a_range_of_dates_counts_whole_units(
    start: str, end: str, days: tuple[str, str] | None
) -> None:
    assert days_of(start, end) == days


def test_a_cable_is_filed_under_days_and_under_newspapers() -> None:
    filed = Filed(
        created="2009-02-13",
        articles=("http://http://www.example.org", "https://www.example.org/a/b", "http://"),
    )
    assert FACETS["date"].values(filed) == ("2009-02-13",)
    assert FACETS["released"].values(filed) == ()
    assert FACETS["article"].values(filed) == ("example.org",)


@pytest.mark.parametrize("canonical", ["", "09RABAT27", "frus1861", "fr/frus1861"])
def test_only_a_document_of_an_edition_has_a_volume(canonical: str) -> None:
    assert FACETS["volume"].values(Filed(canonical=canonical)) == ()


PRECEDENCE = Facet(
    "precedence",
    "Precedence",
    "term",
    "grammar",
    "tags",
    lambda filed: filed.tags,
    "how urgent it is: precedence:>=priority",
    order=("ROUTINE", "PRIORITY", "IMMEDIATE", "FLASH"),
    aliases=(("r", "ROUTINE"), ("p", "PRIORITY"), ("o", "IMMEDIATE"), ("z", "FLASH")),
)


@pytest.mark.parametrize(
    ("wanted", "selected"),
    [
        (">=priority", ["FLASH", "PRIORITY"]),
        (">p", ["FLASH"]),
        ("<z", ["ROUTINE", "PRIORITY"]),
        ("<=Routine", ["ROUTINE"]),
        ("p", ["PRIORITY"]),
        ("urg", ["URGENT"]),
    ],
)
def test_any_facet_with_an_order_is_compared(wanted: str, selected: list[str]) -> None:
    vocabulary = [(value, "") for value in ("FLASH", "URGENT", "ROUTINE", "PRIORITY")]
    assert PRECEDENCE.select(wanted, vocabulary) == selected


def test_a_facet_with_an_order_sorts_by_it_and_says_what_it_does_not_know() -> None:
    found = sorted(["URGENT", "FLASH", "ROUTINE"], key=PRECEDENCE.sort_key)
    assert found == ["ROUTINE", "FLASH", "URGENT"]
    assert PRECEDENCE.complaint(">=o") == ""
    assert PRECEDENCE.complaint(">=x") == "x is not a valid precedence, such as immediate or z"
    assert FACETS["class"].complaint(">x") == (
        "x is not a valid classification, such as confidential or ts"
    )


def test_a_facet_may_read_the_header(monkeypatch: pytest.MonkeyPatch) -> None:
    of_header = replace(PRECEDENCE, values=lambda filed: filed.header().precedences)
    monkeypatch.setattr(facets, "FACETS", {"precedence": of_header})
    header = Header("", precedences=("FLASH",))
    assert values_of("grammar", Filed(header=lambda: header)) == (("FLASH",),)
    assert values_of("facts", Filed()) == ()


def test_every_facet_takes_its_values_from_a_field_of_what_is_filed() -> None:
    assert {facet.of for facet in FACETS.values()} <= set(vars(Filed()))


def test_every_facet_has_a_case_and_files_a_cable_as_it_says() -> None:
    cases = {
        name: case for found_one in found(FacetCases) for name, case in found_one.filed.items()
    }
    assert set(cases) == set(FACETS)
    for name, (filed, values) in cases.items():
        assert FACETS[name].values(filed) == values, name


def test_a_facet_of_the_facts_cannot_read_the_telegram() -> None:
    for read in (Filed().header, Filed().cable):
        with pytest.raises(LookupError, match="not from a telegram"):
            read()
