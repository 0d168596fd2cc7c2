from pathlib import Path

import pytest

from cable_tui.base.value import replace
from cable_tui.glossary.acronym_readings import Reading
from cable_tui.session.feature_state import Notebook, Selection
from cable_tui.session.features import glossary, panes
from cable_tui.session.registry import Services
from cable_tui.session.state import Session
from cable_tui.session.step import step
from cable_tui.session.values import Pane
from tests.archive.fiction import Fiction, opened, write_dump
from tests.session import done, reading_session, ready, the, walk


def _asked(session: Session, selected: str = "") -> glossary.ShowGlossary:
    _, wanted = step(session, glossary.Explain(selected))
    return the(glossary.ShowGlossary, wanted)


def test_a_selection_is_explained_before_all_else() -> None:
    asked = _asked(reading_session(), " PGOV\n EFIS ")
    assert (asked.what, asked.title) == ("words", "PGOV EFIS")


def test_the_header_with_the_keys_is_explained() -> None:
    assert _asked(walk(reading_session(), panes.Focus("header"))).what == "header"


@pytest.mark.parametrize("pane", ["top", "filters"])
def test_other_panes_explain_the_open_cable_with_its_symbols(pane: Pane) -> None:
    session = walk(reading_session(10), panes.Focus(pane))
    asked = glossary.ReadFacts(10, session.cable, session.notebook, False, 0)
    assert step(session, glossary.Explain())[1] == (asked,)


def test_an_open_cable_that_was_removed_is_still_explained(services: Services) -> None:
    cable = reading_session(10).cable
    shown = the(
        glossary.ShowGlossary,
        done(services, glossary.ReadFacts(10**6, cable, Notebook(), False, 0)),
    )
    assert (shown.what, shown.cable, shown.symbols) == ("top", cable, ())


def test_the_paragraph_under_the_cursor_is_explained_or_the_top() -> None:
    assert _asked(replace(reading_session(), paragraph=1)).title == "¶2"
    assert _asked(replace(reading_session(), paragraph=None)).title == "the top"


def test_another_cable_under_the_cursor_of_the_list_is_asked_for_its_facts() -> None:
    asked = glossary.ReadFacts(30, None, Notebook(), False, 0)
    assert step(ready(at=2), glossary.Explain())[1] == (asked,)
    session = replace(reading_session(10), pane="list", selection=Selection(frozenset({10})))
    asked = glossary.ReadFacts(10, session.cable, Notebook(), True, 0)
    assert step(session, glossary.Explain())[1] == (asked,)


def test_the_lists_of_a_cable_are_named_with_their_notes(services: Services) -> None:
    id_ = services.archive.find("04PORTAMBER305") or 0
    notebook = Notebook(
        lists=(("harbour", 2), ("ice", 1)),
        listed={"04PORTAMBER305": ("harbour", "ice")},
        list_notes={"ice": "frozen\nquays"},
    )
    shown = the(
        glossary.ShowGlossary, done(services, glossary.ReadFacts(id_, None, notebook, False, 0))
    )
    assert "in your lists: harbour, ice (frozen quays)" in [each.meaning for each in shown.symbols]


def test_a_value_of_the_library_is_explained_without_a_cable() -> None:
    _, wanted = step(ready(), glossary.Explain("PGOV"))
    assert wanted == (glossary.ShowGlossary("words", "PGOV", "PGOV", None),)


def test_without_a_cable_a_word_can_be_typed() -> None:
    session, wanted = step(ready(ids=()), glossary.Explain())
    assert session == ready(ids=())
    assert wanted == (glossary.ShowGlossary("words", "any word", "", None),)


def test_a_typed_word_is_looked_for_in_the_archive_too() -> None:
    _, (effect,) = step(ready(ids=()), glossary.ExplainWord("  New \n Oil "))
    shown = glossary.ShowGlossary("words", "New Oil", "New Oil", None)
    assert effect == glossary.CountReadings(shown, (), typed=True)


def test_what_the_cables_of_an_archive_say_of_a_word_comes_with_their_ids(tmp_path: Path) -> None:
    texts = (
        "The Quay Board Xenia (QBX) met.",
        "The Quay Board Xenia (QBX) left.",
        "The Quiet Box Xenon (QBX) is here.",
        "The QBX met.",
    )
    cables = [Fiction(f"09RABAT{at}", text=text) for at, text in enumerate(texts, 1)]
    write_dump(tmp_path / "cables.csv", cables)
    archive = opened(tmp_path / "cables.csv", tmp_path / "cache")
    (first, second) = glossary.own_readings(archive, "QBX")
    assert first.meaning == "Quay Board Xenia"
    assert first.evidence in {"said by 09RABAT1 and 1 more", "said by 09RABAT2 and 1 more"}
    assert second == Reading("Quiet Box Xenon", "said by 09RABAT3")
    assert glossary.own_readings(archive, "ZQQQ") == glossary.own_readings(archive, ' " ') == ()


def test_meanings_of_a_doubtful_acronym_are_counted_first() -> None:
    _, (effect,) = step(reading_session(), glossary.Explain("The AG and the DCM"))
    assert isinstance(effect, glossary.CountReadings)
    assert effect.shown.text == "The AG and the DCM"
    assert effect.doubtful == (("AG", "Attorney General"), ("AG", "Australia Group"))
