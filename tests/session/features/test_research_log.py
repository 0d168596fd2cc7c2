"""Which searches go into the research log, and its page."""

from __future__ import annotations

import pytest

from cable_tui.session import effects
from cable_tui.session.base import Effect
from cable_tui.session.export_selection import ExportSelection
from cable_tui.session.features import results
from cable_tui.session.features.export import ExportFileNamed
from cable_tui.session.features.research_log import (
    LOOKED_AT,
    LogSearch,
    SearchRested,
)
from cable_tui.session.features.search_bar import QueryTyped
from cable_tui.session.state import Session
from cable_tui.session.step import step
from cable_tui.session.values import Hits
from cable_tui.value import replace
from tests.session import ready, walk

WHOLE = ExportSelection("lobster", "2 cables of this query", (10, 20))
WAIT = effects.DispatchLater(LOOKED_AT, SearchRested("lobster"))


def answered(session: Session, count: int = 2) -> tuple[Session, tuple[Effect, ...]]:
    hits = Hits((10, 20)[:count], count)
    session, wanted = step(session, results.HitsFound(hits))
    return session, tuple(wanted)


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
    assert not [each for each in wanted if isinstance(each, effects.DispatchLater)]
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
    session, wanted = answered(session)
    assert not [each for each in wanted if isinstance(each, effects.DispatchLater)]


def test_the_same_search_after_another_one_is_logged_again() -> None:
    session, _ = answered(asked())
    found = []
    for text in ("lobster", "eel", "lobster"):
        session, _ = answered(walk(session, QueryTyped(f"{text} ")))
        session, wanted = step(session, SearchRested(str(session.query)))
        found += [each.query for each in logged(tuple(wanted))]
    assert len(found) == 3


def test_an_export_of_a_query_is_logged_at_once_and_one_of_a_list_is_not() -> None:
    session, _ = answered(asked())
    wanted = step(session, ExportFileNamed(WHOLE, "csv", "a.csv"))[1]
    assert logged(tuple(wanted)) == [LogSearch("lobster", 2, partial=False, exported=True)]
    of_list = replace(WHOLE, list="harbour")
    for action in (
        ExportFileNamed(of_list, "csv", "a.csv"),
        ExportFileNamed(WHOLE, "csv", "a.csv", over=True),  # it was logged when it was named
    ):
        assert not logged(tuple(step(session, action)[1]))
