"""The target that a reader has named."""

from __future__ import annotations

from cable_tui.sync.target import Target, TargetError

_POSTGRES = ("postgresql:", "postgres:")
"""How a target begins that is a server; what has no `://` is a folder."""


def open_target(text: str) -> Target:
    """The target that a reader has named, not yet looked at. Raises `TargetError`."""
    text = text.strip()
    if text.startswith(_POSTGRES):
        try:
            # psycopg is an extra: for a server alone.
            from cable_tui.sync.postgres import PostgresTarget
        except ImportError as error:
            raise TargetError(
                "a server as a target needs psycopg, which comes with the extra: pip install "
                "'cable-tui[team]' (with pipx: pipx inject cable-tui 'psycopg[binary]')"
            ) from error
        return PostgresTarget(text)

    if "://" in text or "password=" in text:  # which may have a password: it is not repeated
        raise TargetError(
            "a target is a folder, or a server whose address begins with postgresql://"
        )
    from cable_tui.sync.folder import FolderTarget

    return FolderTarget(text)
