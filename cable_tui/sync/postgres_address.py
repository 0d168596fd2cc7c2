"""The address of a PostgreSQL server: what libpq is asked for, and what people are shown of it.

Passwords are libpq's: from `~/.pgpass`, a service file or `PGPASSWORD`. One in the address itself
is refused, since the list of processes, the history of the shell and the settings would show it.
Beyond this machine TLS is asked for, whatever is set elsewhere.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import NamedTuple

import psycopg
from psycopg import pq
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from cable_tui.sync.target import TargetError
from cable_tui.sync.this_machine import is_this_machine
from cable_tui.text import clean_line

_WEAK = ("disable", "allow", "prefer")
"""Values of `sslmode` with which a server, or whoever says he is it, is talked to in the clear."""
_LOST = {
    "connect_timeout": "10",
    "keepalives_idle": "20",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "tcp_user_timeout": "20000",
}
"""A network that is gone is noticed after some twenty seconds."""


class Address(NamedTuple):
    """Where a server is, understood."""

    conninfo: str
    name: str
    """For people: host and database."""
    is_verified: bool
    """Whether the server is on this machine, or its certificate is checked with its name."""


def understood(url: str) -> Address:
    """The address that a reader has written. Raises `TargetError`, which does not repeat it."""
    try:
        given = {key: str(value) for key, value in conninfo_to_dict(url).items()}
    except (psycopg.Error, UnicodeError):
        raise TargetError(
            "the address of the server is not understood: it is like "
            "postgresql://USER@HOST/DATABASE?sslmode=verify-full"
        ) from None
    if any(given.get(name) for name in _secrets()):
        raise TargetError(
            "leave the password out of the address, where others see it (list of processes, "
            "history of the shell): libpq reads it from ~/.pgpass, as docs/postgresql.md shows"
        )
    with _service(given.get("service")):
        known = _defaults() | given
    local = all(map(_is_local, _hosts(known)))
    mode = known.get("sslmode", "prefer")
    if not local and mode in _WEAK:
        given["sslmode"] = mode = "require"
    ours = {"client_encoding": "UTF8", "fallback_application_name": "cable-tui"}
    unset = {key: value for key, value in _LOST.items() if not known.get(key)}
    return Address(
        make_conninfo("", **(unset | given | ours)), _name(known), local or mode == "verify-full"
    )


def _secrets() -> list[str]:
    """The settings that libpq says are not to be shown, and those that do for a password."""
    names = (each.keyword for each in pq.Conninfo.get_defaults() if each.dispchar == b"*")
    return [*(name.decode() for name in names), "scram_client_key", "scram_server_key"]


def _defaults() -> dict[str, str]:
    """What libpq takes where the address says nothing: from the environment and service files."""
    options = pq.Conninfo.get_defaults()
    return {each.keyword.decode(): each.val.decode() for each in options if each.val}


@contextmanager
def _service(name: str | None) -> Iterator[None]:
    """The service of an address among the defaults: libpq reads it only there."""
    if not name:
        yield
        return
    before = os.environ.get("PGSERVICE")
    os.environ["PGSERVICE"] = name
    try:
        yield
    finally:
        del os.environ["PGSERVICE"]
        if before is not None:
            os.environ["PGSERVICE"] = before


def _hosts(known: Mapping[str, str]) -> list[str]:
    """Where is connected to: an address decides, and not the name beside it."""
    return (known.get("hostaddr") or known.get("host") or "").split(",")


def _is_local(host: str) -> bool:
    """Whether it is this machine: no host is libpq's own socket here."""
    return not host or host.startswith(("/", "@")) or is_this_machine(host)


def _name(known: Mapping[str, str]) -> str:
    hosts = (known.get("host") or known.get("hostaddr") or "").split(",")
    ports = known.get("port", "").split(",")
    ports = ports if len(ports) == len(hosts) else ports[:1] * len(hosts)
    places = [
        ("this machine" if not host or host.startswith(("/", "@")) else host)
        + (f":{port}" if port not in ("", "5432") else "")
        for host, port in zip(hosts, ports, strict=True)
    ]
    database = known.get("dbname") or known.get("user") or ""
    place = " or ".join(places)
    return clean_line(f"{place}, database {database}" if database else place)
