"""Where the sentences of one cable are in others, and what recurs in a whole archive."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path

import pytest

from cable_tui.archive.archive import Archive
from cable_tui.archive.columns import container
from cable_tui.archive.sentences import echo_file
from cable_tui.base.errors import NotFoundError
from cable_tui.base.value import Value, replace
from cable_tui.tools.repeated_passages import passages as echoes
from cable_tui.tools.repeated_passages.passages import (
    ArchiveEchoes,
    Echoes,
    RepeatedPassage,
    overview,
    sharing,
)
from tests.archive.fiction import (
    Fiction,
    archive_of,
    build_index,
    id_of,
    opened,
    references,
    write_dump,
    write_page,
)
from tests.archive.source_criticism.fiction import (
    CELLAR,
    CONTACT,
    FERRY,
    KETTLES,
    STORY,
    cable,
    numbered,
    own,
    story,
    with_records,
)
from tests.tool_cases import SentenceAnswers


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with closing(story(tmp_path_factory.mktemp("story"))) as made:
        yield made


def of(archive: Archive, reference: str, several: int = 5) -> Echoes:
    found = echoes.echoes(archive, id_of(archive, reference), several)
    assert found is not None
    return found


def names(archive: Archive, passage: RepeatedPassage) -> list[str]:
    return references(archive, (place.id for place in passage.places))


def text(archive: Archive, id_: int, passage: RepeatedPassage) -> str:
    return " ".join(archive.cable(id_).body.text[slice(*passage.span)].split())


def test_each_passage_names_who_has_it_the_oldest_first(archive: Archive) -> None:
    found = of(archive, "09RABAT1")
    ferry, contact = found.passages
    assert text(archive, found.id, ferry) == f"(C) {FERRY}"
    assert names(archive, ferry) == ["09CAIRO3", "09DOHA9"]
    assert names(archive, contact) == ["09TUNIS2", "09CAIRO3", "09AMMAN4", "09DOHA9"]
    assert (ferry.cables, ferry.posts, ferry.is_first, ferry.is_counted) == (2, 3, True, False)
    for place in ferry.places:
        assert archive.cable(place.id).body.text[place.offset :].startswith("C) The ferry")
        assert place.words == len(f"C {FERRY}".split())
    assert not any(each.is_first for each in of(archive, "09DOHA9").passages)


@pytest.mark.parametrize(("several", "kind"), [(4, "boilerplate"), (5, "recycled")])
def test_boilerplate_is_what_more_posts_have_than_the_reader_says(
    archive: Archive, several: int, kind: str
) -> None:
    contact = of(archive, "09RABAT1", several).passages[-1]
    assert (contact.posts, contact.kind) == (5, kind)


def test_a_corrected_copy_is_known_and_comes_first(archive: Archive) -> None:
    found = of(archive, "09CAIRO3")
    copy, *others = found.alike
    assert references(archive, [copy.id]) == ["09DOHA9"]
    assert copy.is_copy
    assert copy.of_ours > copy.of_theirs > 0.8
    assert not any(each.is_copy for each in others)


@pytest.mark.parametrize(
    ("says", "carried"),
    [((1, 2), None), ((1, 1), "09RABAT1"), ((2, 2), "09RABAT2"), ((7, 7), None)],
)
def test_of_two_pages_with_one_text_the_number_in_it_says_whose_it_is(
    tmp_path: Path, says: tuple[int, int], carried: str | None
) -> None:
    same = [own(3), FERRY, KETTLES]
    pair = [numbered(number, *same, says=each) for number, each in zip((1, 2), says, strict=True)]
    with closing(story(tmp_path, pair)) as archive:
        for reference in ("09RABAT1", "09RABAT2"):
            (other,) = of(archive, reference).alike
            assert other.likeness == 1
            assert references(archive, [other.text_of]) == ([carried] if carried else [])


LORD = "the one and old lord warden of the seven outer harbours and lighthouses"


def test_a_passage_is_as_long_as_one_of_them_has_it_and_says_how_many_have_all(
    tmp_path: Path,
) -> None:
    cables = [
        cable(1, f"So he met {LORD} at tea in snow."),
        cable(2, f"So he met {LORD} at tea in town."),
        *(cable(number, f"We saw {LORD} go home.") for number in (3, 4, 5)),
    ]
    with closing(story(tmp_path, cables)) as archive:
        found = of(archive, "09RABAT1")
        (passage,) = found.passages
        said = text(archive, found.id, passage)
        assert (said, passage.cut) == (f"(C) So he met {LORD} at tea in", (False, True))
        assert (passage.cables, passage.whole) == (4, 1)


def test_boilerplate_makes_no_cable_alike_and_what_repeats_nothing_has_no_passage(
    archive: Archive,
) -> None:
    assert of(archive, "09AMMAN4", several=4).alike == ()
    assert of(archive, "09RABAT10").passages == ()


def test_what_very_many_have_is_counted_and_its_first_is_read(tmp_path: Path) -> None:
    many = [cable(number, CONTACT, day="2008-05-01") for number in range(101, 181)]
    first = cable(99, CONTACT, day="2001-01-01")
    with closing(story(tmp_path, [*many, first])) as archive:
        (contact,) = of(archive, "09RABAT150").passages
        assert (contact.cables, contact.is_counted) == (80, True)
        assert names(archive, contact)[0] == "09RABAT99"
        assert not contact.is_first


def test_a_cable_whose_file_is_gone_is_left_out(tmp_path: Path) -> None:
    with closing(story(tmp_path)) as archive:
        write_dump(tmp_path / "cables" / "more.csv", [cable(20, FERRY)])
        build_index(tmp_path / "cables", tmp_path / "cache", echoes=True)
        (tmp_path / "cables" / "more.csv").unlink()
        assert "09RABAT20" not in names(archive, of(archive, "09RABAT1").passages[0])


def test_without_the_pass_there_is_no_answer_and_the_state_says_so(tmp_path: Path) -> None:
    archive = archive_of(tmp_path, *STORY)
    assert echoes.state(archive) == "none"
    assert echoes.echoes(archive, id_of(archive, "09RABAT1")) is None
    story(tmp_path)
    assert echoes.state(archive) == "complete"
    archive_of(tmp_path, *STORY, cable(20, own(20)))
    assert echoes.state(archive) == "behind"


def test_a_cancelled_reading_has_what_was_read(archive: Archive) -> None:
    found = echoes.echoes(archive, id_of(archive, "09RABAT1"), cancelled=lambda: True)
    every = overview(archive, cancelled=lambda: True)
    assert found is not None
    assert every is not None
    assert (found.passages, every.recycled) == ((), ())


def test_a_cable_that_is_not_there_is_not_found(archive: Archive) -> None:
    with pytest.raises(NotFoundError):
        echoes.echoes(archive, 9999)


def test_numbers_that_meet_by_chance_are_no_passage(tmp_path: Path) -> None:
    """The index claims for every number all cables: what is not in the texts is not told."""
    with closing(story(tmp_path)) as archive:
        (file,) = archive.folder.glob(f"{echo_file.KIND}-*.parts")
        made = echo_file.load(archive.folder)
        assert made is not None
        (whole,) = made.files
        numbers = {each >> echo_file.ID_BITS for each in whole.postings}
        claims = sorted(number << 32 | id_ for number in numbers for id_ in whole.cables)
        head, parts = container.read(file) or ({}, [])
        container.write(file, head, [array("Q", claims).tobytes(), *parts[1:]])
        first = of(archive, "09RABAT1").passages[0]
        assert names(archive, first) == ["09CAIRO3", "09DOHA9"]
        assert KETTLES not in text(archive, id_of(archive, "09RABAT1"), first)


def test_what_another_record_has_is_an_echo_and_no_cable_echoes_itself(tmp_path: Path) -> None:
    repeated = "The harbour master keeps eleven brass kettles in the cellar below the old pier."
    hides = Fiction("09RABAT1", text=f"{repeated} Nobody has counted the lamps.")
    tells = Fiction("09RABAT2", created="2009-05-01 10:00", text="The lamps are old.")
    other = replace(tells, text=f"{tells.text} {repeated} XXXXXXXXXXXX left.")
    write_page(tmp_path / "cables" / "a", hides)
    write_page(tmp_path / "cables" / "b", replace(hides, text=f"{hides.text} XXXXXXXXXXXX knew."))
    write_page(tmp_path / "cables" / "a", tells)
    write_page(tmp_path / "cables" / "b", other)
    with closing(opened(tmp_path / "cables", tmp_path / "cache", echoes=True)) as archive:
        (passage,) = of(archive, "09RABAT1").passages
        assert names(archive, passage) == ["09RABAT2"]
        (place,) = passage.places
        assert place.record == 2
        body = archive.cable(place.id, 2).body.text
        assert body[place.offset :].startswith("The harbour master")


def test_who_shares_most_of_the_rarest_words_comes_first(tmp_path: Path) -> None:
    cables = [
        cable(1, "Zorvath sold the plumbline of Quessimer to a widow."),
        cable(2, "A widow of Quessimer was seen with Zorvath and his plumbline."),
        cable(3, "Zorvath left for the coast with the plumbline."),
        cable(4, "A widow alone."),
    ]
    with closing(story(tmp_path, cables)) as archive:
        id_ = id_of(archive, "09RABAT1")
        found = sharing(archive, id_, archive.cable(id_).body.text, 5)
        rows = references(archive, (each.id for each in found))
        assert rows[:2] == ["09RABAT2", "09RABAT3"]
        assert {"zorvath", "quessimer", "plumbline"} <= set(found[0].words)
        assert "quessimer" not in found[1].words


def whole(archive: Archive, several: int = 5, limit: int = 20) -> ArchiveEchoes:
    found = overview(archive, several, limit)
    assert found is not None
    return found


def test_passages_are_told_with_who_had_them_first(archive: Archive) -> None:
    told = [
        (*references(archive, [each.found.first]), each.found.cables, each.found.posts)
        for each in whole(archive).recycled
    ]
    assert told[0] == ("09RABAT1", 5, 5)
    assert ("09RABAT1", 3, 3) in told  # the ferry
    assert ("09TUNIS2", 3, 3) in told  # the kettles
    texts = [each.text for each in whole(archive).recycled]
    assert texts[:3] == [f"(C) {CONTACT}", f"(C) {FERRY}", f"(C) {KETTLES}"]
    assert len(whole(archive, limit=1).recycled) == 1
    for each in whole(archive).recycled:
        body = archive.cable(each.found.first).body.text
        assert " ".join(body[each.found.start :].split()).startswith(each.text)


def test_boilerplate_is_apart(archive: Archive) -> None:
    found = whole(archive, several=4)
    assert [each.text for each in found.frequent] == [f"(C) {CONTACT}"]
    assert all(CONTACT not in each.text for each in found.recycled)


def test_sentences_are_counted_and_copies_grouped_and_compared(archive: Archive) -> None:
    found = whole(archive)
    # six of their own, less the one that a copy repeats; the contact, ferry and kettles
    assert (found.sentences, found.recurring, found.boilerplate) == (8, 4, 0)
    (group,) = found.copies
    assert found.copies_groups == 1
    assert references(archive, group.ids) == ["09CAIRO3", "09DOHA9"]
    assert 0.8 < group.alike[0] < 1


def test_sentences_in_a_row_of_the_same_cables_are_one_passage(tmp_path: Path) -> None:
    third, copy = STORY[2], STORY[4]
    with closing(story(tmp_path, [third, copy])) as archive:
        (passage,) = whole(archive).recycled
        assert passage.found.cables == 2
        assert FERRY in passage.text
        assert passage.text.endswith(CONTACT)


def test_what_only_other_records_of_two_cables_have_is_counted_and_a_cable_once(
    tmp_path: Path,
) -> None:
    """Both records of one cable have its own sentences, which is no echo."""
    with closing(with_records(tmp_path)) as made:
        (passage,) = whole(made).recycled
        found = passage.found
        assert (passage.text, found.cables, found.posts) == (CELLAR, 2, 1)
        assert references(made, found.ids) == ["09RABAT1", "09RABAT2"]
        assert CELLAR not in made.cable(found.first).body.text
        body = made.cable(found.first, found.record).body.text
        assert body[found.start : found.end] == CELLAR
        assert whole(made).copies == ()


def _told(archive: Archive, names: Mapping[int, str]) -> object:
    return {
        names[id_]: _without_ids(echoes.echoes(archive, id_), names)
        for id_ in sorted(names, key=names.__getitem__)[::4]
    }


def _without_ids(value: object, names: Mapping[int, str]) -> object:
    """A value of dataclasses with the references of its ids."""
    if isinstance(value, Value):
        return {
            field: names[each] if field == "id" else _without_ids(each, names)
            for field, each in ((field, getattr(value, field)) for field in value.__annotations__)
        }
    return [_without_ids(each, names) for each in value] if isinstance(value, tuple) else value


def _of_all(archive: Archive) -> object:
    found = overview(archive)
    assert found is not None
    told = [(each.text, each.found.cables) for each in (*found.frequent, *found.recycled)]
    return [found.sentences, found.recurring, found.copies_groups, told]


CASE = SentenceAnswers(_told, _of_all)
