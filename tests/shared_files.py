"""The files of `../shared`, which lie beside the project and are no part of it.

They are real cables, and the sources of our tables. A test that reads them has the mark `shared`:
where they are missing it is skipped, and the end of the run says how many tests those are.
"""

from __future__ import annotations

from pathlib import Path

SHARED = Path(__file__).parents[2] / "shared"
CORPUS = SHARED / "corpus"
WILD = SHARED / "wild"
