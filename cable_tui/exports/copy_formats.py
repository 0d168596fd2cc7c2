"""What a reader copies of a cable or paragraph: references and quotations."""

from __future__ import annotations

from cable_tui.exports.citation import Citation, written_on
from cable_tui.exports.links import link
from cable_tui.exports.parts import quoted, quoted_part
from cable_tui.exports.repositories import repository_line
from cable_tui.pattern import pattern

_CANONICAL = pattern(r"(\d{2})([A-Z]+)(\d+)")
_MARKUP = pattern(r"([\\`*_\[\]<>~]|&(?=#?\w+;))")
_BLOCK = pattern(r"([#+-]|=+\s*$|\d+(?=[.)]))")


def reference(citation: Citation) -> str:
    """`09CASABLANCA27 ¶3`, `09CASABLANCA27 ref. B`."""
    places = citation.places
    if citation.letters:
        return f"{citation.cable.reference_id} {citation.paras}"
    return f"{citation.cable.reference_id} ¶{places}" if places else citation.cable.reference_id


def as_cited(citation: Citation) -> str:
    """`09 CASABLANCA 27`, as cables themselves write it; of an edition its volume and document."""
    if citation.cable.edition:
        return repository_line(citation)
    found = _CANONICAL.fullmatch(citation.cable.canonical_id)
    return " ".join(found.groups()) if found else citation.cable.canonical_id


def quotation(citation: Citation) -> str:
    """The words in quotation marks and where they stand.

    Lines are joined, page breaks are out, the portion marking stays; where a paragraph is cut
    stands an ellipsis. Of several paragraphs each
    opens with a quotation mark and the last one closes. A whole cable is quoted by its subject.
    """
    texts = quoted_texts(citation)
    words = "\n\n".join(f"“{text}" for text in texts if text)
    source = ", ".join(filter(None, (citation.cable.reference_id, citation.paras)))
    return f"{words}” ({source})" if words else f"({source})"


def text(citation: Citation) -> str:
    """The text as filed: of the paragraphs, or of both boxes."""
    cable = citation.cable
    if citation.part is not None:
        return cable.body.text[slice(*citation.part)]
    if citation.letters:
        return "\n".join(each.text for each in citation.references)
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
    texts = quoted_texts(citation)
    block = "\n>\n".join(f"> {escaped(text)}" for text in texts if text)
    places = citation.places
    place = f"¶{places}" if places else citation.paras
    name = f"{cable.reference_id}, {place}" if place else cable.reference_id
    address = link(citation)
    created = written_on(citation)
    facts = (
        f"[{name}]({address})" if address else name,
        escaped(cable.facts.origin),
        f"{created.day} {created:%b} {created.year}" if created else "",
        cable.facts.classification.replace("FOR OFFICIAL USE ONLY", "FOUO"),
    )
    source = f"— {', '.join(filter(None, facts))}"
    return f"{block}\n{source}" if block else source


def quoted_texts(citation: Citation) -> list[str]:
    """The words of the place, each paragraph on one line; of a cable its subject."""
    if citation.part is not None:
        return quoted_part(citation.cable, citation.part)
    if citation.letters:
        return [each.text for each in citation.references]
    return [quoted(each) for each in citation.paragraphs] or [citation.cable.subject]


def escaped(words: str) -> str:
    """Words that Markdown shows as they are."""
    shown = _MARKUP.sub(r"\\\1", words)
    block = _BLOCK.match(shown)
    if block is None:
        return shown
    # `1.` begins a list by its full stop, the others by themselves.
    at = block.end() if block[0].isdigit() else 0
    return f"{shown[:at]}\\{shown[at:]}"
