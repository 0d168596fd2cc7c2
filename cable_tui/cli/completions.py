"""`cable-tui completions`: prints a script with which a shell completes this command line.

It is made from the parsers of the commands, so a new command or option is in it at once.
"""

from __future__ import annotations

import argparse
import shlex
from collections.abc import Iterator

from cable_tui.cli.context import Context, emit
from cable_tui.value import Value


class _Command(Value):
    name: str
    """Empty for the command line without one."""
    help: str
    options: tuple[argparse.Action, ...]
    words: tuple[str, ...]
    """What its first word may be, where that is fixed."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.add_argument("shell", choices=tuple(_SHELLS), help="for which shell")


def run(context: Context) -> int:
    """Print the script."""
    emit("\n".join(_SHELLS[context.options.shell](list(_commands()))) + "\n")
    return 0


def _commands() -> Iterator[_Command]:
    from cable_tui.cli.command_table import OPEN, VERBS
    from cable_tui.cli.options import parser_of

    for verb in (OPEN, *VERBS.values()):
        actions = parser_of(verb)._actions
        words = [each.choices for each in actions if not each.option_strings and each.choices]
        yield _Command(
            "" if verb is OPEN else verb.name,
            verb.help,
            tuple(each for each in actions if each.option_strings),
            tuple(words[0]) if words else (),
        )


def _has_value(option: argparse.Action) -> bool:
    return option.nargs != 0


def _takes_file(option: argparse.Action) -> bool:
    return _has_value(option) and option.metavar in {"FILE", "DIR", "PATH"}


def _values(option: argparse.Action) -> tuple[str, ...]:
    """What may follow; empty where it is a file, or a word of the reader's own."""
    return tuple(map(str, option.choices or ()))


def _bash(commands: list[_Command]) -> Iterator[str]:
    names = " ".join(command.name for command in commands if command.name)
    yield "# bash: source <(cable-tui completions bash)"
    yield "_cable_tui() {"
    yield '    local word verb="" current=${COMP_WORDS[COMP_CWORD]}'
    yield "    local before=${COMP_WORDS[COMP_CWORD-1]}"
    yield '    for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do'
    yield f'        case " {names} " in *" $word "*) verb=$word; break;; esac'
    yield "    done"
    yield '    case "$verb $before" in'
    for command in commands:
        for option in command.options:
            if _has_value(option):
                cases = "|".join(
                    shlex.quote(f"{command.name} {name}") for name in option.option_strings
                )
                yield f"        {cases}) {_bash_words(_values(option))} return;;"
    yield "    esac"
    yield '    case "$verb $current" in'
    for command in commands:
        options = " ".join(name for option in command.options for name in option.option_strings)
        yield f"        {shlex.quote(command.name)}\\ -*) {_bash_words(options.split())} return;;"
    for command in commands:
        if command.words:
            yield f"        {shlex.quote(command.name)}\\ *) {_bash_words(command.words)}"
            yield "            (( ${#COMPREPLY[@]} )) && return;;"
    yield "    esac"
    yield f'    [[ -z $verb ]] && mapfile -t COMPREPLY < <(compgen -W "{names}" -- "$current")'
    yield '    mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -f -- "$current")'
    yield "    compopt -o filenames 2>/dev/null"
    yield "}"
    yield "complete -o default -F _cable_tui cable-tui"


def _bash_words(words: list[str] | tuple[str, ...]) -> str:
    if not words:
        return "COMPREPLY=();"
    return f'mapfile -t COMPREPLY < <(compgen -W "{" ".join(words)}" -- "$current");'


def _zsh(commands: list[_Command]) -> Iterator[str]:
    yield "#compdef cable-tui"
    yield "# zsh: cable-tui completions zsh > a folder of $fpath/_cable-tui"
    yield "_cable_tui() {"
    yield "    local word verb=''"
    names = "|".join(command.name for command in commands if command.name)
    yield "    for word in ${words[2,CURRENT-1]}; do"
    yield f"        case $word in ({names}) verb=$word; break;; esac"
    yield "    done"
    yield "    case $verb in"
    for command in commands:
        yield f"        ({shlex.quote(command.name)})"
        lines = [shlex.quote(line) for option in command.options for line in _zsh_option(option)]
        if command.words:
            lines.append(shlex.quote(f"1:what:({' '.join(command.words)})"))
        if not command.name:
            lines.append(shlex.quote("1:command:_cable_tui_commands"))
        yield "            _arguments -s " + " ".join([*lines, shlex.quote("*:path:_files")]) + ";;"
    yield "    esac"
    yield "}"
    yield "_cable_tui_commands() {"
    described = " ".join(
        shlex.quote(f"{command.name}:{_zsh_text(command.help)}")
        for command in commands
        if command.name
    )
    yield f"    local -a all=({described})"
    yield "    _describe command all"
    yield "    _files"
    yield "}"
    yield "compdef _cable_tui cable-tui"


def _zsh_option(option: argparse.Action) -> Iterator[str]:
    for name in option.option_strings:
        value = ""
        if _has_value(option):
            values = " ".join(_values(option))
            value = f":value:({values})" if values else ":value:"
            value = ":file:_files" if _takes_file(option) else value
        yield f"{name}[{_zsh_text(option.help or '')}]{value}"


def _zsh_text(text: str) -> str:
    """A help line without the characters that zsh would interpret."""
    return text.translate({ord(sign): None for sign in "[]:\\'\"`"})


def _fish(commands: list[_Command]) -> Iterator[str]:
    yield "# fish: cable-tui completions fish > ~/.config/fish/completions/cable-tui.fish"
    names = " ".join(command.name for command in commands if command.name)
    for command in commands:
        if command.name:
            when = f'-n "not __fish_seen_subcommand_from {names}"'
            yield f"complete -c cable-tui {when} -a {command.name} -d {_fish_text(command.help)}"
        here = command.name or names
        when = f'-n "{"" if command.name else "not "}__fish_seen_subcommand_from {here}"'
        if command.words:
            yield f"complete -c cable-tui {when} -a {_fish_text(' '.join(command.words))}"
        for option in command.options:
            yield f"complete -c cable-tui {when}{_fish_option(option)}"


def _fish_option(option: argparse.Action) -> str:
    line = "".join(
        f" -l {name[2:]}" if name.startswith("--") else f" -s {name[1:]}"
        for name in option.option_strings
        if name.startswith("--") or len(name) == 2
    )
    if _has_value(option):
        line += " -r" if _takes_file(option) else " -x"
    if values := _values(option):
        line += f" -a {_fish_text(' '.join(values))}"
    return f"{line} -d {_fish_text(option.help or '')}"


def _fish_text(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


_SHELLS = {"bash": _bash, "zsh": _zsh, "fish": _fish}
