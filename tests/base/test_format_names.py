"""The table of formats: each has a place among the poorer and richer ones."""

from __future__ import annotations

import pytest

from cable_tui.base.format_names import FORMATS, POOREST_FIRST, RANKS, ranks


def test_the_ranks_of_formats_are_their_places_from_one() -> None:
    assert ranks(("slip", "page", "row"), ("slip", "row", "page")) == {
        "slip": 1,
        "row": 2,
        "page": 3,
    }


@pytest.mark.parametrize(
    ("poorest_first", "named"),
    [
        (("slip",), "page"),
        (("slip", "page", "scroll"), "scroll"),
        (("slip", "page", "slip"), "slip"),
    ],
    ids=["without a place", "a place without a format", "two places"],
)
def test_a_format_without_a_place_of_its_own_is_named(
    poorest_first: tuple[str, ...], named: str
) -> None:
    with pytest.raises(ValueError, match=f"POOREST_FIRST has each format once: {named}$"):
        ranks(("slip", "page"), poorest_first)


def test_pages_of_the_site_are_richer_than_rows_and_rows_than_the_text_of_a_pdf() -> None:
    assert RANKS["html-page"] > RANKS["dump-csv"] > RANKS["pdf-text"] > RANKS["sealed-cable"]
    assert len(POOREST_FIRST) == len(FORMATS)
