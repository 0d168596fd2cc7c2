from __future__ import annotations

from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.base.cable import Reference
from cable_tui.telegram.body_labels import read
from cable_tui.telegram.references import parse
from cable_tui.telegram.references.parse import infer_year, of_last_year, ref_block, references
from tests.cases import case


def cited(text: str, year: int = 2009, own: str = "RABAT") -> list[str]:
    """Label, id or kind, and `?` where the year was inferred: `A 09RABAT27?`."""
    return [
        f"{one.label or ''} {one.reference_id or one.kind}{'?' * one.year_inferred}".strip()
        for one in references(text, (0, len(text)), year, own)
    ]


@pytest.mark.parametrize(
    ("text", "year", "reference_id", "inferred"),
    [
        case("year before", "08 CASABLANCA 0255", 2009, "08CASABLANCA255", False),
        case("year in full", "2008 CASABLANCA 255", 2009, "08CASABLANCA255", False),
        case("apostrophe", "'08 CASABLANCA 255", 2009, "08CASABLANCA255", False),
        case("glued", "08CASABLANCA255", 2009, "08CASABLANCA255", False),
        case("year in brackets", "CASABLANCA 0255 (08)", 2009, "08CASABLANCA255", False),
        case("year after a dash", "CASABLANCA 255-08", 2009, "08CASABLANCA255", False),
        case("year after", "CASABLANCA 0255 08", 2009, "08CASABLANCA255", False),
        case("year between", "STATE 04-123456", 2009, "04STATE123456", False),
        case("no year", "RABAT 0090", 2009, "09RABAT90", True),
        case("small letters", "Rabat 0090", 2009, "09RABAT90", True),
        case("no blank", "BELGRADE743", 2009, "09BELGRADE743", True),
        case("SECSTATE", "SECSTATE 127448", 2008, "08STATE127448", True),
        case("SECTSTATE", "SECTSTATE 127448", 2008, "08STATE127448", True),
        case("kind of post", "AMEMBASSY RABAT 90", 2009, "09RABAT90", True),
        case("number first", "377 KATHMANDU", 2002, "02KATHMANDU377", True),
        case("letter O", "LAGOS O1512", 2002, "02LAGOS1512", True),
        case("marking between", "KUWAIT (C)02293", 2003, "03KUWAIT2293", True),
        case("two words", "LA PAZ 2974", 2007, "07LAPAZ2974", True),
        case("over a line break", "LA\n PAZ 2974", 2007, "07LAPAZ2974", True),
        case("cut name", "RIO DE JAN 138", 2008, "08RIODEJANEIRO138", True),
        case("hyphens", "PORT-OF-SPAIN 3", 2006, "06PORTOFSPAIN3", True),
        case("a dot", "ST. PETERSBURG 7", 2006, "06STPETERSBURG7", True),
        case("an apostrophe", "N'DJAMENA 7", 2006, "06NDJAMENA7", True),
        case("edit distance, a swap", "CASABLNACA 7", 2006, "06CASABLANCA7", True),
        case("edit distance, a letter", "KATMANDU 7", 2006, "06KATHMANDU7", True),
        case("own post understood", "6307", 2003, "03RABAT6307", True),
        case("NOTAL dropped", "RABAT 12 (NOTAL)", 2009, "09RABAT12", True),
        case("PREVIOUS dropped", "RABAT 12 AND PREVIOUS", 2009, "09RABAT12", True),
        case("title dropped", "RABAT 12 (VISIT 5, DAY 2)", 2009, "09RABAT12", True),
        case("all in brackets", "(RABAT 12)", 2009, "09RABAT12", True),
        case("a date is no year", "RABAT 12, DATED 10/12/2008", 2009, "09RABAT12", True),
        case("year between brackets", "STATE (01) 201265", 2002, "01STATE201265", False),
        case("comma before the serial", "RABAT, 1228", 2008, "08RABAT1228", True),
        case("zero for a letter", "CASABL0NCA 34", 2008, "08CASABLANCA34", True),
        case("a year given first stands", "09 RABAT 12", 2000, "09RABAT12", False),
        case("own post and PREVIOUS", "6307 AND PREVIOUS", 2003, "03RABAT6307", True),
        case("number first, comma", "377 KATHMANDU,", 2002, "02KATHMANDU377", True),
        case("a year to come is none", "15 RABAT 12", 2009, "09RABAT12", True),
        # Issue 13, section 6.
        case("zero at the end of a post", "SANTIAG0 465", 2006, "06SANTIAGO465", True),
        case("zero behind a year", "05 SANTIAG0 465", 2006, "05SANTIAGO465", False),
        case("zero at its start", "0TTAWA 12", 2006, "06OTTAWA12", True),
        case("zero at its start and a year", "05 0TTAWA 12", 2006, "05OTTAWA12", False),
        case("zero behind one letter", "C0LOMBO 12", 2006, "06COLOMBO12", True),
        case("two zeros", "B0G0TA 12", 2006, "06BOGOTA12", True),
        case("two zeros side by side", "RANG00N 12", 2006, "06RANGOON12", True),
        case("letters at the end", "STATE 1129OO", 2006, "06STATE112900", True),
        case("letters that fill a number", "RABAT OOO35", 2006, "06RABAT35", True),
        case("letters for zeros", "2OO8 RABAT 1O4", 2009, "08RABAT104", False),
        case("a letter in the year", "O8 RABAT 2O", 2009, "08RABAT20", False),
        case("a figure too many", "094 RABAT 12", 2009, "09RABAT12", False),
        case("a figure too many, 1994", "094 RABAT 12", 1996, "94RABAT12", False),
        case("as posts shorten it", "07 BsAs 1892", 2008, "07BUENOSAIRES1892", False),
        case("no post has sent so many", "112981", 2008, "08STATE112981", True),
    ],
)
def test_one_cable_is_cited(text: str, year: int, reference_id: str, inferred: bool) -> None:
    """Years, lists, the own post and remarks, each as cables have them."""
    assert cited(text, year) == [f"{reference_id}{'?' * inferred}"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        case("on lines", "A. STATE 12\n\nB. TUNIS 13", "A 09STATE12?, B 09TUNIS13?"),
        case("a blank in a label", "(A) STATE 12\n(B )SAN JOSE 13", "A 09STATE12?, B 09SANJOSE13?"),
        case("a number glued to the next label", "A. STATE 12B.08 TUNIS 13",
             "A 09STATE12?, B 08TUNIS13"),
        case("a number glued to the next year", "LONDON 117008 TUNIS 13",
             "09LONDON1170?, 08TUNIS13"),
        case("with the site's marks", "¶A. STATE 12 ¶B. TUNIS 13", "A 09STATE12?, B 09TUNIS13?"),
        case("A)", "A) STATE 12, B) TUNIS 13", "A 09STATE12?, B 09TUNIS13?"),
        case("(A)", "(A) STATE 12 AND (B) 07 TUNIS 13", "A 09STATE12?, B 07TUNIS13"),
        case("a:", "a: STATE 12 b: TUNIS 13", "A 09STATE12?, B 09TUNIS13?"),
        case("doubled", "A. A) STATE 12\nB. (B) TUNIS 13\nC. REF C RABAT 5",
             "A 09STATE12?, B 09TUNIS13?, C 09RABAT5?"),
        case("no blank after the label", "A.STATE 12 B.TUNIS 13", "A 09STATE12?, B 09TUNIS13?"),
        case("AND", "BRASILIA 2799 AND 2764", "09BRASILIA2799?, 09BRASILIA2764?"),
        case("the year of the last", "COLOMBO CABLES 0266 AND 02259 (2002)",
             "09COLOMBO266?, 02COLOMBO2259"),
        case("a year before a list", "B. 07 TUNIS 44, 45 AND 46",
             "B 07TUNIS44, B 07TUNIS45, B 07TUNIS46"),
        case("a year between two cables is the second's", "TUNIS 1001 05 ALGIERS 44",
             "09TUNIS1001?, 05ALGIERS44"),
        case("colon and semicolon", "TUNIS 1091: TUNIS 263; STATE 1603",
             "09TUNIS1091?, 09TUNIS263?, 09STATE1603?"),
        case("own post", "A. 6307\nB. 6310 AND 6311",
             "A 09RABAT6307?, B 09RABAT6310?, B 09RABAT6311?"),
        case("page break inside", "A. TUNIS 12 RABAT 00000027  001.4 OF 003 AND 13",
             "A 09TUNIS12?, A 09TUNIS13?"),
        case("a remark behind a dash", "(A) STATE 12\n(B) TUNIS 13 - NOTAL",
             "A 09STATE12?, B 09TUNIS13?"),
        case("a label glued to a serial", "A. STATE 12B. TUNIS 13", "A 09STATE12?, B 09TUNIS13?"),
        case("paragraphs", "TUNIS 7 PARAS 1-4", "09TUNIS7?"),
        case("square brackets", "[A] STATE 12, 14 [B] TUNIS 13",
             "A 09STATE12?, A 09STATE14?, B 09TUNIS13?"),
        case("a dash behind the label", "A - TUNIS 13", "A 09TUNIS13?"),
        case("page break over blank lines",
             "A) TUNIS 12, B) STATE 13 RABAT 00000027 \n\n001.2 OF 003",
             "A 09TUNIS12?, B 09STATE13?"),
        case("the year of a title is no serial", "A. TUNIS 12\nB. LANTERNS IN TUNIS 2008",
             "A 09TUNIS12?, B other"),
        case("e-mail", "A. HENTZAU-TARLENHEIM E-MAIL 3/11\nB. TUNIS 13", "A email, B 09TUNIS13?"),
        case("telcon", "A. SAPT/TARLENHEIM TELCON 3/11", "A telephone"),
        case("IIR", "DAO RABAT IIR 6 832 0617 08", "report"),
        case("TD", "TD-314/12345-08", "report"),
        case("airgram", "A-62 APRIL 6, 1973 AND RABAT 39", "airgram, 09RABAT39?"),
        case("of a post", "STATE A-0226 OF DEC 4, 1978", "airgram"),
        case("without its hyphen", "STATE A4683 OF JUNE 10", "airgram"),
        case("airgram between", "RABAT 56; A-110; STATE 98", "09RABAT56?, airgram, 09STATE98?"),
        case("no list goes on behind an airgram", "STATE 26: A-62, 63", "09STATE26?, airgram"),
        case("a date before", "LETTER OF NOV. 19 AND RABAT 58", "09RABAT58?"),
        case("dates behind", "RABAT 58 OF NOV 19\nTUNIS 7 OF 12/8/08", "09RABAT58?, 08TUNIS7"),
        case("the year of a date is that of its own cable", "STATE 23 OF 11/30/73 STATE 24",
             "73STATE23, 09STATE24?"),
        case("a date alone", "MEMCON OF AUGUST 2, 2008", "other"),
        case("a page break", "A. TUNIS 12\n  SECRET\n\nPAGE 02  RABAT 00090\n\nB. STATE 1",
             "A 09TUNIS12?, B 09STATE1?"),
        case("FAM", "9 FAM 41.31", "other"),
        case("DTG", "SECDEF DTG261447ZNOV08", "other"),
        case("redacted", "XXXXXXXXXXXX 000004", "other"),
        case("no known station", "ZENDA 12", "other"),
        case("both", "A. STATE 12; SAPT EMAIL 3/11", "A 09STATE12?, A email"),
        case("a word for no cable holds up to the next comma",
             "SAPT E-MAIL 3/11, STATE 12 AND TARLENHEIM TELCON", "email, 09STATE12?"),
        case("without labels a line is an item", "SAPT E-MAIL 3/11\nSTATE 12", "email, 09STATE12?"),
        case("wrapped item", "A. SAPT E-MAIL ON\nTUNIS 2008", "A email"),
        case("a year is no serial", "2007", "other"),
        case("a year and others", "A. 2007 AND PREVIOUS", "A other"),
        case("none", "NONE", ""),
        case("not applicable", "N/A", ""),
        case("empty", "", ""),
    ],
)  # fmt: skip
def test_a_block_is_cut_into_its_items(text: str, expected: str) -> None:
    assert ", ".join(cited(text)) == expected


def test_spans_point_into_the_body() -> None:
    body = "REF: A. 08  TUNIS\n0044 (NOTAL) B. SAPT E-MAIL\n\n1. Text of 12 lines."
    block = body.index("A."), body.index("\n\n1.")

    found = references(body, block, 2009, "RABAT")

    assert [body[one.span[0] : one.span[1]] for one in found if one.span] == [
        "08  TUNIS\n0044",
        "SAPT E-MAIL",
    ]
    assert [one.text for one in found] == ["08 TUNIS 0044", "SAPT E-MAIL"]


@pytest.mark.parametrize(
    ("reference_id", "own", "expected"),
    [
        case("not yet reached", "09RABAT1159", "09RABAT28", "08RABAT1159"),
        case("an earlier one", "09RABAT27", "09RABAT28", "09RABAT27"),
        case("another post", "09TUNIS1159", "09RABAT28", "09TUNIS1159"),
        case("over the century", "00RABAT1159", "00RABAT28", "99RABAT1159"),
        case("no id of its own", "09RABAT1159", "06ASTANA", "09RABAT1159"),
        case("too many for January", "09STATE127215", "09RABAT28", "08STATE127215"),
        case("not too many for January", "09STATE12721", "09RABAT28", "09STATE12721"),
        case("no true month", "09STATE127215", "09RABAT9028", "09STATE127215"),
    ],
)
def test_no_cable_cites_what_was_not_reached_yet(
    reference_id: str, own: str, expected: str
) -> None:
    found = of_last_year(inferred(reference_id), own, f"{2000 + int(reference_id[:2])}-01-12")

    assert (found.reference_id, found.year_inferred) == (expected, True)


POSTS = "STATE SAN JOSE CASABLANCA CASA BLANCA MARSEILLE MAR SEILLE ZENDA LONDON CA".split()
NO_POSTS = "MAY REPORT TEL NO NUMBER AND OF A TD AIRGRAM AMEMBASSY PAGE NOWHERE".split()
ITEMS = st.tuples(
    st.sampled_from(["", " \n", "\u2003"]),
    st.sampled_from(["", "09 ", "2004 ", "1973 ", "99  ", "094 ", "9 ", "' "]),
    st.lists(st.sampled_from(POSTS) | st.sampled_from(NO_POSTS), max_size=3).map(" ".join),
    st.sampled_from(["", " ", "     "]),
    st.sampled_from(["1", "12", "0", "02004", "117007", "2008", "2000000", "12345678", ""]),
    st.sampled_from(["", " \n \n", ".", ", 13", " (08)"]),
).map("".join)


@given(ITEMS | st.text(), st.sampled_from([0, 1974, 2009]), st.sets(st.sampled_from(["ZENDA"])))
def test_a_post_and_a_number_are_read_as_among_other_things(
    text: str, year: int, learned: set[str]
) -> None:
    found = references(text, (0, len(text)), year, "RABAT", frozenset(learned))

    with patch.object(parse, "cable_alone", return_value=None):
        assert found == references(text, (0, len(text)), year, "RABAT", frozenset(learned))


def test_a_year_that_is_given_stands_though_its_own_post_is_not_so_far() -> None:
    given_year = Reference("A", "cable", "09RABAT99", year_inferred=False, text="09 RABAT 99")

    assert of_last_year(given_year, "09RABAT28", "2009-01-12") == given_year


def inferred(reference_id: str) -> Reference:
    return Reference(None, "cable", reference_id, year_inferred=True, text=reference_id)


@pytest.mark.parametrize(
    ("reference_id", "created", "held", "own", "year"),
    [
        case(
            "last year's is there",
            "08STATE170928",
            "2008-01-02",
            "07STATE170928 08STATE212",
            "",
            "07",
        ),
        case("more than a month can bring", "08STATE170928", "2008-01-02", "08STATE212", "", "07"),
        case("in May", "08STATE148514", "2008-05-13", "08STATE50000", "", "07"),
        case(
            "no cable cites a later one of its own post",
            "09RABAT431",
            "2009-01-24",
            "",
            "09RABAT45",
            "08",
        ),
        case(
            "an earlier one of its own post",
            "09RABAT15",
            "2009-01-24",
            "08RABAT15",
            "09RABAT45",
            "09",
        ),
        case("a thin archive proves nothing", "09TUNIS900", "2009-11-24", "09TUNIS848", "", "09"),
        case("this year's is there", "09TUNIS900", "2009-11-24", "08TUNIS900 09TUNIS900", "", "09"),
        case("over the century", "00TUNIS900", "2000-01-03", "99TUNIS900", "", "99"),
        case("June proves nothing", "04STATE232089", "2004-06-15", "", "", "04"),
        case("the year alone", "08STATE74879", "2008-01-01", "", "", "08"),
        case(
            "its own serial belies the month", "08STATE74879", "2008-01-12", "", "08TUNIS9000", "08"
        ),
        case("no date", "09TUNIS900", "", "08TUNIS900", "", "09"),
    ],
)
def test_a_serial_too_high_for_this_year_is_last_years(
    reference_id: str, created: str, held: str, own: str, year: str
) -> None:
    ids = held.split()

    def highest(station: str, year: int) -> int | None:
        start = f"{year % 100:02d}{station}"
        return max((int(one[len(start) :]) for one in ids if one.startswith(start)), default=None)

    found = infer_year(inferred(reference_id), created, highest, ids.__contains__, own)

    assert (found.reference_id, found.year_inferred) == (year + reference_id[2:], True)


def test_a_given_year_is_never_changed() -> None:
    given_year = Reference("A", "cable", "09TUNIS9999", year_inferred=False, text="09 TUNIS 9999")

    assert infer_year(given_year, "2009-01-01", lambda *_: 1, lambda _: True) == given_year


PIECES = st.sampled_from(
    ["A. ", "(B) ", "REF C ", "08 ", "STATE ", "LA PAZ ", "12", "0345", " AND ", ", ", "; ", "\n"]
)
MARKS = st.sampled_from(
    ["(NOTAL)", " - NOTAL", "(", "'", "-", "E-MAIL", "2007", "XXXXX", " OF ", "00000027", "[A] "]
)


@given(
    st.text() | st.lists(PIECES | MARKS).map("".join),
    st.integers(-5, 50),
    st.integers(-5, 50),
    st.sampled_from([0, 66, 1999, 2009]),
)
def test_any_block_is_read(body: str, start: int, length: int, year: int) -> None:
    span = max(start, 0), min(max(start, 0) + max(length, 0), len(body))

    for one in references(body, span, year, "RABAT"):
        assert one.span is not None
        assert span[0] <= one.span[0] <= one.span[1] <= span[1]
        assert one.text or one.kind != "cable"


HEAD = "TAGS: PREL\nSUBJECT: A PORT\n\n"


@pytest.mark.parametrize(
    ("text", "block"),
    [
        case("one", "REF: RABAT 90 \n\n1. (C) X", "RABAT 90"),
        case("gap", "REF: A. RABAT 1 \n\nB. STATE 2\n\n1. (C) X", "A. RABAT 1 \n\nB. STATE 2"),
        case("below", "REFS:\n(A) RABAT 1\n(B) STATE 2\n\nX", "(A) RABAT 1\n(B) STATE 2"),
        case("label", "REFTEL: RABAT 1\nClassified By: X", "RABAT 1"),
        case("stop-and-colon", "REF.: RABAT 1\n\nX", "RABAT 1"),
        case("no-colon-no-letter", "REF RABAT 01170\n\nX", "RABAT 01170"),
        case("letter-and-year", "REF A) 07 Rabat 780\n\nX", "A) 07 Rabat 780"),
        case("blank-in-a-label", "REF: (A) RABAT 1\n(C )SAN JOSE 789\n(D) TUNIS 2\n\nX",
             "(A) RABAT 1\n(C )SAN JOSE 789\n(D) TUNIS 2"),
        case("two-refs", "REF A. RABAT 1\nREF B. TUNIS 2\n\nX", "A. RABAT 1\nREF B. TUNIS 2"),
        case("glued-end", "REF: RABAT 1 Classified By: X", "RABAT 1"),
        case("no-colon", "REF A. RABAT 1\n\n1. (C) X", "A. RABAT 1"),
        case("prose", "REF: RABAT 1\nSensitive but unclassified - not for the web.", "RABAT 1"),
        case("rule", "REF: RABAT 1\n-------\nSUMMARY\n", "RABAT 1"),
        case("station-cut-by-a-blank-line",
             "REF: A) RABAT 1, B) RIO \n \nDE JANEIRO 12\n\n1. (C) X",
             "A) RABAT 1, B) RIO \n \nDE JANEIRO 12"),
        case("label-cut-off-by-a-blank-line", "REF: A) RABAT 1, B) \n\nTUNIS 2\n\n1. (C) X",
             "A) RABAT 1, B) \n\nTUNIS 2"),
        case("dash-before-the-label", "REFS: (A) RABAT 1 \n \n-    (B) TUNIS 2\n\nX",
             "(A) RABAT 1 \n \n-    (B) TUNIS 2"),
        case("prose-behind", "REF: RABAT 1\n\nBy 12 noon all was over.", "RABAT 1"),
        case("plural-in-brackets", "Ref(s): A) RABAT 1\n\nX", "A) RABAT 1"),
        case("page-break-between-blank-lines-8.13",
             "REF: RABAT 1\n\nRABAT 00000027  001.2 OF 003\n\n\nRABAT 2\n\nX",
             "RABAT 1\n\nRABAT 00000027  001.2 OF 003\n\n\nRABAT 2"),
        case("text-on-the-same-line",
             "REF: RABAT 90 As requested in reftel, contacts for the harbor are Ada Pelham and "
             + "the keepers of the lamps, who can be reached by day and by night, " * 3,
             "RABAT 90"),
        case("in-a-paragraph", "1. (C) As Ref: said.", None),
    ],
)  # fmt: skip
def test_the_block_is_located(text: str, block: str | None) -> None:
    body = HEAD + text
    span = ref_block(read(body))

    assert (body[span[0] : span[1]].strip() if span else None) == block


def test_where_a_copy_lost_its_blank_lines_a_sentence_in_capitals_is_no_reference() -> None:
    body = (
        "UNCLAS RABAT 12\nSUBJ: A PORT\nREF: TUNIS 1\nTHE KEEPERS OF THIS PORT MET AGAIN.\nPELHAM"
    )
    span = ref_block(read(body))
    assert span
    assert body[slice(*span)].strip() == "TUNIS 1"


@given(st.text(max_size=300))
def test_any_block_lies_in_its_text(text: str) -> None:
    body = HEAD + "REF: " + text
    span = ref_block(read(body))

    assert span is None or 0 <= span[0] < span[1] <= len(body)
