"""What every target must do, whatever it is: a test module of a target calls these."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cable_tui.tools.sharing.events import Event, EventId
from cable_tui.tools.sharing.target import Target, TargetError

ONE, TWO = "1" * 16, "2" * 16
Opened = Callable[[], Target]
"""Open the same place again, as another library does."""


def event(library: str, counter: int, name: str = "story") -> Event:
    return Event(
        EventId(library, counter),
        counter,
        "2026-11-26T22:04:05Z",
        "list",
        (name,),
        {"rank": counter},
    )


def events(library: str, *counters: int) -> list[Event]:
    return [event(library, counter) for counter in counters]


def is_made_once(opened: Opened) -> None:
    assert opened().init() != opened().init()
    opened().push(events(ONE, 1))
    opened().init()
    assert list(opened().pull({})) == events(ONE, 1)


def gives_what_it_was_given(opened: Opened) -> None:
    target = opened()
    target.init()
    assert target.last(ONE) is None
    assert list(target.pull({})) == []
    target.push([])
    target.push(events(ONE, 1, 2))
    target.push(events(ONE, 3))
    assert target.last(ONE) == event(ONE, 3)
    other = opened()
    assert other.last(TWO) is None
    other.push(events(TWO, 1))
    found = list(target.pull({ONE: 2}))
    assert sorted(found) == sorted([event(ONE, 3), event(TWO, 1)])
    assert list(target.pull({ONE: 3, TWO: 1})) == []
    assert list(target.pull({ONE: 9, TWO: 0})) == events(TWO, 1)
    assert target.notices == []


def keeps_the_order_of_each_library(opened: Opened) -> None:
    target = opened()
    target.init()
    for start in range(1, 2_000, 100):
        for library in (ONE, TWO):
            target.push(events(library, *range(start, start + 100)))
    found = list(opened().pull({ONE: 150}))
    assert [each.counter for each in found if each.library == ONE] == list(range(151, 2_001))
    assert [each.counter for each in found if each.library == TWO] == list(range(1, 2_001))


def takes_a_push_twice(opened: Opened) -> None:
    target = opened()
    target.init()
    target.push(events(ONE, 1, 2))
    again = opened()
    again.push(events(ONE, 2, 3))
    assert list(target.pull({})) == events(ONE, 1, 2, 3)


def refuses_another_event_under_a_number_that_is_taken(opened: Opened) -> None:
    """With all beside it: a copy of the library's home has written meanwhile."""
    target = opened()
    target.init()
    target.push(events(ONE, 1, 2))
    with pytest.raises(TargetError, match="another machine uses it"):
        opened().push([event(ONE, 2, "of a copy of the home"), event(ONE, 3)])
    assert list(target.pull({})) == events(ONE, 1, 2)


def says_what_it_has_added(opened: Opened) -> None:
    target = opened()
    target.init()
    assert target.whole(ONE) == 0
    assert target.push([]) == 0
    assert target.push(events(ONE, 1, 2)) == 2
    assert opened().push(events(ONE, 2, 3)) == 1
    assert opened().whole(ONE) == 3


def wakes_who_waits(opened: Opened) -> None:
    target, other = opened(), opened()
    target.init()
    list(target.pull({}))
    assert not target.wait(0)
    other.push(events(ONE, 1))
    assert target.wait(10)
    list(target.pull({}))
    assert not target.wait(0.05)


def says_what_it_holds(opened: Opened) -> None:
    target = opened()
    target.init()
    target.push(events(ONE, 1, 2))
    assert "2 events" in opened().check()


ALL = (
    is_made_once,
    gives_what_it_was_given,
    keeps_the_order_of_each_library,
    takes_a_push_twice,
    refuses_another_event_under_a_number_that_is_taken,
    says_what_it_has_added,
    wakes_who_waits,
    says_what_it_holds,
)
"""Each takes a function that opens a new, empty place again and again."""
