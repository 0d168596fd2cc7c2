from __future__ import annotations

from contextlib import closing
from pathlib import Path

from cable_tui.base.value import replace
from cable_tui.library import Library
from cable_tui.program.clipboard import Clipboard
from cable_tui.query.answers import Hits
from cable_tui.session import effects
from cable_tui.session.features import opened_cable
from cable_tui.session.registry import Services
from cable_tui.session.step import step
from cable_tui.session.values import Action, Landing
from cable_tui.tools.comparison import room as comparison
from cable_tui.tools.comparison.rows import Comparison, Counts, Version, Versions
from tests.archive.fiction import BRIDGE, LAMPS, opened, write_page
from tests.session import done, reading_session, ready, said, the, walk

PAIR = comparison.ComparedPair((20, 20))
VERSION = Version("09ZENDA20", "09ZENDA20", 1, 2, "x.html", "html-page")
NOTHING = Comparison((), Counts(0, (0, 0), (0, 0), (0, 0), (0, 0), 0, 0))
READ = comparison.ComparisonRead(PAIR, Versions(VERSION, replace(VERSION, record=2), NOTHING))


def test_the_records_of_the_cable_under_the_cursor_are_compared() -> None:
    _, wanted = step(ready(at=1), comparison.Compare())
    assert wanted == (comparison.ReadComparison(comparison.ComparedPair((20, 20), (1, 2))),)
    _, wanted = step(reading_session(30), comparison.Compare())
    assert wanted == (comparison.ReadComparison(comparison.ComparedPair((30, 30), (1, 2))),)


def test_two_marked_cables_are_compared_and_no_more() -> None:
    session = ready(at=2)
    for marked, expected in (({10, 40}, (10, 40)), ({10}, (10, 30)), ({30}, (30, 30))):
        chosen = replace(session.selection, ids=frozenset(marked))
        _, wanted = step(replace(session, selection=chosen), comparison.Compare())
        assert the(comparison.ReadComparison, wanted).pair.ids == expected
    chosen = replace(session.selection, ids=frozenset({10, 20, 40}))
    _, wanted = step(replace(session, selection=chosen), comparison.Compare())
    assert said(wanted) == "Select two cables to compare them; 3 are selected."


def test_an_empty_list_has_nothing_to_compare() -> None:
    _, wanted = step(replace(ready(), hits=Hits()), comparison.Compare())
    assert said(wanted) == "There is no cable to compare."


def test_back_comes_back_to_the_comparison_at_its_row() -> None:
    session, wanted = step(ready(at=1), READ)
    assert wanted == (comparison.ShowComparison(PAIR, READ.versions),)
    session, wanted = step(session, comparison.GoToCompared(20, "09ZENDA20", "3", row=5))
    assert wanted == (effects.Stop("compare"), effects.FetchCable(20))
    assert session.landing == Landing(paragraph="3")
    assert session.of_tool(comparison.ShownComparison).pair is None
    session, wanted = step(session, opened_cable.GoBack())
    assert comparison.ReadComparison(replace(PAIR, row=5)) in wanted
    assert session.pane == "list"


def test_a_part_without_number_of_the_open_cable_is_gone_to_without_reading() -> None:
    session = walk(reading_session(20), READ, comparison.GoToCompared(20, "09ZENDA20", None, row=1))
    assert session.pane == "body"
    assert session.past[-1].page == comparison.ReopenComparison(replace(PAIR, row=1))


def test_other_records_are_asked_for_only_while_there_is_a_comparison() -> None:
    session = walk(ready(), READ)
    _, wanted = step(session, comparison.CompareRecords((1, 3)))
    assert wanted == (comparison.ReadComparison(replace(PAIR, records=(1, 3))),)
    session = walk(session, comparison.CloseComparison())
    assert step(session, comparison.CompareRecords((1, 3))) == (session, ())
    assert step(session, comparison.GoToCompared(20, "09ZENDA20", "1", 0)) == (session, ())


def test_a_comparison_or_the_reason_why_there_is_none(tmp_path: Path) -> None:
    write_page(tmp_path / "cables" / "a", LAMPS)
    write_page(tmp_path / "cables" / "b", replace(LAMPS, text="Nothing of the kind."))
    write_page(tmp_path / "cables" / "a", BRIDGE)
    archive = opened(tmp_path / "cables", tmp_path / "cache")
    library = Library(tmp_path / "library.sqlite", author="ada")
    with closing(archive), closing(library):
        services = Services(archive, library, Clipboard(tmp_path / "clip.txt", environ={}))
        ids = archive.ids(["09RABAT27", "09CASABLANCA31"])
        lamps, bridge = ids["09RABAT27"], ids["09CASABLANCA31"]

        def answers(pair: comparison.ComparedPair) -> list[Action]:
            return done(services, comparison.ReadComparison(pair))

        read = the(comparison.ComparisonRead, answers(comparison.ComparedPair((lamps, lamps))))
        assert not read.versions.comparison.same
        told = the(effects.Notify, answers(comparison.ComparedPair((bridge, bridge))))
        assert told.sentence.startswith("There is only one version of this cable.")
        told = the(effects.Notify, answers(comparison.ComparedPair((lamps, lamps), (1, 9))))
        assert (told.severity, told.sentence[:9]) == ("error", "09RABAT27")
