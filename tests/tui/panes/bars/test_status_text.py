"""The room's words."""

from __future__ import annotations

import pytest

from cable_tui.base.index_state import Progress, Summary
from cable_tui.base.value import replace
from cable_tui.query import Complaint, parse
from cable_tui.query.answers import Absence, Copies, Correction, Hits, Jump, Offer, Variants
from cable_tui.session.ask import ask
from cable_tui.session.feature_state import (
    NewCables,
    Notebook,
    OriginNote,
    SearchNote,
    SidebarView,
    TextsToRead,
)
from cable_tui.session.features import index_status, panes, search_bar
from cable_tui.session.features.selection import SelectParagraphs
from cable_tui.session.features.sidebar_cursor import MoveInFilters, list_sections
from cable_tui.session.near_duplicates import folded
from cable_tui.session.state import Session
from cable_tui.session.values import FoldedCopies, Pane
from cable_tui.tui.panes.bars import status_text
from cable_tui.tui.panes.bars.empty_state import empty_list_text, no_archive_text
from tests.session import BodyAt, reading_session, ready, walk
from tests.session.features.test_sidebar_sections import number


@pytest.mark.parametrize(
    ("summary", "text"),
    [
        (Summary(160, 1966, 2010), "160 cables · 1966-2010"),
        (Summary(1, 2009, 2009), "1 cable · 2009"),
        (Summary(251_287, 1966, 2010), "251,287 cables · 1966-2010"),
        (Summary(0), "0 cables"),
        (None, "…"),
    ],
)
def test_the_head_of_the_library(summary: Summary | None, text: str) -> None:
    assert status_text.filters_title(summary) == text


@pytest.mark.parametrize(
    ("building", "text"),
    [
        (
            Progress("facts", 12_431, 64_621, 0, 2310.4, 23.2),
            "Reading cables █░░░░░░░ 12,431 of 64,621 · 2,310/s · 23 s left",
        ),
        (Progress("walk", 0, 0), "Looking for files"),
        (Progress("walk", 9, 0, 0, 1000.0, 1.0), "Looking for files"),
        (Progress("text", 1, 9, 0, 0.0, 600), "Reading texts ░░░░░░░░ 1 of 9 · 10 min left"),
        (Progress("unheard of", 0, 0), "Indexing"),
    ],
)
def test_progress_says_what_is_done_and_what_is_left(building: Progress, text: str) -> None:
    assert status_text.progress_label(building) == text


KELP = ready("kelp")
LOOKING = Progress("walk", 0, 0)
COPIES = folded(Hits((10, 20, 30, 40), 4, copies=Copies({10: (30, 40)}, (2, 3))), FoldedCopies())
FOLDED = replace(KELP, hits=COPIES, at=0, summary=Summary(160))
PARTIAL = Hits((1,), 228, partial=True)
READING = replace(KELP, hits=PARTIAL, building=Progress("text", 112_431, 251_287, 0, 2310.4, 61.2))
TWO_TAGS = "tag:mo tag:ktip 9/11"
REFS = "ref:09ZENDA10 ref:09ZENDA20"
NEW_HERE = SearchNote("", "2 new when you opened it", REFS)
ONLY_NEW = replace(
    ready(REFS),
    hits=Hits((10,), 1, query=parse(REFS)),
    sidebar=SidebarView(search_notes={"catch": NEW_HERE}),
)
PROBLEMS = replace(ready(), summary=Summary(9, problems=3), stalled="")
NEWS = NewCables(1, 2, 206, "since Tuesday", "added:2026-11-24..")
NEW = replace(ready(), new_cables=NEWS)
IN_TEXTS = replace(ready("tag:PREL"), hits=Hits((1,), 228))
WAITING = replace(IN_TEXTS, answered="before", texts_to_read=TextsToRead(1200, 9000))


@pytest.mark.parametrize(
    ("session", "left", "right"),
    [
        (KELP, None, ""),
        (walk(KELP, index_status.CacheReadOnly()), None, "read-only cache"),
        (replace(KELP, private=True), None, "private"),
        (walk(replace(KELP, private=True), index_status.CacheReadOnly()), None, "private"),
        (FOLDED, "1/2 best first · 2 copies folded, f opens", None),
        # A row that stands for itself: f has nothing to open.
        (replace(FOLDED, at=1), "2/2 best first · 2 copies folded, F shows them", None),
        (
            replace(ready(TWO_TAGS), hits=Hits((10,), 1, query=parse(TWO_TAGS))),
            "1/1 best first · either: tag · 9/11 with 9-11, 9.11",
            None,
        ),
        (ONLY_NEW, "1/1 newest first · catch: 2 new when you opened it", None),
        (replace(ONLY_NEW, sidebar=SidebarView()), "1/1 newest first · either: ref", None),
        (ready(at=2), "3/4 newest first", None),
        (
            replace(ready("x sort:created"), hits=Hits((), 0, partial=True)),
            "0/0 oldest first · partial: texts are still being read",
            None,
        ),
        (walk(reading_session(20), BodyAt(1, 0)), "09ZENDA20 ¶2", None),
        (
            walk(
                reading_session(20),
                BodyAt(0, 0),
                SelectParagraphs(),
                BodyAt(1, 0),
            ),
            "09ZENDA20 ¶1–2 selected · v ends it",
            None,
        ),
        (
            replace(reading_session(10, "7"), paragraph=0, repaired=True),
            "09ZENDA10 ¶7 · shown repaired",
            None,
        ),
        (PROBLEMS, None, "3 problems · g e"),
        (NEW, None, "206 new since Tuesday · g w"),
        (
            replace(PROBLEMS, new_cables=NEWS),
            None,
            "206 new since Tuesday · g w · 3 problems · g e",
        ),
        (replace(PROBLEMS, building=LOOKING), None, "Looking for files"),
        (
            walk(ready(), index_status.IndexStalled("the disk is full")),
            None,
            "index incomplete · g v shows why",
        ),
        (
            replace(ready(), notebook=Notebook(pending=2), building=LOOKING),
            None,
            "2 bookmarks are NOT on the disk",
        ),
        (Session(phase="empty", failure="no cable here"), "", ""),
        (WAITING, "reading 1,200 of 9,000 texts", None),
        (replace(WAITING, answered="now"), "1/228 newest first", None),
        (ask(WAITING)[0], "1/228 newest first", None),
    ],
)
def test_the_status_line_says_where_the_reader_is_and_what_must_be_known(
    session: Session, left: str | None, right: str | None
) -> None:
    ends = status_text.status_ends(session)
    assert left in {None, ends[0]}
    assert right in {None, ends[1]}


@pytest.mark.parametrize(
    ("session", "ends"),
    [
        (replace(FOLDED, at=1), ("2/2 best first · 2 copies folded", "")),
        (NEW, ("1/4 newest first", "206 new · g w")),
        (
            READING,
            (
                "1/228 best first · partial",
                "Texts ███░░░░░ 112,431/251,287 · 2,310/s · 61 s left",
            ),
        ),
    ],
)
def test_on_a_narrow_screen_all_is_said_in_brief(session: Session, ends: tuple[str, str]) -> None:
    assert status_text.status_ends(session, brief=True) == ends


def test_offers_and_corrections_are_said_with_their_counts() -> None:
    offer = Offer("gaddafi", 1, (("qadhafi", 25), ("qaddafi", 2)))
    assert status_text.spelling_label(Hits(offers=(offer,))) == (
        "gaddafi 1 · also qadhafi 25, qaddafi 2 · + adds them"
    )


def test_how_a_word_was_corrected_is_said_of_the_list_and_not_over_an_open_cable() -> None:
    hits = Hits((1,), 1, corrections=(Correction("lobstre", (("lobster", 9),)),))
    said = 'no "lobstre" → lobster (9)'
    reading = replace(reading_session(), hits=hits)
    assert said not in status_text.status_ends(reading)[0]
    assert said in status_text.status_ends(replace(reading, pane="list"))[0]


def test_what_a_filter_without_cables_may_have_meant_is_named() -> None:
    offer = Offer("origin:kabol", 0, (('origin:"Embassy Kabul"', 25),))
    hits = Hits(offers=(offer,))
    said = 'origin:kabol 0 · but origin:"Embassy Kabul" 25 · + takes them'
    assert status_text.spelling_label(hits) == said
    session = replace(ready("origin:kabol"), hits=hits)
    assert said in status_text.no_hit_label(session).splitlines()


def test_the_status_line_says_which_words_were_looked_for_as_well() -> None:
    forms = Variants("sanction", (("sanctions", 80), ("sanctioned", 5)))
    assert status_text.spelling_label(Hits(also=(forms, forms))) == "also sanctions, sanctioned"
    many = Variants("gaddafi", tuple((f"{letter}addafi", 1) for letter in "bcdefh"))
    assert (
        status_text.spelling_label(Hits(also=(forms, many)))
        == "also sanctions, sanctioned, baddafi, caddafi, …"
    )


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("saud", "saud*"),
        ("tag:mo -saud", "-saud*"),
        ("9/1", "9/1*"),
        ('"prime mini', '"prime mini"*'),
        ("saud*", ""),
        ("saud ", ""),
        ("=saud", ""),
        ("tag:mo", ""),
    ],
)
def test_while_a_word_is_typed_it_is_said_to_be_a_beginning(typed: str, said: str) -> None:
    session = walk(ready(), panes.EditBar(), search_bar.QueryTyped(typed))
    parts = status_text.status_ends(session)[0].split(" · ")
    assert parts[1:] == [said] * bool(said)


@pytest.mark.parametrize(("pane", "told"), [("bar", True), ("list", True), ("filters", False)])
def test_a_list_that_the_reader_has_not_is_said(pane: Pane, told: bool) -> None:
    hits = Hits((1,), 1, complaints=(Complaint(5, "no list press; you have none"),))
    left, _ = status_text.status_ends(replace(ready("kelp list:press"), hits=hits, pane=pane))
    assert (left == "no list press; you have none") == told


def test_a_word_is_not_called_missing_before_all_texts_are_read() -> None:
    hits = Hits(corrections=(Correction("harbor", ()),))
    assert status_text.spelling_label(hits) == 'no "harbor" in this archive'
    assert status_text.spelling_label(replace(hits, partial=True)) == 'no "harbor" so far'


@pytest.mark.parametrize("pane", ["bar", "list"])
def test_a_mistake_in_the_query_is_said_as_long_as_it_stands_there(pane: Pane) -> None:
    session = replace(ready(), pane=pane, query=parse("orign:x"))
    assert "Did you mean origin:" in status_text.status_ends(session)[0]
    assert "Did you mean origin:" in status_text.no_hit_label(session)


def test_what_no_cable_has_is_said_when_the_last_word_is_whole() -> None:
    none = Absence("tag:ZZZZ", (("PREL", 2),))
    absent = "no cable has tag:ZZZZ; this archive has PREL"
    offer = Offer("origin:kabol", 0, (('origin:"Embassy Kabul"', 25),))
    hits = Hits(absent=(none,), offers=(offer,), complaints=(Complaint(0, "no list x"),))
    session = replace(ready("", ids=()), hits=hits, pane="bar", answered="now")
    typed = replace(session, query=parse("tag:ZZZZ origin:kabol", typing=True))
    for text in (status_text.status_ends(typed)[0], status_text.no_hit_label(typed)):
        assert not any(said in text for said in (absent, "Kabul", "no list x"))
    ended = replace(session, query=parse("tag:ZZZZ origin:kabol ", typing=True))
    ended = replace(ended, hits=replace(hits, complaints=()))
    beside_filters = status_text.status_ends(replace(ended, pane="filters"))[0]
    for text in (beside_filters, status_text.no_hit_label(ended)):
        assert absent in text
        assert "Kabul" in text
    assert absent not in status_text.status_ends(ended)[0]  # the empty list says it


def test_an_operator_of_another_language_is_said_in_the_room_too() -> None:
    session = replace(ready(), pane="list", query=parse("lob.*er"))
    assert "no regular expressions" in status_text.status_ends(session)[0]
    assert "no regular expressions" in status_text.no_hit_label(replace(session, hits=Hits()))


@pytest.mark.parametrize(
    ("session", "place", "number"),
    [
        pytest.param(Session(), "…", "…", id="nothing is answered"),
        pytest.param(ready(ids=()), "…", "…", id="the folder is still looked at"),
        pytest.param(
            replace(ready("xyzzy", ids=()), summary=Summary(9)),
            "0/0 best first",
            "0 of 9",
            id="no hit",
        ),
        pytest.param(ready(), "1/4 newest first", "4 of …", id="the number of all comes later"),
        pytest.param(
            FOLDED,
            "1/2 best first · 2 copies folded, f opens",
            "4 of 160",
            id="copies are counted",
        ),
        pytest.param(
            replace(
                ready("kelp sample:4"),
                hits=Hits((10, 20, 30, 40), 4, query=parse("kelp sample:4"), population=3412),
                summary=Summary(9000),
            ),
            "1/4 best first · a sample of 4 of 3,412",
            "a sample of 4 of 3,412",
            id="a sample is no total",
        ),
        pytest.param(
            replace(ready(ids=()), checked=True, summary=Summary(0)),
            "0/0 newest first",
            "0 of 0",
            id="nothing is there",
        ),
    ],
)
def test_a_number_that_is_not_known_is_no_zero(session: Session, place: str, number: str) -> None:
    assert status_text.status_ends(session)[0] == place
    assert status_text.list_title(session) == number


def test_a_query_without_a_hit_says_that_files_are_still_being_read() -> None:
    said = "Files are still being read; there may be more."
    session = replace(ready("kelp", ids=()), building=Progress("walk", 0, 0))
    assert said in status_text.no_hit_label(session)
    assert said not in status_text.no_hit_label(replace(session, building=None))


def test_while_one_types_the_key_that_adds_spellings_is_one_that_types_nothing() -> None:
    offer = Offer("gaddafi", 1, (("qadhafi", 25),))
    session = replace(ready("gaddafi"), hits=Hits((10,), 1, offers=(offer,)), pane="bar")
    assert status_text.status_ends(session)[0].endswith("^t adds them")
    assert status_text.status_ends(replace(session, pane="list"))[0].endswith("+ adds them")


@pytest.mark.parametrize(
    ("session", "begin"),
    [
        (Session(phase="choosing"), "Type or paste"),
        (Session(phase="empty", failure="~/x: no cable here"), "~/x: no cable here"),
    ],
    ids=["no path", "no cable"],
)
def test_a_room_without_an_archive_says_why(session: Session, begin: str) -> None:
    assert no_archive_text(session).startswith(begin)


@pytest.mark.parametrize(
    ("session", "begin"),
    [
        (ready("xyzzy", ids=()), "No cable matches"),
        (ready(ids=()), "Reading the folder"),
        (
            walk(ready(ids=()), index_status.IndexStalled("No space.")),
            "No cable could be read. No space.",
        ),
        (walk(ready(ids=()), index_status.IndexProgressed(None)), "This folder contains no cables"),
        (
            replace(ready("zenda27", ids=()), pane="bar", jumps=(Jump("09ZENDA27", "09ZENDA27"),)),
            "No cable contains these words. ↓ and Enter",
        ),
        (
            replace(
                ready("zenda27", ids=()),
                pane="bar",
                jumps=(Jump("09ZENDA27", "09ZENDA27"),),
                choice=0,
            ),
            "No cable contains these words. Enter opens",
        ),
    ],
    ids=["no hit", "indexing", "stalled", "read to its end", "a name is meant", "surely"],
)
def test_an_empty_list_says_why(session: Session, begin: str) -> None:
    assert empty_list_text(session).startswith(begin)


def test_a_list_that_is_not_answered_yet_is_not_called_empty() -> None:
    before = replace(ready("said:xyzzy", ids=()), answered="before")
    assert empty_list_text(before) == ""
    assert "being read" in empty_list_text(replace(before, texts_to_read=TextsToRead(5, 9)))
    assert empty_list_text(ready()) == ""


def test_the_head_says_how_many_of_the_published_cables_are_here() -> None:
    totals = {"origin": [number("Embassy Rabat", 9)]}
    summary = Summary(10, 2009, 2009)
    assert status_text.filters_title(summary, totals) == "10 of 251,287 published · 2009"
    many = replace(summary, cables=1295, first_year=1966, last_year=2010)
    assert status_text.filters_title(many, totals) == "1,295 of 251,287 published · 1966-2010"
    whole = replace(many, cables=251_287)
    every = {"origin": [number("Embassy Rabat", 251_287)]}
    assert status_text.filters_title(whole, every) == "all 251,287 published · 1966-2010"
    # Some of as many cables are of posts that nobody knows.
    assert status_text.filters_title(whole, totals) == "251,287 of 251,287 published · 1966-2010"
    assert (
        status_text.post_label("Embassy Abu Dhabi", totals)
        == "Embassy Abu Dhabi: 0 here of 2,547 published"
    )
    assert status_text.post_label("Embassy Zenda", totals) == ""


def test_a_post_has_what_a_tool_knows_of_it() -> None:
    totals = {"origin": [number("Embassy Rabat", 20)]}
    known = OriginNote(("~6%",), "estimate: 290 to 340 sent in 1 year (6% here)")
    assert status_text.post_label("Embassy Rabat", totals, known).startswith(
        "Embassy Rabat: 20 here, estimate: 290 to 340 sent in 1 year (6% here), "
    )
    assert status_text.post_label("Embassy Zenda", {}, known) == (
        "Embassy Zenda: 0 here, estimate: 290 to 340 sent in 1 year (6% here)"
    )


@pytest.mark.parametrize("at", [0, 1, 2])
def test_the_post_under_the_cursor_of_the_library_is_told(at: int) -> None:
    totals = {"origin": [number("Embassy Rabat", 20)], "class": [number("SECRET", 20)]}
    counted = list_sections(replace(KELP, counts=totals, totals=totals, pane="filters"))
    session = walk(counted, MoveInFilters(at))
    told = "Embassy Rabat: 20 here of" in status_text.status_ends(session)[0]
    assert told == (session.filter_lines.value_here == "Embassy Rabat") == (at == 1)
    assert "Rabat" not in status_text.status_ends(session, brief=True)[0]
