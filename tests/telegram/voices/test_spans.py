"""The voices of a body, and the words that are looked for in them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cable_tui.telegram.voices.spans import (
    commented,
    text_begin,
    voices,
    wanted,
    was_said,
)

BODY = """\
C O N F I D E N T I A L PORT AMBER 000140

E.O. 12958: DECL: 10/04/2014
TAGS: PREL EFIS
SUBJECT: MINISTER SAYS LOBSTERS ARE LATE
REF: PORT AMBER 12

1. (C) Minister Tern said that lobsters were
late.  The harbor was empty.  Gull told us of fish.

2. (C) Comment: The harbor's keeper doubts it.
End comment.

GULL
"""


def test_a_body_has_the_voices_of_its_author_and_of_its_sources() -> None:
    found = voices(BODY)
    assert [" ".join(BODY[a:b].split()) for a, b in found.said] == [
        "Minister Tern said that lobsters were late.",
        "Gull told us of fish.",
    ]
    assert [BODY[slice(*each.span)] for each in found.comments] == [
        "Comment: The harbor's keeper doubts it.\nEnd comment."
    ]


def test_the_text_begins_with_its_first_paragraph_or_behind_the_labels() -> None:
    assert BODY[text_begin(BODY) :].startswith("1. (C) Minister")
    unnumbered = "TAGS: PREL\nSUBJECT: TERN SAID NO\n\nTern left.\n"
    assert unnumbered[text_begin(unnumbered) :] == "Tern left.\n"
    assert text_begin("Tern left.\n") == 0
    assert text_begin("") == 0


def test_all_words_stand_in_one_reported_sentence() -> None:
    assert was_said(BODY, wanted("lobsters late"))
    assert was_said(BODY, wanted("TERN lobster*"))
    assert not was_said(BODY, wanted("lobsters fish"))
    assert not was_said(BODY, wanted("harbor"))
    assert not was_said(BODY, wanted("lobster"))


def test_all_words_stand_in_one_comment() -> None:
    assert commented(BODY, wanted("harbor keeper"))
    assert commented(BODY, wanted("doubt*"))
    assert not commented(BODY, wanted("lobsters"))
    assert not commented(BODY, wanted("harbor fish"))


def test_words_are_folded_as_the_index_folds_them() -> None:
    body = "1. (U) Málaga’s mayor said that it rains.\n"
    assert was_said(body, wanted("malaga"))
    assert was_said(body, wanted("MÁLAGA rains"))
    assert not wanted("  ,, ")
    assert wanted("F-16 lob*").beginnings == ("lob",)
    assert wanted("F-16").words == {"f", "16"}


@given(st.text('1. (C)said Comment:"\n', max_size=200))
def test_a_word_of_a_reported_sentence_is_found_and_no_other(text: str) -> None:
    found = voices(text)
    said = any("said" in text[a:b].lower().split() for a, b in found.said)
    assert was_said(text, wanted("said")) or not said
