"""Handlers of the research log: adding a search, writing it to a file. No Textual."""

from __future__ import annotations

from cable_tui import research_log as log
from cable_tui.effects.export import output_of
from cable_tui.effects.services import Services
from cable_tui.effects.table import Actions, Cancelled, performs
from cable_tui.errors import CableTuiError
from cable_tui.session import effects
from cable_tui.session.features import research_log
from cable_tui.value import replace

_OFF = "The log is off: `log = false` stands in your settings."


@performs(research_log.LogSearch)
def _log(services: Services, effect: research_log.LogSearch, _: Cancelled) -> Actions:
    """Add it; a log that cannot be written is said once, and no search waits for it."""
    if services.search_log is None:
        return
    way = "room export" if effect.exported else "room"
    try:
        services.search_log.add(log.Search(effect.query, effect.found, effect.partial, way))
    except CableTuiError as error:
        services.search_log = None
        yield effects.Notify(f"{error}. Searches of this window are not logged", "warning")


@performs(research_log.WriteResearchLog)
def _write(services: Services, effect: research_log.WriteResearchLog, _: Cancelled) -> Actions:
    from cable_tui.exports import methods  # few rooms write one

    if services.search_log is None:
        yield effects.Notify(_OFF)
        return
    output = output_of(services, effect.file, over=effect.over)
    if output is None:
        over = replace(effect, over=True)
        yield effects.AskOver(effect.file, research_log.AskLogFile(), over)
        return
    found = log.read(services.search_log.file).of(services.archive.root)
    with output.opened() as write:
        for piece in methods.markdown(found):
            write(piece)
    yield from output.finished()
    yield effects.Notify(f"{methods.searches(len(found.entries))} {output.words}")
