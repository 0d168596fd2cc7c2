"""Saved pages of PlusD: a table of facts, then the text in tagged and raw form.

The HTML is foreign and begins with a long key block, so it is not parsed as a tree: the table is
found by its ID, and its cells and the texts by linear searches.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cable_tui.base.cable import PLUSD, Location, RawCable
from cable_tui.base.pattern import pattern
from cable_tui.base.value import replace
from cable_tui.formats.base import BrokenRecord, PageFormat, Start, line_of
from cable_tui.formats.encodings import as_utf8, decode
from cable_tui.formats.html_page import (
    CUT_TAG,
    IN_A_TABLE,
    MARKUP,
    behind_each,
    entities,
    one_line,
)
from cable_tui.formats.pages import signs
from cable_tui.formats.tables import table_record
from cable_tui.formats.tables.aliases import key

_TABLE = pattern(rb"""<table[^<>]{0,200}?\bid=["']?synopsis\b[^<>]{0,200}>""")
_LONGEST_TABLE = 1 << 18
_CELL = pattern(
    r"""<div[^<>]{0,100}?\bclass=["']?s_(key|val)\b"""
    r"""((?:["']?(?:\s{1,9}[a-z-]{1,20}=(?:"[^"]{0,8000}"|'[^']{0,8000}')){0,9}\s{0,9})|[^<>]{0,200})>"""
)
_WHOLE_VALUE = pattern(r"""\btitle=(?:"([^"]{1,8000})"|'([^']{1,8000})')""")
_PANE = pattern(
    r"""<div[^<>]{0,100}?\bclass=["']?pane-header\b[^<>]{0,200}>(?P<name>[^<>]{1,80})</div>\s{0,80}"""
    r"""<div[^<>]{0,100}?\bclass=["']?text-content\b[^<>]{0,200}>"""
)
_PANES = frozenset(("rawcontent", "content", "metadata"))
_PART = pattern(r"""\bid=["']?(\w[\w-]{0,40})["']?""")
_BLOCK = pattern(r"<pre(?: [^<>]{0,200})?>")
_BREAK = pattern(r"<br ?/?>\n?|</p>")
_DIVISION_END = pattern(r"</(?:div|pre|body|html)\b", re.IGNORECASE)
_PREFERRED = ("raw", "content", "text", "tagged")
"""Words in the IDs of a page's parts, best first; raw text contains no links from the site."""


class PlusdPage(PageFormat):
    """A saved page such as `plusd/cables/09CASABLANCA27_a.html`."""

    name = "plusd-page"
    label = "HTML page of WikiLeaks PlusD"
    repository = PLUSD

    def matches(self, path: str, head: bytes) -> bool:  # noqa: ARG002 - any name will do
        """Recognize a file by its table of facts."""
        return bool(_TABLE.search(head)) and not IN_A_TABLE.match(head)

    def further(self, data: bytes, start: int, after: int) -> Iterator[Start]:  # noqa: ARG002
        """Yield starts of the document around a table of facts, or of the table."""
        return signs.documents_behind(data, after, self.name, "a second table of metadata")

    def at(self, record: bytes, location: Location) -> RawCable:
        """Implement `Format.at`."""
        page_bytes = as_utf8(record)
        table = _TABLE.search(page_bytes)
        if table is None:
            raise BrokenRecord("the page is cut off before its table of metadata")
        page_text = decode(page_bytes[table.end() :])
        table_end = page_text.find("</table>")
        if table_end < 0:
            raise BrokenRecord(
                "the page is cut off inside its table", line_of(page_bytes, table.end())
            )
        try:
            text_section, cut_off = _ended(page_text[table_end:])
            facts = {**_facts(page_text[: min(table_end, _LONGEST_TABLE)]), **_texts(text_section)}
            raw = table_record.cable(facts, self.name, location, "day first")
            raw = raw if raw.body.strip() else table_record.without_text(raw, facts)
            return replace(raw, cut_off=True) if cut_off else raw
        except BrokenRecord as broken:
            raise BrokenRecord(str(broken), line_of(page_bytes, table.start())) from None


def _facts(table: str) -> dict[str, str]:
    """Return each value by its label; the text before the first label is the title."""
    cells = list(behind_each(_CELL, table))
    if not cells:
        return {}
    facts = {"title": one_line(MARKUP.sub(" ", table[: cells[0][0].start()]))}
    fact_key = ""
    for cell, markup in cells:
        cell_text = one_line(MARKUP.sub(" ", markup))
        if cell[1] == "key":
            fact_key = key(cell_text)
        elif fact_key:
            # The page shows long values cut; its tooltip has them whole.
            whole_value = _WHOLE_VALUE.search(cell[2])
            facts.setdefault(
                fact_key, entities(whole_value[1] or whole_value[2]) if whole_value else cell_text
            )
    return facts


def _ended(text_section: str) -> tuple[str, bool]:
    """Return the texts with missing end tags added, and whether the page is cut off in a text."""
    if text_section.rfind("<pre") > text_section.rfind("</pre>"):
        return f"{CUT_TAG.sub('', text_section)}</pre></div>", True
    part_matches = [*_PANE.finditer(text_section), *_PART.finditer(text_section)]
    last_part_start = max(
        (part_match.start() for part_match in part_matches), default=len(text_section)
    )
    if last_part_start < len(text_section) and not _DIVISION_END.search(
        text_section, last_part_start
    ):
        return f"{CUT_TAG.sub('', text_section)}</div>", True
    return text_section, False


def _texts(text_section: str) -> dict[str, str]:
    """Return the texts of the page by pane, or the only text of a page without panes."""
    text_by_pane: dict[str, str] = {}
    for pane, markup in behind_each(_PANE, text_section):
        if (pane_name := key(pane["name"])) in _PANES:
            text_by_pane.setdefault(pane_name, _pane(markup))
    return text_by_pane or {"rawcontent": _text(text_section)}


def _pane(markup: str) -> str:
    """Return the text of a pane, which ends with its `<pre>` block or its divisions."""
    block_match = _BLOCK.search(markup)
    block_end = markup.find("</pre>", block_match.end()) if block_match else markup.find("</div>")
    if block_end < 0:
        raise BrokenRecord("the page is cut off inside its text")
    return _plain(markup[block_match.end() if block_match else 0 : block_end])


def _text(text_section: str) -> str:
    """Return the text of a page without panes.

    This is the raw part, or the first part with a text. A complete page without a text is a page of
    facts only.
    """
    ranked_texts = _blocks(text_section) or _divisions(text_section)
    if not ranked_texts and "</html" not in text_section.lower():
        raise BrokenRecord("the page has no text and no end")
    return min(ranked_texts)[-1] if ranked_texts else ""


def _divisions(text_section: str) -> list[tuple[int, int, str]]:
    """Return texts in the form of `_blocks`, for a part of the page without a `<pre>` block."""
    ranked_texts: list[tuple[int, int, str]] = []
    for part_match, markup in behind_each(_PART, text_section):
        part_text = _plain(markup.partition(">")[2])
        if _rank(part_match[1]) < len(_PREFERRED) and "\n" in part_text.strip():
            ranked_texts.append((_rank(part_match[1]), len(ranked_texts), part_text))
    return ranked_texts


def _blocks(text_section: str) -> list[tuple[int, int, str]]:
    """Return the rank, position and text of each `<pre>` block that is not empty."""
    part_matches = list(_PART.finditer(text_section))
    ranked_texts: list[tuple[int, int, str]] = []
    part_index = 0
    search_start = 0
    while block_match := _BLOCK.search(text_section, search_start):
        block_end = text_section.find("</pre>", block_match.end())
        if block_end < 0:
            raise BrokenRecord("the page is cut off inside its text")
        while (
            part_index + 1 < len(part_matches)
            and part_matches[part_index + 1].start() < block_match.start()
        ):
            part_index += 1
        block_text = _plain(text_section[block_match.end() : block_end])
        part_name = (
            part_matches[part_index][1]
            if part_matches and part_matches[part_index].start() < block_match.start()
            else ""
        )
        if block_text.strip():
            ranked_texts.append((_rank(part_name), len(ranked_texts), block_text))
        search_start = block_end
    return ranked_texts


def _rank(part_name: str) -> int:
    matching_ranks = (
        rank
        for rank, preferred_word in enumerate(_PREFERRED)
        if preferred_word in part_name.lower()
    )
    return next(matching_ranks, len(_PREFERRED))


def _plain(markup: str) -> str:
    return entities(MARKUP.sub("", _BREAK.sub("\n", markup)))


FORMAT = PlusdPage()
