"""A server of the demo in a process of its own, and visitors that are no browsers."""

from __future__ import annotations

import asyncio
import os
import queue
import re
import signal
import subprocess
import sys
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest

pytest.importorskip("textual_serve", reason="the extra `serve` is not installed")
if os.name != "posix":
    pytest.skip("processes are looked at with ps", allow_module_level=True)

import aiohttp
import pyte

PATIENCE = 30.0


class Serving:
    """A running `cable-tui serve`."""

    def __init__(self, argv: list[str], environ: dict[str, str], open_files: int) -> None:
        limit = ["sh", "-c", f'ulimit -n {open_files}; exec "$@"', "sh"] if open_files else []
        self.process = subprocess.Popen(
            [*limit, sys.executable, "-m", "cable_tui", "serve", *argv],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environ,
            text=True,
            encoding="utf-8",
        )
        self.errors: list[str] = []
        self._lines: queue.Queue[str] = queue.Queue()
        self._threads = [
            threading.Thread(target=self._read_out, daemon=True),
            threading.Thread(target=self._read_err, daemon=True),
        ]
        for each in self._threads:
            each.start()
        try:
            self.address = self._lines.get(timeout=PATIENCE).strip()
        except queue.Empty:
            self.end()
            raise AssertionError(self.said) from None

    def _read_out(self) -> None:
        for line in self.process.stdout or ():
            self._lines.put(line)

    def _read_err(self) -> None:
        self.errors.extend(self.process.stderr or ())

    @property
    def said(self) -> str:
        """What it said on stderr; all of it, once it has ended."""
        return "".join(self.errors)

    @property
    def token(self) -> str:
        return self.address.rstrip("/").rpartition("/")[2]

    @property
    def root(self) -> str:
        """The address without its path."""
        return "{0.scheme}://{0.netloc}/".format(urlsplit(self.address))

    @property
    def port(self) -> int:
        return int(self.root.split(":")[2].rstrip("/"))

    @property
    def path(self) -> str:
        """The path of the address."""
        return urlsplit(self.address).path

    def rooms(self) -> list[int]:
        """Process ids of its rooms."""
        return children(self.process.pid)

    def end(self, number: signal.Signals = signal.SIGINT) -> int:
        """End it, and return its exit status."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        try:
            status = self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise
        for each in self._threads:
            each.join(PATIENCE)
        for stream in (self.process.stdout, self.process.stderr):
            if stream is not None:
                stream.close()
        return status


def children(parent: int) -> list[int]:
    """The child processes of a process."""
    done = subprocess.run(
        ["ps", "-A", "-o", "pid=,ppid=,stat="], capture_output=True, text=True, check=True
    )
    rows = (line.split() for line in done.stdout.splitlines())
    return [int(pid) for pid, ppid, stat in rows if int(ppid) == parent and stat[0] != "Z"]


def is_running(pid: int) -> bool:
    """Whether a process is there and no zombie."""
    done = subprocess.run(
        ["ps", "-p", str(pid), "-o", "stat="], capture_output=True, text=True, check=False
    )
    return done.stdout.strip()[:1] not in ("", "Z")


async def until(holds: Callable[[], bool], what: str) -> None:
    """Wait until something holds."""
    for _ in range(int(PATIENCE / 0.05)):
        if holds():
            return
        await asyncio.sleep(0.05)
    raise AssertionError(f"it never came to pass: {what}")


@contextmanager
def serving(folder: Path, *options: str, open_files: int = 0, **environ: str) -> Iterator[Serving]:
    """Serve the demo, at a free port unless the options say another.

    `open_files` is how many the system allows the server; 0 is as many as the tests.
    """
    port = () if "--port" in options else ("--port", "0")
    own = {
        **os.environ,
        "CABLE_TUI_HOME": str(folder / "home"),
        "EDITOR": "false",
        "SECRET_KEY": "not for visitors",
        **environ,
    }
    server = Serving([str(folder / "cables"), *port, *options], own, open_files)
    try:
        yield server
    finally:
        server.end()


COLUMNS, ROWS = 100, 30


class Painted:
    """The screen of a terminal."""

    def __init__(self) -> None:
        self.bytes = ""
        self._screen = pyte.Screen(COLUMNS, ROWS)
        self._stream = pyte.Stream(self._screen)

    def feed(self, data: bytes) -> None:
        text = data.decode("utf-8", "replace")
        self.bytes += text
        # pyte knows neither questions about modes nor commands of the system.
        self._stream.feed(re.sub(r"\x1b\[\?\d+\$p|\x1b\][^\x07]*\x07", "", text))

    def resize(self, columns: int, rows: int) -> None:
        self._screen.resize(rows, columns)

    @property
    def size(self) -> tuple[int, int]:
        """Columns and rows."""
        return self._screen.columns, self._screen.lines

    @property
    def shown(self) -> str:
        """The lines of the screen."""
        return "\n".join(self._screen.display)

    def place(self, words: str) -> tuple[int, int]:
        """Column and row at which words begin."""
        for row, line in enumerate(self._screen.display):
            if words in line:
                return line.index(words), row
        raise AssertionError(f"{words} is not shown")


class Visit:
    """A websocket to a room: its screen, and keys."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.socket = socket
        self.screen = Painted()
        self.texts: list[str] = []

    async def keys(self, text: str) -> None:
        await self.socket.send_json(["stdin", text])

    async def until(self, words: str, shown: bool = True) -> None:
        """Read until these words are on the screen."""
        try:
            async with asyncio.timeout(PATIENCE):
                while (words in self.screen.shown) is not shown:
                    self._take(await self.socket.receive())
        except TimeoutError:
            never = "shown in" if shown else "gone from"
            raise AssertionError(f"{words} was never {never}:\n{self.screen.shown}") from None

    async def until_gone(self, words: str) -> None:
        """Read until these words are not on the screen."""
        await self.until(words, shown=False)

    def _take(self, message: aiohttp.WSMessage) -> None:
        if message.type is aiohttp.WSMsgType.BINARY:
            self.screen.feed(message.data)
        elif message.type is aiohttp.WSMsgType.TEXT:
            self.texts.append(message.data)
        else:
            raise AssertionError(f"closed: {message.data} {message.extra}")

    async def text(self) -> str:
        """The first message that is no painting."""
        async with asyncio.timeout(PATIENCE):
            while not self.texts:
                self._take(await self.socket.receive())
        return self.texts[0]

    async def farewell(self) -> tuple[int, str]:
        """Code and words with which the server closes it."""
        async with asyncio.timeout(PATIENCE):
            while (message := await self.socket.receive()).type is not aiohttp.WSMsgType.CLOSE:
                self._take(message)
        return int(message.data), str(message.extra)


@asynccontextmanager
async def visiting(server: Serving, cookie: str = "", compress: int = 0) -> AsyncIterator[Visit]:
    """Come in as a browser does: first the page, which gives a cookie, then the websocket."""
    jar = aiohttp.CookieJar(unsafe=True)
    async with aiohttp.ClientSession(cookie_jar=jar) as session:
        headers = {"Cookie": cookie} if cookie else {}
        async with session.get(server.address, headers=headers) as answer:
            assert answer.status == 200
        headers |= {"Origin": server.root.rstrip("/")}
        address = f"{server.address}ws?width={COLUMNS}&height={ROWS}".replace("http", "ws", 1)
        async with session.ws_connect(
            address, headers=headers, max_msg_size=0, compress=compress
        ) as socket:
            yield Visit(socket)
