"""A connection to a server that does not wait for ever.

TCP notices a lost network after some twenty seconds (`postgres_address`), but only up to where its
own end is: behind a tunnel of ssh, a pooler or a firewall that keeps connections, the server may be
gone while the way to it looks sound.
"""

from __future__ import annotations

import time
from collections.abc import Generator
from typing import Any, TypeVar

import psycopg

ANSWER = 30.0
"""Seconds in which something must come from the server, or go to it, while it is waited for."""
_Done = TypeVar("_Done")
_Waiting = Generator[Any, Any, _Done]
"""What psycopg waits with: yields what it waits for, and is sent what is ready, or nothing."""


class Connection(psycopg.Connection[tuple[Any, ...]]):
    """One whose statements fail where the server is silent."""

    def wait(self, gen: _Waiting[_Done], *given: Any, **options: Any) -> _Done:
        """As psycopg's, which all statements go through."""
        return super().wait(_not_for_ever(gen), *given, **options)


def _not_for_ever(gen: _Waiting[_Done]) -> _Waiting[_Done]:
    """Hand on what is asked and answered; psycopg says ten times a second that nothing is ready."""
    heard = time.monotonic()
    ready = None
    while True:
        try:
            wanted = gen.send(ready)
        except StopIteration as done:
            result: _Done = done.value
            return result
        ready = yield wanted
        if ready:
            heard = time.monotonic()
        elif time.monotonic() > heard + ANSWER:
            raise psycopg.OperationalError(f"no answer for {ANSWER:.0f} seconds")
