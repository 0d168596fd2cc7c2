"""What two texts have in common word for word."""

from __future__ import annotations

from cable_tui.archive.source_criticism.common_passages import Common, ReadText, common, covered

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
