"""The target that a reader has named."""

from __future__ import annotations

from cable_tui.sync.target import Target, TargetError

_POSTGRES = ("postgresql:", "postgres:")
"""How a target begins that is a server; all others are folders."""


def open_target(text: str) -> Target:
    """The target that a reader has named, not yet looked at. Raises `TargetError`."""
    if text.startswith(_POSTGRES):
        raise TargetError("a server as a target comes with the next version")

    from cable_tui.sync.folder import FolderTarget

    return FolderTarget(text)
