"""The address of a server: TLS beyond this machine, no password in it, none of it shown."""

from __future__ import annotations

from pathlib import Path

import pytest
from psycopg.conninfo import conninfo_to_dict

from cable_tui.sync.open_target import open_target
from cable_tui.sync.postgres_address import understood
from cable_tui.sync.target import TargetError

# Which hosts are this machine is said by libpq's documentation of `host` and `hostaddr`.
LOCAL = (
    "postgresql:///marks",
    "postgresql://ana@localhost/marks",
    "postgresql://127.0.0.1:5433/marks",
    "postgresql://127.1.2.3/marks",
    "postgresql://[::1]/marks",
    "postgresql://%2Fvar%2Frun%2Fpostgresql/marks",
    "postgresql:///marks?host=/tmp",
    "postgresql://db.example/marks?hostaddr=127.0.0.1",
    "postgresql://localhost,127.0.0.1/marks",
)
ELSEWHERE = (
    "postgresql://db.example/marks",
    "postgresql://10.0.0.7/marks",
    "postgresql://[fe80::1]/marks",
    "postgres://ana@localhost.example/marks",
    "postgres://ana@127.evil.example/marks",
    "postgresql://127.0.0.1.evil.example/marks",
    "postgresql://2130706433/marks",
    "postgresql://0x7f000001/marks",
    "postgresql://127.1/marks",
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
    "url",
    [
        "postgresql://ana:s3cret@db.example/marks",
        "postgresql://db.example/marks?password=s3cret",
        "postgresql://db.example/marks?sslpassword=s3cret",
        # Of libpq 18; an older one does not understand them.
        "postgresql://db.example/marks?oauth_client_secret=s3cret",
        "postgresql://db.example/marks?scram_client_key=s3cret",
        "postgresql://db.example/marks?scram_server_key=s3cret",
        "postgresql://ana:s3cret@db.example/marks?no_such_option=1",
        "postgresql://ana:%zzs3cret@db.example/marks",
        "postgresql://ana:s3cret@[db.example/marks",
    ],
)
def test_a_password_in_the_address_is_refused_and_not_repeated(url: str) -> None:
    with pytest.raises(TargetError) as caught:
        open_target(url)
    assert "s3cret" not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__ or caught.value.__context__ is None


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
