"""Effects that open a dialog of an export: its form, its file, what a sealed dossier has."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from cable_tui.effects.table import performs
from cable_tui.session.base import Action
from cable_tui.session.features import export
from cable_tui.session.features.sealed import opened_dossier, sealing
from cable_tui.tui.main.ask_line import ask_file, ask_line
from cable_tui.value import replace

if TYPE_CHECKING:
    from cable_tui.tui.main.view import View


@performs(export.AskExportFormat, "screen")
def _export_format(view: View, effect: export.AskExportFormat) -> None:
    from cable_tui.tui.dialogs import menus

    view.open_menu(menus.export_menu(effect.chosen, effect.sealing))


@performs(export.AskSealedParts, "screen")
def _sealed_parts(view: View, effect: export.AskSealedParts) -> None:
    from cable_tui.tui.dialogs import menus

    view.open_menu(menus.sealed_menu(effect.chosen))


@performs(sealing.AskPleas, "screen")
def _pleas(view: View, effect: sealing.AskPleas) -> None:
    from cable_tui.tui.dialogs import menus

    view.open_menu(menus.pleas_menu(effect.surveyed))


@performs(sealing.AskMask, "screen")
def _mask(view: View, effect: sealing.AskMask) -> None:
    def typed(words: str) -> Action:
        masks = (*effect.chosen.masks, words)
        return sealing.PrepareSealing(replace(effect.chosen, masks=masks))

    note = "A name, or a phrase: it is masked in all its forms, in the whole dossier."
    ask_line(view, typed, "Mask which words?", note=note)


@performs(sealing.AskSealedLog, "screen")
def _sealed_log(view: View, effect: sealing.AskSealedLog) -> None:
    from cable_tui.tui.dialogs import menus

    view.open_menu(menus.sealed_log_menu(effect.chosen, effect.searches))


@performs(opened_dossier.AskTakeMarks, "screen")
def _offered_marks(view: View, effect: opened_dossier.AskTakeMarks) -> None:
    from cable_tui.tui.dialogs import menus

    view.open_menu(menus.offered_marks_menu(effect))


@performs(export.AskExportFile, "screen")
def _export_file(view: View, effect: export.AskExportFile) -> None:
    from cable_tui.exports.files import file_name
    from cable_tui.exports.lists import FORMATS, SEALED

    others = {export.MARKS_FORM: "json", SEALED: "zip"}
    extension = others.get(effect.form) or FORMATS[effect.form].extension
    named = partial(export.ExportFileNamed, effect.chosen, effect.form)
    title = effect.chosen.file_title or effect.chosen.title
    ask_file(view, named, effect.chosen.label, file_name(title, extension))


@performs(export.AskOverwrite, "screen")
def _overwrite(view: View, effect: export.AskOverwrite) -> None:
    from cable_tui.tui.dialogs import menus

    named = effect.named
    again = export.AskExportFile(named.chosen, named.form)
    view.open_menu(menus.over_menu(named.file, again, replace(named, over=True)))


@performs(export.AskStopExport, "screen")
def _stop_export(view: View, effect: export.AskStopExport) -> None:
    from cable_tui.tui.dialogs import menus

    view.open_menu(menus.stop_menu(effect.export_job))
