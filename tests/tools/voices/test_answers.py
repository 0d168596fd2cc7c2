"""Who says it: `comment:` and `said:`, with the index of sentences and without: the same."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path
from typing import TypeVar

import pytest

from cable_tui.archive.archive import Archive, open_archive
from cable_tui.archive.search.snapshot import Snapshot, Stopped
from cable_tui.archive.search.text_answers import TextAnswers
from cable_tui.archive.sentences import echo_file
from cable_tui.query import parse
from cable_tui.query.plan import And, AnyWord, Or, Property, WordPrefix
from cable_tui.tools.concordance.occurrences import concordance
from cable_tui.tools.voices import answers
from cable_tui.tools.voices.answers import candidates, having
from tests.archive.fiction import Fiction, archive_of, build_index, references, write_dump
from tests.tool_cases import SentenceAnswers

Item = TypeVar("Item")
ANSWERS: TextAnswers = answers
"""The module is what the core asks: types are checked here."""
TOLD = Fiction(
    "09RABAT1",
    text="Tern said that the lamps are old.  The pier is wet.\n\n"
    "2. (C) Comment: The keepers are tired.  Tern told us so.  End comment.",
)
NARRATED = Fiction("09RABAT2", text="The lamps are old, and Tern is tired.  Gull said no.")
NOTED = Fiction("09PARIS3", origin="Embassy Paris", text="He left.  (Note: The pier is old.)")
OTHER = Fiction("09PARIS4", origin="Embassy Paris", text="Gull told Poloff that lamps are dear.")
CABLES = (TOLD, NARRATED, NOTED, OTHER)


@pytest.fixture(scope="module", params=["pages", "rows", "filed"])
def archive(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """Two whose texts are read, and one that has the index of sentences."""
    folder = tmp_path_factory.mktemp("voices")
    kind = request.param
    return archive_of(folder, *CABLES, pages=kind == "pages", echoes=kind == "filed")


def found(path: Path, cache: Path, text: str) -> set[str]:
    """The references of a query's cables."""
    with closing(open_archive(path, cache, readonly=True)) as archive:
        return set(references(archive, archive.search(parse(text)).ids))


def read(path: Path, cache: Path, text: str) -> int:
    """How many texts a query reads."""
    with closing(open_archive(path, cache, readonly=True)) as archive:
        asked = watched(archive)
        archive.search(parse(text))
    return sum(asked)


def watched(archive: Archive) -> list[int]:
    """The numbers of texts that are read from now on."""
    asked: list[int] = []

    def watch(items: Iterable[Item], total: int, /) -> Iterable[Item]:
        asked.append(total)
        return items

    archive.watch = watch
    return asked


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
        ("said:lamps said:no", set()),
        ("said:lamps or said:no", {"09RABAT1", "09RABAT2", "09PARIS4"}),
        ("said:lamps said:tern", {"09RABAT1"}),
        ("comment:tired comment:keepers", {"09RABAT1"}),
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
    assert set(references(archive, hits.ids)) == expected
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
    if echo_file.load(archive.folder):
        pytest.skip("none is read")
    asked = watched(archive)
    archive.search(parse("origin:paris said:poloff"))
    assert asked == [1]
    archive.search(parse("origin:paris said:poloff"))
    assert asked == [1], "the answer was kept"


def test_a_question_that_nobody_waits_for_is_not_answered(archive: Archive) -> None:
    if echo_file.load(archive.folder):
        pytest.skip("it is answered at once")
    asked = iter([False])
    hits = archive.search(parse("said:wet*"), cancelled=lambda: next(asked, True))
    assert (hits.count, hits.partial) == (0, True)
    assert archive.search(parse("said:wet*")).partial is False
    snapshot = Snapshot(archive, lambda: True)
    with pytest.raises(Stopped):
        having(snapshot, Property("said", "lamps"), [1])


def test_a_cable_whose_file_is_gone_says_nothing(tmp_path: Path) -> None:
    archive = archive_of(tmp_path, TOLD)
    (archive.root / "cables.csv").unlink()
    assert archive.search(parse("said:lamps")).count == 0


SUMMED = Fiction(
    "09RABAT5",
    text="Summary: The keepers left no doubt that the lamps are old.  Tern said that lamps are\n\n"
    "RABAT 00000005  002 OF 003\n\n\ndear.  End summary.\n\n2. (C) The old keepers left.\n\n"
    "3. (C) Comment: It rained.  We doubt the keepers.  End comment.",
    subject="THE OLD KEEPERS",
)
DOUBT = ("Comment: It rained. We doubt the keepers. End comment.", "3")
DEAR = ("Tern said that lamps are dear.", "1")


@pytest.mark.parametrize(
    ("text", "passage", "places"),
    [
        ("comment:keepers", DOUBT, ["We doubt the [keepers]"]),
        ("comment:keep*", DOUBT, ["[keepers]"]),
        ("said:lamps", DEAR, ["said that [lamps] are"]),
        ('said:"dear tern"', DEAR, ["[Tern] said", "[dear].  End"]),
        # words for which it does not matter who says them are found beside
        ("comment:keepers doubt", DOUBT, ["left no [doubt]", "We [doubt] the", "the [keepers]."]),
        ("comment:rained or said:lamps", DEAR, ["[lamps] are", "[rained]"]),
    ],
)
def test_an_answer_shows_what_it_found_and_nothing_else(
    tmp_path: Path, text: str, passage: tuple[str, str], places: list[str]
) -> None:
    archive = archive_of(tmp_path, SUMMED)
    hits = archive.search(parse(text))
    (found,) = archive.passages(list(hits.ids), hits.highlights)
    assert (found.text, found.label) == passage
    body = archive.cable(hits.ids[0]).body.text
    spans = hits.highlights.places(body)
    assert len(spans) == len(places)
    for (start, end), place in zip(spans, places, strict=True):
        before, word = place.split("]")[0].split("[")
        assert body[start:end] == word
        assert body[:start].endswith(before)
        assert body[end:].startswith(place.split("]")[1])
    (read,) = concordance(archive, list(hits.ids), hits.highlights, lambda: False)
    assert [(line.in_subject, line.at) for line in read.lines] == [(False, at) for at, _ in spans]


def test_a_long_comment_is_cut_around_its_words(tmp_path: Path) -> None:
    long = "It rained on the pier all day, and nobody came.  " * 8
    cable = Fiction("09RABAT6", text=f"He left.\n\n2. (C) Comment: {long}We doubt it.  {long}")
    archive = archive_of(tmp_path, cable)
    hits = archive.search(parse("comment:doubt"))
    (found,) = archive.passages(list(hits.ids), hits.highlights)
    assert "We doubt it." in found.text
    assert found.text.startswith("…")
    assert found.text.endswith("…")


@pytest.mark.parametrize("number", ["1. (C)", "1, (C)", "1 (C)"])
def test_the_first_paragraph_is_searched_however_it_is_numbered(
    tmp_path: Path, number: str
) -> None:
    file = tmp_path / "cables.csv"
    write_dump(file, [Fiction("09RABAT7", text="Tern said no.\n\n2. (C) It rained.")])
    file.write_text(file.read_text().replace("1. (C)", number))
    build_index(file, tmp_path / "cache", echoes=True)
    assert read(file, tmp_path / "cache", "said:tern") == 0
    assert found(file, tmp_path / "cache", "said:tern") == {"09RABAT7"}


def test_the_candidates_have_all_words_and_of_a_comment_one_that_begins_it() -> None:
    both = And((AnyWord(("tern",), "body"), WordPrefix("lamp", "body")))
    assert candidates(Property("said", "Lamp* Tern")) == both
    assert candidates(Property("said", "--")) == Or()
    found = candidates(Property("comment", "tern"))
    assert isinstance(found, And)
    assert found.parts[0] == AnyWord(("tern",), "body")
    assert isinstance(found.parts[1], AnyWord)
    assert "comment" in found.parts[1].words


WORDS = "tern gull lamps pier oil iran Nuclear nuclear's café 007 goats ferry minister".split()
OPENINGS = (
    "{} told us that {}, {} and {}",
    "The {} stands by the {}, {}, {}",
    'Of {} he wrote "more {} and {} than {} for all"',
    "According to {}, {} and {} are {}",
    "(Comment: {} and {} are {} {}.)",
    "(Note: no {} for {}, {} or {}.)",
    "\n\n2. (C) Comment: {} {} without {} {}",
    "\nRABAT 00000027  002 OF 008\nThe {} asked {} for {} and {}",
)
QUESTIONS = [
    f"{prefix}:{words}"
    for prefix in ("said", "comment")
    for words in (
        *("oil", "nuclear", "cafe", "7", "the", "nuc*", "abs*"),
        *('"oil tern gull"', '"lamps g*"', '"nuclear s"', '"fer* go*"', "--"),
    )
]


def generated(seed: int, count: int = 24) -> list[Fiction]:
    """Cables whose sentences and comments are made of a few words."""
    rng = random.Random(seed)
    return [
        Fiction(
            f"09RABAT{number}",
            text=".  ".join(
                rng.choice(OPENINGS).format(*rng.choices(WORDS, k=4))
                for _ in range(rng.randrange(1, 6))
            ),
        )
        for number in range(1, count + 1)
    ]


def test_the_index_and_the_texts_give_the_same_answer_at_every_moment(tmp_path: Path) -> None:
    path, filed, bare = tmp_path / "dump", tmp_path / "filed", tmp_path / "bare"
    first, later = generated(1), generated(2)

    def compare() -> None:
        build_index(path, bare)
        both = [open_archive(path, cache, readonly=True) for cache in (filed, bare)]
        for question in map(parse, QUESTIONS):
            ours, theirs = (references(each, each.search(question).ids) for each in both)
            assert sorted(ours) == sorted(theirs), question
        assert found(path, bare, "said:oil")

    write_dump(path / "cables.csv", first)
    build_index(path, filed, echoes=True)
    compare()
    assert (read(path, filed, "said:oil"), read(path, bare, "said:oil") > 5) == (0, True)
    # two changed, two gone, two added; the texts of the four are read until the pass is run
    write_dump(path / "cables.csv", [*later[:2], *first[4:], *generated(3, 26)[24:]])
    build_index(path, filed)
    compare()
    assert 0 < read(path, filed, "said:o*") <= 4
    build_index(path, filed, echoes=True)
    compare()
    assert read(path, filed, "said:o*") == 0
    write_dump(path / "cables.csv", first)
    build_index(path, filed, echoes=True)
    compare()
    assert read(path, filed, "said:o*") == 0


def test_an_index_of_another_moment_or_a_damaged_one_is_not_asked(tmp_path: Path) -> None:
    path, cache = tmp_path / "dump", tmp_path / "cache"
    write_dump(path / "cables.csv", CABLES)
    build_index(path, cache, echoes=True)
    (folder,) = cache.glob("*/voices")
    number = folder / "generation"
    kept = number.read_text()
    number.write_text("77\n")
    assert found(path, cache, "said:lamps") == {"09RABAT1", "09PARIS4"}
    assert read(path, cache, "said:lamps") > 0
    number.write_text(kept)
    assert read(path, cache, "said:lamps") == 0
    (folder / "meta.json").write_bytes(b"{")
    assert read(path, cache, "said:lamps") > 0
    build_index(path, cache, echoes=True)
    assert read(path, cache, "said:lamps") == 0
    assert found(path, cache, "said:lamps") == {"09RABAT1", "09PARIS4"}


def _told(archive: Archive, names: Mapping[int, str]) -> object:
    asked = ("said:lamps", "comment:tired", "said:pelham")
    return [sorted(references(archive, archive.search(parse(text)).ids)) for text in asked]


CASE = SentenceAnswers(_told)
