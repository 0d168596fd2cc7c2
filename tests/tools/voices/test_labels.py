"""How often the rules are right: 400 paragraphs of the corpus, each labelled twice.

A table has a letter for each sentence of a paragraph, and no text. C: the author set it apart; S:
it reports; B: both; F: a source's words by the context alone; N: the author narrates. In
`labels_two_readers.csv` two readers labelled 200 paragraphs, neither knowing the rules or the
other's letters, before the rules were run there. In `labels.csv` are two readings by the one reader
who wrote the rules afterwards. docs/reliability.md has the numbers.
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
from cable_tui.base.cable import Cable, RawCable, Span
from cable_tui.session.features.selection import sentence_spans
from cable_tui.tools.voices.spans import Voices, voices
from tests.shared_files import CORPUS

ROOT = Path(__file__).parents[3]
LABELS = Path(__file__).with_name("labels.csv")
TWO_READERS = Path(__file__).with_name("labels_two_readers.csv")
MIRROR = CORPUS / "mirror"
NOTE = ROOT / "docs" / "reliability.md"
COMMENTS, SPEECH = "CB", "SB"


class Labelled(NamedTuple):
    """One sentence, and what the rules make of it."""

    letter: str
    comment: bool
    said: bool


def rows(table: Path = LABELS) -> list[dict[str, str]]:
    with table.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def kappa(table: Path, letters: str) -> float:
    pairs = [
        (a in letters, b in letters)
        for row in rows(table)
        for a, b in zip(row["a"], row["b"], strict=True)
    ]
    agreed = sum(a == b for a, b in pairs) / len(pairs)
    yes_a, yes_b = (sum(pair[at] for pair in pairs) / len(pairs) for at in (0, 1))
    chance = yes_a * yes_b + (1 - yes_a) * (1 - yes_b)
    return (agreed - chance) / (1 - chance)


def row_of_the_note(name: str, width: int) -> tuple[str, ...]:
    """The numbers at the end of a line of the table in docs/reliability.md."""
    numbers = r" \| (0\.\d\d|1\.00)" * width
    row = re.search(rf"^\| {name} \|.*?{numbers} \|$", NOTE.read_text("utf-8"), re.MULTILINE)
    assert row, name
    return row.groups()


@pytest.mark.parametrize("table", [LABELS, TWO_READERS])
def test_two_readings_of_200_paragraphs_agree(table: Path) -> None:
    assert len(rows(table)) == 200
    assert len({(row["reference_id"], row["paragraph"]) for row in rows(table)}) == 200
    assert kappa(table, COMMENTS) > 0.9
    assert kappa(table, SPEECH) > 0.9


def test_the_samples_have_no_paragraph_in_common() -> None:
    one, other = (
        {(row["reference_id"], row["paragraph"]) for row in rows(table)}
        for table in (LABELS, TWO_READERS)
    )
    assert not one & other


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


def as_labelled(cable: Cable, paragraph: int) -> list[Span]:
    """Sentences as the readers saw them: those that only a redaction parts were one."""
    found: list[Span] = []
    for start, end in sentence_spans(cable, paragraph):
        redacted = found and cable.body.text.startswith("xxxxx", start)
        first = found.pop()[0] if redacted or (found and found[-1][1] == start) else start
        found.append((first, end))
    return found


def labelled(table: Path, reading: str) -> Iterator[Labelled]:
    known = cables(table)
    for row in rows(table):
        cable = known[row["reference_id"]]
        spans = as_labelled(cable, int(row["paragraph"]) - 1)
        letters = row[reading]
        assert len(spans) == len(letters), f"label {row['reference_id']} {row['paragraph']} anew"
        found = voices(cable.body.text)
        for span, letter in zip(spans, letters, strict=True):
            yield Labelled(letter, *_spoken(found, span))


def _spoken(found: Voices, span: Span) -> tuple[bool, bool]:
    return _mostly(span, [each.span for each in found.comments]), _mostly(span, list(found.said))


def _mostly(span: Span, others: list[Span]) -> bool:
    covered = sum(max(0, min(span[1], end) - max(span[0], start)) for start, end in others)
    return covered * 2 >= span[1] - span[0]


def precision_and_recall(pairs: list[tuple[bool, bool]]) -> tuple[float, float]:
    right = sum(found and wanted for found, wanted in pairs)
    return right / sum(found for found, _ in pairs), right / sum(wanted for _, wanted in pairs)


@pytest.mark.shared
@pytest.mark.parametrize(
    ("table", "reading", "whose"),
    [
        (TWO_READERS, "a", "first reader"),
        (TWO_READERS, "b", "second reader"),
        (LABELS, "a", "author of the rules"),
    ],
)
def test_the_rules_are_as_good_as_the_note_says(table: Path, reading: str, whose: str) -> None:
    every = list(labelled(table, reading))
    comment = precision_and_recall([(each.comment, each.letter in COMMENTS) for each in every])
    said = precision_and_recall([(each.said, each.letter in SPEECH) for each in every])
    assert comment[0] >= 0.95
    assert comment[1] >= 0.85
    assert said[0] >= 0.85
    assert said[1] >= 0.7
    for what, letters, (precision, recall) in (
        ("comments", COMMENTS, comment),
        ("reported sentences", SPEECH, said),
    ):
        found = (f"{kappa(table, letters):.2f}", f"{precision:.2f}", f"{recall:.2f}")
        assert row_of_the_note(f"{what}, {whose}", 3) == found
