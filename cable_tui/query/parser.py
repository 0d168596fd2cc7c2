"""Parse a line of text into a `Query`: scan the tokens, then descend once. Linear and total.

In older programs two filters with `has:`, `is:`, `said:` or `comment:` were alternatives; now both
must match. Texts stored now have `and` or `or` between two such filters, which every version reads
in the same way. A stored text with neither is therefore from an older program.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from cable_tui.base.pattern import pattern
from cable_tui.base.value import replace
from cable_tui.query import other_operators, unknown_prefix
from cable_tui.query.facets import FACETS, days_of
from cable_tui.query.fields import CHOICES, FIELDS, NARROWING, TEXTS, choice
from cable_tui.query.model import (
    OPERATORS,
    SHORT,
    SORTS,
    Complaint,
    Filter,
    Group,
    Phrase,
    Query,
    Range,
    Sample,
    Term,
    Word,
    prefix_of,
    sample_named,
    sort_key,
)
from cable_tui.query.unknown_prefix import plain_name
from cable_tui.text import is_blankless, words

MAX_LENGTH = 2000
"""The maximum length of a query in characters; a longer query is refused."""
MAX_TERMS = 64
MAX_DEPTH = 20
MAX_SLOP = 99
"""The maximum number of words allowed between two words in a proximity search; a larger number
causes a complaint.
"""

_ALIASES = {
    "year": "date",
    "created": "date",
    "classification": "class",
    "tags": "tag",
    "length": "len",
    "paragraphs": "paras",
    "order": "sort",
    "title": "subject",
    "text": "body",
    "fm": "from",
    "post": "origin",
    "sender": "from",
}


def _prefixes(*tables: Iterable[str]) -> frozenset[str]:
    """Return the prefixes in all tables. Raises `ValueError` if a prefix is in two of them."""
    tables_by_name = Counter(name for table in tables for name in table)
    if names_twice := sorted(name for name, count in tables_by_name.items() if count > 1):
        raise ValueError(f"a prefix of the query has two meanings: {', '.join(names_twice)}")
    return frozenset(tables_by_name)


PREFIXES = _prefixes(FACETS, FIELDS, TEXTS, _ALIASES, ("sort", "sample"))
"""Every word that has a meaning before a colon, including aliases."""
_MEANINGS = {**{name: name for name in PREFIXES}, **_ALIASES}


def prefix_named(word: str) -> str | None:
    """Return the prefix for a word before a colon, which may be an alias, or None if unknown."""
    return _MEANINGS.get(plain_name(word))


_TOKEN = pattern(
    r"""(?P<blank>\s+)
      | (?P<open>-?\()
      | (?P<close>\))
      | (?P<atom>-?(?:(?P<prefix>[A-Za-z](?:[A-Za-z_-]{0,30}[A-Za-z])?):)?
          (?: "(?P<quoted>[^"]*)(?P<end>"?)(?P<tail>\*|~\d*)?
            | (?P<bare>[^\s"()]+(?:\([^\s"()]*\)[^\s"()]*)*)
          )?
        )""",
    re.VERBOSE,
)
_NUMBERS = pattern(r"[0-9]+(?:[-/.:][0-9]+)+")
"""Numbers with punctuation between them, such as `9/11` or `1.4`."""
_BARE = pattern(r"(?P<exact>=?)(?P<text>.*?)(?P<tail>[*~]?)", re.DOTALL)


class _Reader:
    def __init__(self, text: str, *, typing: bool, older: bool) -> None:
        self.text = text
        self.typing = typing
        self.older = older
        self.at = 0
        self.count = 0
        self.complaints: list[Complaint] = []
        self.advice: dict[str, None] = {}
        self.sort = ""
        self.sample: Sample | None = None
        self.sample_column = 0
        """The position of the sample in the text."""
        self.last = -1
        """The position where the last word ends, or -1 before the first word."""

    def complain(self, column: int, reason: str) -> None:
        self.complaints.append(Complaint(column, reason))

    def shared(self, term: Term) -> str:
        """Return the prefix that a term shares with its alternatives, or an empty string."""
        return "" if term.negated else prefix_of(term, older=self.older)


def parse(text: str, *, typing: bool = False, older: bool = False) -> Query:
    """Parse `text` into a query, with its errors as complaints. Never raises.

    `typing` is for the search bar: the last word is a prefix until a space follows it, unfinished
    parts are not mistakes, and complaints are withheld until then. `older` reads brackets and `and`
    as older programs did.
    """
    if len(text) > MAX_LENGTH:
        reason = (
            f"a query can have at most {MAX_LENGTH:,} characters, and this one has {len(text):,}"
        )
        return Query(complaints=(Complaint(MAX_LENGTH, reason, refuses=True),))
    reader = _Reader(text, typing=typing, older=older)
    alternatives = _alternatives(reader, 0)
    if alternatives[1:]:
        _refuse_sample(reader, None)
    terms = _and_terms(alternatives)
    if typing and reader.last == len(text):
        return Query(terms, sort=reader.sort, typed=True, sample=reader.sample)
    complaints, advice = tuple(reader.complaints), tuple(reader.advice)
    return Query(terms, complaints, reader.sort, advice, sample=reader.sample)


def _and_terms(alternatives: list[tuple[Term, ...]]) -> tuple[Term, ...]:
    """Return alternatives as terms for the level above; a single alternative needs no group."""
    deduplicated_alternatives = (tuple(dict.fromkeys(terms)) for terms in alternatives)
    nonempty_alternatives = tuple(
        dict.fromkeys(terms for terms in deduplicated_alternatives if terms)
    )
    if len(nonempty_alternatives) <= 1:
        return nonempty_alternatives[0] if nonempty_alternatives else ()
    return (Group(nonempty_alternatives),)


def _alternatives(reader: _Reader, depth: int) -> list[tuple[Term, ...]]:
    """Parse alternatives such as `a b or c`, up to the closing bracket or the end."""
    alternatives: list[tuple[Term, ...]] = []
    terms: list[Term] = []
    negated = joined = False
    while reader.at < len(reader.text):
        token = _TOKEN.match(reader.text, reader.at)
        if token is None or token.end() == token.start():  # a stray `"` or `:` means nothing
            reader.at += 1
            continue
        token_start, reader.at = reader.at, token.end()
        if token["blank"]:
            continue
        if token["close"]:
            if depth:
                break
            reader.complain(token_start, "this bracket has no opening bracket")
            continue
        folded_atom = token["atom"].casefold() if token["atom"] else ""
        if folded_atom == "or":
            alternatives.append(tuple(terms))
            terms = []
        elif folded_atom in ("and", "not"):
            negated = negated != (folded_atom == "not")
            joined = joined or folded_atom == "and"
        else:
            if token["open"]:
                new_terms = _group(reader, token, token_start, depth)
            else:
                new_terms = _atom(reader, token, negated=negated)
            if negated and new_terms:
                new_terms = [_inverse(tuple(new_terms))]
            terms += _apart(new_terms) if joined and _alike(reader, terms, new_terms) else new_terms
            negated = joined = False
    else:
        if depth and not reader.typing:
            reader.complain(len(reader.text), "a bracket is not closed")
    return [*alternatives, tuple(terms)]


def _group(reader: _Reader, token: re.Match[str], column: int, depth: int) -> list[Term]:
    if depth >= MAX_DEPTH:
        reader.complain(column, f"brackets cannot be nested deeper than {MAX_DEPTH}")
        return []
    sample_before = reader.sample
    inner_terms = _and_terms(_alternatives(reader, depth + 1))
    _refuse_sample(reader, sample_before)
    if token["open"].startswith("-"):
        return [_inverse(inner_terms)] if inner_terms else []
    return _apart(list(inner_terms)) if any(map(reader.shared, inner_terms)) else list(inner_terms)


def _alike(reader: _Reader, terms: list[Term], other_terms: list[Term]) -> bool:
    """Return whether both sides of an `and` have terms with the same prefix."""
    shared_prefixes = set(map(reader.shared, terms)) - {""}
    return any(reader.shared(term) in shared_prefixes for term in other_terms)


def _apart(terms: list[Term]) -> list[Term]:
    """Return the terms in separate brackets; `tag:mo (tag:ktip)` requires both."""
    return [Group((tuple(dict.fromkeys(terms)),))]


def _inverse(terms: tuple[Term, ...]) -> Term:
    if len(terms) != 1:
        return Group((terms,), negated=True)
    (only_term,) = terms
    if isinstance(only_term, Group) and not only_term.negated and len(only_term.alternatives) == 1:
        return _inverse(only_term.alternatives[0])
    return replace(only_term, negated=not only_term.negated)


def _atom(reader: _Reader, token: re.Match[str], *, negated: bool) -> list[Term]:
    reader.last = token.end()
    reader.count += 1
    if reader.count > MAX_TERMS:
        if reader.count == MAX_TERMS + 1:
            reader.complain(token.start(), f"only the first {MAX_TERMS} terms are used")
        return []
    is_negated = token["atom"].startswith("-")
    is_last_token = reader.typing and token.end() == len(reader.text)
    if token["quoted"] is not None and not token["end"] and not reader.typing:
        reader.complain(token.start("quoted") - 1, "the quotation is not closed")
    if (slop_text := (token["tail"] or "").removeprefix("~")).isdecimal() and int(
        slop_text
    ) > MAX_SLOP:
        reader.complain(token.start("tail"), f"at most {MAX_SLOP} words may be between them")
    atom_term: Term | None
    if token["prefix"] is None:
        atom_term = _text(token, last=is_last_token)
        if token["bare"] and (advice := other_operators.advice(token["bare"])):
            reader.advice[advice] = None
    elif (prefix_name := prefix_named(token["prefix"])) and not _is_label(
        token, last=is_last_token
    ):
        atom_term = _filter(
            reader, token, prefix_name, last=is_last_token, negated=negated != is_negated
        )
    else:
        atom_term = _no_prefix(reader, token, last=is_last_token, negated=negated != is_negated)
    if atom_term is None:
        return []
    return [replace(atom_term, negated=True) if is_negated else atom_term]


def _is_label(token: re.Match[str], *, last: bool) -> bool:
    """Return whether a capitalized prefix is a label in pasted text, such as `NOTE: the port`."""
    is_empty = token["quoted"] is None and token["bare"] is None
    return is_empty and not last and not token["prefix"].islower()


def _no_prefix(
    reader: _Reader, token: re.Match[str], *, last: bool, negated: bool
) -> Word | Phrase | None:
    """Return the text to search for in place of an unknown prefix and its value.

    Search for the value alone: the prefix is another archive's word, which the cables need not
    contain. For an exclusion, use the whole text, because excluding the value alone would exclude
    too much.
    """
    typed_prefix = token["prefix"]
    prefix_value = (token["quoted"] if token["quoted"] is not None else token["bare"]) or ""
    whole_text = f"{typed_prefix}:{prefix_value}"
    if not prefix_value and typed_prefix.casefold() not in OPERATORS:
        return Word(typed_prefix)
    value_term = (
        None if unknown_prefix.is_text(typed_prefix, prefix_value) else _text(token, last=last)
    )
    if value_term is not None:
        reason = unknown_prefix.reason(typed_prefix, prefix_value, _MEANINGS)
        reader.complaints.append(Complaint(token.start("prefix"), reason, unknown=True))
    if value_term is not None and not negated:
        return value_term
    return _marked(whole_text, last=last) if token["quoted"] is None else _phrase(whole_text)


def _filter(
    reader: _Reader, token: re.Match[str], name: str, *, last: bool, negated: bool
) -> Term | None:
    typed_prefix = token["prefix"]
    filter_value = (token["quoted"] if token["quoted"] is not None else token["bare"]) or ""
    prefix_column = token.start("prefix")
    if name in TEXTS and (text_term := _text(token, last=last)):
        return replace(text_term, field=name)
    filter_value = filter_value.replace('"', " ").strip()
    if not filter_value or name in TEXTS:
        if not reader.typing:
            reader.complain(token.end(), f"{typed_prefix}: needs a value, such as {_example(name)}")
        return None
    if name == "sort":
        _sort(reader, token, filter_value, last=last)
        return None
    if name == "sample":
        _sample(reader, token, filter_value, last=last, negated=negated)
        return None
    if name in FACETS and FACETS[name].kind == "date":
        return _range(reader, name, filter_value, prefix_column, last=last)
    return _value(reader, name, filter_value, prefix_column, last=last)


def _example(name: str) -> str:
    if name == "sort":
        return "sort:-created"
    if name == "sample":
        return "sample:200"
    known_facet = FACETS.get(name) or FIELDS.get(name) or TEXTS[name]
    return known_facet.help.split(": ", 1)[-1].split(", ", 1)[0]


def _sort(reader: _Reader, token: re.Match[str], value: str, *, last: bool) -> None:
    """Set the sort order of the whole query; the last order in the text applies."""
    order_name = sort_key(value)
    prefix_column = token.start("prefix")
    if order_name and not token["atom"].startswith("-"):
        reader.sort = order_name
    elif order_name:
        reader.complain(
            prefix_column, f"for descending order, write sort:-{order_name.removeprefix('-')}"
        )
    elif not last:
        reader.complain(prefix_column, f"there is no order {value}; sort: takes {', '.join(SORTS)}")


def _sample(
    reader: _Reader, token: re.Match[str], value: str, *, last: bool, negated: bool
) -> None:
    """Set the sample of the whole query, which has at most one."""
    sample, column = sample_named(value), token.start("prefix")
    if sample is None:
        if not last:
            reader.complain(column, "sample: takes a number, such as sample:200 or sample:20/year")
    elif negated:
        reader.complain(column, f'a sample cannot be excluded; write {sample} without "-" or "not"')
    elif reader.sample is not None:
        reader.complain(
            column, f"a query can have only one sample, and this one has {reader.sample}"
        )
    else:
        reader.sample, reader.sample_column = sample, column


def _refuse_sample(reader: _Reader, sample_before: Sample | None) -> None:
    """Refuse a sample that was read in brackets or beside an `or`, which it would not apply to."""
    if reader.sample is None or reader.sample is sample_before:
        return
    reader.complain(
        reader.sample_column,
        "a sample applies to the whole query; write it outside the brackets and alternatives, "
        f"such as (kelp or tuna) {reader.sample}",
    )
    reader.sample = sample_before


def _value(reader: _Reader, name: str, typed_value: str, column: int, *, last: bool) -> Term | None:
    known_facet = FACETS.get(name) or FIELDS[name]
    if reason := known_facet.complaint(typed_value):
        if not last:
            reader.complain(column, reason)
        return None
    if name in CHOICES:
        typed_value = choice(name, typed_value) or typed_value
    elif name in FIELDS and len(full_names := FIELDS[name].named(typed_value)) == 1:
        typed_value = full_names[0]
    return Filter(name, typed_value)


def _range(reader: _Reader, facet: str, value: str, column: int, *, last: bool) -> Term | None:
    range_start, range_separator, range_end = value.partition("..")
    if not range_separator:
        range_end = range_start
    if (
        (range_start or range_end)
        and (first_and_last_day := days_of(range_start, range_end))
        and first_and_last_day[0] <= first_and_last_day[1]
    ):
        return Range(facet, range_start, range_end)
    if not last:
        reader.complain(
            column, f"{value} is not a date or range, such as 2009, 2008-03..2009-02-13"
        )
    return None


def _text(token: re.Match[str], *, last: bool) -> Word | Phrase | None:
    if (quoted_text := token["quoted"]) is not None:
        wildcard = token["tail"] or ""
        slop = min(int(wildcard[1:] or 0), MAX_SLOP) if wildcard.startswith("~") else 0
        is_being_typed = last and not token["end"]
        return _phrase(
            quoted_text, prefix=wildcard == "*" or is_being_typed, typed=is_being_typed, slop=slop
        )
    bare_match = _BARE.fullmatch(token["bare"] or "")
    if bare_match is None or not (word_spans := list(words(bare_match["text"]))):
        return None
    if len(word_spans) > 1:  # a word with inner marks: F-16, U.S., 1.4(b)
        return _marked(bare_match["text"], last=last, begun=bare_match["tail"] == "*")
    word_start, word_end, _ = word_spans[0]
    word_text = bare_match["text"][word_start:word_end]
    is_exact = bool(bare_match["exact"])
    is_fuzzy = bare_match["tail"] == "~" and not is_exact
    if word_text.casefold() in OPERATORS and not (is_exact or is_fuzzy or bare_match["tail"]):
        return Phrase(word_text)
    is_whole = is_exact or is_fuzzy or word_end < len(bare_match["text"])
    return Word(
        word_text,
        prefix=bare_match["tail"] == "*" or (last and not is_whole),
        exact=is_exact,
        fuzzy=is_fuzzy,
    )


def _marked(text: str, *, last: bool, begun: bool = False) -> Phrase | None:
    """Return the term for a word with inner punctuation, such as F-16, U.S. or 1.4(b).

    If punctuation follows the last word, that word is complete.
    """
    word_spans = list(words(text))
    is_being_typed = last and not begun and bool(word_spans) and word_spans[-1][1] == len(text)
    phrase_term = _phrase(text, prefix=is_being_typed or begun, typed=is_being_typed)
    if phrase_term is None:
        return None
    written_text = text[word_spans[0][0] : word_spans[-1][1]]
    # So short a part is whole when no more letters follow: 9/11 is not 9/110.
    return replace(
        phrase_term,
        prefix=phrase_term.prefix and not phrase_term.begun,
        marked=written_text if _NUMBERS.fullmatch(written_text) else "",
    )


def _phrase(
    text: str, *, prefix: bool = False, typed: bool = False, slop: int = 0
) -> Phrase | None:
    word_spans = list(words(text))
    if not word_spans:
        return None
    # The words with one blank between them, or none if none was: as Chinese is written.
    previous_end = 0
    phrase_text = ""
    for word_start, word_end, _ in word_spans:
        phrase_text += (
            text[word_start:word_end]
            if not phrase_text or word_start == previous_end
            else f" {text[word_start:word_end]}"
        )
        previous_end = word_end
    is_short = len(word_spans) > 1 and len(word_spans[-1][2]) <= SHORT
    if is_blankless(word_spans[-1][2]):  # whole, however little of its row is typed
        prefix = typed = False
    return Phrase(phrase_text, prefix=prefix, slop=slop, begun=typed and is_short)


def from_older(text: str) -> str:
    """Return a stored text, with `or` added if an older program read it as alternatives.

    The new text finds the same cables as the old one did.
    """
    if not _may_differ(text):
        return text
    older_query = parse(text, older=True)
    terms_with_or = _with_or(older_query.terms)
    if terms_with_or == older_query.terms:
        return text
    query_with_or = str(replace(older_query, terms=terms_with_or))
    return (
        str(parse(query_with_or)) or query_with_or
    )  # brackets that are not needed go; a longer one is refused


def to_keep(text: str) -> str:
    """Return a text to store, with `and` added if an older program would read it differently."""
    return text if from_older(text) == text else str(parse(text))


def _may_differ(text: str) -> bool:
    """Return whether a text may have two filters with the same narrowing prefix; few do."""
    lower_text = text.lower() if ":" in text else ""
    return any(lower_text.count(f"{prefix}:") > 1 for prefix in NARROWING)


def _with_or(terms: tuple[Term, ...]) -> tuple[Term, ...]:
    """Return terms that must all match, grouping the filters of each narrowing prefix."""
    joined_terms: list[Term] = []
    terms_by_field: dict[str, tuple[int, tuple[tuple[Term, ...], ...]]] = {}
    for term in terms:
        if isinstance(term, Group):
            alternatives = tuple(_with_or(alternative) for alternative in term.alternatives)
            joined_terms.append(replace(term, alternatives=alternatives))
        elif not isinstance(term, Filter) or term.negated or term.facet not in NARROWING:
            joined_terms.append(term)
        elif term.facet in terms_by_field:
            group_index, alternatives = terms_by_field[term.facet]
            terms_by_field[term.facet] = group_index, (*alternatives, (term,))
            joined_terms[group_index] = Group(terms_by_field[term.facet][1])
        else:
            terms_by_field[term.facet] = len(joined_terms), ((term,),)
            joined_terms.append(term)
    return tuple(joined_terms)
