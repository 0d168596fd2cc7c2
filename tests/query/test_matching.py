"""Names are matched by the beginnings of their words."""

import pytest

from cable_tui.query.matching import begins, folded


@pytest.mark.parametrize(
    ("wanted", "text", "expected"),
    [
        ("tip st", "TIP story", True),
        ("story tip", "TIP story", True),
        ("ory", "TIP story", False),
        ("sao", "São Paulo", True),
        ("tip tip", "TIP story", True),
        ("", "TIP story", True),
        ("tip", "", False),
    ],
)
def test_each_word_begins_one(wanted: str, text: str, expected: bool) -> None:
    assert begins(folded(wanted), text) is expected
