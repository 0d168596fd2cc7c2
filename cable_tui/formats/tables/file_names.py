"""The reference ID in the name of a file, or of the folder of its parts.

People and programs put more into a name than the ID: an archive's letter, the subject, the day, the
number of a download.
"""

from __future__ import annotations

import re

from cable_tui.base.pattern import pattern
from cable_tui.formats.tables import aliases
from cable_tui.telegram import ids

_ENDINGS = pattern(
    r"(?:\.(?:pdf|html?|ocr|utf-?8|te?xt))?(?:\.(?:te?xt|q?md|markdown|json))?$", re.IGNORECASE
)
_ABOUT = pattern(
    r"(?<![A-Za-z])(?:notes?|summary|translation|analysis|draft|excerpts?|comments?)(?![A-Za-z])",
    re.IGNORECASE,
)
"""Words in the name of a text about a cable."""
_COPY = pattern(
    r"(?: ?\([0-9]{1,3}\)"
    r"| - (?:copy|kopie|copie|copia)(?: \([0-9]{1,3}\))?|(?<=[0-9])[_.][ab])+$",
    re.IGNORECASE,
)
"""What a browser, a system or PlusD adds to a name."""
_WITHIN = pattern(
    r"(?<![A-Za-z0-9])(?:19|20)?[0-9]{2}(?:[A-Z]{3,40}|[a-z]{3,40}|[ _-][A-Za-z]{3,40}[ _-])"
    r"[0-9]{1,7}(?![A-Za-z0-9]|\.[A-Za-z])"
)
_PART = frozenset(
    "body text content contents cable index message raw full fulltext plain header original".split()
)
"""Names of files that say only which part of a cable they hold: the folder has its ID."""
_PIECE = pattern(
    r"[ _.(-]{1,3}(?P<piece>(?:page|part|pt|p)[ _.-]{0,2}[0-9]{1,3}(?: ?of ?[0-9]{1,3})?)\)?$",
    re.IGNORECASE,
)
"""The end of a name that says that the file has a part of a text: `_page_1`, ` (part 1 of 2)`."""
_LONGEST = 260


def stem(path: str) -> str:
    """Return the name of a file without folders and endings of texts."""
    return _ENDINGS.sub("", path.replace("\\", "/").rpartition("/")[2][-_LONGEST:])


def piece_in(path: str) -> str:
    """Return the part of a text that a file has by its name, `page_1`; empty for a whole one."""
    match = _PIECE.search(stem(path))
    return match["piece"] if match else ""


def id_in(path: str) -> str:
    """Return the ID in the name of a file, or of its folder if the name says a part; or empty."""
    name = stem(path)
    folder_path, _, _ = path.replace("\\", "/").rpartition("/")
    if aliases.key(name) in _PART and folder_path:
        name = stem(folder_path)
    if _ABOUT.search(name):
        return ""
    name = _COPY.sub("", name)
    reference = ids.reference_in(name) if aliases.looks_like_id(name) else None
    if reference:
        return reference[0]
    for match in _WITHIN.finditer(name):
        if post_id := aliases.id_of_a_post(match.group()):
            return post_id
    return ""
