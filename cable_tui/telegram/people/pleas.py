"""Pleas: where a cable asks to protect somebody, who is meant, and their names in other forms.

People, sealed dossiers, chains and the check of a draft use this module; the rules are only here.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from cable_tui.cable import Span
from cable_tui.pattern import pattern
from cable_tui.telegram.people.name_words import COUNTRIES, NO_NAME_WORDS
from cable_tui.telegram.people.plea_grammar import (
    NAMELESS,
    Answer,
    Meaning,
    behind,
    right_behind,
    within,
)
from cable_tui.telegram.people.plea_names import PleaNames, one_line, tokens
from cable_tui.telegram.people.plea_words import asks
from cable_tui.text import fold

State = Literal["named", "nameless", "unresolved"]
"""Whether the names that a plea means are known: `nameless` means that none is given, as with a
role or a name that is blacked out; with `unresolved` a person must look."""
IsCommon = Callable[[str], bool]
"""Whether many cables give a name, on one line, without asking to protect it."""


class Plea(NamedTuple):
    """A request of a cable to protect somebody."""

    start: int
    """The start of the words that ask, in the text."""
    end: int
    names: tuple[Span, ...]
    """The names that are meant, as spans of the text: given names and article, no title. An
    unresolved plea has those that are meant for certain, if any."""
    state: State
    perhaps: tuple[Span, ...] = ()
    """Other names that an unresolved plea may mean."""


def nobody(_: str) -> bool:
    """Return False: without an archive no name is common."""
    return False


_MOST = 500
"""The most pleas of a body whose sentences are read; later ones are unresolved."""
_BEFORE = 1200
_BEFORE_BARRIER = 600
"""Characters that are read before the end of another plea."""
_BEHIND = 160
_COUNTED = 60
_AROUND = 60
"""Characters around a plea that are read."""
_FEW = 20
"""The least letters of a text that show whether it has capitals only."""
_MANY = pattern(
    r"\b(?:both|two|three|four|five|six|all|them|these|those|their|identities|names|sources"
    r"|contacts)\b",
    re.IGNORECASE,
)
_SENTENCE_OR_BRACKET = pattern(r"[)\].]")
_NUMBERS = {"both": 2, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_WHOLE = pattern(
    r"(?:[\s\w'’,-]{0,80}?\s)?(?:in|of)\s{1,9}this\s{1,9}"
    r"(?:report|cable|message|telegram|reporting)\b",
    re.IGNORECASE,
)
"""A plea for all sources of a cable."""
_KEPT = pattern(r"(?:identit|names?\b|source|contact|anonymity)", re.IGNORECASE)
"""Words that begin a plea that may hold a name: `the name of Ivo Tern must be protected`."""
_INFORMATION = pattern(
    r"\s{1,9}(?:this|that|these|those|the|such|above|all)\s{1,9}(?:[\w-]{1,20}\s{1,9}){0,2}"
    r"(?:information|references?|reports?|details?|text|comments?|remarks|conversation|meeting"
    r"|facts?|data|documents?|figures|material|readout|points?|exchange|discussions?|content"
    r"|message|plans?|paragraphs?)\b",
    re.IGNORECASE,
)
"""Nouns for the words, not for the person who said them."""


def pleas(body: str, is_common: IsCommon = nobody) -> tuple[Plea, ...]:
    """Return the pleas of a body, in order. Total, and linear in its length.

    A common name does not count because of somebody else. If one is right at a plea, the plea is
    unresolved, with the other names.
    """
    made: list[Plea] = []
    barrier = 0
    for start, end in asks(body):
        if len(made) >= _MOST:
            made.append(Plea(start, end, (), "unresolved"))
            continue
        answer = _answer(body, start, end, barrier)
        shown = tuple(span for span in answer.names if one_line(body, *span))
        answer = answer._replace(names=shown)
        made.append(_plea(body, start, end, answer, is_common))
        barrier = end
    return tuple(made)


def _answer(body: str, start: int, end: int, barrier: int) -> Answer:
    """Return the people that the words around a plea mean."""
    if _WHOLE.match(body, end):
        return Answer()
    around = body[max(start - _AROUND, 0) : start]
    if sum(map(str.isalpha, around)) < _FEW:
        around += body[end : end + _AROUND]
    capitals = not any(map(str.islower, around))
    if low := max(start - _BEFORE, barrier - _BEFORE_BARRIER, 0):
        low = max(body.find(" ", low, start), low)
    sentence = Meaning(tokens(body, low, start), barrier, capitals=capitals)
    rest = tokens(body, end, min(end + _BEHIND, len(body)))
    named = behind(rest, capitals=capitals)
    if named is None and _KEPT.match(body, start):
        named = within(tokens(body, start, end), capitals=capitals)
    if named is not None and not sentence.is_adjacent:
        return named
    found = sentence.before(_count(body[start : end + _COUNTED]))
    if named is not None:
        return found._replace(names=(*found.names, *named.names))
    if _INFORMATION.match(body, end) and not sentence.is_adjacent:
        doubts = () if sentence.is_bracketed else (*found.names, *found.perhaps)
        return Answer(perhaps=doubts) if doubts else NAMELESS
    if not sentence.is_adjacent:
        found = found._replace(names=(*found.names, *right_behind(rest, capitals=capitals)))
    people = sentence.people()
    if capitals and found.is_nameless and people and not found.names and found.is_described:
        return Answer(perhaps=people)  # nothing shows there where a name ends
    return found._replace(near=people)


def _count(words: str) -> int:
    """Return how many persons a plea means: one, two with `both`, any number with 0."""
    found = _MANY.search(_SENTENCE_OR_BRACKET.split(words, maxsplit=1)[0])
    return _NUMBERS.get(found[0].lower(), 0) if found else 1


def _plea(body: str, start: int, end: int, answer: Answer, is_common: IsCommon) -> Plea:
    if not answer.names:
        state: State = "nameless" if answer.is_nameless else "unresolved"
        return Plea(start, end, (), state, () if answer.is_nameless else answer.perhaps)
    common = {span for span in answer.names if _is_common(body, span, is_common)}
    names = tuple(sorted({span for span in answer.names if span not in common}))
    if not common or (answer.names[-1] not in common and not answer.is_list):
        return Plea(start, end, names, "named")
    if answer.is_described:
        return Plea(start, end, names, "named" if names else "nameless")
    doubts = dict.fromkeys((*(each for each in answer.names if each in common), *answer.near))
    perhaps = tuple(each for each in doubts if each not in names)
    return Plea(start, end, names, "unresolved", perhaps)


def _is_common(body: str, span: Span, is_common: IsCommon) -> bool:
    """Return whether a name is common, and no rarer full name is in the body for a surname."""
    name = one_line(body, *span)
    if not is_common(name):
        return False
    full = [] if " " in name else others(body, [name])
    return all(map(is_common, full))


def names_meant(body: str, is_common: IsCommon = nobody) -> tuple[str, ...]:
    """Return names for which a body asks protection, on one line, each once in any case.

    Also other forms of them in the same text: full names for surnames that stand alone at a plea,
    and other spellings.
    """
    spans = (span for each in pleas(body, is_common) for span in each.names)
    names = dict.fromkeys(one_line(body, start, end) for start, end in spans)
    forms = (each for each in others(body, names) if not is_common(each))
    unique: dict[str, str] = {}
    for each in (*names, *forms):
        unique.setdefault(each.casefold(), each)
    return tuple(unique.values())


def plea_about(body: str, texts: Sequence[str]) -> str:
    """Return a plea's words on one line, if it is in these parts of a body or means a name there.

    Empty if there is none.
    """
    for text in texts:
        for start, end in asks(text):
            return " ".join(text[start:end].split())
    found = next((each for each in pleas(body) if each.names), None)
    if found is None:
        return ""
    meant = Meant(names_meant(body))
    named = any(meant.is_in(text) for text in texts)
    return " ".join(body[found.start : found.end].split()) if named else ""


class Meant:
    """The names that some pleas mean, for finding other forms of them in the same text."""

    def __init__(self, names: Iterable[str]) -> None:
        names = tuple(names)
        each_keys = set(map(keys, names))
        self._words = frozenset().union(*each_keys)
        self._alone = frozenset().union(*(each for each in each_keys if len(each) == 1))

        short = (
            called(each)[1:] if len(called(each)) > _GIVEN_ONLY else called(each) for each in names
        )
        self._last = frozenset(fold(word) for words in short for word in words)

    def is_in(self, text: str) -> bool:
        """Return whether a text has one of the names, by a word other than its first given name."""
        return any(not self._last.isdisjoint(keys(word)) for word in _WORD.findall(text))

    def has(self, name: str) -> bool:
        """Return whether a name may be another form of one.

        Examples: `Soto`, `Ada Soto` of `Ada Soto García`.

        In doubt a name counts as a form.
        """
        if not self._words or not (ours := keys(name)):
            return False
        shared = ours & self._words
        return shared == ours or len(shared) > 1 or bool(ours & self._alone)


_WORD = pattern(r"[^\W\d_][\w-]{0,60}")
_GIVEN_ONLY = 2
"""The number of words of a name whose first one may be used alone: `Hu Lanqing`."""


_FORM_WORD = pattern(r"[^\W\d_][\w’'-]{0,60}")
_ARTICLE = pattern(r"(?:a[dlnrstz]|ash|[eiu]l)[-’'](?=[^\W\d_])", re.IGNORECASE)
_MOST_PLACES = 20
"""The most occurrences of one surname that are looked at."""
_GIVEN = 80
"""Characters before a surname in which given names are looked for."""
_LONG = 5
"""A surname with this many letters may have one letter more, less or different elsewhere."""
_MOST_COMPARED = 50
_MOST_WORDS = 20_000


def called(name: str) -> tuple[str, ...]:
    """Return the words of a name that may be used alone, in their spelling, without `al-`.

    `Ada`, `Soto`, `García` of `Ada R. Soto García`; no initials, no particles.
    """
    words = (_ARTICLE.sub("", word, 1).strip(_FORM_AROUND) for word in name.split())
    return tuple(dict.fromkeys(each for each in words if len(each) > 1 and each[0].isupper()))


_FORM_AROUND = ".,()\"“”‘’'-"


def keys(name: str) -> frozenset[str]:
    """Return the same words folded, for finding names that share one."""
    return frozenset(map(fold, called(name)))


def others(body: str, names: Iterable[str]) -> tuple[str, ...]:
    """Return other forms of names in a body, as it has them, in their order there.

    A full name is a form of a surname that is alone among the names, and of a name with which it
    shares two words. So is a word that differs from a long surname in one letter.
    """
    known: defaultdict[str, set[frozenset[str]]] = defaultdict(set)
    for name in names:
        if words := called(name):
            known[_key(words[-1])].add(keys(name))
    if not known:
        return ()
    found = dict.fromkeys(_spelled_otherwise(body, known))
    seen: defaultdict[str, int] = defaultdict(int)
    for word in _FORM_WORD.finditer(body):
        if not word[0][0].isupper():
            continue
        key = _key(word[0])
        if key not in known or seen[key] >= _MOST_PLACES:
            continue
        seen[key] += 1
        full = _full(body, word.start(), word.end())
        ours = keys(full)
        if full and any(len(each) == 1 or len(each & ours) > 1 for each in known[key]):
            found[full] = None
    return tuple(found)


def _full(body: str, start: int, end: int) -> str:
    """Return the name of several words that ends with a word of a body; or empty."""
    if low := max(start - _GIVEN, 0):
        low = max(body.find(" ", low, start), low)
    near = tokens(body, low, end)
    names = PleaNames(near, capitals=not any(map(str.islower, body[low:end])))
    last = names.found[-1] if names.found else None
    if last is None or last.end != len(near) or last.end - last.first < 2:
        return ""
    return one_line(body, *names.span(last))


def _spelled_otherwise(body: str, known: Iterable[str]) -> Iterator[str]:
    """Yield capitalized words that may be a long surname with one letter changed.

    Examples: `Serrai`, `Sirrai`.
    """
    by_first: defaultdict[str, list[str]] = defaultdict(list)
    for each in [each for each in known if len(each) >= _LONG][:_MOST_COMPARED]:
        by_first[each[0]].append(each)
    if not by_first:
        return
    from rapidfuzz.distance import OSA

    seen: set[str] = set()
    for found in _FORM_WORD.finditer(body):
        if not found[0][0].isupper():
            continue
        key = _key(found[0])
        if key in seen or len(key) < _LONG:
            continue
        seen.add(key)
        if len(seen) > _MOST_WORDS:
            return
        if key in NO_NAME_WORDS or key in COUNTRIES or key in known:
            continue
        if any(OSA.distance(key, each, score_cutoff=1) == 1 for each in by_first.get(key[0], ())):
            yield found[0][: len(key)] if found[0].lower().startswith(key) else found[0]


def _key(word: str) -> str:
    """Return a surname without article and genitive, folded."""
    small = word.lower().replace("’", "'").removesuffix("'s").rstrip("'")
    return fold(_ARTICLE.sub("", small, 1))
