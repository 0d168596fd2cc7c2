"""Several processes and one library: killed, at once, on a full disk."""

from __future__ import annotations

import resource
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from cable_tui.library import Library, check

MARKING = """
import sys
from pathlib import Path
from cable_tui.library import Library, Mark
library = Library(Path(sys.argv[1]), author=sys.argv[2])
for number in range(int(sys.argv[3])):
    name = f"{sys.argv[2]}{number}"
    library.add(Mark(name, name))
    print(name, flush=True)
"""


def marking(file: Path, author: str, count: int) -> subprocess.Popen[str]:
    argv = [sys.executable, "-c", MARKING, str(file), author, str(count)]
    return subprocess.Popen(argv, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_two_processes_at_once_lose_nothing(tmp_path: Path) -> None:
    file = tmp_path / "library.sqlite"
    processes = [marking(file, author, 30) for author in ("a", "b", "c")]
    for process in processes:
        _, errors = process.communicate(timeout=60)
        assert (process.returncode, errors) == (0, "")
    assert len(Library(file).marks()) == 90


@pytest.mark.parametrize("acknowledged", [1, 7])
def test_a_killed_process_loses_nothing_that_it_had_acknowledged(
    tmp_path: Path, acknowledged: int
) -> None:
    file = tmp_path / "library.sqlite"
    process = marking(file, "a", 100_000)
    assert process.stdout is not None
    names = [process.stdout.readline().strip() for _ in range(acknowledged)]
    process.send_signal(signal.SIGKILL)
    rest, _ = process.communicate(timeout=60)
    names += rest.split()
    present = {mark.canonical_id for mark in Library(file).marks()}
    assert set(names) <= present
    assert check(file) == ""


def test_a_full_disk_is_said_and_what_was_there_stays(tmp_path: Path) -> None:
    file = tmp_path / "library.sqlite"
    first = marking(file, "a", 1)
    first.communicate(timeout=60)
    size = file.stat().st_size
    # The nearest thing to a full disk that needs no rights: no file may grow past this size.
    full = subprocess.run(
        [sys.executable, "-c", MARKING, str(file), "b", "5000"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        preexec_fn=lambda: _no_growth(size),
    )
    assert full.returncode != 0
    assert "NotWrittenError" in full.stderr
    assert "Nothing was changed" in full.stderr
    present = {mark.canonical_id for mark in Library(file).marks()}
    assert present == {"a0", *full.stdout.split()}


def _no_growth(size: int) -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


@pytest.mark.skipif(shutil.which("strace") is None, reason="no strace here")
def test_a_mark_is_synced_before_it_is_acknowledged(tmp_path: Path) -> None:
    file = tmp_path / "library.sqlite"
    log = tmp_path / "log"
    traced = ["strace", "-f", "-o", str(log), "-e", "trace=fsync,fdatasync,unlink,write"]
    subprocess.run(
        [*traced, sys.executable, "-c", MARKING, str(file), "a", "1"],
        check=True,
        capture_output=True,
        timeout=60,
    )
    calls = log.read_text().splitlines()
    acknowledged = next(at for at, line in enumerate(calls) if '"a0' in line)
    syncs = [line for line in calls[:acknowledged] if "sync(" in line]
    assert len(syncs) >= 3
