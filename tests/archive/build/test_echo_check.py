"""What the fingerprints claim is read in the texts: passages, and groups of copies."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from cable_tui.archive.archive import Archive
from cable_tui.archive.sentences import echo_file
from cable_tui.archive.sentences.echo_file import Overview
from cable_tui.value import replace
from tests.archive.fiction import Fiction
from tests.archive.source_criticism.fiction import (
    CONTACT,
    FERRY,
    GOATS,
    KETTLES,
    LAMPS,
    own,
    story,
)
from tests.archive.source_criticism.fiction import numbered as cable


def found(tmp_path: Path, cables: Sequence[Fiction]) -> tuple[Overview, dict[int, str]]:
    """What the file of these cables says, and their references."""
    with closing(story(tmp_path, cables)) as archive:
        return overview(archive), {id_: name for name, id_ in archive.ids(_names(cables)).items()}


def overview(archive: Archive) -> Overview:
    made = echo_file.load(archive.folder, checked=True)
    assert made is not None
    return made.overview


def _names(cables: Sequence[Fiction]) -> list[str]:
    return [each.id for each in cables]


def people(first: int) -> str:
    """A list of many people, who stand in no other one."""
    return "\n\n".join(
        f"Keeper {number} Odo{number} Rask{number}" for number in range(first, first + 60)
    )


def test_lists_of_different_people_are_no_copies(tmp_path: Path) -> None:
    """All sentences of eight words and more are the same; they are few of the words."""
    same = [FERRY, KETTLES, GOATS, LAMPS]
    cables = [cable(number, *same, people(100 * number)) for number in range(1, 6)]
    assert found(tmp_path, cables)[0].copies == ()


def test_a_chain_of_copies_is_no_group_but_for_those_that_are_alike(tmp_path: Path) -> None:
    """Each shares most with the next one, and the first with the last one less than a half."""
    said = [own(number) for number in range(16)]
    cables = [cable(1 + at, *said[2 * at : 2 * at + 9]) for at in range(3)]
    copies = found(tmp_path, cables)[0].copies
    assert [len(group.ids) for group in copies] == [2]
    assert all(part >= 0.5 for group in copies for part in group.alike)


def test_a_page_with_another_cables_text_comes_first_and_says_whose(tmp_path: Path) -> None:
    said = [[own(10 * at + number) for number in range(5)] for at in range(3)]
    cables = [
        # three of the same text, each with its own number
        *(cable(number, *said[0]) for number in (1, 2, 3)),
        cable(4, *said[1], post="Embassy Tunis"),
        cable(5, *said[1], post="Embassy Cairo", says=4),
        # both have the number of one that is not here
        *(cable(number, *said[2], says=999) for number in (6, 7)),
    ]
    copies, names = found(tmp_path, cables)[0].copies, found(tmp_path, cables)[1]
    told = [
        ([names[id_] for id_ in group.ids], [(names[a], names.get(b)) for a, b in group.carried])
        for group in copies
    ]
    assert told == [
        (["09TUNIS4", "09CAIRO5"], [("09CAIRO5", "09TUNIS4")]),
        (["09RABAT6", "09RABAT7"], [("09RABAT6", None), ("09RABAT7", None)]),
        (["09RABAT1", "09RABAT2", "09RABAT3"], []),
    ]


def test_a_passage_has_the_number_of_those_cables_that_have_all_of_it(tmp_path: Path) -> None:
    lord = "the one and old lord warden of the seven outer harbours and lighthouses"
    cables = [
        cable(1, f"So he met {lord} at tea."),
        *(cable(number, f"We saw {lord} on pier {number}.") for number in range(2, 8)),
        cable(8, CONTACT, FERRY),
        cable(9, CONTACT, FERRY, post="Embassy Cairo"),
        cable(10, CONTACT),
    ]
    passages, names = found(tmp_path, cables)
    told = {
        (names[each.first], each.cables, each.posts, each.cut, tuple(names[i] for i in each.ids))
        for each in passages.passages
    }
    assert told == {
        ("09RABAT1", 7, 1, (False, False), tuple(f"09RABAT{number}" for number in range(1, 8))),
        ("09RABAT8", 3, 2, (False, False), ("09RABAT8", "09CAIRO9", "09RABAT10")),
        ("09RABAT8", 2, 2, (False, False), ("09RABAT8", "09CAIRO9")),
    }


def test_of_very_many_cables_some_are_read_and_the_number_is_that_of_the_index(
    tmp_path: Path,
) -> None:
    cables = [replace(cable(1, CONTACT), id=f"09RABAT{number}") for number in range(100, 170)]
    (passage,) = found(tmp_path, cables)[0].passages
    assert (passage.cables, passage.is_counted) == (70, True)
    assert 16 <= len(passage.ids) < 24
