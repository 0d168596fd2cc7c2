"""Words are found where the full-text index has its tokens, and folded as it folds them."""

from unicodedata import ucd_3_2_0

import pytest
import tantivy
from hypothesis import given
from hypothesis import strategies as st

from cable_tui import text
from cable_tui.text.folding import composed

ANALYSER = (
    tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    .filter(tantivy.Filter.lowercase())
    .filter(tantivy.Filter.ascii_fold())
    .build()
)


def indexed(line: str) -> list[str]:
    return ANALYSER.analyze(text.without_zeros(text.spaced(line)))


@pytest.mark.parametrize(
    ("word", "folded"),
    [
        ("KTIP", "ktip"),
        ("Málaga", "malaga"),
        ("Straße", "strasse"),
        ("Łódź", "lodz"),
        ("ﬁn", "fin"),
        ("ΣΑΣ", "σασ"),
        ("Sa\u0303o", "sao"),
        ("Franc\u0327ois", "francois"),
        ("\u1ebf e\u0302\u0301", "e e"),
        ("İZMİR", "izmir"),
        ("\u0439 \u0438\u0306", "\u0439 \u0439"),
        ("ÆON", "aeon"),
        ("", ""),
    ],
)
def test_case_and_accents_are_folded(word: str, folded: str) -> None:
    assert text.fold(word) == folded


def test_words_are_runs_of_letters_and_numbers() -> None:
    line = "Sarkozy,s &caudillo8 x_y 2.3"
    assert list(text.words(line)) == [
        (0, 7, "sarkozy"),
        (8, 9, "s"),
        (11, 20, "caudillo8"),
        (21, 22, "x"),
        (23, 24, "y"),
        (25, 26, "2"),
        (27, 28, "3"),
    ]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param("发言人 said", ["发", "言", "人", "said"], id="Chinese"),
        pytest.param("東京タワーの灯台", list("東京タワーの灯台"), id="Japanese"),
        pytest.param("2009年0027号", ["2009", "年", "27", "号"], id="numbers between signs"),
        pytest.param("F16战机", ["f16", "战", "机"], id="letters before signs"),
        pytest.param("กิน", ["ก", "\u0e34", "น"], id="Thai, its vowels too"),
        pytest.param("서울 등대", ["서울", "등대"], id="Korean has blanks"),
        pytest.param("маяк فنار φάρος", ["маяк", "فنار", "φάρος"], id="so have others"),
    ],
)
def test_a_script_without_blanks_has_a_word_for_each_sign(line: str, expected: list[str]) -> None:
    assert [word for _, _, word in text.words(line)] == expected == indexed(line)


def test_a_text_of_scripts_with_blanks_is_left_as_it_is() -> None:
    for line in ("plain", "Málaga “quoted” – 27", "маяк"):
        assert text.spaced(line) == line


def settled(letter: str) -> bool:
    """Whether a character is as old as Unicode 3.2: newer ones depend on Python's own tables."""
    return ucd_3_2_0.category(letter) != "Cn"


@given(st.text(st.characters().filter(settled)))
def test_words_are_the_tokens_of_the_index(line: str) -> None:
    clean = text.clean_text(line)
    assert [word for _, _, word in text.words(clean)] == indexed(clean)


def test_every_letter_is_folded_as_in_the_index() -> None:
    letters = (chr(point) for point in range(0x3000))
    differing = [
        letter
        for letter in letters
        if letter.isprintable()
        and settled(letter)
        and [word for _, _, word in text.words(letter)] != indexed(letter)
    ]
    assert differing == []


@given(st.text())
def test_the_places_of_words_are_true(line: str) -> None:
    for start, end, folded in text.words(line):
        assert text.fold(text.without_zeros(composed(line[start:end]))) == folded


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param("CASABLANCA 000027", ["casablanca", "27"], id="the number of a cable"),
        pytest.param("007", ["7"], id="zeros before a digit"),
        pytest.param("0 00 000", ["0", "0", "0"], id="nothing but zeros"),
        pytest.param("100 2010", ["100", "2010"], id="zeros that count"),
        pytest.param("09CASABLANCA27 0441457Z", ["09casablanca27", "0441457z"], id="no numbers"),
        pytest.param("09/11 1.04", ["9", "11", "1", "4"], id="numbers with marks between them"),
    ],
)
def test_a_number_is_a_word_without_its_leading_zeros(line: str, expected: list[str]) -> None:
    assert [word for _, _, word in text.words(line)] == expected


@given(st.text(st.sampled_from("00127aZ_ -é٠०ः\N{FULLWIDTH DIGIT ZERO}")))
def test_a_text_without_zeros_has_the_same_words(line: str) -> None:
    assert [word for _, _, word in text.words(text.without_zeros(line))] == [
        word for _, _, word in text.words(line)
    ]


@pytest.mark.parametrize(
    ("line", "letters", "pairs"),
    [
        ("The lamps of 007, a", {"t", "l", "o", "7", "a"}, {"th", "la", "of"}),
        ("Ærø 0", {"a", "0"}, {"ae"}),
        ("", set(), set()),
    ],
)
def test_words_begin_with_their_initials(line: str, letters: set[str], pairs: set[str]) -> None:
    assert text.initials(text.word_set(line)) == (letters, pairs)


@given(
    st.text(st.sampled_from("aI0é _\N{COMBINING ACUTE ACCENT}\u0345İи\u0306\u0915\u093c<\u0338"))
)
def test_letters_and_accents_in_any_order_are_the_words_of_the_index(line: str) -> None:
    assert [word for _, _, word in text.words(line)] == indexed(line)


def test_a_word_reaches_to_the_accent_behind_its_last_letter() -> None:
    assert list(text.words("a Sa\u0303 b")) == [(0, 1, "a"), (2, 5, "sa"), (6, 7, "b")]


@given(st.text(st.sampled_from("aZ09 _-'éÆ٠ﬁ\u0301İ\t\x1f\x7f")))
def test_initials_are_those_of_the_words(line: str) -> None:
    found = [word for _, _, word in text.words(line)]
    assert text.initials(text.word_set(line)) == (
        {word[0] for word in found},
        {word[:2] for word in found if len(word) > 1},
    )


@pytest.mark.parametrize(
    ("wanted", "line", "expected"),
    [
        ("tip st", "TIP story", True),
        ("story tip", "TIP story", True),
        ("ory", "TIP story", False),
        ("sao", "São Paulo", True),
        ("tip tip", "TIP story", True),
        ("", "TIP story", True),
        ("tip", "", False),
    ],
)
def test_each_word_begins_one(wanted: str, line: str, expected: bool) -> None:
    assert text.begins(text.folded_words(wanted), text.folded_words(line)) is expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Don't PAY 000027, 0 or 000", ("don", "t", "pay", "27", "0", "or", "0")),
        ("007a 1.05 snake_case", ("007a", "1", "5", "snake", "case")),
        ("Málaga 0007", ("malaga", "7")),
        ("", ()),
    ],
)
def test_words_are_folded_for_comparison(line: str, expected: tuple[str, ...]) -> None:
    assert text.folded_words(line) == expected
