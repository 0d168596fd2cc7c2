"""File operations that differ by system: names on disk, open files, locks, flushing to disk."""

from __future__ import annotations

import errno
import os
import stat
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, BinaryIO, TypeVar

from cable_tui.operating_system import is_macos, is_windows, only_here

Made = TypeVar("Made")
_NONBLOCK = getattr(os, "O_NONBLOCK", 0)
_NOFOLLOW = getattr(os, "O_NOFOLLOW", 0)
_READING = os.O_RDONLY | _NONBLOCK | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
_PAUSES = (0.01, 0.02, 0.05, 0.1, 0.2, 0.4, 0.8)
"""The pauses, in seconds, between attempts to change a file that another program has open."""
_JUNCTION = 0xA0000003
"""The tag of a Windows folder that links to another folder: `IO_REPARSE_TAG_MOUNT_POINT`."""
_FULL_SYNC = 51
"""The number of the command `F_FULLFSYNC` on macOS."""
_CLOSED_PIPE = 22
"""The error number `EINVAL`, which Windows reports instead of `EPIPE`."""
_REFUSALS = {
    *(errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, errno.EDQUOT, errno.EMFILE),
    *(errno.ENFILE, errno.ENOMEM, errno.EAGAIN, errno.EWOULDBLOCK, errno.EBUSY),
}
_REFUSALS_OF_WINDOWS = {4, 5, 8, 14, 19, 32, 33, 39, 112, 1295}
"""The corresponding Windows error numbers, from `ERROR_TOO_MANY_OPEN_FILES` to
`ERROR_DISK_QUOTA_EXCEEDED`.
"""
_PAUSE = 0.05
"""The pause, in seconds, between two attempts to take a lock that another process holds."""


def open_regular(path: bytes) -> int:
    """Return a descriptor for reading a regular file.

    Links are not followed, and opening a FIFO does not wait. Reading from a slow disk blocks as
    usual. Raises `OSError`, also if the path is not a regular file.
    """
    return _opened(path, _READING | _NOFOLLOW, lambda info: stat.S_ISREG(info.st_mode))


def _opened(path: bytes, open_flags: int, may_be_read: Callable[[os.stat_result], bool]) -> int:
    descriptor = os.open(on_disk(path), open_flags)
    try:
        if not may_be_read(os.fstat(descriptor)):
            raise OSError(errno.EINVAL, "not a regular file", os.fsdecode(path))
        # Only what was opened without blocking: on Windows the call takes nothing but pipes.
        if _NONBLOCK:
            os.set_blocking(descriptor, True)
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def _has_an_end(file_status: os.stat_result) -> bool:
    """Return whether a file is regular, or is the null device, which represents an empty file."""
    if stat.S_ISCHR(file_status.st_mode):
        return file_status.st_rdev == Path(os.devnull).stat().st_rdev
    return stat.S_ISREG(file_status.st_mode)


def opened(file: Path) -> BinaryIO:
    """Open one of the user's own files for reading, following links. Raises `OSError`.

    Opening a FIFO does not wait, and devices are refused because they may never end.
    """
    return os.fdopen(_opened(os.fsencode(file), _READING, _has_an_end), "rb")


def read_small(file: Path, most: int) -> bytes:
    """Return the content of a file of at most `most` bytes, opened as in `opened`.

    Raises `OSError`.
    """
    with opened(file) as stream:
        content = stream.read(most + 1)
    if len(content) > most:
        size_limit_text = f"{most >> 20} MiB" if most >> 20 else f"{most >> 10} KiB"
        raise OSError(errno.EFBIG, f"larger than {size_limit_text}", str(file))
    return content


def typed_path(text: str) -> Path:
    r"""Return the path that a reader typed, pasted or dropped on the terminal; `~` is the home.

    Terminals quote a dropped path for their shell: in quotation marks, with `\ ` for a space, or as
    a `file:` address. The quoting is removed unless a file has exactly the name as typed.
    """
    plain_path = Path(text.strip()).expanduser()
    if os.path.lexists(plain_path):
        return plain_path
    if text.strip().startswith("file://"):
        from urllib.parse import unquote  # for what is seldom typed

        _, _, url_path = unquote(text.strip().removeprefix("file://")).partition("/")
        return Path(url_path if is_windows() else f"/{url_path}")
    import shlex  # likewise

    try:
        shell_words = shlex.split(text, posix=not is_windows())
    except ValueError:  # a quote that is not closed
        return plain_path
    return Path(shell_words[0].strip("\"'")).expanduser() if len(shell_words) == 1 else plain_path


def on_disk(path: bytes) -> bytes:
    r"""Return a form of a path that the system accepts, whatever its length and its names.

    Windows limits paths to 259 characters, strips dots and spaces from the ends of names, and opens
    a device for `NUL` and `aux.txt`, unless the path begins with `\\?\`. On other systems the path
    is returned unchanged.
    """
    return os.fsencode(extended(os.fsdecode(path))) if is_windows() else path


def extended(path: str) -> str:
    r"""Return an absolute Windows path in the form `\\?\C:\...` or `\\?\UNC\server\...`.

    Other paths are returned unchanged.
    """
    windows_path = path.replace("/", "\\")
    if windows_path.startswith(("\\\\?\\", "\\\\.\\")):
        return windows_path
    if windows_path.startswith("\\\\"):
        return f"\\\\?\\UNC{windows_path[1:]}"
    return f"\\\\?\\{windows_path}" if windows_path[1:3] == ":\\" else path


def is_junction(entry: os.DirEntry[bytes]) -> bool:
    """Return whether an entry in a listing is a Windows junction, which links to another folder."""
    if not is_windows():
        return False
    return getattr(entry.stat(follow_symlinks=False), "st_reparse_tag", 0) == _JUNCTION


def name_of(stored: bytes) -> str:
    """Return the name of a file in an archive as text, whatever its bytes are.

    `os.fsencode` turns the name back into the same bytes. `os.fsdecode` would refuse bytes that are
    not UTF-8 on Windows.
    """
    return stored.decode(sys.getfilesystemencoding(), "surrogateescape")


def true_path(path: Path) -> Path:
    """Return the real path with the names as stored on disk, so that every folder has one spelling.

    macOS and some Linux disks accept `~/cables` for `~/Cables`, and composed accents for decomposed
    ones. On Windows `Path.resolve` itself returns the stored names.
    """
    real_path = path.resolve()
    if is_windows():
        return real_path
    stored_path = real_path.anchor
    for folder_name in real_path.parts[1:]:
        stored_path = os.path.join(stored_path, _stored_name(stored_path, folder_name))  # noqa: PTH118 - many are looked at
    return Path(stored_path)


def _stored_name(folder: str, name: str) -> str:
    """Return the name of a file as its folder stores it, or the given name if it is missing."""
    if not any(_is_same(folder, name, spelling) for spelling in _spellings(name)):
        return name
    try:
        stored_names = os.listdir(folder)  # noqa: PTH208 - names are enough
    except OSError:
        return name
    if name in stored_names:
        return name
    return next(
        (stored_name for stored_name in stored_names if _folded(stored_name) == _folded(name)), name
    )


def _spellings(name: str) -> set[str]:
    """Return other spellings of a name that some disks treat as the same name."""
    other_spellings = {name.swapcase()}
    if not name.isascii():
        from unicodedata import normalize

        other_spellings |= {normalize("NFC", name), normalize("NFD", name)}
    return other_spellings - {name}


def identity(file_status: os.stat_result) -> tuple[int, int]:
    """Return a key for a file that does not change when the file is written.

    On some network shares on Windows all files have the number 0. There the creation time replaces
    the number; Windows stores it in `st_ctime_ns`.
    """
    return file_status.st_dev, file_status.st_ino or file_status.st_ctime_ns


def version(file_status: os.stat_result) -> tuple[int, ...]:
    """Return a key that differs between files and changes when a file is written.

    The first number is the size of the file in bytes.
    """
    return file_status.st_size, file_status.st_mtime_ns, *identity(file_status)


def version_of(path: Path) -> tuple[int, ...] | None:
    """Return the `version` of the file at a path, or None if there is no such file."""
    try:
        return version(path.stat())
    except OSError:
        return None


def _folded(file_name: str) -> str:
    if file_name.isascii():
        return file_name.lower()
    from unicodedata import normalize

    return normalize("NFC", file_name).casefold()


def _is_same(folder: str, name: str, other_name: str) -> bool:
    """Return whether two names in a folder refer to the same file."""
    try:
        # The other one first: it nearly always does not exist.
        file_status = os.stat(f"{folder}/{other_name}")  # noqa: PTH116 - many are looked at
        return identity(file_status) == identity(os.stat(f"{folder}/{name}"))  # noqa: PTH116
    except (OSError, ValueError):
        return False


def patiently(operation: Callable[[], Made]) -> Made:
    """Return the result of `operation`. On Windows, retry while another program has the file open.

    Windows can neither replace nor remove an open file, and virus scanners open every new file for
    a moment. The retries take at most two seconds. Raises the error of `operation`.
    """
    for pause in _PAUSES if is_windows() else ():
        try:
            return operation()
        except PermissionError:
            time.sleep(pause)
    return operation()


def replace(new: Path, file: Path) -> None:
    """Replace a file with a new one in a single step. Raises `OSError`."""
    patiently(lambda: new.replace(file))


def remove(file: Path) -> None:
    """Remove a file; a missing file is not an error. Raises `OSError`."""
    patiently(lambda: file.unlink(missing_ok=True))


def remove_tree(folder: Path) -> None:
    """Remove a folder and everything in it. Raises `OSError`."""
    import shutil  # it loads every kind of compression

    patiently(lambda: shutil.rmtree(folder))


def remove_closed(folder: Path) -> None:
    """Remove as much of a folder as possible. On Windows, files that a program has open remain."""
    import shutil

    try:
        remove_tree(folder)
    except OSError:
        shutil.rmtree(folder, ignore_errors=True)


def can_remove_open() -> bool:
    """Return whether the system can remove a file while it is open; Windows cannot."""
    return not is_windows()


def still_open(error: OSError) -> str:
    """Return a sentence ending about a file that could not be replaced or removed.

    Return an empty string if it is not open in another program.
    """
    is_open = is_windows() and isinstance(error, PermissionError)
    return "; it may be open in another program: close that, and try again" if is_open else ""


def is_refusal(error_number: int) -> bool:
    """Return whether an error number means that the system refused, whatever the file contains.

    Examples are a full disk, missing permissions, too many open files and a locked file. On Windows
    the number is a `winerror`.
    """
    return error_number in (_REFUSALS_OF_WINDOWS if is_windows() else _REFUSALS)


def flush(stream: IO[bytes]) -> None:
    """Wait until the data written to a stream are on disk. Raises `OSError`.

    On macOS `fsync` alone leaves the data in the disk's cache.
    """
    stream.flush()
    if is_macos():
        fcntl = only_here("fcntl")
        try:
            fcntl.fcntl(stream.fileno(), _FULL_SYNC)
        except OSError:  # a disk of the network does not know it
            pass
        else:
            return
    os.fsync(stream.fileno())


def flush_folder(folder: Path) -> None:
    """Wait until the names of new files are on disk. Raises `OSError`.

    Do nothing on Windows, which has no such call.
    """
    if is_windows():
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def is_mine(file_status: os.stat_result) -> bool:
    """Return whether this user owns a file. Always True on Windows, which has no owner numbers."""
    return not hasattr(os, "getuid") or file_status.st_uid == os.getuid()


def user() -> str:
    """Return this user's number, or an empty string on Windows, where folders are per user."""
    return str(os.getuid()) if hasattr(os, "getuid") else ""


def give_to_group(file: Path, info: os.stat_result, group: int) -> None:
    """Give a file to a group, if the system has groups. Raises `OSError`."""
    if info.st_gid != group and hasattr(os, "chown"):
        os.chown(file, -1, group)


def has_modes() -> bool:
    """Return whether a file's mode limits who may read it. On Windows, its folder's rights do."""
    return not is_windows()


def is_closed_pipe(error: BaseException) -> bool:
    """Return whether a write failed because the reading program has ended, as after `| head`.

    Windows reports this with another error.
    """
    if isinstance(error, BrokenPipeError):
        return True
    has_no_filename = isinstance(error, OSError) and error.filename is None
    return has_no_filename and is_windows() and getattr(error, "errno", 0) == _CLOSED_PIPE


class LockHeldError(OSError):
    """Raised if another process holds the lock."""


def take_lock(descriptor: int) -> None:
    """Lock an open file for this process until it is closed, without waiting.

    Raises `LockHeldError` if another process holds the lock, and another `OSError` if the disk does
    not support locks.
    """
    try:
        if is_windows():
            msvcrt = only_here("msvcrt")
            # The first byte, which nobody reads or writes: such locks keep others from both. They
            # begin at the current position in the file.
            os.lseek(descriptor, 0, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            fcntl = only_here("fcntl")
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError) as error:
        raise LockHeldError(*error.args) from error


@contextmanager
def lock_alone(file: Path, seconds: float) -> Iterator[None]:
    """Create a file and hold a lock on it; wait at most `seconds` for another process.

    On a disk that does not support locks, continue without one. Raises `LockHeldError`, and another
    `OSError` if the file cannot be created.
    """
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    deadline = time.monotonic() + seconds
    try:
        while True:
            try:
                take_lock(descriptor)
            except LockHeldError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(_PAUSE)
            except OSError:
                break
            else:
                break
        yield
    finally:
        os.close(descriptor)
