"""`cable-tui verify`: whether a dossier fits its seal, and whether an archive has its texts.

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
    "unread": "cannot be read in this archive",
}

_MATCHED = {
    "seal": "the checksum is the published one",
    "file": "the published number is the SHA-256 of the whole file, as for older dossiers",
    None: "NOT the published checksum: {}",
}
_OF_MANIFEST = ("sealed", "title", "program", "renderer", "texts", "names", "statements")
_NOT_COMPARED = 3
"""The exit status if nothing is wrong, and the page was not compared."""
_FILES = {"differs": "DIFFERS", "missing": "not in this archive"}


def configure(parser: Parser) -> None:
    """Add the options of the command."""
    parser.add_argument("file", metavar="FILE", type=Path, help="a verifiable dossier")
    parser.add_path("an archive, to compare each text with its file", optional=True)
    parser.add_argument(
        "--checksum", metavar="SHA256", default="", help="the published checksum, to compare with"
    )
    parser.add_argument("--seal", dest="checksum", help=argparse.SUPPRESS)
    parser.add_argument(
        "--page",
        metavar="OUT",
        type=Path,
        help="write a new page from the data, if the page of the dossier cannot be relied on",
    )
    parser.add_flag("--json", "one JSON object")
    parser.add_no_index()


class ComparedCable(Value):
    """A cable of the dossier in the archive."""

    ref: Filled
    """As the dossier has it."""
    state: Literal["same", "differs", "missing", "unread"]
    """missing: the archive has no such cable; unread: its file cannot be read."""
    path: OrNull[str]
    """Of the record that it was compared with, below the folder of the archive."""
    where: tuple[Filled, ...]
    """What differs, in words; of the same text, whether blanks do, or facts that were read in
    it."""


FileState = Literal["same", "differs", "missing", "unknown"]


class ComparedFile(Value):
    """A file that cables were read from."""

    path: Filled
    """Below the folder of the archive."""
    state: FileState
    """unknown: the dossier has no fingerprint of it."""


class ComparedArchive(Value):
    """The archive that it was compared with."""

    path: Filled
    """As it was given."""
    fingerprint: Fingerprint
    """Of the archive as it is."""
    same_archive: bool
    """It has the fingerprint of the archive that was sealed."""
    cables_held: Count
    """How many cables the archive has."""
    cables: tuple[ComparedCable, ...]
    """In the order of the dossier."""
    files: tuple[ComparedFile, ...]
    """Those that the cables were read from."""


class VerifyAnswer(Value):
    """The answer of `verify --json`: what was changed of a verifiable dossier."""

    file: Filled
    """As it was given."""
    unchanged: bool
    """It fits its seal, its members do not contradict each other, and its page was compared."""
    page_compared: bool
    """index.html was made again from the data and compared; false: do not rely on it."""
    seal: Digest
    """SHA-256 of all bytes before the last 64, as `head -c -64 FILE | sha256sum` prints it."""
    file_sha256: Digest
    """SHA-256 of the file as it is: the seal of older dossiers."""
    expected: OrNull[Digest]
    """What --seal gave; null without it."""
    matched: Literal["seal", "file"] | None
    """Which of the two --seal gave; null without it, and where it is neither."""
    sealed: str | None
    """When; UTC. null, as all below, where the manifest cannot be read."""
    title: str | None
    """Of the list, or the query."""
    program: str | None
    """What sealed it."""
    renderer: int | None
    """The number of what made its page; 0 in a dossier of 0.1.0."""
    texts: Texts | None
    """How much of the cables was sealed."""
    names: Literal["masked", "shown"] | None
    """Names that a cable asks to protect."""
    statements: tuple[str, ...] | None
    """What it says of protected names, in sentences."""
    cables: Count | None
    """How many."""
    masked: Count | None
    """How often a name is masked."""
    faults: tuple[Fault, ...]
    """What is not as it was sealed, or contradicts other members; at most 50 of the latter."""
    compared: tuple[Filled, ...]
    """What was compared, in words."""
    not_compared: tuple[Filled, ...]
    """What was not, in words; empty where the manifest cannot be read."""
    archive: ComparedArchive | None
    """null without PATH."""


class _Beside(NamedTuple):
    """The result of a comparison with an archive."""

    path: Path
    fingerprint: str
    same_archive: bool
    """Whether it is the archive that was sealed, in the same state."""
    held: int
    """The number of cables of the archive."""
    cables: list[tuple[SealedEntry, SealedTextCheck]]
    files: list[tuple[SourceFile, FileState]]

    def contradicts(self, manifest: Manifest) -> bool:
        """Return whether it has other texts, or is the sealed archive with another fingerprint."""
        number_differs = self.same_archive and self.held != manifest.archive.cables
        return number_differs or any(text.state != "same" for _, text in self.cables)


def run(context: CommandContext) -> int:
    """Say it; 0 if all fits, 1 if something does not, 3 if only the page was not compared."""
    options = context.options
    expected_seal = _expected(options.checksum)
    file = options.file.expanduser()
    page = options.page and options.page.expanduser()
    if page is not None and (
        str(page) == "-" or (page.exists() and file.exists() and page.samefile(file))
    ):
        raise UsageError(f"--page {page}: name another file for the page")
    checked_dossier = check(file)
    archive_beside = None
    if options.path is not None and checked_dossier.manifest is not None:
        archive_beside = _beside(context, file, checked_dossier.manifest)
    has_other_seal = bool(expected_seal) and not checked_dossier.seal.matched(expected_seal)
    lines = _lines(checked_dossier, expected_seal, archive_beside, every=options.verbose)
    emit_answer(
        context,
        _answer(file, checked_dossier, expected_seal, archive_beside),
        map(clean_line, lines),
    )
    if archive_beside is None and options.path is not None:
        say(f"{file}: nothing in it can be compared with an archive")
    manifest = checked_dossier.manifest
    if page is not None:
        _write_page(file, page, checked_dossier)
    archive_differs = (
        archive_beside is not None and manifest is not None and archive_beside.contradicts(manifest)
    )
    if checked_dossier.faults or has_other_seal or archive_differs:
        return 1
    return _NOT_COMPARED if checked_dossier.has_other_page else 0


def _write_page(file: Path, to: Path, checked: CheckedDossier) -> None:
    """Write the page of a dossier from its data. Raises `UsageError`."""
    from cable_tui.tools.dossiers import page_from_data  # it may read cables

    if checked.manifest is None:
        raise UsageError(f"{file}: no page can be made from it: {checked.faults[-1].reason}")
    with Members(file) as members:
        write_out(to, page_from_data.page(members, checked.manifest))
    changed = "; its data were CHANGED" if checked.faults else ""
    say(f"page from the data written to {to}{changed}")


def _expected(seal: str) -> str:
    """Return the digits of a copied seal. Raises `UsageError`."""
    match = _SEAL.fullmatch(seal.strip().lower())
    if seal and match is None:
        raise UsageError("--checksum needs the 64 hexadecimal digits printed by the export")
    return match[1] if match else ""


def _beside(context: CommandContext, file: Path, manifest: Manifest) -> _Beside:
    from cable_tui.cli.shared.opened_archive import opened_archive
    from cable_tui.tools.dossiers.sealing import ArchiveSources  # both read cables

    path = context.options.path
    with (
        opened_archive(context, path, needs=("facts",)) as archive,
        ArchiveSources(archive) as sources,
        Members(file) as members,
    ):
        cables = []
        for entry in manifest.cables:
            try:
                sealed_cable = members.cable(entry)
            except UsageError:  # a fault that is reported with the others
                continue
            cables.append((entry, sources.compare(sealed_cable)))
        # A file is read once, however often a manifest that somebody made up names it.
        named_files = {source.path: source for source in manifest.sources}.values()
        files = [(source, _state_of(sources, source)) for source in named_files]
        fingerprint = sources.fingerprint(manifest.archive.fingerprint)
        is_same_archive = fingerprint == manifest.archive.fingerprint
        return _Beside(path, fingerprint, is_same_archive, sources.cables, cables, files)


def _state_of(sources: ArchiveSources, file: SourceFile) -> FileState:
    """Return `same`, `differs`, `missing`, or `unknown` where its fingerprint was left out."""
    if not file.sha256:
        return "unknown"
    try:
        *_, file_present = sources.file(file.path)
    except ArchiveError:
        return "missing"
    return "same" if file_present == file else "differs"


def _lines(
    checked: CheckedDossier, expected: str, beside: _Beside | None, *, every: bool
) -> Iterator[str]:
    """Yield the answer in words; with `every` also the texts that are the same."""
    manifest = checked.manifest
    if manifest is not None:
        masked_places = sum(entry.masked for entry in manifest.cables)
        masking_note = (
            f", protected names masked {counted(masked_places, 'time')}" if masked_places else ""
        )
        kind = {"whole": "whole texts", "paragraphs": "cited paragraphs"}[manifest.texts]
        yield f"{manifest.title}: {counted(len(manifest.cables), 'cable')}, {kind}{masking_note}"
    yield in_words(checked)
    if UNRELIABLE in checked.not_compared:
        yield UNRELIABLE
    for fault in checked.faults:
        yield f"  {fault.member}: {fault.reason}" if fault.member else f"  {fault.reason}"
    yield f"checksum: sha256 {checked.seal.sha256}"
    if expected:
        yield _MATCHED[checked.seal.matched(expected)].format(expected)
    if beside is not None and manifest is not None:
        yield from _archive_lines(beside, manifest, every=every)
    parts_not_compared = tuple(part for part in checked.not_compared if part != UNRELIABLE)
    for name, parts_listed in (
        ("compared", checked.compared),
        ("not compared", parts_not_compared),
    ):
        yield from (f"{name}:", *(f"  {words}" for words in parts_listed)) if parts_listed else ()


def _archive_lines(beside: _Beside, manifest: Manifest, *, every: bool) -> Iterator[str]:
    same_archive = "the archive of the dossier"
    other_archive = "another archive than the dossier's, or changed since"
    yield f"{beside.path}: {same_archive if beside.same_archive else other_archive}"
    if beside.same_archive and beside.held != manifest.archive.cables:
        yield f"  NOT {counted(manifest.archive.cables, 'cable')} but {beside.held:,}"
    for entry, text in beside.cables:
        if text.state == "same" and not text.where and not every:
            continue
        places_that_differ = f": {'; '.join(text.where)}" if text.where else ""
        path = f" ({text.path})" if text.path else ""
        yield f"  {entry.reference_id}: {_STATES[text.state]}{places_that_differ}{path}"
    yield from _file_lines(beside.files)
    same_texts = [entry for entry, text in beside.cables if text.state == "same"]
    count = f"{len(same_texts):,} of {counted(len(beside.cables), 'text')} as in the archive"
    places = counted(sum(entry.masked for entry in same_texts), "masked place")
    texts_cut = counted(
        sum(entry.texts == "paragraphs" for entry in same_texts), "text without some paragraphs"
    )
    but = [words for words in (places, texts_cut) if not words.startswith("0 ")]
    yield f"{count} but for {' and '.join(but)}" if but else count


def _file_lines(files: Sequence[tuple[SourceFile, FileState]]) -> Iterator[str]:
    states = Counter(state for _, state in files)
    known_files = len(files) - states["unknown"]
    if known_files:
        count = f"{states['same']:,} of {counted(known_files, 'source file')}"
        yield f"{count} byte for byte the same"
    for source, state in files:
        if state in _FILES:
            yield f"  {source.path}: {_FILES[state]}"
    if unknown_files := states["unknown"]:
        files_without = counted(unknown_files, "source file")
        yield f"{files_without} without a fingerprint, because of a masked name"


def _answer(
    file: Path, checked: CheckedDossier, expected: str, beside: _Beside | None
) -> VerifyAnswer:
    manifest, other_page = checked.manifest, checked.has_other_page
    return picked(
        VerifyAnswer,
        checked,
        file=str(file),
        unchanged=not checked.faults and not other_page,
        page_compared=checked.is_read and not other_page,
        seal=checked.seal.sha256,
        file_sha256=checked.seal.file_sha256,
        expected=expected,
        matched=checked.seal.matched(expected),
        **{name: manifest and getattr(manifest, name) for name in (*_OF_MANIFEST, "masked")},
        cables=manifest and len(manifest.cables),
        archive=beside and _archive_answer(beside),
    )


def _archive_answer(beside: _Beside) -> ComparedArchive:
    return ComparedArchive(
        str(beside.path),
        beside.fingerprint,
        beside.same_archive,
        beside.held,
        tuple(picked(ComparedCable, text, ref=entry.reference_id) for entry, text in beside.cables),
        tuple(ComparedFile(source.path, state) for source, state in beside.files),
    )
