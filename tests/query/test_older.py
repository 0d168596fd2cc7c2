"""Queries that an older program has kept, for which two of `has:` meant either."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.query import parse
from cable_tui.query.older import from_older, to_keep
from cable_tui.query.plan import compile_plan
from tests.query.narrowing import Given, holds, levels, means

OLD = [
    ("has:redaction has:article", "(has:redaction or has:article)"),
    ("is:bookmarked kelp is:noted sort:created", "(is:bookmarked or is:noted) kelp sort:created"),
    ('said:"visa ban" said:lamps', '(said:"visa ban" or said:lamps)'),
    ("(comment:old comment:new) kelp", "(comment:old or comment:new) kelp"),
    ("-(has:tag has:subject)", "-(has:tag or has:subject)"),
    ("has:tag has:subject has:article", "(has:tag or has:subject or has:article)"),
    ("kelp or is:read is:noted", "(kelp or (is:read or is:noted))"),
    ("has:tag has:subject is:read is:noted", "(has:tag or has:subject) (is:read or is:noted)"),
]
ALIKE = [
    "",
    "kelp",
    "has:tag is:read",
    "has:tag -has:subject",
    "has:tag and has:subject",
    "has:tag (has:subject)",
    "has:tag or has:subject",
    "tag:mo tag:ktip",
    "has:tag has:tag",
    "is:read and not is:noted",
    '"has:tag has:subject"',
]


@pytest.mark.parametrize(("text", "now"), OLD, ids=[text for text, _ in OLD])
def test_two_that_meant_either_get_an_or_once(text: str, now: str) -> None:
    assert from_older(text) == now
    assert from_older(now) == now


@pytest.mark.parametrize("text", ALIKE)
def test_a_text_that_every_program_reads_alike_stays_to_the_letter(text: str) -> None:
    assert from_older(text) == text
    assert to_keep(text) == text


@given(levels())
def test_an_old_text_finds_what_it_found(level: Given) -> None:
    plan = compile_plan(parse(from_older(level.text)), {})
    assert holds(plan, level.true) == means(level.items, level.true, narrowing=False)


@given(levels())
def test_a_text_of_today_is_kept_as_no_older_text(level: Given) -> None:
    kept = to_keep(level.text)
    assert from_older(kept) == kept
    plan = compile_plan(parse(kept), {})
    assert holds(plan, level.true) == means(level.items, level.true, narrowing=True)


@given(st.text(alphabet='ahis:()-" ornotd', max_size=60))
def test_any_text_can_be_kept_and_read_again(text: str) -> None:
    assert from_older(from_older(text)) == from_older(text)
    assert from_older(to_keep(text)) == to_keep(text)
    assert parse(to_keep(text)).terms == parse(text).terms


def test_a_text_that_the_or_makes_too_long_is_not_read_as_another_query() -> None:
    long = " ".join(f"said:{'k' * 25}{number:02}" for number in range(60))
    assert not parse(long).refused
    assert parse(from_older(long)).refused
