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


@pytest.mark.skipif(version("textual") != FOR, reason=f"the patches are for Textual {FOR}")
@pytest.mark.skipif(shutil.which("git") is None, reason="git is not here")
def test_the_patches_fit_one_after_the_other(tmp_path: Path) -> None:
    package = Path(textual.__file__).parent
    assert len(PATCHES) == 4
    text = "".join(each.read_text("utf-8") for each in PATCHES)
    for name in set(re.findall(r"^diff --git a/(\S+) .*\nindex ", text, re.MULTILINE)):
        place = tmp_path / name
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(package / Path(name).relative_to("src/textual"), place)
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
    for patch in PATCHES:
        asked = ["git", "apply", "--whitespace=error-all", str(patch)]
        done = subprocess.run(asked, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{patch.name}\n{done.stderr}"
