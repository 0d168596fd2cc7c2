"""Connections that have not shown the token, and a system that allows no more open files."""

from __future__ import annotations

import asyncio
import errno
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

import pytest

from cable_tui.operating_system import processes
from cable_tui.tools.serve.connections import Newcomers, most_new, say_once_if_full

FOR_EVER = 600.0
PATIENCE = 30.0


class Handler(asyncio.Protocol):
    """Admits whoever says `token`, and answers each piece with `?`."""

    def __init__(self, newcomers: Newcomers) -> None:
        self._newcomers = newcomers
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def connection_lost(self, exc: Exception | None) -> None:
        self.transport = None

    def data_received(self, data: bytes) -> None:
        if data == b"token":
            self._newcomers.admit(self)
        if self.transport is not None:
            self.transport.write(b"?")


class Client:
    """A connection of somebody."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self.writer = writer

    async def answer(self, words: bytes = b"") -> bytes:
        """What comes after these words; nothing if the connection was ended."""
        self.writer.write(words)
        try:
            async with asyncio.timeout(PATIENCE):
                return await self._reader.read(1)
        except ConnectionResetError:
            return b""


@asynccontextmanager
async def clients(newcomers: Newcomers, count: int) -> AsyncIterator[list[Client]]:
    """As many connections, one after the other."""
    loop = asyncio.get_running_loop()
    accept = partial(newcomers.accepted, partial(Handler, newcomers))
    listener = await loop.create_server(accept, "127.0.0.1", 0)
    port = listener.sockets[0].getsockname()[1]
    found = []
    for _ in range(count):
        found.append(Client(*await asyncio.open_connection("127.0.0.1", port)))
        await asyncio.sleep(0)
    try:
        yield found
    finally:
        for each in found:
            each.writer.close()
        listener.close()


async def test_a_connection_without_the_token_is_ended_and_one_with_it_stays() -> None:
    async with clients(Newcomers(9, patience=0.05), 2) as (silent, known):
        assert await known.answer(b"token") == b"?"
        assert await silent.answer() == b""
        assert await known.answer(b"more") == b"?"


async def test_words_that_are_not_the_token_win_no_time() -> None:
    async with clients(Newcomers(9, patience=0.2), 1) as (client,):
        while await client.answer(b"x"):
            await asyncio.sleep(0.01)


async def test_a_connection_too_many_ends_the_oldest_of_them() -> None:
    async with clients(Newcomers(2, patience=FOR_EVER), 4) as (first, second, third, last):
        assert await first.answer() == await second.answer() == b""
        assert await third.answer(b"x") == await last.answer(b"token") == b"?"


async def test_those_with_the_token_do_not_count() -> None:
    newcomers = Newcomers(1, patience=FOR_EVER)
    async with clients(newcomers, 1) as (one,):
        assert await one.answer(b"token") == b"?"
        async with clients(newcomers, 1) as (other,):
            assert await other.answer(b"x") == await one.answer(b"x") == b"?"


@pytest.mark.parametrize(
    ("allowed", "rooms", "most"),
    [
        (1_000_000, 8, 200),
        (1024, 8, 200),
        (256, 8, 64),  # macOS, where the limit cannot be raised
        (64, 8, 16),
        (4096, 500, 16),
    ],
)
def test_rooms_come_before_connections_without_the_token(
    monkeypatch: pytest.MonkeyPatch, allowed: int, rooms: int, most: int
) -> None:
    monkeypatch.setattr(processes, "allow_open_files", lambda wanted: min(wanted, allowed))
    assert most_new(rooms) == most


@pytest.mark.parametrize("number", [errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM])
async def test_a_full_system_is_one_line_however_often_it_is_reported(number: int) -> None:
    said: list[str] = []
    handle = say_once_if_full(said.append)
    for _ in range(3):
        error = OSError(number, os.strerror(number))
        handle(asyncio.get_running_loop(), {"message": "accept", "exception": error})
    (line,) = said
    assert os.strerror(number) in line


async def test_another_fault_is_reported_as_always(monkeypatch: pytest.MonkeyPatch) -> None:
    loop = asyncio.get_running_loop()
    reported: list[dict[str, Any]] = []
    monkeypatch.setattr(loop, "default_exception_handler", reported.append)
    said: list[str] = []
    fault = {"message": "a fault", "exception": ValueError()}
    say_once_if_full(said.append)(loop, fault)
    assert (said, reported) == ([], [fault])
