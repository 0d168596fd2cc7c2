"""What two texts have in common word for word."""

from __future__ import annotations

import pytest

from cable_tui.archive.sentences.common_passages import (
    Common,
    ReadText,
    common,
    covered,
    is_cut,
    likeness,
    piece_around,
    repeated_part,
)
from cable_tui.telegram.sentence_fingerprints import words_of

FERRY = "The ferry to the outer islands was late again because nobody had mended the second boiler."
KETTLES = (
    "Merchants told us that copper kettles now cost twice what they cost before the long frost."
)
OTHER = "Nothing of this paragraph is to be found in any other place, as far as anybody can say."


def said(ours: str, theirs: str) -> list[str]:
    """The common pieces, as words of our text."""
    one, other = ReadText(ours, 0), ReadText(theirs, 0)
    found = []
    for piece in common(one, other):
        length = piece.end - piece.start
        words = one.words.words[piece.start : piece.end]
        assert other.words.words[piece.other : piece.other + length] == words
        found.append(" ".join(words))
    return found


def test_a_sentence_among_others_is_found_whole() -> None:
    (found,) = said(f"{OTHER} {FERRY} Then rain.", f"{KETTLES} {FERRY} Then snow.")
    assert found == FERRY.lower().rstrip(".") + " then"


def test_a_piece_goes_on_over_sentences_and_page_breaks() -> None:
    broken = FERRY.replace(" again ", "\n\nQUAYHAVEN 00000310  002 OF 003 \n\n\nagain ")
    (found,) = said(f"{FERRY} {KETTLES}", f"{broken}\n{KETTLES}")
    assert found.endswith("the long frost")


def test_two_places_are_two_pieces_in_order() -> None:
    found = said(f"{FERRY} {OTHER} {KETTLES}", f"{KETTLES} And so on. {FERRY}")
    assert [each.split()[0] for each in found] == ["the", "merchants"]


def test_texts_that_share_nothing_have_no_piece() -> None:
    assert said(FERRY, OTHER) == []
    assert said("", "") == []


def test_words_that_pieces_share_are_counted_once() -> None:
    assert covered([Common(0, 10, 5), Common(8, 12, 40), Common(20, 21, 0)]) == 13
    assert covered([]) == 0


def test_a_span_takes_its_brackets_and_stop() -> None:
    body = f'("{FERRY}") More.'
    text = ReadText(body, 0)
    assert body[slice(*text.span(0, len(FERRY.split())))] == f'("{FERRY}")'


def part(text: str, *others: str, all_have: bool = False) -> tuple[str, tuple[int, ...]]:
    """What of the first sentence of a text repeats, and in which of the others."""
    ours = ReadText(text, 0)
    mark = ours.fingerprints[0]
    around = {at: piece_around(ours, ReadText(other, 0), mark) for at, other in enumerate(others)}
    pieces = {at: piece for at, piece in around.items() if piece}
    found = repeated_part(ours, mark, pieces, all_have=all_have)
    if found is None:
        return "", ()
    start, end, having = found
    return " ".join(ours.words.words[start:end]), having


TITLE = "the one and old lord warden of the seven outer harbours and lighthouses"
LORD = f"So he met {TITLE} at tea."
"""Its fingerprint begins in the title: short words are above all others."""


@pytest.mark.parametrize(
    ("others", "said", "having"),
    [
        # all have the whole sentence, and the one behind it
        ([f"{LORD} {FERRY}"] * 2, f"{LORD} {FERRY}", (0, 1)),
        # one has the sentence behind it too
        ([f"{LORD} {FERRY}", LORD, LORD], LORD, (0, 1, 2)),
        # one has the sentence, very many a title in it
        ([LORD, *[f"We saw {TITLE} on the pier."] * 9], TITLE, tuple(range(10))),
        # two have the sentence, one a title in it
        ([LORD, LORD, f"We saw {TITLE} on the pier."], LORD, (0, 1)),
    ],
)
def test_of_a_sentence_that_part_is_told_which_repeats(
    others: list[str], said: str, having: tuple[int, ...]
) -> None:
    words = " ".join(words_of(said).words)
    assert part(f"{LORD} {FERRY}", *others) == (words, having)


def test_an_expression_within_a_sentence_is_no_passage() -> None:
    short = "lord warden of the seven outer harbours and lighthouses"
    said = f"Yesterday he met the {short} at breakfast."
    assert part(said, *[f"We saw a {short} on the pier."] * 9) == ("", ())
    assert part(said, said, *[f"We saw a {short} on the pier."] * 9)[1] == (0,)


def test_of_cables_that_are_a_sample_only_what_all_have_is_told() -> None:
    found, having = part(LORD, LORD, LORD, f"We saw {TITLE} on the pier.", all_have=True)
    assert (found, having) == (TITLE, (0, 1, 2))


def test_the_number_of_the_next_paragraph_is_no_part_of_it() -> None:
    said = f"{FERRY}\n\n2. (C) "
    assert part(f"{said}{OTHER}", f"{said}{KETTLES}")[0].endswith("second boiler")


@pytest.mark.parametrize(
    ("start", "end", "cut"),
    [(0, 16, (False, False)), (1, 16, (False, False)), (2, 9, (True, True))],
)
def test_a_part_is_cut_where_words_that_say_something_are_left_out(
    start: int, end: int, cut: tuple[bool, bool]
) -> None:
    assert is_cut(ReadText(FERRY, 0), start, end) == cut


def test_two_texts_are_alike_by_the_words_of_both_together() -> None:
    one, other = ReadText(f"{FERRY} {KETTLES}", 0), ReadText(f"{FERRY} {OTHER}", 0)
    assert likeness(one, one) == 1
    assert likeness(one, other) == 0  # a third
    longer = ReadText(f"{FERRY} {KETTLES} {OTHER}", 0)
    assert likeness(one, longer) == likeness(longer, one) == one.count / longer.count
    # what stands twice in one of them is in both once
    twice = ReadText(f"{FERRY} {FERRY} {KETTLES}", 0)
    assert likeness(one, twice) == one.count / twice.count


def test_texts_without_a_word_are_not_alike() -> None:
    assert likeness(ReadText("", 0), ReadText("", 0)) == 0
