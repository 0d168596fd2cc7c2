"""How long a cable is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.telegram.facts import facts_of, paragraph_count
from tests.cases import case
from tests.telegram.cables import record

TELEGRAM = "VZCZCXRO0001\nDE RUEHZZ #0027/01 0441457\n{group}FM AMEMBASSY RABAT"


@pytest.mark.parametrize(
    ("created", "header", "expected"),
    [
        case(
            "the final site's minutes hold",
            "2009-02-13 14:57",
            "P 131455Z FEB 09",
            "2009-02-13T14:57Z page",
        ),
        case(
            "garbage put right",
            "2009-02-13 14:02",
            "P 131457Z FEB 09",
            "2009-02-13T14:57Z date-time group",
        ),
        case(
            "from the DE line",
            "2009-02-13 14:02",
            TELEGRAM.format(group=""),
            "2009-02-13T14:57Z date-time group",
        ),
        case(
            "the group is of another day, the DE line agrees",
            "2009-02-13 14:02",
            TELEGRAM.format(group="P 141857Z FEB 09\n"),
            "2009-02-13T14:57Z date-time group",
        ),
        case("another hour", "2009-02-13 14:02", "P 131657Z FEB 09", "2009-02-13T14Z day only"),
        case("partial", "2009-02-13 14:02", "", "2009-02-13T14Z day only"),
        case(
            "a day and a group",
            "2009-02-13",
            "P 131657Z FEB 09",
            "2009-02-13T16:57Z date-time group",
        ),
        case("a day", "2009-02-13", "", "2009-02-13 day only"),
        case("no cell", "", "P 131657Z FEB 09", "2009-02-13T16:57Z date-time group"),
        case("impossible date", "2009-13-45 01:01", "", " day only"),
    ],
)
def test_the_time_of_creation(created: str, header: str, expected: str) -> None:
    read = facts_of(record(created=created, header=header))

    assert f"{read.created} {read.created_from}" == expected


@pytest.mark.parametrize(
    ("released", "expected"),
    [
        case("to the minute", "2011-08-24 16:30", "2011-08-24T16:30"),
        case("garbage", "2010-11-28 18:06", "2010-11-28"),
        case("a day", "2010-11-28", "2010-11-28"),
        case("none", "", ""),
        case("no date", "soon", ""),
    ],
)
def test_the_time_of_release(released: str, expected: str) -> None:
    assert facts_of(record(released=released)).released == expected


def test_the_given_id_is_kept_beside_the_canonical_one() -> None:
    read = facts_of(record(reference_id="06ASTANA"))

    assert (read.reference_id, read.canonical_id) == ("06ASTANA", "06ASTANA204")


@given(st.text(), st.text(), st.text(), st.text())
def test_facts_are_total(created: str, header: str, released: str, given_id: str) -> None:
    facts_of(record(created=created, header=header, released=released, reference_id=given_id))


@pytest.mark.parametrize(
    ("body", "anchors", "count"),
    [
        ("", None, 0),
        ("no number", None, 0),
        ("head\n1. (C) One.\n\n2. Two.\n", None, 2),
        ("head\n1. One.\n1. One again.\n  2. Two.", None, 2),
        ("head\n1. One.\n2. Two.", ("par1", "par2", "par3", "parB"), 3),
        ("head\n1. One.", (), 1),
    ],
    ids=str,
)
def test_numbered_paragraphs_are_counted_once_each(
    body: str, anchors: tuple[str, ...] | None, count: int
) -> None:
    assert paragraph_count(record(body, anchors=anchors)) == count
