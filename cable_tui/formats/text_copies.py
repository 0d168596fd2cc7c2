"""Cablegate cables as text: copied pages, files with five lines of facts, and text from PDFs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cable_tui.base.cable import CABLEGATE, Location, RawCable
from cable_tui.base.pattern import pattern
from cable_tui.formats import split_header
from cable_tui.formats.archive_fields import origin_of
from cable_tui.formats.base import BrokenRecord, PageFormat, Start
from cable_tui.formats.encodings import decode
from cable_tui.formats.pages import own_notes, signs, telegrams
from cable_tui.formats.pages.cutter import start_of_line
from cable_tui.formats.tables import file_names
from cable_tui.telegram import times
from cable_tui.text import clean_line, clean_text

# A page copied as text: menus, help, one line of facts, then header and body. The copy lost the
# boxes: header and body run on, and the body begins at its classification line. Some programs keep
# the cells of the top box apart, by tabs or on lines of their own.

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
_ARTICLES = pattern(
    r"\s{0,40}Appears in these articles:\s{1,40}(?P<addresses>(?:https?://\S{1,2000}\s{1,40}){1,80})"
)
_VIEWING = b"Viewing cable "
_MENUS = (
    *(b"Keep Us Strong", b"Currently released so far", b"Browse latest releases"),
    *(b"Browse by creation date", b"Community resources", b"courage is contagious"),
)
"""Lines of the site's menus."""
_LEAST_MENU = 8
"""The minimum size, in bytes, of a menu line at the beginning of a copy."""
_LONGEST_MENU = 200
_UNREAD = (
    "the headings of a top box are repeated on this line without metadata below, so no separate "
    "cable was read"
)


class PageText(PageFormat):
    """A saved or pasted text copy of a page."""

    name = "page-text"
    label = "WikiLeaks page as text"
    repository = CABLEGATE

    def matches(self, path: str, head: bytes) -> bool:  # noqa: ARG002 - any name will do
        """Recognize a file by the headings of the top box, which a copy puts on one line."""
        return next(signs.symbols(head, 0, self.name), None) is not None

    def further(self, data: bytes, start: int, after: int) -> Iterator[Start]:
        """Yield starts at the menus above the next top box, or at a second transmission header."""
        fact_match = _ANY_FACTS.match(data, after)
        quoted_telegrams = telegrams.Telegrams(telegrams.SECOND)
        return quoted_telegrams.between(
            self._boxes(data, start, after), data, start, fact_match.end() if fact_match else after
        )

    def starts(self, data: bytes, after: int) -> Iterator[Start]:
        """Yield starts at the site's menus above a top box."""
        return self._boxes(data, after, after)

    def _boxes(self, data: bytes, start: int, after: int) -> Iterator[Start]:
        """Yield starts at the menus or the heading above each top box."""
        own_symbol = next(signs.symbols(data, start, self.name, after), None)
        first_line = (
            data[start : own_symbol.start() if own_symbol else start]
            .lstrip()
            .split(b"\n", 1)[0]
            .strip()
        )
        menu_lines: tuple[bytes, ...] = _MENUS
        if _LEAST_MENU <= len(first_line) <= _LONGEST_MENU and not first_line.startswith(_VIEWING):
            menu_lines = (first_line, *_MENUS)
        for box in signs.symbols(data, after, self.name):
            heading_offset = data.rfind(_VIEWING, after, box.start())
            top_of_page = heading_offset if heading_offset >= 0 else box.start()
            menu_offsets = (data.rfind(menu, after, top_of_page) for menu in menu_lines)
            fact_match = _ANY_FACTS.match(data, box.end())
            yield Start(
                min(
                    (menu_offset for menu_offset in menu_offsets if menu_offset >= 0),
                    default=top_of_page,
                ),
                box.start(),
                "" if fact_match else _UNREAD,
            )
            after = box.end()

    def at(self, record: bytes, location: Location) -> RawCable:
        """Implement `Format.at`."""
        page_text = split_header.links_joined(clean_text(decode(record)))
        box = _BOX.search(page_text)
        if box is None:
            raise BrokenRecord("no line 'Reference ID Created Released Classification Origin'")
        fact_match = _FACTS.match(page_text, box.end())
        if not fact_match:
            raise BrokenRecord(
                "the metadata line is damaged", page_text.count("\n", 0, box.start()) + 1
            )
        reference_id, created_at, released, classification, origin = fact_match.groups()
        heading = _HEADING.search(page_text, 0, box.start())
        articles = _ARTICLES.match(page_text, fact_match.end())
        header_and_body = page_text[(articles or fact_match).end() :].strip("\n")
        header, body = split_header.at_classification(header_and_body)
        body, anchors = split_header.without_signs(body)
        return RawCable(
            reference_id=reference_id,
            created=created_at,
            released=released or "",
            classification=classification,
            origin=clean_line(origin).strip(),
            title=clean_line(heading[2]).strip() if heading else "",
            header=header,
            body=body,
            format=self.name,
            location=location,
            articles=tuple(articles["addresses"].split()) if articles else (),
            anchors=anchors or None,
        )


PAGE_TEXT = PageText()


# Text files made from the site's pages by a public script: reference ID, first line of the subject,
# day (as Ruby writes times), classification, origin; header and body follow without a line break
# between them, with the site's paragraph signs. Many such files have the five lines only.

_LINES_OF_FACTS = 5
_LONGEST_TITLE = 8000
"""The maximum size, in bytes, of the title line; if the line breaks are lost, the line includes the
first paragraph.
"""
_DAY = (
    r"[A-Z][a-z]{2} ([A-Z][a-z]{2}) ([0-9]{1,2}) [0-9]{2}:[0-9]{2}:[0-9]{2} [+-][0-9]{4} ([0-9]{4})"
)
_LINE_END = r"(?:\r\n?|\n)"
_TOP = pattern(
    rf"\s{{0,40}}[0-9A-Z]{{3,60}}[ \t]{{0,8}}{_LINE_END}[^\r\n]{{0,{_LONGEST_TITLE}}}{_LINE_END}"
    rf"{_DAY}\s".encode()
)
_BREAK = pattern(r"<br ?/?>(?:\n|$)?")
_DAY_LINE = pattern(_DAY)
_REST = pattern(rb"[^\r\n]{0,200}(?:\r\n?|\n)[^\r\n]{0,200}(?:\r\n?|\n)")
"""Classification and origin, which follow the day."""
_LONGEST_ID = 80
_ID_LINE = pattern(rb"[\s\xef\xbb\xbf]{0,80}([0-9]{2}(?:[A-Z]|[0-9]{1,2}[A-Z])[0-9A-Z]{1,58})\s*$")
_GLUED_ID = pattern(rb"[0-9]{2}[A-Z]{2,40}[0-9]{1,6}$")
_NO_ID = (
    "this date looks like one of five metadata lines, but there is no ID two lines above, so no "
    "cable was read"
)


class AlxText(PageFormat):
    """One of the `cables/ID.txt` files."""

    name = "alx-text"
    label = "text file with five metadata lines"
    repository = CABLEGATE

    def matches(self, path: str, head: bytes) -> bool:  # noqa: ARG002 - any name will do
        """Recognize a file by an ID on the first line and a time printed by Ruby on the third."""
        return bool(_TOP.match(head))

    def further(self, data: bytes, start: int, after: int) -> Iterator[Start]:
        """Yield starts at the ID two lines above a day, or at a second transmission header."""
        rest_match = _REST.match(data, after)
        quoted_telegrams = telegrams.Telegrams(telegrams.SECOND)
        return quoted_telegrams.between(
            self.starts(data, after), data, start, rest_match.end() if rest_match else after
        )

    def starts(self, data: bytes, after: int) -> Iterator[Start]:
        """Yield starts at IDs above days; an ID may be joined to the last line of a text."""
        for day_match in signs.symbols(data, after, self.name):
            title_start = start_of_line(data, day_match.start(), after)
            line_start = start_of_line(data, title_start, after)
            id_line = data[line_start:title_start]
            id_match = _ID_LINE.match(id_line) if after < line_start else None
            glued_id = None if id_match else _GLUED_ID.search(id_line[-_LONGEST_ID:].rstrip())
            if id_match:
                yield Start(line_start + id_match.start(1), day_match.start())
            elif glued_id:
                offset_in_line = len(id_line) - len(id_line[-_LONGEST_ID:])
                yield Start(line_start + offset_in_line + glued_id.start(), day_match.start())
            else:
                yield Start(day_match.start(), day_match.start(), _NO_ID)

    def at(self, record: bytes, location: Location) -> RawCable:
        """Implement `Format.at`."""
        # The five lines first: cleaning ends lines at signs that a title may have in it (U+2028).
        file_text = decode(record).replace("\r\n", "\n").replace("\r", "\n")
        fact_lines = file_text.lstrip().split("\n", _LINES_OF_FACTS)
        day_match = (
            _DAY_LINE.fullmatch(fact_lines[2].strip())
            if len(fact_lines) >= _LINES_OF_FACTS
            else None
        )
        if day_match is None or not fact_lines[0].strip():
            raise BrokenRecord("no five metadata lines at the top")
        # The day alone: hours and zone are those of the machine that ran the script.
        month_number = times.MONTHS.get(day_match[1].upper(), 0)
        header_and_body = clean_text(
            fact_lines[_LINES_OF_FACTS].removesuffix("\n") if fact_lines[_LINES_OF_FACTS:] else ""
        )
        header, body = split_header.inside_a_line(
            _BREAK.sub("\n", header_and_body) if "<br" in header_and_body else header_and_body
        )
        body, anchors = split_header.without_signs(body)
        return RawCable(
            reference_id=clean_line(fact_lines[0]).strip(),
            created=f"{day_match[3]}-{month_number:02}-{int(day_match[2]):02}"
            if month_number
            else "",
            released="",
            classification=clean_line(fact_lines[3]).strip(),
            origin=clean_line(fact_lines[4]).strip(),
            title=clean_line(_BREAK.sub(" ", fact_lines[1])).strip(),
            header=header,
            body=body,
            format=self.name,
            location=location,
            anchors=anchors if body else None,
        )


ALX_TEXT = AlxText()


# Text removed from the site's PDFs: header and body, and nothing else; the file's name is the ID.
# Such files have Windows line endings, their `¶` are mostly single bytes, and a class in spaced
# letters has lost its blanks. Facts are read from the two texts.

_FIRST = pattern(
    rb"\s{0,40}(?:VZCZC[A-Z]{3}[0-9]{3,4}\b|INFO {1,4}LOG-|(?:ACTION|ORIGIN) [A-Z]{2,5}-[0-9]{2}"
    rb"|(?:[ZOPR]{1,2} ){1,2}[0-9]{6}Z [A-Z]{3} [0-9]{2}\b"
    rb"|This record is a partial extract of the original cable)"
)
_BODY = pattern(
    rb"\s{0,40}(?:S ?E ?C ?R ?E ?T|C ?O ?N ?F ?I ?D ?E ?N ?T ?I ?A ?L|UNCLAS|LIMITED OFFICIAL USE)"
    rb"[A-Z0-9 ./-]{0,80}\r?\n"
)
_NAME = pattern(r"(?:^|[/\\])([0-9]{2,4}[A-Z][A-Z0-9]{1,60})(?:\.[A-Za-z]{2,4}){0,3}$")
_MARKDOWN = (".md", ".qmd", ".markdown")


class PdfText(PageFormat):
    """A telegram as plain text."""

    name = "pdf-text"
    label = "text of a WikiLeaks PDF"
    repository = CABLEGATE

    def matches(self, path: str, head: bytes) -> bool:
        """Recognize a file by a header at its very start, or by its name if the text is a body."""
        return bool(_FIRST.match(head) or (self.named(path) and _BODY.match(head)))

    def symbols(self, path: str) -> telegrams.Telegrams:
        """Return the transmission headers as symbols.

        In a file named like a telegram, they may be quotations.
        """
        return telegrams.Telegrams(telegrams.NAMED if self.named(path) else "")

    def named(self, path: str) -> str:
        """Return the reference ID in a file's name, or an empty string."""
        name_match = _NAME.search(path)
        return name_match[1] if name_match else file_names.id_in(path)

    def at(self, record: bytes, location: Location) -> RawCable:
        """Implement `Format.at`."""
        text_and_notes = own_notes.Notes(clean_text(decode(record)), ())
        if location.path.lower().endswith(_MARKDOWN):
            text_and_notes = own_notes.without_notes(text_and_notes.text)
        telegram_text = split_header.links_joined(text_and_notes.text)
        header, body = split_header.after_addressees(telegram_text.strip("\n"))
        given_id = "" if location.offset else self.named(location.path)
        reference_id = given_id or split_header.id_in(header, body)
        if not reference_id:
            raise BrokenRecord("no reference ID in the file name or in the text")
        body, anchors = split_header.without_signs(body)
        return RawCable(
            reference_id=reference_id,
            created="",
            released="",
            classification=split_header.classification_in(body),
            origin=origin_of(reference_id, ""),
            title="",
            header=header,
            body=body,
            format=self.name,
            location=location,
            anchors=anchors or None,
            remarks=(
                *text_and_notes.remarks,
                *_piece(location.path),
                *split_header.repairs(header, body),
            ),
        )


def _piece(path: str) -> tuple[tuple[str, str], ...]:
    """Return the remark on a text that is only a part, according to its file name."""
    part_name = file_names.piece_in(path)
    piece_remark = f"{part_name}, judging by its file name; text in other files is not added to it"
    return (("Parts of the text", piece_remark),) if part_name else ()


PDF_TEXT = PdfText()
