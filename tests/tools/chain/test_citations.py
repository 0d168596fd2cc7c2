"""What citing joins to a cable: steps, holes, sentences, and days by numbers."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from cable_tui.archive.archive import Archive, open_archive
from cable_tui.archive.catalogue.resolve_references import CitationGraph
from cable_tui.base.errors import NotFoundError
from cable_tui.query import parse
from cable_tui.telegram.references.mentions import Sentence
from cable_tui.tools.chain import citations as chains
from cable_tui.tools.chain.citations import chain, read_sentences
from cable_tui.tools.chain.story import Chain, ChainEntry, Cites, Estimate
from tests.archive.fiction import Fiction, archive_of, build_index, opened, references, write_dump

CABLES = [
    Fiction("08STATE118", "2008-12-10 10:00", "Secretary of State", text="Nothing cited."),
    Fiction("08STATE121", "2008-12-21 10:00", "Secretary of State", text="Nothing cited."),
    Fiction(
        "09RABAT7",
        "2009-01-06 10:00",
        subject="THE ICE HOUSE",
        ref="A. 08 STATE 120\n     B. SAPT-TARLENHEIM E-MAIL OF 1/2/09",
        text="See ref A on ice.  The price is reported septel.",
    ),
    Fiction("09RABAT9", "2009-02-01 10:00", ref="09 RABAT 7", text="Reftel was right.  So is he."),
    Fiction("09RABAT12", "2009-03-01 10:00", ref="08 STATE 120", text="No word of it."),
    Fiction("09RABAT30", "2009-04-01 10:00", ref="09 RABAT 9", text="As reftel said."),
    Fiction("09RABAT99", "2009-05-01 10:00", text="Alone."),
]


def _ids(found: Chain) -> list[str]:
    return [each.canonical_id for each in found.entries]


def test_a_chain_is_by_day_with_holes_where_they_belong(archive: Archive) -> None:
    found = chain(archive, "09 rabat 0007")
    assert _ids(found) == ["08STATE120", "09RABAT7", "09RABAT9", "09RABAT12", "09RABAT30"]
    assert [each.distance for each in found.entries] == [1, 0, 1, 2, 2]
    assert (found.depth, found.beyond, found.cut) == (2, 0, False)
    assert found.entries[0].cited_by == ("09RABAT7", "09RABAT12")


@pytest.mark.parametrize(
    ("depth", "ids", "beyond"),
    [
        (1, ["08STATE120", "09RABAT7", "09RABAT9"], 2),
        (2, ["08STATE120", "09RABAT7", "09RABAT9", "09RABAT12", "09RABAT30"], 0),
        (9, ["08STATE120", "09RABAT7", "09RABAT9", "09RABAT12", "09RABAT30"], 0),
    ],
)
def test_so_many_steps_are_shown_as_are_asked_for(
    archive: Archive, depth: int, ids: list[str], beyond: int
) -> None:
    found = chain(archive, "09RABAT7", depth)
    assert (_ids(found), found.beyond) == (ids, beyond)


def test_without_a_number_it_goes_as_far_as_can_be_read(
    archive: Archive,
) -> None:
    assert chain(archive, "09RABAT7", readable=4).depth == 1
    assert chain(archive, "09RABAT7", readable=1).depth == 1  # one step is always shown
    assert chain(archive, "09RABAT7", readable=5).depth == 2


@pytest.mark.parametrize("start", ["09RABAT7", "09RABAT12", "09RABAT30", "09RABAT99"])
def test_it_joins_what_the_query_finds(archive: Archive, start: str) -> None:
    hits = archive.search(parse(f"chain:{start}"))
    found = chain(archive, start, 100)
    assert {each.id for each in found.cables} == set(hits.ids)


def test_a_chain_ends_where_the_query_ends(
    archive: Archive,
) -> None:
    with archive.reading() as db:  # as the query is answered
        ids = CitationGraph(db).chain("09RABAT7", longest=3)
    found = chain(archive, "09RABAT7", 100, longest=3)
    assert {each.id for each in found.cables} == set(ids)
    assert found.cut


def test_a_chain_may_begin_at_a_cable_that_is_not_here(archive: Archive) -> None:
    found = chain(archive, "08STATE120", 1)
    assert _ids(found) == ["08STATE120", "09RABAT7", "09RABAT12"]


def test_who_is_neither_here_nor_cited_has_none(archive: Archive) -> None:
    with pytest.raises(NotFoundError, match=": neither this cable nor a cable citing it is"):
        chain(archive, "09RABAT1234")


def test_while_cables_are_still_read_nothing_is_said_to_be_all(tmp_path: Path) -> None:
    write_dump(tmp_path / "cables" / "cables.csv", CABLES)
    build_index(tmp_path / "cables", tmp_path / "cache", passes=("facts",))
    with closing(open_archive(tmp_path / "cables", tmp_path / "cache")) as archive:
        found = chain(archive, "09RABAT7")
        assert (_ids(found), found.partial) == (["09RABAT7"], True)
        (read,) = read_sentences(archive, found)
    assert read.entries[0].subject == "THE ICE HOUSE"
    with closing(opened(tmp_path / "cables", tmp_path / "cache")) as archive:
        assert not chain(archive, "09RABAT7").partial


def test_who_cites_a_hole_beyond_the_chain_is_counted(archive: Archive) -> None:
    hole = chain(archive, "09RABAT7", 1).entries[0]
    assert (hole.cited_by, hole.citing_elsewhere) == (("09RABAT7",), 1)


def test_the_day_of_a_hole_is_estimated_by_the_numbers_around_it(archive: Archive) -> None:
    hole = chain(archive, "09RABAT7").entries[0]
    assert hole.estimate == Estimate("2008-12-10", "2008-12-21")
    assert (hole.cited_on, hole.day) == ("2009-01-06", "2008-12-21")


@pytest.mark.parametrize(
    ("cables", "estimate"),
    [
        # no number of its post and year is here
        ([], None),
        # a lower number alone: by the end of its year, and by the day when it is cited
        ([("08STATE118", "2008-12-10")], ("2008-12-10", "2008-12-31")),
        ([("08STATE121", "2008-12-21")], ("2008-01-01", "2008-12-21")),
        # two neighbours sent in the other order
        (
            [("08STATE118", "2008-12-12"), ("08STATE119", "2008-12-10")],
            ("2008-12-10", "2008-12-31"),
        ),
        # numbers that began again within the year
        ([("08STATE118", "2008-12-10"), ("08STATE121", "2008-02-01")], None),
    ],
)
def test_an_estimate_keeps_to_what_is_known(
    tmp_path: Path, cables: list[tuple[str, str]], estimate: tuple[str, str] | None
) -> None:
    around = [Fiction(id_, f"{day} 10:00", "Secretary of State") for id_, day in cables]
    citing = Fiction("09RABAT7", "2009-01-06 10:00", ref="08 STATE 120", text="See reftel.")
    hole = next(iter(chain(archive_of(tmp_path, *around, citing), "09RABAT7").holes))
    assert hole.estimate == (Estimate(*estimate) if estimate else None)


def _read(archive: Archive, start: str) -> Chain:
    found = chain(archive, start)
    assert not found.complete
    for last in read_sentences(archive, found):
        found = last
    assert found.complete
    return found


def test_the_sentences_that_cite_are_read_from_the_texts(archive: Archive) -> None:
    entries = _read(archive, "09RABAT7").by_id()
    first = entries["09RABAT7"]
    assert first.cites[0].sentences == (Sentence("1", "(C) See ref A on ice."),)
    assert first.cites[0].label == "A"
    assert entries["09RABAT9"].cites[0].sentences == (Sentence("1", "(C) Reftel was right."),)
    assert entries["09RABAT12"].cites[0].sentences == ()
    assert first.source.startswith("U.S. Embassy Rabat")


def test_other_references_stand_as_they_are_printed(archive: Archive) -> None:
    first = _read(archive, "09RABAT7").by_id()["09RABAT7"]
    assert [(each.kind, each.text) for each in first.unnamed] == [
        ("email", "B. SAPT-TARLENHEIM E-MAIL OF 1/2/09"),
        ("text", "The price is reported septel."),
    ]


def test_a_cable_whose_file_is_gone_says_so_and_the_others_are_read(tmp_path: Path) -> None:
    archive = archive_of(tmp_path, *CABLES)
    (archive.root / "cables.csv").unlink()
    found = _read(archive, "09RABAT7")
    assert all(each.unreadable for each in found.cables)


def test_reading_can_be_stopped(archive: Archive) -> None:
    found = chain(archive, "09RABAT7")
    assert list(read_sentences(archive, found, cancelled=lambda: True)) == []


def test_what_an_edition_cites_elsewhere_is_no_hole() -> None:
    edition = ChainEntry(
        "frus1955v17/d89", 0, id=1, cites=(Cites("55PARIS1"), Cites("frus1955v17/d2"))
    )
    elsewhere = ChainEntry("55PARIS1", 1, cited_by=("frus1955v17/d89",))
    own = ChainEntry("frus1955v17/d2", 1, cited_by=("frus1955v17/d89",))
    kept = chains.without_doubles([edition, elsewhere, own])
    assert [each.canonical_id for each in kept] == ["frus1955v17/d89", "frus1955v17/d2"]
    assert [each.cited for each in kept[0].cites] == ["frus1955v17/d2"]


def test_what_only_the_text_cites_is_joined_and_said_to_be_of_the_text(tmp_path: Path) -> None:
    texts = [
        Fiction("09RABAT27", "2009-01-06 10:00", text="Nothing cited."),
        Fiction(
            "09TUNIS5",
            "2009-02-01 10:00",
            text="The ice melts (Rabat 27; 08 Rabat 90).  So it is.",
        ),
    ]
    archive = archive_of(tmp_path, *texts)
    *_, found = read_sentences(archive, chain(archive, "09RABAT27"))
    cites = found.by_id()["09TUNIS5"].cites
    assert [(each.cited, each.how) for each in cites] == [
        ("09RABAT27", "text, year inferred"),
        ("08RABAT90", "text"),
    ]
    assert [each.text for each in cites[0].sentences] == [
        "(C) The ice melts (Rabat 27; 08 Rabat 90)."
    ]
    assert len(archive.cited_by("08RABAT90")) == 1
    assert references(archive, archive.search(parse("cites:09RABAT27")).ids) == ["09TUNIS5"]
