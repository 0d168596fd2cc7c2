"""How the program was installed, for readers who want to add an extra."""

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
"""Signs of each tool in the environment that it makes for a program, and its command."""


def command_for(extra: str) -> str:
    """Return the command that installs this program again with an extra, for the reader's shell.

    uv and pipx leave a file in an environment of theirs; a clone and a download have a
    `direct_url.json` (PEP 610), and an environment of uv a line in `pyvenv.cfg`.
    """
    environment = Path(sys.prefix)
    for receipt, tool in _TOOLS.items():
        if (environment / receipt).exists():
            return f"{tool} {_source(extra)}"
    try:
        config_option = (environment / "pyvenv.cfg").read_text(encoding="utf-8")
    except OSError:  # no virtual environment
        config_option = ""
    if any(line.partition("=")[0].strip() == "uv" for line in config_option.splitlines()):
        return f"uv pip install {_source(extra)}"
    return f"{_quoted(sys.executable)} -m pip install {_source(extra)}"


def _source(extra: str) -> str:
    """Return the argument for an installer: a clone, an address, or the name."""
    name = f"cable-tui[{extra}]"
    try:
        source_facts = json.loads(distribution("cable-tui").read_text("direct_url.json") or "{}")
    except (PackageNotFoundError, ValueError):
        source_facts = {}
    url = source_facts.get("url", "")
    if "dir_info" in source_facts:
        folder = unquote(urlsplit(url).path)
        folder = folder.removeprefix("/") if is_windows() else folder  # file:///C:/cables
        editable = "--editable " if source_facts["dir_info"].get("editable") else ""
        return f"{editable}{_quoted(f'{folder}[{extra}]')}"
    if "vcs_info" in source_facts:
        url = f"{source_facts['vcs_info'].get('vcs', 'git')}+{url}"
    return _quoted(f"{name} @ {url}" if url else name)


def _quoted(word: str) -> str:
    if is_windows():
        return f'"{word}"' if {*" []"} & {*word} else word
    return shlex.quote(word)
