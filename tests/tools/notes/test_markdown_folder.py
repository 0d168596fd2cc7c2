"""Notes as Markdown: what a file says, and that a reader's own changes to it are never lost."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from cable_tui.base.errors import UsageError
from cable_tui.base.value import replace
from cable_tui.library import Mark
from cable_tui.query.answers import CableRow
from cable_tui.tools.notes.markdown_folder import linked_text, page, page_name, write

MARKS = [
    Mark("09ZENDA1", "09ZENDA1", "2", note="as 09RABAT7#3", author="ada", created="2026-12-02T"),
    Mark("09ZENDA1", "09ZENDA1", lists=("TIP",), author="ada", created="2026-12-03T"),
]
ROW = CableRow(
    1, "09ZENDA1", "09ZENDA1", "2009-02-13", "SECRET", "Embassy Zenda", "A: B", ("KTIP",)
)


def test_a_file_has_facts_and_notes_with_links() -> None:
    head, _, body = page(MARKS, ROW).removeprefix("---\n").partition("---\n")
    facts = dict(line.split(": ", 1) for line in head.splitlines())
    assert json.loads(facts["title"]) == "A: B"
    assert json.loads(facts["cable-tags"]) == ["KTIP"]
    assert json.loads(facts["lists"]) == ["TIP"]
    assert json.loads(facts["date"]) == "2009-02-13"
    assert json.loads(facts["link"]) == "https://wikileaks.org/plusd/cables/09ZENDA1_a.html"
    assert body == (
        "# 09ZENDA1 A: B\n\n## ¶2\n\nas [[09RABAT7]] ¶3\n\nada, 2026-12-02\n\n"
        "## Cable\n\nada, 2026-12-03\n"
    )


def test_a_subject_is_text_in_the_head_and_in_the_heading() -> None:
    subject = 'A: "B" #c\\ ![x](http://x.example/x.png) <img src=x> [[y]] {{z}} \U0001f9a2'
    text = page(MARKS, replace(ROW, subject=subject))
    assert yaml.safe_load(text.partition("\n---\n")[0])["title"] == subject
    heading = next(line for line in text.splitlines() if line.startswith("# "))
    assert heading == (
        '# 09ZENDA1 A: "B" \\#c\\\\ !\\[x\\](http://x.example/x.png) \\<img src=x\\> '
        "\\[\\[y\\]\\] \\{\\{z}} \U0001f9a2"
    )


def test_without_an_archive_it_has_the_notes_only() -> None:
    text = page(MARKS, None)
    assert "title" not in text
    assert "# 09ZENDA1\n" in text


@pytest.mark.parametrize(
    ("note", "linked"),
    [
        ("09rabat7 said", "[[09RABAT7]] said"),
        ("no cable", "no cable"),
        ("frus1969-76v01/d1", "frus1969-76v01/d1"),
    ],
)
def test_references_become_links(note: str, linked: str) -> None:
    assert linked_text(note) == linked


@pytest.mark.parametrize(
    ("canonical_id", "name"),
    [("09ZENDA1", "09ZENDA1"), ("frus1969-76v01/d1", "frus1969-76v01_d1"), ("../x", "_x")],
)
def test_a_name_stays_in_its_folder(canonical_id: str, name: str) -> None:
    assert page_name(canonical_id) == name


def test_only_a_file_that_nobody_changed_is_replaced(tmp_path: Path) -> None:
    folder = tmp_path / "notes"
    assert write(folder, MARKS, {}) == (1, 0, ())
    assert write(folder, MARKS, {}) == (0, 1, ())
    assert write(folder, MARKS, {"09ZENDA1": ROW}) == (1, 0, ())
    file = folder / "09ZENDA1.md"
    mine = f"{file.read_text('utf-8')}\nmy own thought\n"
    file.write_text(mine, "utf-8")
    assert write(folder, MARKS[:1], {}) == (0, 0, ("09ZENDA1.md",))
    assert file.read_text("utf-8") == mine
    assert [each.name for each in folder.iterdir()] == ["09ZENDA1.md"]


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "notes").write_text("")
    with pytest.raises(UsageError, match="notes"):
        write(tmp_path / "notes" / "more", MARKS, {})


def test_two_cables_never_share_a_file(tmp_path: Path) -> None:
    marks = [Mark("frus1/d1", "frus1/d1"), Mark("FRUS1_d1", "FRUS1_d1")]
    with pytest.raises(UsageError, match="frus1/d1 and FRUS1_d1 would be written to the same file"):
        write(tmp_path / "notes", marks, {})
    assert not (tmp_path / "notes").exists()
