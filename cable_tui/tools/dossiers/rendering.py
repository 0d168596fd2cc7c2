"""RENDERERS: what makes the page, the citations and the text of the log from the other members.

A renderer is a module of its own with the beginning of its page, and both are frozen: a test
compares their digests. A whole page as a template would need its engine frozen with it, which is
more code than the page. So the page of a dossier can be made again as long as this program has its
renderer; one is never taken from a dossier.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache

from cable_tui.base.errors import UsageError
from cable_tui.tools.dossiers import renderer_1
from cable_tui.tools.dossiers.renderer_1 import Read

RENDERERS: Mapping[int, Mapping[str, Callable[[Read], Iterator[str]]]] = {1: renderer_1.MADE}
"""Functions that yield a member, by its name, for each number of a renderer."""
NEWEST = max(RENDERERS)
_KEPT = 8
"""Number of values that are kept after reading: places of one cable often follow each other."""
_MISSHAPEN = (AttributeError, LookupError, TypeError, ValueError, OverflowError)


def made(renderer: int, name: str, read: Read) -> Iterator[bytes]:
    """Yield a member, made from the values of others.

    Raises `UsageError` if they are not those of a dossier; a renderer does not look before.
    """
    try:
        for piece in RENDERERS[renderer][name](lru_cache(_KEPT)(read)):
            yield piece.encode("utf-8", "replace")
    except _MISSHAPEN as error:
        raise UsageError(f"cannot be made from the other members: {error!r}") from None
