"""`mcp` as a process: the protocol alone on stdout, the log, and clients that go away."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from cable_tui.tools.assistants.questions import Questions
from tests.cli.conftest import Run
from tests.command_cases import CommandCase
from tests.tools.assistants.fiction import COMMENTS, SOURCES, TERMS

CASE = CommandCase()
COMMAND = [sys.executable, "-X", "dev", "-W", "always", "-m", "cable_tui", "mcp"]


def line(number: int, method: str, **params: Any) -> str:
    request = {"jsonrpc": "2.0", "id": number, "method": method, "params": params}
    return json.dumps(request) + "\n"


def search(number: int, query: str = "tin") -> str:
    return line(number, "tools/call", name="search", arguments={"query": query})


@pytest.fixture
def harbor_home(harbor: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home whose caches are those of the fiction."""
    monkeypatch.setenv("CABLE_TUI_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("CABLE_TUI_CACHE", str(harbor / "cache"))
    return tmp_path / "home"


def served(
    folder: Path, text: str, *options: str, prefix: tuple[str, ...] = ()
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*prefix, *COMMAND, str(folder / "cables"), *options],
        input=text,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def times(folder: Path) -> dict[Path, int]:
    """When each file was written, but for the memory that readers of SQLite share."""
    files = (file for file in folder.rglob("*") if not file.name.endswith("-shm"))
    return {file: file.stat().st_mtime_ns for file in files}


def test_stdout_has_the_protocol_alone_and_the_end_of_stdin_is_the_end(
    harbor: Path, harbor_home: Path
) -> None:
    done = served(harbor, line(1, "initialize", protocolVersion="2025-11-25") + search(2) + "{\n")
    assert done.returncode == 0
    replies = [json.loads(each) for each in done.stdout.splitlines()]
    assert [each["id"] for each in replies] == [1, 2, None]
    assert [each["jsonrpc"] for each in replies] == ["2.0"] * 3
    assert replies[0]["result"]["serverInfo"]["name"] == "cable-tui"


def test_a_tool_that_prints_and_crashes_leaves_stdout_alone(
    harbor: Path,
    harbor_home: Path,
    run: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def crash(*_: object) -> None:
        sys.stdout.write("not of the protocol\n")
        raise RuntimeError("a text of a cable")

    monkeypatch.setenv("CABLE_TUI_CACHE", str(harbor / "cache"))
    monkeypatch.setattr(Questions, "describe", crash)
    calls = line(1, "tools/call", name="describe", arguments={}) + line(2, "ping")
    questions = tmp_path / "questions"
    questions.write_text(calls, "utf-8")
    with questions.open(encoding="utf-8") as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)
        done = run("mcp", harbor / "cables")
    first, second = map(json.loads, done.lines)
    assert (first["error"]["code"], second["result"]) == (-32603, {})
    assert "not of the protocol" in done.err
    assert "RuntimeError at " in done.err
    assert "a text of a cable" not in done.err + done.out


def test_a_client_that_goes_away_while_it_is_answered_ends_it(
    harbor: Path, harbor_home: Path
) -> None:
    with subprocess.Popen(
        [*COMMAND, str(harbor / "cables")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write((line(1, "ping")).encode())
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["id"] == 1
        process.stdout.close()
        process.stdin.write((search(2) * 20).encode())
        process.stdin.close()
        talk = process.stderr.read()
        assert process.wait() == 0
        assert b"Traceback" not in talk


def test_queries_are_logged_as_an_assistants_with_one_number_and_nothing_else_is_written(
    harbor: Path, harbor_home: Path
) -> None:
    before = times(harbor)
    served(
        harbor, search(1) + search(2, "parrot") + line(3, "resources/read", uri="cable://09LIMA7")
    )
    served(harbor, search(1))
    log = harbor_home / "data" / "research-log.jsonl"
    pytest.importorskip("cable_tui.tools.research_log")
    entries = [json.loads(each) for each in log.read_text("utf-8").splitlines()]
    assert [(each["query"], each["count"]) for each in entries] == [
        ("tin", 2), ("parrot", 1), ("tin", 2)
    ]  # fmt: skip
    ways = [each["way"] for each in entries]
    assert all(way.startswith("assistant ") and len(way) == 16 for way in ways)
    assert ways[0] == ways[1] != ways[2]
    assert times(harbor) == before
    written = {file.name for file in harbor_home.rglob("*") if file.is_file()}
    assert written <= {"research-log.jsonl", "research-log.jsonl.lock"}


def test_an_editor_confirms_a_report_of_forty_quotations_in_one_command(
    harbor: Path, harbor_home: Path, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CABLE_TUI_CACHE", str(harbor / "cache"))
    texts = [*SOURCES, *COMMENTS, *TERMS]
    assert len(texts) == 40
    calls = "".join(
        line(number, "tools/call", name="check_quotation", arguments={"quotation": text})
        for number, text in enumerate(texts)
    )
    done = served(harbor, calls)
    assert (done.returncode, len(done.stdout.splitlines())) == (0, 40), done.stderr
    results = [json.loads(each)["result"] for each in done.stdout.splitlines()]
    receipts = [each["structuredContent"]["receipt"] for each in results]
    quoted = [f'It says "{t}" {r}.' for t, r in zip(texts, receipts, strict=True)]
    report = tmp_path / "report.md"

    def checked() -> list[tuple[str, str]]:
        report.write_text("\n\n".join(quoted), "utf-8")
        found = run("check", harbor / "cables", report, "--json").value["findings"]
        return [(each["verdict"], each["text"]) for each in found if each["kind"] == "receipt"]

    assert checked() == [("exact", receipt) for receipt in receipts]
    quoted[3] = quoted[3].replace("winter", "summer")
    quoted[5] = quoted[5].replace(receipts[5], receipts[6])
    quoted[7] = quoted[7].replace(receipts[7], "")
    assert [text for verdict, text in checked() if verdict != "exact"] == [receipts[3], receipts[6]]
    again = run("check", harbor / "cables", report)
    assert "receipts: 37 confirmed, 2 refused, 1 quotation without" in again.err
    assert f"“{texts[7]}”" in again.out
    assert "It has no receipt." in again.out


def test_bookmarks_are_read_and_stay_as_they_are(
    harbor: Path, harbor_home: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CABLE_TUI_CACHE", str(harbor / "cache"))
    assert run("bookmarks", "add", harbor / "cables", "09RABAT1", "--list", "Story").status == 0
    before = {file: file.read_bytes() for file in harbor_home.rglob("*.sqlite*")}
    done = served(harbor, search(1, "list:Story"))
    assert "1 cable, " in json.loads(done.stdout)["result"]["content"][0]["text"]
    assert before
    assert {file: file.read_bytes() for file in harbor_home.rglob("*.sqlite*")} == before


@pytest.mark.slow
def test_a_thousand_calls_are_answered_in_order(harbor: Path, harbor_home: Path) -> None:
    calls = [
        ("search", {"query": "pier tin"}),
        ("read", {"reference": "09LIMA7", "start": 3}),
        ("count", {"query": "pier", "by": "post"}),
        ("check_quotation", {"quotation": SOURCES[3], "reference": "09RABAT1#4"}),
        ("read", {"reference": "5"}),
    ]
    lines = [
        line(number, "tools/call", name=calls[number % 5][0], arguments=calls[number % 5][1])
        for number in range(1_000)
    ]
    replies = served(harbor, "".join(lines), "--private").stdout.splitlines()
    assert max(len(each.encode()) for each in replies) < 24_000
    answers = [json.loads(each) for each in replies]
    assert [each["id"] for each in answers] == list(range(1_000))
    results = [each["result"] for each in answers]
    assert [each["isError"] for each in results] == [number % 5 == 4 for number in range(1_000)]
    assert all(results[number] == results[number % 5] for number in range(1_000))


def test_in_private_nothing_is_logged(harbor: Path, harbor_home: Path) -> None:
    done = served(harbor, search(1), "--private")
    assert json.loads(done.stdout)["result"]["isError"] is False
    assert not list(harbor_home.rglob("research-log*"))


def test_unmasked_names_what_is_otherwise_masked(harbor: Path, harbor_home: Path) -> None:
    question = line(1, "resources/read", uri="cable://09DOHA5")
    assert "Pelham" not in served(harbor, question).stdout
    assert "Pelham" in served(harbor, question, "--unmasked").stdout


def test_without_an_index_it_says_how_to_make_one(run: Run, tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    assert run("mcp", tmp_path / "new").refuses(4, "run cable-tui index")


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace shows what is opened")
def test_no_socket_is_opened(harbor: Path, harbor_home: Path, tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    calls = "trace=socket,socketpair,connect,bind,listen,accept,accept4"
    done = served(harbor, search(1), prefix=("strace", "-f", "-qq", "-e", calls, "-o", str(trace)))
    assert json.loads(done.stdout)["id"] == 1
    assert "socket" not in trace.read_text("utf-8")


@pytest.mark.parametrize(("mode", "version"), [("legacy", "2025-11-25"), ("auto", "2026-07-28")])
def test_the_official_client_speaks_with_it(
    harbor: Path, harbor_home: Path, mode: str, version: str
) -> None:
    # Imported here, since it takes longer than the other tests of this file together.
    import mcp
    from mcp.client.stdio import StdioServerParameters, stdio_client

    async def talk() -> list[Any]:
        parameters = StdioServerParameters(
            command=COMMAND[0], args=[*COMMAND[1:], str(harbor / "cables")], env=dict(os.environ)
        )
        async with mcp.Client(stdio_client(parameters), mode=mode) as client:
            assert client.protocol_version == version
            tools = await client.list_tools()
            call = client.call_tool("check_quotation", {"quotation": SOURCES[0]})
            resource = await client.read_resource("cable://09LIMA7")
            prompt = await client.get_prompt("quote_exactly")
            return [len(tools.tools), (await call).structured_content, resource, prompt]

    number, verdict, resource, prompt = asyncio.run(talk())
    assert (number, verdict["verdict"]) == (8, "exact")
    assert "The tin is empty." in resource.contents[0].text
    assert "Quote only" in prompt.messages[0].content.text
