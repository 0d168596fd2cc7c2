"""EXIT_STATUSES: the meanings of the exit statuses, from which docs and help are generated."""

from __future__ import annotations

from cable_tui.base import errors

NOT_FOUND = (
    "nothing found: no cable matches the query or name. Also: `check`, `verify` or `doctor` "
    "found a problem, or `forget` or `pick` was cancelled"
)
UNREADABLE = (
    "the archive cannot be read or contains no cables, or a text needed for the answer cannot be "
    "read. "
    "Also: `verify` could not compare the page of a dossier"
)
EXIT_STATUSES = {
    0: "all is well",
    errors.NotFoundError.exit_code: NOT_FOUND,
    errors.UsageError.exit_code: "a command, option, query or setting is wrong",
    errors.ArchiveError.exit_code: UNREADABLE,
    errors.CacheError.exit_code: (
        "the cache or the bookmarks cannot be used, the disk is full, or a sync is incomplete"
    ),
    errors.CableTuiError.exit_code: "an internal error, with a line in the crash log",
    129: "ended by SIGHUP: the terminal was closed",
    130: "ended by SIGINT: ctrl-c",
    143: "ended by SIGTERM",
}
"""The meaning of each exit status."""
