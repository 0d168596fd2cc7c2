"""Which names are one person's, and what a confirmed name claims."""

from __future__ import annotations

from pathlib import Path

import pytest

from cable_tui.archive.archive import Archive
from cable_tui.archive.fulltext import schema
from cable_tui.query import parse
from cable_tui.tools.people.claims import claims
from cable_tui.tools.people.confirmed import People, Person
from cable_tui.tools.people.counting import PeopleReader, cables_to_read
from cable_tui.tools.people.groups import LEAST, CommonNames
from tests.archive.fiction import Fiction, archive_of, opened, write_page
from tests.tool_cases import UnusedNames

RABAT, ZENDA = "Embassy Rabat", "Embassy Zenda"


def rows(tmp_path: Path, cables: list[tuple[str, str]], people: People = ()) -> dict[str, int]:
    """Who is listed, with the number of cables, of texts with their posts."""
    for number, (post, text) in enumerate(cables, 1):
        code = post.split()[1].upper()
        write_page(
            tmp_path / "pages",
            Fiction(f"08{code}{number}", f"2008-01-{number:02} 10:00", post, text=f"1. {text}"),
        )
    archive = opened(tmp_path / "pages", tmp_path / "cache")
    named = [cable for each in people for cable in each.cables]
    reader = PeopleReader(people, archive.ids(named))
    for id_, records in cables_to_read(archive, archive.search(parse("")).ids, reader):
        reader.add(id_, *records)
    found = reader.counted(archive).found
    archive.close()
    return {each.name: each.cables for each in found}


@pytest.mark.parametrize(
    ("cables", "found"),
    [
        # one sound, and the same title at one post
        ([(RABAT, "PM Gadhafi sang."), (RABAT, "Prime Minister Qaddafi slept.")], {"Gadhafi": 2}),
        # one sound, and the same title in one cable, whatever the post
        (
            [(RABAT, "PM Gadhafi met PM Qaddafi."), (ZENDA, "Mr. Qaddafi slept.")],
            {"Qaddafi": 2},
        ),
        # one sound alone
        ([(RABAT, "Mr. Beck sang."), (ZENDA, "Mr. Buck slept.")], {"Beck": 1, "Buck": 1}),
        (
            [(RABAT, "DCM Anderson sang."), (ZENDA, "DCM Henderson slept.")],
            {"Anderson": 1, "Henderson": 1},
        ),
        # the same title at one post, and other given names
        (
            [(RABAT, "PM Bo Gadhafi sang."), (RABAT, "PM Ivo Qaddafi slept.")],
            {"Gadhafi": 1, "Qaddafi": 1},
        ),
        # a plural
        ([(RABAT, "PM Zarapo sang."), (RABAT, "PM Zarapos slept.")], {"Zarapo": 2}),
        # a given name is the person's whose full name the cable has, and nobody's elsewhere
        (
            [
                (RABAT, "President Hulmo sang to President Hulmo Charez."),
                (ZENDA, "President Hulmo slept."),
            ],
            {"Charez": 1, "Hulmo": 1},
        ),
        # with another title it is somebody else's
        ([(RABAT, "Mr. Hulmo sang to President Hulmo Charez.")], {"Charez": 1, "Hulmo": 1}),
        # what belongs to a name
        (
            [(RABAT, "President Ben Arli sang."), (RABAT, "President Arli slept.")],
            {"Ben Arli": 1, "Arli": 1},
        ),
        ([(RABAT, "President Ben Arli sang to President Arli.")], {"Ben Arli": 1}),
    ],
)
def test_names_are_one_person_s_for_more_than_a_like_sound(
    cables: list[tuple[str, str]], found: dict[str, int], tmp_path: Path
) -> None:
    assert rows(tmp_path, cables) == found


CABLES = [
    (RABAT, "President Ben Arli met the press. Arli spoke. Mr. Arli left."),
    (RABAT, "General Arli slept."),
    (ZENDA, "President Arli Saleb sang."),
    (ZENDA, "Mr. Arli ate salt."),
]


@pytest.mark.parametrize(
    ("person", "cables"),
    [
        # the fuller name, and the part in its cables
        (Person("He", ("President Ben Arli",)), 1),
        # a title with a surname is no beginning of another name
        (Person("He", ("President Arli",)), 0),
        # cables that were confirmed one by one
        (Person("He", ("President Ben Arli",), cables=("08ZENDA4",)), 2),
        # a surname that an older program kept means what it meant
        (Person("He", ("Arli",)), 4),
    ],
)
def test_a_part_alone_is_a_person_only_where_a_fuller_name_is(
    person: Person, cables: int, tmp_path: Path
) -> None:
    assert rows(tmp_path, CABLES, (person,)).get("He", 0) == cables


def test_who_is_no_person_is_not_listed_whatever_the_title(tmp_path: Path) -> None:
    people = (Person("Arli", ("Arli",), is_nobody=True),)
    assert set(rows(tmp_path, CABLES, people)) == {"Ben Arli", "Saleb"}


def test_what_a_name_claims_is_counted_in_the_whole_archive(tmp_path: Path) -> None:
    rows(tmp_path, CABLES)
    archive = opened(tmp_path / "pages", tmp_path / "cache")
    claimed = claims(archive, Person("Ben Arli", ("President Arli", "General Arli")))
    archive.close()
    assert claimed.cables == 2
    assert [each.text for each in claimed.names] == ["General Arli"]
    assert [each.text for each in claimed.others] == ["President Arli Saleb"]
    assert claimed.examples == ("08RABAT2", "08ZENDA3")
    assert claimed.lines[0] == "Ben Arli: 2 cables, by President Arli, General Arli"


OFTEN = [
    Fiction(f"08RABAT{at}", "2008-01-02 10:00", text="1. President Casimir Marlo met Mr. García.")
    for at in range(1, LEAST + 1)
]
ONCE = [
    Fiction("09RABAT1", "2009-01-02 10:00", text="1. Mr. Marlo and Manuel García (protect) met."),
    *(
        Fiction(f"09ZENDA{at}", "2009-01-02 10:00", text="1. Ada Pelham (strictly protect) spoke.")
        for at in range(1, LEAST + 5)
    ),
    *(
        Fiction(f"09AMBER{at}", "2009-01-02 10:00", text="1. Bo Rask came.")
        for at in range(1, LEAST)
    ),
]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    return archive_of(tmp_path_factory.mktemp("common"), *OFTEN, *ONCE, pages=True)


@pytest.mark.parametrize(
    ("name", "common"),
    [
        ("Casimir Marlo", True),
        ("CASIMIR\nMARLO", True),
        ("Marlo", True),
        ("Garcia", True),  # a surname that several have
        ("Manuel García", False),
        ("Ada Pelham", False),  # each of its cables asks to protect somebody
        ("Bo Rask", False),  # one cable too few
        ("Nobody", False),
        ("", False),
        ("--", False),
    ],
)
def test_a_name_is_common_that_twenty_cables_give_without_a_plea(
    archive: Archive, name: str, *, common: bool
) -> None:
    assert CommonNames(archive)(name) is common


def test_without_a_text_index_no_name_is_common(archive: Archive, tmp_path: Path) -> None:
    copy = opened(archive.root, tmp_path / "cache")
    (copy.folder / schema.FOLDER).rename(tmp_path / "gone")
    assert not CommonNames(copy)("Casimir Marlo")
    copy.close()


CASE = UnusedNames(
    {
        "tools.people.groups:__call__": "it is called as a function",
    }
)
