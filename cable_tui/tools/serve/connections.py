"""The connections to the server: few and short, until they have shown the token.

aiohttp waits for the head of a request without limit, and a system allows a process only some
hundred open files. Without this module, anyone could block all visitors with requests that never
end.
"""

from __future__ import annotations

import asyncio
import errno
from collections.abc import Callable
from typing import Any

from cable_tui.operating_system import processes

Say = Callable[[str], object]
HEAD_PATIENCE = 10.0
"""How many seconds a connection has to send a request with the token."""
MOST_NEW = 200
"""The maximum number of connections that have not shown the token."""
_FEWEST_NEW = 16
"""The number of such connections if the system allows hardly any open files."""
_OWN_FILES = 64
"""The number of files that the server itself keeps open, with some to spare."""
_ROOM_FILES = 16
"""The number of files for a room: its websocket, its process with three pipes, and its page's
connections.
"""
_NO_MORE = {errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM}


class Newcomers:
    """The connections that have not shown the token.

    Each is closed if it does not show the token in time. If there are too many, the oldest is
    closed, because visitors with the token have shown it by then.
    """

    def __init__(self, most: int, patience: float = HEAD_PATIENCE) -> None:
        """Set the maximum number of connections, and how many seconds each of them has."""
        self._most = most
        self._patience = patience
        self._new: dict[asyncio.BaseProtocol, asyncio.TimerHandle] = {}

    def accepted(self, server: Callable[[], asyncio.BaseProtocol]) -> asyncio.BaseProtocol:
        """Return the handler for a newly accepted connection, made by `server`."""
        while len(self._new) >= self._most:
            self._end(next(iter(self._new)))
        handler = server()
        loop = asyncio.get_running_loop()
        self._new[handler] = loop.call_later(self._patience, self._end, handler)
        return handler

    def admit(self, handler: asyncio.BaseProtocol) -> None:
        """Keep a connection that has sent a request with the token."""
        closing_timer = self._new.pop(handler, None)
        if closing_timer is not None:
            closing_timer.cancel()

    def _end(self, handler: asyncio.BaseProtocol) -> None:
        self._new.pop(handler).cancel()
        transport = getattr(handler, "transport", None)
        if transport is not None:  # it has not ended by itself
            transport.abort()


def most_new(rooms: int) -> int:
    """Return how many connections without the token fit in addition to the rooms.

    This asks the system for as many open files as necessary.
    """
    reserved_files = _OWN_FILES + _ROOM_FILES * rooms
    allowed_files = processes.allow_open_files(reserved_files + MOST_NEW)
    return max(min(allowed_files - reserved_files, MOST_NEW), _FEWEST_NEW)


def say_once_if_full(say: Say) -> Callable[[asyncio.AbstractEventLoop, dict[str, Any]], None]:
    """Return an exception handler for the loop that reports a lack of open files only once.

    asyncio reports the lack repeatedly, for each waiting connection.
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
                "others close. Use fewer --sessions, or raise `ulimit -n`"
            )

    return handle
