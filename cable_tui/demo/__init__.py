"""The demo: about forty fictional cables, written as the pages of a site that never was.

`cables.txt` holds one record a cable: an id, facts, a blank line, the text. Facts are `created`,
`released`, `class`, `origin` (understood from the id), `tags`, `subject`, and where they apply
`refs` (items split at ` / `), `by`, `captions`, `precedence`, `articles`, `sections` (page breaks
are set into the text), `inline` (one line a paragraph) and `partial` (no transmission header).
"""

from cable_tui.demo.pages import FictionalCable, drafts, write

__all__ = ["FictionalCable", "drafts", "write"]
