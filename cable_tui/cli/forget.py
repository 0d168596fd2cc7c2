"""`cable-tui forget`: remove what the program stores for one archive, or everything it stores.

An archive itself is never removed. `erasing` removes the files; this module asks first, and reports
what was removed and what was not. An open program is ended only if the reader agrees, by an answer
or by `--end`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cable_tui.archive import cache
from cable_tui.archive.cache import cache_folder
from cable_tui.base.errors import CacheError, LibraryError, NotFoundError, UsageError
from cable_tui.base.value import Value, json_names, picked
from cable_tui.cli import erasing
from cable_tui.cli.shared.command_context import CommandContext, can_ask, emit_json, say, says_yes
from cable_tui.cli.shared.options import Parser
from cable_tui.cli.shared.progress import run_with_progress
from cable_tui.library import Library, Mark
from cable_tui.operating_system.files import true_path
from cable_tui.program import open_programs, running, temporary_folder
from cable_tui.program.running import Running
from cable_tui.program.settings import below, find_paths
from cable_tui.text.numbers import counted

if TYPE_CHECKING:
    from cable_tui.base.kinds import Count, Filled, Only

_ALWAYS = (
    "your archives, files you exported or named with --cache, and bookmarks you shared (others "
    "keep them, and a later `bookmarks sync` brings them "
    "back)"
)
_MOST_NAMED = 20
"""The maximum number of remaining paths that are listed."""
_NAMED = 8
"""The maximum number of characters of a visitor's home folder name in a sentence."""


class ForgottenVisitor(Value):
    """What was removed from one visitor of `serve`."""

    home: Filled
    """The folder of the visitor."""
    read: Count
    """The number of read cables that were forgotten."""
    marks: Count
    """The number of removed bookmarks; 0 without --all."""
    marks_kept_of_it: Count
    """The number of bookmarks on the archive's cables that are not removed."""
    removed: bool
    """Whether the folder contained nothing else and was removed."""


class ForgetAnswer(Value):
    """The output of `forget --json`: what was removed for an archive."""

    missing: bool
    """Whether the archive's folder or file no longer exists."""
    cache: Count
    """The number of bytes removed from the archive's cache."""
    history: bool
    """Whether a saved position in the archive was removed."""
    last_archive: bool
    """Whether the archive was the last one opened."""
    searches: Count = 0
    """The number of searches removed from the research log."""
    seen_searches: Count = 0
    """The number of saved searches whose seen cables were removed."""
    answers: Count = 0
    """The number of removed answers to protection requests."""
    read: Count = 0
    """The number of read cables that were forgotten."""
    changes: Count = 0
    """The number of removed earlier states of bookmarks and notes."""
    copies: Count = 0
    """The number of dated copies from which the archive was removed."""
    marks: Count = 0
    """The number of removed bookmarks; 0 without --all."""
    lists: tuple[str, ...] = ()
    """The lists that were removed with their bookmarks."""
    marks_kept: Count = 0
    """The number of bookmarks that are not removed, for any archive."""
    marks_kept_of_it: Count = 0
    """The number of bookmarks on the archive's cables that are not removed."""
    not_cleaned: tuple[str, ...] = ()
    """The damaged copies that could not be cleaned and may contain more."""
    visitors: tuple[ForgottenVisitor, ...] = ()
    """The visitors of `serve` who had traces of the archive."""


class ForgetEverythingAnswer(Value):
    """The output of `forget --everything --json`: the removed paths, by what they contain."""

    library: Only[
        Annotated[tuple[Filled, ...], "named bookmarks and notes, with their copies"]
    ] = ()
    people: Only[Annotated[tuple[Filled, ...], "named the people you confirmed"]] = ()
    answers: Only[Annotated[tuple[Filled, ...], "named your answers to protection requests"]] = ()
    log: Only[Annotated[tuple[Filled, ...], "named the research log"]] = ()
    seen_searches: Only[
        Annotated[tuple[Filled, ...], "named what you have seen in saved searches"]
    ] = ()
    visitors: Only[
        Annotated[tuple[Filled, ...], "named bookmarks and notes of visitors reading in a browser"]
    ] = ()
    position: Only[Annotated[tuple[Filled, ...], "named your last positions and choices"]] = ()
    temporary: Only[
        Annotated[tuple[Filled, ...], "named temporary folders of programs that were killed"]
    ] = ()
    settings: Only[tuple[Filled, ...]] = ()
    caches: Only[tuple[Filled, ...]] = ()
    stays: tuple[Filled, ...] = ()
    """The paths that are not removed: files that are not the program's, and files that could not be
    removed.
    """


def configure(parser: Parser) -> None:
    """Add the options of the command."""
    parser.add_path("an archive, even if it no longer exists", optional=True)
    parser.add_flag("--all", "also remove your bookmarks and notes on its cables; asks first")
    parser.add_flag("--everything", "remove all the program's data, including settings; asks first")
    parser.add_flag(
        "--end", "end open sessions, servers and `bookmarks sync`, which would write the data again"
    )
    parser.add_flag("--yes", "do not ask (for scripts)")
    parser.add_flag("--json", "one JSON object listing what was removed")


def run(context: CommandContext) -> int:
    """Remove the data and report what is left; return 1 if the answer was no.

    Raises `NotFoundError` if there is nothing to remove.
    """
    options = context.options
    if options.everything:
        return _everything(context)
    if options.path is None:
        raise UsageError("forget needs a PATH, or --everything (see cable-tui forget --help)")
    path = options.path.expanduser()
    cache_path = cache_folder(path, context.paths.cache)
    if options.all and erasing.KnownCables.of(cache_path).ids is None and os.access(path, os.F_OK):
        # Imported late: nearly always a cache says which cables the archive has.
        from cable_tui.cli.shared.opened_archive import indexing

        run_with_progress(indexing(context, path, passes=("facts",)))
    real_path = true_path(path)

    def is_on(program: Running) -> bool:
        has_archive = program.kind in ("room", "visitor", "server") and program.about
        return bool(has_archive) and true_path(Path(program.about)) == real_path

    with closing(Library(context.paths.library)) as library:
        if options.all and not _may_remove_marks(
            context, path, library, erasing.KnownCables.of(cache_path)
        ):
            return 1
        if not _ended(context, open_programs.found(context.paths, is_on), is_on):
            return 1
        is_shared = bool(library.path.exists() and library.is_shared)
        with open_programs.nobody_enters(context.paths, is_on):
            erased = erasing.erase_archive(
                context.paths, path, cache_path, library, marks=options.all
            )
    running.remove(running.folder_of(context.paths.state))
    is_gone = not os.access(path, os.F_OK)
    if not erased:
        unknown_note = _unknown(erased)
        gone_note = "there is no such folder or file, and " if is_gone else ""
        raise NotFoundError(
            f"{path}: {gone_note}no data about it is kept"
            f"{'; ' if unknown_note else ''}{unknown_note}"
        )
    if is_gone:
        say(f"{path}: there is no such folder or file; the data kept about it was removed")
    if options.json:
        emit_json(_answer(erased))
    else:
        for sentence in _sentences(erased, foreign=not cache.is_own(cache_path), is_gone=is_gone):
            say(sentence)
        if is_shared and erased.traces.library.marks:
            say(
                "other readers keep the bookmarks you shared, and a sync does not bring them "
                "back unless someone changes one"
            )
    if failed_visitors := [
        f"{visitor.home}: {visitor.failure}" for visitor in erased.visitors if visitor.failure
    ]:
        raise LibraryError("\n".join(failed_visitors))
    return 0


def _may_remove_marks(
    context: CommandContext, path: Path, library: Library, cables: erasing.KnownCables
) -> bool:
    """Ask about bookmarks that would be removed, and return whether they may be removed.

    Raises `CacheError` if it is unknown which bookmarks belong to the archive.
    """
    all_marks = library.marks()
    visitors = erasing.homes(context.paths)
    if (all_marks or visitors) and cables.ids is None:
        raise CacheError(
            f"{path}: without its cache, it is unknown which of your bookmarks belong to it; "
            "nothing was removed (forget --everything needs no cache)"
        )
    marks = cables.marked(library)
    other_lists = {name for mark in all_marks if mark not in marks for name in mark.lists}
    lists_emptied = sorted({name for mark in marks for name in mark.lists} - other_lists)
    named_lists = (
        f", and the lists that this empties: {', '.join(lists_emptied)}" if lists_emptied else ""
    )
    visitors_marks: list[Mark] = []
    for visitor_home in visitors:
        with closing(Library(below(visitor_home).library)) as visitor_library:
            visitors_marks += cables.marked(visitor_library)
    questions = (
        [f"{path}: {_with_notes(marks)} of its cables will be removed{named_lists}."]
        if marks
        else []
    )
    if visitors_marks:
        questions.append(
            f"{path}: {_with_notes(visitors_marks)} of visitors in browsers will be removed."
        )
    return not questions or _confirmed(context, "\n".join(questions))


def _confirmed(context: CommandContext, question: str) -> bool:
    """Return whether the reader says yes. Raises `UsageError` if there is no terminal to ask on."""
    no_terminal = (
        "this cannot be undone, and there is no terminal to ask for confirmation: add --yes"
    )
    question = f"{question}\nThis cannot be undone."
    return context.options.yes or _agreed(question, "Remove? [y/N] ", no_terminal)


def _agreed(subject: str, question: str, no_terminal: str, hint: str = "") -> bool:
    """Print what would be removed or ended, and return whether the reader agrees.

    Raises `UsageError` with the message `no_terminal` if there is no terminal to ask on.
    """
    if not can_ask():
        raise UsageError(no_terminal)
    say(subject)
    if says_yes(question):
        return True
    say(f"nothing was removed{hint}")
    return False


def _ended(
    context: CommandContext, programs: Sequence[Running], is_concerned: open_programs.Which
) -> bool:
    """End the open programs, and return False if the reader does not agree.

    Raises `UsageError` if there is no terminal to ask on, and `CacheError` if a program cannot be
    ended.
    """
    if programs:
        names = "\n".join(f"  {open_programs.named(program)}" for program in programs)
        open_programs_text = (
            f"these programs are still open and would write the removed files again:\n{names}"
        )
        if not all(program.is_here and program.certain for program in programs):
            raise CacheError(
                f"{open_programs_text}\nClose the programs that cannot be ended from here. "
                "Nothing was removed"
            )
        no_terminal = (
            f"{open_programs_text}\nNothing was removed: close them, or add --end to end them"
        )
        if context.options.yes and not context.options.end:
            raise UsageError(no_terminal)
        try_again = ": close them, and try again"
        if not (
            context.options.end
            or _agreed(open_programs_text, "End them now? [y/N] ", no_terminal, try_again)
        ):
            return False
    open_programs.end(context.paths, programs, is_concerned)
    for program in programs:
        say(f"ended: {open_programs.named(program)}")
    return True


def _with_notes(marks: Sequence[Mark]) -> str:
    """Return a count of bookmarks and notes, such as `2 bookmarks (1 note)`."""
    notes = sum(bool(mark.note) for mark in marks)
    return counted(len(marks), "bookmark") + (f" ({counted(notes, 'note')})" if notes else "")


def _unknown(erased: erasing.Erased) -> str:
    """Return a message about what is unknown without the cache, or an empty string."""
    if erased.cables.ids is not None or not (erased.marks or erased.searches):
        return ""
    return (
        "without its cache, its cables are unknown, so your reading history may remain (if "
        "the folder still exists, run `cable-tui index` on it, then `forget` again)"
    )


def _answer(erased: erasing.Erased) -> ForgetAnswer:
    traces, erased_library = erased.traces, erased.traces.library
    return picked(
        ForgetAnswer,
        erased_library,
        **{kept_file.forgotten[2]: count for kept_file, count in traces.of_tools},
        missing=not os.access(erased.path, os.F_OK),
        cache=erased.cache,
        history=traces.history,
        last_archive=traces.last_archive,
        marks_kept=len(erased.marks),
        marks_kept_of_it=len(erased.of_it),
        not_cleaned=tuple(map(str, erased_library.left)),
        visitors=tuple(
            ForgottenVisitor(
                home=str(visitor.home),
                read=visitor.traces.library.read if visitor.traces else 0,
                marks=visitor.traces.library.marks if visitor.traces else 0,
                marks_kept_of_it=len(visitor.kept),
                removed=visitor.gone,
            )
            for visitor in erased.visitors
        ),
    )


def _sentences(erased: erasing.Erased, *, foreign: bool, is_gone: bool) -> Iterator[str]:
    path = erased.path
    removed_names = [f"its cache ({erased.cache / 1e6:,.1f} MB)"] if erased.cache else []
    if removed_names := [*removed_names, *_in_words(erased.traces)]:
        untouched_note = "" if is_gone else ". The files of the archive are untouched"
        yield f"{path}: forgotten: {', '.join(removed_names)}{untouched_note}"
    for visitor in erased.visitors:
        yield from _visitor_sentences(visitor)
    if foreign:
        yield "its cache belongs to another user, so it was left in place"
    yield from _kept(erased)
    if unknown_note := _unknown(erased):
        yield unknown_note
    elif erased.cables.ids is not None and not erased.cables.all:
        yield "it was not completely indexed: the history of unindexed cables was kept"
    for file in erased.traces.library.left:
        yield f"{file} is damaged and could not be cleaned; if it contains more data, remove it"


def _in_words(
    traces: erasing.Traces, reader: str = "you", possessive: str = "your"
) -> Iterator[str]:
    """Yield descriptions of a reader's removed traces."""
    erased_library = traces.library
    if traces.history:
        yield f"{possessive} position and searches in it"
    for kept_file, count in traces.of_tools:
        singular, plural_name, _ = kept_file.forgotten
        if count:
            yield counted(count, singular, plural_name)
    if traces.last_archive:
        yield "its place as the archive that was opened last"
    if erased_library.read:
        yield f"the list of cables that {reader} read in it ({erased_library.read:,})"
    if erased_library.changes:
        yield f"{counted(erased_library.changes, 'earlier state')} of bookmarks and notes"
    if erased_library.marks:
        yield counted(erased_library.marks, "bookmark")
    yield from (f"the list {name}" for name in erased_library.lists)
    if erased_library.copies:
        copies_text = counted(erased_library.copies, "dated copy", "dated copies")
        yield f"the same data in {copies_text} of {possessive} bookmarks"


def _visitor_sentences(visitor: erasing.Visitor) -> Iterator[str]:
    name = f"visitor {visitor.home.name[:_NAMED]}"
    if visitor.failure:
        yield f"{name}: {visitor.failure}"
    if visitor.gone:
        yield f"{name}: forgotten, with the home {visitor.home}: nothing else was in it"
    elif visitor.traces:
        yield f"{name}: forgotten: {', '.join(_in_words(visitor.traces, 'they', 'their'))}"
    if visitor.kept:
        yield f"{name}: data kept about it: {_with_notes(visitor.kept)}; forget --all removes them"


def _kept(erased: erasing.Erased) -> Iterator[str]:
    of_it = erased.of_it
    if of_it:
        list_names = {name for mark in of_it for name in mark.lists}
        in_lists = f" in {counted(len(list_names), 'list')}" if list_names else ""
        yield f"kept for this archive: {_with_notes(of_it)}{in_lists}; forget --all removes them"
    other_marks = len(erased.marks) - len(of_it)
    things_left = (
        [counted(other_marks, "bookmark") + " not for this archive"] if other_marks else []
    )
    if searches := len(erased.searches):
        things_left.append(counted(searches, "saved search", "saved searches"))
    things_left += [f"the last copied text ({erased.copied})"] if erased.copied else []
    things_left += [f"{content} ({file})" for content, file in erased.of_tools]
    if things_left:
        yield f"kept: {', '.join(things_left)}; forget --everything removes all"


def _everything(context: CommandContext) -> int:
    """Remove all data; return 1 if the answer was no. Raises `NotFoundError` if there is none.

    Files that are not removed are always listed. If something cannot be removed, everything else is
    removed, and a `CacheError` at the end names it.
    """
    paths, with_settings = context.paths, not context.options.config
    by_content = {
        kind_of_file: places
        for kind_of_file, places in erasing.kept_places(paths, settings=with_settings)
        if places
    }
    programs = open_programs.found(paths, _every)
    if not by_content and not programs:
        _say_stays(_stays(context, []))
        raise NotFoundError("nothing is kept; `cable-tui paths` lists where it would be")
    question_lines = [
        f"  {kind_of_file}: {places[0].parent}" for kind_of_file, places in by_content.items()
    ]
    question_lines += [f"  open: {open_programs.named(program)}" for program in programs]
    question = "\n".join(["all the program's data will be removed:", *question_lines])
    if not _confirmed(context, question) or not _ended(context, programs, _every):
        return 1
    with open_programs.nobody_enters(paths, _every):
        erased_files = erasing.erase_everything(paths, settings=with_settings)
    erasing.remove_empty(paths)
    places_that_stay = [*erased_files.linked, *_stays(context, list(erased_files.failed))]
    if context.options.json:
        field_names = {key: name for name, key in json_names(ForgetEverythingAnswer).items()}
        removed = {
            field_names[kind_of_file]: tuple(map(str, places))
            for kind_of_file, places in erased_files.removed.items()
        }
        stays = tuple(str(place) for place, _ in places_that_stay)
        emit_json(ForgetEverythingAnswer(**removed, stays=stays))
    elif erased_files.removed:
        say(f"removed: {', '.join(erased_files.removed)}. The files of your archives are untouched")
    _say_stays(places_that_stay)
    if erased_files.failed:
        raise CacheError("\n".join(erased_files.failed.values()))
    return 0


def _every(_: Running) -> bool:
    return True


def _stays(context: CommandContext, failed: list[Path]) -> list[tuple[Path, str]]:
    """Return the files that stay in the program's folders, each with the reason."""
    paths, named_config = context.paths, context.options.config
    places_that_stay = [(paths.config, "settings files you named")] if named_config else []
    own_folders = [
        paths.data,
        paths.state,
        paths.cache,
        *(() if named_config else (paths.config.parent,)),
    ]
    for folder in dict.fromkeys(own_folders):
        with suppress(OSError):
            places_that_stay += [(file, _why(file, failed)) for file in sorted(folder.iterdir())]
    usual_cache = find_paths(context.environ).cache
    if usual_cache != paths.cache and usual_cache.is_dir():
        places_that_stay.append((usual_cache, "caches outside the folder you named"))
    older_folders = temporary_folder.of_older_versions()
    return places_that_stay + [
        (folder, "from an older version, which may still be using it") for folder in older_folders
    ]


def _why(own_path: Path, failed: list[Path]) -> str:
    """Return why a file or folder of the program was not removed."""
    if any(own_path == failed_place or own_path in failed_place.parents for failed_place in failed):
        return "could not be removed"
    return "does not belong to the program" if cache.is_own(own_path) else "you cannot write there"


def _say_stays(stays: list[tuple[Path, str]]) -> None:
    for place, reason in stays[:_MOST_NAMED]:
        say(f"kept: {place}: {reason}")
    if (places_more := len(stays) - _MOST_NAMED) > 0:
        say(f"kept: {counted(places_more, 'other file')} in the same folders")
    say(f"kept: {_ALWAYS}")
