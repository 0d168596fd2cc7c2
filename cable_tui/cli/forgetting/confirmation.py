"""The question before something goes that cannot be brought back."""

from __future__ import annotations

import sys

from cable_tui.cli.context import Context, say
from cable_tui.errors import UsageError


def confirmed(context: Context, question: str) -> bool:
    """Whether the reader says yes. Raises `UsageError` where nobody can be asked."""
    if context.options.yes:
        return True
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise UsageError("this cannot be undone, and nobody is there to be asked: add --yes")
    say(f"{question}\nThis cannot be undone.")
    sys.stderr.write("Remove? [y/N] ")
    sys.stderr.flush()
    if sys.stdin.readline().strip().casefold() in ("y", "yes"):
        return True
    say("nothing was removed")
    return False
