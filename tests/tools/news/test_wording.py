"""News in words."""

from __future__ import annotations

import pytest

from cable_tui.tools.news.counting import SearchNews
from cable_tui.tools.news.wording import named, news_words


@pytest.mark.parametrize(
    ("new", "changed", "words"),
    [
        (("A", "B", "C"), (), "3 new"),
        ((), ("A",), "1 changed"),
        (("A",) * 1200, ("B",), "1,200 new, 1 changed"),
    ],
)
def test_numbers_that_are_none_are_left_out(
    new: tuple[str, ...], changed: tuple[str, ...], words: str
) -> None:
    assert news_words(SearchNews("", "", "", new, changed, {})) == words


def test_ten_cables_are_named() -> None:
    assert named(["09RABAT1", "09RABAT2"]) == "09RABAT1, 09RABAT2"
    assert named(list("abcdefghijkl")) == "a, b, c, d, e, f, g, h, i, j and 2 more"
