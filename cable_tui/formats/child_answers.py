"""The main loop of a process that reads hostile files for its parent, until the parent ends.

Requests arrive on standard input, and answers are written to standard output. The first request
lists the files that the process may use; the process then drops its access to the network and all
other files (`confinement`) before it reads more. An empty answer reports that it has started. A
thread waits for requests, so that the end of the input ends the process at once, even during a call
that never returns: the parent has closed the pipe or was killed.
"""

from __future__ import annotations

import json
import os
import struct
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from queue import SimpleQueue

from cable_tui.operating_system import confinement, memory

SIZE = struct.Struct(">Q")
"""The size in bytes that precedes each request and each answer."""
MOST_MEMORY = 1 << 30
"""The maximum memory of the process in bytes; a PDF of 1,000 pages needs a tenth of it."""
_TOO_LARGE = 75
"""The exit status of a process that used too much memory."""
_PIECE = 1 << 20


def answer_requests(answer: Callable[[bytes], bytes]) -> None:
    """Answer each request until the process is ended.

    Modules needed by `answer` must be imported beforehand, because the process can no longer read
    them.
    """
    memory.limit(MOST_MEMORY, _TOO_LARGE)
    size_bytes = _read(SIZE.size)
    if len(size_bytes) < SIZE.size:  # the one that asks has ended
        return
    allowed_file, scratch_folder = json.loads(_read(SIZE.unpack(size_bytes)[0]))
    with suppress(OSError):  # a kernel that refuses what it offers
        confinement.confine((allowed_file,) if allowed_file else (), scratch_folder)
    answers = sys.stdout.buffer
    sys.stdout = sys.stderr  # what a library prints is no answer
    requests: SimpleQueue[bytes] = SimpleQueue()
    threading.Thread(target=_receive, args=(requests,), daemon=True).start()
    reply = b""
    while True:
        answers.write(SIZE.pack(len(reply)))
        answers.write(reply)
        answers.flush()
        reply = answer(requests.get())


def _receive(requests: SimpleQueue[bytes]) -> None:
    """Receive requests until the input ends, then end the process."""
    try:
        while len(size_bytes := _read(SIZE.size)) == SIZE.size:
            requests.put(_read(SIZE.unpack(size_bytes)[0]))
    finally:
        os._exit(0)


def _read(size: int) -> bytes:
    """Return the next bytes of the input, or fewer at its end.

    This bypasses Python's buffer, which uses a lock.
    """
    chunks = []
    while size and (chunk := os.read(0, min(size, _PIECE))):
        chunks.append(chunk)
        size -= len(chunk)
    return b"".join(chunks)
