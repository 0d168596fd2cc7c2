"""Mentions of people: titles and the names behind them."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.base.cable import Body
from cable_tui.telegram import parse
from cable_tui.telegram.people.name_words import NO_NAMES
from cable_tui.telegram.people.officer_names import surname
from cable_tui.telegram.people.titled_names import mentions
from tests.shared_files import CORPUS
from tests.telegram.cables import page

PAGES = CORPUS / "mirror"
LABELS = Path(__file__).with_name("labels.csv")
RECALL = Path(__file__).with_name("recall.csv")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Foreign Minister Kelpman said so.", [("Foreign Minister", "Kelpman")]),
        ("PM Marlo's office", [("PM", "Marlo")]),
        ("President Marlo,s office", [("President", "Marlo")]),
        ("told Amb. Ada R. Pelham that", [("Amb.", "Ada R. Pelham")]),
        ("Deputy Foreign Minister Casimir Vantongeren told", [
            ("Deputy Foreign Minister", "Casimir Vantongeren")
        ]),
        ("Foreign\nMinister  Bo\n   Rask left", [("Foreign Minister", "Bo Rask")]),
        ("President Bashir al-Kelp spoke", [("President", "Bashir al-Kelp")]),
        ("Prince Khalid bin\nMarlo and", [("Prince", "Khalid bin Marlo")]),
        ("MP Zoë Ødegård-Lund, PM Rask", [("MP", "Zoë Ødegård-Lund"), ("PM", "Rask")]),
        ("FOREIGN MINISTER KELPMAN SAID THAT THE", [("FOREIGN MINISTER", "KELPMAN")]),
        ("General Marlo Tuesday", [("General", "Marlo")]),
        ("the General Assembly and the Director General of", []),
        ("Minister Counselor for", []),
        ("Deputy Prime Minister Office", []),
        ("FM AMEMBASSY RABAT TO RUEHC", []),
        ("his deputy. Kelpman went", []),
        ("President. Kelpman went", []),
        ("the Prime Minister\n\nKelpman went", []),
        ("PolOff XXXXXXXXXXXX told", []),
        ("PM NATO", []),
        ("Ambassador Paris said", []),
        ("Vice President A. B.", []),
        ("", []),
        # titles with an office, or joined by a hyphen
        ("told Chief of Staff Bo Rask that", [("Chief of Staff", "Bo Rask")]),
        ("the ex-President Ivo Tern left", [("ex-President", "Ivo Tern")]),
        ("Secretary-General Ivo Tern left", [("Secretary-General", "Ivo Tern")]),
        ("President-elect Tern left", [("President-elect", "Tern")]),
        ("Minister for Foreign Affairs\nand Trade Tern left", [
            ("Minister for Foreign Affairs and Trade", "Tern")
        ]),
        ("met Charge d'Affaires Ivo Tern there", [("Charge d'Affaires", "Ivo Tern")]),
        ("CODEL Tern arrived", [("CODEL", "Tern")]),
        # what belongs to the name
        ("President Zane el Kelp Ben Tern said", [("President", "Zane el Kelp Ben Tern")]),
        ("Sheikh Bo bin Ivo bin Ada Al Tern said", [("Sheikh", "Bo bin Ivo bin Ada Al Tern")]),
        ("Captain Abd left", []),
        ("FM ABU TERN SAID", [("FM", "ABU TERN")]),
        # words of English are names in a sentence, and nowhere else
        ("and President Bush said", [("President", "Bush")]),
        ("He met Secretary Rice, who said that Rice left", [("Secretary", "Rice")]),
        ("expressed General Support for it", []),
        ("firms such as General Electric sell", []),
        ("the Chief Economist said", []),
        ("as Deputy Head of the office", []),
        ("Prime Minister Raises Tax and Bonuses\nand he raises it", []),
        ("SUBJECT: DEFENSE MINISTER DISCUSSES REFORM\n\n1. (C) He discusses it and left", []),
        ("SUBJECT: MINISTER ADA TERN SPEAKS\n\n1. (C) On Monday Ada Tern spoke at length", [
            ("MINISTER", "ADA TERN")
        ]),
        ("EMBOFF REJECTED THE IDEA", []),
        # words of the telegram
        ("E.O. 12958: N/A\nTAGS: MARR PM PREL US\nSUBJECT: SALT\n\n1. It rained.", []),
        ("TAGS: PGOV\nClassified By: Ambassador Ada Tern Reasons: 1.4 (b)\n\n1. It rained.", []),
        ("CODEL \nSIPDIS", []),
        ("told the President\nPORT AMBER 00000072 002 OF 003\nthat it rained", []),
        ("Governor Bo Rask SIPDIS's successor", [("Governor", "Bo Rask")]),
        ("Poloff Dec 4 visited the port", []),
        ("President Marlo\nTAGS: PREL\n\n1. (C) President Rask left", [("President", "Rask")]),
        # named after somebody, and a list of posts below a name
        ("at the King Casimir Hospital in town", []),
        ("Chairman of the Senate Salt Committee", []),
        ("Ivo Tern\nVice President\nBrackwater Software\n", []),
        ("a Soviet General Marlo-organized rally", []),
        # letters outside of ASCII, before a title, in it and after it
        ("ŁMinister Tern, éMinister Tern, 5Minister Tern, ’Minister Tern", []),
        ("«Minister Tern, ‘Minister Rask", [("Minister", "Tern"), ("Minister", "Rask")]),
        ("Chargé Tern and Chargé d’Affaires Rask", [
            ("Chargé", "Tern"), ("Chargé d’Affaires", "Rask")
        ]),
        ("Minister Ødegård, Minister Łask, Minister dos Tern", [
            ("Minister", "Ødegård"), ("Minister", "dos Tern")
        ]),
    ],
)  # fmt: skip
def test_a_title_with_a_name_behind_it_is_a_mention(
    text: str, found: list[tuple[str, str]]
) -> None:
    assert [(each.title, each.name) for each in mentions(text)] == found


PIECES = st.lists(
    st.sampled_from(
        ["President", "FM", "Amb.", "Ada", "R.", "al-Kelp", "bin", "\n", "\n\n", "'s", ",", "SAID",
         "told", "X", "\\", "Dr.", "é", "İ", "Minister", "of", "Trade", "TAGS: PM", "Abd", "----"]
    )
)  # fmt: skip


@given(st.one_of(st.text(max_size=300), PIECES.map(" ".join)))
def test_any_text_has_mentions_in_order_that_stand_in_it(text: str) -> None:
    at = 0
    for each in mentions(text):
        assert at <= each.start < each.end <= len(text)
        at = each.end
        stands = text[each.start : each.end].replace("\\", " ").split()
        assert stands == each.text.replace("\\", " ").split()
        assert surname(each.name) not in NO_NAMES or each.name.count(" ")


SPELLED = st.lists(
    st.sampled_from(
        ["MINISTER", "Minister", "told", "BUSH", "Bush", "bush", "Bush-Tern", "BushTern", "X.Bush",
         "Bush’s", "SALT", "Salt", "salt", "GENERAL", "General", "FM", "TERN", "\n",
         ".", ",", "1. (C)"]
    ),
    max_size=40,
)  # fmt: skip


@given(SPELLED.map(" ".join), st.integers(1, 12))
def test_a_text_has_the_same_mentions_beside_a_letter_outside_of_ascii(
    text: str, times: int
) -> None:
    """In ASCII the first words are looked for; otherwise all words are collected at once."""
    text = f"{text}\n" * times
    assert list(mentions(f"{text}\n字")) == list(mentions(f"{text}\n“")) == list(mentions(text))


@given(st.characters())
def test_a_title_begins_after_any_sign_that_is_not_of_a_word(sign: str) -> None:
    within = re.match(r"[\w/'’-]", sign) is not None
    assert [each.name for each in mentions(f"told {sign}Minister Tern")] == ["Tern"] * (not within)


def read(reference: str) -> Body:
    (file,) = PAGES.rglob(f"{reference}.html")
    raw = page(file)
    assert raw is not None
    return parse(raw).body


@pytest.mark.shared
def test_of_a_hundred_mentions_that_were_labelled_by_hand_all_that_are_left_are_people() -> None:
    """Drawn at random from the corpus; `partial` is a person whose name goes on behind it.

    Eleven are officers behind `Classified By`, whom another module reads.
    """
    rows = list(csv.DictReader(LABELS.read_text(encoding="utf-8").splitlines()))
    starts = {
        each: {mention.start for mention in mentions(read(each).text)}
        for each in {row["reference"] for row in rows}
    }
    found = Counter(row["label"] for row in rows if int(row["start"]) in starts[row["reference"]])
    assert found["person"] >= 83
    assert found["none"] == 0


@pytest.mark.shared
def test_paragraphs_that_were_read_first_name_no_fewer_people_than_are_found() -> None:
    """Of 85 people that one reader found in 40 paragraphs, drawn at random, 28 have a title."""
    found = named = 0
    for row in csv.DictReader(RECALL.read_text(encoding="utf-8").splitlines()):
        body = read(row["reference"])
        (start, end), *_ = (each.span for each in body.paragraphs if each.label == row["paragraph"])
        people = {surname(each.name) for each in mentions(body.text) if start <= each.start < end}
        found += min(len(people), int(row["people"]))
        named += int(row["people"])
    assert named == 85
    assert found >= 28
