"""A fictional tool, `lamps`, for tests of what a tool may add to the core."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any

import pytest

from cable_tui.base.tools import Tool, tools

PLUG = "lamps:PLUG"
"""The name of what it adds, as in its row."""


def add_tool(
    monkeypatch: pytest.MonkeyPatch, where: str, plug: object = None, **fields: Any
) -> None:
    """Add the tool for the module `where`, which asks `tools()`; `PLUG` is its `plug`."""
    module = ModuleType("cable_tui.tools.lamps")
    vars(module)["PLUG"] = plug
    monkeypatch.setitem(sys.modules, module.__name__, module)
    rows = (*tools(), Tool("lamps", "light the quays", **fields))
    monkeypatch.setattr(f"cable_tui.{where}.tools", lambda: rows)
