"""What rooms of tests share: style sheets parsed once, and a keyboard that none leaves changed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet

from cable_tui.tui.commands.keyboard import COMMANDS, use


@pytest.fixture(autouse=True)
def own_keyboard() -> Iterator[None]:
    """A process has one keyboard; here one room in a browser must not take keys from the next."""
    use(COMMANDS)
    yield
    use(COMMANDS)


@pytest.fixture(scope="session", autouse=True)
def parsed_once() -> Iterator[None]:
    """A room parses some sixty sheets, twice as its theme comes, in an eighth of its time.

    The rules of a sheet follow from its text and its variables alone, and nobody changes them.
    """
    parse = Stylesheet._parse_rules
    parsed: dict[object, list[RuleSet]] = {}

    def kept(self: Stylesheet, *asked: Any, **named: Any) -> list[RuleSet]:
        key = (asked, *named.items(), frozenset(self._variables.items()))
        if key not in parsed:
            parsed[key] = parse(self, *asked, **named)
        return parsed[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Stylesheet, "_parse_rules", kept)
        yield
