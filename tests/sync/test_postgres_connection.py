"""A server that is silent behind something that is not: a tunnel, a pooler, a firewall."""

from __future__ import annotations

import select
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, suppress

import pytest

from cable_tui.sync import postgres_connection
from cable_tui.sync.postgres import PostgresTarget
from cable_tui.sync.target import TargetError
from tests.postgres_server import PostgresServer
from tests.sync.conftest import Sql
from tests.sync.target_rules import ONE, events


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
    through: PostgresTarget, tunnel: Tunnel, monkeypatch: pytest.MonkeyPatch
) -> None:
    through.push(events(ONE, 1))
    assert list(through.pull({})) == events(ONE, 1)
    tunnel.is_cut = True
    with monkeypatch.context() as patch:
        patch.setattr(postgres_connection, "ANSWER", 0.2)
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
