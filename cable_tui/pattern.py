"""Regular expressions that are compiled when they are first used.

A command uses few of the package's several hundred, and compiling all of them would take longer
than its answer. So every module writes `_WORD = pattern(r"...")` where others write
`re.compile(r"...")`; the linter refuses the latter.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any, AnyStr, cast


class _Pattern:
    """Stands for a compiled expression. Its methods cost what those of `re` cost after one use."""

    def __init__(self, expression: str | bytes, flags: int) -> None:
        self._expression = expression
        self._flags = flags

    @cached_property
    def _compiled(self) -> re.Pattern[Any]:
        return re.compile(self._expression, self._flags)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # Python looks for these, in the body of a class for example
            raise AttributeError(name)
        value = getattr(self._compiled, name)
        setattr(self, name, value)  # the next use finds it without this method
        return value


def pattern(expression: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """An expression as `re.compile` gives it, compiled when its first attribute is asked for.

    A mistake in it is raised there, as `re.error`. The functions of `re` do not take it.
    """
    return cast("re.Pattern[AnyStr]", _Pattern(expression, flags))
