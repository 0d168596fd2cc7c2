"""The context of a command: its paths, settings and streams."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from cable_tui.settings import Paths, Settings
from cable_tui.text import clean_line, clean_text


def counted(number: int, what: str) -> str:
    """`1 mark`, `1,204 marks`."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


@dataclass(frozen=True, slots=True)
class Context:
    """One run of a command."""

    options: argparse.Namespace
    paths: Paths
    settings: Settings
    environ: Mapping[str, str]


def emit(text: str) -> None:
    """Write data to stdout; on a terminal without anything that could steer it."""
    sys.stdout.write(clean_text(text) if sys.stdout.isatty() else text)


def emit_json(value: Any) -> None:
    """Write one JSON value and a line end."""
    emit(json.dumps(value, ensure_ascii=False) + "\n")


def emit_lines(lines: Iterable[str]) -> None:
    """Write lines as they come."""
    for line in lines:
        emit(line + "\n")


def say(sentence: str) -> None:
    """Say something to the user, on stderr, under the program's name."""
    first, *more = sentence.split("\n")
    lines = [f"cable-tui: {first}", *more]
    sys.stderr.write("".join(f"{clean_line(line)}\n" for line in lines))
    sys.stderr.flush()


def terminal_width() -> int:
    """Columns of the terminal, or of `COLUMNS`; 80 where neither is known."""
    return max(shutil.get_terminal_size().columns, 20)
