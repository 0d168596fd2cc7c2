"""Who is in some cables: candidates, the confirmed, protected names."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import pytest

from cable_tui.archive.archive import Archive, open_archive
from cable_tui.archive.sentences import echo_file
from cable_tui.base.value import as_json
from cable_tui.query import parse
from cable_tui.tools.people.confirmed import People, Person
from cable_tui.tools.people.counting import CountedPeople, PeopleReader, cables_to_read
from cable_tui.tools.people.forms import candidate_named
from cable_tui.tools.people.person import FoundPerson
from cable_tui.tools.people.report import REPORT
from tests.archive.fiction import Fiction, archive_of, build_index, opened, write_dump
from tests.formats.frus.volumes import telegram, volume
from tests.slow.functions import raw
from tests.tool_cases import SentenceAnswers

CABLES = [
    Fiction("08RABAT1", "2008-01-02 10:00", text="1. PM Gadhafi met General Kelpman.\nMARLOW"),
    Fiction(
        "08RABAT2", "2008-03-04 10:00", text="1. Prime Minister Bo Qaddafi and Mr. Dora Kelpman."
    ),
    Fiction("10RABAT3", "2010-05-06 10:00", text="1. Dr. Ada Pelham (strictly protect) spoke."),
    Fiction(
        "10ZENDA4",
        "2010-05-07 10:00",
        "Embassy Zenda",
        text="1. PM Gadhafi and PM Gadhafi,s cook, Clem Rask (strictly protect), sang.",
    ),
    Fiction("10ZENDA5", "2010-05-08 10:00", "Embassy Zenda", text="1. PRESIDENT PUTEN SPOKE"),
    Fiction(
        "10ZENDA6", "2010-05-09 10:00", "Embassy Zenda", text="1. Mr. Patin, Gen. Hugo Kelpman."
    ),
]


def counted(archive: Archive, query: str = "", people: People = ()) -> CountedPeople:
    reader = PeopleReader(people)
    for id_, records in cables_to_read(archive, archive.search(parse(query)).ids, reader):
        reader.add(id_, *records)
    return reader.counted(archive)


def one(result: CountedPeople, name: str) -> FoundPerson:
    (found,) = [each for each in result.found if each.name == name]
    return found


def test_people_are_described_when_they_are_first_used(archive: Archive) -> None:
    described: list[str] = []

    def complete(person: FoundPerson) -> FoundPerson:
        described.append(person.name)
        return person

    reader = PeopleReader()
    for id_, records in cables_to_read(archive, archive.search(parse("")).ids, reader):
        reader.add(id_, *records)
    found = reader.counted(archive, complete).found
    assert len(found) > 3
    assert described == []
    first = found[0]
    assert described == [first.name]
    assert found[:2][0] is first


def test_a_candidate_is_a_surname_with_its_spellings_years_and_posts(archive: Archive) -> None:
    result = counted(archive)
    found = one(result, "Gadhafi")
    assert not found.confirmed
    assert found.cables == 3
    assert found.spellings == ("Gadhafi", "Qaddafi")
    assert dict(found.years) == {"2008": 2, "2010": 1}
    assert dict(found.posts) == {"Embassy Rabat": 2, "Embassy Zenda": 1}
    assert found.written[0] == ("PM Gadhafi", 2, "Gadhafi")
    assert (result.read, result.unread) == (6, 0)


def test_who_signed_is_there(archive: Archive) -> None:
    assert dict(one(counted(archive), "Marlow").roles) == {"signed": 1}


def test_several_given_names_are_a_warning(archive: Archive) -> None:
    found = one(counted(archive), "Kelpman")
    assert (found.given, found.full_name) == (("Dora", "Hugo"), "Kelpman")


def test_one_given_name_makes_a_full_name(archive: Archive) -> None:
    assert one(counted(archive), "Gadhafi").full_name == "Bo Qaddafi"  # as written


def test_short_names_of_one_sound_stay_apart(archive: Archive) -> None:
    names = {each.name for each in counted(archive).found}
    assert {"Puten", "Patin"} <= names


def test_names_before_a_plea_are_protected_with_a_title_or_without(archive: Archive) -> None:
    protected = {each.name for each in counted(archive).found if each.protected}
    assert protected == {"Pelham", "Rask"}  # not whose cook it is


@pytest.fixture(scope="module")
def frequent(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """A president in many cables, who is near a plea in one; and his frequent surname."""
    texts = (
        "President Casimir Marlo and Mr. Bo Rask (strictly protect) met. Rask left.",
        "Dr. Ivo Marlo (strictly protect) spoke.",
        "Mr. Marlo (strictly protect) spoke.",
        *["President Casimir Marlo spoke."] * 20,
    )
    cables = (Fiction(f"09RABAT{at}", text=f"1. {text}") for at, text in enumerate(texts, 1))
    return archive_of(tmp_path_factory.mktemp("frequent"), *cables)


def test_whom_many_cables_give_is_not_left_out_for_the_sake_of_another(frequent: Archive) -> None:
    found = {(each.name, each.protected): each for each in counted(frequent).found}
    assert set(found) == {("Marlo", False), ("Marlo", True), ("Rask", True)}
    assert found["Marlo", False].cables == 21
    assert found["Marlo", False].written == (("President Casimir Marlo", 21, "Casimir Marlo"),)
    # A bare surname at a plea, however frequent, and a full name of its own stay protected.
    assert found["Marlo", True].written == (
        ("Dr. Ivo Marlo", 1, "Ivo Marlo"),
        ("Mr. Marlo", 1, "Marlo"),
    )
    assert found["Rask", True].written == (("Mr. Bo Rask", 1, "Bo Rask"),)


def test_a_confirmed_person_whom_many_cables_give_is_not_protected(frequent: Archive) -> None:
    people = (Person("The president", ("Casimir Marlo",)), Person("Bo", ("Rask",)))
    result = counted(frequent, people=people)
    assert not one(result, "The president").protected
    assert one(result, "Bo").protected


def test_only_the_cables_of_the_query_are_read(archive: Archive) -> None:
    result = counted(archive, "origin:zenda")
    assert result.read == 3
    assert one(result, "Gadhafi").cables == 1


def test_a_confirmed_person_has_the_mentions_of_the_longest_form(archive: Archive) -> None:
    people = (Person("The cook", ("Gadhafi",)), Person("Bo", ("Qaddafi", "Bo Qaddafi")))
    result = counted(archive, people=people)
    assert one(result, "The cook").cables == 2
    bo = one(result, "Bo")
    assert (bo.confirmed, bo.cables, bo.spellings) == (True, 1, ("Qaddafi", "Bo Qaddafi"))


def test_a_protected_person_stays_so_where_no_cable_asks_for_it(archive: Archive) -> None:
    people = (Person("General Kelpman", ("Kelpman",), True),)
    assert one(counted(archive, people=people), "General Kelpman").protected


def test_a_candidate_is_named_by_surname_or_as_it_is_written(archive: Archive) -> None:
    found = counted(archive).found
    for given in ("gadhafi", "Qaddafi", "PM Gadhafi", "Bo Qaddafi", "X. Gadhafi"):
        named = candidate_named(found, given)
        assert named is not None, given
        assert named.name == "Gadhafi"
    assert candidate_named(found, "Nobody") is None


def test_a_file_that_is_gone_is_counted(tmp_path: Path) -> None:
    archive = archive_of(tmp_path, *CABLES[:2], pages=True)
    next(archive.root.rglob("*1.html")).unlink()
    result = counted(archive)
    assert (result.read, result.unread) == (1, 1)


def test_many_pleas_and_names_take_no_longer_than_their_length() -> None:
    reader = PeopleReader()
    reader.add(1, raw("Mr. Kelp (strictly protect) " * 500))
    assert reader.read == 1


TITLES = ("PM", "President", "Foreign Minister", "Gen.", "Dr.", "AMBASSADOR", "")
NAMES = ("Gadhafi", "Ada Pelham", "PELHAM", "Bo Qaddafi", "Hu Kelp", "al-Rask", "Pelham Jr.")
ENDS = (" spoke.", " (strictly protect) said no.", ",s cook sang.", " and General Kelpman left.")
CHOICES: tuple[People, ...] = (
    (),
    (Person("Ada", ("Pelham", "Ada Pelham")), Person("The cook", ("Qaddafi",), True)),
)


def generated(seed: int, count: int = 20) -> list[Fiction]:
    """Cables with a few names in many ways."""
    rng = random.Random(seed)
    return [
        Fiction(
            f"09RABAT{number}",
            f"20{rng.randrange(5, 10):02}-01-02 10:00",
            rng.choice(("Embassy Rabat", "Embassy Zenda")),
            text="\n\n".join(
                f"{rng.choice(TITLES)} {rng.choice(NAMES)}{rng.choice(ENDS)}"
                for _ in range(rng.randrange(1, 6))
            )
            + rng.choice(("\nPELHAM", "\nMARLOW", "")),
        )
        for number in range(1, count + 1)
    ]


def answers(path: Path, cache: Path) -> list[tuple[list[FoundPerson], int, int]]:
    """Several questions of several readers: people, and how many cables were read and unread."""
    with closing(open_archive(path, cache, readonly=True)) as archive:
        return [
            ([*(result := counted(archive, query, people)).found], result.read, result.unread)
            for query in ("", "origin:zenda", "pelham", "absent")
            for people in CHOICES
        ]


def read(path: Path, cache: Path) -> int:
    """How many texts are read for all people."""
    with closing(open_archive(path, cache, readonly=True)) as archive:
        return len(list(cables_to_read(archive, archive.search(parse("")).ids, PeopleReader())))


def test_with_the_echo_file_and_without_the_answer_is_the_same(tmp_path: Path) -> None:
    path, kept, bare = tmp_path / "dump", tmp_path / "kept", tmp_path / "bare"
    first, later = generated(1), generated(2, 22)

    def compare() -> None:
        build_index(path, bare)
        assert answers(path, kept) == answers(path, bare)

    write_dump(path / "cables.csv", first)
    build_index(path, kept, echoes=True)
    compare()
    assert (read(path, kept), read(path, bare)) == (0, 20)
    assert len(answers(path, kept)[0][0]) > 3
    # two changed, two gone, two added; these four are read until the pass is run
    write_dump(path / "cables.csv", [*later[:2], *first[4:], *later[20:]])
    build_index(path, kept)
    compare()
    assert read(path, kept) == 4
    build_index(path, kept, echoes=True)
    compare()
    assert read(path, kept) == 0
    write_dump(path / "cables.csv", first)
    build_index(path, kept, echoes=True)
    compare()


def bytes_of(result: CountedPeople) -> str:
    """The answer with the order of all that is in it."""
    return "\n".join(json.dumps(as_json(REPORT.as_json(each))) for each in result.found)


@pytest.mark.parametrize("seed", range(4))
def test_the_order_in_which_cables_came_is_not_in_the_answer(tmp_path: Path, seed: int) -> None:
    """As after an index that was killed and goes on: then later cables have earlier numbers."""
    path = tmp_path / "dump"
    cables = generated(seed)
    found = []
    for name, first in (("at once", cables), ("the last first", cables[12:])):
        write_dump(path / "cables.csv", first)
        build_index(path, tmp_path / name, echoes=True)
        write_dump(path / "cables.csv", cables)
        build_index(path, tmp_path / name, echoes=True)
        with closing(open_archive(path, tmp_path / name, readonly=True)) as archive:
            found.append([bytes_of(counted(archive, people=people)) for people in CHOICES])
    assert found[0] == found[1]


def test_the_order_in_which_volumes_came_is_not_in_the_answer(tmp_path: Path) -> None:
    found = []
    for name, order in (("one", ("v97", "v98")), ("other", ("v98", "v97"))):
        for number in range(1, 3):
            lists = {each: LISTS[each] for each in order[:number]}
            archive = volumes(tmp_path / name, **lists)
            found.append(bytes_of(counted(archive)))
            archive.close()
    assert found[1] == found[3]


LISTS = {
    "v97": '<persName xml:id="p_S1">Sapt, Rupert</persName>, Envoy; <hi>thereafter</hi> Minister',
    "v98": '<persName xml:id="p_A7">Sapt, Rupert</persName>, Regent',
}
OTHERS = (
    '<item><persName xml:id="p_S2">Sapt, Otto</persName>, Guard</item>'
    '<item><persName xml:id="p_M1">Moor, Jan</persName>, Poet</item>'
    '<item><persName xml:id="p_M2">Moor, Jan</persName>, Thief</item>'
)


def volumes(folder: Path, **lists: str) -> Archive:
    """An archive of two volumes, each with a list of persons."""
    folder.mkdir(exist_ok=True)
    for name, entry in lists.items():
        key = entry.split('"')[1]
        text = (
            f"<p>President <persName corresp='#{key}'>Sapt</persName> saw Colonel Sapt, "
            "<persName corresp='#p_S2'>Sapt</persName>, <persName corresp='#p_M1'>Moor</persName>, "
            "<persName corresp='#p_M2'>Moor</persName>, <persName>Hentzau</persName>.</p>"
        )
        made = volume(f"<list><item>{entry}</item>{OTHERS}</list>", telegram(1, text))
        (folder / f"frus1955-57{name}.xml").write_text(made.replace("v97", name))
    return opened(folder, folder.parent / "cache", echoes=True)


def test_who_has_a_key_is_the_person_of_the_volumes_list(tmp_path: Path) -> None:
    with closing(volumes(tmp_path / "a", **LISTS)) as archive:
        found = counted(archive).found
        assert sorted((each.name, each.status, each.cables) for each in found) == [
            ("Hentzau", "candidate", 2),
            ("Moor, Jan", "keyed", 1),
            ("Moor, Jan", "keyed", 1),
            ("Moor, Jan", "keyed", 1),
            ("Moor, Jan", "keyed", 1),
            ("Sapt", "candidate", 2),
            ("Sapt, Otto", "keyed", 2),
            ("Sapt, Rupert", "keyed", 2),
        ]
        (sapt,) = (each for each in found if each.name == "Sapt, Rupert")
        assert [each.line for each in sapt.listed] == [
            "frus1955-57v97: Sapt, Rupert, Envoy; thereafter Minister",
            "frus1955-57v98: Sapt, Rupert, Regent",
        ]
        text = volume(telegram(2, "<p><persName corresp='#p_S1'>Count Sapt</persName>.</p>"))
        (tmp_path / "a" / "excerpt.xml").write_text(text)
    with closing(opened(tmp_path / "a", tmp_path / "cache", echoes=True)) as archive:
        (sapt,) = (each for each in counted(archive).found if each.name == "Sapt, Rupert")
        assert (len(sapt.listed), sapt.listed[0].role) == (2, "Envoy; thereafter Minister")
        assert (sapt.full_name, sapt.given, sapt.alone) == ("Rupert Sapt", (), ())
        assert [tuple(each)[:2] for each in sapt.written] == [
            ("President Sapt", 2),
            ("Count Sapt", 1),
        ]
        reader = (Person("The Count", ("Rupert Sapt",)),)
        confirmed = one(counted(archive, people=reader), "The Count")
        assert (confirmed.cables, len(confirmed.listed), confirmed.status) == (3, 2, "confirmed")


def test_a_list_that_changed_is_read_again_though_its_documents_did_not(tmp_path: Path) -> None:
    def roles() -> set[str]:
        with closing(volumes(tmp_path / "a", v97=LISTS["v97"].replace("Envoy", said))) as archive:
            made = echo_file.load(archive.folder)
            assert made is not None
            reader = PeopleReader()
            with archive.reading() as db:
                for names, wanted in made.names(set(made.fresh(db))):
                    reader.add_kept(names, wanted)
            assert reader.read == 1
            found = one(reader.counted(archive), "Sapt, Rupert")
            return {each.role for each in found.listed}

    said = "Envoy"
    assert roles() == {"Envoy; thereafter Minister"}
    said = "Spy"
    assert roles() == {"Spy; thereafter Minister"}


def _told(archive: Archive, names: Mapping[int, str]) -> object:
    reader = PeopleReader()
    assert list(cables_to_read(archive, sorted(names), reader)) == []
    return reader.read, reader.unread, [*reader.counted(archive).found]


CASE = SentenceAnswers(_told)
