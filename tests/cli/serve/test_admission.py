"""Who is let in, as tables: names, origins, tokens."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.cli.serve.admission import Door, in_address

TOKEN = "a-token-of-the-test"


@pytest.mark.parametrize(
    ("host", "known"),
    [
        ("127.0.0.1:8251", True),
        ("localhost:9000", True),  # another port of ours, as of `ssh -L`
        ("LOCALHOST", True),
        ("[::1]:8251", True),
        ("evil.example:8251", False),  # DNS rebinding
        ("127.0.0.1.evil.example", False),
        ("localhost.evil.example", False),
        ("evil.example@127.0.0.1", False),
        ("192.168.1.5:8251", False),
        ("", False),
        ("[::1", False),
        (":8251", False),
    ],
)
def test_at_home_only_names_of_this_machine_are_known(host: str, known: bool) -> None:
    assert Door("127.0.0.1", TOKEN).knows_host(host) is known


@pytest.mark.parametrize(
    ("host", "known"),
    [
        ("192.168.1.5:8251", True),  # no name leads to a number
        ("[fd00::5]:8251", True),
        ("localhost:8251", True),
        ("reading-room.example:8251", True),
        ("evil.example:8251", False),
    ],
)
def test_with_a_host_numbers_and_its_own_name_are_known_too(host: str, known: bool) -> None:
    assert Door("reading-room.example", TOKEN).knows_host(host) is known


@pytest.mark.parametrize(
    ("origin", "same"),
    [
        ("http://127.0.0.1:8251", True),
        ("https://127.0.0.1:8251", True),
        ("http://127.0.0.1:9000", False),  # another server of this machine
        ("http://evil.example", False),
        ("null", False),  # a page in a sandbox
        ("", False),
        ("file://127.0.0.1:8251", False),
        ("http://[", False),
    ],
)
def test_a_websocket_comes_from_our_own_page(origin: str, same: bool) -> None:
    assert Door.is_same_origin(origin, "127.0.0.1:8251") is same


def test_without_a_host_no_origin_is_the_same() -> None:
    assert not Door.is_same_origin("http://", "")


@given(st.text())
def test_no_other_text_is_the_token(text: str) -> None:
    door = Door("127.0.0.1", TOKEN)
    assert door.has_token(text) is (text == TOKEN)


def test_each_server_has_a_token_of_its_own_that_nobody_guesses() -> None:
    tokens = {Door("127.0.0.1").token for _ in range(50)}
    assert len(tokens) == 50
    # 32 random bytes, six bits a sign.
    assert {len(token) for token in tokens} == {43}


@pytest.mark.parametrize(("host", "written"), [("::1", "[::1]"), ("127.0.0.1", "127.0.0.1")])
def test_ipv6_stands_in_brackets(host: str, written: str) -> None:
    assert in_address(host) == written
