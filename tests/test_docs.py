"""The documents name what is there: files, modules, commands, and each other."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from cable_tui.query import parse
from tests import doc_samples, doc_tables

pytestmark = pytest.mark.documents

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "cable_tui"
TOP = ("CONTRIBUTING.md", "SECURITY.md", "ROADMAP.md")
DOCUMENTS = [*(ROOT / name for name in TOP), *doc_tables.DOCUMENTS]
SUFFIXES = ("py", "md", "in", "csv")
SAMPLED = [file for file in DOCUMENTS if doc_samples.BLOCK.search(file.read_text("utf-8"))]


def named_paths(text: str) -> set[str]:
    """Paths in backquotes that end in `.py` or in a slash, without those that a recipe makes."""
    made = set(re.findall(r"^New file `([^`]+)`", text, re.MULTILINE))
    return set(re.findall(r"`([\w./-]+(?:\.py|/))`", text)) - made


def is_there(path: str, document: Path) -> bool:
    """From the root, from the package, from `archive/` or `tui/` in a section on it."""
    starts = (ROOT, PACKAGE, PACKAGE / "archive", PACKAGE / "tui", document.parent)
    return any((start / path).exists() for start in starts)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_the_tables_are_those_of_the_program(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    assert text == doc_tables.with_tables(text), "run: python -m tests.doc_tables"


@pytest.fixture(scope="module")
def archives(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the samples are made of."""
    return doc_samples.archives(tmp_path_factory.mktemp("archives"))


@pytest.mark.parametrize("document", SAMPLED, ids=lambda document: document.name)
def test_the_samples_are_what_the_program_prints_and_draws(document: Path, archives: Path) -> None:
    text = document.read_text(encoding="utf-8")
    assert text == doc_samples.with_samples(text, archives), "run: python -m tests.doc_tables"


def test_the_tables_of_commands_have_only_what_is_typed_and_what_it_does() -> None:
    rows = [line for line in doc_tables.TABLES["commands"]().splitlines() if line.startswith("| `")]
    assert len(rows) > 150
    assert [row for row in rows if "SUPPRESS" in row or "``" in row or row.endswith("|  |")] == []


def test_every_query_in_the_table_of_the_language_is_a_whole_one() -> None:
    queries = [
        query
        for line in doc_tables.TABLES["queries"]().splitlines()
        if line.startswith("| `")
        for query in re.findall(r"`([^`]+)`", line.split("|")[1])
    ]
    assert len(queries) > 15
    assert [query for query in queries if parse(query).complaints] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_every_path_that_a_document_names_is_there(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    assert sorted(path for path in named_paths(text) if not is_there(path, document)) == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_every_link_to_a_file_leads_to_one(document: Path) -> None:
    text = re.sub(
        r"^```.*?^```$|`[^`\n]+`", "", document.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL
    )
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text)
    assert [link for link in links if not (document.parent / link).exists()] == []


def test_what_the_page_on_faults_quotes_is_what_the_program_says() -> None:
    text = (ROOT / "docs" / "troubleshooting.md").read_text(encoding="utf-8")
    quoted = re.findall(r"^\| `([^`|]+ [^`|]+)`", text, re.MULTILINE)
    assert len(quoted) > 5
    code = "".join(file.read_text(encoding="utf-8") for file in PACKAGE.rglob("*.py"))
    code = re.sub(r'"\n\s*f?"', "", code)  # a text over several lines
    parts = {part.strip(' ".;') for each in quoted for part in re.split(r"WORD|\.\.\.", each)}
    assert {part for part in parts if part not in code} == set()


def test_the_tree_of_the_architecture_is_that_of_the_package() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    tree = text.split("```")[1]
    folders = {
        str(file.parent.relative_to(PACKAGE)).split("/")[-1]
        for file in PACKAGE.rglob("__init__.py")
    }
    assert {each for each in folders - {""} if f"{each}/" not in tree and each != "."} == set()


OF_OTHERS = {"CABLE_TUI_HOME", "CASE", "Content", "DataTable", "TEXTUAL_DRIVER", "TextArea", "Tree"}
"""Names of the environment, of the tests and of Textual that the architecture has."""
KEYS = {"X", "b", "i", "u"}


def names_of_the_package() -> set[str]:
    """Every module, folder, class, function, method, field and value."""
    found = {file.stem for file in PACKAGE.rglob("*.py")} | {
        folder.name for folder in PACKAGE.rglob("*") if folder.is_dir()
    }
    for file in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef | ast.FunctionDef):
                found.add(node.name)
            elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                found.add(node.id)
    return found


def test_every_name_of_code_in_the_architecture_is_in_the_package() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    prose = re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)
    named = re.findall(r"`([A-Za-z_][\w.]*)(?:\(.*?\))?`", prose)
    parts = {
        part for each in named if Path(each).suffix[1:] not in SUFFIXES for part in each.split(".")
    }
    assert len(parts) > 60
    assert parts - names_of_the_package() - OF_OTHERS - KEYS == set()


def test_the_package_cites_no_text_that_is_not_in_the_repository() -> None:
    written = {"methods.md"}  # by the program, for its user
    here = {document.name for document in DOCUMENTS} | {"CHANGELOG.md"} | written
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


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The documents as a site, built strictly: a link to nothing ends the build.

    Each worker has a folder of its own: two may need it at the same time.
    """
    folder = tmp_path_factory.mktemp("site")
    build = [sys.executable, str(ROOT / "docs" / "site" / "build.py"), str(folder)]
    done = subprocess.run(build, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return Path(done.stdout.splitlines()[-1]).parent


def test_each_document_is_a_page_of_the_site_and_in_its_menu(site: Path) -> None:
    menu = (site.parent / "mkdocs.yml").read_text(encoding="utf-8").split("\nnav:")[1]
    for document in (ROOT / "docs").glob("*.md"):
        assert (site / document.with_suffix(".html").name).is_file()
        assert f": {document.name}\n" in f"{menu}\n"


def test_the_site_loads_nothing_from_the_network_and_no_file_that_is_not_there(site: Path) -> None:
    loaded = {
        target
        for page in site.glob("*.html")
        for target in re.findall(
            r"<(?:script|img|link|source|iframe)[^>]*\s(?:src|href)=\"([^\"]+)",
            page.read_text(encoding="utf-8"),
        )
    }
    assert {target for target in loaded if re.match(r"\w+:|//", target)} == set()
    files = {target.partition("#")[0].partition("?")[0] for target in loaded}
    assert [file for file in sorted(files) if file and not (site / file).exists()] == []


@pytest.mark.parametrize(
    "document",
    sorted(
        {*DOCUMENTS, *(file for end in ("md", "toml", "txt") for file in ROOT.glob(f"*.{end}"))}
    ),
    ids=lambda file: file.name,
)
def test_no_text_has_the_two_sides_of_a_merge(document: Path) -> None:
    lines = document.read_text(encoding="utf-8").splitlines()
    assert not [line for line in lines if line.startswith(("<<<<<<< ", ">>>>>>> "))]
