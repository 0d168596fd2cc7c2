"""Links in a body: references, mentions of them and TAGS codes; also the stops of its cursor."""

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
    """A span of the body that links to other cables, or to a query for a TAG."""

    span: Span
    references: tuple[Reference, ...]
    tag: str = ""
    missing: bool = False
    """Whether none of the cables is in the archive."""

    @property
    def leads_here(self) -> bool:
        """Whether the link opens a cable in the archive."""
        return bool(self.references) and not self.missing

    @property
    def does(self) -> Action:
        """The action that follows the link."""
        return (
            Narrow("tag", self.tag) if self.tag else opened_cable.FollowReference(self.references)
        )


def links(cable: Cable) -> tuple[BodyLink, ...]:
    """Return the links of a body in order, without overlaps."""
    # No list on the screen needs the grammar.
    from cable_tui.telegram.references.mentions import mentions

    printed_links = [
        BodyLink(reference.span, (reference,))
        for reference in cable.references
        if reference.span and reference.kind == "cable"
    ]
    mention_links = [BodyLink(*mention) for mention in mentions(cable)]
    separate_links: list[BodyLink] = []
    tag_links = [BodyLink(tag_span, (), tag) for tag_span, tag in tag_spans(cable)]
    for link in sorted([*tag_links, *printed_links, *mention_links], key=lambda link: link.span):
        if not separate_links or link.span[0] >= separate_links[-1].span[1]:
            archive_states = {reference.in_archive for reference in link.references}
            separate_links.append(
                replace(link, missing=True) if archive_states == {False} else link
            )
    return tuple(separate_links)


def stops(cable: Cable) -> tuple[CursorStop, ...]:
    """Return the stops of the cursor in order: the top matter, its REF lines, the paragraphs.

    There is at least one stop. References on one line of the file share a stop.
    """
    body_text, paragraphs = cable.body.text, cable.body.paragraphs
    first_start = paragraphs[0].span[0] if paragraphs else len(body_text)
    cited_spans = [
        reference.span
        for reference in cable.references
        if reference.span and reference.kind == "cable"
    ]
    reference_lines = [_line(body_text, span) for span in cited_spans if span[0] < first_start]
    merged_line_spans: list[Span] = []
    for line_start, line_end in sorted(reference_lines):
        if merged_line_spans and line_start < merged_line_spans[-1][1]:
            merged_line_spans[-1] = (
                merged_line_spans[-1][0],
                max(line_end, merged_line_spans[-1][1]),
            )
        else:
            merged_line_spans.append((line_start, line_end))
    first_line_start = merged_line_spans[0][0] if merged_line_spans else first_start
    top_stops = (
        [CursorStop((0, first_line_start), None)] if first_line_start or not paragraphs else []
    )
    paragraph_stops = [
        CursorStop(paragraph.span, index) for index, paragraph in enumerate(paragraphs)
    ]
    return (*top_stops, *(CursorStop(span, None) for span in merged_line_spans), *paragraph_stops)


def cited_references(cable: Cable, stop: int) -> tuple[Reference, ...]:
    """Return the lettered references on the line of a stop; empty if the line is not a REF line."""
    cursor_stops = stops(cable)
    if not 0 <= stop < len(cursor_stops) or cursor_stops[stop].paragraph is not None:
        return ()
    line_start, line_end = cursor_stops[stop].span
    lettered_references = [
        reference
        for reference in cable.references
        if reference.kind == "cable" and reference.label and reference.span
    ]
    return tuple(
        reference
        for reference in lettered_references
        if reference.span and line_start <= reference.span[0] < line_end
    )


def stop_near(cursor_stops: Sequence[CursorStop], offset: int) -> int:
    """Return the index of the stop that contains an offset, or of the nearest stop before it."""
    return max(bisect_right(cursor_stops, offset, key=lambda stop: stop.span[0]) - 1, 0)


def references_at(cable: Cable, stop: int) -> tuple[Reference, ...]:
    """Return the link targets at a stop, each once.

    The first stop has the targets on all REF lines.
    """
    cursor_stops = stops(cable)
    stop_start, stop_end = cursor_stops[stop].span
    if stop == 0 and cursor_stops[0].paragraph is None:
        paragraph_starts = (
            body_stop.span[0] for body_stop in cursor_stops if body_stop.paragraph is not None
        )
        stop_end = next(paragraph_starts, len(cable.body.text))
    links_inside = (link for link in links(cable) if stop_start <= link.span[0] < stop_end)
    return tuple(dict.fromkeys(reference for link in links_inside for reference in link.references))


def _line(text: str, span: Span) -> Span:
    """Return the span of all lines that a span of text touches."""
    line_end = text.find("\n", max(span[1] - 1, span[0]))
    return text.rfind("\n", 0, span[0]) + 1, len(text) if line_end < 0 else line_end


_LINE = pattern(
    r"^[ \t]{0,8}TAGS?\b[ \t]{0,4}[:;]?(?P<codes>.{0,200}(?:\n[A-Z0-9, \t]{1,120}$){0,2})",
    re.MULTILINE | re.IGNORECASE,
)
_CODE = pattern(r"\b[A-Z]{2,5}\b", re.IGNORECASE)
_LABEL = pattern(r"\s{0,4}(?:SUBJ|REF|CLASS|E\.?O\.?\b)", re.IGNORECASE)


def tag_spans(cable: Cable) -> Iterator[tuple[Span, str]]:
    """Yield the spans and codes in the first TAGS line, for the TAGS that the grammar accepted."""
    paragraphs = cable.body.paragraphs
    top_end = paragraphs[0].span[0] if paragraphs else len(cable.body.text)
    tags_line = _LINE.search(cable.body.text, 0, top_end)
    if tags_line is None:
        return
    known_tags = frozenset(cable.tags)
    codes_start, codes_end = tags_line.span("codes")
    for line_break in re.finditer(r"\n", tags_line["codes"]):
        if _LABEL.match(tags_line["codes"], line_break.end()):
            codes_end = codes_start + line_break.start()
            break
    for code_match in _CODE.finditer(cable.body.text, codes_start, codes_end):
        if code_match.group().upper() in known_tags:
            yield code_match.span(), code_match.group().upper()
