"""How long a cable is, as an archive files it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from cable_tui.cable import RawCable

_ANCHOR = re.compile(r"\n\s{0,8}(\d{1,3})\. ")
_LONGEST = 6
"""Characters of the site's anchor of a numbered paragraph: `par123`."""


def anchors(raw: RawCable) -> Sequence[str]:
    """The anchors of the numbered paragraphs, in order and with repeats.

    As the site's page has them; where the container shows none, by the site's rule: a number, a
    point and a blank at the beginning of a line.
    """
    if raw.anchors is None:
        return _by_rule(raw.body)
    return [each for each in raw.anchors if each[3:].isdigit() and len(each) <= _LONGEST]


@lru_cache(maxsize=1)  # the warnings and the number of paragraphs ask for it
def _by_rule(body: str) -> tuple[str, ...]:
    return tuple(f"par{number}" for number in _ANCHOR.findall(body))


def length(raw: RawCable) -> int:
    """Characters of the body."""
    return len(raw.body)


def paragraphs(raw: RawCable) -> int:
    """Different numbers of paragraphs: most often the last number.

    A page without any anchor is a copy that lost them.
    """
    return len(set(anchors(raw) or _by_rule(raw.body)))
