"""Which signs the command line draws with: as it is asked, else as the locale says."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run, Terminal, write_settings


@pytest.fixture(autouse=True)
def _as_before(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_CTYPE", "TERM"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    ("lang", "setting", "option", "drawn"),
    [
        ("en_GB.UTF-8", "", "", True),
        ("C", "", "", False),
        ("C", "", "--no-ascii", True),
        ("C", "ascii = false", "", True),
        ("C", "ascii = false", "--ascii", False),
        ("en_GB.UTF-8", "ascii = true", "", False),
        ("en_GB.UTF-8", "ascii = true", "--no-ascii", True),
    ],
)
def test_the_option_counts_before_the_setting_before_the_locale(  # noqa: PLR0917 - a table
    run: Run, archive: Path, home: Path, monkeypatch: pytest.MonkeyPatch,
    lang: str, setting: str, option: str, drawn: bool,
) -> None:  # fmt: skip
    monkeypatch.setenv("LANG", lang)
    write_settings(home, setting)
    words = ["show", archive, "04PORTAMBER211", "--width", "60", *filter(None, [option])]
    done = run(*words)
    assert (done.status, done.err) == (0, "")
    assert ("┌" in done.out) is drawn
    assert ("drawing with all symbols" in run(*words, "-v").err) is drawn


def test_a_terminal_without_unicode_gets_stand_ins_and_a_pipe_the_text_itself(
    run: Run, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "C")
    words = ("cite", archive, "04PORTAMBER211#1", "--style", "quotation")
    piped = run(*words).out
    assert "“" in piped
    assert run(*words, screen=(terminal := Terminal())).status == 0
    assert terminal.getvalue() == piped.replace("“", '"').replace("”", '"').replace("¶", "P")
