"""From a plan to a set of cables."""

import pytest

from cable_tui.archive.archive import Archive
from cable_tui.archive.search.row_sets import rows_of
from cable_tui.archive.search.snapshot import Snapshot
from cable_tui.query.plan import And, AnyWord, FacetValue, Not, Or, Plan, Property, bare
from tests.archive.fiction import BRIDGE, GOATS, LAMPS, opened, write_dump

RABAT = FacetValue("origin", "rabat")
GOAT = AnyWord(("goats",))


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    folder = tmp_path_factory.mktemp("sets")
    write_dump(folder / "dump" / "cables.csv", (LAMPS, BRIDGE, GOATS))
    return opened(folder / "dump", folder / "cache")


@pytest.mark.parametrize(
    ("plan", "expected"),
    [
        (And(), {LAMPS.id, BRIDGE.id, GOATS.id}),
        (Or(), set()),
        (RABAT, {LAMPS.id, GOATS.id}),
        (And((RABAT, Not(GOAT))), {LAMPS.id}),
        (Or((Not(RABAT), GOAT)), {BRIDGE.id, GOATS.id}),
        (Not(And((RABAT, GOAT))), {LAMPS.id, BRIDGE.id}),
        (Property("ref", LAMPS.id), {LAMPS.id}),
        (FacetValue("nowhere", "x"), set()),
        (Property("nowhere", "x"), set()),
    ],
    ids=lambda case: " ".join(sorted(case)) if isinstance(case, set) else str(case),
)
def test_a_plan_means_a_set(archive: Archive, plan: Plan, expected: set[str]) -> None:
    snapshot = Snapshot(archive)
    columns = snapshot.columns
    found = columns.ids_of(rows_of(snapshot, columns, plan))
    assert {row.reference_id for row in archive.rows(found)} == expected


def test_a_plan_in_shells_is_the_same_plan() -> None:
    assert bare(And((And((GOAT,)),))) == GOAT
    assert bare(And((GOAT, RABAT))) == And((GOAT, RABAT))
