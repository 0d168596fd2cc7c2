"""Answers to protection requests are forgotten with their archive."""

from __future__ import annotations

from pathlib import Path

from cable_tui.tools.protection import answers
from cable_tui.tools.protection.answers import RequestKey
from cable_tui.tools.protection.digest_spans import DigestSpan
from tests.cli.conftest import Run


def test_answers_to_protection_requests_of_the_archive_go_and_others_stay(
    run: Run, demo_archive: Path, own: Path
) -> None:
    assert run("index", demo_archive).status == 0
    file = answers.file_beside(own / "data" / "library.sqlite")
    place = DigestSpan("ab" * 32, 1, 9)
    asked, other = RequestKey("07SANTORIEL45", place), RequestKey("09RABAT99", place)
    answers.change(file, lambda kept: kept.with_request(asked, ()).with_request(other, (place,)))
    assert run("forget", demo_archive).says(0, "1 answer to a protection request")
    assert answers.read(file).requests == {other: (place,)}
