"""The findings of `doctor` about sharing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

from cable_tui.base.errors import CableTuiError
from cable_tui.cli.doctor import Finding
from cable_tui.cli.shared.command_context import CommandContext


def findings(context: CommandContext) -> Iterator[Finding]:
    """Yield findings about the sharing folder or server in the settings, if there is one."""
    if not context.settings.sync:
        return
    from cable_tui.tools.sharing.exchange import open_target  # only who shares has one

    try:
        with closing(open_target(context.settings.sync)) as target:
            words = target.check()
            yield Finding("sharing", "note" if target.notices else "ok", words)
            for notice in target.notices:
                yield Finding("sharing", "note", notice)
    except CableTuiError as error:
        yield Finding("sharing", "note", str(error))
