"""The repository is that of the source read, and so is the address."""

from __future__ import annotations

from pathlib import Path

import pytest

from cable_tui.cable import Cable, Source
from cable_tui.exports.citation import Citation
from cable_tui.exports.copy_table import EXPORTS
from cable_tui.exports.repositories import plusd_name, repository_line
from cable_tui.formats import FORMATS, all_formats
from cable_tui.value import replace
from tests.exports.sample import PARAGRAPHS, cable

NARA = "National Archives, Access to Archival Databases (AAD)"
PLUSD = "https://wikileaks.org/plusd/cables"


def read_from(form: str, reference: str = "1975TERN00292") -> Cable:
    sample = cable(created="1975-02-13")
    facts = replace(sample.facts, reference_id=reference)
    return replace(sample, facts=facts, sources=(Source("tern.txt", form),))


def test_every_format_has_a_repository() -> None:
    """But tables, files of several kinds, and dossiers, whose cables have that of their source."""
    unnamed = {form.name for form in all_formats() if not form.repository.name}
    tables = {name for name in FORMATS if name.startswith("table-")}
    assert unnamed == {*tables, "mixed-pages", "sealed-cable"}


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
