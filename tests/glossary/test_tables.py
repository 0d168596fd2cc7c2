"""The package carries its tables whole."""

import csv
from importlib.resources import files

import pytest

from cable_tui.glossary import tables
from tests.shared_files import SHARED

ROWS = {  # the counts of the tables' own description
    "acronyms": 732,
    "malformed_ids": 204,
    "nara_prefixes": 136,
    "old_posts": 96,
    "origins": 286,
    "prosigns": 89,
    "routes": 1697,
    "station_aliases": 230,
    "stations": 289,
    "tag_repairs": 151,
    "tags": 793,
}


@pytest.mark.parametrize(("name", "count"), ROWS.items(), ids=ROWS)
def test_a_table_has_all_its_rows(name: str, count: int) -> None:
    assert len(tables.rows(name)) == count


def test_every_table_names_its_source() -> None:
    data = files("cable_tui.glossary").joinpath("data")
    notice = data.joinpath("NOTICE").read_text(encoding="utf-8")
    carried = {entry.name for entry in data.iterdir() if entry.name.endswith((".csv", ".txt"))}
    assert {name for name in carried if name.endswith(".csv")} == {f"{name}.csv" for name in ROWS}
    carried |= {entry.name for entry in files("cable_tui.text").joinpath("data").iterdir()}
    assert [name for name in sorted(carried) if name not in notice] == []


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("cablemap", "Copyright (c) 2011 - 2015 -- Lars Heuer"),
        ("SCOWL", "Copyright 2000-2018 by Kevin Atkinson"),
        ("SymSpell", "Copyright (c) 2018 Wolf Garbe"),
        ("Unicode", "UNICODE LICENSE V3"),
        ("Apache Lucene", "Version 2.0, January 2004"),
    ],
)
def test_a_source_under_a_licence_of_its_own_has_its_text(source: str, words: str) -> None:
    notice = files("cable_tui.glossary").joinpath("data", "NOTICE").read_text(encoding="utf-8")
    _, heading, text = notice.partition(f"--- {source} ---")
    assert heading
    assert words in text.split("\n--- ")[0]


@pytest.mark.shared
@pytest.mark.parametrize("name", sorted(ROWS.keys() - {"old_posts"}))
def test_a_table_is_as_in_its_source(name: str) -> None:
    with (SHARED / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        assert tables.rows(name) == list(csv.DictReader(lines))


def test_an_acronym_has_a_reading_for_each_context() -> None:
    readings = {reading.context: reading.expansion for reading in tables.acronym("goi")}
    assert readings["IS"] == "Government of Israel"
    assert len(readings) > 1
    assert tables.acronym("QQQQ") == ()


def test_routes_and_prosigns_are_explained() -> None:
    assert tables.route("RUEHRB") == "AMEMBASSY RABAT"
    assert tables.prosign("ZNR") is not None
    assert (tables.route("RUEHQQQ"), tables.prosign("QQQ")) == (None, None)


def test_common_words_of_english_are_known_in_their_basic_forms() -> None:
    known = tables.english_words()
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
    assert tables.prosign(token) == meaning


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("U", "Unclassified"),
        (
            "C/NF",
            "could cause damage to national security; not releasable to foreign nationals",
        ),
        ("SECRET//NOFORN", "serious damage to national security; not releasable to"),
        ("S/REL TO NATO", "; may be released to NATO"),
        ("UNCLASSIFIED//FOR OFFICIAL USE ONLY", "Unclassified; For official use only"),
        ("sbu", "Sensitive but unclassified"),
        ("LIMITED OFFICIAL USE", "until 1995"),
    ],
)
def test_markings_are_spelled_out(printed: str, expected: str) -> None:
    assert expected in (tables.marking(printed) or "")
    assert [tables.marking(each) for each in ("", "/", "X", "[/x]", "HERRING")] == [None] * 5


def test_reasons_are_those_of_either_order() -> None:
    assert tables.reason("1.4", "B") == "information from or about foreign governments"
    assert tables.reason("1.5", "d") == tables.reason("1.4", "d")
    assert tables.reason("1.4", "h") == "weapons of mass destruction"
    assert tables.reason("1.5", "h") is None
    assert tables.reason("1.9", "a") is None
