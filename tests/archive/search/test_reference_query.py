"""A query that is a reference ID: that cable first, then cables naming it."""

from __future__ import annotations

import pytest

from cable_tui.archive.archive import Archive
from cable_tui.query import parse
from tests.archive.fiction import Fiction, references

OLD = "2008-01-01 10:00"
CABLES = (
    Fiction("09RABAT27", subject="The lamps"),
    Fiction("09RABAT28", subject="It cites them", ref="A. 09 RABAT 27", created=OLD),
    Fiction("09RABAT29", subject="In words", text="As 09 Rabat 0027 has it."),
    Fiction("09RABAT30", subject="In one word", text="See 09RABAT00027."),
    Fiction("09RABAT31", subject="Words", text="In Rabat 27 and 9 are numbers."),
    Fiction("07SANSALVADOR5", origin="Embassy San Salvador", subject="Of a post in two words"),
    Fiction("09PARIS1", origin="Embassy Paris", text="In 07 San Salvador 5.", subject="Names it"),
    Fiction("08PARIS7", origin="Embassy Paris", subject="Seven"),
    Fiction("09PARIS7", origin="Embassy Paris", subject="Again seven", ref="B. 01 CAIRO 8"),
)  # fmt: skip
SPELLINGS = (
    "09RABAT27",
    "09rabat27",
    "09RABAT00027",
    "09 RABAT 27",
    "09 rabat 0027",
    "2009 Rabat 27",
    "2009RABAT27",
    "09-RABAT-27",
    '"09 RABAT 27"',
    "09.rabat.27",
)


def found(archive: Archive, text: str, sort: str = "", limit: int | None = None) -> list[str]:
    hits = archive.search(parse(text), sort, limit)
    rows = references(archive, hits.ids)
    assert hits.count == len(rows) or limit is not None
    return rows


@pytest.mark.parametrize("text", SPELLINGS)
def test_every_spelling_finds_the_cable_and_those_that_name_it(archive: Archive, text: str) -> None:
    first, *others = found(archive, text)
    assert first == "09RABAT27"
    assert sorted(others) == ["09RABAT28", "09RABAT29", "09RABAT30"]
    assert found(archive, text, limit=1) == ["09RABAT27"]
    hits = archive.search(parse(text))
    assert hits.named is not None
    assert hits.named.sentence(hits.count) == "09RABAT27 first, then 3 cables that mention it"
    assert not hits.corrections
    assert not hits.offers
    assert not archive.offers(parse(text))


def test_its_counts_are_those_of_the_answer(archive: Archive) -> None:
    assert [each.count for each in archive.counts(parse("09RABAT27"))["origin"]] == [4]


def test_another_order_stays_that_order(archive: Archive) -> None:
    assert found(archive, "09RABAT27 sort:created")[0] == "09RABAT28"
    hits = archive.search(parse("09RABAT27"), "created")
    assert hits.named is not None
    assert hits.named.sentence(hits.count) == "09RABAT27 and 3 cables that mention it"


@pytest.mark.parametrize(
    ("text", "wanted", "sentence"),
    [
        (
            "07SANSALVADOR5",
            ["07SANSALVADOR5", "09PARIS1"],
            "07SANSALVADOR5 first, then 1 cable that mentions it",
        ),
        (
            "07 san salvador 5",
            ["07SANSALVADOR5", "09PARIS1"],
            "07SANSALVADOR5 first, then 1 cable that mentions it",
        ),
        ("08PARIS7", ["08PARIS7"], "only 08PARIS7: no other cable cites it"),
        ("01CAIRO8", ["09PARIS7"], "01CAIRO8 is not in this archive; 1 cable mentions it"),
        (
            "san salvador 5",
            ["07SANSALVADOR5", "09PARIS1"],
            "07SANSALVADOR5 first, then 1 cable with these words",
        ),
    ],
)
def test_an_answer_says_which_cable_it_is(
    archive: Archive, text: str, wanted: list[str], sentence: str
) -> None:
    assert found(archive, text) == wanted
    hits = archive.search(parse(text))
    assert hits.named is not None
    assert hits.named.sentence(hits.count) == sentence


@pytest.mark.parametrize(
    "text",
    [
        "paris 7",
        "90 days 30",
        "09RABAT27 lamps",
        "-09RABAT27",
        "body:09RABAT27",
        "lamps",
        "27",
        "7*",
    ],
)
def test_words_stay_words(archive: Archive, text: str) -> None:
    """`paris 7` is two cables here."""
    assert archive.search(parse(text)).named is None


def test_while_it_is_typed_the_words_are_found_too(archive: Archive) -> None:
    hits = archive.search(parse("09 rabat 27", typing=True))
    rows = references(archive, hits.ids)
    assert rows[0] == "09RABAT27"
    assert "09RABAT31" in rows
