"""Blocks of a document: built piece by piece, with the places of what marks them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.formats.office.blocks import (
    BlockBuilder,
    Link,
    NoteReference,
    TextBlock,
    TextDocument,
)


def test_a_block_keeps_the_places_of_its_marks_without_the_blanks_around() -> None:
    builder = BlockBuilder()
    builder.add("  They ")
    builder.open_quotation()
    builder.add("said")
    builder.close_quotation()
    builder.refer_to("note 1")
    builder.add(" so ")
    builder.link("https://example.org/")
    builder.add("there ")
    made = builder.block(7, heading="Rocks", note="note 2")
    assert made == TextBlock(
        "They said so there",
        7,
        heading="Rocks",
        note="note 2",
        quoted=((5, 9),),
        links=(Link(13, "https://example.org/"),),
        note_references=(NoteReference(9, "note 1"),),
    )


def test_what_is_quoted_within_belongs_to_what_is_quoted() -> None:
    builder = BlockBuilder()
    for sign in "(a(b)))c(d":
        if sign.isalpha():
            builder.add(sign)
        elif sign == "(":
            builder.open_quotation()
        else:
            builder.close_quotation()
    made = builder.block(1)
    assert made is not None
    assert made.quoted == ((0, 2), (3, 4))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("so\u00adft", "soft"),
        ("zero\u200bwidth\u200dsigns\ufeff", "zerowidthsigns"),
        ("red \x1b[31m", "red ␛[31m"),
        ("one\r\ntwo", "one\ntwo"),
    ],
)
def test_text_is_cleaned(text: str, wanted: str) -> None:
    builder = BlockBuilder()
    builder.add(text)
    made = builder.block(1)
    assert made is not None
    assert made.text == wanted


def test_a_block_without_words_is_none_but_for_what_it_marks() -> None:
    builder = BlockBuilder()
    assert builder.is_empty
    builder.add(" \n")
    assert builder.is_empty
    assert builder.block(1) is None
    builder.refer_to("note 1")
    made = builder.block(1)
    assert made is not None
    assert (made.text, made.note_references) == ("", ((0, "note 1"),))
    builder.add("a")
    assert not builder.is_empty


@pytest.mark.parametrize(
    ("unit", "block", "at", "wanted"),
    [
        ("line", 0, 0, "line 3"),
        ("line", 0, 5, "line 4"),
        ("line", 1, 0, "line 9 (note 2)"),
        ("paragraph", 0, 5, "paragraph 3"),
        ("paragraph", 1, 0, "paragraph 9 (note 2)"),
    ],
)
def test_a_place_is_a_line_or_a_paragraph(unit: str, block: int, at: int, wanted: str) -> None:
    blocks = (TextBlock("one\ntwo", 3), TextBlock("See.", 9, note="note 2"))
    document = TextDocument("text", unit, blocks)  # type: ignore[arg-type]  # a name of the table
    assert document.place(block, at) == wanted


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.text(max_size=10)),
        st.tuples(st.sampled_from(["link", "refer_to"]), st.just("x")),
        st.tuples(st.sampled_from(["open_quotation", "close_quotation"])),
    ),
    max_size=20,
)


@given(STEPS)
def test_every_mark_stands_in_its_block(steps: list[tuple[str, ...]]) -> None:
    builder = BlockBuilder()
    for name, *given_ in steps:
        getattr(builder, name)(*given_)
    if (made := builder.block(1)) is None:
        return
    assert made.text == made.text.strip()
    places = [at for each in made.quoted for at in each]
    places += [*(each.at for each in made.links), *(each.at for each in made.note_references)]
    assert all(0 <= at <= len(made.text) for at in places)
