"""Replaces characters that would control a terminal or that a reader cannot see.

After line endings are normalised, every rule replaces one character by one, so offsets into the
file's text stay valid. The rules work on single characters, never on escape sequences, because
filters that recognize sequences can be bypassed.

Output for other programs is JSON or CSV. In JSON these characters are escaped, so a parser gets the
original value. In CSV, a text that looks like a formula gets a leading apostrophe, so that a
spreadsheet does not evaluate it. A text that already begins with apostrophes and then a formula
character gets one more apostrophe, so removing one always restores the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Any

from cable_tui.base.pattern import pattern

UNKNOWN = "\N{REPLACEMENT CHARACTER}"
"""The replacement for C1 controls, surrogates, noncharacters and unassigned code points."""
PRIVATE = "\N{WHITE SQUARE}"
"""The replacement for private-use characters."""
INVISIBLE = "\N{DOT OPERATOR}"
"""The replacement for invisible characters: direction marks, joiners, tags and excess combining
marks.
"""

_MOST_COMBINING = 4
"""The maximum number of combining marks kept in a row after a letter."""
_LINE_ENDS = dict.fromkeys("\x0b\x0c\x85\u2028\u2029", "\n")
_FILLERS = dict.fromkeys("\u115f\u1160\u2800\u3164\uffa0", " ")
_SHAPELESS_MARKS = frozenset(
    map(chr, (0x034F, 0x17B4, 0x17B5, *range(0x180B, 0x1810), *range(0xFE00, 0xFE10)))
) | frozenset(map(chr, range(0xE0100, 0xE01F0)))


class _StandIns(dict[int, str]):
    """Replacements by code point, computed on first access."""

    def __missing__(self, code_point: int) -> str:
        self[code_point] = stand_in = _stand_in(chr(code_point))
        return stand_in


def _stand_in(character: str) -> str:
    code_point = ord(character)
    if character in "\n\t":
        return character
    known_replacement = _LINE_ENDS.get(character) or _FILLERS.get(character)
    if known_replacement:
        return known_replacement
    if character in _SHAPELESS_MARKS:
        return INVISIBLE
    if character.isprintable():
        return character
    if code_point < 0x20:
        return chr(0x2400 + code_point)
    if code_point == 0x7F:
        return "\N{SYMBOL FOR DELETE}"
    return {"Zs": " ", "Cf": INVISIBLE, "Co": PRIVATE}.get(unicodedata.category(character), UNKNOWN)


_STAND_INS = _StandIns()

# Almost every cable passes this search: Latin, Greek and Cyrillic letters, punctuation, the
# ideographs, and the placeholders themselves.
_SUSPECT_SIGNS = (
    "[^\n\t -~¡-¬®-\u02ff\u0391-\u03a1\u03a3-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e"
    f"\u2190-\u21ff\u2400-\u2421{INVISIBLE}{PRIVATE}{UNKNOWN}\u4e00-\u9fff]"
)
_SUSPECT = pattern(_SUSPECT_SIGNS)
_PLAIN = bytes((*b"\n\t", *range(32, 127)))
"""The ASCII characters that need no replacement."""
_SUSPECT_RUNS = pattern(_SUSPECT_SIGNS + "+")  # three times slower to search for
_LONG_RUN = pattern(
    rf"[^\x00-\u02ff\u0391-\u0482\u048a-\u052f\u2000-\u20cf]{{{_MOST_COMBINING + 1},}}"
)


def clean_text(text: str) -> str:
    """Return a body or header that is safe to show: printable characters, line breaks and tabs.

    Line endings are converted to newlines first; after that, each character is replaced by exactly
    one. The function is idempotent and takes linear time.
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not _is_suspect(text):
        return text
    shown_text = _SUSPECT_RUNS.sub(lambda run: run.group().translate(_STAND_INS), text)
    return _LONG_RUN.sub(_without_heaps, shown_text)


def clean_line(text: str) -> str:
    """Return a text as one clean line, for titles, cells and file names.

    Line breaks and tabs become spaces.
    """
    if text.isascii() and text.isprintable():
        return text
    return clean_text(text).replace("\n", " ").replace("\t", " ")


def printable(text: str) -> str:
    """Return a text that is safe for the terminal, as a final check after any earlier cleaning."""
    return text if text.isprintable() else clean_line(text)


def _is_suspect(text: str) -> bool:
    if text.isascii():  # an eighth of the time of an expression; it is done for every body
        return text.encode().translate(None, _PLAIN) != b""
    return _SUSPECT.search(text) is not None


def _without_heaps(run: re.Match[str]) -> str:
    """Replace combining marks that exceed the number any language puts on one letter."""
    kept_characters: list[str] = []
    mark_count = 0
    for character in run.group():
        mark_count = mark_count + 1 if unicodedata.category(character) in {"Mn", "Me"} else 0
        kept_characters.append(INVISIBLE if mark_count > _MOST_COMBINING else character)
    return "".join(kept_characters)


def json_text(value: Any, *, indent: int | None = None) -> str:
    """Return a value as JSON without a final newline."""
    import json

    json_string = json.dumps(value, ensure_ascii=False, indent=indent)
    if not _is_suspect(json_string):
        return json_string
    # Such characters are in texts only: all that is around these is ASCII.
    return _SUSPECT_RUNS.sub(lambda run: run.group().translate(_ESCAPES), json_string)


class _Escapes(dict[int, str]):
    """JSON text by code point: an escape for each character that `clean_text` would replace."""

    def __missing__(self, code_point: int) -> str:
        character = chr(code_point)
        if _STAND_INS[code_point] == character:
            escape = character
        elif code_point <= 0xFFFF:
            escape = f"\\u{code_point:04x}"
        else:
            high_half, low_half = divmod(code_point - 0x10000, 0x400)
            escape = f"\\u{0xD800 + high_half:04x}\\u{0xDC00 + low_half:04x}"
        self[code_point] = escape
        return escape


_ESCAPES = _Escapes()


WriteRow = Callable[[tuple[str, ...]], str]
"""A function that formats a row of values as a line, with its line ending."""
_COMPUTED = pattern(r"'*[=+\-@\t\r\n＝＋－＠]")
_NUMBER = pattern(r"[+-]?[0-9]+(?:\.[0-9]+)?")
_END = "\r\n"


def csv_row(values: tuple[str, ...]) -> str:
    """Return a CSV line for spreadsheets, with line ending; formulas get a leading apostrophe."""
    return raw_csv_row(
        tuple(
            f"'{cell_text}"
            if _COMPUTED.match(cell_text) and not _NUMBER.fullmatch(cell_text)
            else cell_text
            for cell_text in values
        )
    )


def raw_csv_row(values: tuple[str, ...]) -> str:
    """Return a CSV line for programs, with its line ending.

    Values are unchanged, and quoted only if CSV requires it.
    """
    import csv
    import io

    csv_buffer = io.StringIO()
    # With both characters as its line ending the writer quotes what holds either of them.
    csv.writer(csv_buffer, lineterminator=_END).writerow(values)
    return csv_buffer.getvalue().removesuffix(_END) + "\n"
