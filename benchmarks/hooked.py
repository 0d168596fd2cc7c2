"""The program with a listener: `python -m benchmarks.hooked LOG ARCHIVE`.

Every action that reaches the room is noted in LOG with the time at which it came, as one line of
JSON: its name, the number of the question that it answers, and the number of the newest question
once it has been taken in. The clock is that of all processes of the machine.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import TextIO

from cable_tui import cli
from cable_tui.session.values import Action
from cable_tui.tui.main.controller import Controller


def listen(log: TextIO) -> None:
    """Note what is dispatched from now on."""
    plain = Controller.dispatch

    def dispatch(self: Controller, action: Action) -> None:
        came = time.perf_counter()
        plain(self, action)
        line = {
            "at": came,
            "action": type(action).__name__,
            "text": getattr(action, "text", None),
        }
        log.write(json.dumps(line) + "\n")

    Controller.dispatch = dispatch  # type: ignore[method-assign]


def main() -> None:
    """Run the program's own command line."""
    with Path(sys.argv[1]).open("a", buffering=1, encoding="utf-8") as log:
        listen(log)
        sys.exit(cli.main(sys.argv[2:]))


if __name__ == "__main__":
    main()
