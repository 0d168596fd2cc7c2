"""The entry point: `cable-tui`, or `python -m cable_tui`."""

from __future__ import annotations

import atexit
import gc
import os
import sys
from contextlib import suppress


def main() -> None:
    """Run the command line of this process, then exit with its status."""
    exit_status = 1
    # Nothing that is made while the program is loaded is garbage; a command or the reading room
    # starts the collector.
    gc.disable()

    def end() -> None:
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError, ValueError):
                stream.flush()
        os._exit(exit_status)

    # Registered first, and therefore called last: after it, Python would only take every module
    # apart, which takes a tenth of the time of a search.
    atexit.register(end)
    try:
        # Imported here, so that ^C while the program is still being loaded ends it in silence.
        from cable_tui import cli

        exit_status = cli.main(sys.argv[1:])
    except KeyboardInterrupt:
        exit_status = 130
    except SystemExit as ending:  # a signal
        exit_status = int(ending.code or 0)
    sys.exit(exit_status)


if __name__ == "__main__":
    main()
