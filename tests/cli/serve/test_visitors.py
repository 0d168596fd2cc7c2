"""What a visitor has of their own, and what of the one who serves a room never gets."""

from __future__ import annotations

from pathlib import Path

import pytest

from cable_tui.cli.serve.visitors import Visitors, visitor_of

ANN, BEN = "a" * 64, "b" * 64


@pytest.mark.parametrize(
    "cookie", [None, "", "../../etc", "A" * 64, "a" * 63, f"{'a' * 64}\n", "é" * 64]
)
def test_what_is_no_number_of_ours_is_a_new_visitor(cookie: str | None) -> None:
    first, second = visitor_of(cookie), visitor_of(cookie)
    assert len({first, second, cookie}) == 3
    assert len(bytes.fromhex(first)) == 32


def test_a_number_of_ours_is_kept() -> None:
    assert visitor_of(ANN) == ANN


def test_each_visitor_has_a_folder_and_finds_it_again(tmp_path: Path) -> None:
    visitors = Visitors(tmp_path / "visitors", {})
    with visitors.home(ANN) as ann, visitors.home(BEN) as ben:
        (ann / "note").write_text("mine")
        assert ann != ben
        assert ann.stat().st_mode & 0o777 == 0o700
    with visitors.home(ANN) as again:
        assert (again / "note").read_text() == "mine"


def test_the_name_of_a_folder_does_not_let_anybody_in(tmp_path: Path) -> None:
    with Visitors(tmp_path, {}).home(ANN) as home:
        assert home.parent == tmp_path
        assert ANN[:8] not in home.name
        assert visitor_of(home.name) != home.name


def test_where_nothing_is_kept_the_folder_goes_with_the_visitor(tmp_path: Path) -> None:
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
