"""What tests of reports share with those of the command line."""

from tests.cli.conftest import archive, cache, demo_archive, demo_cache, home, run  # noqa: F401
