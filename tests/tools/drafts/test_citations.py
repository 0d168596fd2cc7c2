"""Citations in running text: every form that is printed, and every form that `y` copies."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.base.value import replace
from cable_tui.exports.citation import Citation
from cable_tui.exports.copy_formats import EXPORTS
from cable_tui.formats.office.blocks import Link, TextBlock
from cable_tui.tools.drafts.citations import cited_in, labels_in
from tests.exports.sample import PARAGRAPHS, cable
from tests.exports.test_copy_formats import NAMELESS

CASES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("as the site has it: 04ANKARA348.", "04ANKARA348", ()),
    ("with zeros, 09CASABLANCA00027 ¶3", "09CASABLANCA27", ("3",)),
    ("four figures: 2009RABAT12, para. 4", "09RABAT12", ("4",)),
    ("of the seventies 1974ANKARA00348", "74ANKARA348", ()),
    ("as cables write it: 04 ANKARA 348, paras. 3–5", "04ANKARA348", ("3", "4", "5")),
    ("two words: 09 RIO DE JANEIRO 27", "09RIODEJANEIRO27", ()),
    ("#cablegate #04ANKARA348", "04ANKARA348", ()),
    (
        "https://wikileaks.org/cable/2009/02/09CASABLANCA27.html#par3",
        "09CASABLANCA27",
        ("3",),
    ),
    ("https://wikileaks.org/plusd/cables/04ANKARA348_a.html.", "04ANKARA348", ()),
    ("https://history.state.gov/historicaldocuments/frus1955-57v17/d89", "frus1955-57v17/d89", ()),
    ("FRUS, 1955-1957, vol. XVII, doc. 89", "frus1955-57v17/d89", ()),
    (
        "Foreign Relations of the United States, 1969–1976, Volume E–5, Part 1, Document 12",
        "frus1969-76ve05p1/d12",
        (),
    ),
    ("Ankara 348, February 3, 2004", "04ANKARA348", ()),
    ("on 3 February 2004 the embassy (Ankara 348) wrote", "04ANKARA348", ()),
    ("Telegram 348 from Ankara, February 3, 2004", "04ANKARA348", ()),
    # As notes of historians have them.
    ("04 Ankara 348, para. 3", "04ANKARA348", ("3",)),
    ("cable 2004 Ankara 348", "04ANKARA348", ()),
    ("09 Rio de Janeiro 27", "09RIODEJANEIRO27", ()),
    ("Cable 348, U.S. Embassy Ankara, February 3, 2004", "04ANKARA348", ()),
    ("Embassy Ankara to Secretary of State, telegram 348, February 3, 2004", "04ANKARA348", ()),
    ("Embassy Ankara to the Department of State, “A Fire,” cable 348, 2004", "04ANKARA348", ()),
    ("para. 4 of Ankara 348, February 3, 2004", "04ANKARA348", ("4",)),
    ("replied to Ankara 348, February 3, 2004", "04ANKARA348", ()),
    ("Embtel 348 from Ankara, February 3, 2004", "04ANKARA348", ()),
    ("Tel. 348, Ankara to Washington, 3 February 2004", "04ANKARA348", ()),
    ("Ankara Embassy cable 348 (3 February 2004)", "04ANKARA348", ()),
    ("U.S. Embassy Ankara, cable no. 348, February 3, 2004", "04ANKARA348", ()),
    ("Ankara, telegram 348, 3 February 2004", "04ANKARA348", ()),
    (
        "Telegram 348 From the Embassy in Turkey to the Department of State, Ankara, May 3, 1974",
        *("74ANKARA348", ()),
    ),
    ("FRUS 1955–57, XVII, doc. 89", "frus1955-57v17/d89", ()),
    ("09RABAT12#4", "09RABAT12", ("4",)),
    ("09RABAT12, par4", "09RABAT12", ("4",)),
    ("para. 4 of 09RABAT12", "09RABAT12", ("4",)),
    ("09RABAT12 (Embassy Rabat, 2009), para. 7, WikiLeaks", "09RABAT12", ("7",)),
    ("cable Rabat 2009, March 3, 2009", "09RABAT2009", ()),
    ("09RABAT12, Abs. 4", "09RABAT12", ("4",)),
    ("09RABAT12, Absatz 4", "09RABAT12", ("4",)),
    ("09RABAT12, paragraphe 4", "09RABAT12", ("4",)),
    ("09RABAT12, párr. 4", "09RABAT12", ("4",)),
    # Lines end anywhere.
    ("04\nANKARA 348,\npara. 3", "04ANKARA348", ("3",)),
    ("Ankara\n348, February 3,\n2004", "04ANKARA348", ()),
    ("Telegram 348 from\nAnkara, February 3, 2004", "04ANKARA348", ()),
    ("FRUS, 1955-1957,\nvol. XVII, doc. 89", "frus1955-57v17/d89", ()),
    ("09RABAT12,\n¶7", "09RABAT12", ("7",)),
)


@pytest.mark.parametrize(("text", "name", "labels"), CASES)
def test_a_citation_is_understood(text: str, name: str, labels: tuple[str, ...]) -> None:
    found = cited_in(TextBlock(text, 1))
    assert [each.ids[0] for each in found] == [name]
    assert found[0].labels == labels


@pytest.mark.parametrize(
    "text",
    [
        "in Paris 2009 was a good year",
        "the 2nd3 of it, and 12 monkeys 13",
        "he was born in 1974 and had 12 sons",
        "chapter 3 of 1999",
        "abc09RABAT12def",
        "A-62 of 1974",
        "in 2004 Ankara 52 people met",
        "Smith to Secretary of State, telegram 348, February 3, 2004",
        "we left 12 London 14 times",
        "FRUS, 1955-1957, and XVII, doc. 89",
        "09 is a number",
        "as it was known (Embassy Rabat 2009)",
        "see Rabat 2009, for example",
        "on 10-DEC-2009 and 09-XYZZY-12",
    ],
)
def test_what_is_no_citation_is_none(text: str) -> None:
    assert [each.ids for each in cited_in(TextBlock(text, 1)) if each.sure] == []


def test_an_address_behind_words_is_a_citation() -> None:
    address = "https://wikileaks.org/cable/2009/02/09CASABLANCA27.html#par3"
    (found,) = cited_in(TextBlock("as they wrote", 1, links=(Link(3, address),)))
    assert (found.ids, found.labels) == (("09CASABLANCA27",), ("3",))


def test_a_link_whose_words_say_the_same_is_one_citation() -> None:
    address = "https://wikileaks.org/cable/2009/02/09CASABLANCA27.html#par3"
    (found,) = cited_in(TextBlock(f"see {address}.", 1, links=(Link(4, address),)))
    assert (found.text, found.labels) == (address, ("3",))
    (found,) = cited_in(TextBlock("see 09CASABLANCA27 ¶3.", 1, links=(Link(4, address),)))
    assert (found.text, found.labels) == ("09CASABLANCA27", ("3",))
    two = cited_in(TextBlock("see 09CASABLANCA27.", 1, links=(Link(4, address),)))
    assert [each.labels for each in two] == [("3",), ()]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("09RABAT12 ¶3, 09CASABLANCA27", [("3",), ()]),
        ("09RABAT12, para. 3, 09CASABLANCA27, para. 4", [("3",), ("4",)]),
        ("¶3 of 09RABAT12, ¶4 of 09CASABLANCA27", [("3",), ("4",)]),
        ("09RABAT12; ¶4 of 09CASABLANCA27", [(), ("4",)]),
    ],
)
def test_a_paragraph_belongs_to_one_citation(text: str, wanted: list[tuple[str, ...]]) -> None:
    assert [each.labels for each in cited_in(TextBlock(text, 1))] == wanted


def test_ranges_of_paragraphs_are_counted_out() -> None:
    assert labels_in("3–5, 7 and 9") == ("3", "4", "5", "7", "9")
    assert labels_in("1b") == ("1b",)
    assert labels_in("2b–3b") == ("2b", "3b")


@pytest.mark.parametrize("style", sorted(set(EXPORTS) - NAMELESS))
def test_whatever_y_copies_is_understood(style: str) -> None:
    named = style in (
        "reference",
        "quotation",
        "plain-quotation",
        "footnote",
        "note",
        "short-note",
        "markdown",
    )
    for paragraphs in ((), PARAGRAPHS[2:3], PARAGRAPHS[1:4]):
        for template in ("cablegate", "plusd", "https://my.org/{id}?x={month}"):
            place = Citation(cable(), paragraphs, template, date(2026, 11, 24))
            text = EXPORTS[style].function(place)
            cited = [each for line in text.split("\n\n") for each in cited_in(TextBlock(line, 1))]
            found = [each for each in cited if each.sure or style == "as-cited"]
            assert {each.ids[0] for each in found} == {"09CORVONA27"}
            labels = {label for each in found for label in each.labels}
            assert not named or set(labels_in(place.places)) <= labels


@given(
    year=st.integers(66, 110).map(lambda year: year % 100),
    station=st.sampled_from(
        ["ANKARA", "RABAT", "STATE", "CASABLANCA", "BUENOSAIRES", "USUNNEWYORK"]
    ),
    serial=st.integers(1, 99999),
    before=st.text(max_size=20),
    behind=st.text(max_size=20),
)
def test_an_id_is_found_in_any_text(
    year: int, station: str, serial: int, before: str, behind: str
) -> None:
    name = f"{year:02}{station}{serial}"
    found = cited_in(TextBlock(f"{before} ({name}) {behind}", 1))
    assert name in {id_ for each in found for id_ in each.ids}


@given(st.text(max_size=300))
def test_any_text_is_read_and_no_two_citations_overlap(text: str) -> None:
    found = cited_in(TextBlock(text, 1))
    for one, other in pairwise(found):
        assert one.end <= other.start


@pytest.mark.parametrize("style", ["reference", "as-cited", "hashtags"])
def test_an_edition_is_understood_as_it_is_copied(style: str) -> None:
    name = "frus1955-57v17/d89"
    facts = replace(cable().facts, reference_id=name, canonical_id=name)
    text = EXPORTS[style].function(Citation(replace(cable(), facts=facts)))
    assert [each.ids[0] for each in cited_in(TextBlock(text, 1))] == [name]
