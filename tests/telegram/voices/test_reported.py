"""Sentences that report what somebody said. The sentences are invented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.telegram.voices import reported as module
from cable_tui.telegram.voices.reported import (
    pieces,
    reported,
    reported_in,
    says,
    without_breaks,
)

SAYS = [
    "Tern said that the port is closed.",
    "The minister told Poloff it would rain.",
    "TERN STRESSED THAT THE PORT IS CLOSED.",
    "According to Tern, it will rain.",
    "According toXXXXXXX, it will rain.",
    "The port, he continued, is closed.",
    "The port is closed, continued the keeper.",
    "The port is closed, Tern added.",
    "He agreed that it would rain.",
    "Tern expressed deep concern about the weather.",
    "They raised with us the price of fish.",
    "She pointed out that fish are dear.",
    "Tern made very clear that he would stay.",
    "In Tern's view, fish are dear.",
    "From his point of view, fish are dear.",
    "Fishermen say it will rain.",
    "Contacts tell us that it will rain.",
    "Tern believes that it will rain.",
    "The press claims to know the price.",
    "XXXXXXXXXX asserted that fish are dear.",
]
NARRATES = [
    "The port is closed.",
    "As noted in ref A, the port is closed.",
    "The proposed tax was paid.",
    "It was announced by nobody.",
    "Suggested talking points follow.",
    "We believe that it will rain.",
    "We have reiterated our price.",
    "According to our records, it rained.",
    "In our view, fish are dear.",
    "He agreed to leave.",
    "The United States reports on fish.",
    "Tern will argue for it.",
    "The alleged plot failed.",
    "He continued to fish.",
    "This is reported septel.",
]


@pytest.mark.parametrize("sentence", SAYS)
def test_a_sentence_reports_by_its_words(sentence: str) -> None:
    assert says(sentence)


@pytest.mark.parametrize("sentence", NARRATES)
def test_what_the_author_tells_is_no_report(sentence: str) -> None:
    assert not says(sentence)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            '1. (C) "We shall not leave the port.  Nobody will."  It rained.\n',
            ['"We shall not leave the port.', 'Nobody will."'],
        ),
        ("1. (C) He is an “old hand” here.  It rained.\n", []),
        (
            "1. (C) It was &the best of all ports8.  It rained.\n",
            ["It was &the best of all ports8."],
        ),
        ('1. (C) He sought "experts," and sold "fish."  It rained.\n', []),
        ("1. (C) Tern\nsaid no.\n2. (C) It rained.\n", ["Tern\nsaid no."]),
        ("HEADING SAID\n\n1. (C) It rained.\n", ["HEADING SAID"]),
    ],
)
def test_quotations_of_some_words_report_too(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in reported(text)] == expected


def test_a_page_break_is_no_part_of_a_sentence() -> None:
    text = "1. (C) Tern said that\n\nPORT AMBER 00000140  002 OF 003\n\nfish are dear.  So.\n"
    plain = without_breaks(text)
    assert len(plain) == len(text)
    assert "AMBER" not in plain
    assert [plain[a:b].split() for a, b in reported(text)] == [
        ["Tern", "said", "that", "fish", "are", "dear."]
    ]


def test_a_text_without_page_breaks_stays_as_it_is() -> None:
    text = "1. (C) One OF them said no.\n"
    assert without_breaks(text) == text


def test_a_piece_is_a_paragraph() -> None:
    text = "Fish\n\n1. (C) One.\nTwo.\n2. (C) Three.\n\nFour.\n"
    found = [text[start:end].split() for start, end in pieces(text)]
    assert found == [["Fish"], ["1.", "(C)", "One.", "Two."], ["2.", "(C)", "Three."], ["Four."]]


def test_one_piece_can_be_read_alone() -> None:
    text = "He said no.  She said yes.  It rained."
    assert list(reported_in(text, (13, len(text)))) == [(13, 26)]


@given(st.text('Ab said"“”&8. \n1(C)', max_size=200), st.integers(0, 50))
def test_reported_sentences_lie_within_the_text_in_order(text: str, begin: int) -> None:
    spans = reported(text, begin)
    assert spans == sorted(spans)
    assert all(begin <= start < end <= len(text) for start, end in spans)
    parts = list(pieces(text, begin))
    assert "".join(text[a:b] for a, b in parts) == text[begin:]


PIECES = (
    *("Tern", "said", "2said", "_told", "stressed,", "agreed", "that", "us'", "to", ". He", '"'),
    *("&no", "According", "\u2019s", "caf\u00e9", "SAID", "\n\n2. (C) ", "\u0130"),
)


@given(st.lists(st.sampled_from(PIECES)).map(" ".join))
def test_what_is_seen_quickly_leaves_nothing_out(text: str) -> None:
    found = reported(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_may_report", lambda _: True)
        assert reported(text) == found
