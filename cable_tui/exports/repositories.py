"""The repository of the record that was read, as a citation names it."""

from __future__ import annotations

from cable_tui.cable import CABLEGATE, UNKNOWN, Repository
from cable_tui.exports.citation import Citation
from cable_tui.exports.volumes import printed_place
from cable_tui.pattern import pattern

_DOCUMENT = pattern(r"(19[0-9]{2})[A-Z]")
_PLUSD_LETTERS = {"1977": "c", "1978": "d", "1979": "e"}


def repository(citation: Citation) -> Repository:
    """The repository of the source read; WikiLeaks where no source is known."""
    from cable_tui.formats import named  # not wanted before the first cable is cited

    if citation.read is None:
        return CABLEGATE
    form = named(citation.read.format)
    return form.repository if form else UNKNOWN


def repository_line(citation: Citation) -> str:
    """The repository as a note names it, with series and document number."""
    found = repository(citation)
    if found.printed:
        return printed_place(citation.cable.reference_id)
    number = f"{found.numbered} {citation.cable.reference_id}" if found.numbered else ""
    return ", ".join(filter(None, (found.name, found.series, number)))


def plusd_name(reference_id: str) -> str:
    """The cable's name in PlusD: `09CASABLANCA27_a`, `1975DACCA00292_b`."""
    year = _DOCUMENT.match(reference_id)
    letter = _PLUSD_LETTERS.get(year[1], "b") if year else "a"
    return f"{reference_id}_{letter}"
