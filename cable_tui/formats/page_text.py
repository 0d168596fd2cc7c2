"""A page of the site copied as text: menus, help, one line of facts, then header and body.

The copy lost the boxes: header and body run on, and the body begins at its classification line.
Some programs keep the cells of the top box apart, by tabs or on lines of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cable_tui.cable import CABLEGATE, Place, RawCable
from cable_tui.formats.base import BrokenRecord, PageFormat, Start
from cable_tui.formats.encodings import decode
from cable_tui.formats.pages import signs, telegrams
from cable_tui.formats.split_header import at_classification
from cable_tui.pattern import pattern
from cable_tui.text import clean_line, clean_text

_HEADING = pattern(r"^Viewing cable (\S{1,60}), ?(.*)$", re.MULTILINE)
_TIME = r"([0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2})"
_CLASSIFICATION = r"UNCLASSIFIED(?://FOR OFFICIAL USE ONLY)?|(?:SECRET|CONFIDENTIAL)(?://NOFORN)?"
_LINE_OF_FACTS = (
    rf"\s{{1,40}}(\S{{1,60}})\s{{1,8}}{_TIME}\s{{1,8}}(?:{_TIME}\s{{1,8}})?({_CLASSIFICATION})"
    r"\s{1,8}([^\r\n]{1,200})"
)
_BOX = pattern(
    r"Reference ID\s{1,8}Created\s{1,8}(?:Released\s{1,8})?Classification\s{1,8}Origin\b"
)
_FACTS = pattern(_LINE_OF_FACTS)
_ANY_FACTS = pattern(_LINE_OF_FACTS.encode())
_VIEWING = b"Viewing cable "
_MENUS = (
    *(b"Keep Us Strong", b"Currently released so far", b"Browse latest releases"),
    *(b"Browse by creation date", b"Community resources", b"courage is contagious"),
)
"""Lines of the site's menus."""
_LEAST_MENU = 8
"""Bytes of a line that may be one of a menu by which copies begin."""
_LONGEST_MENU = 200
_UNREAD = (
    "the headings of a top box stand here a second time, without its facts below them: not read as"
    " a cable of its own"
)


class PageText(PageFormat):
    """A saved or pasted text copy of a page."""

    name = "page-text"
    label = "page of the WikiLeaks site as text"
    repository = CABLEGATE

    def matches(self, path: str, head: bytes) -> bool:  # noqa: ARG002 - any name will do
        """By the headings of the top box, which a copy puts on one line."""
        return next(signs.marks(head, 0, self.name), None) is not None

    def opening(self, data: bytes, start: int) -> int:
        """Behind the headings of the top box."""
        return signs.behind_sign(data, start, self.name)

    def further(self, data: bytes, start: int, at: int) -> Iterator[Start]:
        """At the menus above the next top box, and perhaps at a second transmission header."""
        facts = _ANY_FACTS.match(data, at)
        quoted = telegrams.Telegrams(telegrams.SECOND)
        return quoted.between(
            self._boxes(data, start, at), data, start, facts.end() if facts else at
        )

    def starts(self, data: bytes, at: int) -> Iterator[Start]:
        """At the menus of the site above a top box."""
        return self._boxes(data, at, at)

    def _boxes(self, data: bytes, start: int, at: int) -> Iterator[Start]:
        """At the menus, or the heading, above each top box."""
        own = next(signs.marks(data, start, self.name, at), None)
        first = data[start : own.start() if own else start].lstrip().split(b"\n", 1)[0].strip()
        menus: tuple[bytes, ...] = _MENUS
        if _LEAST_MENU <= len(first) <= _LONGEST_MENU and not first.startswith(_VIEWING):
            menus = (first, *_MENUS)
        for box in signs.marks(data, at, self.name):
            heading = data.rfind(_VIEWING, at, box.start())
            top = heading if heading >= 0 else box.start()
            begins = (data.rfind(menu, at, top) for menu in menus)
            facts = _ANY_FACTS.match(data, box.end())
            yield Start(
                min((begin for begin in begins if begin >= 0), default=top),
                box.start(),
                "" if facts else _UNREAD,
            )
            at = box.end()

    def at(self, record: bytes, place: Place) -> RawCable:
        """As in `Format`."""
        text = clean_text(decode(record))
        box = _BOX.search(text)
        if box is None:
            raise BrokenRecord("no line 'Reference ID Created Released Classification Origin'")
        found = _FACTS.match(text, box.end())
        if not found:
            raise BrokenRecord("the line of facts is damaged", text.count("\n", 0, box.start()) + 1)
        reference_id, created, released, classification, origin = found.groups()
        heading = _HEADING.search(text, 0, box.start())
        texts = text[found.end() :].removeprefix("\n").removesuffix("\n")
        header, body = at_classification(texts)
        return RawCable(
            reference_id=reference_id,
            created=created,
            released=released or "",
            classification=classification,
            origin=clean_line(origin).strip(),
            title=clean_line(heading[2]).strip() if heading else "",
            header=header,
            body=body,
            format=self.name,
            place=place,
        )


FORMAT = PageText()
