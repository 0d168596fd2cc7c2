"""The program started often: each start is a fork of one process that has imported all of it.

    python -m tests.warm_program SOCKET

It is started as from a shell: with the client's arguments, folder, environment, input and output,
and its status is the client's. Only the terminal is not one that it controls.
"""

from __future__ import annotations

import array
import atexit
import contextlib
import gc
import json
import os
import pkgutil
import runpy
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import traceback
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import cable_tui

CLIENT = """\
import array, json, os, sys
from _socket import AF_UNIX, SCM_RIGHTS, SOCK_STREAM, SOL_SOCKET, socket
server = socket(AF_UNIX, SOCK_STREAM)
server.connect({place!r})
files = array.array("i", [0, 1, 2])
server.sendmsg([b"files"], [(SOL_SOCKET, SCM_RIGHTS, files)])
asked = json.dumps([sys.argv[1:], os.getcwd(), dict(os.environ)])
server.sendall(b"%d\\n" % len(asked) + asked.encode())
status = int(server.recv(8) or 70)
os.kill(os.getpid(), -status) if status < 0 else sys.exit(status)
"""
"""What is run in place of the program. It imports little."""
LIBRARIES = ("rapidfuzz", "rich.console", "tantivy", "textual.app", "textual.widgets")
"""What functions of the program import."""


@contextlib.contextmanager
def warm_program() -> Iterator[str]:
    """Begin such a process; give the text of a script that runs as the program does."""
    with tempfile.TemporaryDirectory(prefix="warm-") as folder:
        place = str(Path(folder, "socket"))
        command = [sys.executable, "-m", "tests.warm_program", place]
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, start_new_session=True, cwd=Path(__file__).parents[1]
        ) as process:
            try:
                assert process.stdout is not None
                assert process.stdout.readline() == b"ready\n"
                client = Path(folder, "client.py")
                client.write_text(CLIENT.format(place=place), encoding="utf-8")
                # By a shell: the path of Python may have blanks.
                yield f'#!/bin/sh\nexec "{sys.executable}" -IS "{client}" "$@"\n'
            finally:
                os.killpg(process.pid, signal.SIGKILL)  # and what of its forks hangs


def answer(client: socket.socket) -> None:
    """Run the program for a client in a fork; send its status."""
    _, parts, _, _ = client.recvmsg(5, socket.CMSG_SPACE(3 * 4))
    given = array.array("i", parts[0][2])
    reader = client.makefile("rb")
    arguments, folder, environment = json.loads(reader.read(int(reader.readline())))
    if (fork := os.fork()) == 0:
        client.close()
        become(arguments, folder, environment, given)
    else:
        client.sendall(b"%d" % os.waitstatus_to_exitcode(os.waitpid(fork, 0)[1]))


def become(
    arguments: list[str], folder: str, environment: dict[str, str], files: array.array[int]
) -> None:
    """Run the program as this process, which ends as it does."""
    for number, (file, name) in enumerate(zip(files, ("stdin", "stdout", "stderr"), strict=True)):
        os.dup2(file, number)
        os.close(file)
        stream = open(number, "w" if number else "r", closefd=False)  # noqa: SIM115
        setattr(sys, name, stream)  # in lines if it is a terminal
        setattr(sys, f"__{name}__", stream)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    gc.enable()
    sys.argv = ["cable-tui", *arguments]
    status = 1
    try:
        runpy.run_module("cable_tui", run_name="__main__", alter_sys=True)
    except SystemExit as ends:
        status = ends.code if isinstance(ends.code, int) else int(ends.code is not None)
    except BaseException:  # noqa: BLE001 - whatever it is, it is said
        traceback.print_exc()
    finally:  # as at the end of Python, but for what takes the time: tidying all modules away
        threading._shutdown()  # type: ignore[attr-defined]
        atexit._run_exitfuncs()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def main(place: str) -> None:
    """Import everything, and answer."""
    gc.disable()
    for name in LIBRARIES:
        import_module(name)
    for module in pkgutil.walk_packages(cable_tui.__path__, "cable_tui."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    gc.freeze()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(place)
        server.listen()
        os.write(1, b"ready\n")
        while True:
            client, _ = server.accept()
            if os.fork() == 0:
                server.close()
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                answer(client)
                os._exit(0)
            client.close()


if __name__ == "__main__":
    main(sys.argv[1])
