"""Places as readers name them, and what must be known of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest

from cable_tui.cable import CableWarning, Source
from cable_tui.errors import NotFoundError
from cable_tui.exports import paragraph_ranges
from cable_tui.exports.citation import Citation, cautions
from cable_tui.exports.copy_table import EXPORTS
from cable_tui.exports.dossier import dossier
from cable_tui.exports.dossier_html import dossier_html
from cable_tui.session.features.copy import caution
from cable_tui.value import replace
from tests.exports.sample import PARAGRAPHS, cable

PAGE = "https://wikileaks.org/cable/2009/02/09CORVONA27.html"


@pytest.mark.parametrize(
    ("given", "split"),
    [
        ("09CORVONA27", ("09CORVONA27", "")),
        ("09CORVONA27#3-5", ("09CORVONA27", "3-5")),
        ("09 corvona 27 ¶3–5 ", ("09 corvona 27", "3–5")),
        ("09CORVONA27 ¶¶ 3-5", ("09CORVONA27", "3-5")),
        (f"{PAGE}#par3", (PAGE, "3")),
        ("09CORVONA27#parB", ("09CORVONA27", "B")),
        ("09CORVONA27#", ("09CORVONA27", "")),
    ],
)
def test_a_reference_has_a_cable_and_a_place(given: str, split: tuple[str, str]) -> None:
    assert paragraph_ranges.split(given) == split


def cited(place: str) -> Citation:
    paragraphs, references = paragraph_ranges.at(cable(), place)
    return Citation(cable(), paragraphs, references=references)


@pytest.mark.parametrize(
    ("place", "reference", "link"),
    [
        ("", "09CORVONA27", PAGE),
        ("2", "09CORVONA27 ¶2", f"{PAGE}#par2"),
        ("1-3", "09CORVONA27 ¶1–3", f"{PAGE}#par1"),
        ("2–3", "09CORVONA27 ¶2–3", f"{PAGE}#par2"),
        ("par2-par3", "09CORVONA27 ¶2–3", f"{PAGE}#par2"),
        ("2-2", "09CORVONA27 ¶2", f"{PAGE}#par2"),
        ("b", "09CORVONA27 ref. B", f"{PAGE}#parB"),
    ],
)
def test_places_are_cited_and_linked_to_their_first(place: str, reference: str, link: str) -> None:
    citation = cited(place)
    assert EXPORTS["reference"].function(citation) == reference
    assert EXPORTS["link"].function(citation) == link


def test_a_line_of_ref_is_quoted_as_it_is_printed() -> None:
    citation = cited("A")
    assert EXPORTS["quotation"].function(citation) == "“08 STATE 1” (09CORVONA27, ref. A)"
    assert EXPORTS["text"].function(citation) == "08 STATE 1"
    assert "[09CORVONA27, ref. A](" in EXPORTS["markdown"].function(citation)
    assert ", ref. A, WikiLeaks" in EXPORTS["note"].function(citation)
    assert "N1  - ref. A\n" in EXPORTS["ris"].function(citation)
    assert "Reference: A" in EXPORTS["csl-json"].function(citation)


@pytest.mark.parametrize("written", [dossier, dossier_html])
def test_words_of_another_record_are_said_to_be_of_it_when_they_are_copied(
    written: Callable[[list[Citation], str], Iterable[str]],
) -> None:
    said = "The words are of record 2 of 2: b␛.csv."
    page, row = Source("a.html", "html-page"), Source("b\x1b.csv", "cables-csv", number=2)
    read = Citation(replace(cable(), sources=(row, page)))
    assert cautions(read)[0] == said
    assert caution(read).startswith(said)
    assert said in "".join(written([read], "Story")).replace("\\", "")
    for sources in ((page, row), (page,), ()):
        shown = Citation(replace(cable(), sources=sources))
        assert (cautions(shown), caution(shown)) == ((), "")


def test_a_letter_that_stands_twice_is_named_once_and_said() -> None:
    sample = cable()
    first, second = sample.references
    sample = replace(sample, references=(first, second, replace(second, text="TERN 9")))
    paragraphs, references = paragraph_ranges.at(sample, "B")
    citation = Citation(sample, paragraphs, references=references)
    assert EXPORTS["reference"].function(citation) == "09CORVONA27 ref. B"
    assert EXPORTS["text"].function(citation) == "MARLOWE-TERN E-MAIL\nTERN 9"
    assert cautions(citation) == ("Ref. B stands more than once in this cable.",)
    assert cautions(Citation(sample, references=(first,))) == ()


@pytest.mark.parametrize("place", ["9", "3-1", "2-9", "C", "1-", "x y"])
def test_a_place_that_is_not_there_is_said(place: str) -> None:
    with pytest.raises(NotFoundError, match="its paragraphs are 1 to 3"):
        paragraph_ranges.at(cable(), place)


def test_a_range_holds_the_lines_without_numbers_between() -> None:
    sub = replace(PARAGRAPHS[4], span=(0, 1))
    sample = cable(paragraphs=(PARAGRAPHS[1], sub, PARAGRAPHS[2]))
    assert paragraph_ranges.at(sample, "1-2")[0] == sample.body.paragraphs


def test_grave_warnings_of_the_cable_are_said_and_others_not() -> None:
    sample = cable()
    stub = CableWarning("stub", "the text breaks off after 90 characters")
    sample = replace(sample, warnings=(*sample.warnings, stub))
    assert cautions(Citation(sample)) == ("The text breaks off after 90 characters.",)
    assert cautions(Citation(cable())) == ()
    both = Citation(sample, (PARAGRAPHS[4],), caution="text changed since 2026-11-24")
    assert cautions(both)[:2] == (
        "It has no number of its own: linked to ¶3.",
        "text changed since 2026-11-24",
    )
