"""What a command costs that is started from the shell, beside a bare `python -c pass`.

Where notmuch and Recoll are installed (Debian: `notmuch`, `recollcmd`) they are asked for the same
word over the same cables, which they get as messages and as texts. Every command takes its turn in
every round, so that ratios hold whatever else the machine does.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks import building, generate
from benchmarks.fiction import Author, Fiction

ROUNDS = 21
CABLES = 50_000
PAGES = 20_000
WHOLE = 300
"""Questions of the recall from which a run is no quick one."""
WORD = "lasktri"
"""A made-up word that a hundred of them hold."""


class Command(NamedTuple):
    """A command that is timed."""

    name: str
    argv: Sequence[str]
    bar: str = ""
    """How many times `python -c pass` it may take."""
    environment: Mapping[str, str] = {}


class Cost(NamedTuple):
    """What a command costs."""

    command: Command
    milliseconds: float
    """Median of the rounds."""
    times: float
    """The same, `python -c pass` as one."""


def costs(folder: Path, homes: Path, cables: int = CABLES, pages: int = PAGES) -> list[Cost]:
    """The cost of each command, over archives that are kept in `folder`."""
    bare = Command("`python -c pass`", (sys.executable, "-c", "pass"))
    asked = [bare, *_ours(folder, homes, cables, pages), *_rivals(folder, cables)]
    taken: dict[str, list[float]] = {each.name: [] for each in asked}
    for _ in range(ROUNDS):
        for each in asked:
            taken[each.name].append(_time(each))
    medians = {name: statistics.median(times) for name, times in taken.items()}
    one = medians[bare.name]
    return [Cost(each, medians[each.name] * 1000, medians[each.name] / one) for each in asked]


def _time(command: Command) -> float:
    environment = {**os.environ, **command.environment}
    started = time.perf_counter()
    subprocess.run(
        command.argv,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment,
        check=True,
    )
    return time.perf_counter() - started


def _ours(folder: Path, homes: Path, cables: int, pages: int) -> Iterator[Command]:
    dump, tree = folder / f"shell-{cables}.csv", folder / f"shell-pages-{pages}"
    if not dump.exists():
        generate.write_dump(dump, cables)
    if not tree.exists():
        _write_small_pages(tree, pages)
    home = homes / "home-shell"
    if not home.exists():
        for source in (dump, tree):
            building.build(source, home)
    reference = next(iter(Author(7).cables(1))).reference_id
    archive = str(dump)
    for name, words, bar in (
        ("`--version`", ("--version",), "2.5"),
        ("`--help`", ("--help",), "4"),
        (f"`search PATH {WORD} --refs`", ("search", archive, WORD, "--refs"), "7"),
        (f"`search PATH {WORD}`", ("search", archive, WORD), "10"),
        (f"`search PATH {WORD} --no-index`", ("search", archive, WORD, "--no-index"), "6.8"),
        (
            f"`search PATH {WORD} --passages --limit 50`",
            ("search", archive, WORD, "--passages", "--limit", "50"),
            "9.5",
        ),
        ("`show PATH REF`", ("show", archive, reference), "8.5"),
        ("`cite PATH REF`", ("cite", archive, reference), "13"),
        ("`bookmarks add PATH REF`", ("bookmarks", "add", archive, reference), "10"),
        ("`stats PATH`", ("stats", archive), "12"),
        (f"the same search, {pages:,} pages", ("search", str(tree), WORD, "--refs"), ""),
        (
            f"the same search, {pages:,} pages, `--no-index`",
            ("search", str(tree), WORD, "--refs", "--no-index"),
            "",
        ),
    ):
        argv = (sys.executable, "-m", "cable_tui", *words)
        yield Command(name, argv, bar, {"CABLE_TUI_HOME": str(home)})


def _write_small_pages(tree: Path, count: int) -> None:
    """Pages without the site's menu: what is looked at is how many there are."""
    for cable in Author(7).cables(count):
        path = tree / f"{cable.created:%Y/%m}" / f"{cable.reference_id}.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(generate.page(cable, menu=""), encoding="utf-8")


def _rivals(folder: Path, cables: int) -> Iterator[Command]:
    if shutil.which("notmuch"):
        yield from _notmuch(folder / f"shell-mail-{cables}", cables)
    if shutil.which("recollindex") and shutil.which("recollq"):
        yield from _recoll(folder / f"shell-texts-{cables}", cables)


def _notmuch(mail: Path, cables: int) -> Iterator[Command]:
    config = mail.parent / f"{mail.name}.notmuch"
    environment = {"NOTMUCH_CONFIG": str(config)}
    if not config.exists():
        _write(mail / "cur", cables, _message)
        config.write_text(f"[database]\npath={mail}\n[new]\ntags=\n[user]\nname=x\n")
        subprocess.run(["notmuch", "new"], env={**os.environ, **environment}, check=True)
    argv = ("notmuch", "search", "--output=messages", WORD)
    yield Command(f"notmuch search {WORD}", argv, "", environment)


def _recoll(texts: Path, cables: int) -> Iterator[Command]:
    config = texts.parent / f"{texts.name}.recoll"
    if not config.exists():
        _write(texts, cables, lambda cable: f"{cable.subject}\n\n{cable.header}\n\n{cable.body}")
        config.mkdir()
        (config / "recoll.conf").write_text(f"topdirs = {texts}\n")
        subprocess.run(["recollindex", "-c", str(config)], check=True, capture_output=True)
    argv = ("recollq", "-c", str(config), "-b", "-n", "0", WORD)
    yield Command(f"recollq {WORD}", argv)


def _write(folder: Path, cables: int, text: Callable[[Fiction], str]) -> None:
    folder.mkdir(parents=True)
    for cable in Author(7).cables(cables):
        (folder / f"{cable.reference_id}.txt").write_text(text(cable), encoding="utf-8")


def _message(cable: Fiction) -> str:
    return (
        f"From: {cable.origin} <post@example.org>\nTo: desk@example.org\n"
        f"Date: {cable.created:%a, %d %b %Y %H:%M:%S +0000}\n"
        f"Message-ID: <{cable.reference_id}@example.org>\nSubject: {cable.subject}\n"
        f"Content-Type: text/plain; charset=utf-8\n\n{cable.header}\n\n{cable.body}\n"
    )
