"""Whether a dossier fits its own seal, and whether its members agree.

What can be made of its data is made again by the renderer that its manifest names, and compared
byte by byte: the page, the citations, the text of the log. No rule of the grammar takes part, so
that a dossier verifies as long as this program has its renderer. The page of another is not
compared, and neither is one of version 1 (0.1.0), which no renderer made.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice, zip_longest
from pathlib import Path
from typing import Any, NamedTuple

from cable_tui.base.errors import LibraryError, UsageError
from cable_tui.formats.sealed_cable import SealedCable
from cable_tui.library import bundles
from cable_tui.library.bundles import Bundle
from cable_tui.text import clean_line, crop
from cable_tui.text.numbers import counted
from cable_tui.tools.dossiers.gaps import WORDS
from cable_tui.tools.dossiers.manifest import (
    LOG_JSON,
    MARKS,
    NAME,
    PAGE,
    PLACES,
    Manifest,
    SealedEntry,
    Texts,
)
from cable_tui.tools.dossiers.members import LARGEST, READINGS, Fault, Members
from cable_tui.tools.dossiers.rendering import RENDERERS, made
from cable_tui.tools.dossiers.values import contradiction
from cable_tui.tools.dossiers.zip_file import (
    COMMENT,
    OLDER_COMMENT,
    PIECE,
    Seal,
    is_sealed,
    seal_of,
)

MOST_FAULTS = 50
"""Number of faults after which no more are looked for: a hostile dossier may have any number."""
_BYTES = "every byte with the checksum, and every member with manifest.json"
_DATA = "manifest.json with the cables"
_MADE = "{}, rebuilt from the data, byte by byte"
_CONTENT = "the statements of its members"
_NEVER = (
    "who made it and when (only a published checksum or a signature shows that)",
    "whether its metadata, citations, notes and statements are true",
)
UNRELIABLE = f"{PAGE} was not compared: do not rely on it"


class CheckedDossier(NamedTuple):
    """The result of checking a dossier."""

    seal: Seal
    """The seal of the present file."""
    faults: tuple[Fault, ...]
    """Faults; without any, no byte was changed, and the members do not contradict each other."""
    manifest: Manifest | None
    """The manifest; None if it cannot be read."""
    compared: tuple[str, ...] = ()
    """The parts that were compared, in words."""
    not_compared: tuple[str, ...] = ()

    @property
    def is_read(self) -> bool:
        """Whether the contents were compared too, not only the bytes."""
        return _DATA in self.compared

    @property
    def has_other_page(self) -> bool:
        """Whether no renderer that is known here made its page."""
        return self.manifest is not None and self.manifest.renderer not in RENDERERS


def check(
    file: Path, *, most: int = LARGEST, readings: tuple[int, int] = READINGS
) -> CheckedDossier:
    """Compare every byte with the seal, and the members with each other.

    Members are compared only if they have at most `most` bytes, unpacked. Raises `UsageError` if
    the file is no dossier, and never was one.
    """
    if file.is_dir():
        raise UsageError(f"{file} is a folder; name the file of the dossier")
    if not file.is_file():
        raise UsageError(f"{file}: {'not a file' if file.exists() else 'no such file'}")
    try:
        seal = seal_of(file)
        faults = [] if seal.holds else [_broken(file)]
        with Members(file, readings) as members:
            manifest = members.manifest()
            faults += members.faults(manifest)
            if faults or members.size > most:
                return CheckedDossier(seal, tuple(faults), manifest, (_BYTES,), (_CONTENT,))
            faults += islice(_faults(members, manifest), MOST_FAULTS)
    except OSError as error:
        raise UsageError(f"{file}: cannot be read: {error.strerror or error}") from error
    except UsageError as error:
        if not _was_sealed(file):
            raise UsageError(f"{file} is not a verifiable dossier: {error}") from None
        return CheckedDossier(seal, (*faults, Fault("", str(error))), None)
    files_made_again = (_MADE.format(name) for name in sorted(RENDERERS.get(manifest.renderer, ())))
    parts_compared = (_BYTES, _DATA, *files_made_again)
    unsure = () if manifest.renderer in RENDERERS else (UNRELIABLE,)
    return CheckedDossier(seal, tuple(faults), manifest, parts_compared, (*unsure, *_NEVER))


def _broken(file: Path) -> Fault:
    if is_sealed(file):
        return Fault("", "its bytes do not match its checksum")
    return Fault("", "it does not end with its checksum: something was appended, or it is cut off")


def _was_sealed(file: Path) -> bool:
    """Return whether a file was once a dossier, by some of its bytes."""
    signs = (NAME.encode(), COMMENT, OLDER_COMMENT)
    with file.open("rb") as stream:
        tail_of_piece = b""
        while piece := stream.read(PIECE):
            if any(sign in tail_of_piece + piece for sign in signs):
                return True
            tail_of_piece = piece[-len(COMMENT) :]
    return False


def in_words(checked: CheckedDossier) -> str:
    """Return the answer as one sentence."""
    if checked.faults:
        seal_result = (
            "matches its own checksum, but CONTRADICTS ITSELF"
            if checked.seal.holds
            else "CHANGED since it was made"
        )
        return f"{seal_result}: {counted(len(checked.faults), 'problem')}"
    time_of_sealing = (
        checked.manifest.sealed.replace("T", " ").replace("Z", " UTC") if checked.manifest else ""
    )
    return f"matches its own checksum; its own date is {time_of_sealing}"


def marks_of(file: Path) -> Bundle:
    """Return the marks and the list of an unchanged dossier. Raises `LibraryError`, `UsageError`.

    Those of a changed one are refused: their author is unknown.
    """
    checked_dossier = check(file)
    if checked_dossier.faults:
        raise LibraryError(f"{file}: {in_words(checked_dossier)} (see `cable-tui verify`)")
    return unchecked_marks_of(file)


def unchecked_marks_of(file: Path) -> Bundle:
    """Return the marks and the list of a checked dossier. Raises `LibraryError`, `UsageError`."""
    with Members(file) as zip_members:
        return bundles.loads(zip_members.content(MARKS, bundles.LARGEST), str(file))


def _faults(members: Members, manifest: Manifest) -> Iterator[Fault]:
    """Yield what contradicts something else."""
    yield from _manifest_faults(members, manifest)
    yield from _mark_faults(members, manifest)
    for name in RENDERERS.get(manifest.renderer, ()):
        try:
            if reason := _difference(members, manifest.renderer, name):
                yield Fault(name, reason)
        except UsageError as error:
            yield Fault(name, clean_line(str(error)))


def _difference(members: Members, renderer: int, name: str) -> str:
    """Return where a member differs from what its renderer makes; empty if it is the same."""
    pairs = zip_longest(
        _blocks(members.pieces(name)),
        _blocks(made(renderer, name, members.value)),
        fillvalue=b"",
    )
    for our_block, their_block in pairs:
        if our_block != their_block:
            index = next(
                (n for n, (a, b) in enumerate(zip(our_block, their_block, strict=False)) if a != b),
                -1,
            )
            index = min(len(our_block), len(their_block)) if index < 0 else index
            our_words, their_words = (_quoted(block, index) for block in (our_block, their_block))
            return f"it contains {our_words}, but the data give {their_words}"
    return ""


def _blocks(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the same bytes in blocks of one size; the last is shorter."""
    bytes_held = bytearray()
    for piece in pieces:
        bytes_held += piece
        while len(bytes_held) >= PIECE:
            yield bytes(bytes_held[:PIECE])
            del bytes_held[:PIECE]
    yield bytes(bytes_held)


_SHOWN = 30
"""Bytes that are quoted before and after a difference."""


def _quoted(block: bytes, offset: int) -> str:
    text = block[max(offset - _SHOWN, 0) : offset + _SHOWN].decode("utf-8", "replace")
    shown_text = crop(clean_line(" ".join(text.split())), 2 * _SHOWN)
    return f"“{shown_text}”" if shown_text else "nothing"


def _manifest_faults(members: Members, manifest: Manifest) -> Iterator[Fault]:
    """Yield where the manifest contradicts a cable, and where a cable contradicts itself."""
    sources = {source.path for source in manifest.sources}
    names_used: set[str] = set()
    for entry in manifest.cables:
        try:
            sealed_cable = members.cable(entry)
        except UsageError as error:
            yield Fault(entry.member, str(error))
            continue
        texts: Texts = "whole" if sealed_cable.whole else "paragraphs"
        found = (
            sealed_cable.raw.reference_id,
            sealed_cable.canonical_id,
            entry.member,
            texts,
            sealed_cable.cited,
        )
        if SealedEntry(*found, sealed_cable.masked) != entry:
            yield Fault(NAME, f"it contradicts {entry.member} on the parts of a cable")
        if sealed_cable.masked and manifest.names == "shown":
            yield Fault(
                NAME, f"it states that names are shown, but {entry.reference_id} has masked names"
            )
        if not sealed_cable.whole and manifest.texts == "whole":
            yield Fault(NAME, f"it states that texts are whole, but {entry.reference_id} is not")
        if _has_odd_gap(sealed_cable):
            yield Fault(entry.member, "other words are marked as masked or left out")
        if manifest.renderer and (fact := contradiction(sealed_cable.raw, sealed_cable.shown)):
            yield Fault(entry.member, f"the {fact} on the page differs from its text")
        source = _source(sealed_cable.source.path, sources)
        names_used.add(source)
        if not source:
            yield Fault(
                NAME, f"the source of {entry.reference_id} is missing: {sealed_cable.source.path}"
            )
    for path in sorted(sources - names_used):
        yield Fault(NAME, f"a source of no cable: {path}")


def _has_odd_gap(sealed: SealedCable) -> bool:
    return any(
        getattr(sealed.raw, part)[gap.start : gap.end] != WORDS[gap.kind]
        for part, gaps in sealed.gaps.items()
        for gap in gaps
    )


def _source(path: str, sources: set[str]) -> str:
    """Return the source of a record; empty if there is none.

    It is the packed file on the disk, or the archive's own file.
    """
    path_parts = path.split("/")
    parent_folders = ("/".join(path_parts[:end]) for end in range(len(path_parts), 0, -1))
    only_source = next(iter(sources)) if len(sources) == 1 else ""
    return next((parent for parent in parent_folders if parent in sources), only_source)


def _mark_faults(members: Members, manifest: Manifest) -> Iterator[Fault]:
    """Yield bookmarks that are not at a place of their cable, and places without a cable."""
    try:
        bundle = bundles.loads(members.content(MARKS, bundles.LARGEST), MARKS)
    except (LibraryError, UsageError) as error:
        yield Fault(MARKS, clean_line(str(error)))
        return
    cables = {entry.member: entry.canonical_id for entry in manifest.cables}
    canonical_by_uid = {mark.uid: mark.canonical_id for mark in bundle.marks}
    for mark in bundle.marks:
        if mark.canonical_id not in cables.values():
            yield Fault(MARKS, f"a bookmark of {mark.name}, which is not in the dossier")
    for name, uids in bundle.lists.items():
        if not canonical_by_uid.keys() >= set(uids):
            yield Fault(MARKS, f"the list {name} contains an unknown bookmark")
    if bundle.searches or bundle.private:
        yield Fault(
            MARKS, "it contains saved searches or private bookmarks, never part of a dossier"
        )
    if manifest.renderer not in RENDERERS:
        return
    try:
        if manifest.log == "left out" and members.value(LOG_JSON)["searches"]:
            yield Fault(
                LOG_JSON, "it contains searches, but manifest.json states that they were left out"
            )
        places = members.value(PLACES)["places"]
        bookmarks_shown = Counter(
            (uid, cables[place["cable"]]) for place in places for uid in place["bookmarks"]
        )
        are_in_order = all(map(_is_in_order, places))
        cables_without_place = cables.keys() - {place["cable"] for place in places}
    except (LookupError, TypeError, UsageError) as error:
        yield Fault(PLACES, clean_line(f"it cannot be understood: {error}"))
        return
    if bookmarks_shown != Counter(canonical_by_uid.items()) or len(canonical_by_uid) < len(
        bundle.marks
    ):
        yield Fault(PLACES, f"its bookmarks differ from {MARKS}")
    if not are_in_order:
        yield Fault(PLACES, "its quotations are out of order")
    for member in sorted(cables_without_place):
        yield Fault(PLACES, f"no place of {clean_line(member)}, listed in the manifest")


def _is_in_order(place: Any) -> bool:
    """Return whether the quotations of a place go through their text once."""
    ends = [offset for spans in place["quotations"] for span in spans for offset in span]
    return all(type(offset) is int and offset >= 0 for offset in ends) and ends == sorted(ends)
