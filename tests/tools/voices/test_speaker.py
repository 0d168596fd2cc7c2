"""Who speaks some words of a body."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.tools.voices.speaker import author_of, spoken_at

TOP = "E.O. 12958: DECL: 02/12/2019\nTAGS: PGOV\nSUBJECT: LAMPS\n\n1. (C) "


def spoken(text: str, words: str) -> tuple[str | None, bool]:
    body = f"{TOP}{text}\nGRAY\n"
    start = body.index(words)
    found = [(start + at.start(), start + at.end()) for at in re.finditer(r"\w+", words)]
    made = spoken_at(body, found)
    return made.voice, made.has_frame


SAID = "Tern told us that the lamps were sold by night because nobody counted them."


@pytest.mark.parametrize(
    ("text", "words", "voice"),
    [
        (SAID, "the lamps were sold by night", "source"),
        ("The pier was closed in March after the storm.", "closed in March after", None),
        ("Comment: The lamps will not come back. End comment.", "will not come back", "comment"),
        ("It rained. (Note: Tern is a cousin of the mayor. End note.)", "a cousin of", "comment"),
        # A source within a comment, and a quotation of both.
        (f"Comment: {SAID} We agree. End comment.", "the lamps were sold by night", "both"),
        # What is around the source's part of a sentence.
        ("After ten years at sea, Tern told us that he was tired of it.", "ten years at sea", None),
        ("The lamps are very old and dim, Tern said.", "lamps are very old and dim", "source"),
        ("The lamps are old and dim, said Tern.", "lamps are old and dim", "source"),
        ("Tern of the harbor board, its keeper, said some of it.", "of the harbor board", None),
        # The author's judgment within the sentence.
        ("Tern said he would pay, but we doubt that he has the money.", "has the money", None),
        ("Tern's claim that he paid is, in our view, simply untrue.", "he paid is", None),
        # An officer of the post speaks, or may.
        ("The Ambassador told Tern that the lamps were not for sale.", "not for sale", None),
        ("The Ambassador met Tern. PolOff stressed that lamps were few.", "lamps were few", None),
        ("The CDA urged Tern to pay. She said lamps were few and old.", "were few and old", None),
        ("Tern told the Ambassador that the lamps were not for sale.", "not for sale", "source"),
        ("The French Ambassador told us that lamps were not for sale.", "not for sale", "source"),
        # What may be a deed.
        ("Tern agreed to serve as the keeper of both lamps.", "serve as the keeper", None),
        # Quotation marks.
        ('He had an answer: "Nobody will ever sell our lamps."', "ever sell our", "source"),
        ('The old man had an answer: "Nobody will sell our lamps."', "The old man", None),
    ],
)  # fmt: skip
def test_the_voice_is_known_only_if_all_words_have_it(
    text: str, words: str, voice: str | None
) -> None:
    assert spoken(text, words)[0] == voice


def test_words_with_the_verb_of_saying_say_themselves_who_speaks() -> None:
    assert spoken(SAID, "Tern told us that the lamps") == ("source", True)
    assert spoken(SAID, "because nobody counted") == ("source", False)


def test_no_words_have_no_speaker() -> None:
    assert spoken_at("", []).voice is None


@pytest.mark.parametrize(
    ("origin", "author"),
    [
        ("Embassy Rabat", "embassy"),
        ("Consulate Casablanca", "consulate"),
        ("Mission USNATO", "mission"),
        ("Secretary of State", "author"),
        ("", "author"),
    ],
)
def test_the_author_is_named_by_the_origin(origin: str, author: str) -> None:
    assert author_of(origin) == author


@given(st.text(alphabet='The Ambassadr said told.,“”"(CN):1\n ', max_size=300))
def test_any_text_has_speakers(text: str) -> None:
    words = [found.span() for found in re.finditer(r"\w+", text)]
    found = spoken_at(text, words)
    assert found.voice in (None, "source", "comment", "both")
    assert found.sentence is None or 0 <= found.sentence[0] < found.sentence[1] <= len(text)
