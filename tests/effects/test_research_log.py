"""The research log of a room: written, read, given to others."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from cable_tui import research_log as log
from cable_tui.archive.search_log import SearchLog
from cable_tui.effects.perform import perform
from cable_tui.effects.services import Services
from cable_tui.reports.log import REPORT, Ask
from cable_tui.reports.look import Look
from cable_tui.session import effects
from cable_tui.session.base import Action, Effect
from cable_tui.session.features.research_log import (
    AskLogFile,
    LogSearch,
    WriteResearchLog,
)
from cable_tui.value import replace
from tests.session import said


@pytest.fixture
def logging(services: Services, tmp_path: Path) -> Services:
    services.search_log = SearchLog(services.archive, tmp_path / "research-log.jsonl")
    return services


def done(services: Services, effect: Effect) -> Sequence[Action]:
    return list(perform(services, effect, lambda: False))


def sentences(found: Sequence[Action]) -> str:
    return said([each for each in found if isinstance(each, effects.Notify)])


def test_what_was_logged_is_read_the_last_first_and_only_of_this_archive(
    logging: Services,
) -> None:
    assert done(logging, LogSearch("lobster", 3, partial=False)) == []
    done(logging, LogSearch("lobster", 3, partial=False))
    done(logging, LogSearch("eel", 0, partial=True, exported=True))
    assert logging.search_log is not None
    other = log.SearchedArchive("/elsewhere", 1, 1, "ab" * 32)
    log.add(logging.search_log.file, other, [log.Search("kelp", 1)])
    beside = Path(logging.search_log.file).with_name("library.sqlite")
    (found,) = REPORT.read(Look(logging.archive, Ask(), beside))
    assert [(each.query, each.found, each.how) for each in found.rows] == [
        ("eel", 0, "exported"),
        ("lobster", 3, "2 times"),
    ]


def test_a_room_without_a_log_writes_none_and_says_so_where_it_is_asked_for(
    services: Services,
) -> None:
    assert done(services, LogSearch("lobster", 3, partial=False)) == []
    assert "log = false" in sentences(done(services, WriteResearchLog("searches.md")))


def test_a_log_that_cannot_be_written_is_said_once(services: Services, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    services.search_log = SearchLog(services.archive, tmp_path / "file" / "log.jsonl")
    first = done(services, LogSearch("lobster", 3, partial=False))
    assert "are not logged" in sentences(first)
    assert done(services, LogSearch("eel", 3, partial=False)) == []


def test_it_is_written_as_an_appendix_and_no_file_is_replaced_unasked(
    logging: Services, tmp_path: Path
) -> None:
    done(logging, LogSearch("lobster", 3, partial=False))
    file = tmp_path / "searches.md"
    wanted = WriteResearchLog(str(file))
    assert "1 search written to" in sentences(done(logging, wanted))
    assert "| lobster | 3 |" in file.read_text("utf-8")
    file.write_text("mine")
    assert done(logging, wanted) == [
        effects.AskOver(str(file), AskLogFile(), replace(wanted, over=True))
    ]
    assert file.read_text("utf-8") == "mine"
    done(logging, WriteResearchLog(str(file), over=True))
    assert file.read_text("utf-8").startswith("# Searches")
