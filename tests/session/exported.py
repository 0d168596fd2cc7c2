"""Exports of a room: named, and written in full."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from cable_tui.session.feature_state import ExportJob, ExportSelection
from cable_tui.session.features.export_choices import ExportFileNamed, ExportProgressed
from cable_tui.session.registry import Services
from cable_tui.session.step import perform, step
from cable_tui.session.values import Action
from tests.session import ready


def of_cables(ids: Sequence[int], form: str, file: Path) -> ExportFileNamed:
    return ExportFileNamed(ExportSelection("amber", "amber", ids), form, str(file))


def written(services: Services, named: ExportFileNamed, *, wanted: bool = True) -> list[Action]:
    """What is reported of an export, its first progress apart."""
    (write, *_) = step(ready(), named)[1]
    first = ExportProgressed(ExportJob(named.chosen.label, 0, len(named.chosen.ids)))
    return [each for each in perform(services, write, lambda: not wanted) if each != first]
