"""Bibliography items: traps of each format, and every field read back by libraries of others."""

from __future__ import annotations

import html
import json
import re
import warnings
from datetime import date
from typing import Any

import pytest
import rispy  # type: ignore[import-untyped]
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import LatexDecodingMiddleware
from citeproc.source.json import CiteProcJSON  # type: ignore[import-untyped]
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.base.cable import Cable
from cable_tui.base.value import replace
from cable_tui.exports.citation import Citation, Note
from cable_tui.exports.copy_formats import EXPORTS
from cable_tui.exports.footnotes import title_of
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
def test_what_is_not_known_is_left_out(style: str) -> None:
    sample = origin("")
    sample = replace(sample, facts=replace(sample.facts, created=""), subject="", tags=())
    written = EXPORTS[style].function(Citation(sample))
    for absent in ("author", "AU  -", "issued", "year", "date", "Y2", "keyword", "KW"):
        assert absent not in written
    assert "09CORVONA27" in written


@given(st.text(max_size=600))
def test_any_subject_is_one_item(subject: str) -> None:
    sample = cable(subject=subject)
    tags = [line[:6] for line in made("ris", sample).split("\n")]
    assert all(tag[2:] == "  - " or tag == "ER  -" for tag in tags)
    assert len(json.loads(made("csl-json", sample))) == 1


def test_a_list_of_no_cables_is_still_json() -> None:
    assert listed("csl-json", []) == "[]\n"


LONG = ("Ü-BOAT & {KEEL} OF “TERN” " * 30)[:600]
SUBJECTS = [
    'VELDORIA: THE PORT\'S "NEW" HARBORMASTER',
    "FISH & CHIPS, AT&T, 100% OF #1",
    'A {BRACE}, AN }ODD{ ONE AND "QUOTED {BRACES}"',
    "ÉTÉ À CORVONA: ŒUVRES, ŁÓDŹ, ÇEŞME, 水",
    "“CURLY” ‘QUOTES’ — AND – DASHES",
    "COSTS $5 UNDER_SCORE ^ CARET | PIPE @ AT",
    "PORT -- CLOSED --- OPEN",
    "<REDACTED> AND A < B > C &copy= &amp;",
    "= EQUALS, COMMA; SEMICOLON: COLON",
    "TEL AVIV INTELLIGENCE: HOTEL, MOTEL, TELTEL",
    "WHAT?! NO!? YES!! REALLY??? ?` !` !!!! '''``` ----",
    LONG,
]
PLACE = "https://wikileaks.org/cable/2009/02/09CORVONA27.html#par2"


def sample(subject: str) -> Cable:
    made = cable(subject=subject)
    facts = replace(made.facts, origin="Consulate Córvona & Tern")
    body = replace(made.body, summary=f"Of {subject}")
    return replace(made, facts=facts, body=body)


def cited(subject: str) -> Citation:
    notes = (Note(f"on {subject}", "mara"),)
    return Citation(sample(subject), (PARAGRAPHS[2],), read_on=date(2026, 11, 24), notes=notes)


def bib(text: str) -> list[tuple[str, dict[str, str]]]:
    library = parse_string(text, append_middleware=[LatexDecodingMiddleware()])
    assert library.failed_blocks == []
    return [
        (entry.entry_type, {each.key: each.value for each in entry.fields})
        for entry in library.entries
    ]


@pytest.mark.parametrize("subject", SUBJECTS)
@pytest.mark.parametrize("style", ["bibtex", "biblatex"])
def test_bib_entries_come_back_equal(style: str, subject: str) -> None:
    ((kind, fields),) = bib(EXPORTS[style].function(cited(subject)))
    of_style = {
        "bibtex": {
            "year": "2009",
            "month": "feb",
            "day": "13",
            "date": "2009-02-13",
            "language": "en",
        },
        "biblatex": {"date": "2009-02-13", "language": "english"},
    }
    assert kind == {"bibtex": "techreport", "biblatex": "report"}[style]
    assert fields == {
        "author": "U.S. Consulate Córvona & Tern",
        "title": title_of(sample(subject)),
        "shorttitle": "09CORVONA27",
        "number": "09CORVONA27",
        "type": "Diplomatic cable",
        "institution": "U.S. Consulate Córvona & Tern",
        "howpublished": "WikiLeaks",
        "url": PLACE,
        "urldate": "2026-11-24",
        "copyright": "UNCLASSIFIED//FOR OFFICIAL USE ONLY",
        "keywords": "EFIS, STEINBERG JAMES B.",
        "abstract": f"Of {subject}",
        "note": f"para. 2. mara: on {subject}",
        **of_style[style],
    }


# What Zotero's BibTeX import puts for plain letters, in the order of its table.
ZOTERO = {
    "---": "—",
    "--": "–",
    "'''": "‴",
    "''": "”",
    "``": "“",
    "```": "‷",
    "!!": "‼",
    "?!": "⁈",
    "!?": "⁉",
    "{TEL}": "℡",
    "TEL": "℡",
}


def zotero(value: str) -> str:
    """A value as Zotero's BibTeX import keeps it."""
    for letters, sign in ZOTERO.items():
        value = value.replace(letters, sign)
    value = re.sub(r"([^\\])[{}]+", r"\1", value).removeprefix("{")
    value = re.sub(r"(?<!\\)\\([#$%&~_^\\{}])", r"\1", value)
    return re.sub(r"\s+", " ", value)


@pytest.mark.parametrize("subject", SUBJECTS)
@pytest.mark.parametrize("style", ["bibtex", "biblatex"])
def test_zotero_makes_no_sign_of_letters(style: str, subject: str) -> None:
    key, post = "10TELAVIV99414", "Embassy TEL AVIV"
    made = sample(subject)
    facts = replace(made.facts, reference_id=key, canonical_id=key, origin=post)
    made = replace(made, facts=facts, tags=("HOTEL", "ECON"))
    text = EXPORTS[style].function(Citation(made, notes=(Note(f"on {subject}"),)))
    (entry,) = parse_string(text).entries
    assert entry.key == key
    raw = {each.key: str(each.value) for each in entry.fields}
    assert raw["url"].endswith(f"/{key}.html")
    told = {
        "author": f"U.S. {post}",
        "title": title_of(sample(subject)),
        "shorttitle": key,
        "number": key,
        "institution": f"U.S. {post}",
        "keywords": "HOTEL, ECON",
        "abstract": f"Of {subject}",
        "note": f"on {subject}",
    }
    assert {name: zotero(raw[name]) for name in told} == told


@pytest.mark.parametrize("subject", SUBJECTS)
def test_ris_records_come_back_equal(subject: str) -> None:
    (fields,) = rispy.loads(EXPORTS["ris"].function(cited(subject)))
    unknown = dict(fields.pop("unknown_tag"))
    read = {
        name: html.unescape(value) if name in ("title", "authors", "publisher") else value
        for name, value in fields.items()
        if isinstance(value, str)
    }
    assert read == {
        "type_of_reference": "RPRT",
        "title": title_of(sample(subject)),
        "short_title": "09CORVONA27",
        "issn": "09CORVONA27",
        "type_of_work": "Diplomatic cable",
        "publisher": "U.S. Consulate Córvona & Tern",
        "date": "2009/02/13/",
        "year": "2009",
        "name_of_database": "WikiLeaks",
        "access_date": "2026/11/24/12:00:00",
        "language": "en",
        "abstract": f"Of {subject}",
    }
    assert fields["authors"] == ["U.S. Consulate Córvona & Tern"]
    assert fields["urls"] == [PLACE]
    assert fields["keywords"] == ["EFIS", "STEINBERG JAMES B."]
    assert fields["notes"] == [f"para. 2. mara: on {subject}"]
    assert unknown == {"CR": ["UNCLASSIFIED//FOR OFFICIAL USE ONLY"]}


def csl(text: str) -> dict[str, Any]:
    with warnings.catch_warnings():
        # It knows an older list of the variables than CSL has.
        warnings.filterwarnings("ignore", message="The following arguments for Reference")
        return dict(CiteProcJSON(json.loads(text)))


@pytest.mark.parametrize("subject", SUBJECTS)
def test_csl_items_come_back_equal(subject: str) -> None:
    ((key, item),) = csl(EXPORTS["csl-json"].function(cited(subject))).items()
    assert key == "09corvona27"
    assert item.type == "report"
    for name, value in {
        "title": title_of(sample(subject)),
        "title_short": "09CORVONA27",
        "number": "09CORVONA27",
        "genre": "Diplomatic cable",
        "publisher": "U.S. Consulate Córvona & Tern",
        "archive": "WikiLeaks",
        "URL": PLACE,
        "language": "en",
        "keyword": "EFIS, STEINBERG JAMES B.",
        "abstract": f"Of {subject}",
    }.items():
        assert str(item[name]) == value
    assert (item.issued.year, item.issued.month, item.issued.day) == (2009, 2, 13)
    assert (item.accessed.year, item.accessed.month, item.accessed.day) == (2026, 11, 24)
    (author,) = item.author
    assert str(author["literal"]) == "U.S. Consulate Córvona & Tern"
