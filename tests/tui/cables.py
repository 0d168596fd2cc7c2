"""Fictional cables for the widgets, put together from their texts."""

from __future__ import annotations

import re

from cable_tui.base.cable import (
    Addressee,
    Body,
    Cable,
    CableWarning,
    Facts,
    Header,
    Location,
    Paragraph,
    RawCable,
    Reference,
    Span,
)
from cable_tui.base.value import Value, replace
from cable_tui.telegram.ids import split
from cable_tui.telegram.references.in_text import in_text

_LONG = "Herring is the only thing that this coast exports and the only thing it votes about."

TEXT = f"""\
C O N F I D E N T I A L SECTION 01 OF 02 ZENDA 000027

SIPDIS

E.O. 12958: DECL: 02/13/2019
TAGS: PGOV, EFIS, ZE
SUBJECT: HERRING AND [GENERALS] ON THE COAST

REF: A. 08STATE127448
     B. 08ZENDA255 (NOTAL)
     C. STRELSAU 0090

Classified By: Political Counselor Rosa Kell for reasons 1.4 (b) and (d).

1.  (C) SUMMARY: The herring fleet stayed in port for a ninth day.
[deleted XXXXX] told the Embassy that three generals own the ice house.
See Ref A.  End Summary.

-------------------
Ice, and who has it
-------------------

2.  (C/NF) {" ".join([_LONG] * 9)}

ZENDA 00000027  002 OF 002


3.  (SBU) Herring\tprice\tper crate
\tApril\t12
\tMay\t31
The [/x] mark and a café on the Ωmega quay stand in the harbour books (refs B and C).

4.  (U) Comment: no herring, no votes.
KELL
"""


class Words(Value):
    """A `Highlighting` that finds one pattern."""

    pattern: str

    def spans(self, text: str) -> list[Span]:
        return [
            found.span() for found in re.finditer(self.pattern, text, re.IGNORECASE | re.MULTILINE)
        ]

    places = spans


NOTHING = Words("(?!)")


def _paragraphs(text: str) -> tuple[Paragraph, ...]:
    found = re.finditer(r"^(\d+)\.  \(([A-Z/]+)\) ((?:.+\n?)+)", text, re.MULTILINE)
    return tuple(
        Paragraph(one[1], f"par{one[1]}", one[2], None, one[3], (one.start(), one.end() - 1))
        for one in found
    )


def _reference(text: str, label: str, printed: str, name: str) -> Reference:
    start = text.index(printed)
    return Reference(label, "cable", name, False, printed, (start, start + len(printed)))


def raw(text: str, header: str = "") -> RawCable:
    """A record with this body, for the grammar."""
    facts = ("09ZENDA27", "2009-02-13 14:57", "2011-08-24", "CONFIDENTIAL", "Embassy Zenda", "Ice")
    return RawCable(*facts, header, text, "html-page", Location("27.html", 0, len(text)))


def cable(text: str = TEXT, paragraphs: tuple[Paragraph, ...] | None = None) -> Cable:
    """A cable with this body; the paragraphs are found by their numbers."""
    body = Body(
        text, sections=2, paragraphs=_paragraphs(text) if paragraphs is None else paragraphs
    )
    header = Header("VZCZCXRO1732\nPP RUEHZE\nFM AMEMBASSY ZENDA\nTO RUEHC/SECSTATE WASHDC\n")
    facts = Facts(
        "09ZENDA27",
        "09ZENDA27",
        "2009-02-13T14:57Z",
        "date-time group",
        "2011-08-24T16:30",
        "CONFIDENTIAL//NOFORN",
        "Embassy Zenda",
    )
    said = tuple(
        in_text(text, (0, 0), 2009, split(facts.canonical_id), frozenset({"ZENDA", "HENTZAU"}))
    )
    return Cable(facts, "Herring", None, ("PGOV",), (), (), header, body, text_references=said)


def whole() -> Cable:
    """One with everything that the boxes show."""
    made = cable()
    info = tuple(Addressee(None, name, None, None) for name in ("STRELSAU", "HENTZAU", "TARLEN"))
    header = replace(
        made.header,
        precedence="PRIORITY",
        date_time_group="131457Z FEB 09",
        sender="AMEMBASSY ZENDA",
        to=(Addressee("RUEHC", "SECSTATE WASHDC", "PRIORITY", "8289"),),
        info=info,
    )
    references = (
        _reference(TEXT, "A", "08STATE127448", "08STATE127448"),
        _reference(TEXT, "B", "08ZENDA255", "08ZENDA255"),
        replace(_reference(TEXT, "C", "STRELSAU 0090", "09STRELSAU90"), in_archive=False),
    )
    return replace(
        made,
        subject="HERRING AND [GENERALS] ON THE COAST",
        subject_marking="C",
        references=references,
        articles=("http://www.example.org/herring/generals",),
        header=header,
        warnings=(CableWarning("cut", "The last section of this cable is not in the archive."),),
    )
