"""Post-years whose whole truth is known, and archives that hold a part of them.

A post sends cables by its own week, with months and a year that differ from others', and each gets
the next number. Some are then taken in one of several ways, as real collections are: at random, of
some months, of a subject, without the end of the year. What the program makes of them is held
against the truth. Nothing here is taken from the rules that are tested.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

YEAR = 2009
_MONTHS = 12
Kind = str
"""How an archive came to hold what it holds: a name of `WAYS`, `shared` or `again`."""


@dataclass(frozen=True, slots=True)
class Truth:
    """What one post sent in one year."""

    station: str
    kind: Kind
    sent: list[datetime]
    """Times of cables in the order of their numbers, which begin with 1."""

    @property
    def total(self) -> int:
        """Cables of the year."""
        return len(self.sent)

    def of_month(self, month: int) -> int:
        """Cables of a month, from 0."""
        return sum(each.month == month + 1 for each in self.sent)


@dataclass(slots=True)
class Held:
    """What an archive holds of it: numbers and packed times."""

    here: list[tuple[int, int]] = field(default_factory=list)
    cited: list[tuple[int, int]] = field(default_factory=list)


def packed(when: datetime) -> int:
    """`YYYYMMDDHHMM` and a 2 for the minute, as the catalogue has times."""
    return int(when.strftime("%Y%m%d%H%M")) * 10 + 2


def year_of_work(rng: random.Random, about: float) -> list[datetime]:
    """The times of `about` cables, more or less, in order."""
    free = rng.choice(((5, 6), (4, 5)))
    at_weekends = rng.uniform(0.0, 0.3)
    unsteady = rng.uniform(0.1, 0.35)
    months = [rng.lognormvariate(0.0, unsteady) for _ in range(_MONTHS)]
    trend = rng.uniform(-0.3, 0.3)
    feast = rng.uniform(0.2, 1.0)
    days = [datetime(YEAR, 1, 1) + timedelta(number) for number in range(365)]
    work: list[float] = []
    for number, day in enumerate(days):
        each = months[day.month - 1] * (1 + trend * (number / 182 - 1))
        each *= at_weekends if day.weekday() in free else 1.0
        each *= feast if (day.month, day.day) >= (12, 23) or number == 0 else 1.0
        work.append(each * rng.uniform(0.7, 1.3))
    whole = sum(work)
    sent: list[datetime] = []
    for day, each in zip(days, work, strict=True):
        for _ in range(_poisson(rng, about * each / whole)):
            minutes = min(max(rng.gauss(13 * 60, 180), 0), 1439)
            sent.append(day + timedelta(minutes=int(minutes)))
    return sorted(sent)


def _poisson(rng: random.Random, mean: float) -> int:
    if mean > 200:
        return max(round(rng.gauss(mean, math.sqrt(mean))), 0)
    limit, count, product = math.exp(-mean), 0, rng.random()
    while product > limit:
        count += 1
        product *= rng.random()
    return count


def _at_random(rng: random.Random, sent: Sequence[datetime]) -> list[int]:
    share = math.exp(rng.uniform(math.log(0.005), math.log(0.5)))
    return [place for place in range(len(sent)) if rng.random() < share]


def _some_months(rng: random.Random, sent: Sequence[datetime]) -> list[int]:
    length = rng.uniform(40, 200)
    start = datetime(YEAR, 1, 1) + timedelta(rng.uniform(0, 365 - length))
    end, share = start + timedelta(length), rng.uniform(0.02, 0.6)
    return [
        place for place, when in enumerate(sent) if start <= when < end and rng.random() < share
    ]


def _a_subject(rng: random.Random, sent: Sequence[datetime]) -> list[int]:
    """A crisis or two: nearly nothing for months, then much."""
    crises = [rng.uniform(0, 365) for _ in range(rng.randint(1, 3))]
    found: list[int] = []
    for place, when in enumerate(sent):
        day = (when - datetime(YEAR, 1, 1)).days
        heat = 0.003 + sum(0.4 * math.exp(-abs(day - crisis) / 12) for crisis in crises)
        if rng.random() < min(heat, 0.9):
            found.append(place)
    return found


def _without_the_end(rng: random.Random, sent: Sequence[datetime]) -> list[int]:
    return [place for place in _at_random(rng, sent) if sent[place].month < 12]


def _only_the_beginning(rng: random.Random, sent: Sequence[datetime]) -> list[int]:
    return [place for place in _at_random(rng, sent) if sent[place].month < 3]


def _a_handful(rng: random.Random, sent: Sequence[datetime]) -> list[int]:
    return sorted(rng.sample(range(len(sent)), min(rng.randint(1, 4), len(sent))))


WAYS: dict[Kind, Callable[[random.Random, Sequence[datetime]], list[int]]] = {
    "at random": _at_random,
    "some months": _some_months,
    "a subject": _a_subject,
    "without December": _without_the_end,
    "January and February": _only_the_beginning,
    "a handful": _a_handful,
}
"""How an archive came to hold what it holds of a post."""


def post_year(rng: random.Random, station: str, kind: Kind) -> tuple[Truth, Held]:
    """One post and what is held of it: at least one cable."""
    while True:
        truth = Truth(station, kind, year_of_work(rng, _size(rng)))
        if places := WAYS[kind](rng, truth.sent):
            return truth, _held(rng, truth.sent, places)


def _size(rng: random.Random) -> float:
    return math.exp(rng.uniform(math.log(30), math.log(6000)))


def _held(rng: random.Random, sent: Sequence[datetime], places: Sequence[int]) -> Held:
    """Cables with their dates, a few of them wrong, and what other cables cite."""
    held = Held()
    taken = set(places)
    for place in places:
        when = sent[place]
        if rng.random() < 0.1:  # it waits for its signature
            when += timedelta(days=rng.uniform(0, 2))
        wrong = rng.random() < 0.004
        if wrong:
            when = datetime(YEAR, 1, 1) + timedelta(rng.uniform(0, 364))
        held.here.append((place + 1, packed(when)))
    often = rng.choice((0.0, 0.003, 0.02))
    for place, when in enumerate(sent):
        if place not in taken and rng.random() < often:
            serial = place + 1
            if rng.random() < 0.02:  # a digit too many
                serial = serial * 10 + rng.randrange(10)
            held.cited.append((serial, packed(when + timedelta(days=rng.expovariate(1 / 30)))))
    return held


def shared(rng: random.Random, stations: tuple[str, str]) -> list[tuple[Truth, Held]]:
    """Two posts that take their numbers from one series; much of both is held."""
    sent = year_of_work(rng, rng.uniform(400, 3000))
    ours = [rng.random() < 0.6 for _ in sent]
    share = rng.uniform(0.25, 0.5)
    found: list[tuple[Truth, Held]] = []
    for station, mine in zip(stations, (True, False), strict=True):
        places = [at for at, own in enumerate(ours) if own is mine and rng.random() < share]
        truth = Truth(station, "shared", [sent[at] for at, own in enumerate(ours) if own is mine])
        found.append((truth, _held(rng, sent, places)))
    return found


def again(rng: random.Random, station: str) -> tuple[Truth, Held]:
    """A post whose numbers start again at 1 on some day between March and October."""
    sent = year_of_work(rng, rng.uniform(200, 3000))
    start = datetime(YEAR, 1, 1) + timedelta(rng.uniform(60, 300))
    before = sum(when < start for when in sent)
    share = rng.uniform(0.05, 0.4)
    held = Held()
    for place, when in enumerate(sent):
        if rng.random() < share:
            serial = place + 1 if when < start else place + 1 - before
            if all(serial != known for known, _ in held.here):  # one id, one cable
                held.here.append((serial, packed(when)))
    return Truth(station, "again", sent), held
