"""What is said of a sealed dossier when it is opened, and taking its bookmarks in. No Textual."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from cable_tui.effects.bookmarks import changes_library
from cable_tui.effects.services import Services
from cable_tui.errors import CableTuiError, LibraryError
from cable_tui.exports.sealed import zip_file
from cable_tui.library import Library
from cable_tui.session import effects
from cable_tui.session.base import Action
from cable_tui.session.features.sealed.opened_dossier import AskTakeMarks, TakeMarks
from cable_tui.text.numbers import counted

_SHOWN = 12
"""Digits of a seal that are shown where there is no room for all."""
_COMPARED = 8 << 20
"""Bytes of a dossier whose members are compared before it is shown: about a second, 500 cables."""


def said_of(file: Path, library: Library) -> Iterator[Action]:
    """What a reader is told who opens a file; nothing where it is no sealed dossier."""
    if not (file.is_file() and zip_file.is_sealed(file)):
        return
    from cable_tui.exports.sealed import checking  # other archives need none of it

    try:
        found = checking.check(file, most=_COMPARED)
        words = checking.in_words(found)
        if found.faults or found.manifest is None:
            yield effects.Notify(f"{file.name}: {words}. `cable-tui verify` says where.", "error")
            return
        bundle = checking.unchecked_marks_of(file)
    except CableTuiError as error:
        yield effects.Notify(str(error), "error")
        return
    sentence = f"{words[0].upper()}{words[1:]}, seal {found.seal.sha256[:_SHOWN]}…"
    if not found.is_read:
        sentence += "; `cable-tui verify` compares what it says"
    known: set[str] = set()
    with suppress(LibraryError):  # opening an archive says so
        known = {mark.uid for mark in library.marks()}
    new = [mark for mark in bundle.marks if mark.uid not in known]
    if new:
        yield AskTakeMarks(found.manifest.title, sentence, len(new), tuple(bundle.lists))
    else:
        yield effects.Notify(f"{found.manifest.title}: {sentence}")


@changes_library(TakeMarks)
def _take_marks(services: Services, _effect: TakeMarks) -> str:
    from cable_tui.exports.sealed import checking  # other archives need none of it

    merged = services.library.import_bundle(checking.marks_of(services.archive.root))
    here = f", {merged.same:,} were here" if merged.same else ""
    return f"{counted(merged.added, 'bookmark')} taken in{here}"
