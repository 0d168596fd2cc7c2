"""TEXTS: the texts of a cable that a query can search by name.

After the colon comes a word, a beginning or a phrase, as without the prefix.
"""

from __future__ import annotations

from cable_tui.value import Value


class TextField(Value):
    """One `prefix:` before words."""

    name: str
    """The prefix, and the field of the text index."""
    help: str
    """What it searches, and after `: ` examples with commas between them."""


_ALL = (
    TextField("subject", 'the subject: subject:fishing, subject:"annual report"'),
    TextField("summary", "the summary: summary:corruption"),
    TextField("body", "the text below the header: body:rabat"),
    TextField("header", "the transmission header: header:immediate"),
    TextField("from", 'who sent it: from:rabat, from:ruehrb, from:"embassy rabat"'),
    TextField("to", "who had to act on it: to:secstate, to:ruehc"),
    TextField("info", 'who got it for information: info:cairo, info:"ec collective"'),
    TextField("signed", "who signed it: signed:riley"),
)
TEXTS: dict[str, TextField] = {text.name: text for text in _ALL}
"""Every text by its prefix, in the order of the help."""
