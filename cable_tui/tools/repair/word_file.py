"""Write changes into a Word file as tracked changes, and doubts as comments.

Only the text around a change is edited; all other parts of the file keep their bytes.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cable_tui.base.pattern import pattern
from cable_tui.tools.repair.packed_file import PackedFile, Replacement
from cable_tui.tools.repair.places import BlockText, Letters, within
from cable_tui.tools.repair.quoted_words import Unsure

AUTHOR = "cable-tui"
_BODY, _NOTES = "word/document.xml", ("word/footnotes.xml", "word/endnotes.xml")
_COMMENTS, _TYPES, _RELATIONS = (
    "word/comments.xml",
    "[Content_Types].xml",
    "word/_rels/document.xml.rels",
)
_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_COMMENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_COMMENT_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_ELEMENT = pattern(r"<(?P<end>/)?w:(?P<name>r|t|ins|del|moveTo|moveFrom)(?P<more>\s[^<>]*)?>")
_LOOK = pattern(r"\s*(?P<look><w:rPr>.{0,4000}?</w:rPr>|<w:rPr/>)?", re.DOTALL)
_ID = pattern(r"\bw:id=\"(\d{1,9})\"")
_TRACKED = ("ins", "del", "moveTo", "moveFrom")


class _Text(NamedTuple):
    """A text in a run: its span in the XML, and the tags for continuing the run after a change."""

    start: int
    end: int
    tag: int
    """The offset of the text's start tag."""
    run: str
    """The start tag of the run, and its formatting."""
    look: str
    is_tracked: bool


def _texts(xml: str) -> Iterator[_Text]:
    run, look, tracked, tag = "", "", 0, 0
    start: int | None = None
    for match in _ELEMENT.finditer(xml):
        name, is_end = match["name"], match["end"] is not None
        if (match["more"] or "").endswith("/"):
            continue
        if name in _TRACKED:
            tracked += -1 if is_end else 1
        elif name == "r" and not is_end:
            found = _LOOK.match(xml, match.end())
            look = (found["look"] or "") if found else ""
            run = match[0] + look
        elif name == "t" and not is_end:
            start, tag = match.end(), match.start()
        elif name == "t" and start is not None:
            yield _Text(start, match.start(), tag, run, look, tracked > 0)
            start = None


class WordFile(PackedFile):
    """A Word file in which single words can be changed."""

    def __init__(self, data: bytes, moment: str) -> None:
        super().__init__(data, (_BODY, *_NOTES))
        self._moment = moment
        self._texts = {part: list(_texts(xml)) for part, xml in self.xml.items()}
        self._letters = {
            part: Letters(each for text in texts for each in within(self.xml[part], *text[:2]))
            for part, texts in self._texts.items()
        }
        self._number = max(
            (int(number) for xml in self.xml.values() for number in _ID.findall(xml)), default=0
        )
        self._comments: list[str] = []

    def replacements(self, block: BlockText, start: int, end: int, new: str) -> list[Replacement]:
        """Return the replacements in the file for a change to a block's text. Raises `Unsure`."""
        for part in _NOTES if block.is_note else (_BODY,):
            if part in self._letters:
                try:
                    raw_start, raw_end = self._letters[part].span(block, start, end)
                except Unsure:
                    continue
                return [*self._tracked(part, raw_start, raw_end, new)]
        raise Unsure("its position in the file is unclear")

    def _tracked(self, part: str, start: int, end: int, new: str) -> Iterator[Replacement]:
        xml = self.xml[part]
        touched = [each for each in self._texts[part] if each.start < end and start < each.end]
        if start == end:
            touched = [each for each in self._texts[part] if each.start <= start <= each.end][:1]
        if not touched or any(each.is_tracked for each in touched):
            raise Unsure("the words are already a tracked change")
        for each in touched:
            low, high = max(start, each.start), min(end, each.end)
            pieces = ["</w:t></w:r>"]
            if low < high:
                words = f'<w:delText xml:space="preserve">{xml[low:high]}</w:delText>'
                pieces.append(f"<w:del {self._signed()}><w:r>{each.look}{words}</w:r></w:del>")
            if new and each is touched[-1]:
                words = f'<w:t xml:space="preserve">{html.escape(new, quote=False)}</w:t>'
                pieces.append(f"<w:ins {self._signed()}><w:r>{each.look}{words}</w:r></w:ins>")
            pieces.append(f'{each.run}<w:t xml:space="preserve">')
            yield part, each.tag, each.start, '<w:t xml:space="preserve">'
            yield part, low, high, "".join(pieces)

    def _signed(self) -> str:
        self._number += 1
        return f'w:id="{self._number}" w:author="{AUTHOR}" w:date="{self._moment}"'

    def comment(self, block: BlockText, start: int, end: int, words: str) -> None:
        """Add a comment at the end of the paragraph with the given words. Raises `Unsure`."""
        if _TYPES not in self or _RELATIONS not in self:
            return
        place = self.xml[_BODY].find("</w:p>", self._letters[_BODY].span(block, start, end)[1])
        if place < 0:
            return
        signed = self._signed()
        number = f'w:id="{self._number}"'
        mark = f"<w:r><w:commentReference {number}/></w:r>"
        self.remarks.append((_BODY, place, place, mark))
        escaped = html.escape(words, quote=False)
        self._comments.append(
            f'<w:comment {signed} w:initials="ct"><w:p><w:r><w:t>{escaped}</w:t></w:r></w:p>'
            "</w:comment>"
        )

    def written(self, replacements: Sequence[Replacement]) -> bytes:
        """Return the bytes of the file with these changes and all comments."""
        parts = self.changed(replacements)
        if self._comments:
            added = "".join(self._comments)
            if _COMMENTS in self:
                known = self.part(_COMMENTS)
                parts[_COMMENTS] = known.replace("</w:comments>", f"{added}</w:comments>")
            else:
                parts[_COMMENTS] = (
                    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
                    f'<w:comments xmlns:w="{_NAMESPACE}">{added}</w:comments>'
                )
                parts[_TYPES] = self.part(_TYPES).replace(
                    "</Types>",
                    f'<Override PartName="/{_COMMENTS}" ContentType="{_COMMENT_TYPE}"/></Types>',
                )
                link = f'Id="rIdCableTui" Type="{_COMMENT_LINK}" Target="comments.xml"'
                parts[_RELATIONS] = re.sub(
                    r"</Relationships>|/>\s*$",
                    lambda match: (
                        f"<Relationship {link}/></Relationships>"
                        if match[0].startswith("</")
                        else f"><Relationship {link}/></Relationships>"
                    ),
                    self.part(_RELATIONS),
                )
        return self.packed(parts)
