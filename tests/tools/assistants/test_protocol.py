"""The protocol: each line has one answer, of either revision, whatever the client sends."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from cable_tui.tools.assistants.protocol import LONGEST, RefusedRequest, Server, serve

META = {"_meta": {"io.modelcontextprotocol/protocolVersion": "2026-07-28"}}
Reply = dict[str, Any]


def crash(params: object) -> Reply:
    raise KeyError(params)


def refuse(_: object) -> Reply:
    raise RefusedRequest("not this one", uri="cable://1")


METHODS = {"things/list": lambda _: {"things": ["é"]}, "crash": crash, "refuse": refuse}
SERVER = Server("harbor", "1.0", "be exact", {"tools": {}}, METHODS, repr)


def replies(*lines: bytes) -> list[Reply]:
    out = io.BytesIO()
    serve(SERVER, io.BytesIO(b"".join(lines)), out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def ask(method: str, params: object = None, number: object = 1) -> Reply:
    request = {"jsonrpc": "2.0", "id": number, "method": method}
    if params is not None:
        request["params"] = params
    (reply,) = replies(json.dumps(request).encode() + b"\n")
    assert reply["jsonrpc"] == "2.0"
    return reply


@pytest.mark.parametrize(
    ("asked", "chosen"),
    [("2025-11-25", "2025-11-25"), ("2024-11-05", "2024-11-05"), ("1999-01-01", "2025-11-25")],
)
def test_initialize_agrees_on_a_version(asked: str, chosen: str) -> None:
    result = ask("initialize", {"protocolVersion": asked})["result"]
    assert result == {
        "protocolVersion": chosen,
        "capabilities": {"tools": {}},
        "instructions": "be exact",
        "serverInfo": {"name": "harbor", "version": "1.0"},
    }


def test_the_stateless_revision_needs_no_initialize() -> None:
    discovered = ask("server/discover", META)["result"]
    assert discovered["supportedVersions"][:2] == ["2026-07-28", "2025-11-25"]
    listed = ask("things/list", META, "a")
    assert listed["id"] == "a"
    assert listed["result"] == {
        "things": ["é"],
        "resultType": "complete",
        "ttlMs": 0,
        "cacheScope": "private",
        "_meta": {"io.modelcontextprotocol/serverInfo": {"name": "harbor", "version": "1.0"}},
    }
    assert ask("things/list")["result"] == {"things": ["é"]}
    assert ask("ping")["result"] == {}


def test_an_unknown_version_is_refused_with_the_known_ones() -> None:
    meta = {"_meta": {"io.modelcontextprotocol/protocolVersion": "2031-01-01"}}
    error = ask("things/list", meta)["error"]
    assert error["code"] == -32022
    assert error["data"]["requested"] == "2031-01-01"
    assert error["data"]["supported"][0] == "2026-07-28"


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (b"{", -32700),
        (b"\xff\xfe\x00\n", -32700),
        (b"[" * 100_000 + b"\n", -32700),
        (b'{"id": 1, "id": 2, "method": "ping"}\n', -32700),
        (b"[]\n", -32600),
        (b'{"id": 1}\n', -32600),
        (b'{"id": true, "method": "ping"}\n', -32600),
        (b'{"id": 1, "method": "ping", "params": [1]}\n', -32602),
        (b'{"id": 1, "method": "tools/eat"}\n', -32601),
        (b'{"id": 1, "method": "refuse"}\n', -32602),
        (b'{"id": 1, "method": "crash"}\n', -32603),
        (b'"' + b"x" * (2 * LONGEST) + b'"\n', -32600),
    ],
    ids=lambda value: str(value)[:30],
)
def test_a_line_that_is_no_request_has_an_error_and_the_next_one_an_answer(
    line: bytes, code: int
) -> None:
    if not line.endswith(b"\n"):
        line += b"\n"
    first, last = replies(line, b'{"id": 7, "method": "ping"}\n')
    assert first["error"]["code"] == code
    assert (last["id"], last["result"]) == (7, {})


@pytest.mark.parametrize(
    "request_of",
    [
        lambda long: {"id": long, "method": "ping"},
        lambda long: {"id": int("9" * 4_000), "method": "ping"},
        lambda long: {"id": 1, "method": long},
        lambda long: {
            "id": 1,
            "method": "ping",
            "params": {"_meta": {"io.modelcontextprotocol/protocolVersion": long}},
        },
        lambda long: {"id": 1, "method": "initialize", "params": {"protocolVersion": long}},
    ],
    ids=range(5),
)
def test_no_answer_repeats_a_long_name(request_of: Any) -> None:
    (reply,) = replies(json.dumps(request_of("x" * 100_000)).encode() + b"\n")
    assert len(json.dumps(reply)) < 1_000


def test_notifications_answers_and_empty_lines_have_no_answer() -> None:
    lines = (
        b'{"method": "notifications/initialized"}\n',
        b'{"method": "notifications/cancelled", "params": {"requestId": 1}}\n',
        b'{"id": 3, "result": {}}\n',
        b"\n",
    )
    assert replies(*lines) == []


def test_a_client_that_goes_away_ends_it() -> None:
    class Gone(io.BytesIO):
        def write(self, _: object) -> int:
            raise BrokenPipeError

    requests = io.BytesIO(b'{"id": 1, "method": "ping"}\n' * 3)
    serve(SERVER, requests, Gone())
    assert requests.read().count(b"ping") == 2
