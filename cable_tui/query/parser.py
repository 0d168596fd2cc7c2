"""Parse a line of text into a `Query`: a scan into tokens, then one descent. Linear and total.

To an older program two of `has:`, `is:`, `said:` or `comment:` meant either; today they mean both.
A text that is kept today has `and` or `or` between two of them, which every program reads alike. So
a text that has neither is from an older program, wherever it was kept.
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
    Term,
    Word,
    prefix_of,
    sort_key,
)
from cable_tui.query.unknown_prefix import plain_name
from cable_tui.text import is_blankless, words

MAX_LENGTH = 2000
"""The most characters of a query; a longer one is refused."""
MAX_TERMS = 64
MAX_DEPTH = 20
MAX_SLOP = 99
"""The most words between two that count as near; more are a complaint."""

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
    """Return the prefixes of some tables. Raises `ValueError` if one of them is in two."""
    tables_by_name = Counter(name for table in tables for name in table)
    if names_twice := sorted(name for name, count in tables_by_name.items() if count > 1):
        raise ValueError(f"a prefix of the query has two meanings: {', '.join(names_twice)}")
    return frozenset(tables_by_name)


PREFIXES = _prefixes(FACETS, FIELDS, TEXTS, _ALIASES, ("sort",))
"""Every word that has a meaning before a colon."""
_MEANINGS = {**{name: name for name in PREFIXES}, **_ALIASES}


def prefix_named(word: str) -> str | None:
    """Return the prefix that a word before a colon means, also by an alias; None for no prefix."""
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
"""Numbers with a mark between them: `9/11`, `1.4`."""
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
        self.last = -1
        """The end of the last word."""

    def complain(self, column: int, reason: str) -> None:
        self.complaints.append(Complaint(column, reason))

    def shared(self, term: Term) -> str:
        """Return the prefix that makes a term an alternative of others; empty if there is none."""
        return "" if term.negated else prefix_of(term, older=self.older)


def parse(text: str, *, typing: bool = False, older: bool = False) -> Query:
    """Return the query that `text` means, with its faults as complaints. Never raises.

    `typing` is for the search bar: the last word is a prefix until a space follows it, unfinished
    parts are not mistakes, and until then nothing is said of the others either. `older` reads
    brackets and `and` as older programs did.
    """
    if len(text) > MAX_LENGTH:
        reason = f"a query has at most {MAX_LENGTH:,} characters, and this one has {len(text):,}"
        return Query(complaints=(Complaint(MAX_LENGTH, reason, refuses=True),))
    reader = _Reader(text, typing=typing, older=older)
    terms = _and_terms(_alternatives(reader, 0))
    if typing and reader.last == len(text):
        return Query(terms, sort=reader.sort, typed=True)
    return Query(terms, tuple(reader.complaints), reader.sort, tuple(reader.advice))


def _and_terms(alternatives: list[tuple[Term, ...]]) -> tuple[Term, ...]:
    """Return alternatives as terms of the level above: one alternative needs no group."""
    alternatives_once = (tuple(dict.fromkeys(terms)) for terms in alternatives)
    filled_alternatives = tuple(dict.fromkeys(terms for terms in alternatives_once if terms))
    if len(filled_alternatives) <= 1:
        return filled_alternatives[0] if filled_alternatives else ()
    return (Group(filled_alternatives),)


def _alternatives(reader: _Reader, depth: int) -> list[tuple[Term, ...]]:
    """Read `a b or c`, up to the bracket that closes it or the end."""
    alternatives: list[tuple[Term, ...]] = []
    terms: list[Term] = []
    negated = joined = False
    while reader.at < len(reader.text):
        token = _TOKEN.match(reader.text, reader.at)
        if token is None or token.end() == token.start():  # a stray `"` or `:` means nothing
            reader.at += 1
            continue
        column, reader.at = reader.at, token.end()
        if token["blank"]:
            continue
        if token["close"]:
            if depth:
                break
            reader.complain(column, "this bracket has no opening one")
            continue
        word = token["atom"].casefold() if token["atom"] else ""
        if word == "or":
            alternatives.append(tuple(terms))
            terms = []
        elif word in ("and", "not"):
            negated = negated != (word == "not")
            joined = joined or word == "and"
        else:
            if token["open"]:
                new_terms = _group(reader, token, column, depth)
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
        reader.complain(column, f"brackets can be nested no deeper than {MAX_DEPTH}")
        return []
    inner_terms = _and_terms(_alternatives(reader, depth + 1))
    if token["open"].startswith("-"):
        return [_inverse(inner_terms)] if inner_terms else []
    return _apart(list(inner_terms)) if any(map(reader.shared, inner_terms)) else list(inner_terms)


def _alike(reader: _Reader, terms: list[Term], more: list[Term]) -> bool:
    """Return whether both sides of an `and` have terms of one prefix."""
    shared_names = set(map(reader.shared, terms)) - {""}
    return any(reader.shared(term) in shared_names for term in more)


def _apart(terms: list[Term]) -> list[Term]:
    """Return each term in separate brackets: `tag:mo (tag:ktip)` asks for both."""
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
            reader.complain(token.start(), f"only the first {MAX_TERMS} terms are read")
        return []
    inverse = token["atom"].startswith("-")
    last = reader.typing and token.end() == len(reader.text)
    if token["quoted"] is not None and not token["end"] and not reader.typing:
        reader.complain(token.start("quoted") - 1, "the quotation is not closed")
    if (tail := (token["tail"] or "").removeprefix("~")).isdecimal() and int(tail) > MAX_SLOP:
        reader.complain(token.start("tail"), f"at most {MAX_SLOP} words may come between")
    atom_term: Term | None
    if token["prefix"] is None:
        atom_term = _text(token, last=last)
        if token["bare"] and (advice := other_operators.advice(token["bare"])):
            reader.advice[advice] = None
    elif (name := prefix_named(token["prefix"])) and not _is_label(token, last=last):
        atom_term = _filter(reader, token, name, last=last)
    else:
        atom_term = _no_prefix(reader, token, last=last, negated=negated != inverse)
    if atom_term is None:
        return []
    return [replace(atom_term, negated=True) if inverse else atom_term]


def _is_label(token: re.Match[str], *, last: bool) -> bool:
    """Return whether a prefix in capitals is a label of a pasted text: `NOTE: the port`."""
    is_empty = token["quoted"] is None and token["bare"] is None
    return is_empty and not last and not token["prefix"].islower()


def _no_prefix(
    reader: _Reader, token: re.Match[str], *, last: bool, negated: bool
) -> Word | Phrase | None:
    """Return the text that is searched for in place of an unknown prefix and its value.

    The value alone: other archives call a thing so, and the cables need not have the word. What is
    to be excluded is the whole text: the value would exclude too much.
    """
    typed_prefix = token["prefix"]
    value = (token["quoted"] if token["quoted"] is not None else token["bare"]) or ""
    whole_text = f"{typed_prefix}:{value}"
    if not value and typed_prefix.casefold() not in OPERATORS:
        return Word(typed_prefix)
    value_term = None if unknown_prefix.is_text(typed_prefix, value) else _text(token, last=last)
    if value_term is not None:
        reason = unknown_prefix.reason(typed_prefix, value, _MEANINGS)
        reader.complaints.append(Complaint(token.start("prefix"), reason, unknown=True))
    if value_term is not None and not negated:
        return value_term
    return _marked(whole_text, last=last) if token["quoted"] is None else _phrase(whole_text)


def _filter(reader: _Reader, token: re.Match[str], name: str, *, last: bool) -> Term | None:
    prefix = token["prefix"]
    filter_value = (token["quoted"] if token["quoted"] is not None else token["bare"]) or ""
    prefix_column = token.start("prefix")
    if name in TEXTS and (term := _text(token, last=last)):
        return replace(term, field=name)
    filter_value = filter_value.replace('"', " ").strip()
    if not filter_value or name in TEXTS:
        if not reader.typing:
            reader.complain(token.end(), f"{prefix}: needs a value, such as {_example(name)}")
        return None
    if name == "sort":
        _sort(reader, token, filter_value, last=last)
        return None
    if name in FACETS and FACETS[name].kind == "date":
        return _range(reader, name, filter_value, prefix_column, last=last)
    return _value(reader, name, filter_value, prefix_column, last=last)


def _example(name: str) -> str:
    if name == "sort":
        return "sort:-created"
    known_facet = FACETS.get(name) or FIELDS.get(name) or TEXTS[name]
    return known_facet.help.split(": ", 1)[-1].split(", ", 1)[0]


def _sort(reader: _Reader, token: re.Match[str], value: str, *, last: bool) -> None:
    """Take in an order: it applies to the whole query, and the last one counts."""
    key = sort_key(value)
    prefix_column = token.start("prefix")
    if key and not token["atom"].startswith("-"):
        reader.sort = key
    elif key:
        reader.complain(prefix_column, f"descending is written sort:-{key.removeprefix('-')}")
    elif not last:
        reader.complain(prefix_column, f"no order {value}; sort: takes {', '.join(SORTS)}")


def _value(reader: _Reader, name: str, value: str, column: int, *, last: bool) -> Term | None:
    known_facet = FACETS.get(name) or FIELDS[name]
    if reason := known_facet.complaint(value):
        if not last:
            reader.complain(column, reason)
        return None
    if name in CHOICES:
        value = choice(name, value) or value
    elif name in FIELDS and len(named := FIELDS[name].named(value)) == 1:
        value = named[0]
    return Filter(name, value)


def _range(reader: _Reader, facet: str, value: str, column: int, *, last: bool) -> Term | None:
    start, dots, end = value.partition("..")
    if not dots:
        end = start
    if (start or end) and (days := days_of(start, end)) and days[0] <= days[1]:
        return Range(facet, start, end)
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
    start, end, _ = word_spans[0]
    text = bare_match["text"][start:end]
    is_exact = bool(bare_match["exact"])
    fuzzy = bare_match["tail"] == "~" and not is_exact
    if text.casefold() in OPERATORS and not (is_exact or fuzzy or bare_match["tail"]):
        return Phrase(text)
    is_whole = is_exact or fuzzy or end < len(bare_match["text"])
    return Word(
        text,
        prefix=bare_match["tail"] == "*" or (last and not is_whole),
        exact=is_exact,
        fuzzy=fuzzy,
    )


def _marked(text: str, *, last: bool, begun: bool = False) -> Phrase | None:
    """Return a word with inner punctuation: F-16, U.S., 1.4(b).

    Punctuation at its end closes it.
    """
    word_spans = list(words(text))
    is_being_typed = last and not begun and bool(word_spans) and word_spans[-1][1] == len(text)
    term = _phrase(text, prefix=is_being_typed or begun, typed=is_being_typed)
    if term is None:
        return None
    written_text = text[word_spans[0][0] : word_spans[-1][1]]
    # So short a part is whole when no more letters follow: 9/11 is not 9/110.
    return replace(
        term,
        prefix=term.prefix and not term.begun,
        marked=written_text if _NUMBERS.fullmatch(written_text) else "",
    )


def _phrase(
    text: str, *, prefix: bool = False, typed: bool = False, slop: int = 0
) -> Phrase | None:
    word_spans = list(words(text))
    if not word_spans:
        return None
    # The words with one blank between them, or none if none was: as Chinese is written.
    end_before = 0
    body = ""
    for start, end, _ in word_spans:
        body += text[start:end] if not body or start == end_before else f" {text[start:end]}"
        end_before = end
    is_short = len(word_spans) > 1 and len(word_spans[-1][2]) <= SHORT
    if is_blankless(word_spans[-1][2]):  # whole, however little of its row is typed
        prefix = typed = False
    return Phrase(body, prefix=prefix, slop=slop, begun=typed and is_short)


def from_older(text: str) -> str:
    """Return a stored text, with `or` if an older program meant it.

    It finds the same cables as then.
    """
    if not _may_differ(text):
        return text
    query = parse(text, older=True)
    terms = _with_or(query.terms)
    if terms == query.terms:
        return text
    query_with_or = str(replace(query, terms=terms))
    return (
        str(parse(query_with_or)) or query_with_or
    )  # brackets that are not needed go; a longer one is refused


def to_keep(text: str) -> str:
    """Return a text for storing: with `and` if an older program would read it otherwise."""
    return text if from_older(text) == text else str(parse(text))


def _may_differ(text: str) -> bool:
    """Return whether a text may have two filters of one of these prefixes; most texts do not."""
    lower_text = text.lower() if ":" in text else ""
    return any(lower_text.count(f"{prefix}:") > 1 for prefix in NARROWING)


def _with_or(terms: tuple[Term, ...]) -> tuple[Term, ...]:
    """Return terms that must all hold, those of one such prefix as one group of alternatives."""
    joined_terms: list[Term] = []
    terms_by_field: dict[str, tuple[int, tuple[tuple[Term, ...], ...]]] = {}
    for term in terms:
        if isinstance(term, Group):
            alternatives = tuple(_with_or(alternative) for alternative in term.alternatives)
            joined_terms.append(replace(term, alternatives=alternatives))
        elif not isinstance(term, Filter) or term.negated or term.facet not in NARROWING:
            joined_terms.append(term)
        elif term.facet in terms_by_field:
            index, alternatives = terms_by_field[term.facet]
            terms_by_field[term.facet] = index, (*alternatives, (term,))
            joined_terms[index] = Group(terms_by_field[term.facet][1])
        else:
            terms_by_field[term.facet] = len(joined_terms), ((term,),)
            joined_terms.append(term)
    return tuple(joined_terms)
