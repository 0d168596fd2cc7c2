"""Open a cable in the reader's pager or editor, or its address in a browser, when asked to."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Mapping, Sequence
from typing import Literal

from cable_tui.base.cable import Problem
from cable_tui.base.errors import CableTuiError, UsageError
from cable_tui.session import effects
from cable_tui.session.features.copy import citation_of
from cable_tui.session.registry import Actions, Cancelled, Performers, Result, Services
from cable_tui.session.state import Session
from cable_tui.session.values import Action, Effect, Request

Program = Literal["pager", "editor"]


class OpenInProgram(Action):
    """Open the text of the cable in another program, and wait until the program ends."""

    program: Program

    def step(self, session: Session) -> Result:
        """Read the text of the open cable, or of the cable under the cursor."""
        return _for_cable(session, lambda id_: ReadForProgram(id_, self.program))


class FindOrigin(Action):
    """Show the files that a cable is from, and its public address."""

    def step(self, session: Session) -> Result:
        """Read the origin of the open cable, or of the cable under the cursor."""
        return _for_cable(session, ReadOrigin)


class ReadForProgram(Effect):
    """Read the text of a cable; answered by `RunProgram`."""

    latest = "hand over"

    id: int
    program: Program


class RunProgram(Request):
    """Give the terminal to a program that shows a text, until the program ends."""

    program: Program
    reference: str
    text: str


class ReadOrigin(Effect):
    """Read where a cable is from; answered by a menu."""

    opens_dialog = True
    latest = "hand over"

    id: int


class OpenBrowser(Request):
    """Open an address in a browser, when the reader asks: the only access to the network."""

    address: str


class ReadRaw(Request):
    """Read the text of a file from the location of a problem; answered by `ShowText`."""

    opens_dialog = True
    latest = "problems"

    problem: Problem
    place: str
    """The name of the location, for the title."""


def _for_cable(session: Session, make_effect: Callable[[int], Effect]) -> Result:
    cable_id = session.cable_here
    if cable_id is None:
        return session, (effects.Notify("There is no cable here."),)
    return session, (make_effect(cable_id),)


_VARIABLES = {"pager": ("PAGER",), "editor": ("VISUAL", "EDITOR")}


def reader_program(program_kind: Program, environ: Mapping[str, str]) -> list[str]:
    """Return the command of the reader's own program, or a usual one. Raises `UsageError`."""
    from cable_tui.operating_system import programs

    variable_names = _VARIABLES[program_kind]
    for variable_name in variable_names:
        if not (program := environ.get(variable_name, "").strip()):
            continue
        command_words = programs.words_of(program, environ)
        if not command_words or programs.found(command_words[0], environ) is None:
            raise UsageError(f"{variable_name} is {program}, and there is no such program.")
        return command_words
    for usual_program in programs.usual(program_kind):
        if programs.found(usual_program, environ):
            return programs.words_of(usual_program, environ)
    raise UsageError(f"No {program_kind} was found here: set {variable_names[-1]}.")


def run_program(argv: list[str], reference: str, text: str, *, in_file: bool) -> None:
    """Run a program on a text, in a private temporary file or through its standard input.

    Raises `OSError`. ^C ends the program, but not the reading room.
    """
    from cable_tui.exports.written_file import file_name
    from cable_tui.operating_system import processes, programs
    from cable_tui.program.temporary_folder import temporary_folder

    with processes.interrupt_for_others():
        if in_file:
            with temporary_folder("text", "program with the text of a cable") as folder:
                file = folder / file_name(reference, "txt")
                file.touch(0o600)
                file.write_text(text, encoding="utf-8")
                subprocess.run([*argv, str(file)], check=False)  # noqa: S603 - the reader's own
        else:
            content = text.encode(programs.input_encoding(argv[0]), "replace")
            subprocess.run(argv, input=content, check=False)  # noqa: S603 - the reader's own


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
    """Return the menu for the origin of a cable."""
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
    menu_note = files[0] if files else "Its file is no longer known."
    return effects.AskMenu(f"Source of {reference}", tuple(menu_items), menu_note)


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
}
