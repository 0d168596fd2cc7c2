"""The patches that fit the installed version of Textual; each lists what it depends on.

A patch depends on internals of Textual, which may change in any version. The internals are listed
by name and parameters, and checked before the patch is used. A patch that does not fit is skipped,
and the room works without its gain. Only the sanitizer is required. `cable-tui doctor` lists the
patches in use.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module

from cable_tui.base.errors import UsageError
from cable_tui.base.value import Value
from cable_tui.operating_system import is_windows


class Patch(Value):
    """A patch to Textual's internals."""

    name: str
    lost: str
    """A clause that describes what the room loses without the patch."""
    leans_on: tuple[str, ...]
    """The required names: `module:Class.name`, or `module:name(a, b)` for a function with
    parameters.
    """

    @property
    def fits(self) -> bool:
        """Whether this version of Textual has everything that the patch depends on."""
        return not missing(self.leans_on)


@cache
def missing(leans_on: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names that this version of Textual lacks or defines with other parameters."""
    return tuple(name for name in leans_on if not _is_there(name))


def _is_there(required_name: str) -> bool:
    qualified_name, bracket, parameter_text = required_name.partition("(")
    module_name, _, attribute_path = qualified_name.partition(":")
    try:
        found_object: object = import_module(module_name)
    except ImportError:
        return is_windows()  # it has no driver of Linux, and needs no fix of it
    for attribute_name in attribute_path.split("."):
        if not hasattr(found_object, attribute_name):
            return False
        found_object = getattr(found_object, attribute_name)
    if not bracket:
        return True
    function = found_object.__init__ if isinstance(found_object, type) else found_object  # type: ignore[misc]
    # Not `inspect.signature`, which takes a millisecond before the first paint.
    function_code = getattr(getattr(function, "__func__", function), "__code__", None)
    if function_code is None:
        return False
    parameter_count = function_code.co_argcount + function_code.co_kwonlyargcount
    parameters = [
        parameter
        for parameter in function_code.co_varnames[:parameter_count]
        if parameter not in ("self", "cls")
    ]
    return parameters == list(filter(None, parameter_text.removesuffix(")").split(", ")))


SANITIZER = Patch(
    "sanitizer",
    "hostile texts could control the terminal",
    (
        "textual.strip:Strip.render_style(style, text, color_system)",
        "textual.strip:Strip.render_style.__func__",
        "textual.strip:Strip.render(console)",
    ),
)
DIFF = Patch(
    "screen diff",
    "a step in the list sends 13 kB instead of 440 bytes, which is noticeable on a slow connection",
    (
        "textual.app:App._display(screen, renderable)",
        "textual._compositor:ChopsUpdate(chops, spans, chop_ends)",
        "textual._compositor:LayoutUpdate(strips, region)",
        "textual._compositor:CompositorUpdate.render_segments(console)",
        "textual.strip:Strip.render_ansi",
    ),
)
STYLES = Patch(
    "style cache",
    "opening a cable takes twice as long",
    (
        "textual.css.stylesheet:Stylesheet(variables)",
        "textual.css.stylesheet:Stylesheet.apply(node, animate, cache)",
        "textual.css.stylesheet:Stylesheet.replace_rules(node, rules, animate)",
        "textual.css.stylesheet:Stylesheet._process_component_classes(node)",
        "textual.dom:DOMNode._attach(parent)",
        "textual.dom:DOMNode._get_component_classes",
        "textual.dom:DOMNode.css_path_nodes",
        "textual.dom:DOMNode.notify_style_update()",
        "textual.dom:DOMNode._pseudo_classes_cache_key",
    ),
)
QUEUE = Patch(
    "key queue",
    "keys typed faster than the program responds may go to another pane",
    ("textual.app:App.on_event(event)", "textual.events:Event.is_forwarded"),
)
CRASH = Patch(
    "quiet crash",
    "an internal error prints a traceback, with texts of cables in it",
    ("textual.app:App._fatal_error()", "textual.app:App._close_messages_no_wait()"),
)
PALETTE = Patch(
    "palette",
    "a command palette that is closed immediately may end the program",
    (
        "textual.command:CommandPalette._gather_commands.__wrapped__(search_value)",
        "textual.command:CommandPalette._GATHER_COMMANDS_GROUP",
    ),
)
DECODER = Patch(
    "tolerant decoder",
    "an invalid byte in pasted text stops keyboard input",
    ("textual.drivers.linux_driver:getincrementaldecoder(encoding)",),
)
WRITER = Patch(
    "terminal writer",
    "a session whose terminal was closed may keep running",
    (
        "textual.drivers.linux_driver:WriterThread",
        "textual.drivers._writer_thread:WriterThread.run()",
    ),
)
RESUME = Patch(
    "repaint after a stop",
    "after a stop from outside, only ^l paints the screen",
    (
        "textual.driver:Driver.suspend_application_mode()",
        "textual.driver:Driver.resume_application_mode()",
    ),
)
BROWSER = Patch(
    "browser driver",
    "a session in a browser may outlive its server",
    ("textual.drivers.web_driver:WebDriver.run_input_thread()",),
)
PATCHES = (SANITIZER, DIFF, STYLES, QUEUE, CRASH, PALETTE, DECODER, WRITER, RESUME, BROWSER)


def require(patch: Patch) -> None:
    """Raise `UsageError` if a required patch does not fit."""
    if not patch.fits:
        raise UsageError(
            f"This version of Textual does not fit: the {patch.name} of cable-tui misses "
            f"{', '.join(missing(patch.leans_on))}, and without it {patch.lost}. "
            "Install one that does: pip install 'textual>=6.6,<9'"
        )
