"""The index of an archive: the error if there is none, and the process that builds it."""

from __future__ import annotations

from pathlib import Path

from cable_tui.base.errors import ArchiveError, CableTuiError, CacheError

_ERRORS = {kind.exit_code: kind for kind in (CacheError, ArchiveError)}


class NotIndexed(CacheError):  # noqa: N818 - a name that a notebook shows well
    """Raised if the archive has no cache yet; the message contains the command that makes one."""


def run_indexer(path: Path, cache: Path, config: Path) -> None:
    """Update a cache in another process, and wait for it to end. Raises `CableTuiError`."""
    from cable_tui.background.start_indexer import indexer_command, spawn_quietly

    with spawn_quietly(indexer_command(path, cache, config)) as process:
        try:
            for _ in process.stdout or ():
                pass  # a line for each step
            told = process.stderr.read() if process.stderr else ""
        except BaseException:  # ^C in a notebook: what is done stays, as in the shell
            process.terminate()
            raise
    if process.returncode:
        reason = told.strip().removeprefix("cable-tui: ") or f"{path}: indexing failed"
        raise _ERRORS.get(process.returncode, CableTuiError)(reason)
