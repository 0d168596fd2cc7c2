"""The program's own folders, and the user's settings of `config.toml`.

Folders are 0700 and files 0600: bookmarks reveal somebody's work. Folders are created only when
something is written.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cable_tui.base.errors import UsageError
from cable_tui.base.value import Value, field, replace
from cable_tui.operating_system.files import read_small

if TYPE_CHECKING:
    from datetime import date

LINK_FIELDS = ("id", "year", "month", "anchor")
"""The fields of a link template, in braces."""
NOTE_STYLES = ("citation", "note", "short-note", "bibliography")
"""The styles of `cite` that the user may have a template for."""
NOTE_FIELDS = (
    "parties",
    "sender",
    "recipient",
    "title",
    "subject",
    "id",
    "canonical",
    "date",
    "place",
    "classification",
    "repository",
    "link",
    "accessed",
)
"""The fields of such a template, in braces. `[...]` is left out if a field in it is empty."""
TABLE_FIELDS = (
    *("id", "text", "date", "header", "subject", "classification", "origin", "tags"),
    *("references", "released"),
)
"""Facts whose column `[[tables]]` may name, apart from `match`."""
LARGEST = 1 << 20
"""The most bytes of a settings file."""
MOST_DOTS = 50
"""The most dots in a line: the parser keeps each beginning of a dotted key, so memory grows with
their square."""
MOST_MISTAKES = 20
"""Number of mistakes that are at most reported one by one."""
_NO_SIZE = 1 << 40
"""Impossible sizes for a limit of a terminal."""
_SMALL = 64 << 10
"""The most bytes of a file with one path, one name or a few choices."""
_LONGEST_SHOWN = 60
"""The most characters of a key or a value in a message."""
OSC52_LIMIT = 74_994
"""Base64 bytes that terminals are known to accept in one OSC 52 sequence."""


class Paths(Value):
    """The program's own places on this machine."""

    config: Path
    """The settings file."""
    data: Path
    """Folder of the library: bookmarks and notes. Never deleted by the program."""
    cache: Path
    """Folder of the caches, one subfolder an archive; can be deleted at any time."""
    state: Path
    """Folder of crash logs, the archive opened last, the clipboard's file."""
    kept_cache: Path | None = None
    """Folder of the caches that stay, in a private session, which removes its own `cache`."""
    names_cache: bool = False
    """Whether the reader has named the folder of the caches, and not the platform."""

    @property
    def library(self) -> Path:
        """The database of bookmarks and notes."""
        return self.data / "library.sqlite"

    @property
    def clipboard(self) -> Path:
        """The file that holds a copied text if no other way works."""
        return self.state / "clipboard.txt"

    @property
    def choices(self) -> Path:
        """The file with the last choices on the screen."""
        return self.state / "choices.json"

    @property
    def theme(self) -> Path:
        """The file that names the theme chosen last."""
        return self.state / "theme"

    @property
    def crash_log(self) -> Path:
        """The log of internal errors."""
        return self.state / "crash.log"

    @property
    def visitors(self) -> Path:
        """Folder of the visitors in browsers: one folder each, with their bookmarks."""
        return self.data / "visitors"

    @property
    def last_archive(self) -> Path:
        """The file that names the archive opened last."""
        return self.state / "last-archive"


def find_paths(
    environ: Mapping[str, str], *, config: Path | None = None, cache: Path | None = None
) -> Paths:
    """Return the folders, by `CABLE_TUI_HOME` or the platform's convention.

    The two options override.
    """
    home = environ.get("CABLE_TUI_HOME")
    places = below(Path(home).expanduser()) if home else _by_platform()
    set_cache = environ.get("CABLE_TUI_CACHE")
    cache = cache or (Path(set_cache) if set_cache else places.cache)
    cache = cache.expanduser()
    return replace(
        places,
        config=(config or places.config).expanduser(),
        cache=cache,
        names_cache=cache != places.cache,
    )


def below(home: Path) -> Paths:
    """Return the folders inside of one, for `CABLE_TUI_HOME`."""
    return Paths(home / "config" / "config.toml", home / "data", home / "cache", home / "state")


def _by_platform() -> Paths:
    # Imported late: 15 ms that `--help` does not need.
    from platformdirs import PlatformDirs

    dirs = PlatformDirs("cable-tui", appauthor=False)
    return Paths(
        dirs.user_config_path / "config.toml",
        dirs.user_data_path,
        dirs.user_cache_path,
        dirs.user_state_path,
    )


def private_folder(folder: Path) -> Path:
    """Return `folder`, made with its parents if it is missing, for this user only.

    Raises `OSError`.
    """
    if not folder.is_dir():
        private_folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def write_private(file: Path, text: str, *, append: bool = False) -> None:
    """Write `text` to a file that only this user can read. Raises `OSError`.

    FIFOs are not waited for.
    """
    private_folder(file.parent)
    flags = os.O_WRONLY | os.O_CREAT | (os.O_APPEND if append else os.O_TRUNC)
    flags |= getattr(os, "O_NONBLOCK", 0)
    descriptor = os.open(file, flags, 0o600)
    # As names of files are kept: those of Windows have halves of pairs, others odd bytes.
    encoding_errors = sys.getfilesystemencodeerrors()
    with os.fdopen(
        descriptor, "w", encoding="utf-8", errors=encoding_errors, newline="\n"
    ) as stream:
        stream.write(text)


def last_archive(file: Path) -> Path | None:
    """Return the archive opened last, from `Paths.last_archive`; None if that cannot be read."""
    try:
        return Path(os.fsdecode(read_small(file, _SMALL)))
    except OSError:
        return None


def saved_theme(file: Path) -> str:
    """Return the name of the theme in `Paths.theme`, chosen last; empty if there is none."""
    try:
        return read_small(file, _SMALL).decode().strip()
    except (OSError, UnicodeDecodeError):
        return ""


def choices(file: Path) -> dict[str, bool]:
    """Return the choices last made on the screen; empty if the file is missing or damaged."""
    import json

    try:
        stored_choices = json.loads(read_small(file, _SMALL))
    except (OSError, ValueError, RecursionError):
        return {}
    pairs = stored_choices.items() if isinstance(stored_choices, dict) else ()
    return {name: value for name, value in pairs if isinstance(value, bool)}


def remember(file: Path, name: str, value: bool) -> None:
    """Remember a choice for the next time. If it cannot be stored, the choice is lost silently."""
    import json

    with suppress(OSError):
        write_private(file, json.dumps({**choices(file), name: value}))


def log_crash(file: Path, error: BaseException, when: str) -> None:
    """Append an error to the log: types and lines of code.

    Messages and values are left out, because they may contain a cable's text. Raises `OSError`.
    """
    import traceback  # only for a fault

    log_lines = [f"--- {when}"]
    link: BaseException | None = error
    while link is not None:
        log_lines.append(f"{type(link).__module__}.{type(link).__qualname__}")
        log_lines += [
            f"  {frame.filename}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(link.__traceback__)
        ]
        link = link.__cause__ or link.__context__
    write_private(file, "\n".join(log_lines) + "\n", append=True)


class Settings(Value):
    """The user's settings; every field has a default that needs no file."""

    theme: str = ""
    """Name of a theme; empty for the program's own."""
    ascii: bool | None = None
    """Whether to draw with ASCII symbols only; None means by the terminal."""
    archive: Path | None = None
    """The folder of cables that opens when none is named."""
    author: str = ""
    """The author of the notes."""
    link: str = "cablegate"
    """Kind of the links to cables: `cablegate`, `plusd`, `file`, or an address with `LINK_FIELDS`
    in braces."""
    templates: Mapping[str, str] = field(default_factory=dict)
    """The user's own notes, by names of `NOTE_STYLES`."""
    accessed: date | None = None
    """The day of access in citations; None names it only for pages that were opened."""
    osc52_limit: int = OSC52_LIMIT
    """The most base64 bytes that are sent to the terminal's clipboard."""
    copy_on_release: bool = False
    """Whether a text that the mouse selects is copied when its button is released."""
    frus_all: bool = False
    """Whether to read all documents of a volume of FRUS, not only telegrams and similar ones."""
    tables: tuple[tuple[str, str], ...] = ()
    """Patterns of names of files, and as JSON which column of these tables is which field."""
    echoes: bool = True
    """Whether to compare the sentences of all cables once the archive is indexed."""
    log: bool = True
    """Whether to keep a research log of searches."""
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Keys of the room by ids of commands, as they are written; the room checks them."""
    sync: str = ""
    """Target for exchanging bookmarks with other readers: a folder, or `postgresql://...`."""
    private: bool = False
    """Whether nothing is remembered of what is opened and read in this run."""
    fresh: bool = False
    """Whether this run begins at the top, wherever the reader was last."""
    no_index: bool = False
    """Whether the cache is only read in this run, and nothing is indexed."""
    in_browser: bool = False
    """Whether the room is shown in a browser, perhaps somebody else's. Then it starts no program
    here, opens only its archive, and gives files to the browser only."""
    mistakes: tuple[str, ...] = ()
    """One line for each part of the file that was not understood; its setting is the default."""


def read_settings(file: Path, *, required: bool = False) -> Settings:
    """Return the settings in `file`. A missing file means the defaults, unless it is `required`.

    `Settings.mistakes` says what is wrong in it, one line each. Raises `UsageError` if a required
    file cannot be read.
    """
    try:
        content = read_small(file, LARGEST)
    except FileNotFoundError:
        if required:
            raise UsageError(f"{file}: no such settings file") from None
        return Settings()
    except OSError as error:
        step = "remove it, or name another settings file: --config FILE"
        raise UsageError(f"{file}: cannot be read: {error.strerror}; {step}") from error
    try:
        return _settings_of(_table(content), str(file))
    except ValueError as error:
        return Settings(
            mistakes=(f"{file}: not TOML: {error}. All settings are at their defaults",)
        )


def _table(content: bytes) -> dict[str, Any]:
    """Return the content of a settings file. Raises `ValueError`."""
    import tomllib  # most readers have no settings file

    text = content.decode("utf-8-sig")  # some editors of Windows put a mark in front
    for number, line in enumerate(text.split("\n"), 1):
        if line.count(".") > MOST_DOTS:
            raise ValueError(f"line {number} has more than {MOST_DOTS} dots")
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ValueError(_short(str(error))) from error
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error
    except ValueError as error:  # Python converts no number of more than 4,300 digits
        raise ValueError("a number in it is too long") from error


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("a text in quotes is needed")
    return value


def _boolean(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError("true or false is needed")
    return value


def _folder(value: Any) -> Path:
    return Path(_text(value)).expanduser()


def _size(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < _NO_SIZE:
        raise ValueError("a number of bytes is needed")
    return value


def _link(value: Any) -> str:
    template = _text(value)
    if template in {"cablegate", "plusd", "file"}:
        return template
    if "id" not in _fields(template, LINK_FIELDS):
        raise ValueError("a template needs {id}; or write cablegate, plusd or file")
    return template


def _note(value: Any) -> str:
    template = _text(value)
    if not _fields(template, NOTE_FIELDS):
        raise ValueError(f"a template needs fields, such as {{{NOTE_FIELDS[0]}}}")
    return template


def _fields(template: str, known: tuple[str, ...]) -> list[str]:
    """Return the fields that a template names.

    Raises `ValueError` for others, and for a lone brace.
    """
    import string  # only for the settings

    parts = list(string.Formatter().parse(template))
    for _, name, form, conversion in parts:
        if name is not None and (name not in known or form or conversion):
            known_fields = ", ".join(f"{{{field}}}" for field in known)
            raise ValueError(f"{{{_short(name)}}} is unknown; known are {known_fields}")
    return [name for _, name, _, _ in parts if name is not None]


def _tables(value: Any) -> tuple[tuple[str, str], ...]:
    """Return the entries of `[[tables]]`, as `Settings.tables` has them. Raises `ValueError`."""
    import json  # few name columns
    import re

    table_entries: list[tuple[str, str]] = []
    for number, entry in enumerate(value if isinstance(value, list) else [value], 1):
        entry_fields = dict(entry) if isinstance(entry, dict) else {}
        for name, text in entry_fields.items():
            if name not in ("match", *TABLE_FIELDS):
                known_names = ", ".join(("match", *TABLE_FIELDS))
                raise ValueError(
                    f"entry {number}: {_short(name)} is unknown; known are {known_names}"
                )
            if not isinstance(text, str) or not text.strip():
                raise ValueError(f"entry {number}: {name}: a text in quotes is needed")
        match_text = entry_fields.pop("match", "")
        if not match_text or "id" not in entry_fields:
            example = 'match = "*.csv", id = "Nr", text = "Body"'
            raise ValueError(f"entry {number}: match and id are needed, such as {example}")
        names_taken: dict[str, str] = {}
        for name, text in entry_fields.items():
            # Tables compare names of columns so: "Ref. ID" is "refid".
            column = re.sub(r"[\W_]+", "", text.lower())
            if not column:
                raise ValueError(
                    f"entry {number}: {name}: {_short(text)!r} has no letter or number"
                )
            if (first_name := names_taken.setdefault(column, name)) != name:
                both_names = f"{first_name} and {name} are the same column, {_short(text)!r}"
                raise ValueError(
                    f"entry {number}: {both_names}; name another one, or leave one of them out"
                )
        table_entries.append((match_text, json.dumps(entry_fields)))
    return tuple(table_entries)


def _day(value: Any) -> date:
    from datetime import date, datetime  # few set one

    if isinstance(value, str):
        with suppress(ValueError):
            value = date.fromisoformat(value)
    if not isinstance(value, date) or isinstance(value, datetime):
        raise ValueError("a day such as 2026-11-28 is needed")
    return value


def _keys(value: Any) -> tuple[str, ...]:
    keys = [value] if isinstance(value, str) else value
    if not isinstance(keys, list) or not keys or not all(isinstance(key, str) for key in keys):
        raise ValueError('a key such as "m", or a list of keys, is needed')
    return tuple(keys)


_KEYS: dict[str, tuple[str, Callable[[Any], object]]] = {
    "theme": ("theme", _text),
    "ascii": ("ascii", _boolean),
    "archive": ("archive", _folder),
    "author": ("author", _text),
    "frus_all": ("frus_all", _boolean),
    "tables": ("tables", _tables),
    "echoes": ("echoes", _boolean),
    "log": ("log", _boolean),
    "sync": ("sync", _text),
    "copy.link": ("link", _link),
    "copy.osc52-limit": ("osc52_limit", _size),
    "copy.on-release": ("copy_on_release", _boolean),
    "cite.accessed": ("accessed", _day),
    **{f"cite.{style}": ("templates", _note) for style in NOTE_STYLES},
}
"""Keys of the file: the field of each, and the function that reads its value."""


def _settings_of(table: Mapping[str, Any], file: str) -> Settings:
    field_values: dict[str, Any] = {}
    mistakes = []
    for key, value in _flat(table):
        is_key = key.startswith("keys.")
        name, understand = ("keys", _keys) if is_key else _KEYS.get(key, ("", None))
        if key.endswith(".tables"):
            where_tables_go = "above the first [section], or write each as [[tables]]"
            mistakes.append(f"{file}: {_short(key)}: tables belong {where_tables_go}")
            continue
        if understand is None:
            mistakes.append(f"{file}: {_short(key)} is unknown; known are {', '.join(_KEYS)}")
            continue
        try:
            understood = understand(value)
        except ValueError as error:
            mistakes.append(f"{file}: {_short(key)}: {error}")
            continue
        if name in {"keys", "templates"}:
            field_values.setdefault(name, {})[key.partition(".")[2]] = understood
        else:
            field_values[name] = understood
    if (mistakes_more := len(mistakes) - MOST_MISTAKES) > 0:
        mistakes[MOST_MISTAKES:] = [f"{file}: {mistakes_more:,} more mistakes"]
    return Settings(**field_values, mistakes=tuple(mistakes))


def _flat(table: Mapping[str, Any]) -> list[tuple[str, Any]]:
    flat_pairs: list[tuple[str, Any]] = []
    for key, value in table.items():
        if isinstance(value, dict):
            flat_pairs += [
                (f"{key}.{inner_key}", inner_value) for inner_key, inner_value in _flat(value)
            ]
        else:
            flat_pairs.append((key, value))
    return flat_pairs
