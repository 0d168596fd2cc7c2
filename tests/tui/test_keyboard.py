"""Input that is no UTF-8."""

from __future__ import annotations

import pytest
from textual.drivers import linux_driver

from cable_tui.tui import keyboard


@pytest.mark.parametrize(
    ("read", "typed"),
    [
        pytest.param([b"caf\xe9"], "caf\ufffd", id="Latin-1"),
        pytest.param([b"caf\xc3", b"\xa9"], "café", id="a character cut in two reads"),
        pytest.param([b"\x9b31m"], "\ufffd31m", id="a raw C1 introducer"),
    ],
)
def test_bytes_that_are_no_text_become_the_sign_for_it(read: list[bytes], typed: str) -> None:
    keyboard.install()
    decode = linux_driver.getincrementaldecoder("utf-8")().decode  # type: ignore[attr-defined]
    assert "".join(decode(each, final=False) for each in read) + decode(b"", final=True) == typed
