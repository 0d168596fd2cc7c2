"""Open a cable in the reader's pager or editor, or its address in a browser, on request."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Literal

from cable_tui.base.cable import Problem
from cable_tui.base.errors import CableTuiError, UsageError
from cable_tui.base.value import as_json, replace
from cable_tui.operating_system.files import read_small
from cable_tui.session import effects
from cable_tui.session.features.copy import citation_of
from cable_tui.session.registry import Actions, Cancelled, Performers, Result, Services
from cable_tui.session.state import Session
from cable_tui.session.values import Action, Effect, Request
from cable_tui.text import clean_text

if TYPE_CHECKING:
    from cable_tui.program.own_commands import OwnCommand

Program = Literal["pager", "editor"]
MOST_TEXT = 1 << 24
"""The maximum size, in bytes, of a file left by an editor."""


class OpenInProgram(Action):
    """Open the text of the cable in another program, and wait until the program ends."""

    program: Program

    def step(self, session: Session) -> Result:
        """Read the text of the open cable, or of the cable under the cursor."""
        return _for_cable(session, lambda id_: ReadForProgram(id_, self.program))


class FindOrigin(Action):
    """Show the files that contain a cable, and its public address."""

    def step(self, session: Session) -> Result:
        """Read the sources of the open cable, or of the cable under the cursor."""
        return _for_cable(session, ReadOrigin)


class ReadForProgram(Effect):
    """Read the text of a cable; answered by `RunProgram`."""

    latest = "hand over"

    id: int
    program: Program


class RunProgram(Request):
    """Hand the terminal to a program that shows a text, until the program ends."""

    program: Program
    reference: str
    text: str


class ReadOrigin(Effect):
    """Read the sources of a cable; answered by a menu."""

    opens_dialog = True
    latest = "hand over"

    id: int


class OpenBrowser(Request):
    """Open an address in a browser at the reader's request: the only access to the network."""

    address: str


class ReadRaw(Request):
    """Read the text of a file at the location of a problem; answered by `ShowText`."""

    opens_dialog = True
    latest = "problems"

    problem: Problem
    place: str
    """The name of the location, for the title."""


class RunOwnCommand(Action):
    """Run one of the reader's own commands on a cable."""

    command: OwnCommand

    def step(self, session: Session) -> Result:
        """Check whether the reader permits it; one command runs at a time."""
        if session.own_command:
            return session, (effects.Notify(f"{session.own_command} is running: Esc stops it."),)
        return _for_cable(session, lambda id_: PrepareOwnCommand(id_, self.command))


class StartOwnCommand(Action):
    """Start a command that the reader permits."""

    id: int
    command: OwnCommand
    is_new: bool = False
    """Whether the reader has just permitted the command, which must then be remembered."""

    def step(self, session: Session) -> Result:
        """Run it in the background."""
        wanted: tuple[Effect, ...] = (PerformOwnCommand(self.id, self.command),)
        if self.is_new:
            wanted = (effects.RememberChoice(self.command.approval, True), *wanted)
        return replace(session, own_command=self.command.name), wanted


class StopOwnCommand(Action):
    """Esc: stop the command that is running."""

    def step(self, session: Session) -> Result:
        """End the program; its output is discarded."""
        notice = effects.Notify(f"{session.own_command} was stopped.")
        return replace(session, own_command=""), (effects.Stop(PerformOwnCommand.latest), notice)


class OwnCommandEnded(Action):
    """A command has ended."""

    command: OwnCommand
    lines: tuple[str, ...] = ()
    """The output of the command."""
    failure: str = ""

    def step(self, session: Session) -> Result:
        """Show the output as the settings specify; always show a failure."""
        session = replace(session, own_command="")
        name, output = self.command.name, self.command.output
        if self.failure and not (output == "page" and self.lines):
            return session, (effects.Notify(self.failure, "error"),)
        if output == "page" and self.lines:
            return session, (effects.ShowText(name, self.lines, self.failure),)
        sentence = self.lines[0] if output == "notice" and self.lines else f"{name} has ended."
        return session, () if output == "none" else (effects.Notify(sentence),)


class PrepareOwnCommand(Effect):
    """Ask the reader about a command that did not run before; answered by `StartOwnCommand`."""

    opens_dialog = True
    latest = "hand over"

    id: int
    command: OwnCommand


class PerformOwnCommand(Effect):
    """Run a command on a cable; answered by `OwnCommandEnded`."""

    latest = "own command"

    id: int
    command: OwnCommand


def _for_cable(session: Session, make_effect: Callable[[int], Effect]) -> Result:
    cable_id = session.cable_here
    if cable_id is None:
        return session, (effects.Notify("There is no cable here."),)
    return session, (make_effect(cable_id),)


_VARIABLES = {"pager": ("PAGER",), "editor": ("VISUAL", "EDITOR")}


def reader_program(program_kind: Program, environ: Mapping[str, str]) -> list[str]:
    """Return the command for the reader's own program, or a usual one. Raises `UsageError`."""
    from cable_tui.operating_system import programs

    variable_names = _VARIABLES[program_kind]
    for variable_name in variable_names:
        if not (program := environ.get(variable_name, "").strip()):
            continue
        command_words = programs.words_of(program, environ)
        if not command_words or programs.found(command_words[0], environ) is None:
            raise UsageError(f"{variable_name} is set to {program}, but there is no such program.")
        return command_words
    for usual_program in programs.usual(program_kind):
        if programs.found(usual_program, environ):
            return programs.words_of(usual_program, environ)
    raise UsageError(f"No {program_kind} was found: set {variable_names[-1]}.")


def run_program(argv: list[str], reference: str, text: str, *, in_file: bool) -> str:
    """Run a program on a text, passed in a private temporary file or through its standard input.

    Return the text as the program left it in the file. Raises `OSError`, like `run_here`, and
    `UsageError` if the program failed and did not change the file.
    """
    if in_file:
        from cable_tui.exports.written_file import file_name
        from cable_tui.program.temporary_folder import temporary_folder

        with temporary_folder("text", "program with the text of a cable") as folder:
            file = folder / file_name(reference, "txt")
            file.touch(0o600)
            file.write_text(text, encoding="utf-8")
            status = run_here([*argv, str(file)])
            text_left = clean_text(read_small(file, MOST_TEXT).decode("utf-8", "replace"))
            if status and text_left == text:
                raise UsageError(f"{argv[0]} ended with status {status} and changed nothing.")
            return text_left
    from cable_tui.operating_system import programs

    run_here(argv, text.encode(programs.input_encoding(argv[0]), "replace"))
    return text


def run_here(argv: list[str], content: bytes | None = None) -> int:
    """Run a program in this terminal, wait for it to end, and return its status.

    Its input is `content`, or the keyboard. Raises `OSError`. ^C ends the program, but not the
    reading room.
    """
    from cable_tui.operating_system import processes

    with processes.interrupt_for_others():
        return subprocess.run(argv, input=content, check=False).returncode  # noqa: S603 - the reader's own


def _read_text(services: Services, effect: ReadForProgram, _: Cancelled) -> Actions:
    from cable_tui.exports.plain_text import plain

    cable = services.cable(effect.id)
    yield RunProgram(effect.program, cable.reference_id, plain(cable))


def _read_origin(services: Services, effect: ReadOrigin, _: Cancelled) -> Actions:
    from cable_tui.exports.copy_formats import EXPORTS
    from cable_tui.operating_system import programs

    archive_folder = services.folder
    source_paths = [source.path for source in services.archive.sources(effect.id)]
    shown_paths = tuple(
        source_path
        if archive_folder is None
        else str(
            archive_folder if archive_folder.name == source_path else archive_folder / source_path
        )
        for source_path in source_paths
    )
    cable_row = services.rows([effect.id]).get(effect.id)
    try:
        cable = services.cable(effect.id)
    except CableTuiError:  # the paths are worth knowing all the same
        yield source_menu(cable_row.reference_id if cable_row else "", shown_paths)
        return
    citation_parts = (cable, (), 0, archive_folder)
    address = EXPORTS["link"].function(citation_of(*citation_parts, services.citing))
    can_open = services.in_browser or programs.browser(os.environ) is not None
    can_open = can_open and programs.may_open(address)
    has_terminal = not services.in_browser  # a program of the reader's needs this terminal
    yield source_menu(
        cable.reference_id, shown_paths, address, can_open=can_open, has_terminal=has_terminal
    )


def source_menu(
    reference: str,
    files: Sequence[str],
    address: str = "",
    *,
    can_open: bool = False,
    has_terminal: bool = False,
) -> effects.AskMenu:
    """Return the menu for the source of a cable."""
    menu_items = []
    if address and can_open:
        menu_label = "open the address in a browser"
        menu_items.append(effects.MenuItem("o", menu_label, OpenBrowser(address), address))
    if address:
        copy_address = effects.PutOnClipboard(address, "address")
        menu_items.append(effects.MenuItem("y", "copy the address", copy_address, address))
    for file_number, file in enumerate(files, 1):
        menu_key = "f" if file_number == 1 else str(file_number) if file_number < 10 else ""
        copy_path = effects.PutOnClipboard(file, "path")
        menu_items.append(effects.MenuItem(menu_key, "copy the path", copy_path, file))
    if has_terminal:
        menu_items += [
            effects.MenuItem("|", "its text in your pager", OpenInProgram("pager")),
            effects.MenuItem("e", "a copy of its text in your editor", OpenInProgram("editor")),
        ]
    menu_note = files[0] if files else "The location of its file is no longer known."
    return effects.AskMenu(f"Source of {reference}", tuple(menu_items), menu_note)


def _prepare_own(services: Services, effect: PrepareOwnCommand, _: Cancelled) -> Actions:
    from cable_tui.program.settings import choices

    start = StartOwnCommand(effect.id, effect.command)
    reason = effect.command.reason_to_ask(choices(services.choices) if services.choices else {})
    if not reason:
        yield start
        return
    name = effect.command.name
    yield effects.AskMenu(
        f"Run {name} {reason}?",
        (
            effects.MenuItem("y", "run it, and do not ask again", replace(start, is_new=True)),
            effects.MenuItem("n", "do not run it", effects.Notify(f"{name} did not run.")),
        ),
        f"{effect.command.line}   (config.toml, commands.{name}); it receives the cable as JSON.",
    )


def _perform_own(services: Services, effect: PerformOwnCommand, cancelled: Cancelled) -> Actions:
    from cable_tui.exports.cable_json import cable_json
    from cable_tui.program.own_commands import MOST_OUTPUT, argv_of, run_command
    from cable_tui.text.cleaning import json_text

    command = effect.command
    try:
        if services.in_browser or services.settings.private:  # which have no commands
            raise UsageError("In a served or private session, other programs cannot be started.")
        cable = services.cable(effect.id)
        argv = argv_of(command, cable.reference_id, services.archive.root, os.environ)
        ended = run_command(argv, f"{json_text(as_json(cable_json(cable)))}\n", cancelled)
    except OSError as error:
        failure = f"{command.name} did not start: {error.strerror}."
        yield OwnCommandEnded(command, failure=failure)
    except CableTuiError as error:
        yield OwnCommandEnded(command, failure=str(error))
    else:
        if ended is not None:
            lines = clean_text(ended.output).rstrip().splitlines()
            reason = clean_text(ended.messages).strip().rpartition("\n")[2] or "no message"
            if ended.is_cut:
                reason = f"only the first {MOST_OUTPUT >> 20} MiB of its output was read"
            failure = f"{command.name} ended with status {ended.status}: {reason}"
            is_told = ended.status or (ended.is_cut and command.output == "page")
            yield OwnCommandEnded(command, tuple(lines), failure if is_told else "")


def _read_raw(services: Services, effect: ReadRaw, _: Cancelled) -> Actions:
    from cable_tui.archive.records.read import raw_text  # with all formats of files

    problem = effect.problem
    text_lines = raw_text(services.archive.root, problem).splitlines()
    warning = f"! Shown as filed: {problem.reason}"
    yield effects.ShowText(effect.place, tuple(text_lines), warning)


PERFORMERS: Performers = {
    ReadForProgram: _read_text,
    ReadOrigin: _read_origin,
    ReadRaw: _read_raw,
    PrepareOwnCommand: _prepare_own,
    PerformOwnCommand: _perform_own,
}
