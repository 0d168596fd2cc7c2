"""What inputs cost that are as large, or as odd, as the program takes; time and most memory.

Each is a command in a process of its own, on the forty cables of the demo.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from cable_tui import demo

MEMORY = 500
"""MB at most."""
_SEED = 7
_WORDS = (
    "the kettle rocks are two stones that show at low water and the keepers met on a pier".split()
)
_OFFICE = (
    '<?xml version="1.0"?><office:document-content '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text>'
)
_OFFICE_END = "</office:text></office:body></office:document-content>"


class Cost(NamedTuple):
    """A command that was run."""

    what: str
    status: int
    seconds: float
    memory: int
    """Bytes at most; no fewer than this process has, which the system counts in."""


def costs(part: float) -> Iterator[Cost]:
    """The costs of all inputs; with a `part` below 1 they are that much smaller."""
    with tempfile.TemporaryDirectory(prefix="cable-tui-bounds-") as made:
        folder = Path(made)
        demo.write(folder / "demo")
        _run(folder, "index", "index", str(folder / "demo"))
        for what, *words in _inputs(folder, part):
            yield _run(folder, what, *words)


def _inputs(folder: Path, part: float) -> Iterator[tuple[str, ...]]:
    """A name, and the words of a command line, of each input, which is written."""
    chance = random.Random(_SEED)

    def some(count: int) -> str:
        return " ".join(chance.choices(_WORDS, k=count))

    count = int(100_000 * part)
    check = ("check", str(folder / "demo"))
    draft = folder / "cited.md"
    draft.write_text("\n\n".join(f"See 05PORTAMBER{i} and 05STATE{i}." for i in range(count)))
    yield f"check, {2 * count:,} citations", *check, str(draft)
    draft = folder / "long.md"
    text = some(int(3_300_000 * part))
    draft.write_text(f"They wrote: “{text}” (05STATE130422).", encoding="utf-8")
    yield f"check, a quotation of {len(text):,} characters", *check, str(draft)
    draft = folder / "cited.odt"
    paragraphs = (f"{some(12)} 05STATE{i}" for i in range(int(190_000 * part)))
    content = "".join(f"<text:p>{each}</text:p>" for each in paragraphs)
    with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("content.xml", f"{_OFFICE}{content}{_OFFICE_END}")
    yield f"check, {int(190_000 * part):,} paragraphs of LibreOffice", *check, str(draft)
    marks = folder / "lists.json"
    marks.write_text(json.dumps(_marks(count)))
    yield f"marks import, {count:,} lists", "marks", "import", str(marks)
    settings = folder / "dots.toml"
    lines = (".".join([f"k{i}", *"a" * 49]) for i in range(int(9_000 * part)))
    settings.write_text("".join(f"{each} = 1\n" for each in lines))
    yield "paths, 1 MB of settings with 49 dots a line", "paths", "--config", str(settings)
    settings = folder / "deep.toml"
    settings.write_text("x = " + "[" * int(1_000_000 * part))
    yield "paths, settings with arrays in arrays", "paths", "--config", str(settings)
    yield "paths, settings without an end", "paths", "--config", "/dev/zero"


def _marks(count: int) -> dict[str, object]:
    marks = [
        {"uid": f"{i:016x}", "ref": f"09RABAT{i}", "created": "2026-01-01T00:00:00Z"}
        for i in range(1, 101)
    ]
    lists = [{"name": f"list {i}", "marks": [f"{i % 100 + 1:016x}"]} for i in range(count)]
    return {"format": "cable-tui marks", "version": 1, "marks": marks, "lists": lists}


def _run(folder: Path, what: str, *words: str) -> Cost:
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "cable_tui", *words],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "CABLE_TUI_HOME": str(folder / "home")},
    )
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - started
    return Cost(what, process.returncode, seconds, used.ru_maxrss << 10)
