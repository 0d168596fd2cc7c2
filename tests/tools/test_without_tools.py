"""Each tool can be deleted: the core works without it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from cable_tui import demo
from cable_tui.base.tools import tools


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(sys, "getdlopenflags"), reason="a process cannot be forked")
def test_the_core_works_without_each_tool(tmp_path: Path) -> None:
    demo.write(tmp_path / "demo")
    # One year: forty cables take each process longer to index than all else but the room.
    cables = tmp_path / "demo" / "cable" / "2004"
    names = [*(tool.name for tool in tools()), "all"]
    done = subprocess.run(
        [sys.executable, "-m", "tests.tools.without_tools", str(cables), str(tmp_path), *names],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
