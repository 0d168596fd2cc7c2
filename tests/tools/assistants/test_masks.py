"""Names at requests and confirmed ones are masked everywhere, unless asked otherwise."""

from __future__ import annotations

import cable_tui as ct
from cable_tui.tools.assistants.masks import Masks, masked_values
from tests.tools.assistants.fiction import NAMED


def test_a_name_at_a_request_is_masked_in_its_cable_and_in_others(opened: ct.Archive) -> None:
    masks = Masks(opened, unmasked=False)
    for reference in ("09DOHA5", "09BAKU6"):
        cable = opened[reference]
        assert NAMED in cable.text
        assert "Pelham" not in masks.of(cable.protected)(cable.text)
    assert masks.of()(f"{NAMED} said") == "[name masked] said"
    assert "elham" not in masks.typed("pelh* or Pelham~")


def test_unmasked_nothing_is_masked(opened: ct.Archive) -> None:
    masks = Masks(opened, unmasked=True)
    assert masks.of()(f"{NAMED} said") == f"{NAMED} said"
    assert masks.typed("pelh*") == "pelh*"


def test_values_are_masked_at_every_depth() -> None:
    value = {"Pelham": [{"a": ("Pelham", 1, None, True)}]}
    masked = masked_values(value, lambda text: text.replace("Pelham", "-"))
    assert masked == {"-": [{"a": ["-", 1, None, True]}]}
