"""The hierarchy of errors. Each message gives what failed and the next step.

CableTuiError
├── ArchiveError          the folder of cables cannot be read or contains none    exit 3
│   └── NoCableError      the files of the archive contain no cable               exit 3
├── CacheError            the local cache is locked or unusable                   exit 4
├── LibraryError          bookmarks and notes cannot be read or written           exit 4
├── UsageError            a command, option, query or setting is wrong            exit 2
│   └── NoTerminalError   the reading room needs a terminal and there is none     exit 2
└── NotFoundError         nothing matches the reference or query                  exit 1
"""


class CableTuiError(Exception):
    """An error with a message for the user; the program then ends with `exit_code`."""

    exit_code = 70


class ArchiveError(CableTuiError):
    """The folder of cables is missing or unreadable, or contains no cable."""

    exit_code = 3


class NoCableError(ArchiveError):
    """The files of the archive contain no cable; its cache lists their problems."""


class CacheError(CableTuiError):
    """The local cache is locked by another process, or cannot be read or written."""

    exit_code = 4


class LibraryError(CableTuiError):
    """Raised if bookmarks and notes cannot be read or written; nothing was changed."""

    exit_code = 4


class UsageError(CableTuiError):
    """A command line, a query or a setting is invalid."""

    exit_code = 2


class NoTerminalError(UsageError):
    """The reading room was requested, but there is no terminal to draw it on."""


class NotFoundError(CableTuiError):
    """A reference matches no cable, or a number matches no paragraph."""

    exit_code = 1
