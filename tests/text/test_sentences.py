"""Sentences of a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.text import sentences as module
from cable_tui.text.sentences import sentences


@pytest.mark.parametrize(
    "parts",
    [
        ["The port is closed.", "It opens on Monday.", "Why?"],
        ["Mr. Tern met Amb. Gull.", "He said no."],
        ["MR. TERN MET GEN. GULL.", "THE PORT IS CLOSED."],
        ["The U.S. Embassy asked.", "They left for the U.S.", "The next day they came back."],
        ["J. B. Tern wrote No. 5 of it.", "It cost 2.5 million."],
        ["He said: “It is over.”", "“Not yet,” she said."],
        ["So he said ...", "We doubt it."],
        ["Fish, oil, etc. are sold.", "Ships, etc.", "However, we doubt it."],
        ["See ref. A.", "(Comment: We do.)", "End comment."],
        ["It is so (see para. 3).", "2009 was better."],
        ["No full stop at the end"],
        ["It reached Vitamin B.", "The rest is known."],
        ["They sold oil (ref B).", "(note: It was dear.", "End note.)"],
        ["It fell (so-called). (see ref A) It rained."],
        ["(He is against LAMP-DR.)", "She is for it."],
    ],
)
def test_sentences_end_where_readers_end_them(parts: list[str]) -> None:
    for gap in (" ", "  ", "\n", "\n\n"):
        text = gap.join(parts)
        assert [text[start:end] for start, end in sentences(text)] == parts


def test_a_range_of_a_text_has_its_own_sentences() -> None:
    text = "1. (U) One is here.  Two\nis there.\n\n2. (U) Three."
    found = [text[a:b] for a, b in sentences(text, text.index("One"), text.index("\n\n"))]
    assert found == ["One is here.", "Two\nis there."]


@given(st.text('Ab. \n?!"”()1…', max_size=200))
def test_sentences_hold_all_that_is_no_blank_in_order(text: str) -> None:
    found = sentences(text)
    assert "".join(text[a:b] for a, b in found).replace(" ", "").replace("\n", "") == (
        text.replace(" ", "").replace("\n", "")
    )
    assert found == sorted(found)
    assert all(a < b for a, b in found)


@given(st.text('Ab. \n?!"”()1…xX', max_size=200))
def test_a_text_with_full_stops_only_is_read_the_same_way(text: str) -> None:
    found = sentences(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_OTHER_ENDS", ("",))  # which every text has
        assert sentences(text) == found


_ENDINGS = st.sampled_from(
    "Mr approx U.government harbour's pre-harbour x.Keepers Inc harbours J no.5 24/no".split()
)


@given(st.lists(st.tuples(_ENDINGS, st.sampled_from([". ", ".) ", "... ", ".\n", " "]))))
def test_a_long_word_before_a_full_stop_is_no_abbreviation(words: list[tuple[str, str]]) -> None:
    text = "".join(map("".join, words)) + "Then"
    found = sentences(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_LONG", len(text) + 1)  # no word has as many letters
        assert sentences(text) == found
