"""Volumes and documents as historians name them; ids are those of the published volumes."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.base.cable import Cable, CableWarning, Source
from cable_tui.base.errors import NotFoundError
from cable_tui.base.value import replace
from cable_tui.exports.citation import (
    Citation,
    RequestCount,
    cable_and_place,
    cautions,
    places_at,
    plusd_name,
    printed_place,
    repository_line,
)
from cable_tui.exports.copy_formats import EXPORTS
from cable_tui.formats import FORMATS, all_formats
from cable_tui.session.features.copy import caution
from tests.exports.sample import PARAGRAPHS, cable, listed


@pytest.mark.parametrize(
    ("reference_id", "named"),
    [
        ("frus1955-57v17/d89", "FRUS, 1955-1957, vol. XVII, doc. 89"),
        ("frus1870/d65", "FRUS, 1870, doc. 65"),
        ("frus1870v14/d65", "FRUS, 1870, vol. XIV, doc. 65"),
        ("frus1870v38/d65", "FRUS, 1870, vol. XXXVIII, doc. 65"),
        ("frus1870v49/d65", "FRUS, 1870, vol. XLIX, doc. 65"),
        ("frus1952-54v12p2/d127", "FRUS, 1952-1954, vol. XII, pt. 2, doc. 127"),
        ("frus1872p2v4/d1", "FRUS, 1872, pt. 2, vol. IV, doc. 1"),
        ("frus1864p3/d9", "FRUS, 1864, pt. 3, doc. 9"),
        ("frus1917Supp02v02/d14", "FRUS, 1917, supp. 2, vol. II, doc. 14"),
        ("frus1914Supp/d3", "FRUS, 1914, supp., doc. 3"),
        ("frus1918Russiav03/d3", "FRUS, 1918, Russia, vol. III, doc. 3"),
        ("frus1919Parisv11/d3", "FRUS, 1919, The Paris Peace Conference, vol. XI, doc. 3"),
        ("frus1894Nicaragua/d3", "FRUS, 1894, Nicaragua, doc. 3"),
        ("frus1902app1/d3", "FRUS, 1902, app. 1, doc. 3"),
        ("frus1877app/d3", "FRUS, 1877, appendix, doc. 3"),
        ("frus1917-72PubDipv06/d3", "FRUS, 1917-1972, Public Diplomacy, vol. VI, doc. 3"),
        ("frus1943CairoTehran/d3", "FRUS, 1943, Cairo Tehran, doc. 3"),
        ("frus1958-60v05mSupp/d3", "FRUS, 1958-1960, vol. V, microfiche supplement, doc. 3"),
        ("frus1969-76ve15p2Ed2/d3", "FRUS, 1969-1976, vol. E-15, pt. 2, 2nd ed., doc. 3"),
        ("frus1981-88v03/d104", "FRUS, 1981-1988, vol. III, doc. 104"),
        ("09CASABLANCA27", "09CASABLANCA27"),
    ],
)
def test_ids_of_volumes_become_names(reference_id: str, named: str) -> None:
    assert printed_place(reference_id) == named


@given(st.from_regex(r"frus[0-9]{4}(-[0-9]{2})?[A-Za-z0-9]{0,12}/d[0-9]{1,3}", fullmatch=True))
def test_any_id_is_named(reference_id: str) -> None:
    assert printed_place(reference_id).startswith(("FRUS", "frus"))


NARA = "National Archives, Access to Archival Databases (AAD)"
PLUSD = "https://wikileaks.org/plusd/cables"


def read_from(form: str, reference: str = "1975TERN00292") -> Cable:
    sample = cable(created="1975-02-13")
    facts = replace(sample.facts, reference_id=reference)
    return replace(sample, facts=facts, sources=(Source("tern.txt", form),))


def test_every_format_has_a_repository() -> None:
    """But tables, named texts, files of several kinds, and dossiers: their sources have theirs."""
    unnamed = {form.name for form in all_formats() if not form.repository.name}
    tables = {name for name in FORMATS if name.startswith("table-")}
    assert unnamed == {
        *tables,
        "markdown",
        "mixed-pages",
        "document-cloud",
        "named-text",
        "office",
        "sealed-cable",
        "warc",
    }


@pytest.mark.parametrize(
    ("form", "named"),
    [
        ("html-page", "WikiLeaks"),
        ("dump-csv", "WikiLeaks"),
        ("plusd-page", "WikiLeaks Public Library of US Diplomacy (PlusD)"),
        (
            "nara-text",
            f"{NARA}, RG 59, Central Foreign Policy Files, 1973–79, document number 1975TERN00292",
        ),
        (
            "foia-csv",
            "History Lab, Freedom of Information Archive (FOIArchive), document 1975TERN00292",
        ),
        ("another", ""),
    ],
)
def test_a_note_names_the_repository(form: str, named: str) -> None:
    cited = Citation(read_from(form))
    assert repository_line(cited) == named
    assert named in EXPORTS["note"].function(cited)


def test_items_name_the_repository_and_record_group_without_the_number() -> None:
    cited = Citation(read_from("nara-text"))
    named = f"{NARA}, RG 59, Central Foreign Policy Files, 1973–79"
    assert f"  howpublished = {{{named}}},\n" in EXPORTS["bibtex"].function(cited)
    assert f"\nDB  - {named}\n" in EXPORTS["ris"].function(cited)
    assert f'"archive": "{named}"' in EXPORTS["csl-json"].function(cited)


def test_the_record_that_was_read_is_named() -> None:
    sample = cable()
    other = Source("plusd.html", "plusd-page")
    cited = Citation(replace(sample, sources=(other, *sample.sources)))
    assert "(PlusD)" in EXPORTS["note"].function(cited)
    assert EXPORTS["path"].function(cited) == "plusd.html"


@pytest.mark.parametrize(
    ("reference", "name"),
    [
        ("09CORVONA27", "09CORVONA27_a"),
        ("1975TERN00292", "1975TERN00292_b"),
        ("1977TERN00292", "1977TERN00292_c"),
        ("1978TERN00292", "1978TERN00292_d"),
        ("1979TERN00292", "1979TERN00292_e"),
    ],
)
def test_plusd_has_a_letter_for_each_collection(reference: str, name: str) -> None:
    assert plusd_name(reference) == name


@pytest.mark.parametrize("template", ["cablegate", "plusd"])
def test_a_cable_of_the_seventies_has_no_page_of_cablegate(template: str) -> None:
    cited = Citation(read_from("nara-text"), link_template=template)
    assert EXPORTS["link"].function(cited) == f"{PLUSD}/1975TERN00292_b.html"


def test_a_file_is_linked_where_the_folder_is_known() -> None:
    cited = Citation(cable(), (PARAGRAPHS[2],), "file", folder=Path("/srv/my cables"))
    address = "file:///srv/my%20cables/2009/02/09CORVONA27.html#par2"
    assert EXPORTS["link"].function(cited) == address
    assert EXPORTS["path"].function(cited) == "/srv/my cables/2009/02/09CORVONA27.html"
    assert EXPORTS["link"].function(Citation(cable(), (), "file")) == ""


def test_an_archive_of_one_file_is_that_file() -> None:
    cited = Citation(read_from("dump-csv"), (), "file", folder=Path("/srv/tern.txt"))
    assert EXPORTS["link"].function(cited) == "file:///srv/tern.txt"


def test_a_cable_without_a_source_has_no_path() -> None:
    assert EXPORTS["path"].function(Citation(replace(cable(), sources=()))) == ""


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
    assert cable_and_place(given) == split


def cited(place: str) -> Citation:
    paragraphs, references = places_at(cable(), place)
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


@pytest.mark.parametrize("form", ["markdown", "html"])
def test_words_of_another_record_are_said_to_be_of_it_when_they_are_copied(
    form: str,
) -> None:
    said = "These words are from version 2 of 2: b␛.csv."
    page, row = Source("a.html", "html-page"), Source("b\x1b.csv", "cables-csv", number=2)
    read = Citation(replace(cable(), sources=(row, page)))
    assert cautions(read)[0] == said
    assert caution(read).startswith(said)
    assert said in listed(form, [read], "Story").replace("\\", "")
    for sources in ((page, row), (page,), ()):
        shown = Citation(replace(cable(), sources=sources))
        assert (cautions(shown), caution(shown)) == ((), "")


def test_a_letter_that_stands_twice_is_named_once_and_said() -> None:
    sample = cable()
    first, second = sample.references
    sample = replace(sample, references=(first, second, replace(second, text="TERN 9")))
    paragraphs, references = places_at(sample, "B")
    citation = Citation(sample, paragraphs, references=references)
    assert EXPORTS["reference"].function(citation) == "09CORVONA27 ref. B"
    assert EXPORTS["text"].function(citation) == "MARLOWE-TERN E-MAIL\nTERN 9"
    assert cautions(citation) == ("Ref. B occurs more than once in this cable.",)
    assert cautions(Citation(sample, references=(first,))) == ()


@pytest.mark.parametrize("place", ["9", "3-1", "2-9", "C", "1-", "x y"])
def test_a_place_that_is_not_there_is_said(place: str) -> None:
    with pytest.raises(NotFoundError, match="its paragraphs are 1 to 3"):
        places_at(cable(), place)


def test_a_range_holds_the_lines_without_numbers_between() -> None:
    sub = replace(PARAGRAPHS[4], span=(0, 1))
    sample = cable(paragraphs=(PARAGRAPHS[1], sub, PARAGRAPHS[2]))
    assert places_at(sample, "1-2")[0] == sample.body.paragraphs


def test_grave_warnings_of_the_cable_are_said_and_others_not() -> None:
    sample = cable()
    stub = CableWarning("stub", "the text breaks off after 90 characters")
    sample = replace(sample, warnings=(*sample.warnings, stub))
    assert cautions(Citation(sample)) == ("The text breaks off after 90 characters.",)
    assert cautions(Citation(cable())) == ()
    both = Citation(sample, (PARAGRAPHS[4],), caution="text changed since 2026-11-24")
    assert cautions(both)[:2] == (
        "This paragraph has no number; linked to ¶3.",
        "text changed since 2026-11-24",
    )


def asking(*texts: str) -> RequestCount:
    """The requests of some cables with these texts."""
    found = RequestCount()
    for number, text in enumerate(texts):
        name = f"09RABAT{number}"
        facts = replace(cable().facts, reference_id=name, canonical_id=name)
        whole = replace(cable(), facts=facts)
        found.add(replace(whole, body=replace(whole.body, text=text, paragraphs=())))
        found.add(replace(whole, body=replace(whole.body, text=text, paragraphs=())))
    return found


ASKS = "Ivo Tern (strictly\n  protect) said"


@pytest.mark.parametrize(
    ("texts", "words"),
    [
        ((), ""),
        (("Ada Pelham said",), ""),
        ((ASKS,), "1 protection request in 09RABAT0: list 09RABAT0"),
        ((ASKS, "Ada"), "1 protection request in 09RABAT0: list "),
        ((f"{ASKS}. {ASKS}", ASKS), "3 protection requests in 2 cables: list "),
    ],
)
def test_the_requests_of_all_cables_are_counted_with_what_lists_them(
    texts: tuple[str, ...], words: str
) -> None:
    assert asking(*texts).in_words(lambda reference: f"list {reference}") == words
    assert asking(*texts).cables == len(texts)


def test_without_the_tool_that_shows_requests_they_are_only_counted() -> None:
    assert asking(ASKS).in_words(lambda _: "") == "1 protection request in 09RABAT0"
