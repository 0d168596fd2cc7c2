"""Writes the golden files of copy and list formats again: `python -m tests.exports.goldens`.

They are the expected side of tests, so each change of one is looked at before it is committed.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cable_tui.exports.copy_formats import EXPORTS
from tests.exports import test_copy_formats, test_dossier, test_lists
from tests.exports.sample import TEXT_FORMATS

GOLDEN = Path(__file__).parents[1] / "data" / "golden"


def goldens() -> Iterator[tuple[str, str]]:
    """The name and the text of each."""
    for style in EXPORTS:
        for place, paragraphs in test_copy_formats.PLACES:
            yield f"{style}-{place}.txt", f"{test_copy_formats.copied(style, *paragraphs)}\n"
    for name in TEXT_FORMATS:
        yield f"list.{name}", test_lists.written(name)
    yield "dossier.md", test_dossier.written()
    yield "dossier.html", test_dossier.written_page()


if __name__ == "__main__":
    for name, text in goldens():
        (GOLDEN / name).write_bytes(text.encode("utf-8"))
