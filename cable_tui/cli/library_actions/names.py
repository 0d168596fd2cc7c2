"""`marks author`: the names that bookmarks are signed with, and which of them are the reader's."""

from __future__ import annotations

from cable_tui.cli.context import Context, emit_json, emit_lines, say
from cable_tui.errors import NotFoundError, UsageError
from cable_tui.library import Library
from cable_tui.library.own_names import Name
from cable_tui.text import clean_line
from cable_tui.text.numbers import counted

_WHOSE = {True: "yours", False: "not yours", None: ""}


def author(context: Context, library: Library) -> int:
    """Print the other names; or keep that one of them is the reader's, or is not."""
    if context.options.words:
        raise UsageError("marks author takes no words: --mine NAME names an earlier name of yours")
    if context.options.mine is not None:
        return _answer(context, library, context.options.mine)
    if context.options.off or context.options.force:
        raise UsageError("marks author: --off and --force need --mine NAME")
    found = library.names.others()
    if context.options.json:
        emit_json([_value(each) for each in found])
    else:
        emit_lines("  ".join(filter(None, _words(each))) for each in found)
    if not found:
        say(f"all bookmarks are signed by {library.author}")
    return 0 if found else 1


def _value(name: Name) -> dict[str, object]:
    return {
        "author": name.name,
        "marks": name.marks,
        "made_here": name.made_here,
        "mine": name.is_mine,
    }


def _words(name: Name) -> tuple[str, str, str]:
    """`root  14, 11 made here  yours`."""
    here = f", {name.made_here:,} made here" if name.made_here else ""
    return clean_line(name.name), f"{name.marks:,}{here}", _WHOSE[name.is_mine]


def _answer(context: Context, library: Library, given: str) -> int:
    """Raises `NotFoundError` if nothing is signed so, `UsageError` if more would be claimed."""
    shown = clean_line(given)
    name = next((each for each in library.names.others() if each.name == given), None)
    if name is None:
        raise NotFoundError(f"no bookmark here is signed by {shown}")
    bookmarks = counted(name.marks, "bookmark")
    if context.options.off:
        library.names.answer(given, mine=False)
        say(f"{bookmarks} by {shown}: not yours")
        return 0
    if name.from_elsewhere and not context.options.force:
        raise UsageError(
            f"{name.from_elsewhere:,} of {bookmarks} by {shown} were not made here, as far as the "
            "log goes back: they came from others, or from another library of yours. With --force "
            "they count as yours, too"
        )
    library.names.answer(given, mine=True)
    say(f"{bookmarks} by {shown}: yours; `cable-tui marks undo` takes that back")
    return 0
