"""The person meant by the words before a plea, and after it: the grammar of such sentences.

It reads the sentence, and earlier ones of its paragraph if a pronoun or a bare role leads there. In
doubt an answer has a name too many, or says that it is unknown.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from cable_tui.cable import Span
from cable_tui.glossary.tables import word_lists
from cable_tui.telegram.people.name_words import COUNTRIES, VERBS
from cable_tui.telegram.people.plea_names import FoundName, PleaNames, PleaToken
from cable_tui.telegram.people.plea_sentence import ALIAS, AND, PERSONS, RELATIVES, PleaSentence

_COPULAS = frozenset("is was are were be been being became becomes as called named".split())
_ALSO = RELATIVES | frozenset("aka alias known also better nicknamed née born".split())
_CLAUSES = word_lists("name_words")["CLAUSES"]
"""Words that begin something other than a description of the person before."""
_TOLD = frozenset("told informed advised assured tells informs".split())
_BETWEEN = AND | {",", ";", "as", "well", "both", "with"}
_PRONOUNS = frozenset("he she him her they them his their the latter both who".split()) - {"the"}
_DEFINITE = frozenset("the this that our these those his her their".split())
_STOPS = VERBS | _COPULAS | RELATIVES | {"that", "has", "have", "had", "will", "would", "could"}
_BARE = 3
"""Words of a description that may point back to somebody: `the media advisor`."""
_MARKS = 3
_MAY_FOLLOW = ")],;-–—"
_BEFORE_NAME = frozenset(
    "the identity identities name names source sources contact contacts of for our as".split()
)


_DESCRIPTIONS = 4
"""The most descriptions in a row."""
_PLACE_WORDS = 2
"""Words of a name after a role that may be a place's; more hold a person's as well."""
_BEFORE_DESCRIPTION = frozenset({",", "-", "--", "---", "–", "—"})
_DESCRIBING = RELATIVES | word_lists("name_words")["DESCRIBING"]
"""Words that begin a description of somebody."""


class Answer(NamedTuple):
    """The people that a plea means, as spans of the body."""

    names: tuple[Span, ...] = ()
    is_nameless: bool = False
    """Whether somebody is meant whose name is not given."""
    perhaps: tuple[Span, ...] = ()
    """Names that may be meant, if neither names nor a nameless person are certain."""
    is_described: bool = False
    """Whether another person without a name is mentioned too, who may be meant: `Tern's aide`."""
    is_list: bool = False
    """Whether all of the names are meant."""
    near: tuple[Span, ...] = ()
    """All persons named in the sentence."""


NAMELESS = Answer(is_nameless=True, is_described=True)
_HIDDEN = Answer(is_nameless=True)
"""The name is blacked out."""


class Meaning(PleaSentence):
    """The people that the sentence before a plea means."""

    def before(self, count: int) -> Answer:
        """Return the people that the words before the plea mean.

        One, two of `both`, any number with 0.
        """
        if self.is_empty:
            return self._earlier(self.start, self.start, count)
        opened = self._opened()
        if opened is None:
            return self._resolved(self.start, self.end, count)
        return self._in_bracket(opened, count)

    def _in_bracket(self, opened: int, count: int) -> Answer:
        """Read `Ivo Tern (Amcit, strictly protect)`, `(per Ivo Tern, strictly protect)`."""
        inner = [each for each in self._names.found if each.first > opened and each.end <= self.end]
        first = self._tokens[opened + 1].folded
        if first in {"per", "source", "from", "according", "by", "via", "name", "names", "sources"}:
            return self._resolved(opened + 1, self.end, count)
        words = {each.folded for each in self._tokens[opened + 1 : self.end]}
        if words & {"both", "all"}:
            count = 2 if "both" in words else 0
        outer = self._resolved(self.start, opened, count)
        adjacent = any(each.end == self._trimmed(self.start, opened) for each in self._names.found)
        if not inner:
            return outer
        own = self._resolved(opened + 1, self.end, count)
        if not adjacent and own.names:
            return own
        if first in ALIAS:
            return outer._replace(names=(*outer.names, *own.names))
        last = inner[-1]
        if last.end == self.end and last.end - last.lead > 1:
            return outer._replace(names=(*outer.names, *self._spans([last])))
        return outer

    def _resolved(self, start: int, end: int, count: int) -> Answer:
        aside = self._inside(start, end)
        end = self._trimmed(start, end)
        found = [
            each
            for each in self._names.found
            if start <= each.first and each.end <= end and not self._in_aside(each, aside)
        ]
        if count != 1:
            return self._all(start, end, found, count)
        if (described := self._apposed(start, end, found)) is not None:
            return self._described_one(start, end, found, described)
        if not found or found[-1].end != end:
            return self._described(start, end, found)
        near = found[-1]
        kind = self._embedded(near, start)
        if kind is None:
            return self._adjacent(start, found)
        head = self._described(start, near.lead, found[:-1])
        if head.names and kind == "person" and self._is_slight(found[:-1], head):
            return head._replace(names=(*head.names, *self._spans([near])))
        if head.names or head == _HIDDEN or (kind == "thing" and head.is_nameless):
            return head
        if kind == "person":
            return self._named([near], is_described=True)
        return Answer(perhaps=(*head.perhaps, *self._spans([near])))

    def _is_slight(self, found: list[FoundName], head: Answer) -> bool:
        """Return whether a name that seems to be described is one word, which may not be a name."""
        lone = [self._names.span(each) for each in found if self._is_lone(each)]
        return all(each in lone for each in head.names)

    def _adjacent(self, start: int, found: list[FoundName]) -> Answer:
        """Return the name right before the plea, and the names joined to it."""
        near = found[-1]
        before = found[-2:-1]
        if near.is_redacted and before and before[0].end == near.first:
            return self._named(before) if not before[0].is_redacted else _HIDDEN
        meant = self._with_joined(found)
        low = self._segment(start, meant[0].lead)
        told = self._tokens[meant[0].lead - 1].folded if meant[0].lead else ""
        if self._is_nested(meant[0]):
            meant = [each for each in found if each.end <= meant[0].lead][-1:] + meant
        if told in _TOLD or (low < self.end and self._tokens[low].folded in _ALSO):
            meant = [each for each in found if each.end <= max(low, near.lead)][-1:] + meant
        if near.is_doubtful:
            return Answer(perhaps=self._spans(meant))
        if all(each.is_redacted for each in meant):
            return _HIDDEN
        return self._named(meant)

    def _with_joined(self, found: list[FoundName]) -> list[FoundName]:
        """Return the last name, and the names joined to it: `Ivo Tern, Bo Rask and Ada Pelham`."""
        meant = found[-1:]
        joined = self._is_surname(found[-2:-1], found[-1])
        for each in reversed(found[:-1]):
            link = self._link(each.end, meant[0].lead)
            joined = joined or bool(link & (AND | {"with"}))
            if not joined or not link <= _BETWEEN:
                break
            meant.insert(0, each)
        return meant

    def _apposed(self, start: int, end: int, found: list[FoundName]) -> FoundName | None:
        """Return the person described by the words after a comma, whatever names are in these."""
        low = end
        for _ in range(_DESCRIPTIONS):
            last, low = low, self._segment(start, low)
            if low <= start or self._tokens[low - 1].text not in _BEFORE_DESCRIPTION:
                return None
            if not self._is_description(low, last, found):
                return None
            at = self._trimmed(start, low)
            head = next((each for each in found if each.end == at), None)
            if head is not None and not head.is_doubtful:
                kind = self._embedded(head, start)
                if kind is None or (kind == "thing" and head.end - head.first > _PLACE_WORDS):
                    return head
            low -= 1
        return None

    def _is_description(self, low: int, end: int, found: list[FoundName]) -> bool:
        """Return whether words may describe somebody.

        Examples: `a trader`, `Chevron's manager`, `from Amber`.
        """
        first = self._tokens[low]
        if not first.is_word:
            return False
        if first.folded in _DESCRIBING or first.text[0].isdigit():
            return True
        names = [each for each in found if low <= each.lead and each.end <= end]
        if first.folded in PERSONS:  # not the title of somebody else
            last = names[-1] if names and names[-1].end == end else None
            named = last is not None and last.end - last.lead > 1
            return (
                first.text[0].islower() or not named or self._embedded(names[-1], low) is not None
            )
        genitive = [each for each in names if each.lead == low]
        return bool(genitive) and self._tokens[genitive[0].end - 1].is_genitive

    def _described_one(
        self, start: int, end: int, found: list[FoundName], head: FoundName
    ) -> Answer:
        """Return somebody with a description, and a name at its end that may be meant as well."""
        near = found[-1]
        low = self._segment(start, end)
        also: list[FoundName] = []
        if near is not head and near.end == end and self._embedded(near, start) is None:
            told = self._tokens[low].folded in RELATIVES or near.end - near.lead > 1
            also = [near] if told and not near.is_redacted and not near.is_doubtful else []
        meant = self._with_joined(found[: found.index(head) + 1])
        if all(each.is_redacted for each in (*also, *meant)):
            return _HIDDEN
        return self._named([*also, *meant])

    def _is_nested(self, name: FoundName) -> bool:
        """Return whether a named person's relatives are meant.

        Examples: `Tern, brother of the mayor, Rask`.
        """
        end = name.lead - 1
        if end < 1 or self._tokens[end].text != ",":
            return False
        low = self._segment(self.start, end)
        return any(self._is_of_related(at) for at in range(low + 1, end))

    def _is_surname(self, before: list[FoundName], near: FoundName) -> bool:
        """Return whether a surname comes before a given name: `Tern, Ivo`."""
        if not before or before[0].end - before[0].first > 1 or near.end - near.lead > 1:
            return False
        if self._tokens[before[0].first].folded.endswith("ly"):  # `Interestingly, Tern`
            return False
        return before[0].end + 1 == near.lead and self._tokens[before[0].end].text == ","

    def _all(self, start: int, end: int, found: list[FoundName], count: int) -> Answer:
        """Return the names of a list."""
        heads = [each for each in found if self._embedded(each, start) is None]
        if meant := [each for each in heads[-count:] if not each.is_redacted]:
            return self._named(meant)._replace(is_list=True)
        return NAMELESS if heads else self._earlier(start, end, count)

    def _described(self, start: int, end: int, found: list[FoundName]) -> Answer:
        """Return the person in a description.

        Examples: `Ivo Tern, a deputy minister`, `the UK ambassador`.
        """
        if (doubt := self._with_title_behind(end, found)) is not None:
            return Answer(perhaps=self._spans([doubt]))
        low = self._segment(start, end)
        taken = {at for each in found for at in range(each.first, each.end)}
        stop = next(
            (at for at in range(end - 1, low - 1, -1)
             if at not in taken and self._tokens[at].folded in _STOPS), None)  # fmt: skip
        heads = [each for each in found if self._is_head(each, start, low, end)]
        if stop is not None and not (heads and heads[0].first > stop):
            return self._behind_verb(start, stop, end, found)
        found = heads
        if not found:
            return self._earlier(start, end, 1)
        near = found[-1]
        if near.is_redacted:
            return _HIDDEN
        if near.first >= low and self._tokens[near.end].folded in AND:
            return self._named([near], is_described=self._has_role(near.end, end))
        return self._subject(low, found)

    def _with_title_behind(self, end: int, found: list[FoundName]) -> FoundName | None:
        """Return a name of several words, or a place, whose title ends there: `Ivo Tern Deputy`."""
        near = found[-1] if found else None
        if near is None or not near.is_doubtful or near.end - near.first < 2:
            return None
        words = [each.folded for each in self._tokens[near.end : end]]
        return near if all(word in PERSONS for word in words) else None

    def _subject(self, low: int, found: list[FoundName]) -> Answer:
        """Return the nearest name, if a description follows it; otherwise the only name."""
        near = found[-1]
        between = range(near.end, low)
        verbs = any(self._tokens[at].folded in VERBS for at in between)
        clause = near.end <= low and self._tokens[low].folded in _CLAUSES
        if (verbs or clause) and len(self._people(found)) > 1:
            return Answer(perhaps=self._spans(found))
        return self._named([near])

    def _behind_verb(self, start: int, stop: int, end: int, found: list[FoundName]) -> Answer:
        """Read `Ivo Tern told us`, `Ivo Tern said that the UK ambassador`, `who covers trade`."""
        before = [
            each for each in found if each.end <= stop and self._is_head(each, start, start, stop)
        ]
        word = self._tokens[stop].folded
        low = self._segment(start, stop)
        whose = [each for each in before if each.end <= low]
        if whose and self._tokens[low].folded in RELATIVES:
            return _HIDDEN if whose[-1].is_redacted else self._named(whose[-1:])
        if word in RELATIVES or (word in _COPULAS and self._has_role(stop + 1, end)):
            related = word in RELATIVES or self._tokens[low].folded in _ALSO
            if not before:
                return self._earlier(start, end, 1)
            near = before[-1]
            if not related and near.first < low < stop:  # another subject
                return Answer(perhaps=self._spans(before))
            return _HIDDEN if near.is_redacted else self._named([near])
        if self._has_role(stop + 1, end, found) and not self._is_own_side(stop + 1, end):
            return NAMELESS
        people = self._people(before)
        first = before[-1].first if people else start
        if any(self._tokens[at].folded == "that" for at in range(start, first)):
            return Answer(perhaps=self._spans(before))  # somebody told it of them
        behind = [each for each in found if each.first > stop and not each.is_redacted]
        behind = [each for each in behind if self._embedded(each, start) is None]
        if len(people) == 1 and not behind:
            return self._named(before[-1:])
        if not people and not behind:
            hidden = any(each.is_redacted for each in before)
            role = self._has_role(start, stop)
            if hidden or role:
                return _HIDDEN if hidden else NAMELESS
            return self._earlier(start, end, 1)
        return Answer(perhaps=self._spans([*before, *behind]))

    def _earlier(self, start: int, end: int, count: int) -> Answer:
        """Return the person meant by a pronoun, a bare role or a separate plea."""
        words = [each.folded for each in self._tokens[start:end] if each.is_word]
        points = not words or bool(set(words[:1] + words[-1:]) & _PRONOUNS)
        bare = 0 < len(words) <= _BARE and (words[0] in _DEFINITE or words == words[:1])
        foreign = any(each in COUNTRIES for each in words)
        if self._has_role(start, end) and not points and (not bare or foreign):
            return NAMELESS
        if words and self._claimed:
            return NAMELESS
        found = [
            each
            for each in self._names.found
            if each.first >= self._paragraph and each.end <= self.start
        ]
        if bare and not points and (known := self._same_role(words[-1], found)) is not None:
            return known
        return self._of_earlier(found, count, bool(words) and self._has_role(start, end))

    def _of_earlier(self, found: list[FoundName], count: int, is_described: bool) -> Answer:
        start = self._paragraph
        heads = [each for each in found if self._embedded(each, start) is None]
        last = self._sentence_start(max(self.start - 1, 0))
        near = [each for each in heads if each.first >= last] or heads
        if near and all(each.is_redacted for each in near):
            return _HIDDEN
        heads = [each for each in near if not each.is_redacted]
        people = self._people(heads)
        if len(people) == 1 or (heads and count != 1 and (not count or len(people) == count)):
            return self._named(list(people.values()))
        if not heads and is_described:
            return NAMELESS
        return Answer(perhaps=self._spans(people.values()))

    def _same_role(self, role: str, found: list[FoundName]) -> Answer | None:
        """Return the person with the same role earlier in the paragraph; None if there is none."""
        for at in range(self.start - 1, self._paragraph - 1, -1):
            if self._tokens[at].folded != role:
                continue
            for each in found:
                titled = each.lead <= at < each.first or at == each.lead - 1
                if titled or (each.end < at < each.end + 8 and self._tokens[each.end].text == ","):
                    return _HIDDEN if each.is_redacted else self._named([each])
            return NAMELESS
        return None

    def _named(self, found: Sequence[FoundName], *, is_described: bool = False) -> Answer:
        found = [each for name in found for each in (name, *self._aliases(name))]
        return Answer(self._spans(found), is_described=is_described)


def behind(tokens: Sequence[PleaToken], *, capitals: bool) -> Answer | None:
    """Return the people named after a plea: `protect: Ivo Tern`; None if they name nobody."""
    at = 0
    while at < len(tokens) and (tokens[at].text == ":" or tokens[at].folded in _BEFORE_NAME):
        at += 1
    end = next((place for place in range(at, len(tokens)) if tokens[place].text in ")].;\n"), None)
    names = PleaNames(tokens[:end], capitals=capitals)
    meant: list[FoundName] = []
    for each in names.found:
        if each.lead != at:
            break
        meant.append(each)
        at = each.end
        while at < len(tokens) and (tokens[at].text.lower() in AND or tokens[at].text == ","):
            at += 1
    if not meant:
        return None
    shown = [names.span(each) for each in meant if not each.is_redacted]
    return Answer(tuple(shown)) if shown else NAMELESS


def within(tokens: Sequence[PleaToken], *, capitals: bool) -> Answer | None:
    """Return the people named in the words of a plea; None if there are none."""
    names = PleaNames(tokens, capitals=capitals)
    shown = [names.span(each) for each in names.found if not each.is_redacted]
    return Answer(tuple(shown)) if shown else NAMELESS if names.found else None


def right_behind(tokens: Sequence[PleaToken], *, capitals: bool) -> tuple[Span, ...]:
    """Return the people named by words after a plea or its bracket.

    Examples: `our source (protect) Ivo Tern`, `our source (protect), Ivo Tern, said`, `a source
    (protect; Ivo Tern)`.
    """
    at = 0
    closing = ""
    while at < len(tokens) and not tokens[at].is_word and at < _MARKS:
        closing += tokens[at].text
        at += 1
    if not closing or closing.strip(_MAY_FOLLOW) or "(" in closing:
        return ()
    if capitals and "," not in closing:
        return ()
    names = PleaNames(tokens[at:], capitals=capitals)
    first = names.found[0] if names.found else None
    if first is None or first.lead or first.is_redacted or first.end - first.first < 2:
        return ()
    after = tokens[at + first.end].text if at + first.end < len(tokens) else ""
    closed = (closing in {")", "]"} and not capitals) or after in {",", ")", "]", "–", "—", "--"}
    return (names.span(first),) if closed else ()
