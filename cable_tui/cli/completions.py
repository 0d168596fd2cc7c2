"""`cable-tui completions`: print a script that lets a shell complete this command line.

shtab makes the script from the commands' parsers, so a new command or option is completed at once.
This module adds what shtab cannot know: the first word may also be an archive, the query has
prefixes, and file names may contain spaces.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping

from cable_tui.cli.command_table import OPEN, VERBS
from cable_tui.cli.shared.command_context import CommandContext, emit
from cable_tui.cli.shared.options import HELP, Parser, every_parser

_PROGRAM = "cable-tui"
_BEFORE = {
    "bash": """\
_cable_tui_files() {
  compgen -f -- "$1"
}
_cable_tui_dirs() {
  compgen -d -- "$1"
}
_cable_tui_query() {
  case "${COMP_WORDS[COMP_CWORD-1]}$1" in *:*) return ;; esac
  compgen -W "FILTERS" -- "$1"
}""",
    "zsh": """\
_cable_tui_query() {
  compadd -S '' -- FILTERS
}
functions[_cable_tui_verbs]=$functions[_shtab_cable_tui_commands]
_shtab_cable_tui_commands() {
  _cable_tui_verbs
  _files
}""",
    "powershell": """\
function _cable_tui_query {
  param([string]$WordToComplete)
  'FILTERS'.Split(' ') | Where-Object { $_ -like "$WordToComplete*" }
}""",
}
"""The text before each shell's completions: the functions that they call, and in zsh also the files
that are offered along with the commands.
"""
_AFTER = {
    "bash": """
_shtab_cable_tui_pos_0_COMPGEN=_cable_tui_files
_cable_tui() {
  _shtab_cable_tui
  # A filter goes on with its value. bash 3.2 has no compopt, and sets a blank.
  [[ ${COMPREPLY[0]-} == *: ]] && compopt -o nospace 2>/dev/null
  return 0
}
complete -o bashdefault -F _cable_tui cable-tui
""",
    "fish": """
complete -c cable-tui -n 'not __fish_seen_subcommand_from COMMANDS' -F
""",
    "powershell": """
$_shtab_cable_tui_compgens['_shtab_cable_tui_pos_0'] = '_shtab_powershell_compgen_files'
""",
}
"""The text after each shell's completions: the files that are offered along with the commands."""
_SHELLS = ("bash", "zsh", "fish", "powershell")


def configure(parser: Parser) -> None:
    """Add the options of the command."""
    parser.add_argument("shell", choices=_SHELLS, help="the shell to print completions for")


def run(context: CommandContext) -> int:
    """Print the completion script for the requested shell."""
    # Imported late: no other command needs them.
    import shtab

    from cable_tui.query.reference_table import PREFIX_HELP

    shell_name = context.options.shell
    filters = " ".join(f"{prefix}:" for prefix in PREFIX_HELP)
    preamble = _BEFORE.get(shell_name, "").replace("FILTERS", filters)
    script = shtab.complete(_whole_parser(filters), shell_name, preamble=preamble)
    if shell_name == "zsh":
        script = script.replace('"(*)::', '"*:')  # every word of a query, not the first alone
    script_end = _AFTER.get(shell_name, "").replace("COMMANDS", " ".join(VERBS))
    emit(f"{script.rstrip()}\n{script_end}")
    return 0


def _whole_parser(filters: str) -> argparse.ArgumentParser:
    """Return the command line as one parser, with a subparser for each command and action."""
    import shtab

    query_completion = dict.fromkeys(_SHELLS, "_cable_tui_query") | {"fish": filters}
    completion_by_metavar = {
        "PATH": shtab.FILE | {"bash": "_cable_tui_files"},
        "FILE": shtab.FILE | {"bash": "_cable_tui_files"},
        "DIR": shtab.DIRECTORY | {"bash": "_cable_tui_dirs"},
        "QUERY": query_completion,
    }
    root_parser = argparse.ArgumentParser(_PROGRAM, add_help=False)
    subparsers = {OPEN.name: root_parser.add_subparsers()}
    for parser in every_parser():
        verb, subparser = parser.verb, root_parser
        parent_verb, _, last_word = verb.name.rpartition(" ")
        if verb is not OPEN:
            subparser = subparsers[parent_verb or OPEN.name].add_parser(
                last_word, help=verb.help, add_help=False
            )
        if parser.actions and not parent_verb:
            subparsers[verb.name] = subparser.add_subparsers()
        for action in parser._actions:
            # The first word of the line, and of a command with actions, has its parsers already.
            is_word = not action.option_strings
            if not (is_word and (verb.name in subparsers or action.help == argparse.SUPPRESS)):
                subparser._add_action(_completed(action, completion_by_metavar))
    help_parser = subparsers[OPEN.name].add_parser(HELP, help="explain a command", add_help=False)
    help_parser.add_argument("command", choices=(*VERBS, "queries"), help="a command")
    return root_parser


def _completed(
    action: argparse.Action, completion_by_metavar: Mapping[str, object]
) -> argparse.Action:
    """Return the same option or argument, with the completion that a shell offers for its value."""
    action.choices = action.choices or vars(action).get("offered")
    if action.choices:
        action.help = action.dest  # its help would list them, beside each of them
    for metavar, shell_completion in completion_by_metavar.items():
        if metavar in (action.metavar or ""):
            vars(action)["complete"] = shell_completion
    return action
