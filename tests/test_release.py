"""`make release` refuses what is not ready, and never uploads."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.clones import has_make

SCRIPT = Path(__file__).parents[1] / "scripts" / "release.py"
READY = "# Changelog\n\n## [1.2.3] - 2026-11-26\n\n### Added\n\n- A lamp.\n"
BUILT = "cable_tui-1.2.3.tar.gz cable_tui-1.2.3-py3-none-any.whl"
NOTES = """import os, pathlib, sys
with open(os.environ["NOTES"], "a") as notes:
    print("python -m", pathlib.Path(__file__).stem, *sys.argv[1:], file=notes)
"""
MODULES = {
    "build": f"""{NOTES}
pathlib.Path("dist").mkdir()
for name in os.environ["BUILT"].split():
    pathlib.Path("dist", name).touch()
""",
    "twine": NOTES,
}
"""What builds and looks at packages, which takes a network and seconds."""

pytestmark = pytest.mark.skipif(not has_make(), reason="make and sh are not here")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository of git that is ready for its release."""
    root = tmp_path / "root"
    (root / "cable_tui").mkdir(parents=True)
    (root / "cable_tui" / "__init__.py").write_text('__version__ = "1.2.3"\n')
    (root / "CHANGELOG.md").write_text(READY)
    (root / ".gitignore").write_text("dist/\n")
    (root / "Makefile").write_text('check:\n\t@echo make check >>"$(NOTES)"\n')
    (root / "scripts").mkdir()
    shutil.copyfile(SCRIPT, root / "scripts" / SCRIPT.name)
    (tmp_path / "modules").mkdir()
    for name, source in MODULES.items():
        (tmp_path / "modules" / f"{name}.py").write_text(source)
    for words in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "Begin"]):
        _run(root, "git", *words).check_returncode()
    return root


def _run(root: Path, *words: str, built: str = BUILT) -> subprocess.CompletedProcess[str]:
    who = {
        f"GIT_{role}_{name}": value
        for role in ("AUTHOR", "COMMITTER")
        for name, value in (("NAME", "a"), ("EMAIL", "a@example.org"))
    }
    of_modules = {
        "PYTHONPATH": str(root.with_name("modules")),
        "NOTES": str(root.with_name("notes")),
        "BUILT": built,
    }
    return subprocess.run(
        words,
        cwd=root,
        env={**os.environ, **who, **of_modules},
        capture_output=True,
        text=True,
        check=False,
    )


def _release(root: Path, built: str = BUILT) -> subprocess.CompletedProcess[str]:
    return _run(root, sys.executable, "scripts/release.py", built=built)


def _asked(root: Path) -> list[str]:
    """What it asked of others than git."""
    notes = root.with_name("notes")
    return notes.read_text().splitlines() if notes.exists() else []


def _tags(root: Path) -> list[str]:
    return _run(root, "git", "tag", "--list").stdout.split()


def test_what_is_ready_is_checked_built_and_tagged_and_nothing_is_uploaded(root: Path) -> None:
    (root / "dist").mkdir()
    (root / "dist" / "cable_tui-1.2.2.tar.gz").touch()  # of the release before
    done = _release(root)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("v1.2.3 is tagged, its packages are in dist/.")
    assert _tags(root) == ["v1.2.3"]
    check, build, twine = _asked(root)
    assert (check, build) == ("make check", "python -m build --no-isolation")
    assert twine.startswith("python -m twine check --strict ")
    assert twine.count("cable_tui-1.2.3") == 2


@pytest.mark.parametrize(
    ("file", "content", "said"),
    [
        ("new.txt", "new", "not committed"),
        ("CHANGELOG.md", READY.replace("1.2.3", "1.2.2"), "not ## [1.2.3]"),
        ("CHANGELOG.md", READY.replace(" - 2026-11-26", ""), "no day"),
        ("CHANGELOG.md", READY.replace("## ", "## [Unreleased]\n\n## ", 1), "the first heading"),
        ("CHANGELOG.md", READY.replace("2026-11-26", "not tagged yet"), "no day"),
        ("CHANGELOG.md", "", "not ## [1.2.3]"),
        ("cable_tui/__init__.py", '__version__ = "1.2"\n', "no version such as"),
    ],
    ids=["dirty", "another version", "no day", "unreleased", "not tagged", "empty", "no version"],
)
def test_what_is_not_ready_is_refused_before_anything_is_built(
    root: Path, file: str, content: str, said: str
) -> None:
    (root / file).write_text(content)
    if file != "new.txt":
        _run(root, "git", "commit", "-q", "-a", "-m", "Change").check_returncode()
    done = _release(root)
    assert done.returncode == 1
    assert done.stderr.startswith("no release: ")
    assert said in done.stderr
    assert (_asked(root), _tags(root)) == ([], [])


def test_a_version_is_released_once(root: Path) -> None:
    _run(root, "git", "tag", "v1.2.3")
    assert "already" in _release(root).stderr


def test_packages_of_another_version_are_not_tagged(root: Path) -> None:
    assert "no release: dist/ has" in _release(root, "cable_tui-1.2.2.tar.gz").stderr
    assert _tags(root) == []


def test_a_version_whose_checks_fail_is_not_built(root: Path) -> None:
    (root / "Makefile").write_text("check:\n\t@exit 1\n")
    _run(root, "git", "commit", "-q", "-a", "-m", "Break").check_returncode()
    done = _release(root)
    assert (done.returncode, _asked(root), _tags(root)) == (1, [], [])
    assert "no release: make check failed" in done.stderr
