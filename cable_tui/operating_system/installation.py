"""Find out how the program was installed, for readers who want to add an extra."""

from __future__ import annotations

import json
import shlex
import sys
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from urllib.parse import unquote, urlsplit

from cable_tui.operating_system import is_windows

_TOOLS = {
    "uv-receipt.toml": "uv tool install --force",
    "pipx_metadata.json": "pipx install --force",
}
"""A file that each installer leaves in a program's environment, and the installer's command."""


def command_for(extra: str) -> str:
    """Return the command for the reader's shell that reinstalls this program with an extra.

    uv and pipx leave a file in the environments that they create; a clone and a download have a
    `direct_url.json` (PEP 610), and an environment created by uv has a line in `pyvenv.cfg`.
    """
    environment = Path(sys.prefix)
    for receipt_name, install_command in _TOOLS.items():
        if (environment / receipt_name).exists():
            return f"{install_command} {_source(extra)}"
    try:
        config_text = (environment / "pyvenv.cfg").read_text(encoding="utf-8")
    except OSError:  # no virtual environment
        config_text = ""
    if any(
        config_line.partition("=")[0].strip() == "uv" for config_line in config_text.splitlines()
    ):
        return f"uv pip install {_source(extra)}"
    return f"{_quoted(sys.executable)} -m pip install {_source(extra)}"


def _source(extra: str) -> str:
    """Return the argument for the installer: a clone's folder, an address, or the package name."""
    package_name = f"cable-tui[{extra}]"
    try:
        source_facts = json.loads(distribution("cable-tui").read_text("direct_url.json") or "{}")
    except (PackageNotFoundError, ValueError):
        source_facts = {}
    source_url = source_facts.get("url", "")
    if "dir_info" in source_facts:
        source_folder = unquote(urlsplit(source_url).path)
        source_folder = (
            source_folder.removeprefix("/") if is_windows() else source_folder
        )  # file:///C:/cables
        editable_option = "--editable " if source_facts["dir_info"].get("editable") else ""
        return f"{editable_option}{_quoted(f'{source_folder}[{extra}]')}"
    if "vcs_info" in source_facts:
        source_url = f"{source_facts['vcs_info'].get('vcs', 'git')}+{source_url}"
    return _quoted(f"{package_name} @ {source_url}" if source_url else package_name)


def _quoted(word: str) -> str:
    if is_windows():
        return f'"{word}"' if {*" []"} & {*word} else word
    return shlex.quote(word)
