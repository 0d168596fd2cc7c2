"""No form of a protected name in any member of a dossier: two dozen people, in each kind of text.

Everybody is invented. What must not be there is written beside each by hand, in letters only: the
members are searched with case, accents, blanks, line breaks and signs folded away.
"""

from __future__ import annotations

import csv
import html
import io
import json
import re
import unicodedata
import zipfile
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.archive.fiction import Fiction, write_dump, write_page
from tests.cli.conftest import Run
from tests.formats.frus.volumes import document, volume


class Person(NamedTuple):
    """A person that a cable asks to protect."""

    plea: str
    """The name, as it is before the plea."""
    secrets: tuple[str, ...]
    """Letters that no member may have in a row."""
    more: str
    """What the same cable says of the person elsewhere."""


PEOPLE = (
    Person("Ada Quillfeather", ("quillf", "feather"), "Quillfeather's boat. QUILLFEATHER left."),
    Person("Osman Tarhanzade", ("tarhanz", "osman"), "Osman noted that Tarhan-\nzade fled."),
    Person("Sabir el-Quaymiri", ("quaymir", "sabir"), "al-Quaymiri, Quaymiri, EL QUAYMIRI."),
    Person("Ines Sotolarra Garvinez", ("sotolar", "garvin"), "Mr. Sotolarra; Ms. Garvínez."),
    Person("Çağla Öztarhan-Şimşekli", ("oztarh", "simsek"), "Simsekli and Oztarhan laughed."),
    Person("Ivo O'Marrowby", ("marrowby",), "O’Marrowby’s and the OMARROWBYS' house."),
    Person("J. P. Penderworth", ("penderw",), "Penderworth, J.P., and J. Penderworth."),
    Person("Jan van der Meeuwestein", ("meeuwes",), "Van der Meeuwestein; Meeuwe\nstein."),
    Person("Kestrelova", ("kestrel",), "KESTRELOVA said. Kestrelova’s sister."),
    Person("Fawaz bin Turkan al-Marwazini", ("marwazi", "turkan"), "Al-Marwazini; Turkan said."),
    Person("Abd el-Rahib Abu Zaytunari", ("zaytun", "rahib"), "Abu Zaytunari, Zaytunari."),
    Person("Bo Raskolder", ("raskol",), "Bo\nRaskolder and B. Raskolder."),
    Person("Clem Quilverton", ("quilver",), "Quilverton Jr. and Mrs. Quilverton."),
    Person("MARTA OSTRANDERSEN", ("ostrand",), "OSTRANDERSEN, MARTA WAS LATE."),
    Person("Hnin Thirayaung", ("thiray",), "Dr. Thirayaung and Daw Thirayaung."),
    Person("Xu Wenqingzhou", ("wenqing",), "Wenqing-\nzhou wrote to Wenqingzhou's aunt."),
    Person("Luigi Tarmottalini", ("tarmott",), "Ambassador Tarmottalini’s, (TARMOTTALINI)."),
    Person("Peter Jørgenssøn", ("jorgens",), "Jorgensson and JORGENSSØN."),
    Person("Grete Müllersdorfer", ("llersdo",), "Muellersdorfer, Mullersdorfer."),
    Person("Oleg Arkadievich Tarnowskij", ("tarnows", "arkadie"), "Oleg Arkadievich; Tarnowskij."),
    Person("María Elena Gomestrada", ("gomestr", "mariaelena"), "GOMESTRADA, M. Gomestrada."),
    Person("Thaddeus Wexcombe", ("wexcomb", "thaddeu"), "Thaddeus said so; “Wexcombe,” he wrote."),
    Person("Nadezhda Brinkholm", ("brinkho",), "[Brinkholm] *Brinkholm* _Brinkholm_ <Brinkholm>"),
    Person("Ferenc Halmosházy", ("halmosh",), "Halmoshazy/Halmosházy; halmos-\nHALMOSHÁZY."),
)
KEPT = "Sea birds and a brown rope; nobody else of the port was there."
PAGE_LINE = "\n\nRABAT 00000027  002 OF 003\n\n"


def text_of(person: Person) -> str:
    """The text of the cable that asks for a person."""
    before, _, last = person.plea.rpartition(" ")
    parted = f"{before}{PAGE_LINE}{last}" if before else f"Kestrel-{PAGE_LINE}ova"
    more = person.more.replace("<", "&lt;").replace(">", "&gt;")
    return (
        f"Engineer {person.plea} (strictly protect) counted lamps. {more}\n\n"
        f"2. (C) It was {parted} who said so. {KEPT}"
    )


def names(number: int) -> str:
    return f"09RABAT{100 + number}"


@pytest.fixture
def demo_archive(tmp_path: Path) -> Path:
    """Pages, a dump, and a volume; paths, subjects, TAGS and articles have names too."""
    folder = tmp_path / "cables"
    rows, telegrams = [], []
    for number, person in enumerate(PEOPLE):
        subject = f"WHAT {person.plea.upper()} SAID"
        slug = "-".join(person.plea.lower().split())
        cable = Fiction(
            names(number),
            subject=subject,
            tags=f"PGOV, {person.plea.upper()}",
            text=text_of(person),
            article=f"https://example.org/{slug}.html",
        )
        if number % 3 == 0:
            write_page(folder / f"{slug} papers", cable)
        elif number % 3 == 1:
            rows.append(cable)
        else:
            paragraphs = "".join(f"<p>{each}</p>" for each in text_of(person).split("\n\n"))
            head = f"<head>{number}. Telegram From Strelsau to {person.plea}</head>"
            dated = '<dateline><date when="1957-02-12">February 12, 1957</date></dateline>'
            note = f"<p>See the note.<note n='1'>Of {person.plea} more is known.</note></p>"
            signed = f"<closer><signed>{person.plea.split()[-1]}</signed></closer>"
            telegrams.append(document(number, head + dated + paragraphs + note + signed))
    write_dump(folder / "quillfeather-and-others.csv", rows)
    (folder / "frus1955-57v97.xml").write_text(volume(*telegrams), "utf-8")
    return folder


def reference(number: int) -> str:
    return names(number) if number % 3 < 2 else f"frus1955-57v97/d{number}"


def letters(text: str) -> str:
    """Letters of a text, small and without accents, and nothing else."""
    plain = unicodedata.normalize("NFKD", text.replace("ø", "o").replace("Ø", "O").lower())
    return "".join(each for each in plain if each.isalpha())


def texts(value: Any) -> list[str]:
    """All texts of a JSON value, names of fields too."""
    if isinstance(value, dict):
        return [each for pair in value.items() for part in pair for each in texts(part)]
    if isinstance(value, list):
        return [each for part in value for each in texts(part)]
    return [str(value)]


def readings(name: str, content: str) -> list[str]:
    """The letters of a member, as it is and as a program reads it."""
    found = [letters(name), letters(content)]
    if name.endswith(".json"):
        found.append(letters(" ".join(texts(json.loads(content)))))
    if name.endswith(".html"):
        found.append(letters(html.unescape(re.sub(r"<[^>]*>", " ", content))))
    return found


def test_no_form_of_a_protected_name_is_in_any_member(
    run: Run, demo_archive: Path, tmp_path: Path
) -> None:
    title = "Of Quillfeather, tarhanzade and al-quaymiri"
    for number, person in enumerate(PEOPLE):
        note = f"Was it {person.plea.lower()} or {person.plea.upper()}? {person.more}"
        place = reference(number) if number % 2 else f"{reference(number)}#1"
        added = run("bookmarks", "add", demo_archive, place, "--note", note, "--list", title)
        assert added.status == 0, added.err
        last = person.plea.split()[-1]
        for query in (last.lower(), f"{last[:5].lower()}*", f'"{person.plea}"', f"{last}~"):
            run("search", demo_archive, query, "--limit", "1")
    answers = tmp_path / "answers.csv"
    rows = list(csv.DictReader(io.StringIO(run("protect", demo_archive, "--csv-raw").out)))
    assert len(rows) == 24
    with answers.open("w", encoding="utf-8", newline="") as stream:
        made = csv.DictWriter(stream, list(rows[0]))
        made.writeheader()
        made.writerows({**row, "answer": "all"} for row in rows)
    assert run("protect", demo_archive, "--answers", answers).status == 0
    for option in ("--whole", "--paragraphs"):
        file = tmp_path / f"{option}.zip"
        sealing = ("export", demo_archive, "--list", title, "--format", "verifiable", "-o", file)
        done = run(*sealing, "--with-log", option)
        assert done.status == 0, done.err
        _holds_no_name(file, done.err, option)
        checked = run("verify", file, demo_archive)
        assert checked.status == 0, checked.out
        assert "24 of 24 texts as in the archive but for " in checked.out


def _holds_no_name(file: Path, said: str, option: str) -> None:
    found = []
    with zipfile.ZipFile(file) as packed:
        for name in packed.namelist():
            for reading in readings(name, packed.read(name).decode()):
                found += [(name, each) for p in PEOPLE for each in p.secrets if each in reading]
        made = json.loads(packed.read("manifest.json"))
        page = packed.read("index.html").decode()
    assert found == []
    assert len(made["cables"]) == 24
    masked = sum(each["masked"] for each in made["cables"])
    assert f"24 names masked at {masked} places" in said
    assert "24 protection requests answered by a reader" in said
    assert "[name masked]" in made["title"]
    if option == "--whole":
        assert page.count("Sea birds and a brown rope; nobody else of the port was there.") == 24
        assert "RABAT 00000027  002 OF 003" in page
