"""The process that matches a regular expression: `python -m ...concordance.pattern_process`.

Python cannot stop a match that takes too long, so it runs in a process that can be killed. Each
request is an expression and a text as JSON; each answer is the list of its matches.
"""

from __future__ import annotations

import json
import re
import warnings

from cable_tui.formats.child_answers import answer_requests

MOST_MATCHES = 10_000
"""The maximum number of matches that are shown of one text."""


def answer(request: bytes) -> bytes:
    """Return the start, end and named groups of each match that is not empty, as JSON.

    One more than `MOST_MATCHES` are returned if there are more.
    """
    expression, text = json.loads(request)
    found: list[tuple[int, int, dict[str, str | None]]] = []
    for match in re.finditer(expression, text):
        if match.end() > match.start():
            found.append((match.start(), match.end(), match.groupdict()))
            if len(found) > MOST_MATCHES:
                break
    return json.dumps(found).encode()


if __name__ == "__main__":
    warnings.simplefilter("ignore")  # what it says of an expression is no answer
    answer_requests(answer)
