"""What all targets raise is an error of the library, with a sentence."""

from __future__ import annotations

import pytest

from cable_tui.base.errors import LibraryError
from cable_tui.tools.sharing.folder import FolderTarget
from cable_tui.tools.sharing.postgres import PostgresTarget
from cable_tui.tools.sharing.target import ReadOnlyError, Target, TargetError, held


def test_who_waits_for_errors_of_the_library_gets_those_of_targets() -> None:
    assert issubclass(TargetError, LibraryError)
    assert issubclass(ReadOnlyError, TargetError)


@pytest.mark.parametrize("kind", [FolderTarget, PostgresTarget])
def test_every_target_has_what_a_target_does(kind: type[object]) -> None:
    names = {name for name in vars(Target) if not name.startswith("_")}
    assert names == {"init", "last", "whole", "push", "pull", "wait", "check", "close"}
    assert names <= set(vars(kind))


@pytest.mark.parametrize(
    ("events", "libraries", "said"),
    [
        (0, 0, "0 events of 0 libraries"),
        (1, 1, "1 event of 1 library"),
        (1204, 1018, "1,204 events of 1,018 libraries"),
    ],
)
def test_what_a_target_has_is_said_in_one_way(events: int, libraries: int, said: str) -> None:
    assert held(events, libraries) == said
