"""E: what is exported, and the menus of its forms."""

from __future__ import annotations

from cable_tui.session import effects
from cable_tui.session.feature_state import ExportSelection, OpenSealing
from cable_tui.session.features import selection
from cable_tui.session.features.export import MARKS_FORM, StopExport, ask_file
from cable_tui.session.features.sealing import PrepareSealing, sealed_menu
from cable_tui.session.registry import Result, handles
from cable_tui.session.state import Session
from cable_tui.session.values import Action
from cable_tui.value import replace


class Export(Action):
    """Write the selected cables, those of the query, or the bookmarks shown to a file."""


@handles(Export)
def export(session: Session, _: Export) -> Result:
    """Ask for a format; while an export is running, ask whether to stop it."""
    if (job := session.export_job) is not None:
        stop = effects.MenuItem("s", "stop it", StopExport())
        return session, (
            effects.AskMenu("Export", (stop,), f"{job.label}: a file is being written."),
        )
    chosen = _selection(session)
    if chosen is None:
        return session, (effects.Notify("There is nothing to export."),)
    if chosen.ids is session.hits.every and len(chosen.ids) < session.hits.count:
        return session, (effects.Notify("The list is still being read: E again in a moment."),)
    return session, (export_menu(chosen, session.sealing),)


def _selection(session: Session) -> ExportSelection | None:
    """The bookmarks that are shown, else the selected cables, else those of the query."""
    if (view := session.bookmarks_view) is not None:
        label = f"the list {view.list}" if view.list else "all bookmarks"
        shown = ExportSelection(view.list or "bookmarks", label, list=view.list)
        return shown if view.entries else None
    if marked := selection.selected_cables(session):
        label = f"{len(marked):,} marked cable{'' if len(marked) == 1 else 's'}"
        return ExportSelection("marked", label, marked)
    ids = session.hits.every
    if not ids:
        return None
    count, text = f"{len(ids):,} cable{'' if len(ids) == 1 else 's'}", str(session.query)
    label = f"{count} of this query" if text else f"all {count}"
    return ExportSelection(text or "cables", label, ids)


def export_menu(chosen: ExportSelection, waiting: OpenSealing | None = None) -> effects.AskMenu:
    """The forms of a file; `waiting` is a sealed dossier to go on with."""
    from cable_tui.exports.lists import FORMATS, SEALED

    items = [
        effects.MenuItem(each.key, each.name, ask_file(chosen, each.name), each.label)
        for each in FORMATS.values()
    ]
    label = "a dossier with the texts, in which any change shows"
    items.append(effects.MenuItem("s", SEALED, sealed_menu(chosen), label))
    if waiting is not None:
        detail = f"the sealed dossier of {waiting.chosen.label}"
        again = PrepareSealing(replace(waiting.chosen, unresolved=False))
        items.insert(0, effects.MenuItem("S", "go on", again, detail))
    if chosen.list is not None:
        taken = "for `cable-tui marks import` elsewhere"
        items.append(effects.MenuItem("M", MARKS_FORM, ask_file(chosen, MARKS_FORM), taken))
    return effects.AskMenu(f"Export {chosen.label} as", tuple(items))
