"""Citations in running text; all texts are written for it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.telegram.ids import IdParts
from cable_tui.telegram.references.in_text import in_text

OWN = IdParts(2006, "PODGORICA", 27)
NOBODY: frozenset[str] = frozenset()


def _found(text: str, learned: frozenset[str] = NOBODY) -> list[str]:
    """IDs, with a question mark where the year is inferred."""
    return [
        f"{each.reference_id}{'?' if each.year_inferred else ''}"
        for each in in_text(text, (0, 0), 2006, OWN, learned)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # A year before the post, or behind the number.
        ("The mill closed (05 Mexico 3721).", "05MEXICO3721"),
        ("as 05 Mexico 3721 said", "05MEXICO3721"),
        ("in '98 Mexico 3721.", "98MEXICO3721"),
        ("(2005 Mexico 3721)", "05MEXICO3721"),
        ("(Mexico 3721 (05))", "05MEXICO3721"),
        ("see 05MEXICO3721 and 05secstate1234.", "05MEXICO3721 05STATE1234"),
        # In brackets, with numbers that go on.
        ("the price rose (Mexico 3721).", "06MEXICO3721?"),
        ("the price rose (Mexico \n\n3721), twice", "06MEXICO3721?"),
        (
            "(Mexico 443, 2042, 2097 and 05 Mexico 4186)",
            "06MEXICO443? 06MEXICO2042? 06MEXICO2097? 05MEXICO4186",
        ),
        ("(05 Mexico 6966, 5852)", "05MEXICO6966 05MEXICO5852"),
        ("(see Rio de Janeiro 45; Sao Paulo 12)", "06RIODEJANEIRO45? 06SAOPAULO12?"),
        ("(The Hague 596 -- the ferry)", "06THEHAGUE596?"),
        ("[Port-au-Prince 99]", "06PORTAUPRINCE99?"),
        # A word that says what follows.
        ("(Ref BsAs 288) to build", "06BUENOSAIRES288?"),
        ("As septel Berlin 1045 reports", "06BERLIN1045?"),
        ("This corrected cable replaces WARSAW 01071.", "06WARSAW1071?"),
        ("our cable Madrid 84 says", "06MADRID84?"),
        ("For more see Berlin 1045.", "06BERLIN1045?"),
        ("See Lima 885 \n3. (C) The next paragraph", "06LIMA885?"),
        ("See Lima 879 XXXXXXXXXXXX", "06LIMA879?"),
        ("per reftel (Khartoum 00378) they sailed", "06KHARTOUM378?"),
        ("Note [1] Ref A (05 Paris 5459 -- ferries)", "05PARIS5459"),
        # `cable` between the post and the number, and the day of it behind.
        ("as outlined in State cable 54321.", "06STATE54321?"),
        ("as outlined in State cable 54321, dated 2 March 2004.", "04STATE54321"),
        ("State's cable 54321 of March 2, 2004, asked", "04STATE54321"),
        ("Embassy Mexico telegram number 3721 said", "06MEXICO3721?"),
        ("STATE MESSAGE 054321 ASKED", "06STATE54321?"),
        ("(05 Mexico cable 3721)", "05MEXICO3721"),
        ("(2004 USUN 2932)", "04USUNNEWYORK2932"),
        ("2004 USUN 2932 reported that", "04USUNNEWYORK2932"),
        ("as planned in 2004 USUN 2932 (Notal).", "04USUNNEWYORK2932"),
        # In a sentence that says what the cable does, or where it was said.
        ("Jakarta 4212 reported that lamps burn.", "06JAKARTA4212?"),
        ("As Jakarta 4212 noted, lamps burn.", "06JAKARTA4212?"),
        ("Jakarta 4212 describes the lamps.", "06JAKARTA4212?"),
        ("We gave the price in Jakarta 4212.", "06JAKARTA4212?"),
        ("In Jakarta 4212, we gave the price.", "06JAKARTA4212?"),
        ("the price in our Jakarta 4212 (notal).", "06JAKARTA4212?"),
        ("the points of Jakarta 4212 and Lima 330.", "06JAKARTA4212? 06LIMA330?"),
        # The form alone: zeros, the Department's long numbers, a post in capitals.
        ("They read Warsaw 01071 aloud.", "06WARSAW1071?"),
        ("IN LINE WITH STATE 106206 WE ASKED", "06STATE106206?"),
        ("the demarche in SECSTATE 54321 was made", "06STATE54321?"),
        ("we said in MEXICO 3721 that", "06MEXICO3721?"),
    ],
)
def test_a_number_of_a_cable_is_found(text: str, expected: str) -> None:
    assert " ".join(_found(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "He flew on Pan Am 103 and then on Air Tunis 712.",
        "the games of London 2012, (Athens 2004) and (Mexico 1968)",
        "In Madrid 45 percent said no; in Cairo 300 people did.",
        "In Jakarta 4212 people left, and 4213 men of Jakarta.",
        "In Jakarta, 4212 lamps burn.",
        "The bus Jakarta 4212 left; the lamps of Jakarta 4212 years ago.",
        "Jakarta 421 reported gains.",
        "cable 54321 from State",
        "the State Cable company sold 54321 lamps",
        "the price in Jakarta 1999.",
        "(London 50 pence per day)",
        "ratified by Panama (1973), Mexico (1995)",
        "exports to Brazil (890,000 tons) and Mexico 3.5 million",
        "Geneva 2.5 and Vienna 14:30",
        "UNSCR 1874, Law 7727, Article 98 and Paragraph 14",
        "USD 450 in March 2005, on May 12",
        "PODGORICA 00000027 002 OF 003",
        "LONDON 00000339 002 OF 003",
        "C O N F I D E N T I A L SECTION 01 OF 02 MOSCOW 002237",
        "UNCLAS MONTEVIDEO 000034",
        "RUEHC/SECSTATE WASHDC 7564",
        "RUEHLO/AMEMBASSY LONDON 1234",
        "8/1/2008 12:18 08MOSCOW2237 Embassy Moscow",
        "a meeting in Havana.\n5. (C) Did the host country",
        "33 Liberty Street, (New York 10045)",
        "the casa (CASA 212) took off",
        "Phone London 02071234567 or London 0207 123 4567",
        "They left Kabul 0930 and came to Dubai 1145.",
        "the (Zenda 27) of a post that nobody knows",
        "(Mexico 99999)",
        "SECSTATE 1274...",
        "Belgrade, 28 January 2010",
        "the State 300 miles away",
        "REF: LIMA 1234\nthe head of another cable",
        "our 305 and embtel 305",
        "(BA 45), (Lima 5)",
        "Mexico 27th and Lima 5-6",
    ],
)
def test_what_only_looks_like_one_is_left_alone(text: str) -> None:
    assert _found(text) == []


def test_a_post_that_the_archive_knows_is_one() -> None:
    assert _found("(Zenda 27) and 05ZENDA28", frozenset({"ZENDA"})) == ["06ZENDA27?", "05ZENDA28"]


def test_the_ref_lines_are_left_to_their_own_reading() -> None:
    text = "REF: (Mexico 3721)\n\n1. (C) So (Mexico 3722).\n"
    found = in_text(text, (0, 19), 2006, OWN, NOBODY)
    assert [each.reference_id for each in found] == ["06MEXICO3722"]


def test_each_place_is_said_with_its_words_and_how_sure_it_is() -> None:
    text = "So (05 Mexico\n3721; Lima 12)."
    first, second = in_text(text, (0, 0), 2006, OWN, NOBODY)
    assert (first.text, first.how) == ("05 Mexico 3721", "text")
    assert (second.text, second.how) == ("Lima 12", "text, year inferred")
    assert text[slice(*(first.span or (0, 0)))] == "05 Mexico\n3721"


def test_ids_between_bars_are_of_a_list() -> None:
    found = in_text("CONFIDENTIAL 05MEXICO1|05MEXICO2|05LIMA3\nVZCZC", (0, 0), 2006, OWN, NOBODY)
    assert {each.source for each in found} == {"list"}
    assert len(found) == 3


@given(st.text(st.sampled_from("MEXICO Lima05 1234(),.;-#\n REF see"), max_size=120))
def test_any_text_is_read_and_what_is_found_stands_in_it_in_order(text: str) -> None:
    spans = [each.span or (0, 0) for each in in_text(text, (0, 0), 2006, OWN, NOBODY)]
    assert spans == sorted(spans)
    assert all(0 <= start < end <= len(text) for start, end in spans)
