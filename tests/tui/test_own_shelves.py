"""The reader's own sections of the library."""

from __future__ import annotations

from dataclasses import replace

from cable_tui.session.notebook import Notebook
from cable_tui.session.shelving import Shelving
from cable_tui.tui.own_shelves import own_sections
from cable_tui.tui.sidebar import Item
from tests.session import ready


def test_without_anything_of_ones_own_there_is_no_section() -> None:
    assert list(own_sections(ready())) == []


def test_lists_searches_and_read_cables_each_have_a_section() -> None:
    notebook = Notebook(
        marks=frozenset({("09ZENDA1", None), ("09ZENDA1", "3")}),
        lists=(("harbour", 2),),
        searches=(("catch", "herring"), ("late", "eel")),
    )
    shelving = Shelving(saved=(("catch", 7),), recent=(("09ZENDA1", "09ZENDA1", "HERRING"),))
    session = replace(ready("list:harbour"), notebook=notebook, shelving=shelving)
    lists, saved, recent = own_sections(session)
    assert lists.items == (
        Item("", "all bookmarks", 2),
        Item("harbour", "harbour", 2, "included"),
    )
    assert saved.items == (
        Item("catch", "catch", 7, sign="⌕"),
        Item("late", "late", None, sign="⌕"),
    )
    assert recent.items == (Item("09ZENDA1", "09ZENDA1 HERRING", sign="✓", counted=False),)
    assert recent.closed
