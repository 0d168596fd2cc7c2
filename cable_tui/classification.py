"""Classifications, from the lowest to the highest, and their short forms.

A module of its own, without imports: the first list on the screen needs no more than this.
"""

from __future__ import annotations

CLASSIFICATIONS: tuple[tuple[str, str], ...] = (
    ("UNCLASSIFIED", "U"),
    ("UNCLASSIFIED//FOR OFFICIAL USE ONLY", "U//FOUO"),
    ("LIMITED OFFICIAL USE", "LOU"),
    ("OFFICIAL USE ONLY", "OUO"),
    ("RESTRICTED", "R"),
    ("CONFIDENTIAL", "C"),
    ("CONFIDENTIAL//NOFORN", "C//NF"),
    ("SECRET", "S"),
    ("SECRET//NOFORN", "S//NF"),
    ("TOP SECRET", "TS"),
)
"""Classifications from the lowest to the highest, with their short forms.

LIMITED OFFICIAL USE is from the telegrams of the National Archives; OFFICIAL USE ONLY, RESTRICTED
and TOP SECRET are those of older ones, in the State Department's edition."""
_SHORT = dict(CLASSIFICATIONS)


def class_short(classification: str) -> str:
    """`S//NF` for `SECRET//NOFORN`; an unknown classification is its own short form."""
    return _SHORT.get(classification, classification)
