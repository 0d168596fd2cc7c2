"""How much of each post is here, computed on a small archive."""

from __future__ import annotations

from cable_tui.archive.source_criticism.gaps import gaps
from cable_tui.effects.perform import perform
from cable_tui.effects.services import Services
from cable_tui.session.features.coverage import CoverageRead, ReadCoverage


def test_the_answer_has_the_coverage_of_the_posts_that_are_here(services: Services) -> None:
    (answer,) = perform(services, ReadCoverage(7), lambda: False)
    assert isinstance(answer, CoverageRead)
    assert answer.cables == 7
    found = gaps(services.archive)
    years = found.post_years
    assert sum(each.here for each in years) + found.unnumbered == services.archive.summary().cables
    assert set(answer.coverage) == {each.post for each in years if each.here and each.sent}


def test_nothing_is_answered_once_it_is_cancelled(services: Services) -> None:
    assert list(perform(services, ReadCoverage(7), lambda: True)) == []
