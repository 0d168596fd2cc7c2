"""Who says it: `comment:` and `said:` read the texts of the cables that have the words."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

import pytest

from cable_tui.archive.archive import Archive
from cable_tui.archive.search.snapshot import Snapshot, Stopped
from cable_tui.archive.search.voices import candidates, spoken
from cable_tui.query import parse
from cable_tui.query.plan import And, AnyWord, Or, Property, WordPrefix
from tests.archive.fiction import Fiction, opened, write_dump, write_page

Item = TypeVar("Item")
TOLD = Fiction(
    "09RABAT1",
    text="Tern said that the lamps are old.  The pier is wet.\n\n"
    "2. (C) Comment: The keepers are tired.  Tern told us so.  End comment.",
)
NARRATED = Fiction("09RABAT2", text="The lamps are old, and Tern is tired.  Gull said no.")
NOTED = Fiction("09PARIS3", origin="Embassy Paris", text="He left.  (Note: The pier is old.)")
OTHER = Fiction("09PARIS4", origin="Embassy Paris", text="Gull told Poloff that lamps are dear.")
CABLES = (TOLD, NARRATED, NOTED, OTHER)


@pytest.fixture(scope="module", params=["pages", "rows"])
def archive(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Archive:
    folder = tmp_path_factory.mktemp("voices")
    if request.param == "rows":
        write_dump(folder / "dump" / "cables.csv", CABLES)
        return opened(folder / "dump", folder / "cache")
    for cable in CABLES:
        write_page(folder / "pages", cable)
    return opened(folder / "pages", folder / "cache")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("said:lamps", {"09RABAT1", "09PARIS4"}),
        ('said:"tern lamps"', {"09RABAT1"}),
        ('said:"lamps pier"', set()),
        ("said:lamp*", {"09RABAT1", "09PARIS4"}),
        ("said:tern", {"09RABAT1"}),
        ("comment:tired", {"09RABAT1"}),
        ('comment:"keepers tired"', {"09RABAT1"}),
        ('comment:"keepers lamps"', set()),
        ("comment:old", {"09PARIS3"}),
        ("comment:pier or said:dear", {"09PARIS3", "09PARIS4"}),
        ("said:lamps said:no", {"09RABAT1", "09RABAT2", "09PARIS4"}),
        ("said:lamps comment:keepers", {"09RABAT1"}),
        ("said:lamps -comment:keepers", {"09PARIS4"}),
        ("lamps -said:lamps", {"09RABAT2", "09PARIS3"}),
        ("origin:paris said:lamps", {"09PARIS4"}),
        ("pier said:tern", {"09RABAT1"}),
        ("said:goats", set()),
    ],
)
def test_a_word_counts_where_it_is_said_so(archive: Archive, text: str, expected: set[str]) -> None:
    hits = archive.search(parse(text))
    assert {row.reference_id for row in archive.rows(list(hits.ids))} == expected
    assert hits.count == len(expected)
    assert not hits.partial
    assert not hits.complaints


def test_the_counts_of_the_library_are_those_of_the_answer(archive: Archive) -> None:
    counts = archive.counts(parse("said:lamps"))
    assert {each.value: each.count for each in counts["origin"]} == {
        "Embassy Rabat": 1,
        "Embassy Paris": 1,
    }


def test_only_texts_that_may_answer_are_read(archive: Archive) -> None:
    asked: list[int] = []

    def watch(items: Iterable[Item], total: int, /) -> Iterable[Item]:
        asked.append(total)
        return items

    archive.watch = watch
    archive.search(parse("origin:paris said:poloff"))
    assert asked == [1]
    archive.search(parse("origin:paris said:poloff"))
    assert asked == [1], "the answer was kept"


def test_a_question_that_nobody_waits_for_is_not_answered(archive: Archive) -> None:
    asked = iter([False])
    hits = archive.search(parse("said:wet*"), cancelled=lambda: next(asked, True))
    assert (hits.count, hits.partial) == (0, True)
    assert archive.search(parse("said:wet*")).partial is False
    snapshot = Snapshot(archive, lambda: True)
    with pytest.raises(Stopped):
        spoken(snapshot, Property("said", "lamps"), [1])


def test_a_cable_whose_file_is_gone_says_nothing(tmp_path: Path) -> None:
    write_page(tmp_path / "pages", TOLD)
    archive = opened(tmp_path / "pages", tmp_path / "cache")
    for path in (tmp_path / "pages").rglob("*.html"):
        path.unlink()
    assert archive.search(parse("said:lamps")).count == 0


def test_the_words_are_highlighted(archive: Archive) -> None:
    shown = archive.search(parse('said:"tern lamp*"')).highlights
    assert (shown.words, shown.prefixes) == (frozenset({"tern"}), ("lamp",))


@pytest.mark.parametrize(
    ("plan", "expected"),
    [
        (
            Property("said", "Lamp* Tern"),
            And((AnyWord(("tern",), "body"), WordPrefix("lamp", "body"))),
        ),
        (Property("said", "--"), Or()),
    ],
)
def test_the_candidates_have_all_words_in_their_texts(plan: Property, expected: object) -> None:
    assert candidates(plan) == expected


def test_a_comment_needs_a_word_that_begins_one() -> None:
    found = candidates(Property("comment", "tern"))
    assert isinstance(found, And)
    assert found.parts[0] == AnyWord(("tern",), "body")
    assert isinstance(found.parts[1], AnyWord)
    assert "comment" in found.parts[1].words
