"""Fields that are asked of texts: a tool answers each."""

from __future__ import annotations

import pytest

from cable_tui.archive.search.text_answers import TextAnswers, answers_of
from cable_tui.query.fields import FIELDS, asks_text
from cable_tui.query.plan import Property

ASKED = [field for field in FIELDS if asks_text(field)]


@pytest.mark.parametrize("field", ASKED)
def test_a_field_of_texts_is_answered_by_a_module(field: str) -> None:
    answers = answers_of(field)
    names = {name for name in vars(TextAnswers) if not name.startswith("_")}
    assert names <= set(vars(answers))
    assert list(answers.places("", Property(field, "kelp"))) == []
