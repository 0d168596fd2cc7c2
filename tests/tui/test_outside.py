"""Effects carried out on a real small archive: what is asked, what is reported."""

from __future__ import annotations

import shutil
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from cable_tui import demo
from cable_tui.archive import index, open_archive
from cable_tui.clipboard import Clipboard
from cable_tui.library import Library
from cable_tui.query import parse
from cable_tui.session import Action, Effect, actions, effects, passages
from cable_tui.session.notebook import Marked, Notebook, SetMark, SetMarks, TakeBack, Target
from cable_tui.tui.outside import Outside
from tests.tui.test_watch import Shelf


def done(outside: Outside, effect: Effect) -> list[Action]:
    return list(outside.perform(effect, lambda: False))


def the_id(outside: Outside, reference: str) -> int:
    found = outside.archive.find(reference)
    assert found is not None
    return found


def test_a_list_that_is_not_there_comes_as_a_complaint(outside: Outside) -> None:
    (found,) = done(outside, effects.Search(7, parse("lobster* list:nowhere")))
    assert isinstance(found, actions.Found)
    assert found.hits.count > 0
    assert [each.column for each in found.hits.complaints] == [9]


def test_a_question_is_answered_with_its_own_ticket(outside: Outside) -> None:
    (found,) = done(outside, effects.Search(7, parse("lobster*")))
    assert isinstance(found, actions.Found)
    assert found.ticket == 7
    assert found.hits.count == len(found.hits.ids) > 0
    assert found.hits.lit.spans("the Lobsters walk") == [(4, 12)]


def test_the_first_lines_of_a_long_list_come_before_the_others(
    outside: Outside, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cable_tui.tui.outside.HEAD", 5)
    search = effects.Search(7, parse(""))
    first, whole = done(outside, search)
    assert isinstance(first, actions.Found)
    assert isinstance(whole, actions.Found)
    assert (first.more, whole.more) == (True, False)
    assert list(first.hits.ids) == list(whole.hits.ids)[:5]
    assert first.hits.count == whole.hits.count == len(whole.hits.ids)
    assert done(outside, replace(search, again=True)) == [whole]


def test_a_cancelled_question_reports_nothing(outside: Outside) -> None:
    asked: list[Effect] = [
        effects.Search(7, parse("lobster")),
        effects.CountFacets(7, parse("lobster")),
    ]
    assert [list(outside.perform(each, lambda: True)) for each in asked] == [[], []]


def test_the_library_is_counted(outside: Outside) -> None:
    (counted,) = done(outside, effects.CountFacets(3, parse("")))
    assert isinstance(counted, actions.Counted)
    assert {"origin", "tag", "class", "date"} <= set(counted.counts)


def test_a_text_that_names_a_cable_surely_says_so(outside: Outside) -> None:
    (jumped,) = done(outside, effects.LookUp(3, "04PORTAMBER305#par2"))
    assert isinstance(jumped, actions.Jumped)
    first = jumped.jumps[0]
    assert (first.reference, first.paragraph, first.sure) == ("04PORTAMBER305", "2", True)


def test_a_cable_is_read_and_one_that_is_gone_says_why(outside: Outside, indexed: Path) -> None:
    cable = the_id(outside, "04PORTAMBER305")
    (shown,) = done(outside, effects.Open(cable))
    assert isinstance(shown, actions.Shown)
    assert shown.cable.reference_id == "04PORTAMBER305"
    (refused,) = done(outside, effects.Open(10**6))
    assert isinstance(refused, actions.NotShown)
    assert refused.id == 10**6


def test_an_id_is_resolved_or_not_here(outside: Outside) -> None:
    cable = the_id(outside, "04PORTAMBER305")
    resolve = effects.Resolve("04 port amber 305", "2")
    assert done(outside, resolve) == [actions.Resolved("04 port amber 305", cable, "2")]
    assert done(outside, effects.Resolve("09NOWHERE1")) == [actions.Resolved("09NOWHERE1", None)]


def test_a_bookmark_comes_and_goes_and_is_said(outside: Outside) -> None:
    cable = the_id(outside, "04PORTAMBER305")
    labels = [each.label for each in outside.archive.cable(cable).body.paragraphs]
    (marked,) = done(outside, SetMark(Target(cable, labels.index("2"))))
    place = frozenset({("04PORTAMBER305", "2")})
    assert marked == Marked(Notebook(place), "Bookmarked 04PORTAMBER305 ¶2")
    (gone,) = done(outside, SetMark(Target(cable, labels.index("2"))))
    assert gone == Marked(Notebook(), "Bookmark of 04PORTAMBER305 ¶2 taken away · u undoes")


def test_several_cables_are_bookmarked_at_once_and_taken_back_at_once(outside: Outside) -> None:
    names = ("04PORTAMBER305", "09PORTAMBER91", "09STATE88120")
    targets = tuple(Target(the_id(outside, name)) for name in names)
    done(outside, SetMark(targets[1]))
    (marked,) = done(outside, SetMarks(targets))
    assert isinstance(marked, Marked)
    assert marked.sentence == "2 cables bookmarked, 1 had been"
    assert {name for name, _ in marked.notebook.marks} == set(names)
    (undone,) = done(outside, TakeBack())
    assert isinstance(undone, Marked)
    assert {name for name, _ in undone.notebook.marks} == {"09PORTAMBER91"}


def test_what_is_copied_and_by_which_way_is_said(outside: Outside, tmp_path: Path) -> None:
    cable = the_id(outside, "04PORTAMBER305")
    labels = [each.label for each in outside.archive.cable(cable).body.paragraphs]
    (said,) = done(outside, effects.PutOnClipboard("reference", cable, labels.index("3")))
    assert isinstance(said, actions.Said)
    assert "¶3" in said.sentence
    assert str(tmp_path / "clipboard.txt") in said.sentence
    assert (tmp_path / "clipboard.txt").read_text("utf-8") == "04PORTAMBER305 ¶3"


def test_the_link_of_a_cable_that_is_not_here_needs_no_date(
    outside: Outside, tmp_path: Path
) -> None:
    done(outside, effects.PutLinkOnClipboard("08NOWHERE1"))
    assert "08NOWHERE1" in (tmp_path / "clipboard.txt").read_text("utf-8")


def test_the_archive_is_summarised(outside: Outside) -> None:
    (found,) = done(outside, effects.Summarise())
    assert isinstance(found, actions.Summarised)
    assert found.summary.cables == len(list(demo.drafts()))


def test_lines_are_read_by_id(outside: Outside) -> None:
    cable = the_id(outside, "04PORTAMBER305")
    assert outside.rows([cable, 10**6])[cable].reference_id == "04PORTAMBER305"


def test_what_is_being_read_can_be_cited_after_its_file_went_away(tmp_path: Path) -> None:
    demo.write(tmp_path / "cables")
    for _ in index(tmp_path / "cables", tmp_path / "cache"):
        pass
    clipboard = Clipboard(tmp_path / "clipboard.txt", environ={})
    archive = open_archive(tmp_path / "cables", tmp_path / "cache")
    library = Library(tmp_path / "library.sqlite", author="")
    with closing(archive), closing(library):
        outside = Outside(archive, library, clipboard)
        cable = the_id(outside, "04PORTAMBER305")
        done(outside, effects.Open(cable))
        shutil.rmtree(tmp_path / "cables")
        (marked,) = done(outside, SetMark(Target(cable, None)))
        (copied,) = done(outside, effects.PutOnClipboard("reference", cable, None))
    assert isinstance(marked, Marked)
    assert isinstance(copied, actions.Said)
    assert (tmp_path / "clipboard.txt").read_text("utf-8") == "04PORTAMBER305"


def test_a_warning_comes_before_a_copy_and_does_not_stop_it(outside: Outside) -> None:
    cable = the_id(outside, "06PORTAMBER95")
    labels = [each.label for each in outside.archive.cable(cable).body.paragraphs]
    copy = effects.PutOnClipboard("quotation", cable, labels.index("2"))
    warned, said = done(outside, copy)
    assert isinstance(warned, actions.Warned)
    assert warned.sentence.startswith("“please protect” stands here")
    assert isinstance(said, actions.Said)


def test_the_path_that_is_copied_is_the_whole_one(
    outside: Outside, indexed: Path, tmp_path: Path
) -> None:
    done(outside, effects.PutOnClipboard("path", the_id(outside, "04PORTAMBER305"), None))
    copied = Path((tmp_path / "clipboard.txt").read_text("utf-8"))
    assert copied.is_relative_to(indexed / "cables")
    assert copied.is_file()


def test_a_mark_that_the_disk_did_not_take_is_shown_and_said_to_wait(
    indexed: Path, tmp_path: Path
) -> None:
    archive = open_archive(indexed / "cables", indexed / "cache")
    with closing(archive), closing(Shelf(tmp_path / "library.sqlite")) as library:
        library.full = True
        outside = Outside(archive, library, Clipboard(tmp_path / "clipboard.txt", environ={}))
        cable = the_id(outside, "04PORTAMBER305")
        news, failed = done(outside, SetMark(Target(cable, None)))
    assert news == Marked(Notebook(frozenset({("04PORTAMBER305", None)}), pending=1))
    assert isinstance(failed, actions.Failed)
    assert "1 bookmark waits in memory" in failed.sentence


def test_passages_are_read_for_the_list_that_asked(outside: Outside) -> None:
    hits = outside.archive.search(parse("lobster tank"))
    (read,) = done(outside, passages.ReadPassages(tuple(hits.ids), hits.lit))
    assert isinstance(read, passages.Read)
    assert (read.lit, read.ids) == (hits.lit, tuple(hits.ids))
    assert any("She lives in the primary school's tank." in each.text for each in read.passages)
