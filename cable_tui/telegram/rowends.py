"""The backslash at the end of each line that pasted rows of a database have (formats.md 1.3).

The grammar reads such a body without them; `Body.text` keeps them.
"""

from __future__ import annotations

import re
from dataclasses import replace

from cable_tui.cable import RawCable

_ROW_END = re.compile(r"\\(?=[ \t]{0,40}(?:\n|$))")


def without_row_ends(raw: RawCable) -> RawCable:
    """The record with blanks for the backslashes at its line ends: offsets stay the same."""
    if "\\" not in raw.body:
        return raw
    if "\\\n" not in raw.body and "\\ \n" not in raw.body:
        return raw
    return replace(raw, body=_ROW_END.sub(" ", raw.body))
