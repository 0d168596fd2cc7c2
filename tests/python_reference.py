"""The reference of docs/python.md, from the docstrings of the library."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from typing import Any

import cable_tui as ct
from cable_tui.api.asked_protection import AskedProtection
from cable_tui.api.asked_report import ReportRows
from cable_tui.api.cable_texts import Cable, Paragraph, Paragraphs, Passage, SpokenPart
from cable_tui.api.citing_cables import References
from cable_tui.api.description import CountedName, Description, ListedValues, NotKnown
from cable_tui.api.found_cables import Counts, Hits
from cable_tui.api.row_values import CountRow, Hit
from cable_tui.api.rows_of_values import Record, Rows, Verdicts

CLASSES: tuple[Any, ...] = (
    ct.Archive,
    Description,
    ListedValues,
    CountedName,
    NotKnown,
    Hits,
    Hit,
    Counts,
    CountRow,
    Passage,
    Cable,
    Paragraphs,
    Paragraph,
    SpokenPart,
    AskedProtection,
    References,
    ReportRows,
    Verdicts,
    Rows,
    Record,
)
ERRORS: tuple[type[Exception], ...] = (
    ct.NotIndexed,
    ct.ToolMissing,
    ct.ArchiveError,
    ct.CacheError,
    ct.LibraryError,
    ct.NotFoundError,
    ct.UsageError,
    ct.CableTuiError,
)


def reference() -> str:
    """The function, the classes with their public members, the errors."""
    parts = [f"### `ct.open{_call(ct.open)}`", str(inspect.getdoc(ct.open))]
    for each in CLASSES:
        parts += [f"### `{each.__name__}`", str(inspect.getdoc(each))]
        rows = [f"| `{name}` | {meaning} |" for name, meaning in members_of(each)]
        parts += ["\n".join(["| Member | What it is |", "| --- | --- |", *rows])] if rows else []
    rows = [f"| `ct.{each.__name__}` | {_first(inspect.getdoc(each))} |" for each in ERRORS]
    return "\n\n".join(
        [*parts, "### Errors", "\n".join(["| Error | When |", "| --- | --- |", *rows])]
    )


def members_of(of: Any) -> Iterator[tuple[str, str]]:
    """The public members of a class: methods with their arguments, and what they are."""
    for base in of.__mro__:
        is_hidden = base.__name__ in ("OpenedCache", "Rows")
        if base is not of and (is_hidden or not base.__module__.startswith("cable_tui.api")):
            continue
        tree = ast.parse(inspect.cleandoc("\n" + inspect.getsource(base))).body[0]
        assert isinstance(tree, ast.ClassDef)
        yield from _fields(tree.body)
        for node in tree.body:
            if isinstance(node, ast.FunctionDef):
                text = ast.get_docstring(node)
                if node.name == "__init__":
                    yield from _fields(node.body)
                elif node.name in SIGNS and text:
                    yield SIGNS[node.name], _first(text)
                elif not node.name.startswith("_") and text:
                    is_method = not any("property" in ast.unparse(of) for of in node.decorator_list)
                    call = _call(getattr(base, node.name)) if is_method else ""
                    yield f"{node.name}{call}", _first(text)


SIGNS = {
    "__len__": "len(...)",
    "__getitem__": "[...]",
    "__arrow_c_stream__": "__arrow_c_stream__()",
}
"""Methods that Python calls, as a program writes them."""


def _fields(body: list[ast.stmt]) -> Iterator[tuple[str, str]]:
    """Fields and attributes: with the text below, or with their type alone."""
    for node, below in zip(body, [*body[1:], None], strict=True):
        target: ast.expr | None = None
        if isinstance(node, ast.AnnAssign):
            target = node.target
        elif isinstance(node, ast.Assign):
            target = node.targets[0]
        name = getattr(target, "attr", getattr(target, "id", "_"))
        text = ""
        match below:
            case ast.Expr(ast.Constant(str(meaning))):
                text = _first(meaning)
        if (
            name.startswith("_")
            or name == "shown"
            or (not text and not isinstance(node, ast.AnnAssign))
        ):
            continue
        kind = ast.unparse(node.annotation) if isinstance(node, ast.AnnAssign) else ""
        yield name, " ".join(filter(None, [f"`{kind}`".replace("|", "\\|") if kind else "", text]))


def _call(function: Any) -> str:
    signature = inspect.signature(function)
    words = []
    for name, parameter in signature.parameters.items():
        if name == "self":
            continue
        is_positional = parameter.kind is inspect.Parameter.VAR_POSITIONAL
        is_named = parameter.kind is inspect.Parameter.VAR_KEYWORD
        star = "*" if is_positional else "**" if is_named else ""
        default = "" if parameter.default is parameter.empty else f"={parameter.default!r}"
        words.append(f"{star}{name}{default}")
    return f"({', '.join(words)})"


def _first(text: str | None) -> str:
    return " ".join(str(text).split()).replace("|", "\\|")
