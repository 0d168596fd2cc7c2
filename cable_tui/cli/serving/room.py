"""A room: one process of the program, between its visitor's websocket and its archive.

The wire is Textual's: packets of a letter, a length and so many bytes. textual-serve speaks it.
Here are what it leaves to its user: the process is started without a shell, its talk is not printed
among the data, and it ends with its visitor, whatever it is doing.
"""

from __future__ import annotations

import asyncio
import json
from asyncio.subprocess import PIPE, Process
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual_serve.app_service import AppService
from textual_serve.download_manager import DownloadManager

from cable_tui.operating_system.processes import apart

if TYPE_CHECKING:
    from aiohttp.web import WebSocketResponse

READY = b"__GANGLION__\n"
"""What the driver says first."""
PATIENCE = 5.0
"""Seconds that a room has to write its bookmarks when its visitor is gone; then it is ended."""
_TALK = 4000
"""Bytes of its error output that are kept, the last ones."""
_PACKET = 16 * 1024 * 1024
"""Bytes of a packet at most."""


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
        """The end of what the process said on stderr."""
        self.ended = asyncio.Event()
        """Set when the process has ended by itself or was ended."""
        self._gone = False
        """Whether the visitor takes nothing any more."""

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
            creationflags=apart(quiet=True),
        )
        self._stdin = self._process.stdin
        self._task = asyncio.create_task(self.run())

    async def run(self) -> None:
        """Hand on what the room paints, until it ends."""
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
            await _end(process)
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
        """Take what is no painting: an address to open, a file to fetch."""
        meta: dict[str, Any] = json.loads(data)
        if meta.get("type") in {"open_url", "deliver_file_start"}:
            await super().on_meta(data)

    async def stop(self) -> None:
        """End the process: it may write its bookmarks first, but is not waited for much longer."""
        process, task = self._process, self._task
        if process is None or task is None:
            return
        self._gone = True
        await self._download_manager.cancel_app_downloads(self.app_service_id)
        if process.returncode is None:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._leave(process), PATIENCE)
        if process.returncode is None:
            await _end(process)
        with suppress(TimeoutError):  # a visitor who takes nothing may hold it
            await asyncio.wait_for(task, PATIENCE)

    async def _leave(self, process: Process) -> None:
        await self.send_meta({"type": "quit"})
        await process.wait()


async def _nothing() -> None:
    pass


async def _end(process: Process) -> None:
    """End a process that may have ended: first it is asked to, then it is made to."""
    for end in (process.terminate, process.kill):
        if process.returncode is None:
            with suppress(TimeoutError):
                await asyncio.wait_for(process.wait(), 1.0)
        if process.returncode is None:
            with suppress(ProcessLookupError):
                end()
    await process.wait()
