"""The texts that a query may ask for by name."""

import re

import pytest

from cable_tui.query import FACETS, FIELDS, TEXTS, TextField, parse, prefix_of


@pytest.mark.parametrize("text", TEXTS.values(), ids=list(TEXTS))
def test_the_examples_in_the_help_ask_for_the_text(text: TextField) -> None:
    examples = re.split(r", (?=[a-z]+:)", text.help.split(": ", 1)[1])
    for example in examples:
        (term,) = parse(example).terms
        assert prefix_of(term) == text.name
        assert str(term) == example


def test_no_prefix_means_two_things() -> None:
    assert not TEXTS.keys() & (FACETS.keys() | FIELDS.keys())
