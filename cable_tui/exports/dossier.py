"""A list of places as a Markdown file to write from: a timeline, then each place in order.

Each has its quotation, the reader's notes, what must be known of it, and its citation with the
link. `dossier_html` writes the same as a page to print.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from cable_tui.exports.citation import Citation, Note, cautions, day, written_on
from cable_tui.exports.copy_formats import escaped, quoted_texts, reference
from cable_tui.exports.links import link
from cable_tui.exports.notes import written
from cable_tui.text.numbers import counted

_IN_MEMORY = 8 << 20
"""Bytes of the places that are kept in memory; more go to a temporary file."""
_PIECE = 1 << 16


class Layout(NamedTuple):
    """How the parts of a dossier are written; each part ends its own lines."""

    head: Callable[[str, str], str]
    """Of the title and of how much there is: all in front of the timeline's lines."""
    dated: Callable[[Citation, int], str]
    """A line of the timeline: a cable, and the number of its first place."""
    between: str
    """Behind the timeline."""
    place: Callable[[Citation, int], str]
    """A place and its number."""
    end: str = ""


def dossier(citations: Iterable[Citation], title: str) -> Iterator[str]:
    """The Markdown file in pieces, as `laid_out` gives it."""
    return laid_out(citations, title, _MARKDOWN)


def laid_out(citations: Iterable[Citation], title: str, layout: Layout) -> Iterator[str]:
    """The file in pieces. Of the places only the lines of the timeline stay in memory."""
    dates: dict[str, tuple[str, str]] = {}
    count = 0
    with tempfile.SpooledTemporaryFile(
        _IN_MEMORY, "w+", encoding="utf-8", errors="replace", newline=""
    ) as places:
        for count, cited in enumerate(citations, 1):
            facts = cited.cable.facts
            if facts.canonical_id not in dates:
                dates[facts.canonical_id] = (facts.created, layout.dated(cited, count))
            places.write(layout.place(cited, count))
        said = f"{counted(count, 'place')} in {counted(len(dates), 'cable')}."
        yield layout.head(title or "Cables", said)
        # What has no date stands at the end.
        for _, line in sorted(dates.values(), key=lambda each: (not each[0], each[0])):
            yield line
        yield layout.between
        places.seek(0)
        while piece := places.read(_PIECE):
            yield piece
        yield layout.end


def facts_of(cited: Citation) -> Sequence[str]:
    """Day, post, classification and subject, each on one line; what is not known is left out."""
    cable = cited.cable
    when = written_on(cited)
    parts = (
        when.isoformat() if when else "",
        cable.facts.origin,
        cable.facts.classification.replace("FOR OFFICIAL USE ONLY", "FOUO"),
        " ".join(cable.subject.split()),
    )
    return tuple(filter(None, parts))


def quotations(cited: Citation) -> list[str]:
    """The words of the place; none of a whole cable, whose subject its heading has."""
    whole = not (cited.part or cited.letters or cited.paragraphs)
    return [] if whole else [text for text in quoted_texts(cited) if text]


def _head(title: str, said: str) -> str:
    return f"# {escaped(title)}\n\n{said}\n\n## Timeline\n\n"


def _dated(cited: Citation, _number: int) -> str:
    cable = cited.cable
    whole = Citation(cable, (), cited.link_template, folder=cited.folder)
    address = link(whole)
    name = escaped(cable.reference_id)
    created = day(cable.facts.created)
    parts = (
        created.isoformat() if created else "no date",
        f"[{name}]({address})" if address else name,
        escaped(cable.facts.origin),
        escaped(cable.subject),
    )
    return f"- {' · '.join(filter(None, parts))}\n"


def _place(cited: Citation, number: int) -> str:
    heading = " · ".join(map(escaped, (reference(cited), *facts_of(cited))))
    quoted = "\n>\n".join(f"> {escaped(text)}" for text in quotations(cited))
    parts = [f"\n## {number}. {heading}", quoted, *map(_note, cited.notes)]
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


_MARKDOWN = Layout(_head, _dated, "", _place)
