"""EFFECTS: every effect has one handler, and all of them are there where effects are run."""

from __future__ import annotations

import subprocess
import sys

import pytest

from cable_tui.session import effects
from cable_tui.session.registry import EFFECTS, performs

_LOOK = """
from cable_tui.reports.table import REPORTS
from cable_tui.session import step
from cable_tui.session.values import Effect, LibraryWrite, Request
from cable_tui.tui.main import effect_runner

for each in REPORTS.values():
    each.report

def kinds(kind):
    for each in kind.__subclasses__():
        yield each
        yield from kinds(each)

asked = set(kinds(Effect)) - {Request, LibraryWrite}
for each in sorted(asked - set(step.EFFECTS), key=str):
    print("no handler:", each.__name__)
for each in sorted(set(step.EFFECTS) - asked, key=str):
    print("no effect:", each.__name__)
print(len(asked) > 60)
"""


def test_every_effect_has_a_handler_where_effects_are_run() -> None:
    done = subprocess.run([sys.executable, "-c", _LOOK], capture_output=True, text=True, check=True)
    assert done.stdout == "True\n"


def test_an_effect_has_one_handler_only() -> None:
    before = EFFECTS[effects.Search]
    with pytest.raises(TypeError, match="Search has a handler already"):
        performs(effects.Search)(lambda: None)
    assert EFFECTS[effects.Search] is before
