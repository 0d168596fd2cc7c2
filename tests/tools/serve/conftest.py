"""The demo to be served, and beside it the program's own folders."""

from __future__ import annotations

from pathlib import Path

import pytest

from cable_tui import demo


@pytest.fixture(scope="session")
def served_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Forty fictional cables in `cables`."""
    place = tmp_path_factory.mktemp("served")
    demo.write(place / "cables")
    return place
