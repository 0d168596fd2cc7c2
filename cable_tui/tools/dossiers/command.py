"""The command `cable-tui verify`: check a dossier's checksum and its texts in an archive.

As JSON:

    {"file", "unchanged", "page_compared", "seal", "file_sha256", "expected", "matched", "sealed",
     "title", "texts", "names", "statements", "program", "renderer", "cables", "masked",
     "faults": [{"member", "reason"}],
     "compared": [], "not_compared": [],
     "archive": null or {"path", "fingerprint", "same_archive", "cables_held",
                         "cables": [{"ref", "state", "path", "where": []}],
                         "files": [{"path", "state"}]}}
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from cable_tui.base.errors import ArchiveError, UsageError
from cable_tui.base.pattern import pattern
from cable_tui.base.value import Value, picked
from cable_tui.cli.shared.command_context import CommandContext, emit_answer, say, write_out
from cable_tui.cli.shared.options import Parser
from cable_tui.text import clean_line
from cable_tui.text.numbers import counted
from cable_tui.tools.dossiers.checking import UNRELIABLE, CheckedDossier, check, in_words
from cable_tui.tools.dossiers.manifest import Manifest, SealedEntry, SourceFile, Texts
from cable_tui.tools.dossiers.members import Fault, Members

if TYPE_CHECKING:  # without PATH no archive is opened
    from cable_tui.base.kinds import Count, Digest, Filled, Fingerprint, OrNull
    from cable_tui.tools.dossiers.sealing import ArchiveSources, SealedTextCheck

_SEAL = pattern(r"(?:sha256[ :]?\s*)?([0-9a-f]{64})")
_STATES = {
    "same": "same text in its file",
    "differs": "DIFFERS",
    "missing": "not in this archive",
    "unread": "cannot be read from this archive",
}

_MATCHED = {
    "seal": "the checksum is the published one",
    "file": "the published number is the SHA-256 of the whole file, as for older dossiers",
    None: "NOT the published checksum: {}",
}
_OF_MANIFEST = ("sealed", "title", "program", "renderer", "texts", "names", "statements")
_NOT_COMPARED = 3
"""The exit status if there are no faults, but the page was not compared."""
_FILES = {"differs": "DIFFERS", "missing": "not in this archive"}


def configure(parser: Parser) -> None:
    """Add the options of the command."""
    parser.add_argument("file", metavar="FILE", type=Path, help="a verifiable dossier")
    parser.add_path("an archive, to compare each text with the file it came from", optional=True)
    parser.add_argument(
        "--checksum", metavar="SHA256", default="", help="the published checksum to compare with"
    )
    parser.add_argument("--seal", dest="checksum", help=argparse.SUPPRESS)
    parser.add_argument(
        "--page",
        metavar="OUT",
        type=Path,
        help="write a new page from the data, if you cannot rely on the dossier's own page",
    )
    parser.add_flag("--json", "one JSON object")
    parser.add_no_index()


class ComparedCable(Value):
    """A cable of the dossier, compared with the archive."""

    ref: Filled
    """The reference ID in the dossier."""
    state: Literal["same", "differs", "missing", "unread"]
    """The result. missing: the archive does not contain the cable; unread: its file cannot be read.
    """
    path: OrNull[str]
    """The path of the compared record, relative to the archive's folder."""
    where: tuple[Filled, ...]
    """The differences, in words; if the text is the same, differences in spaces or in the facts
    read from it.
    """


FileState = Literal["same", "differs", "missing", "unknown"]


class ComparedFile(Value):
    """A file that cables were read from."""

    path: Filled
    """The path relative to the archive's folder."""
    state: FileState
    """The result. unknown: the dossier contains no fingerprint of the file."""


class ComparedArchive(Value):
    """The archive that the dossier was compared with."""

    path: Filled
    """The path as entered."""
    fingerprint: Fingerprint
    """The present fingerprint of the archive."""
    same_archive: bool
    """Whether the archive has the same fingerprint as when the dossier was made."""
    cables_held: Count
    """The number of cables in the archive."""
    cables: tuple[ComparedCable, ...]
    """The compared cables, in the order of the dossier."""
    files: tuple[ComparedFile, ...]
    """The files that the cables were read from."""


class VerifyAnswer(Value):
    """The output of `verify --json`: the changes to a verifiable dossier."""

    file: Filled
    """The file name as entered."""
    unchanged: bool
    """Whether the checksum matches, the members do not contradict each other, and the page was
    compared.
    """
    page_compared: bool
    """Whether index.html was rebuilt from the data and compared; if false, do not rely on it."""
    seal: Digest
    """The SHA-256 of all bytes before the last 64, as printed by `head -c -64 FILE | sha256sum`."""
    file_sha256: Digest
    """The SHA-256 of the present file, which was the published checksum of older dossiers."""
    expected: OrNull[Digest]
    """The digest entered with --seal; null without it."""
    matched: Literal["seal", "file"] | None
    """Which of the two digests --seal matches; null without --seal, or if it matches neither."""
    sealed: str | None
    """The UTC time of sealing. This and all values below are null if the manifest cannot be read.
    """
    title: str | None
    """The title, from the list or the query."""
    program: str | None
    """The program and version that sealed the dossier."""
    renderer: int | None
    """The number of the renderer that made the page; 0 in a dossier of 0.1.0."""
    texts: Texts | None
    """How much of each cable was sealed."""
    names: Literal["masked", "shown"] | None
    """Whether the names that a cable asks to protect are masked or shown."""
    statements: tuple[str, ...] | None
    """The dossier's statements about protected names, as sentences."""
    cables: Count | None
    """The number of cables in the dossier."""
    masked: Count | None
    """The number of places with a masked name."""
    faults: tuple[Fault, ...]
    """Changes since the sealing, and contradictions between members; at most 50 contradictions."""
    compared: tuple[Filled, ...]
    """The parts that were compared, in words."""
    not_compared: tuple[Filled, ...]
    """The parts that were not compared, in words; empty if the manifest cannot be read."""
    archive: ComparedArchive | None
    """The comparison with an archive; null without PATH."""


class _Beside(NamedTuple):
    """The result of a comparison with an archive."""

    path: Path
    fingerprint: str
    same_archive: bool
    """Whether the archive is the sealed archive in the same state."""
    held: int
    """The number of cables in the archive."""
    cables: list[tuple[SealedEntry, SealedTextCheck]]
    files: list[tuple[SourceFile, FileState]]

    def contradicts(self, manifest: Manifest) -> bool:
        """Return whether the archive has different texts, or a different number of cables."""
        number_differs = self.same_archive and self.held != manifest.archive.cables
        return number_differs or any(text.state != "same" for _, text in self.cables)


def run(context: CommandContext) -> int:
    """Print the result; return 0 without faults, 1 with faults, 3 if only the page was skipped."""
    options = context.options
    expected_seal = _expected(options.checksum)
    file = options.file.expanduser()
    page_path = options.page and options.page.expanduser()
    if page_path is not None and (
        str(page_path) == "-" or (page_path.exists() and file.exists() and page_path.samefile(file))
    ):
        raise UsageError(f"--page {page_path}: name another file for the page")
    checked_dossier = check(file)
    archive_beside = None
    if options.path is not None and checked_dossier.manifest is not None:
        archive_beside = _beside(context, file, checked_dossier.manifest)
    has_other_seal = bool(expected_seal) and not checked_dossier.seal.matched(expected_seal)
    result_lines = _lines(checked_dossier, expected_seal, archive_beside, every=options.verbose)
    emit_answer(
        context,
        _answer(file, checked_dossier, expected_seal, archive_beside),
        map(clean_line, result_lines),
    )
    if archive_beside is None and options.path is not None:
        say(f"{file}: nothing in it can be compared with an archive")
    manifest = checked_dossier.manifest
    if page_path is not None:
        _write_page(file, page_path, checked_dossier)
    archive_differs = (
        archive_beside is not None and manifest is not None and archive_beside.contradicts(manifest)
    )
    if checked_dossier.faults or has_other_seal or archive_differs:
        return 1
    return _NOT_COMPARED if checked_dossier.has_other_page else 0


def _write_page(file: Path, page_path: Path, checked_dossier: CheckedDossier) -> None:
    """Write a page from a dossier's data.

    Raises `UsageError`.
    """
    from cable_tui.tools.dossiers import page_from_data  # it may read cables

    if checked_dossier.manifest is None:
        raise UsageError(
            f"{file}: no page can be made from it: {checked_dossier.faults[-1].reason}"
        )
    with Members(file) as members:
        write_out(page_path, page_from_data.page(members, checked_dossier.manifest))
    change_note = "; its data were CHANGED" if checked_dossier.faults else ""
    say(f"page from the data written to {page_path}{change_note}")


def _expected(seal: str) -> str:
    """Return the hexadecimal digits of a copied checksum.

    Raises `UsageError`.
    """
    seal_match = _SEAL.fullmatch(seal.strip().lower())
    if seal and seal_match is None:
        raise UsageError("--checksum needs the 64 hexadecimal digits printed by the export")
    return seal_match[1] if seal_match else ""


def _beside(context: CommandContext, file: Path, manifest: Manifest) -> _Beside:
    from cable_tui.cli.shared.opened_archive import opened_archive
    from cable_tui.tools.dossiers.sealing import ArchiveSources  # both read cables

    archive_path = context.options.path
    with (
        opened_archive(context, archive_path, needs=("facts",)) as archive,
        ArchiveSources(archive) as archive_sources,
        Members(file) as members,
    ):
        compared_cables = []
        for sealed_entry in manifest.cables:
            try:
                sealed_cable = members.cable(sealed_entry)
            except UsageError:  # a fault that is reported with the others
                continue
            compared_cables.append((sealed_entry, archive_sources.compare(sealed_cable)))
        # A file is read once, however often a manifest that somebody made up names it.
        named_files = {source.path: source for source in manifest.sources}.values()
        file_states = [(source, _state_of(archive_sources, source)) for source in named_files]
        fingerprint = archive_sources.fingerprint(manifest.archive.fingerprint)
        is_same_archive = fingerprint == manifest.archive.fingerprint
        return _Beside(
            archive_path,
            fingerprint,
            is_same_archive,
            archive_sources.cables,
            compared_cables,
            file_states,
        )


def _state_of(sources: ArchiveSources, sealed_file: SourceFile) -> FileState:
    """Return the state of a source file, or `unknown` if its fingerprint was left out."""
    if not sealed_file.sha256:
        return "unknown"
    try:
        *_, present_file = sources.file(sealed_file.path)
    except ArchiveError:
        return "missing"
    return "same" if present_file == sealed_file else "differs"


def _lines(
    checked_dossier: CheckedDossier,
    expected: str,
    archive_comparison: _Beside | None,
    *,
    every: bool,
) -> Iterator[str]:
    """Yield the result in words; if `every` is set, include texts that are the same."""
    manifest = checked_dossier.manifest
    if manifest is not None:
        masked_count = sum(entry.masked for entry in manifest.cables)
        masking_note = (
            f", protected names masked {counted(masked_count, 'time')}" if masked_count else ""
        )
        text_extent = {"whole": "whole texts", "paragraphs": "cited paragraphs"}[manifest.texts]
        cable_count = counted(len(manifest.cables), "cable")
        yield f"{manifest.title}: {cable_count}, {text_extent}{masking_note}"
    yield in_words(checked_dossier)
    if UNRELIABLE in checked_dossier.not_compared:
        yield UNRELIABLE
    for fault in checked_dossier.faults:
        yield f"  {fault.member}: {fault.reason}" if fault.member else f"  {fault.reason}"
    yield f"checksum: sha256 {checked_dossier.seal.sha256}"
    if expected:
        yield _MATCHED[checked_dossier.seal.matched(expected)].format(expected)
    if archive_comparison is not None and manifest is not None:
        yield from _archive_lines(archive_comparison, manifest, every=every)
    uncompared_parts = tuple(
        part_words for part_words in checked_dossier.not_compared if part_words != UNRELIABLE
    )
    for heading, listed_parts in (
        ("compared", checked_dossier.compared),
        ("not compared", uncompared_parts),
    ):
        yield from (
            (f"{heading}:", *(f"  {words}" for words in listed_parts)) if listed_parts else ()
        )


def _archive_lines(
    archive_comparison: _Beside, manifest: Manifest, *, every: bool
) -> Iterator[str]:
    same_archive_words = "the dossier's archive"
    other_archive_words = "not the dossier's archive, or changed since"
    which_archive = same_archive_words if archive_comparison.same_archive else other_archive_words
    yield f"{archive_comparison.path}: {which_archive}"
    if archive_comparison.same_archive and archive_comparison.held != manifest.archive.cables:
        yield f"  NOT {counted(manifest.archive.cables, 'cable')} but {archive_comparison.held:,}"
    for sealed_entry, text_check in archive_comparison.cables:
        if text_check.state == "same" and not text_check.where and not every:
            continue
        difference_words = f": {'; '.join(text_check.where)}" if text_check.where else ""
        path_words = f" ({text_check.path})" if text_check.path else ""
        state_words = _STATES[text_check.state]
        yield f"  {sealed_entry.reference_id}: {state_words}{difference_words}{path_words}"
    yield from _file_lines(archive_comparison.files)
    same_texts = [
        sealed_entry
        for sealed_entry, text_check in archive_comparison.cables
        if text_check.state == "same"
    ]
    text_count = counted(len(archive_comparison.cables), "text")
    same_count = f"{len(same_texts):,} of {text_count} as in the archive"
    masked_words = counted(sum(sealed_entry.masked for sealed_entry in same_texts), "masked place")
    cut_words = counted(
        sum(sealed_entry.texts == "paragraphs" for sealed_entry in same_texts),
        "text without some paragraphs",
    )
    exceptions = [
        exception for exception in (masked_words, cut_words) if not exception.startswith("0 ")
    ]
    yield f"{same_count} but for {' and '.join(exceptions)}" if exceptions else same_count


def _file_lines(files: Sequence[tuple[SourceFile, FileState]]) -> Iterator[str]:
    count_by_state = Counter(file_state for _, file_state in files)
    known_files = len(files) - count_by_state["unknown"]
    if known_files:
        same_count = f"{count_by_state['same']:,} of {counted(known_files, 'source file')}"
        yield f"{same_count} byte for byte the same"
    for source, file_state in files:
        if file_state in _FILES:
            yield f"  {source.path}: {_FILES[file_state]}"
    if unknown_files := count_by_state["unknown"]:
        unknown_words = counted(unknown_files, "source file")
        yield f"{unknown_words} without a fingerprint, because of a masked name"


def _answer(
    file: Path, checked_dossier: CheckedDossier, expected: str, archive_comparison: _Beside | None
) -> VerifyAnswer:
    manifest, has_other_page = checked_dossier.manifest, checked_dossier.has_other_page
    return picked(
        VerifyAnswer,
        checked_dossier,
        file=str(file),
        unchanged=not checked_dossier.faults and not has_other_page,
        page_compared=checked_dossier.is_read and not has_other_page,
        seal=checked_dossier.seal.sha256,
        file_sha256=checked_dossier.seal.file_sha256,
        expected=expected,
        matched=checked_dossier.seal.matched(expected),
        **{
            field_name: manifest and getattr(manifest, field_name)
            for field_name in (*_OF_MANIFEST, "masked")
        },
        cables=manifest and len(manifest.cables),
        archive=archive_comparison and _archive_answer(archive_comparison),
    )


def _archive_answer(archive_comparison: _Beside) -> ComparedArchive:
    return ComparedArchive(
        str(archive_comparison.path),
        archive_comparison.fingerprint,
        archive_comparison.same_archive,
        archive_comparison.held,
        tuple(
            picked(ComparedCable, text_check, ref=sealed_entry.reference_id)
            for sealed_entry, text_check in archive_comparison.cables
        ),
        tuple(
            ComparedFile(source.path, file_state) for source, file_state in archive_comparison.files
        ),
    )
