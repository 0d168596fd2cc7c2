"""Which known words are near a word."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.archive.archive import Archive
from cable_tui.archive.columns import container
from cable_tui.archive.fulltext.text_index import TextIndex
from cable_tui.archive.search.snapshot import Snapshot
from cable_tui.archive.spelling import word_list
from cable_tui.archive.spelling.word_list import NEARLY, WordList, build_words
from cable_tui.query import parse
from tests.archive.fiction import BRIDGE, GOATS, LAMPS, Fiction, archive_of

WORDS = {
    "trafficking": 204,
    "traffic": 12,
    "gaddafi": 1,
    "qadhafi": 25,
    "qaddafi": 2,
    "codify": 40,
    "rabat": 50,
    "lamps": 9,
    "lamp": 3,
    "ilo": 4,
}


def words() -> WordList:
    return build_words(WORDS.items())


@pytest.mark.parametrize(
    ("asked", "word", "found"),
    [
        # neighbours by likeness and frequency, never the word itself
        ("near", "lampe", ["lamp", "lamps"]),
        ("near", "gadafi", ["qadhafi", "gaddafi", "qaddafi"]),
        ("near", "lamps", ["lamp"]),
        ("begun", "traffik", ["trafficking"]),
        ("begun", "traffi", ["trafficking", "traffic"]),
        ("spellings", "gaddafi", ["qadhafi", "qaddafi"]),
    ],
)
def test_words_near_another_come_the_best_first(asked: str, word: str, found: list[str]) -> None:
    assert [each.word for each in getattr(words(), asked)(word)] == found


@pytest.mark.parametrize(
    ("word", "cables"),
    [("lamps", 9), ("lamp", 3), ("qadhafi", 25), ("amps", 0), ("zzz", 0), ("", 0)],
)
def test_a_word_has_its_number_of_cables(word: str, cables: int) -> None:
    assert words().count(word) == cables


@given(
    st.dictionaries(
        st.text("abcde", min_size=3, max_size=9), st.sampled_from([1, 3, 9, 70, 600, 5000, 90_000])
    ),
    st.text("abcde", min_size=3, max_size=9),
)
def test_the_closest_are_the_best_of_those_that_are_near(held: dict[str, int], word: str) -> None:
    listed = build_words(held.items())
    near = listed.near(word)
    assert listed.closest(word) == tuple(
        each for each in near if near[0].score - each.score <= NEARLY
    )


def test_only_words_of_enough_cables_are_looked_at() -> None:
    assert [each.word for each in words().near("gaddafi", least=3)] == ["qadhafi"]
    assert words().near("lampe", least=10) == ()


def test_what_is_no_plain_word_has_no_neighbours() -> None:
    for word in ("", "il", "lamp5", "são", "l" * 30):
        assert words().near(word) == ()
        assert words().begun(word) == ()
        assert words().spellings(word) == ()


def test_a_large_archive_knows_words_of_two_cables_only() -> None:
    letters = "abcdefghijklmnopqrstuvwxyz"
    many = [f"{a}{b}{c}{d}" for a in letters for b in letters for c in letters for d in letters[:6]]
    large = build_words([*((word, 1) for word in many), ("lampost", 1), ("lamposts", 2)])
    assert [each.word for each in large.near("lampast")] == ["lamposts"]


def test_many_questions_do_not_pile_up() -> None:
    few = words()
    for number in range(500):
        word = "".join(chr(ord("a") + int(digit)) for digit in str(number))
        few.near(f"lamp{word}")
    assert few.near("lamqs")[0].word == "lamps"


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return archive_of(tmp_path, LAMPS, BRIDGE, GOATS)


def _kept(archive: Archive) -> WordList | None:
    return word_list.load_words(archive.folder, archive.generation())


def test_the_builder_leaves_the_words_and_a_search_takes_them(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = build_words(TextIndex(archive.folder / "text").plain_words())
    monkeypatch.delattr(TextIndex, "plain_words")
    assert dict(Snapshot(archive).words()) == dict(expected)
    assert dict(expected)["lighthouse"] >= 1
    assert archive.search(parse("lighthuose ")).corrections[0].used[0][0] == "lighthouse"


def test_what_is_damaged_or_of_another_kind_is_gathered(archive: Archive) -> None:
    (file,) = archive.folder.glob("words-*.parts")
    found = container.read(file)
    assert found is not None
    container.write(file, found[0] | {"stamp": []}, [bytes(part) for part in found[1]])
    assert _kept(archive) is None
    file.write_bytes(b"")
    assert _kept(archive) is None
    assert archive.search(parse("lighthuose ")).corrections[0].used[0][0] == "lighthouse"


def test_words_of_an_older_run_are_not_read(archive: Archive, tmp_path: Path) -> None:
    later = Fiction("09RABAT99", "2009-05-01 10:00", text="A zeppelin came.")
    archive_of(tmp_path, LAMPS, BRIDGE, GOATS, later).close()
    assert len(list(archive.folder.glob("words-*.parts"))) == 1
    kept = _kept(archive)
    assert kept is not None
    assert dict(kept)["zeppelin"] == 1


def test_a_list_of_no_words_is_kept_too(tmp_path: Path) -> None:
    word_list.save_words(tmp_path, 7, lambda: build_words(()))
    found = word_list.load_words(tmp_path, 7)
    assert found is not None
    assert not list(found)
