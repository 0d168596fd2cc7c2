"""Whether a sealed dossier is as it was sealed, and whether all that it says agrees."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from cable_tui.errors import LibraryError, UsageError
from cable_tui.exports.sealed import manifest
from cable_tui.exports.sealed.content.compare import compare
from cable_tui.exports.sealed.manifest import Manifest
from cable_tui.exports.sealed.members import LARGEST, Fault, Members
from cable_tui.exports.sealed.zip_file import MARK, PIECE, Seal, is_sealed, seal_of
from cable_tui.library import bundles
from cable_tui.library.bundles import Bundle
from cable_tui.text.numbers import counted

_BYTES = "every byte with the seal"
_CONTENT = "what the members say: the page, the cables, the notes and the citations"


class Checked(NamedTuple):
    """What became of a dossier since it was sealed."""

    seal: Seal
    """Of the file as it is."""
    faults: tuple[Fault, ...]
    """None: no byte was changed, and the members do not contradict each other."""
    manifest: Manifest | None
    """None where it cannot be read."""
    compared: tuple[str, ...] = ()
    """What of its content was compared, in words."""
    not_compared: tuple[str, ...] = ()

    @property
    def is_read(self) -> bool:
        """Whether not only the bytes were compared."""
        return _CONTENT not in self.not_compared


def check(file: Path, *, most: int = LARGEST) -> Checked:
    """Compare every byte with the seal, and what the members say.

    The latter only if they have at most so many bytes, unpacked. Raises `UsageError` if the file is
    no sealed dossier, and never was one.
    """
    if file.is_dir():
        raise UsageError(f"{file}: a folder: name the file of the dossier")
    if not file.is_file():
        raise UsageError(f"{file}: {'no file' if file.exists() else 'no such file'}")
    try:
        seal = seal_of(file)
        faults = [] if seal.holds else [_broken(file)]
        with Members(file) as members:
            made = members.manifest()
            faults += members.faults(made)
            if faults or members.size > most:
                return Checked(seal, tuple(faults), made, (_BYTES,), (_CONTENT,))
            found = compare(members, made)
    except OSError as error:
        raise UsageError(f"{file}: cannot be read: {error.strerror or error}") from error
    except UsageError as error:
        if not _was_sealed(file):
            raise UsageError(f"{file}: no sealed dossier: {error}") from None
        fault = Fault("", str(error))
        return Checked(seal, (*faults, fault), None)
    return Checked(seal, found.faults, made, (_BYTES, *found.compared), found.not_compared)


def _broken(file: Path) -> Fault:
    if is_sealed(file):
        return Fault("", "its bytes are not those that were sealed")
    return Fault("", "it does not end as it was sealed: something stands behind it, or is cut off")


def _was_sealed(file: Path) -> bool:
    """Whether a file was a sealed dossier once: some of its bytes still say so."""
    signs = (manifest.NAME.encode(), MARK)
    with file.open("rb") as stream:
        before = b""
        while piece := stream.read(PIECE):
            if any(sign in before + piece for sign in signs):
                return True
            before = piece[-len(MARK) :]
    return False


def in_words(checked: Checked) -> str:
    """The answer as one sentence."""
    if checked.faults:
        how = "and sealed again" if checked.seal.holds else "since it was sealed"
        return f"CHANGED {how}: {counted(len(checked.faults), 'fault')}"
    made = checked.manifest
    when = made.sealed.replace("T", " ").replace("Z", " UTC") if made else ""
    what = "unchanged" if checked.is_read else "its bytes are unchanged"
    return f"{what} since it was sealed on {when}"


def marks_of(file: Path) -> Bundle:
    """The marks and the list of a dossier that is unchanged. Raises `LibraryError`, `UsageError`.

    Those of a changed one are not given: nobody knows who wrote them.
    """
    found = check(file)
    if found.faults:
        raise LibraryError(f"{file}: {in_words(found)}: `cable-tui verify` says where")
    return unchecked_marks_of(file)


def unchecked_marks_of(file: Path) -> Bundle:
    """The same of a dossier that was checked. Raises `LibraryError`, `UsageError`."""
    with Members(file) as members:
        return bundles.loads(members.content(manifest.MARKS, bundles.LARGEST), str(file))
