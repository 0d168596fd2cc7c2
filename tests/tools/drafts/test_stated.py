"""What is stated beside a citation, and whether the cable says the same."""

from __future__ import annotations

import pytest

from cable_tui import telegram
from cable_tui.base.cable import Cable
from cable_tui.base.value import replace
from cable_tui.exports.citation import Citation
from cable_tui.exports.copy_formats import EXPORTS
from cable_tui.formats.office.blocks import TextBlock
from cable_tui.tools.drafts.citations import cited_in
from cable_tui.tools.drafts.stated import NOTHING, Stated, differences, stated
from tests.exports.test_copy_formats import NAMELESS
from tests.telegram.cables import record

HEADER = """VZCZCXYZ0399
DE RUEHTU #0399 1741234
R 231234Z JUN 09
FM AMEMBASSY TUNIS
TO RUEHC/SECSTATE WASHDC ROUTINE 1411
INFO RUEHRB/AMEMBASSY RABAT 0211"""


def cable(header: str = HEADER) -> Cable:
    """A fictional cable from Tunis."""
    body = "SUBJECT: THE LAMPS\n\n1. (C) They burn.\n\n2. (C) They are out."
    given = {"reference_id": "09TUNIS399", "created": "2009-06-23 12:34", "origin": "Embassy Tunis"}
    given["classification"] = "SECRET"
    return telegram.parse(record(body, header=header, **given))


def said_of(text: str) -> Stated:
    (found,) = cited_in(TextBlock(text, 1))
    return stated(text, found.start, found.end)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Embassy Tunis to State, 09TUNIS399, 23 June 2009", []),
        ("(U.S. Embassy in Tunis, 09TUNIS399, ¶2, June 2009)", []),
        ("Tunis to Embassy Rabat, cable 09TUNIS399 of June 23rd, 2009", []),
        ("See Embassy Tunis, “The Lamps,” telegram no. 09TUNIS399, 2009-06-23", []),
        (
            "Embassy Rabat to State, 09TUNIS399, 23 June 2009",
            ["it is from Embassy Tunis, not from Rabat"],
        ),
        (
            "State to Embassy Tunis, 09TUNIS399",
            ["it is from Embassy Tunis, not from State", "it was not sent to Tunis"],
        ),
        ("Embassy Tunis to Embassy Cairo, 09TUNIS399", ["it was not sent to Cairo"]),
        ("(Embassy Rabat, 09TUNIS399)", ["it is from Embassy Tunis, not from Rabat"]),
        (
            "[09TUNIS399, ¶2](https://a.org/x), Embassy Rabat, 23 Jun 2009",
            ["it is from Embassy Tunis, not from Rabat"],
        ),
        ("09TUNIS399 (24 June 2009)", ["it is dated 23 June 2009, not 24 June 2009"]),
        ("(24 June 2009, 09TUNIS399)", ["it is dated 23 June 2009, not 24 June 2009"]),
        ("24.6.2009, 09TUNIS399, 24.6.2009", ["it is dated 23 June 2009, not 24.6.2009"]),
        ("Embassy Tunis, July 2009, 09TUNIS399", ["it is dated 23 June 2009, not July 2009"]),
        ("09TUNIS399, para. 2, June 23, 2010", ["it is dated 23 June 2009, not June 23, 2010"]),
        ("Embassy Tunis, “The Lamps,” 09TUNIS399, SECRET, 23 June 2009", []),
        ("09TUNIS399 (Secret//Noforn)", ["it is SECRET, not Secret//Noforn"]),
        ("09TUNIS399, ¶2, CONFIDENTIAL", ["it is SECRET, not CONFIDENTIAL"]),
        ("(CONFIDENTIAL, 09TUNIS399)", ["it is SECRET, not CONFIDENTIAL"]),
        ("UNCLASSIFIED cable 09TUNIS399", ["it is SECRET, not UNCLASSIFIED"]),
        (
            "09TUNIS399, 23 June 2009 (classified confidential)",
            ["it is SECRET, not classified confidential"],
        ),
        # What belongs to another cable, or to the sentence, is not part of the citation.
        ("A confidential cable, 09TUNIS399", []),
        ("09TUNIS399. Confidential, he said.", []),
        ("09TUNIS399; CONFIDENTIAL", []),
        ("09TUNIS399, on secret and confidential lamps", []),
    ],
)
def test_what_is_stated_is_compared(text: str, wanted: list[str]) -> None:
    assert list(differences(said_of(text), cable())) == wanted


def test_a_collective_may_be_anybody_but_the_department() -> None:
    made = cable(f"{HEADER}\nINFO RUEHXX/ARAB LEAGUE COLLECTIVE")
    assert not list(differences(said_of("Embassy Tunis to Embassy Cairo, 09TUNIS399"), made))
    made = cable(HEADER.replace("SECSTATE WASHDC", "ARAB LEAGUE COLLECTIVE"))
    assert list(differences(said_of("Embassy Tunis to State, 09TUNIS399"), made)) == [
        "it was not sent to State"
    ]


@pytest.mark.parametrize(
    ("filed", "said", "wrong"),
    [
        ("SECRET//NOFORN", "SECRET", False),
        ("SECRET//NOFORN", "SECRET//NOFORN", False),
        ("SECRET", "TOP SECRET", True),
        ("UNCLASSIFIED//FOR OFFICIAL USE ONLY", "UNCLASSIFIED", False),
        ("UNCLASSIFIED", "UNCLAS", False),
        ("LIMITED OFFICIAL USE", "Limited Official Use", False),
        ("CONFIDENTIAL", "Restricted", True),
        ("", "SECRET", False),
    ],
)
def test_a_classification_is_compared_by_its_level(filed: str, said: str, wrong: bool) -> None:
    made = cable()
    made = replace(made, facts=replace(made.facts, classification=filed))
    assert bool(list(differences(said_of(f"09TUNIS399, {said}"), made))) == wrong


@pytest.mark.parametrize(
    "text",
    [
        "He was arrested on 24 June 2009 (09TUNIS399).",
        "They told Embassy Rabat 09TUNIS399 was late.",
        "WikiLeaks published 09TUNIS399 on 7 December 2010.",
        "09TUNIS399, accessed November 28, 2026",
        "In Rabat, 09TUNIS399 was read. On 24 June 2009 it was burnt.",
    ],
)
def test_the_sentence_around_a_citation_states_nothing_of_it(text: str) -> None:
    assert said_of(text) == NOTHING


@pytest.mark.parametrize("style", sorted(set(EXPORTS) - NAMELESS))
def test_whatever_y_copies_says_what_the_cable_says(style: str) -> None:
    made = cable()
    text = EXPORTS[style].function(Citation(made, made.body.paragraphs[1:2]))
    for each in cited_in(TextBlock(text, 1)):
        assert not list(differences(stated(text, each.start, each.end), made))
