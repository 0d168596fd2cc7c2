"""The words of a quotation and of a cable: what is one, and what is none."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui import telegram
from cable_tui.tools.drafts.tokens import TokenRow, skipped_in_quotation, tokens_of, words_of
from tests.telegram.cables import record


def keys(text: str) -> list[str]:
    return [each.key for each in tokens_of(text)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", []),
        ("One, TWO; three!", ["one", "two", "three"]),
        ("Sarkozy’s résumé", ["sarkozy", "s", "resume"]),
        ("co-operate", ["co", "operate"]),
        # Numbers keep their zeros and decimals; thousands may be marked.
        ("12.05 and 12.5", ["12.05", "and", "12.5"]),
        ("007", ["007"]),
        ("1,250 nails", ["1250", "nails"]),
        ("1,250,000.75", ["1250000.75"]),
        ("1,25", ["1", "25"]),
        ("1, 250", ["1", "250"]),
        ("1.2.3.4", ["1.2.3.4"]),
        ("March 3, 2004", ["march", "3", "2004"]),
        ("A.1", ["a", "1"]),
        ("$5 or 5%", ["$", "5", "or", "5", "%"]),
        # Redactions.
        ("XXXXXXXXXXXX said", ["xxx", "said"]),
        ("XXXX XXXXXX said", ["xxx", "said"]),
        ("XX said", ["xx", "said"]),
    ],
)
def test_what_is_a_word(text: str, wanted: list[str]) -> None:
    assert keys(text) == wanted


def test_a_word_stands_where_it_is_written() -> None:
    text = "He paid 1,250.50 to XXXX XXXX."
    found = [text[each.start : each.end] for each in tokens_of(text)]
    assert found == ["He", "paid", "1,250.50", "to", "XXXX XXXX"]


def test_what_is_skipped_is_none_and_redactions_of_two_paragraphs_are_two() -> None:
    skipped = tokens_of("one 2. (C) three", [(4, 11)])
    assert [each.key for each in skipped] == ["one", "three"]
    assert [each.key for each in tokens_of("XXXX\n\nXXXX", (), [0, 6])] == ["xxx", "xxx"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("co-operate, cooperate, coopera- te", "cooperatecooperatecooperate"),
        ("3 4 and 34", "3|4and34"),
        ("", ""),
    ],
)
def test_squeezed_words_are_one_string_and_two_numbers_are_not_one(text: str, wanted: str) -> None:
    assert TokenRow(tokens_of(text), text).squeezed == wanted


def test_words_are_known_by_where_they_begin_and_end_in_that_string() -> None:
    text = "in 3 4 rows"
    words = TokenRow(tokens_of(text), text)
    assert words.squeezed == "in3|4rows"
    assert words.starts == {0: 0, 2: 1, 4: 2, 5: 3}
    assert words.ends == {2: 1, 3: 2, 5: 3, 9: 4}
    assert words.said(1, 3) == "3 4"
    assert words.said(2, 2) == ""
    assert words.part(2, 4).keys == ["4", "rows"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("1. (C) One.", ["1. (C) "]),
        ("(S/NF) One.", ["(S/NF) "]),
        ("One.\n\n2. Two.", ["2. "]),
        ("One 2. Two.", []),
        ("3) Three.", ["3) "]),
    ],
)
def test_numbers_and_markings_of_paragraphs_are_skipped(text: str, wanted: list[str]) -> None:
    found = [text[start:end] for start, end in skipped_in_quotation(text)]
    assert [each.strip() for each in found] == [each.strip() for each in wanted]


BODY = """C O N F I D E N T I A L SECTION 01 OF 02 RABAT 000012

SUBJECT: LAMPS

1. (C) The &new8 lamps.

RABAT 00000012  002 OF 002

Comment
-------

2. (C) They burn.
They burn.

A tail.
"""


def test_the_words_of_a_cable_have_their_paragraphs() -> None:
    raw = record(BODY, reference_id="09RABAT12", header="FM AMEMBASSY RABAT\n")
    made = words_of(telegram.parse(raw))
    assert made.text[made.begin :].startswith("C O N F I D E N T I A L")
    assert made.text.startswith("FM AMEMBASSY RABAT")
    row = [(each.key, made.owner(at)) for at, each in enumerate(made.whole.tokens)]
    one = ["the", "new", "lamps"]
    at = next(at for at, (_, owner) in enumerate(row) if owner == "1")
    assert row[at : at + 3] == [(key, "1") for key in one]
    # The page break is none of its words, and the heading belongs to no paragraph.
    assert row[at + 3] == ("comment", "")
    assert [key for key, owner in row if owner == "2"] == [
        *("they", "burn", "they", "burn", "a", "tail")
    ]
    begins = [each.key for each in made.inside.tokens if each.begins]
    assert {"the", "they"} <= set(begins)
    assert [made.whole.tokens[at] for at in made.inside_at] == list(made.inside.tokens)


@given(st.text(max_size=200))
def test_any_text_has_words_in_order(text: str) -> None:
    found = tokens_of(text, skipped_in_quotation(text))
    for one, other in pairwise(found):
        assert one.end <= other.start
    words = TokenRow(found, text)
    assert len(words.starts) == len(words.ends) == len(found)
    assert all(each.key for each in found)


@given(st.lists(st.sampled_from(["1", "22", "333", ".", ",", " ", "a"]), max_size=20))
def test_numbers_keep_every_digit(pieces: list[str]) -> None:
    text = "".join(pieces)
    digits = "".join(filter(str.isdigit, text))
    assert "".join(filter(str.isdigit, "".join(keys(text)))) == digits
