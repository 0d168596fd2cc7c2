"""The state of the index: its progress, rescanning the folder, a read-only cache."""

from __future__ import annotations

from cable_tui.base.index_state import Progress, Summary
from cable_tui.base.value import replace
from cable_tui.session import effects
from cable_tui.session.features import pages
from cable_tui.session.registry import Actions, Cancelled, Performers, Result, Services
from cable_tui.session.state import Session
from cable_tui.session.values import Action, Effect, Request
from cable_tui.text.numbers import counted, counted_kinds


class IndexProgressed(Action):
    """The index has grown, or is complete (None)."""

    building: Progress | None

    def step(self, session: Session) -> Result:
        """Show the progress in the status line; `ArchiveGrew` refreshes the rest."""
        building, progress_before = self.building, session.building
        is_read = building is None or building.is_read
        session = replace(session, building=building, checked=session.checked or is_read)
        wanted_effects: tuple[Effect, ...] = ()
        if is_read and session.index_status.is_new:
            session = replace(session, index_status=replace(session.index_status, is_new=False))
            wanted_effects = (IntroduceArchive(),)
        if building is None:
            if session.index_status.again:  # asked for while it was running
                session, start_effects = _start_builder(session)
                return session, (*wanted_effects, *start_effects)
            # Of a list `ArchiveGrew` does the same.
            session, read_again = pages.follow_index(session)
            return session, (*wanted_effects, *read_again)
        if building.outdated and not (progress_before is not None and progress_before.outdated):
            wanted_effects = (effects.Notify(OUTDATED),)
        return session, wanted_effects


class IndexStalled(Action):
    """The index cannot be completed; the sentence says why."""

    sentence: str

    def step(self, session: Session) -> Result:
        """Say why the index is not complete; the reader goes on with what it has."""
        session = replace(session, building=None, checked=True, stalled=self.sentence)
        return session, (effects.Notify(self.sentence, "error"),)


class ArchiveSummarised(Action):
    """The summary of the archive is ready."""

    summary: Summary

    def step(self, session: Session) -> Result:
        """Show it in the library's head; zero cables are shown only after the folder was read."""
        if not self.summary.cables and not session.checked:
            status = replace(session.index_status, is_new=True)
            return replace(session, index_status=status, summary=None), ()
        return replace(session, summary=self.summary), ()


LOOKING_LATER = "The folder is being read, and will then be checked again."
OUTDATED = "The index was made by another version of cable-tui: it is being rebuilt."
READONLY = "This cache is read-only: only its owner can update it."
PRIVATE = "A private session does not update the index."


class CacheReadOnly(Action):
    """The cache is read-only: indexing is impossible here."""

    def step(self, session: Session) -> Result:
        """Treat the index as complete: only its owner can add to it."""
        status = replace(session.index_status, readonly=True)
        return replace(session, index_status=status, building=None, checked=True), ()


class Rescan(Action):
    """Look for changes in the folder."""

    def step(self, session: Session) -> Result:
        """Start the indexer; if it is running, start it again after that."""
        if session.index_status.readonly:
            return session, (effects.Notify(PRIVATE if session.private else READONLY),)
        if session.building is not None:
            status = replace(session.index_status, asked=True, again=True)
            return replace(session, index_status=status), (effects.Notify(LOOKING_LATER),)
        session, start_effects = _start_builder(session)
        notice = effects.Notify("Checking the folder for changes ...")
        return session, (notice, *start_effects)


class IndexBuilt(Action):
    """The indexer has finished, with this last report."""

    last: Progress

    def step(self, session: Session) -> Result:
        """Say what has changed and what was not read, if the reader had asked for it."""
        if not session.index_status.asked:
            return session, ()
        session = replace(session, index_status=replace(session.index_status, asked=False))
        last_run = self.last
        counts = (
            ("new", last_run.added),
            ("changed", last_run.changed),
            ("removed", last_run.removed),
        )
        parts = [f"{count:,} {word}" for word, count in counts if count]
        message = f"{', '.join(parts)}." if parts else "No cable was added, changed or removed."
        message += f" Skipped: {counted_kinds(last_run.skipped)}." if last_run.skipped else ""
        if last_run.problems:
            message += f" {counted(last_run.problems, 'problem')}: {_listed(last_run.problems)}."
        return session, (effects.Notify(message),)


def _listed(problems: int) -> str:
    return f"g e lists {'it' if problems == 1 else 'them'}"


class IntroduceArchive(Effect):
    """Say what an archive holds that was read for the first time: by `ShowIntroduction`."""


class ShowIntroduction(Request):
    """Show the lines until the first key; a reader who has begun already is left alone."""

    lines: str


class StartBuilder(Effect):
    """Start the indexer in a separate process."""


def _start_builder(session: Session) -> Result:
    status = replace(session.index_status, asked=True, again=False)
    building = Progress("walk", 0, 0)
    return replace(session, index_status=status, building=building, stalled=""), (StartBuilder(),)


def _introduce(services: Services, _effect: IntroduceArchive, _: Cancelled) -> Actions:
    """Show three lines: what is here and from when, what could not be read, what to try."""
    summary = services.archive.summary()
    if not summary.cables:
        return
    years = f", {summary.first_year} to {summary.last_year}" if summary.first_year else ""
    unread = "All files could be read."
    if summary.problems:
        unread = f"{counted(summary.problems, 'problem')} with files: {_listed(summary.problems)}."
    if other_files := sum(summary.skipped.values()):
        unread += f" {counted(other_files, 'file')} skipped: g i lists them."
    what_to_try = "Try / and a word, Enter to read, i to explain, g for everything else."
    yield ShowIntroduction(f"{counted(summary.cables, 'cable')}{years}.\n{unread}\n{what_to_try}")


def _summarise(services: Services, _effect: effects.Summarise, _: Cancelled) -> Actions:
    yield ArchiveSummarised(services.archive.summary())


PERFORMERS: Performers = {
    IntroduceArchive: _introduce,
    effects.Summarise: _summarise,
}
