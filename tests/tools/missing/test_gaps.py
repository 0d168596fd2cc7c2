"""What is not here, compared with archives whose whole truth is known."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from contextlib import closing
from pathlib import Path

import pytest

from benchmarks.tools.missing import post_years
from benchmarks.tools.missing.post_years import Held, Truth
from cable_tui import demo
from cable_tui.archive.archive import open_archive
from cable_tui.archive.catalogue.resolve_references import missing
from cable_tui.telegram import ids
from cable_tui.tools.missing.estimate import NumberRange
from cable_tui.tools.missing.gaps import Gaps, Numbers, PostYear, numbers, of_numbers
from tests.archive.fiction import build_index, references

EACH = 50
"""Post-years of each way."""
Pairs = list[tuple[Truth, PostYear]]


def _answers(made: list[tuple[Truth, Held]]) -> Pairs:
    here = {(post_years.YEAR, truth.station): held.here for truth, held in made}
    cited = {(post_years.YEAR, truth.station): held.cited for truth, held in made if held.cited}
    truths = {truth.station: truth for truth, _ in made}
    found = of_numbers(Numbers(here, cited, {name: name for name in truths}, 0))
    return [(truths[each.station], each) for each in found.post_years]


def _code(number: int) -> str:
    return f"POST{chr(65 + number // 26)}{chr(65 + number % 26)}"


@pytest.fixture(scope="module")
def known() -> dict[str, Pairs]:
    """Many post-years in one archive, by the way in which it holds them."""
    rng = random.Random(17)
    made: list[tuple[Truth, Held]] = []
    for kind in post_years.WAYS:
        made += [post_years.post_year(rng, _code(len(made) + at), kind) for at in range(EACH)]
    for _ in range(EACH // 2):
        made += post_years.shared(rng, (_code(len(made)), _code(len(made) + 1)))
    made += [post_years.again(rng, _code(len(made) + at)) for at in range(EACH)]
    found: defaultdict[str, Pairs] = defaultdict(list)
    for truth, answer in _answers(made):
        found[truth.kind].append((truth, answer))
    return found


@pytest.mark.parametrize("kind", post_years.WAYS)
def test_the_range_holds_the_truth_for_90_of_100(known: dict[str, Pairs], kind: str) -> None:
    estimated = [(truth.total, answer.sent) for truth, answer in known[kind] if answer.sent]
    assert len(estimated) >= 0.95 * EACH
    held = sum(sent.low <= total <= sent.high for total, sent in estimated)
    assert held >= 0.9 * len(estimated)


@pytest.mark.parametrize("kind", post_years.WAYS)
def test_the_ranges_of_months_hold_it_too(known: dict[str, Pairs], kind: str) -> None:
    held = Counter(
        month.sent.low <= sent[number] <= month.sent.high
        for truth, answer in known[kind]
        for sent in [Counter(each.month for each in truth.sent)]
        for number, month in enumerate(answer.months, 1)
        if month.sent
    )
    assert held[True] >= 0.9 * held.total()


def test_the_range_is_of_use(known: dict[str, Pairs]) -> None:
    widths = [
        (answer.sent.high - answer.sent.low) / truth.total
        for kind in ("at random", "a subject", "without December")
        for truth, answer in known[kind]
        if answer.sent
    ]
    assert sorted(widths)[len(widths) // 2] < 0.4


def test_posts_that_share_their_numbers_are_named_and_not_guessed(known: dict[str, Pairs]) -> None:
    named = [answer for _, answer in known["shared"] if answer.reason == "shares numbers"]
    assert len(named) >= 0.95 * len(known["shared"])
    assert all(each.sent is None and each.others for each in named)


def test_numbers_that_start_again_are_named_with_the_month(known: dict[str, Pairs]) -> None:
    named = [answer for _, answer in known["again"] if answer.reason == "starts again"]
    assert len(named) >= 0.9 * len(known["again"])
    assert all(each.sent is None and 3 <= each.again <= 12 for each in named)


def _one(here: list[tuple[int, int]], cited: list[tuple[int, int]] = []) -> PostYear:  # noqa: B006
    return _all({(2009, "ZENDA"): here}, {(2009, "ZENDA"): cited} if cited else {}).post_years[0]


def _all(
    here: dict[tuple[int, str], list[tuple[int, int]]],
    cited: dict[tuple[int, str], list[tuple[int, int]]],
    origin: str = "Embassy Zenda",
) -> Gaps:
    return of_numbers(Numbers(here, cited, {name: origin for _, name in here}, 0))


TEN = [(10 * month, 2009 * 10**9 + month * 10**7 + 15 * 10**5) for month in range(1, 13)]
"""A number of the 15th of each month."""


def test_cables_are_counted_by_month_as_here_cited_and_never_seen() -> None:
    cited = [(22, 2009031000000), (27, 2009041000000), (105, 2010011000000)]
    found = _one(TEN, cited)
    assert (found.here, found.cited, found.doubtful) == (12, 3, 0)
    assert [month.here for month in found.months] == [1] * 12
    # 22 comes soon after 20 of 15 February, 27 before 30 of 15 March, 105 before 110.
    assert [month.cited for month in found.months] == [0, 1, 1, 0, 0, 0, 0, 0, 0, 1, 0, 0]
    assert found.sent is not None
    assert 120 <= found.sent.low <= found.sent.likely <= found.sent.high <= 140
    assert found.absent == (22, 27, 105)
    assert found.unseen == NumberRange(*(each - 15 for each in found.sent))


def test_the_numbers_that_are_not_here_are_ranges_up_to_the_last_known() -> None:
    cited = [(22, 2009031000000), (125, 2009122800000)]
    low = [(1, 2009010500000), (2, 2009010600000)]
    found = _one([*low, *TEN], cited)
    ranges = [(3, 9), *((10 * ten + 1, 10 * ten + 9) for ten in range(1, 12)), (121, 125)]
    assert (found.least, list(found.not_here)) == (125, ranges)
    numbers = {at for first, last in ranges for at in range(first, last + 1)}
    assert numbers.isdisjoint(serial for serial, _ in [*low, *TEN])
    assert len(numbers) + found.here == found.least
    assert _all({}, {(2009, "RABAT"): cited}).post_years[0].serials == ()


def test_a_cited_number_that_was_not_reached_yet_is_doubtful_and_counts_for_nothing() -> None:
    found = _one(TEN, [(95, 2009031000000), (22, 2008110100000)])
    assert (found.cited, found.doubtful) == (0, 2)
    assert found.ids(found.slips) == ["09ZENDA22", "09ZENDA95"]
    assert found.sent == _one(TEN).sent


def test_a_lone_number_far_off_the_others_is_doubted_though_it_is_here() -> None:
    lone = (190, 2009120500000)
    found = _one([*TEN[:11], lone])
    assert found.ids(found.out_of_line) == ["09ZENDA190"]
    assert (found.here, found.sent) == (12, _one(TEN[:11]).sent)
    confirmed = _one([*TEN[:11], lone], [(185, 2009120600000)])
    assert confirmed.out_of_line == ()
    assert _one(TEN).out_of_line == ()


def test_a_number_out_of_the_order_of_the_days_is_said() -> None:
    assert _one([*TEN, (115, 2009031000000)]).out_of_line == (115,)


def test_a_year_that_is_only_cited_has_a_least_number_and_no_estimate() -> None:
    found = _all({}, {(2009, "RABAT"): [(27, 2009021000000), (31, 2009031000000)]}).post_years[0]
    assert (found.station, found.post, found.reason) == ("RABAT", "Embassy Rabat", "cited only")
    assert (found.here, found.cited, found.least, found.sent) == (0, 2, 31, None)


def test_citations_of_posts_that_nobody_knows_are_counted_and_not_listed() -> None:
    found = _all({}, {(2009, "ZENDAA"): [(27, 2009021000000)]})
    assert (found.post_years, found.unknown) == ((), 1)


def test_cables_without_dates_give_no_estimate() -> None:
    found = _one([(5, 0), (70, 0)])
    assert (found.here, found.reason, found.sent, found.least) == (2, "no dates", None, 70)


def test_one_post_under_two_names_shares_its_numbers() -> None:
    found = _all({(2006, "KIEV"): _of_2006(TEN[:9]), (2006, "KYIV"): _of_2006(TEN[9:])}, {},
                 "Embassy Kyiv")  # fmt: skip
    assert [(each.station, each.reason, each.others) for each in found.post_years] == [
        ("KIEV", "shares numbers", ("KYIV",)),
        ("KYIV", "shares numbers", ("KIEV",)),
    ]


def test_a_slip_in_the_name_of_a_post_shares_nothing() -> None:
    found = _all({(2009, "ZENDA"): TEN, (2009, "ZENDAA"): [(11, 2009011700000)]}, {})
    assert [each.reason for each in found.post_years] == ["", ""]


def _of_2006(cables: list[tuple[int, int]]) -> list[tuple[int, int]]:
    return [(serial, created - 3 * 10**9) for serial, created in cables]


def test_nothing_more_is_computed_once_it_is_cancelled() -> None:
    numbers = Numbers({(2009, "ZENDA"): TEN}, {}, {"ZENDA": "Embassy Zenda"}, 0)
    assert of_numbers(numbers, lambda: True).post_years == ()


def test_the_numbers_of_an_archive_are_those_of_its_ids(tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    demo.write(pages)
    next(pages.rglob("09STATE88120.html")).unlink()
    build_index(pages, tmp_path / "cache", passes=("facts", "grammar"))
    with closing(open_archive(pages, tmp_path / "cache", readonly=True)) as archive:
        found = numbers(archive)
        rows = references(archive, range(1, 200))
        absent = {each.reference_id for each in missing(archive)}
    here, cited = (
        {
            ids.compose(year, station, serial)
            for (year, station), dated in each.items()
            for serial, _ in dated
        }
        for each in (found.here, found.cited)
    )
    assert here == set(rows)
    assert found.unnumbered == 0
    assert cited == absent
    assert "09STATE88120" in cited
    assert found.origins["PORTAMBER"] == "Embassy Port Amber"
    first = dict(found.cited[2009, "STATE"])[88120]
    assert first // 10**9 == 2009
