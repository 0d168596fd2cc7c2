"""Parts of a query that no cable has: what exists instead, and where the word does occur."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from cable_tui.archive.archive import Archive, open_archive
from cable_tui.query import parse
from tests.archive.fiction import Fiction, archive_of, build_index, write_dump

CABLES = (
    Fiction(
        "08RABAT1", created="2008-03-02 10:00", text="The harbor is closed. AMCONSUL was told."
    ),
    Fiction("08RABAT2", created="2008-04-02 10:00", text="A quay of AMCONSUL.", tags="PTER"),
    Fiction("09KABUL3", origin="Embassy Kabul", text="Kites.", classification="SECRET"),
    Fiction(
        "09KABUL4",
        origin="Embassy Kabul",
        text="Kites again.",
        classification="UNCLASSIFIED//FOR OFFICIAL USE ONLY",
        addressees="TO RUEHCV/AMEMBASSY CARACAS PRIORITY 8289",
    ),
)
CLASSES = "U//FOUO, C, S"
POSTS = "Embassy Kabul, Embassy Rabat"
ADDRESSEES = "Secretary of State, Embassy Caracas"
SAID = [
    ("is:new", "the last update added no cables (is:new)"),
    ("has:versions", "no cable matches has:versions"),
    ("class:topsecret", f"no cable has class:topsecret; this archive has {CLASSES}"),
    ("-class:topsecret kites", f"no cable has -class:topsecret; this archive has {CLASSES}"),
    ("tag:ZZZZ", "no cable has tag:ZZZZ; this archive has MO, PGOV, PREL, PTER"),
    ("origin:nowhere or kites", f"no cable has origin:nowhere; this archive has {POSTS}"),
    ("from:zebras", f"no cable has from:zebras; this archive has {POSTS}"),
    (
        "from:kites",
        f"from:kites: not found in any sender, but in 2 bodies; this archive has {POSTS}",
    ),
    (
        "to:kites",
        (
            "to:kites: not found in any action addressee, but in 2 bodies; "
            f"this archive has {ADDRESSEES}"
        ),
    ),
    ("body:caracas", "body:caracas: not found in any body, but in 1 header"),
    ("subject:amconsul", "subject:amconsul: not found in any subject, but in 2 bodies"),
    ('subject:"kites again"', 'subject:"kites again": not found in any subject, but in 1 body'),
    ("body:terrorists", "body:terrorists: not found in any body, but in 1 title of a TAG"),
    ("date:1850", "no cable has date:1850; this archive has 2008-03..2009-02"),
    ("len:>9m", "no cable has len:>9m"),
    ("region:africa", "no cable has region:Africa"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "sentence"), SAID, ids=[text for text, _ in SAID])
def test_what_no_cable_has_is_said_with_what_there_is(
    archive: Archive, text: str, sentence: str
) -> None:
    hits = archive.search(parse(text))
    assert [each.sentence for each in hits.absent] == [sentence]
    assert archive.absences(parse(text), hits.count) == hits.absent


@pytest.mark.parametrize(
    "text",
    [
        "",
        "zebras",
        "class:secret",
        "origin:kabol",  # offered as a near value
        "from:kabul",
        "from:kab*",
        "subject:lighthouses",  # the form that is there is searched for
        "-from:zebras",
        "is:bookmarked",
        "date:2008 origin:kabul",  # each part has cables
    ],
)
def test_where_every_part_has_cables_nothing_is_said(archive: Archive, text: str) -> None:
    assert archive.search(parse(text)).absent == ()


def test_a_value_of_another_prefix_is_offered(archive: Archive) -> None:
    (absent,) = archive.search(parse("class:noforn")).absent
    assert absent.instead == "is:noforn"
    assert absent.sentence == "no cable has class:noforn; did you mean is:noforn?"


def test_many_values_are_cut(tmp_path: Path) -> None:
    cables = [Fiction(f"09RABAT{number}", tags=f"KA{chr(65 + number)}A") for number in range(12)]
    (absent,) = archive_of(tmp_path, *cables).search(parse("tag:ZZZZ")).absent
    assert len(absent.here) == 8
    assert absent.sentence.endswith(" …")


def test_before_all_texts_are_read_nothing_is_called_absent(tmp_path: Path) -> None:
    folder, cache = tmp_path / "cables", tmp_path / "cache"
    write_dump(folder / "cables.csv", CABLES)
    build_index(folder, cache, passes=("facts", "grammar"))
    with closing(open_archive(folder, cache, readonly=True)) as archive:
        assert archive.search(parse("from:zebras tag:ZZZZ")).absent == ()
