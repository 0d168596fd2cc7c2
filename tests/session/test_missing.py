from cable_tui.session import step
from cable_tui.session.missing import AskMissing, MissingRead, ReadMissing, ShowMissing
from tests.session import ready


def test_missing_references_are_counted_and_shown() -> None:
    assert step(ready(), AskMissing()) == (ready(), (ReadMissing(),))
    found = (("08STATE1", 3), ("09ZENDA9", 1))
    assert step(ready(), MissingRead(found, 7)) == (ready(), (ShowMissing(found, 7),))
