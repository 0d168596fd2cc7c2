"""The command palette, which lists every command with its keys."""

from __future__ import annotations

from contextlib import suppress
from functools import partial

from textual import events, work
from textual.command import CommandList, CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.css.query import NoMatches
from textual.worker import Worker

from cable_tui.tui.commands.key_command import Command, CommandTarget
from cable_tui.tui.dialogs.go_menu import all_commands, words_about
from cable_tui.tui.dialogs.modal import Modal, is_laid_out
from cable_tui.tui.textual_patches import fit
from cable_tui.tui.textual_patches.type_ahead import QueueBarrier


class PaletteCommands(Provider):
    """The provider of the room's commands for the palette."""

    async def discover(self) -> Hits:
        """Yield all commands while nothing is typed, beginning with those for first steps."""
        for command, keys in all_commands().values():
            line = palette_line(command, keys)
            yield DiscoveryHit(Content(line), partial(self._do, command), line, command.help)

    async def search(self, query: str) -> Hits:
        """Yield the commands that contain all typed words.

        Those that begin with the words are first.
        """
        typed_words = query.casefold()
        query_words = typed_words.split()
        for command, keys in all_commands().values():
            line_text = palette_line(command, keys)
            if all(
                word in f"{line_text} {words_about(command)}".casefold() for word in query_words
            ):
                score = 1.0 if line_text.casefold().startswith(typed_words) else 0.5
                yield Hit(
                    score, Content(line_text), partial(self._do, command), line_text, command.help
                )

    def _do(self, chosen: Command) -> None:
        main_screen = self.app.screen_stack[0]
        if isinstance(main_screen, CommandTarget):
            main_screen.do(chosen.does)


class RoomPalette(CommandPalette, Modal[None]):
    """Textual's command palette with our commands.

    It closes only once, and accepts keys typed ahead. The palette may be closed while it begins to
    look for commands, which ends the app in Textual's version. Replaced by: the same check in
    Textual's `_gather_commands`.
    """

    def __init__(self) -> None:
        super().__init__([PaletteCommands], id="--command-palette")

    def on_mount(self) -> None:
        """Style the frame and its text as in the menus."""
        frame = self.query_one("#--container")
        frame.border_title = Content("Commands")
        frame.border_subtitle = Content("type to filter · Enter runs it · Esc closes")

    if fit.PALETTE.fits:
        _gathered = CommandPalette._gather_commands.__wrapped__  # type: ignore[attr-defined]

        @work(exclusive=True, group=CommandPalette._GATHER_COMMANDS_GROUP)
        async def _gather_commands(self, search_value: str) -> None:
            with suppress(NoMatches):
                await self._gathered(search_value)

    @property
    def is_waiting(self) -> bool:
        """Whether the search for commands is still running, so that Enter must wait for it."""
        return any(worker.node is self and not worker.is_finished for worker in self.workers)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Release the keys that were held back until the commands were found."""
        if event.worker.is_finished:
            self.app.post_message(QueueBarrier(0, 0))

    def on_click(self, event: events.Click) -> None:
        """Ignore a click made before the terminal shrank, which Textual treats as an error."""
        if not self.region.contains(event.screen_x, event.screen_y):
            event.prevent_default()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Forbid all actions until the list exists, and paging until it is laid out."""
        del action
        command_list = self.query(CommandList)
        if not command_list:
            return False
        return is_laid_out(command_list.first()) or not {"page_up", "page_down"} & set(parameters)


def palette_line(command: Command, keys: str) -> str:
    """Return the palette line for a command: its label, its pane and its keys."""
    which_pane = "" if "everywhere" in command.where else f" in the {command.where[0]}"
    label = f"{command.label[0].upper()}{command.label[1:]}{which_pane}"
    return f"{label} · {keys}".removesuffix(" · ")
