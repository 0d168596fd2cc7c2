"""What a chain says of itself, and what is removed from it before it is passed on."""

from __future__ import annotations

import pytest

from cable_tui.base.value import replace
from cable_tui.telegram.references.mentions import Sentence
from cable_tui.tools.chain.story import (
    WITHHELD,
    Chain,
    ChainEntry,
    Cites,
    Unnamed,
    citing,
    names,
    ordered,
    summary,
    title,
    when,
    with_texts_of,
    without_protected,
)
from tests.tools.chain.sample import CHAIN, FIRST, HOLE, LAST


def test_the_story_is_by_day_and_a_hole_stands_before_what_cites_it() -> None:
    assert [each.canonical_id for each in CHAIN.entries] == ["08STATE120", "09ZENDA7", "09ZENDA9"]
    same_day = replace(HOLE, sent_by="2009-01-06")
    assert ordered([FIRST, same_day])[0] == same_day
    undated = ChainEntry("X", 1, id=9)
    assert ordered([undated, FIRST])[-1] == undated


def test_its_summary_says_how_much_there_is_and_what_more_there_would_be() -> None:
    assert title(CHAIN) == "The chain of 09ZENDA7"
    assert summary(CHAIN) == (
        "2 cables, 2009-01-06 to 2009-02-01; 1 cited cable is missing. "
        "1 step of citation from 09ZENDA7; one more step would add 31."
    )
    assert summary(replace(CHAIN, beyond=0, entries=(FIRST, LAST))).endswith(
        "; no more cables are linked."
    )
    assert "; only the nearest cables are included" in summary(replace(CHAIN, beyond=0, cut=True))
    partial = replace(CHAIN, beyond=0, partial=True)
    assert summary(partial).endswith("; the index is incomplete, so more may be linked.")
    alone = Chain("09ZENDA7", 0, (FIRST,))
    assert summary(alone) == "1 cable, 2009-01-06. No citations link it to other cables."


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (FIRST, "2009-01-06"),
        (replace(FIRST, created=""), "no date"),
        (HOLE, "estimated from its number: 2008-12-01 to 2008-12-20, cited on 2009-01-06"),
        (replace(HOLE, estimate=None), "cited on 2009-01-06"),
        (replace(HOLE, cited_on=""), "estimated from its number: 2008-12-01 to 2008-12-20"),
        (ChainEntry("X", 1), ""),
    ],
)
def test_only_what_is_known_is_said_of_a_day(entry: ChainEntry, said: str) -> None:
    assert when(entry) == said


def test_who_cites_an_entry_is_named_and_counted_beyond_the_chain() -> None:
    known = names(CHAIN)
    assert citing(HOLE, known) == "09ZENDA7, 09ZENDA9 and 12 more"
    assert citing(FIRST, known) == "09ZENDA9"
    assert citing(LAST, known) == ""
    assert citing(replace(HOLE, cited_by=()), known) == "12 cables"


def test_enter_leads_to_the_first_paragraph_that_cites() -> None:
    assert FIRST.paragraph == "1"
    assert LAST.paragraph == "4"
    assert HOLE.paragraph is None


def test_some_cables_keep_the_holes_that_they_cite_and_what_joins_them() -> None:
    only = CHAIN.only({"09ZENDA7"})
    assert [each.canonical_id for each in only.entries] == ["08STATE120", "09ZENDA7"]
    assert (only.entries[0].cited_by, only.entries[0].citing_elsewhere) == (("09ZENDA7",), 13)
    assert CHAIN.only({"08STATE120", "nobody"}).entries == ()


PLEA = "Rassendyll (strictly protect) read ref A."


def _asking(*sentences: Sentence) -> Chain:
    one = replace(FIRST, cites=(Cites("08STATE120", "A", sentences=sentences),), unnamed=())
    return replace(CHAIN, entries=(HOLE, one))


def test_a_sentence_that_asks_for_protection_is_left_out_and_counted() -> None:
    chain, count = without_protected(_asking(Sentence("1", PLEA), Sentence("2", "Plain.")))
    assert count == 1
    said = chain.entries[1].cites[0].sentences
    assert said == (Sentence("1", WITHHELD), Sentence("2", "Plain."))
    assert without_protected(CHAIN) == (CHAIN, 0)


def test_so_is_another_sentence_of_the_same_paragraph() -> None:
    chain, count = without_protected(_asking(Sentence("1", "He read it."), Sentence("1", PLEA)))
    assert count == 2
    assert chain.entries[1].cites[0].sentences == (Sentence("1", WITHHELD),)


def test_and_what_is_said_of_a_septel() -> None:
    one = replace(FIRST, cites=(), unnamed=(Unnamed("text", "1", f"{PLEA} See septel."),))
    chain, count = without_protected(replace(CHAIN, entries=(one,)))
    assert (count, chain.entries[0].unnamed) == (1, (Unnamed("text", "1", WITHHELD),))


def test_and_one_that_names_whom_a_cable_of_the_chain_protects() -> None:
    chain = _asking(Sentence("4", "RASSENDYLL’s note is ref A."), Sentence("5", "Sapt saw it."))
    first = replace(chain.entries[1], protected=frozenset({"rassendyll"}))
    chain, count = without_protected(replace(chain, entries=(HOLE, first)))
    assert count == 1
    assert [each.text for each in chain.entries[1].cites[0].sentences] == [WITHHELD, "Sapt saw it."]


def test_what_was_read_of_a_cable_is_kept_when_steps_are_added() -> None:
    unread = replace(FIRST, cites=(Cites("08STATE120"),), distance=3, source="", read=False)
    more = replace(unread, cited_by=("09ZENDA9", "09ZENDA11"))
    kept = with_texts_of(replace(CHAIN, entries=(HOLE, more)), CHAIN).entries[1]
    assert kept == replace(FIRST, distance=3, cited_by=("09ZENDA9", "09ZENDA11"))
    other = replace(unread, cites=(Cites("08STATE120"), Cites("09ZENDA2")))
    assert with_texts_of(replace(CHAIN, entries=(other,)), CHAIN).entries == (other,)
