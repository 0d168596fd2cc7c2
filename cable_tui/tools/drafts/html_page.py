"""Read drafts in HTML: paragraphs, `<q>` and `<blockquote>`, links, and notes by their anchors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from html.parser import HTMLParser
from typing import NamedTuple

from cable_tui.base.pattern import pattern
from cable_tui.formats.office.blocks import BlockBuilder, TextBlock, TextDocument
from cable_tui.formats.office.styles import BOTH_SIDES, is_quotation_class, millimetres
from cable_tui.tools.drafts.plain_text import ATTRIBUTION

_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol p pre section "
    "summary table tbody td tfoot th thead tr ul".split()
)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_UNSEEN = frozenset(("script", "style", "template", "svg", "noscript", "title", "del"))
_NO_TEXT = frozenset(("script", "style", "title"))
"""Elements that are not part of the page's text; they are reported only if their end is missing."""
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_NOTE_SIGN = pattern(r"[\s\[(]{0,3}(?:\d{1,4}|[*†‡§]{1,3}|[ivxlc]{1,6}|[a-z])[\])\s.]{0,3}")
"""A pattern for a reference to a note."""
_SAYS_SOMETHING = pattern(r"\s{0,20}(?!\[(?:if|endif)\b)[^\w>]{0,40}\w")
"""A pattern for a comment that contains words, unlike `[if gte mso 9]`."""
_BLANKS = pattern(r"[ \t\n\r\f]+")
_MARGIN = pattern(r"(?i)margin-(?P<side>left|right)\s{0,9}:(?P<length>[^;]{1,40})")
_AROUND = 30
"""The maximum number of elements around a block to search for a heading or a note."""


def read(text: str) -> TextDocument:
    """Read an HTML page as a draft."""
    text, left_out_parts = _without_comments(text)
    # Python's parser fails at a marked section that it does not know; browsers skip it.
    text = text.replace("<![", "<! ")
    # Python's parser would look for the end of each tag that has none, up to the end of the page.
    end_of_tags = text.rfind(">") + 1
    html_reader = _Reader()
    html_reader.feed(text[:end_of_tags] + text[end_of_tags:].replace("<", "&lt;"))
    html_reader.close()
    left_out_parts += html_reader.left_out()
    html_reader.end_block()
    return TextDocument("HTML", "paragraph", tuple(html_reader.blocks), left_out_parts)


def _without_comments(text: str) -> tuple[str, tuple[str, ...]]:
    """Return the page without its comments, and remarks on the comments.

    An unclosed comment extends to the end of the page. Conditional content for other programs
    contains no words of the writer.
    """
    text_pieces: list[str] = []
    text_offset = 0
    has_comments = False
    while (comment_start := text.find("<!--", text_offset)) >= 0:
        text_pieces.append(text[text_offset:comment_start])
        comment_end = text.find("-->", comment_start + 4)
        if comment_end < 0:
            return "".join(text_pieces), ("text after a comment that is never closed",)
        has_comments = (
            has_comments or _SAYS_SOMETHING.match(text, comment_start + 4, comment_end) is not None
        )
        text_offset = comment_end + 3
    return "".join([*text_pieces, text[text_offset:]]), ("its comments",) if has_comments else ()


def _is_apart(attributes: Mapping[str, str | None]) -> bool:
    """Return whether a paragraph is styled as a quotation by a program without `<blockquote>`."""
    if is_quotation_class(attributes.get("class") or ""):
        return True
    margin_by_side = {
        match["side"].lower(): millimetres(match["length"]) or 0.0
        for match in _MARGIN.finditer(attributes.get("style") or "")
    }
    return min(margin_by_side.get("left", 0.0), margin_by_side.get("right", 0.0)) >= BOTH_SIDES


def _ordinal(number: int) -> str:
    is_teen = 10 < number % 100 < 20
    return f"{number}{'th' if is_teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


class _Element(NamedTuple):
    """An open HTML element."""

    tag: str
    note: str
    """The name of the note that begins with the element, or an empty string."""
    quotes: bool
    """Whether text in the element is part of a block quotation."""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[TextBlock] = []
        self._builder = BlockBuilder()
        self._number = 0
        self._heading = ""
        self._open: list[_Element] = []
        """The open elements around the current position."""
        self._count: Counter[str] = Counter()
        """The number of open elements by tag."""
        self._unseen = 0
        self._unseen_from = 0
        """The index in `_open` of the outermost hidden element."""
        self._quoted = 0
        self._is_apart = False
        """Whether the paragraph looks like a quotation."""
        self._sources = 0
        """The number of open elements within a quotation that give its source."""
        self._notes: dict[str, str] = {}
        """The names of notes by their anchors."""
        self._numbered: Counter[str] = Counter()
        """The number of notes with each number; many pages restart the numbers in each chapter."""
        self._anchors: set[str] = set()
        """The anchors seen so far; links to them lead back from a note."""
        self._hidden: dict[int, tuple[str, int]] = {}
        """The elements with omitted words, with their paragraph numbers, by index in `_open`."""
        self._left: dict[str, None] = {}
        self._anchor: str | None = None
        self._linked: list[str] = []
        self._note_here = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Handle the start of an element."""
        attributes = dict(attrs)
        if tag in _BLOCKS:
            self.end_block()
            self._is_apart = False
        if tag == "br":
            self._add("\n")
        if tag in _VOID:
            return
        anchor = attributes.get("id") or attributes.get("name") or ""
        note_name = self._notes.get(anchor, "")
        if anchor:
            self._anchors.add(anchor)
        if tag == "a":
            self._end_link()
            if note_name:  # as programs write it that set the anchor within the note
                self._note_here = note_name
            self._anchor = None if self._unseen else attributes.get("href")
            self._linked = []
        # It encloses all that follows, up to its end.
        opens_quotation = tag == "blockquote" or (
            tag == "div" and is_quotation_class(attributes.get("class") or "")
        )
        self._open.append(_Element(tag, note_name if tag != "a" else "", opens_quotation))
        self._count[tag] += 1
        if tag in _UNSEEN:
            self._unseen_from = self._unseen_from if self._unseen else len(self._open) - 1
            self._unseen += 1
        self._quoted += opens_quotation
        if tag == "p":
            self._is_apart = _is_apart(attributes)
        self._sources += tag in ("cite", "footer") and self._quoted > 0
        if tag in ("cite", "footer") and self._quoted:
            self.end_block(source=False)
        if tag == "q" and not self._unseen:
            self._end_link()
            self._builder.open_quotation()

    def handle_endtag(self, tag: str) -> None:
        """Handle the end of an element, and close unclosed elements within it."""
        if tag == "a":
            self._end_link()
        if not self._count[tag]:
            return
        if tag in _BLOCKS or (tag == "cite" and self._quoted):
            self.end_block()
        if tag in _BLOCKS:
            self._is_apart = False
        while self._open:
            element = self._open.pop()
            self._name_hidden(len(self._open), is_closed=element.tag == tag)
            self._count[element.tag] -= 1
            self._unseen -= element.tag in _UNSEEN
            self._sources -= element.tag in ("cite", "footer") and self._quoted > 0
            self._quoted -= element.quotes
            if element.tag == "q" and not self._unseen:
                self._builder.close_quotation()
            if element.tag == tag:
                break

    def handle_data(self, data: str) -> None:
        """Add text with its line breaks turned into spaces."""
        self._add(data if self._count["pre"] else _BLANKS.sub(" ", data))

    def _add(self, text_data: str) -> None:
        if self._unseen:
            if text_data.strip():
                self._hide()
        elif self._anchor is not None:
            self._linked.append(text_data)
        else:
            self._builder.add(text_data)

    def _hide(self) -> None:
        """Record the element whose words are left out."""
        if self._unseen:
            self._hidden.setdefault(
                self._unseen_from, (self._open[self._unseen_from].tag, self._number + 1)
            )

    def _name_hidden(self, index: int, *, is_closed: bool) -> None:
        tag, hidden_number = self._hidden.pop(index, ("", 0))
        if tag and not is_closed:
            self._left[f"a <{tag}> that is not closed, from paragraph {hidden_number} on"] = None
        elif tag and tag not in _NO_TEXT:
            self._left[f"a <{tag}>, at paragraph {hidden_number}"] = None

    def left_out(self) -> tuple[str, ...]:
        """Return the parts of the page that were not read, at the end of the page."""
        if self.rawdata.strip():  # Python's parser keeps what follows an open script
            self._hide()
        for index in list(self._hidden):
            self._name_hidden(index, is_closed=False)
        return tuple(self._left)

    def _end_link(self) -> None:
        """End the words of a link, or of a reference to a note."""
        address, link_words = self._anchor, "".join(self._linked)
        self._anchor, self._linked = None, []
        if address is None:
            return
        anchor_name = address[1:] if address.startswith("#") else ""
        if anchor_name in self._anchors and not any(map(str.isalnum, link_words)):
            return  # an arrow that leads back to the reference to a note
        if anchor_name and not self._count["nav"] and _NOTE_SIGN.fullmatch(link_words):
            if self._builder.is_empty and (self._note_around() or anchor_name in self._anchors):
                return  # the number of a note, which leads back to its reference
            if anchor_name in self._notes or anchor_name not in self._anchors:
                self._builder.refer_to(self._note(anchor_name, link_words))
                return
        self._builder.link(address)
        self._builder.add(link_words)

    def _note(self, anchor_name: str, reference_words: str) -> str:
        """Return a unique name for the note of an anchor."""
        if anchor_name not in self._notes:
            note_name = f"note {reference_words.strip(' []().') or len(self._notes) + 1}"
            self._numbered[note_name] += 1
            note_number = self._numbered[note_name]
            self._notes[anchor_name] = (
                note_name if note_number == 1 else f"{_ordinal(note_number)} {note_name}"
            )
        return self._notes[anchor_name]

    def _note_around(self) -> str:
        note_names = (element.note for element in reversed(self._open[-_AROUND:]) if element.note)
        return next(note_names, "") or self._note_here

    def end_block(self, *, source: bool | None = None) -> None:
        """Make a block of the text collected so far."""
        self._end_link()
        elements_around = self._open[-_AROUND:]
        note_name = self._note_around()
        is_heading = any(element.tag in _HEADINGS for element in elements_around)
        block = self._builder.block(self._number + 1, note=note_name, is_heading=is_heading)
        self._builder = BlockBuilder()
        if self._count["q"]:  # it runs over paragraphs
            self._builder.open_quotation()
        if block is None:
            return
        self._number += 1
        self._note_here = ""
        source_count = self._sources if source is None else int(source)
        is_quoted = (
            (self._quoted > 0 or self._is_apart)
            and not source_count
            and not ATTRIBUTION.match(block.text)
        )
        if is_heading:
            self._heading = block.text
        self.blocks.append(block._replace(is_quotation=is_quoted, heading=self._heading))
