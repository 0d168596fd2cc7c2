"""Removes from texts what a terminal obeys and what a reader cannot see.

Every rule replaces one character by one, so that offsets into the file's text stay true. The rules
work on characters, never on sequences: filters that know sequences leak.

What is written for other programs is JSON, in which such characters are escaped, so that a parser
gets the same value, and CSV. A text of a cable may begin like a formula: in CSV a quote sign before
it keeps a spreadsheet from computing it. Texts that begin with quote signs and then such a sign get
one more, so that whoever removes one has the text itself.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Any

from cable_tui.base.pattern import pattern

UNKNOWN = "\N{REPLACEMENT CHARACTER}"
"""Replaces C1 controls, surrogates, noncharacters and unassigned code points."""
PRIVATE = "\N{WHITE SQUARE}"
"""Replaces a character of private use."""
INVISIBLE = "\N{DOT OPERATOR}"
"""Replaces invisible characters: directions, joiners, tags, a stack of accents."""

_MOST_COMBINING = 4
"""The most combining marks on one letter."""
_LINE_ENDS = dict.fromkeys("\x0b\x0c\x85\u2028\u2029", "\n")
_FILLERS = dict.fromkeys("\u115f\u1160\u2800\u3164\uffa0", " ")
_SHAPELESS_MARKS = frozenset(
    map(chr, (0x034F, 0x17B4, 0x17B5, *range(0x180B, 0x1810), *range(0xFE00, 0xFE10)))
) | frozenset(map(chr, range(0xE0100, 0xE01F0)))


class _StandIns(dict[int, str]):
    """Code points to their stand-ins, worked out when first met."""

    def __missing__(self, point: int) -> str:
        self[point] = stand_in = _stand_in(chr(point))
        return stand_in


def _stand_in(sign: str) -> str:
    point = ord(sign)
    if sign in "\n\t":
        return sign
    special_sign = _LINE_ENDS.get(sign) or _FILLERS.get(sign)
    if special_sign:
        return special_sign
    if sign in _SHAPELESS_MARKS:
        return INVISIBLE
    if sign.isprintable():
        return sign
    if point < 0x20:
        return chr(0x2400 + point)
    if point == 0x7F:
        return "\N{SYMBOL FOR DELETE}"
    return {"Zs": " ", "Cf": INVISIBLE, "Co": PRIVATE}.get(unicodedata.category(sign), UNKNOWN)


_STAND_INS = _StandIns()

# Almost every cable passes this search: Latin, Greek and Cyrillic letters, punctuation, the
# ideographs, and the placeholders themselves.
_SUSPECT_SIGNS = (
    "[^\n\t -~¡-¬®-\u02ff\u0391-\u03a1\u03a3-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e"
    f"\u2190-\u21ff\u2400-\u2421{INVISIBLE}{PRIVATE}{UNKNOWN}\u4e00-\u9fff]"
)
_SUSPECT = pattern(_SUSPECT_SIGNS)
_PLAIN = bytes((*b"\n\t", *range(32, 127)))
"""The characters of ASCII that are not suspect."""
_SUSPECT_RUNS = pattern(_SUSPECT_SIGNS + "+")  # three times slower to search for
_LONG_RUN = pattern(
    rf"[^\x00-\u02ff\u0391-\u0482\u048a-\u052f\u2000-\u20cf]{{{_MOST_COMBINING + 1},}}"
)


def clean_text(text: str) -> str:
    """Return a body or header that can be shown: printable characters, line breaks and tabs.

    Line ends become newlines; from there on one character stands for one. Idempotent, linear.
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not _is_suspect(text):
        return text
    shown_text = _SUSPECT_RUNS.sub(lambda run: run.group().translate(_STAND_INS), text)
    return _LONG_RUN.sub(_without_heaps, shown_text)


def clean_line(text: str) -> str:
    """Return a text for one line (titles, cells, file names): clean, breaks and tabs as spaces."""
    if text.isascii() and text.isprintable():
        return text
    return clean_text(text).replace("\n", " ").replace("\t", " ")


def printable(text: str) -> str:
    """Return a text that is safe for the terminal: the last check, after any earlier cleaning."""
    return text if text.isprintable() else clean_line(text)


def _is_suspect(text: str) -> bool:
    if text.isascii():  # an eighth of the time of an expression; it is done for every body
        return text.encode().translate(None, _PLAIN) != b""
    return _SUSPECT.search(text) is not None


def _without_heaps(run: re.Match[str]) -> str:
    """Return the run without more combining marks in a row than any language has."""
    kept_signs: list[str] = []
    mark_count = 0
    for heaped_sign in run.group():
        mark_count = mark_count + 1 if unicodedata.category(heaped_sign) in {"Mn", "Me"} else 0
        kept_signs.append(INVISIBLE if mark_count > _MOST_COMBINING else heaped_sign)
    return "".join(kept_signs)


def json_text(value: Any, *, indent: int | None = None) -> str:
    """Return a value as JSON, without a line end."""
    import json

    text = json.dumps(value, ensure_ascii=False, indent=indent)
    if not _is_suspect(text):
        return text
    # Such characters are in texts only: all that is around these is ASCII.
    return _SUSPECT_RUNS.sub(lambda run: run.group().translate(_ESCAPES), text)


class _Escapes(dict[int, str]):
    """Code points and their form in JSON: escaped if `clean_text` would replace them."""

    def __missing__(self, point: int) -> str:
        sign = chr(point)
        if _STAND_INS[point] == sign:
            escape = sign
        elif point <= 0xFFFF:
            escape = f"\\u{point:04x}"
        else:
            high_half, low_half = divmod(point - 0x10000, 0x400)
            escape = f"\\u{0xD800 + high_half:04x}\\u{0xDC00 + low_half:04x}"
        self[point] = escape
        return escape


_ESCAPES = _Escapes()


WriteRow = Callable[[tuple[str, ...]], str]
"""A function that makes a line of values."""
_COMPUTED = pattern(r"'*[=+\-@\t\r\n＝＋－＠]")
_NUMBER = pattern(r"[+-]?[0-9]+(?:\.[0-9]+)?")
_END = "\r\n"


def csv_row(values: tuple[str, ...]) -> str:
    """Return a line for a spreadsheet, with its end, and a quote before what would be computed."""
    return raw_csv_row(
        tuple(
            f"'{value}" if _COMPUTED.match(value) and not _NUMBER.fullmatch(value) else value
            for value in values
        )
    )


def raw_csv_row(values: tuple[str, ...]) -> str:
    """Return a line for a program, with its end.

    Each value is unchanged, and quoted only if CSV needs it.
    """
    import csv
    import io

    line = io.StringIO()
    # With both characters as its line end the writer quotes what holds either of them.
    csv.writer(line, lineterminator=_END).writerow(values)
    return line.getvalue().removesuffix(_END) + "\n"
