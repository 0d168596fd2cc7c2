"""Effects that open a menu, each with its menu. A new one is a row of `MENUS`.

Menus are imported when one is opened: the first keys wait for none.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from cable_tui.effects.table import performs
from cable_tui.session import effects
from cable_tui.session.base import Effect
from cable_tui.session.features import bookmarks, copy, export, goto, query_edits
from cable_tui.session.features.sealed import opened_dossier, sealing
from cable_tui.session.features.source_criticism import chain

if TYPE_CHECKING:
    from cable_tui.tui.dialogs.menu import Menu
    from cable_tui.tui.main.view import View

MENUS: dict[type[Effect], Callable[[Any, Any], Menu]] = {
    bookmarks.AskRecovered: lambda menus, it: menus.rescue_menu(it.sentence),
    bookmarks.AskOwnName: lambda menus, it: menus.own_name_menu(it),
    bookmarks.AskRemoval: lambda menus, it: menus.removal_menu(it.marks),
    query_edits.AskSort: lambda menus, it: menus.sort_menu(it.now),
    query_edits.AskPart: lambda menus, it: menus.part_menu(it.reasons),
    goto.ListHistory: lambda menus, it: menus.places_menu(it.places),
    goto.ListSearches: lambda menus, it: menus.saved_menu(it.searches),
    copy.AskCitedRecord: lambda menus, it: menus.record_menu(it.sources, it.now),
    chain.AskChainFormat: lambda menus, it: menus.chain_menu(it.label),
    export.AskExportFormat: lambda menus, it: menus.export_menu(it.chosen, it.sealing),
    export.AskSealedParts: lambda menus, it: menus.sealed_menu(it.chosen),
    sealing.AskPleas: lambda menus, it: menus.pleas_menu(it.surveyed),
    sealing.AskSealedLog: lambda menus, it: menus.sealed_log_menu(it.chosen, it.searches),
    opened_dossier.AskTakeMarks: lambda menus, it: menus.offered_marks_menu(it),
    export.AskStopExport: lambda menus, it: menus.stop_menu(it.export_job),
    effects.AskOver: lambda menus, it: menus.over_menu(it.file, it.again, it.over),
    effects.AskReference: lambda menus, it: menus.reference_menu(it.references),
    effects.OfferLink: lambda menus, it: menus.missing_menu(it.reference),
}
"""What makes the menu of an effect, of the module `menus` and the effect."""


def open_menu_of(view: View, effect: Effect) -> None:
    """Open the menu of an effect."""
    from cable_tui.tui.dialogs import menus

    view.open_menu(MENUS[type(effect)](menus, effect))


for _effect in MENUS:
    performs(_effect, "screen")(open_menu_of)
