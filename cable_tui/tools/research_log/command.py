"""`cable-tui log`: print the research log, which contains all searches whose answer was viewed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cable_tui.cli.shared.command_context import CommandContext, say, write_out
from cable_tui.cli.shared.options import Parser
from cable_tui.cli.shared.row_pages import RowPages
from cable_tui.operating_system.files import true_path
from cable_tui.text import clean_line
from cable_tui.text.numbers import counted
from cable_tui.tools.research_log import log_file as research_log
from cable_tui.tools.research_log.log_file import Log

_FORMS = ("text", "markdown", "csv", "csv-raw", "json")


def configure(parser: Parser) -> None:
    """Add the options of the command."""
    parser.add_path("only this archive's searches", optional=True)
    form = parser.one_of()
    form.add_choice("--format", _FORMS, "text", "; markdown is a methods appendix")
    form.add_flag("--json", "same as --format json: one JSON array")
    parser.add_rows("print at most N searches")
    parser.add_output()


def _nothing_logged(path: Path | None) -> str:
    if path is not None and not path.expanduser().exists():
        return f"{path}: no such folder, and no searches in it are logged"
    return "no searches are logged"


def run(context: CommandContext) -> int:
    """Print the searches, oldest first. An empty log is not an error."""
    options = context.options
    log = research_log.read(research_log.file_beside(context.paths.library))
    if options.path is not None:
        log = log.of(true_path(options.path.expanduser()))
        if options.output is not None:
            from cable_tui.archive.cache import refuse_output  # most logs are printed

            refuse_output(options.output, options.path)
    options.json |= options.format == "json"
    pages = RowPages(options, log.entries, "log", options.path)
    shown = log._replace(entries=log.entries[pages.start : pages.end()])
    page = pages.page(len(shown.entries), len(log.entries)) if options.page else None
    if options.json:
        from cable_tui.tools.research_log import methods  # most logs are lists

        pieces = methods.json(pages.rows(map(methods.logged, shown.entries)), page)
    else:
        pieces = _pieces(shown, options.format)
    write_out(options.output, pieces)
    if options.output is not None:
        from cable_tui.tools.research_log import methods  # most logs are printed

        say(f"{methods.searches(len(shown.entries))} written to {options.output}")
    if log.damaged:
        was_or_were = "was" if log.damaged == 1 else "were"
        say(f"{counted(log.damaged, 'damaged line')} in the log {was_or_were} skipped")
    if not log.entries:
        say(
            _nothing_logged(options.path)
            if context.settings.log
            else "the log is off (log = false in the settings)"
        )
    return 0


def _pieces(log: Log, form: str) -> Iterator[str]:
    if form == "text":
        return _lines(log)
    from cable_tui.tools.research_log import methods  # a plain list needs no exports

    write_log = {
        "markdown": methods.markdown,
        "csv": methods.csv,
        "csv-raw": methods.raw_csv,
    }[form]
    return write_log(log)


def _lines(log: Log) -> Iterator[str]:
    for entry in log.entries:
        search = entry.search
        entry_text = f"{entry.at}  {search.found:>9,}  {search.query}  ({search.way})"
        yield f"{clean_line(entry_text)}\n"
