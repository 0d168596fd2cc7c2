"""Markdown: what is text, what is a mark, and on which line it is."""

from __future__ import annotations

import pytest

from cable_tui.tools.drafts import markdown
from cable_tui.tools.drafts.attribution import what_to_check

FIVE = "one two three four five"


def texts(text: str) -> list[str]:
    return [each.text for each in markdown.read(text).blocks]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("# Rocks ##", "Rocks"),
        ("*one* **two** _three_ ~~four~~", "one two three four"),
        ("snake_case stays, 2 * 3 too", "snake_case stays, 2 * 3 too"),
        ("a [link](https://x.org/a_(b)) there", "a link there"),
        ("a [link][r] there\n\n[r]: https://x.org", "a link there"),
        ("[he] said [...] so", "[he] said [...] so"),
        (r"\*not\* \[this\]", "*not* [this]"),
        ("a `code` b", "a code b"),
        ("AT&amp;T &mdash; so", "AT&T — so"),
        ("a<br>b", "a\nb"),
        ("- an item", "an item"),
        ("12. an item", "an item"),
        ("in August\n2010) a visit", "in August\n2010) a visit"),
        ("line\\\nnext", "line\nnext"),
        ("so\u00adft hy\u200bphen", "soft hyphen"),
        ("red \x1b[31m", "red ␛[31m"),
        ("| one “two\n| three”\n| four", "| one “two\n| three”\n| four"),  # verse
    ],
)
def test_marks_are_taken_off(text: str, wanted: str) -> None:
    assert texts(text) == [wanted]


def test_headings_are_known_and_stand_over_what_follows() -> None:
    blocks = markdown.read("# One\n\na\n\nTwo\n===\n\nb\n").blocks
    assert [(each.text, each.heading, each.is_heading) for each in blocks] == [
        ("One", "One", True),
        ("a", "One", False),
        ("Two", "Two", True),
        ("b", "Two", False),
    ]


def test_notes_belong_to_their_marks() -> None:
    read = what_to_check(
        markdown.read(
            f"“{FIVE}”[^a] and “six {FIVE}”^[See 09RABAT2.]\n\n"
            f"[^a]: See 09RABAT1,\n    ¶4.\n\n    More of it.\n\nNo note.\n"
        )
    )
    assert [[one.ids[0] for one in each.cited] for each in read.quotations] == [
        ["09RABAT1"],
        ["09RABAT2"],
    ]
    assert [each.note for each in read.draft.blocks] == [
        "",
        "inline note 1",
        "note a",
        "note a",
        "",
    ]


def test_each_row_of_a_table_is_read_by_itself() -> None:
    text = f"| Cable | Words |\n|---|---|\n| 09RABAT1 | “{FIVE}” |\n| 09RABAT2 | “six {FIVE}” |\n"
    read = what_to_check(markdown.read(text))
    assert [each.cited[0].ids for each in read.quotations] == [("09RABAT1",), ("09RABAT2",)]
    assert [read.draft.place(at, 0) for at, _ in read.citations] == ["line 3", "line 4"]


def test_several_notes_stand_in_one_paragraph_and_none_in_another() -> None:
    made = markdown.read("One^[See A.] two^[See B.] three^[C and ^[D] E].").blocks
    assert [(each.text, each.note) for each in made] == [
        ("One two three.", ""),
        ("See A.", "inline note 1"),
        ("See B.", "inline note 2"),
        ("C and ^[D] E", "inline note 3"),
    ]
    assert made[0].note_references == (
        (3, "inline note 1"),
        (7, "inline note 2"),
        (13, "inline note 3"),
    )


def test_comments_are_named_with_their_lines() -> None:
    draft = markdown.read("a <!-- b\nc --> d\n\n<!-- e -->\n<!--f--> g\n")
    assert [(each.text, each.number) for each in draft.blocks] == [("a\n d", 1), ("g", 5)]
    assert draft.left_out == (
        "a comment, from line 1 on",
        "a comment, from line 4 on",
        "a comment, from line 5 on",
    )


def test_a_place_is_the_line_in_the_file() -> None:
    draft = markdown.read(f"# One\n\nfirst\nsecond “{FIVE}”\n")
    (quoted,) = what_to_check(draft).quotations
    piece = quoted.quotation.pieces[0]
    assert draft.place(piece.block, piece.start) == "line 4"
