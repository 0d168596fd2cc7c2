"""The server of rooms: a page with a terminal, a websocket to each room, and rooms' downloads.

A room is one process of the program, between its visitor's websocket and its archive. The protocol
is Textual's, as implemented by textual-serve: packets that consist of a letter, a length and the
content. This module adds the rest: the process is started without a shell, its messages do not mix
with the data, and it ends when its visitor leaves, whatever it is doing.

The page's terminal (xterm.js) and its font come from the package textual-serve on this machine. The
page itself is ours, because textual-serve's page loads a font from another host. Requests are not
logged, because their path contains the token.
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
"""All files of the page by their names in the address. No other files are served."""
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
"""The headers of each response: no resources from elsewhere are loaded, and the address is not
passed on.
"""
METHODS = ("GET", "HEAD")
REFUSED = "Use the whole address printed by `cable-tui serve`.\n"
LEFT, FAILED, FULL = 4000, 4001, 4002
"""The codes with which a websocket is closed, in addition to those of the protocol."""
_MESSAGE = 1024 * 1024
"""The maximum number of bytes in a message from the browser. A paste is one message."""
_SIZES = (500, 200)
"""The maximum numbers of columns and rows of a terminal."""
_SLOT_PATIENCE = 8.0
"""How many seconds a visitor waits for another visitor to leave."""
_IDLE = 60.0
"""How many seconds a connection stays open between two requests."""
_HEARTBEAT = 15.0
"""The number of seconds between two checks whether the browser still responds."""
READY = b"__GANGLION__\n"
"""The first message of the driver."""
PATIENCE = 5.0
"""How many seconds a room has to write its bookmarks after its visitor has left, before it is
ended.
"""
_TALK = 4000
"""The number of bytes to keep from the end of a room's error output."""
_PACKET = 16 * 1024 * 1024
"""The maximum number of bytes in a packet."""


class Served(Value):
    """The served archive, and its address."""

    host: str
    port: int
    rooms: int
    """The maximum number of rooms at the same time."""
    command: tuple[str, ...]
    """The command line that starts a room."""
    place: str
    """A name in the address that is the same at each start. Cookies are limited to it."""


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
        """The end of the process's stderr."""
        self.ended = asyncio.Event()
        """An event that is set when the process has ended or was ended."""
        self._gone = False
        """Whether the visitor can no longer receive anything."""

    @property
    def status(self) -> int | None:
        """The exit status, or None while the process runs."""
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
        """Pass on the room's output until it ends."""
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
        while error_output := await stderr.read(4096):
            self.talk = (self.talk + error_output)[-_TALK:]

    async def _hand_on(self, stdout: asyncio.StreamReader) -> None:
        while True:
            packet_head = await stdout.readexactly(5)
            payload_size = int.from_bytes(packet_head[1:], "big")
            if payload_size > _PACKET:
                raise ValueError("no packet")
            payload = await stdout.readexactly(payload_size)
            if self._gone:
                continue  # it must not wait for anybody while it ends
            try:
                await self._take(packet_head[:1], payload)
            except (ConnectionError, RuntimeError):
                self._gone = True

    async def _take(self, packet_letter: bytes, packet_content: bytes) -> None:
        if packet_letter == b"D":
            await self.on_data(packet_content)
        elif packet_letter == b"M":
            await self.on_meta(packet_content)
        elif packet_letter == b"P":
            await self.on_packed(packet_content)

    async def on_meta(self, data: bytes) -> None:
        """Handle a packet that is not output: an address to open, or a file to download."""
        meta: dict[str, Any] = json.loads(data)
        if meta.get("type") in {"open_url", "deliver_file_start"}:
            await super().on_meta(data)

    async def stop(self) -> None:
        """Stop the process, after a short time in which it may write its bookmarks."""
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
    """End a process: terminate it, then kill it."""
    for end_method in (process.terminate, process.kill):
        if process.returncode is None:
            with suppress(TimeoutError):
                await asyncio.wait_for(process.wait(), 1.0)
        if process.returncode is None:
            with suppress(ProcessLookupError):
                end_method()
    await process.wait()


async def _nothing() -> None:
    pass


class RoomServer:
    """The open rooms, and the responses to requests."""

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
        """Admit requests that contain the token and name this machine."""
        if request.method not in METHODS:
            return _plain(405, "This server only answers GET requests.\n", Allow=", ".join(METHODS))
        served_place, token = (*request.path.split("/"), "", "")[1:3]  # a path may be `*`, or empty
        is_asked_rightly = served_place == self._served.place and self._door.has_token(token)
        if not (is_asked_rightly and self._door.knows_host(_host(request))):
            return _plain(403, REFUSED)
        self._newcomers.admit(request.protocol)
        if request.path == f"/{served_place}/{token}":
            return web.Response(
                status=302, headers={**HEADERS, "Location": f"/{served_place}/{token}/"}
            )
        try:
            return await handler(request)
        except web.HTTPException:
            return _plain(404, "There is no such page.\n")
        except Exception as error:  # noqa: BLE001 - one request must not end the others
            self._say(f"a request failed: {type(error).__name__}")
            return _plain(500, "This request failed.\n")

    async def _page(self, request: web.Request) -> web.StreamResponse:
        page_response = web.FileResponse(_OURS / "room.html", headers=HEADERS)
        cookie_age = COOKIE_AGE if self._visitors.come_again else None
        visitor = visitor_of(request.cookies.get(COOKIE))
        # Not `Strict`: who follows a link from elsewhere would be given a second cookie.
        # Below the place alone: with `/` every server of this machine would get it, at any port.
        cookie_path = f"/{self._served.place}/"
        page_response.set_cookie(
            COOKIE, visitor, max_age=cookie_age, path=cookie_path, httponly=True, samesite="Lax"
        )
        return page_response

    async def _file(self, request: web.Request) -> web.StreamResponse:
        page_file = FILES.get(request.match_info["name"])
        if page_file is None:
            raise web.HTTPNotFound
        return web.FileResponse(page_file, headers=HEADERS)

    async def _download(self, request: web.Request) -> web.StreamResponse:
        """Return a download offered by a room of this visitor, once, and not as a page to show."""
        download_key = request.match_info["key"]
        visitor = request.cookies.get(COOKIE)
        try:
            metadata = await self._downloads.get_download_metadata(download_key)
        except KeyError:
            raise web.HTTPNotFound from None
        room = metadata.app_service
        if not isinstance(room, Room) or room.visitor != visitor:
            raise web.HTTPNotFound
        download_response = web.StreamResponse(headers=HEADERS)
        download_response.headers["Content-Type"] = "application/octet-stream"
        download_response.headers["Content-Disposition"] = content_disposition_header(
            "attachment", filename=metadata.file_name
        )
        await download_response.prepare(request)
        async for file_piece in self._downloads.download(download_key):
            await download_response.write(file_piece)
        await download_response.write_eof()
        return download_response

    async def _websocket(self, request: web.Request) -> web.StreamResponse:
        """Serve a room for as long as the page is open."""
        if not self._door.is_same_origin(request.headers.get("Origin", ""), _host(request)):
            return _plain(403, REFUSED)
        socket = web.WebSocketResponse(heartbeat=_HEARTBEAT, max_msg_size=_MESSAGE)
        await socket.prepare(request)
        try:
            # Who reloads the page waits until their own room has ended.
            await asyncio.wait_for(self._free.acquire(), _SLOT_PATIENCE)
        except TimeoutError:
            await socket.close(code=FULL, message=b"All sessions are taken. Try again later.")
            return socket
        try:
            await self._open(request, socket)
        finally:
            self._free.release()
        return socket

    async def _open(self, request: web.Request, socket: web.WebSocketResponse) -> None:
        """Open a session for a websocket, and end it with the websocket."""
        visitor = visitor_of(request.cookies.get(COOKIE))
        terminal_size = _size(request.query)
        try:
            with self._visitors.home(visitor) as home:
                room = Room(self._served.command, home, visitor, socket, self._downloads)
                self._rooms[room] = socket
                try:
                    await self._visit(
                        room, socket, self._visitors.environment(home, *terminal_size)
                    )
                finally:
                    await room.stop()
                    del self._rooms[room]
        except OSError as error:
            self._say(f"a session could not be opened: {error}")
            await socket.close(code=FAILED, message=b"The session could not be opened.")

    async def _visit(
        self, room: Room, socket: web.WebSocketResponse, environ: Mapping[str, str]
    ) -> None:
        """Open a session and pass on keys until the page is closed or the room ends."""
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
        """Show in the page how the room has ended."""
        await room.ended.wait()
        if room.status == 0:
            await socket.close(code=LEFT, message=b"You have left the session.")
            return
        error_output = room.talk.decode("utf-8", "replace").strip()
        self._say(
            f"a session ended with status {room.status}{': ' if error_output else ''}{error_output}"
        )
        farewell = "The session ended because of a bug. Your bookmarks and notes are kept."
        await socket.close(code=FAILED, message=farewell.encode())

    async def _shut(self, _: web.Application) -> None:
        """End all rooms."""
        rooms, sockets = list(self._rooms), list(self._rooms.values())
        closing_sockets = (
            socket.close(code=WSCloseCode.GOING_AWAY, message=b"The server has ended.")
            for socket in sockets
        )
        await asyncio.gather(*closing_sockets, return_exceptions=True)
        await asyncio.gather(*(room.stop() for room in rooms), return_exceptions=True)


async def serve(
    served: Served, door: Door, visitors: Visitors, announce: Callable[[str], object], say: Say
) -> int:
    """Serve until a signal; return the exit status. Raises `UsageError` if it cannot listen.

    `announce` is called with the address, which contains the token.
    """
    quiet_logger = logging.getLogger(__name__)  # it would log request lines, with the token in them
    quiet_logger.addHandler(logging.NullHandler())
    quiet_logger.propagate = False
    loop = asyncio.get_running_loop()
    exit_code: asyncio.Future[int] = loop.create_future()
    _on_signals(exit_code)
    loop.set_exception_handler(say_once_if_full(say))
    newcomers = Newcomers(most_new(served.rooms))
    server = RoomServer(served, door, visitors, newcomers, say)
    runner = web.AppRunner(
        server.app(),
        access_log=None,
        logger=quiet_logger,
        shutdown_timeout=15.0,
        keepalive_timeout=_IDLE,
    )
    await runner.setup()
    listener = None
    try:
        if runner.server is None:
            raise RuntimeError("the runner was set up")
        accept_connection = partial(newcomers.accepted, runner.server)
        try:
            listener = await loop.create_server(accept_connection, served.host, served.port)
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
    """Return the `Host` header of a request as sent.

    Without it, aiohttp would query the network.
    """
    return request.headers.get("Host", "")


async def _take(room: Room, text: str) -> None:
    """Handle a browser's message: keys, a size, or the focus. Other messages are dropped."""
    try:
        message_kind, *message_values = json.loads(text)
    except (ValueError, TypeError, RecursionError):
        return
    message_value = message_values[0] if message_values else None
    if message_kind == "stdin" and isinstance(message_value, str):
        await room.send_bytes(message_value.encode("utf-8", "replace"))
    elif message_kind == "resize" and isinstance(message_value, dict):
        await room.set_terminal_size(*_size(message_value))
    elif message_kind == "focus":
        await room.focus()
    elif message_kind == "blur":
        await room.blur()


def _size(fields: Mapping[str, Any]) -> tuple[int, int]:
    """Return the columns and rows that a browser asks for, within limits."""
    columns_and_rows = []
    for dimension, usual_size, largest_size in (
        ("width", 80, _SIZES[0]),
        ("height", 24, _SIZES[1]),
    ):
        try:
            size_in_cells = int(fields.get(dimension, usual_size))
        except (TypeError, ValueError, OverflowError):
            size_in_cells = usual_size
        columns_and_rows.append(max(1, min(size_in_cells, largest_size)))
    return columns_and_rows[0], columns_and_rows[1]


def _plain(status: int, sentence: str, **headers: str) -> web.Response:
    plain_response = web.Response(status=status, text=sentence, headers={**HEADERS, **headers})
    plain_response.force_close()  # a connection without the token does not stay for another request
    return plain_response


def _on_signals(ended: asyncio.Future[int]) -> None:
    def end(status: int) -> None:
        if not ended.done():
            ended.set_result(status)

    loop = asyncio.get_running_loop()
    processes.on_interrupt(loop, partial(end, 0))
    processes.on_ending(loop, end)
