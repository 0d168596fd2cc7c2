"""Looking at the folder again, and a cache that only its owner may write."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cable_tui.session import actions, step, upkeep
from tests.session import kinds, ready, said, walk


def test_a_rescan_starts_the_builder() -> None:
    session, wanted = step(replace(ready(), stalled="no room"), upkeep.Rescan())
    assert upkeep.StartBuilder() in wanted
    assert session.stalled == ""


def test_a_second_rescan_waits_for_the_first() -> None:
    ending = actions.Progressed(None)
    session = walk(ready(), upkeep.Rescan())
    session, wanted = step(session, upkeep.Rescan())
    assert upkeep.StartBuilder not in kinds(wanted)
    assert "once more" in said(wanted)
    session = walk(session, upkeep.Built(1, 0, 0))
    session, wanted = step(session, ending)
    assert upkeep.StartBuilder in kinds(wanted)
    assert session.stalled == ""
    session, wanted = step(session, upkeep.Built(0, 0, 1))
    assert said(wanted) == "1 removed."
    assert upkeep.StartBuilder not in kinds(step(session, ending)[1])


def test_a_read_only_cache_is_its_owners_business() -> None:
    session = walk(ready(), upkeep.OnlyRead())
    assert session.checked
    _, wanted = step(session, upkeep.Rescan())
    assert upkeep.StartBuilder not in kinds(wanted)
    assert "its owner" in said(wanted)


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        ((0, 0, 0), "Nothing has changed in the folder."),
        ((1, 0, 0), "1 new."),
        ((1_200, 2, 3), "1,200 new, 2 changed, 3 removed."),
    ],
)
def test_who_asked_hears_what_has_changed(counts: tuple[int, int, int], sentence: str) -> None:
    session = walk(ready(), upkeep.Rescan())
    session, wanted = step(session, upkeep.Built(*counts))
    assert said(wanted) == sentence
    assert said(step(session, upkeep.Built(*counts))[1]) == ""


def test_who_did_not_ask_hears_nothing() -> None:
    assert step(ready(), upkeep.Built(5, 0, 0))[1] == ()
