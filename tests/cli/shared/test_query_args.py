"""What tools are told of the answered queries of commands."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.fictional_tool import PLUG, add_tool


def test_a_tool_is_told_of_each_answered_query(
    run: Run, demo_archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[str, str, int]] = []

    def look(_context: object, _archive: object, way: str, hits: object) -> None:
        told.append((way, str(getattr(hits, "query", "")), getattr(hits, "count", 0)))

    add_tool(monkeypatch, "cli.shared.query_args", look, searched=(PLUG,))
    found = run("search", demo_archive, "lobster")
    assert told == [("search", "lobster", len(found.lines))]
