"""An archive of fiction with sources, comments, nested terms, a request and a cable that orders."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

import cable_tui as ct
from cable_tui.tools.assistants.masks import Masks
from cable_tui.tools.assistants.questions import Questions
from tests.archive.fiction import archive_of
from tests.tools.assistants.fiction import CABLES

Asked = list[tuple[str, int, bool]]


@pytest.fixture(scope="session")
def harbor(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with `cables` and `cache`."""
    folder = tmp_path_factory.mktemp("harbor")
    archive_of(folder, *CABLES, echoes=True).close()
    return folder


@pytest.fixture
def opened(harbor: Path) -> Iterator[ct.Archive]:
    with closing(ct.open(harbor / "cables", cache=harbor / "cache")) as archive:
        yield archive


@pytest.fixture
def asked() -> Asked:
    """The queries that were told of."""
    return []


@pytest.fixture
def questions(opened: ct.Archive, asked: Asked) -> Questions:
    def told(query: str, count: int, partial: bool) -> None:
        asked.append((query, count, partial))

    return Questions(opened, Masks(opened, unmasked=False), told)
