"""Mentions of people: titles and the names behind them."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.telegram.people.mentions import last_name, mentions, surname
from cable_tui.telegram.people.titles import NO_NAMES, TITLES
from tests.archive.fiction import opened

CORPUS = Path(__file__).parents[4] / "shared" / "corpus"
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
    ],
)  # fmt: skip
def test_a_title_with_a_name_behind_it_is_a_mention(
    text: str, found: list[tuple[str, str]]
) -> None:
    assert [(each.title, each.name) for each in mentions(text)] == found


@pytest.mark.parametrize(
    ("name", "key", "last"),
    [
        ("Ada R. Pelham", "pelham", "Pelham"),
        ("Bashir Al-Kelp", "kelp", "Al-Kelp"),
        ("Bo Rask, Jr.", "rask", "Rask"),
        ("Bo Rask III", "rask", "Rask"),
        ("ØDEGÅRD", "odegard", "ØDEGÅRD"),
        ("Ahmadi-Nejad", "ahmadinejad", "Ahmadi-Nejad"),
        ("", "", ""),
    ],
)
def test_people_are_grouped_by_their_last_name(name: str, key: str, last: str) -> None:
    assert (surname(name), last_name(name)) == (key, last)


PIECES = st.lists(
    st.sampled_from(
        ["President", "FM", "Amb.", "Ada", "R.", "al-Kelp", "bin", "\n", "\n\n", "'s", ",", "SAID",
         "told", "X", "\\", "Dr.", "é", "İ"]
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
        assert each.title.split()[-1].strip(".").lower() in TITLES
        assert surname(each.name) not in NO_NAMES or each.name.count(" ")


@pytest.mark.skipif(not CORPUS.exists(), reason="the corpus is not at hand")
def test_of_a_hundred_mentions_that_were_labelled_by_hand_nine_of_ten_are_people(
    tmp_path: Path,
) -> None:
    """Drawn at random from the corpus; `partial` is a person whose name goes on behind it."""
    rows = list(csv.DictReader(LABELS.read_text(encoding="utf-8").splitlines()))
    archive = opened(CORPUS, tmp_path / "cache")
    starts = {}
    for each in {row["reference"] for row in rows}:
        id_ = archive.find(each)
        assert id_ is not None
        body = archive.cable(id_).body.text
        starts[each] = {mention.start for mention in mentions(body)}
    archive.close()
    found = Counter(row["label"] for row in rows if int(row["start"]) in starts[row["reference"]])
    assert found.total() >= 95  # most are still found
    assert found["person"] / found.total() >= 0.9


@pytest.mark.skipif(not CORPUS.exists(), reason="the corpus is not at hand")
def test_paragraphs_that_were_read_first_name_no_fewer_people_than_are_found(
    tmp_path: Path,
) -> None:
    """Of 85 people that one reader found in 40 paragraphs, drawn at random, 28 have a title."""
    rows = list(csv.DictReader(RECALL.read_text(encoding="utf-8").splitlines()))
    archive = opened(CORPUS, tmp_path / "cache")
    found = named = 0
    for row in rows:
        id_ = archive.find(row["reference"])
        assert id_ is not None
        body = archive.cable(id_).body
        (start, end), *_ = (each.span for each in body.paragraphs if each.label == row["paragraph"])
        people = {surname(each.name) for each in mentions(body.text) if start <= each.start < end}
        found += min(len(people), int(row["people"]))
        named += int(row["people"])
    archive.close()
    assert named == 85
    assert found >= 28
