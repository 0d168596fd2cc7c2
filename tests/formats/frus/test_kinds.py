"""What a paragraph of a document is by its mark-up and its words."""

import pytest

from cable_tui.formats.frus import kinds


@pytest.mark.parametrize(
    ("rend", "parent", "text", "kind"),
    [
        ("", "div", "Come.", "p"),
        ("flushleft", "div", "Come.", "p"),
        ("sectiontitleital", "div", "Proposals", "heading"),
        ("center", "div", "[Telegram]", "heading"),
        ("center", "div", "SCHEDULE 1", "heading"),
        ("center", "div", "* * * * *", "rule"),
        ("center", "div", "We met. " * 50, "p"),
        ("flushleft", "div", "No. 549]", "seg"),
        ("flushleft", "div", "[No. A-12.]", "seg"),
        ("", "div", "No. 549 came.", "p"),
        ("", "postscript", "Hon. Rupert H. Hentzau,\nSecretary of State.", "addressed"),
        ("", "postscript", "F. Tarlenheim, Esq., &c., &c., Strelsau.", "addressed"),
        ("", "postscript", "His Excellency Mr. Sapt.", "addressed"),
        ("", "postscript", "P. S. Come.", "p"),
        ("", "postscript", "Sir William came. He left.", "p"),
        ("center", "postscript", "[Enclosure 1]", "heading"),
    ],
)
def test_a_paragraph_is_known(rend: str, parent: str, text: str, kind: str) -> None:
    assert kinds.meant(kinds.printed_as(rend, parent), text) == kind


def test_other_kinds_stay() -> None:
    assert kinds.meant("quote", "No. 549]") == "quote"


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("[Enclosure 1]", True),
        ("[Inclosure.—Translation]", True),
        ("[Subenclosure]", True),
        ("Annex B", True),
        ("SCHEDULE 1", False),
        ("The enclosure", False),
    ],
)
def test_enclosures_are_known_by_their_heading(heading: str, *, expected: bool) -> None:
    assert kinds.is_enclosure(heading) is expected
