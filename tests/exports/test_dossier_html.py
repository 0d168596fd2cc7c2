"""The dossier as a page: what browsers must not do with it, and what must be readable in it."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.exports.citation import Citation, Note
from cable_tui.value import replace
from tests.exports.sample import PARAGRAPHS, cable, listed
from tests.exports.test_dossier import places

GOLDEN = Path(__file__).parents[1] / "data" / "golden"
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


def written() -> str:
    return listed("html", places(), "TIP <story> & more")


def test_the_page_is_as_its_golden_file() -> None:
    assert written() == (GOLDEN / "dossier.html").read_text(encoding="utf-8")


def test_the_page_says_what_the_markdown_dossier_says() -> None:
    page = Page(written())
    for said in (
        "TIP <story> & more",
        "4 places in 3 cables.",
        "1. 09CORVONA27 ¶2 2009-02-13 · Consulate Corvona · UNCLASSIFIED//FOUO · VELDORIA: THE",
        "(SBU) On the domestic front, fishermen continued to wrestle with [prices]",
        "Note (mara, 2026-11-24): check the 220",
        "text changed since 2026-11-01",
        "February 13, 2009, para. 2, WikiLeaks, https://wikileaks.org/cable/2009/02/09CORVONA27",
    ):
        assert said in page.text


def test_every_cable_of_the_timeline_leads_to_its_first_place() -> None:
    page = Page(written())
    known = {attributes["id"] for tag, attributes in page.tags if tag == "section"}
    inner = [each["href"] for tag, each in page.tags if tag == "a" and str(each["href"])[0] == "#"]
    assert inner == ["#place2", "#place1", "#place3"]
    assert {str(each)[1:] for each in inner} <= known


def test_nothing_runs_and_nothing_is_fetched() -> None:
    page = Page(written())
    assert not {"script", "img", "link", "iframe", "object", "base"} & {tag for tag, _ in page.tags}
    policy = next(each for tag, each in page.tags if "http-equiv" in each)
    assert policy["content"] == "default-src 'none'; style-src 'unsafe-inline'"
    assert not re.search(r"@import|url\(", written())


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
