"""Links in a body: references, mentions of them, codes of TAGS; and where its cursor stops."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from cable_tui.base.cable import Cable, Reference, Span
from cable_tui.base.pattern import pattern
from cable_tui.base.value import Value, replace
from cable_tui.session.ask import Narrow
from cable_tui.session.feature_state import CursorStop
from cable_tui.session.features import opened_cable
from cable_tui.session.values import Action


class BodyLink(Value):
    """A range of the body that leads to other cables, or to those with a TAG."""

    span: Span
    references: tuple[Reference, ...]
    tag: str = ""
    missing: bool = False
    """Whether the archive has none of the cables."""

    @property
    def leads_here(self) -> bool:
        """Whether it opens a cable of the archive."""
        return bool(self.references) and not self.missing

    @property
    def does(self) -> Action:
        """The action of following the link."""
        return (
            Narrow("tag", self.tag) if self.tag else opened_cable.FollowReference(self.references)
        )


def links(cable: Cable) -> tuple[BodyLink, ...]:
    """Return the links of a body in order; they do not overlap."""
    # No list on the screen needs the grammar.
    from cable_tui.telegram.references.mentions import mentions

    printed_links = [
        BodyLink(ref.span, (ref,)) for ref in cable.references if ref.span and ref.kind == "cable"
    ]
    spoken = [BodyLink(*mention) for mention in mentions(cable)]
    kept_links: list[BodyLink] = []
    tagged = [BodyLink(span, (), tag) for span, tag in tag_spans(cable)]
    for link in sorted([*tagged, *printed_links, *spoken], key=lambda link: link.span):
        if not kept_links or link.span[0] >= kept_links[-1].span[1]:
            states_known = {ref.in_archive for ref in link.references}
            kept_links.append(replace(link, missing=True) if states_known == {False} else link)
    return tuple(kept_links)


def stops(cable: Cable) -> tuple[CursorStop, ...]:
    """Return the stops of the cursor, in order: the top matter, its REF lines, the paragraphs.

    There is at least one. REF items on one line of the file share a stop.
    """
    text, paragraphs = cable.body.text, cable.body.paragraphs
    first_start = paragraphs[0].span[0] if paragraphs else len(text)
    cited_spans = [ref.span for ref in cable.references if ref.span and ref.kind == "cable"]
    lines = [_line(text, span) for span in cited_spans if span[0] < first_start]
    merged_lines: list[Span] = []
    for line_start, line_end in sorted(lines):
        if merged_lines and line_start < merged_lines[-1][1]:
            merged_lines[-1] = (merged_lines[-1][0], max(line_end, merged_lines[-1][1]))
        else:
            merged_lines.append((line_start, line_end))
    begin = merged_lines[0][0] if merged_lines else first_start
    top_stops = [CursorStop((0, begin), None)] if begin or not paragraphs else []
    at_paragraphs = [
        CursorStop(paragraph.span, index) for index, paragraph in enumerate(paragraphs)
    ]
    return (*top_stops, *(CursorStop(span, None) for span in merged_lines), *at_paragraphs)


def cited_references(cable: Cable, stop: int) -> tuple[Reference, ...]:
    """Return the lettered REF items on the line of a stop; empty if it is not a REF line."""
    stops_there = stops(cable)
    if not 0 <= stop < len(stops_there) or stops_there[stop].paragraph is not None:
        return ()
    start, end = stops_there[stop].span
    refs = [ref for ref in cable.references if ref.kind == "cable" and ref.label and ref.span]
    return tuple(ref for ref in refs if ref.span and start <= ref.span[0] < end)


def stop_near(there: Sequence[CursorStop], offset: int) -> int:
    """Return the stop that a character belongs to, or else the one before it."""
    return max(bisect_right(there, offset, key=lambda stop: stop.span[0]) - 1, 0)


def references_at(cable: Cable, stop: int) -> tuple[Reference, ...]:
    """Return the targets of a stop, each once; the top matter leads to all of its REF lines."""
    stops_there = stops(cable)
    start, end = stops_there[stop].span
    if stop == 0 and stops_there[0].paragraph is None:
        stops_below = (
            body_stop.span[0] for body_stop in stops_there if body_stop.paragraph is not None
        )
        end = next(stops_below, len(cable.body.text))
    links_inside = (link for link in links(cable) if start <= link.span[0] < end)
    return tuple(dict.fromkeys(ref for link in links_inside for ref in link.references))


def _line(text: str, span: Span) -> Span:
    """Return the whole lines of the file that a range touches."""
    line_end = text.find("\n", max(span[1] - 1, span[0]))
    return text.rfind("\n", 0, span[0]) + 1, len(text) if line_end < 0 else line_end


_LINE = pattern(
    r"^[ \t]{0,8}TAGS?\b[ \t]{0,4}[:;]?(?P<codes>.{0,200}(?:\n[A-Z0-9, \t]{1,120}$){0,2})",
    re.MULTILINE | re.IGNORECASE,
)
_CODE = pattern(r"\b[A-Z]{2,5}\b", re.IGNORECASE)
_LABEL = pattern(r"\s{0,4}(?:SUBJ|REF|CLASS|E\.?O\.?\b)", re.IGNORECASE)


def tag_spans(cable: Cable) -> Iterator[tuple[Span, str]]:
    """Yield the codes of the first TAGS line that the grammar kept, with their positions."""
    paragraphs = cable.body.paragraphs
    end = paragraphs[0].span[0] if paragraphs else len(cable.body.text)
    line = _LINE.search(cable.body.text, 0, end)
    if line is None:
        return
    known_tags = frozenset(cable.tags)
    start, codes_end = line.span("codes")
    for line_end in re.finditer(r"\n", line["codes"]):
        if _LABEL.match(line["codes"], line_end.end()):
            codes_end = start + line_end.start()
            break
    for match in _CODE.finditer(cable.body.text, start, codes_end):
        if match.group().upper() in known_tags:
            yield match.span(), match.group().upper()
