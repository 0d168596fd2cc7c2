"""The server as visitors see it who are no browsers, the hostile ones first."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket as sockets
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from functools import partial
from pathlib import Path
from select import select
from urllib.parse import urlsplit

import aiohttp
import pytest
from yarl import URL

from cable_tui import demo
from cable_tui.tools.serve.connections import MOST_NEW
from cable_tui.tools.serve.rooms import FILES, HEADERS
from tests.cli.conftest import Run
from tests.tool_cases import Connections
from tests.tools.serve.serving import (
    COLUMNS,
    PATIENCE,
    ROWS,
    Painted,
    Serving,
    Visit,
    children,
    is_running,
    serving,
    until,
    visiting,
)

pytestmark = pytest.mark.slow

VISITORS = "home/data/visitors"


async def _get(address: str, **headers: str) -> tuple[int, str, dict[str, str]]:
    async with (
        aiohttp.ClientSession() as session,
        session.get(address, headers=headers, allow_redirects=False) as answer,
    ):
        return answer.status, await answer.text(errors="replace"), dict(answer.headers)


@pytest.fixture(scope="module")
def server(served_folder: Path) -> Iterator[Serving]:
    with serving(served_folder) as running:
        yield running


@pytest.mark.parametrize(
    "path", ["", "ws", "files/room.js", "wrong/", "wrong/ws", "WRONG/files/room.js", "%00/", "//"]
)
async def test_without_the_token_there_is_a_plain_page(server: Serving, path: str) -> None:
    status, text, headers = await _get(server.root + path)
    assert (status, headers["Content-Type"].split(";")[0]) == (403, "text/plain")
    assert text == "Use the whole address printed by `cable-tui serve`.\n"
    assert "Set-Cookie" not in headers


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("", {"Host": "evil.example"}),
        ("ws", {"Host": "evil.example", "Origin": "http://evil.example"}),
        ("ws", {"Origin": "http://evil.example"}),
        ("ws", {"Origin": "null"}),
        ("ws", {}),
    ],
)
async def test_with_the_token_another_host_or_origin_is_refused(
    server: Serving, path: str, headers: dict[str, str]
) -> None:
    upgrade = {
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Version": "13",
    }
    status, _, _ = await _get(server.address + path, **(upgrade if path else {}), **headers)
    assert status == 403
    await until(lambda: not server.rooms(), "no room is there, nor one of another test")


def _answer(server: Serving, request: str) -> list[bytes]:
    """The lines of what the server answers to a text."""
    with sockets.create_connection(("127.0.0.1", server.port)) as connection:
        connection.sendall(request.encode())
        return connection.recv(10_000).splitlines()


HALF = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n"


def _connected(
    made: ExitStack, server: Serving, count: int, request: bytes
) -> list[sockets.socket]:
    """Connections that have sent the same."""
    found = [
        made.enter_context(sockets.create_connection(("127.0.0.1", server.port), PATIENCE))
        for _ in range(count)
    ]
    for each in found:
        each.sendall(request)
    return found


async def test_requests_that_never_end_keep_nobody_out(server: Serving) -> None:
    with ExitStack() as made:
        first, *_ = _connected(made, server, MOST_NEW + 20, HALF)
        assert (await _get(server.address))[0] == 200
        with suppress(ConnectionResetError):
            assert first.recv(100) == b""


def test_a_connection_without_the_token_does_not_stay_after_its_answer(server: Serving) -> None:
    with ExitStack() as made:
        (connection,) = _connected(made, server, 1, HALF + b"\r\n")
        answer = b"".join(iter(lambda: connection.recv(10_000), b""))
    assert answer.startswith(b"HTTP/1.1 403 ")


FULL = "too many open connections"


def _answers_or_is_full(server: Serving, waiting: list[sockets.socket]) -> bool:
    return FULL in server.said or len(select(waiting, [], [], 0)[0]) == len(waiting)


async def test_a_server_that_may_open_no_more_files_says_so_once(served_folder: Path) -> None:
    with serving(served_folder, open_files=120) as server:
        host = urlsplit(server.address).netloc
        request = f"GET {server.path} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode()
        with ExitStack() as made:
            for _ in range(15):
                # Fewer at once than may be without the token, or the first would be closed.
                waiting = _connected(made, server, 10, request)
                await until(partial(_answers_or_is_full, server, waiting), "an end of the waiting")
            assert FULL in server.said
        assert (await _get(server.address))[0] == 200
        assert server.end() == 0
        assert server.said.count("\n") == 2, server.said


def test_a_request_without_a_host_is_refused(server: Serving) -> None:
    assert b" 403 " in _answer(server, f"GET {server.path} HTTP/1.0\r\n\r\n")[0]


# RFC 9110: 9.3.6 CONNECT and 9.3.7 OPTIONS, whose targets are no paths; 15.5.6 what 405 says.
@pytest.mark.parametrize(
    "line",
    [
        "OPTIONS *",
        "OPTIONS PATH",
        "CONNECT HOST",
        "CONNECT evil.example:443",
        "POST PATH",
        "PUT PATH",
        "DELETE /",
        "TRACE PATH",
        "PROPFIND PATH",
    ],
)
def test_a_method_that_is_not_answered_is_said(server: Serving, line: str) -> None:
    host = urlsplit(server.address).netloc
    target = line.replace("PATH", server.path).replace("HOST", host)
    answer = _answer(server, f"{target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")
    assert answer[0].split()[1] in {b"405", b"400"}
    if answer[0].split()[1] == b"405":
        assert b"Allow: GET, HEAD" in answer
    assert not any(each.startswith(b"Set-Cookie") for each in answer)
    assert asyncio.run(_get(server.address))[0] == 200
    assert "a request failed" not in server.said


@pytest.mark.parametrize("target", ["*", "http://evil.example/", "HOST", "?x", "/%"])
def test_a_target_that_is_no_path_of_ours_is_refused(server: Serving, target: str) -> None:
    host = urlsplit(server.address).netloc
    line = f"GET {target.replace('HOST', host)} HTTP/1.1"
    answer = _answer(server, f"{line}\r\nHost: {host}\r\nConnection: close\r\n\r\n")
    assert answer[0].split()[1] in {b"400", b"403"}
    assert "a request failed" not in server.said


@pytest.mark.parametrize("path", ["", "files/room.js", "nothing", "files/none", "download/none"])
async def test_every_answer_keeps_the_address_and_everything_foreign_out(
    server: Serving, path: str
) -> None:
    _, _, headers = await _get(server.address + path)
    assert {name: headers[name] for name in HEADERS} == HEADERS


@pytest.mark.parametrize(
    "path", ["files/../room.html", "files/..%2f..%2fserver.py", "files/%2fetc%2fpasswd", "files/"]
)
async def test_no_file_but_those_of_the_page_is_given_out(server: Serving, path: str) -> None:
    status, text, _ = await _get(server.address + path)
    assert status == 404
    assert text == "There is no such page.\n"


@pytest.mark.parametrize("name", FILES)
async def test_every_file_of_the_page_is_there(server: Serving, name: str) -> None:
    status, text, _ = await _get(f"{server.address}files/{name}")
    assert (status, bool(text)) == (200, True)


async def test_the_page_names_no_other_host(server: Serving) -> None:
    for path in ("", "files/room.js", "files/room.css", "files/xterm.css"):
        _, text, _ = await _get(server.address + path)
        assert "//" not in text.replace("// ", "").replace("https://github.com", "").replace(
            "http://bellard.org",
            "",  # both in the licence of xterm.css
        )


async def test_two_visitors_have_a_room_and_bookmarks_each_and_find_them_again(
    served_folder: Path, server: Serving
) -> None:
    async with (
        visiting(server, "cable-tui-visitor=" + "a" * 64) as ann,
        visiting(server, "cable-tui-visitor=" + "b" * 64) as ben,
    ):
        await ann.until("40 of 40")
        await ben.until("40 of 40")
        assert len(server.rooms()) == 2
        await ann.keys("b")
        await ann.until("Bookmarked")
        await ben.keys("'")
        await ben.until("All 0")
    await until(lambda: not server.rooms(), "the rooms end with their pages")
    async with visiting(server, "cable-tui-visitor=" + "a" * 64) as again:
        await again.until("40 of 40")
        await again.keys("'")
        await again.until("All 1")
    assert len(list((served_folder / VISITORS).iterdir())) >= 2
    assert not (served_folder / "home/data/library.sqlite").exists()


async def test_an_export_is_a_download_for_its_own_visitor_only_and_leaving_ends_the_room(
    served_folder: Path, server: Serving
) -> None:
    before = set(served_folder.rglob("*.csv"))
    cookie = "cable-tui-visitor=" + "c" * 64
    async with visiting(server, cookie) as visit:
        await visit.until("40 of 40")
        await visit.keys("E")
        await visit.until("a table for a spreadsheet")
        await visit.keys("c")
        await visit.until("Download all 40 cables as")
        await visit.keys("\x15/etc/../../evil.csv\r")
        await visit.until("sent to the browser as evil.csv")
        kind, key = json.loads(await visit.text())
        assert kind == "deliver_file_start"
        address = f"{server.address}download/{key}"
        assert (await _get(address))[0] == 404
        other = "cable-tui-visitor=" + "d" * 64
        assert (await _get(address, Cookie=other))[0] == 404
        status, text, headers = await _get(address, Cookie=cookie)
        assert (status, headers["Content-Type"]) == (200, "application/octet-stream")
        assert headers["Content-Disposition"] == 'attachment; filename="evil.csv"'
        assert "10SANTORIEL19" in text
        assert (await _get(address, Cookie=cookie))[0] == 404
        await visit.keys("q")
        assert await visit.farewell() == (4000, "You have left the session.")
    await until(lambda: not server.rooms(), "the room has ended")
    assert set(served_folder.rglob("*.csv")) == before


NO_MESSAGES = (
    "no json",
    "[]",
    "{}",
    "null",
    '["stdin"]',
    '["stdin", 5]',
    '["stdin", "\\ud800"]',
    '["resize", {"width": 1e400, "height": -1}]',
    '["resize", {"width": 999999999, "height": 999999999}]',
    '["resize", "x"]',
    '["quit"]',
    "[" * 100_000,
)


async def test_a_browser_may_send_what_it_likes_up_to_a_mebibyte(server: Serving) -> None:
    async with visiting(server) as visit:
        await visit.until("40 of 40")
        for at, message in enumerate(NO_MESSAGES, 1):
            await visit.socket.send_str(message)
            visit.screen = Painted()  # a room of another size paints all of it, and takes keys
            size = {"width": COLUMNS - at, "height": ROWS}
            await visit.socket.send_json(["resize", size])
            await visit.until("newest first")
            await visit.keys("?")
            await visit.until("Keys and help")
            await visit.keys("\x1b")
            await visit.until_gone("Keys and help")
        await _at_most_a_mebibyte(visit)


async def test_a_message_that_was_packed_has_at_most_a_mebibyte_too(server: Serving) -> None:
    async with visiting(server, compress=15) as visit:
        await visit.until("40 of 40")
        await _at_most_a_mebibyte(visit)


async def _at_most_a_mebibyte(visit: Visit) -> None:
    begin, end = '["nothing", "', '"]'
    await visit.socket.send_str(f"{begin}{'x' * ((1 << 20) - 1 - len(begin + end))}{end}")
    await visit.keys("?")
    await visit.until("Keys and help")
    await visit.socket.send_str(f"{begin}{'x' * (1 << 20)}{end}")
    code, _ = await visit.farewell()
    assert code == aiohttp.WSCloseCode.MESSAGE_TOO_BIG


async def test_keys_that_do_something_on_the_server_do_nothing_and_a_fault_is_said(
    server: Serving,
) -> None:
    async with visiting(server) as visit:
        await visit.until("40 of 40")
        await until(lambda: len(server.rooms()) == 1, "rooms of other tests have ended")
        (room,) = server.rooms()
        for keys in ("e", "|", "\x1a", "\x1b[15~"):
            await visit.keys(f"{keys}?")
            await visit.until("Keys and help")
            assert children(room) == []
            await visit.keys("\x1b")
            await visit.until_gone("Keys and help")
        # A room that fails says so in its page and in the log.
        os.kill(room, signal.SIGKILL)
        said = "The session ended because of a bug. Your bookmarks and notes are kept."
        assert await visit.farewell() == (4001, said)
    await until(lambda: "a session ended with status -9" in server.said, "the log says so")


async def test_a_visitor_too_many_waits_and_is_told(served_folder: Path) -> None:
    with serving(served_folder, "--rooms", "1") as server:
        async with visiting(server) as first:
            await first.until("40 of 40")
            async with visiting(server) as second:
                told = (4002, "All sessions are taken. Try again later.")
                assert await second.farewell() == told
            assert len(server.rooms()) == 1
        # The page that is loaded anew waits for its own room to end.
        async with visiting(server) as again:
            await again.until("40 of 40")


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 0), (signal.SIGTERM, 143)])
async def test_no_room_outlives_its_server_and_the_token_is_logged_nowhere(
    served_folder: Path, number: signal.Signals, status: int
) -> None:
    with serving(served_folder, "--verbose") as server:
        await _get(server.address + "nothing")
        with sockets.create_connection(("127.0.0.1", server.port)) as s:
            s.sendall(f"GET /{server.token}/ HTTP/9.9\r\n\x00bad\r\n\r\n".encode())
            s.recv(1000)
        async with visiting(server) as visit:
            await visit.until("40 of 40")
            (room,) = server.rooms()
            server.process.send_signal(number)
            assert await visit.farewell() == (1001, "The server has ended.")
            await until(lambda: not is_running(room), "the room has ended")
            await until(lambda: not is_running(server.process.pid), "so has the server")
        assert server.end() == status
        assert "serving 40 cables" in server.said
        assert server.token not in server.said
    kept = [file.read_bytes() for file in (served_folder / "home").rglob("*") if file.is_file()]
    assert kept


async def test_nothing_is_kept_of_a_private_visit(served_folder: Path, tmp_path: Path) -> None:
    before = set((served_folder / VISITORS).glob("*"))
    with serving(served_folder, "--private", TMPDIR=str(tmp_path)) as server:
        _, _, headers = await _get(server.address)
        assert "Max-Age" not in headers["Set-Cookie"]
        async with visiting(server) as visit:
            await visit.until("40 of 40")
            assert _kinds(tmp_path) == {"visitor": 1, "private": 2}
            await visit.keys("b")
            await visit.until("Bookmarked")
        await until(
            lambda: _kinds(tmp_path) == {"private": 1}, "only the server's own folder is left"
        )
    assert list(tmp_path.iterdir()) == []
    assert set((served_folder / VISITORS).glob("*")) == before


def _kinds(temporary: Path) -> Counter[str]:
    """How many temporary folders of each kind there are: a session has one, and a visit another."""
    return Counter(each.name.split("-")[2] for each in temporary.iterdir())


async def test_a_server_and_its_rooms_are_ended_by_forget_and_write_nothing_back(
    tmp_path: Path, served_folder: Path
) -> None:
    (tmp_path / "cables").symlink_to(served_folder / "cables")

    def forget(*options: str) -> subprocess.CompletedProcess[str]:
        argv = [sys.executable, "-m", "cable_tui", "forget", "--everything", "--yes", *options]
        own = {**os.environ, "CABLE_TUI_HOME": str(tmp_path / "home")}
        return subprocess.run(argv, env=own, capture_output=True, text=True, check=False)

    with serving(tmp_path) as server:
        async with visiting(server) as visit:
            await visit.until("40 of 40")
            await visit.keys("b")
            await visit.until("Bookmarked")
            (room,) = server.rooms()
            refused = await asyncio.to_thread(forget)
            assert refused.returncode == 2
            served = f"{tmp_path / 'cables'}, process {server.process.pid}\n"
            assert f"  a server of {served}" in refused.stderr
            assert f"  a visitor's room on {tmp_path / 'cables'}, process {room}\n" in (
                refused.stderr
            )
            done = await asyncio.to_thread(forget, "--end")
            assert done.returncode == 0, done.stderr
        assert server.process.wait(PATIENCE) == 143
    assert not list((tmp_path / "home").rglob("*.*"))


async def test_the_cookie_is_for_this_server_and_no_script(server: Serving) -> None:
    _, _, headers = await _get(server.address)
    parts = {part.strip().partition("=")[0] for part in headers["Set-Cookie"].split(";")}
    assert parts == {"cable-tui-visitor", "HttpOnly", "Max-Age", "Path", "SameSite"}


async def _cookie(server: Serving, session: aiohttp.ClientSession) -> str:
    """The visitor's number that a browser has for a page, once it was there."""
    async with session.get(server.address):
        pass
    found = session.cookie_jar.filter_cookies(URL(server.address))
    return "; ".join(each.value for each in found.values())


async def test_two_servers_of_one_machine_do_not_get_each_others_visitors(
    served_folder: Path, tmp_path: Path
) -> None:
    demo.write(tmp_path / "cables")

    jar = aiohttp.CookieJar(unsafe=True)
    home = str(served_folder / "home")
    async with aiohttp.ClientSession(cookie_jar=jar) as session:
        with serving(served_folder) as one, serving(tmp_path, CABLE_TUI_HOME=home) as two:
            first, second = await _cookie(one, session), await _cookie(two, session)
            assert not jar.filter_cookies(URL(one.root))
        with serving(served_folder) as one:  # its token is another one, its visitor is not
            assert await _cookie(one, session) == first
    assert first != second
    assert {len(first), len(second)} == {64}


def test_another_address_is_warned_of(served_folder: Path) -> None:
    with serving(served_folder, "--host", "0.0.0.0") as server:
        assert server.end() == 0
    assert "warning: --host 0.0.0.0 lets other machines connect" in server.said


def test_at_home_nothing_is_warned_of_and_nobody_else_can_connect(server: Serving) -> None:
    assert "warning" not in server.said
    assert server.root.startswith("http://127.0.0.1:")


def test_a_port_that_is_taken_is_said(spawn: Run, demo_archive: Path) -> None:
    with sockets.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = spawn("serve", demo_archive, "--port", str(taken.getsockname()[1]))
    assert (done.status, done.out) == (2, "")
    assert "cannot listen on " in done.err
    assert "Use --port 0 for any free port" in done.err


CASE = Connections(frozenset({"tools/serve/rooms.py", "tools/serve/visitors.py"}))
