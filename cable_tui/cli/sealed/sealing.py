"""What `export --format sealed` does beside other forms."""

from __future__ import annotations

import time

from cable_tui.archive.archive import Archive
from cable_tui.archive.sealing import ArchiveSources
from cable_tui.cli.context import Context, say
from cable_tui.cli.marks import opened_library
from cable_tui.errors import LibraryError
from cable_tui.exports.sealed import search_log
from cable_tui.exports.sealed.dossier import SealedDossier, Sealing
from cable_tui.exports.sealed.zip_file import moment
from cable_tui.library.merge import Bundle
from cable_tui.research_log import Log
from cable_tui.text import clean_line
from cable_tui.text.counted import counted


def begun(context: Context, archive: Archive, title: str) -> SealedDossier:
    """A dossier as the options ask for it. Raises `UsageError`, `LibraryError`."""
    options = context.options
    log = search_log.of_archive(context.paths.library, archive.root)
    sealing = Sealing(
        title or "Cables",
        _bundle(context),
        moment(time.time(), context.environ.get("SOURCE_DATE_EPOCH", "")),
        "paragraphs" if options.paragraphs else "whole",
        reveal=options.with_protected,
        log=Log(()) if options.without_log else log,
    )
    return SealedDossier(sealing, ArchiveSources(archive))


def _bundle(context: Context) -> Bundle:
    """The bookmarks of the list; of a query those of its cables, without the names of lists."""
    name = context.options.list
    try:
        with opened_library(context) as library:
            if name is not None:
                return library.bundle(" ".join(clean_line(name).split()))
            return Bundle(tuple(library.marks()))
    except LibraryError as error:
        if name is not None:
            raise
        say(f"{error}; the dossier is without your bookmarks")
        return Bundle()


def say_how_sealed(dossier: SealedDossier) -> None:
    """What is in it, and the seal."""
    if dossier.masked:
        names = counted(dossier.masked, "time")
        say(
            f"names that a cable asks to protect are masked, {names}; read it before you pass it on"
        )
    if whole := dossier.not_parted:
        cables = counted(len(whole), "cable")
        say(f"{cables} could not be cut into paragraphs, and stand there whole: {whole[0]}")
    say(f"seal: sha256 {dossier.seal}")
