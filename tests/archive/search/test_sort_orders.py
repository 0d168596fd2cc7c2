"""The orders of an answer besides time and relevance."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from cable_tui.archive.archive import Archive, open_archive
from cable_tui.query import parse
from tests.archive.fiction import Fiction, build_index, opened, write_page
from tests.archive.search.test_filters import CABLES


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    folder = tmp_path_factory.mktemp("orders")
    for cable in CABLES:
        write_page(folder / "pages", cable)
    return opened(folder / "pages", folder / "cache")


ORDERS = [
    ("sort:reference", ["07RABAT5", "08RABAT990", "09CASABLANCA31", "09LISBON2", "09LISBON3",
                        "09MADRID8", "09RABAT27", "09RABAT30"]),
    ("origin:rabat sort:-reference", ["09RABAT30", "09RABAT27", "08RABAT990", "07RABAT5"]),
    ("keepers origin:rabat sort:created", ["07RABAT5", "09RABAT27", "09RABAT30"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), ORDERS, ids=[text for text, _ in ORDERS])
@pytest.mark.parametrize("limit", [None, 2])
def test_the_querys_own_order_counts(
    archive: Archive, text: str, expected: list[str], limit: int | None
) -> None:
    hits = archive.search(parse(text), sort="-created", limit=limit)
    assert [row.reference_id for row in archive.rows(hits.ids)] == expected[:limit]
    assert hits.count == len(expected)


@pytest.mark.parametrize("descending", [False, True])
def test_the_longest_is_at_its_end(archive: Archive, descending: bool) -> None:
    hits = archive.search(parse(f"sort:{'-' if descending else ''}length"))
    lengths = {cable.id: len(cable.body) for cable in CABLES}
    order = [lengths[row.reference_id] for row in archive.rows(hits.ids)]
    assert order == sorted(lengths.values(), reverse=descending)


def test_cables_of_the_old_century_come_first(tmp_path: Path) -> None:
    for id_ in ("09RABAT3", "66RABAT10", "66RABAT9", "00RABAT1"):
        write_page(tmp_path / "pages", Fiction(id_))
    archive = opened(tmp_path / "pages", tmp_path / "cache")
    rows = archive.rows(archive.search(parse("sort:ref")).ids)
    assert [row.reference_id for row in rows] == ["66RABAT9", "66RABAT10", "00RABAT1", "09RABAT3"]


def test_cables_that_the_grammar_has_not_been_to_are_the_shortest(tmp_path: Path) -> None:
    write_page(tmp_path / "pages", Fiction("09RABAT3"))
    build_index(tmp_path / "pages", tmp_path / "cache", passes=("facts", "grammar"))
    write_page(tmp_path / "pages", Fiction("09RABAT4"))
    build_index(tmp_path / "pages", tmp_path / "cache", passes=("facts",))
    with closing(open_archive(tmp_path / "pages", tmp_path / "cache")) as archive:
        rows = archive.rows(archive.search(parse("sort:-length")).ids)
        assert len(rows) == 2
