"""The text of a body in which voices are looked for. The texts are invented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.telegram.reading import Reading
from cable_tui.tools.voices.layout import layout

HEAD = "E.O. 12958: DECL: 10/04/2014\nTAGS: PREL EFIS\nSUBJECT: TERN SAID NO\nREF: AMBER 12"


@pytest.mark.parametrize(
    ("body", "begins"),
    [
        (f"{HEAD}\n\n1. (C) Minister Tern left.\n", "1. (C) Minister"),
        # numbers with a comma, or with nothing: the first paragraphs were lost
        (f"{HEAD}\n\n1, (C) Tern left.\n2. (C) Gull came.\n", "1, (C) Tern"),
        (f"{HEAD}\n\n1 (C) Tern left.\n\n2 (C) Gull came.\n", "1 (C) Tern"),
        (f"{HEAD}\n\n1.(SBU)Tern left.\n", "1.(SBU)Tern"),
        # it follows the labels on their line
        (f"{HEAD} 1. (C) Tern left.\n\n2. (C) Ref is his boat.\n", "1. (C) Tern"),
        # a summary without a number, which a heading alone is not
        (f"{HEAD}\n\nKEY POINTS\n\n-- Tern left.  Gull came.\n-- So.\n\n1. (C) Oh.\n", "KEY"),
        (f"{HEAD}\n\nKEY POINTS\n----------\n\n1. (C) Tern left.\n", "1. (C) Tern"),
        # a label within the text is none
        (f"{HEAD}\n\n1. (C) Tern left.\nREF is the name\n\nof his boat.\n", "1. (C) Tern"),
        (f"{HEAD}\n\nTern left.\n", "Tern left."),
        ("Tern left.\n", "Tern left."),
    ],
)
def test_a_text_begins_with_its_first_paragraph_or_behind_the_labels(
    body: str, begins: str
) -> None:
    assert body[layout(Reading(body)).begin :].startswith(begins)


def test_numbers_with_a_comma_begin_paragraphs() -> None:
    body = f"{HEAD}\n\n1, (C) Tern left.\n2, (C) Gull came.\n3. (C) So.\n"
    assert [each.label for each in layout(Reading(body)).paragraphs] == ["1", "2", "3"]


def test_a_heading_above_the_first_paragraph_is_known() -> None:
    page = layout(Reading(f"{HEAD}\n\nComment\n-------\n\n1. (C) Tern left.\n"))
    assert [each.heading for each in page.paragraphs] == ["Comment"]


@pytest.mark.parametrize(
    "tail",
    ["TERN\n", "Tern\n\n\nNNNN\n", "Visit Amber's Classified Web Site at\nhttp://a.example/\n"],
)
def test_neither_signature_nor_trailer_is_text(tail: str) -> None:
    body = f"{HEAD}\n\n1. (C) The port is closed.\n\n{tail}"
    assert body[: layout(Reading(body)).end].rstrip().endswith("closed.")


@given(st.text('1. (C),\nREF: Ab"', max_size=200))
def test_paragraphs_lie_within_the_text(body: str) -> None:
    page = layout(Reading(body))
    assert len(page.text) == len(body)
    assert 0 <= page.begin <= page.end <= len(body)
    assert all(page.begin <= each.span[0] <= each.span[1] <= page.end for each in page.paragraphs)
