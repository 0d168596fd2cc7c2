"""Fictional records for the tests of the grammar; posts are real names, all else is invented."""

from __future__ import annotations

from pathlib import Path

from cable_tui import formats
from cable_tui.base.cable import Location, RawCable

BODY = """\
C O N F I D E N T I A L SECTION 01 OF 02 CASABLANCA 000027

SIPDIS
NOFORN

STATE FOR NEA/MAG AND EUR/WE
NSC FOR A. PELHAM

E.O. 12958: DECL: 02/13/2019
TAGS: PREL PGOV MO
SUBJECT: THE LIGHTHOUSE KEEPERS' UNION AND
THE HARBOR

REF: A. 08 STATE 127448
     B. RABAT 90

Classified By: Consul General Ada Thornbury for reasons 1.4 (b) and (d).

-------
Summary
-------

1. (C) The keepers met on Monday.  They were in
2008.  A vote was put off.  End Summary.

The Keepers
-----------

2. (C/NF) Their chairman said that the lamp would

CASABLANCA 00000027  002 OF 002


burn until spring.

3. (U) The harbor master cleared this cable.
THORNBURY
"""


def record(body: str = BODY, **changes: object) -> RawCable:
    """A record around a body."""
    values: dict[str, object] = {
        "reference_id": "09CASABLANCA27",
        "created": "2009-02-13 14:57",
        "released": "2011-08-24 16:30",
        "classification": "CONFIDENTIAL",
        "origin": "Consulate Casablanca",
        "title": "",
        "header": "",
        "body": body,
        "format": "html-page",
        "location": Location("09CASABLANCA27.html", 0, 0),
    }
    return RawCable(**(values | changes))  # type: ignore[arg-type]


def page(file: Path) -> RawCable | None:
    """The record of a page of the corpus; None for a page without a cable."""
    with file.open("rb") as stream:
        form = formats.sniff(file.name, stream.read(formats.HEAD))
        if isinstance(form, formats.Skip):
            return None
        stream.seek(0)
        found = formats.cables(form, stream, file.name)
        return next(each for each in found if isinstance(each, RawCable))
