"""Effects on the screen that open a menu or a page, or that need the app or a widget.

Pages of text are imported when they are first opened, so that the first keys are not delayed. To
add an effect, write a function here and add it to `ON_SCREEN`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from cable_tui.base.errors import UsageError
from cable_tui.base.tools import load, tools
from cable_tui.base.value import replace
from cable_tui.session import effects
from cable_tui.session.features import (
    body_cursor,
    external_programs,
    file_to_write,
    glossary,
    goto,
    index_status,
    links,
    selection,
    sidebar_cursor,
)
from cable_tui.session.features.pages import OpenPage
from cable_tui.session.registry import OnScreen
from cable_tui.session.state import Session
from cable_tui.session.values import Action
from cable_tui.text.numbers import counted
from cable_tui.tui.commands.key_command import WidgetAction
from cable_tui.tui.commands.keyboard import key_context
from cable_tui.tui.dialogs import pickers
from cable_tui.tui.dialogs.go_menu import go_menu
from cable_tui.tui.dialogs.help import Help
from cable_tui.tui.main import widget_actions
from cable_tui.tui.widgets.host import Host, in_browser

if TYPE_CHECKING:
    from cable_tui.tui.main.view import View


Ran = TypeVar("Ran")
"""The result of one of the reader's programs."""
FindCopyLines = Callable[[Session], Iterable[effects.MenuItem]]
"""A function of a tool that returns lines for the copy menu, based on what the session shows."""

_INTRODUCTION = 30
"""The maximum time to show the introduction of an archive, in seconds."""


def _quit(view: View, _effect: effects.QuitProgram) -> None:
    view.app.exit(0)


def _leave_with_cables(view: View, effect: selection.LeaveWithCables) -> None:
    if isinstance(view.app, Host) and view.services is not None:
        rows_by_id = view.services.rows(effect.ids)
        view.app.chosen = [rows_by_id[id_].reference_id for id_ in effect.ids if id_ in rows_by_id]
        view.app.exit(0)


def _notify(view: View, effect: effects.Notify) -> None:
    view.notify(effect.sentence, severity=effect.severity, markup=False)


def _scroll_to(view: View, effect: effects.ScrollTo) -> None:
    view.call_after_refresh(view.dispatch, body_cursor.Land(effect.landing))


def _menu(view: View, effect: effects.ShowMenu) -> None:
    DIALOGS[effect.what](view)


def _copy_menu(view: View) -> None:
    session = view.session
    cable = session.cable
    mouse_selection = widget_actions.selected_text_span(view)
    copied_text_name = "what is selected" if mouse_selection else _copied_label(session)
    cable_records = cable.sources if cable and session.in_cable else ()
    source_format = cable_records[0].format if len(cable_records) > 1 else ""
    finders: Iterable[FindCopyLines] = (load(name) for tool in tools() for name in tool.copy_lines)
    tool_lines = [line for find_lines in finders for line in find_lines(session)]
    view.open_menu(pickers.copy_menu(copied_text_name, source_format, mouse_selection, tool_lines))


def _copied_label(session: Session) -> str:
    """Return the name of the text that is copied if nothing is selected with the mouse."""
    cable, current_paragraph = session.cable, session.here
    if not session.in_cable:
        selected_count = len(selection.selected_ids(session)) if session.pane == "list" else 0
        return counted(selected_count, "selected cable") if selected_count else "this cable"
    if selection_text := selection.paragraphs_label(session):
        return selection_text
    if (
        cable
        and current_paragraph is None
        and (cited_references := links.cited_references(cable, session.stop))
    ):
        return f"ref. {', '.join(reference.label or '' for reference in cited_references)}"
    return (
        f"¶{current_paragraph.label}"
        if current_paragraph and current_paragraph.label
        else cable.reference_id
        if cable
        else ""
    )


def _explained(view: View, effect: glossary.ShowGlossary) -> None:
    from cable_tui.tui.dialogs.text_pages import GlossaryPanel

    if effect.what == "paragraph":
        effect = replace(effect, symbols=view.cable.body.symbols_here())
    view.app.push_screen(GlossaryPanel(effect))


def _text(view: View, effect: effects.ShowText) -> None:
    from cable_tui.tui.dialogs.text_pages import TextPage

    view.app.push_screen(TextPage(effect.title, effect.lines, effect.warning))


def _page(view: View, effect: goto.ShowPage) -> None:
    from cable_tui.tui.dialogs import text_pages

    if effect.page == "notices":
        page_lines = text_pages.notice_lines(getattr(view.app, "notices", ()))
        view.app.push_screen(text_pages.TextPage("Messages", page_lines))
    elif effect.page == "settings":
        if isinstance(view.app, Host):
            settings_lines = text_pages.settings_lines(view.app.paths.config, view.app.theme)
            view.app.push_screen(text_pages.TextPage("Settings", settings_lines, fitted=True))
    elif view.services is not None:
        view.app.push_screen(
            text_pages.TextPage("This archive", text_pages.archive_lines(view.services))
        )


def _theme(view: View, effect: goto.SetTheme) -> None:
    from cable_tui.program.settings import write_private

    view.app.theme = effect.name
    if isinstance(view.app, Host):
        with suppress(OSError):  # then the next start has the old theme
            write_private(view.app.paths.theme, effect.name)


def _later(view: View, effect: effects.DispatchLater) -> None:
    view.set_timer(effect.seconds, partial(view.dispatch, effect.action))


def _remember(view: View, effect: effects.RememberChoice) -> None:
    from cable_tui.program.settings import remember

    if isinstance(view.app, Host):
        remember(view.app.paths.choices, effect.choice, effect.value)


def _introduce(view: View, effect: index_status.ShowIntroduction) -> None:
    if not view.was_used:
        view.introduces = True
        view.notify(effect.lines, timeout=_INTRODUCTION, markup=False)


def _build(view: View, _effect: index_status.StartBuilder) -> None:
    if isinstance(view.app, Host):
        view.app.build()


def _go_menu(view: View) -> None:
    """Open the menu. Over a page, `g g` goes to its top, and lines for the room close the page."""
    from cable_tui.tui.pages.report_page import ReportPage
    from cable_tui.tui.pages.room_page import RoomPage

    top_screen = view.app.screen
    if not isinstance(top_screen, RoomPage):
        view.open_menu(go_menu())
        return

    def go(choice: Action | WidgetAction | None) -> None:
        if isinstance(choice, WidgetAction):
            top_screen.do_key("home")
            return
        is_above = isinstance(choice, goto.ShowPage) or (
            isinstance(choice, OpenPage) and isinstance(top_screen, ReportPage)
        )
        if choice is not None and not is_above:
            top_screen.close(at_once=True, below=True)
        view.do(choice)

    view.app.push_screen(go_menu(), go)


DIALOGS: dict[str, Callable[[View], object]] = {
    "copy": _copy_menu,
    "go": _go_menu,
    "help": lambda view: view.app.push_screen(Help(key_context(view.session), view.session.pane)),
    "palette": lambda view: view.app.action_command_palette(),
}
"""The menus and dialogs that a command opens by name, as in `panes.OpenMenu("help")`."""


def run_external_program(view: View, effect: external_programs.RunProgram) -> str | None:
    """Run one of the reader's programs in the terminal, then show the room again.

    Return the text as the program left it, or None if the program did not run.
    """
    from cable_tui.session.features.external_programs import run_program

    return in_terminal(
        view,
        effect.program,
        lambda argv: run_program(
            argv, effect.reference, effect.text, in_file=effect.program == "editor"
        ),
    )


def in_terminal(
    view: View, program: external_programs.Program, run: Callable[[list[str]], Ran]
) -> Ran | None:
    """Give the terminal to one of the reader's programs while `run` executes its command.

    Return the result of `run`, or None, after a message, if the program did not run.
    """
    if in_browser(view.app):  # the program would run here, and not where the reader is
        _say_error(view, "In a browser, other programs cannot be started.")
        return None
    # Late, as below: these come with the exports, which the first paint does not wait for.
    from textual.app import SuspendNotSupported

    from cable_tui.session.features.external_programs import reader_program

    try:
        command_words = reader_program(program, os.environ)
        with view.app.suspend():
            # An error that left this block would leave the terminal suspended.
            try:
                return run(command_words)
            except (OSError, UsageError) as error:
                failure = error
        raise failure
    except UsageError as error:
        _say_error(view, str(error))
    except SuspendNotSupported:
        _say_error(view, "This terminal cannot be handed to another program.")
    except OSError as error:
        _say_error(view, f"The {program} cannot be used: {error.strerror}.")
    return None


def _show_in_program(view: View, effect: external_programs.RunProgram) -> None:
    if run_external_program(view, effect) is not None and effect.program == "editor":
        view.dispatch(effects.Notify("That was a copy: your changes to it were not saved."))


def _say_error(view: View, sentence: str) -> None:
    view.dispatch(effects.Notify(sentence, "error"))


def open_browser(view: View, effect: external_programs.OpenBrowser) -> None:
    """Start the browser without waiting; in a browser, open another tab.

    From then on, citations of the page give today as the access date.
    """
    if in_browser(view.app):
        if effect.address.startswith(("http://", "https://")):
            view.app.open_url(effect.address)
            _note_opened(view, effect.address)
            view.dispatch(effects.Notify("Opened in another tab of your browser."))
        else:
            _say_error(view, "It is on another machine.")
        return
    from cable_tui.operating_system import programs

    command_words = programs.browser(os.environ)
    if command_words is None or not programs.may_open(effect.address):
        _say_error(view, "No program on this machine can open it.")
        return
    try:
        program_name = programs.open_address(command_words, effect.address)
    except OSError as error:
        program_name = command_words[0] if command_words else "the browser"
        _say_error(view, f"{program_name} did not start: {error.strerror}.")
    else:
        _note_opened(view, effect.address)
        view.dispatch(effects.Notify(f"Opened with {program_name}."))


def _note_opened(view: View, address: str) -> None:
    if view.services:
        view.services.note_opened(address)


def deliver_file(view: View, effect: file_to_write.DeliverFile) -> None:
    """Send a file to the browser as a download, whatever its type."""
    view.app.deliver_binary(
        effect.stream, save_filename=effect.name, mime_type="application/octet-stream"
    )


ON_SCREEN: OnScreen = {
    effects.QuitProgram: _quit,
    selection.LeaveWithCables: _leave_with_cables,
    effects.Notify: _notify,
    effects.ScrollTo: _scroll_to,
    effects.ShowMenu: _menu,
    sidebar_cursor.ShowFilterSection: lambda view, _: view.filters.scroll_to_section(),
    glossary.ShowGlossary: _explained,
    effects.ShowText: _text,
    goto.ShowPage: _page,
    goto.SetTheme: _theme,
    effects.DispatchLater: _later,
    effects.RememberChoice: _remember,
    index_status.ShowIntroduction: _introduce,
    index_status.StartBuilder: _build,
    external_programs.RunProgram: _show_in_program,
    external_programs.OpenBrowser: open_browser,
    file_to_write.DeliverFile: deliver_file,
}
