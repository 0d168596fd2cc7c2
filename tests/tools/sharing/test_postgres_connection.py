"""A server that is silent behind something that is not: a tunnel, a pooler, a firewall."""

from __future__ import annotations

import select
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from cable_tui.tools.sharing.exchange import open_target
from cable_tui.tools.sharing.postgres import PostgresTarget
from cable_tui.tools.sharing.postgres_connection import understood
from cable_tui.tools.sharing.target import TargetError
from tests.postgres_server import PostgresServer
from tests.tool_cases import Connections
from tests.tools.sharing.conftest import Maker, Of, Sql
from tests.tools.sharing.target_rules import ONE, event, events


class Tunnel:
    """A way to the server that takes whatever comes, also where it hands nothing on any more."""

    def __init__(self, server: tuple[str, int]) -> None:
        self.is_cut = False
        self._server = server
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._door.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._door.accept()
                far = socket.create_connection(self._server)
                threading.Thread(target=self._hand_on, args=(near, far), daemon=True).start()

    def _hand_on(self, near: socket.socket, far: socket.socket) -> None:
        with near, far, suppress(OSError):
            while True:
                for end in select.select([near, far], [], [])[0]:
                    data = end.recv(65_536)
                    if not data:
                        return
                    if not self.is_cut:
                        (far if end is near else near).sendall(data)

    def close(self) -> None:
        """Take nobody in any more."""
        self._door.close()


@pytest.fixture
def tunnel(postgres: PostgresServer) -> Iterator[Tunnel]:
    with closing(Tunnel(("127.0.0.1", postgres.port))) as made:
        yield made


@pytest.fixture
def through(of: Callable[[str], str], tunnel: Tunnel) -> Iterator[PostgresTarget]:
    """A target at the far end of the tunnel."""
    place, _, database = of("ana").rpartition("/")
    url = f"{place.rpartition(':')[0]}:{tunnel.port}/{database}?hostaddr=127.0.0.1"
    with closing(PostgresTarget(url)) as made:
        yield made


def test_a_server_that_says_nothing_any_more_is_noticed(
    through: PostgresTarget, tunnel: Tunnel
) -> None:
    through.push(events(ONE, 1))
    assert list(through.pull({})) == events(ONE, 1)
    tunnel.is_cut = True
    assert through._connection is not None
    through._connection.patience = 0.2
    with pytest.raises(TargetError, match="no answer for"):
        list(through.pull({}))
    tunnel.is_cut = False
    assert list(through.pull({})) == events(ONE, 1)


def test_one_that_answers_late_is_waited_for(
    through: PostgresTarget, target: PostgresTarget, sql: Sql
) -> None:
    through.push(events(ONE, 1))
    sql.execute("BEGIN")
    sql.execute("LOCK TABLE cable_tui.event")
    found: list[object] = []
    thread = threading.Thread(target=lambda: found.extend(through.pull({})))
    thread.start()
    thread.join(0.3)
    assert not found
    sql.execute("COMMIT")
    thread.join(60)
    assert found == events(ONE, 1)


# Which hosts are this machine is said by libpq's documentation of `host` and `hostaddr`.
LOCAL = (
    "postgresql:///marks",
    "postgresql://ana@localhost/marks",
    "postgresql://127.0.0.1:5433/marks",
    "postgresql://[::1]/marks",
    "postgresql://%2Fvar%2Frun%2Fpostgresql/marks",
    "postgresql:///marks?host=/tmp",
    "postgresql://db.example/marks?hostaddr=127.0.0.1",
    "postgresql://localhost,127.0.0.1/marks",
)
ELSEWHERE = (
    "postgresql://db.example/marks",
    "postgresql://10.0.0.7/marks",
    "postgresql://127.0.0.1.evil.example/marks",
    "postgresql://localhost/marks?hostaddr=10.0.0.7",
    "postgresql://localhost,db.example/marks",
    "postgresql:///marks?host=db.example",
)


@pytest.fixture(autouse=True)
def no_defaults(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PGHOST", "PGHOSTADDR", "PGSSLMODE", "PGSERVICE", "PGSERVICEFILE", "PGDATABASE"):
        monkeypatch.delenv(name, raising=False)


def mode(url: str) -> str | None:
    found = conninfo_to_dict(understood(url).conninfo).get("sslmode")
    return None if found is None else str(found)


@pytest.mark.parametrize("url", LOCAL)
def test_this_machine_needs_no_tls(url: str) -> None:
    assert mode(url) is None
    assert understood(url).is_verified


@pytest.mark.parametrize("url", ELSEWHERE)
@pytest.mark.parametrize("weak", ["", "disable", "allow", "prefer"])
def test_beyond_this_machine_tls_is_asked_for(url: str, weak: str) -> None:
    sign = "&" if "?" in url else "?"
    assert mode(f"{url}{sign}sslmode={weak}" if weak else url) == "require"
    assert not understood(url).is_verified


@pytest.mark.parametrize("strong", ["require", "verify-ca", "verify-full"])
def test_what_is_safer_stays(strong: str) -> None:
    assert mode(f"postgresql://db.example/marks?sslmode={strong}") == strong


def test_what_the_environment_says_is_never_less(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGSSLMODE", "disable")
    assert mode("postgresql://db.example/marks") == "require"
    monkeypatch.setenv("PGSSLMODE", "verify-full")
    assert mode("postgresql://db.example/marks") is None
    assert understood("postgresql://db.example/marks").is_verified
    monkeypatch.setenv("PGHOST", "db.example")
    monkeypatch.setenv("PGSSLMODE", "prefer")
    assert mode("postgresql:///marks") == "require"


def test_a_service_says_where_the_server_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "services"
    file.write_text(
        "[news]\nhost=db.example\ndbname=marks\npassword=hidden\n"
        "[safe]\nhost=db.example\nsslmode=verify-full\n[here]\nhost=/tmp\n"
    )
    monkeypatch.setenv("PGSERVICEFILE", str(file))
    assert mode("postgresql:///?service=news") == "require"
    assert understood("postgresql:///?service=news").name == "db.example, database marks"
    assert "hidden" not in understood("postgresql:///?service=news").conninfo
    assert mode("postgresql:///?service=safe") is None
    assert mode("postgresql:///?service=here") is None
    assert mode("postgresql:///?service=none") is None


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("postgresql://ana@db.example:5433/marks", "db.example:5433, database marks"),
        ("postgresql:///marks?host=/tmp", "this machine, database marks"),
        ("postgresql://ana@10.0.0.7", "10.0.0.7, database ana"),
        ("postgresql://one:5433,two:5432/marks", "one:5433 or two, database marks"),
        ("postgresql://one,two/marks", "one or two, database marks"),
    ],
)
def test_people_see_host_and_database(url: str, name: str) -> None:
    assert open_target(url).name == name


def test_a_lost_network_is_noticed_unless_the_address_says_when() -> None:
    assert conninfo_to_dict(understood("postgresql:///m").conninfo)["connect_timeout"] == "10"
    own = understood("postgresql:///m?connect_timeout=3").conninfo
    assert conninfo_to_dict(own)["connect_timeout"] == "3"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("", "asks for a password, but none was found: add it to ~/.pgpass"),
        ("*:*:*:ana:wrong\n", "refuses this user with this password"),
    ],
)
def test_a_password_that_is_wrong_or_missing_is_a_sentence(
    of: Of, people: Path, opened: Maker, line: str, said: str
) -> None:
    people.write_text(line)
    with pytest.raises(TargetError, match=said):
        opened(of("ana")).last(ONE)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("localhost", "nobody.invalid"), "cannot be reached"),
        (("/test", "/no_such_test"), "has no such database"),
        (("ana@", "zoe@"), "password"),
    ],
)
def test_an_address_that_leads_nowhere_is_a_sentence(
    of: Of, opened: Maker, change: tuple[str, str], said: str
) -> None:
    with pytest.raises(TargetError, match=said):
        opened(of("ana").replace(*change)).last(ONE)


def test_a_server_that_is_crowded_or_without_tls_is_a_sentence(
    postgres: PostgresServer, sql: Sql, of: Of, opened: Maker
) -> None:
    sql.execute("ALTER ROLE ana CONNECTION LIMIT 0")
    with pytest.raises(TargetError, match="has too many connections: ask for a pooler"):
        opened(of("ana")).last(ONE)
    sql.execute("ALTER ROLE ana CONNECTION LIMIT -1")
    with pytest.raises(TargetError, match="does not offer TLS"):
        opened(f"{postgres.url(host='localhost')}?sslmode=require").last(ONE)


def test_a_closed_connection_is_a_sentence_and_the_next_use_makes_another(
    target: PostgresTarget, sql: Sql
) -> None:
    target.push(events(ONE, 1))
    for use in (lambda: target.push(events(ONE, 2)), lambda: target.wait(60), target.check):
        list(target.pull({}))
        sql.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE application_name = 'cable-tui' AND datname = current_database()"
        )
        with pytest.raises(TargetError, match="closed the connection"):
            use()
        assert target.last(ONE) == event(ONE, 1)


def test_a_statement_that_takes_too_long_is_a_sentence(
    target: PostgresTarget, opened: Maker, database: str, sql: Sql
) -> None:
    name = database.rpartition("/")[2]
    sql.execute(f"ALTER DATABASE {name} SET statement_timeout = '300ms'")
    with psycopg.connect(database) as other:
        other.execute("LOCK TABLE cable_tui.event")
        with pytest.raises(TargetError, match="statement_timeout"):
            opened().push(events(ONE, 1))
    target.push(events(ONE, 1))


def test_a_server_that_may_only_be_read_is_a_sentence(
    target: PostgresTarget, opened: Maker, database: str, sql: Sql
) -> None:
    target.push(events(ONE, 1))
    name = database.rpartition("/")[2]
    sql.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    other = opened()
    assert list(other.pull({})) == events(ONE, 1)
    with pytest.raises(TargetError, match="use the primary server's address"):
        other.push(events(ONE, 2))


@pytest.mark.parametrize(
    ("code", "said"), [("53100", "has no disk space left"), ("XX000", "has refused it")]
)
def test_a_full_disk_of_the_server_is_a_sentence_and_nothing_was_added(
    target: PostgresTarget, sql: Sql, code: str, said: str
) -> None:
    sql.execute(
        "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE 'could not extend file' USING ERRCODE = '{code}'; END $$"
    )
    sql.execute(
        "CREATE TRIGGER full_disk AFTER INSERT ON cable_tui.event EXECUTE FUNCTION full_disk()"
    )
    with pytest.raises(TargetError, match=said):
        target.push(events(ONE, 1))
    sql.execute("DROP TRIGGER full_disk ON cable_tui.event")
    assert list(target.pull({})) == []


CASE = Connections(
    frozenset(
        f"tools/sharing/{name}.py"
        for name in ("postgres", "postgres_connection", "postgres_schema")
    )
)
