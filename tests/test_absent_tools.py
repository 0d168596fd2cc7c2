"""Which test files are left out if a tool was deleted."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import absent_tools


def test_none_is_left_out_while_every_tool_is_there() -> None:
    assert absent_tools.absent() == frozenset()
    assert absent_tools.left_out() == frozenset()


def test_tests_that_import_a_deleted_tool_are_left_out_and_those_of_documents(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(absent_tools, "TESTS", tmp_path / "tests")
    monkeypatch.setattr(absent_tools, "absent", lambda: frozenset({"tides"}))
    absent_tools.left_out.cache_clear()
    files = {
        "test_docs.py": "",
        "test_harbour.py": "from cable_tui.tools.tides import report\n",
        "helper.py": "    from cable_tui.tools import tides, lamps\n",
        "test_lamp.py": "from tests.helper import lit\n",
        "test_wind.py": "from cable_tui.tools.tides_of_others import report\n",
    }
    for name, text in files.items():
        (tmp_path / "tests").mkdir(exist_ok=True)
        (tmp_path / "tests" / name).write_text(text)
    left_out = {file.name for file in absent_tools.left_out()}
    absent_tools.left_out.cache_clear()
    assert left_out == {"test_docs.py", "test_harbour.py", "test_lamp.py"} | (
        absent_tools.OF_DOCUMENTS
    )
