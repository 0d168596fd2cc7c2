"""Fictional cables in every format, and a way to read them."""

from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from cable_tui import formats
from cable_tui.base.cable import Location, Problem, RawCable
from cable_tui.base.value import replace

DATA = Path(__file__).parents[1] / "data"
NOWHERE = Location("", 0, 0)


def read(data: bytes, path: str) -> list[RawCable | Problem]:
    """Everything that a file with these bytes holds."""
    form = formats.sniff(path, data[: formats.HEAD])
    if isinstance(form, formats.Skip) and form.kind.startswith(("archive", "part of a sealed")):
        return [Problem(path, 1, form.kind)]  # damage may begin like an archive or a dossier
    assert not isinstance(form, formats.Skip)
    return list(formats.cables(form, BytesIO(data), path))


def record_at(form: formats.Format, file: BinaryIO, location: Location) -> bytes:
    """The bytes that `form.at` needs from a file."""
    return form.context(file) + form.fetch(file, location)


def cable(data: bytes, path: str) -> RawCable:
    """The only cable of a file."""
    (only,) = read(data, path)
    assert isinstance(only, RawCable)
    return only


def problem(data: bytes, path: str) -> Problem:
    """The only problem of a file that holds nothing else."""
    (only,) = read(data, path)
    assert isinstance(only, Problem)
    return only


def cable_and_problem(data: bytes, path: str) -> tuple[RawCable, Problem]:
    """The cable and the problem of a file, in whatever order, that holds nothing else."""
    one, other = read(data, path)
    raw, lost = (other, one) if isinstance(one, Problem) else (one, other)
    assert isinstance(raw, RawCable)
    assert isinstance(lost, Problem)
    return raw, lost


def apart(data: bytes, path: str) -> tuple[list[RawCable], list[Problem]]:
    """The cables of a file, and its problems."""
    found = read(data, path)
    return (
        [each for each in found if isinstance(each, RawCable)],
        [each for each in found if isinstance(each, Problem)],
    )


def cables(data: bytes, path: str) -> list[RawCable]:
    """The cables of a file that holds nothing else."""
    found, problems = apart(data, path)
    assert problems == []
    return found


def wherever(found: Iterable[RawCable]) -> list[RawCable]:
    """The same cables, whatever file they are in."""
    return [replace(each, location=NOWHERE) for each in found]
