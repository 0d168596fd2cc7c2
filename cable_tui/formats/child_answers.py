"""The inside of a process that reads hostile files for another one: it answers until that one ends.

Requests come from the standard input, answers go to the standard output. The first request names
the files that this process is handed: it gives up the network and all others (`confinement`) before
it reads more. An empty answer says that it has begun. A thread waits for the requests, so that the
end of the input ends this process at once, also in the middle of a call that never ends: the parent
has closed it, or was killed.
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
"""The size in bytes, which comes before each request and each answer."""
MOST_MEMORY = 1 << 30
"""The most bytes that the process may have; a PDF of 1,000 pages needs a tenth of them."""
_TOO_LARGE = 75
"""The exit status of a process that used too much memory."""
_PIECE = 1 << 20


def answer_requests(answer: Callable[[bytes], bytes]) -> None:
    """Answer each request, until the process is ended.

    What `answer` needs must be imported before: it cannot read a module any more.
    """
    memory.limit(MOST_MEMORY, _TOO_LARGE)
    size_bytes = _read(SIZE.size)
    if len(size_bytes) < SIZE.size:  # the one that asks has ended
        return
    file, scratch = json.loads(_read(SIZE.unpack(size_bytes)[0]))
    with suppress(OSError):  # a kernel that refuses what it offers
        confinement.confine((file,) if file else (), scratch)
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
    """Take requests until the input ends, and the process with it."""
    try:
        while len(size := _read(SIZE.size)) == SIZE.size:
            requests.put(_read(SIZE.unpack(size)[0]))
    finally:
        os._exit(0)


def _read(size: int) -> bytes:
    """Return the next bytes of the input, fewer at its end.

    They are read past Python's buffer, which has a lock.
    """
    read_pieces = []
    while size and (piece := os.read(0, min(size, _PIECE))):
        read_pieces.append(piece)
        size -= len(piece)
    return b"".join(read_pieces)
