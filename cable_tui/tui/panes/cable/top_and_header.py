"""The lines of the top box and of the folded header. Pure: no Textual."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Literal

from cable_tui.base.cable import Cable, class_short, class_with_fouo
from cable_tui.exports.plain_text import people, sources_line, tells_sources
from cable_tui.session.features.opened_cable import is_placeholder
from cable_tui.text import clean_line, crop, width, wrap
from cable_tui.tui.widgets.classification_level import Level, level

Look = Literal["plain", "label", "id", "star", "warning", "subject"] | Level
Piece = tuple[str, Look]
Line = list[Piece]

_LABEL = 11
"""Cells of a label and the gap after it."""
_TWO_COLUMNS = 64
"""Two facts share a line if there are at least this many cells."""
_LEFT = 46
"""The most cells of the left column, unless it needs more."""
_LEAST_ORIGIN = 12
"""The least cells of an origin before other facts are left out."""
_WARNING_LINES = 2
"""The most lines of one warning."""
_WARNINGS = 3
"""Kinds of warnings that are spelled out; the rest is counted."""
_OPENS = " · 3 opens"
"""The key that shows the top of the cable with all that is said there."""
_QUIET = frozenset({"time-from-date-time-group", "year-inferred"})
"""True of nearly every cable, and what is shown is the right thing: no warnings in the box.

References with an inferred year are labelled when they are followed, and in the JSON.
"""


def top_lines(cable: Cable, cells: int, *, bookmarked: bool, opened: bool = False) -> list[Line]:
    """Return the facts in labelled columns, then articles, sources that differ, and warnings.

    An `opened` box spells all warnings out.
    """
    facts = cable.facts
    left_facts: list[tuple[str, Line]] = [
        ("Reference", _name(cable, bookmarked=bookmarked)[:-1]),
        ("Class", [_badge(facts.classification)]),
        ("Origin", [(facts.origin, "plain")]),
    ]
    right_facts: list[tuple[str, Line]] = [
        ("Created", [(moment(facts.created), "plain")]),
        ("Released", [(moment(facts.released), "plain")]),
        ("Refs", [(count_label(cable), "plain")]),
    ]
    if cells >= _TWO_COLUMNS:
        fact_lines = _two_columns(left_facts, right_facts, cells)
    else:
        fact_lines = [_fact(label, value, cells) for label, value in (*left_facts, *right_facts)]
    for label, text_in in _more_facts(cable):
        value: Line = [(text_in(max(cells - _LABEL, 0)), "plain")]
        fact_lines.append(_fact(label[: _LABEL - 1], value, cells))
    return [*fact_lines, *warning_lines(cable, cells, opened=opened)]


def _more_facts(cable: Cable) -> Iterator[tuple[str, Callable[[int], str]]]:
    """Yield the facts that only some cables have: a label, and its text for a width in cells."""
    if cable.remarks:
        label, text = cable.remarks[0]
        yield label, partial(crop, clean_line(text))
    if cable.articles:
        yield "Article", partial(articles_line, cable)
    if people_named := people(cable):
        yield (
            "People",
            partial(
                crop,
                clean_line(
                    "; ".join(f"{text}: {person_facts}" for text, person_facts in people_named)
                ),
            ),
        )
    if tells_sources(cable):
        yield "Sources", partial(crop, sources_line(cable))


def articles_line(cable: Cable, cells: int) -> str:
    """Return the first article that used the cable, and how many more there are."""
    and_more = f"  (and {len(cable.articles) - 1} more)" if len(cable.articles) > 1 else ""
    return crop(clean_line(cable.articles[0]), max(cells - len(and_more), 0)) + and_more


def compact_lines(cable: Cable, cells: int, *, bookmarked: bool, beside: str = "") -> list[Line]:
    """Return the facts in two lines; one each for articles, sources that differ, and warnings.

    The first one says what the cable is `beside` the list.
    """
    name: Line = [(f"{beside}: ", "label")] if beside else []
    name += _name(cable, bookmarked=bookmarked)
    subject: Piece = (crop(cable.subject, max(cells - _cells(name), 0)), "subject")
    second_line = _one_line(cable, cells)
    refs = f"  refs {count_label(cable)}"
    if _cells(second_line) + width(refs) <= cells:
        second_line.append((refs, "plain"))
    lines = [[*name, subject], second_line]
    for title, text_in in _more_facts(cable):
        title_label = f"{title.lower()} "
        lines.append([(title_label, "label"), (text_in(max(cells - len(title_label), 0)), "plain")])
    if messages := warnings(cable):
        first_message, further_warnings = messages[0], len(messages) - 1
        and_more = f" · {further_warnings} more" if further_warnings else ""
        if further_warnings or width(first_message) + 2 > cells:
            and_more += _OPENS
        lines.append(
            [(f"! {crop(first_message, max(cells - 2 - len(and_more), 0))}{and_more}", "warning")]
        )
    return lines


def opened_lines(cable: Cable, cells: int, *, bookmarked: bool) -> list[Line]:
    """Return all facts for a box without a frame and title: under a line with the subject."""
    first_line = compact_lines(cable, cells, bookmarked=bookmarked)[0]
    return [first_line, *top_lines(cable, cells, bookmarked=bookmarked, opened=True)]


def zoomed_lines(cable: Cable, cells: int, *, bookmarked: bool) -> list[Line]:
    """Return reference, date, classification and subject in one line, for a full-screen text."""
    facts = cable.facts
    line = _name(cable, bookmarked=bookmarked)
    line.append((f"{facts.created[:10]} ", "plain"))
    badge = _badge(facts.classification)
    if 2 * (_cells(line) + width(badge[0])) > cells:
        badge = _badge(class_short(facts.classification))
    line += [badge, (" ", "plain")]
    return [[*line, (crop(cable.subject, max(cells - _cells(line), 0)), "subject")]]


def _name(cable: Cable, *, bookmarked: bool) -> Line:
    star: Line = [(" ★", "star")] if bookmarked else []
    return [(cable.facts.reference_id, "id"), *star, ("  ", "plain")]


def _cells(line: Line) -> int:
    return sum(width(text) for text, _ in line)


def _one_line(cable: Cable, cells: int) -> Line:
    """Return dates, classification, origin; if too long, shorter, and then without the release."""
    facts = cable.facts
    created_at = moment(facts.created)
    both_dates = f"{created_at} · rel {facts.released[:10]}" if facts.released else created_at
    words, short_class = facts.classification, class_short(facts.classification)
    shorter_class = class_with_fouo(words)
    ways = [
        (both_dates, words),
        (both_dates, shorter_class),
        (created_at, shorter_class),
        (created_at, short_class),
    ]
    least_cells = min(width(facts.origin), _LEAST_ORIGIN)
    dates, marking = next(
        (way for way in ways if sum(map(width, way)) + 4 + least_cells <= cells),
        (created_at[:10], short_class),
    )
    badge = _badge(marking)
    cells_left = max(cells - width(dates) - width(badge[0]) - 2, 0)
    return [(dates + " ", "plain"), badge, (" " + crop(facts.origin, cells_left), "plain")]


def warning_lines(cable: Cable, cells: int, *, opened: bool = False) -> list[Line]:
    """Return cautions for a reader who quotes, each kind in its own line or two.

    The end says which key shows what is cut; in an `opened` box every warning is whole.
    """
    messages = warnings(cable, every=opened)
    most_messages, most_lines = (len(messages), None) if opened else (_WARNINGS, _WARNING_LINES)
    lines: list[Line] = []
    for message in messages[:most_messages]:
        spans = wrap(message, max(cells - 2, 1))
        for number, (start, end) in enumerate(spans[:most_lines]):
            text = message[start:end]
            if number + 1 == most_lines and len(spans) > most_lines:
                text = crop(message[start:], max(cells - 2 - len(_OPENS), 1)) + _OPENS
            lines.append([(("  " if number else "! ") + text, "warning")])
    if (further_warnings := len(messages) - most_messages) > 0:
        lines.append([(f"! {further_warnings} more{_OPENS}", "warning")])
    return lines


def warnings(cable: Cable, *, every: bool = False) -> list[str]:
    """Return one sentence a kind of warning, its first with the number of others; or `every` one.

    If the read record is not the richest, the first sentence says so.
    """
    warnings_by_kind: dict[str, list[str]] = {}
    for source in cable.sources[:1]:
        if source.number > 1:
            record_sentence = (
                f"version {source.number} of {len(cable.sources)}: {clean_line(source.path)}"
            )
            warnings_by_kind["record"] = [record_sentence]
    for warning in cable.warnings:
        if warning.code not in _QUIET:
            warnings_by_kind.setdefault(warning.code, []).append(clean_line(warning.message))
    if every:
        return [message for messages in warnings_by_kind.values() for message in messages]
    return [
        f"{messages[0]} (and {len(messages) - 1} more)" if len(messages) > 1 else messages[0]
        for messages in warnings_by_kind.values()
    ]


def moment(iso: str) -> str:
    """Return `2009-02-13 14:57 Z` for `2009-02-13T14:57Z`; hours and days if known."""
    if not iso:
        return "not known"
    day, _, clock = iso.partition("T")
    zone = " Z" if clock.endswith("Z") else ""
    clock = clock.removesuffix("Z")
    if clock and ":" not in clock:
        clock += "h"
    return f"{day} {clock}{zone}".rstrip()


def count_label(cable: Cable) -> str:
    """Return `3 (1 not here) · 2 sources`: cited cables, and records of this one."""
    if is_placeholder(cable):
        return "not known"
    refs = {ref.reference_id: ref for ref in cable.references if ref.kind == "cable"}
    label = str(len(refs)) if refs else "none"
    if missing_references := sum(ref.in_archive is False for ref in refs.values()):
        label += f" ({missing_references} missing)"
    return f"{label} · {len(cable.sources)} sources" if len(cable.sources) > 1 else label


def header_line(cable: Cable, cells: int | None = None) -> str:
    """Return the transmission header in one line: precedence, time, sender, addressees.

    If that takes more than `cells`, the names are cut, not what follows them.
    """
    header = cable.header
    if is_placeholder(cable):
        return "Its transmission header is missing"
    if not header.text.strip():
        return "No transmission header"
    first_facts = " ".join(filter(None, (header.precedence, header.date_time_group)))
    addressees = header.to[0].name if header.to else ""
    if len(header.to) > 1:
        addressees += f" +{len(header.to) - 1}"
    way = clean_line(" → ".join(filter(None, (header.sender, addressees))))
    info_count = f"+{len(header.info)} info" if header.info else ""
    sections = cable.body.sections or 0
    words_before = ["partial extract" if header.partial else "", clean_line(first_facts)]
    words_after = [info_count, f"{sections} sections" if sections > 1 else ""]

    def line(names: str) -> str:
        return (
            " · ".join(filter(None, (*words_before, names, *words_after))) or "Transmission header"
        )

    cells_over = width(line(way)) - cells if cells is not None else 0
    return line(crop(way, max(width(way) - cells_over, 1))) if cells_over > 0 and way else line(way)


def _badge(classification: str) -> Piece:
    """Return the classification in words, painted on the colour of its banner."""
    return f" {classification or 'unknown'} ", level(classification)


def _fact(label: str, value: Line, cells: int) -> Line:
    cells_left = max(cells - _LABEL, 0)
    fitted: Line = []
    for fact_text, fact_style in value:
        cut_text = crop(fact_text, cells_left)
        cells_left -= width(cut_text)
        fitted.append((cut_text, fact_style))
    edge = _LABEL - 1 if value and value[0][0].startswith(" ") else _LABEL  # a badge has its own
    return [(f"{label:<{edge}}", "label"), *fitted]


def _two_columns(
    left: Sequence[tuple[str, Line]], right: Sequence[tuple[str, Line]], cells: int
) -> list[Line]:
    """Return facts two a line; the right column is after the longest left value, or midway."""
    cells_needed = _LABEL + max(sum(width(text) for text, _ in value) for _, value in left) + 3
    half_cells = min(max(cells_needed, min(cells // 2, _LEFT)), cells - 32)
    lines: list[Line] = []
    for (label, value), (right_label, right_value) in zip(left, right, strict=True):
        line = _fact(label, value, half_cells - 1)
        gap = half_cells - sum(width(text) for text, _ in line)
        lines.append(
            [*line, (" " * gap, "plain"), *_fact(right_label, right_value, cells - half_cells)]
        )
    return lines


def short_title(cable: Cable) -> str:
    """Return the frame's title: the subject with its marking, or the id without a subject."""
    marking = f"({cable.subject_marking}) " if cable.subject_marking else ""
    return f"{marking}{cable.subject}" if cable.subject else cable.reference_id
