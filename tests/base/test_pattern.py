"""Tests of expressions that are compiled at their first use."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from cable_tui.base.pattern import pattern

_IMPORT_ALL = """
import pkgutil, re, sys
from importlib import import_module
from pathlib import Path

import cable_tui

package = str(Path(cable_tui.__file__).parent)
compile_ = re._compile
found = []

def watched(expression, flags):
    frame = sys._getframe(1)
    while frame.f_globals["__name__"] in ("re", "abc", "functools", "cable_tui.base.pattern"):
        frame = frame.f_back
    if frame.f_code.co_filename.startswith(package):
        found.append(f"{frame.f_code.co_filename}:{frame.f_lineno}")
    return compile_(expression, flags)

re._compile = watched
for module in pkgutil.walk_packages(cable_tui.__path__, "cable_tui."):
    if not module.name.endswith("__main__"):
        import_module(module.name)
print(*found, sep="\\n", end="")
"""


def test_an_expression_does_what_a_compiled_one_does() -> None:
    word = pattern(r"(?P<first>[a-z])[a-z]*", re.IGNORECASE)
    assert [found.group("first") for found in word.finditer("Two words")] == ["T", "w"]
    assert word.sub("-", "a b") == "- -"
    assert word.fullmatch("Word")
    assert pattern(rb"\d+").findall(b"10 and 20") == [b"10", b"20"]


def test_a_mistake_is_raised_at_the_first_use_and_what_is_lacking_an_attribute_error() -> None:
    wrong = pattern("(")
    with pytest.raises(re.error):
        wrong.match("")
    with pytest.raises(AttributeError):
        pattern("x").no_such_method  # type: ignore[attr-defined]  # noqa: B018


def test_the_functions_of_re_refuse_an_expression_and_so_does_the_check_of_types() -> None:
    """An ignored error that does not occur is an error of mypy's."""
    with pytest.raises(TypeError):
        re.sub(pattern("x"), "", "x")  # type: ignore[call-overload]


def test_importing_every_module_compiles_no_expression_of_ours() -> None:
    run = [sys.executable, "-W", "ignore", "-c", _IMPORT_ALL]
    done = subprocess.run(run, capture_output=True, text=True, check=True)
    assert done.stdout == ""
