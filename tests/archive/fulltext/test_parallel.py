"""A slow question is asked in halves, and answered as in one."""

import os
from pathlib import Path

import pytest

from cable_tui.archive.fulltext import parallel
from cable_tui.archive.fulltext.document import Document
from cable_tui.archive.fulltext.index import TextIndex
from cable_tui.archive.fulltext.writer import Writer
from cable_tui.query.plan import And, AnyWord, Not, Or, Plan, TermCodes, WordPhrase

HEAP = 16_000_000
ROW = WordPhrase(("old", "lamps"))
CABLES = {"old": 30_000, "lamps": 25_000, "pier": 12}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> TextIndex:
    path = tmp_path_factory.mktemp("text")
    writer = Writer(path, HEAP, 1)
    for id_ in range(1, 100):
        text = "old lamps" if id_ % 3 else "lamps so old"
        writer.add(Document(id_, 2009021314572 + id_ % 7 * 10, "", "", text))
    writer.commit(1)
    writer.close()
    return TextIndex(path)


@pytest.mark.parametrize("newest", [True, False])
@pytest.mark.parametrize("limit", [1, 10, 1000])
@pytest.mark.parametrize("processors", [1, 2])
def test_halves_give_what_the_whole_gives(
    index: TextIndex, monkeypatch: pytest.MonkeyPatch, *, limit: int, newest: bool, processors: int
) -> None:
    whole = index.first(ROW, limit, newest=newest)
    monkeypatch.setattr(os, "cpu_count", lambda: processors)
    monkeypatch.setattr(parallel, "_OFTEN", 1)
    assert index.first(ROW, limit, newest=newest) == whole
    assert whole[1] == 66


def test_an_empty_index_has_no_halves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    writer = Writer(tmp_path, HEAP, 1)
    writer.commit(1)
    writer.close()
    monkeypatch.setattr(parallel, "_OFTEN", -1)
    found, count = TextIndex(tmp_path).first(ROW, 10)
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
    assert parallel.is_slow(plan, lambda word: CABLES[word]) is slow
