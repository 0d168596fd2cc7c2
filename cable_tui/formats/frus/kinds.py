"""What a paragraph of a document is: running text, a heading, an address, the number of a despatch.

The mark-up says how it is printed; where that leaves it open, its words decide.
"""

from __future__ import annotations

import re

from cable_tui.pattern import pattern

_TITLE = pattern(r"\bsectiontitle")
"""How a paragraph is rendered that is a heading."""
_LONGEST_CENTERED = 300
"""Characters of a centered paragraph that is a heading."""
_ADDRESSED = pattern(
    r"(?:To )?(?:Hon\b|Mrs?\b|Messrs\b|Sir\b|Gen|Col\b|Capt|Dr\b|His |Her |M\. |Se[nñ]or|Lord "
    r"|Prince |Count |Baron )\.?(?:[^.!?]|(?<=\W[A-Z])\.|(?<=(?:Mr|Dr|Jr|&c))\.){0,160}\.?$"
    r"|.{0,60}\bEsq\b"
)
"""To whom a letter goes, as the edition has it below the signature."""
_ENCLOSURE = pattern(r"\[?\W?(?:Sub-?)?(?:Enclosure|Inclosure|Annex|Appendix)\b", re.IGNORECASE)
_NUMBER = pattern(r"\[?No\.? ?[A-Z]{0,3}-?[0-9]{1,5}\.?\]")


def printed_as(rend: str, parent: str) -> str:
    """What a paragraph is by its mark-up: `p`, `heading`, or `centered` or `addressed`.

    The last two are to be judged by `meant`.
    """
    if _TITLE.search(rend):
        return "heading"
    if "center" in rend:
        return "centered"
    return "addressed" if parent == "postscript" else "p"


def meant(kind: str, text: str) -> str:
    """What it is by its words too; other kinds than those of paragraphs stay.

    `rule` for a centered line of asterisks, `seg` for the number of a despatch on a line alone.
    """
    if kind == "addressed":
        return kind if _ADDRESSED.match(text) else "p"
    if kind == "centered":
        if len(text) > _LONGEST_CENTERED:
            return "p"
        return "heading" if any(map(str.isalnum, text)) else "rule"
    return "seg" if kind == "p" and _NUMBER.fullmatch(text) else kind


def is_enclosure(heading: str) -> bool:
    """Whether a heading begins an enclosure."""
    return _ENCLOSURE.match(heading) is not None
