"""A list of places as a Markdown file to write from: a timeline, then each place in order.

Each has its quotation, the reader's notes, what must be known of it, and its citation with the
link.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator

from cable_tui.exports.citation import Citation, Note, cautions, day
from cable_tui.exports.copy_formats import escaped, quoted_texts, reference
from cable_tui.exports.links import link
from cable_tui.exports.notes import written

_IN_MEMORY = 8 << 20
"""Bytes of the places that are kept in memory; more go to a temporary file."""
_PIECE = 1 << 16


def dossier(citations: Iterable[Citation], title: str) -> Iterator[str]:
    """The file in pieces. Of the places only the lines of the timeline stay in memory."""
    dates: dict[str, tuple[str, str]] = {}
    count = 0
    with tempfile.SpooledTemporaryFile(
        _IN_MEMORY, "w+", encoding="utf-8", errors="replace", newline=""
    ) as places:
        for count, cited in enumerate(citations, 1):
            cable = cited.cable
            dates.setdefault(cable.canonical_id, (cable.facts.created, _dated(cited)))
            places.write(f"\n## {count}. {escaped(reference(cited))}\n\n{_place(cited)}")
        yield f"# {escaped(title or 'Cables')}\n\n"
        yield from _timeline(dates.values(), count)
        places.seek(0)
        while piece := places.read(_PIECE):
            yield piece


def _timeline(lines: Iterable[tuple[str, str]], count: int) -> Iterator[str]:
    # What has no date stands at the end.
    ordered = sorted(lines, key=lambda line: (not line[0], line[0]))
    cables = len(ordered)
    yield f"{_counted(count, 'place')} in {_counted(cables, 'cable')}.\n\n## Timeline\n\n"
    for _, line in ordered:
        yield f"- {line}\n"


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _dated(cited: Citation) -> str:
    cable = cited.cable
    whole = Citation(cable, (), cited.link_template, source=cited.source, folder=cited.folder)
    address = link(whole)
    name = escaped(cable.reference_id)
    created = day(cable.facts.created)
    parts = (
        created.isoformat() if created else "no date",
        f"[{name}]({address})" if address else name,
        escaped(cable.facts.origin),
        escaped(cable.subject),
    )
    return " · ".join(filter(None, parts))


def _place(cited: Citation) -> str:
    quoted = "\n>\n".join(f"> {escaped(text)}" for text in quoted_texts(cited) if text)
    parts = [quoted, *map(_note, cited.notes)]
    parts += [f"*{escaped(each)}*" for each in cautions(cited)]
    parts += [_source(cited)]
    return "\n\n".join(filter(None, parts)) + "\n"


def _note(each: Note) -> str:
    by = ", ".join(filter(None, (escaped(each.author), each.written[:10])))
    # Markdown ends a line by two blanks in front of its end.
    # Blanks in front of a line would make it code.
    text = "  \n".join(escaped(line.strip()) for line in each.text.strip().splitlines())
    return f"**Note{f' ({by})' if by else ''}:** {text}" if text else ""


def _source(cited: Citation) -> str:
    """The citation; its address between pointed brackets, where no sign of it is markup."""
    words, address = written("note", cited), link(cited)
    if not address or address not in words:
        return f"— {escaped(words)}"
    before, _, after = words.partition(address)
    return f"— {escaped(before)}<{address}>{escaped(after)}"
