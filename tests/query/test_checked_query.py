"""A query with a fault is refused with the place of the fault, or with the reason alone."""

from __future__ import annotations

import pytest

from cable_tui.base.errors import UsageError
from cable_tui.query import parse
from cable_tui.query.checked_query import checked_query
from cable_tui.query.parser import MAX_LENGTH


def test_a_query_without_a_fault_is_what_the_parser_reads() -> None:
    assert checked_query("kelp tag:EFIS") == parse("kelp tag:EFIS")


def test_a_fault_has_a_caret_below_it_in_the_text_as_it_is_shown() -> None:
    with pytest.raises(UsageError) as refused:
        checked_query("\x1b  kelp sort:size")
    reason, text, caret = str(refused.value).split("\n")
    assert "size" in reason
    assert text.strip().endswith("kelp sort:size")
    assert text[caret.index("^") :].startswith("s")
    assert caret.strip() == "^"


def test_a_query_that_is_refused_as_a_whole_is_not_shown() -> None:
    with pytest.raises(UsageError) as refused:
        checked_query("kelp " * MAX_LENGTH)
    assert "\n" not in str(refused.value)
    assert str(refused.value).startswith(f"a query can have at most {MAX_LENGTH:,} characters")
