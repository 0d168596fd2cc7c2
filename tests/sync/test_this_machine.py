"""Which hosts are this machine, and which only look so."""

import pytest

from cable_tui.sync.this_machine import is_this_machine


@pytest.mark.parametrize(
    ("host", "here"),
    [
        ("127.0.0.1", True),
        ("127.0.0.53", True),  # RFC 1122 3.2.1.3: all of 127/8
        ("::1", True),
        ("localhost", True),
        ("LOCALHOST", True),  # RFC 4343: names know no case
        ("", False),
        ("0.0.0.0", False),
        ("::", False),
        ("192.168.1.5", False),
        ("example.org", False),
        ("localhost.example.org", False),
        ("localhost.evil.example", False),
        ("127.evil.example", False),
        ("127.0.0.1.evil.example", False),
        ("127.", False),
        ("127.0.0.1 ", False),
        ("::1.evil.example", False),
        # Forms of inet_aton(3), which a resolver may take or not.
        ("127.1", False),
        ("2130706433", False),
        ("0x7f000001", False),
        ("0x7f.0.0.1", False),
        ("0177.0.0.1", False),
        ("\u0661\u0662\u0667.0.0.1", False),  # digits of Arabic
    ],
)
def test_an_address_is_of_this_machine_only_or_not(host: str, here: bool) -> None:
    assert is_this_machine(host) is here
