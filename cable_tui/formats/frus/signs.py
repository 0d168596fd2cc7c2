"""Signs that stand in a text of an edition for its mark-up until it is shown: no XML holds them."""

from __future__ import annotations

from cable_tui.pattern import pattern

OPEN, CLOSE = "\ufffe", "\uffff"
"""Stand for the brackets of a footnote's number in a text: no XML can hold them."""
FROM, TO, END = "\x01", "\x02", "\x03"
"""Stand in a heading before the sender, before an addressee, and behind each; no XML holds them."""
NAME = "\x04"
"""Behind `FROM` or `TO`: it is a person's name, not an office."""
LINE, CELL = "\x05", "\x06"
SOFT = "\x07"
"""A line end between two tags: a space, unless a sign stands beside it that needs none."""

_MARKS = pattern(f"{OPEN}[^{CLOSE}]*{CLOSE}")
_SIDES = pattern(f"[{FROM}{TO}{END}{NAME}]")
_LINE_END = pattern(f" ?{LINE} ?")
_CELL_END = pattern(f" ?{CELL} ?")
_NO_SPACE_BEFORE = pattern(rf"{SOFT}(?=[{FROM}{TO}{END}{NAME}]*[,.;:)\]’”?!{OPEN}{CLOSE}])")
_NO_SPACE_BEHIND = pattern(rf"([(\[“‘][{FROM}{TO}{END}{NAME}]*){SOFT}")


def shown(marked: str) -> str:
    """The text as it is read, footnotes as `[2]`; as long as it was."""
    return marked.replace(OPEN, "[").replace(CLOSE, "]")


def bare(marked: str) -> str:
    """The text without the numbers of footnotes and the signs of a heading."""
    return without_sides(_MARKS.sub("", marked) if OPEN in marked else marked)


def without_sides(marked: str) -> str:
    """The text without the signs that name sender and addressees in a heading."""
    return _SIDES.sub("", marked)


def plain(text: str) -> str:
    """The text on one line, but for the line ends that its mark-up sets."""
    if SOFT in text:
        text = _NO_SPACE_BEHIND.sub(r"\1", _NO_SPACE_BEFORE.sub("", text)).replace(SOFT, " ")
    text = " ".join(text.split())
    if CELL in text:
        text = _CELL_END.sub(" | ", text).strip()
    if LINE in text:
        text = _LINE_END.sub("\n", text).strip()
    return text
