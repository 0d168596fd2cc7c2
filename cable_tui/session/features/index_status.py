"""The state of the index: its progress, checking the folder, a read-only cache, new cables."""

from __future__ import annotations

import time
from datetime import date

from cable_tui.base.index_state import Progress, Summary
from cable_tui.base.value import replace
from cable_tui.session import effects, feature_state
from cable_tui.session.ask import SearchFor
from cable_tui.session.features import pages
from cable_tui.session.registry import Actions, Cancelled, Performers, Result, Services
from cable_tui.session.state import Session
from cable_tui.session.values import Action, Effect, Request
from cable_tui.text.numbers import counted, counted_kinds


class IndexProgressed(Action):
    """The index has made progress, or is complete if `building` is None."""

    building: Progress | None

    def step(self, session: Session) -> Result:
        """Show the progress in the status line; `ArchiveGrew` updates everything else."""
        building, previous_progress = self.building, session.building
        folder_is_read = building is None or building.is_read
        session = replace(session, building=building, checked=session.checked or folder_is_read)
        progress_effects: tuple[Effect, ...] = ()
        if folder_is_read and session.index_status.is_new:
            session = replace(session, index_status=replace(session.index_status, is_new=False))
            progress_effects = (IntroduceArchive(),)
        if building is None:
            if session.index_status.again:  # asked for while it was running
                session, start_effects = _start_builder(session)
                return session, (*progress_effects, *start_effects)
            # Of a list `ArchiveGrew` does the same.
            session, reread_effects = pages.follow_index(session)
            return session, (*progress_effects, *reread_effects)
        if building.outdated and not (previous_progress is not None and previous_progress.outdated):
            progress_effects = (effects.Notify(OUTDATED),)
        return session, progress_effects


class IndexStalled(Action):
    """The index cannot be completed, for the reason in the sentence."""

    sentence: str

    def step(self, session: Session) -> Result:
        """Show the reason; the reader can continue with the indexed cables."""
        session = replace(session, building=None, checked=True, stalled=self.sentence)
        return session, (effects.Notify(self.sentence, "error"),)


class ArchiveSummarised(Action):
    """The summary of the archive was computed."""

    summary: Summary

    def step(self, session: Session) -> Result:
        """Show the summary in the filters.

        Show a count of zero cables only after the folder was read.
        """
        if not self.summary.cables and not session.checked:
            index_status = replace(session.index_status, is_new=True)
            return replace(session, index_status=index_status, summary=None), ()
        session = replace(session, summary=self.summary)
        looked_at = session.new_cables.looked_at
        return session, (CountNew(looked_at),) if looked_at else ()


class LookedAt(Action):
    """The time when the reader last looked at new cables was read from an earlier session."""

    time: float

    def step(self, session: Session) -> Result:
        """Store the time; new cables are counted as soon as the archive is summarized."""
        return replace(session, new_cables=feature_state.NewCables(self.time)), ()


class NewCounted(Action):
    """The cables added since the reader last looked were counted."""

    new_cables: feature_state.NewCables

    def step(self, session: Session) -> Result:
        """Show the number in the status line, unless the reader has looked since."""
        if self.new_cables.looked_at != session.new_cables.looked_at:
            return session, ()
        return replace(session, new_cables=self.new_cables), ()


class ShowNew(Action):
    """List the cables added since the reader last looked, or else by the last update."""

    def step(self, session: Session) -> Result:
        """Search for the cables; they count as new until the index is complete."""
        new_cables = session.new_cables
        session, wanted_effects = SearchFor(new_cables.query or "is:new").step(session)
        if new_cables.counted_at and session.building is None:
            seen = feature_state.NewCables(new_cables.counted_at)
            session = replace(session, new_cables=seen)
        return session, wanted_effects


LOOKING_LATER = "The folder is still being read and will be checked again afterwards."
OUTDATED = "The index was made by another version of cable-tui: it is being rebuilt."
READONLY = "This cache is read-only: only its owner can update it."
PRIVATE = "A private session does not update the index."


class CacheReadOnly(Action):
    """The cache is read-only, so that this program cannot update the index."""

    def step(self, session: Session) -> Result:
        """Treat the index as complete, because only the owner of the cache can update it."""
        index_status = replace(session.index_status, readonly=True)
        return replace(session, index_status=index_status, building=None, checked=True), ()


class Rescan(Action):
    """Check the folder for changes."""

    def step(self, session: Session) -> Result:
        """Start the indexer; if it is running already, start it again afterwards."""
        if session.index_status.readonly:
            return session, (effects.Notify(PRIVATE if session.private else READONLY),)
        if session.building is not None:
            index_status = replace(session.index_status, asked=True, again=True)
            return replace(session, index_status=index_status), (effects.Notify(LOOKING_LATER),)
        session, start_effects = _start_builder(session)
        notice = effects.Notify("Checking the folder for changes ...")
        return session, (notice, *start_effects)


class IndexBuilt(Action):
    """The indexer has finished; `last` is its final report."""

    last: Progress

    def step(self, session: Session) -> Result:
        """Report what has changed and what could not be read, if the reader asked for the check."""
        if not session.index_status.asked:
            return session, ()
        session = replace(session, index_status=replace(session.index_status, asked=False))
        last_run = self.last
        changed_counts = (
            ("new", last_run.added),
            ("changed", last_run.changed),
            ("removed", last_run.removed),
        )
        count_texts = [f"{count:,} {change_kind}" for change_kind, count in changed_counts if count]
        message = (
            f"{', '.join(count_texts)}."
            if count_texts
            else "No cables were added, changed or removed."
        )
        message += f" Skipped: {counted_kinds(last_run.skipped)}." if last_run.skipped else ""
        if last_run.problems:
            message += f" {counted(last_run.problems, 'problem')}: {_listed(last_run.problems)}."
        return session, (effects.Notify(message),)


def _listed(problems: int) -> str:
    return f"g e lists {'it' if problems == 1 else 'them'}"


class IntroduceArchive(Effect):
    """Summarize an archive that was indexed for the first time; answered by `ShowIntroduction`."""


class ShowIntroduction(Request):
    """Show the introduction until the first key, unless the reader has pressed a key already."""

    lines: str


class CountNew(Effect):
    """Count the cables added after a time; answered by `NewCounted`."""

    latest = "new cables"

    looked_at: float


class StartBuilder(Effect):
    """Start the indexer in a separate process."""


def _start_builder(session: Session) -> Result:
    index_status = replace(session.index_status, asked=True, again=False)
    building = Progress("walk", 0, 0)
    return replace(session, index_status=index_status, building=building, stalled=""), (
        StartBuilder(),
    )


def _introduce(services: Services, _effect: IntroduceArchive, _: Cancelled) -> Actions:
    """Show three lines: the number and dates of the cables, unreadable files, and keys to try."""
    summary = services.archive.summary()
    if not summary.cables:
        return
    years_text = f", {summary.first_year} to {summary.last_year}" if summary.first_year else ""
    problems_text = "All files could be read."
    if summary.problems:
        problems_text = (
            f"{counted(summary.problems, 'problem')} with files: {_listed(summary.problems)}."
        )
    if other_files := sum(summary.skipped.values()):
        problems_text += f" {counted(other_files, 'file')} skipped: g i lists them."
    what_to_try = "Press / and type a word, Enter to read, i to explain, g for everything else."
    yield ShowIntroduction(
        f"{counted(summary.cables, 'cable')}{years_text}.\n{problems_text}\n{what_to_try}"
    )


def _summarise(services: Services, _effect: effects.Summarise, _: Cancelled) -> Actions:
    yield ArchiveSummarised(services.archive.summary())


def _count_new(services: Services, effect: CountNew, _: Cancelled) -> Actions:
    counted_at = time.time()
    day, today = (date.fromtimestamp(moment) for moment in (effect.looked_at, counted_at))
    query = f"added:{day}.."
    new_count = services.archive.added_since(effect.looked_at, query.removeprefix("added:"))
    yield NewCounted(
        feature_state.NewCables(
            effect.looked_at,
            counted_at,
            new_count,
            day_in_words(day, today),
            query if new_count else "",
        )
    )


def day_in_words(day: date, today: date) -> str:
    """Return `today`, `since yesterday`, `since Tuesday` within a week, `since 2026-11-24`."""
    days_ago = (today - day).days
    if days_ago == 0:
        return "today"
    if days_ago == 1:
        return "since yesterday"
    return f"since {WEEKDAYS[day.weekday()] if 0 < days_ago < 7 else day}"


WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


PERFORMERS: Performers = {
    CountNew: _count_new,
    IntroduceArchive: _introduce,
    effects.Summarise: _summarise,
}
