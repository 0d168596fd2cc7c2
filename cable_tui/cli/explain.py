"""`cable-tui explain`: print what TAGS, posts, captions, markings and acronyms mean."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from cable_tui.base.errors import UsageError
from cable_tui.cli.shared.command_context import CommandContext, say
from cable_tui.cli.shared.opened_archive import opened_archive
from cable_tui.cli.shared.options import Parser
from cable_tui.cli.shared.row_pages import emit_rows
from cable_tui.glossary import terms
from cable_tui.glossary.terms import Explanation
from cable_tui.text import clean_line

if TYPE_CHECKING:  # a word alone needs no archive
    from cable_tui.archive.catalogue.passes import Pass


def configure(parser: Parser) -> None:
    """Add the options of the command."""
    parser.add_argument(
        "words",
        nargs="+",
        metavar="[PATH] WORD...",
        help="words or codes; with an archive, also one of its cables or paragraphs (REF[#N]), "
        "or words that its cables may spell "
        "out",
    )
    exclusive_options = parser.one_of()
    exclusive_options.add_argument(
        "--word", metavar="WORD", help="what this word means in the cable"
    )
    exclusive_options.add_flag("--header", "the transmission header")
    parser.add_flag("--json", "one JSON array")
    parser.add_rows("print at most N terms")
    parser.add_no_index()


def run(context: CommandContext) -> int:
    """Print each term with its meanings, and return 1 if none is known."""
    options = context.options
    first_word, *other_words = options.words
    asks_about_cable = options.header or options.word
    explanations: Sequence[Explanation]
    if other_words and _is_path(first_word):
        explanations = _in_archive(context, first_word, other_words)
    elif asks_about_cable:
        raise UsageError("--word and --header need PATH and REF")
    else:
        explanations = [
            explanation for word in options.words for explanation in terms.explain_word(word)
        ]
    emit_rows(
        context,
        explanations,
        lambda shown: chain.from_iterable(map(_lines, shown)),
        rows_name="terms",
    )
    is_known = any(explanation.meaning for explanation in explanations)
    if not is_known and not other_words:
        say(f"to search your cables for it, run cable-tui explain PATH {first_word}")
    return 0 if is_known else 1


def _is_path(text: str) -> bool:
    """Return whether a word is a path: it exists, or begins with `/`, `~` or `.`."""
    return text.startswith(("/", "~", ".")) or Path(text).exists()


def _in_archive(context: CommandContext, path: str, words: Sequence[str]) -> Sequence[Explanation]:
    """Return explanations for a cable's terms, or for words, the archive's own meanings first."""
    from cable_tui.api.explained_words import explained, is_reference  # a word needs no archive

    word, header = context.options.word or "", context.options.header
    if (word or header) and len(words) > 1:
        raise UsageError("--word and --header need one REF")
    is_cable = word or header or all(map(is_reference, words))
    needs: Sequence[Pass] = ("facts",) if is_cable else ("facts", "grammar", "text")
    with opened_archive(context, Path(path), needs=needs) as archive:
        return explained(archive, words, word=word, header=header)


def _lines(explanation: Explanation) -> Iterator[str]:
    """Yield lines such as `KTIP: Trafficking in Persons (TAG, subject)`, one for each meaning."""
    term = clean_line(explanation.term)
    kind_and_evidence = ", ".join(filter(None, (explanation.kind, explanation.evidence)))
    meaning = clean_line(explanation.meaning) or "not in the tables"
    yield f"{term}: {meaning}{f' ({kind_and_evidence})' if kind_and_evidence else ''}"
    for other_meaning in explanation.others:
        evidence = f" ({other_meaning.evidence})" if other_meaning.evidence else ""
        yield f"{term}, or: {clean_line(other_meaning.meaning)}{evidence}"
