"""Makes the schemas in `docs/schemas` from the shapes of answers: `python -m tests.schemas`.

The cases of commands name each shape (`CommandCase.shapes`). Types and limits of a field are
those of its annotation (`base.kinds`), its meaning is the text below it.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import json
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from types import ModuleType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from cable_tui.base.value import fields_as_written, json_names
from cable_tui.reports.page_of_rows import PageOfRows
from cable_tui.text.tally import Tally
from cable_tui.text.untrusted import kinds_of
from tests.command_cases import commands

FOLDER = Path(__file__).parents[1] / "docs" / "schemas"
DATA_OF_HELP = FOLDER.parents[1] / "cable_tui" / "cli" / "for_programs" / "answers.json"
DIALECT = "https://json-schema.org/draft/2020-12/schema"
_TYPES = {str: "string", int: "integer", float: "number", bool: "boolean", type(None): "null"}


@cache
def shapes() -> dict[str, Any]:
    """Every shape by the name of its schema."""
    named = {name: shape for case in commands() for name, shape in case.shapes.items()}
    return {"tally": Tally, "page": PageOfRows, **named}


@cache
def _names() -> dict[Any, str]:
    return {shape: name for name, shape in shapes().items() if isinstance(shape, type)}


def schema(name: str) -> dict[str, Any]:
    """The schema of an answer."""
    shape = shapes()[name]
    classes = list(_classes(shape))
    title = "; or: ".join(str(each.__doc__).splitlines()[0].removesuffix(".") for each in classes)
    array = "" if isinstance(shape, type | UnionType) else "An array. "
    whole = schema_of(shape) if isinstance(shape, type) and shape in _names() else _of(shape)
    return {"$schema": DIALECT, "title": f"{array}{title}", **whole}


def _classes(kind: Any) -> Iterator[Any]:
    """Yield the classes of an answer: one, or those that it is made of."""
    if hasattr(kind, "_names"):
        yield kind
    for inner in get_args(kind):
        yield from _classes(inner)


def _of(kind: Any) -> dict[str, Any]:
    origin, inside = get_origin(kind), get_args(kind)
    if origin is Annotated:
        marks = (mark for mark in inside[1:] if isinstance(mark, tuple))
        limits = {key: list(of) if isinstance(of, tuple) else of for key, of in marks}
        found = {**_of(inside[0]), **limits}
        return _or_null(found) if "or null" in inside else found
    if origin in (Union, UnionType):
        others = [_of(each) for each in inside if each is not type(None)]
        found = others[0] if len(others) == 1 else {"oneOf": others}
        return _or_null(found) if type(None) in inside else found
    if origin is Literal:
        return {"enum": list(inside)} if len(inside) > 1 else {"const": inside[0]}
    if origin is tuple and inside[-1] is ...:
        return {"type": "array", "items": _of(inside[0])}
    if origin is tuple:
        items = list(map(_of, inside))
        if all(item == items[0] for item in items):
            size = {"minItems": len(items), "maxItems": len(items)}
            return {"type": "array", "items": items[0], **size}
        return {"type": "array", "prefixItems": items, "items": False, "minItems": len(items)}
    if origin is Mapping:
        names = _of(inside[0])
        only = {} if names == {"type": "string"} else {"propertyNames": names}
        return {"type": "object", **only, "additionalProperties": _of(inside[1])}
    if kind is Any:
        return {}
    if kind in _TYPES:
        return {"type": _TYPES[kind]}
    if kind in _names():
        return {"$ref": f"{_names()[kind]}.json"}
    return schema_of(kind)


def _kinds_of(shape: Any) -> dict[str, Any]:
    return kinds_of(shape, _names_in)


@cache
def _names_in(module: ModuleType) -> dict[str, Any]:
    """The names of a module, with those that it imports for the type checker alone."""
    names: dict[str, Any] = {}
    for part in ast.parse(inspect.getsource(module)).body:
        if isinstance(part, ast.If) and ast.unparse(part.test) == "TYPE_CHECKING":
            imports = [ast.unparse(line) for line in part.body if isinstance(line, ast.ImportFrom)]
            exec("\n".join(imports), names)
    return {**names, **vars(module)}


def _or_null(found: dict[str, Any]) -> dict[str, Any]:
    if "enum" in found:
        return {**found, "enum": [*found["enum"], None]}
    if "type" in found and found["type"] != "object":
        return {**found, "type": [found["type"], "null"]}
    return {"anyOf": [{"type": "null"}, found]}


def schema_of(shape: Any) -> dict[str, Any]:
    """The schema of an object."""
    kinds, meanings, names = _kinds_of(shape), meanings_of(shape), json_names(shape)
    fields, required = {}, []
    for name, key in names.items():
        field = _of(kinds[name])
        if "only" in getattr(kinds[name], "__metadata__", ()):
            field = _given(field, shape._defaults.get(name, ""))
        else:
            required.append(key)
        fields[key] = field | ({"description": meanings[name]} if name in meanings else {})
    limits = {} if required else {"minProperties": 1}
    return {
        "type": "object",
        "properties": fields,
        "required": required,
        "additionalProperties": False,
        **limits,
    }


def _given(field: dict[str, Any], default: Any) -> dict[str, Any]:
    """The schema of a field that is left out if it is its default."""
    if default is False:
        return {"const": True}
    if default is None:
        inner: dict[str, Any] = field["anyOf"][1] if "anyOf" in field else field
        return inner | ({"type": field["type"][0]} if "type" in field else {})
    if default == ():
        return {"minItems": 1, **field}
    if default == "" and "pattern" not in field:
        return {"minLength": 1, **field}
    return field


def meanings_of(shape: type[Any]) -> dict[str, str]:
    """The text below each field."""
    found: dict[str, str] = {}
    for base in dict.fromkeys(base for base, *_ in fields_as_written(shape)):
        found |= _texts(base.__module__).get(base.__qualname__, {})
    return found


@cache
def _texts(module: str) -> dict[str, dict[str, str]]:
    """The texts below the fields of each class of a module."""
    tree = ast.parse(inspect.getsource(importlib.import_module(module)))
    return {each.name: dict(_below(each)) for each in tree.body if isinstance(each, ast.ClassDef)}


def _below(of: ast.ClassDef) -> Iterator[tuple[str, str]]:
    for field, text in zip(of.body, of.body[1:], strict=False):
        match field, text:
            case ast.AnnAssign(target=ast.Name(name)), ast.Expr(ast.Constant(str(meaning))):
                yield name, " ".join(meaning.split()).removesuffix(".")


def members() -> set[type[Any]]:
    """Every class that is a part of an answer."""
    found: set[type[Any]] = set()

    def look(kind: Any) -> None:
        if hasattr(kind, "_names") and kind not in found:
            found.add(kind)
            for inner in _kinds_of(kind).values():
                look(inner)
        for inner in get_args(kind):
            look(inner)

    for shape in shapes().values():
        look(shape)
    return found


def text_of(name: str) -> str:
    """The file of a schema."""
    return json.dumps(schema(name), indent=2, ensure_ascii=False) + "\n"


def lines_by_command() -> dict[str, list[list[str]]]:
    """A line of each schema with what it answers in, by the names of commands."""
    found: dict[str, dict[str, str]] = {}
    for answer in sorted(answer for case in commands() for answer in case.answers):
        first, _, rest = answer.line.partition(" ")
        action = f"{first} {rest.partition(' ')[0]}"
        name = action if first == "bookmarks" else first
        found.setdefault(name, {}).setdefault(answer.schema_name, answer.line)
    return {
        name: [[line, schema] for schema, line in lines.items()] for name, lines in found.items()
    }


def data_of_help() -> str:
    """The file that `help --json` reads: compact, with a line for each schema."""
    answers = json.dumps(lines_by_command(), ensure_ascii=False)
    each = ",\n".join(
        f"{json.dumps(name)}: {json.dumps(schema(name), ensure_ascii=False)}" for name in shapes()
    )
    return f'{{"answers": {answers},\n"schemas": {{\n{each}}}}}\n'


def main() -> int:
    """Write every schema."""
    DATA_OF_HELP.write_text(data_of_help(), encoding="utf-8")
    for name in shapes():
        (FOLDER / f"{name}.json").write_text(text_of(name), encoding="utf-8")
    for file in FOLDER.glob("*.json"):
        if file.stem not in shapes():
            file.unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main())
