"""Typical words as a report: what it asks of the room, its rows, orders, keys and notes.

That the words are the right ones is shown in `tests/archive/source_criticism/`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from cable_tui.archive.archive import Archive
from cable_tui.base.errors import UsageError
from cable_tui.base.value import as_json, replace
from cable_tui.reports.report import Look
from cable_tui.reports.table import REPORTS
from cable_tui.session.feature_state import Page
from cable_tui.session.features.pages import OpenPage, ReadRow
from cable_tui.text import width
from cable_tui.tools.concordance.report import REPORT as CONCORDANCE
from cable_tui.tools.concordance.report import Ask as Words
from cable_tui.tools.typical_words import scoring as typical_words
from cable_tui.tools.typical_words.report import REPORT, Ask, WordsAnswer, WordsRow
from cable_tui.tools.typical_words.scoring import TypicalWord
from tests.archive.fiction import Fiction, opened, write_dump
from tests.command_cases import Answer, ReportCase, Screen, Stopped
from tests.parts import WORDS
from tests.session import ready, the

OF = REPORTS["words"]
KELP = TypicalWord("kelp", 6, 1, 12.345, 2.5849, share=0.5, share_elsewhere=0.125)
SALT = TypicalWord("salt", 9, 4, 10.0, 3.0)
NET = TypicalWord("net", 9, 4, 12.345, 1.0)
CASE = ReportCase(
    shapes={"words": WordsAnswer, "words-line": WordsRow},
    name="words",
    asked=Ask("kelp"),
    rows=(SALT, NET),
    answers=(
        Answer("words PATH kettle --json"),
        Answer("words PATH kettle --against tea --json --least 2 --sort count"),
        Answer("words PATH zzzq --json", 1),
        Answer("words PATH kettle --jsonl"),
    ),
    imports={
        "words PATH kettle --against tea": WORDS | {"tools.concordance", "tools.typical_words"}
    },
    screens=(Screen("words", "slash l o b s t e r enter g T j", sizes=((80, 24), (120, 40))),),
    stopped=(Stopped("words PATH origin:quayhaven --least 2", reads=True),),
)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    folder = tmp_path
    cables = [
        Fiction(f"09RABAT{at}", origin=origin, subject="x", text=f"The {what} of today. {at}")
        for at, (origin, what) in enumerate(
            [("Embassy Rabat", "kelp and tuna")] * 6 + [("Embassy Zenda", "salt")] * 8, 1
        )
    ]
    write_dump(folder / "cables.csv", cables)
    archive = opened(folder / "cables.csv", folder / "cache")
    yield archive
    archive.close()


def look_at(archive: Archive, ask: Ask, *, in_room: bool = False) -> Look:
    return Look(archive, ask, Path("library.db"), in_room=in_room)


def words(look: Look) -> list[str]:
    last: list[TypicalWord] = []
    for rows in REPORT.read(look):
        assert rows.whole
        last = list(rows.rows)
    return [row.word for row in REPORT.arranged(look.ask, last)]


def test_the_words_of_a_query_against_the_rest_or_a_second_one(archive: Archive) -> None:
    look = look_at(archive, Ask("origin:rabat"))
    assert words(look) == ["kelp", "tuna", "and"]
    assert (look.tally.read, look.tally.total) == (6, 6)
    assert look.tally.notes == (
        "6 cables against 8 others",
        "not counted, because they are names in the query: embassy, rabat",
        "ordinary English words come last (--ordinary ranks them with the rest)",
    )

    together = look_at(archive, Ask("origin:rabat", ordinary=True))
    assert words(together) == ["and", "kelp", "tuna"]
    assert len(together.tally.notes) == 2
    own = look_at(archive, Ask("kelp -salt"))
    assert words(own) == ["tuna", "and"]
    assert own.tally.notes[1] == "not counted, because they are words of the query: kelp"

    look = look_at(archive, Ask("origin:rabat", "kelp or salt"))  # those of both are of the first
    assert words(look) == ["kelp", "tuna", "and"]
    assert (look.tally.read, look.tally.notes[0]) == (14, "6 cables against 8 others")
    assert words(look_at(archive, Ask("zzzq"))) == []


def test_the_tally_says_that_cables_were_drawn(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(typical_words, "MOST_READ", 3)
    look = look_at(archive, Ask("origin:rabat"))
    assert words(look) == ["kelp", "tuna", "and"]
    assert look.tally.read == 3
    assert look.tally.notes[1] == (
        "words chosen from a sample of 3 cables, then counted in all of them"
    )


def test_what_was_counted_for_one_question_is_in_the_next_order_without_reading(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = look_at(archive, Ask("origin:zenda"))
    found = words(first)
    with monkeypatch.context() as patch:
        patch.setattr(typical_words, "WordCounts", None)
        again = look_at(archive, Ask("origin:zenda"))
        assert words(again) == found
        assert again.tally == first.tally
        assert set(words(look_at(archive, Ask("origin:zenda", order="count")))) == set(found)
    assert words(look_at(archive, Ask("origin:zenda", least=9))) == []


def test_a_room_sees_words_while_texts_are_read(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    look = look_at(archive, Ask("origin:rabat"), in_room=True)
    monkeypatch.setattr(look, "is_due", lambda: look.read == 3)
    first, last = REPORT.read(look)
    shown = REPORT.arranged(look.ask, first.rows)
    assert [row.word for row in shown] == ["kelp", "tuna", "and"]
    assert set(first.rows) == set(last.rows)


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (Ask("the"), "this query finds every cable in the archive;"),
        (Ask("the", "the"), "the: the"),
        (Ask("origin:rabat", "kelp"), "kelp: origin:rabat"),
        (Ask("origin:rabat", "zzzq"), "zzzq: origin:rabat"),
    ],
)
def test_without_other_cables_it_is_said(archive: Archive, ask: Ask, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        words(look_at(archive, ask))


def test_a_reading_that_was_stopped_counts_no_further(archive: Archive) -> None:
    look = Look(archive, Ask("origin:rabat"), Path("library.db"), lambda: look.read > 2)
    assert list(REPORT.read(look)) == []


@pytest.mark.parametrize(
    ("order", "expected"),
    [("score", [NET, KELP, SALT]), ("ratio", [SALT, KELP, NET]), ("count", [NET, SALT, KELP])],
)
def test_the_orders(order: str, expected: list[TypicalWord]) -> None:
    assert REPORT.arranged(Ask("x", order=order), [KELP, SALT, NET]) == expected


def test_the_words_of_the_list_are_asked_and_not_those_of_the_archive() -> None:
    assert REPORT.begin(ready("lobster "), "") == Ask("lobster")
    with pytest.raises(UsageError, match="This is every cable in the archive"):
        REPORT.begin(ready(), "")


def test_what_is_typed_on_the_page_is_what_they_are_compared_with() -> None:
    session = replace(ready("lobster"), page=Page(OF, Ask("lobster", order="ratio", least=9)))
    assert REPORT.typed(session, "crab") == Ask("lobster", "crab", "ratio", 9)
    assert REPORT.typed(session, "") == Ask("lobster", "", "ratio", 9)
    with pytest.raises(UsageError):
        REPORT.typed(session, "(crab")
    with pytest.raises(UsageError):
        REPORT.typed(ready("lobster"), "crab")


def test_enter_opens_the_concordance_of_the_word_within_the_query() -> None:
    (enter,) = REPORT.keys
    does = enter.does(Page(OF, Ask("crab or lobster")), KELP)
    assert does == OpenPage(REPORTS["concordance"], Words("=kelp", within="crab or lobster"))


def test_the_concordance_of_a_word_has_as_many_cables(archive: Archive) -> None:
    *_, rows = REPORT.read(look_at(archive, Ask("kelp")))
    row = REPORT.arranged(Ask("x"), rows.rows)[0]
    (enter,) = REPORT.keys
    does = the(OpenPage, [enter.does(Page(OF, Ask("kelp")), row)])
    lines = CONCORDANCE.read(look_at(archive, does.asked))
    assert len({line.row.id for rows in lines for line in rows.rows}) == row.cables


@pytest.mark.parametrize(
    ("cells", "bar"),
    [(67, "░░██████"), (83, "░░░░████████████"), (50, "")],
)
def test_a_row_has_the_word_first_and_a_bar_as_long_as_its_share(cells: int, bar: str) -> None:
    pieces = REPORT.pieces(KELP, cells)
    assert sum(width(text) for text, _ in pieces) == max(cells, 51)
    word, cables, elsewhere, score, ratio, *drawn = "".join(text for text, _ in pieces).split()
    assert (word, cables, elsewhere, score, ratio) == ("kelp", "6", "1", "12.3", "+2.6")
    assert "".join(drawn) == bar


def test_a_row_has_its_numbers_below_their_names() -> None:
    *sentence, heads = REPORT.head(Page(OF, Ask("x")), 80).split("\n")
    assert sentence[0].startswith(
        "The higher the score, the less likely the difference is due to chance. A ratio of +1"
    )
    row = "▌" + "".join(text for text, _ in REPORT.pieces(KELP, 79))
    for name, number in (("cables", "6"), ("elsewhere", "1"), ("score", "12.3"), ("ratio", "+2.6")):
        end = heads.index(name) + len(name)
        assert row[:end].endswith(f" {number}")
    assert heads.index("share") == row.index("░")


@pytest.mark.parametrize(
    ("order", "meaning"),
    [
        ("score", "less likely the difference"),
        ("ratio", "most one-sided"),
        ("count", "most cables"),
    ],
)
def test_the_head_says_what_the_order_means(order: str, meaning: str) -> None:
    assert meaning in REPORT.head(Page(OF, Ask("x", order=order)), 80).partition(". Ratio")[0]


@pytest.mark.parametrize(
    ("is_terminal", "expected"),
    [
        (False, ["     12.3    +2.6         6          1  kelp"]),
        (
            True,
            [
                "    score   ratio    cables  elsewhere  word",
                "     12.3    +2.6         6          1  kelp",
            ],
        ),
    ],
)
def test_a_terminal_has_the_names_of_the_columns(
    archive: Archive, is_terminal: bool, expected: list[str]
) -> None:
    look = look_at(archive, Ask("x"))
    look.is_terminal = is_terminal
    assert list(REPORT.text_lines(look, [KELP], None, 60)) == expected


def contexts(archive: Archive, ask: Ask, word: TypicalWord) -> Any:
    services: Any = SimpleNamespace(archive=archive, library=SimpleNamespace(path=Path("l.db")))
    return REPORT.read_beside(services, ReadRow(OF, ask, word), lambda: False)


def test_beside_a_word_is_its_first_context_in_the_first_cables(archive: Archive) -> None:
    page = Page(OF, Ask("kelp"), beside=contexts(archive, Ask("kelp"), KELP._replace(word="tuna")))
    low = ["".join(text for text, _ in line) for line in REPORT.beside(page, KELP, 60, 3)]
    assert [(line.split()[0], " ".join(line.split()[-7:])) for line in low] == [
        (f"09RABAT{at}#1", f"The kelp and tuna of today. {at}") for at in (1, 2, 3)
    ]
    high = list(REPORT.beside(page, KELP, 40, 30))
    assert len(high) == 9
    assert [text for text, _ in high[0]] == ["09RABAT1#1  2009-02-13"]
    assert "".join(text for text, _ in high[1]).endswith("The kelp and tuna of today. 1")
    assert [text for text, look in high[1] if look == "word"] == ["tuna"]


def test_beside_a_word_are_only_cables_of_the_query(archive: Archive) -> None:
    found = contexts(archive, Ask("origin:zenda"), KELP._replace(word="today"))
    assert {line.row.origin for line in found} == {"Embassy Zenda"}
    assert list(REPORT.beside(Page(OF, Ask("x")), KELP, 40, 3)) == []


def test_scripts_get_two_places() -> None:
    assert as_json(REPORT.as_json(KELP)) == {
        "score": 12.35, "ratio": 2.58, "cables": 6, "elsewhere": 1, "word": "kelp",
            "ordinary": False,
    }  # fmt: skip


def test_the_title_says_what_is_compared_and_the_order() -> None:
    assert REPORT.title(Page(OF, Ask("x"))) == "Words of x · most significant first"
    assert REPORT.title(Page(OF, Ask("x", "y", "ratio"))) == (
        "Words of x against y · most one-sided first"
    )
