"""Regular expressions that are compiled on first use.

A command uses only a few of the package's several hundred expressions, and compiling all of them
would take longer than most commands. Every module therefore writes `_WORD = pattern(r"...")`
instead of `re.compile(r"...")`, which the linter rejects.
"""

# ruff: noqa: D102 - the methods are those of `re.Pattern`
from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Any, AnyStr, Generic

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_MOST = 1 << 60
"""An end position after the end of any text, which is the default in `re`."""


class Pattern(Generic[AnyStr]):
    """A regular expression with the methods of `re.Pattern`, which are as fast after the first use.

    It is not a `re.Pattern`, and the functions of `re` would refuse it at run time. The type
    checker therefore rejects `re.sub(pattern(...), ...)`; use the pattern's own `sub`.
    """

    def __init__(self, expression: AnyStr, flags: int) -> None:
        self._expression: AnyStr = expression
        self._flags = flags

    @cached_property
    def _compiled(self) -> re.Pattern[AnyStr]:
        return re.compile(self._expression, self._flags)

    if TYPE_CHECKING:
        # All that the package uses; each is found in the compiled expression.
        flags: int
        groups: int
        pattern: AnyStr

        def match(
            self, string: AnyStr, pos: int = 0, endpos: int = _MOST
        ) -> re.Match[AnyStr] | None: ...
        def fullmatch(
            self, string: AnyStr, pos: int = 0, endpos: int = _MOST
        ) -> re.Match[AnyStr] | None: ...
        def search(
            self, string: AnyStr, pos: int = 0, endpos: int = _MOST
        ) -> re.Match[AnyStr] | None: ...
        def finditer(
            self, string: AnyStr, pos: int = 0, endpos: int = _MOST
        ) -> Iterator[re.Match[AnyStr]]: ...
        def findall(self, string: AnyStr, pos: int = 0, endpos: int = _MOST) -> list[Any]: ...
        def split(self, string: AnyStr, maxsplit: int = 0) -> list[AnyStr | Any]: ...
        def sub(
            self,
            repl: AnyStr | Callable[[re.Match[AnyStr]], AnyStr],
            string: AnyStr,
            count: int = 0,
        ) -> AnyStr: ...

    else:

        def __getattr__(self, name: str) -> Any:
            if name.startswith("__"):  # Python looks for these, in the body of a class for example
                raise AttributeError(name)
            attribute = getattr(self._compiled, name)
            setattr(self, name, attribute)  # the next use finds it without this method
            return attribute


def pattern(expression: AnyStr, flags: int = 0) -> Pattern[AnyStr]:
    """Return an expression that is compiled on first use.

    An invalid expression raises `re.error` then.
    """
    return Pattern(expression, flags)
