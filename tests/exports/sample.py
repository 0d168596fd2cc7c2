"""A fictional cable, as the parser would give it, for everything that writes cables down."""

from __future__ import annotations

from collections.abc import Iterable

from cable_tui.base.cable import (
    Addressee,
    Body,
    Cable,
    CableWarning,
    Facts,
    Header,
    Originator,
    Paragraph,
    Reference,
    Source,
)
from cable_tui.exports.citation import Citation
from cable_tui.exports.lists import FORMATS

BODY = """UNCLAS SECTION 01 OF 02 CORVONA 000027

SIPDIS

SUBJECT: VELDORIA: THE PORT'S "NEW" HARBORMASTER & U.S. FISHERIES AID

THE AMBASSADOR SENDS:

1. (U) This cable answers reftel. The harbor of Corvona
was closed for *two* days.

2. (SBU) On the domestic front, fishermen
continued to wrestle

CORVONA 00000027  002 OF 002

with [prices], and "nobody" told them.

3. (SBU) Comment: <ends>.
- No number of its own.
MARLOWE
"""


def _paragraph(
    label: str | None, start: str, end: str, text: str, marking: str | None
) -> Paragraph:
    first = BODY.index(start)
    span = (first, BODY.index(end, first) + len(end))
    anchor = f"par{label}" if label else None
    return Paragraph(label, anchor, marking, None, text, span)


PARAGRAPHS = (
    _paragraph(None, "THE AMB", "SENDS:\n", "THE AMBASSADOR SENDS:", None),
    _paragraph(
        "1",
        "1. (U)",
        "days.\n",
        "This cable answers reftel. The harbor of Corvona\nwas closed for *two* days.",
        "U",
    ),
    _paragraph(
        "2",
        "2. (SBU)",
        "told them.\n",
        "On the domestic front, fishermen\ncontinued to wrestle\nwith [prices], "
        'and "nobody" told them.',
        "SBU",
    ),
    _paragraph("3", "3. (SBU)", "<ends>.\n", "Comment: <ends>.", "SBU"),
    _paragraph(None, "- No", "own.\n", "- No number of its own.", None),
)


TEXT_FORMATS = tuple(name for name, form in FORMATS.items() if not form.binary)
"""The names of the list formats that write text."""


def cable(
    *,
    created: str = "2009-02-13T14:57Z",
    subject: str = 'VELDORIA: THE PORT\'S "NEW" HARBORMASTER & U.S. FISHERIES AID',
    paragraphs: tuple[Paragraph, ...] = PARAGRAPHS,
) -> Cable:
    """The sample, with another day, subject or other paragraphs."""
    return Cable(
        facts=Facts(
            "09CORVONA27",
            "09CORVONA27",
            created,
            "page",
            "2011-08-24T16:30",
            "UNCLASSIFIED//FOR OFFICIAL USE ONLY",
            "Consulate Corvona",
        ),
        subject=subject,
        subject_marking="U",
        tags=("EFIS", "STEINBERG, JAMES B."),
        references=(
            Reference("A", "cable", "08STATE1", False, "08 STATE 1", (0, 10), True),
            Reference("B", "email", None, False, "MARLOWE-TERN E-MAIL", None, None),
        ),
        articles=("http://news.example/port",),
        header=Header(
            "VZCZCXRO1732\nPP RUEHTRO\nFM AMCONSUL CORVONA",
            transmission_id="VZCZCXRO1732",
            precedence="PRIORITY",
            precedences=("PRIORITY",),
            security="ZNR UUUUU ZZH",
            date_time_group="131457Z FEB 09",
            originator=Originator("RUEHCV", 27, 1, 44, "1457"),
            sender="AMCONSUL CORVONA",
            to=(Addressee("RUEHC", "SECSTATE WASHDC", "PRIORITY", "8289", ("RUEHXX",)),),
            info=(Addressee(None, "DEPT OF LABOR WASHDC", None, None),),
        ),
        body=Body(
            BODY,
            captions=("SIPDIS",),
            sections=2,
            addressed=("STATE FOR EFIS",),
            executive_order="12958",
            declassify_on="2019-02-13",
            classified_by="A. MARLOWE",
            classified_by_title="CONSUL",
            reasons=("1.4 (b)",),
            summary=None,
            signed_by=("MARLOWE",),
            paragraphs=paragraphs,
        ),
        warnings=(CableWarning("year-inferred", "C. TERN 0090: year taken from the cable"),),
        sources=(Source("2009/02/09CORVONA27.html", "html-page"),),
    )


def listed(name: str, citations: Iterable[Citation], title: str = "") -> str:
    """The whole file that a list format makes of some places."""
    form = FORMATS[name]
    return "".join(map(str, form.join(map(form.part, citations), title)))
