"""Where every error ends: what is printed, what is logged, and the exit status."""

from __future__ import annotations

import errno
import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from cable_tui.errors import CableTuiError
from cable_tui.operating_system.files import is_closed_pipe

if TYPE_CHECKING:  # `--help` needs no settings
    from cable_tui.settings import Paths

_FULL = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}


def status_of(error: BaseException, paths: Paths | None) -> int:
    """Print what went wrong and return the exit status; a fault of the program is logged.

    Its log goes where `paths` say, once they are known.
    """
    if isinstance(error, CableTuiError):
        _say(str(error))
        return error.exit_code
    if isinstance(error, KeyboardInterrupt):
        return 130
    if is_closed_pipe(error):
        _drop_stdout()
        return 0
    if isinstance(error, OSError) and error.errno in _FULL:
        _drop_stdout()
        _say(f"{error.filename or 'the output'}: the disk is full; the output is not complete")
        return 4
    _say(f"internal error ({type(error).__name__}); this is a fault of cable-tui, not yours")
    _say(_log(error, paths))
    return 70


def _log(error: BaseException, paths: Paths | None) -> str:
    from datetime import UTC, datetime

    from cable_tui.settings import find_paths, log_crash

    file = (paths or find_paths(os.environ)).crash_log
    try:
        log_crash(file, error, datetime.now(UTC).isoformat(timespec="seconds"))
    except OSError as refused:
        return f"its log could not be written: {file}: {refused.strerror}"
    return f"what a report needs, without any cable's text, is in {file}"


def _say(sentence: str) -> None:
    from cable_tui.cli.context import say

    with suppress(OSError):
        say(sentence)


def _drop_stdout() -> None:
    """Point stdout at nothing: Python would try to write what is left when it exits."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
