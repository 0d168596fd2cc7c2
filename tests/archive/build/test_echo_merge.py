"""Runs of postings become one row, and are counted on the way."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.archive.build.echo_merge import (
    CommonSentence,
    CountedSentences,
    Filing,
    SortedRun,
    merged,
)
from cable_tui.archive.sentences import echo_file
from cable_tui.archive.sentences.echo_file import OFTEN, Overview
from cable_tui.base.value import replace
from tests.archive.fiction import Fiction
from tests.archive.source_criticism.fiction import CONTACT, FERRY, GOATS, KETTLES, LAMPS, own, story
from tests.archive.source_criticism.fiction import numbered as cable


def posting(number: int, id_: int) -> int:
    return number << 32 | id_


FILED = {id_: Filing(id_ % 7, 20_000 - id_) for id_ in range(300)}
"""Seven posts; the higher the id, the older the cable."""


def of(*runs: Iterable[int]) -> tuple[array[int], CountedSentences]:
    """Some runs as one row, without a pause."""
    sorted_runs = [SortedRun(sorted(each), frozenset()) for each in runs]
    return merged(sorted_runs, FILED, lambda: None)


_POSTINGS = st.lists(
    st.builds(
        posting, st.integers(0, 2**32 - 1) | st.sampled_from([0, 1, 2**32 - 1]), st.integers(0, 299)
    )
)


@given(st.lists(_POSTINGS, max_size=4))
def test_every_posting_is_there_once(some: list[list[int]]) -> None:
    found, counted = of(*some)
    every = {each for run in some for each in run}
    assert sorted(found) == sorted(every)
    assert [each >> 32 for each in found] == sorted(each >> 32 for each in every)
    assert counted.sentences == len({each >> 32 for each in every})


def test_what_a_cable_said_before_it_changed_is_left_out() -> None:
    old = SortedRun([posting(5, 1), posting(5, 2)], frozenset({1}))
    new = SortedRun([posting(9, 1)], frozenset())
    found, _ = merged([old, new], FILED, lambda: None)
    assert list(found) == [posting(5, 2), posting(9, 1)]


def test_of_a_sentence_that_many_have_the_oldest_cables_come_first() -> None:
    ids = list(range(OFTEN + 10))
    found, counted = of(posting(7, id_) for id_ in ids)
    assert [each & 0xFFFFFFFF for each in found] == ids[::-1]
    assert counted.frequent == (CommonSentence(7, len(ids), 7, ids[-1]),)
    assert counted.boilerplate == counted.recurring == 1


def test_copies_share_most_of_their_rarer_sentences() -> None:
    shared = [posting(number, id_) for number in range(10) for id_ in (1, 2)]
    others = [posting(100 + number, 3) for number in range(10)] + [posting(3, 3)]
    _, counted = of(shared + others)
    assert counted.copies == ((1, 2),)


def test_what_many_cables_have_makes_no_copies() -> None:
    """Ten sentences that twenty cables have, and nothing else in any of them."""
    _, counted = of(posting(number, id_) for number in range(10) for id_ in range(20))
    assert counted.copies == ()


def test_a_chain_of_copies_is_one_group() -> None:
    said = [posting(number, id_) for number in range(10) for id_ in (1, 2)]
    said += [posting(number, id_) for number in range(20, 24) for id_ in (2, 3)]
    said += [posting(number, 3) for number in range(2)]
    _, counted = of(said)
    assert counted.copies == ((1, 2),)
    said += [posting(number, 3) for number in range(10)]
    _, counted = of(said)
    assert counted.copies == ((1, 2, 3),)


def test_lists_hold_the_most_frequent_sentences() -> None:
    _, counted = of(posting(number, id_) for number in range(500) for id_ in range(2 + number % 2))
    assert len(counted.recycled) == 400
    assert [each.cables for each in counted.recycled] == [3] * 250 + [2] * 150


class Stopped(Exception):  # noqa: N818 - what happened
    """Raised by the pause."""


def test_what_the_pause_raises_ends_it() -> None:
    def pause() -> None:
        raise Stopped

    with pytest.raises(Stopped):
        merged([], FILED, pause)


def found(tmp_path: Path, cables: Sequence[Fiction]) -> tuple[Overview, dict[int, str]]:
    """What the file of these cables says, and their references."""
    with closing(story(tmp_path, cables)) as archive:
        made = echo_file.load(archive.folder)
        assert made is not None
        ids = archive.ids([each.id for each in cables])
        return made.overview, {id_: name for name, id_ in ids.items()}


def people(first: int) -> str:
    """A list of many people who are in no other one."""
    return "\n\n".join(
        f"Keeper {number} Odo{number} Rask{number}" for number in range(first, first + 60)
    )


def test_lists_of_different_people_are_no_copies(tmp_path: Path) -> None:
    """All sentences of eight words and more are the same; they are few of the words."""
    same = [FERRY, KETTLES, GOATS, LAMPS]
    cables = [cable(number, *same, people(100 * number)) for number in range(1, 6)]
    assert found(tmp_path, cables)[0].copies == ()


def test_a_chain_of_copies_is_no_group_but_for_those_that_are_alike(tmp_path: Path) -> None:
    """Each shares most with the next one, and the first with the last one less than a half."""
    said = [own(number) for number in range(16)]
    cables = [cable(1 + at, *said[2 * at : 2 * at + 9]) for at in range(3)]
    copies = found(tmp_path, cables)[0].copies
    assert [len(group.ids) for group in copies] == [2]
    assert all(part >= 0.5 for group in copies for part in group.alike)


def test_a_page_with_another_cables_text_comes_first_and_says_whose(tmp_path: Path) -> None:
    said = [[own(10 * at + number) for number in range(5)] for at in range(3)]
    cables = [
        # three of the same text, each with its own number
        *(cable(number, *said[0]) for number in (1, 2, 3)),
        cable(4, *said[1], post="Embassy Tunis"),
        cable(5, *said[1], post="Embassy Cairo", says=4),
        # both have the number of one that is not here
        *(cable(number, *said[2], says=999) for number in (6, 7)),
    ]
    (overview, names) = found(tmp_path, cables)
    told = [
        ([names[id_] for id_ in group.ids], [(names[a], names.get(b)) for a, b in group.carried])
        for group in overview.copies
    ]
    assert told == [
        (["09TUNIS4", "09CAIRO5"], [("09CAIRO5", "09TUNIS4")]),
        (["09RABAT6", "09RABAT7"], [("09RABAT6", None), ("09RABAT7", None)]),
        (["09RABAT1", "09RABAT2", "09RABAT3"], []),
    ]


def test_a_passage_has_the_number_of_those_cables_that_have_all_of_it(tmp_path: Path) -> None:
    lord = "the one and old lord warden of the seven outer harbours and lighthouses"
    cables = [
        cable(1, f"So he met {lord} at tea."),
        *(cable(number, f"We saw {lord} on pier {number}.") for number in range(2, 8)),
        cable(8, CONTACT, FERRY),
        cable(9, CONTACT, FERRY, post="Embassy Cairo"),
        cable(10, CONTACT),
    ]
    passages, names = found(tmp_path, cables)
    told = {
        (names[each.first], each.cables, each.posts, each.cut, tuple(names[i] for i in each.ids))
        for each in passages.passages
    }
    assert told == {
        ("09RABAT1", 7, 1, (False, False), tuple(f"09RABAT{number}" for number in range(1, 8))),
        ("09RABAT8", 3, 2, (False, False), ("09RABAT8", "09CAIRO9", "09RABAT10")),
        ("09RABAT8", 2, 2, (False, False), ("09RABAT8", "09CAIRO9")),
    }


def test_of_very_many_cables_some_are_read_and_the_number_is_that_of_the_index(
    tmp_path: Path,
) -> None:
    cables = [replace(cable(1, CONTACT), id=f"09RABAT{number}") for number in range(100, 170)]
    (passage,) = found(tmp_path, cables)[0].passages
    assert (passage.cables, passage.is_counted) == (70, True)
    assert 16 <= len(passage.ids) < 24
