"""Notes and bibliography entries: what is left out, and templates of the user's own."""

from __future__ import annotations

from datetime import date

import pytest

from cable_tui.cable import Addressee, Cable
from cable_tui.exports.citation import Citation
from cable_tui.exports.copy_table import EXPORTS
from cable_tui.exports.notes import fill, recipient
from cable_tui.value import replace
from tests.exports.sample import PARAGRAPHS, cable


def addressed(name: str) -> Cable:
    sample = cable()
    to = (Addressee("RUEHC", name, None, None),)
    return replace(sample, header=replace(sample.header, to=to))


@pytest.mark.parametrize(
    ("printed", "named"),
    [
        ("SECSTATE WASHDC", "Secretary of State"),
        ("RUEHC/SECSTATE WASHDC IMMEDIATE 4417", "Secretary of State"),
        ("SECSTATE  WASHDC PRIORITY", "Secretary of State"),
        ("AMEMBASSY PORT TERN", "U.S. Embassy Port Tern"),
        ("AMCONSUL CORVONA PRIORITY 12", "U.S. Consulate Corvona"),
        ("USMISSION USNATO", "U.S. Mission USNATO"),
        ("EFIS COLLECTIVE", "EFIS COLLECTIVE"),
        ("", ""),
    ],
)
def test_the_first_addressee_is_named_as_a_footnote_does(printed: str, named: str) -> None:
    assert recipient(Citation(addressed(printed))) == named


@pytest.mark.parametrize(
    ("origin", "created", "note"),
    [
        ("", "2009-02-13", "telegram 09CORVONA27, February 13, 2009, WikiLeaks."),
        ("Embassy Tern", "", "U.S. Embassy Tern to Secretary of State, telegram 09CORVONA27, Wiki"),
    ],
)
def test_what_is_not_known_leaves_no_gap(origin: str, created: str, note: str) -> None:
    sample = cable(subject="", created=created)
    sample = replace(sample, facts=replace(sample.facts, origin=origin))
    cited = Citation(sample, link_template="file")
    assert EXPORTS["note"].function(cited).startswith(note)


def test_a_title_that_asks_is_followed_by_no_full_stop() -> None:
    entry = EXPORTS["bibliography"].function(Citation(cable(subject="SHIPS: IS THE PORT OPEN?")))
    assert "“Ships: Is the Port Open?” Telegram" in entry


def test_a_bibliography_names_the_cable_whatever_paragraph_is_cited() -> None:
    one, other = (
        EXPORTS["bibliography"].function(Citation(cable(), paragraphs))
        for paragraphs in ((), PARAGRAPHS[2:4])
    )
    assert one == other


@pytest.mark.parametrize(
    ("template", "filled"),
    [
        ("{id}", "09CORVONA27"),
        ("[{place}: ]{id}", "09CORVONA27"),
        ("{id}[ ({date}, {place})][ {date}]", "09CORVONA27 February 13, 2009"),
        ("{id} [sic], {place}, .", "09CORVONA27 [sic]."),
        ("{canonical}/{subject}", "09CORVONA27/TERN"),
    ],
)
def test_brackets_are_left_out_with_their_fields(template: str, filled: str) -> None:
    cited = Citation(cable(subject="TERN"), templates={"note": template})
    assert EXPORTS["note"].function(cited) == filled


def test_a_field_holds_any_text() -> None:
    assert fill("{id}[, {place}]", {"id": "{x} [y]", "place": "[{id}]"}) == "{x} [y], [{id}]"


def test_the_day_of_reading_is_named_where_it_is_known() -> None:
    cited = Citation(cable(), read_on=date(2026, 11, 4))
    assert EXPORTS["note"].function(cited).endswith(", accessed November 4, 2026.")
    assert EXPORTS["bibliography"].function(cited).endswith(" Accessed November 4, 2026.")
