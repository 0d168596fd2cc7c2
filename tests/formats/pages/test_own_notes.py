"""Notes around a cable in a vault are its reader's, and are named, not lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.formats.pages import own_notes
from cable_tui.formats.pages.own_notes import Notes, without_notes
from tests.formats.samples import cable

SENT = "R 131457Z FEB 09\nFM AMEMBASSY RABAT\nTO SECSTATE WASHDC"
TEXT = (
    f"{SENT}\n\nUNCLAS RABAT 000027\n\nTAGS: PREL\nSUBJECT: LAMPS\n\n## Summary\n\n"
    "1. (U) The lamp is out.\n\n## Comment\n\n2. (U) It will be lit.\nSAPT"
)
HEAD = "---\nid: 09RABAT27\ndate: 2009-02-13\n---\n"
BELOW = [
    "## My notes\n\nThe lamp again.",
    "## Notes\n\nAsk the keeper.",
    "### Questions\n- who paid?",
    "# Comment of the week\n\nSee [[09LIMA3]].",
    "---\n\nsee [[09LIMA3]] #todo",
    "***\n- [ ] ask the keeper",
    "## Notizen\n\nWer zahlt?",
    "---\n\nNotes\n\nAsk the keeper.",
    "[^1]: The lamp of the quay.",
]


def quoted(text: str) -> str:
    return "\n".join(f"> {line}" for line in text.split("\n"))


@pytest.mark.parametrize("notes", BELOW)
def test_notes_below_a_cable_are_not_its_end(notes: str) -> None:
    found = without_notes(f"{TEXT}\n\n{notes}\n")
    assert (found.text.rstrip(), found.notes) == (TEXT, (notes,))


@pytest.mark.parametrize(
    "end",
    [
        "## Comment\n\n3. (U) Notes were taken.\nSAPT",
        "## Notes\n\n3. (U) Notes were taken.\nSAPT",
        "---\nSAPT",
        "## Biographic note\n\nSapt keeps the lamp.",
        "> 4. (U) Quoted.",
    ],
)
def test_headings_and_rules_of_a_cable_are_its_own(end: str) -> None:
    assert without_notes(f"{TEXT}\n\n{end}").notes == ()


@pytest.mark.parametrize(
    "above", ["## Notes\n\nRead twice.\n\n## Cable\n", "Up: [[Lamps]] #rabat\n"]
)
def test_notes_above_a_cable_are_not_its_beginning(above: str) -> None:
    found = without_notes(f"{above}\n{TEXT}")
    assert (found.text, found.notes) == (TEXT, (above.strip(),))


def test_what_stands_above_without_a_sign_of_notes_is_kept() -> None:
    assert without_notes(f"A line.\n\n{TEXT}").text == f"A line.\n\n{TEXT}"


@pytest.mark.parametrize(
    "text",
    [quoted(TEXT), f"{quoted(SENT)}{TEXT.removeprefix(SENT)}", f"> [!info]- Head\n{quoted(TEXT)}"],
)
@pytest.mark.parametrize("head", [HEAD, ""])
def test_quoted_lines_are_lines_of_the_cable(text: str, head: str) -> None:
    raw = cable(f"{head}{text}\n\n> [!note] Mine\n> not so sure\n".encode(), "09RABAT27.md")
    assert raw.header == SENT
    assert raw.body.rstrip().endswith("\nSAPT")
    assert dict(raw.remarks)["Notes in the file"].endswith("not so sure")


def test_what_follows_a_quoted_cable_is_a_note() -> None:
    found = without_notes(f"{quoted(TEXT)}\n\nSee [[09LIMA3]].")
    assert (found.text.rstrip(), found.notes) == (TEXT, ("See [[09LIMA3]].",))


def test_a_comment_of_obsidian_is_a_note() -> None:
    found = without_notes(f"%% read twice %%\n{TEXT}\n\n%%\nAsk Anna.\nTwice.\n%%\n")
    assert (found.text.strip(), found.notes) == (TEXT, ("read twice", "Ask Anna.\nTwice."))


def test_what_stands_below_a_fenced_cable_is_a_note() -> None:
    raw = cable(f"{HEAD}```text\n{TEXT}\n```\n\nSee [[09LIMA3]].\n".encode(), "09RABAT27.md")
    assert raw.body.rstrip().endswith("\nSAPT")
    assert dict(raw.remarks)["Notes in the file"].endswith("See [[09LIMA3]].")


def test_a_fence_around_the_header_alone_ends_no_cable() -> None:
    fenced = TEXT.replace(SENT, f"```\n{SENT}\n```", 1)
    assert without_notes(f"{fenced}\n\n## Notes\n\nSee [[09LIMA3]].").text.rstrip() == fenced


def test_the_mark_of_a_footnote_is_no_part_of_the_cable() -> None:
    marked = TEXT.replace("lamp is", "lamp[^1] is").replace("SUBJECT:", "SUBJECT[^1]:")
    assert without_notes(f"{marked}\n\n[^1]: Mine.").text.rstrip() == TEXT
    assert without_notes(marked).text == marked


def test_long_notes_show_that_they_are_cut() -> None:
    ((_, shown),) = Notes("", ("tea " * 1000,)).remarks
    assert shown.endswith("tea…")
    assert len(shown) <= own_notes._LONGEST


@given(st.text(alphabet="#->[]!% \nSUBJ:1.(U)", max_size=200))
def test_no_line_is_lost(text: str) -> None:
    found = without_notes(text)
    letters = [letter for letter in text if letter in "SUBJ1"]
    kept = "".join((found.text, *found.notes))
    assert sorted(letter for letter in kept if letter in "SUBJ1") == sorted(letters)
