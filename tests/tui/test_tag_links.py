from dataclasses import replace

import pytest

from cable_tui.tui.tag_links import tag_spans
from tests.tui.cables import cable


@pytest.mark.parametrize(
    ("text", "tags", "expected"),
    [
        ("TAGS: PGOV, EFIS, ZE\nSUBJECT: ICE\n", "PGOV EFIS ZE", "PGOV EFIS ZE"),
        ("  TAGS PGOV EFIS\nZE\nSUBJECT: PGOV\n", "PGOV EFIS ZE", "PGOV EFIS ZE"),
        ("TAGS: PGOV\nREF: ZE 12\n", "PGOV ZE", "PGOV"),
        ("TAGS: PGOV KELL, ROSA\n", "PGOV", "PGOV"),
        ("Tags: pgov\n", "PGOV", "PGOV"),
        ("SUBJECT: PGOV\n", "PGOV", ""),
        ("", "PGOV", ""),
    ],
    ids=["one line", "two lines", "label below", "name", "small", "no line", "nothing"],
)
def test_codes_of_the_tags_line_are_found(text: str, tags: str, expected: str) -> None:
    made = replace(cable(text, ()), tags=tuple(tags.split()))
    found = list(tag_spans(made))
    assert " ".join(tag for _, tag in found) == expected
    assert [text[slice(*span)].upper() for span, _ in found] == expected.split()


def test_a_tags_line_below_the_first_paragraph_is_none() -> None:
    made = cable("1.  (C) So it is.\n\nTAGS: PGOV\n")
    assert list(tag_spans(made)) == []
