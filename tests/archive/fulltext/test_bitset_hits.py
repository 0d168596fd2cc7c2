"""Hits as the bits of one number."""

from pathlib import Path

import pytest

from cable_tui.archive.fulltext import bitset_hits
from cable_tui.archive.fulltext.document import Document
from cable_tui.archive.fulltext.index import TextIndex
from cable_tui.archive.fulltext.writer import Writer
from cable_tui.query.plan import AnyWord, Not, Plan

HEAP = 16_000_000
LAMPS = {1, 47, 48, 49, 95, 96, 97, 143, 144, 191, 192, 499}
ALL = range(1, 500)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> TextIndex:
    path = tmp_path_factory.mktemp("text")
    writer = Writer(path, HEAP, 1)
    for id_ in ALL:
        writer.add(Document(id_, 2009021314572, "", "", "lamps" if id_ in LAMPS else "mules"))
        if id_ == 200:
            writer.commit(1)
    writer.commit(2)
    writer.close()
    return TextIndex(path)


def _ids(bits: int) -> set[int]:
    return {id_ for id_ in range(bits.bit_length()) if bits >> id_ & 1}


@pytest.mark.parametrize(
    ("plan", "size", "expected"),
    [
        pytest.param(AnyWord(("lamps",)), 500, LAMPS, id="over several blocks and segments"),
        pytest.param(Not(AnyWord(("lamps",))), 500, set(ALL) - LAMPS, id="nearly all"),
        pytest.param(AnyWord(("goats",)), 500, set(), id="none"),
        pytest.param(AnyWord(("lamps",)), 48, {1, 47}, id="ids beyond the size are left out"),
        pytest.param(AnyWord(("lamps",)), 49, {1, 47, 48}, id="up to the size"),
        pytest.param(AnyWord(("lamps",)), 0, set(), id="an empty archive"),
    ],
)
@pytest.mark.parametrize("most", [30_000, 3, 1])
def test_the_bits_of_the_hits_are_set(
    index: TextIndex,
    plan: Plan,
    size: int,
    expected: set[int],
    *,
    most: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bitset_hits, "_MOST", most)
    assert _ids(index.bits(plan, size)) == expected


def test_what_was_deleted_is_not_found(tmp_path: Path) -> None:
    writer = Writer(tmp_path, HEAP, 1)
    for id_ in (7, 8):
        writer.add(Document(id_, 2009021314572, "", "", "lamps"))
    writer.commit(1)
    writer.delete(7)
    writer.commit(2)
    writer.close()
    assert _ids(TextIndex(tmp_path).bits(AnyWord(("lamps",)), 9)) == {8}
