"""The patches for Textual, which are to be sent, fit the version that they are for."""

from __future__ import annotations

import re
import shutil
import subprocess
from importlib.metadata import version
from pathlib import Path

import pytest
import textual

ROOT = Path(__file__).parents[1]
PATCHES = sorted((ROOT / "docs" / "upstream").glob("*.patch"))
FOR = "8.2.8"


def changed(patch: Path, kind: str) -> set[str]:
    """The files that a patch changes (`index`) or makes (`new file`)."""
    files = re.split(r"^diff --git a/", patch.read_text("utf-8"), flags=re.MULTILINE)[1:]
    return {each.split(" b/")[0] for each in files if each.splitlines()[1].startswith(kind)}


@pytest.mark.skipif(version("textual") != FOR, reason=f"the patches are for Textual {FOR}")
@pytest.mark.skipif(shutil.which("git") is None, reason="git is not here")
def test_the_patches_fit_one_after_the_other(tmp_path: Path) -> None:
    package = Path(textual.__file__).parent
    assert len(PATCHES) == 4
    for name in set().union(*(changed(each, "index") for each in PATCHES)):
        place = tmp_path / name
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(package / Path(name).relative_to("src/textual"), place)
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
    for patch in PATCHES:
        asked = ["git", "apply", "--whitespace=error-all", str(patch)]
        done = subprocess.run(asked, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{patch.name}\n{done.stderr}"


def test_each_patch_has_a_test_and_a_line_in_the_list() -> None:
    said = (ROOT / "docs" / "upstream" / "README.md").read_text("utf-8")
    assert f"Textual {FOR}" in said
    for patch in PATCHES:
        assert f"| `{patch.name[:4]}` " in said
        tests = {name for name in changed(patch, "new file") if name.startswith("tests/test_")}
        assert len(tests) == 1
        assert tests <= set(re.findall(r"tests/test_\w+\.py", said))
