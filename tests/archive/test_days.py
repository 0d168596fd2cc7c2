"""The days of a month in the counts of a date."""

from pathlib import Path

import pytest

from cable_tui.archive import Archive
from cable_tui.query import parse
from tests.archive.fiction import Fiction, opened, write_dump

CREATED = ("2009-02-13", "2009-02-13", "2009-02-28", "2009-03-01", "2009-05-02", "2008-02-13")


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    folder: Path = tmp_path_factory.mktemp("days")
    cables = [
        Fiction(
            f"09RABAT{number}", f"{day} 10:00", "Embassy Rabat" if number % 2 else "Embassy Oslo"
        )
        for number, day in enumerate(CREATED, 1)
    ]
    write_dump(folder / "dump" / "cables.csv", cables)
    return opened(folder / "dump", folder / "cache")


FEBRUARY = [("2009-02-13", 2), ("2009-02-28", 1)]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("", []),
        ("date:2009", []),
        ("date:2009-02", FEBRUARY),
        ("date:2009-02-13", FEBRUARY),
        ("date:2009-02..2009-03", [*FEBRUARY, ("2009-03-01", 1)]),
        ("date:2009-02 date:2008-02", [("2008-02-13", 1), *FEBRUARY]),
        ("date:2009-02 origin:oslo", [("2009-02-13", 1)]),
        ("-date:2009-02", []),
        ("date:2009-04", []),
        ("date:2009-01..2009-05", []),
        ("released:2009-02", []),
    ],
)
def test_a_month_that_the_query_names_shows_its_days(
    archive: Archive, text: str, days: list[tuple[str, int]]
) -> None:
    counts = archive.counts(parse(text))["date"]
    assert [(each.value, each.count) for each in counts if len(each.value) == 10] == days


def test_days_stand_behind_their_month(archive: Archive) -> None:
    values = [each.value for each in archive.counts(parse("date:2009-02"))["date"]]
    assert values == [
        "2008", "2008-02", "2009", "2009-02", "2009-02-13", "2009-02-28", "2009-03", "2009-05",
    ]  # fmt: skip
