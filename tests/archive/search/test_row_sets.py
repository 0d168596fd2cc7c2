"""What the fields of the query language find, against lists written by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from cable_tui.archive.archive import Archive
from cable_tui.archive.search.row_sets import rows_of
from cable_tui.archive.search.snapshot import Snapshot
from cable_tui.base.value import replace
from cable_tui.query import parse
from cable_tui.query.plan import And, AnyWord, FacetValue, Not, Or, Plan, Property, bare
from cable_tui.query.reader_terms import ReaderData
from tests.archive.fiction import BRIDGE, GOATS, LAMPS, Fiction, archive_of, references, write_page

LONG = Fiction(
    "07RABAT5",
    "2007-05-01 08:00",
    classification="SECRET//NOFORN",
    subject="A LONG LETTER",
    ref="08 RABAT 990",
    text="One.\n\n2. (C) Two.\n\n3. (C) Three. " + "The keepers wrote on. " * 200,
)
REPLY = Fiction("09RABAT30", "2009-02-20 10:00", subject="ON LAMPS AGAIN", ref="09 RABAT 27")
ASKING = Fiction("09MADRID8", "2009-02-25 10:00", "Embassy Madrid", ref="09 PARIS 77")
ALSO_ASKING = replace(ASKING, id="09LISBON2", origin="Embassy Lisbon", created="2009-02-26 10:00")
HIDING = Fiction(
    "09LISBON3", "2009-02-27 10:00", "Embassy Lisbon", subject="HERRING", text="XXXXXXXX wrote."
)
CABLES = (LAMPS, BRIDGE, GOATS, LONG, REPLY, ASKING, ALSO_ASKING, HIDING)
# 09CASABLANCA31 and 09RABAT30 cite 09RABAT27, 07RABAT5 cites 08RABAT990, Madrid and Lisbon cite a
# cable of Paris that is not here.
OWN = ReaderData(
    bookmarked=frozenset({"09RABAT27", "08RABAT990", "99NOWHERE1"}),
    noted=frozenset({"08RABAT990"}),
    read=frozenset({"09RABAT27", "09RABAT30"}),
    lists={"Lamp story": frozenset({"09RABAT27", "09RABAT30"}), "goats": frozenset({"08RABAT990"})},
    notes={"08RABAT990": "Ask the harbour office", "99NOWHERE1": "ask nobody"},
    saved={"lamps": "keepers or bridge", "nearby": "query:lamps -origin:rabat"},
    version=1,
)
ALL = {cable.id for cable in CABLES}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    folder = tmp_path_factory.mktemp("filters")
    write_page(folder / "cables" / "copies", HIDING)
    archive = archive_of(folder, *CABLES, pages=True)
    archive.own = lambda: OWN
    return archive


def found(archive: Archive, text: str) -> set[str]:
    hits = archive.search(parse(text))
    rows = references(archive, hits.ids)
    assert hits.count == len(rows)
    return set(rows)


FOUND = [
    ("is:bookmarked", {"09RABAT27", "08RABAT990"}),
    ("is:noted", {"08RABAT990"}),
    ("is:read", {"09RABAT27", "09RABAT30"}),
    ("is:unread", ALL - {"09RABAT27", "09RABAT30"}),
    ("-is:read is:bookmarked", {"08RABAT990"}),
    ("is:noted is:read", set()),
    ("is:noted or is:read", {"09RABAT27", "09RABAT30", "08RABAT990"}),
    ("is:bookmarked and is:read", {"09RABAT27"}),
    ("is:new", set()),
    ("is:noforn", {"07RABAT5"}),
    ("is:partial", set()),
    ("is:sipdis", ALL),
    ("has:article", set()),
    ("has:redaction", {"09LISBON3"}),
    ("has:versions", {"09LISBON3"}),
    ("-has:versions has:redaction", set()),
    ("has:missing-ref", {"09MADRID8", "09LISBON2"}),
    ("has:reference", {"09CASABLANCA31", "07RABAT5", "09RABAT30", "09MADRID8", "09LISBON2"}),
    ("has:year-inferred", {"09CASABLANCA31"}),
    ("-has:warning", {"09RABAT27"}),
    ("ref:09RABAT27", {"09RABAT27"}),
    ('ref:"09 rabat 0027"', {"09RABAT27"}),
    ("ref:http://wikileaks.org/cable/2009/02/09RABAT27.html#par3", {"09RABAT27"}),
    ("ref:09RABAT28", set()),
    ("cites:09RABAT27", {"09CASABLANCA31", "09RABAT30"}),
    ("cites:09PARIS77", {"09MADRID8", "09LISBON2"}),
    ("citedby:09RABAT30", {"09RABAT27"}),
    ("citedby:09MADRID8", set()),
    ("chain:09RABAT30", {"09RABAT30", "09RABAT27", "09CASABLANCA31"}),
    ("chain:08RABAT990", {"08RABAT990", "07RABAT5"}),
    ("chain:09PARIS77", {"09MADRID8", "09LISBON2"}),
    ("chain:01NOWHERE1", set()),
    ("cites:09RABAT27 cites:08RABAT990", {"09CASABLANCA31", "09RABAT30", "07RABAT5"}),
    ('list:"Lamp story"', {"09RABAT27", "09RABAT30"}),
    ("list:goats list:lamp", {"09RABAT27", "09RABAT30", "08RABAT990"}),
    ("note:harb", {"08RABAT990"}),
    ("note:nowhere", set()),
    ("query:lamps", {"09CASABLANCA31"} | {each.id for each in CABLES if "eepers" in each.text}),
    ("query:nearby", {"09CASABLANCA31"} | {"09MADRID8", "09LISBON2"}),
    ("len:>2k", {"07RABAT5"}),
    ("len:<2k", ALL - {"07RABAT5"}),
    ("len:..100", set()),
    (
        f"len:{len(GOATS.body)}",
        {cable.id for cable in CABLES if len(cable.body) == len(GOATS.body)},
    ),
    ("paras:3", {"07RABAT5"}),
    ("paras:>=1", ALL),
    ("mules is:bookmarked", set()),
    ("(is:noforn or is:noted)", {"07RABAT5", "08RABAT990"}),
    ("not (is:noforn or is:noted)", ALL - {"07RABAT5", "08RABAT990"}),
]


@pytest.mark.parametrize(("text", "expected"), FOUND, ids=[text for text, _ in FOUND])
def test_a_field_finds_its_cables(archive: Archive, text: str, expected: set[str]) -> None:
    assert found(archive, text) == expected


@pytest.mark.parametrize("text", ["is:bookmarked", "list:goats", "note:ask", "is:unread lamps"])
def test_answers_follow_new_marks(archive: Archive, text: str) -> None:
    before = found(archive, text)
    more = frozenset({"09RABAT30"})
    notes = {"09RABAT30": "ask again"}
    changed = replace(
        OWN, bookmarked=more, read=ALL_BUT_GOATS, lists={"goats": more}, notes=notes, version=2
    )
    try:
        archive.own = lambda: changed
        assert found(archive, text) != before
        assert archive.counts(parse(text))["origin"] != []
    finally:
        archive.own = lambda: OWN
    assert found(archive, text) == before


ALL_BUT_GOATS = frozenset(ALL - {GOATS.id, LAMPS.id})


@pytest.mark.parametrize(
    ("text", "column", "reason"),
    [
        ("bridge list:nowhere", 7, "there is no list called nowhere; there are Lamp story, goats"),
        ("query:nowhere bridge", 0, "there is no saved search called nowhere"),
    ],
)
def test_a_list_that_is_not_there_is_said(
    archive: Archive, text: str, column: int, reason: str
) -> None:
    hits = archive.search(parse(text))
    assert references(archive, hits.ids) == [BRIDGE.id]
    assert reason in hits.complaints[0].reason
    assert hits.complaints[0].column == column


@pytest.mark.parametrize("text", ["is:bookmarked", "len:>2k", "chain:09RABAT27", "query:lamps"])
def test_a_field_narrows_the_counts(archive: Archive, text: str) -> None:
    origins = {cable.id: cable.origin for cable in CABLES}
    expected: dict[str, int] = {}
    for id_ in found(archive, text):
        expected[origins[id_]] = expected.get(origins[id_], 0) + 1
    counts = {each.value: each.count for each in archive.counts(parse(text))["origin"]}
    assert counts == expected


def test_new_is_what_the_last_addition_brought(tmp_path: Path) -> None:
    assert found(archive_of(tmp_path, LAMPS), "is:new") == set()
    archive = archive_of(tmp_path, LAMPS, BRIDGE)
    assert found(archive, "is:new") == {BRIDGE.id}
    assert found(archive, "added:2020..") == {BRIDGE.id}
    assert found(archive, "added:..2020") == set()


RABAT = FacetValue("origin", "rabat")
GOAT = AnyWord(("goats",))


@pytest.fixture(scope="module")
def three_cables(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    return archive_of(tmp_path_factory.mktemp("sets"), LAMPS, BRIDGE, GOATS)


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
def test_a_plan_means_a_set(three_cables: Archive, plan: Plan, expected: set[str]) -> None:
    snapshot = Snapshot(three_cables)
    columns = snapshot.columns
    found = columns.ids_of(rows_of(snapshot, columns, plan))
    assert set(references(three_cables, found)) == expected


def test_a_plan_in_shells_is_the_same_plan() -> None:
    assert bare(And((And((GOAT,)),))) == GOAT
    assert bare(And((GOAT, RABAT))) == And((GOAT, RABAT))
