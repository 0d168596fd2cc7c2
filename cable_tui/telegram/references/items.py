"""Cuts a REF block into its labelled items; all offsets stay those of the body.

What is no part of the references is blanked one for one first: `¶`, page-break lines, the ends of
pasted rows.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from cable_tui.pattern import pattern
from cable_tui.telegram import pagebreaks

_BREAK = pattern(
    r"(?P<station>(?:\b[A-Z][A-Z.'-]{0,19}[ \t]{1,3}){1,3})?"
    r"0?[0-9]{7}\s{1,6}[0-9]{3}(?:\.[0-9]{1,2})?[ \t]{1,3}OF[ \t]{1,3}[0-9]{3}\b"
)
_OLD_BREAK = pattern(
    r"PAGE[ \t]{1,3}[0-9]{2}[ \t]{1,10}[A-Z][A-Z .'-]{1,24}?[ \t]{1,6}[0-9]{4,6}"
    r"(?:[ \t]{1,6}[0-9]{2}[ \t]{1,2}OF[ \t]{1,2}[0-9]{2})?[ \t]{1,6}[0-9]{6}Z"
)
_NOISE = str.maketrans("¶\\\xa0\t’‘–—", "    ''--")
_CAPITALS = str.maketrans("abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
_LETTER_O = pattern(r"(?<![A-Z])O{1,6}(?=[0-9])|(?<=[0-9])O{1,6}(?![A-Z])")

_ZERO = pattern(
    r"(?<=[A-Z])0(?=[A-Z]{2})|(?<=[A-Z]{2})0{1,2}(?=[A-Z])"
    r"|(?<=[A-Z])0(?=[A-Z]0[A-Z])|(?<=[A-Z]0[A-Z])0(?=[A-Z])"
    r"|(?<![A-Z0-9])0(?=[A-Z]{4})|(?<=[A-Z]{4})0(?=[ ]{1,3}[0-9])"
)
"""A zero for the letter in the name of a station: `SANTIAG0 465`, `0TTAWA`, `J0HANNESBURG`."""
_SQUARE = pattern(r"\[([A-Z])\]")

_LABEL = pattern(
    r"(?:(?:AND[ ]{1,2})?REF(?:TEL|S)?[ ]{0,2})?"
    r"(?:\((?P<in>[A-Z0-9])[ ]?\)[.:]?|(?P<out>[A-Z0-9])(?:[ ]?[.):]|[ ]-(?=[ ])))"
    r"(?=[ \n]|[A-Z]{2}|[0-9]{2}|\(|')[ ]{0,8}"
)
_REF_LETTER = pattern(
    r"(?:AND[ ]{1,2})?REF(?:TEL)?[ ]{1,2}(?P<in>[A-Z])(?P<out>)[ ](?=[ ]{0,2}[-A-Z0-9])[- ]{0,8}"
)
_LABEL_START = pattern(
    r"(?<![A-Z0-9.'-])(?=\(?[A-Z0-9][).: ]|REF)|(?<=[0-9]{2})(?=[B-Z][.)][ ]{0,3}[A-Z0-9])"
)


class Item(NamedTuple):
    """One item of a block."""

    label: str | None
    start: int
    """In the block, behind the label."""
    end: int


def readable(block: str, own_station: str) -> str:
    """The block in capitals and of the same length; what is no reference is blanked."""
    if block.isascii():  # a tenth of the time
        text = block.replace("\\", " ").replace("\t", " ").upper()
    else:
        text = block.translate(_NOISE).translate(_CAPITALS)
    if "PAGE" in text:
        text = _without_furniture(text)
    if " OF " in text or "PAGE" in text:
        text = _BREAK.sub(lambda found: _blank_break(found, own_station), text)
        text = _OLD_BREAK.sub(lambda found: " " * len(found.group()), text)
    if "O" in text:
        text = _LETTER_O.sub(lambda found: "0" * len(found.group()), text)
    if "0" in text:
        text = _ZERO.sub(lambda found: "O" * len(found.group()), text)
    if "[" in text:
        text = _SQUARE.sub(r"(\1)", text)
    return text


def _without_furniture(text: str) -> str:
    """Blanks for the lines, and the ends of lines, that are parts of old page breaks."""
    lines = text.split("\n")
    for at, length in pagebreaks.furniture(lines).items():
        lines[at] = lines[at][:length].ljust(len(lines[at]))
    return "\n".join(lines)


def _blank_break(found: re.Match[str], own_station: str) -> str:
    """Blanks for a page break; of the words before its number only the station's own go."""
    whole = found.group()
    words = found["station"] or ""
    keep = 0
    squeezed = ""
    for word in reversed(list(re.finditer(r"\S+", words))):
        letters = re.sub(r"[^A-Z]", "", word.group())
        longer = letters + squeezed
        if squeezed and not own_station.startswith(longer) and not own_station.endswith(longer):
            keep = word.end()
            break
        squeezed = longer
    return whole[:keep] + " " * (len(whole) - keep)


def items(text: str) -> list[Item]:
    """The labelled items of a readable block, and what stands before the first label."""
    found: list[tuple[str | None, int, int]] = []
    last = ""
    at = 0
    for place in _LABEL_START.finditer(text):
        start = place.start()
        if start < at:
            continue
        label = _label_at(text, start, last)
        if label is None:
            continue
        letter, end = label
        if found and not text[found[-1][2] : start].strip(" ("):
            found[-1] = (letter, found[-1][1], end)
        else:
            found.append((letter, start, end))
        last, at = letter, end
    if not found:
        return [Item(None, 0, len(text))]
    result = [Item(None, 0, found[0][1])] if text[: found[0][1]].strip() else []
    ends = [start for _, start, _ in found[1:]] + [len(text)]
    result += [
        Item(letter, start, end) for (letter, _, start), end in zip(found, ends, strict=True)
    ]
    return result


def _label_at(text: str, start: int, last: str) -> tuple[str, int] | None:
    """The label at a place, and where it ends.

    Inside a line a letter is a label only where it is the next one, or the same again: `J. SMITH`.
    """
    match = _LABEL.match(text, start) or _REF_LETTER.match(text, start)
    if match is None:
        return None
    letter = match["in"] or match["out"]
    before_digit = text[match.end() : match.end() + 1].isdigit()
    if match["in"] and before_digit and not _may_follow_serial(text, start):
        return None
    if letter.isdigit() and match["in"] is None and text[match.end("out")] in ": ":
        return None
    at_line_start = not text[text.rfind("\n", 0, start) + 1 : start].strip(" >*-")
    named = text.startswith(("REF", "AND"), start)
    expected = chr(ord(last) + 1) if last else "A"
    if letter != expected and _is_marking(match, letter):
        return None
    if at_line_start or named or letter in (last, expected):
        return letter, match.end()
    return None


def _may_follow_serial(text: str, end: int) -> bool:
    """Whether a serial may stand before a place: `KUWAIT (C)02293` has none before its bracket."""
    before = text[max(0, end - 12) : end].rstrip()
    return not before or not before[-1].isalpha()


def _is_marking(match: re.Match[str], letter: str) -> bool:
    """`(C)` out of the row of labels says how secret something is."""
    return match["in"] is not None and letter in "CSU"
