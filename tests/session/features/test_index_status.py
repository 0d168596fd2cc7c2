"""Looking at the folder again, and a cache that only its owner may write."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from cable_tui.base.index_state import Progress, Summary
from cable_tui.base.value import replace
from cable_tui.session.feature_state import NewCables
from cable_tui.session.features import index_status, results
from cable_tui.session.step import step
from tests.session import kinds, ready, said, walk


def test_a_rescan_starts_the_builder() -> None:
    session, wanted = step(replace(ready(), stalled="no room"), index_status.Rescan())
    assert index_status.StartBuilder() in wanted
    assert session.stalled == ""


def built(added: int, changed: int = 0, removed: int = 0, **more: Any) -> index_status.IndexBuilt:
    last = Progress("done", 9, 9, added=added, changed=changed, removed=removed, **more)
    return index_status.IndexBuilt(last)


def test_a_second_rescan_waits_for_the_first() -> None:
    ending = index_status.IndexProgressed(None)
    session = walk(ready(), index_status.Rescan())
    session, wanted = step(session, index_status.Rescan())
    assert index_status.StartBuilder not in kinds(wanted)
    assert "checked again" in said(wanted)
    session = walk(session, built(1))
    session, wanted = step(session, ending)
    assert index_status.StartBuilder in kinds(wanted)
    assert session.stalled == ""
    session, wanted = step(session, built(0, 0, 1))
    assert said(wanted) == "1 removed."
    assert index_status.StartBuilder not in kinds(step(session, ending)[1])


@pytest.mark.parametrize(("stage", "checked"), [("text", False), ("echoes", True)])
def test_the_folder_is_read_before_sentences_are_compared(stage: str, checked: bool) -> None:
    session = replace(ready(), checked=False)
    progress = index_status.IndexProgressed(Progress(stage, 1, 9))
    session = replace(walk(session, progress), pending_reference=("09ZENDA99", None))
    assert session.checked == checked
    assert (walk(session, results.ArchiveGrew()).pending_reference is None) == checked


def test_a_read_only_cache_is_its_owners_business() -> None:
    session = walk(ready(), index_status.CacheReadOnly())
    assert session.checked
    _, wanted = step(session, index_status.Rescan())
    assert index_status.StartBuilder not in kinds(wanted)
    assert "its owner" in said(wanted)
    _, wanted = step(replace(session, private=True), index_status.Rescan())
    assert index_status.StartBuilder not in kinds(wanted)
    assert "A private session does not update the index" in said(wanted)


@pytest.mark.parametrize(
    ("report", "sentence"),
    [
        (built(0), "No cables were added, changed or removed."),
        (built(1), "1 new."),
        (built(1_200, 2, 3), "1,200 new, 2 changed, 3 removed."),
        (
            built(1, skipped={"image": 2, "linked folder": 1}, problems=1),
            "1 new. Skipped: 2 images and 1 linked folder. 1 problem: g e lists it.",
        ),
    ],
)
def test_who_asked_hears_what_has_changed_and_what_was_skipped(
    report: index_status.IndexBuilt, sentence: str
) -> None:
    session = walk(ready(), index_status.Rescan())
    session, wanted = step(session, report)
    assert said(wanted) == sentence
    assert said(step(session, report)[1]) == ""
    assert step(ready(), report)[1] == (), "who did not ask"


def test_an_index_of_another_version_is_said_to_be_made_anew_once() -> None:
    report = index_status.IndexProgressed(Progress("facts", 1, 9, outdated=True))
    session, wanted = step(ready(), report)
    assert "another version" in said(wanted)
    assert said(step(session, report)[1]) == ""
    assert said(step(ready(), index_status.IndexProgressed(Progress("facts", 1, 9)))[1]) == ""


def test_an_archive_is_introduced_once_when_it_was_read_for_the_first_time() -> None:
    unknown = index_status.ArchiveSummarised(Summary(0))
    session = walk(replace(ready(), checked=False), unknown)
    session, wanted = step(session, index_status.IndexProgressed(Progress("echoes", 1, 9)))
    assert wanted == (index_status.IntroduceArchive(),)
    again = step(session, index_status.IndexProgressed(None))[1]
    assert index_status.IntroduceArchive not in kinds(again)


def test_an_archive_that_was_read_before_is_not_introduced() -> None:
    known = index_status.ArchiveSummarised(Summary(40))
    session = walk(replace(ready(), checked=False), known)
    wanted = step(session, index_status.IndexProgressed(None))[1]
    assert index_status.IntroduceArchive not in kinds(wanted)


NEWS = NewCables(1_000, 2_000, 206, "since Tuesday", "added:2026-11-24..")


def test_new_cables_are_counted_if_the_reader_was_here_before() -> None:
    summarised = index_status.ArchiveSummarised(Summary(9))
    assert index_status.CountNew not in kinds(step(ready(), summarised)[1])
    session = walk(ready(), index_status.LookedAt(1_000))
    assert index_status.CountNew(1_000) in step(session, summarised)[1]


def test_new_cables_are_shown_until_the_reader_has_looked() -> None:
    session = walk(ready(), index_status.LookedAt(1_000), index_status.NewCounted(NEWS))
    assert session.new_cables == NEWS
    session = walk(session, index_status.ShowNew())
    assert session.text == "added:2026-11-24.."
    assert (session.new_cables.looked_at, session.new_cables.count) == (2_000, 0)
    assert walk(session, index_status.NewCounted(NEWS)).new_cables.count == 0


def test_nobody_has_seen_all_new_cables_while_more_are_read() -> None:
    session = walk(ready(), index_status.LookedAt(1_000), index_status.NewCounted(NEWS))
    session = replace(session, building=Progress("facts", 1, 9))
    assert walk(session, index_status.ShowNew()).new_cables == NEWS


def test_new_cables_are_those_of_the_last_update_if_nobody_knows_a_last_look() -> None:
    assert walk(ready(), index_status.ShowNew()).text == "is:new"


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 12, 2), "today"),
        (date(2026, 12, 1), "since yesterday"),
        (date(2026, 11, 26), "since Thursday"),
        (date(2026, 11, 25), "since 2026-11-25"),
        (date(2026, 12, 3), "since 2026-12-03"),
    ],
)
def test_a_day_of_the_last_week_is_a_weekday(day: date, words: str) -> None:
    assert index_status.day_in_words(day, date(2026, 12, 2)) == words
