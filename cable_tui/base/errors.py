"""The error tree. Each error names its subject and the next step, and reads well as `str()`.

CableTuiError
├── ArchiveError          the folder of cables cannot be read or holds no cable   exit 3
├── CacheError            the local cache is locked or unusable                   exit 4
├── LibraryError          bookmarks and notes cannot be read or written           exit 4
├── UsageError            a command, option, query or setting is wrong            exit 2
│   └── NoTerminalError   the room needs a terminal and has none                  exit 2
└── NotFoundError         nothing answers to this reference or query              exit 1
"""


class CableTuiError(Exception):
    """A message to the user, after which the program ends with `exit_code`."""

    exit_code = 70


class ArchiveError(CableTuiError):
    """The folder of cables is missing, unreadable, or has no cable."""

    exit_code = 3


class CacheError(CableTuiError):
    """The local cache is locked by another process, or cannot be written or read."""

    exit_code = 4


class LibraryError(CableTuiError):
    """Bookmarks and notes cannot be read or written; nothing was changed."""

    exit_code = 4


class UsageError(CableTuiError):
    """A command line, a query or a setting that cannot be understood."""

    exit_code = 2


class NoTerminalError(UsageError):
    """The reading room was asked for, but there is no terminal to draw it on."""


class NotFoundError(CableTuiError):
    """The reference has no cable, or the number no paragraph."""

    exit_code = 1
