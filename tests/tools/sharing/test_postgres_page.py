"""The commands of docs/postgresql.md, in their order, on a server of the tests.

`sudo`, `apt`, `service`, `scp`, and what only root may do, are stand-ins; folders of the system are
elsewhere. A server with TLS is used if there is one; otherwise the page's lines on TLS are left
out. What is left (the packages, PgBouncer, a replica) was run by hand, as the page says.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import psycopg
import pytest

from cable_tui.library import Library, Mark
from cable_tui.tools.sharing.exchange import exchange
from cable_tui.tools.sharing.postgres import PostgresTarget
from tests.doc_tables import ROOT
from tests.postgres_server import PostgresServer
from tests.tools.sharing.conftest import INSERT
from tests.tools.sharing.target_rules import ONE, events
from tests.tools.sharing.tls_programs import with_tls

if shutil.which("bash") is None or os.name == "nt":
    pytest.skip("there is no bash here", allow_module_level=True)

PASSWORD = "not in any history"
_PIECE = re.compile(
    r"^#+ (?P<heading>[^\n]+)$|^```(?P<kind>\w*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL
)
_STAND_INS = {
    "sudo": '[ "$1" = -u ] && shift 2; exec "$@"',
    "apt": "",
    "service": "",
    "scp": 'exec cp "${1#*:}" "$2"',
    "chown": '[ "$(id -u)" != 0 ] || exec "$real_chown" "$owner" "${@:2}"',
    "install": '[ "$1$3" != -o-g ] || shift 4; exec "$real_install" "$@"',
    "cable-tui": 'exec "$python" -P -m cable_tui "$@"',
}


class Block(NamedTuple):
    """The text between two lines of three backquotes, and the heading above it."""

    heading: str
    kind: str
    text: str


def blocks() -> list[Block]:
    found, heading = [], ""
    page = (ROOT / "docs" / "postgresql.md").read_text(encoding="utf-8")
    for piece in _PIECE.finditer(page):
        heading = piece["heading"] or heading
        if piece["heading"] is None:
            found.append(Block(heading, piece["kind"], piece["text"]))
    return found


def block(heading: str, kind: str, words: str = "") -> str:
    """The only block of a kind under a heading, with these words in it."""
    (found,) = (
        each.text for each in blocks()
        if (each.heading, each.kind) == (heading, kind) and words in each.text
    )  # fmt: skip
    return found


class Page:
    """A server, and who does what the page says."""

    def __init__(self, server: PostgresServer, *, has_tls: bool) -> None:
        self.server = server
        self.has_tls = has_tls
        self.system = server.folder / "system"
        self.home = server.folder / "home"
        programs = server.folder / "stand-ins"
        for each in (self.system / "etc/postgresql", self.system / "etc/pgbouncer", self.home,
                     self.system / "var/lib/postgresql", programs):  # fmt: skip
            each.mkdir(parents=True)
        for name, text in _STAND_INS.items():
            (programs / name).write_text(f"#!/usr/bin/env bash\n{text}\n")
            (programs / name).chmod(0o755)
        owner = server.data.stat()
        self._environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("PG")},
            "PATH": os.pathsep.join([str(programs), str(server.programs), os.environ["PATH"]]),
            "PYTHONPATH": str(ROOT),
            "HOME": str(self.home),
            "CABLE_TUI_HOME": str(self.home / "cable-tui"),
            "PGHOST": server.host,
            "PGPORT": str(server.port),
            "PGUSER": "postgres",
            "owner": f"{owner.st_uid}:{owner.st_gid}",
            "real_chown": shutil.which("chown") or "",
            "real_install": shutil.which("install") or "",
            "python": sys.executable,
        }

    def as_here(self, text: str) -> str:
        """Words of the page for this server."""
        text = re.sub(r"@db\.example(?::\d+)?/", f"@localhost:{self.server.port}/", text)
        text = re.sub(r"db\.example:\d+:", f"localhost:{self.server.port}:", text)
        text = text.replace("db.example", "localhost").replace("10.0.0.0/8", "samehost")
        text = re.sub(r"(?<=[ '=])/(?=(?:etc|var)/)", f"{self.system}/", text)
        text = text.replace("localhost:/etc", f"localhost:{self.system}/etc")
        text = text.replace("listen_addresses = '*'", "listen_addresses = 'localhost'")
        if not self.has_tls:
            text = text.replace("?sslmode=verify-full", "").replace("hostssl", "host")
            text = re.sub(r' -c "ALTER SYSTEM SET ssl = on"', "", text)
            text = re.sub(r' \\\n  -c "ALTER SYSTEM SET ssl_\w+ = .*?"', "", text)
        return text

    def shell(self, text: str, typed: str = "") -> str:
        """Run a block; what it says."""
        # Without a terminal passwords are read from the input.
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", self.as_here(text)], input=typed, text=True,
            check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            env=self._environment, cwd=self.home, start_new_session=True, timeout=120,
        )  # fmt: skip
        assert done.returncode == 0, f"{text}\n{done.stdout}"
        return done.stdout

    def sql(self, text: str, database: str = "marks") -> str:
        """Type a block into psql, with passwords where it asks for them."""
        typed = re.sub(
            r"^(\\password .*)$", rf"\1\n{PASSWORD}\n{PASSWORD}", text, flags=re.MULTILINE
        )
        return self.shell(f"psql -v ON_ERROR_STOP=1 {database}", typed)

    def write_password(self, line: str) -> None:
        """What the page says is written with an editor."""
        with (self.home / ".pgpass").open("a") as file:
            file.write(self.as_here(line).replace("PASSWORD", PASSWORD))

    def url(self, user: str) -> str:
        return self.as_here(f"postgresql://{user}@db.example/marks?sslmode=verify-full")


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    """A server that is set up as the page says."""
    from tests.fixtures import _postgres

    programs = with_tls()
    with closing(PostgresServer(programs)) if programs else _postgres() as server:
        # As Debian has it, for the server's own machine; nobody comes in from elsewhere.
        (server.data / "pg_hba.conf").write_text("local all all trust\n")
        made = Page(server, has_tls=programs is not None)
        _set_up(made)
        yield made


def _set_up(page: Page) -> None:
    for each in blocks():
        if each.heading[:2] not in ("1.", "2.", "3.", "4."):
            continue
        if each.kind == "sql":
            page.sql(each.text)
        elif each.kind == "sh":
            page.shell(each.text, f"{PASSWORD}\n{PASSWORD}\n")
            if "restart" in each.text:
                page.server.stop()
                page.server.start()
        elif not each.kind:
            page.write_password(each.text)
    page.write_password("db.example:5432:marks:intern:PASSWORD\n")


@pytest.fixture
def passwords(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those of the page's readers, and their certificate, in this process too."""
    monkeypatch.setenv("PGPASSFILE", str(page.home / ".pgpass"))
    monkeypatch.setenv("PGSSLROOTCERT", str(page.home / ".postgresql" / "root.crt"))


@pytest.mark.usefixtures("passwords")
def test_who_was_let_in_shares_and_the_owner_has_nothing_to_mend(
    page: Page, tmp_path: Path
) -> None:
    with (
        closing(PostgresTarget(page.url("ana"))) as ana,
        closing(PostgresTarget(page.url("intern"))) as intern,
        closing(PostgresTarget(page.url("cables"))) as owner,
        closing(Library(tmp_path / "ana.sqlite", author="ana")) as library,
        closing(Library(tmp_path / "intern.sqlite", author="intern")) as reader,
    ):
        library.add(Mark("09POST1", "09POST1", note="of ana"))
        assert exchange(library, ana).sent == 1
        exchange(reader, intern)
        assert "of ana" in [mark.note for mark in reader.marks()]
        assert "you can read and add" in owner.check()
        assert owner.notices == []
        if page.has_tls:
            assert ana._connected().pgconn.ssl_in_use


def test_no_secret_can_be_read_by_others(page: Page) -> None:
    files = [page.system / "etc/postgresql/server.key", page.home / ".pgpass"]
    page.shell(block("A pooler, for hundreds", "sh", "pg_authid"))
    files.append(page.system / "etc/pgbouncer/userlist.txt")
    assert [each.stat().st_mode & 0o777 for each in files] == [0o600] * 3
    users = re.findall(r'^"(\w+)" "SCRAM-SHA-256\$', files[-1].read_text(), re.MULTILINE)
    assert sorted(users) == ["ana", "intern"]
    # Keys and lists are not left where they were made.
    assert {each.name for each in page.home.iterdir()} == {".pgpass", ".postgresql", "cable-tui"}
    page.shell(block("Backups", "sh", "pg_restore"))
    assert (page.system / "var/lib/postgresql/dumps").stat().st_mode & 0o777 == 0o700


@pytest.mark.usefixtures("passwords")
def test_the_owner_makes_no_roles_and_has_no_shell_on_the_server(page: Page) -> None:
    with psycopg.connect(page.url("cables"), autocommit=True) as owner:
        for statement in (
            "CREATE ROLE another",
            "GRANT pg_execute_server_program TO cables",
            "COPY (SELECT 1) TO PROGRAM 'cat'",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                owner.execute(statement)


@pytest.mark.usefixtures("passwords")
@pytest.mark.parametrize("user", ["intern", "ana"])
def test_nobody_who_was_let_in_fills_the_disk_with_what_is_no_event(page: Page, user: str) -> None:
    sort = "SELECT repeat('x', 1000) FROM generate_series(1, 2000000) AS g ORDER BY g, 1 OFFSET 1e9"
    with psycopg.connect(page.url(user), autocommit=True) as connection:
        for statement in (
            "CREATE TEMPORARY TABLE filler (a int)",
            "CREATE TABLE public.filler (a int)",
            "CREATE SCHEMA filler",
            "SELECT lo_create(0)",
            "SELECT lo_creat(-1)",
            "SELECT lo_from_bytea(0, 'x')",
            "SET temp_file_limit = -1",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement)
        if user == "intern":
            with pytest.raises(psycopg.errors.ConfigurationLimitExceeded):
                connection.execute(sort)
    with pytest.raises(psycopg.OperationalError, match="pg_hba"):
        psycopg.connect(page.url(user).replace("/marks", "/postgres"))


@pytest.mark.usefixtures("passwords")
def test_rows_of_junk_and_what_should_never_have_been_there_are_removed(page: Page) -> None:
    with closing(PostgresTarget(page.url("ana"))) as ana:
        ana.push(events(ONE, *range(1, 7)))
        with psycopg.connect(page.url("ana"), autocommit=True) as sql:
            sql.execute(INSERT, (ONE, 7, "junk"))
        ana.check()
        assert f"event 7 of library {ONE}" in ana.notices[0]
        page.sql(block("Removing unreadable rows", "sql").replace("e6ca1c8b72e20648", ONE))
        ana.check()
        assert ana.notices == []
        page.sql(block("To remove something for good", "sql"))
        assert [each.counter for each in ana.pull({}) if each.library == ONE] == list(range(1, 7))


@pytest.mark.usefixtures("passwords")
def test_a_server_that_was_set_up_before_loses_what_its_owner_should_not_have(page: Page) -> None:
    page.sql("ALTER ROLE cables CREATEROLE; GRANT pg_execute_server_program TO cables;")
    page.sql(block("A server that was set up before", "sql"))
    with psycopg.connect(page.url("cables"), autocommit=True) as owner:
        for statement in ("CREATE ROLE another", "COPY (SELECT 1) TO PROGRAM 'cat'"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                owner.execute(statement)


@pytest.mark.usefixtures("passwords")
def test_who_fills_the_queue_of_notifications_is_found_and_ended(page: Page) -> None:
    with psycopg.connect(page.url("intern"), autocommit=True) as intern:
        for statement in ("LISTEN cable_tui", "BEGIN", "SELECT 1"):
            intern.execute(statement)
        text = block("A full queue of notifications", "sql")
        pid = intern.info.backend_pid
        said = page.sql(text.replace("4711", str(pid)))
        assert re.search(rf"\b{pid} \| intern +\| idle in transaction", said)
        with pytest.raises(psycopg.OperationalError):
            intern.execute("SELECT 1")


@pytest.mark.usefixtures("passwords")
def test_who_leaves_is_gone_though_he_is_connected_and_owns_something(page: Page) -> None:
    page.sql(
        "CREATE ROLE tom LOGIN IN ROLE cable_tui_writer;\n\\password tom\n"
        "CREATE TABLE public.of_tom (a int); ALTER TABLE public.of_tom OWNER TO tom;"
        "CREATE TABLE public.given (a int); GRANT SELECT ON public.given TO tom;"
        "ALTER DEFAULT PRIVILEGES FOR ROLE tom GRANT SELECT ON TABLES TO intern;"
    )
    page.write_password("db.example:5432:marks:tom:PASSWORD\n")
    with closing(PostgresTarget(page.url("tom"))) as target:
        target.push(events("3" * 16, 1))
        page.sql(re.sub(r"\bana\b", "tom", block("When someone leaves", "sql")))
        assert "0" in page.sql("SELECT count(*) FROM pg_roles WHERE rolname = 'tom'")
        assert "1" in page.sql("SELECT count(*) FROM cable_tui.event WHERE added_by = 'tom'")
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(page.url("tom"))
    page.sql("DROP TABLE public.of_tom, public.given")
