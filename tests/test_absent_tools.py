"""Which tools are absent, by the document that describes them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import absent_tools

pytestmark = pytest.mark.documents


def test_none_is_absent_from_the_checkout() -> None:
    assert absent_tools.absent_tools() == ()


def test_a_tool_that_the_document_has_and_the_table_has_not_is_absent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = absent_tools.DOCUMENT.read_text("utf-8")
    document = tmp_path / "tools.md"
    end = "<!-- tools: end -->"
    document.write_text(
        text.replace(end, f"| `tides` | see when it is high |  |  |\n{end}"), "utf-8"
    )
    monkeypatch.setattr(absent_tools, "DOCUMENT", document)
    absent_tools.absent_tools.cache_clear()
    try:
        assert absent_tools.absent_tools() == ("tides",)
    finally:
        absent_tools.absent_tools.cache_clear()
