"""The entry point: `cable-tui`, or `python -m cable_tui`."""

from __future__ import annotations

import sys

from cable_tui import cli


def main() -> None:
    """Run the command line of this process and exit with its status."""
    sys.exit(cli.main(sys.argv[1:]))


if __name__ == "__main__":
    main()
