"""Notes and bibliography entries: what is left out, and templates of the user's own."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.base.cable import Addressee, Cable
from cable_tui.base.value import replace
from cable_tui.exports.citation import Citation
from cable_tui.exports.copy_formats import EXPORTS
from cable_tui.exports.footnotes import fill, recipient, title_case, with_fixed_letters
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


@pytest.mark.parametrize(
    ("subject", "title"),
    [
        ("ISLANDS: 2009 ANNUAL TRADE REPORT", "Islands: 2009 Annual Trade Report"),
        ("THE PRIME MINISTER AND THE SEA", "The Prime Minister and the Sea"),
        ("A VISIT TO: THE ISLANDS", "A Visit to: The Islands"),
        ("WHAT WE LIVE FOR", "What We Live For"),
        ("AMBASSADOR'S LUNCH WITH O'BRIEN", "Ambassador's Lunch with O'Brien"),
        ("SENATOR MCCAIN IN N’DJAMENA", "Senator McCain in N’Djamena"),
        ("USG AND EU ON NATO, PART II", "USG and EU on NATO, Part II"),
        ("GOK/GOSS TALKS", "GOK/GOSS Talks"),
        ("U.S.-EU TALKS IN THE 1990S", "U.S.-EU Talks in the 1990s"),
        ("FACE-TO-FACE WITH THE PM", "Face-to-Face with the PM"),
        ("PLEASE FIX IT TODAY WITH AID", "Please Fix It Today with Aid"),
        ("US AID: HELP OR US", "US Aid: Help or US"),
        ("F-16 AND COP-16 BY THE 2ND", "F-16 and COP-16 by the 2nd"),
        ("MEETING OF A/S TERN WITH Q&A ON AT&T", "Meeting of A/S Tern with Q&A on AT&T"),
        ("AA/S GULL'S AND S/CT'S TALKS ON M/V HERON", "AA/S Gull's and S/CT's Talks on M/V Heron"),
        ("GOOD/BAD NEWS AND/OR OIL&GAS", "Good/Bad News and/or Oil&Gas"),
        ("SALE OF F-4ES AND F-16S", "Sale of F-4Es and F-16s"),
        ("CORVONA's PORT AND THE UAE's SHIPS", "Corvona's Port and the UAE's Ships"),
        (
            "SENATOR MCCAIN'S VISIT TO THE DPRK'S NORTH",
            "Senator McCain's Visit to the DPRK's North",
        ),
        ("BUILDING ON CORVONA,S GROWTH", "Building on Corvona,s Growth"),
        ("CORVONA,S.VELMARA TALKS", "Corvona,S.Velmara Talks"),
        ("THE 1990'S", "The 1990's"),
        ("THE IRC'S AID AND UNESCO", "The IRC's Aid and UNESCO"),
        ("MR. TERN AND DR. GULL", "Mr. Tern and Dr. Gull"),
        ("XXXXXXXXXXXX ON FISHING", "XXXXXXXXXXXX on Fishing"),
        ("xxxxxxxxxxxx ON FISHING", "xxxxxxxxxxxx on Fishing"),
        ('THE "NEW" PORT -- THE OLD ONE', 'The "New" Port -- The Old One'),
        ("Already a Title of the USG", "Already a Title of the USG"),
        ("spanish metal merchant", "spanish metal merchant"),
        ("ÉTAT DES ÎLES", "État Des Îles"),
        ("", ""),
        ("27", "27"),
    ],
)
def test_capitals_become_a_headline(subject: str, title: str) -> None:
    assert title_case(subject) == title


@pytest.mark.parametrize(
    ("subject", "text", "title"),
    [
        ("GULL MEETS RUE", "The leader of RUE was not there.", "Gull Meets RUE"),
        ("GULL MEETS RUE", "In his heart, the rue of years.", "Gull Meets Rue"),
        ("GULL MEETS RUE", "RUE officials met us.", "Gull Meets RUE"),
        ("EUR/SCE DIRECTOR", "We met EUR/SCE Director Tern.", "EUR/SCE Director"),
        ("A/S TERN SELLS SA-24S", "", "A/S Tern Sells SA-24s"),
        ("THE RUE'S TALKS", "members of the\nRUE's board", "The RUE's Talks"),
        # Headings are in capitals whatever they say.
        ("COMMENT AND SUMMARY", "COMMENT: We doubt it. END SUMMARY.", "Comment and Summary"),
        ("THE COMMENT", "They left. COMMENT: We doubt it.", "The Comment"),
        ("PORT NEWS", "THE PORT IS CLOSED.\nPORT NEWS IS BAD.", "Port News"),
        ("PORT NEWS", "At the PORT the port and the port's own.", "Port News"),
        ("ON IT", "They said ON IT is fine.", "On It"),
    ],
)
def test_words_that_the_text_has_in_capitals_stay_so(subject: str, text: str, title: str) -> None:
    assert title_case(subject, text) == title


@given(st.text(max_size=80), st.text("aA B.\n/-", max_size=200))
def test_only_the_case_of_letters_changes(subject: str, text: str) -> None:
    assert title_case(subject, text).casefold() == subject.casefold()


@pytest.mark.parametrize(
    ("title", "text", "fixed"),
    [
        ("The RUE's Talks in Morocco", "", ["RUE", "Morocco"]),
        ("Tel Aviv: F-16s and Mr. McGull's Aid", "", ["Tel", "Aviv", "F", "McGull"]),
        ("Gull Meets the Minister", "We saw Gull. They met Gull and the minister.", ["Gull"]),
        ("Gull Meets the Minister", "GULL IS HERE, THE MINISTER SAYS.", []),
        ("gull in rabat", "They met Gull in Rabat.", []),
    ],
)
def test_acronyms_and_names_keep_their_letters(title: str, text: str, fixed: list[str]) -> None:
    assert [title[slice(*each)] for each in with_fixed_letters(title, text)] == fixed
