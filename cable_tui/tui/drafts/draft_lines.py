"""What the panes of a draft's page say: the passage of the draft, and that of the cable."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual.content import Content

from cable_tui.cable import Span
from cable_tui.drafts.base import Draft
from cable_tui.drafts.findings import Finding
from cable_tui.exports.draft_report import SIGNS, details_of, name_of
from cable_tui.pattern import pattern
from cable_tui.text import clean_line, clean_text

AROUND = 600
"""Characters on either side of a quotation, where there is room for them."""
_MARKED = "reverse"
_WRAPPED = pattern(r"(?<!\n)[ \t]{0,9}\n(?!\s{0,9}\n)")
"""The end of a line that is not the end of a paragraph."""


def head_of(finding: Finding) -> str:
    """The line of the list without the quotation: `≠ line 12   altered   09RABAT1 ¶3`."""
    where = finding.found.citation if finding.found else ""
    return clean_line(f"{SIGNS[finding.verdict]} {finding.place:<14} {name_of(finding):<9} {where}")


def draft_passage(draft: Draft, finding: Finding, before: int = AROUND) -> Content:
    """The paragraphs of the draft that a quotation stands in, with it marked.

    Of what stands `before` it about so many characters: in a small pane it would hide it.
    """
    pieces: list[Content] = []
    for each in finding.pieces:
        text = draft.blocks[each.block].text[: each.end + AROUND]
        pieces.append(_marked(text, [(each.start, each.end)], before))
    return Content("\n\n").join(pieces)


def cable_passage(finding: Finding, before: int = AROUND) -> Content:
    """What differs, and the text of the cable with the quotation marked."""
    said = Content("\n").join(Content(line) for line in details_of(finding))
    found = finding.found
    if found is None or not found.passage:
        return said
    text = _marked(found.passage, found.marked, before)
    return Content("\n\n").join([said, text]) if said.plain else text


def _marked(text: str, spans: Sequence[Span], before: int) -> Content:
    first = _beginning(text, min((start for start, _ in spans), default=0), before)
    cut = [(max(start - first, 0), max(end - first, 0)) for start, end in spans]
    shown = Content("").join(_pieces(clean_text(text[first:]), cut))
    return Content("… ").append(shown) if first else shown


def _beginning(text: str, start: int, before: int) -> int:
    """Where a text is shown from: at a word, about so many characters before a place."""
    if start <= before:
        return 0
    first = start - before
    word = text.find(" ", first, start)
    return word + 1 if word >= 0 else first


def _pieces(text: str, spans: Sequence[Span]) -> Iterator[Content]:
    at = 0
    for start, end in sorted(spans):
        yield Content(_WRAPPED.sub(" ", text[at:start]))
        yield Content.styled(_WRAPPED.sub(" ", text[max(start, at) : end]), _MARKED)
        at = max(end, at)
    yield Content(_WRAPPED.sub(" ", text[at:]))
