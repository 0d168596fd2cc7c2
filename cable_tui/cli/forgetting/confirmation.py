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
    if yes("Remove? [y/N] "):
        return True
    say("nothing was removed")
    return False


def yes(question: str) -> bool:
    """Ask on the terminal; whatever is not a yes is a no."""
    sys.stderr.write(question)
    sys.stderr.flush()
    return sys.stdin.readline().strip().casefold() in ("y", "yes")
