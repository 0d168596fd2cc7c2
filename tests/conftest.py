"""What all tests share: hypothesis without a clock, and a home of their own for the program."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# A loaded machine is no finding: nothing here may fail for being slow.
settings.register_profile(
    "calm", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.load_profile("calm")

pytest_plugins = ["tests.fixtures"]


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No test may touch the folders of whoever runs it."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("CABLE_TUI_HOME", str(home))
    return home
