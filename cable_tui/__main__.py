"""The entry point: `cable-tui`, or `python -m cable_tui`."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line of this process, then exit with its status."""
    try:
        # Imported here, so that ^C while the program is still being loaded ends it in silence.
        from cable_tui import cli

        exit_status = cli.main(sys.argv[1:])
    except KeyboardInterrupt:
        exit_status = 130
    sys.exit(exit_status)


if __name__ == "__main__":
    main()
