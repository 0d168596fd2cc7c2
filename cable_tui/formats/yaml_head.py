"""The plain part of the YAML at the head of a Markdown file: `key: value`, and lists of values.

Values may be quoted and go on in indented lines. What has another structure is not read: its key
and line are kept, so that whoever reads the file can say so.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import NamedTuple

from cable_tui.base.pattern import pattern

_LONGEST = 1 << 16
_HEAD = pattern(
    r"\s{0,40}---[ \t]*\n(?P<lines>(?:(?!(?:---|\.\.\.)[ \t]*\n)[^\n]*\n)*)"
    r"(?:---|\.\.\.)[ \t]*(?:\n|\Z)"
)
_KEY = pattern(
    r"(?P<key>[^\W\d][\w .-]{0,60}?|\"[^\"]{1,60}\"|'[^']{1,60}')[ \t]{0,8}:(?:[ \t]+|$)"
)
_ITEM = pattern(r"-(?:[ \t]+|$)")
_COMMENT = pattern(r"(?:^|[ \t])#.*$")
_QUOTED = pattern(r'"(?:[^"\\]|\\.)*+"|\'(?:[^\']|\'\')*+\'')
_STRUCTURE = ("|", ">", "{", "&", "*", "!", "%", "@", "`", "?")
"""Signs at the beginning of a value that is not plain."""
_LIST = pattern(
    r'\s*+((?:"(?:[^"\\]|\\.)*+"|\'(?:[^\']|\'\')*+\'|[^,"\'\[\]{}][^,\[\]{}]*+)?)\s*(,|$)'
)


class YamlHead(NamedTuple):
    """The values in the head of a file."""

    values: dict[str, tuple[str, ...]]
    """Values by key as it is written; a value that is no list is the only one."""
    unread: tuple[tuple[str, int], ...]
    """Keys whose values have another structure, and their lines, from 1."""
    end: int
    """Offset of the text."""


def read(text: str) -> YamlHead | None:
    """Return the head of a text whose lines end in line feeds; None if it has none."""
    match = _HEAD.match(text[:_LONGEST])
    if match is None:
        return None
    first_line = text.count("\n", 0, match.start("lines")) + 1
    values_by_key: dict[str, tuple[str, ...]] = {}
    unread_lines: list[tuple[str, int]] = []
    for key, line, lines in _entries(match["lines"].split("\n"), first_line):
        given_values = _values(lines)
        if given_values is None or not key:
            unread_lines.append((key or lines[0].strip(), line))
        else:
            values_by_key.setdefault(key, given_values)
    return YamlHead(values_by_key, tuple(unread_lines), match.end())


def _entries(lines: list[str], first: int) -> Iterator[tuple[str, int, list[str]]]:
    """Yield each key with its line, and the lines of its value.

    What follows none has an empty key.
    """
    key, first_number, lines_taken = "", first, list[str]()
    for number, line in enumerate(lines, first):
        key_match = _KEY.match(line)
        indented = line[:1] in {" ", "\t"} or _ITEM.match(line)
        if not key_match and (indented or not line.strip() or line.startswith("#")) and lines_taken:
            lines_taken.append(line)
            continue
        if lines_taken:
            yield key, first_number, lines_taken
        lines_taken = [] if not line.strip() or line.startswith("#") else [line]
        key, first_number = "", number
        if key_match:
            key, lines_taken = key_match["key"].strip("\"'"), [line[key_match.end() :]]
    if lines_taken:
        yield key, first_number, lines_taken


def _values(lines: list[str]) -> tuple[str, ...] | None:
    """Return the values that some lines hold; None if they have another structure."""
    kept_lines = [
        line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#")
    ]
    if not kept_lines:
        return ()
    if _ITEM.match(kept_lines[0]) and not lines[0].strip():
        items = [_ITEM.sub("", line) for line in kept_lines if _ITEM.match(line)]
        is_plain = len(items) == len(kept_lines) and not any(map(_KEY.match, items))
        values = [_scalar(item) for item in items]
        return tuple(filter(None, values)) if is_plain and None not in values else None
    whole_value = " ".join(kept_lines)
    if whole_value.startswith("["):
        return _flow(_COMMENT.sub("", whole_value).rstrip())
    if not lines[0].strip() and _KEY.match(kept_lines[0]):
        return None
    scalar_value = _scalar(whole_value)
    return None if scalar_value is None else (scalar_value,) if scalar_value else ()


def _flow(text: str) -> tuple[str, ...] | None:
    """Return the values of `[a, "b"]`."""
    if not text.endswith("]"):
        return None
    inner_text, item_start, values = text[1:-1], 0, list[str]()
    while item_start < len(inner_text):
        item = _LIST.match(inner_text, item_start)
        item_value = _scalar(item[1].strip()) if item else None
        if item is None or item_value is None:
            return None
        values.append(item_value)
        item_start = item.end()
    return tuple(filter(None, values))


def _scalar(text: str) -> str | None:
    """Return a value, quoted or plain; None if it is neither."""
    quoted_match = _QUOTED.match(text)
    if quoted_match and not _COMMENT.sub("", text[quoted_match.end() :]).strip():
        quoted_text = quoted_match.group()
        if quoted_text[0] == "'":
            return quoted_text[1:-1].replace("''", "'")
        try:
            return str(json.loads(quoted_text, strict=False))
        except ValueError:  # an escape that JSON has not
            return quoted_text[1:-1]
    if text.startswith(('"', "'", *_STRUCTURE)):
        return None
    plain_value = _COMMENT.sub("", text).strip()
    return "" if plain_value in {"~", "null"} else plain_value
