"""Write changes into a LibreOffice document as tracked changes, and doubts as comments."""

from __future__ import annotations

import html
from collections.abc import Sequence

from cable_tui.base.pattern import pattern
from cable_tui.formats.office.blocks import DocumentError
from cable_tui.tools.repair.packed_file import PackedFile, Replacement
from cable_tui.tools.repair.places import BlockText, Letters, between_tags
from cable_tui.tools.repair.word_file import AUTHOR

_BODY = "content.xml"
_START = pattern(r"<office:text(?:\s[^<>]{0,4000})?>(?:<office:forms[^<>]{0,4000}/>)?")
_CHANGES_END = "</text:tracked-changes>"
_DUBLIN_CORE = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'
_TAG = pattern(r"<[^<>]{0,4000}>")


class LibreOfficeFile(PackedFile):
    """A LibreOffice document in which single words can be changed."""

    def __init__(self, data: bytes, moment: str) -> None:
        super().__init__(data, (_BODY,))
        self._moment = moment
        if _START.search(self.xml[_BODY]) is None:
            raise DocumentError("its XML has an unknown form, so it cannot be repaired")
        self._letters = Letters(between_tags(self.xml[_BODY]))
        self._regions: dict[str, str] = {}

    def replacements(self, block: BlockText, start: int, end: int, new: str) -> list[Replacement]:
        """Return the replacements in the file for a change to a block's text. Raises `Unsure`."""
        raw_start, raw_end = self._letters.span(block, start, end)
        old = self.xml[_BODY][raw_start:raw_end]
        found: list[Replacement] = []
        at = raw_start
        edges = [
            (raw_start + match.start(), raw_start + match.end()) for match in _TAG.finditer(old)
        ]
        for tag_start, tag_end in (*edges, (raw_end, raw_end)):
            if tag_start > at:
                removed = self.xml[_BODY][at:tag_start]
                name = self._region("deletion", f"<text:p>{removed}</text:p>")
                found.append((_BODY, at, tag_start, f'<text:change text:change-id="{name}"/>'))
            at = tag_end
        if new:
            name = self._region("insertion", "")
            added = (
                f'<text:change-start text:change-id="{name}"/>{html.escape(new, quote=False)}'
                f'<text:change-end text:change-id="{name}"/>'
            )
            if found:
                part, start, end, mark = found.pop()
                found.append((part, start, end, mark + added))
            else:
                found.append((_BODY, raw_start, raw_start, added))
        return found

    def _region(self, kind: str, content: str) -> str:
        name = f"cabletui{len(self._regions) + 1}"
        self._regions[name] = (
            f'<text:changed-region xml:id="{name}" text:id="{name}"><text:{kind}>'
            f"<office:change-info {_DUBLIN_CORE}>{self._signature()}</office:change-info>"
            f"{content}</text:{kind}></text:changed-region>"
        )
        return name

    def _signature(self) -> str:
        return f"<dc:creator>{AUTHOR}</dc:creator><dc:date>{self._moment}</dc:date>"

    def comment(self, block: BlockText, start: int, end: int, words: str) -> None:
        """Add a comment before the given words. Raises `Unsure`."""
        place, _ = self._letters.span(block, start, end)
        escaped = html.escape(words, quote=False)
        remark = f"{self._signature()}<text:p>{escaped}</text:p>"
        remark = f"<office:annotation {_DUBLIN_CORE}>{remark}</office:annotation>"
        self.remarks.append((_BODY, place, place, remark))

    def written(self, replacements: Sequence[Replacement]) -> bytes:
        """Return the bytes of the file with these changes and all comments."""
        parts = self.changed(replacements)
        if _BODY not in parts:
            return self.packed(parts)
        xml = parts[_BODY]
        regions = "".join(text for name, text in self._regions.items() if f'"{name}"' in xml)
        if regions and _CHANGES_END in xml:
            xml = xml.replace(_CHANGES_END, regions + _CHANGES_END, 1)
        elif regions and (start := _START.search(xml)):
            tracked = f"<text:tracked-changes>{regions}{_CHANGES_END}"
            xml = f"{xml[: start.end()]}{tracked}{xml[start.end() :]}"
        return self.packed({**parts, _BODY: xml})
