"""Whether a zip is made as dossiers are: members one after the other, and nothing beside them.

Programs that unpack zips do not agree on which of two numbers they believe, or what they skip. So
the header of each member must be what the directory says, and every byte must belong to something.
"""

from __future__ import annotations

import time
import zipfile
from collections.abc import Iterator
from typing import BinaryIO

from cable_tui.exports.sealed.zip_file import (
    ATTRIBUTES,
    COMMENT,
    END,
    FIRST_YEAR,
    SYSTEM,
    TIME_FORMAT,
)
from cable_tui.text import clean_line

_ENTRY = 46
"""Bytes of a member in the directory, beside its name."""


def odd(stream: BinaryIO, archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """What a dossier does not have, as member and reason; an empty member is the zip itself."""
    infos = sorted(archive.infolist(), key=lambda each: each.header_offset)
    at = 0
    for each in infos:
        name = clean_line(each.filename)
        header = each.FileHeader()
        if each.header_offset != at:
            yield name, "is not where the member before it ends"
        stream.seek(max(each.header_offset, 0))  # a file that lost its beginning has less
        if stream.read(len(header)) != header:
            yield name, "its header is not what the directory says"
        attributes = (each.create_system, each.external_attr, each.internal_attr, each.volume)
        if each.extra or each.comment or attributes != (SYSTEM, ATTRIBUTES, 0, 0):
            yield name, "has remarks or attributes that no dossier has"
        at = each.header_offset + len(header) + each.compress_size
    directory = sum(_ENTRY + len(each.filename.encode()) for each in infos)
    if at != archive.start_dir or at + directory != stream.seek(0, 2) - END - COMMENT:
        yield "", "it has bytes that belong to no member"


def wrong_time(infos: list[zipfile.ZipInfo], sealed: str) -> Iterator[tuple[str, str]]:
    """Members of another time than that of sealing, to two seconds, as zips have it."""
    try:
        then = time.strptime(sealed, TIME_FORMAT)
    except ValueError:
        yield "", f"it was sealed at no time: {sealed}"
        return
    year, month, day, hour, minute, second = max(then[:6], (FIRST_YEAR, 1, 1, 0, 0, 0))
    expected = (year, month, day, hour, minute, second // 2 * 2)
    for each in infos:
        if each.date_time != expected:
            yield clean_line(each.filename), "its time is not that of sealing"
