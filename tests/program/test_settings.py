"""Places, private files, and every mistake that a settings file can hold."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from platformdirs import windows
from platformdirs.macos import MacOS
from platformdirs.unix import Unix
from platformdirs.windows import Windows

from cable_tui.base.errors import LibraryError, UsageError
from cable_tui.base.value import replace
from cable_tui.library import bundles
from cable_tui.program import last_position
from cable_tui.program.settings import (
    Settings,
    choices,
    find_paths,
    last_archive,
    log_crash,
    private_folder,
    read_settings,
    remember,
    write_private,
)
from tests.command_cases import found
from tests.tool_cases import KeptFiles


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


def test_one_folder_holds_all_places_when_it_is_named(tmp_path: Path) -> None:
    paths = find_paths({"CABLE_TUI_HOME": str(tmp_path)})
    assert paths.config == tmp_path / "config" / "config.toml"
    assert paths.library == tmp_path / "data" / "library.sqlite"
    assert paths.cache == tmp_path / "cache"
    assert paths.crash_log.parent == tmp_path / "state"
    # To look for them creates nothing.
    assert not list(tmp_path.iterdir())


def test_places_follow_the_platform_the_environment_before_it_and_the_options_first(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("CONFIG", "DATA", "CACHE", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name.lower()))
    paths = find_paths({})
    assert paths.config.name == "config.toml"
    assert "cable-tui" in str(paths.data)
    environ = {"CABLE_TUI_HOME": str(tmp_path), "CABLE_TUI_CACHE": str(tmp_path / "env")}
    assert find_paths(environ).cache == tmp_path / "env"
    assert find_paths(environ, cache=tmp_path / "option").cache == tmp_path / "option"


def test_files_and_folders_are_for_the_user_alone(tmp_path: Path) -> None:
    file = tmp_path / "a" / "b" / "note"
    write_private(file, "one\n")
    write_private(file, "two\n", append=True)
    assert file.read_text() == "one\ntwo\n"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(file.parent.parent.stat().st_mode) == 0o700
    # One that is there keeps its mode.
    tmp_path.chmod(0o755)
    assert private_folder(tmp_path) == tmp_path
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o755


def test_the_crash_log_holds_places_in_code_and_no_message(tmp_path: Path) -> None:
    log = tmp_path / "state" / "crash.log"
    try:
        try:
            raise ValueError("text of a cable")
        except ValueError as inner:
            raise KeyError("more text of a cable") from inner
    except KeyError as error:
        log_crash(log, error, "2009-02-13T14:57:00+00:00")
    written = log.read_text()
    assert "builtins.KeyError" in written
    assert "builtins.ValueError" in written
    assert "test_settings.py" in written
    assert "text of a cable" not in written


def test_no_settings_file_means_the_defaults_and_one_that_was_named_must_be_there(
    file: Path,
) -> None:
    assert read_settings(file) == Settings()
    with pytest.raises(UsageError, match="no such settings file"):
        read_settings(file, required=True)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (
            """
            theme = "dusk"\nascii = true\narchive = "/srv/cables"\nauthor = "mara"
            frus_all = true\nechoes = false
            [copy]\nlink = "https://example.org/{year}/{id}{anchor}"\nosc52-limit = 8000
            on-release = true
            """,
            Settings(
                theme="dusk",
                ascii=True,
                archive=Path("/srv/cables"),
                author="mara",
                link="https://example.org/{year}/{id}{anchor}",
                osc52_limit=8000,
                copy_on_release=True,
                frus_all=True,
                echoes=False,
            ),
        ),
        (
            '[cite]\nnote = "{id}[, {place}]"\nshort-note = "{sender} {id}"\n',
            Settings(templates={"note": "{id}[, {place}]", "short-note": "{sender} {id}"}),
        ),
        ('[copy]\nlink = "file"\n', Settings(link="file")),
        (
            '[keys]\ngo.back = "B"\n"room.quit" = ["q", "F10"]\n',
            Settings(keys={"go.back": ("B",), "room.quit": ("q", "F10")}),
        ),
        (
            '[[tables]]\nmatch = "*.csv"\nid = "Nr."\n[[tables]]\nmatch = "a/b.json"\nid = "n"\n',
            Settings(tables=(("*.csv", '{"id": "Nr."}'), ("a/b.json", '{"id": "n"}'))),
        ),
        (
            'tables = [{match = "a.csv", id = "n"}]\n',
            Settings(tables=(("a.csv", '{"id": "n"}'),)),
        ),
        ('\ufeffauthor = "Río"\r\n', Settings(author="Río")),
    ],
    ids=[
        "all",
        "templates of notes",
        "links to files",
        "keys",
        "tables",
        "a table",
        "the mark of an editor of Windows",
    ],
)
def test_settings_are_read(file: Path, content: str, expected: Settings) -> None:
    file.write_text(content, encoding="utf-8")
    assert read_settings(file) == expected


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("theme = 3", "theme: a quoted text is required"),
        ('ascii = "yes"', "ascii: true or false is required"),
        ("archive = true", "archive: a quoted text is required"),
        ("[copy]\nosc52-limit = -1", "copy.osc52-limit: a number of bytes is required"),
        ("[copy]\nosc52-limit = true", "copy.osc52-limit: a number of bytes is required"),
        ('[copy]\nlink = "https://example.org/{post}"', "{post} is unknown"),
        ('[copy]\nlink = "https://example.org/"', "a template needs {id}"),
        ('[copy]\nlink = "https://example.org/{id"', "copy.link: expected '}'"),
        ('[cite]\nnote = "{who}"', "{who} is unknown; valid names are {parties}"),
        ('[cite]\nnote = "{id!r}"', "cite.note: {id} is unknown"),
        ('[cite]\nnote = "no field"', "cite.note: a template needs fields"),
        ('[cite]\nendnote = "{id}"', "cite.endnote is unknown"),
        ('[cite]\naccessed = "yesterday"', "cite.accessed: a day such as 2026-11-28 is required"),
        ("[cite]\naccessed = 2026-11-28T10:00:00", "cite.accessed: a day such as"),
        ('color = "red"', "color is unknown; valid names are theme, ascii"),
        ("[keys]\nup = 1", 'keys.up: a key such as "m"'),
        ("tables = 3", "tables: entry 1: match and id are required, such as match ="),
        ('[[tables]]\nid = "n"', "tables: entry 1: match and id are required"),
        ('[[tables]]\nmatch = "a"\nid = ""', "tables: entry 1: id: a quoted text is required"),
        (
            '[[tables]]\nmatch = "a"\nid = "n"\nbody = "t"',
            "entry 1: body is unknown; valid names are match",
        ),
        (
            '[[tables]]\nmatch = "a"\nid = "Ref. ID"\ntext = "ref_id"',
            "tables: entry 1: id and text are the same column, 'ref_id'; name another column",
        ),
        (
            '[[tables]]\nmatch = "a"\nid = "n"\ntext = "b"\ndate = "b"',
            "tables: entry 1: text and date are the same column, 'b'; name another column",
        ),
        (
            '[[tables]]\nmatch = "a"\nid = " _."',
            "tables: entry 1: id: ' _.' has no letter or number",
        ),
        ('[keys]\ntables = [{match = "a", id = "n"}]', "tables belong above the first [section]"),
        ("theme = \n", "not TOML: Invalid value (at line 1"),
        ('theme = "\udcff"', "not TOML: "),
        ("x = " + "[" * 100_000, "not TOML: it is nested too deeply"),
        ("x = " + "{a=" * 100_000, "not TOML: it is nested too deeply"),
        ("theme = " + "9" * 5000, "not TOML: a number in it is too long"),
        ("[copy]\nosc52-limit = 0x" + "f" * 90_000, "copy.osc52-limit: a number of bytes"),
        ("\n" + "a." * 50_000 + "a = 1", "not TOML: line 2 has more than 50 dots"),
        ("[" + "a." * 50_000 + "a]", "not TOML: line 1 has more than 50 dots"),
        ("x = {" + '"="."{".' * 30_000 + "a = 1}", "not TOML: line 1 has more than 50 dots"),
        ("k" * 90_000 + " = 1", "kkk… is unknown; valid names are theme, ascii"),
        (f'[copy]\nlink = "{{{"k" * 90_000}}}"', "kkk…} is unknown; valid names are {id}"),
    ],
)
def test_a_mistake_is_one_clear_line_and_leaves_the_default(
    file: Path, content: str, said: str
) -> None:
    file.write_text(content, errors="surrogateescape")
    settings = read_settings(file)
    assert replace(settings, mistakes=()) == Settings()
    (mistake,) = settings.mistakes
    assert said in mistake
    assert str(file) in mistake
    assert "\n" not in mistake
    assert len(mistake) < 1000


def test_many_mistakes_are_counted(file: Path) -> None:
    file.write_text("".join(f"x{number} = 1\n" for number in range(50_000)) + 'author = "mara"\n')
    settings = read_settings(file)
    assert settings.author == "mara"
    assert len(settings.mistakes) == 21
    assert settings.mistakes[-1] == f"{file}: 49,980 more mistakes"


def _sparse(file: Path) -> None:
    with file.open("wb") as stream:
        stream.truncate(4 << 30)


def _fifo(file: Path) -> None:
    os.mkfifo(file)


def _endless(file: Path) -> None:
    file.symlink_to("/dev/zero")


UNREADABLE = [
    pytest.param(_sparse, "larger than", id="4 GiB"),
    pytest.param(_fifo, "not a regular file", id="a pipe that nobody writes to"),
    pytest.param(_endless, "not a regular file", id="a device without an end"),
    pytest.param(Path.mkdir, "not a regular file", id="a folder"),
]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
@pytest.mark.parametrize(("make", "reason"), UNREADABLE)
def test_a_file_that_is_no_settings_file_is_named_with_the_next_step(
    make: Callable[[Path], None], reason: str, file: Path
) -> None:
    make(file)
    with pytest.raises(UsageError) as raised:
        read_settings(file)
    said = str(raised.value)
    assert said.startswith(f"{file}: cannot be read: {reason}")
    assert said.endswith("; remove it, or name another settings file: --config FILE")
    assert "\n" not in said


def test_no_more_than_a_megabyte_is_read(file: Path) -> None:
    file.write_text("#" * ((1 << 20) - 1) + "\n")
    assert read_settings(file) == Settings()
    file.write_text("#" * (1 << 20) + "\n")
    with pytest.raises(UsageError, match="larger than 1 MiB"):
        read_settings(file)


@pytest.mark.skipif(sys.platform == "win32", reason="a name of Unix")
def test_the_empty_device_and_links_are_settings_files(tmp_path: Path) -> None:
    assert read_settings(Path("/dev/null"), required=True) == Settings()
    (tmp_path / "dotfiles.toml").write_text('author = "mara"\n')
    (tmp_path / "config.toml").symlink_to(tmp_path / "dotfiles.toml")
    assert read_settings(tmp_path / "config.toml").author == "mara"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
@pytest.mark.parametrize("make", [each.values[0] for each in UNREADABLE])
def test_no_other_small_file_is_waited_for_or_read_without_end(
    make: Callable[[Path], None], tmp_path: Path
) -> None:
    file = tmp_path / "state"
    make(file)
    assert choices(file) == {}
    assert last_archive(file) is None
    for read in (bundles.read, *(read for case in found(KeptFiles) for read in case.read)):
        with pytest.raises(LibraryError, match=r"state: "):
            read(file)
    nothing, said = last_position.read(file)
    assert nothing is None
    assert str(file) in said


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
def test_nothing_is_written_to_a_pipe_that_nobody_reads(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "log")
    with pytest.raises(OSError, match="No such device"):
        write_private(tmp_path / "log", "a line\n", append=True)


@pytest.mark.parametrize("damaged", [None, "", "[1]", "{", '{"passages": "no"}'])
def test_choices_of_the_screen_are_kept(tmp_path: Path, damaged: str | None) -> None:
    file = find_paths({"CABLE_TUI_HOME": str(tmp_path)}).choices
    if damaged is not None:
        write_private(file, damaged)
    assert choices(file) == {}
    remember(file, "passages", False)
    remember(file, "timeline", True)
    assert choices(file) == {"passages": False, "timeline": True}
    remember(tmp_path / "state" / "choices.json" / "no folder", "passages", True)


def test_a_path_is_kept_whatever_its_name_is(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    write_private(tmp_path / "odd", "C:\\p\udcffq")
    assert (tmp_path / "odd").read_bytes() == b"C:\\p\xffq"
    # Names of Windows may have half of a pair; its error handler says so.
    monkeypatch.setattr("sys.getfilesystemencodeerrors", lambda: "surrogatepass")
    write_private(tmp_path / "half", "C:\\p\ud800q")
    assert (tmp_path / "half").read_bytes() == b"C:\\p\xed\xa0\x80q"


@pytest.mark.parametrize("system", [MacOS, Windows, Unix])
def test_places_of_every_system_are_apart(
    system: type, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """On macOS and Windows, settings, bookmarks and state share one folder."""
    monkeypatch.setattr("platformdirs.PlatformDirs", system)
    # It asks Windows itself; here the variables say it.
    by_variables = windows.get_win_folder_from_env_vars
    monkeypatch.setattr(windows, "get_win_folder", by_variables)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "AppData" / "Local"))
    for name in ("CONFIG", "DATA", "CACHE", "STATE"):
        monkeypatch.delenv(f"XDG_{name}_HOME", raising=False)
    places = find_paths({})
    files = [
        places.config,
        places.library,
        places.clipboard,
        places.choices,
        places.theme,
        places.crash_log,
        places.last_archive,
        last_position.file_of(places.state, "0123456789abcdef").parent,
        places.cache,
    ]
    assert len(set(files)) == len(files)
    assert all(tmp_path in each.parents for each in files)
    assert not any(places.cache in each.parents for each in files)


def test_a_template_may_have_the_name_of_earlier_versions(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text('[cite]\ncitation = "{id}"')
    assert read_settings(file).templates == {"footnote": "{id}"}
