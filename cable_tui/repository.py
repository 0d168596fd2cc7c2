"""The archives that cables come from, as a citation names them.

A container format says which of them its records were taken from; the exports print it.
"""

from __future__ import annotations

from cable_tui.value import Value


class Repository(Value):
    """One archive that cables come from."""

    name: str
    """Of the archive itself; empty where nothing is known of it."""
    series: str = ""
    """Record group and series within it."""
    numbered: str = ""
    """What its own number of a document is called; empty where it goes by the reference."""
    cablegate: bool = False
    """Whether the address of a cable follows from its reference ID and month."""
    address: str = ""
    """The address of a document, with its reference ID for `{id}`; empty where none is known."""
    printed: bool = False
    """Whether it is an edition in volumes, which its own ids name: cited by volume and document."""


UNKNOWN = Repository("")
CABLEGATE = Repository("WikiLeaks", cablegate=True)
FRUS = Repository(
    "Foreign Relations of the United States",
    address="https://history.state.gov/historicaldocuments/{id}",
    printed=True,
)
PLUSD = Repository("WikiLeaks Public Library of US Diplomacy (PlusD)")
NATIONAL_ARCHIVES = Repository(
    "National Archives, Access to Archival Databases (AAD)",
    "RG 59, Central Foreign Policy Files, 1973–79",
    "document number",
)
