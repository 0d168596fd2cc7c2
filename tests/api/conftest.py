"""The archive of the demo, opened by the library."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import cable_tui as ct


@pytest.fixture
def archive(indexed: Path) -> Iterator[ct.Archive]:
    """The demo, which no test changes."""
    with ct.open(indexed / "cables", cache=indexed / "cache") as opened:
        yield opened
