"""The options of `check` that repair, follow or audit a draft."""

from __future__ import annotations

from cable_tui.base.errors import UsageError
from cable_tui.cli.shared.command_context import CommandContext, file_or_stdout
from cable_tui.cli.shared.options import Parser

_NOT_TOGETHER = ("fix", "watch", "report", "room")


def configure(parser: Parser) -> None:
    """Add the options."""
    parser.add_flag("--fix", "write a corrected copy, with certain corrections only; needs -o")
    parser.add_flag("--cite", "with --fix: also add citations that are certain")
    parser.add_flag("--watch", "check again after each save, until you press ctrl-c")
    parser.add_argument(
        "--report",
        metavar="NAME",
        choices=("html",),
        help="html: a printable audit of a draft or of a folder of chapters",
    )
    parser.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        type=file_or_stdout,
        help="the file for the copy (--fix) or the page (--report); - is stdout",
    )


def run(context: CommandContext) -> int | None:
    """Run the chosen option; return None if none of them is used."""
    options = context.options
    given = [name for name in _NOT_TOGETHER if getattr(options, name)]
    if len(given) > 1:
        raise UsageError(f"--{given[0]} and --{given[1]} cannot be combined")
    if options.cite and not options.fix:
        raise UsageError("--cite needs --fix")
    if options.output is not None and not (options.fix or options.report):
        raise UsageError("-o needs --fix or --report html")
    if options.fix:
        from cable_tui.tools.repair import fixing

        return fixing.run(context)
    if options.watch:
        from cable_tui.tools.repair import watching

        return watching.run(context)
    if options.report:
        from cable_tui.tools.repair import auditing

        return auditing.run(context)
    return None
