"""Every answer as JSON is as `docs/schemas/` says, and as the older schemas by hand say."""

from __future__ import annotations

import json
import lzma
import re
import shutil
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry

from cable_tui.cli.command_table import OPEN
from cable_tui.cli.shared.options import every_parser, parse
from tests.cli.conftest import Run
from tests.command_cases import Answer, Prepare, commands, places_of
from tests.formats.samples import DATA
from tests.formats.test_registry import SAMPLES

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "schemas"
PAGE = ROOT / "docs" / "json.md"
SCHEMAS: dict[str, Any] = {
    file.stem: json.loads(file.read_text(encoding="utf-8")) for file in sorted(FOLDER.iterdir())
}
FIXED: dict[str, Any] = json.loads(
    lzma.decompress((DATA / "schemas-written-by-hand.json.xz").read_bytes())
)
"""The schemas by hand, before they were generated: an answer that was right then is right now."""
REF = "05STATE130422"
CASES = [(each, case.prepare) for case in commands() for each in case.answers]
"""Each command line with what is made before it."""
LINES = ("--jsonl", "--batch", "export PATH")
"""What gives a JSON value a line."""


ADDED = ("page", "population", "seen_searches", "year_may_be_inferred")
"""The fields of answers that are newer than the schemas by hand, which allow no others."""
ADDED_TO = {"bookmarks-lists": ("note",)}
"""The same in one answer, where older answers have a field of this name."""


def wrong(name: str, value: Any) -> list[str]:
    """What in a value is not as the schema says."""
    added = {*ADDED, *ADDED_TO.get(name, ())}
    older = [_without(added, each) for each in value] if isinstance(value, list) else value
    older = _without(added, older)
    return [
        f"{each.json_path}: {each.message}"
        for schemas, checked in ((SCHEMAS, value), (FIXED, older))
        if name in schemas
        for each in validator_of(name, schemas).iter_errors(checked)
    ]


def _without(added: set[str], value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    return {field: of for field, of in value.items() if field not in added}


def validator_of(name: str, schemas: dict[str, Any]) -> Draft202012Validator:
    """A validator; schemas refer to each other by the names of their files."""
    files = ((f"{other}.json", schema) for other, schema in schemas.items())
    return Draft202012Validator(schemas[name], registry=Registry[Any]().with_contents(files))


@pytest.mark.usefixtures("temporary")  # `forget` looks for programs that others have open
@pytest.mark.parametrize(("answer", "prepare"), CASES, ids=[each.line for each, _ in CASES])
@pytest.mark.documents
def test_an_answer_is_as_its_schema_says(
    answer: Answer, prepare: Prepare | None, run: Run, archive: Path, home: Path
) -> None:
    places = places_of(archive, home)
    home.mkdir()
    if prepare is not None:
        prepare(run, places)
    done = run(*(places.get(word, word) for word in answer.line.split()))
    assert done.status == answer.status, done.err
    values = (
        [json.loads(each) for each in done.lines]
        if any(each in answer.line for each in LINES)
        else [done.value]
    )
    assert values
    assert [each for value in values for each in wrong(answer.schema_name, value)] == []


@pytest.mark.parametrize("sample", SAMPLES)
@pytest.mark.documents
def test_a_cable_of_every_format_is_as_the_schema_says(sample: str, run: Run) -> None:
    done = run("export", DATA / sample)
    values = [json.loads(line) for line in done.lines]
    assert values
    assert [each for value in values for each in wrong("show", value)] == []


def test_every_line_of_progress_is_as_the_schema_says(
    archive: Path, spawn: Run, tmp_path: Path
) -> None:
    done = spawn("index", archive, "--progress", "--cache", tmp_path)
    values = [json.loads(line) for line in done.lines]
    assert values
    assert [each for value in values for each in wrong("index-progress", value)] == []


@cache
def answering() -> list[str]:
    """Every command and action that has `--json`."""
    return [
        parser.verb.name
        for parser in every_parser()
        if "--json" in parser._option_string_actions
        and parser.verb is not OPEN
        # `bookmarks` has the options of all its actions.
        and (not parser.actions or " " in parser.verb.name)
    ]


@pytest.mark.parametrize("command", answering())
def test_every_command_with_json_has_a_schema_and_a_case(command: str) -> None:
    name = command.replace(" ", "-")
    assert name in SCHEMAS
    lines = [each.line for each, _ in CASES if each.schema_name == name]
    assert any(line.startswith(f"{command} ") and "--json" in line.split() for line in lines)


@pytest.mark.parametrize("command", answering())
def test_a_line_that_is_not_understood_prints_nothing_on_stdout(command: str, run: Run) -> None:
    assert run(*command.split(), "--json", "--nonsense").refuses(2, "--nonsense")


@cache
def of_an_archive() -> dict[str, list[str]]:
    """The commands with `--json` that need an archive, with the words behind it."""
    found = {}
    for parser in every_parser():
        words = {each.dest: each.nargs for each in parser._actions if not each.option_strings}
        if parser.verb.name in answering() and words.get("path", "?") != "?":
            needed = {"reference", "query", "queries", "draft"} & set(words)
            found[parser.verb.name] = ["09RABAT27"] if needed else []
    return found


@pytest.mark.parametrize("command", of_an_archive())
def test_an_archive_that_is_not_there_prints_nothing_on_stdout(
    command: str, run: Run, tmp_path: Path
) -> None:
    assert run(
        *command.split(), tmp_path / "nothing-here", *of_an_archive()[command], "--json"
    ).refuses(3, "nothing-here")


@pytest.mark.documents
def test_every_schema_has_a_real_answer() -> None:
    parts = {"index-progress", "page", "tally"}
    assert {each.schema_name for each, _ in CASES} | parts == set(SCHEMAS)


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_one_and_named_by_its_file(name: str) -> None:
    schema = SCHEMAS[name]
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == Draft202012Validator.META_SCHEMA["$id"]
    assert schema["title"]
    ours = {ref for ref in re.findall(r'"\$ref": "([^"]+)"', json.dumps(schema)) if ref[0] != "#"}
    assert ours <= {f"{each}.json" for each in SCHEMAS}


def test_an_answer_is_made_of_the_lines_that_its_command_prints() -> None:
    """What is said of a line is said once."""
    apart = [
        name
        for name in SCHEMAS
        if f"{name}-line" in SCHEMAS and f'"{name}-line.json"' not in json.dumps(SCHEMAS[name])
    ]
    assert apart == ["echoes", "stats", "trend"], "their lines are no part of their answers"


def objects(value: Any) -> Iterator[dict[str, Any]]:
    """Every schema in a schema that says what an object holds."""
    if isinstance(value, dict):
        if isinstance(value.get("properties"), dict):
            yield value
        for each in value.values():
            yield from objects(each)
    elif isinstance(value, list):
        for each in value:
            yield from objects(each)


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_field_that_is_not_documented_fails(name: str) -> None:
    unclosed = [
        sorted(each["properties"])
        for each in objects(SCHEMAS[name])
        if each.get("additionalProperties") is not False
    ]
    assert unclosed == []


@pytest.mark.documents
def test_a_field_more_in_a_real_answer_is_found(run: Run, archive: Path) -> None:
    cable = run("show", archive, REF, "--json").value
    assert wrong("show", cable) == []
    assert wrong("show", {**cable, "color": "red"})
    assert wrong("show", {**cable, "header": {**cable["header"], "color": "red"}})
    del cable["subject"]
    assert wrong("show", cable)


@pytest.mark.documents
def test_the_page_names_every_schema_and_no_other() -> None:
    linked = re.findall(r"\]\(schemas/([\w-]+)\.json\)", PAGE.read_text(encoding="utf-8"))
    assert set(linked) == set(SCHEMAS)


@pytest.mark.documents
def test_every_command_that_the_page_shows_is_understood() -> None:
    shown = re.findall(r"^\| `([^`]+)` \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(shown) >= len(SCHEMAS) - 2
    for line in shown:
        parse(line.split())


HOSTILE = "a\u202egpj\u2066\u2028\x9b31m\x7f"
"""A direction, a line separator and the start of a command to a terminal."""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory, archive: Path) -> Path:
    """An archive in a folder of such a name, with a page and a zip that cannot be read."""
    folder = tmp_path_factory.mktemp("hostile") / HOSTILE
    shutil.copytree(archive, folder / HOSTILE)
    (folder / f"{HOSTILE}.html").write_text("<html>Viewing cable 09RABAT1,", encoding="utf-8")
    (folder / f"{HOSTILE}.zip").write_bytes(b"PK\x03\x04 cut off")
    return folder


@pytest.mark.skipif(sys.platform == "win32", reason="no file of Windows has such a name")
@pytest.mark.parametrize(
    ("answer", "prepare"),
    [each for each in CASES if each[0].names],
    ids=[each.line for each, _ in CASES if each.names],
)
def test_no_answer_has_a_character_that_cannot_be_seen(
    answer: Answer, prepare: Prepare | None, run: Run, hostile: Path, home: Path
) -> None:
    places = places_of(hostile, home)
    home.mkdir()
    if prepare is not None:
        prepare(run, places)
    done = run(*(places.get(word, word) for word in answer.line.split()))
    whole = done.lines if any(each in answer.line for each in LINES) else [done.out]
    values = list(map(json.loads, whole))
    assert any(values)
    hidden = {sign for sign in done.out if sign != "\n" and not sign.isprintable()}
    assert hidden == set()
    assert answer.names == "cleaned" or HOSTILE in json.dumps(values, ensure_ascii=False)
