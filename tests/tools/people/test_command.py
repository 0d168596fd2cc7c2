"""`people`: who is named in cables, and the choice of a reader."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.archive.fiction import Fiction, write_page
from tests.cli.conftest import Run, Terminal

CABLES = [
    Fiction("08RABAT1", "2008-01-02 10:00", text="1. PM Gadhafi met General Kelpman."),
    Fiction("08RABAT2", "2008-03-04 10:00", text="1. Prime Minister Bo Qaddafi slept."),
    Fiction("10RABAT3", "2010-05-06 10:00", text="1. Dr. Ada Pelham (strictly protect) spoke."),
    Fiction("10ZENDA4", "2010-05-07 10:00", "Embassy Zenda", text="1. Qaddafi ate salt."),
]


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("people")
    for cable in CABLES:
        write_page(folder, cable)
    return folder


def names(run: Run, people: Path, *words: str) -> dict[str, str]:
    found = run("people", people, "--json", *words).value["people"]
    return {each["name"]: each["status"] for each in found}


def test_candidates_are_listed_as_guesses(run: Run, people: Path) -> None:
    done = run("people", people)
    assert done.status == 0
    assert done.lines[0].split() == ["titled", "word", "person", "years", "spelled;", "posts"]
    assert done.lines[1].split()[:5] == ["2", "3", "Gadhafi", "candidate", "2008"]
    assert "candidates are guesses" in done.err
    assert names(run, people) == {"Gadhafi": "candidate", "Kelpman": "candidate"}
    rows = list(csv.DictReader(io.StringIO(run("people", people, "--csv").out)))
    assert [(row["name"], row["cables"]) for row in rows] == [("Gadhafi", "2"), ("Kelpman", "1")]
    # A query says whose cables are read.
    assert names(run, people, "slept") == {"Qaddafi": "candidate"}
    assert run("people", people, "zzzq").refuses(1, "nothing found")


def test_protected_names_are_in_no_output_until_they_are_asked_for(run: Run, people: Path) -> None:
    for form in ((), ("--json",), ("--csv",)):
        done = run("people", people, *form)
        assert "Pelham" not in done.out + done.err
        assert "1 protected name hidden" in done.err
    assert run("people", people, "--json").value["protected_left_out"] == 1
    assert "protect: Dr. Ada Pelham" in run("people", people, "--with-protected").out
    run("people", people, "--confirm", "Pelham", "--yes")
    assert "Pelham" not in run("people", people, "--export", "-").out
    assert "Pelham" in run("people", people, "--export", "-", "--with-protected").out


def test_a_person_is_confirmed_renamed_merged_split_and_dropped(run: Run, people: Path) -> None:
    done = run("people", people, "--confirm", "Qaddafi", "--as", "The Colonel", "--yes")
    by = "Bo Qaddafi, PM Gadhafi"
    assert done.out == (
        f"The Colonel: 2 cables, by {by}\n"
        "Written: PM Gadhafi 1, Prime Minister Bo Qaddafi 1\n"
        "For example 08RABAT1, 08RABAT2\n"
    )
    assert done.err.endswith(f'The Colonel is found by {by}: person:"The Colonel"\n')
    assert names(run, people, "--confirmed") == {"The Colonel": "confirmed"}
    run("people", people, "--rename", "the colonel", "--as", "Gadhafi")
    run("people", people, "--merge", "Kelpman", "--into", "Gadhafi", "--yes")
    assert names(run, people) == {"Gadhafi": "confirmed"}
    run("people", people, "--split", "General Kelpman", "--from", "Gadhafi", "--as", "Kelpman, G.")
    assert names(run, people) == {"Gadhafi": "confirmed", "Kelpman, G.": "confirmed"}
    run("people", people, "--drop", "Gadhafi")
    assert names(run, people) == {"Gadhafi": "candidate", "Kelpman, G.": "confirmed"}


@pytest.mark.parametrize(
    ("words", "question"),
    [
        (("--confirm", "Gadhafi"), "Confirm Bo Qaddafi? [y/N] "),
        (("--merge", "Kelpman", "--into", "Gadhafi"), "Merge Kelpman into Bo Qaddafi? [y/N] "),
    ],
)
def test_a_terminal_is_asked_what_becomes_of_whom(
    run: Run, people: Path, keyboard: Callable[[str], None], words: tuple[str, ...], question: str
) -> None:
    keyboard("y\n")
    assert question in run("people", people, *words).err
    assert names(run, people, "--confirmed") == {"Bo Qaddafi": "confirmed"}


def test_a_confirmed_person_is_searched_for_by_every_spelling(run: Run, people: Path) -> None:
    def found(query: str) -> list[str]:
        value = run("search", people, query, "--json").value
        return sorted(each["reference_id"] for each in value["hits"])

    refused = run("search", people, "person:gadhafi")
    assert refused.status == 2
    assert "there is no confirmed person called gadhafi; you have none" in refused.err
    run("people", people, "--confirm", "Gadhafi", "--in", "10ZENDA4", "--yes")
    assert found('person:"bo qaddafi"') == ["08RABAT1", "08RABAT2", "10ZENDA4"]
    assert found("person:bo salt") == ["10ZENDA4"]
    assert found("-person:bo") == ["10RABAT3"]
    run("people", people, "--merge", "Kelpman", "--into", "Bo Qaddafi", "--yes")
    assert found("kelpman~") == ["08RABAT1", "08RABAT2", "10ZENDA4"]


def test_the_file_goes_to_others_and_what_is_here_stays(
    run: Run, people: Path, tmp_path: Path
) -> None:
    run("people", people, "--confirm", "Gadhafi", "--yes")
    file = tmp_path / "people.json"
    assert run("people", people, "--export", file).status == 0
    given = json.loads(file.read_text(encoding="utf-8"))
    given["people"] = [{"name": "Kelp", "forms": ["bo qaddafi", "kelp"], "protected": False}]
    file.write_text(json.dumps(given), encoding="utf-8")
    done = run("people", people, "--import", file)
    assert "not imported: Kelp: bo qaddafi already belongs to Bo Qaddafi" in done.err
    assert "1 name read, 2 now confirmed" in done.err


def test_what_a_name_claims_is_said_first_and_nothing_is_changed(run: Run, people: Path) -> None:
    done = run("people", people, "--confirm", "Gadhafi")
    assert (done.status, done.lines[0]) == (1, "Bo Qaddafi: 2 cables, by Bo Qaddafi, PM Gadhafi")
    assert "nothing was changed (add --yes)" in done.err
    data = run("people", people, "--confirm", "Gadhafi", "--json").value
    written = [(each["text"], each["cables"]) for each in data["written"]]
    assert written == [("PM Gadhafi", 1), ("Prime Minister Bo Qaddafi", 1)]
    assert (data["forms"], data["one_by_one"]) == (["Bo Qaddafi", "PM Gadhafi"], [])
    assert (data["cables"], data["counted"], data["done"]) == (2, 2, False)
    assert (data["examples"], data["others"]) == (["08RABAT1", "08RABAT2"], [])
    assert names(run, people, "--confirmed") == {}


def test_what_is_no_person_is_listed_no_more(run: Run, people: Path) -> None:
    done = run("people", people, "--nobody", "Kelpman")
    assert "Kelpman is no longer listed (--drop lists it again)" in done.err
    assert names(run, people) == {"Gadhafi": "candidate"}
    assert "1 name omitted because you marked it as not being people" in run("people", people).err
    assert run("search", people, "person:kelpman").status == 2
    run("people", people, "--drop", "Kelpman")
    assert names(run, people) == {"Gadhafi": "candidate", "Kelpman": "candidate"}


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("--confirm", "Nobody"), 1, "there is no candidate Nobody in these cables"),
        (("--rename", "Nobody", "--as", "X"), 4, "no person is confirmed yet"),
        (("--import", "no-such-file"), 2, "no such file"),
        (("--as", "X"), 2, "--as needs --confirm, --split or --rename"),
        (("--merge", "X"), 2, "--merge needs --into"),
        (("--from", "X"), 2, "--split needs --from"),
        (("--rename", "X"), 2, "needs --as"),
        (("--in", "08RABAT1"), 2, "--in needs --confirm"),
        (("--split", "Kelpman", "--from", "Kelpman"), 2, "Kelpman alone could be anyone"),
        (("--json", "--csv"), 2, "not both"),
        (("origin:(",), 2, "^"),
    ],
)
def test_what_is_wrong_is_said(
    run: Run, people: Path, words: tuple[str, ...], status: int, said: str
) -> None:
    done = run("people", people, *words)
    assert (done.status, done.out) == (status, "")
    assert said in done.err


FAMILY = (
    "President Ada Marlo and President Marlo spoke.",
    "Minister Bo Marlo spoke.",
    "Minister Marlo met Ambassador Marlo.",
    "The Marlo case.",
)


@pytest.fixture(scope="module")
def family(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("family")
    for number, text in enumerate(FAMILY, 1):
        write_page(folder, Fiction(f"08ZENDA{number}", "2008-01-02 10:00", text=f"1. {text}"))
    return folder


def test_the_number_with_a_title_has_the_number_with_the_word_beside_it(
    run: Run, family: Path
) -> None:
    done = run("people", family)
    assert done.lines[0].split()[:2] == ["titled", "word"]
    assert done.lines[1].split()[:3] == ["3", "4", "Marlo"]
    assert "titled: cables with the name after a title, as" in done.err
    (row,) = run("people", family, "--json").value["people"]
    assert (row["cables"], row["cables_with_surname"]) == (3, 4)
    heads, line = list(csv.reader(run("people", family, "--csv").lines))
    assert line[heads.index("cables_with_surname")] == "4"
    run("people", family, "--confirm", "Marlo", "--as", "Ada Marlo", "--yes")
    rows = run("people", family, "--json").value["people"]
    assert {each["name"]: each["cables_with_surname"] for each in rows} == {
        "Ada Marlo": 4,
        "Marlo": 4,
    }


def test_a_family_is_asked_about_and_its_member_takes_only_her_own_forms(
    run: Run, family: Path
) -> None:
    run("people", family, "--confirm", "Marlo").refuses(
        2, "Marlo may be several people: Ada Marlo 1, Bo Marlo 1: --as 'FULL NAME' confirms one"
    )
    shown = run("people", family, "--confirm", "Marlo", "--as", "Ada Marlo", "--json").value
    assert shown["forms"] == ["Ada Marlo", "President Marlo"]
    assert [each["text"] for each in shown["asked"]] == [
        "Ambassador Marlo", "Minister Bo Marlo", "Minister Marlo",
    ]  # fmt: skip
    said = run("people", family, "--confirm", "Marlo", "--as", "Ada Marlo")
    assert "Not included, perhaps other people: Ambassador Marlo 1, Minister Bo Marlo 1" in said.out
    assert "add --form 'WORDS' to include one of them" in said.err
    words = ("--form", "Ambassador Marlo", "--form", "President Ada")
    shown = run("people", family, "--confirm", "Marlo", "--as", "Ada Marlo", *words, "--json").value
    assert shown["forms"] == ["Ada Marlo", "President Marlo", "Ambassador Marlo", "President Ada"]
    shown = run("people", family, "--confirm", "Marlo", "--form", "Minister Marlo", "--json").value
    assert shown["forms"] == ["Minister Marlo"]
    run("people", family, "--confirm", "Marlo", "--form", "Marlo").refuses(
        2, "Marlo alone could be anyone; give more of the name"
    )
    run("people", family, "--form", "Minister Marlo").refuses(2, "--form needs --confirm")


def test_the_demo_has_its_ministers_on_a_terminal(run: Run, demo_archive: Path) -> None:
    screen = Terminal()
    assert run("people", demo_archive, "--limit", "3", screen=screen).status == 0
    assert "Vantongeren" in run("people", demo_archive).out
    assert len(screen.getvalue().splitlines()) == 4
