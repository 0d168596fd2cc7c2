"""Write a dossier for `export --format verifiable`, and report on its contents."""

from __future__ import annotations

import shlex
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from cable_tui.archive.archive import Archive
from cable_tui.base.errors import LibraryError, UsageError
from cable_tui.cli.bookmarks import opened_library
from cable_tui.cli.shared.command_context import CommandContext, say
from cable_tui.exports.citation import Citation
from cable_tui.library.bundles import Bundle
from cable_tui.text.numbers import counted
from cable_tui.tools.dossiers import search_log
from cable_tui.tools.dossiers.dossier import SealedDossier, Sealing
from cable_tui.tools.dossiers.sealing import ArchiveSources, finder
from cable_tui.tools.dossiers.zip_file import OTHER_NAME, moment
from cable_tui.tools.protection import answers
from cable_tui.tools.protection.masked_names import can_be_masked
from cable_tui.tools.protection.survey import UnansweredError
from cable_tui.tools.research_log.methods import searches


def write(
    context: CommandContext,
    archive: Archive,
    title: str,
    places: Iterator[Citation],
    write_out: Callable[[Iterator[bytes]], None],
) -> bool:
    """Write a dossier; return whether it shows names that a cable asks to protect."""
    dossier = begun(context, archive, title)
    with next_step(context):
        write_out(dossier.pieces(places))
    say_how_sealed(context, archive, dossier)
    return bool(context.options.with_protected)


def begun(context: CommandContext, archive: Archive, title: str) -> SealedDossier:
    """Return a dossier with the options of the command line.

    Raises `UsageError` and `LibraryError`.
    """
    options = context.options
    if options.with_protected and (options.mask or options.take_proposed):
        raise UsageError("--with-protected cannot be combined with --mask or --take-proposed")
    for words in options.mask:
        if not can_be_masked(words):
            raise UsageError(
                f"--mask needs a name or phrase of at least two letters, not {words!r}"
            )
    log = search_log.of_archive(context.paths.library, archive.root)
    sealing = Sealing(
        title or "Cables",
        _bundle(context),
        moment(time.time(), context.environ.get("SOURCE_DATE_EPOCH", "")),
        "paragraphs" if options.paragraphs else "whole",
        reveal=options.with_protected,
        masks=tuple(options.mask),
        answers=answers.read(answers.file_beside(context.paths.library)),
        take_proposed=options.take_proposed,
        log=log if options.with_log else None,
    )
    return SealedDossier(sealing, ArchiveSources(archive))


@contextmanager
def next_step(context: CommandContext) -> Iterator[None]:
    """Explain the next step if requests have no answer.

    Raises `UsageError`.
    """
    try:
        yield
    except UnansweredError as error:
        reference_ids = ",".join(
            dict.fromkeys(request.reference_id for request in error.unanswered)
        )
        protect_command = shlex.join(
            ["cable-tui", "protect", str(context.options.path), "--refs", reference_ids]
        )
        protect_again = shlex.join(["cable-tui", "protect", str(context.options.path)])
        raise UsageError(
            f"{error}\nNothing was written. Answer each: {protect_command} --csv > answers.csv\n"
            f"Fill in the column `answer`, then: {protect_again} --answers answers.csv\n"
            "--take-proposed masks what rules propose, which nobody has confirmed."
        ) from None


def _bundle(context: CommandContext) -> Bundle:
    """Return the bookmarks in the list.

    For a query, return the bookmarks on its cables, without the names of lists.
    """
    list_name = context.options.list
    try:
        with opened_library(context) as library:
            if list_name is not None:
                return library.bundle(list_name)
            return Bundle(tuple(library.marks()))
    except LibraryError as error:
        if list_name is not None:
            raise
        say(f"{error}; the dossier will not include your bookmarks")
        return Bundle()


def say_how_sealed(context: CommandContext, archive: Archive, dossier: SealedDossier) -> None:
    """Print the contents of the dossier, and its checksum."""
    options = context.options
    if statement := dossier.protection_words:
        say(statement)
    for remark in dossier.survey.remarks():
        say(remark)
    if options.output is not None and dossier.has_name(options.output.name):
        say(f"{options.output.name}: this file name contains a masked name; choose another")
    if options.output is not None and options.output.suffix.lower() != ".zip":
        say(f"{options.output.name}: {OTHER_NAME[0].lower()}{OTHER_NAME[1:-1]}")
    if whole_cables := dossier.not_parted:
        cable_count = counted(len(whole_cables), "cable")
        say(
            f"{cable_count} could not be divided into paragraphs and are included whole: "
            f"{whole_cables[0]}"
        )
    _say_log(context, archive, dossier)
    say(f"checksum: sha256 {dossier.seal}")


def _say_log(context: CommandContext, archive: Archive, dossier: SealedDossier) -> None:
    """Print the number of searches that the dossier contains or could contain."""
    log = search_log.of_archive(context.paths.library, archive.root)
    if not log.entries:
        return
    if context.options.with_log:
        finds_cable = finder(archive, (entry.canonical_id for entry in dossier.entries))
        say(f"in the dossier: {search_log.size(log, finds_cable).words}")
    else:
        say(f"not in the dossier: {searches(len(log.entries))} in your log (add --with-log)")
