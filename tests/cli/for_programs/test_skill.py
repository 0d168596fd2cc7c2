"""`skill`: instructions that name real commands, written only after a question."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cable_tui.cli.command_table import VERBS
from cable_tui.cli.for_programs.skill import ASSISTANTS, text
from tests.cli.conftest import Run


@pytest.fixture
def own_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The home of a user with one assistant."""
    (tmp_path / ".claude").mkdir()
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    return tmp_path


def test_it_prints_rules_and_names_only_commands_that_there_are(run: Run) -> None:
    done = run("skill")
    assert (done.status, done.out) == (0, text())
    assert "**Quote only what `check` calls exact.**" in done.out
    named = set(re.findall(r"`cable-tui ([a-z]+)", done.out)) - {"help"}
    assert named <= VERBS.keys()
    assert done.out.startswith("---\nname: cable-tui\ndescription: ")


def test_it_is_written_checked_and_removed(run: Run, own_user: Path) -> None:
    file = own_user / ".claude/skills/cable-tui/SKILL.md"
    assert run("skill", "--install").refuses(2, "files: add --yes")
    assert run("skill", "--check").says(1, "not installed", str(file))
    assert run("skill", "--install", "--yes").says(0, f"written: {file}")
    assert file.read_text("utf-8") == text()
    assert [each for each in own_user.iterdir() if each.name.startswith(".")] == [file.parents[2]]
    assert run("skill", "--check").says(0, "up to date")
    file.write_text(f"{text()}\nmore", "utf-8")
    assert run("skill", "--check").says(1, "(older, or edited); --install replaces it")
    assert run("skill", "--remove", "--yes").says(0, f"removed: {file}")
    assert not file.parent.exists()
    assert run("skill", "--remove", "--yes").says(1, "it is not installed for any assistant")


def test_an_edited_file_is_kept_next_to_the_new_one(run: Run, own_user: Path) -> None:
    file = own_user / ".claude/skills/cable-tui/SKILL.md"
    run("skill", "--install", "--yes")
    file.write_text(f"{text()}\nmore", "utf-8")
    kept = file.with_name("SKILL.md.before")
    assert run("skill", "--install", "--yes").says(0, f"is now {kept}", f"written: {file}")
    assert kept.read_text("utf-8") == f"{text()}\nmore"
    assert run("skill", "--install").says(0, "up to date")  # there is nothing to ask
    assert run("skill", "--remove", "--yes").status == 0
    assert [each.name for each in file.parent.iterdir()] == [kept.name]


def test_each_edited_file_is_kept(run: Run, own_user: Path) -> None:
    file = own_user / ".claude/skills/cable-tui/SKILL.md"
    for more in ("first", "second", "third"):
        run("skill", "--install", "--yes")
        file.write_text(f"{text()}\n{more}", "utf-8")
    run("skill", "--install", "--yes")
    kept = {each.name: each.read_text("utf-8").splitlines()[-1] for each in file.parent.iterdir()}
    assert kept.pop("SKILL.md") == text().splitlines()[-1]
    assert kept == {
        "SKILL.md.before": "first",
        "SKILL.md.before-2": "second",
        "SKILL.md.before-3": "third",
    }


@pytest.mark.parametrize("option", ["--install", "--remove", "--check"])
def test_what_the_system_refuses_is_told_with_its_path(
    run: Run, own_user: Path, option: str
) -> None:
    file = own_user / ".claude/skills/cable-tui/SKILL.md"
    file.mkdir(parents=True)
    assert run("skill", option, "--yes").refuses(2, str(file), "cannot be read or written")
    file.rmdir()
    file.parent.rmdir()
    file.parent.touch()  # a file in place of the folder
    assert run("skill", option, "--yes").refuses(2, str(file.parent))


def test_a_file_of_somebody_else_stays(run: Run, own_user: Path) -> None:
    file = own_user / ".claude/skills/cable-tui/SKILL.md"
    file.parent.mkdir(parents=True)
    file.write_text("mine", "utf-8")
    for option in ("--install", "--remove"):
        assert run("skill", option, "--yes").refuses(2, "is not from cable-tui and was not changed")
    assert file.read_text("utf-8") == "mine"
    assert run("skill", "--check").says(1, "is not from cable-tui; move it away first")


@pytest.mark.parametrize("assistant", ASSISTANTS)
def test_a_named_assistant_needs_no_folder_yet(run: Run, own_user: Path, assistant: str) -> None:
    assert run("skill", assistant, "--install", "--yes").status == 0
    assert (own_user / ASSISTANTS[assistant][1] / "cable-tui" / "SKILL.md").is_file()


def test_codex_is_known_by_its_folder_and_reads_the_skills_of_all_agents(
    run: Run, own_user: Path
) -> None:
    (own_user / ".claude").rmdir()
    (own_user / ".codex").mkdir()
    file = own_user / ".agents/skills/cable-tui/SKILL.md"
    assert run("skill", "--install", "--yes").says(0, f"written: {file}")


def test_without_an_assistant_the_known_ones_are_named(run: Run, own_user: Path) -> None:
    (own_user / ".claude").rmdir()
    assert run("skill", "--install", "--yes").refuses(1, "claude, codex, gemini")
    assert run("skill", "--install", "--private", "claude").refuses(2, "--private forbids")
