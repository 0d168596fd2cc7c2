"""The names of files in archives: what leads outside, and what says nothing."""

import pytest

from cable_tui.formats.packed import member


@pytest.mark.parametrize(
    ("name", "inside"),
    [
        ("cable/2009/a.html", True),
        ("a..b", True),
        ("../a", False),
        ("a/../../b", False),
        ("/etc/a", False),
        ("\\a", False),
        ("C:\\a", False),
        ("a\0b", False),
        ("", False),
    ],
)
def test_a_name_that_leads_outside_is_known(name: str, inside: bool) -> None:
    assert member.is_inside(name) is inside


@pytest.mark.parametrize(
    ("name", "tidy"),
    [
        ("./cable/a.html", "cable/a.html"),
        ("cable//2009/./a.html", "cable/2009/a.html"),
        ("/srv/./a", "srv/a"),
        ("//srv/a", "srv/a"),
        ("/", ""),
        ("/../a", "../a"),
        ("C:\\srv\\a.html", "srv\\a.html"),
        ("d:/srv/a.html", "srv/a.html"),
        ("\\\\server\\a.html", "server\\a.html"),
        ("C:a", "C:a"),
        ("../a", "../a"),
        ("cable/a.html", "cable/a.html"),
        ("./", ""),
    ],
)
def test_parts_that_say_nothing_are_taken_out(name: str, tidy: str) -> None:
    assert member.tidy(name) == tidy
