"""A server with TLS: it is used, and checked as the address asks.

The server of the wheel has no TLS; these tests need Debian's or another one, and `openssl`.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from cable_tui.tools.sharing.postgres import PostgresTarget
from cable_tui.tools.sharing.target import TargetError
from tests.postgres_server import NoPostgresError, PostgresServer
from tests.tools.sharing.target_rules import ONE, events
from tests.tools.sharing.tls_programs import with_tls


@pytest.fixture(scope="module")
def server() -> Iterator[PostgresServer]:
    """A server with a certificate for `localhost`, which lies beside its data."""
    programs = with_tls()
    if programs is None:
        pytest.skip("no PostgreSQL with TLS, or no openssl")
    try:
        made = PostgresServer(programs)
    except NoPostgresError as error:
        pytest.skip(f"no PostgreSQL with TLS: {error}")
    with closing(made) as server:
        key, certificate = server.data / "server.key", server.data / "server.crt"
        _sign(key, certificate)
        owner = server.data.stat()
        for file in (key, certificate):
            os.chown(file, owner.st_uid, owner.st_gid)
        with psycopg.connect(server.url(), autocommit=True) as sql:
            sql.execute("ALTER SYSTEM SET ssl = on")
        server.run("pg_ctl", "reload", "-D", str(server.data))
        yield server


def _sign(key: Path, certificate: Path) -> None:
    subprocess.run(
        ["openssl", "req", "-new", "-x509", "-nodes", "-days", "2", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=DNS:localhost", "-newkey", "rsa:2048",
         "-keyout", key, "-out", certificate],
        check=True, capture_output=True,
    )  # fmt: skip
    key.chmod(0o600)


def asking(server: PostgresServer, rest: str) -> PostgresTarget:
    return PostgresTarget(f"{server.url(host='localhost')}?{rest}")


def test_a_server_is_verified_by_its_certificate(server: PostgresServer) -> None:
    rest = f"sslmode=verify-full&sslrootcert={server.data}/server.crt"
    with closing(asking(server, rest)) as target:
        target.init()
        target.push(events(ONE, 1))
        assert target.last(ONE) is not None
        assert target._connected().pgconn.ssl_in_use


@pytest.mark.parametrize(
    ("rest", "said"),
    [
        (
            "sslmode=verify-full&sslrootcert=/nowhere/root.crt",
            "set sslrootcert=FILE to the certificate",
        ),
        (
            "sslmode=verify-full&sslrootcert=system",
            "its certificate is not signed by an authority that you trust",
        ),
        ("sslmode=verify-full&sslrootcert={data}/other.crt", "its certificate is not signed"),
        ("sslmode=verify-full&sslrootcert={data}/server.crt&host=127.0.0.1", "of that name"),
    ],
)
def test_a_server_that_cannot_be_verified_is_a_sentence(
    server: PostgresServer, rest: str, said: str
) -> None:
    _sign(server.data / "other.key", server.data / "other.crt")
    target = asking(server, rest.format(data=server.data))
    with closing(target), pytest.raises(TargetError, match=said):
        target.last(ONE)
