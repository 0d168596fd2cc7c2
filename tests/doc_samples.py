"""The samples of the documents: what commands print on the demo, and what the room draws.

The block below `<!-- sample -->` has commands after `$` and what each prints; with
`<!-- sample: 9 lines -->` at most nine lines of each. The block below `<!-- screen: NAME 2-13 -->`
has these lines of a drawn screen. `python -m tests.doc_tables` writes them again.
"""

from __future__ import annotations

import io
import os
import re
import shlex
import tempfile
import textwrap
from contextlib import ExitStack, chdir, redirect_stderr, redirect_stdout
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import Mock, patch

from cable_tui import demo
from cable_tui.archive.build.indexer import index
from cable_tui.cli import main
from tests.command_cases import found
from tests.tool_cases import StandIns

BLOCK = re.compile(
    r"(?P<mark><!-- (?P<kind>sample|screen)(?:: (?P<what>[^>]*))? -->\n)"
    r"```\w+\n(?P<text>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
_TESTS = Path(__file__).parent
_HOME = "/home/ann"
_CACHE = ".cache/cable-tui"
_LONG, _WIDTH = 160, 116
"""A longer line of a sample is broken to this width."""
_NOW = datetime(2026, 11, 28, 9, 30, tzinfo=UTC)
_DIGEST = re.compile(r"\b[0-9a-f]{64}\b")
"""A digest: it depends on the compression of the machine, and is replaced."""
_ERASED = ("Casimir Vantongeren", "XXXXXXXXXXXX")
"""A name in a cable, and the redaction of it in a copy."""
_DRAFT = """\
The chart was handsome, "and its paper is old," the embassy wrote (04PORTAMBER305 ¶2).
Dray said "that it had been in a cupboard, and that the drawer was itself of great
antiquity" (04PORTAMBER305 ¶2).
"The navy was a sensitive subject, since it was in dry dock" (04SANTORIEL88 ¶2).
"""


def archives(place: Path) -> Path:
    """Fill a folder with the demo, and with two records of one of its cables, and index both."""
    demo.write(place / "cables")
    page = next((place / "cables").rglob("04SANTORIEL88.html"))
    for name, old, new in (("page", "", ""), ("copy", *_ERASED)):
        (place / "two" / name).mkdir(parents=True)
        text = page.read_text("utf-8").replace(old, new)
        (place / "two" / name / page.name).write_text(text, "utf-8")
    for name in ("cables", "two"):
        for _ in index(place / name, place / _CACHE, workers=0):
            pass
    return place


def with_samples(text: str, place: Path) -> str:
    """Return a document with its samples as the program prints them on the archives of a place."""
    with tempfile.TemporaryDirectory() as home:
        (Path(home) / "article.md").write_text(_DRAFT, encoding="utf-8")
        return BLOCK.sub(lambda block: _filled(block, place, Path(home)), text)


def _filled(block: re.Match[str], place: Path, home: Path) -> str:
    what = block["what"] or ""
    if block["kind"] == "screen":
        name, lines = what.split(" ")
        first, last = map(int, lines.split("-"))
        drawn = next(_TESTS.rglob(f"screens/{name}.txt")).read_text("utf-8").splitlines()
        return "\n".join([f"{block['mark']}```text", *drawn[first - 1 : last], "```"])
    most = int(what.split(" ")[0]) if what else None
    lines = [f"{block['mark']}```console"]
    for command in block["text"].splitlines():
        if command.startswith("$ "):
            printed = _printed(command, place, home)
            cut = most is not None and len(printed) > most
            lines += [command, *(printed[:most]), *(["..."] if cut else [])]
    return "\n".join([*lines, "```"])


def _printed(command: str, place: Path, home: Path) -> list[str]:
    """Return the lines that a command prints in a terminal, stdout and stderr in order."""
    for archive in ("cables", "two"):
        command = command.replace(f"~/{archive}", str(place / archive))
    out = io.StringIO()
    clock = Mock(wraps=datetime)
    clock.now.return_value = _NOW
    environ = {
        "CABLE_TUI_HOME": str(home / "own"),
        "CABLE_TUI_CACHE": str(place / _CACHE),
        "SOURCE_DATE_EPOCH": str(int(_NOW.timestamp())),
        "LOGNAME": "ann",
    }
    with (
        chdir(home),
        patch.dict(os.environ, environ),
        ExitStack() as placed,
        redirect_stdout(out),
        redirect_stderr(out),
    ):
        for case in found(StandIns):
            placed.enter_context(case.placed(clock))
        main([word.replace("~", str(home), 1) for word in shlex.split(command)[2:]])
    text = _DIGEST.sub("…", out.getvalue())
    for folder in (place, home):
        text = text.replace(str(folder), _HOME)
    return [part for line in text.splitlines() for part in _folded(line)]


def _folded(line: str) -> list[str]:
    """Return a line, in several if it is long."""
    if len(line) <= _LONG:
        return [line.rstrip()]
    indent = line[: len(line) - len(line.lstrip())]
    return textwrap.wrap(line, _WIDTH, subsequent_indent=indent, break_on_hyphens=False)
