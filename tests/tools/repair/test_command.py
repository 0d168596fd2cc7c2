"""`check --fix`: a copy in which certain faults of a draft are put right."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from cable_tui.tools.repair.fixing import FixAnswer
from tests.cli.conftest import Run
from tests.command_cases import Answer, CommandCase
from tests.parts import GRAMMAR, READING, SEARCHING
from tests.shared_files import CORPUS
from tests.tools.drafts.manuscript import FORMATS as MANUSCRIPTS
from tests.tools.drafts.manuscript import manuscript
from tests.tools.repair.judged import Judged, judged, words_of
from tests.tools.repair.planted import CITED_FAULTS, FORMATS, QUOTED_FAULTS, Item, items

CASE = CommandCase(
    shapes={"check-fix": FixAnswer},
    answers=(Answer("check PATH DRAFT --fix -o COPY --json", 1, "check-fix"),),
    imports={
        "check PATH DRAFT --fix -o COPY": SEARCHING
        | READING
        | GRAMMAR
        | {"exports", "tools.drafts", "tools.protection", "tools.repair", "tools.voices"},
    },
    prepare=lambda _, places: MANUSCRIPTS["md"](places["DRAFT"], manuscript(places["PATH"])),
)
CERTAIN = [kind for kind in (*QUOTED_FAULTS, *CITED_FAULTS) if "first or last" not in kind]
"""A first or last word may be the writer's addition, so that few of them are certain."""


@pytest.mark.parametrize("form", FORMATS)
def test_planted_faults_are_put_right_and_nothing_else(
    run: Run, demo_archive: Path, tmp_path: Path, form: str
) -> None:
    made = items(demo_archive, 11, 85)
    result = _repaired(run, demo_archive, tmp_path, form, made)
    assert result.wrong == []
    planted = sum(item.kind in CERTAIN for item in made)
    repaired = sum(result.repaired[kind] for kind in CERTAIN)
    assert repaired >= 0.9 * planted
    assert sum(result.repaired.values()) > repaired / 2
    old, new = (tmp_path / f"{name}.{form}" for name in ("planted", "copy"))
    if form in ("docx", "odt"):
        assert words_of(new, accepted=False) == words_of(old)
        with zipfile.ZipFile(old) as before, zipfile.ZipFile(new) as after:
            changed = {name for name in before.namelist() if before.read(name) != after.read(name)}
        own = {"content.xml", "word/document.xml", "word/footnotes.xml"}
        assert changed <= own | {"[Content_Types].xml", "word/_rels/document.xml.rels"}


@pytest.mark.shared
@pytest.mark.parametrize("form", ["html", "docx"])
def test_faults_planted_over_real_pages_are_put_right(run: Run, tmp_path: Path, form: str) -> None:
    made = items(CORPUS / "mirror", 12, 119)
    result = _repaired(run, CORPUS / "mirror", tmp_path, form, made)
    assert result.wrong == []
    planted = sum(result.planted[kind] for kind in CERTAIN)
    assert sum(result.repaired[kind] for kind in CERTAIN) >= 0.9 * planted


def _repaired(run: Run, pages: Path, out: Path, form: str, made: Sequence[Item]) -> Judged:
    files = (out / f"planted.{form}", out / f"right.{form}", out / f"copy.{form}")
    for file, side in zip(files, ("planted", "right"), strict=False):
        FORMATS[form](file, made, side)
    done = run("check", pages, files[0], "--fix", "-o", files[2])
    assert done.status in (0, 1), done.err
    return judged(made, files)


RIGHT = "“The chart is handsome and its paper is old” (04PORTAMBER305 ¶2)."
WRONG = "“The chart is ugly and its paper is old” (04PORTAMBER305 ¶2)."


def test_the_changes_are_listed_with_their_reasons(
    run: Run, demo_archive: Path, tmp_path: Path
) -> None:
    draft, copy = tmp_path / "a.md", tmp_path / "b.md"
    draft.write_text(f"# Rocks\n\nIt says {WRONG}\n\n“Nobody ever wrote these seven words here.”\n")
    done = run("check", demo_archive, draft, "--fix", "-o", copy)
    assert copy.read_text() == draft.read_text().replace("ugly", "handsome")
    assert done.status == 1
    assert done.lines == [
        "line 3: word · 04PORTAMBER305 ¶2",
        "  - ugly",
        "  + handsome",
        "    these are the cable's words",
        "? line 5: no cable in this archive contains it",
        "    Nobody ever wrote these seven words here.",
    ]
    assert "1 change, 1 doubt" in done.err


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--fix",), "-o with a name"),
        (("--cite",), "--cite needs --fix"),
        (("--fix", "-o", "a.md"), "would replace the draft"),
        (("--fix", "-o", "b.docx"), "needs the same extension as the draft"),
    ],
)
def test_a_copy_needs_a_name_of_its_own(
    run: Run, demo_archive: Path, tmp_path: Path, options: tuple[str, ...], said: str
) -> None:
    draft = tmp_path / "a.md"
    draft.write_text(WRONG)
    words = (tmp_path / word if "." in word else word for word in options)
    done = run("check", demo_archive, draft, *words)
    assert (done.status, said in done.err) == (2, True), done.err
    assert draft.read_text() == WRONG


def test_a_citation_is_added_only_if_asked_for(
    run: Run, demo_archive: Path, tmp_path: Path
) -> None:
    draft, copy = tmp_path / "a.md", tmp_path / "b.md"
    draft.write_text("It says “The chart is handsome and its paper is old”, and so on.\n")
    assert run("check", demo_archive, draft, "--fix", "-o", copy).lines == []
    assert copy.read_text() == draft.read_text()
    run("check", demo_archive, draft, "--fix", "--cite", "-o", copy)
    assert copy.read_text() == (
        "It says “The chart is handsome and its paper is old” (04PORTAMBER305 ¶2), and so on.\n"
    )


@pytest.mark.parametrize(
    "text",
    [
        "“The chart is ugly [sic] and its paper is old” (04PORTAMBER305 ¶2)",
        "“The chart is [ugly] and its paper is old” (04PORTAMBER305 ¶2)",
        "“The chart is ... its paper is old” (04PORTAMBER305 ¶2)",
        "“The map was lovely though its sheets were old” (04PORTAMBER305 ¶2)",
        "“The chart is handsome and its paper is old” (04PORTAMBER305 ¶2, see also ¶3)",
    ],
)
def test_what_is_not_certain_stays(run: Run, demo_archive: Path, tmp_path: Path, text: str) -> None:
    draft, copy = tmp_path / "a.txt", tmp_path / "b.txt"
    draft.write_text(f"It says {text}.\n", encoding="utf-8")
    run("check", demo_archive, draft, "--fix", "-o", copy)
    assert copy.read_bytes() == draft.read_bytes()


@pytest.mark.parametrize(
    ("draft", "copy"),
    [
        pytest.param(
            'It says "The chart is handsome and its paper old"[^12]. So it is.',
            'It says "The chart is handsome and its paper is old"[^12]. So it is.',
            id="next to the mark of a note",
        ),
        pytest.param(
            'It says "The is handsome and its paper is old"[^12]. So it is.',
            'It says "The chart is handsome and its paper is old"[^12]. So it is.',
            id="behind the first word of the cable's sentence",
        ),
        pytest.param(
            'It says "chart is handsome and paper is old and its"[^12]. So it is.',
            'It says "chart is handsome and paper is old and its"[^12]. So it is.',
            id="not where the last word may be the writer's own",
        ),
    ],
)
def test_a_left_out_word_is_put_back_where_it_is_certain(
    run: Run, demo_archive: Path, tmp_path: Path, draft: str, copy: str
) -> None:
    file, repaired = tmp_path / "a.md", tmp_path / "b.md"
    note = "\n\n[^12]: See 04PORTAMBER305 ¶2.\n"
    file.write_text(draft + note, encoding="utf-8")
    run("check", demo_archive, file, "--fix", "-o", repaired)
    assert repaired.read_text(encoding="utf-8") == copy + note


def test_a_citation_is_judged_by_its_own_quotation(
    run: Run, demo_archive: Path, tmp_path: Path
) -> None:
    draft, copy = tmp_path / "a.md", tmp_path / "b.md"
    right = "“The chart is handsome and its paper is old”"
    text = (
        f"It says {right}[^1], and “The map was lovely though its sheets are old”[^2].\n\n"
        "[^1]: See 04PORTAMBER305 ¶1.\n\n[^2]: See 04PORTAMBER305 ¶1.\n"
    )
    draft.write_text(text, encoding="utf-8")
    run("check", demo_archive, draft, "--fix", "-o", copy)
    assert copy.read_text(encoding="utf-8") == text.replace("¶1", "¶2", 1)
