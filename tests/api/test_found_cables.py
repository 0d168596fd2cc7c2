"""Hits: asked when they are wanted, counted without rows, and honest about words."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import cable_tui as ct
from cable_tui import demo
from cable_tui.archive.archive import Archive
from cable_tui.archive.build.indexer import index


def test_nothing_is_asked_before_the_hits_are_used(
    archive: ct.Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError

    hits = archive.search("lobster")
    monkeypatch.setattr(Archive, "search", refuse)
    assert repr(hits) == "<Hits: 'lobster'>"
    with pytest.raises(AssertionError):
        len(hits)


def test_a_hit_has_values_and_none_for_what_is_missing(archive: ct.Archive) -> None:
    hit = archive.search("ref:04PORTAMBER211")[0]
    assert (hit.ref, hit.date, hit.created) == (
        "04PORTAMBER211",
        date(2004, 6, 7),
        "2004-06-07T08:12Z",
    )
    assert (hit.classification, hit.origin) == ("UNCLASSIFIED", "Embassy Port Amber")
    assert hit.tags == ("EFIS", "SENV", "ETRD", "ZQ")


def test_hits_are_a_sequence(archive: ct.Archive) -> None:
    hits = archive.search("lobster", sort="created")
    refs = [hit.ref for hit in hits]
    assert len(hits) == len(refs) == 11
    assert refs[:2] == ["04PORTAMBER211", "04PORTAMBER305"]
    assert [hit.ref for hit in hits[2:5]] == refs[2:5]
    assert [hit.ref for hit in hits[:-9]] == refs[:-9]
    assert (hits[-1].ref, hits[3].ref) == (refs[-1], refs[3])
    with pytest.raises(IndexError, match="no hit 11"):
        hits[11]
    assert hits[1] in hits


def test_counts_by_one_key_and_by_two(archive: ct.Archive) -> None:
    hits = archive.search("lobster")
    posts = hits.count("post")
    assert [(row.value, row.count) for row in posts[:2]] == [
        ("Embassy Port Amber", 6),
        ("Consulate Quayhaven", 2),
    ]
    assert (sum(row.count for row in posts), posts.without, posts.whole) == (11, 0, True)
    by_year = hits.count("post", by="year")
    assert by_year.columns[0] == "2004"
    assert sum(by_year[0].across) == by_year[0].count


def test_while_files_are_read_no_answer_is_whole(tmp_path: Path) -> None:
    """The first moment of an index: no cable is in the catalogue, so no text is missing either."""
    folder, cache = tmp_path / "cables", tmp_path / "cache"
    demo.write(folder)
    run = index(folder, cache, workers=0)
    next(run)
    with ct.open(folder, cache=cache) as archive:
        hits = archive.search("lobster")
        assert not hits.whole
        assert not archive.report("stats", by="post").whole
        for _ in run:
            pass
        again = archive.search("lobster")
        assert (len(again), again.whole) == (11, True)
        assert archive.report("stats", by="post").whole


def test_what_was_searched_for_instead_is_told(archive: ct.Archive) -> None:
    hits = archive.search("lobstre tag:ZZZZ")
    assert (len(hits), hits.whole, hits.query) == (0, True, "lobstre tag:ZZZZ")
    (correction,) = hits.corrections
    assert (correction.word, correction.used[0][0]) == ("lobstre", "lobster")
    assert any("no cable has tag:ZZZZ" in remark for remark in hits.remarks)
    assert isinstance(archive.search("lobster").offers, tuple)


def test_a_sample_knows_how_many_cables_it_was_drawn_from(archive: ct.Archive) -> None:
    hits = archive.search("lobster sample:4")
    assert (len(hits), hits.population, hits.remarks) == (4, 11, ("a sample of 4 of 11",))
    assert archive.search("lobster").population is None


def test_passages_come_with_their_place_and_their_citation(archive: ct.Archive) -> None:
    passages = archive.search("lobster", sort="created").passages()
    first = passages[0]
    assert first.ref == "04PORTAMBER211#1"
    assert "lobster catch is down by two thirds" in first.text
    assert [first.text[slice(*place)] for place in first.places] == ["lobster"]
    assert first.cite("as-cited") == "04 PORTAMBER 211"
    assert first.paragraph is not None
    assert first.paragraph.marking == "U"
    assert len(passages) == 11
    assert passages.to_dicts()[0]["date"] == date(2004, 6, 7)
    assert not archive.search("tag:EFIS").passages()[:1]
