"""What differs between systems is in one folder, and the rest of the package runs on all."""

from __future__ import annotations

import ast
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

import cable_tui
from cable_tui import demo
from tests.absent_tools import is_of_absent_tool

PACKAGE = Path(cable_tui.__file__).parent
HERE = "operating_system"
FILES = [
    file for file in sorted(PACKAGE.rglob("*.py")) if file.relative_to(PACKAGE).parts[0] != HERE
]

MODULES = frozenset(
    "_winapi crypt curses fcntl grp msvcrt nt posix pty pwd readline resource select signal spwd "
    "syslog termios tty winreg winsound".split()
)
"""Modules that some systems lack, or that do less on some."""
CALLS = frozenset(
    """
    os.chmod os.chown os.fork os.fsync os.getegid os.geteuid os.getgid os.getuid os.kill os.killpg
    os.lchown os.link os.mkfifo os.name os.nice os.rename os.replace os.sched_getaffinity
    os.set_blocking os.setpriority os.setsid os.startfile os.symlink os.umask os.uname
    shutil.rmtree sys.platform sys.getwindowsversion
    """.split()
)
METHODS = frozenset("as_uri hardlink_to symlink_to chmod".split())
"""Methods of paths that are not the same everywhere."""
ALLOWED = {
    ("archive/build/publish.py", "chmod"): "only where files have modes",
    ("archive/build/publish.py", "shutil.rmtree"): "the same",
    ("archive/fulltext/index_files.py", "hardlink_to"): "a copy is made where it fails",
    ("archive/fulltext/index_files.py", "symlink_to"): "caches of other users are read on POSIX",
    ("exports/citation.py", "as_uri"): "for a browser, which takes a server",
    ("library/recovery.py", "hardlink_to"): "the file is renamed where it fails",
    (
        "tools/sharing/event_file.py",
        "chmod",
    ): "a share or a stick may know no modes: it goes on then",
}
"""Places that may, each with the reason."""


def _dotted(node: ast.Attribute) -> str:
    return f"{node.value.id}.{node.attr}" if isinstance(node.value, ast.Name) else ""


def _named(tree: ast.AST) -> Iterator[str]:
    """What a module imports and calls of what is refused."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names if each.name in MODULES)
        elif isinstance(node, ast.ImportFrom):
            if node.module in MODULES:
                yield node.module or ""
            dotted = (f"{node.module}.{each.name}" for each in node.names)
            yield from (each for each in dotted if each in CALLS)
        elif isinstance(node, ast.Attribute):
            if node.attr in METHODS:
                yield node.attr
            elif _dotted(node) in CALLS:
                yield _dotted(node)
        elif isinstance(node, ast.Call):
            given = {each.arg for each in node.keywords}
            if "start_new_session" in given and "creationflags" not in given:
                yield "start_new_session without creationflags"


def test_no_module_asks_a_system_for_what_another_one_lacks_but_where_it_may() -> None:
    found = {
        (file.relative_to(PACKAGE).as_posix(), name)
        for file in FILES
        for name in _named(ast.parse(file.read_text(encoding="utf-8")))
    }
    assert found == {place for place in ALLOWED if not is_of_absent_tool(place[0])}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("import signal", {"signal"}),
        ("from fcntl import flock", {"fcntl"}),
        ("from sys import platform", {"sys.platform"}),
        ("import os\nos.kill(1, 9)", {"os.kill"}),
        ("path.absolute().as_uri()", {"as_uri"}),
        ("Popen(start_new_session=True)", {"start_new_session without creationflags"}),
        ("import os\nos.stat('x')", set()),
    ],
)
def test_the_check_sees_what_it_is_for(source: str, expected: set[str]) -> None:
    assert set(_named(ast.parse(source))) == expected


_AS_ON_WINDOWS = """
import os, sys
# These ask themselves where they are.
import multiprocessing.connection, shutil, subprocess, tempfile

class Lacking:
    def find_spec(self, name, path=None, target=None):
        if name in {"fcntl", "grp", "pwd", "resource", "termios", "tty", "pty"}:
            raise ImportError(name)

for name in ("fcntl", "grp", "pwd", "resource", "termios", "tty", "pty"):
    sys.modules.pop(name, None)
sys.meta_path.insert(0, Lacking())
for name in (
    "chown", "fork", "getgid", "getuid", "killpg", "nice", "sched_getaffinity", "setpriority",
    "setsid", "O_NONBLOCK", "O_NOFOLLOW", "O_CLOEXEC",
):
    delattr(os, name)

def refused(*_):
    raise OSError(22, "Invalid argument")

os.set_blocking = refused

def is_open(path):
    real = os.path.realpath(os.fspath(path))
    links = [f"/proc/self/fd/{each}" for each in os.listdir("/proc/self/fd")]
    with open("/proc/self/maps", encoding="utf-8", errors="replace") as maps:
        mapped = any(line.rstrip().endswith(real) for line in maps)
    return mapped or any(os.path.lexists(each) and os.readlink(each) == real for each in links)

def unless_open(act, which):
    def acted(*paths, **options):
        for path in paths[:which]:
            if os.path.isfile(path) and is_open(path):
                raise PermissionError(13, "being used by another process", path)
        return act(*paths, **options)
    return acted

shutil._use_fd_functions = False
for name, which in (("unlink", 1), ("remove", 1), ("rename", 2), ("replace", 2)):
    setattr(os, name, unless_open(getattr(os, name), which))

sync = os.fsync
def synced(descriptor):
    with open(f"/proc/self/fdinfo/{descriptor}", encoding="ascii") as info:
        flags = next(line.split()[1] for line in info if line.startswith("flags"))
    if int(flags, 8) & 3 == os.O_RDONLY:
        raise OSError(9, "Bad file descriptor")
    sync(descriptor)

os.fsync = synced
import signal
for name in ("SIGHUP", "SIGCONT", "SIGKILL"):
    delattr(signal, name)

from types import SimpleNamespace
sys.modules["msvcrt"] = SimpleNamespace(locking=lambda *_: None, LK_NBLCK=2)
from cable_tui import operating_system
operating_system.PLATFORM = "win32"
from cable_tui.operating_system import files
files.extended = lambda path: path  # the disk is one of this system

from cable_tui.archive.build import indexer
indexer.processors = lambda: 1  # workers would be processes of this system
from cable_tui.cli import main
sys.exit(main(sys.argv[1:]))
"""
"""A command on a system that lacks what Windows lacks, and refuses what it refuses of open files
and of descriptors. Its paths and processes are those of this one."""


_STRICT = (sys.executable, "-X", "warn_default_encoding", "-W", "error::EncodingWarning")
"""Python, for which a file of text without a named encoding is an error."""
_CODE_PAGE = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
"""Python in a terminal of ASCII, and not in its UTF-8 mode."""
_RUNS = (
    (["index", "PATH"], ""),
    (["search", "PATH", "kettle", "--refs"], "QUAYHAVEN"),
    (["show", "PATH", "10QUAYHAVEN2"], "10QUAYHAVEN2"),
    (["cite", "PATH", "10QUAYHAVEN2"], "QUAYHAVEN"),
    (["bookmarks", "add", "PATH", "10QUAYHAVEN2"], ""),
    (["bookmarks", "add", "PATH", "05QUAYHAVEN4"], ""),
    (["bookmarks", "list"], "10QUAYHAVEN2"),
    (["stats", "PATH"], "cables"),
    (["doctor", "PATH"], "sound"),
    (["export", "PATH", "kettle", "--output", "OUT"], ""),
    (["problems", "PATH"], ""),
    (["index", "PATH", "--rebuild"], ""),
    (["forget", "PATH", "--yes"], ""),
    (["forget", "--everything", "--yes"], ""),
)
"""Commands one after the other, each with what it prints."""


@pytest.mark.skipif(sys.platform != "linux", reason="it looks at what is open in /proc")
def test_commands_need_nothing_that_windows_lacks(tmp_path: Path) -> None:
    demo.write(tmp_path / "cables")
    places = {"PATH": str(tmp_path / "cables"), "OUT": str(tmp_path / "kettles.csv")}
    for argv, said in _RUNS:
        done = subprocess.run(
            [*_STRICT, "-c", _AS_ON_WINDOWS, *(places.get(word, word) for word in argv)],
            capture_output=True,
            text=True,
            encoding="utf-8",
            # `forget` finds the private sessions of this machine's user among temporary files.
            env={
                **_CODE_PAGE,
                "CABLE_TUI_HOME": str(tmp_path / "home"),
                "TMPDIR": tempfile.gettempdir(),
            },
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, (argv, done.stderr)
        assert said in done.stdout, argv
        assert "could not" not in done.stderr, argv
    assert [each.name for each in (tmp_path / "home").rglob("*")] == []
