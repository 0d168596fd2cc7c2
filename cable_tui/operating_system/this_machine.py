"""Whether a host is this machine, so that data sent to it does not cross the network."""

from __future__ import annotations

import ipaddress


def is_this_machine(host: str) -> bool:
    """Return whether a host is `localhost` or a loopback address as in RFC 4291 or 1123.

    Other forms that a system may resolve (`127.1`, `2130706433`, `0x7f000001`) count as other
    machines, as does a name that only begins like a loopback address, such as `127.evil.example`.
    """
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
