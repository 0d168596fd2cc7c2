"""Writing cables or a list of bookmarks to a file: which form, which name, and how far it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

from cable_tui.session import effects, marking
from cable_tui.session.base import Action, Effect

if TYPE_CHECKING:
    from cable_tui.session.model import Session

    Result = tuple[Session, tuple[Effect, ...]]


MARKS = "marks"
"""The form of bookmarks that another library takes in; the others are `exports.FORMATS`."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is to be written."""

    title: str
    """Of the file, and for its name."""
    told: str
    """`3 marked cables`, `the list harbour`."""
    ids: Sequence[int] = ()
    """Cables; none where it is a list of bookmarks."""
    list: str | None = None
    """A list of bookmarks, empty for all of them; None where it is cables."""


@dataclass(frozen=True, slots=True)
class Job:
    """A file that is being written."""

    told: str
    done: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class Export(Action):
    """Write the marked cables, those of the query, or the bookmarks that are shown, to a file."""


@dataclass(frozen=True, slots=True)
class FormatChosen(Action):
    """In which form."""

    chosen: Chosen
    form: str


@dataclass(frozen=True, slots=True)
class FileNamed(Action):
    """Under which name; `over` takes the place of what is there."""

    chosen: Chosen
    form: str
    file: str
    over: bool = False


@dataclass(frozen=True, slots=True)
class FileThere(Action):
    """There is such a file already."""

    named: FileNamed


@dataclass(frozen=True, slots=True)
class Written(Action):
    """How far the file is."""

    job: Job


@dataclass(frozen=True, slots=True)
class Finished(Action):
    """The file is written, or is not; the sentence says which."""

    sentence: str
    failed: bool = False


@dataclass(frozen=True, slots=True)
class StopExport(Action):
    """No longer write the file."""


@dataclass(frozen=True, slots=True)
class AskFormat(Effect):
    """Let the reader choose a form; answered by `FormatChosen`."""

    chosen: Chosen


@dataclass(frozen=True, slots=True)
class AskFile(Effect):
    """Let the reader name the file; answered by `FileNamed`."""

    chosen: Chosen
    form: str


@dataclass(frozen=True, slots=True)
class AskOver(Effect):
    """Ask whether a file is to be replaced."""

    named: FileNamed


@dataclass(frozen=True, slots=True)
class AskStop(Effect):
    """A file is being written: ask whether to stop that."""

    job: Job


@dataclass(frozen=True, slots=True)
class WriteFile(Effect):
    """Write it; answered by `Written` now and then, at last `Finished`, or by `FileThere`."""

    latest: ClassVar[str] = "export"

    named: FileNamed


@dataclass(frozen=True, slots=True)
class StopWriting(Effect):
    """Stop the one that is writing."""

    latest: ClassVar[str] = "export"


def export(session: Session, action: Export) -> Result:
    """The bookmarks screen's list where that is open; else marked cables; else the query's."""
    del action
    if session.job is not None:
        return session, (AskStop(session.job),)
    chosen = _chosen(session)
    if chosen is None:
        return session, (effects.Notify("There is nothing to export."),)
    return session, (AskFormat(chosen),)


def _chosen(session: Session) -> Chosen | None:
    if session.shelf is not None:
        name = session.shelf.list
        told = f"the list {name}" if name else "all bookmarks"
        return Chosen(name or "bookmarks", told, list=name) if session.shelf.entries else None
    if marked := marking.cables(session):
        told = f"{len(marked):,} marked cable{'' if len(marked) == 1 else 's'}"
        return Chosen("marked", told, marked)
    ids = session.hits.ids
    if not ids:
        return None
    count = f"{len(ids):,} cable{'' if len(ids) == 1 else 's'}"
    text = str(session.query)
    return Chosen(text or "cables", f"{count} of this query" if text else f"all {count}", ids)


def format_chosen(session: Session, action: FormatChosen) -> Result:
    """The name is asked for."""
    return session, (AskFile(action.chosen, action.form),)


def file_named(session: Session, action: FileNamed) -> Result:
    """It is written; what is there already is not written over unasked."""
    total = len(action.chosen.ids)
    return replace(session, job=Job(action.chosen.told, 0, total)), (WriteFile(action),)


def file_there(session: Session, action: FileThere) -> Result:
    """Nothing was written yet."""
    return replace(session, job=None), (AskOver(action.named),)


def written(session: Session, action: Written) -> Result:
    """For the status line."""
    return (session if session.job is None else replace(session, job=action.job)), ()


def finished(session: Session, action: Finished) -> Result:
    """And said."""
    severe = effects.Notify(action.sentence, "error" if action.failed else "information")
    return replace(session, job=None), (severe,)


def stop_export(session: Session, action: StopExport) -> Result:
    """Nothing of the file stays."""
    del action
    if session.job is None:
        return session, (effects.Notify("Nothing is being exported."),)
    said = effects.Notify("The export was stopped; nothing of its file is left.")
    return replace(session, job=None), (StopWriting(), said)


STEPS: dict[type[Action], Callable[[Session, Any], Result]] = {
    Export: export,
    FormatChosen: format_chosen,
    FileNamed: file_named,
    FileThere: file_there,
    Written: written,
    Finished: finished,
    StopExport: stop_export,
}
