"""The numbers that the house holds: a tripwire for what wants to outgrow its room."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import cable_tui

PACKAGE = Path(cable_tui.__file__).parent
FILES = sorted(PACKAGE.rglob("*.py"))
LONGEST_FILE = 350
LONGEST_FUNCTION = 50
MOST_METHODS = 25

Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions(node: ast.AST) -> Iterator[Function]:
    return (each for each in ast.walk(node) if isinstance(each, Function))


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_no_file_function_or_class_outgrows_its_room(file: Path) -> None:
    source = file.read_text(encoding="utf-8")
    tree = ast.parse(source)
    assert len(source.splitlines()) <= LONGEST_FILE
    for function in functions(tree):
        assert (function.end_lineno or 0) - function.lineno < LONGEST_FUNCTION, function.name
    for each in ast.walk(tree):
        if isinstance(each, ast.ClassDef):
            methods = [part for part in each.body if isinstance(part, Function)]
            assert len(methods) <= MOST_METHODS, each.name
