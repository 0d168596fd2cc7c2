"""`search --matching`: hits with a match of a pattern, against a plain scan of their texts."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cable_tui.tools.concordance import text_pattern
from tests.archive.fiction import Fiction, write_dump
from tests.cli.conftest import Run
from tests.cli.test_json import SCHEMAS, validator_of

TEXTS = {
    "09RABAT1": "1. (C) They shipped 12 tons of kelp, then 7\ntons of tin.",
    "09RABAT2": "1. (C) They shipped ten tons of kelp.",
    "09RABAT3": "1. (C) A lamp of 3 tons fell on the quay.",
    "09RABAT4": f"1. (C) The tally of kelp: {'a' * 60}!",
}


@pytest.fixture
def tons(tmp_path: Path) -> Path:
    cables = [Fiction(id=name, text=text) for name, text in TEXTS.items()]
    write_dump(tmp_path / "tons" / "cables.csv", cables)
    return tmp_path / "tons"


@pytest.mark.parametrize(
    ("query", "pattern"),
    [("", "[0-9]+ tons"), ("kelp", "[0-9]+ tons"), ("kelp", "tons of (kelp|tin)"), ("", "zzz")],
)
def test_a_hit_is_kept_if_its_text_matches(run: Run, tons: Path, query: str, pattern: str) -> None:
    expected = {
        name
        for name, text in TEXTS.items()
        if query in text and re.search(pattern, text.replace("\n", " "))
    }
    done = run("search", tons, query, "--matching", pattern, "--refs")
    assert set(done.lines) == expected
    assert done.status == (0 if expected else 1)


def test_the_answer_is_as_its_schema_says(run: Run, tons: Path) -> None:
    found = run("search", tons, "kelp", "--matching", "[0-9]+ tons", "--json").value
    assert list(validator_of("search", SCHEMAS).iter_errors(found)) == []
    (hit,) = found["hits"]
    assert (hit["reference_id"], hit["matches"], hit["matched"]) == ("09RABAT1", 2, "12 tons")
    assert found["narrowed"] == "--matching '[0-9]+ tons'"


def test_the_context_of_the_match_is_below_its_hit(run: Run, tons: Path) -> None:
    done = run("search", tons, "", "--matching", "[0-9]+ tons of tin")
    assert done.lines[1] == "    (C) They shipped 12 tons of kelp, then [7 tons of tin]."


def test_a_text_that_takes_too_long_is_no_hit_and_is_counted(
    run: Run, tons: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(text_pattern.TextPattern.__init__, "__defaults__", (0.2,))
    done = run("search", tons, "", "--matching", "(a+)+b|12 tons", "--refs")
    assert done.lines == ["09RABAT1"]
    assert done.says(3, "1 text could not be read", "09RABAT4: the pattern takes more than 0.2 s")


@pytest.mark.parametrize(
    ("pattern", "says"),
    [
        ("(", "not a regular expression"),
        ("", "needs a regular expression, such as '[0-9]+ tons'"),
        ("a" * 501, "at most 500 characters"),
    ],
)
def test_a_pattern_with_a_fault_is_refused(
    run: Run, demo_archive: Path, pattern: str, says: str
) -> None:
    assert run("search", demo_archive, "kettle", "--matching", pattern).refuses(2, says)
