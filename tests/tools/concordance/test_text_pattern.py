"""A reader's expression in texts of cables: faults, matches, and a limit of time."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from cable_tui.base.errors import UsageError
from cable_tui.tools.concordance.text_pattern import (
    MOST_LATE,
    MOST_LENGTH,
    PatternMatch,
    TextPattern,
    TooSlow,
    group_names,
    matching,
)

FOREVER = "(a+)+b"
"""An expression that needs more than a lifetime for sixty letters without its last one."""


@pytest.fixture(scope="module")
def tons() -> Iterator[TextPattern]:
    with matching(r"(?P<number>[0-9]+) tons\s+of\s+(?P<of>\w+)") as text_pattern:
        assert text_pattern is not None
        yield text_pattern


@pytest.mark.parametrize(
    ("expression", "names"),
    [("", ()), ("a|b", ()), ("(a)", ()), ("(?P<sum>[0-9]+) (?P<unit>t)", ("sum", "unit"))],
)
def test_the_named_groups_of_an_expression(expression: str, names: tuple[str, ...]) -> None:
    assert group_names(expression) == names


@pytest.mark.parametrize(
    ("expression", "reason"),
    [
        ("(a", "not a regular expression: missing \\), unterminated subpattern at position 0"),
        ("a{2,1}", "not a regular expression: min repeat"),
        ("a{99999999999}", "not a regular expression: the repetition number is too large"),
        ("(" * 200 + ")" * 200, ""),
        ("a" * (MOST_LENGTH + 1), "at most 500 characters"),
    ],
)
def test_an_expression_with_a_fault_is_refused(expression: str, reason: str) -> None:
    if not reason:
        assert group_names(expression) == ()
        return
    with pytest.raises(UsageError, match=f"^--matching: .*{reason}"):
        group_names(expression)


@pytest.mark.parametrize(
    ("text", "captured"),
    [
        ("We saw 12 tons of kelp.", [{"number": "12", "of": "kelp"}]),
        ("12\ntons\nof kelp and 3 tons of tuna", [
            {"number": "12", "of": "kelp"}, {"number": "3", "of": "tuna"},
        ]),
        ("12\n\ntons of kelp", []),
        ("12 tons of\n\nkelp", [{"number": "12", "of": "kelp"}]),
        ("no number", []),
    ],
)  # fmt: skip
def test_a_line_end_is_a_blank_and_a_blank_line_is_not(
    tons: TextPattern, text: str, captured: list[dict[str, str]]
) -> None:
    matches = tons.matches(text)
    assert [dict(match.captured) for match in matches] == captured
    assert all(text[slice(*match.span)].startswith(match.captured[0][1]) for match in matches)


def test_a_group_that_takes_no_part_is_empty() -> None:
    with matching("(?P<a>x)|(?P<b>y)") as text_pattern:
        assert text_pattern is not None
        assert text_pattern.matches("y") == [PatternMatch((0, 1), (("a", ""), ("b", "y")))]


def test_no_expression_needs_no_process() -> None:
    with matching("") as text_pattern:
        assert text_pattern is None


def test_a_text_that_takes_too_long_is_given_up_and_the_next_one_is_read() -> None:
    text_pattern = TextPattern(FOREVER, longest=0.2)
    try:
        with pytest.raises(TooSlow, match=r"more than 0\.2 s"):
            text_pattern.matches("a" * 60)
        assert [match.span for match in text_pattern.matches("aab")] == [(0, 3)]
    finally:
        text_pattern.close()


def test_an_expression_that_is_too_slow_for_several_texts_is_refused() -> None:
    text_pattern = TextPattern(FOREVER, longest=0.1)
    try:
        for _ in range(MOST_LATE - 1):
            with pytest.raises(TooSlow):
                text_pattern.matches("a" * 60)
        with pytest.raises(UsageError, match="avoid a repetition inside a repetition"):
            text_pattern.matches("a" * 60)
    finally:
        text_pattern.close()
