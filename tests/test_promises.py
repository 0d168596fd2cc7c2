"""What SECURITY.md promises of the whole package: no network, and an archive that is only read."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import cable_tui
from cable_tui import demo
from cable_tui.cli import main
from cable_tui.cli.command_table import VERBS
from tests.command_cases import found
from tests.tool_cases import Connections

ROOT = Path(__file__).parents[1]
PACKAGE = Path(cable_tui.__file__).parent
NETWORK = {
    "aiohttp", "ftplib", "http", "httpx", "imaplib", "poplib", "psycopg", "requests", "smtplib",
    "socket", "socketserver", "ssl", "telnetlib", "urllib3", "websockets", "xmlrpc",
}  # fmt: skip
"""Modules that open connections; of urllib only `parse` opens none."""


def imported(file: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {each.name for each in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            found |= {f"{node.module}.{each.name}" for each in node.names}
    return found


def test_no_module_of_the_package_can_open_a_connection() -> None:
    offline = {"urllib", "urllib.parse"}
    asked = {PACKAGE / module for case in found(Connections) for module in case.modules}
    for file in {*PACKAGE.rglob("*.py")} - asked:
        names = imported(file)
        assert {name for name in names if name.partition(".")[0] in NETWORK} == set(), file
        urls = {name for name in names if name.startswith("urllib") and name not in offline}
        assert {name for name in urls if not name.startswith("urllib.parse.")} == set(), file


def state(folder: Path) -> dict[str, tuple[bytes, int, int]]:
    """Every file of a folder with its bytes, its time and its mode, and every folder's time."""
    return {
        str(path.relative_to(folder)): (
            path.read_bytes() if path.is_file() else b"",
            path.stat().st_mtime_ns,
            path.stat().st_mode,
        )
        for path in sorted(folder.rglob("*"))
    }


@pytest.mark.parametrize("writable", [True, False])
def test_an_archive_is_only_read(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], writable: bool
) -> None:
    folder = tmp_path / "cables"
    demo.write(folder)
    if not writable:
        for path in (folder, *folder.rglob("*")):
            path.chmod(0o555 if path.is_dir() else 0o444)
    before = state(folder)
    for line in (
        "index PATH", "search PATH lobster --passages", "show PATH 04PORTAMBER305",
        "cite PATH 04PORTAMBER305#1 --style note", "stats PATH --by post", "missing PATH",
        "references PATH 04PORTAMBER305", "bookmarks add PATH 04PORTAMBER305#1", "doctor PATH",
        "chain PATH 04PORTAMBER305 --format html",
        "export PATH lobster --format csv", "forget PATH",
    ):  # fmt: skip
        words = [str(folder) if word == "PATH" else word for word in line.split()]
        if words[0] not in VERBS:
            continue  # the command of a tool that was deleted
        assert main(words) == 0, (line, capfd.readouterr().err)
    assert state(folder) == before
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755)


@pytest.mark.documents
def test_every_test_that_the_page_names_is_there() -> None:
    text = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    named = re.findall(r"`(tests/[\w/.]+)`", text)
    assert len(named) > 15
    assert [name for name in named if not (ROOT / name).exists()] == []
    assert "@" not in text  # no address that nobody reads
