"""The Model Context Protocol over stdin and stdout: a JSON object per line, answered in order.

The stateless revision, in which each request gives its version, is supported, and so are the
earlier revisions, which begin with `initialize`. No state depends on the revision, so requests in
both forms may be mixed. Nothing else is written to the output, and no socket is opened.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, BinaryIO

from cable_tui.base.value import Value
from cable_tui.text.cleaning import json_text
from cable_tui.text.untrusted import json_value

STATELESS = ("2026-07-28",)
WITH_INITIALIZE = ("2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05")
LONGEST = 1 << 20
"""The maximum number of bytes of a request."""
_LONGEST_NAME = 200
"""The maximum number of characters of an id or a name that an answer repeats."""
_META = "io.modelcontextprotocol/"
_PARSE_ERROR, _INVALID, _NO_METHOD, _BAD_PARAMS, _INTERNAL = -32700, -32600, -32601, -32602, -32603
_NO_SUCH_VERSION = -32022
_CACHEABLE = ("list", "read", "discover")
"""The last words of the methods whose results state how long they may be cached."""

Method = Callable[[Mapping[str, Any]], dict[str, Any]]


class RefusedRequest(Exception):  # noqa: N818 - an answer of the protocol
    """A request that is answered with a protocol error instead of a result."""

    def __init__(self, message: str, code: int = _BAD_PARAMS, **data: Any) -> None:
        super().__init__(message)
        self.code = code
        self.data = data


class Server(Value):
    """A server's methods by name, and its description."""

    name: str
    version: str
    instructions: str
    capabilities: Mapping[str, Any]
    methods: Mapping[str, Method]
    crashed: Callable[[Exception], str]
    """A function that reports an internal error and returns a message for the client."""


def serve(server: Server, requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer requests until the client closes the connection."""
    while line := requests.readline(LONGEST + 1):
        is_whole = len(line) <= LONGEST
        while len(line) > LONGEST and not line.endswith(b"\n"):
            line = requests.readline(LONGEST + 1)
        answer = _answer(server, line) if is_whole else _error(None, _INVALID, "it is too long")
        if answer is None:
            continue
        try:
            answers.write(json_text(answer).encode("utf-8", "replace") + b"\n")
            answers.flush()
        except BrokenPipeError:
            return


def _answer(server: Server, line: bytes) -> dict[str, Any] | None:
    """Return the answer to a line, or None if the line is a notification or empty."""
    if not line.strip():
        return None
    try:
        request = json_value(line)
    except (ValueError, LookupError):
        return _error(None, _PARSE_ERROR, "the line is not JSON")
    if not isinstance(request, dict) or not isinstance(request.get("method"), str):
        if isinstance(request, dict) and ("result" in request or "error" in request):
            return None  # an answer, although nothing was asked
        return _error(None, _INVALID, "it is not a JSON-RPC request")
    number = request.get("id")
    if number is None:
        return None
    if type(number) not in (str, int) or len(str(number)) > _LONGEST_NAME:
        return _error(None, _INVALID, "the id is neither a short text nor a whole number")
    try:
        return {
            "jsonrpc": "2.0",
            "id": number,
            "result": _result(server, request["method"], request.get("params")),
        }
    except RefusedRequest as refusal:
        return _error(number, refusal.code, str(refusal), refusal.data)
    except Exception as error:  # noqa: BLE001 - the next request is answered
        return _error(number, _INTERNAL, server.crashed(error))


def _result(server: Server, name: str, params: Any) -> dict[str, Any]:
    if params is None:
        params = {}
    if not isinstance(params, dict):
        raise RefusedRequest("params is not an object")
    meta = params.get("_meta")
    version = meta.get(f"{_META}protocolVersion") if isinstance(meta, dict) else None
    if version is not None and version not in (*STATELESS, *WITH_INITIALIZE):
        supported = [*STATELESS, *WITH_INITIALIZE]
        raise RefusedRequest(
            "this version of the protocol is not supported",
            _NO_SUCH_VERSION,
            supported=supported,
            requested=str(version)[:_LONGEST_NAME],
        )
    if name == "initialize":
        asked = params.get("protocolVersion")
        chosen = asked if asked in WITH_INITIALIZE else WITH_INITIALIZE[0]
        return {**_described(server), "protocolVersion": chosen, "serverInfo": _info(server)}
    if name == "ping":
        return {}
    if name == "server/discover":
        result = {**_described(server), "supportedVersions": [*STATELESS, *WITH_INITIALIZE]}
    elif name in server.methods:
        result = server.methods[name](params)
    else:
        raise RefusedRequest(f"{name[:_LONGEST_NAME]}: there is no such method", _NO_METHOD)
    if version in STATELESS or name == "server/discover":
        result = {
            **result,
            "resultType": "complete",
            "_meta": {f"{_META}serverInfo": _info(server)},
        }
        if name.rpartition("/")[2] in _CACHEABLE:
            result |= {"ttlMs": 0, "cacheScope": "private"}
    return result


def _described(server: Server) -> dict[str, Any]:
    return {"capabilities": server.capabilities, "instructions": server.instructions}


def _info(server: Server) -> dict[str, Any]:
    return {"name": server.name, "version": server.version}


def _error(number: Any, code: int, message: str, data: Any = None) -> dict[str, Any]:
    error = {"code": code, "message": message, **({"data": data} if data else {})}
    return {"jsonrpc": "2.0", "id": number, "error": error}
