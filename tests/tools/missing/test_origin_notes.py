from __future__ import annotations

import pytest

from cable_tui.session.features.sidebar import OriginNotesRead, ReadOriginNotes
from cable_tui.session.registry import Services
from cable_tui.tools.missing.estimate import NumberRange
from cable_tui.tools.missing.gaps import gaps
from cable_tui.tools.missing.origin_notes import note
from cable_tui.tools.missing.wording import Coverage
from tests.session import done, the


@pytest.mark.parametrize(
    ("known", "short"),
    [
        (Coverage(3, NumberRange(290, 312, 340), 1, 0), ("<1%", "▁")),
        (Coverage(9, NumberRange(9, 10, 12), 1, 0), ("~90%", "▇")),
    ],
)
def test_a_note_is_the_share_that_is_here(known: Coverage, short: tuple[str, ...]) -> None:
    assert note(known).short == short
    assert note(known).label == known.label


def test_the_room_is_told_of_the_posts_that_are_here(services: Services) -> None:
    answer = the(OriginNotesRead, done(services, ReadOriginNotes(7)))
    found = gaps(services.archive)
    years = found.post_years
    assert sum(each.here for each in years) + found.unnumbered == services.archive.summary().cables
    assert set(answer.notes) == {each.post for each in years if each.here and each.sent}
