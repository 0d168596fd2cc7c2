"""`said:` and `comment:` in the query language: what they take, and what two of them mean."""

from __future__ import annotations

from pathlib import Path

import pytest

from cable_tui.query import Filter, parse
from cable_tui.query.fields import FIELDS, asks_text
from cable_tui.query.parser import from_older
from tests.archive.fiction import Fiction, archive_of


def test_who_says_it_is_asked_of_the_texts() -> None:
    assert [name for name in FIELDS if asks_text(name)] == ["comment", "said"]
    query = parse('said:"tern lamps"')
    assert query.has_words
    assert query.order == "-created"
    assert str(query) == 'said:"tern lamps"'


def test_who_says_it_needs_a_word() -> None:
    (complaint,) = parse("said:-- tern").complaints
    assert complaint.reason == "-- contains no letters or digits"


def test_two_of_them_must_both_hold() -> None:
    both = Filter("said", "a"), Filter("said", "b")
    assert parse("said:a said:b").terms == parse("said:a and said:b").terms == both


@pytest.mark.parametrize(
    ("text", "now"),
    [
        ('said:"visa ban" said:lamps', '(said:"visa ban" or said:lamps)'),
        ("(comment:old comment:new) kelp", "(comment:old or comment:new) kelp"),
    ],
)
def test_two_that_meant_either_get_an_or_once(text: str, now: str) -> None:
    assert from_older(text) == now
    assert from_older(now) == now


def test_a_text_that_the_or_makes_too_long_is_not_read_as_another_query() -> None:
    long = " ".join(f"said:{'k' * 25}{number:02}" for number in range(60))
    assert not parse(long).refused
    assert parse(from_older(long)).refused


def test_words_that_nobody_says_are_said_to_be_in_bodies(tmp_path: Path) -> None:
    archive = archive_of(tmp_path, Fiction("09RABAT1", text="The kites are old."))
    (absent,) = archive.search(parse("said:kites")).absent
    assert (
        absent.sentence == "said:kites: not found in any sentence reporting a source, but in 1 body"
    )
    assert archive.search(parse("said:kites date:2009")).absent == ()
