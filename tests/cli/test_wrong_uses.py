"""Wrong uses by beginners, and the sentence each gets: what happened, then the remedy."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from cable_tui import demo
from cable_tui.cli import main
from tests.cli.conftest import Run

WRONG = [
    ("serach demo lobster", 2, "serach: no such command, file or folder. Did you mean search?"),
    (
        "search lobster",
        3,
        "lobster: no such folder; the first argument is the archive, a folder of cables",
    ),
    ("show 04SANTORIEL88", 2, "REF[#N] is missing: cable-tui show PATH REF[#N]"),
    ("show demo", 2, "REF[#N] is missing: cable-tui show PATH REF[#N]"),
    (
        "search demo 'orgin:\"Port Amber\"'",
        2,
        (
            'the prefix orgin: is unknown. Did you mean origin:? "orgin:Port Amber" searches '
            "for the text itself"
        ),
    ),
    (
        "search demo tga:EFIS",
        2,
        'the prefix tga: is unknown. Did you mean tag:? "tga:EFIS" searches for the text itself',
    ),
    (
        "search demo author:osei",
        2,
        (
            "the prefix author: is unknown. Did you mean signed:, from: or person:? "
            '"author:osei" searches for the text itself'
        ),
    ),
    (
        "search demo country:morocco",
        2,
        (
            "the prefix country: is unknown. Did you mean region:, origin: or tag:? "
            '"country:morocco" searches for the text itself'
        ),
    ),
    (
        "search demo class:topsecret",
        1,
        "no cable has class:topsecret; this archive has U, U//FOUO, C, C//NF, S, S//NF",
    ),
    (
        "search demo origin:rabbat",
        1,
        (
            "no cable has origin:rabbat; this archive has Embassy Port Amber, Embassy Sant "
            "Oriel, Secretary of State, Consulate Quayhaven"
        ),
    ),
    (
        "search demo tag:ZZZZ",
        1,
        "no cable has tag:ZZZZ; this archive has ZQ, QO, PREL, EFIS, PGOV, SENV, KPAO, SCUL …",
    ),
    (
        "search demo 'lob.*er'",
        1,
        "there are no regular expressions; lob* finds words that begin with lob",
    ),
    (
        "search demo 'lobster&chart'",
        1,
        (
            "there are no regular expressions; lobster chart finds both words, lobster or "
            "chart finds either"
        ),
    ),
    (
        "search demo date:2004-2005",
        2,
        "2004-2005 is not a date or range, such as 2009, 2008-03..2009-02-13",
    ),
    ("search demo '\"lobster'", 2, "the quotation is not closed"),
    ("search demo '(lobster'", 2, "a bracket is not closed"),
    ("search demo date:", 2, "date: needs a value, such as date:2009"),
    ("search demo lobster --limt 3", 2, "--limt: no such option. Did you mean --limit?"),
    ("search demo lobster --limit three", 2, "--limit needs a whole number, not three"),
    ("search demo lobster --limit 0", 2, "--limit needs a number of at least 1, not 0"),
    ("search demo lobster --limit", 2, "--limit needs a value"),
    ("search demo lobster --format csv", 2, "--format: no such option. Did you mean --sort?"),
    ("search demo/nothing lobster", 3, "demo/nothing: no such folder"),
    ("search /nowhere lobster", 3, "/nowhere: no such folder"),
    (
        "show demo 04SANTORIEL88#99",
        1,
        "04SANTORIEL88 has no paragraph 99: its paragraphs are 1 to 4",
    ),
    (
        "show demo 'sant oriel'",
        1,
        (
            "sant oriel: no such cable in this archive. Did you mean 04SANTORIEL88 or "
            "07SANTORIEL45 or 05SANTORIEL31?"
        ),
    ),
    ("show demo 99NOWHERE1", 1, "99NOWHERE1: no such cable in this archive"),
    (
        "show demo lobster",
        1,
        "lobster: no such cable in this archive. Did you mean 05PORTAMBER140 or 04PORTAMBER211?",
    ),
    (
        "show demo 04SANTORIEL88 --source zzz",
        1,
        "04SANTORIEL88 has no source zzz; it has html-page (cable/2004/10/04SANTORIEL88.html)",
    ),
    ("cite demo 04SANTORIEL88#3 --style chicago", 2, "--style chicago: for Chicago, use note"),
    (
        "cite demo 04SANTORIEL88#3 --sentence 99",
        1,
        "there is no sentence 99 in ¶3, which has 3 sentences",
    ),
    (
        "cite demo 04SANTORIEL88 --sentence 1",
        2,
        "--sentence needs REF#N, the paragraph with the sentence",
    ),
    ("export demo lobster --format xlsx", 2, "--format xlsx: for a spreadsheet, use csv"),
    (
        "export demo lobster --format csv -o /nowhere/x.csv",
        2,
        "/nowhere/x.csv: there is no folder /nowhere",
    ),
    (
        "export demo lobster -o demo",
        2,
        "demo is the archive, which must not be changed; choose another place",
    ),
    ("export demo xyzzyx --format csv -o x.csv", 1, 'no "xyzzyx"'),
    ("export demo --list maps -o x.csv", 1, "there is no list called maps"),
    ("bookmarks list --list maps", 1, "there is no list called maps"),
    (
        "bookmarks add demo 04SANTORIEL88#99",
        1,
        "04SANTORIEL88 has no paragraph 99: its paragraphs are 1 to 4",
    ),
    ("bookmarks add demo", 2, "demo is a folder; add the REF of a cable after it"),
    ("bookmarks add", 2, "a REF is missing: cable-tui bookmarks add [PATH] REF[#N]"),
    ("bookmarks", 2, "ACTION is missing: cable-tui bookmarks ACTION [PATH] [REF[#N]] | FILE"),
    ("bookmarks remove 04SANTORIEL88", 1, "04SANTORIEL88 is not bookmarked"),
    (
        "bookmarks import article.md",
        4,
        "article.md: not a file made by `cable-tui bookmarks export`. Nothing was imported",
    ),
    ("bookmarks import nothing.json", 4, "nothing.json: no such file"),
    (
        "index demo --private",
        2,
        "`index` writes to disk, which --private forbids; leave out one of them",
    ),
    ("index /nowhere", 3, "/nowhere: no such folder"),
    (
        "forget /nowhere",
        1,
        "/nowhere: there is no such folder or file, and no data about it is kept",
    ),
    ("forget", 2, "forget needs a PATH, or --everything"),
    (
        "check article.md demo",
        2,
        "demo: it is a folder; the archive comes first, then the draft: cable-tui check PATH DRAFT",
    ),
    ("check demo", 2, "DRAFT is missing: cable-tui check PATH DRAFT"),
    ("check demo nothing.md", 2, "nothing.md: there is no such file"),
    ("log /nowhere", 0, "/nowhere: no such folder, and no searches in it are logged"),
    ("explain ZZQX", 1, "to search your cables for it, run cable-tui explain PATH ZZQX"),
    ("explain demo ZZQX", 1, ""),
    (
        "compare demo 04SANTORIEL88 --versions 5,6",
        1,
        "04SANTORIEL88 has no version 5, but only one version in this archive; to compare",
    ),
    ("stats demo --by post,post", 2, "--by needs one key, or two different keys, not post,post"),
    ("demo lobster", 2, "lobster: not expected here"),
    ("search demo lobster --theme", 2, "--theme needs a value"),
    (
        "search --batch nothing.txt demo",
        2,
        "nothing.txt: cannot be read: No such file or directory",
    ),
    ("search demo lobster --config nothing.toml", 2, "nothing.toml: no such settings file"),
    ("search demo list:maps", 2, "there is no list called maps; you have none"),
    ("search demo query:maps", 2, "there is no saved search called maps; you have none"),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, demo_cache: Path) -> Path:
    """A folder with the demo, which is indexed, an empty folder and a draft."""
    here = tmp_path_factory.mktemp("here")
    demo.write(here / "demo")
    (here / "empty").mkdir()
    (here / "article.md").write_text("“The ice is thin” (04SANTORIEL88).\n", encoding="utf-8")
    main(["index", str(here / "demo"), "--cache", str(demo_cache)])
    return here


@pytest.fixture
def at(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)


@pytest.mark.usefixtures("at")
@pytest.mark.parametrize(("line", "status", "sentence"), WRONG)
def test_a_wrong_use_gets_its_sentence(run: Run, line: str, status: int, sentence: str) -> None:
    done = run(*shlex.split(line))
    assert done.says(status, sentence)


def test_the_sentences_have_no_full_stop() -> None:
    assert len(WRONG) >= 60
    assert not [sentence for _, _, sentence in WRONG if sentence.endswith(".")]
