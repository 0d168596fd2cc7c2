"""Quotations: marks of many languages, nested, unclosed, over paragraphs, set apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.formats.office.blocks import TextBlock
from cable_tui.tools.drafts import markdown
from cable_tui.tools.drafts.quotations import Passage, passages, quotations
from tests.cases import case

FIVE = "one two three four five"


def found(*texts: str) -> list[tuple[str, bool]]:
    blocks = [TextBlock(text, at) for at, text in enumerate(texts, 1)]
    return [(each.text(blocks), each.is_closed) for each in quotations(blocks).long_enough]


@pytest.mark.parametrize(
    "text",
    [
        f'He said "{FIVE}" twice.',
        f"He said “{FIVE}” twice.",
        f"Er sagte: „{FIVE}“ und ging.",
        f"Er sagte: »{FIVE}« und ging.",
        f"Il dit « {FIVE} » et partit.",
        f"Il dit ‹{FIVE}› et partit.",
        f"Han sade: ”{FIVE}” och gick.",
        f"Powiedział „{FIVE}” i wyszedł.",
        f"彼は「{FIVE}」と",
        f"He said ‘{FIVE}’ twice.",
        f"He said '{FIVE}' twice; it isn't so.",
        f"He said ``{FIVE}'' twice.",
        f"(“{FIVE}”)",
        f'5" guns, and he said "{FIVE}".',
        # The blanks of French, which do not break.
        f"Il dit\u00a0: «\u00a0{FIVE}\u00a0» et partit.",
        f"Il dit «\u202f{FIVE}\u202f».",
        f"Il dit qu’«{FIVE}» et partit.",
        f"Hän sanoi »{FIVE}» ja lähti.",
        # What programs make of marks that are typed in haste.
        f"He said “{FIVE}“ twice.",
        f'He said “{FIVE}" twice.',
        f'He said "{FIVE}” twice.',
        f'Er sagte: „{FIVE}" und ging.',
        f"He said,“{FIVE}” twice.",
        f"Er sagte:„{FIVE}“ und ging.",
        f"He said—“{FIVE}”—twice.",
    ],
)
def test_marks_of_many_languages(text: str) -> None:
    assert [(each.strip(), closed) for each, closed in found(text)] == [(FIVE, True)]


@pytest.mark.parametrize(
    "text",
    [
        "He said “one two three four” only.",
        "The ministers' offices and the boys' school weren't there in the '80s or so.",
        "It’s theirs, isn’t it, and the ministers’ offices were o’er the hill and far.",
        "Nothing is quoted here at all, in no way.",
    ],
)
def test_what_is_none(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (f"He said “they told us ‘{FIVE}’ and left”.", f"they told us ‘{FIVE}’ and left"),
        (f'He said “they told us "{FIVE}" and left”.', f'they told us "{FIVE}" and left'),
        (f'Er sagte: „sie sagten "{FIVE}" dort“.', f'sie sagten "{FIVE}" dort'),
        (f"Er sagte: »sie sagten ›{FIVE}‹ dort«.", f"sie sagten ›{FIVE}‹ dort"),
        (f"Il dit « qu’ils ont dit “{FIVE}” ici ».", f"qu’ils ont dit “{FIVE}” ici"),
        (f'He said "they told us "{FIVE}" and left".', f'they told us "{FIVE}" and left'),
        # An apostrophe is no end.
        (
            "He said ‘the ministers’ offices weren’t cold’ and left.",
            "the ministers’ offices weren’t cold",
        ),
    ],
)
def test_what_is_quoted_within_belongs_to_it(text: str, wanted: str) -> None:
    assert found(text) == [(wanted, True)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (f'“{FIVE} 5" pipe” and more', [f'{FIVE} 5" pipe']),
        (f'„{FIVE} 5" Rohr“ und mehr', [f'{FIVE} 5" Rohr']),
        (f'"{FIVE} 5” pipe" and more', [f"{FIVE} 5” pipe"]),
        (f'“{FIVE}" and “six {FIVE}"', [FIVE, f"six {FIVE}"]),
        (f'"{FIVE}” and "six {FIVE}”', [FIVE, f"six {FIVE}"]),
        (f'“{FIVE}" and “six {FIVE}”', [FIVE, f"six {FIVE}"]),
    ],
)
def test_a_mark_of_another_kind_closes_where_the_right_one_is_missing(
    text: str, wanted: list[str]
) -> None:
    assert found(text) == [(each, True) for each in wanted]


@pytest.mark.parametrize(
    ("texts", "wanted"),
    [
        case(
            "paragraphs that repeat the mark",
            [f"He wrote: “{FIVE}", f"“six {FIVE}", f"“end {FIVE}” (09RABAT12).", "More."],
            [(f"{FIVE}\n\nsix {FIVE}\n\nend {FIVE}", True)],
        ),
        case(
            "paragraphs that do not",
            [f"“{FIVE}", f"and {FIVE}” so."],
            [(f"{FIVE}\n\nand {FIVE}", True)],
        ),
        case(
            "another mark at the next paragraph begins another one",
            [f"He wrote: “{FIVE}", f'"six {FIVE}" there.'],
            [(FIVE, False), (f"six {FIVE}", True)],
        ),
        case(
            "one that is never closed hides no other",
            [f"“{FIVE} and on. He said “six {FIVE}” there."],
            [(f"{FIVE} and on. He said", False), (f"six {FIVE}", True)],
        ),
        case(
            "nor one in a later paragraph",
            [f"“{FIVE} and on", "Another paragraph without marks.", f"“{FIVE}”"],
            [(f"{FIVE} and on", False), (FIVE, True)],
        ),
    ],
)
def test_a_quotation_runs_over_paragraphs(texts: list[str], wanted: list[tuple[str, bool]]) -> None:
    assert found(*texts) == wanted


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (f"Il écrit : « {FIVE}", f"« six {FIVE} » ici."),
        (f"Il écrit : « {FIVE}", f"» six {FIVE} » ici."),
        (f"Er schrieb: „{FIVE}", f"„six {FIVE}“ dort."),
        (f'He wrote: "{FIVE}', f'"six {FIVE}" there.'),
    ],
)
def test_a_quotation_runs_over_paragraphs_in_many_languages(first: str, second: str) -> None:
    ((text, is_closed),) = found(first, second)
    assert (text.split(), is_closed) == (f"{FIVE} six {FIVE}".split(), True)


def test_a_paragraph_of_marks_that_are_never_closed_is_given_up() -> None:
    marks = found(f"“{FIVE} " * 40)
    assert len(marks) == 13
    assert marks[-1][0].count(FIVE) == 28


def test_blocks_set_apart_are_one_quotation_without_their_source() -> None:
    draft = markdown.read(f"They wrote:\n\n> {FIVE}\n>\n> six {FIVE}\n— 09RABAT12, ¶3\n\nThen.")
    assert [each.text(draft.blocks) for each in quotations(draft.blocks).long_enough] == [
        f"{FIVE}\n\nsix {FIVE}"
    ]


@given(st.text("“”\"'‘’«»„ ab.\n[]`", max_size=200))
def test_any_row_of_marks_is_read(text: str) -> None:
    blocks = [TextBlock(each, at) for at, each in enumerate(text.split("\n"), 1)]
    for each in quotations(blocks).long_enough:
        for piece in each.pieces:
            assert 0 <= piece.start <= piece.end <= len(blocks[piece.block].text)


def parts(passage: Passage) -> list[str]:
    return [" ".join(each.keys) for each in passage.segments]


@pytest.mark.parametrize(
    ("text", "wanted", "gaps"),
    [
        ("one two", ["one two"], []),
        ("", [], []),
        # Ellipses as style books have them.
        ("one ... two", ["one", "two"], ["ellipsis"]),
        ("one . . . two", ["one", "two"], ["ellipsis"]),
        ("one. . . . Two", ["one", "two"], ["ellipsis"]),
        ("one … two", ["one", "two"], ["ellipsis"]),
        ("one […] two", ["one", "two"], ["ellipsis"]),
        ("one [ . . . ] two", ["one", "two"], ["ellipsis"]),
        ("one (...) two", ["one", "two"], ["ellipsis"]),
        ("one *** two", ["one", "two"], ["ellipsis"]),
        ("... one two ...", ["one two"], []),
        ("one ... ... two", ["one", "two"], ["ellipsis"]),
        ("one. Two", ["one two"], []),
        # What an author says beside the words.
        ("one [sic] two", ["one two"], []),
        ("one [sic!] two [emphasis added]", ["one two"], []),
        ("one [author's translation] two", ["one two"], []),
        ("one [!] two [?]", ["one two"], []),
    ],
)
def test_a_quotation_is_parted_at_what_is_left_out(
    text: str, wanted: list[str], gaps: list[str]
) -> None:
    first = passages(text)[0]
    assert parts(first) == wanted
    assert [each.kind for each in first.gaps] == gaps


@pytest.mark.parametrize(
    ("text", "meant", "authors", "kinds"),
    [
        # Either the cable has these brackets, or the author put them there.
        ("one [the embassy] two", "one the embassy two", ["one", "two"], ["bracket"]),
        ("[T]he one two", "t he one two", ["one two"], []),
        ("one report[ed] two", "one report ed two", ["one", "two"], ["bracket"]),
        ("one [he] ... two", None, ["one", "two"], ["ellipsis"]),
    ],
)
def test_brackets_are_meant_in_two_ways(
    text: str, meant: str | None, authors: list[str], kinds: list[str]
) -> None:
    first, second = passages(text)
    if meant is not None:
        assert parts(first) == [meant]
    assert parts(second) == authors
    assert [each.kind for each in second.gaps] == kinds


def test_a_bracket_around_all_of_it_is_the_cables() -> None:
    assert [parts(each) for each in passages("[all of it is so]")] == [["all of it is so"]]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("one ... two", False),
        ("one\n\n... two", True),
        ("one ...\n\ntwo", True),
        ("one\n\ntwo ... three", False),
    ],
)
def test_a_gap_may_stand_between_paragraphs(text: str, wanted: bool) -> None:
    (gap,) = passages(text)[0].gaps
    assert gap.parts_paragraphs == wanted


def test_the_first_word_of_a_paragraph_is_known() -> None:
    (only,) = passages("one two\n\nthree\nfour\n\nfive")[0].segments
    assert [each.key for each in only.tokens if each.begins] == ["three", "five"]


def test_numbers_and_markings_that_were_copied_along_are_no_words() -> None:
    (only,) = passages("1. (C) One two.\n\n2. (C/NF) Three.")[0].segments
    assert only.keys == ["one", "two", "three"]


def test_the_size_is_that_of_all_parts() -> None:
    assert passages("one two ... three")[0].size == 3


def test_of_too_many_parts_the_words_are_compared_as_they_stand() -> None:
    (only,) = passages("one ... " * 300)[0].segments
    assert only.keys == ["one"] * 300


@given(st.text("ab1 .…[]()*\n“”", max_size=120))
def test_any_text_is_parted(text: str) -> None:
    for passage in passages(text):
        assert len(passage.gaps) == max(len(passage.segments) - 1, 0)
        assert all(each.tokens for each in passage.segments)
        places = [token.start for each in passage.segments for token in each.tokens]
        assert places == sorted(places)
