"""From a plan to a set of cables."""

import pytest

from cable_tui.archive import Archive
from cable_tui.archive.desk import desk_of
from cable_tui.archive.plan import AnyWord, Either, Every, Named, Plan, Property, Without, bare
from cable_tui.archive.sets import rows_of
from tests.archive.fiction import BRIDGE, GOATS, LAMPS, opened, write_dump

RABAT = Named("origin", "rabat")
GOAT = AnyWord(("goats",))


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    folder = tmp_path_factory.mktemp("sets")
    write_dump(folder / "dump" / "cables.csv", (LAMPS, BRIDGE, GOATS))
    return opened(folder / "dump", folder / "cache")


@pytest.mark.parametrize(
    ("plan", "expected"),
    [
        (Every(), {LAMPS.id, BRIDGE.id, GOATS.id}),
        (Either(), set()),
        (RABAT, {LAMPS.id, GOATS.id}),
        (Every((RABAT, Without(GOAT))), {LAMPS.id}),
        (Either((Without(RABAT), GOAT)), {BRIDGE.id, GOATS.id}),
        (Without(Every((RABAT, GOAT))), {LAMPS.id, BRIDGE.id}),
        (Property("ref", LAMPS.id), {LAMPS.id}),
        (Named("nowhere", "x"), set()),
        (Property("nowhere", "x"), set()),
    ],
    ids=lambda case: " ".join(sorted(case)) if isinstance(case, set) else str(case),
)
def test_a_plan_means_a_set(archive: Archive, plan: Plan, expected: set[str]) -> None:
    desk = desk_of(archive)
    columns = desk.columns
    found = columns.ids_of(rows_of(desk, columns, plan))
    assert {row.reference_id for row in archive.rows(found)} == expected


def test_a_plan_in_shells_is_the_same_plan() -> None:
    assert bare(Every((Every((GOAT,)),))) == GOAT
    assert bare(Every((GOAT, RABAT))) == Every((GOAT, RABAT))
