"""How often the rules are right: 200 paragraphs of the corpus, labelled twice before the rules.

`labels.csv` has a letter for each sentence of a paragraph, and no text. C: the author set it apart;
S: it reports; B: both; F: a source's words by the context alone; N: the author narrates. `a` and
`b` are two readings. `labels_after.csv` has 40 paragraphs that were labelled when the rules stood,
before they were run there. docs/cables.md has the numbers.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import pytest

from cable_tui import formats, telegram
from cable_tui.cable import Cable, RawCable, Span
from cable_tui.session.sentences import sentence_spans
from cable_tui.telegram.voices.spans import Voices, voices

ROOT = Path(__file__).parents[3]
LABELS = Path(__file__).with_name("labels.csv")
LATER = Path(__file__).with_name("labels_after.csv")
MIRROR = ROOT.parent / "shared" / "corpus" / "mirror"
NOTE = ROOT / "docs" / "cables.md"
COMMENTS, SPEECH = "CB", "SB"


class Labelled(NamedTuple):
    """One sentence, and what the rules make of it."""

    letter: str
    comment: bool
    said: bool


def rows(table: Path = LABELS) -> list[dict[str, str]]:
    with table.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def kappa(letters: str) -> float:
    pairs = [
        (a in letters, b in letters)
        for row in rows()
        for a, b in zip(row["a"], row["b"], strict=True)
    ]
    agreed = sum(a == b for a, b in pairs) / len(pairs)
    yes_a, yes_b = (sum(pair[at] for pair in pairs) / len(pairs) for at in (0, 1))
    chance = yes_a * yes_b + (1 - yes_a) * (1 - yes_b)
    return (agreed - chance) / (1 - chance)


def test_two_readings_of_200_paragraphs_agree() -> None:
    assert len(rows()) == 200
    assert len({(row["reference_id"], row["paragraph"]) for row in rows()}) == 200
    assert kappa(COMMENTS) > 0.9
    assert kappa(SPEECH) > 0.9


def cables(table: Path) -> dict[str, Cable]:
    asked = {row["reference_id"] for row in rows(table)}
    found: dict[str, Cable] = {}
    for path in sorted(MIRROR.rglob("*")):
        if path.is_dir() or path.stem not in asked:
            continue
        data = path.read_bytes()
        form = formats.sniff(path.name, data[: formats.HEAD])
        assert not isinstance(form, formats.Skip)
        for raw in formats.cables(form, BytesIO(data), path.name):
            assert isinstance(raw, RawCable)
            found[raw.reference_id] = telegram.parse(raw)
    return found


def labelled(table: Path) -> Iterator[Labelled]:
    known = cables(table)
    for row in rows(table):
        cable = known[row["reference_id"]]
        spans = sentence_spans(cable, int(row["paragraph"]) - 1)
        assert len(spans) == len(row["a"]), f"label {row['reference_id']} {row['paragraph']} anew"
        found = voices(cable.body.text)
        for span, letter in zip(spans, row["a"], strict=True):
            yield Labelled(letter, *_spoken(found, span))


def _spoken(found: Voices, span: Span) -> tuple[bool, bool]:
    return _mostly(span, [each.span for each in found.comments]), _mostly(span, list(found.said))


def _mostly(span: Span, others: list[Span]) -> bool:
    covered = sum(max(0, min(span[1], end) - max(span[0], start)) for start, end in others)
    return covered * 2 >= span[1] - span[0]


def precision_and_recall(pairs: list[tuple[bool, bool]]) -> tuple[float, float]:
    right = sum(found and wanted for found, wanted in pairs)
    return right / sum(found for found, _ in pairs), right / sum(wanted for _, wanted in pairs)


@pytest.mark.skipif(not MIRROR.exists(), reason="the corpus is not at hand")
@pytest.mark.parametrize(
    ("table", "comments", "speech"),
    [
        (LABELS, "comments", "reported sentences"),
        (LATER, "comments, later", "reported sentences, later"),
    ],
)
def test_the_rules_are_as_good_as_the_note_says(table: Path, comments: str, speech: str) -> None:
    every = list(labelled(table))
    comment = precision_and_recall([(each.comment, each.letter in COMMENTS) for each in every])
    said = precision_and_recall([(each.said, each.letter in SPEECH) for each in every])
    assert comment[0] >= 0.95
    assert comment[1] >= 0.85
    assert said[0] >= 0.9
    assert said[1] >= 0.7
    note = NOTE.read_text(encoding="utf-8")
    for name, (precision, recall) in ((comments, comment), (speech, said)):
        number = r"(0\.\d\d|1\.00)"
        row = re.search(rf"^\| {name} \|.*\| {number} \| {number} \|$", note, re.MULTILINE)
        assert row, name
        assert row.groups() == (f"{precision:.2f}", f"{recall:.2f}")
