"""Two readers."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.library.sharing.readers import Reader


@pytest.fixture
def mara(tmp_path: Path) -> Reader:
    return Reader(tmp_path, "mara")


@pytest.fixture
def tom(tmp_path: Path) -> Reader:
    return Reader(tmp_path, "tom")
