"""Every command that README and the documents show works as printed.

Each block of `sh` is run by bash in a terminal of its own, in a home that has an archive in
`~/cables`. Rooms are left by ctrl-q as soon as they have drawn; questions are answered with yes.
A block below the comment `<!-- not run here: why -->` is not run. Commands of `make` are asked what
they would do (`make -n`): the checks are one of them.
"""

from __future__ import annotations

import os
import re
import select
import shutil
import signal
import tempfile
import time
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

import pytest

from cable_tui import demo
from cable_tui.cli import main
from cable_tui.program.own_commands import OwnCommand
from cable_tui.program.settings import find_paths, remember, write_private
from tests.doc_tables import DOCUMENTS, ROOT
from tests.warm_program import warm_program

pytestmark = pytest.mark.documents

pty = pytest.importorskip("pty", reason="this system has no pseudo-terminals")
if shutil.which("bash") is None:
    pytest.skip("there is no bash here", allow_module_level=True)

_BLOCK = re.compile(
    r"(?P<not_run><!-- not run here: [^>]+ -->\n)?^```sh\n(?P<text>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
_ENTERED = b"\x1b[?1049h"
_LEFT = b"\x1b[?1049l"
_QUIT = b"\x11"
_QUESTION = b"[y/N]"
_LONGEST = 120
"""Seconds after which a block is taken to hang: far more than any needs."""
_PAGE = """\
Reference ID Created Released Classification Origin
{name} {day} 14:57 2011-08-24 01:00 {classification} {origin}
R 131457Z FEB 09
FM {sender}
TO SECSTATE WASHDC 8289
C O N F I D E N T I A L {station}

E.O. 12958: DECL: 02/13/2019
TAGS: {tags}
SUBJECT: {subject}

REF: {cites}

1. (C) Summary: {text} End summary.

2. (C) Nobody in this cable exists.

3. (C) Comment: The figure of nineteen is to be checked. End comment.
"""
_PAGES = (
    {
        "name": "09CASABLANCA27",
        "day": "2009-02-13",
        "classification": "CONFIDENTIAL",
        "origin": "Consulate Casablanca",
        "sender": "AMCONSUL CASABLANCA",
        "station": "CASABLANCA 000027",
        "tags": "KTIP PHUM MO",
        "subject": "UNACCOMPANIED MINORS AND A HARBOR THAT IS NOT THERE",
        "cites": "09 RABAT 12",
        "text": "An invented harbor was asked about by invented minors.",
    },
    {
        "name": "09RABAT12",
        "day": "2009-03-02",
        "classification": "SECRET",
        "origin": "Embassy Rabat",
        "sender": "AMEMBASSY RABAT",
        "station": "RABAT 000012",
        "tags": "PARM ENRG MO",
        "subject": "NO URANIUM UNDER THE MINISTRY",
        "cites": "08 RABAT 1",
        "text": "A rumor of uranium and of a gas pipeline was a rumor.",
    },
)
_SEALED = ("--format", "verifiable", "-o")
_MARKS = (
    ("09CASABLANCA27", "TIP story"),
    ("09CASABLANCA27#3", "TIP story"),
    ("09CASABLANCA27", "minors"),
    ("04SANTORIEL88#3", "maps"),
)


class Block(NamedTuple):
    """A block of commands in a document."""

    name: str
    text: str
    is_run: bool


def blocks() -> list[Block]:
    """The blocks of all documents, named by document and line."""
    found = []
    for document in DOCUMENTS:
        text = document.read_text(encoding="utf-8")
        for each in _BLOCK.finditer(text):
            line = text.count("\n", 0, each.start("text")) + 1
            found.append(Block(f"{document.name}:{line}", each["text"], each["not_run"] is None))
    return found


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with an archive that is indexed, and with marks."""
    home = tmp_path_factory.mktemp("reader")
    cables = home / "cables"
    cables.mkdir()
    demo.write(cables)
    (cables / "2009").mkdir()
    for page in _PAGES:
        text = _PAGE.format(**page)
        (cables / "2009" / f"{page['name']}.txt").write_text(text, encoding="utf-8")
    # A second record, in which something is blacked out.
    text = _PAGE.format(**_PAGES[0]).replace("invented minors", "XXXXXXXXXXXX")
    (cables / "copies").mkdir()
    (cables / "copies" / "09CASABLANCA27.txt").write_text(text, encoding="utf-8")
    draft = "“An invented harbor was asked about by invented minors” (09CASABLANCA27 ¶1).\n"
    (home / "article.txt").write_text(draft, encoding="utf-8")
    (home / "names.txt").write_text("lobster\nkettle rocks\n", encoding="utf-8")
    (home / ".config" / "fish" / "completions").mkdir(parents=True)

    lines = [
        ("index", str(cables)),
        *(("bookmarks", "add", str(cables), each, "--list", name) for each, name in _MARKS),
        ("bookmarks", "add", str(cables), "09CASABLANCA27#1", "--note", "as 09RABAT27"),
        ("bookmarks", "add", str(cables), "09CASABLANCA27#2"),
        ("bookmarks", "save", "tag:KTIP minors", "--search", "minors"),
        ("bookmarks", "read", "09CASABLANCA27"),
        *(("bookmarks", "export", str(home / file)) for file in ("marks.json", "story.json")),
        ("export", str(cables), "--list", "maps", *_SEALED, str(home / "maps.zip")),
    ]
    # This reader's own, and no other test's: tempfile keeps the first folder that it finds.
    temporary = patch.object(tempfile, "tempdir", None)
    with temporary, patch.dict(os.environ, environment(home), clear=True):
        assert [main(line) for line in lines] == [0] * len(lines)
        # A command of the reader's own that ran before.
        paths = find_paths(os.environ)
        write_private(paths.config, '[commands.translate]\nrun = ["cat"]\n')
        remember(paths.choices, OwnCommand("translate", ("cat",)).approval, True)
        # Of the time before the reader had another login name.
        with patch.dict(os.environ, {"LOGNAME": "mreader"}):
            assert main(("bookmarks", "add", "04SANTORIEL88")) == 0
    return home


def environment(home: Path) -> dict[str, str]:
    """What a new user's shell has."""
    return {
        "HOME": str(home),
        # Private sessions of other tests are none of this reader.
        "TMPDIR": str(home),
        "PATH": os.pathsep.join([str(home / "bin"), os.environ["PATH"]]),
        "TERM": "xterm-256color",
        "LANG": "C.UTF-8",
        "PYTHONPATH": str(ROOT),
    }


def programs(home: Path, program: str) -> None:
    """`cable-tui` by its name, as where it was installed; make as a question only."""
    folder = home / "bin"
    folder.mkdir()
    make = f'#!/bin/sh\nexec "{shutil.which("make")}" -n -C "{ROOT}" "$@"\n'
    for name, text in (("cable-tui", program), ("make", make)):
        (folder / name).write_text(text)
        (folder / name).chmod(0o755)


def run_in_terminal(text: str, home: Path) -> tuple[int, str]:
    """The exit status of a block and what it wrote; a signal's number is negative."""
    process, terminal = pty.fork()
    if not process:
        os.chdir(home)
        command = ["bash", "-e", "-o", "pipefail", "-c", text]
        os.execvpe(command[0], command, environment(home))
    written = b""
    ends = time.monotonic() + _LONGEST
    answered = 0
    while time.monotonic() < ends:
        if select.select([terminal], [], [], 0.3)[0]:
            try:
                read = os.read(terminal, 1 << 16)
            except OSError:  # Linux: the other side is closed
                break
            if not read:
                break
            written += read
        elif written.count(_ENTERED) > written.count(_LEFT):
            os.write(terminal, b"\r" if " pick " in text else _QUIT)
        elif written.count(_QUESTION) > answered:
            answered += 1
            os.write(terminal, b"y\n")
    else:
        os.kill(process, signal.SIGKILL)
    status = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    os.close(terminal)
    return status, written.decode("utf-8", "replace")


RUN = [block for block in blocks() if block.is_run]


@pytest.mark.slow
def test_each_block_of_commands_works_as_it_stands(prepared: Path, tmp_path: Path) -> None:
    failed = []
    with warm_program() as program:
        for number, block in enumerate(RUN):
            home = tmp_path / str(number)
            # A link to the same archive: its cache knows it by its place.
            shutil.copytree(prepared, home, ignore=shutil.ignore_patterns("cables"))
            (home / "cables").symlink_to(prepared / "cables")
            programs(home, program)
            status, written = run_in_terminal(block.text, home)
            if status or "Traceback" in written:
                failed.append(f"{block.name}\n{block.text}\n{status}: {written[-2000:]}")
    assert failed == [], "\n\n".join(failed)


def test_a_block_that_is_not_run_says_why() -> None:
    marked = [document.read_text(encoding="utf-8").count("not run here") for document in DOCUMENTS]
    assert sum(marked) == len(blocks()) - len(RUN)
