"""What a text is explained by; meanings are those of the tables, terms and places are by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui import telegram
from cable_tui.base.cable import EditorsName, EditorsTerm
from cable_tui.base.value import replace
from cable_tui.glossary.acronym_readings import IN_THE_HEADER, IN_THE_TABLE, Reading
from cable_tui.glossary.terms import (
    LISTED,
    MARKED,
    Around,
    Explanation,
    explain_cable,
    explain_word,
    explanations_in,
    unknown,
    with_own,
)
from tests.telegram.test_edition import RAW, SAID
from tests.tui.cables import TEXT, whole


def explained(text: str, *tags: str, header: bool = False) -> list[tuple[str, str]]:
    return [(each.term, each.kind) for each in explanations_in(text, Around(tags, header))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("TAGS: PGOV, EFIS, QQ\n", [("TAGS", "caption or signal"), ("PGOV", "TAG, subject")]),
        ("reasons 1.4 (b) and (d).", [("1.4(b)", "reason for classifying")]),
        ("Reason: 1.4 (B, D)", [("1.4(b)", "reason for classifying")]),
        ("Reason 1.5 (b,d)", [("1.5(b)", "reason for classifying")]),
        ("2.  (C/NF) Herring", [("(C/NF)", "marking")]),
        ("131457Z FEB 09", [("131457Z FEB 09", "date-time group")]),
        ("as 09CASABLANCA27 said", [("09CASABLANCA27", "reference")]),
        ("the DCM and NATO", [("DCM", "acronym"), ("NATO", "acronym")]),
        ("SIPDIS", [("SIPDIS", "caption or signal")]),
        ("for Eyes only: EYES ONLY", [("EYES ONLY", "caption or signal")]),
        ("Herring is dear.", []),
        ("", []),
    ],
)
def test_what_is_found_in_a_text(text: str, expected: list[tuple[str, str]]) -> None:
    assert explained(text)[: len(expected)] == expected
    assert expected or not explained(text)


@pytest.mark.parametrize(
    ("text", "term", "meaning"),
    [
        (
            "DE RUEHLM #1907/01 2930617\nZNR",
            "#1907/01 2930617",
            "number 1907 of RUEHLM, section 1, day 293 of the year, 06:17 UTC",
        ),
        ("#0027 0441457", "#0027 0441457", "number 27, day 44 of the year, 14:57 UTC"),
    ],
)
def test_a_message_is_explained_by_its_number_section_day_and_time(
    text: str, term: str, meaning: str
) -> None:
    assert (term, "message", meaning) in [
        (each.term, each.kind, each.meaning) for each in explanations_in(text)
    ]


@pytest.mark.parametrize("text", ["#27", "#1907/01", "Item #3 4411457", "#0027 04414570"])
def test_a_number_without_day_and_time_is_no_message(text: str) -> None:
    assert "message" not in [kind for _, kind in explained(text, header=True)]


def test_what_the_header_prints_beside_a_route_comes_before_the_table() -> None:
    routes = {"RUEHC": "DEPT OF STATE", "RUZZZZ": "QUAY BOARD"}
    first, second = explanations_in("RUEHC RUZZZZ", Around(header=True, routes=routes))
    assert (first.meaning, first.evidence) == ("DEPT OF STATE", IN_THE_HEADER)
    assert [each.evidence for each in first.others] == [IN_THE_TABLE]
    assert (second.meaning, second.others) == ("QUAY BOARD", ())
    said = {"RUEHC": "Secstate washdc"}
    (same,) = explanations_in("RUEHC", Around(header=True, routes=said))
    assert (same.meaning, same.evidence, same.others) == (said["RUEHC"], IN_THE_HEADER, ())
    (table,) = explanations_in("RUEHC", Around(header=True))
    assert (table.meaning, table.evidence) == (first.others[0].meaning, "")


def test_what_the_archive_says_comes_before_the_table_and_once() -> None:
    found = explain_word("NSA")
    own = (Reading("National Security Agency", "said by 09ZENDA1"), Reading("Quay", "said by 9"))
    (made,) = with_own("NSA", own, found)
    assert (made.meaning, made.evidence) == ("National Security Agency", "said by 09ZENDA1")
    assert [each.meaning for each in made.others] == ["Quay", "National Security Adviser"]
    assert with_own("NSA", (), found) == found
    assert with_own("ZQX", own[:1], explain_word("ZQX"))[0].meaning == own[0].meaning


def test_signals_of_a_header_are_words_elsewhere() -> None:
    assert ("FM", "caption or signal") in explained("FM RUEHC", header=True)
    assert ("RUEHC", "route") in explained("FM RUEHC", header=True)
    assert explained("The FM said") == [("FM", "acronym")]


def test_the_country_of_a_cable_chooses_between_readings() -> None:
    assert [each.meaning for each in explanations_in("GOS", Around(("SP",)))] == [
        "Government of Spain"
    ]
    assert [each.meaning for each in explanations_in("GOS", Around(("SW",)))] == [
        "Government of Sweden"
    ]
    assert len(explanations_in("GOS")[0].others) == 3


def test_a_post_behind_the_tags_ends_their_line() -> None:
    text = "TAGS: PGOV, NI  LAGOS FOR AF/W; STATE ALSO FOR AF"
    kinds = dict(explained(text))
    assert kinds["PGOV"] == "TAG, subject"
    assert kinds["NI"] == "TAG, country"
    assert kinds["AF"] == "acronym"
    assert not {"LAGOS", "FOR", "STATE", "ALSO"} & kinds.keys()
    (bureau,) = (each for each in explanations_in(text) if each.term == "AF")
    assert bureau.meaning == "Bureau of African Affairs"


@pytest.mark.parametrize(
    ("tags", "cable", "kinds"),
    [
        (("NI",), "STATE FOR AF/W AND EB\n", ["acronym"]),
        (("NI",), "LAGOS FOR NEA, AF\n", ["acronym"]),
        (("NI",), "The TAG of the day.\n", ["TAG, country", "acronym"]),
        (("NI", "AF"), "STATE FOR AF/W\n", ["TAG, country", "acronym"]),
    ],
)
def test_a_bureau_is_no_country_where_posts_are_told_to_pass_it_on(
    tags: tuple[str, ...], cable: str, kinds: list[str]
) -> None:
    found = explain_word("AF", Around(tags, cable=cable))
    assert [each.kind for each in found] == kinds


def test_an_acronym_is_explained_by_its_cable() -> None:
    said = "The Herring Supply Council (HSC) met Shell MD Ann Tern."
    (council,) = explanations_in("What the HSC wants.", Around(cable=said))
    assert (council.meaning, council.evidence) == (
        "Herring Supply Council",
        "spelled out in this cable",
    )
    # Of a word alone the cable says what is around it.
    (office,) = explain_word("MD", Around(("NI",), cable=said))[-1:]
    assert (office.meaning, office.others) == ("Managing Director", ())


def test_dates_and_references_are_read() -> None:
    assert explanations_in("131457Z FEB 09")[0].meaning == "13 Feb 2009, 14:57 Universal Time (Z)"
    assert explanations_in("09CASABLANCA27")[0].meaning == (
        "cable number 27 of 2009 from Consulate Casablanca"
    )
    assert "unknown" in explanations_in("09ZENDA27")[0].meaning


def test_words_that_no_table_has_are_named_once() -> None:
    text = "The DCM met the ZQXW and the ZQXW again, which was long and dull."
    assert unknown(text, explanations_in(text)) == ("ZQXW",)
    assert unknown(text.upper(), explanations_in(text)) == ()


@pytest.mark.parametrize(
    ("word", "kinds"),
    [
        ("PREL", {"TAG, subject"}),
        ("prel,", {"TAG, subject"}),
        ("(SBU)", {"marking"}),
        ("RABAT", {"post"}),
        ("Embassy Rabat", {"post"}),
        ("CONFIDENTIAL//NOFORN", {"marking", "caption or signal"}),
        ("1.4 (b)", {"reason for classifying"}),
        ("RUEHC", {"route"}),
        ("sipdis", {"caption or signal"}),
        ("zqxw", {""}),
        ("[/x]", {""}),
    ],
)
def test_a_word_is_explained_or_said_to_be_unknown(word: str, kinds: set[str]) -> None:
    found = explain_word(word)
    assert {each.kind for each in found} == kinds
    assert all(bool(each.meaning) == bool(each.kind) for each in found)


def test_the_top_box_is_explained() -> None:
    made = whole()
    body = replace(made.body, captions=("SIPDIS", "HERRINGDIS"))
    facts = replace(made.facts, origin="Embassy Rabat")
    found = explain_cable(replace(made, facts=facts, body=body, tags=("PGOV", "QQQQ")))
    assert [each.kind for each in found] == [
        "classification", "post", "reference", "caption", "caption", "TAG, subject", "TAG",
    ]  # fmt: skip
    assert found[4] == Explanation("HERRINGDIS", "caption", "")
    assert found[6] == Explanation("QQQQ", "TAG", "")


@given(st.text(), st.lists(st.sampled_from(["TAGS: ", "1.4 (", "09", "RUE", "(C/", "Z ", TEXT])))
def test_any_text_is_explained_without_an_error(text: str, pieces: list[str]) -> None:
    whole_text = text.join([*pieces, text])
    for header in (False, True):
        terms = [each.term for each in explanations_in(whole_text, Around((), header))]
        assert len(terms) == len(set(terms))
    assert explain_word(whole_text)


OTTO = "frus1955-57v97#p_S2", "Sapt, Otto", "Guard"
EDITED = replace(
    SAID,
    people=(
        EditorsName("Sapt", "frus1955-57v97#p_S1", "Sapt, Rupert", "Envoy until 1957"),
        EditorsName("Sapt", *OTTO),
        EditorsName("Sapt", *OTTO),
        EditorsName("Rose", ""),
    ),
    terms=(
        EditorsTerm("Dulte", "telegrams from the Secretary", True),
        EditorsTerm("Frank", "Jutiapa", False),
        EditorsTerm("GOI", "Government of Ruritania", False),
        EditorsTerm("S/S of R", "Secretariat", False),
    ),
)
SAPT = "Sapt, Rupert, Envoy until 1957 | Sapt, Otto, Guard"
NOBODY = "a person not named by the editors"


@pytest.mark.parametrize(
    ("text", "term", "kind", "meanings", "evidence"),
    [
        ("With Sapt.", "Sapt", "person", SAPT, MARKED),
        ("With Rose.", "Rose", "person", NOBODY, ""),
        ("In Dulte 4.", "Dulte", "abbreviation", "telegrams from the Secretary", MARKED),
        ("The GOI said.", "GOI", "abbreviation", "Government of Ruritania", LISTED),
        ("By S/S of R.", "S/S of R", "abbreviation", "Secretariat", LISTED),
    ],
)
def test_what_editors_explain_comes_before_the_tables(
    text: str, term: str, kind: str, meanings: str, evidence: str
) -> None:
    around = Around(edition=EDITED)
    (found,) = explanations_in(text, around)
    assert (found.term, found.kind, found.evidence) == (term, kind, evidence)
    assert " | ".join((found.meaning, *(each.meaning for each in found.others))) == meanings
    assert explain_word(term, around) == (found,)


def test_a_listed_word_that_is_an_ordinary_one_is_explained_only_if_it_is_asked_for() -> None:
    around = Around(edition=EDITED)
    assert explanations_in("Frank said.", around) == ()
    assert explain_word("Frank", around)[0].meaning == "Jutiapa"


def test_the_top_box_of_a_document_names_its_people() -> None:
    cable = replace(telegram.parse(RAW), edition=EDITED)
    named = [each.term for each in explain_cable(cable) if each.kind == "person"]
    assert named == ["Sapt", "Rose"]
