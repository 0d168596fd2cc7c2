"""Programs of a server that has TLS: that of the wheel has none."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from tests.postgres_server import installed_programs


def with_tls() -> Path | None:
    """The folder of the newest ones, if there are any, and `openssl` to make a certificate."""
    here = [each for each in installed_programs() if _has_tls(each)]
    return here[0] if here and shutil.which("openssl") else None


def _has_tls(programs: Path) -> bool:
    asked = [str(programs / "pg_config"), "--configure"]
    try:
        done = subprocess.run(asked, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return False
    return "ssl" in done.stdout
