"""Whether numbers run with the dates."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as some

from cable_tui.tools.missing.series import (
    OUT_OF_ORDER,
    Sent,
    in_line,
    is_one,
    seems_to_start_again,
    share_numbers,
    starts_again,
)


def _every(days: float, first: int, last: int, start: float = 0.0) -> list[Sent]:
    return [Sent(serial, start + days * (serial - first)) for serial in range(first, last + 1)]


def test_numbers_that_run_with_the_dates_are_all_in_line() -> None:
    cables = _every(2.0, 1, 100)
    assert in_line(cables) == cables


def test_a_number_may_wait_for_its_cable_some_days() -> None:
    cables = sorted([*_every(1.0, 1, 50), Sent(51, 49.0 - OUT_OF_ORDER + 1)])
    assert in_line(cables) == cables


def test_a_cable_with_a_wrong_date_is_out_of_line_and_the_rest_is_one_series() -> None:
    wrong = Sent(31, 300.0)
    cables = sorted([*_every(1.0, 1, 30), wrong, *_every(1.0, 32, 60, 31.0)])
    kept = in_line(cables)
    assert set(cables) - set(kept) == {wrong}
    assert is_one(cables, kept)
    assert not seems_to_start_again(cables, kept)


def test_two_runs_start_again_on_the_day_of_the_second() -> None:
    cables = sorted([*_every(1.0, 1, 150), *_every(1.0, 4, 100, 170.0)])
    assert not is_one(cables, in_line(cables))
    assert starts_again(cables) == 170.0


def test_a_short_second_run_starts_again_too() -> None:
    cables = sorted([*_every(3.0, 1, 100), Sent(2, 310.0), Sent(5, 318.0), Sent(9, 330.0)])
    kept = in_line(cables)
    assert is_one(cables, kept)
    assert seems_to_start_again(cables, kept)


def test_numbers_by_chance_neither_run_nor_start_again() -> None:
    rng = random.Random(3)
    cables = sorted(Sent(serial, rng.uniform(0, 365)) for serial in range(1, 200, 3))
    assert not is_one(cables, in_line(cables))
    assert starts_again(cables) is None


def test_posts_that_take_turns_in_one_series_share_it() -> None:
    together = _every(0.5, 1, 600)
    ours, theirs = together[::3], together[1::3]
    assert share_numbers(ours, theirs, one_post=False)


def test_posts_with_a_number_in_common_do_not() -> None:
    ours = _every(0.5, 1, 600)
    assert not share_numbers(ours, [Sent(300, 150.0), *ours[301::2]], one_post=True)


def test_a_few_cables_of_two_posts_prove_nothing() -> None:
    together = _every(40.0, 1, 9)
    assert not share_numbers(together[::2], together[1::2], one_post=False)
    assert share_numbers(together[::2], together[1::2], one_post=True)


def test_posts_whose_numbers_are_alike_but_run_apart_do_not_share() -> None:
    ours = [Sent(serial, serial * 0.5) for serial in range(2, 600, 3)]
    theirs = [Sent(serial, serial * 0.5 + 20) for serial in range(3, 600, 3)]
    assert not share_numbers(ours, theirs, one_post=False)


@given(some.lists(some.tuples(some.integers(1, 400), some.floats(0, 366)), max_size=40))
def test_any_numbers_have_a_line_and_an_answer(pairs: list[tuple[int, float]]) -> None:
    cables = sorted(Sent(*pair) for pair in dict(pairs).items())
    kept = in_line(cables)
    assert set(kept) <= set(cables)
    assert bool(kept) == bool(cables)
    if cables:
        day = starts_again(cables)
        assert day is None or day in {each.day for each in cables}
        seems_to_start_again(cables, kept)
