"""The index of sentences: an entry is one of a kind; the answer is cables."""

from __future__ import annotations

from pathlib import Path

import pytest

from cable_tui.archive.fulltext import sentence_index
from cable_tui.archive.fulltext.schema import TextIndexError
from cable_tui.archive.fulltext.sentence_index import SentenceIndex
from cable_tui.base.tools import Tool
from cable_tui.query.plan import And, AnyWord, Or, Plan, WordPrefix

CABLES = {
    7: (["Gull said that lamps are dear.", "He told us of lamps."], []),
    8: (["Tern said no."], ["Lamps are old.", "No pier is."]),
}


@pytest.fixture(autouse=True)
def fields(monkeypatch: pytest.MonkeyPatch) -> None:
    """The index has the fields of one tool."""
    tool = Tool("speech", "tell speeches", sentence_fields=("told", "aside"))
    monkeypatch.setattr(sentence_index, "tools", lambda: (tool,))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    writer = sentence_index.writer(tmp_path / "voices")
    for id_, (said, comments) in CABLES.items():
        for entry in sentence_index.entries(id_, (said, comments)):
            writer.put(entry)
    writer.commit(3)
    writer.close()
    return tmp_path / "voices"


def word(text: str, field: str = "told") -> Plan:
    return AnyWord((text,), field)


@pytest.mark.parametrize(
    ("plan", "expected"),
    [
        (word("lamps"), [7]),
        (word("lamps", "aside"), [8]),
        (word("said"), [7, 8]),
        (WordPrefix("te", "told"), [8]),
        (And((word("gull"), word("dear"))), [7]),
        (And((word("gull"), word("us"))), []),
        (And((word("old", "aside"), word("pier", "aside"))), []),
        (Or(), []),
    ],
)
def test_words_of_one_sentence_find_its_cable_once(
    path: Path, plan: Plan, expected: list[int]
) -> None:
    assert sorted(SentenceIndex(path).ids(plan).every) == expected


def test_a_cable_that_is_deleted_is_not_found(path: Path) -> None:
    writer = sentence_index.writer(path)
    writer.delete(7)
    writer.commit(4)
    writer.close()
    index = SentenceIndex(path)
    assert index.generation == 4
    assert list(index.ids(word("said")).every) == [8]


def test_where_there_is_none_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(TextIndexError):
        SentenceIndex(tmp_path)
