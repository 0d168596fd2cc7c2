"""Every effect is performed in one way, where effects are run."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from cable_tui import demo
from cable_tui.archive.archive import open_archive
from cable_tui.archive.build.indexer import index
from cable_tui.base.cable import Place
from cable_tui.base.value import replace
from cable_tui.library import Library
from cable_tui.program.clipboard import Clipboard
from cable_tui.query import parse
from cable_tui.query.answers import FIRST_ROWS
from cable_tui.session import ask, effects
from cable_tui.session.feature_state import Notebook
from cable_tui.session.features import (
    glossary,
    list_passages,
    opened_cable,
    results,
)
from cable_tui.session.features.bookmarks import LibraryChanged, SetMark, SetMarks, Undo
from cable_tui.session.registry import Services
from cable_tui.session.step import FEATURES, perform
from cable_tui.session.values import Effect
from cable_tui.tui.main import effect_runner
from tests.session import done, the

_LOOK = """
from cable_tui.reports.table import REPORTS
from cable_tui.session import step
from cable_tui.session.features.bookmarks import LibraryChange
from cable_tui.session.values import Effect, LibraryWrite, Request
from cable_tui.tui.main import effect_runner

for each in REPORTS.values():
    each.report

def kinds(kind):
    for each in kind.__subclasses__():
        yield each
        yield from kinds(each)

asked = set(kinds(Effect)) - {LibraryChange, LibraryWrite, Request}
for each in sorted(asked, key=str):
    in_thread = any(kind in step.EFFECTS for kind in each.__mro__)
    if in_thread == (effect_runner.on_screen(each) is not None):
        print("performed never or twice:", each.__name__)
print(len(asked) > 60)
"""


def test_every_effect_has_a_handler_where_effects_are_run() -> None:
    done = subprocess.run([sys.executable, "-c", _LOOK], capture_output=True, text=True, check=True)
    assert done.stdout == "True\n"


def test_an_effect_is_performed_in_one_way() -> None:
    tables = [
        *(getattr(each, "PERFORMERS", {}) for each in (ask, *FEATURES)),
        *(getattr(each, "ON_SCREEN", {}) for each in FEATURES),
        effect_runner.ON_SCREEN,
    ]
    named = Counter(effect for table in tables for effect in table)
    assert [effect.__name__ for effect, count in named.items() if count > 1] == []


def the_id(services: Services, reference: str) -> int:
    found = services.archive.find(reference)
    assert found is not None
    return found


def place(services: Services, reference: str, label: str) -> tuple[int, int]:
    """A cable, and the index of a paragraph of it."""
    cable = the_id(services, reference)
    paragraphs = services.archive.cable(cable).body.paragraphs
    return cable, [each.label for each in paragraphs].index(label)


def test_a_list_that_is_not_there_comes_as_a_complaint(services: Services) -> None:
    found = the(results.HitsFound, done(services, effects.FindHits(parse("lobster* list:nowhere"))))
    assert found.hits.count > 0
    assert [each.column for each in found.hits.complaints] == [9]


def test_a_question_is_answered_with_what_matched(services: Services) -> None:
    found = the(results.HitsFound, done(services, effects.FindHits(parse("lobster*"))))
    assert found.hits.count == len(found.hits.ids) > 0
    assert found.hits.highlights.spans("the Lobsters walk") == [(4, 12)]


def test_the_first_lines_of_a_long_list_come_before_the_others(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cable_tui.session.features.results.FIRST_HITS", 5)
    search = effects.FindHits(parse(""))
    first, whole = (the(results.HitsFound, [each]) for each in done(services, search))
    assert (first.more, whole.more) == (True, False)
    assert list(first.hits.ids) == list(whole.hits.ids)[:5]
    assert first.hits.count == whole.hits.count == len(whole.hits.ids)
    for answer in (first, whole):
        assert list(answer.hits.rows) == list(answer.hits.ids)[:FIRST_ROWS]
    again = replace(whole, hits=replace(whole.hits, rows={}))
    assert done(services, replace(search, again=True)) == [again]


def test_a_cancelled_question_reports_nothing(services: Services) -> None:
    asked: list[Effect] = [
        effects.FindHits(parse("lobster")),
        effects.CountFacets(parse("lobster")),
    ]
    assert [list(perform(services, each, lambda: True)) for each in asked] == [[], []]


def test_a_cable_is_read_and_one_that_is_gone_says_why(services: Services, indexed: Path) -> None:
    cable = the_id(services, "04PORTAMBER305")
    shown = the(opened_cable.CableShown, done(services, effects.FetchCable(cable)))
    assert shown.cable.reference_id == "04PORTAMBER305"
    assert the(opened_cable.CableNotShown, done(services, effects.FetchCable(10**6))).id == 10**6


def test_a_cable_of_the_list_is_explained_by_its_facts(services: Services) -> None:
    id_, mark = the_id(services, "04PORTAMBER305"), ("04PORTAMBER305", None)
    asked = glossary.ReadFacts(id_, None, Notebook(frozenset({mark})), True, 2)
    shown = the(glossary.ShowGlossary, done(services, asked))
    assert (shown.what, shown.title) == ("top", "04PORTAMBER305")
    assert [(each.term, each.meaning) for each in shown.symbols][:2] == [
        ("★", "bookmarked"),
        ("●", "selected"),
    ]
    assert shown.symbols[-1].term == "+2"
    noted = replace(asked, notebook=Notebook(noted=frozenset({mark}), seen=frozenset({mark[0]})))
    terms = [each.term for each in the(glossary.ShowGlossary, done(services, noted)).symbols]
    assert terms[:3] == ["✎", "✓", "●"]


def test_meanings_are_counted_in_the_cables_of_the_post(services: Services) -> None:
    read = the(
        opened_cable.CableShown,
        done(services, effects.FetchCable(the_id(services, "04PORTAMBER305"))),
    )
    shown = glossary.ShowGlossary("words", "x", "x", read.cable)
    asked = (("PORT", "the ferry"), ("PORT", "no such words at all"))
    answer = the(glossary.ShowGlossary, done(services, glossary.CountReadings(shown, asked)))
    origin = read.cable.facts.origin
    hits = services.archive.search(parse(f'origin:"{origin}" "the ferry" port'))
    assert answer.counts == {asked[0]: hits.count, asked[1]: 0}
    assert hits.count


def test_an_id_is_resolved_or_not_here(services: Services) -> None:
    cable = the_id(services, "04PORTAMBER305")
    resolve = effects.GoToCable("04 port amber 305", "2")
    assert done(services, resolve) == [
        opened_cable.ReferenceResolved("04 port amber 305", cable, "2")
    ]
    assert done(services, effects.GoToCable("09NOWHERE1")) == [
        opened_cable.ReferenceResolved("09NOWHERE1", None)
    ]


def test_a_bookmark_comes_and_goes_and_is_said(services: Services) -> None:
    mark = SetMark(Place(*place(services, "04PORTAMBER305", "2")))
    marks = Notebook(frozenset({("04PORTAMBER305", "2")}))
    news = LibraryChanged(marks, "Bookmarked 04PORTAMBER305 ¶2", filed=(mark.target,))
    assert done(services, mark) == [news]
    told = "Bookmark of 04PORTAMBER305 ¶2 removed · u to undo"
    removed = LibraryChanged(Notebook(), told, filed=(mark.target,))
    assert done(services, mark) == [removed]


def test_several_cables_are_bookmarked_at_once_and_taken_back_at_once(services: Services) -> None:
    names = ("04PORTAMBER305", "09PORTAMBER91", "09STATE88120")
    targets = tuple(Place(the_id(services, name)) for name in names)
    done(services, SetMark(targets[1]))
    marked = the(LibraryChanged, done(services, SetMarks(targets)))
    assert marked.sentence == "2 cables bookmarked, 1 had been"
    assert {name for name, _ in marked.notebook.marks} == set(names)
    undone = the(LibraryChanged, done(services, Undo()))
    assert {name for name, _ in undone.notebook.marks} == {"09PORTAMBER91"}


def test_what_is_copied_and_by_which_way_is_said(services: Services, tmp_path: Path) -> None:
    copy = effects.CopyCable("reference", Place(*place(services, "04PORTAMBER305", "3")))
    said = the(effects.Notify, done(services, copy))
    assert said.severity == "information"
    assert "¶3" in said.sentence
    assert str(tmp_path / "clipboard.txt") in said.sentence
    assert (tmp_path / "clipboard.txt").read_text("utf-8") == "04PORTAMBER305 ¶3"


def test_the_link_of_a_cable_that_is_not_here_needs_no_date(
    services: Services, tmp_path: Path
) -> None:
    done(services, effects.copy_link("08NOWHERE1"))
    assert "08NOWHERE1" in (tmp_path / "clipboard.txt").read_text("utf-8")


def test_what_is_being_read_can_be_cited_after_its_file_went_away(tmp_path: Path) -> None:
    demo.write(tmp_path / "cables")
    for _ in index(tmp_path / "cables", tmp_path / "cache"):
        pass
    clipboard = Clipboard(tmp_path / "clipboard.txt", environ={})
    archive = open_archive(tmp_path / "cables", tmp_path / "cache")
    library = Library(tmp_path / "library.sqlite", author="")
    with closing(archive), closing(library):
        services = Services(archive, library, clipboard)
        cable = the_id(services, "04PORTAMBER305")
        done(services, effects.FetchCable(cable))
        shutil.rmtree(tmp_path / "cables")
        the(LibraryChanged, done(services, SetMark(Place(cable))))
        copied = the(effects.Notify, done(services, effects.CopyCable("reference", Place(cable))))
    assert copied.severity == "information"
    assert (tmp_path / "clipboard.txt").read_text("utf-8") == "04PORTAMBER305"


def test_the_path_that_is_copied_is_the_whole_one(
    services: Services, indexed: Path, tmp_path: Path
) -> None:
    done(services, effects.CopyCable("path", Place(the_id(services, "04PORTAMBER305"))))
    copied = Path((tmp_path / "clipboard.txt").read_text("utf-8"))
    assert copied.is_relative_to(indexed / "cables")
    assert copied.is_file()


def test_passages_are_read_for_the_list_that_asked(services: Services) -> None:
    hits = services.archive.search(parse("lobster tank"))
    read = the(
        list_passages.PassagesRead,
        done(services, list_passages.ReadPassages(tuple(hits.ids), hits.highlights)),
    )
    assert (read.highlights, read.ids) == (hits.highlights, tuple(hits.ids))
    assert any("She lives in the primary school's tank." in each.text for each in read.passages)
