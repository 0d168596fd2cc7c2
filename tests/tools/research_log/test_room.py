"""Which searches go into the research log, and its page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cable_tui.base.value import replace
from cable_tui.query.answers import Hits
from cable_tui.reports.report import AskedNothing, Look
from cable_tui.session import effects
from cable_tui.session.feature_state import ExportSelection
from cable_tui.session.features import results
from cable_tui.session.features.export_choices import ExportFileNamed
from cable_tui.session.features.search_bar import QueryTyped
from cable_tui.session.registry import Services
from cable_tui.session.state import Session
from cable_tui.session.step import step
from cable_tui.session.values import Effect
from cable_tui.tools.research_log import log_file as log
from cable_tui.tools.research_log.recorder import SearchLog
from cable_tui.tools.research_log.report import REPORT
from cable_tui.tools.research_log.room import (
    LOOKED_AT,
    LogSearch,
    RoomLog,
    SearchRested,
    ask_log_file,
)
from tests.session import done, kinds, ready, the, walk

WHOLE = ExportSelection("lobster", "2 cables of this query", (10, 20))
WAIT = effects.DispatchLater(LOOKED_AT, SearchRested("lobster"))


def answered(session: Session, count: int = 2) -> tuple[Session, tuple[Effect, ...]]:
    return step(session, results.HitsFound(Hits((10, 20)[:count], count)))


def asked(text: str = "lobster") -> Session:
    return walk(ready(), results.StartArchive(text))


def logged(wanted: tuple[Effect, ...]) -> list[LogSearch]:
    return [each for each in wanted if isinstance(each, LogSearch)]


@pytest.mark.parametrize("count", [2, 0])
def test_an_answer_that_stays_in_sight_is_logged_once_also_an_empty_one(count: int) -> None:
    session, wanted = answered(asked(), count)
    assert WAIT in wanted
    session, wanted = step(session, SearchRested("lobster"))
    assert wanted == (LogSearch("lobster", count, partial=False),)
    session, wanted = answered(session, count)  # the archive grew
    assert WAIT not in wanted


def test_a_search_that_another_follows_at_once_is_not_logged() -> None:
    session, _ = answered(asked())
    session = walk(session, QueryTyped("lobster p"))
    session, wanted = answered(session)
    assert effects.DispatchLater not in kinds(wanted)
    session, wanted = step(session, SearchRested("lobster"))
    assert wanted == (effects.DispatchLater(LOOKED_AT, SearchRested("lobster p*")),)
    session, wanted = step(session, SearchRested("lobster p*"))
    assert [each.query for each in logged(wanted)] == ["lobster p*"]


def test_an_answer_that_has_not_come_is_not_logged() -> None:
    session, _ = answered(asked())
    session = walk(session, QueryTyped("eel"))
    session, wanted = step(session, SearchRested("lobster"))
    assert wanted == ()
    _, wanted = answered(session)
    assert effects.DispatchLater(LOOKED_AT, SearchRested("eel*")) in wanted


@pytest.mark.parametrize("session", [asked(""), replace(asked(), private=True)])
def test_neither_the_whole_archive_nor_anything_private_is_logged(session: Session) -> None:
    assert effects.DispatchLater not in kinds(answered(session)[1])


def test_the_same_search_after_another_one_is_logged_again() -> None:
    session, _ = answered(asked())
    found = []
    for text in ("lobster", "eel", "lobster"):
        session, _ = answered(walk(session, QueryTyped(f"{text} ")))
        session, wanted = step(session, SearchRested(str(session.query)))
        found += logged(wanted)
    assert len(found) == 3


def test_an_export_of_a_query_is_logged_at_once_and_one_of_a_list_is_not() -> None:
    session, _ = answered(asked())
    _, wanted = step(session, ExportFileNamed(WHOLE, "csv", "a.csv"))
    assert logged(wanted) == [LogSearch("lobster", 2, partial=False, exported=True)]
    of_list = ExportFileNamed(replace(WHOLE, list="harbour"), "csv", "a.csv")
    assert not logged(step(session, of_list)[1])


def told(services: Services, effect: Any) -> str:
    return the(effects.Notify, done(services, effect)).sentence


@pytest.fixture
def logging(services: Services, tmp_path: Path) -> Services:
    services.of_tool(RoomLog).recorder = SearchLog(
        services.archive, tmp_path / "research-log.jsonl"
    )
    return services


def test_what_was_logged_is_read_the_last_first_and_only_of_this_archive(
    logging: Services,
) -> None:
    assert done(logging, LogSearch("lobster", 3, partial=False)) == []
    done(logging, LogSearch("lobster", 3, partial=False))
    done(logging, LogSearch("eel", 0, partial=True, exported=True))
    recorder = logging.of_tool(RoomLog).recorder
    assert recorder is not None
    other = log.SearchedArchive("/elsewhere", 1, 1, "ab" * 32)
    log.add(recorder.file, other, [log.Search("kelp", 1)])
    beside = recorder.file.with_name("library.sqlite")
    (found,) = REPORT.read(Look(logging.archive, AskedNothing(), beside))
    assert [(each.query, each.found, each.how) for each in found.rows] == [
        ("eel", 0, "exported"),
        ("lobster", 3, "2 times"),
    ]


def test_a_room_without_a_log_writes_none_and_says_so_where_it_is_asked_for(
    services: Services,
) -> None:
    services.settings = replace(services.settings, log=False)
    assert done(services, LogSearch("lobster", 3, partial=False)) == []
    assert "log = false" in told(services, ask_log_file().named("searches.md"))


def test_a_log_that_cannot_be_written_is_said_once(services: Services, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    recorder = SearchLog(services.archive, tmp_path / "file" / "log.jsonl")
    services.of_tool(RoomLog).recorder = recorder
    assert "are not logged" in told(services, LogSearch("lobster", 3, partial=False))
    assert done(services, LogSearch("eel", 3, partial=False)) == []


def test_it_is_written_as_an_appendix(logging: Services, tmp_path: Path) -> None:
    done(logging, LogSearch("lobster", 3, partial=False))
    file = tmp_path / "searches.md"
    wanted: Any = ask_log_file().named(str(file))
    assert "1 search written to" in told(logging, wanted)
    assert "| lobster | 3 |" in file.read_text("utf-8")
