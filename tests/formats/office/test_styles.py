"""Names of styles in the languages of office programs, and lengths of their margins."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.formats.office import styles


@pytest.mark.parametrize(
    ("is_known", "names", "others"),
    [
        (
            styles.is_quotation_style,
            (
                "Quote, Intense Quote, Quotations, Block Text, Zitat, Intensives Zitat, Citation, "
                "Cita, Citação, Citaat, Citat, My block quotation"
            ),
            ", Normal, Body Text, Quote Char, Zitat Zeichen, Citation Car, Solicitar",
        ),
        (
            styles.is_heading_style,
            "heading 2, Heading1, Title, Überschrift 1, Titre 3, Título",
            ", Heading Row of a Table, Subtitle",
        ),
        (
            styles.is_quotation_class,
            (
                "MsoQuote, MsoIntenseQuote, MsoBlockText, block-text-western, quotations, "
                "first blockquote, block-quotation"
            ),
            ", pull-quote-author, citation, MsoNormal",
        ),
    ],
    ids=["quotations", "headings", "classes"],
)
def test_a_style_is_known_by_its_name(
    is_known: Callable[[str], bool], names: str, others: str
) -> None:
    """As Word and LibreOffice call them, in seven languages."""
    assert [each for each in names.split(", ") if not is_known(each)] == []
    assert [each for each in others.split(", ") if is_known(each)] == []


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        (None, None),
        ("50%", None),
        ("1cm", 10.0),
        ("2.5mm", 2.5),
        (" .5in", 12.7),
        ("1in", 25.4),
        ("-1cm", 0.0),
        ("0", 0.0),
        ("wide", 0.0),
        ("", 0.0),
    ],
)
def test_lengths_are_millimetres(given: str | None, wanted: float | None) -> None:
    assert styles.millimetres(given) == (None if wanted is None else pytest.approx(wanted))


@given(st.text(max_size=60))
def test_any_name_and_any_length_is_read(text: str) -> None:
    assert styles.is_quotation_style(text) in (True, False)
    assert styles.is_heading_style(text) in (True, False)
    assert styles.is_quotation_class(text) in (True, False)
    assert (styles.millimetres(text) or 0.0) >= 0.0
