"""The sentence before a plea: its brackets and quotations, and what a name in it is part of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Literal

from cable_tui.cable import Span
from cable_tui.glossary.tables import word_lists
from cable_tui.telegram.people.name_words import (
    BEFORE,
    BEHIND_NAMES,
    COUNTRIES,
    NO_NAMES,
    ORGANIZATIONS,
    OWN_SIDE,
    RELATED,
    ROLES,
    TITLES,
)
from cable_tui.telegram.people.plea_names import BREAK, FoundName, PleaNames, PleaToken

PERSONS = ROLES | TITLES | RELATED | BEFORE
_ORGANIZED = ORGANIZATIONS | NO_NAMES
RELATIVES = frozenset("who whose whom which".split())
ALIAS = frozenset("aka a.k.a alias born né née known also better nicknamed".split())
_ARTICLES = frozenset("a an the another one this that our his her their".split())
_FROM = frozenset("of from for on under".split())
_PLACE = frozenset("in at near inside outside around across within throughout".split())
_OF = frozenset("of to from with for under by on about against".split())
_OFFICES = frozenset("secretary deputy assistant family".split())
_PLACE_AND_NAME = 3
"""The least words of a place followed by a name."""
_BELONGING = frozenset("of to for".split())
AND = frozenset({"and", "&", "or", "/", "plus"})
_BOUNDARIES = frozenset({",", ";", ":", "(", "[", "–", "—", "--", "---", "-", ")", "]"})
_CLOSES = {"(": ")", "[": "]", "“": "”", '"': '"'}
_BODIES = word_lists("name_words")["BODIES"]
"""Nouns for things that belong to somebody or some place, in addition to persons and
`ORGANIZATIONS`."""


class PleaSentence:
    """The text before a plea: its sentence, and the paragraph up to it."""

    def __init__(self, tokens: Sequence[PleaToken], barrier: int, *, capitals: bool) -> None:
        """Take a sentence; names before `barrier` belong to another plea, which ends there."""
        self._tokens = tokens
        self._names = PleaNames(tokens, capitals=capitals)
        self._capitals = capitals
        self.end = len(tokens)
        while self.end and (
            self._is_opening(self.end - 1) or tokens[self.end - 1].folded in BEHIND_NAMES
        ):
            self.end -= 1
        self.start = self._sentence_start(self.end)
        self._claimed = False
        while self.start < self.end and tokens[self.start].start < barrier:
            self.start += 1
            self._claimed = True
        while self.start < self.end and not tokens[self.start].is_word:
            self.start += 1

    def _is_opening(self, at: int) -> bool:
        """Return whether a mark may lead to the plea."""
        token = self._tokens[at]
        if token.is_word or token.text in {BREAK, ".", "?", "!", ")", "]", "”"}:
            return False
        closes = token.text == '"' and at and self._tokens[at - 1].end == token.start
        return not closes

    @property
    def is_empty(self) -> bool:
        """Whether the plea is a separate sentence."""
        return self.start >= self.end

    @property
    def is_bracketed(self) -> bool:
        """Whether a bracket separates the plea from the sentence."""
        opening = {each.text for each in self._tokens[self.end :]}
        return bool(opening & {"(", "["}) or self._opened() is not None

    @property
    def is_adjacent(self) -> bool:
        """Whether the plea follows a name at once."""
        return any(
            each.end == self.end and self._embedded(each, self.start) is None
            for each in self._names.found
        )

    def people(self) -> tuple[Span, ...]:
        """Return all persons named in the sentence."""
        found = self._names.found
        return self._spans(each for each in found if self.start <= each.first < self.end)

    def _sentence_start(self, end: int) -> int:
        at = end
        while at and not self._ends_sentence(at - 1):
            at -= 1
        return at

    def _ends_sentence(self, at: int) -> bool:
        text = self._tokens[at].text
        if text in {"?", "!", BREAK}:
            return True
        if text != "." or at + 1 >= len(self._tokens):
            return text == "."
        behind = self._tokens[at + 1]
        return not behind.is_word or not behind.text[0].islower()

    def _opened(self) -> int | None:
        """Return the bracket that is open at the plea, with words after it."""
        depth = 0
        for at in range(self.end - 1, self.start - 1, -1):
            text = self._tokens[at].text
            if text in {")", "]"}:
                depth += 1
            elif text in {"(", "["}:
                if not depth:
                    return at
                depth -= 1
        return None

    def _trimmed(self, start: int, end: int) -> int:
        """Return where the words end before closed brackets, quotation marks and commas."""
        while end > start:
            text = self._tokens[end - 1].text
            if self._tokens[end - 1].is_word:
                if self._tokens[end - 1].folded not in BEHIND_NAMES:
                    break
                end -= 1
                continue
            begin = self._aside(start, end) if text in {")", "]", '"', "”", "’"} else end - 1
            end = begin if begin > start else end - 1
        return end

    def _aside(self, start: int, end: int) -> int:
        """Return where a bracket or a quotation begins that ends there; the end if none does."""
        last = self._tokens[end - 1].text
        opening = {")": "([", "]": "([", '"': '"', "”": "“", "’": "‘"}[last]
        for at in range(end - 2, start - 1, -1):
            if self._tokens[at].text in opening:
                return at
        return end - 1

    def _inside(self, start: int, end: int) -> set[int]:
        """Return the positions of tokens within closed brackets and quotations."""
        inside: set[int] = set()
        opened: list[int] = []
        for at in range(start, end):
            text = self._tokens[at].text
            if own := [each for each in opened if _CLOSES[self._tokens[each].text] == text]:
                inside.update(range(own[-1], at + 1))
                del opened[opened.index(own[-1]) :]
            elif text in _CLOSES:
                opened.append(at)
        return inside

    def _in_aside(self, name: FoundName, aside: set[int]) -> bool:
        return name.first in aside and name.lead - 1 in aside

    def _link(self, start: int, end: int) -> set[str]:
        """Return the text between two names, without brackets."""
        aside = self._inside(start, end)
        return {self._tokens[at].folded or self._tokens[at].text
                for at in range(start, end) if at not in aside}  # fmt: skip

    def _embedded(self, name: FoundName, start: int) -> Literal["person", "thing"] | None:
        """Return what a name belongs to if it only describes somebody else; else None.

        It belongs to a chief, or to an organization or a place.
        """
        if name.is_redacted:
            return None
        tokens = self._tokens
        last = tokens[name.first - 1].folded if name.first > start else ""
        if last == "the":
            return "thing"
        at = name.lead - 1
        while at > start and tokens[at].folded in {"the", "former", "late", "then"}:
            at -= 1
        if at < start:
            return None
        titled = name.lead < name.first and (last in TITLES or last in BEFORE)
        if tokens[at].folded in _PLACE:
            return None if titled else "thing"
        if name.lead < name.first and last in _ORGANIZED and last not in PERSONS:
            return None  # `director of External Relations Ivo Tern`
        if tokens[at].folded not in _OF or at == start:
            return None
        if self._is_of_related(at):
            return "person"
        if tokens[at].folded == "for" and name.end - name.first >= _PLACE_AND_NAME:
            return None  # `candidate for Port Amber Ivo Tern`: the place is taken for a part of it
        # `Minister of Justice Ivo Tern`, `Chief of Public Security Major Bo Rask`
        return "thing" if not titled and self._is_of_thing(at) else None

    def _is_of_related(self, at: int) -> bool:
        """Return whether a relation comes before a preposition: `adviser to`, `wife of`."""
        noun, before = self._tokens[at - 1].folded, self._tokens[at].folded
        if before not in _BELONGING or (before == "of" and noun in _OFFICES):
            return False
        return noun in RELATED or noun in {"staff", "aides", "friends"}

    def _is_of_thing(self, at: int) -> bool:
        """Return whether a role, an organization or a name follows: `Ivo Tern of Gazcorp`."""
        noun, before = self._tokens[at - 1].folded, self._tokens[at].folded
        if before in _FROM and any(each.end == at for each in self._names.found):
            return True
        one = noun.removesuffix("s")
        return noun in PERSONS or one in PERSONS or noun in ORGANIZATIONS or noun in _BODIES

    def _segment(self, start: int, end: int) -> int:
        """Return where the stretch without commas and brackets begins that ends there."""
        at = end
        while at > start and self._tokens[at - 1].text not in _BOUNDARIES:
            at -= 1
        return at

    def _is_head(self, name: FoundName, start: int, low: int, end: int) -> bool:
        """Return whether a name is the described person rather than part of the description."""
        if name.is_redacted:
            return True
        if self._embedded(name, start) is not None or name.is_doubtful:
            return False
        if name.first >= low and self._is_modifier(name, start, end):
            return False
        genitive = self._tokens[name.end - 1].is_genitive
        return not (genitive and name.end < end and name.first >= low and self._is_lone(name))

    def _is_modifier(self, name: FoundName, start: int, end: int) -> bool:
        """Match `a Marzian national`, `a Halifax Marine engineer`."""
        behind = name.end < end and self._tokens[name.end].folded in PERSONS
        before = self._tokens[name.lead - 1].folded if name.lead > start else ""
        article = before in _ARTICLES
        return behind and name.lead == name.first and (article or self._is_lone(name))

    def _is_lone(self, name: FoundName) -> bool:
        """Return whether a name is one word without a title: `Chevron's`."""
        return name.end - name.first == 1 and (
            name.lead == name.first or self._tokens[name.first - 1].folded not in TITLES
        )

    def _has_role(self, start: int, end: int, but: Iterable[FoundName] = ()) -> bool:
        """Return whether some words are for a person; titles of names are left out."""
        taken = {at for each in but for at in range(each.lead, each.end)}
        return any(
            at not in taken and _is_role(self._tokens[at]) for at in range(max(start, 0), end)
        )

    def _is_own_side(self, start: int, end: int) -> bool:
        words = [each for each in self._tokens[start:end] if each.is_word]
        roles = [each.folded for each in words if each.folded in PERSONS]
        foreign = any(each.folded in COUNTRIES or each.folded == "of" for each in words)
        return not foreign and all(each in OWN_SIDE for each in roles)

    @cached_property
    def _paragraph(self) -> int:
        at = self.start
        while at and self._tokens[at - 1].text != BREAK:
            at -= 1
        return at

    def _people(self, found: Iterable[FoundName]) -> dict[str, FoundName]:
        """Return different people, by the last words of their names; the last mention of each."""
        people: dict[str, FoundName] = {}
        for each in found:
            if not each.is_redacted:
                people[self._tokens[each.end - 1].folded] = each
        return people

    def _spans(self, found: Iterable[FoundName]) -> tuple[Span, ...]:
        return tuple(self._names.span(each) for each in found if not each.is_redacted)

    def _aliases(self, name: FoundName) -> list[FoundName]:
        """Return other names of somebody, in a bracket after: `Ivo Tern (aka Bo Rask)`."""
        tokens = self._tokens
        at = name.end + 1
        if at >= self.end or tokens[name.end].text not in {"(", "["}:
            return []
        if tokens[at].folded not in ALIAS:
            return []
        end = next((place for place in range(at, self.end) if tokens[place].text in ")]"), at)
        return [each for each in self._names.found if at < each.first and each.end <= end]


def _is_role(token: PleaToken) -> bool:
    """Return whether a word is for a person, a people or, with a capital, an organization."""
    word = token.folded
    if word in PERSONS or (word[-1:] == "s" and (word[:-1] in COUNTRIES or word[:-1] in PERSONS)):
        return True
    return token.text[0].isupper() and (
        word in ORGANIZATIONS or word in _BODIES or (token.text.isupper() and len(word) > 1)
    )
