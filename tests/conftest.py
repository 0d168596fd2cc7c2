"""What all tests share: hypothesis without clock and chance, and a home for the program."""

import asyncio
import gc
import inspect
import os
import re
import sys
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, settings

from cable_tui.cli.shared import command_context

# A loaded machine is no finding: nothing here may fail for being slow. And whoever tries the README
# draws no lots: each run draws the same. `make fuzz` draws at random.
settings.register_profile(
    "calm",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    print_blob=True,
    derandomize=True,
    max_examples=50,
)
settings.register_profile("fuzz", settings.get_profile("calm"), derandomize=False, max_examples=300)
settings.load_profile("calm")

if os.name == "nt":  # there is no pseudo-terminal: what needs one does not even import
    needs_one = re.compile(
        r"^(?:import (?:fcntl|pty|termios)|from benchmarks.terminal)", re.MULTILINE
    )
    collect_ignore = [
        str(file)
        for file in Path(__file__).parent.rglob("test_*.py")
        if needs_one.search(file.read_text(encoding="utf-8"))
    ]

pytest_plugins = ["tests.fixtures"]

_numbers = count(1)

# Python keeps what it has compiled, whatever the shell says: the tests start the program some
# hundred times, and each worker imports all of them.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# The tests themselves are half a million objects that stay.
gc.disable()


def pytest_collection_finish() -> None:
    """Have garbage looked for seldom, and only among what tests leave."""
    gc.freeze()
    gc.set_threshold(50_000, 20)
    gc.enable()


@pytest.hookimpl(trylast=True)  # after the shuffling
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what is slow: a test that waits leaves the processors to the other workers."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Two workers more than processors: rooms and programs in a terminal mostly are waited for."""
    return (os.cpu_count() or 1) + 2


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Run a test that is a coroutine."""
    if not inspect.iscoroutinefunction(pyfuncitem.obj):
        return None
    given = {
        name: pyfuncitem.funcargs[name] for name in inspect.signature(pyfuncitem.obj).parameters
    }
    asyncio.run(pyfuncitem.obj(**given))
    return True


@pytest.fixture(scope="session")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with what the tests write."""
    return tmp_path_factory.mktemp("tests")


@pytest.fixture
def tmp_path(workspace: Path, request: pytest.FixtureRequest) -> Path:
    """As pytest's, which looks through the folders of all tests for a name, and moves a link."""
    name = re.sub(r"\W", "_", request.node.name)[:30]  # short: a socket may be in it
    folder = workspace / f"{name}{next(_numbers)}"
    folder.mkdir(0o700)
    return folder


@pytest.fixture(scope="session", autouse=True)
def own_temporary_files() -> Iterator[None]:
    """`forget` asks for all private sessions of a user: those of other workers are no test's."""
    with tempfile.TemporaryDirectory(prefix="tests-") as folder:
        # As the system's own: some tests are another user, as the server of PostgreSQL is.
        Path(folder).chmod(0o1777)
        with patch.dict(os.environ, TMPDIR=folder), patch.object(tempfile, "tempdir", None):
            yield


@pytest.fixture(autouse=True)
def own_home(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No test may touch the folders of whoever runs it, or depend on its locale and terminal.

    The program makes it, if it needs one.
    """
    home = workspace / f"home{next(_numbers)}"
    monkeypatch.setenv("CABLE_TUI_HOME", str(home))
    monkeypatch.setenv("LANG", "C.UTF-8")
    for name in ("LC_ALL", "LC_CTYPE", "NO_COLOR", "COLORTERM"):
        monkeypatch.delenv(name, raising=False)
    # What one command line asked for is not the next's.
    monkeypatch.setattr(command_context, "_signs", {})
    return home
