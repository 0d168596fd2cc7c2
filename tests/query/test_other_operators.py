"""Operators of other search languages, and what is no operator."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.query import parse
from cable_tui.query.other_operators import advice

NO_EXPRESSIONS = "there are no regular expressions; "


@pytest.mark.parametrize(
    ("token", "said"),
    [
        ("lob.*er", f"{NO_EXPRESSIONS}lob* finds words that begin with lob"),
        ("lob.+er", f"{NO_EXPRESSIONS}lob* finds"),
        ("lob[sz]ter", f"{NO_EXPRESSIONS}lob* finds"),
        ("^lobster", f"{NO_EXPRESSIONS}lobster* finds"),
        ("lobster$", f"{NO_EXPRESSIONS}lobster* finds"),
        (r"\w+ster", f"{NO_EXPRESSIONS}kelp* finds"),
        ("lob(st|er)", f"{NO_EXPRESSIONS}lob* finds"),
        ("lobster&chart", f"{NO_EXPRESSIONS}lobster chart finds both words, lobster or chart"),
        ("lobster&&chart", f"{NO_EXPRESSIONS}lobster chart finds both words"),
        ("lobster+chart", f"{NO_EXPRESSIONS}lobster chart finds both words"),
        ("lobster|chart", f"{NO_EXPRESSIONS}lobster or chart finds either"),
        ("||", f"{NO_EXPRESSIONS}kelp or tuna finds either word"),
        ("lobst?r", "* can only end a word, and ? is not supported; lobst* finds"),
        ("l*bster", "* can only end a word"),
        ("*fish", "* can only end a word, and ? is not supported; fish* finds"),
        ("NEAR/5", 'NEAR/5 is not an operator; "spain migrants"~5 finds words near each other'),
    ],
)
def test_an_operator_of_another_language_gets_what_to_write(token: str, said: str) -> None:
    assert advice(token).startswith(said)
    assert parse(f"kelp {token} tuna").advice == (advice(token),)
    assert parse(f'kelp "{token}"').advice == ()


@pytest.mark.parametrize(
    "token",
    "lobster lob* lobster~ =lobster F-16 U.S. 1.4(b) 9/11 and/or AT&T R&D C++ $100 US$ what? "
    "[strictly protect] [redacted] 50% (C) // $ & + ? name@example.org lamp's".split(),
)
def test_a_name_or_a_mark_of_a_sentence_gets_none(token: str) -> None:
    assert advice(token) == ""


@given(st.text(alphabet=r"lob.*+?|&^$[](){}\/5", max_size=40))
def test_whatever_is_typed_gets_a_line_or_none(token: str) -> None:
    assert "\n" not in advice(token)
