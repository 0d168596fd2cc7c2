"""A reader's answers to protection requests: `protection.json` next to the bookmarks.

    {"format": "cable-tui protection answers", "version": 1,
     "answers": [{"cable", "request": PLACE, "names": [PLACE, ...]}],
     "kept": [{"cable", "name": PLACE, "in"}]}

A PLACE is `[digest of the paragraph, start, end]`. The file contains no names and no text, only the
positions of names in the reader's own archive. An answer without names means that its request
concerns no one. `kept` lists names that are not masked where they may mean something else: in one
other cable, or in all other cables if `in` is empty.

The file belongs to one reader. No part of it is in a cache, log, export or sync.
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
"""The maximum number of bytes to read."""


class RequestKey(NamedTuple):
    """The key of a request: a cable, and the place of the requesting words."""

    cable: str
    """The canonical ID of the cable."""
    place: DigestSpan


class KeptName(NamedTuple):
    """A name that is not masked outside its own cable."""

    cable: str
    """The canonical ID of the cable that asks to protect the name."""
    name: DigestSpan
    elsewhere: str
    """The canonical ID of the other cable, or an empty string for all others."""


class Answers(Value):
    """All answers of a reader."""

    requests: Mapping[RequestKey, tuple[DigestSpan, ...]] = {}
    """The confirmed names of each request, as places in its cable; empty if it concerns no one."""
    kept: frozenset[KeptName] = frozenset()

    def with_request(
        self, request_key: RequestKey, names: tuple[DigestSpan, ...] | None
    ) -> Answers:
        """Return the answers with a new answer to a request.

        None for `names` removes the answer.
        """
        requests = {
            other_key: confirmed_names
            for other_key, confirmed_names in self.requests.items()
            if other_key != request_key
        }
        if names is not None:
            requests[request_key] = tuple(dict.fromkeys(names))
        return replace(self, requests=requests)

    def with_kept(self, name: KeptName, *, kept: bool) -> Answers:
        """Return the answers with a name kept unmasked elsewhere, or masked again."""
        return replace(self, kept=self.kept | {name} if kept else self.kept - {name})

    def without(self, has: Callable[[str], bool]) -> Answers:
        """Return the answers, except those for the cables that `has` accepts."""
        return Answers(
            {key: names for key, names in self.requests.items() if not has(key.cable)},
            frozenset(name for name in self.kept if not has(name.cable)),
        )


NO_ANSWERS = Answers()


def file_beside(library: Path) -> Path:
    """Return the file of answers next to a library."""
    return library.with_name("protection.json")


def read(file: Path) -> Answers:
    """Return the answers in a file, or no answers if there is no file. Raises `LibraryError`."""
    try:
        file_bytes = read_small(file, LARGEST)
    except FileNotFoundError:
        return Answers()
    except OSError as error:
        raise LibraryError(f"{file}: cannot be read: {error.strerror}") from error
    try:
        json_object = json.loads(file_bytes.decode("utf-8-sig"))
        if not isinstance(json_object, dict) or json_object.get("format") != FORMAT:
            raise ValueError(f'its "format" is not "{FORMAT}"')
        if json_object.get("version") != VERSION:
            raise ValueError("it was written by another version of cable-tui")
        requests = {
            RequestKey(_line(entry, "cable"), _place(entry["request"])): tuple(
                map(_place, entry["names"])
            )
            for entry in json_object["answers"]
        }
        kept_names = (
            KeptName(_line(entry, "cable"), _place(entry["name"]), _line(entry, "in"))
            for entry in json_object["kept"]
        )
        return Answers(requests, frozenset(kept_names))
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        reason = clean_line(str(error)) or type(error).__name__
        raise LibraryError(
            f"{file} is not a file of answers: {reason}; nothing was changed"
        ) from None


def _line(json_entry: Any, name: str) -> str:
    line_text = json_entry[name]
    if not isinstance(line_text, str):
        raise TypeError(f"{name}: a text is required")
    return clean_line(line_text)


def _place(json_place: Any) -> DigestSpan:
    paragraph_digest, start, end = json_place
    if not isinstance(paragraph_digest, str) or type(start) is not int or type(end) is not int:
        raise TypeError("a location is a digest and two numbers")
    return DigestSpan(clean_line(paragraph_digest), start, end)


def change(file: Path, edit: Callable[[Answers], Answers]) -> Answers:
    """Change the answers, save them, and return the new ones.

    Raises `LibraryError`, for example if the change cannot be written.
    """
    with shared_file.changing(file):
        answers_before = read(file)
        answers_after = edit(answers_before)
        if answers_after != answers_before:
            shared_file.replace(file, _dumps(answers_after))
        return answers_after


def forget(file: Path, _archive: Path, has: Callable[[str], bool] | None) -> int:
    """Remove the answers for an archive's cables, and return how many there were.

    If the cables are unknown, none are removed. Raises `LibraryError`.
    """
    if has is None or not file.exists():
        return 0
    is_here = has
    answers_before = read(file)
    answers_after = change(file, lambda kept: kept.without(is_here))
    return len(answers_before.requests) - len(answers_after.requests)


def _dumps(answers: Answers) -> str:
    json_object = {
        "format": FORMAT,
        "version": VERSION,
        "answers": [
            {"cable": request_key.cable, "request": request_key.place, "names": names}
            for request_key, names in sorted(answers.requests.items())
        ],
        "kept": [
            {"cable": kept_name.cable, "name": kept_name.name, "in": kept_name.elsewhere}
            for kept_name in sorted(answers.kept)
        ],
    }
    return json_text(json_object, indent=1) + "\n"
