"""What tests of tools share with those of the archive, the command line and the room."""

from tests.archive.conftest import archive, cache, folder  # noqa: F401
from tests.cli.conftest import (  # noqa: F401
    demo_archive,
    demo_cache,
    dossier,
    home,
    keyboard,
    marked,
    own,
    run,
    spawn,
)
from tests.tui.conftest import (  # noqa: F401
    no_styles_ahead,
    own_keyboard,
    painted_at_halts,
    parsed_once,
)
