"""A folder as a target: each library adds to its own file and reads the other libraries' files.

The folder may be a network share, or a copy that Syncthing, a cloud or git synchronizes. Because no
library writes another library's file, nothing needs to be merged.
"""

from __future__ import annotations

import errno
import json
import os
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from cable_tui.base.pattern import pattern
from cable_tui.operating_system import files
from cable_tui.tools.sharing import event_file
from cable_tui.tools.sharing.event_file import NOTHING, DamagedLineError, Own
from cable_tui.tools.sharing.events import Event, is_same
from cable_tui.tools.sharing.target import (
    OTHERS,
    STAYS,
    NotAddedError,
    ReadOnlyError,
    TargetError,
    held,
)

SIGN = "cable-tui-sharing.json"
"""The file that identifies the folder, because an empty folder may be a disk that is not mounted.
"""
_LARGEST_SIGN = 1 << 16
FORMAT = "cable-tui sharing"
VERSION = 1
# Copies that Syncthing and clouds make have words of theirs in the middle, and some disks have
# capitals where others do not.
_NAME = pattern(r"(?i)marks-([0-9a-f]{16})(.*)\.jsonl")
_ONLY_READ = (errno.EACCES, errno.EPERM, errno.EROFS)
_LOOK = 1.0
"""The number of seconds between two checks of the folder, which may be remote and have many
readers.
"""


class FolderTarget:
    """A target in a folder; see `Target`."""

    def __init__(self, text: str) -> None:
        self.folder = Path(text).expanduser()
        self.name = str(self.folder)
        self.notices: list[str] = []
        self._own: dict[str, tuple[tuple[int, int], Own]] = {}
        """The content of own files, with their size and time when they were last closed."""
        self._righted: list[str] = []
        """Sentences about own files that were repaired since the last `pull`."""
        self._seen: object = None
        self._look_again = 0.0

    def init(self) -> str:
        """Create the folder and the file that identifies it."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            sign_file = self.folder / SIGN
            if sign_file.exists():
                self._look()
                return f"{self.name} is already a sharing folder; nothing was changed"
            new_file = sign_file.with_name(f".{SIGN}.{os.getpid()}.part")
            sign_value = {"format": FORMAT, "version": VERSION, "note": _NOTE}
            with new_file.open("xb") as stream:
                stream.write(json.dumps(sign_value, indent=1).encode())
                files.flush(stream)
            files.replace(new_file, sign_file)
        except OSError as error:
            raise self._failed(error) from error
        return f"{self.name} is now a sharing folder"

    def last(self, library: str) -> Event | None:
        """Return the event with the highest counter in the library's file, which is read once."""
        return self._looked_at(library).last

    def whole(self, library: str) -> int:
        """Return the counter up to which the library's own file is complete, ignoring copies."""
        return self._looked_at(library).whole

    def _looked_at(self, library: str) -> Own:
        """Read the library's file, and repair it if another program has changed it."""
        self._look()
        file = self._file(library)
        try:
            known_state, own_events = self._own.get(library, ((0, 0), NOTHING))
            if known_state != _size_and_time(file):
                own_events = event_file.look(file, library)
                if not own_events.is_sound or own_events.beyond:
                    own_events = self._put_right(file, library, own_events)
                self._own[library] = _size_and_time(file), own_events
        except FileNotFoundError:
            own_events = NOTHING
            self._own.pop(library, None)
        except OSError as error:
            raise self._failed(error, file) from error
        return own_events

    def _put_right(self, file: Path, library: str, own: Own) -> Own:
        kept = None
        if not own.is_sound:
            with self._adding(file):
                kept = event_file.write_again(file, library)
            own = event_file.look(file, library)
        self._righted.append(
            f"{file}: some of its lines were lost, changed or moved. This library repairs it"
            f"{f'; lines that are not events are in {kept.name}' if kept else ''}. Check the "
            "program that syncs the folder"
        )
        return own

    def push(self, events: Sequence[Event]) -> int:
        """Add events to the library's own file."""
        if not events:
            return 0
        library = events[0].library
        own_events = self._looked_at(library)
        last_event = own_events.last
        if last_event and any(
            event.id == last_event.id and not is_same(event, last_event) for event in events
        ):
            raise TargetError(f"{self.name} {OTHERS}")
        new_events = [
            event
            for event in events
            if event.counter > own_events.whole and event.counter not in own_events.beyond
        ]
        if not new_events:
            return 0
        file = self._file(library)
        with self._adding(file):
            if own_events.beyond:
                event_file.write_again(file, library, new_events)
                own_events = event_file.look(file, library)
            else:
                own_events = event_file.append(file, own_events, new_events)
            self._own[library] = _size_and_time(file), own_events
        return len(new_events)

    @contextmanager
    def _adding(self, file: Path) -> Iterator[None]:
        """Raise write errors as `NotAddedError`, because the folder can still be read."""
        try:
            yield
        except OSError as error:
            if error.errno in _ONLY_READ:
                reason = f"{file}: {error.strerror}: you can only read there. {STAYS}"
                raise ReadOnlyError(reason) from error
            raise NotAddedError(str(self._failed(error, file))) from error

    def pull(self, since: Mapping[str, int]) -> Iterator[Event]:
        """Yield each library's events, from its file and from copies of it."""
        self.notices, self._righted = self._righted, []
        self._look()
        self._seen = self._state()
        for library, paths in self._libraries().items():
            counter, faults = since.get(library, 0), []
            for file in paths:
                try:
                    for event in event_file.read(file, library, counter):
                        counter = event.counter
                        yield event
                except DamagedLineError as error:
                    faults.append((counter, file, str(error)))
                except OSError as error:
                    faults.append((counter, file, error.strerror or str(error)))
            # A copy may have had what another one lacks.
            for after, file, why in faults:
                if after >= counter:
                    self.notices.append(
                        f"{file}: after event {after:,}: {why}. Later events must wait: the next "
                        "sync of the machine that writes this file repairs it"
                    )

    def wait(self, seconds: float) -> bool:
        """Check the files' names, sizes and times once a second until they change."""
        end = time.monotonic() + seconds
        while True:
            time_now = time.monotonic()
            if time_now >= self._look_again:
                self._look_again = time_now + _LOOK
                if self._state() != self._seen:
                    return True
            if time_now >= end:
                return False
            time.sleep(min(end - time_now, max(self._look_again - time_now, 0)))

    def check(self) -> str:
        """Read all files completely."""
        libraries: set[str] = set()
        event_count = 0
        for event in self.pull({}):
            libraries.add(event.library)
            event_count += 1
        return f"{self.name}: {held(event_count, len(libraries))}"

    def close(self) -> None:
        """Forget what was read, because it may change before the next use. No file stays open."""
        self._own.clear()
        self._seen = None

    def _file(self, library: str) -> Path:
        return self.folder / f"marks-{library}.jsonl"

    def _look(self) -> None:
        """Check that the folder exists and is a sharing folder. Raises `TargetError`."""
        try:
            sign = os.fsencode(self.folder / SIGN)
            with os.fdopen(files.open_regular(sign), "rb") as stream:
                content = json.loads(stream.read(_LARGEST_SIGN))
            version = content["version"] if content["format"] == FORMAT else None
        except OSError as error:
            raise self._failed(error) from error
        except (ValueError, KeyError, TypeError, RecursionError):
            version = None
        if version != VERSION:
            is_newer = isinstance(version, int) and version > VERSION
            reason = "was made by a newer cable-tui" if is_newer else "has changed"
            raise TargetError(
                f"{self.folder / SIGN} {reason}; nothing was read or written. {_WAITS}"
            )

    def _libraries(self) -> dict[str, list[Path]]:
        """Return the files by library, its own file before copies of it."""
        by_library: defaultdict[str, list[Path]] = defaultdict(list)
        try:
            names = [file.name for file in self.folder.iterdir()]
        except OSError as error:
            raise self._failed(error) from error
        # The file itself is named shortest, and in small letters.
        for name in sorted(names, key=lambda name: (len(name), name.swapcase())):
            if match := _NAME.fullmatch(name):
                by_library[match[1].lower()].append(self.folder / name)
        return by_library

    def _state(self) -> object:
        """Return a value that changes whenever a file changes."""
        try:
            with os.scandir(self.folder) as entries:
                kinds = [
                    (entry.name, entry.stat(follow_symlinks=False))
                    for entry in entries
                    if _NAME.fullmatch(entry.name)
                ]
        except OSError as error:
            raise self._failed(error) from error
        return sorted(
            (name, file_status.st_size, file_status.st_mtime_ns) for name, file_status in kinds
        )

    def _failed(self, error: OSError, file: Path | None = None) -> TargetError:
        if file is None and isinstance(error, FileNotFoundError):
            return TargetError(
                f"{self.name} is not a sharing folder: is its disk or network connected? If it "
                "is new, "
                f"`cable-tui bookmarks sync {self.name} --init` makes it one. {_WAITS}"
            )
        reason = error.strerror or str(error)
        is_full = error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", None))
        step = "; make room there" if is_full else ""
        return TargetError(f"{file or self.name}: {reason}{step}. {_WAITS}")


def _size_and_time(file: Path) -> tuple[int, int]:
    file_status = file.stat()
    return file_status.st_size, file_status.st_mtime_ns


_WAITS = "Your bookmarks are kept on this machine and will be sent with the next successful sync"
_NOTE = (
    "Bookmarks that readers share. cable-tui adds one file for each library; leave them as they are"
)
