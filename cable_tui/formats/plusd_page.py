"""Pages of PlusD as a browser saves them: a table of facts, then the text, tagged and raw.

Such a page has a long key block first and is foreign HTML; it is not parsed as a tree: the table is
found by its id, its cells and the texts by linear searches.
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
"""Words in the ids of a page's parts, the best first: the raw text has no links of the site."""


class PlusdPage(PageFormat):
    """`plusd/cables/09CASABLANCA27_a.html`, saved."""

    name = "plusd-page"
    label = "HTML page of WikiLeaks PlusD"
    repository = PLUSD

    def matches(self, path: str, head: bytes) -> bool:  # noqa: ARG002 - any name will do
        """Recognise a file by its table of facts."""
        return bool(_TABLE.search(head)) and not IN_A_TABLE.match(head)

    def further(self, data: bytes, start: int, after: int) -> Iterator[Start]:  # noqa: ARG002
        """Yield starts at the document that holds a table of facts, or at the table."""
        return signs.documents_behind(data, after, self.name, "a second table of facts")

    def at(self, record: bytes, location: Location) -> RawCable:
        """Implement `Format.at`."""
        data = as_utf8(record)
        table = _TABLE.search(data)
        if table is None:
            raise BrokenRecord("the page is cut off before its table of facts")
        text = decode(data[table.end() :])
        table_end = text.find("</table>")
        if table_end < 0:
            raise BrokenRecord("the page is cut off inside its table", line_of(data, table.end()))
        try:
            text_after_facts, cut_off = _ended(text[table_end:])
            facts = {**_facts(text[: min(table_end, _LONGEST_TABLE)]), **_texts(text_after_facts)}
            raw = table_record.cable(facts, self.name, location, "day first")
            raw = raw if raw.body.strip() else table_record.without_text(raw, facts)
            return replace(raw, cut_off=True) if cut_off else raw
        except BrokenRecord as broken:
            raise BrokenRecord(str(broken), line_of(data, table.start())) from None


def _facts(table: str) -> dict[str, str]:
    """Return each value by its key; the text before the first key is the title."""
    cells = list(behind_each(_CELL, table))
    if not cells:
        return {}
    facts = {"title": one_line(MARKUP.sub(" ", table[: cells[0][0].start()]))}
    fact_name = ""
    for cell, markup in cells:
        words = one_line(MARKUP.sub(" ", markup))
        if cell[1] == "key":
            fact_name = key(words)
        elif fact_name:
            # The page shows long values cut; its tooltip has them whole.
            whole_value = _WHOLE_VALUE.search(cell[2])
            facts.setdefault(
                fact_name, entities(whole_value[1] or whole_value[2]) if whole_value else words
            )
    return facts


def _ended(rest: str) -> tuple[str, bool]:
    """Add missing end tags to the texts. Return them, and whether the page is cut off in one."""
    if rest.rfind("<pre") > rest.rfind("</pre>"):
        return f"{CUT_TAG.sub('', rest)}</pre></div>", True
    parts = [*_PANE.finditer(rest), *_PART.finditer(rest)]
    last_part = max((part.start() for part in parts), default=len(rest))
    if last_part < len(rest) and not _DIVISION_END.search(rest, last_part):
        return f"{CUT_TAG.sub('', rest)}</div>", True
    return rest, False


def _texts(rest: str) -> dict[str, str]:
    """Return the texts of the page by their panes; for a page without panes, its one text."""
    text_by_pane: dict[str, str] = {}
    for pane, markup in behind_each(_PANE, rest):
        if (pane_name := key(pane["name"])) in _PANES:
            text_by_pane.setdefault(pane_name, _pane(markup))
    return text_by_pane or {"rawcontent": _text(rest)}


def _pane(markup: str) -> str:
    """Read the text of a pane, which ends with its `<pre>` or the divisions that it opened."""
    block = _BLOCK.search(markup)
    end = markup.find("</pre>", block.end()) if block else markup.find("</div>")
    if end < 0:
        raise BrokenRecord("the page is cut off inside its text")
    return _plain(markup[block.end() if block else 0 : end])


def _text(rest: str) -> str:
    """Return the text of the page.

    It is that of the raw part, or of the first part with a text.

    A page that is whole and has none is one of facts only.
    """
    blocks = _blocks(rest) or _divisions(rest)
    if not blocks and "</html" not in rest.lower():
        raise BrokenRecord("the page has no text and no end")
    return min(blocks)[-1] if blocks else ""


def _divisions(rest: str) -> list[tuple[int, int, str]]:
    """Find texts as `_blocks` does, in a part of the page without a `<pre>`."""
    division_spans: list[tuple[int, int, str]] = []
    for part, markup in behind_each(_PART, rest):
        text = _plain(markup.partition(">")[2])
        if _rank(part[1]) < len(_PREFERRED) and "\n" in text.strip():
            division_spans.append((_rank(part[1]), len(division_spans), text))
    return division_spans


def _blocks(rest: str) -> list[tuple[int, int, str]]:
    """Return the `<pre>` blocks that are not empty: rank, position and text."""
    parts = list(_PART.finditer(rest))
    texts: list[tuple[int, int, str]] = []
    part_index = 0
    searched_to = 0
    while block := _BLOCK.search(rest, searched_to):
        end = rest.find("</pre>", block.end())
        if end < 0:
            raise BrokenRecord("the page is cut off inside its text")
        while part_index + 1 < len(parts) and parts[part_index + 1].start() < block.start():
            part_index += 1
        text = _plain(rest[block.end() : end])
        name = parts[part_index][1] if parts and parts[part_index].start() < block.start() else ""
        if text.strip():
            texts.append((_rank(name), len(texts), text))
        searched_to = end
    return texts


def _rank(name: str) -> int:
    ranks = (rank for rank, word in enumerate(_PREFERRED) if word in name.lower())
    return next(ranks, len(_PREFERRED))


def _plain(markup: str) -> str:
    return entities(MARKUP.sub("", _BREAK.sub("\n", markup)))


FORMAT = PlusdPage()
