"""Fields and stamps that the National Archives, PlusD and the History Lab have in common.

All three hold the telegrams of the 1970s as the Department's own archive printed them.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from cable_tui.cable import Place, RawCable
from cable_tui.formats.dates import STAMP, day_first, released_in
from cable_tui.formats.origins import origin_of
from cable_tui.formats.split_header import after_addressees, classification_in
from cable_tui.pattern import pattern
from cable_tui.telegram import ids

_FORM = pattern(r"\s{0,80}(?:<< END OF DOCUMENT >>|\*\*\* Current [A-Z][A-Za-z ]{1,40} \*\*\*)")
_NOTHING = pattern(r"(?:n/?a|none|--[a-z/ ]{1,40}--|null)?", re.IGNORECASE)
_BETWEEN = pattern(r"[,;|\n]")


def without_stamps(text: str) -> str:
    """The text without the lines that the archive printed into it."""
    if STAMP not in text and "<<" not in text and "***" not in text:
        return text
    lines = text.split("\n")
    return "\n".join(line for line in lines if STAMP not in line and not _FORM.match(line))


def known_value(text: str) -> str:
    """An attribute's value on one line; `N/A` is none."""
    words = " ".join(text.split()).strip('"')
    return "" if _NOTHING.fullmatch(words) else words


def references_in(text: str) -> tuple[str, ...]:
    """Canonical ids of the items of a list that are cables."""
    found = (ids.reference_in(item) for item in _BETWEEN.split(text))
    return tuple(dict.fromkeys(item[0] for item in found if item))


class ArchiveFacts(NamedTuple):
    """What the archive says of one telegram; empty where it says nothing."""

    reference_id: str
    created: str
    """In any spelling that `dates.day_first` knows."""
    markings: str
    """The stamps of its release."""
    classification: str
    sender: str
    title: str
    references: str = ""
    """A list of ids."""
    has_body: bool = True
    """Whether the archive has the text; if not, what it says of that stands as the header."""

    def cable(self, form: str, place: Place, printed: str) -> RawCable:
        """The cable, with its clean text in which header and body run on."""
        text = without_stamps(printed).strip("\n")
        header, body = after_addressees(text) if self.has_body else (text, "")
        return RawCable(
            reference_id=self.reference_id,
            created=day_first(self.created),
            released=released_in(printed) or released_in(self.markings),
            classification=self.classification or classification_in(body),
            origin=origin_of(self.reference_id, self.sender),
            title=self.title,
            header=header,
            body=body,
            format=form,
            place=place,
            references=references_in(self.references),
        )
