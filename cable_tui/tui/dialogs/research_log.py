"""The page of the research log: what was searched for here, to be asked again or written down."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events

from cable_tui.session.features.research_log import LoggedSearch
from cable_tui.text import clean_line, crop, fold
from cable_tui.tui.dialogs.filter_picker import FilterPicker, PickerChoice

TO_FILE = ""
"""What the page ends with where all of it is to be written to a file: no query is empty."""
MOST_LISTED = 500
"""Searches that are listed at once; the filter finds the others."""
_CELLS = 40
"""Of a query: what is said of it has room behind."""


class LogPicker(FilterPicker):
    """The searches, the last first; ends with the query to ask again, or with `TO_FILE`."""

    HINT = "Enter asks it again · ^s writes all to a file · Esc leaves"

    def __init__(self, found: Sequence[LoggedSearch]) -> None:
        super().__init__("What was searched for here")
        self._logged = found

    def choices(self, typed: str) -> tuple[Sequence[PickerChoice], str]:
        """As in `FilterPicker`."""
        wanted = [fold(word) for word in typed.split()]
        found = [
            each
            for each in self._logged
            if all(word in fold(f"{each.query} {each.at}") for word in wanted)
        ]
        note = "" if found else "No search has these words."
        if len(found) > MOST_LISTED:
            note = f"The last {MOST_LISTED:,} of {len(found):,}; the filter finds the others."
        return [PickerChoice(each.query, log_line(each)) for each in found[:MOST_LISTED]], note

    def on_key(self, event: events.Key) -> None:
        """^s beside the keys of a picker."""
        if event.key == "ctrl+s":
            event.stop()
            event.prevent_default()
            self.dismiss(TO_FILE)
        else:
            super().on_key(event)


def log_line(each: LoggedSearch) -> str:
    """`2026-11-26 23:31   1,204 lobster class:confidential (exported, 2 times)`."""
    notes = [*(["exported"] if "export" in each.way else [])]
    notes += [f"{each.times} times"] if each.times > 1 else []
    said = f" ({', '.join(notes)})" if notes else ""
    query = crop(clean_line(each.query), _CELLS)
    at = clean_line(each.at[:16].replace("T", " "))
    return f"{at} {each.found:>9,}  {query}{said}"
