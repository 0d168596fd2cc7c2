"""What a visitor has of their own, and what of the one who serves a room never gets."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.tools.serve.visitors import Door, Visitors, in_address, visitor_of
from tests.tool_cases import UnusedNames

ANN, BEN = "a" * 64, "b" * 64


@pytest.mark.parametrize(
    "cookie", [None, "", "../../etc", "A" * 64, "a" * 63, f"{'a' * 64}\n", "é" * 64]
)
def test_what_is_no_number_of_ours_is_a_new_visitor(cookie: str | None) -> None:
    first, second = visitor_of(cookie), visitor_of(cookie)
    assert len({first, second, cookie}) == 3
    assert len(bytes.fromhex(first)) == 32
    assert visitor_of(ANN) == ANN


def test_each_visitor_has_a_folder_and_finds_it_again(tmp_path: Path) -> None:
    visitors = Visitors(tmp_path / "visitors", {})
    with visitors.home(ANN) as ann, visitors.home(BEN) as ben:
        (ann / "note").write_text("mine")
        assert ann != ben
        assert ann.stat().st_mode & 0o777 == 0o700
        # Its name does not let anybody in.
        assert ann.parent == tmp_path / "visitors"
        assert ANN[:8] not in ann.name
        assert visitor_of(ann.name) != ann.name
    with visitors.home(ANN) as again:
        assert (again / "note").read_text() == "mine"


def test_where_nothing_is_kept_the_folder_goes_with_the_visitor() -> None:
    visitors = Visitors(None, {})
    assert not visitors.come_again
    with visitors.home(ANN) as home:
        (home / "data").mkdir()
        (home / "data" / "note").write_text("mine")
    assert not home.exists()


def test_a_room_gets_nothing_that_it_does_not_need(tmp_path: Path) -> None:
    own = {
        "PATH": "/usr/bin",
        "LC_ALL": "de_DE.UTF-8",
        "EDITOR": "vi",
        "PAGER": "less",
        "DISPLAY": ":0",
        "WAYLAND_DISPLAY": "wayland-0",
        "TMUX": "/tmp/tmux",
        "SSH_AUTH_SOCK": "/run/agent",
        "GITHUB_TOKEN": "secret",
        "HOME": "/home/ann",
        "CABLE_TUI_CACHE": "/var/cache",
    }
    given = Visitors(None, own).environment(tmp_path, 100, 30)
    assert {name: given[name] for name in given if name in own} == {
        "PATH": "/usr/bin",
        "LC_ALL": "de_DE.UTF-8",
        "HOME": str(tmp_path),
    }
    assert given["CABLE_TUI_HOME"] == str(tmp_path)
    assert (given["COLUMNS"], given["ROWS"]) == ("100", "30")


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


CASE = UnusedNames(
    {
        "tools.serve.rooms:_stdin": "the AppService of textual-serve reads it",
    }
)
