"""Commands of one revision, each in a fork of a process that has imported its libraries before.

`python -P forked_commands.py QUESTIONS ANSWERS` with the revision in PYTHONPATH: lists of arguments
as JSON, and [status, stdout, stderr] of each. It is run as a file, so that no other module of the
project is in reach, and knows the package only by its name: its modules may move. They are imported
by each command itself, as when it is typed; what a command imported of the libraries is imported by
the parent too, so that those after it have it.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import runpy
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import IO

PACKAGE = "cable_tui"


def become(arguments: list[str], out: IO[bytes], err: IO[bytes], imported: IO[bytes]) -> None:
    """Run a command as the process that this fork is; it ends as the command does."""
    with Path(os.devnull).open("rb") as nothing:
        os.dup2(nothing.fileno(), 0)
    os.dup2(out.fileno(), 1)
    os.dup2(err.fileno(), 2)
    sys.argv = [PACKAGE, *arguments]
    before = set(sys.modules)
    try:
        runpy.run_module(PACKAGE, run_name="__main__", alter_sys=True)
    finally:
        imported.write("\n".join(sys.modules.keys() - before).encode())
        imported.flush()


def main() -> None:
    """Ask every question; a fork returns from here, and so ends."""
    found = []
    gc.disable()
    for arguments in json.loads(Path(sys.argv[1]).read_text("utf-8")):
        with (
            tempfile.TemporaryFile() as out,
            tempfile.TemporaryFile() as err,
            tempfile.TemporaryFile() as imported,
        ):
            gc.freeze()
            fork = os.fork()
            if fork == 0:
                gc.enable()
                become(arguments, out, err, imported)
                return
            _, status = os.waitpid(fork, 0)
            texts = []
            for file in (out, err, imported):
                file.seek(0)
                texts.append(file.read().decode("utf-8", "surrogateescape"))
        *said, names = texts
        found.append([os.waitstatus_to_exitcode(status), *said])
        for name in sorted(names.splitlines()):
            if name.partition(".")[0] != PACKAGE:
                with suppress(Exception):
                    importlib.import_module(name)
    Path(sys.argv[2]).write_text(json.dumps(found), "utf-8")


if __name__ == "__main__":
    main()
