"""`show` and `cite`: one cable, one paragraph, in every form."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from cable_tui.base.value import replace
from cable_tui.exports.cable_json import CableJson
from cable_tui.exports.copy_formats import EXPORTS
from tests.archive.fiction import Fiction, write_page
from tests.cli.conftest import Run, Terminal, write_settings
from tests.command_cases import Answer, CommandCase
from tests.parts import ASKING, CITING, GRAMMAR, READING

CASE = CommandCase(
    shapes={"show": CableJson},
    answers=(
        Answer("show PATH 05STATE130422 --json", names="kept"),
        Answer("show PATH 05STATE130422#1 --json"),
    ),
    imports={
        "show PATH 10QUAYHAVEN2": ASKING | READING | GRAMMAR | {"exports"} | {"tools.voices"},
        "cite PATH 10QUAYHAVEN2": ASKING | READING | GRAMMAR | CITING,
    },
)

FILE = "cable/2004/06/04PORTAMBER211.html"


def test_a_cable_is_shown_as_text(run: Run, archive: Path) -> None:
    done = run("show", archive, "04portamber211")
    assert (done.status, done.err) == (0, "")
    assert done.lines[0] == "Reference ID: 04PORTAMBER211"
    assert "Created: 2004-06-07 08:12Z" in done.lines
    assert "┌" not in done.out


def test_a_width_draws_three_boxes_and_a_terminal_gets_those_of_its_own(
    run: Run, archive: Path
) -> None:
    done = run("show", archive, "04PORTAMBER211", "--width", "60")
    assert sum(line.startswith("┌") for line in done.lines) == 3
    assert {len(line) for line in done.lines} == {60}
    ascii_only = run("show", archive, "04PORTAMBER211", "--width", "60", "--ascii")
    assert ascii_only.lines[0].startswith("+- 04PORTAMBER211 -")
    assert run("show", archive, "04PORTAMBER211", "--width", "5").status == 2
    terminal = Terminal()
    assert run("show", archive, "04PORTAMBER211", screen=terminal).status == 0
    assert {len(line) for line in terminal.getvalue().splitlines()} == {80}


def test_json_has_every_field(run: Run, archive: Path) -> None:
    value = run("show", archive, "04PORTAMBER211", "--json").value
    assert value["reference_id"] == "04PORTAMBER211"
    assert value["created"] == "2004-06-07T08:12Z"
    (source,) = value["sources"]
    assert source == {"number": 1, "path": FILE, "format": "html-page", "differs": []}
    assert value["body"]["paragraphs"]


def test_a_text_is_repaired_only_on_demand(run: Run, archive: Path, tmp_path: Path) -> None:
    folder = tmp_path / "garbled"
    folder.mkdir()
    page = (archive / FILE).read_text(encoding="utf-8")
    (folder / "page.html").write_text(
        page.replace("1. (U) ", "1. (U) Marlowe,s &old8 lamp.  "), encoding="utf-8"
    )
    assert "Marlowe,s &old8 lamp." in run("show", folder, "04PORTAMBER211#1").out
    for whole in ("04PORTAMBER211", "04PORTAMBER211#1"):
        assert "Marlowe’s “old” lamp." in run("show", folder, whole, "--repaired").out


def test_raw_is_the_file_itself_and_cleaned_on_a_terminal(
    run: Run, spawn: Run, tmp_path: Path, archive: Path
) -> None:
    page = (archive / FILE).read_text(encoding="utf-8")
    assert spawn("show", archive, "04PORTAMBER211", "--raw").out == page
    terminal = Terminal()
    folder = tmp_path / "hostile"
    folder.mkdir()
    (folder / "page.html").write_text(page.replace("</body>", "\x1b]0;owned\x07</body>"))
    assert run("show", folder, "04PORTAMBER211", "--raw", screen=terminal).status == 0
    assert "\x1b" not in terminal.getvalue()
    assert "owned" in terminal.getvalue()


def test_the_header_alone_and_one_paragraph(run: Run, archive: Path) -> None:
    done = run("show", archive, "04PORTAMBER211", "--header")
    assert "FM " in done.out
    assert "SUBJECT" not in done.out
    assert run("show", archive, "04PORTAMBER211#2").out.startswith("2.")
    narrow = run("show", archive, "04PORTAMBER211#2", "--width", "30")
    assert max(map(len, narrow.lines)) <= 30


@pytest.mark.parametrize(
    ("reference", "status", "said"),
    [
        ("99NOWHERE1", 1, "99NOWHERE1: no such cable in this archive"),
        ("04PORTAMBER211#99", 1, "04PORTAMBER211 has no paragraph 99: its paragraphs are 1 to"),
        ("gibberish", 1, "gibberish: no such cable in this archive"),
        ("portamb211", 1, "Did you mean 04PORTAMBER211?"),
        *((nothing, 2, "it is empty") for nothing in ("", "#2", " ")),
    ],
)
def test_what_is_not_there_is_status_1_and_what_has_no_name_a_usage_error(
    run: Run, archive: Path, reference: str, status: int, said: str
) -> None:
    done = run("show", archive, reference)
    assert (done.status, done.out) == (status, "")
    assert said in done.err


@pytest.mark.parametrize("command", ["show", "explain", "cite"])
@pytest.mark.parametrize(
    ("count", "said"), [(1, "1 cable in the archive cites it"), (9, "9 cables in the archive cite")]
)
def test_a_missing_cable_that_others_cite_names_the_command_that_lists_them(
    run: Run, tmp_path: Path, command: str, count: int, said: str
) -> None:
    folder = tmp_path / "nine cables"
    for at in range(count):
        write_page(folder, Fiction(f"09RABAT{at + 1}", ref="08 TUNIS 77"))
    run("index", folder)
    done = run(command, folder, "08TUNIS77")
    assert (done.status, done.out) == (1, "")
    assert f"08TUNIS77: no such cable in this archive; {said}" in done.err
    assert f"`cable-tui references '{folder}' 08TUNIS77`" in done.err
    assert run("references", folder, "08TUNIS77").out.count("LIGHTHOUSE") == count


def test_an_archive_that_is_not_read_to_its_end_says_so_of_a_missing_cable(
    run: Run, archive: Path, tmp_path: Path
) -> None:
    root = tmp_path / "cache"
    run("index", archive, "--cache", root)
    (file,) = root.rglob("catalogue-*.sqlite")
    with closing(sqlite3.connect(file)) as db, db:
        db.execute("UPDATE file SET mtime_ns = -1 WHERE rowid IN (SELECT rowid FROM file LIMIT 3)")
    done = run("show", archive, "99NOWHERE1", "--no-index", "--cache", root)
    assert done.status == 1
    said = "99NOWHERE1: no such cable in this archive so far: 38 of 41 files have been read"
    assert said in done.err


def test_a_misspelt_folder_is_status_3_and_one_without_a_cache_or_indexing_4(
    run: Run, archive: Path, tmp_path: Path
) -> None:
    done = run("show", archive.with_name("demmo"), "04PORTAMBER211")
    assert done.status == 3
    assert done.err.startswith("cable-tui: ")
    assert f"no such folder. Did you mean {archive}?" in done.err
    assert run("show", archive, "04PORTAMBER211", "--no-index", "--cache", tmp_path / "none").says(
        4, "cable-tui index"
    )


@pytest.mark.parametrize("style", EXPORTS)
def test_every_style_cites(run: Run, archive: Path, style: str) -> None:
    done = run("cite", archive, "04PORTAMBER211#2", "--style", style)
    assert (done.status, done.err) == (0, "")
    assert done.out.strip()


def test_a_range_is_cited_and_linked_to_its_first(run: Run, archive: Path) -> None:
    # The reference is the style where none is named.
    assert run("cite", archive, "04 portamber 0211 ¶2").out == "04PORTAMBER211 ¶2\n"
    assert run("cite", archive, "04PORTAMBER211#1-2").out == "04PORTAMBER211 ¶1–2\n"
    link = run("cite", archive, "04PORTAMBER211 ¶1–2", "--style", "link").out
    assert link.endswith("/cable/2004/06/04PORTAMBER211.html#par1\n")
    assert run("cite", archive, "04PORTAMBER211#2-99").refuses(1, "no paragraph 2-99")


def test_the_settings_say_where_links_lead_and_how_notes_are_written(
    run: Run, archive: Path, home: Path
) -> None:
    assert run("cite", archive, "04PORTAMBER211", "--style", "path").out == f"{archive / FILE}\n"
    write_settings(home, '[copy]\nlink = "https://a.example/{id}"\n')
    done = run("cite", archive, "04PORTAMBER211", "--style", "link")
    assert done.out == "https://a.example/04PORTAMBER211\n"
    write_settings(home, '[copy]\nlink = "file"\n[cite]\nshort-note = "cf. {id}[, {place}]"\n')
    done = run("cite", archive, "04PORTAMBER211#1", "--style", "link")
    assert done.out == f"{(archive / FILE).as_uri()}#par1\n"
    done = run("cite", archive, "04PORTAMBER211#1", "--style", "short-note")
    assert done.out == "cf. 04PORTAMBER211, para. 1\n"


def test_a_source_is_chosen_by_its_format_or_path(run: Run, archive: Path) -> None:
    for name in ("html-page", FILE):
        assert run("cite", archive, "04PORTAMBER211", "--source", name).status == 0
    assert run("cite", archive, "04PORTAMBER211", "--source", "nara-text").says(
        1, f"it has html-page ({FILE})"
    )


def test_a_citation_of_another_record_says_on_stderr_whose_words_it_has(
    run: Run, tmp_path: Path
) -> None:
    cable = Fiction("08ZENDA1", "2008-01-02 10:00", text="1. Ada Pelham met Bo Kelpman.")
    for folder, text in (("full", cable.text), ("hidden", "1. XXXXXXXXXXXX met Bo Kelpman.")):
        write_page(tmp_path / folder, replace(cable, text=text))
    shown, other = (
        run("cite", tmp_path, "08ZENDA1#1", "--source", f"{folder}/cable/2008/01/08ZENDA1.html")
        for folder in ("full", "hidden")
    )
    assert (shown.status, shown.out) == (0, other.out)
    assert "words are from" not in shown.err
    assert "words are from version 2 of 2: hidden/" in other.err


def test_several_paragraphs_a_ref_line_and_the_header_in_words_are_shown_alone(
    run: Run, archive: Path
) -> None:
    both = run("show", archive, "04SANTORIEL88#2-3").out
    parts = [run("show", archive, f"04SANTORIEL88#{number}").out for number in (2, 3)]
    assert both == "".join(parts)
    assert run("show", archive, "04SANTORIEL88#A").out == "04 PORT AMBER 305\n"
    words = run("show", archive, "04SANTORIEL88", "--header-words").lines
    assert "Sent          041605Z OCT 04 = 4 Oct 2004, 16:05 UTC" in words


def test_lines_of_a_paragraph_are_joined_on_demand(run: Run, archive: Path) -> None:
    filed = run("show", archive, "04SANTORIEL88#2").lines
    assert len(filed) > 2
    (joined,) = run("show", archive, "04SANTORIEL88#2", "--joined").lines
    assert joined.split() == " ".join(filed).split()
    whole = run("show", archive, "04SANTORIEL88", "--joined")
    assert joined in whole.lines
    assert whole.out.split() == run("show", archive, "04SANTORIEL88").out.split()


def test_sentences_are_cited_alone(run: Run, archive: Path) -> None:
    words = ("cite", archive, "04SANTORIEL88#2", "--style", "quotation", "--sentence")
    second = run(*words, "2").out
    assert second.startswith("“… He added that the King follows")
    assert run(*words, "1-2").out == run(*words[:-1]).out
    assert run(*words, "3").status == 1
    for wrong in ("x", "0", "2-1"):
        assert run(*words, wrong).status in {1, 2}
    assert run("cite", archive, "04SANTORIEL88", "--sentence", "1").status == 2
