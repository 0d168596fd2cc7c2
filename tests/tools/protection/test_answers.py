"""The file of answers: what it holds, what it never holds, and files that are something else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cable_tui.base.errors import LibraryError
from cable_tui.tools.protection import answers
from cable_tui.tools.protection.answers import Answers, KeptName, RequestKey
from cable_tui.tools.protection.digest_spans import DigestSpan
from tests.tool_cases import KeptFiles

REQUEST = RequestKey("09RABAT27", DigestSpan("ab" * 32, 20, 36))
ADA = DigestSpan("ab" * 32, 7, 17)
BAD_PLACE = """{
    "format": "cable-tui protection answers", "version": 1, "kept": [],
    "answers": [{"cable": "A", "request": ["x", 1, "y"], "names": []}]}"""
KEPT = KeptName("09RABAT27", ADA, "09RABAT28")


def test_answers_are_read_as_they_were_written(tmp_path: Path) -> None:
    file = tmp_path / "protection.json"
    assert answers.read(file) == Answers()
    answers.change(file, lambda before: before.with_request(REQUEST, (ADA, ADA)))
    answers.change(file, lambda before: before.with_kept(KEPT, kept=True))
    assert answers.read(file) == Answers({REQUEST: (ADA,)}, frozenset({KEPT}))
    answers.change(file, lambda before: before.with_request(REQUEST, ()))
    assert answers.read(file).requests == {REQUEST: ()}
    answers.change(file, lambda before: before.with_request(REQUEST, None))
    answers.change(file, lambda before: before.with_kept(KEPT, kept=False))
    assert answers.read(file) == Answers()


def test_only_the_reader_may_read_the_file(tmp_path: Path) -> None:
    file = tmp_path / "protection.json"
    answers.change(file, lambda before: before.with_request(REQUEST, ()))
    assert file.stat().st_mode & 0o077 == 0


def test_answers_for_some_cables_are_left_out() -> None:
    both = Answers({REQUEST: (ADA,)}, frozenset({KEPT}))
    assert both.without(lambda cable: cable == "09RABAT27") == Answers()
    assert both.without(lambda cable: cable == "09RABAT28") == both


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("{", "is not a file of answers"),
        ("[]", 'its "format" is not'),
        ('{"format": "cable-tui protection answers", "version": 9}', "another version"),
        ('{"format": "cable-tui protection answers", "version": 1}', "answers"),
        (BAD_PLACE, "a location is a digest and two numbers"),
        ("[" * 100_000, "is not a file of answers"),
    ],
)
def test_what_is_something_else_is_refused_and_left(
    tmp_path: Path, content: str, says: str
) -> None:
    file = tmp_path / "protection.json"
    file.write_text(content, "utf-8")
    with pytest.raises(LibraryError, match=says):
        answers.change(file, lambda before: before.with_request(REQUEST, ()))
    assert file.read_text("utf-8") == content


def test_the_file_has_places_and_nothing_else(tmp_path: Path) -> None:
    file = tmp_path / "protection.json"
    answers.change(file, lambda before: before.with_request(REQUEST, (ADA,)))
    assert json.loads(file.read_text("utf-8")) == {
        "format": "cable-tui protection answers",
        "version": 1,
        "answers": [
            {"cable": "09RABAT27", "request": ["ab" * 32, 20, 36], "names": [["ab" * 32, 7, 17]]}
        ],
        "kept": [],
    }


def _answers(file: Path) -> None:
    answers.change(file, lambda before: before.with_request(REQUEST, ()))


CASE = KeptFiles({"answers": _answers}, read=(answers.read,), beside=answers.file_beside)
