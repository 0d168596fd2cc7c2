"""The invitation to a web site that some posts set behind their text (formats.md 2.6, trailers)."""

from __future__ import annotations

import re

_TRAILER = re.compile(
    r"""(?:^[ \t]{0,8}[*=_-][*=_ -]{9,200}\n\s{0,8})?
    (?:^[ \t]{0,8}For[ ]more[ ][^\n]{2,60}\n)?
    ^[ \t]{0,8}(?:Please[ ])?Visit[ ][^\n]{2,50}web[ ]?site\b[^\n]{0,120}\s{0,40}
    (?:(?:https?:/|www\.)\S{4,120}(?:[ ]\S{1,20})?\s{0,40})?
    (?:[*=_-][*=_ -]{9,200}\s{0,40})?\Z""",
    re.VERBOSE | re.MULTILINE | re.IGNORECASE,
)
_FAR = 500


def without_trailer(body: str, begin: int, end: int) -> int:
    """Where the text `body[begin:end]` ends without its trailer."""
    near = max(begin, end - _FAR)
    if body.find("isit ", near, end) < 0 and body.find("ISIT ", near, end) < 0:
        return end
    found = _TRAILER.search(body, near, end)
    return found.start() if found and found.start() > begin else end
