"""`said:` and `comment:` in records of a cable that are not shown."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cable_tui.archive.archive import Archive
from cable_tui.query import parse
from tests.archive.search.test_unshown import names_one_of_two, names_the_third, three_records


@pytest.fixture(scope="module", params=["filed", "read"])
def archive(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Archive]:
    with three_records(tmp_path_factory.mktemp("voices"), echoes=request.param == "filed") as made:
        yield made


@pytest.mark.parametrize(
    ("query", "is_third"),
    [
        ("said:pelham", False),
        ("said:gorse", True),
        ("comment:gravely", True),
        ("lamps (said:gorse or len:9k..10k)", True),
    ],
)
def test_every_record_is_searched_and_a_cable_counts_once(
    archive: Archive, query: str, is_third: bool
) -> None:
    assert archive.search(parse(query)).count == 1
    names_the_third(archive, query, is_third=is_third)


def test_what_one_record_says_is_said(archive: Archive) -> None:
    assert archive.search(parse("-said:gorse -said:pelham")).count == 1


@pytest.mark.parametrize("query", ["said:gorse", "said:gorse gorse", "said:agreed gorse"])
def test_of_two_other_records_the_one_is_named_that_has_the_hit(tmp_path: Path, query: str) -> None:
    names_one_of_two(tmp_path, query, 3)
