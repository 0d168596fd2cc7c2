"""A reader's answers to protection requests: `protection.json` beside the bookmarks.

    {"format": "cable-tui protection answers", "version": 1,
     "answers": [{"cable", "request": PLACE, "names": [PLACE, ...]}],
     "kept": [{"cable", "name": PLACE, "in"}]}

A PLACE is `[digest of the paragraph, start, end]`. No name is in the file, and no text: only where
names are in the reader's own archive. An answer without names says that its request names nobody.
`kept` says of a name that it is not masked where it may mean something else: in one other cable, or
in all others if `in` is empty.

The file belongs to one reader. No cache, log, export or sync has any of it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from cable_tui.base.errors import LibraryError
from cable_tui.base.value import Value, replace
from cable_tui.operating_system.files import read_small
from cable_tui.program import shared_file
from cable_tui.text import clean_line
from cable_tui.text.cleaning import json_text
from cable_tui.tools.protection.digest_spans import DigestSpan

FORMAT = "cable-tui protection answers"
VERSION = 1
LARGEST = 64 << 20
"""The most bytes that are read."""


class RequestKey(NamedTuple):
    """A request: a cable, and the words that ask."""

    cable: str
    """The canonical id."""
    place: DigestSpan


class KeptName(NamedTuple):
    """A name that is not masked elsewhere."""

    cable: str
    """The canonical id of the cable that asks to protect it."""
    name: DigestSpan
    elsewhere: str
    """The canonical id of the other cable; empty for all others."""


class Answers(Value):
    """All answers of a reader."""

    requests: Mapping[RequestKey, tuple[DigestSpan, ...]] = {}
    """The names that each request means, as places of its cable; none if it names nobody."""
    kept: frozenset[KeptName] = frozenset()

    def with_request(self, key: RequestKey, names: tuple[DigestSpan, ...] | None) -> Answers:
        """Return the answers with another one; with None the request is asked again."""
        requests = {
            other_key: value for other_key, value in self.requests.items() if other_key != key
        }
        if names is not None:
            requests[key] = tuple(dict.fromkeys(names))
        return replace(self, requests=requests)

    def with_kept(self, name: KeptName, *, kept: bool) -> Answers:
        """Return the answers with a name masked elsewhere, or not."""
        return replace(self, kept=self.kept | {name} if kept else self.kept - {name})

    def without(self, has: Callable[[str], bool]) -> Answers:
        """Return the answers for other cables than some."""
        return Answers(
            {key: names for key, names in self.requests.items() if not has(key.cable)},
            frozenset(name for name in self.kept if not has(name.cable)),
        )


NO_ANSWERS = Answers()


def file_beside(library: Path) -> Path:
    """Return the file of answers next to a library."""
    return library.with_name("protection.json")


def read(file: Path) -> Answers:
    """Return the answers of a file; none if there is no file. Raises `LibraryError`."""
    try:
        data = read_small(file, LARGEST)
    except FileNotFoundError:
        return Answers()
    except OSError as error:
        raise LibraryError(f"{file}: cannot be read: {error.strerror}") from error
    try:
        value = json.loads(data.decode("utf-8-sig"))
        if not isinstance(value, dict) or value.get("format") != FORMAT:
            raise ValueError(f'its "format" is not "{FORMAT}"')
        if value.get("version") != VERSION:
            raise ValueError("it was written by another version of cable-tui")
        requests = {
            RequestKey(_line(entry, "cable"), _place(entry["request"])): tuple(
                map(_place, entry["names"])
            )
            for entry in value["answers"]
        }
        kept_names = (
            KeptName(_line(entry, "cable"), _place(entry["name"]), _line(entry, "in"))
            for entry in value["kept"]
        )
        return Answers(requests, frozenset(kept_names))
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        reason = clean_line(str(error)) or type(error).__name__
        raise LibraryError(
            f"{file} is not a file of answers: {reason}; nothing was changed"
        ) from None


def _line(value: Any, name: str) -> str:
    line_text = value[name]
    if not isinstance(line_text, str):
        raise TypeError(f"{name}: a text is required")
    return clean_line(line_text)


def _place(value: Any) -> DigestSpan:
    paragraph_digest, start, end = value
    if not isinstance(paragraph_digest, str) or type(start) is not int or type(end) is not int:
        raise TypeError("a location is a digest and two numbers")
    return DigestSpan(clean_line(paragraph_digest), start, end)


def change(file: Path, edit: Callable[[Answers], Answers]) -> Answers:
    """Make a change, and return the new answers, which are on the disk then.

    Raises `LibraryError`, also if the change cannot be made.
    """
    with shared_file.changing(file):
        answers_before = read(file)
        answers_after = edit(answers_before)
        if answers_after != answers_before:
            shared_file.replace(file, _dumps(answers_after))
        return answers_after


def forget(file: Path, _archive: Path, has: Callable[[str], bool] | None) -> int:
    """Remove the answers for the cables of an archive; return how many there were.

    None are removed if the cables are unknown. Raises `LibraryError`.
    """
    if has is None or not file.exists():
        return 0
    is_here = has
    answers_before = read(file)
    answers_after = change(file, lambda kept: kept.without(is_here))
    return len(answers_before.requests) - len(answers_after.requests)


def _dumps(answers: Answers) -> str:
    value = {
        "format": FORMAT,
        "version": VERSION,
        "answers": [
            {"cable": key.cable, "request": key.place, "names": names}
            for key, names in sorted(answers.requests.items())
        ],
        "kept": [
            {"cable": kept_name.cable, "name": kept_name.name, "in": kept_name.elsewhere}
            for kept_name in sorted(answers.kept)
        ],
    }
    return json_text(value, indent=1) + "\n"
