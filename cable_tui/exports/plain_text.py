"""A cable as plain text: the three boxes of its page, and the records that hold it."""

from __future__ import annotations

from collections.abc import Iterator

from cable_tui.base.cable import Cable, Source
from cable_tui.text import clean_line, crop, width, wrap

_NAMED = 3
"""The most further records that are named; the rest is counted."""


def sources_line(cable: Cable) -> str:
    """Return `2: a.html, also cables.csv (the body differs)`; empty if there is one record only.

    `record 2 of 2: cables.csv, also ...` if another one is read than the richest.
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
    """Return whether the records need a line at the top: they differ, or another is read."""
    return any(source.differs for source in cable.sources) or any(
        source.number > 1 for source in cable.sources[:1]
    )


def source_label(source: Source) -> str:
    """Return its path, and how it differs from the record that is read."""
    path = clean_line(source.path)
    if source.differs is None:
        return f"{path} (not compared)"
    if not source.differs:
        return path
    *parts_before, last_part = (f"the {part}" for part in source.differs)
    verb = "differ" if parts_before or last_part == "the facts" else "differs"
    return f"{path} ({', '.join(parts_before)}{' and ' if parts_before else ''}{last_part} {verb})"


def people(cable: Cable) -> list[tuple[str, str]]:
    """List the names in a document of an edition with their persons; listed ones are first."""
    people_named = sorted(
        cable.edition.people if cable.edition else (), key=lambda person: not person.name
    )
    return list(dict.fromkeys((person.text, person.who) for person in people_named))


_DRAWN = ("┌", "─", "┐", "│", "└", "┘")
_ASCII = ("+", "-", "+", "|", "+", "+")
_LABEL = len("Classification: ")


def facts(cable: Cable) -> list[tuple[str, str]]:
    """Return the facts of the top box, as label and value; unknown ones are left out."""
    pairs = [
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
    pairs += cable.remarks
    pairs += [("Article", address) for address in cable.articles]
    pairs += [("Person", f"{text}: {person_facts}") for text, person_facts in people(cable)]
    pairs += [("Warning", warning.message) for warning in cable.warnings]
    pairs.append(("Sources", sources_line(cable)))
    return [(label, value) for label, value in pairs if value]


def drawn(cable: Cable, cells: int, *, ascii_only: bool = False) -> Iterator[str]:
    """Yield lines of the three boxes, at least 20 `cells` wide; an empty box is left out."""
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
    for box_title, lines in boxes:
        if lines:
            yield from _box(box_title, lines, cells, _ASCII if ascii_only else _DRAWN)


def plain(cable: Cable) -> str:
    """Return the same texts without frames and without wrapping."""
    facts_text = "\n".join(f"{label}: {value}" for label, value in facts(cable))
    body = no_text(cable) or cable.body.text
    return "\n\n".join(filter(None, (facts_text, cable.header.text, body))) + "\n"


_HERE = "not in this record"


def no_text(cable: Cable) -> str:
    """Return the line in place of the body of a record without a text; empty if it has one."""
    if cable.body.text.strip():
        return ""
    reason = dict(cable.remarks).get("Text", "").removeprefix(_HERE).strip("; ")
    return f"[This version has no text{reason and ': '}{clean_line(reason)}]"


def _labelled_lines(label: str, value: str, room: int) -> Iterator[str]:
    """Yield a labelled value; its further lines are aligned with the first."""
    spans = wrap(value, max(room - _LABEL, 1))
    for number, (start, end) in enumerate(spans):
        head_label = "" if number else f"{label}:"
        yield f"{head_label:<{_LABEL}}{value[start:end]}"


def _box(title: str, lines: list[str], cells: int, signs: tuple[str, ...]) -> Iterator[str]:
    left_top, line_across, right_top, line_down, left_end, right_end = signs
    cells_left = cells - 4
    head = f"{left_top}{line_across} {crop(title, cells_left - 1)} "
    yield head + line_across * (cells - width(head) - 1) + right_top
    for line in lines:
        for start, end in wrap(line.replace("\t", " "), cells_left):
            line_part = line[start:end].replace("\t", " ")
            yield f"{line_down} {line_part}{' ' * (cells_left - width(line_part))} {line_down}"
    yield left_end + line_across * (cells - 2) + right_end
