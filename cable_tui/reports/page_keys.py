"""The keys on a report's page: the keys for its rows, for its options and for tools."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from cable_tui.base.tools import load, tools
from cable_tui.reports.report import Option, PageKey, Report, RowKey

if TYPE_CHECKING:
    from cable_tui.session.feature_state import Page
    from cable_tui.session.values import Action


def option_keys(option: Option) -> Sequence[str]:
    """Return the keys for an option.

    If a letter selects the next choice, its capital selects the previous one.
    """
    has_capital = option.choices and len(option.key) == 1
    return (option.key, option.key.upper()) if has_capital else (option.key,)


def row_and_page_keys(report: Report[Any]) -> list[RowKey | PageKey]:
    """Return the keys on a report's page; keys added by tools are last."""
    tool_keys = [
        load(page_key)
        for tool in tools()
        for report_name, page_key in tool.page_keys
        if report_name == report.name
    ]
    if "svg" in report.forms:
        tool_keys.insert(0, PageKey("E", "saves a picture", _ask_chart_file))
    return [*report.keys, *report.page_keys, *tool_keys]


def _ask_chart_file(page: Page) -> Action:
    from cable_tui.session.features.file_to_write import ask_chart_file  # few pages are drawn

    return ask_chart_file(page)


def keys_of(report: Report[Any], taken: Iterable[str]) -> dict[str, RowKey | PageKey | Option]:
    """Return the page's keys by name. Raises `ValueError` if the page uses a key twice.

    `taken` are the keys used by every page.
    """
    own_keys: dict[str, RowKey | PageKey | Option] = {}
    key_pairs: list[tuple[str, RowKey | PageKey | Option]]
    key_pairs = [(key_row.key, key_row) for key_row in row_and_page_keys(report)]
    for option in report.options:
        if option.key:
            key_pairs += ((key, option) for key in option_keys(option))
    used_keys = frozenset(taken)
    for key, key_action in key_pairs:
        if key in own_keys or key in used_keys:
            raise ValueError(f"{report.name}: its page already uses the key {key}")
        own_keys[key] = key_action
    return own_keys
