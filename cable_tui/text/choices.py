"""A message about an unknown choice: it suggests the intended one or lists all choices."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

_NEAR = 0.7
"""How similar a word must be to a choice, from 0 to 1, to count as a typing error for it."""
_INSTEAD: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "chicago": ("Chicago", ("note",)),
    "footnotes": ("a footnote", ("footnote",)),
    "apa mla zotero endnote": ("a reference manager", ("ris",)),
    "bib latex tex": ("LaTeX", ("biblatex",)),
    "xlsx xls excel ods tsv spreadsheet": ("a spreadsheet", ("csv",)),
    "docx doc word odt pdf epub": ("a word processor or a printer", ("html",)),
    "json ndjson": ("JSON", ("jsonl", "csl-json", "json")),
    "obsidian": ("Obsidian", ("markdown",)),
    "gephi": ("Gephi", ("gexf",)),
    "txt plain": ("plain text", ("text",)),
    "new latest": ("the newest first", ("-created",)),
    "old earliest": ("the oldest first", ("created",)),
    "score rank best": ("the best first", ("relevance",)),
    "size words": ("the shortest first", ("length",)),
    "origin embassy country sender": ("who sent a cable", ("post",)),
    "day date-time decade": ("a shorter time than a year", ("month",)),
}
"""Values that people try for an option, each with its subject and the names that can be used
instead.
"""


def refusal(value: str, known: Iterable[str], *, is_field: bool = False) -> str:
    """Return a message that suggests a known value for an unknown value of an option.

    For the name of a field, only another field can be meant, not a value that people try.
    """
    import difflib  # only for a mistake

    choice_names = tuple(known)
    instead = {} if is_field else _INSTEAD
    advice_by_word = {
        word: f"for {task}, use {name}"
        for common_words, (task, better_names) in instead.items()
        for name in reversed(better_names)  # the first one that is known
        if name in choice_names
        for word in common_words.split()
    }
    folded_value = value.casefold()
    near_names = difflib.get_close_matches(
        folded_value, {**advice_by_word, **dict.fromkeys(choice_names)}, n=1, cutoff=_NEAR
    )
    if not near_names:
        return f"{value}: not one of {', '.join(choice_names)}"
    return f"{value}: {advice_by_word.get(near_names[0]) or f'did you mean {near_names[0]}?'}"
