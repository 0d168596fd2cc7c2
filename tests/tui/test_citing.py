"""What is copied of a place, and what is said before it is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from cable_tui.cable import Cable, CableWarning, Paragraph, Source
from cable_tui.exports import EXPORTS, Citation, Ways
from cable_tui.tui import citing
from cable_tui.tui.links import stops
from tests.tui.cables import TEXT, cable, whole


def cited(made: Cable, *paragraphs: Paragraph, stop: int = 0) -> Citation:
    return citing.citation(made, paragraphs, stop, Path("/cables"), Ways())


def test_a_ref_line_is_cited_by_its_letter() -> None:
    made = whole()
    at = next(n for n, each in enumerate(stops(made)) if "08ZENDA255" in TEXT[slice(*each.span)])
    place = cited(made, stop=at)
    assert citing.named(place) == "ref. B"
    assert EXPORTS["reference"].function(place) == "09ZENDA27 ref. B"
    assert EXPORTS["link"].function(place).endswith("/09ZENDA27.html#parB")


def test_a_paragraph_is_cited_wherever_the_cursor_is() -> None:
    made = whole()
    place = cited(made, made.body.paragraphs[2], stop=2)
    assert (citing.named(place), place.references) == ("¶3", ())


def test_several_paragraphs_are_named_by_the_first_and_the_last() -> None:
    made = whole()
    assert citing.named(cited(made, *made.body.paragraphs[:3])) == "¶1–3"


def test_the_top_matter_is_the_whole_cable() -> None:
    assert citing.named(cited(whole())) == "09ZENDA27"
    assert cited(whole(), stop=99).references == ()


def test_the_users_own_link_and_templates_are_used() -> None:
    ways = Ways("https://example.org/{id}", {"short-note": "{id}, as told."})
    place = citing.citation(whole(), (), 0, Path("/cables"), ways)
    assert EXPORTS["link"].function(place) == "https://example.org/09ZENDA27"
    assert EXPORTS["short-note"].function(place) == "09ZENDA27, as told."
    assert place.read_on is not None


_ASKED = "1.  (C) Baker Ruta Holm (strictly\nprotect) counts herrings.\n\n2.  (C) So it is.\n"


@pytest.mark.parametrize(
    ("paragraph", "said"),
    [
        (0, "“strictly protect” stands here: think of who is named before you pass it on."),
        (1, ""),
        (None, "“strictly protect” stands here: think of who is named before you pass it on."),
    ],
)
def test_a_source_who_is_to_be_protected_is_spoken_of(paragraph: int | None, said: str) -> None:
    made = cable(_ASKED)
    chosen = () if paragraph is None else (made.body.paragraphs[paragraph],)
    assert citing.caution(cited(made, *chosen)) == said


def test_grave_warnings_are_said_in_one_notice() -> None:
    codes = ("stub", "repeated-body", "teaser")
    warnings = tuple(CableWarning(code, f"it is a {code}") for code in codes)
    made = replace(cable("1.  (C) So.\n"), warnings=warnings)
    assert citing.caution(cited(made)) == (
        "It is a stub. It is a repeated-body. And 1 more: see the top of the cable."
    )
    assert citing.caution(cited(replace(made, warnings=warnings[:1]))) == "It is a stub."


def test_why_there_is_nothing_to_copy_is_said() -> None:
    undated = replace(whole(), facts=replace(whole().facts, created=""))
    assert "has no date" in citing.missing(cited(undated), "link")
    assert citing.missing(cited(whole()), "path of the file") == (
        "09ZENDA27 has no path of the file."
    )


def test_the_record_that_is_wanted_is_named_where_there_is_one() -> None:
    page, row = Source("a.html", "html-page"), Source("b.json", "plusd-json")
    both = replace(cable(), sources=(page, row))
    for wanted, named in (("plusd-json", row), ("nara-text", page), ("", page)):
        made = citing.citation(both, (), 0, Path("/cables"), Ways(source=wanted))
        assert made.read == named


def test_a_part_is_quoted_word_for_word_and_cited_by_the_paragraphs_it_stands_in() -> None:
    made = whole()
    first, second = made.body.paragraphs[:2]
    span = (first.span[1] - 8, second.span[0] + 12)
    place = citing.part(cited(made, *made.body.paragraphs[2:]), span)
    assert EXPORTS["text"].function(place) == TEXT[slice(*span)]
    assert EXPORTS["reference"].function(place) == "09ZENDA27 ¶1–2"
    words = " ".join(line for line in TEXT[slice(*span)].splitlines() if line)
    assert EXPORTS["quotation"].function(place) == f"“{words}” (09ZENDA27, paras. 1–2)"
    assert citing.named(place) == "selected in 09ZENDA27 ¶1–2"


def test_page_breaks_stand_in_no_quotation_of_a_part() -> None:
    text = "1.  (C) Herrings were\n\nZENDA 00000027  002 OF 003\n\n\ncounted twice.\n"
    made = cable(text)
    place = citing.part(cited(made), (8, len(text)))
    assert EXPORTS["quotation"].function(place).startswith("“Herrings were counted twice.”")
