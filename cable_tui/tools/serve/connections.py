"""The connections to the server: few and for a short time, until one has shown the token.

aiohttp waits for the head of a request as long as it takes, and a system gives a process only some
hundred open files. So who has no token could keep everybody out with requests that never end.
"""

from __future__ import annotations

import asyncio
import errno
from collections.abc import Callable
from typing import Any

from cable_tui.operating_system import processes

Say = Callable[[str], object]
HEAD_PATIENCE = 10.0
"""Seconds that a connection has until it has sent a request with the token."""
MOST_NEW = 200
"""The most connections that have not shown the token."""
_FEWEST_NEW = 16
"""How many of them there are where the system allows hardly any open files."""
_OWN_FILES = 64
"""Files that the server itself has open, with some to spare."""
_ROOM_FILES = 16
"""Files for a room: its websocket and its process with three pipes, the connections of its page."""
_NO_MORE = {errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM}


class Newcomers:
    """The connections that have not shown the token. Each is ended if it does not in time.

    If there are too many, the oldest is ended: who has the token has shown it by then.
    """

    def __init__(self, most: int, patience: float = HEAD_PATIENCE) -> None:
        """Take the most connections at once, and the seconds that each of them has."""
        self._most = most
        self._patience = patience
        self._new: dict[asyncio.BaseProtocol, asyncio.TimerHandle] = {}

    def accepted(self, server: Callable[[], asyncio.BaseProtocol]) -> asyncio.BaseProtocol:
        """Return the handler of a connection that was just accepted; `server` makes it."""
        while len(self._new) >= self._most:
            self._end(next(iter(self._new)))
        handler = server()
        loop = asyncio.get_running_loop()
        self._new[handler] = loop.call_later(self._patience, self._end, handler)
        return handler

    def admit(self, handler: asyncio.BaseProtocol) -> None:
        """Let a connection stay: it has sent a request with the token."""
        timer = self._new.pop(handler, None)
        if timer is not None:
            timer.cancel()

    def _end(self, handler: asyncio.BaseProtocol) -> None:
        self._new.pop(handler).cancel()
        transport = getattr(handler, "transport", None)
        if transport is not None:  # it has not ended by itself
            transport.abort()


def most_new(rooms: int) -> int:
    """Return how many connections without the token fit beside the rooms.

    Asks the system for as many open files as are needed.
    """
    kept_files = _OWN_FILES + _ROOM_FILES * rooms
    allowed_files = processes.allow_open_files(kept_files + MOST_NEW)
    return max(min(allowed_files - kept_files, MOST_NEW), _FEWEST_NEW)


def say_once_if_full(say: Say) -> Callable[[asyncio.AbstractEventLoop, dict[str, Any]], None]:
    """Return a handler of the loop's exceptions for a system that gives no more open files.

    asyncio reports it for each connection that waits, again and again; this says it once.
    """
    was_said = False

    def handle(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        nonlocal was_said
        error = context.get("exception")
        if not isinstance(error, OSError) or error.errno not in _NO_MORE:
            loop.default_exception_handler(context)
        elif not was_said:
            was_said = True
            say(
                f"too many open connections ({error.strerror}); new pages load again when "
                "others close. Use fewer --rooms, or raise `ulimit -n`"
            )

    return handle
