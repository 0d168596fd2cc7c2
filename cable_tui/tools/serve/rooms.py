"""The server of rooms: a page with a terminal, a websocket to each room, files that rooms give out.

A room is one process of the program between its visitor's websocket and its archive. The wire is
Textual's: packets of a letter, a length and these bytes. textual-serve speaks it. This module adds
the rest: the process is started without a shell, its messages do not mix with the data, and it ends
with its visitor, whatever it is doing.

The terminal of the page (xterm.js) and its font come out of the package textual-serve, from this
machine; the page itself is ours, because that of textual-serve takes a font from another host. No
request is logged: its path holds the token.
"""

from __future__ import annotations

import asyncio
import json
import logging
from asyncio.subprocess import PIPE, Process
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import textual_serve
from aiohttp import WSCloseCode, WSMsgType, web
from aiohttp.helpers import content_disposition_header
from textual_serve.app_service import AppService
from textual_serve.download_manager import DownloadManager

from cable_tui.base.errors import UsageError
from cable_tui.base.value import Value
from cable_tui.operating_system import processes
from cable_tui.tools.serve.connections import Newcomers, Say, most_new, say_once_if_full
from cable_tui.tools.serve.visitors import (
    COOKIE,
    COOKIE_AGE,
    Door,
    Visitors,
    in_address,
    visitor_of,
)

if TYPE_CHECKING:
    from aiohttp.web import WebSocketResponse

_OURS = Path(__file__).parent / "page"
_THEIRS = Path(textual_serve.__file__).parent / "static"
FILES = {
    "room.js": _OURS / "room.js",
    "room.css": _OURS / "room.css",
    "textual.js": _THEIRS / "js" / "textual.js",
    "xterm.css": _THEIRS / "css" / "xterm.css",
    "font.ttf": _THEIRS / "fonts" / "RobotoMono-VariableFont_wght.ttf",
    "italic.ttf": _THEIRS / "fonts" / "RobotoMono-Italic-VariableFont_wght.ttf",
}
"""All files of the page, by their names in the address. Other files are not served."""
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
        "font-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
"""Headers of every answer: no resource from elsewhere is loaded, and the address is not passed
on."""
METHODS = ("GET", "HEAD")
REFUSED = "Use the whole address printed by `cable-tui serve`.\n"
LEFT, FAILED, FULL = 4000, 4001, 4002
"""Codes with which a websocket is closed, beside those of the protocol."""
_MESSAGE = 1024 * 1024
"""The most bytes of a message of the browser: a paste is one message."""
_SIZES = (500, 200)
"""The most columns and rows of a terminal."""
_SLOT_PATIENCE = 8.0
"""Seconds that a visitor waits for another one to leave."""
_IDLE = 60.0
"""Seconds that a connection stays open between two requests."""
_HEARTBEAT = 15.0
"""Seconds between two checks whether the browser still answers."""
READY = b"__GANGLION__\n"
"""The first message of the driver."""
PATIENCE = 5.0
"""Seconds that a room has to write its bookmarks after its visitor has left; then it is ended."""
_TALK = 4000
"""The last bytes of its error output that are kept."""
_PACKET = 16 * 1024 * 1024
"""The most bytes of a packet."""


class Served(Value):
    """The archive that is served, and the address."""

    host: str
    port: int
    rooms: int
    """The most rooms at the same time."""
    command: tuple[str, ...]
    """The command line of a room."""
    place: str
    """A name in the address, the same at each start; cookies are limited to it."""


class Room(AppService):
    """A running room."""

    def __init__(
        self,
        command: Sequence[str],
        home: Path,
        visitor: str,
        socket: WebSocketResponse,
        downloads: DownloadManager,
    ) -> None:
        super().__init__(
            command[0],
            write_bytes=socket.send_bytes,
            write_str=socket.send_str,
            close=_nothing,  # the server closes it, and says why
            download_manager=downloads,
        )
        self._argv = command
        self._home = home
        self.visitor = visitor
        self.talk = b""
        """The end of the stderr of the process."""
        self.ended = asyncio.Event()
        """Event that is set when the process has ended or was ended."""
        self._gone = False
        """Whether the visitor no longer receives anything."""

    @property
    def status(self) -> int | None:
        """The exit status; None while it runs."""
        return None if self._process is None else self._process.returncode

    async def open(self, environ: Mapping[str, str]) -> None:
        """Start the process. Raises `OSError`."""
        self._process = await asyncio.create_subprocess_exec(
            *self._argv,
            stdin=PIPE,
            stdout=PIPE,
            stderr=PIPE,
            env=dict(environ),
            cwd=self._home,
            start_new_session=True,  # ^C in the terminal is for the server
            creationflags=processes.apart(quiet=True),
        )
        self._stdin = self._process.stdin
        self._task = asyncio.create_task(self.run())

    async def run(self) -> None:
        """Pass on the room's painting until it ends."""
        process = self._process
        if process is None or process.stdout is None or process.stderr is None:
            return
        listener = asyncio.create_task(self._listen(process.stderr))
        try:
            if await process.stdout.readline() == READY:
                await self._hand_on(process.stdout)
        except (asyncio.IncompleteReadError, ValueError):  # it ended
            pass
        finally:
            await _end_process(process)
            await listener
            self.ended.set()

    async def _listen(self, stderr: asyncio.StreamReader) -> None:
        while piece := await stderr.read(4096):
            self.talk = (self.talk + piece)[-_TALK:]

    async def _hand_on(self, stdout: asyncio.StreamReader) -> None:
        while True:
            head = await stdout.readexactly(5)
            size = int.from_bytes(head[1:], "big")
            if size > _PACKET:
                raise ValueError("no packet")
            payload = await stdout.readexactly(size)
            if self._gone:
                continue  # it must not wait for anybody while it ends
            try:
                await self._take(head[:1], payload)
            except (ConnectionError, RuntimeError):
                self._gone = True

    async def _take(self, kind: bytes, payload: bytes) -> None:
        if kind == b"D":
            await self.on_data(payload)
        elif kind == b"M":
            await self.on_meta(payload)
        elif kind == b"P":
            await self.on_packed(payload)

    async def on_meta(self, data: bytes) -> None:
        """Handle a packet that is not painting: an address to open, a file to fetch."""
        meta: dict[str, Any] = json.loads(data)
        if meta.get("type") in {"open_url", "deliver_file_start"}:
            await super().on_meta(data)

    async def stop(self) -> None:
        """Stop the process; it gets a short time to write its bookmarks."""
        process, task = self._process, self._task
        if process is None or task is None:
            return
        self._gone = True
        await self._download_manager.cancel_app_downloads(self.app_service_id)
        if process.returncode is None:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._leave(process), PATIENCE)
        if process.returncode is None:
            await _end_process(process)
        with suppress(TimeoutError):  # a visitor who takes nothing may hold it
            await asyncio.wait_for(task, PATIENCE)

    async def _leave(self, process: Process) -> None:
        await self.send_meta({"type": "quit"})
        await process.wait()


async def _end_process(process: Process) -> None:
    """End a process: ask first, then kill."""
    for end in (process.terminate, process.kill):
        if process.returncode is None:
            with suppress(TimeoutError):
                await asyncio.wait_for(process.wait(), 1.0)
        if process.returncode is None:
            with suppress(ProcessLookupError):
                end()
    await process.wait()


async def _nothing() -> None:
    pass


class RoomServer:
    """The open rooms, and the answer to each request."""

    def __init__(
        self, served: Served, door: Door, visitors: Visitors, newcomers: Newcomers, say: Say
    ) -> None:
        self._served = served
        self._newcomers = newcomers
        self._door = door
        self._visitors = visitors
        self._say = say
        self._rooms: dict[Room, web.WebSocketResponse] = {}
        self._downloads = DownloadManager()
        self._free = asyncio.Semaphore(served.rooms)

    def app(self) -> web.Application:
        """Return the application that answers requests."""
        app = web.Application(middlewares=[self._guard])
        room_address = f"/{self._served.place}/{self._door.token}"
        app.add_routes(
            [
                web.get(f"{room_address}/", self._page),
                web.get(f"{room_address}/ws", self._websocket),
                web.get(f"{room_address}/files/{{name}}", self._file),
                web.get(f"{room_address}/download/{{key}}", self._download),
            ]
        )
        app.on_shutdown.append(self._shut)
        return app

    @web.middleware
    async def _guard(
        self, request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> web.StreamResponse:
        """Admit requests that have the token and name this machine."""
        if request.method not in METHODS:
            return _plain(405, "This server only answers GET requests.\n", Allow=", ".join(METHODS))
        place, token = (*request.path.split("/"), "", "")[1:3]  # a path may be `*`, or empty
        is_asked_rightly = place == self._served.place and self._door.has_token(token)
        if not (is_asked_rightly and self._door.knows_host(_host(request))):
            return _plain(403, REFUSED)
        self._newcomers.admit(request.protocol)
        if request.path == f"/{place}/{token}":
            return web.Response(status=302, headers={**HEADERS, "Location": f"/{place}/{token}/"})
        try:
            return await handler(request)
        except web.HTTPException:
            return _plain(404, "There is no such page.\n")
        except Exception as error:  # noqa: BLE001 - one request must not end the others
            self._say(f"a request failed: {type(error).__name__}")
            return _plain(500, "This request failed.\n")

    async def _page(self, request: web.Request) -> web.StreamResponse:
        answer = web.FileResponse(_OURS / "room.html", headers=HEADERS)
        age = COOKIE_AGE if self._visitors.come_again else None
        visitor = visitor_of(request.cookies.get(COOKIE))
        # Not `Strict`: who follows a link from elsewhere would be given a second cookie.
        # Below the place alone: with `/` every server of this machine would get it, at any port.
        path = f"/{self._served.place}/"
        answer.set_cookie(COOKIE, visitor, max_age=age, path=path, httponly=True, samesite="Lax")
        return answer

    async def _file(self, request: web.Request) -> web.StreamResponse:
        file = FILES.get(request.match_info["name"])
        if file is None:
            raise web.HTTPNotFound
        return web.FileResponse(file, headers=HEADERS)

    async def _download(self, request: web.Request) -> web.StreamResponse:
        """Return a download that a room of this visitor offers, once; it is not shown as a page."""
        key = request.match_info["key"]
        visitor = request.cookies.get(COOKIE)
        try:
            metadata = await self._downloads.get_download_metadata(key)
        except KeyError:
            raise web.HTTPNotFound from None
        room = metadata.app_service
        if not isinstance(room, Room) or room.visitor != visitor:
            raise web.HTTPNotFound
        answer = web.StreamResponse(headers=HEADERS)
        answer.headers["Content-Type"] = "application/octet-stream"
        answer.headers["Content-Disposition"] = content_disposition_header(
            "attachment", filename=metadata.file_name
        )
        await answer.prepare(request)
        async for piece in self._downloads.download(key):
            await answer.write(piece)
        await answer.write_eof()
        return answer

    async def _websocket(self, request: web.Request) -> web.StreamResponse:
        """Return a room for as long as the page is open."""
        if not self._door.is_same_origin(request.headers.get("Origin", ""), _host(request)):
            return _plain(403, REFUSED)
        socket = web.WebSocketResponse(heartbeat=_HEARTBEAT, max_msg_size=_MESSAGE)
        await socket.prepare(request)
        try:
            # Who reloads the page waits until their own room has ended.
            await asyncio.wait_for(self._free.acquire(), _SLOT_PATIENCE)
        except TimeoutError:
            await socket.close(code=FULL, message=b"All rooms are taken. Try again later.")
            return socket
        try:
            await self._open(request, socket)
        finally:
            self._free.release()
        return socket

    async def _open(self, request: web.Request, socket: web.WebSocketResponse) -> None:
        """Open a room for a websocket, and end it with the websocket."""
        visitor = visitor_of(request.cookies.get(COOKIE))
        size = _size(request.query)
        try:
            with self._visitors.home(visitor) as home:
                room = Room(self._served.command, home, visitor, socket, self._downloads)
                self._rooms[room] = socket
                try:
                    await self._visit(room, socket, self._visitors.environment(home, *size))
                finally:
                    await room.stop()
                    del self._rooms[room]
        except OSError as error:
            self._say(f"a session could not be opened: {error}")
            await socket.close(code=FAILED, message=b"The room could not be opened.")

    async def _visit(
        self, room: Room, socket: web.WebSocketResponse, environ: Mapping[str, str]
    ) -> None:
        """Open a room and pass on keys until the page is closed or the room ends."""
        await room.open(environ)
        farewell = asyncio.create_task(self._farewell(room, socket))
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    await _take(room, message.data)
        finally:
            if room.ended.is_set():
                await farewell
            farewell.cancel()

    async def _farewell(self, room: Room, socket: web.WebSocketResponse) -> None:
        """Say in the page how the room has ended."""
        await room.ended.wait()
        if room.status == 0:
            await socket.close(code=LEFT, message=b"You have left the room.")
            return
        message = room.talk.decode("utf-8", "replace").strip()
        self._say(f"a session ended with status {room.status}{': ' if message else ''}{message}")
        farewell = "The session ended because of a bug. Your bookmarks and notes are kept."
        await socket.close(code=FAILED, message=farewell.encode())

    async def _shut(self, _: web.Application) -> None:
        """End all rooms."""
        rooms, sockets = list(self._rooms), list(self._rooms.values())
        ends = (
            socket.close(code=WSCloseCode.GOING_AWAY, message=b"The server has ended.")
            for socket in sockets
        )
        await asyncio.gather(*ends, return_exceptions=True)
        await asyncio.gather(*(room.stop() for room in rooms), return_exceptions=True)


async def serve(
    served: Served, door: Door, visitors: Visitors, announce: Callable[[str], object], say: Say
) -> int:
    """Serve until a signal; returns the exit status. Raises `UsageError` if nobody can listen.

    `announce` gets the address with its token.
    """
    quiet = logging.getLogger(__name__)  # it would log request lines, with the token in them
    quiet.addHandler(logging.NullHandler())
    quiet.propagate = False
    loop = asyncio.get_running_loop()
    exit_code: asyncio.Future[int] = loop.create_future()
    _on_signals(exit_code)
    loop.set_exception_handler(say_once_if_full(say))
    newcomers = Newcomers(most_new(served.rooms))
    server = RoomServer(served, door, visitors, newcomers, say)
    runner = web.AppRunner(
        server.app(), access_log=None, logger=quiet, shutdown_timeout=15.0, keepalive_timeout=_IDLE
    )
    await runner.setup()
    listener = None
    try:
        if runner.server is None:
            raise RuntimeError("the runner was set up")
        accept = partial(newcomers.accepted, runner.server)
        try:
            listener = await loop.create_server(accept, served.host, served.port)
        except (OSError, OverflowError) as error:
            host_and_port = f"{in_address(served.host)}:{served.port}"
            reason = getattr(error, "strerror", None) or error
            raise UsageError(
                f"cannot listen on {host_and_port}: {reason}. Use --port 0 for any free port"
            ) from error
        port = listener.sockets[0].getsockname()[1]
        announce(f"http://{in_address(served.host)}:{port}/{served.place}/{door.token}/")
        return await exit_code
    finally:
        if listener is not None:
            listener.close()
        await runner.cleanup()


def _host(request: web.Request) -> str:
    """Return the `Host` of a request as sent; without one aiohttp would ask the network."""
    return request.headers.get("Host", "")


async def _take(room: Room, text: str) -> None:
    """Handle a message of a browser: keys, a size, the focus. Any other is dropped."""
    try:
        kind, *values = json.loads(text)
    except (ValueError, TypeError, RecursionError):
        return
    header_value = values[0] if values else None
    if kind == "stdin" and isinstance(header_value, str):
        await room.send_bytes(header_value.encode("utf-8", "replace"))
    elif kind == "resize" and isinstance(header_value, dict):
        await room.set_terminal_size(*_size(header_value))
    elif kind == "focus":
        await room.focus()
    elif kind == "blur":
        await room.blur()


def _size(fields: Mapping[str, Any]) -> tuple[int, int]:
    """Return columns and rows that a browser asks for, within limits."""
    columns_and_rows = []
    for name, usual_size, largest_size in (("width", 80, _SIZES[0]), ("height", 24, _SIZES[1])):
        try:
            size_in_cells = int(fields.get(name, usual_size))
        except (TypeError, ValueError, OverflowError):
            size_in_cells = usual_size
        columns_and_rows.append(max(1, min(size_in_cells, largest_size)))
    return columns_and_rows[0], columns_and_rows[1]


def _plain(status: int, sentence: str, **headers: str) -> web.Response:
    answer = web.Response(status=status, text=sentence, headers={**HEADERS, **headers})
    answer.force_close()  # a connection without the token does not stay for another request
    return answer


def _on_signals(ended: asyncio.Future[int]) -> None:
    def end(status: int) -> None:
        if not ended.done():
            ended.set_result(status)

    loop = asyncio.get_running_loop()
    processes.on_interrupt(loop, partial(end, 0))
    processes.on_ending(loop, end)
