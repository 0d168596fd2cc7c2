"""`make release`: checks that a version can be released, builds it, and tags it; uploads nothing.

What must hold: nothing uncommitted, a version that the first heading of CHANGELOG.md has with a
day and that no tag has yet, every check passed, packages that an index takes. The tag stays on this
machine until somebody pushes it.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

Run = Callable[[Sequence[str]], str]
"""Runs a command in the repository; what it printed. Raises `CalledProcessError`."""


class NotReadyError(Exception):
    """Why there is no release; a sentence."""


def main(root: Path) -> int:
    """Make the release of the repository at `root`; the exit status."""

    def run(words: Sequence[str]) -> str:
        seen = None if words[0] == "make" else subprocess.PIPE
        done = subprocess.run(words, cwd=root, stdout=seen, text=True, check=True)  # noqa: S603
        return done.stdout or ""

    try:
        version = release(root, run)
    except NotReadyError as error:
        sys.stderr.write(f"no release: {error}\n")
        return 1
    except subprocess.CalledProcessError as error:
        sys.stderr.write(
            f"no release: {' '.join(map(str, error.cmd))} failed\n{error.stdout or ''}"
        )
        return 1
    sys.stdout.write(
        f"v{version} is tagged, its packages are in dist/. Nothing was uploaded; to publish:\n"
        f"  git push origin v{version}\n  twine upload dist/*\n"
    )
    return 0


def release(root: Path, run: Run) -> str:
    """Check, build and tag; the version. Raises `NotReadyError` and `CalledProcessError`."""
    version = version_of((root / "cable_tui" / "__init__.py").read_text(encoding="utf-8"))
    if run(["git", "status", "--porcelain"]).strip():
        raise NotReadyError("there are changes that are not committed (git status)")
    changelog = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    if complaint := changelog_complaint(changelog, version):
        raise NotReadyError(complaint)
    if run(["git", "tag", "--list", f"v{version}"]).strip():
        raise NotReadyError(f"there is a tag v{version} already; raise __version__")
    run(["make", "check"])
    shutil.rmtree(root / "dist", ignore_errors=True)
    run([sys.executable, "-m", "build", "--no-isolation"])
    packages = sorted(map(str, (root / "dist").iterdir()))
    names = {f"cable_tui-{version}.tar.gz", f"cable_tui-{version}-py3-none-any.whl"}
    if {Path(each).name for each in packages} != names:
        raise NotReadyError(f"dist/ has {', '.join(packages) or 'nothing'}")
    run([sys.executable, "-m", "twine", "check", "--strict", *packages])
    run(["git", "tag", "--annotate", f"v{version}", "--message", f"cable-tui {version}"])
    return version


def version_of(source: str) -> str:
    """The version that the package says it has. Raises `NotReadyError`."""
    found = re.search(r'^__version__ = "(\d+\.\d+\.\d+)"$', source, re.MULTILINE)
    if found is None:
        raise NotReadyError("__version__ of cable_tui/__init__.py is no version such as 0.2.0")
    return found[1]


def changelog_complaint(text: str, version: str) -> str:
    """What is wrong with the changelog for this version; empty where nothing is."""
    head = re.search(r"^## \[(?P<name>[^\]]+)\](?: - (?P<day>.*))?$", text, re.MULTILINE)
    if not head or head["name"] != version:
        return f"the first heading of CHANGELOG.md is not ## [{version}] - YYYY-MM-DD"
    dated = re.fullmatch(r"\d{4}-\d\d-\d\d", head["day"] or "")
    return "" if dated else f"## [{version}] of CHANGELOG.md has no day"


if __name__ == "__main__":
    sys.exit(main(Path(__file__).parents[1]))
