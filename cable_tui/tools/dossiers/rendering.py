"""RENDERERS: the functions that make the page, the citations and the log text from other members.

A renderer is a separate module together with the beginning of its page. Both are frozen: a test
compares their digests. If a whole page were a template, the template engine would have to be frozen
as well, and it has more code than the page. The page of a dossier can therefore be rebuilt as long
as this program includes its renderer; a renderer is never taken from a dossier.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache

from cable_tui.base.errors import UsageError
from cable_tui.tools.dossiers import renderer_1
from cable_tui.tools.dossiers.renderer_1 import Read

RENDERERS: Mapping[int, Mapping[str, Callable[[Read], Iterator[str]]]] = {1: renderer_1.MADE}
"""The functions that yield a member, by member name, for each renderer number."""
NEWEST = max(RENDERERS)
_KEPT = 8
"""The number of values to keep after reading, because entries for one cable often follow each
other.
"""
_MISSHAPEN = (AttributeError, LookupError, TypeError, ValueError, OverflowError)


def made(renderer: int, name: str, read: Read) -> Iterator[bytes]:
    """Yield a member made from the values of other members.

    Raises `UsageError` if the values are not those of a dossier; a renderer does not validate them
    beforehand.
    """
    try:
        for piece in RENDERERS[renderer][name](lru_cache(_KEPT)(read)):
            yield piece.encode("utf-8", "replace")
    except _MISSHAPEN as error:
        raise UsageError(f"cannot be made from the other members: {error!r}") from None
