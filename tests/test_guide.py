"""The guide to cables quotes the demo's cables, line for line."""

import re
from pathlib import Path

import pytest

import cable_tui.base.cable
import cable_tui.telegram.warnings
from cable_tui import demo, formats
from cable_tui.base.cable import RawCable

pytestmark = pytest.mark.documents

GUIDE = (Path(__file__).parents[1] / "docs" / "cables.md").read_text(encoding="utf-8")
QUOTED = re.findall(r"(?m)^    (?! {20})(.*\S)", GUIDE)


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """Every line of the demo's cables, and their names."""
    folder = tmp_path_factory.mktemp("demo")
    demo.write(folder)
    found: set[str] = set()
    page_format = formats.named("html-page")
    assert page_format is not None
    for page in (folder / "cable").rglob("*.html"):
        with page.open("rb") as file:
            for cable in formats.cables(page_format, file, page.name):
                assert isinstance(cable, RawCable)
                found.add(cable.reference_id)
                texts = f"{cable.header}\n{cable.body}"
                found.update(line.rstrip() for line in texts.split("\n"))
    return found


def test_every_quoted_line_stands_in_a_cable_of_the_demo(lines: set[str]) -> None:
    assert len(QUOTED) > 25
    assert [line for line in QUOTED if line not in lines] == []


def test_every_warning_is_explained() -> None:
    files = (cable_tui.telegram.warnings.__file__, cable_tui.base.cable.__file__)
    source = "".join(Path(file).read_text(encoding="utf-8") for file in files)
    given = set(re.findall(r'CableWarning\(\s*"([a-z-]+)"', source))
    assert given == set(re.findall(r"(?m)^\| `([a-z-]+)` \|", GUIDE))
