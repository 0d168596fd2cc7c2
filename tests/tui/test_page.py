from cable_tui.tui.page import Page, Piece, cut
from cable_tui.tui.reflow import Layout
from tests.tui.cables import TEXT, Words, cable, whole


def _looks(page: Page, cells: int = 80) -> list[tuple[str, tuple[str, ...]]]:
    layout = Layout(page.text, cells)
    current = page.hits[0] if page.hits else None
    return [
        (piece.shown, piece.looks)
        for line in layout.lines
        for piece in page.pieces(line, current, None)
        if piece.looks
    ]


def test_pieces_of_a_line_are_the_line() -> None:
    page = Page(whole())
    page.light(Words("herring|the"))
    for line in Layout(page.text, 30).lines:
        pieces = page.pieces(line, None, (10, 400))
        assert "".join(piece.shown for piece in pieces) == line.shown


def test_markings_links_and_page_breaks_have_their_looks() -> None:
    looks = _looks(Page(whole()))
    assert ("(C)", ("confidential",)) in looks
    assert ("(SBU)", ("restricted",)) in looks
    assert ("(U)", ("unclassified",)) in looks
    assert ("Ref A", ("link",)) in looks
    assert ("ZENDA 00000027  002 OF 002", ("break",)) in looks


def test_a_hit_over_a_soft_break_is_painted_on_both_lines() -> None:
    page = Page(cable("the old harbour master\n", ()))
    page.light(Words("harbour master"))
    assert _looks(page, 16) == [("harbour", ("current",)), ("master", ("current",))]


def test_a_hit_over_a_line_end_of_the_file_is_painted_on_both_lines() -> None:
    page = Page(cable("the harbour\nmaster of old master\n", ()))
    page.light(Words(r"harbour\s+master|master"))
    assert _looks(page) == [
        ("harbour", ("current",)),
        ("master", ("current",)),
        ("master", ("hit",)),
    ]


def test_a_selection_that_ends_inside_a_tab_takes_its_blanks() -> None:
    line = Layout("a\tb", 20).lines[0]
    selected = [piece.shown for piece in cut(line, [(0, 2, "selected")]) if piece.looks]
    assert "".join(selected) == "a       "


def test_a_line_without_ranges_is_one_piece() -> None:
    assert cut(Layout("abc", 9).lines[0], []) == [Piece("abc", 0, ())]


def test_the_top_matter_leads_to_all_ref_lines() -> None:
    page = Page(whole())
    assert [ref.label for ref in page.references_of(0)] == ["A", "B", "C"]
    assert [ref.label for ref in page.references_of(2)] == ["B"]


def test_a_paragraph_leads_to_what_it_mentions() -> None:
    page = Page(whole())
    assert [ref.label for ref in page.references_of(page.stop_of(0))] == ["A"]
    assert [ref.label for ref in page.references_of(page.stop_of(2))] == ["B", "C"]
    assert page.references_of(page.stop_of(3)) == ()


def test_places_are_said_in_words() -> None:
    page = Page(whole())
    assert page.place(0) == "top"
    assert page.place(page.stop_of(1)) == "¶2/4"


def test_a_rule_between_paragraphs_belongs_to_none() -> None:
    page = Page(whole())
    rule = TEXT.index("-----")
    assert page.stop_at(rule) is None
    assert page.stops[page.stop_near(rule)].paragraph == 0


def test_words_are_found_around_a_character() -> None:
    page = Page(cable("old café, quay", ()))
    assert page.word_at(6) == (4, 8)
    assert page.word_at(8) == (8, 9)


def test_hits_are_found_from_a_place_on() -> None:
    page = Page(cable("a b a b a", ()))
    page.light(Words("a"))
    assert page.hit_from(4, 1) == 1
    assert page.hit_from(5, 1) == 2
    assert page.hit_from(4, -1) == 0
    assert page.hit_from(0, -1) == -1
