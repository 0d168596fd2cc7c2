"""A chain as a page: what browsers must not do with it, and what must be readable in it."""

from __future__ import annotations

from cable_tui.exports.chain.html_page import chain_html
from tests.exports.chain.sample import CHAIN
from tests.exports.test_dossier_html import Page


def test_the_page_is_whole_and_leads_from_the_table_to_each_cable() -> None:
    page = Page("".join(chain_html(CHAIN)))
    ids = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
    links = [attrs.get("href") or "" for tag, attrs in page.tags if tag == "a"]
    assert ids == ["cable1", "cable2", "cable3"]
    assert {f"#{each}" for each in ids} <= set(links)
    for words in ("See ref A on the ice house.", "not in this archive", "12 more", "septel"):
        assert words in page.text


def test_a_hole_and_the_beginning_look_different() -> None:
    page = Page("".join(chain_html(CHAIN)))
    looks = [attrs.get("class") for tag, attrs in page.tags if tag == "section"]
    assert looks == ["hole", "start", None]


def test_the_page_runs_nothing_and_loads_nothing() -> None:
    text = "".join(chain_html(CHAIN))
    page = Page(text)
    assert "script" not in {tag for tag, _ in page.tags}
    assert "default-src 'none'" in text
    assert "<script>alert(1)</script>" in page.text
    assert not any((attrs.get("href") or "").startswith("javascript") for _, attrs in page.tags)
