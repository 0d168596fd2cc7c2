"""Parts of paragraphs, as quoted: what an ellipsis stands for, and where none does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.cable import Cable
from cable_tui.exports.citation import Citation
from cable_tui.exports.copy_formats import markdown, quotation
from cable_tui.exports.parts import quoted_part, words_begin
from tests.exports.sample import BODY, PARAGRAPHS, cable


def span_of(words: str) -> tuple[int, int]:
    start = BODY.index(words)
    return start, start + len(words)


@pytest.mark.parametrize(
    ("words", "quoted"),
    [
        # The first sentence, the last one, and words from the middle of ¶1.
        ("1. (U) This cable answers reftel.", ["(U) This cable answers reftel. …"]),
        ("This cable answers reftel.", ["(U) This cable answers reftel. …"]),
        ("The harbor of Corvona\nwas", ["… The harbor of Corvona was …"]),
        (" closed for *two* days.\n", ["… closed for *two* days."]),
        # Neither label and marking nor blanks are words that are left out.
        ("This cable answers reftel. The harbor of Corvona\nwas closed for *two* days.",
         ["(U) This cable answers reftel. The harbor of Corvona was closed for *two* days."]),
        # Over the page break of ¶2, and up to the end of one paragraph and into the next.
        ("wrestle\n\nCORVONA 00000027  002 OF 002\n\nwith", ["… wrestle with …"]),
        ("told them.\n\n3. (SBU) Comment", ["… told them.", "(SBU) Comment …"]),
        ("days.\n\n2. (S", ["… days."]),
        # What stands in no paragraph is not a part of one.
        ("SIPDIS", ["SIPDIS"]),
    ],
)  # fmt: skip
def test_an_ellipsis_stands_where_words_are_left_out(words: str, quoted: list[str]) -> None:
    assert quoted_part(cable(), span_of(words)) == quoted


def test_a_part_is_quoted_with_its_ellipses_in_every_form() -> None:
    part = span_of("The harbor of Corvona")
    place = Citation(cable(), (PARAGRAPHS[1],), part=part)
    assert quotation(place) == "“… The harbor of Corvona …” (09CORVONA27, para. 1)"
    assert markdown(place).startswith("> … The harbor of Corvona …\n— [09CORVONA27, ¶1]")


@pytest.mark.parametrize("paragraph", PARAGRAPHS)
def test_words_begin_behind_the_label(paragraph: object) -> None:
    made: Cable = cable()
    at = PARAGRAPHS.index(paragraph)
    begin = ("THE AMB", "This cable", "On the dom", "Comment:", "- No number")[at]
    assert words_begin(made, made.body.paragraphs[at]) == BODY.index(begin)


@given(st.tuples(st.integers(0, len(BODY)), st.integers(0, len(BODY))).map(sorted))
def test_every_part_has_the_words_of_the_text_only(span: list[int]) -> None:
    parts = quoted_part(cable(), (span[0], span[1]))
    if span[1] <= PARAGRAPHS[0].span[0]:
        assert parts == [" ".join(BODY[slice(*span)].split())]
        return
    without_break = BODY.replace("CORVONA 00000027  002 OF 002\n", "")
    # Who selects in the line of a page break gets what stands there.
    wholes = [" ".join(text.split()) for text in (without_break, BODY)]
    for part in parts:
        bare = part.removeprefix("(U) ").removeprefix("(SBU) ")
        words = " ".join(bare.replace("…", " ").split())
        assert any(words in whole for whole in wholes)
