"""FLAGS: the properties of a cable itself that `is:` and `has:` can query.

A flag is one bit of a number in the catalogue; its index in `FLAGS` is the index of the bit.
Properties that depend on the archive or the reader (`is:new`, `is:bookmarked`) are not flags: see
`query.fields`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from cable_tui.base.value import Value

CORRECTED = "CORRECTED COPY"
"""The first words in the captions of a corrected copy; a remark may follow them."""


class Flag(Value):
    """One property of a cable, stored as a bit."""

    prefix: Literal["is", "has"]
    name: str
    help: str
    signs: tuple[str, ...]
    """The captions, parts of the classification, warning codes and names of cable parts that set
    the flag; any one of them is enough.
    """


def _caption(name: str, text: str, *signs: str) -> Flag:
    return Flag("is", name, text, signs or (name.upper(),))


def _warning(code: str, text: str) -> Flag:
    return Flag("has", code, text, (code,))


_DAMAGED = _warning("damaged", "its file was altered: the checksum differs")
_OF_THE_TEXT: tuple[Flag, ...] = (
    _warning("other-cable", "the text belongs to another cable"),
    _warning("stub", "the site shortened the text"),
    _warning("partial-extract", "only part of the cable was available"),
    _warning("repeated-body", "the text occurs more than once"),
    _warning("database-row", "a database row precedes the text"),
    _warning("teaser", "the text contains a teaser of the site"),
    _warning("year-inferred", "a reference has no year"),
    _warning("time-from-date-time-group", "its time is the time of transmission"),
    _warning("ambiguous-anchor", "a paragraph number occurs twice"),
    _warning("unparsed", "a part of it could not be read"),
    _warning("no-text", "the National Archives could not read its text"),
    _warning("cut-off", "the file ends inside the text"),
    _warning("named-by-file", "only the file name identifies the cable"),
    _warning("two-cables", "the file's text continues into another cable"),
)
WARNINGS: tuple[Flag, ...] = (*_OF_THE_TEXT, _DAMAGED)
"""One flag for each warning code of `telegram.warnings`."""

FLAGS: tuple[Flag, ...] = (
    Flag(
        "is",
        "partial",
        "its text is not complete",
        ("stub", "teaser", "partial-extract", "cut-off"),
    ),
    _caption("noforn", "not for foreigners"),
    _caption("sipdis", "shared on SIPRNet", "SIPDIS", "SIPDIS SENSITIVE"),
    _caption(
        "sensitive",
        "sensitive but unclassified",
        "SENSITIVE",
        "SIPDIS SENSITIVE",
        "SBU",
        "SBU DELIBERATIVE PROCESS",
        "SENSITIVE BUT UNCLASSIFIED",
    ),
    _caption("fouo", "for official use only", "FOUO", "FOR OFFICIAL USE ONLY"),
    _caption("exdis", "exclusive distribution"),
    _caption("nodis", "not to be distributed beyond the addressee"),
    _caption("limdis", "limited distribution"),
    _caption("stadis", "for the Department of State only"),
    _caption("terrep", "a report on terrorism"),
    _caption("orcon", "the originator controls further distribution"),
    _caption("eyes-only", "for the named readers only", "EYES ONLY"),
    _caption("roger-channel", "on intelligence matters", "ROGER CHANNEL"),
    _caption("dissent", "sent in the dissent channel", "DISSENT CHANNEL"),
    _caption("corrected", "a corrected copy", CORRECTED),
    Flag("has", "header", "a transmission header", ("header",)),
    Flag("has", "subject", "a subject", ("subject",)),
    Flag("has", "tag", "a TAG", ("tag",)),
    Flag("has", "reference", "a reference to another cable", ("reference",)),
    Flag(
        "has",
        "warning",
        "a warning about quoting it",
        tuple(sign for warning in WARNINGS for sign in warning.signs),
    ),
    *_OF_THE_TEXT,
    Flag("has", "redaction", "words were blacked out, as in XXXXXXXXXXXX", ("redaction",)),
    _DAMAGED,
    Flag("is", "withdrawn", "the National Archives has withdrawn its text", ("withdrawn",)),
    Flag("is", "microfilm", "its text exists only on microfilm", ("microfilm",)),
)
"""Every flag, at the index of its bit: new flags are appended."""

BITS: dict[tuple[str, str], int] = {
    (flag.prefix, flag.name): 1 << number for number, flag in enumerate(FLAGS)
}
"""The bit of each flag, by prefix and name."""

MASKS: dict[tuple[str, str], int] = {
    **BITS,
    # Nearly every page of 2010 has garbled minutes: that alone is not worth a search.
    ("has", "warning"): sum(
        BITS[flag.prefix, flag.name]
        for flag in WARNINGS
        if flag.name != "time-from-date-time-group"
    ),
}
"""The bits checked by each flag's query, by prefix and name; one set bit is enough."""

_OF_SIGN: dict[str, int] = {}
for _flag in FLAGS:
    for _sign in _flag.signs:
        _OF_SIGN[_sign] = _OF_SIGN.get(_sign, 0) | BITS[_flag.prefix, _flag.name]


def flags_of(signs: Iterable[str]) -> int:
    """Return the flag bits for a cable with these captions and codes; ignore unknown ones."""
    bits = 0
    for caption_or_code in signs:
        bits |= _OF_SIGN.get(caption_or_code, 0)
    return bits


def stamp() -> str:
    """Return a text that changes whenever the definition of a flag changes."""
    return repr([(flag.prefix, flag.name, flag.signs) for flag in FLAGS])
