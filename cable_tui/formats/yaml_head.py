"""Simple YAML front matter of a Markdown file: `key: value` pairs, and lists of values.

Values may be quoted and continue in indented lines. Other structures are not read; their keys and
lines are returned, so that the caller can report them.
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
"""Characters at the beginning of a value that is not plain."""
_LIST = pattern(
    r'\s*+((?:"(?:[^"\\]|\\.)*+"|\'(?:[^\']|\'\')*+\'|[^,"\'\[\]{}][^,\[\]{}]*+)?)\s*(,|$)'
)


class YamlHead(NamedTuple):
    """The values in a file's front matter."""

    values: dict[str, tuple[str, ...]]
    """The values by key as written; a single value is a tuple of one."""
    unread: tuple[tuple[str, int], ...]
    """Keys whose values have another structure, with their line numbers, from 1."""
    end: int
    """The offset of the text after the front matter."""


def read(text: str) -> YamlHead | None:
    """Return the front matter of a text with line feeds as line endings, or None if it has none."""
    head_match = _HEAD.match(text[:_LONGEST])
    if head_match is None:
        return None
    first_line = text.count("\n", 0, head_match.start("lines")) + 1
    values_by_key: dict[str, tuple[str, ...]] = {}
    unread_lines: list[tuple[str, int]] = []
    for field_key, line_number, value_lines in _entries(
        head_match["lines"].split("\n"), first_line
    ):
        given_values = _values(value_lines)
        if given_values is None or not field_key:
            unread_lines.append((field_key or value_lines[0].strip(), line_number))
        else:
            values_by_key.setdefault(field_key, given_values)
    return YamlHead(values_by_key, tuple(unread_lines), head_match.end())


def _entries(head_lines: list[str], first: int) -> Iterator[tuple[str, int, list[str]]]:
    """Yield each key with its line number, and the lines of its value.

    Lines that follow no key are yielded with an empty key.
    """
    field_key, entry_line, entry_lines = "", first, list[str]()
    for line_number, line in enumerate(head_lines, first):
        key_match = _KEY.match(line)
        is_indented = line[:1] in {" ", "\t"} or _ITEM.match(line)
        if (
            not key_match
            and (is_indented or not line.strip() or line.startswith("#"))
            and entry_lines
        ):
            entry_lines.append(line)
            continue
        if entry_lines:
            yield field_key, entry_line, entry_lines
        entry_lines = [] if not line.strip() or line.startswith("#") else [line]
        field_key, entry_line = "", line_number
        if key_match:
            field_key, entry_lines = key_match["key"].strip("\"'"), [line[key_match.end() :]]
    if entry_lines:
        yield field_key, entry_line, entry_lines


def _values(value_lines: list[str]) -> tuple[str, ...] | None:
    """Return the values in the given lines, or None if they have another structure."""
    kept_lines = [
        line.strip() for line in value_lines if line.strip() and not line.lstrip().startswith("#")
    ]
    if not kept_lines:
        return ()
    if _ITEM.match(kept_lines[0]) and not value_lines[0].strip():
        item_texts = [_ITEM.sub("", line) for line in kept_lines if _ITEM.match(line)]
        is_plain_list = len(item_texts) == len(kept_lines) and not any(map(_KEY.match, item_texts))
        item_values = [_scalar(item_text) for item_text in item_texts]
        return (
            tuple(filter(None, item_values)) if is_plain_list and None not in item_values else None
        )
    whole_value = " ".join(kept_lines)
    if whole_value.startswith("["):
        return _flow(_COMMENT.sub("", whole_value).rstrip())
    if not value_lines[0].strip() and _KEY.match(kept_lines[0]):
        return None
    scalar_value = _scalar(whole_value)
    return None if scalar_value is None else (scalar_value,) if scalar_value else ()


def _flow(text: str) -> tuple[str, ...] | None:
    """Return the values of `[a, "b"]`, or None if it is not a simple list."""
    if not text.endswith("]"):
        return None
    inner_text, item_start, list_values = text[1:-1], 0, list[str]()
    while item_start < len(inner_text):
        item_match = _LIST.match(inner_text, item_start)
        item_value = _scalar(item_match[1].strip()) if item_match else None
        if item_match is None or item_value is None:
            return None
        list_values.append(item_value)
        item_start = item_match.end()
    return tuple(filter(None, list_values))


def _scalar(text: str) -> str | None:
    """Return a quoted or plain value, or None if it is neither."""
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
