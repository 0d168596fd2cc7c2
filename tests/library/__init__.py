"""A bookmark for tests of libraries."""

from __future__ import annotations

from typing import Any

from cable_tui.library import Mark


def bookmark(number: int, **more: Any) -> Mark:
    return Mark(f"09POST{number}", f"09POST{number}", **more)
