"""One telegram in five containers is one cable: the same JSON but for what a container lacks.

The containers are written here, by a few lines of their own, from the two texts; what is expected
of the fields is read from the texts by plain string work.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from cable_tui.archive.archive import open_archive
from cable_tui.archive.build.indexer import index
from cable_tui.base.value import Value
from cable_tui.exports.cable_json import cable_json
from tests.shared_files import CORPUS

SEED = CORPUS / "page-text" / "09CASABLANCA27.txt"


class Telegram(Value):
    """Two texts and five facts."""

    id: str
    created: str
    classification: str
    origin: str
    subject: str
    references: tuple[str, ...]
    header: str
    body: str


FICTION = Telegram(
    "09MERIDA27",
    "2009-02-13 14:57",
    "CONFIDENTIAL",
    "Consulate Merida",
    "THE LIGHTHOUSE KEEPERS ASK FOR LAMPS: A REPORT ON SAILS, OIL",
    ("08STATE127448", "08MERIDA255"),
    """VZCZCXRO1732
PP RUEHTRO
DE RUEHMD #0027/01 0441457
ZNY CCCCC ZZH
P 131457Z FEB 09
FM AMCONSUL MERIDA
TO RUEHC/SECSTATE WASHDC PRIORITY 4417
INFO RUEHC/DEPT OF COMMERCE WASHDC
RUEHBS/AMEMBASSY BRUSSELS 0412
RUEHGV/USMISSION GENEVA 0533""",
    """C O N F I D E N T I A L SECTION 01 OF 02 MERIDA 000027\x20

SIPDIS\x20

STATE FOR THE BUREAU OF LAMPS

E.O. 12958: DECL: 02/12/2019\x20
TAGS: PHUM, ETRD, KTIP, MX
SUBJECT: THE LIGHTHOUSE KEEPERS ASK FOR LAMPS: A REPORT ON SAILS, OIL
AND "OTHER" WAX

REF: A. 08 STATE 127448\x20
     B. 08 MERIDA 0255\x20

Classified By: Consul Ada Marlowe for reasons 1.4 (b) and (d).\x20

1. (C) Summary: The keepers met on the pier & asked for
2008. Nobody had lamps. End summary.

2. (C) Wax burns at <<400>> degrees, "so they say", and the back\\slash
goes on

MERIDA 00000027  002 OF 002

over the page.

A. A letter of its own.

3. (U) The keepers,s oil is &new8.

MARLOWE""",
)


def seed() -> Telegram:
    """The page that a reader once copied."""
    text = SEED.read_text(encoding="utf-8")
    _, _, rest = text.partition("Created Released Classification Origin\n")
    facts, _, texts = rest.partition("\n")
    header, cut, body = texts.partition("\nUNCLAS SECTION ")
    id_, day, clock = facts.split()[:3]
    title = re.search(r"^Viewing cable \w+, (.*)$", text, re.MULTILINE)
    assert title
    return Telegram(
        id_,
        f"{day} {clock}",
        "UNCLASSIFIED//FOR OFFICIAL USE ONLY",
        "Consulate Casablanca",
        title[1],
        ("08STATE127448", "08CASABLANCA255", "09RABAT90"),
        header,
        cut[1:] + body,
    )


def signed(body: str, sign: str) -> str:
    """The body with what the site put before its anchors."""
    return re.sub(
        r"(?m)^(\s*)(\d+|[A-Z])(?=\. )", lambda m: f"{m[1]}{sign.format(m[2])}{m[2]}", body
    )


def as_page(cable: Telegram) -> str:
    anchors = "<a id='par{0}' href='#par{0}'>¶</a>"
    boxes = (text.replace("\n", "&#x000A;") for text in (cable.header, signed(cable.body, anchors)))
    heads = "Reference ID|Created|Released|Classification|Origin".split("|")
    cells = (cable.id, cable.created, "2011-08-24 16:30", cable.classification, cable.origin)
    return (
        f"<div class='pane big'>\n<h3>Viewing cable {cable.id}, {cable.subject}</h3>\n"
        f"<table class='cable'><tr>{''.join(f'<th>{head}</th>' for head in heads)}</tr>"
        f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr></table>"
        + "".join(f"<code><pre>{box}</pre></code>" for box in boxes)
    )


def as_copy(cable: Telegram) -> str:
    return (
        f"Articles\n\nViewing cable {cable.id}, {cable.subject}\n\n"
        "Reference ID Created Released Classification Origin\n"
        f"{cable.id} {cable.created} 2011-08-24 16:30 {cable.classification} {cable.origin}\n"
        f"{cable.header}\n{cable.body}\n"
    )


def as_alx(cable: Telegram) -> str:
    return (
        f"{cable.id}\n{cable.subject}\nFri Feb 13 00:00:00 +0100 2009\n{cable.classification}\n"
        f"{cable.origin}\n{cable.header}{signed(cable.body, '¶')}\n"
    )


def as_text_of_a_pdf(cable: Telegram) -> str:
    return f"\n{cable.header}\n{signed(cable.body, '¶')}\n".replace("\n", "\r\n")


def as_row(cable: Telegram) -> str:
    day, clock = cable.created.split()
    year, month, number = map(int, day.split("-"))
    row = io.StringIO()
    csv.writer(row, quoting=csv.QUOTE_ALL, doublequote=False, escapechar="\\").writerow(
        [
            "1",
            f"{month}/{number}/{year} {clock}",
            cable.id,
            cable.origin,
            cable.classification,
            "|".join(cable.references),
            cable.header,
            cable.body,
        ]
    )
    return row.getvalue()


Writer = Callable[[Telegram], str]
CONTAINERS: dict[str, tuple[str, Writer]] = {
    "html-page": ("page.html", as_page),
    "page-text": ("copy.txt", as_copy),
    "alx-text": ("alx.txt", as_alx),
    "dump-csv": ("cables.csv", as_row),
    "pdf-text": ("{id}.txt", as_text_of_a_pdf),
}
TELEGRAMS = [
    pytest.param(lambda: FICTION, id="fiction"),
    pytest.param(seed, id="seed", marks=pytest.mark.shared),
]


def read(folder: Path, id_: str, cache: Path) -> dict[str, Any]:
    for _ in index(folder, cache, workers=0):
        pass
    with closing(open_archive(folder, cache)) as opened:
        place = opened.find(id_)
        assert place is not None
        return cable_json(opened.cable(place))


def written(folder: Path, name: str, cable: Telegram) -> Path:
    file, writer = CONTAINERS[name]
    folder.mkdir(exist_ok=True)
    (folder / file.format(id=cable.id)).write_text(writer(cable), encoding="utf-8", newline="")
    return folder


@pytest.mark.parametrize("telegram", TELEGRAMS)
@pytest.mark.parametrize("name", CONTAINERS)
def test_each_container_gives_the_texts_and_the_facts(
    tmp_path: Path, telegram: Callable[[], Telegram], name: str
) -> None:
    cable = telegram()
    made = read(written(tmp_path / name, name, cable), cable.id, tmp_path / "cache")
    assert [source["format"] for source in made["sources"]] == [name]
    assert (made["reference_id"], made["origin"]) == (cable.id, cable.origin)
    assert made["classification"] == cable.classification
    assert made["created"] == f"{cable.created.replace(' ', 'T')}Z"
    assert made["header"]["text"] == cable.header
    assert made["body"]["text"] == cable.body
    assert made["subject"].startswith(cable.subject)
    tags = re.search(r"(?m)^TAGS: (.*)$", cable.body)
    assert tags
    assert made["tags"] == re.findall(r"\w+", tags[1])
    cited = [each["reference_id"] for each in made["references"]]
    assert cited == list(cable.references)
    numbers = re.findall(r"(?m)^(\d+)\. {1,2}\(", cable.body)
    assert [each["label"] for each in made["body"]["paragraphs"] if each["label"]] == numbers
    assert [each["anchor"] for each in made["body"]["paragraphs"] if each["label"]] == [
        f"par{number}" for number in numbers
    ]


@pytest.mark.parametrize("telegram", TELEGRAMS)
def test_together_they_are_one_cable_that_is_the_page(
    tmp_path: Path, telegram: Callable[[], Telegram]
) -> None:
    cable = telegram()
    for name in CONTAINERS:
        written(tmp_path / "all", name, cable)
    made = read(tmp_path / "all", cable.id, tmp_path / "cache")
    assert [(source["format"], source["differs"]) for source in made["sources"]] == [
        ("html-page", []),
        ("dump-csv", []),
        ("page-text", []),
        ("alx-text", []),
        ("pdf-text", []),
    ]
