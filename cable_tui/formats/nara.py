"""What the copies of the National Archives' telegrams of 1973-79 have in common.

Their printouts carry lines that were never part of a telegram: stamps of the systematic reviews,
the end of the document, headings of an empty form. Those are dropped; page lines and `NNNN`, which
the telegraph printed, stay for the grammar (formats.md 1.10).
"""

from __future__ import annotations

import re

from cable_tui.formats.dates import STAMP
from cable_tui.telegram import ids

_FORM = re.compile(r"\s{0,80}(?:<< END OF DOCUMENT >>|\*\*\* Current [A-Z][A-Za-z ]{1,40} \*\*\*)")
_NOTHING = re.compile(r"(?:n/?a|none|--[a-z/ ]{1,40}--|null)?", re.IGNORECASE)
_BETWEEN = re.compile(r"[,;|\n]")


def without_stamps(text: str) -> str:
    """The text without the lines that the archive printed into it."""
    if STAMP not in text and "<<" not in text and "***" not in text:
        return text
    lines = text.split("\n")
    return "\n".join(line for line in lines if STAMP not in line and not _FORM.match(line))


def value(text: str) -> str:
    """An attribute's value on one line; `N/A` is none."""
    words = " ".join(text.split()).strip('"')
    return "" if _NOTHING.fullmatch(words) else words


def references(text: str) -> tuple[str, ...]:
    """Canonical ids of the items of a list that are cables."""
    found = (ids.reference_in(item) for item in _BETWEEN.split(text))
    return tuple(dict.fromkeys(item[0] for item in found if item))
