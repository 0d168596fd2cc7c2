"""No text, however hostile, takes more than its length in time.

The one check on time that there is: CPU time of this process without its garbage collection, the
best of several runs. A function fails if a long text takes long and far longer than a text of a
sixth of its length, and a text of four times its length takes far longer again.
"""

from __future__ import annotations

import gc
import itertools
import math
import signal
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from types import FrameType

import pytest

from tests.slow.baits import BAITS, Bait
from tests.slow.functions import left_out, of_one_text, public, samples

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="a hang could not be ended"),
]

LENGTHS = (2_000, 12_000, 48_000)
"""Compared in pairs: a busy machine may slow one length down, a steep function is so at each."""
SHORT_ENOUGH = 0.008
"""Seconds of CPU that the longer of two texts may take without further questions."""
STEEPEST = 1.6
"""1 is linear, 2 is quadratic."""
TICK = 0.005
"""Seconds; many systems count CPU time in steps of four thousandths."""
RUNS = 4
HANG = 2.0
"""Seconds of CPU after which a call is ended."""


@contextmanager
def ended_when_hanging(after: float) -> Iterator[None]:
    def end(number: int, frame: FrameType | None) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGPROF, end)
    signal.setitimer(signal.ITIMER_PROF, after)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def seconds(function: Callable[[str], object], text: str, hang: float = HANG) -> float:
    """CPU time of one call; endless where it hangs."""
    gc.disable()  # what else the process holds is no matter of the function
    started = time.process_time()
    try:
        with ended_when_hanging(hang):
            function(text)
    except TimeoutError:
        return math.inf
    finally:
        gc.enable()
    return time.process_time() - started


def growth(
    function: Callable[[str], object], text: Callable[[int], str], hang: float = HANG
) -> float:
    """How steeply the time grows with the length of a text: the exponent; endless if it hangs.

    A longer text is compared with so many readings of the shorter one that a linear function takes
    as long: a coarse clock says little of a short time. Only the least steep of several attempts
    says something, as a busy machine disturbs the others. A text that takes no time has growth 0.
    """
    found = math.inf
    for short, long in itertools.pairwise(LENGTHS):
        many = long // short

        def often(text: str, many: int = many) -> None:
            for _ in range(many):
                function(text)

        for _ in range(RUNS):
            slow = seconds(function, text(long), hang)
            if slow == math.inf:
                return math.inf
            if slow < SHORT_ENOUGH:
                return 0.0
            fast = seconds(often, text(short))
            exponent = 1 + math.log(slow / max(fast, TICK)) / math.log(many)
            if exponent <= STEEPEST:
                break
        if exponent <= STEEPEST and fast > TICK:
            return exponent
        if exponent > STEEPEST or long == LENGTHS[-1]:
            found = min(found, exponent)
    return found


def steep(function: Callable[[str], object], baits: Mapping[str, Bait] = BAITS) -> dict[str, float]:
    """The baits on which a function grows too fast."""
    found = {name: growth(function, bait.text) for name, bait in baits.items()}
    return {name: exponent for name, exponent in found.items() if exponent > STEEPEST}


FUNCTIONS = public()
LEFT_OUT = left_out()
SAMPLES = samples()


@pytest.mark.parametrize("name", sorted(FUNCTIONS.keys() - LEFT_OUT.keys()))
def test_a_function_grows_with_its_text(name: str) -> None:
    assert steep(of_one_text(FUNCTIONS[name])) == {}


@pytest.mark.parametrize("name", SAMPLES)
def test_a_format_grows_with_its_file(name: str) -> None:
    assert steep(SAMPLES[name]) == {}


def test_what_is_left_out_is_still_there() -> None:
    assert FUNCTIONS.keys() >= LEFT_OUT.keys()


@pytest.mark.parametrize(("power", "exponent"), [(1, 1), (2, 2), (3, 3)])
def test_the_check_tells_how_steep_a_function_is(
    power: int, exponent: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By a clock that the function itself moves on: nothing else on the machine disturbs it."""
    spent = [0.0]
    monkeypatch.setattr(time, "process_time", lambda: spent[0])

    def careful(text: str) -> None:
        spent[0] += (len(text) / LENGTHS[0]) ** power / 10

    assert growth(careful, lambda length: "a" * length) == pytest.approx(exponent)


def test_the_check_sees_a_quadratic_function(monkeypatch: pytest.MonkeyPatch) -> None:
    """By the steps of the expression `a+b`: from each letter it reads on to the end."""
    steps = [0]
    monkeypatch.setattr(time, "process_time", lambda: steps[0] * 1e-8)

    def quadratic(text: str) -> None:
        steps[0] += sum(range(len(text)))

    assert growth(quadratic, lambda length: "a" * (length // 2)) > STEEPEST


def test_the_check_sees_an_endless_one() -> None:
    def endless(text: str) -> None:
        while True:
            pass

    assert growth(endless, lambda length: "x", hang=0.1) == math.inf
