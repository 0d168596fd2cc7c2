"""Bookmarks whose text has moved or is masked are found at the place that the page has for them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from cable_tui.exports.citation import Citation, Note
from cable_tui.exports.lists import once
from cable_tui.exports.sealed.checking import check
from cable_tui.library import Mark, fingerprint
from cable_tui.library.bundles import Bundle
from cable_tui.value import replace
from tests.exports.sealed.sample import SEALING, mark, place, sealed

ONE, FIRST, SECOND = "09RABAT27", "1", "2"
MOVED = "the marked text stands in ¶1 now"


def of(*marks: Mark, listed: bool = True) -> Bundle:
    return Bundle(marks, {"L": [each.uid for each in marks]} if listed else {})


def noted(cited: Citation, *texts: str, caution: str = "") -> Citation:
    notes = tuple(Note(text, "ada", "2026-01-02T03:04:05Z") for text in texts)
    return replace(cited, notes=notes, caution=caution)


A, B = mark(ONE, FIRST, "a"), mark(ONE, SECOND, "bb")
# Marked as ¶2 when the text of ¶1 stood there. That of ¶1 has a masked name: no fingerprint.
SHIFTED = replace(
    mark(ONE, SECOND, "was two"), fingerprint=fingerprint(place(ONE, FIRST).paragraphs[0].text)
)
CASES: dict[str, tuple[Bundle, Sequence[Citation]]] = {
    "one": (of(A), [noted(place(ONE, FIRST), "a")]),
    "two of one cable": (
        of(A, B),
        [noted(place(ONE, FIRST), "a"), noted(place(ONE, SECOND), "bb")],
    ),
    "the other way round": (
        of(B, A),
        [noted(place(ONE, SECOND), "bb"), noted(place(ONE, FIRST), "a")],
    ),
    "two at one place": (
        of(A, replace(A, note="cc", uid="c" * 16)),
        [noted(place(ONE, FIRST), "a"), noted(place(ONE, FIRST), "cc")],
    ),
    "two at one place of a query": (
        of(A, replace(A, note="cc", uid="c" * 16), listed=False),
        once([noted(place(ONE, FIRST), "a"), noted(place(ONE, FIRST), "cc")]),
    ),
    "a query without bookmarks": (Bundle(), [place(name) for name in ("09RABAT28", ONE)]),
    "moved, and its fingerprint left out": (
        of(SHIFTED, B),
        [noted(place(ONE, FIRST), "was two", caution=MOVED), noted(place(ONE, SECOND), "bb")],
    ),
    "without a note": (of(mark(ONE, FIRST)), [place(ONE, FIRST)]),
    "a note of several lines": (
        of(replace(A, note="x\n  y <b>\n\n& z \\ {link}")),
        [noted(place(ONE, FIRST), "x\n  y <b>\n\n& z \\ {link}")],
    ),
}


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("reveal", [False, True])
def test_places_and_bookmarks_that_agree_are_no_fault(
    tmp_path: Path, case: str, reveal: bool
) -> None:
    bundle, places = CASES[case]
    _, file = sealed(tmp_path, replace(SEALING, bundle=bundle, reveal=reveal), places)
    assert check(file).faults == ()


WRONG: dict[str, tuple[Bundle, Sequence[Citation], str]] = {
    "a place for no bookmark": (
        of(A),
        [noted(place(ONE, FIRST), "a"), place(ONE, SECOND)],
        "not those",
    ),
    "a bookmark for no place": (
        of(A, B),
        [noted(place(ONE, FIRST), "a")],
        "no place for the bookmark",
    ),
    "another order": (
        of(A, B),
        [noted(place(ONE, SECOND), "bb"), noted(place(ONE, FIRST), "a")],
        "in an order that",
    ),
    "a note at another place": (
        of(A, B),
        [noted(place(ONE, FIRST), "bb"), noted(place(ONE, SECOND), "a")],
        "a note at 09RABAT27 ¶1",
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_places_and_bookmarks_that_do_not_agree_are_faults(tmp_path: Path, case: str) -> None:
    bundle, places, reason = WRONG[case]
    _, file = sealed(tmp_path, replace(SEALING, bundle=bundle), places)
    assert any(reason in each.reason for each in check(file).faults), check(file).faults
