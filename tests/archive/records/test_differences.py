"""What further records of a cable say otherwise."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from cable_tui.archive.records.differences import differing
from cable_tui.base.value import replace
from cable_tui.exports.citation import Citation, repository
from cable_tui.query import parse
from tests.archive.fiction import (
    LAMPS,
    archive_of,
    id_of,
    opened,
    raw_cable,
    write_dump,
    write_page,
)
from tests.formats.samples import DATA

SHOWN = raw_cable(released="2011-08-24 16:30", body="S E C R E T RABAT 000027\n\nThe lamps.\n")


@pytest.mark.parametrize(
    ("changed", "parts"),
    [
        pytest.param({}, (), id="the same"),
        pytest.param({"body": "SECRET RABAT 000027\r\nThe  lamps."}, (), id="blanks do not count"),
        pytest.param({"body": "S E C R E T RABAT 000027\n\nThe lamp.\n"}, ("body",), id="body"),
        pytest.param({"header": "FM AMCONSUL RABAT"}, ("header",), id="header"),
        pytest.param({"header": "", "body": ""}, ("header", "body"), id="no texts"),
        pytest.param(
            {"header": "", "body": f"{SHOWN.header}\n{SHOWN.body}"}, (), id="cut elsewhere"
        ),
        pytest.param({"created": "2009-02-13"}, (), id="the day only"),
        pytest.param({"created": "2009-02-14"}, ("facts",), id="another day"),
        pytest.param({"released": ""}, (), id="never released"),
        pytest.param({"released": "2010-12-01 18:06"}, ("facts",), id="released before"),
        pytest.param({"origin": "EMBASSY  RABAT"}, (), id="case and blanks"),
        pytest.param({"classification": "SECRET//NOFORN"}, ("facts",), id="more secret"),
        pytest.param({"classification": "", "origin": ""}, (), id="facts that it lacks"),
    ],
)
def test_what_differs(changed: dict[str, Any], parts: tuple[str, ...]) -> None:
    assert differing(SHOWN, replace(SHOWN, **changed)) == parts
    assert differing(replace(SHOWN, **changed), SHOWN) == parts


def test_a_cable_names_its_sources_and_their_differences(tmp_path: Path) -> None:
    folder = tmp_path / "cables"
    write_page(folder, LAMPS)
    write_dump(folder / "one.csv", [LAMPS])
    write_dump(folder / "two.csv", [replace(LAMPS, text="Other words.")])
    with closing(opened(folder, tmp_path / "cache")) as archive:
        id_ = id_of(archive, LAMPS.id)
        sources = archive.cable(id_).sources
        assert {source.path: source.differs for source in sources} == {
            "cable/2009/02/09RABAT27.html": (),
            "one.csv": (),
            "two.csv": ("body",),
        }
        assert [each.path for each in archive.sources(id_)] == [each.path for each in sources]
        (folder / "one.csv").unlink()
        lost = {source.path: source.differs for source in archive.cable(id_).sources}
        assert lost["one.csv"] is None


def test_a_cable_with_very_many_records_compares_some(
    tmp_path: Path,
) -> None:
    with closing(archive_of(tmp_path, *[LAMPS] * 23)) as archive:
        cable = archive.cable(1)
        assert [source.differs for source in cable.sources] == [*[()] * 21, None, None]


def test_a_record_in_a_file_of_several_kinds_has_the_format_of_its_own(tmp_path: Path) -> None:
    texts = ["page.txt", "nara.txt"]
    folder = tmp_path / "cables"
    folder.mkdir()
    (folder / "all.txt").write_bytes(b"\n".join((DATA / name).read_bytes() for name in texts))
    with closing(opened(folder, tmp_path / "cache")) as archive:
        cables = [archive.cable(id_) for id_ in archive.search(parse("")).ids]
    assert {each.format for cable in cables for each in cable.sources} == {
        "page-text",
        "nara-text",
    }
    named = {repository(Citation(cable)).name for cable in cables}
    assert named == {"WikiLeaks", "National Archives, Access to Archival Databases (AAD)"}
