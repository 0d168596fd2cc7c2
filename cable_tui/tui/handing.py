"""A cable in other programs: the reader's pager and editor, and a browser when asked.

Programs are started from lists of words, without a shell. Nothing of a cable is left on the disk.
"""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from cable_tui.errors import CableTuiError, UsageError
from cable_tui.session import Action, Effect, actions, handing
from cable_tui.tui.outside import Outside, told

if TYPE_CHECKING:
    from cable_tui.tui.screen import Room

_VARIABLES = {"pager": ("PAGER",), "editor": ("VISUAL", "EDITOR")}
_USUAL = {"pager": ("less", "more"), "editor": ("nano", "vi")}


def program(kind: handing.Program, environ: Mapping[str, str]) -> list[str]:
    """The reader's own program of a kind, or a usual one. Raises `UsageError`."""
    names = _VARIABLES[kind]
    for name in names:
        if not (wanted := environ.get(name, "").strip()):
            continue
        try:
            words = shlex.split(wanted)
        except ValueError:
            words = []
        if not words or shutil.which(words[0], path=environ.get("PATH")) is None:
            raise UsageError(f"{name} is {wanted}: no such program is here.")
        return words
    for usual in _USUAL[kind]:
        if shutil.which(usual, path=environ.get("PATH")):
            return [usual]
    raise UsageError(f"There is no {kind} here that is known: set {names[-1]}.")


def opener(environ: Mapping[str, str], platform: str = sys.platform) -> list[str] | None:
    """What opens an address in a browser; None where there is no screen that could show one."""
    if platform == "darwin":
        return ["open"]
    if not (environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY")):
        return None
    wanted = environ.get("BROWSER", "").split(os.pathsep)[0].strip()
    if wanted:
        return [word for word in shlex.split(wanted) if word != "%s"]
    return ["xdg-open"] if shutil.which("xdg-open", path=environ.get("PATH")) else None


def run_program(argv: list[str], reference: str, text: str, *, in_file: bool) -> None:
    """Run a program on a text: in a private file that goes with it, or through its input.

    Raises `OSError`. What ^C ends is the program, not the room.
    """
    # A handler, for the program would inherit that the signal is ignored.
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        if in_file:
            with TemporaryDirectory(prefix="cable-tui-") as folder:
                file = Path(folder) / f"{reference}.txt"
                file.touch(0o600)
                file.write_text(text, encoding="utf-8")
                subprocess.run([*argv, str(file)], check=False)  # noqa: S603 - the reader's own
        else:
            content = text.encode("utf-8", "replace")
            subprocess.run(argv, input=content, check=False)  # noqa: S603 - the reader's own
    finally:
        signal.signal(signal.SIGINT, before)


def show_program(room: Room, effect: handing.RunProgram) -> None:
    """Give the terminal to the program, and take it back."""
    from textual.app import SuspendNotSupported

    try:
        argv = program(effect.program, os.environ)
        with room.app.suspend():
            run_program(argv, effect.reference, effect.text, in_file=effect.program == "editor")
    except UsageError as error:
        room.dispatch(actions.Failed(str(error)))
    except SuspendNotSupported:
        room.dispatch(actions.Failed("This terminal cannot be handed to another program."))
    except OSError as error:
        room.dispatch(actions.Failed(f"The {effect.program} did not start: {error.strerror}."))
    else:
        if effect.program == "editor":
            room.dispatch(actions.Said("It was a copy: changes of it are not kept."))


def show_source(room: Room, effect: handing.ShowSource) -> None:
    """The menu of `o`."""
    from cable_tui.tui import menus

    can_open = opener(os.environ) is not None
    room.bring(menus.source_menu(effect.reference, effect.files, effect.address, can_open=can_open))


def browse(room: Room, effect: handing.Browse) -> None:
    """Start the browser and forget it."""
    argv = opener(os.environ)
    if argv is None or urlsplit(effect.address).scheme not in {"http", "https", "file"}:
        room.dispatch(actions.Failed("There is nothing here that could open it."))
        return
    try:
        subprocess.Popen(  # noqa: S603 - the reader's own, and no shell
            [*argv, effect.address],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        room.dispatch(actions.Failed(f"{argv[0]} did not start: {error.strerror}."))
    else:
        room.dispatch(actions.Said(f"Opened with {argv[0]}."))


def _text(outside: Outside, effect: handing.ReadText, _: Callable[[], bool]) -> Iterator[Action]:
    from cable_tui.exports import plain

    cable = outside.cable(effect.id)
    yield handing.TextRead(effect.program, cable.reference_id, plain(cable))


def _source(
    outside: Outside, effect: handing.FindSource, _: Callable[[], bool]
) -> Iterator[Action]:
    from cable_tui.exports import EXPORTS, Ways
    from cable_tui.tui import citing

    root = outside.archive.root
    files = tuple(
        str(root if root.name == source.path else root / source.path)
        for source in outside.archive.sources(effect.id)
    )
    row = outside.rows([effect.id]).get(effect.id)
    try:
        cable = outside.cable(effect.id)
    except CableTuiError:  # where its file was is worth to know all the same
        yield handing.SourceFound(row.reference_id if row else "", files, "")
        return
    place = (cable, (), 0, root)
    address = EXPORTS["link"].function(citing.citation(*place, outside.ways or Ways()))
    yield handing.SourceFound(cable.reference_id, files, address)


def _put(outside: Outside, effect: handing.PutText, _: Callable[[], bool]) -> Iterator[Action]:
    yield told(outside.clipboard, effect.text, effect.what)


PERFORMERS: dict[type[Effect], Any] = {
    handing.ReadText: _text,
    handing.FindSource: _source,
    handing.PutText: _put,
}
SHOWERS: dict[type[Effect], Any] = {
    handing.RunProgram: show_program,
    handing.ShowSource: show_source,
    handing.Browse: browse,
}
