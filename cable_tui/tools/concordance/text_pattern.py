"""A reader's regular expression, which is matched in the texts of cables with a time limit."""

from __future__ import annotations

import json
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from cable_tui.base.cable import Span
from cable_tui.base.errors import UsageError
from cable_tui.base.pattern import pattern
from cable_tui.base.value import Value
from cable_tui.formats.child_process import Child, NoAnswer, command
from cable_tui.reports.report import Option
from cable_tui.text.numbers import counted
from cable_tui.tools.concordance.pattern_process import MOST_MATCHES

COMMAND = command("cable_tui.tools.concordance.pattern_process")
LONGEST = 1.0
"""The maximum time for one text, in seconds. A long text usually takes a hundredth of a second."""
MOST_LATE = 5
"""The number of texts that may take too long before the pattern is refused."""
MOST_LENGTH = 500
"""The maximum length of an expression, in characters."""
_LINE_END = pattern(r"(?<!\n)\n(?!\n)")
_BLANKS = pattern(r"\s+")


class PatternMatch(Value):
    """A match of an expression in a text."""

    span: Span
    captured: tuple[tuple[str, str], ...] = ()
    """The text that each named group matched, on one line, keyed by group name."""


class TooSlow(Exception):  # noqa: N818 - what happened
    """Raised if an expression was not matched in a text within the time limit."""


def group_names(expression: str) -> tuple[str, ...]:
    """Return the names of the groups of an expression. Raises `UsageError` if it is not valid."""
    if len(expression) > MOST_LENGTH:
        raise UsageError(f"--matching: a pattern can have at most {MOST_LENGTH} characters")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what a later Python may read otherwise
            compiled = re.compile(expression)  # noqa: TID251 - it is the reader's
    except (re.error, OverflowError, RecursionError) as error:
        raise UsageError(f"--matching: not a regular expression: {error}") from None
    return tuple(compiled.groupindex)


def pattern_in(text: str) -> tuple[str, str]:
    """Return the query and the pattern of typed text: `origin:rabat /[0-9]+ tons/`."""
    typed_query, has_pattern, expression = text.strip().partition("/")
    if has_pattern and expression.endswith("/") and typed_query[-1:] in ("", " "):
        return typed_query.strip(), expression[:-1]
    return text, ""


def expression(text: str) -> str:
    """Return the regular expression of `--matching`. Raises `UsageError` if it is empty."""
    if not text:
        raise UsageError("needs a regular expression, such as '[0-9]+ tons'")
    return text


MATCHING = Option(
    "matching",
    "a regular expression to match in the texts of the cables instead of the words",
    metavar="RE",
    reads=expression,
)


class TextPattern:
    """An expression with the process that matches it."""

    def __init__(self, expression: str, longest: float = LONGEST) -> None:
        self._expression = expression
        self._longest = longest
        self._child = Child(COMMAND)
        self._late = 0
        self._cut_texts = 0

    def matches(self, text: str) -> list[PatternMatch]:
        """Return the matches in a text, in which a single line break counts as a space.

        Raises `TooSlow`, and `UsageError` if that has happened for several texts.
        """
        request = json.dumps((self._expression, _LINE_END.sub(" ", text))).encode()
        try:
            found = json.loads(self._child.ask(request, self._longest))
        except NoAnswer as no_answer:
            if str(no_answer):
                raise UsageError(f"--matching: the process for patterns {no_answer}") from None
            self._late += 1
            if self._late >= MOST_LATE:
                raise UsageError(
                    f"--matching: the pattern takes more than {self._longest:g} s for each of "
                    f"{MOST_LATE} texts: avoid a repetition inside a repetition, such as (a+)+"
                ) from None
            raise TooSlow(f"the pattern takes more than {self._longest:g} s") from None
        self._cut_texts += len(found) > MOST_MATCHES
        return [
            PatternMatch(
                (start, end),
                tuple((name, _BLANKS.sub(" ", part or "").strip()) for name, part in parts.items()),
            )
            for start, end, parts in found[:MOST_MATCHES]
        ]

    @property
    def notes(self) -> tuple[str, ...]:
        """A note on the texts that have more than `MOST_MATCHES` matches, if there are any."""
        if not self._cut_texts:
            return ()
        texts = counted(self._cut_texts, "text")
        return (f"only the first {MOST_MATCHES:,} matches of {texts} are used",)

    def close(self) -> None:
        """End the process."""
        self._child.close()


@contextmanager
def matching(expression: str) -> Iterator[TextPattern | None]:
    """Provide an expression for a block, then end its process; provide None if it is empty."""
    if not expression:
        yield None
        return
    text_pattern = TextPattern(expression)
    try:
        yield text_pattern
    finally:
        text_pattern.close()
