from dataclasses import replace

from cable_tui.session import Pane, Session, actions, step
from cable_tui.session.explaining import Explain, ShowExplained
from tests.session import reading, ready, said, walk


def _asked(session: Session, selected: str = "") -> ShowExplained:
    _, wanted = step(session, Explain(selected))
    (effect,) = wanted
    assert isinstance(effect, ShowExplained)
    return effect


def test_a_selection_is_explained_before_all_else() -> None:
    asked = _asked(reading(), " PGOV\n EFIS ")
    assert (asked.what, asked.title) == ("words", "PGOV EFIS")


def test_the_pane_with_the_keys_says_what_is_explained() -> None:
    panes: dict[Pane, str] = {"header": "header", "top": "top", "list": "top"}
    for pane, what in panes.items():
        assert _asked(walk(reading(), actions.Focus(pane))).what == what


def test_the_paragraph_under_the_cursor_is_explained_or_the_top() -> None:
    assert _asked(replace(reading(), paragraph=1)).title == "¶2"
    assert _asked(replace(reading(), paragraph=None)).title == "the top"


def test_without_a_cable_nothing_is_explained() -> None:
    session, wanted = step(ready(), Explain())
    assert session == ready()
    assert "No cable" in said(wanted)
