"""Which hosts are this machine, and which only look so."""

import pytest

from cable_tui.operating_system.this_machine import is_this_machine

# RFC 1122 3.2.1.3: all of 127/8; RFC 4343: names know no case.
HERE = ("127.0.0.1", "127.0.0.53", "::1", "localhost", "LOCALHOST")
ELSEWHERE = (
    *("", "0.0.0.0", "::", "192.168.1.5", "example.org", "localhost.example.org"),
    *("localhost.evil.example", "127.evil.example", "127.0.0.1.evil.example", "::1.evil.example"),
    *("127.", "127.0.0.1 "),
    # Forms of inet_aton(3), which a resolver may take or not; digits of Arabic.
    *("127.1", "2130706433", "0x7f000001", "0x7f.0.0.1", "0177.0.0.1"),
    "\u0661\u0662\u0667.0.0.1",
)


@pytest.mark.parametrize("host", [*HERE, *ELSEWHERE])
def test_an_address_is_of_this_machine_only_or_not(host: str) -> None:
    assert is_this_machine(host) is (host in HERE)
