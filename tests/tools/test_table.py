"""Tools and the core meet in the table alone: who imports a tool, who names one, who loads by name.

That the core imports no tool is held by `lint-imports`.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import cable_tui
from cable_tui.base.tools import tools

PACKAGE = Path(cable_tui.__file__).parent
ROOT = Path(__file__).parents[2]
TOOLS = {tool.name: tool for tool in tools()}
LOADERS = {
    "__init__.py": "the package for Python, when one of its names is used",
    "base/tools.py": "the rows of tools, and the reports of the core",
    "cli/command_table.py": "its own folder",
    "formats/__init__.py": "its own folder",
    "formats/packed/warc.py": "libraries that unpack what few files need",
    "operating_system/__init__.py": "modules of Python that a system may lack",
    "telegram/__init__.py": "its own folder",
    "tui/textual_patches/fit.py": "Textual",
}
"""What imports modules by names that no import statement has, and of which folder they are."""
_NAMED = re.compile(r"\b(?:cable_tui|tests|benchmarks)\.tools\.(\w+)")
_CALLS = {"import_module", "iter_modules", "walk_packages", "__import__"}


def imported(tree: ast.Module) -> Iterator[str]:
    """The modules that are imported anywhere, for types too, and names in them."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{each.name}" for each in node.names)


def texts(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def tools_in(names: Iterable[str]) -> set[str]:
    """The tools whose modules are named."""
    return {name for each in names for name in _NAMED.findall(each) if name in TOOLS}


def parsed(folder: Path) -> Iterator[tuple[str, ast.Module]]:
    """Every module below a folder, with its path in it."""
    for file in sorted(folder.rglob("*.py")):
        yield file.relative_to(folder).as_posix(), ast.parse(file.read_text("utf-8"))


def test_each_tool_has_a_folder_and_each_folder_a_row() -> None:
    assert {file.parent.name for file in PACKAGE.glob("tools/*/__init__.py")} == set(TOOLS)


def test_tools_import_those_that_they_need_and_others_only_if_they_use_them() -> None:
    found: dict[str, set[str]] = defaultdict(set)
    for path, tree in parsed(PACKAGE / "tools"):
        if "/" in path:
            name = path.partition("/")[0]
            found[name] |= tools_in([*imported(tree), *texts(tree)]) - {name}
    needs = {name: set(tool.needs) for name, tool in TOOLS.items()}
    used = {name: found[name] - needs[name] for name in TOOLS}
    assert {name: needs[name] - found[name] for name in TOOLS if needs[name] - found[name]} == {}
    assert {name: each for name, each in used.items() if each - {*TOOLS[name].uses}} == {}


def test_no_tool_needs_or_uses_itself_through_others() -> None:
    TopologicalSorter(
        {name: {*tool.needs, *tool.uses} for name, tool in TOOLS.items()}
    ).prepare()  # raises `CycleError`


def test_the_core_names_no_module_of_a_tool() -> None:
    found = {
        path
        for path, tree in parsed(PACKAGE)
        if not path.startswith("tools/") and any("cable_tui.tools" in each for each in texts(tree))
    }
    assert found <= {"base/tools.py"}


def test_modules_are_loaded_by_name_in_few_places() -> None:
    found = {
        path
        for path, tree in parsed(PACKAGE)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in _CALLS
    }
    assert found == LOADERS.keys()


def test_nothing_outside_of_its_folders_names_a_tool() -> None:
    """Else it fails, or is left out, if the tool is deleted: `tests/tool_cases.py` is the way."""
    found = {
        f"{top}/{path}": tools_in([*imported(tree), *texts(tree)])
        for top in ("tests", "benchmarks", "scripts", "docs")
        for path, tree in parsed(ROOT / top)
        if not (path.startswith("tools/") and path.count("/") > 1)
    }
    assert {path: names for path, names in found.items() if names} == {}
