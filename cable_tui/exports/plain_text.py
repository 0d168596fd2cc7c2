"""A cable as plain text: the three boxes of its page, and the records that contain it."""

from __future__ import annotations

from collections.abc import Iterator

from cable_tui.base.cable import Cable, Source
from cable_tui.text import clean_line, crop, width, wrap

_NAMED = 3
"""The maximum number of further records that are named; others are counted."""


def sources_line(cable: Cable) -> str:
    """Return a line such as `2: a.html, also cables.csv (the body differs)`.

    Return an empty string if there is only one record. The line begins with `version 2 of 2:` if
    the record that was read is not the richest.
    """
    if len(cable.sources) < 2:
        return ""
    first_source, *other_sources = cable.sources
    source_labels = ", ".join(source_label(source) for source in other_sources[:_NAMED])
    and_more = f" and {len(other_sources) - _NAMED} more" if len(other_sources) > _NAMED else ""
    count = len(cable.sources)
    which_record = (
        f"{count}" if first_source.number == 1 else f"version {first_source.number} of {count}"
    )
    return f"{which_record}: {clean_line(first_source.path)}, also {source_labels}{and_more}"


def tells_sources(cable: Cable) -> bool:
    """Return whether the records need a line at the top: they differ, or a poorer one was read."""
    return any(source.differs for source in cable.sources) or any(
        source.number > 1 for source in cable.sources[:1]
    )


def source_label(source: Source) -> str:
    """Return the path of a record, and how it differs from the record that was read."""
    path = clean_line(source.path)
    if source.differs is None:
        return f"{path} (not compared)"
    if not source.differs:
        return path
    *parts_before, last_part = (f"the {part}" for part in source.differs)
    verb = "differ" if parts_before or last_part == "the facts" else "differs"
    return f"{path} ({', '.join(parts_before)}{' and ' if parts_before else ''}{last_part} {verb})"


def people(cable: Cable) -> list[tuple[str, str]]:
    """Return the names in a document of an edition with their persons, listed persons first."""
    people_named = sorted(
        cable.edition.people if cable.edition else (), key=lambda person: not person.name
    )
    return list(dict.fromkeys((person.text, person.who) for person in people_named))


_DRAWN = ("┌", "─", "┐", "│", "└", "┘")
_ASCII = ("+", "-", "+", "|", "+", "+")
_LABEL = len("Classification: ")


def facts(cable: Cable) -> list[tuple[str, str]]:
    """Return the facts of the top box as labels and values, without unknown facts."""
    labelled_facts = [
        ("Reference ID", cable.reference_id),
        ("Created", cable.facts.created.replace("T", " ")),
        ("Released", cable.facts.released.replace("T", " ")),
        ("Classification", cable.facts.classification),
        ("Origin", cable.facts.origin),
        ("Subject", cable.subject),
        ("TAGS", ", ".join(cable.tags)),
        ("TAGS, text", ", ".join(cable.text_tags)),
        ("TAGS, archive", ", ".join(cable.archive_tags)),
    ]
    labelled_facts += cable.remarks
    labelled_facts += [("Article", address) for address in cable.articles]
    labelled_facts += [
        ("Person", f"{text}: {person_facts}") for text, person_facts in people(cable)
    ]
    labelled_facts += [("Warning", warning.message) for warning in cable.warnings]
    labelled_facts.append(("Sources", sources_line(cable)))
    return [(label, value) for label, value in labelled_facts if value]


def drawn(cable: Cable, cells: int, *, ascii_only: bool = False) -> Iterator[str]:
    """Yield the lines of the three boxes, at least 20 `cells` wide, without empty boxes."""
    cells = max(cells, 20)
    box_lines = [
        line for label, value in facts(cable) for line in _labelled_lines(label, value, cells - 4)
    ]
    boxes = (
        (cable.reference_id, box_lines),
        (
            "heading" if cable.edition else "transmission header",
            cable.header.text.split("\n") if cable.header.text else [],
        ),
        ("body", (no_text(cable) or cable.body.text).split("\n")),
    )
    for box_title, text_lines in boxes:
        if text_lines:
            yield from _box(box_title, text_lines, cells, _ASCII if ascii_only else _DRAWN)


def plain(cable: Cable) -> str:
    """Return the same texts without frames and without wrapping."""
    facts_text = "\n".join(f"{label}: {value}" for label, value in facts(cable))
    body_text = no_text(cable) or cable.body.text
    return "\n\n".join(filter(None, (facts_text, cable.header.text, body_text))) + "\n"


_HERE = "not in this record"


def no_text(cable: Cable) -> str:
    """Return the line that replaces the body of a record without text, or an empty string."""
    if cable.body.text.strip():
        return ""
    reason = dict(cable.remarks).get("Text", "").removeprefix(_HERE).strip("; ")
    return f"[This version has no text{reason and ': '}{clean_line(reason)}]"


def _labelled_lines(label: str, value: str, room: int) -> Iterator[str]:
    """Yield the lines of a labelled value, the further lines aligned with the first."""
    spans = wrap(value, max(room - _LABEL, 1))
    for line_index, (start, end) in enumerate(spans):
        shown_label = "" if line_index else f"{label}:"
        yield f"{shown_label:<{_LABEL}}{value[start:end]}"


def _box(
    title: str, lines: list[str], cells: int, frame_characters: tuple[str, ...]
) -> Iterator[str]:
    top_left, horizontal, top_right, vertical, bottom_left, bottom_right = frame_characters
    text_cells = cells - 4
    top_line = f"{top_left}{horizontal} {crop(title, text_cells - 1)} "
    yield top_line + horizontal * (cells - width(top_line) - 1) + top_right
    for line in lines:
        for start, end in wrap(line.replace("\t", " "), text_cells):
            line_part = line[start:end].replace("\t", " ")
            yield f"{vertical} {line_part}{' ' * (text_cells - width(line_part))} {vertical}"
    yield bottom_left + horizontal * (cells - 2) + bottom_right
