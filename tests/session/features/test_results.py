"""Other words come after the answer that they belong to."""

import pytest

from cable_tui.session.features import results
from cable_tui.session.state import Session
from cable_tui.session.step import step
from cable_tui.session.values import Answered, Hits
from cable_tui.value import Value, replace
from tests.session import ready, walk


class Spelling(Value):
    """A word that has a neighbour."""

    word: str = "gaddafi"
    count: int = 1
    also: tuple[tuple[str, int], ...] = (("qadhafi", 25),)


def test_offers_join_the_answer() -> None:
    session = replace(Session(), answered="now", hits=Hits([1, 2], 2))
    after, effects = step(session, results.SpellingsOffered((Spelling(),)))
    assert len(after.hits.offers) == 1
    assert after.hits.ids == [1, 2]
    assert effects == ()


def test_a_room_that_begins_with_a_query_counts_the_whole_archive_once() -> None:
    session, wanted = step(ready("ice"), results.FacetsCounted({"tag": ()}))
    assert results.CountTotals() in wanted
    session = walk(session, results.TotalsCounted({"origin": ()}))
    assert session.totals == {"origin": ()}
    assert results.CountTotals() not in step(session, results.FacetsCounted({"tag": ()}))[1]
    assert results.CountTotals() not in step(ready(), results.FacetsCounted({"tag": ()}))[1]


@pytest.mark.parametrize(("answered", "shown"), [("never", 3), ("before", 3), ("now", 0)])
def test_texts_are_counted_while_the_answer_is_waited_for(answered: Answered, shown: int) -> None:
    session = replace(Session(), answered=answered)
    after, effects = step(session, results.TextsRead(3, 9))
    assert after.texts_to_read.done == shown
    assert effects == ()


class Alike(Value):
    """Copies of a list, as `CopyGroups` has them."""

    under: dict[int, tuple[int, ...]]
    places: tuple[int, ...]


def test_the_first_answer_leaves_the_cursor_on_its_cable_where_copies_fold_above_it() -> None:
    """The rows of the first paint are not folded, and keys may have come meanwhile."""
    painted = replace(Session(), answered="never", hits=Hits([1, 2, 3, 4, 5], 5), at=3)
    answer = Hits([1, 2, 3, 4, 5], 5, copies=Alike({1: (2, 3)}, (1, 2)))
    after, _ = step(painted, results.HitsFound(answer))
    assert list(after.hits.ids) == [1, 4, 5]
    assert after.current == painted.current == 4
