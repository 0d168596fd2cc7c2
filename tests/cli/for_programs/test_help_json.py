"""`help --json`: every command with its options, exit statuses and schemas, as data."""

from __future__ import annotations

import pytest

from cable_tui.cli.command_table import OPEN, VERBS
from cable_tui.cli.for_programs.exit_statuses import EXIT_STATUSES
from cable_tui.cli.for_programs.help_json import HelpAnswer
from tests import schemas
from tests.cli.conftest import Run
from tests.command_cases import Answer, CommandCase

CASE = CommandCase(answers=(Answer("help cite --json"),), shapes={"help": HelpAnswer})


@pytest.mark.documents
def test_every_command_is_there_with_its_options_and_schemas(run: Run) -> None:
    told = run("help", "--json").value
    by_name = {command["name"]: command for command in told["commands"]}
    assert {*VERBS, OPEN.name, "bookmarks add"} <= by_name.keys()
    search = by_name["search"]
    assert {"--limit", "--jsonl"} <= {name for each in search["options"] for name in each["names"]}
    assert {each["schema"] for each in search["answers"]} >= {"search", "hit"}
    limit = next(each for each in search["options"] if each["names"] == ["--limit"])
    assert (limit["value"], limit["required"], limit["default"]) == ("N", False, None)
    assert ["--cache"] in [each["names"] for each in told["options"]]
    assert [each["status"] for each in told["exit_statuses"]] == [*EXIT_STATUSES]
    named = {answer["schema"] for each in told["commands"] for answer in each["answers"]}
    assert named <= told["schemas"].keys()
    assert told["prefixes"]["tag"]


def test_one_command_alone_comes_with_its_own_schemas(run: Run) -> None:
    told = run("help", "references", "--json").value
    assert [each["name"] for each in told["commands"]] == ["references"]
    assert sorted(told["schemas"]) == ["references", "tally"]
    assert run("help", "serch", "--json").refuses(2, "did you mean search?")


@pytest.mark.documents
def test_the_data_is_made_from_the_same_shapes_as_the_schemas() -> None:
    text = schemas.DATA_OF_HELP.read_text(encoding="utf-8")
    assert text == schemas.data_of_help(), "run: python -m tests.schemas"
