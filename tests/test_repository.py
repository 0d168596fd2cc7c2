"""What a maintainer looks for at the top of the repository agrees with the program."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import yaml

from cable_tui import __version__

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
CITATION = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))


def commands_of_check() -> set[str]:
    """The programs of `check` in the Makefile, but for the one that only compiles the tests."""
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    recipe = re.search(r"^check:.*\n((?:\t.*\n)+)", text, re.MULTILINE)
    assert recipe is not None
    found = re.findall(r"\$\(BIN\)(/[^>&;\n]+)", recipe[1])
    return {f".venv/bin{each.strip()}" for each in found if "--collect-only" not in each}


def test_the_citation_is_of_this_program_and_this_version() -> None:
    assert CITATION["cff-version"] == "1.2.0"
    assert CITATION["title"].startswith(f"{PROJECT['name']}: ")
    assert CITATION["title"].endswith(PROJECT["description"].removeprefix("A "))
    assert CITATION["version"] == __version__
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    day = CITATION.get("date-released", "not tagged yet")
    assert re.findall("^## .*", changelog, re.MULTILINE)[0] == f"## [{__version__}] - {day}"


def test_the_licences_are_those_of_the_program_and_of_what_notice_names() -> None:
    notice = (ROOT / "cable_tui" / "glossary" / "data" / "NOTICE").read_text(encoding="utf-8")
    named = {name for line in re.findall("SPDX: (.+)", notice) for name in line.split(", ")}
    assert {*PROJECT["license"].split(" AND ")} == {"MIT", *named}
    assert {*CITATION["license"]} == {each for each in ("MIT", *named) if "Ref-" not in each}
    for name in named:
        assert name.removeprefix("LicenseRef-").split("-")[0] in notice


def test_before_a_commit_the_commands_of_the_checks_are_run() -> None:
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    hooks = [hook for repo in config["repos"] for hook in repo["hooks"]]
    assert {hook["entry"] for hook in hooks} == commands_of_check()
    assert {(hook["language"], hook["pass_filenames"]) for hook in hooks} == {("system", False)}


def test_the_templates_are_forms_that_the_hosting_site_takes() -> None:
    files = sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml"))
    forms = [yaml.safe_load(file.read_text("utf-8")) for file in files if file.stem != "config"]
    assert len(forms) == 3
    for form in forms:
        assert {"name", "description", "body"} <= set(form)
        parts = [part for part in form["body"] if part["type"] != "markdown"]
        assert any(part.get("validations", {}).get("required") for part in parts)
        assert len({part["id"] for part in parts}) == len(parts)
        assert all(part["attributes"]["label"] for part in parts)


def test_the_editors_rules_are_those_of_the_formatter() -> None:
    text = (ROOT / ".editorconfig").read_text(encoding="utf-8")
    ruff = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["ruff"]
    assert f"max_line_length = {ruff['line-length']}\n" in text.split("[*.")[0]
    assert "[Makefile]\nindent_style = tab" in text
