"""The reference ID in a file's name, or in the name of the folder that contains its parts.

People and programs add more to a name than the ID, such as an archive's letter, the subject, the
date, or a download number.
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
"""Words in file names of texts about a cable."""
_COPY = pattern(
    r"(?: ?\([0-9]{1,3}\)"
    r"| - (?:copy|kopie|copie|copia)(?: \([0-9]{1,3}\))?|(?<=[0-9])[_.][ab])+$",
    re.IGNORECASE,
)
"""Suffixes that a browser, an operating system or PlusD adds to a name."""
_WITHIN = pattern(
    r"(?<![A-Za-z0-9])(?:19|20)?[0-9]{2}(?:[A-Z]{3,40}|[a-z]{3,40}|[ _-][A-Za-z]{3,40}[ _-])"
    r"[0-9]{1,7}(?![A-Za-z0-9]|\.[A-Za-z])"
)
_PART = frozenset(
    "body text content contents cable index message raw full fulltext plain header original".split()
)
"""File names that state only which part of a cable the file contains; the folder's name has the ID.
"""
_PIECE = pattern(
    r"[ _.(-]{1,3}(?P<piece>(?:page|part|pt|p)[ _.-]{0,2}[0-9]{1,3}(?: ?of ?[0-9]{1,3})?)\)?$",
    re.IGNORECASE,
)
"""The end of a name for part of a text: `_page_1`, ` (part 1 of 2)`."""
_LONGEST = 260


def stem(path: str) -> str:
    """Return a file's name without folders and text extensions."""
    return _ENDINGS.sub("", path.replace("\\", "/").rpartition("/")[2][-_LONGEST:])


def piece_in(path: str) -> str:
    """Return the part of a text named in a file name, such as `page_1`.

    Return an empty string if the name contains none.
    """
    match = _PIECE.search(stem(path))
    return match["piece"] if match else ""


def id_in(path: str) -> str:
    """Return the ID in a file's name, or in its folder's name if the file is a part.

    Return an empty string if there is none.
    """
    file_name = stem(path)
    folder_path, _, _ = path.replace("\\", "/").rpartition("/")
    if aliases.key(file_name) in _PART and folder_path:
        file_name = stem(folder_path)
    if _ABOUT.search(file_name):
        return ""
    file_name = _COPY.sub("", file_name)
    reference = ids.reference_in(file_name) if aliases.looks_like_id(file_name) else None
    if reference:
        return reference[0]
    for match in _WITHIN.finditer(file_name):
        if post_id := aliases.id_of_a_post(match.group()):
            return post_id
    return ""
