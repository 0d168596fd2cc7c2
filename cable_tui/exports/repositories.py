"""Where the record that was read is kept, as a citation names it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cable_tui.exports.citation import Citation


@dataclass(frozen=True, slots=True)
class Repository:
    """One archive that cables come from."""

    name: str
    """Of the archive itself."""
    series: str = ""
    """Record group and series within it."""
    numbered: str = ""
    """What its own number of a document is called; empty where it goes by the reference."""
    cablegate: bool = False
    """Whether the address of a cable follows from its reference ID and month."""


_CABLEGATE = Repository("WikiLeaks", cablegate=True)
_PLUSD = Repository("WikiLeaks Public Library of US Diplomacy (PlusD)")
_NARA = Repository(
    "National Archives, Access to Archival Databases (AAD)",
    "RG 59, Central Foreign Policy Files, 1973–79",
    "document number",
)
_HISTORY_LAB = Repository(
    "History Lab, Freedom of Information Archive (FOIArchive)", numbered="document"
)
BY_FORMAT: dict[str, Repository] = {
    "html-page": _CABLEGATE,
    "dump-csv": _CABLEGATE,
    "dump-tsv": _CABLEGATE,
    "page-text": _CABLEGATE,
    "alx-text": _CABLEGATE,
    "pdf-text": _CABLEGATE,
    "plusd-page": _PLUSD,
    "plusd-json": _PLUSD,
    "nara-text": _NARA,
    "foia-csv": _HISTORY_LAB,
}
"""By `Source.format`. A format of no archive of its own is named by none."""
_UNKNOWN = Repository("")
_DOCUMENT = re.compile(r"(19[0-9]{2})[A-Z]")
_PLUSD_LETTERS = {"1977": "c", "1978": "d", "1979": "e"}


def repository(citation: Citation) -> Repository:
    """The repository of the source read; WikiLeaks where no source is known."""
    read = citation.read
    return _CABLEGATE if read is None else BY_FORMAT.get(read.format, _UNKNOWN)


def kept(citation: Citation) -> str:
    """The repository as a note names it, with series and document number."""
    found = repository(citation)
    number = f"{found.numbered} {citation.cable.reference_id}" if found.numbered else ""
    return ", ".join(filter(None, (found.name, found.series, number)))


def plusd_name(reference_id: str) -> str:
    """The cable's name in PlusD: `09CASABLANCA27_a`, `1975DACCA00292_b`."""
    year = _DOCUMENT.match(reference_id)
    letter = _PLUSD_LETTERS.get(year[1], "b") if year else "a"
    return f"{reference_id}_{letter}"
