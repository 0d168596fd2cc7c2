"""`cable-tui demo`: the reading room on a small fictional archive."""

from __future__ import annotations

import argparse

from cable_tui import demo
from cable_tui.cli.context import Context
from cable_tui.cli.open import enter, need_terminal
from cable_tui.errors import CacheError
from cable_tui.settings import private_folder


def configure(_parser: argparse.ArgumentParser) -> None:
    """It has no options of its own."""


def run(context: Context) -> int:
    """Write the archive's pages beside the caches and open the room on them."""
    need_terminal(context)
    folder = context.paths.cache / "demo"
    try:
        demo.write(private_folder(folder))
    except OSError as error:
        raise CacheError(f"{folder}: the demo cannot be written: {error.strerror}") from error
    return enter(context, folder)
