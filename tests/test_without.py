"""`scripts/without.py`: tools are removed with their tests, rows, and what needs them."""

from __future__ import annotations

import importlib.util
import subprocess
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[1]
TABLE = """\
\"\"\"TOOLS, for a test.\"\"\"

from cable_tui.base.tools import CommandRow, MenuLine, ReportRow, Tool

TOOLS: tuple[Tool, ...] = (
    Tool(
        "tides",
        "see when it was high",
        reports=(ReportRow("tides", "", "", (MenuLine("t", "tides"),), position=1),),
    ),
    Tool("harbours", "see which are deep", needs=("tides",)),
    Tool("lamps", "see which burn", uses=("tides",), commands=(CommandRow("lamps", "", ""),)),
)
"""


def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("without", ROOT / "scripts" / "without.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Three tools, with their tests, in git."""
    for name in ("tides", "harbours", "lamps"):
        for top in ("cable_tui", "tests", "benchmarks"):
            folder = tmp_path / top / "tools" / name
            folder.mkdir(parents=True)
            (folder / "__init__.py").write_text("")
    (tmp_path / "cable_tui" / "tools" / "table.py").write_text(TABLE)
    for words in ("init -q", "add .", "-c user.name=a -c user.email=a@b commit -qm first"):
        subprocess.run(["git", *words.split()], cwd=tmp_path, check=True)
    return tmp_path


def tools_of(checkout: Path) -> set[str]:
    return {folder.name for folder in checkout.glob("*/tools/*") if folder.is_dir()}


def test_a_tool_goes_with_its_tests_and_its_row(checkout: Path) -> None:
    assert script().remove(checkout, ["lamps"]) == ["lamps"]
    assert tools_of(checkout) == {"tides", "harbours"}
    table = (checkout / "cable_tui" / "tools" / "table.py").read_text()
    assert '"lamps"' not in table
    assert "import MenuLine, ReportRow, Tool\n" in table


def test_what_needs_a_tool_goes_with_it_and_what_uses_it_stays(checkout: Path) -> None:
    assert script().remove(checkout, ["tides"]) == ["harbours", "tides"]
    assert tools_of(checkout) == {"lamps"}


def test_without_any_tool_the_table_is_empty(checkout: Path) -> None:
    script().remove(checkout, ["tides", "lamps"])
    table = (checkout / "cable_tui" / "tools" / "table.py").read_text()
    assert "import Tool\n" in table
    assert "TOOLS: tuple[Tool, ...] = ()\n" in table


def test_an_unknown_tool_is_named_and_nothing_is_removed(checkout: Path) -> None:
    with pytest.raises(SystemExit, match="winds: no such tool; there are tides, harbours, lamps"):
        script().remove(checkout, ["tides", "winds"])
    assert tools_of(checkout) == {"tides", "harbours", "lamps"}


def test_what_git_could_not_bring_back_is_not_removed(checkout: Path) -> None:
    own = checkout / "cable_tui" / "tools" / "lamps" / "mine.py"
    own.write_text("")
    with pytest.raises(SystemExit, match=r"lamps/mine\.py: has changes that are not committed"):
        script().remove(checkout, ["lamps"])
    assert own.exists()
