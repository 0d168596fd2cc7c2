"""Dossiers of older versions verify for ever, for what they promised.

Those of 0.1.0 were sealed on 28 November 2026 with the code of that morning: `whole`, `paragraphs`
and `shown` of a list with notes and a masked name in the fictional archive of the demo, `samples`
of one fictional cable for each format, in `tests/data`.
"""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest

from cable_tui.exports.sealed import checking, page, page_markup
from cable_tui.exports.sealed.checking import check
from cable_tui.exports.sealed.manifest import Manifest
from tests.exports.sealed.reseal import resealed
from tests.exports.sealed.test_manipulations import DATA_CASES, PAGE_CASES

DATA = Path(__file__).parents[2] / "data"
OLD = sorted(DATA.glob("sealed-*/*.zip"))


MADE = Manifest("", "", "", "whole", "masked", 0, "", (), (), ())


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """A version that may read cables in another way."""
    monkeypatch.setattr(checking, "__version__", "9.9.9")


def test_there_are_older_dossiers() -> None:
    names = [f"{file.parent.name}/{file.stem}" for file in OLD]
    assert names == [f"sealed-0.1.0/{name}" for name in ("paragraphs", "samples", "shown", "whole")]


@pytest.mark.parametrize("file", OLD, ids=lambda file: file.stem)
def test_an_older_dossier_verifies(file: Path) -> None:
    found = check(file)
    assert found.faults == ()
    assert found.manifest is not None
    assert "page" in found.compared[1]


@pytest.mark.parametrize("file", OLD, ids=lambda file: file.stem)
@pytest.mark.usefixtures("later")
def test_a_later_version_verifies_it_too(file: Path) -> None:
    assert check(file).faults == ()


# What a later version does not know for sure, as it may read a cable otherwise: it says so.
UNSURE = {
    "caution added": "what a place says of its cable",
    "cited paragraph not marked": "which paragraphs are marked",
    "subject in the timeline": "the subjects in the timeline",
    "TAGS": "",
    "remarks": "",
    "articles": "",
    "format": "entries of citations.bib",
    "fingerprint of a bookmark": "what a place says of its cable",
    "an entry": "entries of citations.bib",
    "title of an entry": "entries of citations.bib",
    "address of an entry": "entries of citations.bib",
    "summary of an entry": "entries of citations.bib",
    "note of an entry": "entries of citations.bib",
}


@pytest.mark.usefixtures("later")
@pytest.mark.parametrize("case", [*PAGE_CASES, *DATA_CASES])
def test_a_later_version_finds_what_was_changed_or_says_what_it_did_not_compare(
    case: str, tmp_path: Path
) -> None:
    change, _ = PAGE_CASES.get(case) or DATA_CASES[case]
    file = Path(shutil.copy(DATA / "sealed-0.1.0" / "whole.zip", tmp_path / "dossier.zip"))
    found = check(resealed(file, change))
    if case in UNSURE:
        assert any(UNSURE[case] in each for each in found.not_compared), found
    else:
        assert found.faults


def test_the_style_of_today_is_one_that_is_known() -> None:
    """Who changes it adds its digest, and leaves those of older dossiers there."""
    made = "".join(page.places((), MADE))
    style = made.partition("<style>")[2].partition("</style>")[0]
    assert hashlib.sha256(style.encode()).hexdigest() in page_markup._STYLES
