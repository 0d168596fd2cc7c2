from __future__ import annotations

import pytest

from cable_tui.base.cable import Reference
from cable_tui.base.value import replace
from cable_tui.session.features.links import (
    cited_references,
    links,
    references_at,
    stop_near,
    stops,
    tag_spans,
)
from tests.tui.cables import TEXT, cable, whole


def _printed(text: str) -> list[tuple[str, list[str | None]]]:
    made = replace(whole(), body=replace(cable(text).body))
    return [
        (text[slice(*link.span)], [ref.reference_id for ref in link.references])
        for link in links(made)
        if link.references
    ]


def test_ref_items_and_mentions_are_links() -> None:
    assert _printed(TEXT) == [
        ("08STATE127448", ["08STATE127448"]),
        ("08ZENDA255", ["08ZENDA255"]),
        ("STRELSAU 0090", ["09STRELSAU90"]),
        ("Ref A", ["08STATE127448"]),
        ("refs B and C", ["08ZENDA255", "09STRELSAU90"]),
    ]


def test_ids_in_running_text_are_links_but_the_own_one() -> None:
    made = cable("1.  (C) As 08HENTZAU0012 and 09ZENDA27 said, reftel is old.\n")
    assert [ref.reference_id for link in links(made) for ref in link.references] == ["08HENTZAU12"]


def test_a_link_says_whether_the_archive_has_none_of_its_cables() -> None:
    here = {"08STATE127448": True, "08ZENDA255": False, "09STRELSAU90": False}
    given = whole()
    known = tuple(replace(ref, in_archive=here[ref.reference_id or ""]) for ref in given.references)
    found = links(replace(given, references=known))
    assert [(TEXT[slice(*link.span)], link.missing) for link in found if link.references] == [
        ("08STATE127448", False),
        ("08ZENDA255", True),
        ("STRELSAU 0090", True),
        ("Ref A", False),
        ("refs B and C", True),
    ]
    unknown = tuple(replace(ref, in_archive=None) for ref in given.references)
    assert not any(link.missing for link in links(replace(given, references=unknown)))


def test_a_citation_in_the_text_says_whether_the_archive_has_the_cable() -> None:
    made = cable("1.  (C) As 08HENTZAU0012 and 09ZENDA27 said; 08hentzau13 too (Hentzau 14).\n")
    here = (
        replace(ref, in_archive=ref.reference_id == "08HENTZAU13") for ref in made.text_references
    )
    found = links(replace(made, text_references=tuple(here)))
    assert [link.missing for link in found] == [True, False, True]


def test_reftel_leads_to_every_cable_of_the_ref_lines() -> None:
    text = "REF: 08ZENDA1\n\n1.  (C) Reftel says so.\n"
    one = Reference(None, "cable", "08ZENDA1", False, "08ZENDA1", (5, 13))
    made = replace(cable(text), references=(one,))
    assert [text[slice(*link.span)] for link in links(made)] == ["08ZENDA1", "Reftel"]


def test_what_is_no_cable_is_no_link() -> None:
    text = "REF: SMITH-JONES E-MAIL\n\n1.  (C) So.\n"
    mail = Reference("A", "email", None, False, "SMITH-JONES E-MAIL", (5, 23))
    made = replace(cable(text), references=(mail,))
    assert links(made) == ()
    assert [stop.paragraph for stop in stops(made)] == [None, 0]


def test_the_cursor_stops_at_the_top_at_ref_lines_and_at_paragraphs() -> None:
    found = [(TEXT[slice(*stop.span)][:20].strip(), stop.paragraph) for stop in stops(whole())]
    assert found == [
        ("C O N F I D E N T I", None),
        ("REF: A. 08STATE12744", None),
        ("B. 08ZENDA255 (", None),
        ("C. STRELSAU 009", None),
        ("1.  (C) SUMMARY: The", 0),
        ("2.  (C/NF) Herring i", 1),
        ("3.  (SBU) Herring\tpr", 2),
        ("4.  (U) Comment: no", 3),
    ]


def test_a_body_without_paragraphs_has_one_stop() -> None:
    assert [(stop.span, stop.paragraph) for stop in stops(cable("", ()))] == [((0, 0), None)]


def test_items_on_one_line_share_a_stop() -> None:
    text = "REF: 08ZENDA1, 08ZENDA2\n\n1.  (C) So.\n"
    refs = tuple(
        Reference(None, "cable", name, False, name, (at, at + 8))
        for name, at in (("08ZENDA1", 5), ("08ZENDA2", 15))
    )
    spans = [stop.span for stop in stops(replace(cable(text), references=refs))]
    assert spans == [(0, 23), (25, 36)]


def test_the_letters_of_a_ref_line_are_those_on_its_stop() -> None:
    made = whole()
    letters = [[ref.label for ref in cited_references(made, at)] for at in range(len(stops(made)))]
    assert [each for each in letters if each] == [["A"], ["B"], ["C"]]
    assert cited_references(made, 99) == ()


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


@pytest.mark.parametrize(
    ("stop", "labels"),
    [
        pytest.param(0, ["A", "B", "C"], id="the top matter leads to all REF lines"),
        pytest.param(2, ["B"], id="a REF line"),
        pytest.param(4, ["A"], id="what a paragraph mentions"),
        pytest.param(6, ["B", "C"], id="two mentions"),
        pytest.param(7, [], id="none"),
    ],
)
def test_a_stop_leads_to_its_references(stop: int, labels: list[str]) -> None:
    assert [ref.label for ref in references_at(whole(), stop)] == labels


def test_a_character_between_stops_belongs_to_the_one_before() -> None:
    there = stops(whole())
    assert [stop_near(there, stop.span[0]) for stop in there] == list(range(len(there)))
    assert stop_near(there, there[-1].span[0] - 1) == len(there) - 2
    assert stop_near(there, 10**6) == len(there) - 1
