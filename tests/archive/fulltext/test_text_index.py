"""The text index: words in, ids out; hits as bits of one number; slow questions in halves."""

import os
from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest
import tantivy
from hypothesis import given
from hypothesis import strategies as st

from cable_tui import text
from cable_tui.archive.fulltext import text_index as module
from cable_tui.archive.fulltext.schema import TextIndexError, analysed, sort_key
from cable_tui.archive.fulltext.text_index import TextIndex
from cable_tui.archive.fulltext.writer import CableDocument, IndexWriter
from cable_tui.query.plan import And, AnyWord, Not, Or, Plan, TermCodes, WordPhrase, WordPrefix
from tests.archive.fulltext.documents import DATE, HEAP, Make, body, written

DOCUMENTS = (
    CableDocument(1, DATE, "LAMPS FOR THE PIER", "FM AMEMBASSY RABAT", "Old lamps.\nNew lamps"),
    CableDocument(
        2, 2008123008202, "GOATS", "FM AMEMBASSY MADRID", "The goats of Málaga eat lamps."
    ),
    CableDocument(
        3, 2010010000000, "MULES", "", "Forty mules on a bridge (¹ of 2).", titles=("fish",)
    ),
)


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> TextIndex:
    return written(tmp_path_factory.mktemp("text"), *DOCUMENTS)


@pytest.fixture
def make(tmp_path: Path) -> Make:
    written(tmp_path, *DOCUMENTS)
    return partial(written, tmp_path)


@pytest.mark.parametrize(
    ("plan", "expected"),
    [
        pytest.param(AnyWord(("lamps",)), [1, 2], id="a word"),
        pytest.param(AnyWord(("lamps", "mules")), [3, 1, 2], id="one of two words"),
        pytest.param(AnyWord(("mule",), lesser=("mules",)), [3], id="the form of a word"),
        pytest.param(AnyWord((), lesser=("mules", "goats")), [3, 2], id="nothing but forms"),
        pytest.param(AnyWord(("lamps",), "subject"), [1], id="a word of the subject"),
        pytest.param(AnyWord(("fish",), "body"), [], id="a word that is in no body"),
        pytest.param(WordPrefix("m", "subject"), [3], id="a beginning in the subject"),
        pytest.param(WordPrefix("ma"), [2], id="a beginning of two letters"),
        pytest.param(
            WordPhrase(("amembassy", "madrid"), field="header"), [2], id="a phrase of a text"
        ),
        pytest.param(WordPhrase(("amembassy", "madrid"), field="body"), [], id="not of this text"),
        pytest.param(AnyWord(("malaga",)), [2], id="accents are folded"),
        pytest.param(AnyWord(("rabat",)), [1], id="a word of the header"),
        pytest.param(AnyWord(("fish",)), [3], id="a word of a title"),
        pytest.param(AnyWord(()), [], id="no word at all"),
        pytest.param(WordPrefix("mal"), [2], id="a beginning"),
        pytest.param(WordPrefix("m"), [3, 2], id="a beginning of one letter"),
        pytest.param(WordPhrase(("new", "lamps")), [1], id="a phrase"),
        pytest.param(WordPhrase(("lamps", "new")), [1], id="a phrase over a line break"),
        pytest.param(WordPhrase(("rabat", "old")), [], id="no phrase runs from header to body"),
        pytest.param(WordPhrase(("goats", "malaga")), [], id="not in a row"),
        pytest.param(WordPhrase(("goats", "malaga"), slop=1), [2], id="near"),
        pytest.param(WordPhrase(("malaga", "goats"), slop=1), [2], id="near, reverse the order"),
        pytest.param(WordPhrase(("malaga", "goats")), [], id="in a row reverse the order"),
        pytest.param(WordPhrase(("forty", "mul"), prefix=True), [3], id="a phrase begun"),
        pytest.param(WordPhrase(("forty", "bri"), prefix=True), [], id="begun elsewhere"),
        pytest.param(WordPhrase(("forty", "br"), prefix=True), [], id="two letters elsewhere"),
        pytest.param(WordPhrase(("forty", "mu"), prefix=True), [3], id="two letters in the row"),
        pytest.param(
            WordPhrase(("on", "a", "b"), prefix=True), [3], id="one letter behind a phrase"
        ),
        pytest.param(WordPhrase(("forty", "br"), True, begun=True), [3], id="typed, anywhere yet"),
        pytest.param(WordPhrase(("forty", "xy"), True, begun=True), [], id="typed, and nowhere"),
        pytest.param(
            WordPhrase(("forty", "br"), True, 0, "body", True), [3], id="typed, of the body"
        ),
        pytest.param(
            WordPhrase(("goats", "fo"), True, 0, "subject", True), [], id="of the subject"
        ),
        pytest.param(WordPhrase(("goats", "of", "malaga"), slop=3), [2], id="three words near"),
        pytest.param(WordPhrase(("malaga", "goats", "of"), slop=3), [2], id="in another order"),
        pytest.param(
            WordPhrase(("malaga", "the", "lamps", "eat"), slop=3), [2], id="four words near"
        ),
        pytest.param(WordPhrase(("malaga", "the", "lamps"), slop=1), [], id="three words, too far"),
        pytest.param(And((AnyWord(("lamps",)), AnyWord(("goats",)))), [2], id="both"),
        pytest.param(And((AnyWord(("lamps",)), Not(AnyWord(("goats",))))), [1], id="but not"),
        pytest.param(Not(AnyWord(("lamps",))), [3], id="none of the word"),
        pytest.param(And((Not(AnyWord(("lamps",))),)), [3], id="only exclusions"),
        pytest.param(Not(Not(AnyWord(("lamps",)))), [1, 2], id="excluded twice"),
        pytest.param(Or((AnyWord(("goats",)), AnyWord(("mules",)))), [3, 2], id="either"),
        pytest.param(AnyWord(("a\0b",)), [], id="NUL"),
        pytest.param(AnyWord(("\ud800",)), [], id="a surrogate"),
        pytest.param(WordPrefix("\ud800"), [], id="a beginning with a surrogate"),
        pytest.param(WordPrefix("(1"), [], id="signs of the engine's patterns"),
        pytest.param(WordPhrase(("(1)", ".*"), prefix=True), [], id="signs in a phrase"),
    ],
)
def test_what_a_plan_finds_newest_first(
    documents: TextIndex, plan: Plan, expected: list[int]
) -> None:
    assert list(documents.ids(plan)) == expected
    assert documents.count(plan) == len(expected)
    assert list(documents.ids(plan, newest=False)) == expected[::-1]


@pytest.mark.parametrize("typed", ["são", "sa\u0303o", "sao", "istanbul", "İstanbul", "IZMIR"])
def test_a_letter_is_found_in_one_piece_and_in_two(make: Make, typed: str) -> None:
    ((_, _, word),) = text.words(typed)
    index = make(body(4, "From Sa\u0303o to I\u0307stanbul and İZMİR."))
    assert list(index.ids(AnyWord((word,)))) == [4]


def test_a_limit_gives_the_first(documents: TextIndex) -> None:
    first, count = documents.first(AnyWord(("lamps", "mules")), 1)
    assert (list(first), count) == ([3], 3)


def test_cables_of_one_minute_are_in_the_order_of_their_ids(make: Make) -> None:
    index = make(*(body(id_, "ropes") for id_ in (7, 5, 6)))
    assert list(index.ids(AnyWord(("ropes",)))) == [7, 6, 5]


def test_a_deleted_cable_is_not_found(make: Make) -> None:
    index = make(gone=1, generation=2).newer()
    assert list(index.ids(AnyWord(("lamps",)))) == [2]
    assert (index.cables, index.generation) == (2, 2)
    assert list(make(gone=99).ids(AnyWord(("lamps",)))) == [2]


def test_a_cable_that_is_deleted_and_added_again_is_there_once(make: Make) -> None:
    index = make(body(1, "lanterns"), gone=1)
    assert list(index.ids(AnyWord(("lanterns",)))) == [1]
    assert index.cables == 3


def test_what_is_not_committed_is_not_found(make: Make, tmp_path: Path) -> None:
    index = make()
    writer = IndexWriter(tmp_path, HEAP, 1)
    writer.add(body(9, "lamps"))
    assert list(index.newer().ids(AnyWord(("lamps",)))) == [1, 2]
    writer.close()


def test_subjects_are_found_by_some_of_their_words(documents: TextIndex) -> None:
    assert list(documents.near_subjects([["lamp", "lamps"], ["tower"]], 5)) == [1]
    assert list(documents.near_subjects([], 5)) == []


def test_words_come_with_their_numbers_of_cables(documents: TextIndex) -> None:
    assert documents.words("lam") == [("lamps", 2)]
    assert documents.words("lam", field="subject") == [("lamps", 1)]
    assert documents.words("\ud800") == []


@pytest.mark.parametrize("text", ["a\0b", "\ud800 lamps", "x" * 100_000, "", "\N{SNOWMAN}" * 50])
def test_hostile_texts_are_taken_in(make: Make, text: str) -> None:
    assert make(CableDocument(4, 0, text, text, text, text, (text,), (text,))).cables == 4


@given(st.text())
def test_the_analyser_has_the_words_of_text(line: str) -> None:
    clean = text.clean_text(line)
    assert analysed(clean) == [word for _, _, word in text.words(clean)]


def test_keys_sort_as_times_and_then_ids() -> None:
    times = [0, 1966010100000, 2009021300000, 2009021314000, 2009021314571, 9999123123592]
    keys = [sort_key(time, id_) for time in times for id_ in (1, 2**28 - 1)]
    assert all(first < second for first, second in pairwise(keys))
    assert max(keys) < 2**63


def test_a_second_writer_is_refused(tmp_path: Path) -> None:
    writer = IndexWriter(tmp_path, HEAP, 1)
    with pytest.raises(TextIndexError):
        IndexWriter(tmp_path, HEAP, 1)
    writer.close()


def test_an_index_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(TextIndexError, match="no text index"):
        TextIndex(tmp_path)


def test_an_index_of_other_fields_is_not_read(tmp_path: Path) -> None:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("body")
    tantivy.Index(builder.build(), path=str(tmp_path))
    with pytest.raises(TextIndexError, match="has another version"):
        TextIndex(tmp_path)


@pytest.mark.parametrize("data", [b"", b"{}", b"\0" * 600])
def test_a_damaged_index_is_said_so(make: Make, tmp_path: Path, data: bytes) -> None:
    make()
    (tmp_path / "meta.json").write_bytes(data)
    with pytest.raises(TextIndexError):
        TextIndex(tmp_path)
    with pytest.raises(TextIndexError):
        IndexWriter(tmp_path, HEAP, 1)


def test_a_lost_file_of_the_index_is_said_so(make: Make, tmp_path: Path) -> None:
    make()
    for file in tmp_path.glob("*.term"):
        file.unlink()
    with pytest.raises(TextIndexError):
        TextIndex(tmp_path).ids(AnyWord(("lamps",)))


def test_an_unknown_generation_is_none(make: Make, tmp_path: Path) -> None:
    index = make()
    (tmp_path / "generation").write_bytes(b"\xff")
    assert index.generation == 0


def test_an_id_that_no_key_holds_is_refused(tmp_path: Path) -> None:
    writer = IndexWriter(tmp_path, HEAP, 1)
    with pytest.raises(TextIndexError, match="no free document numbers left"):
        writer.add(body(2**28, ""))
    writer.close()


LAMPS = {1, 47, 48, 49, 95, 96, 97, 143, 144, 191, 192, 499}
ALL = range(1, 500)


@pytest.fixture(scope="module")
def blocks(tmp_path_factory: pytest.TempPathFactory) -> TextIndex:
    path = tmp_path_factory.mktemp("text")
    some = [body(id_, "lamps" if id_ in LAMPS else "mules") for id_ in ALL]
    written(path, *some[:200])
    return written(path, *some[200:])


def _ids(bits: int) -> set[int]:
    return {id_ for id_ in range(bits.bit_length()) if bits >> id_ & 1}


@pytest.mark.parametrize(
    ("plan", "size", "expected"),
    [
        pytest.param(AnyWord(("lamps",)), 500, LAMPS, id="over several blocks and segments"),
        pytest.param(Not(AnyWord(("lamps",))), 500, set(ALL) - LAMPS, id="nearly all"),
        pytest.param(AnyWord(("goats",)), 500, set(), id="none"),
        pytest.param(AnyWord(("lamps",)), 48, {1, 47}, id="ids beyond the size are left out"),
        pytest.param(AnyWord(("lamps",)), 49, {1, 47, 48}, id="up to the size"),
        pytest.param(AnyWord(("lamps",)), 0, set(), id="an empty archive"),
    ],
)
@pytest.mark.parametrize("most", [30_000, 3, 1])
def test_the_bits_of_the_hits_are_set(
    blocks: TextIndex,
    plan: Plan,
    size: int,
    expected: set[int],
    most: int,
) -> None:
    assert _ids(blocks.bits(plan, size, most)) == expected


def test_what_was_deleted_is_not_found(tmp_path: Path) -> None:
    written(tmp_path, body(7, "lamps"), body(8, "lamps"))
    assert _ids(written(tmp_path, gone=7).bits(AnyWord(("lamps",)), 9)) == {8}


ROW = WordPhrase(("old", "lamps"))
CABLES = {"old": 30_000, "lamps": 25_000, "pier": 12}


@pytest.fixture(scope="module")
def rows_of_words(tmp_path_factory: pytest.TempPathFactory) -> TextIndex:
    return written(
        tmp_path_factory.mktemp("text"),
        *(
            body(id_, "old lamps" if id_ % 3 else "lamps so old", DATE + id_ % 7 * 10)
            for id_ in range(1, 100)
        ),
    )


@pytest.mark.parametrize("newest", [True, False])
@pytest.mark.parametrize("limit", [1, 10, 1000])
@pytest.mark.parametrize("processors", [1, 2])
def test_halves_give_what_the_whole_gives(
    rows_of_words: TextIndex,
    monkeypatch: pytest.MonkeyPatch,
    *,
    limit: int,
    newest: bool,
    processors: int,
) -> None:
    whole = rows_of_words.first(ROW, limit, newest=newest)
    monkeypatch.setattr(os, "cpu_count", lambda: processors)
    monkeypatch.setattr(rows_of_words, "often", 1)
    assert rows_of_words.first(ROW, limit, newest=newest) == whole
    assert whole[1] == 66


def test_an_empty_index_has_no_halves(tmp_path: Path) -> None:
    index = written(tmp_path)
    index.often = -1
    found, count = index.first(ROW, 10)
    assert (list(found), count) == ([], 0)


@pytest.mark.parametrize(
    ("plan", "slow"),
    [
        pytest.param(ROW, True, id="words that most cables have"),
        pytest.param(WordPhrase(("old", "pier")), False, id="a rare word leads"),
        pytest.param(AnyWord(("old",)), False, id="no row"),
        pytest.param(And((AnyWord(("old",)), ROW)), True, id="a row among others"),
        pytest.param(And((TermCodes("tag", (1,)), ROW)), False, id="a filter narrows"),
        pytest.param(Or((AnyWord(("old",)), ROW)), True, id="one of two"),
        pytest.param(Not(AnyWord(("old",))), False, id="an exclusion"),
    ],
)
def test_rows_of_frequent_words_are_slow(plan: Plan, slow: bool) -> None:
    assert module.is_slow(plan, lambda word: CABLES[word], TextIndex.often) is slow
