"""What a set of events means, by hand: notes, removals, two who did the same."""

from __future__ import annotations

from itertools import permutations

import pytest

from cable_tui.library.sharing.events import EventId
from cable_tui.library.sharing.standing_events import Standing, marks_at, place_of, uid_beside

ONE, TWO = "1" * 16, "2" * 16
LOW, HIGH = "a" * 16, "b" * 16


def fields(note: str, author: str = "ada") -> dict[str, str]:
    return {"canonical_id": "09RABAT27", "paragraph": "3", "author": author, "note": note}


def test_a_place_is_a_cable_a_paragraph_and_an_author() -> None:
    assert place_of(fields("x")) == place_of(fields("y")) == '["09RABAT27", "3", "ada"]'
    assert place_of(fields("x", "bob")) != place_of(fields("x"))


def seen(library: str, uid: str, note: str, clock: int = 1) -> Standing:
    return Standing(EventId(library, 1), clock, "mark", "", uid, fields(note), None)


def found(*given: Standing) -> list[tuple[str, str, int]]:
    return [(each.uid, each.fields["note"], len(each.ids)) for each in marks_at(given)]


@pytest.mark.parametrize(
    ("given", "marks"),
    [
        ([seen(ONE, LOW, "x")], [(LOW, "x", 1)]),
        # The same note twice is one mark, under the lower uid.
        ([seen(ONE, HIGH, "x"), seen(TWO, LOW, "x")], [(LOW, "x", 2)]),
        # Two notes on one mark are two marks; the second gets a uid of its own.
        (
            [seen(ONE, LOW, "x"), seen(TWO, LOW, "y")],
            [(LOW, "x", 1), (uid_beside(LOW, "y"), "y", 1)],
        ),
        # Who writes a note wins over who takes it away, whoever was later.
        ([seen(ONE, LOW, "x"), seen(TWO, LOW, "", clock=9)], [(LOW, "x", 2)]),
        ([seen(ONE, LOW, "", clock=9), seen(TWO, LOW, "x")], [(LOW, "x", 2)]),
        ([seen(ONE, LOW, ""), seen(TWO, LOW, "")], [(LOW, "", 2)]),
        # Two marks of one place, of which one has no note, are two.
        ([seen(ONE, LOW, ""), seen(TWO, HIGH, "x")], [(LOW, "", 1), (HIGH, "x", 1)]),
    ],
)
def test_the_marks_of_a_place_are_the_same_in_any_order(
    given: list[Standing], marks: list[tuple[str, str, int]]
) -> None:
    for some in permutations(given):
        assert sorted(found(*some)) == sorted(marks)


def test_the_fields_are_those_of_the_last_event() -> None:
    early = seen(ONE, LOW, "x")._replace(value={**fields("x"), "reference_id": "early"})
    late = seen(TWO, LOW, "x", clock=2)._replace(value={**fields("x"), "reference_id": "late"})
    for some in ((early, late), (late, early)):
        (mark,) = marks_at(some)
        assert mark.fields["reference_id"] == "late"


def test_the_uid_beside_another_is_of_both_the_uid_and_the_note() -> None:
    assert len({uid_beside(LOW, "x"), uid_beside(LOW, "y"), uid_beside(HIGH, "x"), LOW, HIGH}) == 5
    assert uid_beside(LOW, "x") == uid_beside(LOW, "x")
    assert set(uid_beside(LOW, "x")) <= set("0123456789abcdef")
