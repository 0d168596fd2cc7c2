"""Bibliography items: the traps of each format, which golden files do not show."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.cable import Cable
from cable_tui.exports.citation import Citation
from cable_tui.exports.copy_formats import EXPORTS
from cable_tui.value import replace
from tests.exports.sample import PARAGRAPHS, cable, listed


def made(style: str, sample: Cable) -> str:
    return EXPORTS[style].function(Citation(sample, read_on=date(2026, 11, 24)))


def origin(name: str) -> Cable:
    sample = cable()
    return replace(sample, facts=replace(sample.facts, origin=name))


@pytest.mark.parametrize(
    ("subject", "title"),
    [
        ("FISH & CHIPS: 100% #1", r"Fish \& Chips: 100\% \#1"),
        ("SET {A} OF F_16", r"Set \{a\} of {F}\_16"),
        ("COSTS $5", r"Costs \$5"),
        ("FROM $5 TO $6", "From ＄5 to ＄6"),
        ("PORT -- CLOSED", "Port -{}- Closed"),
        ("A --- B", "{A} -{}-{}- {B}"),
        ("``QUOTED''", "`{}`Quoted'{}'"),
        ("NO!! WHAT?!", "No!{}! What?{}!"),
        ("TEL AVIV INTELLIGENCE", "{Tel} {Aviv} Intelligence"),
        ("INTELSAT AND TEL. 12 of it", "{INTE{}LSAT} {AND} {TE{}L}. 12 of it"),
        ("MOROCCO: RABAT'S U.S. AID", "{Morocco}: {Rabat}'s {U.S.} Aid"),
        (r"A\B ~ C", "{A}＼{B} ∼ {C}"),
        ("ÉTÉ <REDACTED> ^ | @", "Été <Redacted> ^ | @"),
    ],
)
def test_bibtex_escapes_what_the_import_reads(subject: str, title: str) -> None:
    assert f"  title = {{{title}}},\n" in made("bibtex", cable(subject=subject))


def test_the_month_of_bibtex_is_a_macro_and_the_whole_date_is_behind_it_for_zotero() -> None:
    parts = "  year = {2009},\n  month = feb,\n  day = {13},\n  date = {2009-02-13},\n"
    assert parts in made("bibtex", cable())


@pytest.mark.parametrize(
    ("subject", "title"),
    [
        ("<REDACTED> ON A < B", "&lt;Redacted> on a < B"),
        ("AT&T AND R&D", "AT&T and R&D"),
        ("A &copy= B", "A &amp;copy= B"),
        ("A &amp; B &#65;", "A &amp;amp; B &amp;#65;"),
        ("ONE\nER  - TWO", "One Er - Two"),
    ],
)
def test_ris_values_are_one_line_without_markup(subject: str, title: str) -> None:
    lines = made("ris", cable(subject=subject)).splitlines()
    assert f"TI  - {title}" in lines
    assert lines[-1] == "ER  -"


def test_ris_keeps_a_name_with_a_comma_whole() -> None:
    written = made("ris", origin("American Institute Taiwan, Taipei"))
    assert "AU  - American Institute Taiwan – Taipei\n" in written
    assert "PB  - American Institute Taiwan, Taipei\n" in written


@pytest.mark.parametrize("style", ["bibtex", "ris", "csl-json"])
def test_a_summary_is_the_abstract_on_one_line(style: str) -> None:
    sample = cable()
    sample = replace(sample, body=replace(sample.body, summary="The port\nwas closed."))
    assert "The port was closed." in made(style, sample)


@pytest.mark.parametrize("style", ["bibtex", "ris", "csl-json"])
def test_what_is_not_known_is_left_out(style: str) -> None:
    sample = origin("")
    sample = replace(sample, facts=replace(sample.facts, created=""), subject="", tags=())
    written = EXPORTS[style].function(Citation(sample))
    for absent in ("author", "AU  -", "issued", "year", "date", "Y2", "keyword", "KW"):
        assert absent not in written
    assert "09CORVONA27" in written


def test_a_paragraph_is_a_note_and_its_anchor_ends_the_address() -> None:
    citation = Citation(cable(), (PARAGRAPHS[2],))
    (item,) = json.loads(EXPORTS["csl-json"].function(citation))
    assert item["note"] == "Tags: EFIS, STEINBERG JAMES B.\nParagraph: 2"
    assert item["URL"].endswith("/09CORVONA27.html#par2")
    assert "09CORVONA27.html#par2\n" in EXPORTS["ris"].function(citation)
    assert "N1  - para. 2\n" in EXPORTS["ris"].function(citation)
    for style in ("bibtex", "biblatex"):
        assert "09CORVONA27.html#par2},\n" in EXPORTS[style].function(citation)
        assert "09CORVONA27.html},\n" in EXPORTS[style].function(Citation(cable()))


@given(st.text(max_size=600))
def test_any_subject_is_one_item(subject: str) -> None:
    sample = cable(subject=subject)
    tags = [line[:6] for line in made("ris", sample).split("\n")]
    assert all(tag[2:] == "  - " or tag == "ER  -" for tag in tags)
    assert len(json.loads(made("csl-json", sample))) == 1


def test_a_list_of_no_cables_is_still_json() -> None:
    assert listed("csl-json", []) == "[]\n"
