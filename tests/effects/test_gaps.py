"""What is not here, computed on a small archive."""

from __future__ import annotations

from cable_tui.effects.perform import perform
from cable_tui.effects.services import Services
from cable_tui.session.features.coverage import GapsRead, ReadGaps


def test_the_answer_has_every_post_and_the_coverage_of_those_that_are_here(
    services: Services,
) -> None:
    (answer,) = perform(services, ReadGaps(7), lambda: False)
    assert isinstance(answer, GapsRead)
    assert answer.cables == 7
    years = answer.found.post_years
    assert sum(each.here for each in years) + answer.found.unnumbered == (
        services.archive.summary().cables
    )
    assert set(answer.coverage) == {each.post for each in years if each.here and each.sent}


def test_nothing_is_answered_once_it_is_cancelled(services: Services) -> None:
    assert list(perform(services, ReadGaps(7), lambda: True)) == []
