"""What recurs in a whole archive."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from cable_tui.archive.archive import Archive
from cable_tui.archive.source_criticism.echo_overview import ArchiveEchoes, overview
from tests.archive.source_criticism.fiction import (
    CELLAR,
    CONTACT,
    FERRY,
    KETTLES,
    STORY,
    story,
    with_records,
)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with closing(story(tmp_path_factory.mktemp("story"))) as made:
        yield made


def of(archive: Archive, several: int = 5, limit: int = 20) -> ArchiveEchoes:
    found = overview(archive, several, limit)
    assert found is not None
    return found


def first(archive: Archive, id_: int) -> str:
    return archive.rows([id_])[0].reference_id


def test_passages_are_told_with_who_had_them_first(archive: Archive) -> None:
    told = [
        (first(archive, each.found.first), each.found.cables, each.found.posts)
        for each in of(archive).recycled
    ]
    assert told[0] == ("09RABAT1", 5, 5)
    assert ("09RABAT1", 3, 3) in told  # the ferry
    assert ("09TUNIS2", 3, 3) in told  # the kettles
    texts = [each.text for each in of(archive).recycled]
    assert texts[:3] == [f"(C) {CONTACT}", f"(C) {FERRY}", f"(C) {KETTLES}"]


def test_a_passage_stands_where_it_says(archive: Archive) -> None:
    for each in of(archive).recycled:
        body = archive.cable(each.found.first).body.text
        assert " ".join(body[each.found.start :].split()).startswith(each.text)


def test_boilerplate_is_apart(archive: Archive) -> None:
    found = of(archive, several=4)
    assert [each.text for each in found.frequent] == [f"(C) {CONTACT}"]
    assert all(CONTACT not in each.text for each in found.recycled)


def test_sentences_are_counted(archive: Archive) -> None:
    found = of(archive)
    # six of their own, less the one that a copy repeats; the contact, ferry and kettles
    assert (found.sentences, found.recurring, found.boilerplate) == (8, 4, 0)


def test_copies_are_grouped_and_compared(archive: Archive) -> None:
    found = of(archive)
    (group,) = found.copies
    assert found.copies_groups == 1
    assert [first(archive, id_) for id_ in group.ids] == ["09CAIRO3", "09DOHA9"]
    assert 0.8 < group.alike[0] < 1


def test_no_more_is_told_than_was_asked_for(archive: Archive) -> None:
    assert len(of(archive, limit=1).recycled) == 1


def test_sentences_in_a_row_of_the_same_cables_are_one_passage(tmp_path: Path) -> None:
    third, copy = STORY[2], STORY[4]
    with closing(story(tmp_path, [third, copy])) as archive:
        (passage,) = of(archive).recycled
        assert passage.found.cables == 2
        assert FERRY in passage.text
        assert passage.text.endswith(CONTACT)


def test_a_cancelled_reading_ends(archive: Archive) -> None:
    found = overview(archive, cancelled=lambda: True)
    assert found is not None
    assert found.recycled == ()


def test_what_only_other_records_of_two_cables_have_is_counted_and_a_cable_once(
    tmp_path: Path,
) -> None:
    """Their own sentences stand in both records of one cable, which is no echo."""
    with closing(with_records(tmp_path)) as made:
        (passage,) = of(made).recycled
        found = passage.found
        assert (passage.text, found.cables, found.posts) == (CELLAR, 2, 1)
        assert [first(made, id_) for id_ in found.ids] == ["09RABAT1", "09RABAT2"]
        assert CELLAR not in made.cable(found.first).body.text
        body = made.cable(found.first, found.record).body.text
        assert body[found.start : found.end] == CELLAR
        assert of(made).copies == ()
