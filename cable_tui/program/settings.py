"""The program's own folders, and the user's settings in `config.toml`.

Folders have mode 0700 and files 0600, because bookmarks reveal someone's work. Folders are created
only when something is written.
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

    from cable_tui.program.own_commands import OwnCommand

LINK_FIELDS = ("id", "year", "month", "anchor")
"""The fields that a link template may contain, in braces."""
NOTE_STYLES = ("footnote", "note", "short-note", "bibliography")
"""The styles of `cite` for which the user may set a template."""
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
"""The fields that a note template may contain, in braces. `[...]` is left out if a field in it is
empty.
"""
TABLE_FIELDS = (
    *("id", "text", "date", "header", "subject", "classification", "origin", "tags"),
    *("references", "released"),
)
"""The facts for which `[[tables]]` may name a column, apart from `match`."""
LARGEST = 1 << 20
"""The maximum number of bytes in a settings file."""
MOST_DOTS = 50
"""The maximum number of dots in a line. The parser keeps every beginning of a dotted key, so its
memory use grows with the square of the number.
"""
MOST_MISTAKES = 20
"""The maximum number of mistakes to report one by one."""
_NO_SIZE = 1 << 40
"""A number that is too large for the size of a terminal's limit."""
_SMALL = 64 << 10
"""The maximum number of bytes in a file that contains one path, one name or a few choices."""
_LONGEST_SHOWN = 60
"""The maximum number of characters of a key or value in a message."""
OSC52_LIMIT = 74_994
"""The number of base64 bytes that terminals are known to accept in one OSC 52 sequence."""


class Paths(Value):
    """The paths of the program's own files and folders on this machine."""

    config: Path
    """The settings file."""
    data: Path
    """The folder of the library with bookmarks and notes. The program never deletes it."""
    cache: Path
    """The folder of the caches, with a subfolder for each archive. It can be deleted at any time.
    """
    state: Path
    """The folder of crash logs, the path opened last, and the clipboard's file."""
    kept_cache: Path | None = None
    """In a private session, the folder of the lasting caches; the session removes its own `cache`.
    """
    names_cache: bool = False
    """Whether the reader, rather than the platform, has chosen the cache folder."""

    @property
    def library(self) -> Path:
        """The database of bookmarks and notes."""
        return self.data / "library.sqlite"

    @property
    def clipboard(self) -> Path:
        """The file for copied text if no other copy method works."""
        return self.state / "clipboard.txt"

    @property
    def choices(self) -> Path:
        """The file with the last choices made on the screen."""
        return self.state / "choices.json"

    @property
    def theme(self) -> Path:
        """The file that stores the theme chosen last."""
        return self.state / "theme"

    @property
    def crash_log(self) -> Path:
        """The log of internal errors."""
        return self.state / "crash.log"

    @property
    def visitors(self) -> Path:
        """The folder of browser visitors, with a subfolder for each visitor's bookmarks."""
        return self.data / "visitors"

    @property
    def last_archive(self) -> Path:
        """The file that stores the archive opened last."""
        return self.state / "last-archive"


def find_paths(
    environ: Mapping[str, str], *, config: Path | None = None, cache: Path | None = None
) -> Paths:
    """Return the program's paths, based on `CABLE_TUI_HOME` or the platform's convention.

    The two options override them.
    """
    home_folder = environ.get("CABLE_TUI_HOME")
    default_paths = below(Path(home_folder).expanduser()) if home_folder else _by_platform()
    cache_variable = environ.get("CABLE_TUI_CACHE")
    cache = cache or (Path(cache_variable) if cache_variable else default_paths.cache)
    cache = cache.expanduser()
    return replace(
        default_paths,
        config=(config or default_paths.config).expanduser(),
        cache=cache,
        names_cache=cache != default_paths.cache,
    )


def below(home: Path) -> Paths:
    """Return the program's paths inside one folder, as for `CABLE_TUI_HOME`."""
    return Paths(home / "config" / "config.toml", home / "data", home / "cache", home / "state")


def _by_platform() -> Paths:
    # Imported late: 15 ms that `--help` does not need.
    from platformdirs import PlatformDirs

    platform_dirs = PlatformDirs("cable-tui", appauthor=False)
    return Paths(
        platform_dirs.user_config_path / "config.toml",
        platform_dirs.user_data_path,
        platform_dirs.user_cache_path,
        platform_dirs.user_state_path,
    )


def private_folder(folder: Path) -> Path:
    """Return `folder`; if it is missing, create it and its parents for this user only.

    Raises `OSError`.
    """
    if not folder.is_dir():
        private_folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def write_private(file: Path, text: str, *, append: bool = False) -> None:
    """Write `text` to a file that only this user can read. Raises `OSError`.

    The function does not wait for FIFOs.
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
    """Return the archive opened last, from `Paths.last_archive`, or None if it cannot be read."""
    try:
        return Path(os.fsdecode(read_small(file, _SMALL)))
    except OSError:
        return None


def saved_theme(file: Path) -> str:
    """Return the name of the theme chosen last, from `Paths.theme`, or an empty string."""
    try:
        return read_small(file, _SMALL).decode().strip()
    except (OSError, UnicodeDecodeError):
        return ""


def choices(file: Path) -> dict[str, bool]:
    """Return the choices made last on the screen; empty if the file is missing or damaged."""
    import json

    try:
        stored_choices = json.loads(read_small(file, _SMALL))
    except (OSError, ValueError, RecursionError):
        return {}
    choice_pairs = stored_choices.items() if isinstance(stored_choices, dict) else ()
    return {name: choice for name, choice in choice_pairs if isinstance(choice, bool)}


def remember(file: Path, name: str, value: bool) -> None:
    """Store a choice for the next session. If it cannot be stored, it is silently lost."""
    import json

    with suppress(OSError):
        write_private(file, json.dumps({**choices(file), name: value}))


def log_crash(file: Path, error: BaseException, when: str) -> None:
    """Append an error to the log, with its types and lines of code.

    Messages and values are left out, because they may contain a cable's text. Raises `OSError`.
    """
    import traceback  # only for a fault

    log_lines = [f"--- {when}"]
    chained_error: BaseException | None = error
    while chained_error is not None:
        log_lines.append(f"{type(chained_error).__module__}.{type(chained_error).__qualname__}")
        log_lines += [
            f"  {frame.filename}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(chained_error.__traceback__)
        ]
        chained_error = chained_error.__cause__ or chained_error.__context__
    write_private(file, "\n".join(log_lines) + "\n", append=True)


class Settings(Value):
    """The user's settings. Every field has a default, so no file is needed."""

    theme: str = ""
    """The name of a theme, or an empty string for the program's own theme."""
    ascii: bool | None = None
    """Whether to draw with ASCII symbols only; None lets the terminal decide."""
    archive: Path | None = None
    """The folder of cables to open if no folder is named."""
    author: str = ""
    """The author of the notes."""
    link: str = "cablegate"
    """The kind of links to cables: `cablegate`, `plusd`, `file`, or an address with `LINK_FIELDS`
    in braces.
    """
    templates: Mapping[str, str] = field(default_factory=dict)
    """The user's own note templates, by style in `NOTE_STYLES`."""
    accessed: date | None = None
    """The access date in citations; None gives a date only for pages that were opened."""
    osc52_limit: int = OSC52_LIMIT
    """The maximum number of base64 bytes sent to the terminal's clipboard."""
    copy_on_release: bool = False
    """Whether text selected with the mouse is copied when the button is released."""
    frus_all: bool = False
    """Whether to read all documents in a FRUS volume, not only telegrams and similar documents."""
    tables: tuple[tuple[str, str], ...] = ()
    """File name patterns, each with JSON that maps fields to columns of these tables."""
    echoes: bool = True
    """Whether to compare the sentences of all cables once the archive is indexed."""
    log: bool = True
    """Whether to keep a research log of searches."""
    commands: tuple[OwnCommand, ...] = ()
    """The reader's own commands; empty in served and private runs, and with `--config`."""
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The room's keys by command id, as the user wrote them; the room checks them."""
    sync: str = ""
    """The target for exchanging bookmarks with other readers: a folder, or `postgresql://...`."""
    private: bool = False
    """Whether this run stores nothing about what is opened and read."""
    fresh: bool = False
    """Whether this run begins at the top, regardless of the reader's last position."""
    no_index: bool = False
    """Whether the cache is only read in this run, and nothing is indexed."""
    in_browser: bool = False
    """Whether the room is shown in a browser, perhaps to another person. If so, it starts no
    program here, opens only its archive, and sends files only to the browser.
    """
    mistakes: tuple[str, ...] = ()
    """One line for each part of the file that was not understood; the setting in question keeps its
    default.
    """


def read_settings(file: Path, *, required: bool = False) -> Settings:
    """Return the settings in `file`. If it is missing and not `required`, return the defaults.

    `Settings.mistakes` describes the mistakes in the file, one per line. Raises `UsageError` if a
    required file cannot be read.
    """
    try:
        content = read_small(file, LARGEST)
    except FileNotFoundError:
        if required:
            raise UsageError(f"{file}: no such settings file") from None
        return Settings()
    except OSError as error:
        next_step = "remove it, or name another settings file: --config FILE"
        raise UsageError(f"{file}: cannot be read: {error.strerror}; {next_step}") from error
    try:
        return _settings_of(_table(content), str(file))
    except ValueError as error:
        return Settings(
            mistakes=(f"{file}: not TOML: {error}. All settings are at their defaults",)
        )


def _table(content: bytes) -> dict[str, Any]:
    """Return the parsed content of a settings file. Raises `ValueError`."""
    import tomllib  # most readers have no settings file

    text = content.decode("utf-8-sig")  # some editors of Windows put a mark in front
    for line_number, line in enumerate(text.split("\n"), 1):
        if line.count(".") > MOST_DOTS:
            raise ValueError(f"line {line_number} has more than {MOST_DOTS} dots")
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


def _text(setting_value: Any) -> str:
    if not isinstance(setting_value, str):
        raise ValueError("a quoted text is required")
    return setting_value


def _boolean(setting_value: Any) -> bool:
    if not isinstance(setting_value, bool):
        raise ValueError("true or false is required")
    return setting_value


def _folder(setting_value: Any) -> Path:
    return Path(_text(setting_value)).expanduser()


def _size(setting_value: Any) -> int:
    if (
        isinstance(setting_value, bool)
        or not isinstance(setting_value, int)
        or not 0 <= setting_value < _NO_SIZE
    ):
        raise ValueError("a number of bytes is required")
    return setting_value


def _link(setting_value: Any) -> str:
    link_template = _text(setting_value)
    if link_template in {"cablegate", "plusd", "file"}:
        return link_template
    if "id" not in _fields(link_template, LINK_FIELDS):
        raise ValueError("a template needs {id}; or write cablegate, plusd or file")
    return link_template


def _note(setting_value: Any) -> str:
    note_template = _text(setting_value)
    if not _fields(note_template, NOTE_FIELDS):
        raise ValueError(f"a template needs fields, such as {{{NOTE_FIELDS[0]}}}")
    return note_template


def _fields(template: str, known: tuple[str, ...]) -> list[str]:
    """Return the fields that a template names.

    Raises `ValueError` for unknown fields, and for a lone brace.
    """
    import string  # only for the settings

    template_parts = list(string.Formatter().parse(template))
    for _, field_name, format_spec, conversion in template_parts:
        if field_name is not None and (field_name not in known or format_spec or conversion):
            known_fields = ", ".join(f"{{{field}}}" for field in known)
            raise ValueError(f"{{{_short(field_name)}}} is unknown; valid names are {known_fields}")
    return [field_name for _, field_name, _, _ in template_parts if field_name is not None]


def _tables(value: Any) -> tuple[tuple[str, str], ...]:
    """Return the entries in `[[tables]]` in the form of `Settings.tables`. Raises `ValueError`."""
    import json  # few name columns
    import re

    table_entries: list[tuple[str, str]] = []
    for entry_number, entry in enumerate(value if isinstance(value, list) else [value], 1):
        entry_fields = dict(entry) if isinstance(entry, dict) else {}
        for field_name, column_name in entry_fields.items():
            if field_name not in ("match", *TABLE_FIELDS):
                known_names = ", ".join(("match", *TABLE_FIELDS))
                raise ValueError(
                    f"entry {entry_number}: {_short(field_name)} is unknown; valid names are "
                    f"{known_names}"
                )
            if not isinstance(column_name, str) or not column_name.strip():
                raise ValueError(f"entry {entry_number}: {field_name}: a quoted text is required")
        match_text = entry_fields.pop("match", "")
        if not match_text or "id" not in entry_fields:
            example = 'match = "*.csv", id = "Nr", text = "Body"'
            raise ValueError(f"entry {entry_number}: match and id are required, such as {example}")
        field_by_column: dict[str, str] = {}
        for field_name, column_name in entry_fields.items():
            # Tables compare names of columns so: "Ref. ID" is "refid".
            folded_column = re.sub(r"[\W_]+", "", column_name.lower())
            if not folded_column:
                raise ValueError(
                    f"entry {entry_number}: {field_name}: {_short(column_name)!r} has no "
                    "letter or number"
                )
            if (first_name := field_by_column.setdefault(folded_column, field_name)) != field_name:
                both_names = (
                    f"{first_name} and {field_name} are the same column, {_short(column_name)!r}"
                )
                raise ValueError(
                    f"entry {entry_number}: {both_names}; name another column, or leave out one "
                    "of the "
                    "two"
                )
        table_entries.append((match_text, json.dumps(entry_fields)))
    return tuple(table_entries)


def _day(setting_value: Any) -> date:
    from datetime import date, datetime  # few set one

    if isinstance(setting_value, str):
        with suppress(ValueError):
            setting_value = date.fromisoformat(setting_value)
    if not isinstance(setting_value, date) or isinstance(setting_value, datetime):
        raise ValueError("a day such as 2026-11-28 is required")
    return setting_value


def _keys(key_setting: Any) -> tuple[str, ...]:
    key_list = [key_setting] if isinstance(key_setting, str) else key_setting
    if (
        not isinstance(key_list, list)
        or not key_list
        or not all(isinstance(key, str) for key in key_list)
    ):
        raise ValueError('a key such as "m", or a list of keys, is required')
    return tuple(key_list)


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
"""The keys in the file, each with its field and the function that reads its value."""
_OLDER_KEYS = {"cite.citation": "cite.footnote"}
"""Keys of earlier versions, with the current keys."""


def _settings_of(table: Mapping[str, Any], file: str) -> Settings:
    field_values: dict[str, Any] = {}
    mistakes = []
    if "commands" in table:
        from cable_tui.program.own_commands import read_commands  # few have any

        table = dict(table)
        field_values["commands"], messages = read_commands(table.pop("commands"))
        mistakes += [f"{file}: {message}" for message in messages]
    for file_key, setting_value in _flat(table):
        setting_key = _OLDER_KEYS.get(file_key, file_key)
        is_key = setting_key.startswith("keys.")
        field_name, read_value = ("keys", _keys) if is_key else _KEYS.get(setting_key, ("", None))
        if setting_key.endswith(".tables"):
            tables_hint = "above the first [section], or write each as [[tables]]"
            mistakes.append(f"{file}: {_short(setting_key)}: tables belong {tables_hint}")
            continue
        if read_value is None:
            mistakes.append(
                f"{file}: {_short(setting_key)} is unknown; valid names are {', '.join(_KEYS)}"
            )
            continue
        try:
            read_setting = read_value(setting_value)
        except ValueError as error:
            mistakes.append(f"{file}: {_short(setting_key)}: {error}")
            continue
        if field_name in {"keys", "templates"}:
            field_values.setdefault(field_name, {})[setting_key.partition(".")[2]] = read_setting
        else:
            field_values[field_name] = read_setting
    if (mistakes_more := len(mistakes) - MOST_MISTAKES) > 0:
        mistakes[MOST_MISTAKES:] = [f"{file}: {mistakes_more:,} more mistakes"]
    return Settings(**field_values, mistakes=tuple(mistakes))


def _flat(table: Mapping[str, Any]) -> list[tuple[str, Any]]:
    flat_pairs: list[tuple[str, Any]] = []
    for table_key, table_value in table.items():
        if isinstance(table_value, dict):
            flat_pairs += [
                (f"{table_key}.{inner_key}", inner_value)
                for inner_key, inner_value in _flat(table_value)
            ]
        else:
            flat_pairs.append((table_key, table_value))
    return flat_pairs
