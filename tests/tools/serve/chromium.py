"""A headless Chromium, driven over its DevTools protocol: keys, the mouse, what its pages get."""

from __future__ import annotations

import asyncio
import base64
import itertools
import os
import re
import shutil
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import aiohttp

from tests.tools.serve.serving import PATIENCE, Painted, until

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
CHROMIUM = next(filter(None, map(shutil.which, NAMES)), None)
_KEYS = {"Enter": (13, "\r"), "Escape": (27, "")}
"""Keys that are no letters: their codes, and the text that they type."""


class Page:
    """One page, in a profile of its own."""

    def __init__(self, browser: Chromium, context: str, session: str, target: str) -> None:
        self._browser = browser
        self.context = context
        self._session = session
        self._target = target
        self.screen = Painted()
        self.requests: list[str] = []
        self.mistakes: list[str] = []

    async def call(self, method: str, **values: Any) -> dict[str, Any]:
        return await self._browser.call(method, session=self._session, **values)

    async def value(self, script: str) -> Any:
        """What a script in the page gives."""
        done = await self.call(
            "Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True
        )
        assert "exceptionDetails" not in done, done
        return done["result"].get("value")

    async def key(self, key: str) -> None:
        """Press and release a key."""
        code, text = _KEYS.get(
            key, (ord(key.upper()) if len(key) == 1 and key.isalnum() else 0, key)
        )
        named = {"key": key, "windowsVirtualKeyCode": code}
        await self.call("Input.dispatchKeyEvent", type="keyDown", text=text, **named)
        await self.call("Input.dispatchKeyEvent", type="keyUp", **named)

    async def click(self, words: str) -> None:
        """Click on words that the screen shows."""
        column, row = self.screen.place(words)
        width, height = await self.value(
            "(b => [b.width, b.height])(document.querySelector('.xterm-screen')"
            ".getBoundingClientRect())"
        )
        columns, rows = self.size
        at = {"x": (column + 1.5) * width / columns, "y": (row + 0.5) * height / rows}
        for kind in ("mouseMoved", "mousePressed", "mouseReleased"):
            pressed = {} if kind == "mouseMoved" else {"button": "left", "clickCount": 1}
            await self.call("Input.dispatchMouseEvent", type=kind, **at, **pressed)

    @property
    def size(self) -> tuple[int, int]:
        return self.screen.size

    async def until(self, words: str) -> None:
        """Wait until words are shown."""
        try:
            await until(lambda: words in self.screen.shown, words)
        except AssertionError as error:
            raise AssertionError(f"{error}\n{self.screen.shown}\n{self.mistakes}") from None

    async def close(self) -> None:
        await self._browser.call("Target.closeTarget", targetId=self._target)

    def take(self, method: str, values: dict[str, Any]) -> None:
        """An event of the page."""
        if method == "Network.requestWillBeSent":
            self.requests.append(values["request"]["url"])
        elif method == "Network.webSocketCreated":
            self.requests.append(values["url"])
        elif method == "Network.webSocketFrameReceived" and values["response"]["opcode"] == 2:
            self.screen.feed(base64.b64decode(values["response"]["payloadData"]))
        elif method == "Network.webSocketFrameSent":
            if found := re.search(
                r'"width":(\d+),"height":(\d+)', values["response"]["payloadData"]
            ):
                self.screen.resize(int(found[1]), int(found[2]))
        elif method == "Runtime.exceptionThrown":
            self.mistakes.append(str(values["exceptionDetails"]))
        elif method == "Log.entryAdded" and values["entry"]["level"] == "error":
            self.mistakes.append(str(values["entry"]))


class Chromium:
    """A running browser."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self._numbers = itertools.count(1)
        self._answers: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._pages: dict[str, Page] = {}

    async def listen(self) -> None:
        """Take answers and events until the browser ends."""
        async for message in self._socket:
            values = message.json()
            if (number := values.get("id")) is not None:
                self._answers.pop(number).set_result(values)
            elif (page := self._pages.get(values.get("sessionId", ""))) is not None:
                page.take(values["method"], values["params"])

    async def call(self, method: str, *, session: str = "", **values: Any) -> dict[str, Any]:
        """Call a method of the protocol."""
        number = next(self._numbers)
        answer = self._answers[number] = asyncio.get_running_loop().create_future()
        to = {"sessionId": session} if session else {}
        await self._socket.send_json({"id": number, "method": method, "params": values, **to})
        async with asyncio.timeout(PATIENCE):
            done = await answer
        assert "error" not in done, (method, done)
        return dict(done["result"])

    async def page(self, address: str, *, context: str = "") -> Page:
        """Open an address, in a profile of its own or in that of another page."""
        if not context:
            made = await self.call("Target.createBrowserContext")
            context = made["browserContextId"]
            await self.call(
                "Browser.grantPermissions",
                browserContextId=context,
                permissions=["clipboardReadWrite", "clipboardSanitizedWrite"],
            )
        made = await self.call("Target.createTarget", url="about:blank", browserContextId=context)
        target = made["targetId"]
        attached = await self.call("Target.attachToTarget", targetId=target, flatten=True)
        page = Page(self, context, attached["sessionId"], target)
        self._pages[attached["sessionId"]] = page
        for domain in ("Page", "Runtime", "Network", "Log"):
            await page.call(f"{domain}.enable")
        # Several pages are looked at at the same time, as by several readers.
        await page.call("Emulation.setFocusEmulationEnabled", enabled=True)
        await page.call("Page.navigate", url=address)
        return page


@asynccontextmanager
async def chromium(profile: Path) -> AsyncIterator[Chromium]:
    """A browser with an empty profile in a folder."""
    assert CHROMIUM is not None
    errors = profile / "stderr"
    alone = ["--no-sandbox"] if os.geteuid() == 0 else []
    with errors.open("wb") as stderr:
        process = subprocess.Popen(
            [
                CHROMIUM,
                "--headless=new",
                "--remote-debugging-port=0",
                "--no-first-run",
                "--disable-gpu",
                "--window-size=1100,760",
                f"--user-data-dir={profile}",
                *alone,
            ],
            stdout=subprocess.DEVNULL,
            stderr=stderr,
        )
    try:
        address = await _address(errors)
        async with (
            aiohttp.ClientSession() as session,
            session.ws_connect(address, max_msg_size=0) as socket,
        ):
            browser = Chromium(socket)
            listener = asyncio.create_task(browser.listen())
            yield browser
            with suppress(AssertionError, ConnectionError):
                await browser.call("Browser.close")
            listener.cancel()
    finally:
        process.terminate()
        process.wait(PATIENCE)


async def _address(errors: Path) -> str:
    found: list[str] = []

    def looked() -> bool:
        found[:] = re.findall(r"DevTools listening on (ws://\S+)", errors.read_text("utf-8"))
        return bool(found)

    await until(looked, "Chromium listens")
    return found[0]
