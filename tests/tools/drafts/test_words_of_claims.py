"""The verbs and nouns of speakers."""

from __future__ import annotations

import pytest

from cable_tui.tools.drafts import words_of_claims as known


@pytest.mark.parametrize(
    ("verb", "kind"),
    [
        ("judged", "say"),
        ("told", "say"),
        ("denied", "doubt"),
        ("relayed", "pass"),
        ("wrote", "pass"),
        ("doubts", "doubt"),
        ("agreed", "agree"),
        ("learned", "hear"),
        ("asking", "ask"),
    ],
)
def test_each_verb_has_one_kind(verb: str, kind: str) -> None:
    assert known.VERBS[verb] == kind


def test_no_word_is_a_speaker_and_open() -> None:
    speakers = known.OFFICES | known.OFFICERS | known.AUTHORS | known.CABLES
    assert not speakers & known.OPEN
    assert not known.OFFICES & known.OFFICERS
