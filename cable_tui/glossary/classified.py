"""What classifications, portion markings and reasons for classifying mean.

From Executive Order 12958 of 1995, sections 1.3 and 1.5, and as amended by Executive Order 13292
of 2003, sections 1.2 and 1.4; 12 FAM 540 for what is sensitive but not classified. Both orders are
public; the words here are shortened.
"""

from __future__ import annotations

_S = "Secret: to disclose it could cause serious damage to the national security"
_C = "Confidential: to disclose it could cause damage to the national security"
_SBU = "Sensitive but unclassified: not classified, and not meant for everybody"
_FOUO = "For official use only: not classified, and not meant for everybody"
_LOU = "Limited official use: the name until 1995 of what is sensitive but unclassified"
_FOREIGN = "not releasable to foreign nationals"
_LEVELS = {
    "U": "Unclassified",
    "UNCLAS": "Unclassified",
    "UNCLASSIFIED": "Unclassified",
    "SBU": _SBU,
    "SENSITIVE": _SBU,
    "FOUO": _FOUO,
    "FOR OFFICIAL USE ONLY": _FOUO,
    "LOU": _LOU,
    "LIMITED OFFICIAL USE": _LOU,
    "C": _C,
    "CONFIDENTIAL": _C,
    "S": _S,
    "SECRET": _S,
    "TS": "Top secret: to disclose it could cause exceptionally grave damage",
    "TOP SECRET": "Top secret: to disclose it could cause exceptionally grave damage",
}
_CAVEATS = {
    "NF": _FOREIGN,
    "NOFORN": _FOREIGN,
    "OC": "the originator controls who else gets it",
    "ORCON": "the originator controls who else gets it",
}
_REASONS_2003 = {
    "a": "military plans, weapons systems, or operations",
    "b": "information from or about foreign governments",
    "c": "intelligence activities, sources or methods, or cryptology",
    "d": "foreign relations or foreign activities of the United States; confidential sources",
    "e": "science, technology or economy as far as national security depends on it",
    "f": "programs for safeguarding nuclear materials or facilities",
    "g": "weaknesses or strengths of systems, installations, projects, plans or protection",
    "h": "weapons of mass destruction",
}
_REASONS_1995 = {letter: _REASONS_2003[letter] for letter in "abcdefg"}


def marking(printed: str) -> str | None:
    """What a classification or portion marking says (`C/NF`, `SECRET//NOFORN`), or None."""
    parts = [part.strip() for part in printed.upper().replace("-", "/").split("/") if part.strip()]
    level = _LEVELS.get(parts[0]) if parts else None
    if level is None:
        return None
    said = [level]
    for caveat in parts[1:]:
        if caveat in _CAVEATS:
            said.append(_CAVEATS[caveat])
        elif caveat.startswith("REL"):
            said.append(f"may be released to {caveat[3:].replace('TO ', '').strip() or 'others'}")
        elif caveat in _LEVELS:
            said.append(_LEVELS[caveat])
    return "; ".join(said)


def reason(section: str, letter: str) -> str | None:
    """Why something was classified: `1.4` and `b`; `1.5` is the order of 1995. None if unknown."""
    reasons = {"1.4": _REASONS_2003, "1.5": _REASONS_1995}.get(section, {})
    return reasons.get(letter.lower())
