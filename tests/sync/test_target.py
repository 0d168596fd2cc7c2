"""What all targets raise is an error of the library, with a sentence."""

from __future__ import annotations

import pytest

from cable_tui.errors import LibraryError
from cable_tui.sync.folder import FolderTarget
from cable_tui.sync.postgres import PostgresTarget
from cable_tui.sync.target import ReadOnlyError, Target, TargetError


@pytest.mark.parametrize("kind", [TargetError, ReadOnlyError])
def test_who_waits_for_errors_of_the_library_gets_those_of_targets(kind: type[Exception]) -> None:
    with pytest.raises(LibraryError, match="the server is gone"):
        raise kind("the server is gone")


@pytest.mark.parametrize("kind", [FolderTarget, PostgresTarget])
def test_every_target_has_what_a_target_does(kind: type[object]) -> None:
    names = {name for name in vars(Target) if not name.startswith("_")}
    assert names == {"init", "last", "push", "pull", "wait", "check", "close"}
    assert names <= set(vars(kind))
