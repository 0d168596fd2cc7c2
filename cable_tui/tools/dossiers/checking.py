"""Check that a dossier matches its own checksum, and that its members agree.

The page, the citations and the text of the log are rebuilt from the data by the renderer that the
manifest names, and compared byte by byte. No grammar rule is involved, so a dossier can be verified
as long as this program includes its renderer. The page of an unknown renderer is not compared; nor
is a page of version 1 (0.1.0), which was made without a numbered renderer.
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
"""The number of problems after which the search stops, because a hostile dossier may have any
number of problems.
"""
_BYTES = "every byte with the checksum, and every member with manifest.json"
_DATA = "manifest.json with the cables"
_MADE = "{}, rebuilt from the data, byte by byte"
_CONTENT = "the statements that its members make"
_NEVER = (
    "who made it and when (only a published checksum or a signature shows that)",
    "whether its metadata, citations, notes and statements are true",
)
UNRELIABLE = f"{PAGE} was not compared: do not rely on it"


class CheckedDossier(NamedTuple):
    """The result of checking a dossier."""

    seal: Seal
    """The checksum of the present file."""
    faults: tuple[Fault, ...]
    """The problems found. If there are none, no byte was changed, and the members do not contradict
    each other.
    """
    manifest: Manifest | None
    """The manifest, or None if it cannot be read."""
    compared: tuple[str, ...] = ()
    """The parts that were compared, in words."""
    not_compared: tuple[str, ...] = ()

    @property
    def is_read(self) -> bool:
        """Whether the contents were compared, in addition to the bytes."""
        return _DATA in self.compared

    @property
    def has_other_page(self) -> bool:
        """Whether the page was made by a renderer that this program does not include."""
        return self.manifest is not None and self.manifest.renderer not in RENDERERS


def check(
    file: Path, *, most: int = LARGEST, readings: tuple[int, int] = READINGS
) -> CheckedDossier:
    """Compare every byte with the checksum, and the members with each other.

    Members are compared only if their uncompressed size is at most `most` bytes. Raises
    `UsageError` if the file is not a dossier and never was one.
    """
    if file.is_dir():
        raise UsageError(f"{file} is a folder; name the file of the dossier")
    if not file.is_file():
        raise UsageError(f"{file}: {'not a file' if file.exists() else 'no such file'}")
    try:
        seal = seal_of(file)
        all_faults = [] if seal.holds else [_broken(file)]
        with Members(file, readings) as members:
            manifest = members.manifest()
            all_faults += members.faults(manifest)
            if all_faults or members.size > most:
                return CheckedDossier(seal, tuple(all_faults), manifest, (_BYTES,), (_CONTENT,))
            all_faults += islice(_faults(members, manifest), MOST_FAULTS)
    except OSError as error:
        raise UsageError(f"{file}: cannot be read: {error.strerror or error}") from error
    except UsageError as error:
        if not _was_sealed(file):
            raise UsageError(f"{file} is not a verifiable dossier: {error}") from None
        return CheckedDossier(seal, (*all_faults, Fault("", str(error))), None)
    rebuilt_files = (_MADE.format(name) for name in sorted(RENDERERS.get(manifest.renderer, ())))
    compared_parts = (_BYTES, _DATA, *rebuilt_files)
    unreliable_parts = () if manifest.renderer in RENDERERS else (UNRELIABLE,)
    return CheckedDossier(
        seal, tuple(all_faults), manifest, compared_parts, (*unreliable_parts, *_NEVER)
    )


def _broken(file: Path) -> Fault:
    if is_sealed(file):
        return Fault("", "its bytes do not match its checksum")
    return Fault("", "it does not end with its checksum: something was appended, or it is cut off")


def _was_sealed(file: Path) -> bool:
    """Return whether some bytes in a file show that it was once a dossier."""
    dossier_markers = (NAME.encode(), COMMENT, OLDER_COMMENT)
    with file.open("rb") as stream:
        previous_tail = b""
        while file_block := stream.read(PIECE):
            if any(marker in previous_tail + file_block for marker in dossier_markers):
                return True
            previous_tail = file_block[-len(COMMENT) :]
    return False


def in_words(checked: CheckedDossier) -> str:
    """Return the result of a check as one sentence."""
    if checked.faults:
        seal_result = (
            "matches its own checksum, but CONTRADICTS ITSELF"
            if checked.seal.holds
            else "CHANGED since it was made"
        )
        return f"{seal_result}: {counted(len(checked.faults), 'problem')}"
    sealing_time = (
        checked.manifest.sealed.replace("T", " ").replace("Z", " UTC") if checked.manifest else ""
    )
    return f"matches its own checksum; its own date is {sealing_time}"


def marks_of(file: Path) -> Bundle:
    """Return the bookmarks and the list of an unchanged dossier.

    Raises `LibraryError` and `UsageError`. The bookmarks of a changed dossier are refused, because
    their author is unknown.
    """
    checked_dossier = check(file)
    if checked_dossier.faults:
        raise LibraryError(f"{file}: {in_words(checked_dossier)} (see `cable-tui verify`)")
    return unchecked_marks_of(file)


def unchecked_marks_of(file: Path) -> Bundle:
    """Return the bookmarks and the list of a dossier that was checked before.

    Raises `LibraryError` and `UsageError`.
    """
    with Members(file) as zip_members:
        return bundles.loads(zip_members.content(MARKS, bundles.LARGEST), str(file))


def _faults(members: Members, manifest: Manifest) -> Iterator[Fault]:
    """Yield the contradictions between the members of a dossier."""
    yield from _manifest_faults(members, manifest)
    yield from _mark_faults(members, manifest)
    for name in RENDERERS.get(manifest.renderer, ()):
        try:
            if reason := _difference(members, manifest.renderer, name):
                yield Fault(name, reason)
        except UsageError as error:
            yield Fault(name, clean_line(str(error)))


def _difference(members: Members, renderer: int, name: str) -> str:
    """Return the first difference of a member from its rebuilt bytes, or an empty string."""
    block_pairs = zip_longest(
        _blocks(members.pieces(name)),
        _blocks(made(renderer, name, members.value)),
        fillvalue=b"",
    )
    for our_block, their_block in block_pairs:
        if our_block != their_block:
            byte_index = next(
                (
                    byte_number
                    for byte_number, (our_byte, their_byte) in enumerate(
                        zip(our_block, their_block, strict=False)
                    )
                    if our_byte != their_byte
                ),
                -1,
            )
            byte_index = min(len(our_block), len(their_block)) if byte_index < 0 else byte_index
            our_words, their_words = (
                _quoted(block, byte_index) for block in (our_block, their_block)
            )
            return f"it contains {our_words}, but the data give {their_words}"
    return ""


def _blocks(byte_pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the same bytes in blocks of equal size; the last block may be shorter."""
    pending_bytes = bytearray()
    for byte_piece in byte_pieces:
        pending_bytes += byte_piece
        while len(pending_bytes) >= PIECE:
            yield bytes(pending_bytes[:PIECE])
            del pending_bytes[:PIECE]
    yield bytes(pending_bytes)


_SHOWN = 30
"""The number of bytes quoted before and after a difference."""


def _quoted(block: bytes, offset: int) -> str:
    quoted_text = block[max(offset - _SHOWN, 0) : offset + _SHOWN].decode("utf-8", "replace")
    cropped_text = crop(clean_line(" ".join(quoted_text.split())), 2 * _SHOWN)
    return f"“{cropped_text}”" if cropped_text else "nothing"


def _manifest_faults(members: Members, manifest: Manifest) -> Iterator[Fault]:
    """Yield contradictions between the manifest and a cable, and within a cable."""
    source_paths = {source_path.path for source_path in manifest.sources}
    used_paths: set[str] = set()
    for sealed_entry in manifest.cables:
        try:
            sealed_cable = members.cable(sealed_entry)
        except UsageError as error:
            yield Fault(sealed_entry.member, str(error))
            continue
        text_extent: Texts = "whole" if sealed_cable.whole else "paragraphs"
        actual_entry = (
            sealed_cable.raw.reference_id,
            sealed_cable.canonical_id,
            sealed_entry.member,
            text_extent,
            sealed_cable.cited,
        )
        if SealedEntry(*actual_entry, sealed_cable.masked) != sealed_entry:
            yield Fault(NAME, f"it contradicts {sealed_entry.member} on the parts of a cable")
        if sealed_cable.masked and manifest.names == "shown":
            yield Fault(
                NAME,
                f"it states that names are shown, but {sealed_entry.reference_id} has masked names",
            )
        if not sealed_cable.whole and manifest.texts == "whole":
            yield Fault(
                NAME, f"it states that texts are whole, but {sealed_entry.reference_id} is not"
            )
        if _has_odd_gap(sealed_cable):
            yield Fault(
                sealed_entry.member, "a gap for masked or omitted words contains other words"
            )
        if manifest.renderer and (
            wrong_fact := contradiction(sealed_cable.raw, sealed_cable.shown)
        ):
            yield Fault(sealed_entry.member, f"the {wrong_fact} on the page differs from its text")
        source_path = _source(sealed_cable.source.path, source_paths)
        used_paths.add(source_path)
        if not source_path:
            yield Fault(
                NAME,
                f"the source of {sealed_entry.reference_id} is missing: {sealed_cable.source.path}",
            )
    for unused_path in sorted(source_paths - used_paths):
        yield Fault(NAME, f"a source that belongs to no cable: {unused_path}")


def _has_odd_gap(sealed_cable: SealedCable) -> bool:
    return any(
        getattr(sealed_cable.raw, part_name)[gap.start : gap.end] != WORDS[gap.kind]
        for part_name, part_gaps in sealed_cable.gaps.items()
        for gap in part_gaps
    )


def _source(path: str, source_paths: set[str]) -> str:
    """Return the source of a record, or an empty string if the manifest lists none.

    The source is the compressed file on disk, or the archive's own file.
    """
    path_parts = path.split("/")
    parent_folders = (
        "/".join(path_parts[:part_count]) for part_count in range(len(path_parts), 0, -1)
    )
    only_source = next(iter(source_paths)) if len(source_paths) == 1 else ""
    return next((folder for folder in parent_folders if folder in source_paths), only_source)


def _mark_faults(members: Members, manifest: Manifest) -> Iterator[Fault]:
    """Yield faults in bookmarks: bookmarks at no place in their cable, cables without a place."""
    try:
        bundle = bundles.loads(members.content(MARKS, bundles.LARGEST), MARKS)
    except (LibraryError, UsageError) as error:
        yield Fault(MARKS, clean_line(str(error)))
        return
    id_by_member = {
        sealed_entry.member: sealed_entry.canonical_id for sealed_entry in manifest.cables
    }
    canonical_by_uid = {mark.uid: mark.canonical_id for mark in bundle.marks}
    for mark in bundle.marks:
        if mark.canonical_id not in id_by_member.values():
            yield Fault(MARKS, f"a bookmark of {mark.name}, which is not in the dossier")
    for list_name, listed_uids in bundle.lists.items():
        if not canonical_by_uid.keys() >= set(listed_uids):
            yield Fault(MARKS, f"the list {list_name} contains an unknown bookmark")
    if bundle.searches or bundle.private:
        yield Fault(
            MARKS,
            "it contains saved searches or private bookmarks, which are never part of a dossier",
        )
    if manifest.renderer not in RENDERERS:
        return
    try:
        if manifest.log == "left out" and members.value(LOG_JSON)["searches"]:
            yield Fault(
                LOG_JSON, "it contains searches, but manifest.json states that they were left out"
            )
        cited_places = members.value(PLACES)["places"]
        shown_bookmarks = Counter(
            (uid, id_by_member[cited_place["cable"]])
            for cited_place in cited_places
            for uid in cited_place["bookmarks"]
        )
        places_are_in_order = all(map(_is_in_order, cited_places))
        cables_without_place = id_by_member.keys() - {
            cited_place["cable"] for cited_place in cited_places
        }
    except (LookupError, TypeError, UsageError) as error:
        yield Fault(PLACES, clean_line(f"it cannot be understood: {error}"))
        return
    if shown_bookmarks != Counter(canonical_by_uid.items()) or len(canonical_by_uid) < len(
        bundle.marks
    ):
        yield Fault(PLACES, f"its bookmarks differ from {MARKS}")
    if not places_are_in_order:
        yield Fault(PLACES, "its quotations are out of order")
    for cable_member in sorted(cables_without_place):
        yield Fault(PLACES, f"the manifest lists no location of {clean_line(cable_member)}")


def _is_in_order(cited_place: Any) -> bool:
    """Return whether the quotations at a place occur in the order of the text, without overlaps."""
    offsets = [offset for spans in cited_place["quotations"] for span in spans for offset in span]
    return all(type(offset) is int and offset >= 0 for offset in offsets) and offsets == sorted(
        offsets
    )
