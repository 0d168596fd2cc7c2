"""What somebody does who changes a dossier and knows how one is made."""

from __future__ import annotations

import hashlib
import json
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from cable_tui.tools.dossiers.rendering import NEWEST, RENDERERS, made
from cable_tui.tools.dossiers.zip_file import DIGITS, TIME_FORMAT, SealedZip

Members = dict[str, bytes]
Change = Callable[[Members], Any]
MANIFEST, PAGE = "manifest.json", "index.html"


def members_of(file: Path) -> Members:
    """The members of a dossier in their order."""
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def write(
    file: Path,
    members: Members,
    sealed: str,
    also: Callable[[SealedZip, str], None] = lambda made, name: None,
) -> None:
    """A zip with these members and a seal that holds; `also` is called after each member."""
    made = SealedZip(time.strptime(sealed, TIME_FORMAT))
    also(made, "")
    for name, content in members.items():
        made.add(name, [content])
        also(made, name)
    file.write_bytes(b"".join(made.pieces()))


def with_seal(data: bytes | bytearray) -> bytes:
    """A file with the digest of what it is now at its end."""
    return bytes(data[:-DIGITS]) + hashlib.sha256(data[:-DIGITS]).hexdigest().encode()


def moment_of(members: Members) -> str:
    """When it was sealed, by its manifest."""
    found: str = json.loads(members[MANIFEST])["sealed"]
    return found


def resealed(file: Path, change: Change, to: Path | None = None) -> Path:
    """The dossier with a change, all digests made right again."""
    members = members_of(file)
    before = moment_of(members)
    change(members)
    moment = moment_of(members) if MANIFEST in members else before
    value = json.loads(members.pop(MANIFEST))
    value["members"] = _digests(members)
    members[MANIFEST] = json.dumps(value, ensure_ascii=False, indent=1).encode()
    found = to or file
    try:
        write(found, members, moment)
    except ValueError:
        write(found, members, before)
    return found


def _digests(members: Members) -> list[dict[str, Any]]:
    return [
        {"name": name, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        for name, content in sorted(members.items())
        if name != MANIFEST
    ]


def remade(file: Path, change: Change) -> Path:
    """The dossier with other data, and all that this program makes of them made again."""

    def again(members: Members) -> None:
        change(members)

        def value(name: str) -> Any:
            found = json.loads(members[name])
            return {**found, "members": _digests(members)} if name == MANIFEST else found

        for name in RENDERERS[NEWEST]:
            members[name] = b"".join(made(NEWEST, name, value))

    return resealed(file, again)


def replaced(name: str, old: str, new: str, times: int = 1) -> Change:
    """The first places of some words in a member, changed; they must be there."""

    def change(members: Members) -> None:
        text = members[name].decode()
        assert text.count(old) >= times, (name, old)
        members[name] = text.replace(old, new, times).encode()

    return change


def edited(name: str, edit: Callable[[Any], Any]) -> Change:
    """A JSON member, changed as a value."""

    def change(members: Members) -> None:
        value = json.loads(members[name])
        edit(value)
        members[name] = json.dumps(value, ensure_ascii=False, indent=1).encode()

    return change
