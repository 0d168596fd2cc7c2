"""`make install`: by uv, by pipx, or as a link to the clone; and `make uninstall`."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[1] / "scripts" / "install.sh"
FAKE = """#!/bin/sh
echo "$0 $*" >>"{log}"
case "$*" in
"tool list" | "list --short") echo "cable-tui 0.2.0" ;;
"tool dir --bin" | "environment --value PIPX_BIN_DIR") echo "{bin}" ;;
esac
"""

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has neither sh nor make")


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A clone in a folder with a blank, with a program in its environment."""
    folder = tmp_path / "a clone"
    program = folder / ".venv" / "bin" / "cable-tui"
    program.parent.mkdir(parents=True)
    program.write_text("#!/bin/sh\necho cable-tui 0.2.0\n")
    program.chmod(0o755)
    return folder


@pytest.fixture
def tools(tmp_path: Path) -> Path:
    """A PATH with the system's programs that the script uses."""
    folder = tmp_path / "tools"
    folder.mkdir()
    for name in ("sh", "grep", "ln", "mkdir", "readlink", "rm"):
        program = shutil.which(name)
        assert program is not None
        (folder / name).symlink_to(program)
    return folder


def run(action: str, clone: Path, *path: Path) -> subprocess.CompletedProcess[str]:
    """Run the script in the clone; the home is beside it."""
    return subprocess.run(
        ["sh", SCRIPT, action, ".venv"],
        cwd=clone,
        env={"HOME": str(clone.parent / "home"), "PATH": os.pathsep.join(map(str, path))},
        capture_output=True,
        text=True,
        check=False,
    )


def link(clone: Path) -> Path:
    return clone.parent / "home" / ".local" / "bin" / "cable-tui"


def add_tool(tools: Path, name: str) -> Path:
    """Add a uv or a pipx that writes down what it is asked."""
    log = tools.parent / "log"
    (tools / name).write_text(FAKE.format(log=log, bin=tools))
    (tools / name).chmod(0o755)
    return log


def test_without_uv_and_pipx_a_link_leads_to_the_clone(clone: Path, tools: Path) -> None:
    for _ in range(2):
        done = run("install", clone, tools)
        assert (done.returncode, done.stderr) == (0, "")
    assert subprocess.check_output([link(clone)], text=True) == "cable-tui 0.2.0\n"
    assert "is not on your path" in done.stdout
    assert f'export PATH="{link(clone).parent}:$PATH"' in done.stdout


def test_a_folder_on_the_path_needs_no_advice(clone: Path, tools: Path) -> None:
    done = run("install", clone, tools, link(clone).parent)
    assert "not on your path" not in done.stdout
    assert "cable-tui ~/cables" in done.stdout


@pytest.mark.parametrize("is_link", [False, True])
def test_a_program_of_another_origin_stays(clone: Path, tools: Path, is_link: bool) -> None:
    link(clone).parent.mkdir(parents=True)
    if is_link:
        link(clone).symlink_to("/usr/bin/true")
    else:
        link(clone).write_text("mine")
    done = run("install", clone, tools)
    assert (done.returncode, done.stdout) == (1, "")
    assert "not a link to this clone" in done.stderr
    assert "nothing was removed" in run("uninstall", clone, tools).stdout
    assert link(clone).is_symlink() == is_link
    assert os.path.lexists(link(clone))


def test_uninstalling_removes_the_link_and_says_what_stays(clone: Path, tools: Path) -> None:
    run("install", clone, tools)
    done = run("uninstall", clone, tools)
    assert f"Removed {link(clone)}." in done.stdout
    assert "forget --everything" in done.stdout
    assert not os.path.lexists(link(clone))


@pytest.mark.parametrize(
    ("name", "installs", "removes"),
    [
        ("uv", "uv tool install --force --reinstall .", "uv tool uninstall cable-tui"),
        ("pipx", "pipx install --force .", "pipx uninstall cable-tui"),
    ],
)
def test_an_installer_that_is_there_is_used(
    clone: Path, tools: Path, name: str, installs: str, removes: str
) -> None:
    log = add_tool(tools, name)
    done = run("install", clone, tools)
    assert f"cable-tui is in {tools}. {name} has installed it" in done.stdout
    run("uninstall", clone, tools)
    asked = log.read_text().splitlines()
    assert f"{tools}/{installs}" in asked
    assert asked[-1] == f"{tools}/{removes}"
    assert not os.path.lexists(link(clone))
