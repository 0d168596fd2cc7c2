"""A page of the site copied as text: menus, help, one line of facts, then header and body.

The copy lost the boxes: header and body run on, and the body begins at its classification line.
"""

from __future__ import annotations

import re

from cable_tui.cable import Place, RawCable
from cable_tui.formats.base import BrokenRecord, PageFormat
from cable_tui.formats.encodings import decode
from cable_tui.formats.split_header import at_classification
from cable_tui.pattern import pattern
from cable_tui.repository import CABLEGATE
from cable_tui.text import clean_line, clean_text

_CAPTION = b"Reference ID Created Released Classification Origin"
_HEADING = pattern(r"^Viewing cable (\S{1,60}), ?(.*)$", re.MULTILINE)
_TIME = r"([0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2})"
_CLASSIFICATIONS = (
    "UNCLASSIFIED//FOR OFFICIAL USE ONLY",
    "SECRET//NOFORN",
    "CONFIDENTIAL//NOFORN",
    "UNCLASSIFIED",
    "CONFIDENTIAL",
    "SECRET",
)
_FACTS = pattern(rf"(\S{{1,60}}) {_TIME} {_TIME} ({'|'.join(_CLASSIFICATIONS)}) (.{{1,200}})")


class PageText(PageFormat):
    """A saved or pasted text copy of a page."""

    name = "page-text"
    label = "page of the WikiLeaks site as text"
    rank = 4
    repository = CABLEGATE

    def matches(self, path: str, head: bytes) -> bool:  # noqa: ARG002 - any name will do
        """By the headings of the top box, which a copy puts on one line."""
        return _CAPTION in head

    def at(self, record: bytes, place: Place) -> RawCable:
        """As in `Format`."""
        text = clean_text(decode(record))
        caption = text.find(_CAPTION.decode())
        if caption < 0:
            raise BrokenRecord("no line 'Reference ID Created Released Classification Origin'")
        _, _, rest = text[caption:].partition("\n")
        facts, _, texts = rest.partition("\n")
        found = _FACTS.fullmatch(facts.strip())
        if not found:
            raise BrokenRecord("the line of facts is damaged", text.count("\n", 0, caption) + 1)
        reference_id, created, released, classification, origin = found.groups()
        heading = _HEADING.search(text, 0, caption)
        header, body = at_classification(texts.removesuffix("\n"))
        return RawCable(
            reference_id=reference_id,
            created=created,
            released=released,
            classification=classification,
            origin=clean_line(origin).strip(),
            title=clean_line(heading[2]).strip() if heading else "",
            header=header,
            body=body,
            format=self.name,
            place=place,
        )


FORMAT = PageText()
