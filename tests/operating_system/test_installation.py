"""The command that brings an extra, for each way to install the program."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from cable_tui.operating_system import installation
from tests.operating_system.systems import become

_CLONE = '{"url": "file:///home/ada/cable%20tui", "dir_info": {"editable": true}}'
_FOLDER = '{"url": "file:///home/ada/tui", "dir_info": {}}'
_WHEEL = '{"url": "file:///tmp/cable_tui-0.2.0-py3-none-any.whl", "archive_info": {}}'
_GIT = '{"url": "https://example.org/c.git", "vcs_info": {"vcs": "git", "commit_id": "1f"}}'


# PEP 610 says what direct_url.json has; the files are what uv 0.9, pipx 1.8 and venv leave.
@pytest.mark.parametrize(
    ("left", "direct", "expected"),
    [
        ({}, None, "{python} -m pip install 'cable-tui[serve]'"),
        ({"pyvenv.cfg": "home = /usr\n"}, None, "{python} -m pip install 'cable-tui[serve]'"),
        ({"pyvenv.cfg": "home = /usr\nuv = 0.9.1\n"}, None, "uv pip install 'cable-tui[serve]'"),
        ({"pipx_metadata.json": "{}"}, None, "pipx install --force 'cable-tui[serve]'"),
        (
            {"uv-receipt.toml": "", "pyvenv.cfg": "uv = 0.9.1"},
            None,
            "uv tool install --force 'cable-tui[serve]'",
        ),
        ({}, _CLONE, "{python} -m pip install --editable '/home/ada/cable tui[serve]'"),
        ({}, _FOLDER, "{python} -m pip install '/home/ada/tui[serve]'"),
        (
            {"pipx_metadata.json": "{}"},
            _WHEEL,
            (
                "pipx install --force"
                " 'cable-tui[serve] @ file:///tmp/cable_tui-0.2.0-py3-none-any.whl'"
            ),
        ),
        (
            {"uv-receipt.toml": ""},
            _GIT,
            "uv tool install --force 'cable-tui[serve] @ git+https://example.org/c.git'",
        ),
        ({}, "no json", "{python} -m pip install 'cable-tui[serve]'"),
    ],
)
def test_an_extra_is_installed_as_the_program_was(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    left: dict[str, str],
    direct: str | None,
    expected: str,
) -> None:
    for name, text in left.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    _installed(monkeypatch, tmp_path, direct)
    assert installation.command_for("serve") == expected.format(python=sys.executable)


def test_a_shell_of_windows_is_given_its_own_quotes(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "pipx_metadata.json").touch()
    _installed(monkeypatch, tmp_path, None)
    become(monkeypatch, "win32")
    assert installation.command_for("team") == 'pipx install --force "cable-tui[team]"'


def _installed(monkeypatch: pytest.MonkeyPatch, environment: Path, direct: str | None) -> None:
    class Found:
        def read_text(self, name: str) -> str | None:
            assert name == "direct_url.json"
            return direct

    monkeypatch.setattr(sys, "prefix", str(environment))
    monkeypatch.setattr(installation, "distribution", lambda _name: Found())
