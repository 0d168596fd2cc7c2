"""Runs of postings become one row, and are counted on the way."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.archive.build.echo_merge import CommonSentence, Filing, SortedRun, merged
from cable_tui.archive.sentences.echo_file import OFTEN


def posting(number: int, id_: int) -> int:
    return number << 32 | id_


def nothing() -> None:
    """No pause."""


FILED = {id_: Filing(id_ % 7, 20_000 - id_) for id_ in range(300)}
"""Seven posts; the higher the id, the older the cable."""

_POSTINGS = st.lists(
    st.builds(
        posting, st.integers(0, 2**32 - 1) | st.sampled_from([0, 1, 2**32 - 1]), st.integers(0, 299)
    )
)


@given(st.lists(_POSTINGS, max_size=4))
def test_every_posting_is_there_once(some: list[list[int]]) -> None:
    found, counted = merged([SortedRun(sorted(each), frozenset()) for each in some], FILED, nothing)
    every = {each for run in some for each in run}
    assert sorted(found) == sorted(every)
    assert [each >> 32 for each in found] == sorted(each >> 32 for each in every)
    assert counted.sentences == len({each >> 32 for each in every})


def test_what_a_cable_said_before_it_changed_is_left_out() -> None:
    old = SortedRun([posting(5, 1), posting(5, 2)], frozenset({1}))
    new = SortedRun([posting(9, 1)], frozenset())
    found, _ = merged([old, new], FILED, nothing)
    assert list(found) == [posting(5, 2), posting(9, 1)]


def test_of_a_sentence_that_many_have_the_oldest_cables_come_first() -> None:
    ids = list(range(OFTEN + 10))
    found, counted = merged(
        [SortedRun([posting(7, id_) for id_ in ids], frozenset())], FILED, nothing
    )
    assert [each & 0xFFFFFFFF for each in found] == ids[::-1]
    assert counted.frequent == (CommonSentence(7, len(ids), 7, ids[-1]),)
    assert counted.boilerplate == counted.recurring == 1


def test_copies_share_most_of_their_rarer_sentences() -> None:
    shared = [posting(number, id_) for number in range(10) for id_ in (1, 2)]
    others = [posting(100 + number, 3) for number in range(10)] + [posting(3, 3)]
    _, counted = merged([SortedRun(sorted(shared + others), frozenset())], FILED, nothing)
    assert counted.copies == ((1, 2),)


def test_what_many_cables_have_makes_no_copies() -> None:
    """Ten sentences that twenty cables have, and nothing else in any of them."""
    said = sorted(posting(number, id_) for number in range(10) for id_ in range(20))
    _, counted = merged([SortedRun(said, frozenset())], FILED, nothing)
    assert counted.copies == ()


def test_a_chain_of_copies_is_one_group() -> None:
    said = [posting(number, id_) for number in range(10) for id_ in (1, 2)]
    said += [posting(number, id_) for number in range(20, 24) for id_ in (2, 3)]
    said += [posting(number, 3) for number in range(2)]
    _, counted = merged([SortedRun(sorted(set(said)), frozenset())], FILED, nothing)
    assert counted.copies == ((1, 2),)
    said += [posting(number, 3) for number in range(10)]
    _, counted = merged([SortedRun(sorted(set(said)), frozenset())], FILED, nothing)
    assert counted.copies == ((1, 2, 3),)


def test_lists_hold_the_most_frequent_sentences() -> None:
    said = [posting(number, id_) for number in range(500) for id_ in range(2 + number % 2)]
    _, counted = merged([SortedRun(sorted(said), frozenset())], FILED, nothing)
    assert len(counted.recycled) == 400
    assert [each.cables for each in counted.recycled] == [3] * 250 + [2] * 150


class Stopped(Exception):  # noqa: N818 - what happened
    """Raised by the pause."""


def test_what_the_pause_raises_ends_it() -> None:
    def pause() -> None:
        raise Stopped

    with pytest.raises(Stopped):
        merged([], FILED, pause)
