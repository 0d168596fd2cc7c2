"""The lines in the top box and in the folded header. Pure, without Textual."""

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
"""The width of a label and the gap after it, in cells."""
_TWO_COLUMNS = 64
"""The minimum width, in cells, at which two facts share a line."""
_LEFT = 46
"""The maximum width of the left column in cells, unless its facts need more."""
_LEAST_ORIGIN = 12
"""The minimum width of the origin in cells; other facts are dropped first."""
_WARNING_LINES = 2
"""The maximum number of lines of one warning."""
_WARNINGS = 3
"""The maximum number of kinds of warnings shown in full; further kinds are only counted."""
_MARKS = 34
"""The maximum width, in cells, of the star and the names of lists after the reference ID."""
_OPENS = " · 3 opens"
"""The text at the end of a line that shows the key for showing the whole top box."""
_QUIET = frozenset({"time-from-date-time-group", "year-inferred"})
"""The codes of warnings that the box omits, because they apply to nearly every cable and the
displayed text is correct. References with an inferred year are marked when they are followed, and
in the JSON.
"""


def top_lines(cable: Cable, cells: int, *, marks: str, opened: bool = False) -> list[Line]:
    """Return the facts in labelled columns, then articles, differing sources, and warnings.

    In an `opened` box all warnings are shown in full.
    """
    cable_facts = cable.facts
    left_facts: list[tuple[str, Line]] = [
        ("Reference", _name(cable, marks=marks)[:-1]),
        ("Class", [_badge(cable_facts.classification)]),
        ("Origin", [(cable_facts.origin, "plain")]),
    ]
    right_facts: list[tuple[str, Line]] = [
        ("Created", [(moment(cable_facts.created), "plain")]),
        ("Released", [(moment(cable_facts.released), "plain")]),
        ("Refs", [(count_label(cable), "plain")]),
    ]
    if cells >= _TWO_COLUMNS:
        fact_lines = _two_columns(left_facts, right_facts, cells)
    else:
        fact_lines = [
            _fact(fact_label, fact_value, cells)
            for fact_label, fact_value in (*left_facts, *right_facts)
        ]
    for fact_label, fit_text in _more_facts(cable):
        fact_value: Line = [(fit_text(max(cells - _LABEL, 0)), "plain")]
        fact_lines.append(_fact(fact_label[: _LABEL - 1], fact_value, cells))
    return [*fact_lines, *warning_lines(cable, cells, opened=opened)]


def _more_facts(cable: Cable) -> Iterator[tuple[str, Callable[[int], str]]]:
    """Yield facts that only some cables have, each as a label and a function from width to text."""
    if cable.remarks:
        remark_label, remark_text = cable.remarks[0]
        yield remark_label, partial(crop, clean_line(remark_text))
    if cable.articles:
        yield "Article", partial(articles_line, cable)
    if people_and_facts := people(cable):
        yield (
            "People",
            partial(
                crop,
                clean_line(
                    "; ".join(
                        f"{person_name}: {person_facts}"
                        for person_name, person_facts in people_and_facts
                    )
                ),
            ),
        )
    if tells_sources(cable):
        yield "Sources", partial(crop, sources_line(cable))


def articles_line(cable: Cable, cells: int) -> str:
    """Return the first article that used the cable, and the number of further articles."""
    and_more = f"  (and {len(cable.articles) - 1} more)" if len(cable.articles) > 1 else ""
    return crop(clean_line(cable.articles[0]), max(cells - len(and_more), 0)) + and_more


def compact_lines(cable: Cable, cells: int, *, marks: str, beside: str = "") -> list[Line]:
    """Return the facts in two lines, then one line each for articles, sources and warnings.

    The first line shows the cable's state `beside` the list, such as a preview.
    """
    name_pieces: Line = [(f"{beside}: ", "label")] if beside else []
    name_pieces += _name(cable, marks=marks)
    subject_piece: Piece = (crop(cable.subject, max(cells - _cells(name_pieces), 0)), "subject")
    second_line = _one_line(cable, cells)
    refs_text = f"  refs {count_label(cable)}"
    if _cells(second_line) + width(refs_text) <= cells:
        second_line.append((refs_text, "plain"))
    fact_lines = [[*name_pieces, subject_piece], second_line]
    for fact_title, fit_text in _more_facts(cable):
        title_label = f"{fact_title.lower()} "
        fact_lines.append(
            [(title_label, "label"), (fit_text(max(cells - len(title_label), 0)), "plain")]
        )
    if warning_messages := warnings(cable):
        first_warning, further_warnings = warning_messages[0], len(warning_messages) - 1
        and_more = f" · {further_warnings} more" if further_warnings else ""
        if further_warnings or width(first_warning) + 2 > cells:
            and_more += _OPENS
        fact_lines.append(
            [(f"! {crop(first_warning, max(cells - 2 - len(and_more), 0))}{and_more}", "warning")]
        )
    return fact_lines


def opened_lines(cable: Cable, cells: int, *, marks: str) -> list[Line]:
    """Return all facts for a box without a frame and title, below a line with the subject."""
    first_line = compact_lines(cable, cells, marks=marks)[0]
    return [first_line, *top_lines(cable, cells, marks=marks, opened=True)]


def zoomed_lines(cable: Cable, cells: int, *, marks: str) -> list[Line]:
    """Return reference ID, date, classification and subject in one line, for a full-screen body."""
    cable_facts = cable.facts
    line_pieces = _name(cable, marks=marks)
    line_pieces.append((f"{cable_facts.created[:10]} ", "plain"))
    class_badge = _badge(cable_facts.classification)
    if 2 * (_cells(line_pieces) + width(class_badge[0])) > cells:
        class_badge = _badge(class_short(cable_facts.classification))
    line_pieces += [class_badge, (" ", "plain")]
    return [[*line_pieces, (crop(cable.subject, max(cells - _cells(line_pieces), 0)), "subject")]]


def _name(cable: Cable, *, marks: str) -> Line:
    """Return the reference ID, then the `marks`: a star for a bookmark, and the names of lists."""
    marks_piece: Line = [(f" {crop(clean_line(marks), _MARKS)}", "star")] if marks else []
    return [(cable.facts.reference_id, "id"), *marks_piece, ("  ", "plain")]


def _cells(line: Line) -> int:
    return sum(width(text) for text, _ in line)


def _one_line(cable: Cable, cells: int) -> Line:
    """Return dates, classification and origin on one line, shortened if necessary."""
    cable_facts = cable.facts
    created_at = moment(cable_facts.created)
    both_dates = (
        f"{created_at} · rel {cable_facts.released[:10]}" if cable_facts.released else created_at
    )
    full_class, short_class = cable_facts.classification, class_short(cable_facts.classification)
    shorter_class = class_with_fouo(full_class)
    forms_by_length = [
        (both_dates, full_class),
        (both_dates, shorter_class),
        (created_at, shorter_class),
        (created_at, short_class),
    ]
    least_origin_cells = min(width(cable_facts.origin), _LEAST_ORIGIN)
    shown_dates, shown_class = next(
        (
            form
            for form in forms_by_length
            if sum(map(width, form)) + 4 + least_origin_cells <= cells
        ),
        (created_at[:10], short_class),
    )
    class_badge = _badge(shown_class)
    origin_cells = max(cells - width(shown_dates) - width(class_badge[0]) - 2, 0)
    return [
        (shown_dates + " ", "plain"),
        class_badge,
        (" " + crop(cable_facts.origin, origin_cells), "plain"),
    ]


def warning_lines(cable: Cable, cells: int, *, opened: bool = False) -> list[Line]:
    """Return the warnings for a reader who quotes, each kind on one or two lines.

    A shortened warning ends with the key that shows the rest; in an `opened` box every warning is
    complete.
    """
    warning_messages = warnings(cable, every=opened)
    most_messages, most_lines = (
        (len(warning_messages), None) if opened else (_WARNINGS, _WARNING_LINES)
    )
    warning_text_lines: list[Line] = []
    for warning_message in warning_messages[:most_messages]:
        line_spans = wrap(warning_message, max(cells - 2, 1))
        for line_index, (span_start, span_end) in enumerate(line_spans[:most_lines]):
            line_text = warning_message[span_start:span_end]
            if line_index + 1 == most_lines and len(line_spans) > most_lines:
                line_text = (
                    crop(warning_message[span_start:], max(cells - 2 - len(_OPENS), 1)) + _OPENS
                )
            warning_text_lines.append([(("  " if line_index else "! ") + line_text, "warning")])
    if (further_warnings := len(warning_messages) - most_messages) > 0:
        warning_text_lines.append([(f"! {further_warnings} more{_OPENS}", "warning")])
    return warning_text_lines


def warnings(cable: Cable, *, every: bool = False) -> list[str]:
    """Return a sentence for each kind of warning with the number of others, or `every` sentence.

    If the displayed record is not the most complete one, the first sentence says so.
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
    """Return a readable time, such as `2009-02-13 14:57 Z` for `2009-02-13T14:57Z`.

    Shorter if inexact.
    """
    if not iso:
        return "not known"
    day_text, _, time_of_day = iso.partition("T")
    zone_suffix = " Z" if time_of_day.endswith("Z") else ""
    time_of_day = time_of_day.removesuffix("Z")
    if time_of_day and ":" not in time_of_day:
        time_of_day += "h"
    return f"{day_text} {time_of_day}{zone_suffix}".rstrip()


def count_label(cable: Cable) -> str:
    """Return `3 (1 missing) · 2 sources`: the number of cited cables, and of records."""
    if is_placeholder(cable):
        return "not known"
    cited_references = {
        reference.reference_id: reference
        for reference in cable.references
        if reference.kind == "cable"
    }
    count_text = str(len(cited_references)) if cited_references else "none"
    if missing_references := sum(
        reference.in_archive is False for reference in cited_references.values()
    ):
        count_text += f" ({missing_references} missing)"
    return f"{count_text} · {len(cable.sources)} sources" if len(cable.sources) > 1 else count_text


def header_line(cable: Cable, cells: int | None = None) -> str:
    """Return the transmission header in one line: precedence, time, sender, addressees.

    If the line is wider than `cells`, the names are shortened, not the text after them.
    """
    cable_header = cable.header
    if is_placeholder(cable):
        return "Its transmission header is missing"
    if not cable_header.text.strip():
        return "No transmission header"
    first_facts = " ".join(filter(None, (cable_header.precedence, cable_header.date_time_group)))
    addressee_text = cable_header.to[0].name if cable_header.to else ""
    if len(cable_header.to) > 1:
        addressee_text += f" +{len(cable_header.to) - 1}"
    names_text = clean_line(" → ".join(filter(None, (cable_header.sender, addressee_text))))
    info_count = f"+{len(cable_header.info)} info" if cable_header.info else ""
    section_count = cable.body.sections or 0
    leading_texts = ["partial extract" if cable_header.partial else "", clean_line(first_facts)]
    trailing_texts = [info_count, f"{section_count} sections" if section_count > 1 else ""]

    def line(names: str) -> str:
        return (
            " · ".join(filter(None, (*leading_texts, names, *trailing_texts)))
            or "Transmission header"
        )

    excess_cells = width(line(names_text)) - cells if cells is not None else 0
    return (
        line(crop(names_text, max(width(names_text) - excess_cells, 1)))
        if excess_cells > 0 and names_text
        else line(names_text)
    )


def _badge(classification: str) -> Piece:
    """Return the classification, styled with the color of its banner."""
    return f" {classification or 'unknown'} ", level(classification)


def _fact(label: str, value: Line, cells: int) -> Line:
    remaining_cells = max(cells - _LABEL, 0)
    fact_pieces: Line = []
    for fact_text, fact_style in value:
        cut_text = crop(fact_text, remaining_cells)
        remaining_cells -= width(cut_text)
        fact_pieces.append((cut_text, fact_style))
    label_width = (
        _LABEL - 1 if value and value[0][0].startswith(" ") else _LABEL
    )  # a badge has its own
    return [(f"{label:<{label_width}}", "label"), *fact_pieces]


def _two_columns(
    left: Sequence[tuple[str, Line]], right: Sequence[tuple[str, Line]], cells: int
) -> list[Line]:
    """Return two facts per line; the right column begins after the longest value on the left.

    If all values on the left are short, the right column begins in the middle.
    """
    left_cells = (
        _LABEL + max(sum(width(text) for text, _ in left_value) for _, left_value in left) + 3
    )
    left_width = min(max(left_cells, min(cells // 2, _LEFT)), cells - 32)
    fact_lines: list[Line] = []
    for (left_label, left_value), (right_label, right_value) in zip(left, right, strict=True):
        left_pieces = _fact(left_label, left_value, left_width - 1)
        gap_cells = left_width - sum(width(text) for text, _ in left_pieces)
        fact_lines.append(
            [
                *left_pieces,
                (" " * gap_cells, "plain"),
                *_fact(right_label, right_value, cells - left_width),
            ]
        )
    return fact_lines


def short_title(cable: Cable) -> str:
    """Return the title for the frame: the subject with its marking, or else the reference ID."""
    marking = f"({cable.subject_marking}) " if cable.subject_marking else ""
    return f"{marking}{cable.subject}" if cable.subject else cable.reference_id
