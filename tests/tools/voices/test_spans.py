"""The voices of a body, and the words that are looked for in them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cable_tui import telegram
from cable_tui.exports.cable_json import cable_json
from cable_tui.telegram.reading import Reading
from cable_tui.text.painted_lines import TextLayout
from cable_tui.tools.voices.layout import layout
from cable_tui.tools.voices.spans import (
    spoken,
    voices,
    wanted,
)
from cable_tui.tools.voices.who_speaks import Words
from cable_tui.tui.panes.cable.body_text import BodySpans
from tests.tool_cases import TextFunctions
from tests.tui.cables import raw

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


def was_said(body: str, words: str) -> bool:
    return any(spoken(body, "said", wanted(words)))


def commented(body: str, words: str) -> bool:
    return any(spoken(body, "comment", wanted(words)))


def test_all_words_stand_in_one_reported_sentence() -> None:
    assert was_said(BODY, "lobsters late")
    assert was_said(BODY, "TERN lobster*")
    assert not was_said(BODY, "lobsters fish")
    assert not was_said(BODY, "harbor")
    assert not was_said(BODY, "lobster")


def test_all_words_stand_in_one_comment() -> None:
    assert commented(BODY, "harbor keeper")
    assert commented(BODY, "doubt*")
    assert not commented(BODY, "lobsters")
    assert not commented(BODY, "harbor fish")


def test_words_are_folded_as_the_index_folds_them() -> None:
    body = "1. (U) Málaga’s mayor said that it rains.\n"
    assert was_said(body, "malaga")
    assert was_said(body, "MÁLAGA rains")
    assert not wanted("  ,, ")
    assert wanted("F-16 lob*").beginnings == ("lob",)
    assert wanted("F-16").words == {"f", "16"}


@given(st.text('1. (C)said Comment:"\n', max_size=200))
def test_a_word_of_a_reported_sentence_is_found_and_no_other(text: str) -> None:
    found = voices(text)
    said = any("said" in text[a:b].lower().split() for a, b in found.said)
    assert was_said(text, "said") or not said


_HEAD = "E.O. 12958: N/A\nTAGS: PGOV, ZE\nSUBJECT: ICE\n\n1. (U) The ice house stands empty.\n\n"


def test_a_line_is_the_author_s_a_source_s_or_nobody_s() -> None:
    text = f"{_HEAD}2. (U) Holm said nothing.\nSo it is.\n\n3. (U) (Note: She said so.)\n\n"
    spans = BodySpans(telegram.parse(raw(text)))
    lines = TextLayout(text, 80).lines
    signs = {text[line.start : line.end]: spans.sign(line) for line in lines}
    assert signs == {
        "E.O. 12958: N/A": " ",
        "TAGS: PGOV, ZE": " ",
        "SUBJECT: ICE": " ",
        "1. (U) The ice house stands empty.": " ",
        "2. (U) Holm said nothing.": '"',
        "So it is.": " ",
        "3. (U) (Note: She said so.)": "#",
        "": " ",
    }


def test_who_says_it_is_given_by_characters_of_the_text() -> None:
    text = f"{_HEAD}2. (C) Holm said nothing.  (Note: She may.)\n\n3. (C) Comment: She sells ice.\n"
    *_, (name, found) = cable_json(telegram.parse(raw(text)))["body"].items()
    assert name == "voices"
    assert [(each["kind"], text[each["start"] : each["end"]]) for each in found] == [
        ("note", "(Note: She may.)"),
        ("comment", "Comment: She sells ice."),
        ("said", "Holm said nothing."),
    ]


CASE = TextFunctions(
    (
        "tools.voices.comments",
        "tools.voices.layout",
        "tools.voices.nouns_of_saying",
        "tools.voices.reported",
        "tools.voices.spans",
        "tools.voices.speaker",
        "tools.voices.verb_rules",
        "tools.voices.verbs_of_saying",
        "tools.voices.who_speaks",
        "tools.voices.words_around",
        "tools.voices.words_of_saying",
    ),
    made={
        "SaidWords": wanted,
        "Layout": lambda text: layout(Reading(text)),
        "Words": lambda text: Words(f"{text} x"),
    },
)
