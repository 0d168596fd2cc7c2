"""Names that many cables of an archive give without a plea."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cable_tui.archive.archive import Archive
from cable_tui.archive.fulltext import schema
from cable_tui.archive.search.common_names import LEAST, CommonNames
from tests.archive.fiction import Fiction, opened, write_page

OFTEN = [
    Fiction(f"08RABAT{at}", "2008-01-02 10:00", text="1. President Casimir Marlo met Mr. García.")
    for at in range(1, LEAST + 1)
]
ONCE = [
    Fiction("09RABAT1", "2009-01-02 10:00", text="1. Mr. Marlo and Manuel García (protect) met."),
    *(
        Fiction(f"09ZENDA{at}", "2009-01-02 10:00", text="1. Ada Pelham (strictly protect) spoke.")
        for at in range(1, LEAST + 5)
    ),
    *(
        Fiction(f"09AMBER{at}", "2009-01-02 10:00", text="1. Bo Rask came.")
        for at in range(1, LEAST)
    ),
]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    folder = tmp_path_factory.mktemp("common")
    for cable in (*OFTEN, *ONCE):
        write_page(folder / "pages", cable)
    archive = opened(folder / "pages", folder / "cache")
    yield archive
    archive.close()


@pytest.mark.parametrize(
    ("name", "common"),
    [
        ("Casimir Marlo", True),
        ("CASIMIR\nMARLO", True),
        ("Marlo", True),
        ("Garcia", True),  # a surname that several have
        ("Manuel García", False),
        ("Ada Pelham", False),  # each of its cables asks to protect somebody
        ("Bo Rask", False),  # one cable too few
        ("Nobody", False),
        ("", False),
        ("--", False),
    ],
)
def test_a_name_is_common_that_twenty_cables_give_without_a_plea(
    archive: Archive, name: str, *, common: bool
) -> None:
    assert CommonNames(archive)(name) is common


def test_without_a_text_index_no_name_is_common(archive: Archive, tmp_path: Path) -> None:
    copy = opened(archive.root, tmp_path / "cache")
    (copy.folder / schema.FOLDER).rename(tmp_path / "gone")
    assert not CommonNames(copy)("Casimir Marlo")
    copy.close()
