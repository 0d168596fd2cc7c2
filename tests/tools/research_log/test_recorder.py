"""The recorder of searches: the state of the archive is in each entry, and computed once."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import patch

import pytest

from cable_tui.archive.catalogue import catalogue_file
from cable_tui.tools.research_log import log_file as research_log
from cable_tui.tools.research_log import recorder as module
from cable_tui.tools.research_log.log_file import Search
from cable_tui.tools.research_log.recorder import SearchLog
from tests.archive.fiction import GOATS, LAMPS, build_index, opened, write_page
from tests.tool_cases import StandIns


def test_the_archive_is_named_with_its_cables_and_its_fingerprint_is_computed_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_page(tmp_path / "cables", LAMPS)
    archive = opened(tmp_path / "cables", tmp_path / "cache")
    computed: list[int] = []

    def counted(db: object) -> str:
        assert db
        computed.append(1)
        return "ab" * 32

    monkeypatch.setattr(module, "fingerprint", counted)
    file = tmp_path / "log.jsonl"
    SearchLog(archive, file).add(Search("lamps", 1))
    log = SearchLog(archive, file)  # another window
    log.add(Search("lobster", 0))
    assert len(computed) == 1
    write_page(tmp_path / "cables", GOATS)
    build_index(tmp_path / "cables", tmp_path / "cache")
    log.add(Search("goats", 1))
    assert len(computed) == 2
    entries = research_log.read(file).entries
    assert [each.searched.cables for each in entries] == [1, 1, 2]
    assert {each.searched.archive for each in entries} == {str(archive.root)}
    with archive.reading() as db:
        assert entries[-1].searched.generation == catalogue_file.generation(db)
    archive.close()


CASE = StandIns(lambda clock: patch("cable_tui.tools.research_log.log_file.datetime", clock))
