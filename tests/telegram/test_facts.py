"""How long a cable is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.cable import Place, RawCable
from cable_tui.telegram import facts as telegram_facts
from cable_tui.telegram.facts import facts_of

TELEGRAM = "VZCZCXRO0001\nDE RUEHZZ #0027/01 0441457\n{group}FM AMEMBASSY RABAT"


def raw(
    created: str = "", header: str = "", released: str = "", given: str = "09RABAT27"
) -> RawCable:
    return RawCable(
        reference_id=given,
        created=created,
        released=released,
        classification="SECRET",
        origin="Embassy Rabat",
        title="",
        header=header,
        body="",
        format="html-page",
        place=Place("x", 0, 0),
    )


@pytest.mark.parametrize(
    ("created", "header", "expected"),
    [
        pytest.param(
            "2009-02-13 14:57",
            "P 131455Z FEB 09",
            ("2009-02-13T14:57Z", "page"),
            id="the final site's minutes hold",
        ),
        pytest.param(
            "2009-02-13 14:02",
            "P 131457Z FEB 09",
            ("2009-02-13T14:57Z", "date-time group"),
            id="garbage put right",
        ),
        pytest.param(
            "2009-02-13 14:02",
            TELEGRAM.format(group=""),
            ("2009-02-13T14:57Z", "date-time group"),
            id="from the DE line",
        ),
        pytest.param(
            "2009-02-13 14:02",
            TELEGRAM.format(group="P 141857Z FEB 09\n"),
            ("2009-02-13T14:57Z", "date-time group"),
            id="the group is of another day, the DE line agrees",
        ),
        pytest.param(
            "2009-02-13 14:02",
            "P 131657Z FEB 09",
            ("2009-02-13T14Z", "day only"),
            id="another hour",
        ),
        pytest.param("2009-02-13 14:02", "", ("2009-02-13T14Z", "day only"), id="partial"),
        pytest.param(
            "2009-02-13",
            "P 131657Z FEB 09",
            ("2009-02-13T16:57Z", "date-time group"),
            id="a day and a group",
        ),
        pytest.param("2009-02-13", "", ("2009-02-13", "day only"), id="a day"),
        pytest.param(
            "",
            "P 131657Z FEB 09",
            ("2009-02-13T16:57Z", "date-time group"),
            id="no cell",
        ),
        pytest.param("2009-13-45 01:01", "", ("", "day only"), id="impossible date"),
    ],
)
def test_the_time_of_creation(created: str, header: str, expected: tuple[str, str]) -> None:
    read = facts_of(raw(created, header))

    assert (read.created, read.created_from) == expected


@pytest.mark.parametrize(
    ("released", "expected"),
    [
        pytest.param("2011-08-24 16:30", "2011-08-24T16:30", id="to the minute"),
        pytest.param("2010-11-28 18:06", "2010-11-28", id="garbage"),
        pytest.param("2010-11-28", "2010-11-28", id="a day"),
        pytest.param("", "", id="none"),
        pytest.param("soon", "", id="no date"),
    ],
)
def test_the_time_of_release(released: str, expected: str) -> None:
    assert facts_of(raw(released=released)).released == expected


def test_the_given_id_is_kept_beside_the_canonical_one() -> None:
    read = facts_of(raw(given="06ASTANA"))

    assert (read.reference_id, read.canonical_id) == ("06ASTANA", "06ASTANA204")


@given(st.text(), st.text(), st.text(), st.text())
def test_facts_are_total(created: str, header: str, released: str, given_id: str) -> None:
    facts_of(raw(created, header, released, given_id))


def _raw(body: str, anchors: tuple[str, ...] | None = None) -> RawCable:
    return RawCable(
        reference_id="09RABAT27",
        created="",
        released="",
        classification="",
        origin="",
        title="",
        format="csv-dump",
        header="",
        body=body,
        place=Place("cables.csv", 0, 0),
        anchors=anchors,
    )


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
    assert telegram_facts.paragraph_count(_raw(body, anchors)) == count
