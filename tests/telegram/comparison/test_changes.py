"""Changes between two texts: what is one, and what never is."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui import telegram
from cable_tui.base.cable import Cable
from cable_tui.telegram.comparison.changes import Change, changes
from cable_tui.telegram.comparison.words import ComparedText, compared, plain
from tests.cases import case
from tests.telegram.cables import record

WORDS = (
    "the lake froze late SECRET SIPDIS Zenda 000027 27 well-known XXXXXXXXXXXX on 9 of 2008. PAGE "
    "Sarkozy,s $5 ice (C) café ____ (C/NF) 3. Mayor guild -- OF harvest CONFIDENTIAL"
).split()
"""Words that a line may begin with and that then look like something else."""
BREAKS = (
    "\n\nZENDA 00000027  002 OF 003\n\n",
    "\n\nC O N F I D E N T I A L\nPAGE 02        ZENDA  00027  01 OF 02  131457Z\n",
    "\nSECRET\n\nPAGE 03 ZENDA 00027 131457Z\n\n",
    "\n\nZENDA 00000027  003.2 OF 003\n\n",
)
"""What the transmission set between two lines."""


def cable(body: str, header: str = "") -> Cable:
    """A fictional cable with this text."""
    given = {"reference_id": "09ZENDA27", "origin": "Embassy Zenda", "header": header}
    return telegram.parse(record(body, **given))


@st.composite
def paragraphs(draw: st.DrawFn) -> list[list[str]]:
    """Numbered paragraphs as rows of words."""
    rows = draw(
        st.lists(st.lists(st.sampled_from(WORDS), min_size=3, max_size=30), min_size=1, max_size=6)
    )
    return [[f"{number}.", "(C)", *row] for number, row in enumerate(rows, 1)]


@st.composite
def wrapped(draw: st.DrawFn, rows: list[list[str]]) -> str:
    """The same paragraphs, their lines and pages broken anywhere behind the third word."""
    text = "SUBJECT: THE ICE\n\n"
    for row in rows:
        text += " ".join(row[:3])
        for word in row[3:]:
            kind = draw(st.integers(0, 9))
            gap = "\n" if kind == 0 else "\n   " if kind == 1 else "  " if kind == 2 else " "
            text += (draw(st.sampled_from(BREAKS)) if kind == 3 else gap) + word
        text += "\n\n"
    return text


@given(st.data())
def test_other_lines_and_pages_make_no_difference(data: st.DataObject) -> None:
    rows = data.draw(paragraphs())
    left, right = (compared(cable(data.draw(wrapped(rows)))) for _ in range(2))
    found = [each for each in changes(left, right)[0] if each.kind != "same"]
    assert not found, (found, left.text, right.text)


def outside(text: ComparedText, found: list[Change], side: int) -> str:
    """The letters of all words that no change marks."""
    marked: set[int] = set()
    for each in found:
        if each.kind != "same":
            marked.update(range(*(each.left, each.right)[side]))
    return " ".join(text.key(at) for at in range(len(text.places)) if at not in marked)


TOP = "SIPDIS\nE.O. 12958: DECL: 1/1/2019\nTAGS: PREL\nSUBJECT: THE ICE\nREF: 09 ZENDA 12\n\n"
FROZE = "1. {} told us that the lake froze.\n\n2. (U) It thawed."


@pytest.mark.parametrize(
    "line", ["SIPDIS\n", "SUBJECT: THE ICE\n", "REF: 09 ZENDA 12\n", "TAGS: PREL\n"]
)
@pytest.mark.parametrize("names", [("XXXX", "(C) Rupert"), ("(C) Rupert", "XXXX"), ("XX", "XX")])
def test_lines_of_the_top_that_one_text_lacks_are_no_part_of_what_it_hides(
    line: str, names: tuple[str, str]
) -> None:
    one, other = (FROZE.format(name) for name in names)
    for number, pair in enumerate([(TOP + one, TOP.replace(line, "") + other),
                                   (TOP.replace(line, "") + one, TOP + other)]):  # fmt: skip
        left, right = (compared(cable(each)) for each in pair)
        alone = [
            (left.shown(*each.left), right.shown(*each.right))
            for each in changes(left, right)[0] if each.kind in ("deleted", "inserted")
        ]  # fmt: skip
        said = line.strip()
        assert alone == [("", said) if number else (said, "")]


TEXTS = st.lists(st.sampled_from("the lake froze data base café of guild".split()), max_size=60)


def found_in(one: str, other: str) -> list[tuple[str, str, str]]:
    """Kind, words of the first text and words of the second, of all that is not the same."""
    left, right = plain(one), plain(other)
    return [
        (each.kind + (f" {each.side}" if each.side else ""),
         left.shown(*each.left), right.shown(*each.right))
        for each in changes(left, right)[0] if each.kind != "same"
    ]  # fmt: skip


LONG = "Word for word the guild of cutters told us how late the ice of the upper lake had come"


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        case("inserted", "a b c", "a x b c", [("inserted", "", "x")]),
        case("deleted", "a b c", "a c", [("deleted", "b", "")]),
        case("replaced", "a b c", "a x y c", [("replaced", "b", "x y")]),
        case("from-nothing", "", "a b", [("inserted", "", "a b")]),
        case("nothing", "", "", []),
        case("case-and-signs", "A, b. C!", "a  b\n\nc", []),
        case("divided-words", "the data base is", "the database is", []),
        case("at-the-end-of-a-line", "a well-\nknown b", "a well-known b", []),
        case("numbers", "1.5 horses", "15 horses", [("replaced", "1.5", "15")]),
        case("decimals", "1.05 horses", "1.5 horses", [("replaced", "1.05", "1.5")]),
        case("thousands", "1,200 horses", "1.200 horses", [("replaced", "1,200", "1.200")]),
        case("thousands-without-a-sign", "1,200 horses", "1200 horses", []),
        case("a-range", "10-15 horses", "10, 15 horses", [("replaced", "10-15", "10, 15")]),
        case("a-range-over-lines", "10-\n15 horses", "10–15 horses", []),
        case("a-negation", "is not like b", "is notlike b", [("replaced", "not like", "notlike")]),
        case("cannot", "we can not go", "we cannot go", []),
        case(
            "a-negation-among-others",
            "a data base not able b",
            "a database notable b",
            [("replaced", "data base not able", "database notable")],
        ),
        case("a-minus", "lost -1,200 men", "lost 1,200 men", [("deleted", "-", "")]),
        case("less-than", "for <1,200 men", "for 1,200 men", [("deleted", "<", "")]),
        case("a-rule", "met a\n--------\nb", "met a c b", [("inserted", "", "c")]),
        case("currencies", "cost $5", "cost €5", [("replaced", "$", "€")]),
        case("filled", "a XXXX b", "a A. R b", [("redaction left", "XXXX", "A. R")]),
        case("right", "a Rupert b", "a XXX b", [("redaction right", "Rupert", "XXX")]),
        case("both-redacted", "a XXXXXXXX b", "a XXX b", []),
        case("over-pages", "XXX\nZENDA 00000027  002 OF 002\nXXX x", "XXXXX x", []),
        case("without-a-trace", "a XXXX b", "a b", [("redaction left", "XXXX", "")]),
        case("gap", "Mayor      was", "Mayor Fritz was", [("blank left", "", "Fritz")]),
        case("line", "met ____ on", "met Fritz on", [("blank left", "", "Fritz")]),
        case("brackets", "met Fritz on", "met [  ] on", [("blank right", "Fritz", "")]),
        case(
            "blanks-behind-a-sentence",
            "it froze.   Then",
            "it froze. Fritz Then",
            [("inserted", "", "Fritz")],
        ),
        case("blank-that-nobody-fills", "met ____ on", "met ____ on", []),
        case(
            "rewritten",
            f"{LONG} {LONG.upper()[::-1]}",
            f"{LONG} a b c",
            [("replaced", LONG.upper()[::-1], "a b c")],
        ),
        case(
            "page-of-the-same-word",
            "1. SECRET x\nSECRET\nPAGE 02 ZENDA 00027 131457Z\ny",
            "1. SECRET x y",
            [],
        ),
    ],
)
def test_changes_of_constructed_pairs(
    one: str, other: str, expected: list[tuple[str, str, str]]
) -> None:
    assert found_in(one, other) == expected


@given(TEXTS, TEXTS)
def test_words_outside_the_changes_are_equal(one: list[str], other: list[str]) -> None:
    left, right = plain(" ".join(one)), plain(" ".join(other))
    found, _ = changes(left, right)
    assert outside(left, found, 0).replace(" ", "") == outside(right, found, 1).replace(" ", "")
    for one_change, next_change in pairwise(found):
        assert one_change.left[1] == next_change.left[0]
        assert one_change.right[1] == next_change.right[0]
