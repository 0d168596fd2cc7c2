"""`make release` refuses what is not ready, and never uploads."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[1]
READY = "# Changelog\n\n## [1.2.3] - 2026-11-26\n\n### Added\n\n- A lamp.\n"


def _script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("release", ROOT / "scripts" / "release.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


script = _script()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository of git that is ready for its release."""
    (tmp_path / "cable_tui").mkdir()
    (tmp_path / "cable_tui" / "__init__.py").write_text('__version__ = "1.2.3"\n')
    (tmp_path / "CHANGELOG.md").write_text(READY)
    (tmp_path / ".gitignore").write_text("dist/\n")
    for words in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "Begin"]):
        _git(tmp_path, *words)
    return tmp_path


def _git(root: Path, *words: str) -> str:
    who = ("-c", "user.name=a", "-c", "user.email=a@example.org")
    done = subprocess.run(
        ["git", *who, *words], cwd=root, capture_output=True, text=True, check=True
    )
    return done.stdout


class Machine:
    """Runs git for real, and notes what else was asked for."""

    def __init__(self, root: Path, built: Sequence[str] | None = None) -> None:
        self.root, self.asked = root, list[str]()
        self.built = built or ("cable_tui-1.2.3.tar.gz", "cable_tui-1.2.3-py3-none-any.whl")

    def __call__(self, words: Sequence[str]) -> str:
        if words[0] == "git":
            return _git(self.root, *words[1:])
        self.asked.append(" ".join(words).replace(sys.executable, "python"))
        if "build" in words:
            (self.root / "dist").mkdir()
            for name in self.built:
                (self.root / "dist" / name).touch()
        return ""


def test_what_is_ready_is_checked_built_and_tagged_and_nothing_is_uploaded(root: Path) -> None:
    (root / "dist").mkdir()
    (root / "dist" / "cable_tui-1.2.2.tar.gz").touch()  # of the release before
    machine = Machine(root)
    assert script.release(root, machine) == "1.2.3"
    check, build, twine = machine.asked
    assert (check, build) == ("make check", "python -m build --no-isolation")
    assert twine.startswith("python -m twine check --strict ")
    assert twine.count("cable_tui-1.2.3") == 2
    assert _git(root, "tag", "--list").split() == ["v1.2.3"]
    assert "push" not in "".join(machine.asked)


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
        _git(root, "commit", "-q", "-a", "-m", "Change")
    machine = Machine(root)
    with pytest.raises(script.NotReadyError, match=said.replace("[", r"\[")):
        script.release(root, machine)
    assert machine.asked == []
    assert _git(root, "tag", "--list") == ""


def test_a_version_is_released_once(root: Path) -> None:
    _git(root, "tag", "v1.2.3")
    with pytest.raises(script.NotReadyError, match="already"):
        script.release(root, Machine(root))


def test_packages_of_another_version_are_not_tagged(root: Path) -> None:
    with pytest.raises(script.NotReadyError, match="dist/ has"):
        script.release(root, Machine(root, ("cable_tui-1.2.2.tar.gz",)))
    assert _git(root, "tag", "--list") == ""
