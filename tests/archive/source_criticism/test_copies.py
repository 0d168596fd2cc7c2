"""Which cables of a list have nearly the same text as one before them."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from cable_tui.archive.source_criticism.copies import CopyGroups, in_list
from cable_tui.query.answers import Copies
from tests.archive.fiction import archive_of
from tests.archive.source_criticism.fiction import CONTACT, FERRY, STORY, cable, own, story

GROUPS = {10: 1, 20: 1, 30: 1, 11: 2, 12: 2}


def test_the_first_of_a_group_has_the_others_under_it() -> None:
    found = in_list([5, 20, 11, 10, 6, 12, 30], GROUPS)
    assert found == Copies({20: (10, 30), 11: (12,)}, (3, 5, 6))


def test_a_cable_whose_copies_are_not_in_the_list_stands_alone() -> None:
    assert in_list([5, 20, 11], GROUPS) == Copies()


def test_the_groups_are_those_of_the_echo_file(tmp_path: Path) -> None:
    with closing(story(tmp_path)) as archive:
        ids = archive.ids([each.id for each in STORY])
        third, copy = ids["09CAIRO3"], ids["09DOHA9"]
        newest_first = sorted(ids.values(), reverse=True)
        found = CopyGroups(archive).copies(newest_first)
        assert dict(found.under) == {max(third, copy): (min(third, copy),)}
        assert [newest_first[place] for place in found.places] == [min(third, copy)]


def test_without_an_echo_file_nothing_is_a_copy(tmp_path: Path) -> None:
    with closing(story(tmp_path)) as archive:
        for file in archive.folder.glob("echoes-*"):
            file.unlink()
        assert CopyGroups(archive).copies(range(1, 7)) == Copies()


def test_a_file_that_was_made_anew_is_read_anew(tmp_path: Path) -> None:
    with closing(story(tmp_path, STORY[:3])) as archive:
        groups = CopyGroups(archive)
        assert groups.copies(range(1, 9)) == Copies()
        story(tmp_path)
        assert groups.copies(range(1, 9)).under


def test_a_cable_that_has_changed_since_is_no_copy(tmp_path: Path) -> None:
    with closing(story(tmp_path)) as archive:
        # the same sentences would still be a copy: the file knows nothing of the new text
        changed = cable(9, own(9), FERRY, CONTACT, post="Embassy Doha")
        archive_of(tmp_path, *STORY[:4], changed, STORY[5])
        assert CopyGroups(archive).copies(range(1, 9)) == Copies()
