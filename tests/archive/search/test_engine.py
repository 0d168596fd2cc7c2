"""Queries answered by an archive, against a plain scan of the same cables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import closing
from hashlib import blake2b
from pathlib import Path

import pytest

from cable_tui.archive.archive import Archive, open_archive
from cable_tui.archive.catalogue.passes import PASSES, Pass
from cable_tui.archive.search import engine
from cable_tui.base.errors import UsageError
from cable_tui.base.value import replace
from cable_tui.query import FACETS, parse
from tests.archive.fiction import (
    BRIDGE,
    GOATS,
    LAMPS,
    Fiction,
    archive_of,
    build_index,
    references,
    write_dump,
    write_page,
)
from tests.archive.search import test_row_sets

TOWNS = ("Rabat", "Madrid", "Valletta")
NOUNS = ("lamps", "goats", "mules", "bridges", "lanterns")
CLASSES = ("UNCLASSIFIED", "CONFIDENTIAL", "SECRET")
CABLES = tuple(
    Fiction(
        id=f"{year % 100:02}{town.upper()}{serial}",
        created=f"{year}-{serial % 12 + 1:02}-{serial % 27 + 1:02} 10:{serial % 60:02}",
        origin=f"Embassy {town}",
        classification=CLASSES[serial % 3],
        tags=("PGOV", "PREL", "KTIP")[serial % 3],
        subject=f"REPORT {serial} ON {NOUNS[serial % 5].upper()}",
        text=f"The {NOUNS[serial % 5]} of {town} met the {NOUNS[serial * 3 % 5]} again.",
    )
    for year in (2006, 2007, 2009)
    for town in TOWNS
    for serial in range(1, 21)
)
Test = Callable[[Fiction], bool]


def _has(*words: str) -> Test:
    return lambda cable: all(word in f"{cable.header} {cable.body}".lower() for word in words)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", lambda cable: True),
        ("lamps", _has("lamps")),
        ("lamps goats", _has("lamps", "goats")),
        ("lan*", _has("lanterns")),
        ('"met the goats"', _has("met the goats")),
        ("-lamps", lambda cable: not _has("lamps")(cable)),
        ("lamps or goats", lambda cable: _has("lamps")(cable) or _has("goats")(cable)),
        ("origin:madrid", lambda cable: "Madrid" in cable.origin),
        ("origin:madrid origin:rabat", lambda cable: "Valletta" not in cable.origin),
        ("-origin:madrid", lambda cable: "Madrid" not in cable.origin),
        ("tag:ktip lamps", lambda cable: cable.tags == "KTIP" and _has("lamps")(cable)),
        ("class:>=confidential", lambda cable: cable.classification != "UNCLASSIFIED"),
        ("date:2007", lambda cable: cable.created.startswith("2007")),
        ("date:2006-12..2007-02", lambda cable: "2006-12" <= cable.created[:7] <= "2007-02"),
        (
            "date:2007 goats -origin:rabat",
            lambda cable: (
                cable.created[:4] == "2007" and _has("goats")(cable) and "Rabat" not in cable.origin
            ),
        ),
        (
            "(lamps or origin:madrid) date:2009",
            lambda cable: (
                cable.created[:4] == "2009" and (_has("lamps")(cable) or "Madrid" in cable.origin)
            ),
        ),
        (
            "-(lamps origin:madrid)",
            lambda cable: not (_has("lamps")(cable) and "Madrid" in cable.origin),
        ),
    ],
)
def test_a_query_finds_what_a_plain_scan_finds(archive: Archive, text: str, wanted: Test) -> None:
    expected = sorted(cable.id for cable in CABLES if wanted(cable))
    hits = archive.search(parse(text))
    assert sorted(references(archive, hits.ids)) == expected
    assert hits.count == len(expected)
    first = archive.search(parse(text), limit=5)
    assert list(first.ids) == list(hits.ids)[:5]
    assert first.count == len(expected)


@pytest.mark.parametrize("text", ["", "lamps", "origin:madrid", "lamps sample:20", "-lamps"])
def test_the_set_of_a_query_has_the_cables_that_it_finds(archive: Archive, text: str) -> None:
    ids = archive.search(parse(text)).ids
    assert archive.bits_of(parse(text)) == sum(1 << id_ for id_ in ids)


@pytest.mark.parametrize("text", ["", "lamps", "origin:madrid", "lamps origin:madrid"])
def test_newest_first_and_oldest_first(archive: Archive, text: str) -> None:
    newest = archive.rows(archive.search(parse(text)).ids)
    times = [row.created for row in newest]
    assert times == sorted(times, reverse=True)
    oldest = archive.search(parse(text), sort="created").ids
    assert list(oldest) == [row.id for row in reversed(newest)]


LONG = ("", "lamps", "lan*", "origin:madrid", "lamps date:2007", '"met the"', "is:unread lamps")


@pytest.mark.parametrize("sort", ["", "-created", "created", "relevance", "reference"])
@pytest.mark.parametrize("text", LONG)
def test_what_is_read_on_is_what_was_begun(
    archive: Archive, text: str, sort: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = list(archive.search(parse(text), sort).ids)
    for name in ("_FIRST", "_PAGE", "_FIRST_IN_ROW"):
        monkeypatch.setattr(engine, name, 3)
    fresh = Archive(archive.root, archive.folder)
    first, whole = fresh.search(parse(text), sort, limit=3), fresh.search(parse(text), sort)
    assert list(first.ids) == list(whole.ids[:3]) == expected[:3]
    assert list(whole.ids[3:5]) == list(whole.ids)[3:5]
    assert sorted(whole.ids) == sorted(expected)
    if sort in ("-created", "created", "reference"):
        assert list(whole.ids) == expected
    assert list(fresh.search(parse(text), sort, limit=5).ids) == list(whole.ids)[:5]
    assert (first.count, whole.count) == (len(expected), len(expected))


@pytest.mark.parametrize("sort", ["-created", "relevance"])
def test_while_texts_are_indexed_all_that_is_found_is_there(
    tmp_path: Path, sort: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = archive_of(tmp_path, *CABLES[:40])
    expected = archive.search(parse("lamps"), sort)
    _rebuilt(archive, CABLES, PASSES[:2])
    monkeypatch.setattr(engine, "_FIRST", 3)
    found = Archive(archive.root, archive.folder).search(parse("lamps"), sort)
    assert found.partial
    assert sorted(found.ids) == sorted(expected.ids)
    assert list(found.ids[:3]) == list(expected.ids[:3])


def test_the_first_list_is_the_same_with_and_without_columns(archive: Archive) -> None:
    fresh = Archive(archive.root, archive.folder)
    before = fresh.search(parse(""), limit=30)
    fresh.counts(parse(""))
    assert fresh.search(parse(""), limit=30) == before


@pytest.mark.parametrize(
    "text", ["lamps", "goats bridges", "goats bridges date:2007", "class:secret goats", "lam*"]
)
def test_hits_stand_in_the_order_of_their_scores(archive: Archive, text: str) -> None:
    ids = list(archive.search(parse(text), sort="relevance").ids)
    scores = archive.scores(parse(text), ids)
    assert len(ids) > 1
    found = [scores[id_] for id_ in ids]
    assert found == sorted(found, reverse=True)
    assert [archive.scores(parse(text), [id_])[id_] for id_ in ids] == found


def test_an_unknown_sort_names_the_known_ones(archive: Archive) -> None:
    with pytest.raises(UsageError, match="-created, created, relevance"):
        archive.search(parse(""), sort="color")


@pytest.mark.parametrize("text", ["", "lamps", "origin:madrid", "lamps class:secret tag:ktip"])
def test_a_facet_is_counted_without_its_own_filter(archive: Archive, text: str) -> None:
    query = parse(text)
    for facet, counts in archive.counts(query).items():
        others = query.without_facet(facet)
        for count in counts:
            given = f'{others} {facet}:"{count.value}"'
            if facet in ("date", "released"):
                given = f"{others} {facet}:{count.value}"
            assert archive.search(parse(given)).count == count.count, given


def _drawn_first(cables: Sequence[Fiction], size: int) -> set[str]:
    """Return the cables whose IDs have the lowest checksums, as docs/searching.md says."""
    return set(sorted((cable.id for cable in cables), key=_checksum)[:size])


def _checksum(name: str) -> bytes:
    return blake2b(name.encode(), digest_size=8).digest()


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", lambda cable: True),
        ("lamps", _has("lamps")),
        ("origin:rabat", lambda cable: cable.origin == "Embassy Rabat"),
        ("origin:rabat goats", lambda cable: "RABAT" in cable.id and _has("goats")(cable)),
        ("-goats", lambda cable: not _has("goats")(cable)),
    ],
)
def test_a_sample_is_drawn_from_what_the_query_finds(
    archive: Archive, text: str, wanted: Test
) -> None:
    found = set(references(archive, archive.search(parse(text)).ids))
    hits = archive.search(parse(f"{text} sample:9"))
    assert hits.count == len(hits.ids) == 9
    assert hits.population == len(found)
    assert hits.sample == f"a sample of 9 of {len(found)}"
    population = [cable for cable in CABLES if cable.id in found]
    assert found == {cable.id for cable in CABLES if wanted(cable)}
    assert set(references(archive, hits.ids)) == _drawn_first(population, 9)


def test_a_sample_by_year_draws_from_each_year(archive: Archive) -> None:
    expected: set[str] = set()
    for year in ("2006", "2007", "2009"):
        cables = [cable for cable in CABLES if cable.created.startswith(year)]
        expected |= _drawn_first(cables, 4)
    hits = archive.search(parse("sample:4/year"))
    assert set(references(archive, hits.ids)) == expected
    assert len(expected) == 12
    assert hits.sample == "a sample of 12 of 180, drawn from each year"


def test_a_sample_as_large_as_the_hits_is_all_of_them(archive: Archive) -> None:
    every = archive.search(parse("lamps"))
    hits = archive.search(parse("lamps sample:100000"))
    assert (hits.count, hits.population, hits.is_sample) == (every.count, every.count, False)
    assert hits.sample == f"all {every.count} cables, not only a sample"
    assert (every.population, every.sample) == (None, "")


@pytest.mark.parametrize("text", ["sample:20", "origin:rabat sample:20", "goats sample:20"])
def test_the_counts_of_a_sample_are_those_of_its_cables(archive: Archive, text: str) -> None:
    sample = references(archive, archive.search(parse(text)).ids)
    counts = archive.counts(parse(text))["origin"]
    towns = Counter(name.rstrip("0123456789")[2:].title() for name in sample)
    assert {count.value: count.count for count in counts} == {
        f"Embassy {town}": number for town, number in towns.items()
    }


def test_counts_of_nothing_are_empty(archive: Archive) -> None:
    counts = archive.counts(parse("=nowhere"))
    assert set(counts) == set(FACETS)
    assert not any(counts.values())


def test_a_word_that_is_not_there_is_corrected_and_highlighted(archive: Archive) -> None:
    hits = archive.search(parse("lantrens"))
    (correction,) = hits.corrections
    assert correction.used[0][0] == "lanterns"
    assert hits.count == archive.search(parse("lanterns")).count
    assert hits.highlights.spans("the Lanterns") == [(4, 12)]
    assert archive.counts(parse("lantrens")) == archive.counts(parse("lanterns"))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("(" * 5000 + "lamps", id="deep brackets"),
        pytest.param("-(" * 19 + "lamps or origin:madrid" + ")" * 19, id="negations in each other"),
        pytest.param(" ".join(f"word{number}" for number in range(10_000)), id="10,000 words"),
        pytest.param("lamps\0 \0", id="NUL"),
        pytest.param("\ud800 lam\udfffps \udcff*", id="surrogates"),
        pytest.param('"' + "\ud800 " * 30 + '"*', id="surrogates in a phrase"),
        pytest.param("origin:\ud800 tag:\0 date:9999..", id="filters of nothing"),
        pytest.param("chain:9a\ud800 cites:9a\0 citedby:9a ref:9\ud800a", id="no references"),
        pytest.param("list:\ud800 note:\0 query:\ud800 note:...", id="names of nothing"),
        pytest.param("len:>999999999m paras:..0 len:0.. len:<0", id="sizes of nothing"),
        pytest.param("is:read " * 300 + "sort:length " * 300, id="the same again and again"),
        pytest.param("x" * 1900 + "*", id="a long word"),
        pytest.param("⑴* ⒈ (1)* .* [a]*", id="signs of patterns"),
        pytest.param('"a' + " a" * 60 + '"', id="a long phrase"),
    ],
)
def test_hostile_queries_are_answered(archive: Archive, text: str) -> None:
    for typing in (False, True):
        query = parse(text, typing=typing)
        archive.search(query)
        archive.counts(query)
        archive.reasons(query)
    archive.jump(text)
    archive.completions(text, len(text))


def test_a_cancelled_search_comes_back_without_hits(archive: Archive) -> None:
    assert archive.search(parse("lamps"), cancelled=lambda: True).ids == ()
    assert archive.counts(parse("lamps"), cancelled=lambda: True) == {}


def test_without_the_full_text_words_find_nothing_yet_and_it_is_said(tmp_path: Path) -> None:
    write_dump(tmp_path / "cables.csv", (LAMPS, BRIDGE))
    build_index(tmp_path / "cables.csv", tmp_path / "cache", passes=("facts",))
    archive = open_archive(tmp_path / "cables.csv", tmp_path / "cache")
    assert archive.search(parse("lamps")).partial
    assert archive.search(parse("lamps"), sort="relevance").count == 0
    assert archive.search(parse("tag:mo")).partial
    assert not archive.search(parse("origin:rabat")).partial
    assert archive.search(parse("origin:rabat")).count == 1
    assert archive.search(parse("origin:rabat lamps")).count == 0
    build_index(tmp_path / "cables.csv", tmp_path / "cache")
    assert not archive.search(parse("lamps")).partial
    assert archive.search(parse("lamps")).count == 1


def _rebuilt(archive: Archive, cables: Sequence[Fiction], passes: Sequence[Pass] = PASSES) -> None:
    """Write other cables into the dump of an archive, and index it with these passes."""
    write_dump(archive.root / "cables.csv", cables)
    build_index(archive.root, archive.folder.parent, passes=passes)


KEEPER = Fiction("09RABAT28", subject="A KEEPER", text="Kelp and the original lamps.")
DIVER = Fiction("09RABAT29", "2009-02-14 10:00", subject="A DIVER", text="Kelp below the pier.")
COOK = Fiction("09RABAT30", "2009-02-15 10:00", "Embassy Madrid", subject="A COOK", text="Kelp.")
CHANGED = replace(KEEPER, text="Kelp and the second lamps.")


@pytest.mark.parametrize("sort", ["-created", "created", "relevance", "reference"])
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("=kelp", {COOK.id}),
        ("=original", set()),
        ("=second", set()),
        ("=below", set()),
        ('"kelp below"', set()),
        ("=kelp origin:madrid", {COOK.id}),
        ("=kelp origin:rabat", set()),
        ("=kelp or =original", {COOK.id}),
        ("-=pier", {COOK.id}),
        ("origin:rabat", {KEEPER.id}),
    ],
)
def test_words_find_no_text_that_is_gone_or_has_changed_since_it_was_indexed(
    changed: Archive, text: str, expected: set[str], sort: str
) -> None:
    query = parse(text)
    hits = changed.search(query, sort)
    assert set(references(changed, hits.ids)) == expected
    assert hits.count == len(hits.ids) == len(expected)
    first = changed.search(query, sort, limit=5)
    assert (first.count, len(first.ids)) == (len(expected), len(expected))
    counted = changed.counts(query)["class"]
    assert sum(count.count for count in counted) == len(expected)


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """An archive with one cable gone and one changed since its texts were indexed."""
    archive = archive_of(tmp_path_factory.mktemp("changed"), KEEPER, DIVER, COOK)
    _rebuilt(archive, (CHANGED, COOK), PASSES[:2])
    return Archive(archive.root, archive.folder)


def test_an_open_archive_finds_no_text_that_has_changed_until_it_is_indexed_again(
    tmp_path: Path,
) -> None:
    archive = archive_of(tmp_path, KEEPER, DIVER, COOK)

    def counts() -> list[int]:
        return [archive.search(parse(text)).count for text in ("=kelp", "=original", "=second")]

    assert counts() == [3, 1, 0]
    _rebuilt(archive, (CHANGED, COOK), PASSES[:2])
    assert counts() == [1, 0, 0]
    _rebuilt(archive, (CHANGED, COOK))
    assert counts() == [2, 0, 1]


@pytest.fixture(scope="module")
def ordered(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    return archive_of(tmp_path_factory.mktemp("orders"), *test_row_sets.CABLES, pages=True)


ORDERS = [
    ("sort:reference", ["07RABAT5", "08RABAT990", "09CASABLANCA31", "09LISBON2", "09LISBON3",
                        "09MADRID8", "09RABAT27", "09RABAT30"]),
    ("origin:rabat sort:-reference", ["09RABAT30", "09RABAT27", "08RABAT990", "07RABAT5"]),
    ("keepers origin:rabat sort:created", ["07RABAT5", "09RABAT27", "09RABAT30"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), ORDERS, ids=[text for text, _ in ORDERS])
@pytest.mark.parametrize("limit", [None, 2])
def test_the_querys_own_order_counts(
    ordered: Archive, text: str, expected: list[str], limit: int | None
) -> None:
    hits = ordered.search(parse(text), sort="-created", limit=limit)
    assert references(ordered, hits.ids) == expected[:limit]
    assert hits.count == len(expected)


@pytest.mark.parametrize("descending", [False, True])
def test_the_longest_is_at_its_end(ordered: Archive, descending: bool) -> None:
    hits = ordered.search(parse(f"sort:{'-' if descending else ''}length"))
    lengths = {cable.id: len(cable.body) for cable in test_row_sets.CABLES}
    order = [lengths[row.reference_id] for row in ordered.rows(hits.ids)]
    assert order == sorted(lengths.values(), reverse=descending)


def test_cables_of_the_old_century_come_first(tmp_path: Path) -> None:
    archive = archive_of(tmp_path, *map(Fiction, ("09RABAT3", "66RABAT10", "66RABAT9", "00RABAT1")))
    found = references(archive, archive.search(parse("sort:ref")).ids)
    assert found == ["66RABAT9", "66RABAT10", "00RABAT1", "09RABAT3"]


def test_cables_that_the_grammar_has_not_been_to_are_the_shortest(tmp_path: Path) -> None:
    write_page(tmp_path / "pages", Fiction("09RABAT3"))
    build_index(tmp_path / "pages", tmp_path / "cache", passes=("facts", "grammar"))
    write_page(tmp_path / "pages", Fiction("09RABAT4"))
    build_index(tmp_path / "pages", tmp_path / "cache", passes=("facts",))
    with closing(open_archive(tmp_path / "pages", tmp_path / "cache")) as archive:
        rows = archive.rows(archive.search(parse("sort:-length")).ids)
        assert len(rows) == 2


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    return archive_of(tmp_path_factory.mktemp("reasons"), LAMPS, BRIDGE, GOATS)


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
    three: Archive, text: str, expected: list[tuple[str, str, int]]
) -> None:
    found = three.reasons(parse(text))
    assert [(each.part, str(each.without), each.count) for each in found] == expected


def test_a_cancelled_question_is_cut_short(three: Archive) -> None:
    answers = iter([False, False, True, True])
    found = three.reasons(parse("goats mules lamps"), lambda: next(answers, True))
    assert len(found) < 3
