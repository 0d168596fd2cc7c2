"""Files: names on the disk, files open elsewhere, locks, flushing to the disk."""

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
"""Seconds between two tries at a file that another program has open."""
_JUNCTION = 0xA0000003
"""The tag of a folder of Windows that is a link to another one: `IO_REPARSE_TAG_MOUNT_POINT`."""
_FULL_SYNC = 51
"""The command `F_FULLFSYNC` of macOS."""
_CLOSED_PIPE = 22
"""The error number `EINVAL`, used instead of `EPIPE`."""
_REFUSALS = {
    *(errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, errno.EDQUOT, errno.EMFILE),
    *(errno.ENFILE, errno.ENOMEM, errno.EAGAIN, errno.EWOULDBLOCK, errno.EBUSY),
}
_REFUSALS_OF_WINDOWS = {4, 5, 8, 14, 19, 32, 33, 39, 112, 1295}
"""The same by numbers of Windows: `ERROR_TOO_MANY_OPEN_FILES` to `ERROR_DISK_QUOTA_EXCEEDED`."""
_PAUSE = 0.05
"""Seconds between two checks of a lock that another process holds."""


def open_regular(path: bytes) -> int:
    """Return a descriptor to read a regular file.

    Raises `OSError`, also if it is not a regular file.

    Links are not followed, and a FIFO is not waited for. From a slow disk it blocks, as files do.
    """
    return _opened(path, _READING | _NOFOLLOW, lambda info: stat.S_ISREG(info.st_mode))


def _opened(path: bytes, flags: int, may_be_read: Callable[[os.stat_result], bool]) -> int:
    descriptor = os.open(on_disk(path), flags)
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


def _has_an_end(info: os.stat_result) -> bool:
    """Return whether it is a regular file, or the null device, which means: no file."""
    if stat.S_ISCHR(info.st_mode):
        return info.st_rdev == Path(os.devnull).stat().st_rdev
    return stat.S_ISREG(info.st_mode)


def opened(file: Path) -> BinaryIO:
    """Return a file of the user's own to be read; a link is followed. Raises `OSError`.

    FIFOs are not waited for, and devices, which may have no end, are not read.
    """
    return os.fdopen(_opened(os.fsencode(file), _READING, _has_an_end), "rb")


def read_small(file: Path, most: int) -> bytes:
    """Return the content of a file of at most this many bytes, opened as above.

    Raises `OSError`.
    """
    with opened(file) as stream:
        content = stream.read(most + 1)
    if len(content) > most:
        size = f"{most >> 20} MiB" if most >> 20 else f"{most >> 10} KiB"
        raise OSError(errno.EFBIG, f"larger than {size}", str(file))
    return content


def typed_path(text: str) -> Path:
    r"""Return the path that a reader typed, pasted or dropped on the terminal; `~` is the home.

    Terminals write a dropped path for their shell: in quotes, with `\ ` for a space, or as a
    `file:` address. That is removed unless a file has exactly this name.
    """
    path = Path(text.strip()).expanduser()
    if os.path.lexists(path):
        return path
    if text.strip().startswith("file://"):
        from urllib.parse import unquote  # for what is seldom typed

        _, _, address = unquote(text.strip().removeprefix("file://")).partition("/")
        return Path(address if is_windows() else f"/{address}")
    import shlex  # likewise

    try:
        words = shlex.split(text, posix=not is_windows())
    except ValueError:  # a quote that is not closed
        return path
    return Path(words[0].strip("\"'")).expanduser() if len(words) == 1 else path


def on_disk(path: bytes) -> bytes:
    r"""Return a path that the system accepts, however long it is and whatever its names are.

    Windows takes paths of up to 259 characters, cuts dots and blanks off the ends of names, and
    opens a device for `NUL` and `aux.txt`: none of that if a path begins with `\\?\`. Elsewhere
    it is the same path.
    """
    return os.fsencode(extended(os.fsdecode(path))) if is_windows() else path


def extended(path: str) -> str:
    r"""Return an absolute path of Windows as `\\?\C:\...` or `\\?\UNC\server\...`.

    Others are unchanged.
    """
    windows_path = path.replace("/", "\\")
    if windows_path.startswith(("\\\\?\\", "\\\\.\\")):
        return windows_path
    if windows_path.startswith("\\\\"):
        return f"\\\\?\\UNC{windows_path[1:]}"
    return f"\\\\?\\{windows_path}" if windows_path[1:3] == ":\\" else path


def is_junction(entry: os.DirEntry[bytes]) -> bool:
    """Return whether a folder in a listing is a junction of Windows, a link in disguise."""
    if not is_windows():
        return False
    return getattr(entry.stat(follow_symlinks=False), "st_reparse_tag", 0) == _JUNCTION


def name_of(stored: bytes) -> str:
    """Return the name in an archive of files, whatever its bytes are.

    `os.fsencode` gives them back.

    On Windows `os.fsdecode` refuses bytes that are not UTF-8.
    """
    return stored.decode(sys.getfilesystemencoding(), "surrogateescape")


def true_path(path: Path) -> Path:
    """Return the real path, with names as on the disk: one for each folder, in whatever spelling.

    macOS takes `~/cables` for `~/Cables`, and one form of an accent for the other; so do some disks
    of Linux. Windows tells the names itself.
    """
    real_path = path.resolve()
    if is_windows():
        return real_path
    true_name = real_path.anchor
    for name in real_path.parts[1:]:
        true_name = os.path.join(true_name, _stored_name(true_name, name))  # noqa: PTH118 - many are looked at
    return Path(true_name)


def _stored_name(folder: str, name: str) -> str:
    """Return the stored name of a file in a folder; the given name if it is not found."""
    if not any(_is_same(folder, name, spelling) for spelling in _spellings(name)):
        return name
    try:
        names = os.listdir(folder)  # noqa: PTH208 - names are enough
    except OSError:
        return name
    if name in names:
        return name
    return next(
        (stored_name for stored_name in names if _folded(stored_name) == _folded(name)), name
    )


def _spellings(name: str) -> set[str]:
    """Return other spellings of a name, for disks that treat them as the same."""
    spellings = {name.swapcase()}
    if not name.isascii():
        from unicodedata import normalize

        spellings |= {normalize("NFC", name), normalize("NFD", name)}
    return spellings - {name}


def identity(info: os.stat_result) -> tuple[int, int]:
    """Return a key of a file that stays the same when the file is written.

    On some network shares of Windows all files have the number 0. There the time when a file was
    made takes its place: Windows has it as `st_ctime_ns`.
    """
    return info.st_dev, info.st_ino or info.st_ctime_ns


def _folded(name: str) -> str:
    if name.isascii():
        return name.lower()
    from unicodedata import normalize

    return normalize("NFC", name).casefold()


def _is_same(folder: str, name: str, other_name: str) -> bool:
    """Return whether two names in a folder belong to the same file."""
    try:
        # The other one first: it nearly always does not exist.
        file_status = os.stat(f"{folder}/{other_name}")  # noqa: PTH116 - many are looked at
        return identity(file_status) == identity(os.stat(f"{folder}/{name}"))  # noqa: PTH116
    except (OSError, ValueError):
        return False


def patiently(act: Callable[[], Made]) -> Made:
    """Return the result of `act`. Windows: try again while another program has the file open.

    There a file that is open can be neither replaced nor removed, and programs that look for
    viruses open every new one for a moment. It takes two seconds at most. Raises the error of
    `act`.
    """
    for pause in _PAUSES if is_windows() else ():
        try:
            return act()
        except PermissionError:
            time.sleep(pause)
    return act()


def replace(new: Path, file: Path) -> None:
    """Replace a file by a new one, in one step. Raises `OSError`."""
    patiently(lambda: new.replace(file))


def remove(file: Path) -> None:
    """Remove a file; a missing one is not an error. Raises `OSError`."""
    patiently(lambda: file.unlink(missing_ok=True))


def remove_tree(folder: Path) -> None:
    """Remove a folder with all that is in it. Raises `OSError`."""
    import shutil  # it loads every kind of compression

    patiently(lambda: shutil.rmtree(folder))


def remove_closed(folder: Path) -> None:
    """Remove as much of a folder as possible. On Windows files that a program has open stay."""
    import shutil

    try:
        remove_tree(folder)
    except OSError:
        shutil.rmtree(folder, ignore_errors=True)


def can_remove_open() -> bool:
    """Return whether a file can be removed while it is open: not on Windows."""
    return not is_windows()


def still_open(error: OSError) -> str:
    """Return the end of a sentence on a file that could not be replaced or removed, or empty."""
    is_open = is_windows() and isinstance(error, PermissionError)
    return "; it may be open in another program: close that, and try again" if is_open else ""


def is_refusal(number: int) -> bool:
    """Return whether an error number says that the system refused, and nothing of the file.

    A full disk, missing rights, too many open files, a file that is locked. On Windows it is a
    number of Windows, as `winerror`.
    """
    return number in (_REFUSALS_OF_WINDOWS if is_windows() else _REFUSALS)


def flush(stream: IO[bytes]) -> None:
    """Wait until written data are on the disk.

    On macOS `fsync` leaves them in the disk's own memory. Raises `OSError`.
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
    """Wait until the names of new files are on the disk. Windows has no such wait.

    Raises `OSError`.
    """
    if is_windows():
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def is_mine(info: os.stat_result) -> bool:
    """Return whether a file is this user's: always True on Windows, which numbers no owners."""
    return not hasattr(os, "getuid") or info.st_uid == os.getuid()


def user() -> str:
    """Return the number of this user; empty on Windows, where each has its own folders."""
    return str(os.getuid()) if hasattr(os, "getuid") else ""


def give_to_group(file: Path, info: os.stat_result, group: int) -> None:
    """Give a file to a group, if the system has groups. Raises `OSError`."""
    if info.st_gid != group and hasattr(os, "chown"):
        os.chown(file, -1, group)


def has_modes() -> bool:
    """Return whether the mode of a file says who may read it; on Windows its folder's rights do."""
    return not is_windows()


def is_closed_pipe(error: BaseException) -> bool:
    """Return whether writing failed because the reader is gone, as after `| head`.

    Windows has another error for it.
    """
    if isinstance(error, BrokenPipeError):
        return True
    unnamed = isinstance(error, OSError) and error.filename is None
    return unnamed and is_windows() and getattr(error, "errno", 0) == _CLOSED_PIPE


class LockHeldError(OSError):
    """Another process has the lock."""


def take_lock(descriptor: int) -> None:
    """Lock an open file for this process until it is closed, at once.

    Raises `LockHeldError` if another process has it, and another `OSError` if the disk has no
    locks.
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
    """Create a file and hold the lock on it; wait at most `seconds` for another process.

    On a disk without locks nothing is held. Raises `LockHeldError`, and another `OSError` if the
    file cannot be made.
    """
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    end = time.monotonic() + seconds
    try:
        while True:
            try:
                take_lock(descriptor)
            except LockHeldError:
                if time.monotonic() > end:
                    raise
                time.sleep(_PAUSE)
            except OSError:
                break
            else:
                break
        yield
    finally:
        os.close(descriptor)
