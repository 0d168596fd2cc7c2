"""The documents name what is there: files, modules, commands, and each other."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "cable_tui"
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]


def named_paths(text: str) -> set[str]:
    """Paths in backquotes that end in `.py` or in a slash, without those that a recipe makes."""
    made = set(re.findall(r"^New file `([^`]+)`", text, re.MULTILINE))
    return set(re.findall(r"`([\w./-]+(?:\.py|/))`", text)) - made


def is_there(path: str, document: Path) -> bool:
    """From the root, from the package, from `archive/` or `tui/` in a section on it."""
    starts = (ROOT, PACKAGE, PACKAGE / "archive", PACKAGE / "tui", document.parent)
    return any((start / path).exists() for start in starts)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_every_path_that_a_document_names_is_there(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    assert sorted(path for path in named_paths(text) if not is_there(path, document)) == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_every_link_to_a_file_leads_to_one(document: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", document.read_text(encoding="utf-8"))
    assert [link for link in links if not (document.parent / link).exists()] == []


def test_the_tree_of_the_architecture_is_that_of_the_package() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    tree = text.split("```")[1]
    folders = {
        str(file.parent.relative_to(PACKAGE)).split("/")[-1]
        for file in PACKAGE.rglob("__init__.py")
    }
    assert {each for each in folders - {""} if f"{each}/" not in tree and each != "."} == set()


def test_the_package_cites_no_text_that_is_not_in_the_repository() -> None:
    here = {document.name for document in DOCUMENTS} | {"CHANGELOG.md"}
    cited = {
        (str(file.relative_to(ROOT)), name)
        for file in PACKAGE.rglob("*.py")
        for name in re.findall(r"\b([a-z-]+\.md)\b", file.read_text(encoding="utf-8"))
    }
    assert {(file, name) for file, name in cited if name not in here} == set()


def test_every_test_that_the_package_names_is_there() -> None:
    named = {
        path
        for file in PACKAGE.rglob("*.py")
        for path in re.findall(
            r"\b(?:tests|benchmarks)/[\w/]+\.py", file.read_text(encoding="utf-8")
        )
    }
    assert named
    assert [path for path in sorted(named) if not (ROOT / path).exists()] == []
