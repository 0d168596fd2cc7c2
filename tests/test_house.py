"""The numbers that the house holds: a tripwire for what wants to outgrow its place."""

from __future__ import annotations

import ast
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import cable_tui

PACKAGE = Path(cable_tui.__file__).parent
FILES = sorted(PACKAGE.rglob("*.py"))
LONGEST_FILE = 600
LONGEST_FUNCTION = 80
TABLE = PACKAGE / "tools" / "table.py"
"""It grows by a row with each tool, so each row has a limit, that of a function."""
MOST_METHODS = 40
MOST_PATCHES = 40
"""Tests that put something else in place of a private name or a constant know how a module is
written. A limit that a test needs is an argument, or a field with a default."""
ONE_NAME_EACH = ("session", "tui", "background")
"""Packages that share one space of names: what is public in one is named in none of the others."""

MOST_FILES = 25
"""In one folder, `__init__` apart."""

MAY_HAVE_NAMED_TUPLES = {"archive", "formats", "telegram", "tools"}
"""Folders that make values by the thousand, take them apart, sort them or send them to workers."""
NAMED_TUPLES = {"EditorsName", "EditorsTerm", "Run"}
"""Those in other folders: of an edition, which formats make for each document and sealed files keep
field by field; and of a patch that is kept as it was sent to Textual."""

Function = ast.FunctionDef | ast.AsyncFunctionDef


def outgrown(file: Path) -> Iterator[str]:
    """What of a file is too long: itself, its functions, its classes."""
    source = file.read_text(encoding="utf-8")
    if len(source.splitlines()) > LONGEST_FILE and file != TABLE:
        yield "the file"
    for each in ast.walk(ast.parse(source)):
        if file == TABLE and isinstance(each, ast.Call) and ast.unparse(each.func) == "Tool":
            if (each.end_lineno or 0) - each.lineno >= LONGEST_FUNCTION:
                yield ast.unparse(each.args[0])
        elif isinstance(each, Function):
            if (each.end_lineno or 0) - each.lineno >= LONGEST_FUNCTION:
                yield each.name
        elif isinstance(each, ast.ClassDef):
            methods = [part for part in each.body if isinstance(part, Function)]
            if len(methods) > MOST_METHODS:
                yield each.name


def test_no_file_function_or_class_outgrows_its_place() -> None:
    found = {str(file.relative_to(PACKAGE)): list(outgrown(file)) for file in FILES}
    assert {file: each for file, each in found.items() if each} == {}


def patched(tree: ast.Module) -> Iterator[str]:
    """The private names and constants of the package that a test replaces, at each place."""
    foreign = {
        (each.asname or each.name).partition(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        or (isinstance(node, ast.ImportFrom) and not str(node.module).startswith("cable_tui"))
        for each in node.names
    }
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        if node.func.attr == "setattr" or ast.unparse(node.func) == "patch.object":
            texts = (each.value for each in node.args[:2] if isinstance(each, ast.Constant))
            place, _, name = str(next(texts, "")).rpartition(".")
            names = (each.id for each in ast.walk(node.args[0]) if isinstance(each, ast.Name))
            is_foreign = next(names, "") in foreign or place.startswith("tests")
            is_private = name.startswith("_") and not name.endswith("__")
            if not is_foreign and (is_private or name.isupper()):
                yield name


def test_tests_know_few_private_names() -> None:
    found = [
        f"{file.name}: {name}"
        for file in sorted(Path(__file__).parent.rglob("*.py"))
        for name in patched(ast.parse(file.read_text("utf-8")))
    ]
    assert len(found) <= MOST_PATCHES, found


def test_every_package_says_what_it_is() -> None:
    packages = [file for file in FILES if file.name == "__init__.py"]
    silent = [
        each for each in packages if not ast.get_docstring(ast.parse(each.read_text("utf-8")))
    ]
    assert silent == []


def test_no_public_name_of_the_room_is_defined_twice() -> None:
    homes: dict[str, list[str]] = defaultdict(list)
    for file in FILES:
        place = file.relative_to(PACKAGE)
        if place.parts[0] in ONE_NAME_EACH:
            for node in ast.parse(file.read_text(encoding="utf-8")).body:
                if isinstance(node, ast.ClassDef | Function) and not node.name.startswith("_"):
                    homes[node.name].append(str(place))
    assert {name: places for name, places in homes.items() if len(places) > 1} == {}


def test_outside_of_tools_no_file_name_occurs_twice_but_those_that_contributing_lists() -> None:
    text = (PACKAGE.parent / "CONTRIBUTING.md").read_text("utf-8")
    recurring = text.partition("two files may have the same stem only")[2].partition("\n- ")[0]
    listed = [f"{stem}.py" for stem in re.findall(r"`(\w+)`", recurring)]
    core = [file for file in FILES if file.relative_to(PACKAGE).parts[0] != "tools"]
    counts = Counter(file.name for file in core)
    assert {name for name, count in counts.items() if count > 1} == {"__init__.py", *listed}
    assert len(listed) <= 8


def test_no_folder_has_too_many_files_and_the_root_only_the_ways_in() -> None:
    counts = Counter(file.parent for file in FILES if file.name != "__init__.py")
    assert {folder for folder, count in counts.items() if count > MOST_FILES} == set()
    assert {file.name for file in PACKAGE.glob("*.py")} == {"__init__.py", "__main__.py"}


def test_a_class_of_fields_is_a_value_where_a_start_defines_it() -> None:
    found = {
        each.name
        for file in FILES
        if file.relative_to(PACKAGE).parts[0] not in MAY_HAVE_NAMED_TUPLES
        for each in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(each, ast.ClassDef)
        and any("NamedTuple" in ast.unparse(base) for base in each.bases)
    }
    assert found == NAMED_TUPLES
