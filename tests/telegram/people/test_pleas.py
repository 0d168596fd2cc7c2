"""Whom a plea means."""

from __future__ import annotations

import pytest

from cable_tui.telegram.people.pleas import names_meant


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Foreman Ivo Tern (strictly protect) said", ("Foreman Ivo Tern",)),
        ("Prime Minister Tern, who came late (strictly protect), said", ("Tern",)),
        ("IVO TERN (PLEASE PROTECT) SAID", ("IVO TERN",)),
        ("McTern (please protect) said", ("McTern",)),
        ("Minister Tern said.\n\nThe man (strictly protect) left.", ()),
        ("Minister Tern protects nobody.", ()),
        ("met Director XXXXXXXXXXXX (strictly protect) there", ()),
    ],
)
def test_the_names_that_are_meant_are_as_the_text_has_them(
    text: str, names: tuple[str, ...]
) -> None:
    assert names_meant(text) == names
