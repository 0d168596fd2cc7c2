"""The grammar of cables: functions that turn the texts of a record into a `Cable`.

No function raises an error, whatever the text. `facts_of` returns the facts that the container
states, `top_fields` the fields for the catalogue, and `parse` the whole cable. Each field has its
own module; `body_labels` finds the labels of a body once for all of them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cable_tui.telegram.facts import facts_of
    from cable_tui.telegram.ids import canonical_id, reference_in
    from cable_tui.telegram.parse_cable import parse
    from cable_tui.telegram.references.parse import infer_year

_MODULES = {
    "canonical_id": "ids",
    "facts_of": "facts",
    "infer_year": "references.parse",
    "parse": "parse_cable",
    "reference_in": "ids",
}
"""The module that defines each function, so splitting an ID does not import the whole grammar."""


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    function = getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
    globals()[name] = function  # the next use finds it without this function
    return function
