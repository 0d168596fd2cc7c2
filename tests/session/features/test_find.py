import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.session.feature_state import Finding
from cable_tui.session.features import opened_cable, panes
from cable_tui.session.features.find import CloseFind, FindText, OpenFind, WordMatches
from cable_tui.session.step import step
from tests.session import cable, reading_session, ready, said, walk


def test_words_are_looked_for_in_the_cable_until_esc() -> None:
    session = walk(reading_session(), OpenFind(), FindText("ice"))
    assert session.find == Finding(open=True, text="ice")
    session = walk(session, CloseFind())
    assert session.find == Finding(open=False, text="ice")
    session = walk(session, panes.StepOut())
    assert not session.find.active
    assert session.pane == "body"


def test_nothing_typed_is_nothing_looked_for() -> None:
    assert not walk(reading_session(), OpenFind(), CloseFind()).find.active


def test_without_a_cable_there_is_nothing_to_look_in() -> None:
    session, wanted = step(ready(), OpenFind())
    assert not session.find.active
    assert "l opens one" in said(wanted)


def test_another_cable_ends_the_search() -> None:
    session = walk(
        reading_session(), OpenFind(), FindText("ice"), CloseFind(), opened_cable.StepCable(1)
    )
    session = walk(session, opened_cable.CableShown(20, cable(20, "1")))
    assert session.find == Finding()


@pytest.mark.parametrize(
    ("wanted", "text", "expected"),
    [
        ("ice", "Ice and ICE, nicely", ["Ice", "ICE", "ice"]),
        ("cafe", "the Café Ωmega", ["Café"]),
        ("café", "the cafe", ["cafe"]),
        ("ice house", "the ice\n  house", ["ice\n  house"]),
        ("a.b", "a.b axb", ["a.b"]),
        ("[/x]", "so [/x] it is", ["[/x]"]),
        ("  ", "any", []),
        ("ß", "Straße", ["ß"]),
    ],
)
def test_where_words_stand(wanted: str, text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in WordMatches(wanted).spans(text)] == expected


@given(st.text(min_size=1), st.text(), st.text())
def test_a_text_is_found_in_what_holds_it(wanted: str, before: str, after: str) -> None:
    text = f"{before}{wanted}{after}"
    spans = WordMatches(wanted).spans(text)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert bool(spans) == bool(wanted.split())
