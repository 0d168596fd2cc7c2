"""Text taken out of the site's PDFs: header and body, and nothing else; the file's name is the id.

Such files have Windows line ends, their `¶` are mostly single bytes, and `C O N F I D E N T I A L`
has lost its blanks. Facts are read from the two texts.
"""

from __future__ import annotations

from cable_tui.cable import CABLEGATE, Place, RawCable
from cable_tui.formats.archive_fields import origin_of
from cable_tui.formats.base import BrokenRecord, PageFormat
from cable_tui.formats.encodings import decode
from cable_tui.formats.pages import telegrams
from cable_tui.formats.split_header import after_addressees, classification_in, without_signs
from cable_tui.pattern import pattern
from cable_tui.telegram import ids, times
from cable_tui.text import clean_text

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
_NUMBERED = pattern(r"([A-Z][A-Z .'-]{1,24}?) {1,8}([0-9]{3,8})$")
_SECTION = pattern(r" SECTION ?[0-9]{1,2} {1,2}OF {1,2}[0-9]{1,2}(?= )")
_CLASS_WORD = pattern(
    r"(?:S ?E ?C ?R ?E ?T|C ?O ?N ?F ?I ?D ?E ?N ?T ?I ?A ?L|UNCLAS(?:SIFIED)?"
    r"|LIMITED OFFICIAL USE)(?://[A-Z ]{1,30}?)? {1,4}"
)


class PdfText(PageFormat):
    """A telegram as bare text."""

    name = "pdf-text"
    label = "text of a PDF of the site"
    repository = CABLEGATE

    def matches(self, path: str, head: bytes) -> bool:
        """By a header at the very top; or by the name, if the text is a body alone."""
        return bool(_FIRST.match(head) or (_NAME.search(path) and _BODY.match(head)))

    def marks(self, path: str) -> telegrams.Telegrams:
        """Transmission headers: in a file that is named like a telegram they may be quoted."""
        return telegrams.Telegrams(telegrams.NAMED if _NAME.search(path) else "")

    def at(self, record: bytes, place: Place) -> RawCable:
        """As in `Format`."""
        header, body = after_addressees(clean_text(decode(record)).strip("\n"))
        named = None if place.offset else _NAME.search(place.path)
        reference_id = named[1] if named else _numbered(header, body)
        if not reference_id:
            raise BrokenRecord("no reference ID in the file's name, nor in its texts")
        body, anchors = without_signs(body)
        return RawCable(
            reference_id=reference_id,
            created="",
            released="",
            classification=classification_in(body),
            origin=origin_of(reference_id, ""),
            title="",
            header=header,
            body=body,
            format=self.name,
            place=place,
            anchors=anchors or None,
        )


def _numbered(header: str, body: str) -> str:
    """The id by the body's first line and the year of the header's time; or empty."""
    line = _SECTION.sub("", body.partition("\n")[0][:200].strip())
    opening = _CLASS_WORD.match(line)
    found = _NUMBERED.fullmatch(line, opening.end()) if opening else None
    sent = times.group(header)
    if found is None or sent is None:
        return ""
    named = ids.reference_in(f"{sent.day.year} {found[1]} {found[2]}")
    return named[0] if named else ""


FORMAT = PdfText()
