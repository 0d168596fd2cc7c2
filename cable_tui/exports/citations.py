"""What a reader copies of a cable or paragraph: references, quotations, notes."""

from __future__ import annotations

import re

from cable_tui.cable import Paragraph
from cable_tui.exports.cited import Citation, day, sender
from cable_tui.exports.links import link
from cable_tui.exports.titles import title_case

REPOSITORY = "WikiLeaks"
_LINE_END = re.compile(r"[ \t]*\n\s*")
_CANONICAL = re.compile(r"(\d{2})([A-Z]+)(\d+)")
_MARKUP = re.compile(r"([\\`*_\[\]<>])")
_QUOTED = re.compile(r"[\"“]([^\"“”]*)[\"”]")
_BLOCK = re.compile(r"([#+-]|\d+(?=[.)]))")


def reference(citation: Citation) -> str:
    """`09CASABLANCA27 ¶3`."""
    places = citation.places
    return f"{citation.cable.reference_id} ¶{places}" if places else citation.cable.reference_id


def as_cited(citation: Citation) -> str:
    """`09 CASABLANCA 27`, as cables themselves write it."""
    found = _CANONICAL.fullmatch(citation.cable.canonical_id)
    return " ".join(found.groups()) if found else citation.cable.canonical_id


def quotation(citation: Citation) -> str:
    """The words in quotation marks and where they stand.

    Lines are joined, page breaks are out, the portion marking stays. Of several paragraphs each
    opens with a quotation mark and the last one closes. A whole cable is quoted by its subject.
    """
    texts = [_joined(each) for each in citation.paragraphs] or [citation.cable.subject]
    quoted = "\n\n".join(f"“{text}" for text in texts if text)
    source = ", ".join(filter(None, (citation.cable.reference_id, citation.paras)))
    return f"{quoted}” ({source})" if quoted else f"({source})"


def text(citation: Citation) -> str:
    """The text as filed: of the paragraphs, or of both boxes."""
    cable = citation.cable
    if not citation.paragraphs:
        return "\n\n".join(filter(None, (cable.header.text, cable.body.text)))
    everything = cable.body.paragraphs
    spans: list[tuple[int, int]] = []
    last = -2
    for at in sorted(everything.index(each) for each in citation.paragraphs):
        start, end = everything[at].span
        # Neighbours keep the blank lines between them.
        spans = [*spans[:-1], (spans[-1][0], end)] if at == last + 1 else [*spans, (start, end)]
        last = at
    return "\n\n".join(cable.body.text[start:end].rstrip("\n") for start, end in spans)


def markdown(citation: Citation) -> str:
    """A block quotation and a line that says and links where it is from."""
    cable = citation.cable
    texts = [_joined(each) for each in citation.paragraphs] or [cable.subject]
    quoted = "\n>\n".join(f"> {_escaped(text)}" for text in texts if text)
    places = citation.places
    name = f"{cable.reference_id}, ¶{places}" if places else cable.reference_id
    address = link(citation)
    created = day(cable.facts.created)
    facts = (
        f"[{name}]({address})" if address else name,
        _escaped(cable.facts.origin),
        f"{created.day} {created:%b} {created.year}" if created else "",
        cable.facts.classification.replace("FOR OFFICIAL USE ONLY", "FOUO"),
    )
    source = f"— {', '.join(filter(None, facts))}"
    return f"{quoted}\n{source}" if quoted else source


def note(citation: Citation) -> str:
    """A footnote: sender, subject, number, date, paragraph, classification, repository, link."""
    facts = citation.cable.facts
    title = _within_quotes(title_case(citation.cable.subject))
    created = day(facts.created)
    number = f"cable {citation.cable.reference_id}"
    parts = (
        sender(facts.origin),
        f"“{title},” {number}" if title else number,
        f"{created:%B} {created.day}, {created.year}" if created else "",
        citation.paras,
        facts.classification,
        REPOSITORY,
        link(citation),
    )
    return ", ".join(filter(None, parts)) + "."


def _within_quotes(title: str) -> str:
    """Quotation marks inside of quotation marks are single ones."""
    return _QUOTED.sub(r"‘\1’", title)


def _joined(paragraph: Paragraph) -> str:
    joined = _LINE_END.sub(" ", paragraph.text.strip())
    return f"({paragraph.marking}) {joined}" if paragraph.marking else joined


def _escaped(words: str) -> str:
    """Words that Markdown shows as they are."""
    escaped = _MARKUP.sub(r"\\\1", words)
    block = _BLOCK.match(escaped)
    if block is None:
        return escaped
    # `1.` begins a list by its full stop, the others by themselves.
    at = block.end() if block[0].isdigit() else 0
    return f"{escaped[:at]}\\{escaped[at:]}"
