"""Nothing in the package is dead: each name is used by another part of it, or has its reason here.

Names of modules are looked up as Python does, by imports: a name that another module has as well is
not taken for a use. Members of classes are looked up by their names alone, by vulture: what Textual
or the standard library calls is a member of one of their classes. A use by a test is none.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from vulture import Vulture  # type: ignore[import-untyped]

import cable_tui
from tests.absent_tools import absent_tools
from tests.command_cases import found
from tests.schemas import members
from tests.tool_cases import UnusedNames
from tests.used_by_tools import USED_BY_TOOLS, tools_that_use

PACKAGE = Path(cable_tui.__file__).parent
REASONS = {
    "cable_tui:__dir__": "Python calls it",
    "cable_tui:__getattr__": "Python calls it",
    "base.tools:purpose": "the table of docs/tools.md",
    "base.tools:uses": "the table of docs/tools.md, and scripts/without.py",
    "archive.fulltext.schema:analysed": "a test compares the engine's words with those of `text`",
    "archive.records.walk:__call__": "a protocol",
    "base.cable:classified_by": "exports/cable_json.py reads it by its name",
    "base.cable:classified_by_title": "exports/cable_json.py reads it by its name",
    "base.cable:declassify_event": "exports/cable_json.py reads it by its name",
    "base.cable:executive_order": "exports/cable_json.py reads it by its name",
    "cli.shared.options:formatter_class": "argparse reads it",
    "formats.child_process:end_all": "tui/start/app.py finds the module without an import",
    "formats.office.packed_xml:CharacterDataHandler": "expat calls it",
    "formats.office.packed_xml:EndElementHandler": "expat calls it",
    "formats.office.packed_xml:StartDoctypeDeclHandler": "expat calls it",
    "formats.office.packed_xml:StartElementHandler": "expat calls it",
    "formats.office.packed_xml:buffer_text": "expat reads it",
    "cli.reports:ReportCommand": "cli/command_table.py loads it",
    "formats.frus.elements:CharacterDataHandler": "expat calls it",
    "formats.frus.elements:EndElementHandler": "expat calls it",
    "formats.frus.elements:StartElementHandler": "expat calls it",
    "formats.frus.elements:buffer_text": "expat reads it",
    "formats.tables.sqlite_process:text_factory": "sqlite3 reads it",
    "library.recovery:text_factory": "sqlite3 reads it",
    "operating_system.programs:commenters": "shlex reads it",
    "operating_system.programs:whitespace_split": "shlex reads it",
    "operating_system.terminals:__stdout__": "the interpreter flushes it at its end",
    "query.model:excluding": "session/ask.py calls it by its name",
    "query.model:toggled": "session/ask.py calls it by its name",
    "query.reference_table:markdown_table": "the table of docs/searching.md",
    "telegram:__getattr__": "the interpreter calls it",
    "tui.start.app:animation_level": "the App of Textual reads it",
    "tui.start.app:validate_theme": "the App of Textual calls it",
    "tui.commands.keyboard:markdown_table": "the table of docs/keys.md",
    "tui.dialogs.pickers:align": "the styles of Textual read it",
    "tui.textual_patches.patched_app:_return_code": "the App of Textual reads it",
    "tui.textual_patches.patched_app:stylesheet": "the App of Textual reads it",
    "tui.textual_patches.sanitize:remove_sanitizer": "the tests undo the patch of their process",
    "tui.widgets.line_list:_border_title": "the Widget of Textual reads it",
}
"""Each name of the core that no other part of the package uses, with its reason."""
LOADED = {
    "cli": {"configure", "run", "change"},
    "formats": {"FORMAT"},
    "reports": {"REPORT"},
    "tools": {"configure", "run", "change", "OPTIONS", "REPORT", "TOOLS"}
    # what answers a field of the query
    | {"filed", "candidates", "words_anywhere", "having", "places", "state", "names"},
}
"""Names that the tables of a package load from its modules."""
HANDLERS = ["on_*", "action_*"]
"""Methods that Textual calls by the names of messages, and by the texts of bindings."""


@cache
def modules() -> dict[str, tuple[Path, ast.Module]]:
    """Each module with its file and tree."""
    found = {}
    for file in sorted(PACKAGE.rglob("*.py")):
        parts = file.relative_to(PACKAGE.parent).with_suffix("").parts
        name = ".".join(parts).removesuffix(".__init__")
        found[name] = (file, ast.parse(file.read_text("utf-8")))
    return found


class Uses(NamedTuple):
    """What a module uses of others."""

    imported: frozenset[tuple[str, str]]
    """Modules with the names that are taken from them."""
    modules: frozenset[str]
    """Last parts of the names of modules that may be imported whole."""
    attributes: frozenset[str]
    loaded: frozenset[str]
    """Names after a colon in its texts: `module:NAME`, to be loaded later."""


def uses_in(tree: ast.Module) -> Uses:
    imported: set[tuple[str, str]] = set()
    whole: set[str] = set()
    attributes: set[str] = set()
    loaded: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            imported |= {(node.module, each.name) for each in node.names}
            whole |= {each.name for each in node.names}
        elif isinstance(node, ast.Import):
            whole |= {each.name.rpartition(".")[2] for each in node.names}
        elif isinstance(node, ast.Attribute):
            attributes.add(node.attr)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and ":" in node.value:
            loaded.add(node.value.rpartition(":")[2])
    return Uses(frozenset(imported), frozenset(whole), frozenset(attributes), frozenset(loaded))


def names_of(node: ast.stmt) -> set[str]:
    """The names that a statement of a module defines, without tables that are found by name."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return {node.name}
    if not isinstance(node, ast.Assign | ast.AnnAssign):
        return set()
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    names = {part.id for each in targets for part in ast.walk(each) if isinstance(part, ast.Name)}
    return names - {"__all__", "PERFORMERS", "ON_SCREEN"}


def offers(tree: ast.Module) -> set[str]:
    """The names that a package imports for those who import it."""
    return {
        each.asname or each.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("cable_tui")
        for each in node.names
    }


def loads(node: ast.AST) -> set[str]:
    return {
        each.id
        for each in ast.walk(node)
        if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Load)
    }


def unused_of_modules(trees: dict[str, ast.Module], root: str) -> Iterator[str]:
    """Names of modules that no module uses, and their own not in another statement."""
    uses = {name: uses_in(tree) for name, tree in trees.items()}
    imported = frozenset().union(*(each.imported for each in uses.values()))
    loaded = frozenset().union(*(each.loaded for each in uses.values()))
    for module, tree in trees.items():
        short = module.removeprefix(f"{root}.")
        last = module.rpartition(".")[2]
        by_attribute = frozenset().union(
            *(each.attributes for each in uses.values() if last in each.modules)
        )
        known = by_attribute | LOADED.get(short.partition(".")[0], set())
        read = [loads(node) for node in tree.body]
        defined = [(name, at) for at, node in enumerate(tree.body) for name in names_of(node)]
        if any(each.startswith(f"{module}.") for each in trees):
            defined += ((name, -1) for name in offers(tree))
        for name, at in defined:
            own = any(name in names for other, names in enumerate(read) if other != at)
            if not (own or name in known or name in loaded or (module, name) in imported):
                yield f"{short}:{name}"


def of_a_framework() -> dict[str, set[str]]:
    """For each module the members that its classes have from classes of other projects."""
    found: dict[str, set[str]] = {}
    for info in pkgutil.walk_packages(cable_tui.__path__, "cable_tui."):
        if info.name.endswith("__main__"):
            continue
        module = importlib.import_module(info.name)
        found[info.name] = {
            name
            for each in classes_in(module, info.name)
            for base in each.__mro__
            if not base.__module__.startswith("cable_tui")
            for name in set(dir(base)) - set(dir(object))
        }
    return found


def classes_in(scope: object, module: str) -> Iterator[type]:
    """Classes that a module defines, also those inside of others."""
    for each in list(vars(scope).values()):
        if inspect.isclass(each) and each.__module__ == module:
            yield each
            yield from classes_in(each, module)


def unused_members() -> Iterator[str]:
    """Members of classes whose names occur nowhere else in the package."""
    vulture = Vulture(ignore_names=HANDLERS)
    vulture.scavenge([str(PACKAGE)])
    foreign = of_a_framework()
    names = {str(file): (name, tree) for name, (file, tree) in modules().items()}
    for each in vulture.get_unused_code():
        module, tree = names[str(each.filename)]
        known = set().union(*map(names_of, tree.body)) | foreign.get(module, set())
        # Parameters, which have the full confidence, are ruff's; here of functions without a body.
        if each.confidence < 100 and each.name not in known:
            yield f"{module.removeprefix('cable_tui.')}:{each.name}"


def in_python_document(name: str) -> bool:
    """Whether the reference of the library has a name: programs of readers use it."""
    text = (PACKAGE.parent / "docs" / "python.md").read_text("utf-8")
    if not re.match(r"api\.|cable_tui:", name):
        return False
    return re.search(rf"`(?:ct\.)?{re.escape(name.rpartition(':')[2])}\b", text) is not None


@pytest.mark.parametrize(
    ("use", "unused"),
    [
        ("from p.a import asked\nasked()", set()),
        ("from p import a\na.asked()", set()),
        ("LAZY = {'asked': 'p.a:asked'}\nLAZY", set()),
        ("def asked():\n    return asked()\nasked()", {"a:asked"}),
        ("from p import c\nc.asked()", {"a:asked"}),
        ("print('asked')", {"a:asked"}),
    ],
)
def test_a_name_of_a_module_is_used_by_import_and_not_by_what_has_the_same_name(
    use: str, unused: set[str]
) -> None:
    source = "def asked():\n    return asked()\n"
    trees = {"p": ast.parse(""), "p.a": ast.parse(source), "p.b": ast.parse(use)}
    assert set(unused_of_modules(trees, "p")) == unused


def test_a_package_offers_only_what_somebody_takes() -> None:
    offering = ast.parse("from cable_tui.b.c import taken, left\n")
    within = ast.parse("def taken(): ...\ndef left(): ...\n")
    user = ast.parse("from cable_tui.b import taken\ntaken()\n")
    trees = {"cable_tui.b": offering, "cable_tui.b.c": within, "cable_tui.d": user}
    assert set(unused_of_modules(trees, "cable_tui")) == {"b:left"}


def test_each_name_is_used_in_the_package_or_has_its_reason() -> None:
    trees = {name: tree for name, (_, tree) in modules().items()}
    unused = {*unused_of_modules(trees, "cable_tui"), *unused_members()}
    unused -= {
        f"{shape.__module__.removeprefix('cable_tui.')}:{name}"
        for shape in members()  # what is written as JSON
        for name in shape._names
    }
    unused -= {name for name in unused if in_python_document(name)}
    reasons = {*REASONS, *(name for case in found(UnusedNames) for name in case.reasons)}
    left = {name for name in USED_BY_TOOLS if tools_that_use(name) <= {*absent_tools()}}
    assert sorted(unused - reasons - left) == [], "remove it, or give its reason"
    assert sorted(reasons - unused) == [], "it is used, or gone: remove its reason"


@pytest.mark.documents
@pytest.mark.parametrize("name", USED_BY_TOOLS)
def test_what_only_tools_use_is_used_by_each_of_them(name: str) -> None:
    word = re.compile(rf"\b{name.rpartition(':')[2]}\b")
    for tool in tools_that_use(name):
        texts = (file.read_text("utf-8") for file in (PACKAGE / "tools" / tool).rglob("*.py"))
        assert any(map(word.search, texts)), tool


def test_what_one_tool_alone_uses_has_the_reason_why_it_is_in_the_core() -> None:
    alone = [name for name in USED_BY_TOOLS if len(tools_that_use(name)) == 1]
    assert [name for name in alone if not USED_BY_TOOLS[name].partition(": ")[2]] == []
