"""Draw at random over all property tests, for some time: `make fuzz SECONDS=600`.

`make test` draws the same each time. What is found here becomes an `@example` of its test.
"""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess
import sys
import time

_DRAW = ("-m", "hypothesis", "--hypothesis-profile=fuzz", "-n", "auto", "-p", "no:randomly")


def main(seconds: float) -> int:
    """Run all property tests again and again, each time with another seed; 1 if one failed."""
    ends = time.monotonic() + seconds
    failed = runs = 0
    while (left := ends - time.monotonic()) > 0:
        seed = random.randrange(2**32)
        command = [sys.executable, "-m", "pytest", *_DRAW, f"--hypothesis-seed={seed}"]
        with subprocess.Popen(command, process_group=0) as process:
            try:
                failed += process.wait(left) != 0
            except subprocess.TimeoutExpired:
                break
            finally:  # ^C, too: its workers do not get it
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
        runs += 1
    print(f"{runs} whole runs, {failed} with a find")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1])))
