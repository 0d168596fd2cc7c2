"""References by what the archive holds."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from cable_tui.archive.archive import Archive, open_archive
from cable_tui.archive.catalogue.resolve_references import (
    CitationGraph,
    Missing,
    canonical_of,
    kept_learned,
    missing,
)
from tests.archive.fiction import Fiction, archive_of, build_index, id_of, write_dump

CABLES = [
    Fiction("08STATE120", "2008-12-20 10:00", "Secretary of State", text="Last year's."),
    Fiction("09STATE3", "2009-01-02 10:00", "Secretary of State", text="This year's third."),
    Fiction("09STATE10", "2009-01-05 10:00", "Secretary of State", text="This year's tenth."),
    Fiction("09RABAT7", "2009-01-06 10:00", ref="A. STATE 120\n     B. STATE 3", text="Both."),
    Fiction("09RABAT8", "2009-01-08 10:00", ref="09 STATE 3", text="One."),
]


def test_the_highest_serial_is_a_number_and_not_a_text(archive: Archive) -> None:
    with archive.reading() as db:
        known = CitationGraph(db)
        assert known.highest("STATE", 2009) == 10
        assert known.highest("STATE", 2008) == 120
        assert known.highest("STAT", 2009) is None
        assert known.highest("STATE", 2007) is None


def test_a_serial_that_a_post_had_not_reached_is_last_years(archive: Archive) -> None:
    cable = archive.cable(id_of(archive, "09RABAT7"))
    cited = [(each.reference_id, each.in_archive) for each in cable.references]
    assert cited == [("08STATE120", True), ("09STATE3", True)]


def test_who_cites_a_cable_is_known_oldest_first(archive: Archive) -> None:
    assert archive.cited_by("09STATE3") == [
        archive.find("09RABAT7"),
        archive.find("09RABAT8"),
    ]
    assert archive.cited_by("08STATE120") == [archive.find("09RABAT7")]
    assert archive.cited_by("09STATE120") == []


def test_stations_that_no_table_knows_are_learned_from_the_ids(tmp_path: Path) -> None:
    cables = [
        Fiction("09ZEMBLAVILLE4", "2009-03-01 10:00"),
        Fiction("09ZEMBLAVILLE5", "2009-03-02 10:00", ref="09 ZEMBLAVILLE 4"),
        Fiction("09SLIPPOFPEN1", "2009-03-03 10:00"),
    ]
    archive = archive_of(tmp_path, *cables)
    with archive.reading() as db:
        assert CitationGraph(db).learned() == kept_learned(db) == {"ZEMBLAVILLE"}
    assert archive.cited_by("09ZEMBLAVILLE4") == [archive.find("09ZEMBLAVILLE5")]


def test_learned_stations_are_known_before_the_grammar_has_been_read(tmp_path: Path) -> None:
    folder, cache = tmp_path / "cables", tmp_path / "cache"
    fourth = Fiction("09ZEMBLAVILLE4", "2009-03-01 10:00")
    fifth = Fiction("09ZEMBLAVILLE5", "2009-03-02 10:00", ref="09 ZEMBLAVILLE 4")
    write_dump(folder / "cables.csv", [fourth, fifth])
    build_index(folder, cache, passes=("facts",))
    with closing(open_archive(folder, cache)) as archive:
        (reference,) = archive.cable(archive.find(fifth.id) or 0).references
        assert (reference.reference_id, reference.in_archive) == (fourth.id, True)


def test_what_a_cable_cites_is_known_oldest_first(archive: Archive) -> None:
    with archive.reading() as db:
        known = CitationGraph(db)
        assert known.cites("09RABAT7") == [archive.find("08STATE120"), archive.find("09STATE3")]
        assert known.cites("09STATE3") == known.cites("09NOWHERE1") == []


def test_a_chain_goes_both_ways_the_nearest_first(archive: Archive) -> None:
    with archive.reading() as db:
        chain = [archive.find(each) for each in ("09RABAT8", "09STATE3", "09RABAT7", "08STATE120")]
        assert CitationGraph(db).chain("09RABAT8") == chain
        assert CitationGraph(db).chain("09STATE10") == [archive.find("09STATE10")]


def test_a_chain_comes_to_an_end(archive: Archive) -> None:
    with archive.reading() as db:
        chain = [archive.find(each) for each in ("09RABAT8", "09STATE3", "09RABAT7")]
        assert CitationGraph(db).chain("09RABAT8", longest=3) == chain


@pytest.mark.parametrize(
    ("given", "canonical"),
    [
        ("09RABAT7", "09RABAT7"),
        ("09 rabat 0007", "09RABAT7"),
        ("http://wikileaks.org/cable/2009/01/09RABAT7.html#par2", "09RABAT7"),
        (" no reference ", "no reference"),
        ("", ""),
    ],
)
def test_a_reference_is_read_in_any_form(given: str, canonical: str) -> None:
    assert canonical_of(given) == canonical


def test_only_cited_cables_that_are_absent_are_missing(archive: Archive, tmp_path: Path) -> None:
    assert missing(archive) == []
    (gone,) = missing(archive_of(tmp_path, CABLES[0], *CABLES[2:]))
    # 09RABAT8 names the year.
    assert gone == Missing("09STATE3", 2, year_may_be_inferred=False)


def test_a_missing_cable_may_have_another_year_if_no_citation_has_to_name_it(
    tmp_path: Path,
) -> None:
    (gone,) = missing(archive_of(tmp_path, CABLES[0], *CABLES[2:4]))
    assert gone == Missing("09STATE3", 1, year_may_be_inferred=True)
