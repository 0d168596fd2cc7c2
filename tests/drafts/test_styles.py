"""Names of styles in the languages of office programs, and lengths of their margins."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.drafts import styles


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("Quote", True),
        ("Intense Quote", True),
        ("Quotations", True),  # LibreOffice
        ("Block Text", True),
        ("Zitat", True),  # German
        ("Intensives Zitat", True),
        ("Citation", True),  # French
        ("Cita", True),  # Spanish
        ("Citação", True),  # Portuguese
        ("Citaat", True),  # Dutch
        ("Citat", True),  # Danish, Swedish
        ("My block quotation", True),
        ("", False),
        ("Normal", False),
        ("Body Text", False),
        ("Quote Char", False),
        ("Zitat Zeichen", False),
        ("Citation Car", False),
        ("Solicitar", False),
    ],
)
def test_a_style_of_quotations_is_known_by_its_name(name: str, wanted: bool) -> None:
    assert styles.is_quotation_style(name) == wanted


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("heading 2", True),
        ("Heading1", True),
        ("Title", True),
        ("Überschrift 1", True),
        ("Titre 3", True),
        ("Título", True),
        ("Heading Row of a Table", False),
        ("Subtitle", False),
        ("", False),
    ],
)
def test_a_style_of_headings_is_known_by_its_name(name: str, wanted: bool) -> None:
    assert styles.is_heading_style(name) == wanted


@pytest.mark.parametrize(
    ("names", "wanted"),
    [
        ("MsoQuote", True),
        ("MsoIntenseQuote", True),
        ("MsoBlockText", True),
        ("block-text-western", True),
        ("quotations", True),
        ("first blockquote", True),
        ("block-quotation", True),
        ("pull-quote-author", False),
        ("citation", False),
        ("MsoNormal", False),
        ("", False),
    ],
)
def test_a_class_of_quotations_is_known_by_its_name(names: str, wanted: bool) -> None:
    assert styles.is_quotation_class(names) == wanted


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
