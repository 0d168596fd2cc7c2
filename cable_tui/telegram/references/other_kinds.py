"""Things that REF lines cite and that are no cables, known by the words for them."""

from __future__ import annotations

from cable_tui.cable import ReferenceKind
from cable_tui.pattern import Pattern, pattern

_KINDS: dict[ReferenceKind, Pattern[str]] = {
    "email": pattern(r"\bE[ -]?MAILS?\b|\bEMAILED\b|\bOPENNET\b|@"),
    "telephone": pattern(r"\b(?:TELE?CONS?|TELEPHONE|PHONE ?CALLS?|PHCON|[PF]H?ONECON|PHONE)\b"),
    "airgram": pattern(r"\bAIRGRAMS?\b|(?<![A-Z0-9/-])C?A-[0-9]{1,5}(?![0-9A-Z-])"),
    "report": pattern(
        r"\b(?:IIR|TDX?-?[0-9]|TD[ -]|FBIS|OSC|CIR[ -]?[0-9]|TDFIR|SITREP|REPORTS?|SIPRNET|NIE"
        r"|BULLETIN)\b"
    ),
    "other": pattern(
        r"\b(?:FAM|DTG|CFR|USC|LETTERS?|MEMO(?:RANDUM)?|FAX|ARTICLE|WEBSITE|GUIDANCE"
        r"|DIPLOMATIC NOTE|DIPNOTE|MEETINGS?|CONVERSATIONS?|PHOTOS?)\b"
    ),
}
"""In the order in which they are asked."""


def kind_of(text: str) -> ReferenceKind | None:
    """What kind of thing that is no cable the words of an item speak of, or None."""
    return next((kind for kind, shape in _KINDS.items() if shape.search(text)), None)
