"""Which cables are better answers than others."""

from functools import partial
from pathlib import Path

import pytest

from cable_tui.archive.fulltext import ranking
from cable_tui.archive.fulltext.writer import CableDocument
from cable_tui.query.plan import And, AnyWord, Not, Or, Plan, WordPrefix
from tests.archive.fulltext.documents import DATE, Make, body, written

BOTH = And((AnyWord(("new",)), AnyWord(("lamps",))))


@pytest.fixture
def make(tmp_path: Path) -> Make:
    return partial(written, tmp_path)


def test_without_a_word_the_best_are_the_newest(make: Make) -> None:
    index = make(_cable(1, "lamps"), _cable(3, "goats"), _cable(2, "goats"))
    assert list(index.best(Not(AnyWord(("lamps",))), 9)[0]) == [3, 2]


@pytest.mark.parametrize("other", ["new lamps", "goats"])
def test_one_of_two_phrases_in_the_subject_is_enough(make: Make, other: str) -> None:
    index = make(_cable(1, "", f"OLD {other}"), _cable(2, f"{other} {other}"))
    either = Or((AnyWord(("goats",)), AnyWord(("lamps",))))
    assert list(index.best(either, 9)[0]) == [1, 2]


def _cable(id_: int, text: str, subject: str = "", summary: str = "") -> CableDocument:
    return CableDocument(id_, DATE, subject, "", f"{text} {FILLING}", summary)


FILLING = "of what one says at sea " * 20
RANKED = [
    pytest.param(
        [_cable(1, "new lamps"), _cable(2, "", "NEW LAMPS"), _cable(3, "new lamps", "", "lamps")],
        [2, 3, 1],
        id="subject above summary above text",
    ),
    pytest.param(
        [_cable(1, "lamps lamps new", "LAMPS"), _cable(2, "lamps", "NEW OLD LAMPS")],
        [2, 1],
        id="all words in the subject above one of them",
    ),
    pytest.param(
        [_cable(1, f"new {FILLING} lamps"), _cable(2, "new and old lamps")],
        [2, 1],
        id="near each other above far apart",
    ),
    pytest.param(
        [_cable(1, "lamps, all of them new"), _cable(2, f"lamps {FILLING} new")],
        [1, 2],
        id="near each other reverse the order",
    ),
    pytest.param(
        [_cable(1, "new lamps"), _cable(3, "new lamps"), _cable(2, "new lamps")],
        [3, 2, 1],
        id="equal ones by time and then id",
    ),
]


@pytest.mark.parametrize(("documents", "expected"), RANKED)
def test_the_best_come_first(
    make: Make, documents: list[CableDocument], expected: list[int]
) -> None:
    assert list(make(*documents).best(BOTH, 9)[0]) == expected


def test_a_sentence_is_found_again_though_one_word_of_it_is_wrong(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    sentence = "of what one says at sea".split()
    apart = " but nothing more was heard from there ".join(sentence)
    kept = "Of what one says at sea, nothing is kept."
    few = make(body(1, kept), *(body(id_, f"{apart}. {apart}") for id_ in (2, 3, 4)))
    more = [body(id_, f"{apart}. {apart}") for id_ in range(5, 9)]
    for index in (few, make(body(1, f"{kept} {apart} {FILLING[::-1]}"), *more, gone=1)):
        for wrong in range(6):
            words = [AnyWord((word,)) for word in sentence]
            words[wrong] = AnyWord(("nothing",))
            assert index.best(And(tuple(words)), 9)[0][0] == 1
        for name, most in (("_CHEAP", 0), ("_FEW", 2), ("_LEAST", 1), ("_LOOKS", 1)):
            monkeypatch.setattr(ranking, name, most)  # more cables than are looked at


def test_near_words_are_looked_for_among_the_best(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ranking, "_CHEAP", 0)
    index = make(_cable(1, f"new and old lamps {FILLING}"), _cable(2, f"new {FILLING[:80]} lamps"))
    assert list(index.best(BOTH, 9)[0]) == [1, 2]
    monkeypatch.setattr(ranking, "_look_closely", lambda *_: None)
    assert list(index.best(BOTH, 9)[0]) == [2, 1]


def test_a_word_ranks_above_its_forms(make: Make) -> None:
    index = make(_cable(1, "a lamp"), _cable(2, "lamps"), _cable(3, "a lamp"))
    assert list(index.best(AnyWord(("lamps",), lesser=("lamp",)), 9)[0]) == [2, 3, 1]


def test_beginnings_rank_by_subject_and_then_by_time(make: Make) -> None:
    index = make(_cable(1, "lamps"), _cable(2, "", "LAMPS"), _cable(3, "lamps"), _cable(4, "lamps"))
    assert list(index.best(WordPrefix("lam"), 9)[0]) == [2, 4, 3, 1]
    assert list(index.best(WordPrefix("lam"), 2)[0]) == [2, 4]


def test_what_has_no_date_is_as_good_as_what_has_one(make: Make) -> None:
    index = make(body(1, "lamps", 0), body(2, "lamps"))
    assert list(index.best(AnyWord(("lamps",)), 9)[0]) == [2, 1]
    scores = index.scores(AnyWord(("lamps",)))
    assert scores[1] == pytest.approx(scores[2])


@pytest.mark.parametrize(
    "plan",
    [
        pytest.param(WordPrefix("lam"), id="a beginning"),
        pytest.param(Or((WordPrefix("lamps"), AnyWord((), lesser=("lamp",)))), id="with forms"),
        pytest.param(And((WordPrefix("lam"), Not(AnyWord(("goats",))))), id="without a word"),
    ],
)
def test_beginnings_rank_by_summary_too(make: Make, plan: Plan) -> None:
    index = make(_cable(1, "lamps", "", "lamps"), _cable(2, "lamps"), _cable(3, "lamps"))
    assert list(index.best(plan, 9)[0]) == [1, 3, 2]
