"""The room in a real browser, where one is installed: a headless Chromium."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.tools.serve.chromium import CHROMIUM, chromium
from tests.tools.serve.serving import Serving, serving

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed"),
]


@pytest.fixture(scope="module")
def server(served_folder: Path) -> Iterator[Serving]:
    with serving(served_folder) as running:
        yield running


async def test_a_reader_reads_clicks_and_copies_a_paragraph(
    server: Serving, tmp_path: Path
) -> None:
    async with chromium(tmp_path) as browser:
        page = await browser.page(server.address)
        await page.until("40 of 40")
        await page.key("Enter")
        await page.until("C O N F I D E N T I A L SANT ORIEL")
        await page.key("}")
        await page.key("}")
        await page.until("5 Body · ¶1/2")
        await page.key("y")
        await page.until("text as filed")
        await page.key("t")
        await page.until("to the browser")
        copied = await page.value("navigator.clipboard.readText()")
        assert copied.startswith(
            "1. (C) Summary: The frigate Queen Amalia left service on February"
        )
        assert copied.rstrip().endswith("no navy. End summary.")
        await page.click("10QUAYHAVEN2")
        await page.until("Preview: 10QUAYHAVEN2  LETTER NUMBER TWO HUNDRED")
        assert page.mistakes == []


async def test_nothing_comes_from_another_host_and_the_address_goes_to_none(
    server: Serving, tmp_path: Path
) -> None:
    async with chromium(tmp_path) as browser:
        page = await browser.page(server.address)
        await page.until("40 of 40")
        assert len(page.requests) >= 7
        own = urlsplit(server.address).netloc
        assert {urlsplit(each).netloc for each in page.requests} == {own}
        # The font is the one that the cells are measured with.
        assert await page.value("document.fonts.check('16px \"Roboto Mono\"')") is True
        assert await page.value("document.referrer") == ""
        assert await page.value("document.cookie") == ""
        refused = "fetch('http://127.0.0.2:9/').then(() => 'sent', () => 'refused')"
        assert await page.value(refused) == "refused"


async def test_the_page_says_why_a_room_has_ended(server: Serving, tmp_path: Path) -> None:
    async with chromium(tmp_path) as browser:
        page = await browser.page(server.address)
        await page.until("40 of 40")
        await page.key("q")
        for _ in range(3000):
            if await page.value("document.body.classList.contains('-closed')"):
                break
            await asyncio.sleep(0.05)
        said = "document.getElementById('how').innerText"
        assert await page.value(said) == "You have left the session."
