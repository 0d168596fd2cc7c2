"""Every record of a cable is searched, and the cable counts once."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from cable_tui.archive.archive import Archive
from cable_tui.archive.records.walk import no_reader_data
from cable_tui.base.value import replace
from cable_tui.query import parse
from cable_tui.query.reader_terms import ReaderData
from tests.archive.fiction import BRIDGE, Fiction, opened, references, write_dump, write_page

HIDDEN = Fiction(
    text="The keepers met on the pier. XXXXXXXXXXXX said that the lamps are dear. They left.\n\n"
    "2. (C) The harbour master agreed.  Comment: We doubt it. End comment."
)
NAMED = replace(HIDDEN, text=HIDDEN.text.replace("XXXXXXXXXXXX", "Keeper Ada Pelham"))
RETOLD = replace(
    HIDDEN,
    text=HIDDEN.text.replace("The harbour master agreed.", "Captain Gorse told us that he agreed.")
    .replace("We doubt it.", "We gravely doubt it.")
    .replace("They left.", "They left at dusk."),
)
FOUND = (
    ("pelham", 1, "what the row says and the page hides"),
    ('"keeper ada pelham said"', 1, "a phrase over what is hidden"),
    ('"pier keeper ada"', 1, "words of both on one side"),
    ("body:pelham pier", 1, "named words with others"),
    ("pelh*", 1, "a beginning"),
    ("gorse", 1, "what the third record says"),
    ("pelham gorse", 1, "each in another record"),
    ("-pelham", 1, "no record has it: the other cable"),
    ("lamps -gorse", 0, "one record has it"),
    ("keepers", 1, "what all have, once"),
    ("harbour", 1, "what only the shown ones have"),
    ("(len:9k..10k or gorse)", 1, "a word or a filter, which does not hold"),
    ("lamps (len:1..9k or gorse)", 1, "a filter that holds for what is shown"),
)
UNSHOWN = {
    "gorse",
    "pelham gorse",
    "(len:9k..10k or gorse)",
}
"""Of these what the shown record, the row, has not."""


@contextmanager
def three_records(folder: Path, *, echoes: bool) -> Iterator[Archive]:
    """A page that hides a name, a row that has it, a page that tells it otherwise."""
    write_dump(folder / "cables" / "cables.csv", [NAMED, BRIDGE])
    write_page(folder / "cables" / "2010", HIDDEN)
    write_page(folder / "cables" / "poor", replace(RETOLD, text=f"{RETOLD.text} XXXXXXXXXXXX"))
    with closing(opened(folder / "cables", folder / "cache", echoes=echoes)) as made:
        yield made


@pytest.fixture(scope="module", params=["sentences", "bare"])
def archive(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Archive]:
    folder = tmp_path_factory.mktemp("records")
    with three_records(folder, echoes=request.param == "sentences") as made:
        yield made


@pytest.mark.parametrize(("query", "count"), [row[:2] for row in FOUND], ids=[r[2] for r in FOUND])
def test_every_record_is_searched_and_a_cable_counts_once(
    archive: Archive, query: str, count: int
) -> None:
    hits = archive.search(parse(query))
    assert (hits.count, len(hits.ids), hits.corrections) == (count, count, ())
    facets = archive.counts(parse(query))["origin"]
    assert sum(each.count for each in facets) == count


def test_the_row_without_redactions_is_shown(archive: Archive) -> None:
    (id_,) = archive.search(parse("ref:09RABAT27")).ids
    cable = archive.cable(id_)
    assert "Ada Pelham" in cable.body.text
    assert [(each.number, each.format) for each in cable.sources] == [
        (1, "dump-csv"),
        (2, "html-page"),
        (3, "html-page"),
    ]
    assert "Ada Pelham" not in archive.cable(id_, 2).body.text


@pytest.mark.parametrize(
    "query", [row[0] for row in FOUND if row[1] and not row[0].startswith("-")]
)
def test_a_hit_names_the_record_that_has_it(archive: Archive, query: str) -> None:
    names_the_third(archive, query, is_third=query in UNSHOWN)


def names_the_third(archive: Archive, query: str, *, is_third: bool) -> None:
    """A hit is said to be in the third record, or in the shown one."""
    hits = archive.search(parse(query))
    records = archive.records_of(hits.query, hits.ids)
    told = next(
        each.number for each in archive.sources(hits.ids[0]) if each.path.startswith("poor/")
    )
    assert set(records.values()) == ({told} if is_third else set())
    (passage,) = archive.passages(hits.ids, hits.highlights, records=records)
    assert passage.record == (told if is_third else 1)
    assert passage.places


def test_a_hit_of_a_reference_id_names_the_record_that_has_a_spelling_of_it(tmp_path: Path) -> None:
    texts = (
        ("09RABAT30", "As 09 RABAT 27 has it.", "As 09RABAT27 has it."),
        ("09RABAT31", "As they said.", "As 09 Rabat 27 has it."),
    )
    shown = [Fiction(id_, text=text) for id_, text, _ in texts]
    write_dump(tmp_path / "cables" / "cables.csv", [Fiction("09RABAT27"), *shown])
    for id_, _, text in texts:
        write_page(tmp_path / "cables" / "pages", Fiction(id_, text=f"{text} XXXXXXXXXXXX"))
    with closing(opened(tmp_path / "cables", tmp_path / "cache")) as archive:
        for query in ("09RABAT27", "09 rabat 27"):
            hits = archive.search(parse(query))
            records = archive.records_of(hits.query, hits.ids)
            rows = {row.id: row.reference_id for row in archive.rows(hits.ids)}
            assert {rows[id_]: record for id_, record in records.items()} == {"09RABAT31": 2}
            passages = archive.passages(hits.ids, hits.highlights, records=records)
            assert {rows[each.id] for each in passages if each.places} >= {"09RABAT30", "09RABAT31"}


AT_DUSK = replace(
    HIDDEN,
    text="The keepers met on the pier. They left at dusk, and Gorse was there.\n"
    "KABUL 00000027  002 OF 003\n\n2. (C) The harbour master agreed.  XXXXXXXXXXXX",
)
TOLD = replace(
    AT_DUSK,
    text="The keepers met on the pier. They left.\n\n"
    "2. (C) Captain Gorse of Kabul told us that he agreed.  XXXXXXXXXXXX XXXXXXXXXXXX",
)


@pytest.mark.parametrize(
    ("query", "record"),
    [
        ("gorse", 2),
        ("kabul", 3),
        ("dusk", 2),
    ],
)
def test_of_two_other_records_the_one_is_named_that_has_the_hit(
    tmp_path: Path, query: str, record: int
) -> None:
    names_one_of_two(tmp_path, query, record)


def names_one_of_two(tmp_path: Path, query: str, record: int) -> None:
    """A hit is said to be in one of two records that are not shown."""
    write_dump(tmp_path / "cables" / "cables.csv", [NAMED, BRIDGE])
    write_page(tmp_path / "cables" / "2010", AT_DUSK)
    write_page(tmp_path / "cables" / "2011", TOLD)
    with closing(opened(tmp_path / "cables", tmp_path / "cache")) as archive:
        hits = archive.search(parse(query))
        records = archive.records_of(hits.query, hits.ids)
        assert list(records.values()) == [record]
        (passage,) = archive.passages(hits.ids, hits.highlights, records=records)
        assert (passage.record, bool(passage.places)) == (record, True)


WORDS = ("amber", "birch", "cedar", "dune", "elm")


def test_random_texts_are_found_as_if_each_record_were_read(tmp_path: Path) -> None:
    chance = random.Random(29)
    texts: dict[str, list[list[str]]] = {}
    for number in range(40):
        cable = Fiction(f"09RABAT{number}", subject="WORDS")
        records = [chance.choices(WORDS, k=9) for _ in range(chance.randint(1, 3))]
        texts[cable.id] = records
        for place, words in enumerate(records):
            page = replace(cable, text=f"Begin {' '.join(words)} end.")
            write_page(tmp_path / "cables" / str(place), page)
    with closing(opened(tmp_path / "cables", tmp_path / "cache")) as archive:
        for _ in range(100):
            rows = [chance.choices(WORDS, k=chance.choice((1, 1, 2, 3))) for _ in range(2)]
            signs = [chance.choice(("", "", "-")) for _ in rows]
            query = " ".join(
                f'{sign}"{" ".join(row)}"' for sign, row in zip(signs, rows, strict=True)
            )
            expected = {
                id_
                for id_, records in texts.items()
                if all(
                    any(_stands(row, words) for words in records) == (not sign)
                    for sign, row in zip(signs, rows, strict=True)
                )
            }
            assert set(references(archive, archive.search(parse(query)).ids)) == expected, query


def _stands(row: list[str], words: list[str]) -> bool:
    return any(words[at : at + len(row)] == row for at in range(len(words)))


def test_a_choice_of_the_reader_is_kept_where_it_has_the_hit(archive: Archive) -> None:
    (id_,) = archive.search(parse("ref:09RABAT27")).ids
    hides = next(each.number for each in archive.sources(id_) if each.path.startswith("2010/"))
    own = ReaderData(records={"09RABAT27": archive.crc(id_, hides)})
    archive.own = lambda: own
    try:
        for query, record in (("harbour", hides), ("pelham", 1)):
            hits = archive.search(parse(query))
            records = archive.records_of(hits.query, hits.ids)
            assert records == ({} if record == hides else {id_: 1})
            (passage,) = archive.passages(hits.ids, hits.highlights, records=records)
            assert (passage.record, bool(passage.places)) == (record, True)
    finally:
        archive.own = no_reader_data
