"""Header and body told apart where a copy lost the boxes: the body opens with its classification.

Also the paragraph signs of the site, which some copies kept.
"""

from __future__ import annotations

import re

_LONGEST_HEADER = 400
"""Lines; the longest seen has 60."""
_LINE_START = 80
"""Characters of a line that are looked at for a classification."""
_ADDRESSED = ("TO ", "INFO ", "FM ")
_TRANSMITTED = ("VZCZC", "DE ", "ZNR", "ZNY")
_OPENING = re.compile(r".{0,2}?(?:S?ECRET|C?ONFIDENTIAL|UNCLAS)", re.IGNORECASE)
_GLUED = re.compile(
    r"(?:UNCLAS|[CS]? ?C ?O ?N F I D E N|S{0,2} ?E C R E T|O N F I D E N T"
    r"|(?<![ /])(?:SECRET|CONFIDENTIAL)(?=//|[ ](?:SECTION|[A-Z .']{2,40} [0-9]{3,8})))"
)
_SIGN = re.compile(r"^([ \t]{0,20})¶(?=([0-9]{1,3}|[A-Z])\. )", re.MULTILINE)


def at_classification(texts: str) -> tuple[str, str]:
    """Header and body of texts that run on: cut before the first classification line.

    It must come after the addressees, if there is a transmission header at all. Without such a line
    all is body.
    """
    lines = texts.split("\n", _LONGEST_HEADER)[:_LONGEST_HEADER]
    at = 0
    transmitted = addressed = False
    for line in lines:
        start = line[:_LINE_START]
        if _OPENING.match(start.replace(" ", "")) and (addressed or not transmitted):
            return texts[:at].rstrip("\n"), texts[at:]
        addressed = addressed or start.startswith(_ADDRESSED)
        transmitted = transmitted or start.startswith(_TRANSMITTED)
        at += len(line) + 1
    return "", texts


def inside_a_line(texts: str) -> tuple[str, str]:
    """Header and body of texts glued together: `...GENEVA 0670UNCLAS SECTION 01 OF 08 ...`."""
    at = 0
    for line in texts.split("\n", _LONGEST_HEADER)[:_LONGEST_HEADER]:
        found = _GLUED.search(line[: _LINE_START * 4])
        if found:
            cut = at + found.start()
            return texts[:cut].rstrip("\n"), texts[cut:]
        at += len(line) + 1
    return "", texts


def without_signs(text: str) -> tuple[str, tuple[str, ...]]:
    """The text without the `¶` that the site put before its anchors, and those anchors."""
    anchors = tuple(f"par{found[2]}" for found in _SIGN.finditer(text))
    return _SIGN.sub(r"\1", text), anchors
