"""Starts processes of this program, above all the indexer.

It is separate from `indexer_process` because the command line starts the indexer before the first
paint, without waiting for the session to be imported.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from cable_tui.archive.catalogue.newest_rows import first_rows
from cable_tui.operating_system.processes import apart, give_way

NICE = 10
"""The niceness of the indexer; a low priority keeps the reading room responsive."""


def own_command(config: Path | None, *words: str) -> list[str]:
    """Return a command line for this program, with the settings file if it is readable.

    `-P` stops Python importing modules from a folder of cables.
    """
    settings_options = ("--config", str(config)) if config and os.access(config, os.R_OK) else ()
    return [sys.executable, "-P", "-m", "cable_tui", *words, *settings_options]


def indexer_command(path: Path, cache: Path, config: Path | None = None) -> list[str]:
    """Return the indexer's command line; the settings decide which documents are read."""
    return own_command(config, "index", str(path), "--progress", "--cache", str(cache))


def spawn_quietly(argv: list[str]) -> subprocess.Popen[str]:
    """Start a process with a low priority. Raises `OSError`."""
    process = subprocess.Popen(  # noqa: S603 - our own program, no shell
        argv,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        errors="replace",
        start_new_session=True,  # ^C in the terminal is for the reading room
        creationflags=apart(quiet=True),
    )
    give_way(process.pid, NICE)
    return process


def start_indexer_early(
    path: Path, cache: Path, config: Path | None = None
) -> subprocess.Popen[str] | None:
    """Start the indexer early if no cable can be shown before it has read some.

    Returns None if cables can already be shown, or if the process does not start; in that case the
    next start reports the reason.
    """
    first_lines, _ = first_rows(path, cache, 1)
    if first_lines:
        return None
    try:
        return spawn_quietly(indexer_command(path, cache, config))
    except OSError:
        return None
