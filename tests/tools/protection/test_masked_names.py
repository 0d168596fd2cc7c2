"""Names in all forms, and nothing else: in texts of cables, in a reader's words, in paths."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.tools.protection.masked_names import LONGEST_NAME, MaskedNames

ADA = MaskedNames(["Ada Pelham"])
MASK = "[name masked]"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Ada Pelham spoke.", "# spoke."),
        ("Pelham's lamp, Pelham’s, the Pelhams'", "#'s lamp, #’s, the #s'"),
        ("the Pelhams", "the #s"),
        ("ADA PELHAM AND PELHAM'S", "# AND #'S"),
        ("Ada\nPelham spoke", "# spoke"),
        ("Ada\r\nPelham spoke", "# spoke"),
        ("met Pel-\nham there", "met # there"),
        ("met Pel\nham there", "met # there"),
        ("met Pel- \n   ham's there", "met # there"),
        ("Ádà Pélhäm", "#"),
        ("A\u0301da Pe\u0301lham", "#"),
        ("A. Pelham, A.B. Pelham", "#, #"),
        ("PELHAM, ADA and Pelham, A.", "# and #."),
        ("Pelham, Ivo and Mr. Pelham", "#, Ivo and Mr. #"),
        ("Ada said. Dr. Ada went", "# said. Dr. # went"),
        ("AdaPelham", "#"),
        ("Ada-Pelham_1", "#_1"),
        ("a pelham bit, Pelhamite, Up-ham, Adam", "a pelham bit, Pelhamite, Up-ham, Adam"),
        ("Ada Tern and Ivo Ada left", "Ada Tern and Ivo Ada left"),
        ("Write to ada.pelham@example.org now", "Write to #.#@example.org now"),
        (
            "see http://example.org/~pelham/lamps and a pelham",
            "see http://example.org/~#/lamps and a pelham",
        ),
        ("P E L H A M and A D A  P-E-L-H-A-M, a b c d", "# and #, a b c d"),
        ("Dr. Ada Tern, DR. ADA TERN, DR. ADA SAID", "Dr. Ada Tern, DR. ADA TERN, DR. # SAID"),
        ("", ""),
    ],
)
def test_a_name_is_masked_in_all_its_forms(text: str, shown: str) -> None:
    assert ADA.masked(text) == shown.replace("#", MASK)


@pytest.mark.parametrize(
    "line",
    [
        "RABAT 00000027  002 OF 003",
        "PAGE 02        RABAT  06677  01 OF 03  291400Z",
    ],
)
def test_a_page_line_within_a_name_stays_and_the_name_does_not(line: str) -> None:
    for whole in ("Ada#Pelham", "Ada Pel-#ham", "Ada Pel#ham"):
        masked = ADA.masked(f"met {whole.replace('#', f'{chr(10) * 2}{line}{chr(10) * 2}')} there")
        assert "Ada" not in masked
        assert "ham" not in masked
        assert line in masked


@pytest.mark.parametrize(
    "page",
    [
        "RABAT 00000027  002 OF 002",
        "CONFIDENTIAL\n\nPAGE 01        RABAT  00027  02 OF 02  291400Z",
    ],
)
def test_a_name_is_masked_in_the_head_and_in_one_that_a_section_repeats(page: str) -> None:
    head = (
        "C O N F I D E N T I A L SECTION 0{n} OF 02 RABAT 000027\n\nSIPDIS\n\n"
        "E.O. 12958: DECL: 02/12/2019\nTAGS: PGOV, PELHAM, ADA\nSUBJECT: ADA PELHAM ON LAMPS\n"
        "REF: PELHAM'S LETTER\n\n"
    )
    text = (
        f"{head.format(n=1)}Classified By: Ambassador Ada Pelham for reasons 1.4 (b), (d).\n\n"
        f"1. (C) Pelham said.\n\n{page}\n\n{head.format(n=2)}2. (C) Pelham."
    )
    masked = ADA.masked(text)
    assert "pelham" not in masked.lower()
    assert page in masked


@pytest.mark.parametrize(
    ("name", "text", "shown"),
    [
        # articles, with the hyphen, without it, and left out
        ("Sabir el-Quaymi", "al-Quaymi, Quaymi, EL QUAYMI, Alquaymi", "#, #, #, #"),
        ("Quaymi", "Sabir el-Quaymi", "Sabir el-#"),
        # a double last name, and each part of it with a title or alone
        ("Ines Soto García", "Soto said, Garcia said, SOTO GARCIA", "# said, # said, #"),
        ("Ines Soto-García", "Mr. Soto and García, Soto-\nGarcia", "Mr. # and #, #"),
        ("Kim Dae-jung", "Daejung, Dae-Jung, Mr. Kim", "#, #, Mr. #"),
        ("Ivo O'Malley", "O’Malley, OMALLEY, O'Malley's", "#, #, #'s"),
        ("Ivo Müller", "Mueller, Muller, the MÜLLERS", "#, #, the #S"),
        ("Ivo Mueller", "Müller", "#"),
        ("PELHAM, ADA", "Ada Pelham", "#"),
        ("Ada Pelham, Jr.", "Pelham Jr. and Pelham", "#. and #"),
        ("van der Tern", "Ivo van der Tern", "Ivo #"),
        ("Ibn\nQuaymi", "Ibn Quaymi", "#"),
        # the text has it in small letters
        ("pelham", "pelham and Pelham", "# and #"),
        # words that are seldom a name: only beside the rest of it, or behind a title
        ("Rose May", "In May we met Rose May. May said", "In May we met #. # said"),
        ("Rose May", "Minister May, R. May, May's, May 5", "Minister #, #, #'s, May 5"),
        ("Li An", "An officer, LI AN", "An officer, #"),
        ("Li", "Li left", "# left"),
        # a phrase
        ("the keeper of lamps", "The keeper\nof lamps; a keeper", "#; a keeper"),
        # scripts without capitals, and without blanks
        ("قيس", "قال قيس اليوم", "قال # اليوم"),
        ("王小明", "我们见了王小明先生", "我们见了#先生"),
    ],
)
def test_names_of_many_kinds(name: str, text: str, shown: str) -> None:
    assert MaskedNames([name]).masked(text) == shown.replace("#", MASK)


def test_another_spelling_of_a_name_has_its_given_names() -> None:
    names = MaskedNames(["Shawn Marrack", "Marrick", "Tern"])
    assert names.masked("Amcit Shawn Marrick met Ivo Tern") == f"Amcit {MASK} met Ivo {MASK}"


def test_a_surname_is_masked_in_every_text_and_its_doubtful_places_are_known() -> None:
    elsewhere = MaskedNames(["Ada Brown"]).within(())
    for text, shown, doubts in (
        ("Ada Brown and Mr. Brown and Brown's boat", "# and Mr. # and #'s boat", 0),
        ("Brown saw brown ropes", "# saw brown ropes", 1),
        ("Ivo Brown said; Ada said", "Ivo # said; Ada said", 1),
        ("Dr. Ada said; Dr. Ada Tern", "Dr. Ada said; Dr. Ada Tern", 0),
        ("MINISTER BROWN SAID", "MINISTER # SAID", 0),
    ):
        assert elsewhere.masked(text) == shown.replace("#", MASK)
        assert len(elsewhere.doubtful(text)) == doubts


def test_a_doubtful_place_stays_if_a_reader_keeps_it_and_no_other_place_does() -> None:
    kept = MaskedNames(["Omar Islam"]).within((), kept=["Omar Islam"])
    text = "the laws of Islam, said Omar Islam and Mr. Islam"
    assert kept.masked(text) == f"the laws of Islam, said {MASK} and Mr. {MASK}"
    assert MaskedNames(["Omar Islam"]).within(()).masked("laws of Islam") == f"laws of {MASK}"


def test_a_name_never_touches_another_that_begins_like_it() -> None:
    burn = MaskedNames(["Burn"])
    text = "Burns said, Burns' and BURNS; Burn's, Burn. The Burnside road."
    assert burn.masked(text) == (
        f"Burns said, Burns' and BURNS; {MASK}'s, {MASK}. The Burnside road."
    )
    assert burn.derived(text) == ["Burns", "Burns", "BURNS", "Burnside"]


def test_words_made_of_a_name_are_known_and_not_masked() -> None:
    text = "The Pelhamites cheered Pelham. A pelhamite, Pelhamism."
    assert ADA.masked(text) == f"The Pelhamites cheered {MASK}. A pelhamite, Pelhamism."
    assert ADA.derived(text) == ["Pelhamites", "Pelhamism"]


@pytest.mark.parametrize("text", ["May 27", "27 May 2009", "in May, 2009"])
def test_a_month_beside_a_number_is_no_name(text: str) -> None:
    assert MaskedNames(["Rose May"]).masked(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("ada pelham, pELHAM or the pelhams", "#, # or the #s"),
        ("brown? pelham it is; ADA.PELHAM@EXAMPLE.ORG", "brown? # it is; #.#@EXAMPLE.ORG"),
        ('from:pelham "ada pelham"~3 -pelham', 'from:# "#"~3 -#'),
        ("pelh* OR pelhan~ OR pe* OR palm~", "#* OR #~ OR pe* OR palm~"),
        ("AdaPelhamNotes", "#"),
        ("adamant", "adamant"),
    ],
)
def test_a_reader_writes_names_in_any_letters(text: str, shown: str) -> None:
    assert ADA.masked_as_typed(text) == shown.replace("#", MASK)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ('"o marrowby" OR "o mar"* OR omarr*', '"#" OR "o #"* OR #*'),
        ("sha ban, Sha'ban, SHABAN", "#, #, #"),
    ],
)
def test_a_query_has_no_apostrophes(text: str, shown: str) -> None:
    names = MaskedNames(["Ivo O'Marrowby", "Sha'ban"])
    assert names.masked_as_typed(text) == shown.replace("#", MASK)


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("cable/pelham.html", "cable/#.html"),
        ("a/adapelham2.html", "a/#2.html"),
        ("a/Ada_Pelham-1.pdf", "a/#_#-1.pdf"),
        ("https://example.org/ada-pelham/", "https://example.org/#/"),
        ("cable/2009/02/09RABAT27.html", "cable/2009/02/09RABAT27.html"),
    ],
)
def test_a_path_has_names_inside_of_its_words(path: str, shown: str) -> None:
    assert ADA.masked_in_path(path) == shown.replace("#", MASK)


def test_without_names_nothing_is_masked() -> None:
    assert MaskedNames().masked("Ada Pelham") == "Ada Pelham"
    assert MaskedNames().masked_as_typed("ada") == "ada"
    assert MaskedNames(["", " ", "X", "-"]).masked("Ada X - y") == "Ada X - y"


@given(st.text("Ada Pelhm'-.,\n", max_size=80), st.booleans())
def test_spans_are_in_order_within_the_text_and_short(text: str, typed: bool) -> None:
    last = 0
    for start, end in ADA.spans(text, typed=typed):
        assert last <= start < end <= len(text)
        assert end - start <= LONGEST_NAME
        last = end


@given(st.text(max_size=80), st.text(max_size=20))
def test_any_name_and_any_text_are_answered(text: str, name: str) -> None:
    for masked in (MaskedNames([name]).masked, MaskedNames([name]).masked_in_path):
        assert isinstance(masked(text), str)


@given(st.lists(st.sampled_from(["Ada Pelham", "PELHAM", "Pelham's", "tern", "A."]), max_size=9))
def test_no_last_name_with_a_capital_stays(words: list[str]) -> None:
    assert "pelham" not in ADA.masked(" ".join(words)).lower()


def test_the_head_of_a_cable_is_searched_too() -> None:
    """A SUBJECT above `Classified By` named the person in capitals, in citations as well."""
    body = (
        "TAGS: PREL\nSUBJECT: FORMER PRESIDENT PELHAM ON THE HARBOUR\n \n"
        "Classified By: Ambassador Bo Rask for reasons 1.4 (b) and (d).\n \n"
        "1. (C) Ada Pelham (strictly protect) came for coffee.\n"
    )
    assert "pelham" not in MaskedNames(["Ada Pelham"]).masked(body).lower()
