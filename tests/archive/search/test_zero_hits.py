"""What a query that finds nothing would find without each part."""

import pytest

from cable_tui.archive.archive import Archive
from cable_tui.query import parse
from tests.archive.fiction import BRIDGE, GOATS, LAMPS, opened, write_dump


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    folder = tmp_path_factory.mktemp("reasons")
    write_dump(folder / "dump" / "cables.csv", (LAMPS, BRIDGE, GOATS))
    return opened(folder / "dump", folder / "cache")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("nowhere", []),
        ("goats mules", [("goats", "mules", 1), ("mules", "goats", 1)]),
        (
            "goats date:2009 sort:reference",
            [("goats", "date:2009", 2), ("date:2009", "goats", 1)],
        ),
        (
            "keepers origin:madrid origin:casablanca",
            [
                ("keepers", "origin:madrid origin:casablanca", 1),
                ("origin:madrid origin:casablanca", "keepers", 1),
            ],
        ),
        (
            "goats -origin:rabat date:2010",
            [
                ("goats", "-origin:rabat date:2010", 0),
                ("-origin:rabat", "goats date:2010", 0),
                ("date:2010", "goats -origin:rabat", 0),
            ],
        ),
        ("(goats or lamps) class:unclassified", [
            ("(goats or lamps)", "class:unclassified", 1),
            ("class:unclassified", "(goats or lamps)", 2),
        ]),
    ],
    ids=str,
)  # fmt: skip
def test_each_part_is_left_out_in_turn(
    archive: Archive, text: str, expected: list[tuple[str, str, int]]
) -> None:
    found = archive.reasons(parse(text))
    assert [(each.part, str(each.without), each.count) for each in found] == expected


def test_a_cancelled_question_is_cut_short(archive: Archive) -> None:
    answers = iter([False, False, True, True])
    found = archive.reasons(parse("goats mules lamps"), lambda: next(answers, True))
    assert len(found) < 3
