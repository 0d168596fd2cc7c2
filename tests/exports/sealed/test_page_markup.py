"""The page is read as it was written; what is made to be slow or large is not read to its end."""

from __future__ import annotations

import html
from collections.abc import Iterator
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.exports.sealed import page, page_markup
from cable_tui.exports.sealed.manifest import Manifest
from cable_tui.exports.sealed.page_markup import Element, MarkupError, elements, one_line
from cable_tui.formats.base import LONGEST_RECORD
from cable_tui.research_log import Log
from cable_tui.text import clean_text

MADE = Manifest("p", "2026-01-02T03:04:05Z", "A <b>", "whole", "masked", 3, "cd" * 32, (), (), ())
HEAD = "".join(page.places((), MADE))
END = "".join((*page.texts(()), *page.end(MADE, Log(()))))
PIECE = 1 << 16


def parts(more: str, size: int = PIECE) -> list[Element]:
    """Those of a page with more HTML behind the heading of its places."""
    data = f"{HEAD}{more}{END}".encode()
    return list(elements(data[at : at + size] for at in range(0, len(data), size)))


def test_the_parts_of_a_page_are_given_in_their_order() -> None:
    found = parts('<section id="place1">\n<h2>1. A <small>b &amp; c</small></h2>\n</section>\n')
    assert [each.kind for each in found] == [
        *("head", "h1", "nav", "p", "div.seal", "tr", "table", "h2.part"),
        *("section", "h2.part", "h2.part", "p", "h2.part", "p", "tr", "table"),
    ]
    assert found[1].text == "A <b>"
    section = found[8]
    assert section.attributes == {"id": "place1"}
    (heading,) = section.all("h2")
    assert (heading.words, heading.parts[0]) == ("1. A b & c", "1. A ")


@given(st.text(max_size=60), st.integers(1, 50))
def test_a_text_is_read_as_it_was_written_wherever_the_page_is_cut(text: str, size: int) -> None:
    shown = clean_text(text)
    found = parts(f'<section><div class="text">{html.escape(shown)}</div></section>', size)
    (words,) = (each.text for each in found if each.kind == "section")
    assert words == shown
    assert one_line(words) == " ".join(shown.split())


@given(st.text(alphabet="<>/=\"'&;!-ap \n\0b#x", max_size=40))
def test_whatever_is_there_is_read_or_refused(text: str) -> None:
    try:
        found = parts(f"<section>{text}</section>", 7)
    except MarkupError:
        return
    assert all(each.kind for each in found)


class Endless:
    """Bytes of a page that never ends, and how many pieces of it were taken."""

    def __init__(self, piece: str) -> None:
        self.taken = 0
        self._piece = piece.encode() * (PIECE // len(piece.encode()))

    def __iter__(self) -> Iterator[bytes]:
        yield HEAD.encode()
        while True:
            self.taken += 1
            yield self._piece


LONGEST = 5
"""Pieces that a part of a page may have here, and one."""


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """A part may have 256 Ki characters; 32 Mi take seconds."""
    assert page_markup._LONGEST == 2 * LONGEST_RECORD
    monkeypatch.setattr(page_markup, "_LONGEST", (LONGEST - 1) * PIECE)


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    ("piece", "most"),
    [
        ("\0", 1),
        ("x", 1),
        ("<", 1),
        ("<a ", 1),
        ("<a href=", 1),
        ("</a", 1),
        ("<!--", 1),
        ("<![CDATA[", 1),
        ("<?", 1),
        ("&", 1),
        ("&amp;", 1),
        ("<section>", 1),
        ("<p>", 1),
        ("<div>", 1),
        ("<nav><a>", 1),
        (" ", LONGEST),
        ("\n", LONGEST),
        ("<thead></thead>", 1),
    ],
)
def test_what_never_ends_is_not_read_for_ever(piece: str, most: int) -> None:
    content = Endless(piece)
    with pytest.raises(MarkupError):
        list(elements(content))
    assert content.taken <= most


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    ("begun", "piece"),
    [
        ("<section><h2>", "x"),
        ("<section><h2>", "&amp;"),
        ("<section>", "<blockquote></blockquote>"),
        ('<section><table class="facts">', "<tbody></tbody>"),
        ("<table>", "<thead></thead>"),
        ('<section><div class="text">', "<mark></mark>"),
    ],
)
def test_a_part_that_never_ends_is_not_kept_for_ever(begun: str, piece: str) -> None:
    content = Endless(piece)

    def pieces() -> Iterator[bytes]:
        yield HEAD.encode() + begun.encode()
        yield from islice(content, 1, None)

    with pytest.raises(MarkupError, match="larger than any"):
        list(elements(pieces()))
    assert content.taken <= LONGEST


def test_a_bare_part_costs_its_reader_and_nothing_else() -> None:
    """Elements that are parts by themselves are given one by one: who reads stops at a fault."""
    content = Endless("<p></p>")
    assert len(list(islice(elements(content), 1000))) == 1000
    assert content.taken == 1
