"""Let atheris look for bytes that break a parser: `make fuzz-bytes TARGET=packed SECONDS=600`.

It knows which lines each input reaches, and changes the seeds towards lines that none has reached.
A parser may refuse its input by the error that its docstring names; any other exception, and an
input that takes longer than `SLOWEST`, is a find: its file is named, and it becomes an example of
the parser's own test. Linux only (the extra `fuzz`).
"""

from __future__ import annotations

import io
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import atheris

SLOWEST = 20
"""Seconds of one input."""
MOST = 64 << 10
"""Bytes of one input."""
READ = 1 << 20
"""Bytes that are read of a member of an archive."""

with atheris.instrument_imports(include=["cable_tui"]):
    from cable_tui import formats, query
    from cable_tui.base.cable import Problem, RawCable
    from cable_tui.formats.packed import members
    from cable_tui.formats.packed.member import Trouble
    from cable_tui.telegram import parse_cable
    from tests.command_cases import found
    from tests.formats.samples import DATA
    from tests.shapes import seven_zip, tar, zipped
    from tests.slow.functions import raw
    from tests.tool_cases import ByteReader, ByteReaders

    formats.all_formats()
    OF_TOOLS = {
        name: target for each in found(ByteReaders) for name, target in each.targets.items()
    }

FILES = {file.name: file.read_bytes() for file in sorted(DATA.iterdir()) if file.is_file()}
NAMES = tuple(
    name
    for name, data in FILES.items()
    if not name.endswith(".pdf")  # they have a child process
    and not isinstance(formats.sniff(name, data), formats.Skip)
)
"""Of the samples of the formats; the first byte of an input says which name it has."""


def read_formats(data: bytes) -> None:
    """A file with the name of a sample: sniffed, and read as what it is, else as the sample."""
    if not data:
        return
    name, data = NAMES[data[0] % len(NAMES)], data[1:]
    form = formats.sniff(name, data[: formats.HEAD])
    if isinstance(form, formats.Skip):
        form = formats.sniff(name, FILES[name])
    assert not isinstance(form, formats.Skip)
    if "pdf" not in form.name:
        for item in formats.cables(form, io.BytesIO(data), name):
            assert isinstance(item, RawCable | Problem)


def read_packed(data: bytes) -> None:
    """An archive or a compressed file: listed, and each member read."""
    with suppress(OSError):
        file = members.unpacked(io.BytesIO(data))
        file.read(READ)
    if kind := members.container(data):
        with suppress(OSError):
            for member in members.listed(io.BytesIO(data), kind):
                if not isinstance(member, Trouble):
                    with (
                        suppress(OSError),
                        members.open_member(io.BytesIO(data), kind, member) as f,
                    ):
                        f.read(READ)


def read_queries(data: bytes) -> None:
    """A line of the search bar, as typed and as entered."""
    text = data.decode("utf-8", "replace")
    for typing in (False, True):
        query.parse(text, typing=typing)


def read_telegrams(data: bytes) -> None:
    """The body of a cable."""
    parse_cable.parse(raw(data.decode("utf-8", "replace")))


def _lines(*lines: str) -> Iterator[bytes]:
    yield from (line.encode() for line in lines)


def _packed() -> Iterator[bytes]:
    pages = {name: FILES[name] for name in ("page.txt", "page-2011.html")}
    yield from (tar(pages), tar(pages, "w:gz"), tar(pages, "w:xz"), zipped(pages), seven_zip(pages))


TARGETS: dict[str, ByteReader] = {
    "formats": (
        read_formats,
        lambda: (bytes([at]) + FILES[name] for at, name in enumerate(NAMES)),
    ),
    "packed": (read_packed, _packed),
    "queries": (
        read_queries,
        lambda: _lines('origin:"Sant Oriel" or (tag:PREL -lobster) date:2004..2006', "said:tax*"),
    ),
    "telegrams": (read_telegrams, lambda: iter([FILES["page.txt"], FILES["nara.txt"]])),
    **OF_TOOLS,
}
"""What reads bytes, and the seeds of each."""


def main(target: str, seconds: int) -> None:
    """Look for `seconds` seconds; end the process with another status than 0 at the first find."""
    read, seeds = TARGETS[target]
    with tempfile.TemporaryDirectory() as corpus:
        for number, seed in enumerate(seeds()):
            Path(corpus, str(number)).write_bytes(seed)
        Path("build").mkdir(exist_ok=True)
        given = (f"-max_total_time={seconds}", f"-timeout={SLOWEST}", f"-max_len={MOST}")
        atheris.Setup([sys.argv[0], *given, f"-artifact_prefix=build/{target}-", corpus], read)
        atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
