"""Small damage of XML."""

import pytest

from cable_tui.formats.frus.repair import repaired


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("<p>R & D &nbsp;&mdash; &what;</p>", "<p>R &amp; D \xa0— &amp;what;</p>"),
        ("<p>a < b &amp; &#65;</p>", "<p>a &lt; b &amp; &#65;</p>"),
        ("a\x01b", "a\N{REPLACEMENT CHARACTER}b"),
        ("&lt;<hi/>", "&lt;<hi/>"),
    ],
)
def test_damage_is_mended_and_nothing_else(text: str, mended: str) -> None:
    assert repaired(text) == mended
