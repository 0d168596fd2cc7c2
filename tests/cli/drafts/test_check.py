"""`check`: what a draft quotes and cites, against an archive."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.drafts.manuscript import FAULTS, FORMATS, manuscript


@pytest.mark.parametrize("form", FORMATS)
def test_every_known_fault_is_found_and_nothing_else(
    run: Run, archive: Path, tmp_path: Path, form: str
) -> None:
    quoted = manuscript(archive)
    assert len(quoted) == 60
    assert len({each.kind for each in FAULTS}) == 10
    draft = tmp_path / f"rocks.{form}"
    FORMATS[form](draft, quoted)
    done = run("check", archive, draft, "--json")
    assert done.status == 1
    found = [each for each in done.value["findings"] if each["kind"] == "quotation"]
    said = [(each["text"], each["verdict"]) for each in found]
    assert said == [(each.text, each.verdict) for each in quoted]
    for each, wanted in zip(found, quoted, strict=True):
        if wanted.verdict == "exact":
            assert each["found"]["citation"] == wanted.cited
