"""Sealing asks what there is to ask, in order: pleas, searches, the file."""

from __future__ import annotations

import pytest

from cable_tui.exports.lists import SEALED as FORM
from cable_tui.session import effects
from cable_tui.session.base import Effect
from cable_tui.session.export_selection import ExportSelection, OpenSealing, PleaToAnswer
from cable_tui.session.feature_state import BookmarksView, ExportJob
from cable_tui.session.features.bookmarks_screen import HideBookmarks
from cable_tui.session.features.export import (
    AskExportFile,
    AskExportFormat,
    Export,
    ExportFinished,
    StopExport,
)
from cable_tui.session.features.sealed.sealing import (
    SEALED,
    AskPleas,
    AskSealedLog,
    PrepareSealing,
    ReadPlea,
    SealingSurveyed,
    SurveySealing,
)
from cable_tui.session.step import step
from cable_tui.value import replace
from tests.session import kinds, ready, said, walk

CHOSEN = ExportSelection("story", "the list story", (), "story")
PLEA = PleaToAnswer("09ZENDA1 ¶3", "09ZENDA1", "3", "He (strictly protect")
SAID = "No name masked; 1 place needs you"


def test_its_form_is_that_of_the_exports() -> None:
    assert SEALED == FORM


def test_the_cables_are_looked_through_first() -> None:
    session, wanted = step(ready(), PrepareSealing(CHOSEN))
    assert wanted == (SurveySealing(CHOSEN),)
    assert session.export_job == ExportJob("the list story", 0, 0, "Looking through")


SURVEYED = SealingSurveyed(CHOSEN, (PLEA,), SAID, "3 searches")
ANSWERED = replace(CHOSEN, unresolved=True)
LOGGED = replace(CHOSEN, log=False)


@pytest.mark.parametrize(
    ("surveyed", "asked"),
    [
        (SURVEYED, AskPleas(SURVEYED)),
        (replace(SURVEYED, chosen=ANSWERED), AskSealedLog(ANSWERED, "3 searches")),
        (replace(SURVEYED, unresolved=()), AskSealedLog(CHOSEN, "3 searches")),
        (SealingSurveyed(LOGGED, (), "", "3 searches"), AskExportFile(LOGGED, SEALED)),
        (SealingSurveyed(CHOSEN), AskExportFile(CHOSEN, SEALED)),
    ],
)
def test_what_there_is_to_ask_is_asked(surveyed: SealingSurveyed, asked: Effect) -> None:
    session, wanted = step(walk(ready(), PrepareSealing(CHOSEN)), surveyed)
    assert (session.export_job, wanted) == (None, (asked,))
    assert session.sealing == OpenSealing(surveyed.chosen, len(surveyed.unresolved))


def test_an_answer_after_it_was_stopped_opens_nothing() -> None:
    stopped = walk(ready(), PrepareSealing(CHOSEN), StopExport())
    assert step(stopped, SURVEYED) == (stopped, ())


def test_a_plea_is_read_in_its_cable_and_the_dossier_waits() -> None:
    session = walk(ready(), PrepareSealing(CHOSEN), SURVEYED)
    session, wanted = step(session, ReadPlea(CHOSEN, PLEA))
    assert wanted[0] == effects.GoToCable("09ZENDA1", "3")
    assert "E, then S" in said(wanted)
    ((asked,),) = (step(session, Export())[1],)
    assert isinstance(asked, AskExportFormat)
    assert asked.sealing == OpenSealing(CHOSEN, 1)


def test_the_screen_of_bookmarks_gives_way_to_the_cable() -> None:
    session = walk(ready(), PrepareSealing(CHOSEN), SURVEYED)
    session = replace(session, bookmarks_view=BookmarksView("story"))
    assert kinds(step(session, ReadPlea(CHOSEN, PLEA))[1])[0] is HideBookmarks


def test_words_to_mask_stay_for_the_same_places() -> None:
    masking = replace(CHOSEN, masks=("Tern",))
    session = walk(ready(), PrepareSealing(masking), replace(SURVEYED, chosen=masking))
    more = replace(CHOSEN, texts="paragraphs", masks=("Rask", "Tern"))
    (wanted,) = step(session, PrepareSealing(more))[1]
    assert wanted == SurveySealing(replace(more, masks=("Tern", "Rask")))
    (wanted,) = step(session, PrepareSealing(CHOSEN, forget=True))[1]
    assert wanted == SurveySealing(CHOSEN)
    other = replace(CHOSEN, list="else")
    assert step(session, PrepareSealing(other))[1] == (SurveySealing(other),)


def test_nothing_waits_once_the_file_is_written() -> None:
    session = walk(ready(), PrepareSealing(CHOSEN), SURVEYED)
    assert step(session, ExportFinished("no", failed=True))[0].sealing is not None
    assert step(session, ExportFinished("1 written"))[0].sealing is None
