"""Dossiers of every renderer verify on every Python, whatever the time zone and the zlib.

Those of renderer 1 were sealed on 1 December 2026: `whole`, `paragraphs` and `shown` of a list with
notes and a masked name in the archive of the demo, `samples` of one fictional cable for each format
in `tests/data`, all with zlib 1.3.1; `zlib-ng` is `whole` packed with zlib-ng 2.3.3.
Those of 0.1.0 were sealed on 28 November 2026 and have no renderer.
"""

from __future__ import annotations

import time
import zipfile
from pathlib import Path

import pytest

from cable_tui.tools.dossiers import checking, page_from_data
from cable_tui.tools.dossiers.checking import UNRELIABLE, check
from cable_tui.tools.dossiers.members import Members
from cable_tui.tools.dossiers.rendering import RENDERERS
from tests.tools.dossiers.reseal import edited, resealed

DATA = Path(__file__).parents[2] / "data"
GOLDEN = sorted(DATA.glob("dossier-renderer-*/*.zip"))
OLDER = sorted(DATA.glob("sealed-0.1.0/*.zip"))


def page_of(file: Path) -> str:
    found = check(file).manifest
    assert found is not None
    with Members(file) as members:
        return b"".join(page_from_data.page(members, found)).decode()


def test_there_are_dossiers_of_every_renderer() -> None:
    assert {int(file.parent.name.rpartition("-")[2]) for file in GOLDEN} == set(RENDERERS)
    assert [file.stem for file in GOLDEN] == ["paragraphs", "samples", "shown", "whole", "zlib-ng"]
    assert [file.stem for file in OLDER] == ["paragraphs", "samples", "shown", "whole"]


@pytest.mark.parametrize("zone", ["Asia/Kathmandu", "America/St_Johns"])
@pytest.mark.parametrize("file", GOLDEN, ids=lambda file: file.stem)
def test_a_golden_dossier_verifies(file: Path, zone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", zone)
    if hasattr(time, "tzset"):  # Windows has none
        time.tzset()
    found = check(file)
    assert found.faults == ()
    assert "index.html, rebuilt from the data, byte by byte" in found.compared
    assert UNRELIABLE not in found.not_compared
    with zipfile.ZipFile(file) as archive:
        assert page_of(file) == archive.read("index.html").decode()


def test_two_programs_packed_the_same_members() -> None:
    one, other = (DATA / "dossier-renderer-1" / f"{name}.zip" for name in ("whole", "zlib-ng"))
    assert one.read_bytes() != other.read_bytes()
    with zipfile.ZipFile(one) as ours, zipfile.ZipFile(other) as theirs:
        assert [(e.filename, e.CRC) for e in ours.infolist()] == [
            (e.filename, e.CRC) for e in theirs.infolist()
        ]


@pytest.mark.parametrize("file", OLDER, ids=lambda file: file.stem)
def test_the_page_of_an_older_dossier_is_not_compared(file: Path) -> None:
    found = check(file)
    assert found.faults == ()
    assert found.has_other_page
    assert found.not_compared[0] == "index.html was not compared: do not rely on it"


def test_a_page_is_made_from_the_data_of_an_older_dossier() -> None:
    page = page_of(DATA / "sealed-0.1.0" / "whole.zip")
    assert page.count('<section id="place') == 4
    assert page.count('<section id="text-') == 3
    for words in (
        ". The page inside that dossier may differ.",
        "<p>(C) The third estate belongs to a senator.",
        "<b>Note (ada, 2026-11-28):</b> Which list?<br>",
        "Names are masked at 2 places of the texts.",
        "<code>kettle</code></td><td>13</td>",
    ):
        assert words in page


def test_the_page_of_a_later_renderer_is_not_compared_and_one_is_made(
    tmp_path: Path,
) -> None:
    later = edited("manifest.json", lambda value: value.update(renderer=99))
    file = resealed(DATA / "dossier-renderer-1" / "whole.zip", later, tmp_path / "later.zip")
    found = check(file)
    assert (found.faults, found.has_other_page) == ((), True)
    assert checking.UNRELIABLE in found.not_compared
    assert ". The page inside that dossier may differ." in page_of(file)
