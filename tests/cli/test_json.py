"""Every answer as JSON is as `docs/schemas/` says: hand-written, and closed to further fields."""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from cable_tui.cli.command_table import OPEN
from cable_tui.cli.options import every_parser, parse
from tests.cli.conftest import Run, write_settings
from tests.drafts.manuscript import FORMATS, manuscript
from tests.formats.samples import DATA
from tests.formats.test_registry import SAMPLES

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "schemas"
PAGE = ROOT / "docs" / "json.md"
SCHEMAS: dict[str, Any] = {
    file.stem: json.loads(file.read_text(encoding="utf-8")) for file in sorted(FOLDER.iterdir())
}
REF = "05STATE130422"
CASES: list[tuple[str, str, int]] = [
    ("search", "search PATH kettle --json", 0),
    ("search", "search PATH origin:quayhaven --json --limit 2", 0),
    ("search", "search PATH ketle --json", 0),
    ("search", "search PATH kettles --json --sort created", 0),
    ("search", "search PATH kettle zzzq --json", 1),
    ("search", "search PATH (origin:quayhavn or kettle) --json", 0),
    ("search", f"search PATH {REF} --json", 0),
    ("search", "search PATH kettle or 9/11 or (tag:prel tag:econ) --json", 0),
    ("search", "search PATH class:topsecret or from:kettle or kettle or kettle&tea --json", 0),
    ("search", "search PATH is:noforn date:1850 --json", 1),
    ("search", "search PATH --batch BATCH --json", 0),
    ("search", "search PATH --batch BATCH --jsonl", 0),
    ("hit", "search PATH kettle --jsonl", 0),
    ("hit", "search PATH origin:quayhaven --jsonl", 0),
    ("show", f"show PATH {REF} --json", 0),
    ("show", f"show PATH {REF}#1 --json", 0),
    ("show", "export PATH kettle", 0),
    ("show", "export PATH kettle --format jsonl", 0),
    ("references", f"references PATH {REF} --json", 0),
    ("references", "references PATH 04PORTAMBER305 --json --limit 1", 0),
    ("chain", f"chain PATH {REF} --json", 0),
    ("chain", "chain PATH 08SANTORIEL102 --format json --depth 1", 0),
    ("references", "references PATH 08SANTORIEL102 --json", 0),  # cited, and not here
    ("explain", "explain NSA --json", 0),
    ("explain", "explain zzyzzyx --json", 1),
    ("explain", f"explain PATH {REF} --json", 0),
    ("explain", f"explain PATH {REF}#1 --json", 0),
    ("explain", f"explain PATH {REF} --header --json", 0),
    ("stats", "stats PATH --json", 0),
    ("stats", "stats PATH kettle --json", 0),
    ("stats", "stats PATH kettle zzzq --json", 1),
    ("stats", "stats PATH kettle --json --by post,year", 0),
    ("stats", "stats PATH --json --by signer --limit 3", 0),
    ("compare-records", "compare PATH --json", 0),
    ("compare", f"compare PATH {REF} 04PORTAMBER305 --json", 0),
    ("compare", f"compare PATH {REF} {REF} --records 1,1 --json --reveal", 0),
    ("missing", "missing PATH --json", 0),
    ("missing-line", "missing PATH --jsonl", 0),
    ("gaps-line", "missing PATH --gaps --jsonl", 0),
    ("gaps", "missing PATH --gaps --json", 0),
    ("gaps", "missing PATH --gaps --json --post quayhaven", 0),
    ("gaps", "missing PATH --gaps --json --year 1901", 1),
    ("echoes", "echoes PATH --json", 0),
    ("echoes", f"echoes PATH {REF} --json", 1),
    ("concordance", "concordance PATH kettle --json", 0),
    ("concordance", "concordance PATH kettle --json --sort left --limit 3", 0),
    ("concordance", "concordance PATH =ref --within kettle --json", 0),
    ("concordance", "concordance PATH zzzq --json", 1),
    ("concordance-line", "concordance PATH kettle --jsonl", 0),
    ("words", "words PATH kettle --json", 0),
    ("words", "words PATH kettle --against tea --json --least 2 --sort count", 0),
    ("words", "words PATH zzzq --json", 1),
    ("words-line", "words PATH kettle --jsonl", 0),
    ("traffic", "traffic PATH --json", 0),
    ("traffic", "traffic PATH kettle --info --json --limit 3", 0),
    ("traffic", "traffic PATH zzzq --json", 1),
    ("traffic-line", "traffic PATH --jsonl", 0),
    ("curve-line", "curve PATH kettle tea --jsonl", 0),
    ("echoes-line", "echoes PATH 05STATE130422 --jsonl", 1),
    ("people-line", "people PATH --jsonl --with-protected", 0),
    ("check", "check PATH DRAFT --json", 1),
    ("check", "check PATH DRAFT --json --faults", 1),
    ("curve", "curve PATH kettle tea --json", 0),
    ("curve", "curve PATH kettle --json --by post --within origin:quayhaven", 0),
    ("curve", "curve PATH zzzq --json --by class", 1),
    ("protect", "protect PATH --json", 0),
    ("protect", "protect PATH kettle zzzq --json", 1),
    ("protect-line", "protect PATH --jsonl --unanswered", 0),
    ("people", "people PATH --json", 0),
    ("people", "people PATH kettle --json --limit 2 --with-protected", 0),
    ("people", "people PATH kettle zzzq --json", 1),
    ("people-claims", "people PATH --confirm Blanchard --json", 1),
    ("verify", "verify DOSSIER --json", 0),
    ("verify", "verify DOSSIER PATH --json", 0),
    ("verify", "verify DOSSIER OTHER --json", 1),
    ("verify", "verify CHANGED PATH --json", 1),
    ("problems", "problems PATH --json", 0),
    ("problems", "problems SAMPLES --json", 0),
    ("account", "problems PATH --account --json", 0),
    ("account", "problems SAMPLES --account --json", 0),
    ("doctor", "doctor --json", 0),
    ("doctor", "doctor PATH --json", 0),
    ("index", "index PATH --json", 0),
    ("index", "index SAMPLES --rebuild --json", 0),
    ("log", "log --json", 0),
    ("log", "log PATH --json", 0),
    ("paths", "paths --json", 0),
    ("paths", "paths PATH --json", 0),
    ("marks-list", "marks list --json", 0),
    ("marks-list", "marks list --list kettles --json", 0),
    ("marks-lists", "marks lists --json", 0),
    ("marks-author", "marks author --json", 0),
    ("marks-recent", "marks recent --json", 0),
    ("marks-recent", "marks recent PATH --json", 0),
    ("marks-searches", "marks searches --json", 0),
    ("marks-sync", "marks sync TARGET --init --json", 0),
    ("marks-export", "marks export -", 0),
    ("forget", "forget OTHER --json --all --yes", 0),
    ("forget", "forget --everything --yes --json", 0),
]
"""A schema, a command line whose whole answer or each line is of it, and the exit status."""
LINES = ("--jsonl", "--batch", "export PATH")
"""What gives a JSON value a line."""


def wrong(name: str, value: Any) -> list[str]:
    """What in a value is not as the schema says."""
    validator = Draft202012Validator(SCHEMAS[name])
    return [f"{each.json_path}: {each.message}" for each in validator.iter_errors(value)]


@pytest.fixture(scope="session")
def batch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("batch") / "queries.txt"
    file.write_text("kettle\nketle\nkettle zzzq\ntag:efis\norigin:quayhavn\n", encoding="utf-8")
    return file


@pytest.fixture
def places(archive: Path, batch: Path, tmp_path: Path) -> dict[str, Path]:
    """What the words in capitals stand for; the last four are made where they are asked for."""
    return {
        "PATH": archive,
        "SAMPLES": DATA,
        "BATCH": batch,
        "TARGET": tmp_path / "shared",
        "OTHER": tmp_path / "other",
        "DOSSIER": tmp_path / "dossier.zip",
        "CHANGED": tmp_path / "changed.zip",
        "DRAFT": tmp_path / "draft.md",
    }


def _other(run: Run, places: dict[str, Path], cache: Path) -> None:
    """An archive of its own, which may be forgotten."""
    page = next((places["PATH"] / "cable").rglob("*.html"))
    places["OTHER"].mkdir()
    (places["OTHER"] / page.name).write_bytes(page.read_bytes())
    assert run("--cache", cache, "index", places["OTHER"]).status == 0


def _seal(run: Run, places: dict[str, Path]) -> None:
    dossier = places["DOSSIER"]
    assert (
        run("export", places["PATH"], "kettle", "--format", "verifiable", "-o", dossier).status == 0
    )
    data = bytearray(dossier.read_bytes())
    data[data.index(b"manifest.json") + 200] ^= 1  # in its packed bytes: it cannot be read
    places["CHANGED"].write_bytes(data)


@pytest.mark.usefixtures("temporary")  # `forget` looks for programs that others have open
@pytest.mark.parametrize("case", CASES, ids=lambda case: case[1])
def test_an_answer_is_as_its_schema_says(
    case: tuple[str, str, int], run: Run, places: dict[str, Path], home: Path, tmp_path: Path
) -> None:
    name, line, status = case
    if line.startswith(("marks", "forget")):
        run("marks", "add", places["PATH"], f"{REF}#1", "--note", "why here?", "--list", "kettles")
        run("marks", "add", places["PATH"], REF)
        run("marks", "read", REF)
        run("marks", "save", "kettle", "--search", "rocks")
    if name == "log":
        run("search", places["PATH"], "kettle")
    if name == "marks-author":
        write_settings(home, 'author = "Mara"\n')
    if name == "verify":
        _seal(run, places)
    if "OTHER" in line:
        _other(run, places, tmp_path / "cache")
    if "DRAFT" in line:
        FORMATS["md"](places["DRAFT"], manuscript(places["PATH"]))
    words = [places.get(word, word) for word in line.split()]
    if name == "forget":  # the cache of all tests stays
        words += ["--cache", tmp_path / "cache"]
    done = run(*words)
    assert done.status == status, done.err
    values = (
        [json.loads(each) for each in done.lines]
        if any(each in line for each in LINES)
        else [done.value]
    )
    assert values
    assert [each for value in values for each in wrong(name, value)] == []


@pytest.mark.parametrize("sample", SAMPLES)
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
        # `marks` has the options of all its actions.
        and (not parser.actions or " " in parser.verb.name)
    ]


@pytest.mark.parametrize("command", answering())
def test_every_command_with_json_has_a_schema_and_a_case(command: str) -> None:
    name = command.replace(" ", "-")
    assert name in SCHEMAS
    lines = [line for schema, line, _ in CASES if schema == name and "--json" in line.split()]
    assert any(line.startswith(f"{command} ") for line in lines)


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


def test_every_schema_has_a_real_answer() -> None:
    assert {name for name, _, _ in CASES} | {"index-progress"} == set(SCHEMAS)


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_one_and_named_by_its_file(name: str) -> None:
    schema = SCHEMAS[name]
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == Draft202012Validator.META_SCHEMA["$id"]
    assert schema["title"]
    assert "$ref" not in json.dumps(schema).replace('"$ref": "#/$defs/', ""), "each stands alone"


@pytest.mark.parametrize(
    ("name", "holder"), [("hit", "search"), ("account", "index"), ("account", "doctor")]
)
def test_what_stands_in_two_schemas_is_the_same(name: str, holder: str) -> None:
    whole = {key: each for key, each in SCHEMAS[name].items() if key not in {"$schema", "title"}}
    assert SCHEMAS[holder]["$defs"][name] == whole


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


def test_a_field_more_in_a_real_answer_is_found(run: Run, archive: Path) -> None:
    cable = run("show", archive, REF, "--json").value
    assert wrong("show", cable) == []
    assert wrong("show", {**cable, "colour": "red"})
    assert wrong("show", {**cable, "header": {**cable["header"], "colour": "red"}})
    del cable["subject"]
    assert wrong("show", cable)


def test_the_page_names_every_schema_and_no_other() -> None:
    linked = re.findall(r"\]\(schemas/([\w-]+)\.json\)", PAGE.read_text(encoding="utf-8"))
    assert set(linked) == set(SCHEMAS)


def test_every_command_that_the_page_shows_is_understood() -> None:
    shown = re.findall(r"^\| `([^`]+)` \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(shown) >= len(SCHEMAS) - 1
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
    "line",
    [
        "problems PATH --json",
        f"show PATH {REF} --json",
        f"compare PATH {REF} 04PORTAMBER305 --json",
        "export PATH kettle",
        "export PATH kettle --format csl-json",
        f"chain PATH {REF} --json",
        "doctor PATH --json",
        "paths PATH --json",
        "log PATH --json",
        "marks list --json",
        "marks export -",
        "index PATH --json",
    ],
)
def test_no_answer_has_a_character_that_cannot_be_seen(line: str, run: Run, hostile: Path) -> None:
    if line.startswith("marks"):
        run("marks", "add", hostile, REF, "--note", f"seen in {HOSTILE}")
    if line.startswith("log"):
        run("search", hostile, "kettle")
    done = run(*(hostile if word == "PATH" else word for word in line.split()))
    whole = [done.out] if line != "export PATH kettle" else done.lines
    values = list(map(json.loads, whole))
    assert any(values)
    hidden = {sign for sign in done.out if sign != "\n" and not sign.isprintable()}
    assert hidden == set()
    if line.startswith(("problems", "show", "compare", "log")):
        assert HOSTILE in json.dumps(values, ensure_ascii=False)
