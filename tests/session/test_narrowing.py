from cable_tui.session import actions, step
from cable_tui.session.narrowing import Narrow
from tests.session import reading, ready, said, walk


def test_a_tag_narrows_the_query_and_the_list_shows_what_is_left() -> None:
    session = walk(reading(session=ready("ice")), Narrow("tag", "PGOV"))
    assert session.text.strip() == "ice tag:PGOV"
    assert (session.pane, session.reading) == ("list", False)
    assert walk(session, actions.Back()).pane == "body"


def test_another_tag_takes_the_place_of_the_first() -> None:
    session = walk(reading(session=ready("tag:EFIS")), Narrow("tag", "PGOV"))
    assert session.text.strip() == "tag:PGOV"


def test_a_tag_that_is_in_the_query_changes_nothing() -> None:
    before = reading(session=ready("tag:PGOV"))
    session, wanted = step(before, Narrow("tag", "PGOV"))
    assert session == before
    assert "already" in said(wanted)
