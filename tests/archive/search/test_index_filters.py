"""Filters that the text index answers find what the sets of the columns find."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from cable_tui.archive.archive import Archive, open_archive
from cable_tui.archive.catalogue.passes import PASSES, Pass
from cable_tui.archive.search.index_filters import index_query, indexed
from cable_tui.archive.search.snapshot import Snapshot
from cable_tui.base.value import replace
from cable_tui.query import parse
from cable_tui.query.plan import And, DayRange, Not, Plan, TermCodes, compile_plan
from tests.archive.fiction import BRIDGE, GOATS, LAMPS, Fiction, build_index, write_dump

CABLES = (
    LAMPS,
    BRIDGE,
    GOATS,
    Fiction("05RABAT3", "2005-06-01 10:00", "Embassy Rabat", "SECRET", "KTIP", text="Old anchors."),
    Fiction("06MADRID4", "2006-07-02 10:00", "Embassy Madrid", "SECRET", "MO", text="Two anchors."),
    Fiction("06MADRID5", "2006-07-03 10:00", "Embassy Madrid", text="Anchors and goats."),
)


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("anchors class:secret", ["06MADRID4", "05RABAT3"]),
        ("anchors tag:ktip", ["05RABAT3"]),
        ("anchors tag:ktip tag:mo class:secret", ["06MADRID4", "05RABAT3"]),
        ("anchors -tag:ktip class:>=secret", ["06MADRID4"]),
        ("anchors origin:madrid", ["06MADRID5", "06MADRID4"]),
        ("anchors origin:nowhere", []),
        ("anchors date:2006-07-03", ["06MADRID5"]),
        ("anchors date:2005..2006-07-02", ["06MADRID4", "05RABAT3"]),
        ("anchors -date:2006 -date:2009.. -date:2008", ["05RABAT3"]),
        ("(goats or anchors) class:secret date:2006", ["06MADRID4"]),
        ("anchors (class:secret or goats) date:..2006", ["06MADRID5", "06MADRID4", "05RABAT3"]),
        ("anchors sort:created class:secret", ["05RABAT3", "06MADRID4"]),
        ("anchors released:1999", []),
    ],
)
def test_the_first_hits_are_those_of_the_whole_answer(
    archive: Archive, text: str, ids: list[str]
) -> None:
    query = parse(text)
    first = archive.search(query, "-created", limit=10)
    assert [row.canonical_id for row in archive.rows(first.ids)] == ids
    assert first.count == len(ids)
    whole = archive.search(query, "-created")
    assert list(whole.ids) == list(first.ids)
    assert archive.search(query, limit=1).count == len(ids)
    best = archive.search(query, limit=10)
    assert sorted(best.ids) == sorted(whole.ids)


def _inside(archive: Archive, text: str) -> Plan | None:
    return index_query(Snapshot(archive), compile_plan(parse(text), {}))


def test_filters_become_codes_and_days(archive: Archive) -> None:
    found = _inside(archive, "anchors -class:secret date:2006-07-02..2006-08")
    assert isinstance(found, And)
    days, secret, _ = found.parts
    assert days == DayRange("date", 20060702, 20060831)
    assert isinstance(secret, Not)
    assert isinstance(secret.part, TermCodes)
    assert len(secret.part.codes) == 1


@pytest.mark.parametrize("text", ["anchors is:bookmarked", "anchors (cites:09RABAT1 or goats)"])
def test_what_the_text_index_has_not_stays_outside(archive: Archive, text: str) -> None:
    assert _inside(archive, text) is None


def test_words_are_asked_of_the_index_alone_unless_it_holds_texts_that_are_gone(
    tmp_path: Path,
) -> None:
    def asked(cables: tuple[Fiction, ...], passes: Sequence[Pass]) -> bool:
        file, cache = tmp_path / "cables.csv", tmp_path / "cache"
        write_dump(file, cables)
        build_index(file, cache, passes=passes)
        snapshot = Snapshot(open_archive(file, cache, readonly=True))
        return indexed(snapshot, compile_plan(parse("=lamps"), {})) is not None

    assert asked((LAMPS, BRIDGE), PASSES)
    assert asked((LAMPS, BRIDGE, GOATS), PASSES[:2])
    assert not asked((LAMPS, GOATS), PASSES[:2])
    assert asked((LAMPS, GOATS), PASSES)
    assert not asked((LAMPS, replace(GOATS, text="No goats.")), PASSES[:2])
