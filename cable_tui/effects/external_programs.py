"""Handlers for other programs: the reader's pager and editor, and a browser when asked.

Programs are started from lists of words, without a shell. No part of a cable stays on the disk.
"""

from __future__ import annotations

import subprocess
from collections.abc import Mapping

from cable_tui.effects.copy import citation_of, copy_text
from cable_tui.effects.services import Services
from cable_tui.effects.table import Actions, Cancelled, performs
from cable_tui.errors import CableTuiError, UsageError
from cable_tui.exports.citation import Ways
from cable_tui.exports.copy_table import EXPORTS
from cable_tui.exports.files import file_name
from cable_tui.exports.plain_text import plain
from cable_tui.operating_system import programs, signals
from cable_tui.session import effects
from cable_tui.session.features.reading import external_programs
from cable_tui.temporary_folder import temporary_folder

_VARIABLES = {"pager": ("PAGER",), "editor": ("VISUAL", "EDITOR")}


def reader_program(kind: external_programs.Program, environ: Mapping[str, str]) -> list[str]:
    """The reader's own program of a kind, or a usual one. Raises `UsageError`."""
    names = _VARIABLES[kind]
    for name in names:
        if not (wanted := environ.get(name, "").strip()):
            continue
        words = programs.words_of(wanted, environ)
        if not words or programs.found(words[0], environ) is None:
            raise UsageError(f"{name} is {wanted}: no such program is here.")
        return words
    for usual in programs.usual(kind):
        if programs.found(usual, environ):
            return programs.words_of(usual, environ)
    raise UsageError(f"There is no {kind} here that is known: set {names[-1]}.")


def run_program(argv: list[str], reference: str, text: str, *, in_file: bool) -> None:
    """Run a program on a text: in a private temporary file, or through its standard input.

    Raises `OSError`. ^C ends the program, not the reading room.
    """
    with signals.interrupt_for_others():
        if in_file:
            with temporary_folder("text", "program with the text of a cable") as folder:
                file = folder / file_name(reference, "txt")
                file.touch(0o600)
                file.write_text(text, encoding="utf-8")
                subprocess.run([*argv, str(file)], check=False)  # noqa: S603 - the reader's own
        else:
            content = text.encode(programs.input_encoding(argv[0]), "replace")
            subprocess.run(argv, input=content, check=False)  # noqa: S603 - the reader's own


@performs(external_programs.ReadText)
def _read_text(services: Services, effect: external_programs.ReadText, _: Cancelled) -> Actions:
    cable = services.cable(effect.id)
    yield external_programs.RunProgram(effect.program, cable.reference_id, plain(cable))


@performs(external_programs.ReadOrigin)
def _read_origin(services: Services, effect: external_programs.ReadOrigin, _: Cancelled) -> Actions:
    root = services.folder
    paths = [source.path for source in services.archive.sources(effect.id)]
    files = tuple(
        path if root is None else str(root if root.name == path else root / path) for path in paths
    )
    row = services.rows([effect.id]).get(effect.id)
    try:
        cable = services.cable(effect.id)
    except CableTuiError:  # the paths are worth knowing all the same
        yield external_programs.ShowOrigin(row.reference_id if row else "", files, "")
        return
    place = (cable, (), 0, root)
    address = EXPORTS["link"].function(citation_of(*place, services.ways or Ways()))
    yield external_programs.ShowOrigin(cable.reference_id, files, address)


@performs(external_programs.CopyText)
def _copy_text(services: Services, effect: external_programs.CopyText, _: Cancelled) -> Actions:
    yield from copy_text(services.clipboard, effect.text, effect.what)


@performs(external_programs.ReadRaw)
def _read_raw(services: Services, effect: external_programs.ReadRaw, _: Cancelled) -> Actions:
    from cable_tui.archive.records.unparsed import raw_text  # with all formats of files
    from cable_tui.reports.problems import place_of

    problem = effect.problem
    lines = raw_text(services.archive.root, problem).splitlines()
    why = f"! Shown as filed: {problem.reason}"
    yield effects.ShowText(place_of(problem), tuple(lines), why)
