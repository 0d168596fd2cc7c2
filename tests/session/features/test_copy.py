"""Which record of a cable is read, and copied."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from cable_tui.archive.archive import Archive
from cable_tui.base.cable import Cable, CableWarning, Paragraph, Source
from cable_tui.base.value import replace
from cable_tui.exports.citation import Citation, Ways
from cable_tui.exports.copy_formats import EXPORTS
from cable_tui.library import Library
from cable_tui.program.clipboard import Clipboard
from cable_tui.session import effects
from cable_tui.session.features import copy
from cable_tui.session.features.links import stops
from cable_tui.session.features.opened_cable import ChooseRecord, KeepRecord, TakeRecord
from cable_tui.session.registry import Services
from cable_tui.session.state import Session
from cable_tui.session.step import perform, step
from cable_tui.session.values import Action, OpenedCable
from tests.archive.fiction import GOATS, LAMPS, Fiction, opened, write_page
from tests.session import does, done, menu, reading_session, said, the
from tests.tui.cables import TEXT, cable, whole

PAGE = Source("cable/2009/02/09ZENDA20.html", "html-page")
ROW = Source("plusd.json", "plusd-json", number=2)


def _found_in(*sources: Source) -> Session:
    session = reading_session(20)
    assert session.opened is not None
    cable = replace(session.opened.cable, sources=sources)
    return replace(session, opened=OpenedCable(20, cable))


def test_a_cable_of_one_record_has_no_choice() -> None:
    assert "only one version" in said(step(_found_in(PAGE), ChooseRecord())[1])


def test_the_record_that_is_chosen_is_read_now_and_from_now_on() -> None:
    session, wanted = step(_found_in(PAGE, ROW), ChooseRecord())
    assert does(menu(wanted), "2") == TakeRecord(2)
    session, wanted = step(session, TakeRecord(2))
    assert wanted == (KeepRecord(20, 2), effects.FetchCable(20, 2))
    assert session.opening == 20


def test_what_is_read_is_copied() -> None:
    the(effects.CopyCable, step(_found_in(ROW, PAGE), copy.Copy("footnote"))[1])


def cited(made: Cable, *paragraphs: Paragraph, stop: int = 0) -> Citation:
    return copy.citation_of(made, paragraphs, stop, Path("/cables"), Ways())


def test_a_ref_line_is_cited_by_its_letter() -> None:
    made = whole()
    at = next(n for n, each in enumerate(stops(made)) if "08ZENDA255" in TEXT[slice(*each.span)])
    place = cited(made, stop=at)
    assert copy.named(place) == "ref. B"
    assert EXPORTS["reference"].function(place) == "09ZENDA27 ref. B"
    assert EXPORTS["link"].function(place).endswith("/09ZENDA27.html#parB")


def test_paragraphs_are_cited_by_the_first_and_the_last_wherever_the_cursor_is() -> None:
    made = whole()
    place = cited(made, made.body.paragraphs[2], stop=2)
    assert (copy.named(place), place.references) == ("¶3", ())

    assert copy.named(cited(made, *made.body.paragraphs[:3])) == "¶1–3"
    assert copy.named(cited(made)) == "09ZENDA27", "the top matter is the whole cable"
    assert cited(made, stop=99).references == ()


def test_the_users_own_link_and_templates_are_used() -> None:
    ways = Ways("https://example.org/{id}", {"short-note": "{id}, as told."})
    place = copy.citation_of(whole(), (), 0, Path("/cables"), ways)
    assert EXPORTS["link"].function(place) == "https://example.org/09ZENDA27"
    assert EXPORTS["short-note"].function(place) == "09ZENDA27, as told."
    assert place.read_on is None


def test_citations_name_a_day_that_is_set_or_on_which_the_page_was_opened(
    services: Services,
) -> None:
    made = whole()
    today = datetime.now(UTC).astimezone().date()

    def days() -> list[date | None]:
        ways = services.ways or Ways()
        place = copy.citation_of(made, made.body.paragraphs[2:3], 2, None, ways)
        return [place.read_on, copy.citation_of(made, (), 0, None, ways).read_on]

    page = EXPORTS["link"].function(copy.citation_of(made, (), 0, None, Ways()))
    services.note_opened("https://example.org/another")
    services.note_opened("file:///cables/09ZENDA27.html")
    assert days() == [None, None]
    services.note_opened(page)
    assert days() == [today, today]
    services.ways = replace(services.ways or Ways(), accessed=date(2026, 11, 28))
    assert days() == [date(2026, 11, 28)] * 2


_ASKED = "1.  (C) Baker Ruta Holm (strictly\nprotect) counts herrings.\n\n2.  (C) So it is.\n"


@pytest.mark.tool("protection")
def test_before_a_copy_it_is_said_how_many_requests_its_cable_holds(tmp_path: Path) -> None:
    clipboard = Clipboard(tmp_path / "clipboard.txt")
    place = cited(cable(_ASKED), cable(_ASKED).body.paragraphs[1])
    warned, told = copy.copy_text(clipboard, "So it is.", "it", [place])
    asked = "1 protection request in 09ZENDA27: g ! lists them."
    assert warned == effects.Notify(asked, "warning")
    assert "protection" not in said([told])
    assert len(list(copy.copy_text(clipboard, "So.", "it", [cited(cable("1.  (C) So.\n"))]))) == 1


def test_grave_warnings_are_said_in_one_notice() -> None:
    codes = ("stub", "repeated-body", "teaser")
    warnings = tuple(CableWarning(code, f"it is a {code}") for code in codes)
    made = replace(cable("1.  (C) So.\n"), warnings=warnings)
    assert copy.caution(cited(made)) == (
        "It is a stub. It is a repeated-body. And 1 more: see the top of the cable."
    )
    assert copy.caution(cited(replace(made, warnings=warnings[:1]))) == "It is a stub."


def test_why_there_is_nothing_to_copy_is_said() -> None:
    undated = replace(whole(), facts=replace(whole().facts, created=""))
    assert "has no date" in copy.nothing_to_copy(cited(undated), "link")
    assert copy.nothing_to_copy(cited(whole()), "path of the file") == (
        "09ZENDA27 has no path of the file."
    )


def test_a_part_is_quoted_word_for_word_and_cited_by_the_paragraphs_it_stands_in() -> None:
    made = whole()
    first, second = made.body.paragraphs[:2]
    span = (first.span[1] - 8, second.span[0] + 12)
    place = copy.part_of(cited(made, *made.body.paragraphs[2:]), span)
    assert EXPORTS["text"].function(place) == TEXT[slice(*span)]
    assert EXPORTS["reference"].function(place) == "09ZENDA27 ¶1–2"
    assert EXPORTS["quotation"].function(place) == (
        "“… Summary.\n\n“(C/NF) H …” (09ZENDA27, paras. 1–2)"
    )
    assert copy.named(place) == "selected in 09ZENDA27 ¶1–2"


def test_page_breaks_stand_in_no_quotation_of_a_part() -> None:
    text = "1.  (C) Herrings were\n\nZENDA 00000027  002 OF 003\n\n\ncounted twice.\n"
    words = "Herrings were\ncounted twice."
    made = cable(text, (Paragraph("1", "par1", "C", None, words, (0, len(text))),))
    place = copy.part_of(cited(made), (8, len(text)))
    assert EXPORTS["quotation"].function(place).startswith("“(C) Herrings were counted twice.”")


KELL = Fiction(id="09RABAT28", text="Kell (strictly protect) has lamps.")
LOST = Fiction(id="09RABAT29")


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """The file of one cable is gone."""
    place = tmp_path_factory.mktemp("copy")
    for each in (GOATS, LAMPS, KELL, LOST):
        write_page(place / "cables", each)
    with closing(opened(place / "cables", place / "cache")) as found:
        next(place.rglob(f"{LOST.id}.html")).unlink()
        yield found


@pytest.fixture
def services(archive: Archive, tmp_path: Path) -> Iterator[Services]:
    with closing(Library(tmp_path / "library.sqlite", author="")) as library:
        yield Services(archive, library, Clipboard(tmp_path / "clipboard.txt", environ={}))


def severity(told: Action) -> str:
    assert isinstance(told, effects.Notify)
    return told.severity


def _copied(services: Services, style: str, *references: str) -> list[Action]:
    ids = tuple(services.archive.find(each) or 0 for each in references)
    return done(services, effects.CopyCables(style, ids))


def test_references_stand_a_line_each_in_the_order_of_the_list(
    services: Services, tmp_path: Path
) -> None:
    *_, told = _copied(services, "reference", "09RABAT27", "08RABAT990")
    assert severity(told) == "information"
    assert "2 cables" in said([told])
    assert (tmp_path / "clipboard.txt").read_text() == "09RABAT27\n08RABAT990"


def test_longer_texts_have_a_blank_line_between_them(services: Services, tmp_path: Path) -> None:
    _copied(services, "bibtex", "09RABAT27", "08RABAT990")
    first, second = (tmp_path / "clipboard.txt").read_text().split("\n\n")
    assert "09RABAT27" in first
    assert "08RABAT990" in second


def test_items_of_several_cables_are_one_array(services: Services, tmp_path: Path) -> None:
    _copied(services, "csl-json", "09RABAT27", "08RABAT990", "09RABAT28")
    items = json.loads((tmp_path / "clipboard.txt").read_text())
    assert [item["id"] for item in items] == ["09RABAT27", "08RABAT990", "09RABAT28"]


def test_cautions_are_said_once(services: Services) -> None:
    *warned, told = _copied(services, "reference", "09RABAT28", "08RABAT990")
    assert {severity(each) for each in warned} == {"warning"}
    assert severity(told) == "information"
    assert said([warned[0]]).startswith("1 protection request in ")


def test_a_cable_whose_file_is_gone_is_said_and_the_others_copied(services: Services) -> None:
    warned, told = _copied(services, "text", "09RABAT27", LOST.id)
    assert warned == effects.Notify(
        "1 of 2 selected cables could not be copied in this format.", "warning"
    )
    assert severity(told) == "information"
    assert severity(*_copied(services, "text", LOST.id)) == "error"


def test_too_many_go_to_a_file(services: Services) -> None:
    ids = tuple(range(copy.MOST_COPIED + 1))
    failed = the(effects.Notify, done(services, effects.CopyCables("reference", ids)))
    assert failed.severity == "error"
    assert failed.sentence == "1,001 cables are too many to copy: E writes them to a file."


def test_a_cancelled_copy_copies_nothing(services: Services, tmp_path: Path) -> None:
    effect = effects.CopyCables("reference", (1, 2))
    assert list(perform(services, effect, lambda: True)) == []
    assert not (tmp_path / "clipboard.txt").exists()


def test_the_sentence_of_a_place_is_copied_with_where_it_stands(
    services: Services, tmp_path: Path
) -> None:
    id_ = services.archive.find("09RABAT28") or 0
    body = services.archive.cable(id_).body.text
    asked = copy.CopySentence(id_, body.index("lamps", body.index("1. ")))
    *_, said = done(services, asked)
    assert isinstance(said, effects.Notify)
    assert "quotation" in said.sentence
    copied = (tmp_path / "clipboard.txt").read_text()
    assert copied == "“(C) Kell (strictly protect) has lamps.” (09RABAT28, para. 1)"
    done(services, copy.CopySentence(id_, None))
    assert (tmp_path / "clipboard.txt").read_text().endswith("(09RABAT28)")
