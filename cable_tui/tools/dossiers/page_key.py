"""The key on the page of protection requests that continues with a dossier."""

from __future__ import annotations

from cable_tui.reports.report import PageKey
from cable_tui.tools.dossiers.room import ContinueDossier

GO_ON = PageKey("E", "continue the dossier", lambda _: ContinueDossier())
