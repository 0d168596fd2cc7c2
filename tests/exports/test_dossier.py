"""The dossier: places in order, with quotations, notes, citations, and a timeline at the head.

Of its page, what browsers must not do with it, and what must be readable in it.
"""

from __future__ import annotations

import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.base.cable import Cable, CableWarning, Source
from cable_tui.base.value import replace
from cable_tui.exports import dossier
from cable_tui.exports.citation import Citation, Note
from cable_tui.exports.lists import once
from tests.exports.sample import PARAGRAPHS, cable, listed

GOLDEN = Path(__file__).parents[1] / "data" / "golden"
READ_ON = date(2026, 11, 24)


def earlier() -> Cable:
    sample = cable(created="2008-12-18T09:00Z", subject="TERN: <FISH> & [CHIPS]")
    return replace(
        sample,
        facts=replace(sample.facts, reference_id="08TERN_9", canonical_id="08TERN9", origin="Tern"),
        warnings=(CableWarning("stub", "the text breaks off after 90 characters"),),
        sources=(Source("tern.txt", "nara-text"),),
    )


def undated() -> Cable:
    sample = cable(created="", subject="")
    return replace(sample, facts=replace(sample.facts, canonical_id="09X1", reference_id="09X1"))


def places() -> list[Citation]:
    return [
        Citation(
            cable(),
            (PARAGRAPHS[2],),
            read_on=READ_ON,
            notes=(
                Note("check the 220\nagainst *their* list", "mara", "2026-11-24T10:00:00Z"),
                Note("no", "juno_b"),
            ),
            caution="text changed since 2026-11-01",
        ),
        Citation(earlier(), read_on=READ_ON),
        Citation(undated(), read_on=READ_ON),
        Citation(cable(), (PARAGRAPHS[1],), read_on=READ_ON, notes=(Note("first"),)),
    ]


def written() -> str:
    return listed("markdown", places(), "TIP *story*")


def test_a_dossier_is_as_its_golden_file() -> None:
    assert written() == (GOLDEN / "dossier.md").read_text(encoding="utf-8")


def test_a_line_of_a_note_makes_no_heading_and_no_code() -> None:
    ruled = Citation(cable(), notes=(Note("The port\n=====\n\n    it closed\n---"),))
    text = "".join(listed("markdown", [ruled]))
    lines = [line.rstrip() for line in text.partition("**Note:** ")[2].splitlines()]
    assert lines[:5] == ["The port", r"\=====", "", "it closed", r"\---"]


def test_a_long_dossier_passes_through_a_file() -> None:
    layout = dossier.MARKDOWN
    entries = [dossier.entry(layout, each) for each in places()]
    in_file = "".join(dossier.laid_out(entries, "", layout, in_memory=10))
    assert in_file == listed("markdown", places())


def test_formats_of_cables_have_each_once_with_all_its_notes() -> None:
    joined = once(places())
    assert [each.cable.canonical_id for each in joined] == ["09CORVONA27", "08TERN9", "09X1"]
    assert [note.text for note in joined[0].notes][1:] == ["no", "first"]
    assert joined[0].paras == "paras. 1–2"


def test_what_is_said_of_a_place_stays_when_places_are_joined() -> None:
    first, _, _, last = places()
    (joined,) = once([last, first, replace(last, caution="text changed since 2026-10-02")])
    assert joined.caution == "text changed since 2026-11-01; text changed since 2026-10-02"


@pytest.mark.parametrize(
    ("name", "line"),
    [
        (
            "bibtex",
            "  note = {paras. 1–2. (para. 2) mara: check the 220 against *their* list. (para. 2)",
        ),
        ("ris", "against *their* list. (para. 2) juno_b: no. (para. 1) first"),
        (
            "csl-json",
            "Paragraph: 1–2\\nNote: (para. 2) mara: check the 220 against *their* list\\nNote",
        ),
    ],
)
def test_notes_of_the_reader_go_into_items(name: str, line: str) -> None:
    assert line in listed(name, once(places()))


def test_tables_and_plain_references_have_a_line_for_each_place() -> None:
    text = listed("csv", places())
    assert text.count("09CORVONA27,09CORVONA27,") == 2
    assert "para. 2," in text
    assert "juno_b: no" in text
    text = listed("references", places())
    assert text == "09CORVONA27 ¶2\n08TERN_9\n09X1\n09CORVONA27 ¶1\n"


VOID = {"meta", "br"}


class Page(HTMLParser):
    """The tags and the text of a page; fails where a tag is closed that is not open."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def written_page() -> str:
    return listed("html", places(), "TIP <story> & more")


def test_the_page_is_as_its_golden_file() -> None:
    assert written_page() == (GOLDEN / "dossier.html").read_text(encoding="utf-8")


def test_every_cable_of_the_timeline_leads_to_its_first_place() -> None:
    page = Page(written_page())
    known = {attributes["id"] for tag, attributes in page.tags if tag == "section"}
    inner = [each["href"] for tag, each in page.tags if tag == "a" and str(each["href"])[0] == "#"]
    assert inner == ["#place2", "#place1", "#place3"]
    assert {str(each)[1:] for each in inner} <= known


def test_nothing_runs_and_nothing_is_fetched() -> None:
    page = Page(written_page())
    assert not {"script", "img", "link", "iframe", "object", "base"} & {tag for tag, _ in page.tags}
    policy = next(each for tag, each in page.tags if "http-equiv" in each)
    assert policy["content"] == "default-src 'none'; style-src 'unsafe-inline'"
    assert not re.search(r"@import|url\(", written_page())


def test_an_address_that_would_run_something_is_no_link() -> None:
    cited = Citation(cable(), (PARAGRAPHS[1],), "javascript:alert(1)//{id}")
    page = Page(listed("html", [cited]))
    assert "javascript:alert(1)" in page.text
    assert all(str(each["href"])[0] == "#" for tag, each in page.tags if tag == "a")


@pytest.mark.parametrize("said", ["<script>alert(1)</script>", "</section><b>", "&lt;\x1b[31m"])
def test_markup_in_texts_and_notes_is_shown_and_does_nothing(said: str) -> None:
    base = cable(subject=said)
    quoted = Citation(base, (replace(PARAGRAPHS[1], text=said),), notes=(Note(said, said),))
    page = Page(listed("html", [quoted], said))
    assert "script" not in {tag for tag, _ in page.tags}
    assert page.text.count(said.partition("\x1b")[0]) >= 5


@given(st.text(max_size=300), st.text(max_size=100))
def test_any_words_make_a_whole_page(words: str, title: str) -> None:
    said = (replace(PARAGRAPHS[1], text=words),)
    cited = Citation(cable(subject=words), said, notes=(Note(words, title),))
    Page(listed("html", [cited], title))
