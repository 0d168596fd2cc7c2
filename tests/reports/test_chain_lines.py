"""The lines of a chain: what each entry shows, at any width, whatever a cable says."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cable_tui.exports.chain.story import Chain, Cites, Entry
from cable_tui.reports.chain_lines import ChainLine, Signs, chain_lines, summary_line
from cable_tui.telegram.references.mentions import Sentence
from cable_tui.text import width
from cable_tui.value import replace
from tests.exports.chain.sample import CHAIN, FIRST, HOLE, HOSTILE

NO_SIGNS = Signs()


def _text(line: ChainLine) -> str:
    return "".join(text for text, _ in line.pieces)


def _lines(chain: Chain, cells: int = 100, signs: Signs = NO_SIGNS) -> list[str]:
    return [_text(line).strip() for line in chain_lines(chain, chain.entries, cells, signs)]


def test_a_cable_has_its_day_post_and_subject_and_what_it_cites() -> None:
    lines = _lines(CHAIN)
    at = next(at for at, line in enumerate(lines) if line.startswith("▶ 2009-01-06 09ZENDA7"))
    assert "Embassy Zenda" in lines[at]
    assert lines[at].endswith("CONFIDENTIAL")
    assert lines[at + 1 : at + 7] == [
        "THE ICE HOUSE",
        "→ 08STATE120 ? A ✗  ¶1 See ref A on the ice house.",
        "… B. SAPT-TARLENHEIM E-MAIL OF 1/2/09",
        "… ¶2 The price is reported septel.",
        "… ¶3 The smell as well (septel).",
        "← 09ZENDA9",
    ]


def test_a_hole_says_that_it_is_not_here_and_who_cites_it() -> None:
    lines = _lines(CHAIN)
    assert lines[:3] == [
        "✗ 08STATE120  not in this archive",
        "estimate by its number: 2008-12-01 to 2008-12-20, cited on 2009-01-06",
        "← 09ZENDA7, 09ZENDA9 and 12 more",
    ]


def test_a_citing_without_a_sentence_says_so_only_when_the_text_was_read() -> None:
    only = (Cites("08STATE120"),)
    read = replace(FIRST, cites=only, unnamed=())
    assert "→ 08STATE120 ✗  in its REF lines only" in _lines(replace(CHAIN, entries=(HOLE, read)))
    unread = replace(read, read=False)
    assert "→ 08STATE120 ✗  …" in _lines(replace(CHAIN, entries=(HOLE, unread)))
    lost = replace(unread, unreadable="zenda.csv: it is gone")
    assert "! zenda.csv: it is gone" in _lines(replace(CHAIN, entries=(HOLE, lost)))


def test_of_many_sentences_three_are_shown_and_the_others_counted() -> None:
    said = tuple(Sentence(str(at), f"Sentence {at}.") for at in range(1, 6))
    one = replace(FIRST, cites=(Cites("08STATE120", sentences=said),), unnamed=())
    lines = _lines(replace(CHAIN, entries=(HOLE, one)))
    assert "¶3 Sentence 3. (and 2 sentences more)" in lines
    assert not any("Sentence 4." in line for line in lines)


def test_enter_leads_to_the_paragraph_of_its_sentence() -> None:
    lines = chain_lines(CHAIN, CHAIN.entries, 100, NO_SIGNS)
    places = [(each.canonical_id, each.paragraph) for each in lines if each.canonical_id]
    assert places[:5] == [
        ("08STATE120", None),
        ("09ZENDA7", "1"),
        ("09ZENDA7", "1"),
        ("09ZENDA7", None),
        ("09ZENDA7", "2"),
    ]


def test_marks_of_the_room_are_shown() -> None:
    lines = _lines(CHAIN, signs=Signs(frozenset({1}), frozenset({"09ZENDA7"})))
    assert any(line.startswith("●★▶ 2009-01-06 09ZENDA7") for line in lines)


def test_no_control_character_reaches_a_line() -> None:
    assert HOSTILE in CHAIN.entries[2].subject
    assert not any("\x1b" in line or "\x07" in line for line in _lines(CHAIN))


@given(cells=st.integers(1, 140), words=st.text(max_size=40))
def test_no_line_is_wider_than_the_page(cells: int, words: str) -> None:
    one = replace(FIRST, subject=words, origin=words)
    for line in chain_lines(CHAIN, (one,), max(cells, 40), NO_SIGNS):
        assert width(_text(line)) <= max(cells, 40)


def test_the_summary_is_one_short_line() -> None:
    assert summary_line(CHAIN) == (
        "2 cables, 2009-01-06 to 2009-02-01 · 1 not here · 1 step · + joins 31 more"
    )
    assert summary_line(replace(CHAIN, beyond=0)).endswith("no more is joined")
    assert summary_line(replace(CHAIN, beyond=0, cut=True)).endswith("the nearest of more")
    partial = replace(CHAIN, beyond=0, partial=True)
    assert summary_line(partial).endswith("still indexing: more may be joined")
    alone = Chain("09ZENDA7", 0, (Entry("09ZENDA7", 0, id=1, created="2009-01-06"),))
    assert summary_line(alone) == "1 cable, 2009-01-06 · 0 steps · nothing is joined to it"
