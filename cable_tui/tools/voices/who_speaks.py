"""The words of a sentence, and tests of whether a person speaks before a verb."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise, repeat

from cable_tui.tools.voices import words_around as around

_ASCII_SIGNS = ".,;:!?()[]\"'-/&*#"
SIGNS = f"{_ASCII_SIGNS}“”‘’"
"""Punctuation that may surround a word."""
NEAR = 5
FAR = 10
"""The number of words around a word to examine."""
OUTSIDE = ("",) * (3 * FAR)
"""Empty words that a sentence returns for positions after its last word or before its first word.
"""

_PASSED = around.ADVERBS | around.HELPS | around.TIMES | {"to", "with", "not", "and"}
"""Words that may come between a subject and its verb, in addition to adverbs in `-ly` and numbers.
"""
_FIRST = around.PRONOUNS | around.PERSONS
_PLURALS = frozenset(
    [person + "s" for person in around.PERSONS]
    + [person[:-1] + "ies" for person in around.PERSONS if person.endswith("y")]
)
_BEFORE_DEPARTMENT = around.CONJUNCTIONS | {"", "the", "that"}
_FINITE = around.BE | around.MODALS - {"to"}


class Words:
    """The words of a sentence with the punctuation around them."""

    def __init__(self, sentence: str) -> None:
        self._sentence = sentence
        self._written: list[str] = []
        self._known = 0
        self.small = sentence.lower().split()
        """The words in lower case."""
        signs = _ASCII_SIGNS if sentence.isascii() else SIGNS  # stripping fewer is faster
        self.stripped = list(map(str.strip, self.small, repeat(signs)))
        """The words in lower case, without punctuation."""
        self.at: Callable[[int], str] = [*self.stripped, *OUTSIDE].__getitem__
        """A function that returns the word at a position without punctuation, or an empty string
        outside the sentence.
        """

    def written(self, place: int) -> str:
        """Return a word as it is written in the sentence."""
        if place >= self._known:  # few rules ask, mostly for one: only the words up to it
            self._known = len(self.small) if self._known else place + NEAR
            self._written = self._sentence.split(None, self._known)
        return self._written[place]

    def is_before_comma(self, place: int) -> bool:
        """Return whether a comma or a semicolon follows a word."""
        return "," in self.small[place][-2:] or self.small[place][-1] == ";"

    def before_comma(self, place: int) -> int:
        """Return the position of the nearest earlier word with a comma after it, or -1."""
        indexes_before = range(place - 1, max(place - 2 * FAR, 0) - 1, -1)
        return next((index for index in indexes_before if self.is_before_comma(index)), -1)

    def past_comma(self, place: int) -> int:
        """Return the position before an apposition: of `Tern` in `Tern, the keeper, asked`.

        Without a comma after the word, return the position itself.
        """
        return self.before_comma(place) if self.is_before_comma(place) else place

    def is_first_word(self) -> bool:
        """Return whether the first word may be capitalized only because it is first."""
        return self.at(0) not in _FIRST and self.written(0)[1:].islower()

    def is_name(self, place: int) -> bool:
        """Return whether a word within a sentence has only its first letter in capitals."""
        if not 0 < place < len(self.small):
            return False
        written_word = self.written(place)
        word = written_word.lstrip(SIGNS)
        if not (word[:1].isupper() and word[1:2].islower()):
            return False
        begins = written_word.startswith(("(", "[")) or self.small[place - 1][-1] in ":;("
        return not begins and word != self.written(0)

    def before_bracket(self, place: int) -> int:
        """Return the position before the text in brackets that ends at a word."""
        for index in range(place, max(place - 3 * FAR, 0), -1):
            if self.small[index].startswith("("):
                return index - 1
        return max(place - 1, 0)

    def is_capital(self, place: int) -> bool:
        """Return whether a word begins with a capital letter, possibly after a lowercase `al-`."""
        word = self.written(place).lstrip(SIGNS)
        return word[:1].isupper() or (word[:3] in ("al-", "el-") and word[3:4].isupper())

    def before(self, index: int) -> int:
        """Return the position before a verb, its adverbs and `has`, where its subject may be."""
        index -= 1
        for _ in range(FAR):
            if index <= 0:
                break
            if self.small[index].endswith(")"):
                index = self.before_bracket(index)
                continue
            word = self.at(index)
            if word and word not in _PASSED and word[-2:] != "ly" and not word.isdigit():
                break
            if (
                word in ("to", "with")
                and self.small[index - 1][:5] == "spoke"
                and "we" in self.small
            ):
                return max(self.small.index("we") - 1, 0)  # `all pilots we spoke to noted`
            if word == "not" and self.at(index - 1) in ("do", "does", "did"):
                index -= 2
                continue
            if word in around.TIMES and self.at(index - 1) in around.WHICH:  # `the press last week`
                index -= 2 + (self.at(index - 2) == "the")
                continue
            if word.isdigit() and len(word) < 3 and self.at(index - 1) in around.MONTHS:
                index -= 2 + (self.at(index - 2) == "on")  # `Tern on May 8 asked`
                continue
            adverb = self.is_adverb(index) or word in around.HELPS
            adverb = adverb or (word == "and" and self.at(index - 1).endswith("ly"))
            if word and not adverb:
                break
            index -= 1
        return index

    def is_adverb(self, index: int) -> bool:
        """Return whether a word may be between a subject and its verb."""
        word = self.at(index)
        return word in around.ADVERBS or (word.endswith("ly") and word not in around.NO_ADVERB)

    def heads(self, before: int) -> bool:
        """Return whether a phrase that ends at a word begins with people: `officials of a port`."""
        first_index = max(before - FAR, 0)
        words_near = self.stripped[first_index : before + 1]
        return not _PLURALS.isdisjoint(words_near) and any(
            are_persons(word) and next_word in around.PREPOSITIONS
            for word, next_word in pairwise(words_near)
        )

    def doer(self, index: int) -> int:
        """Return the position before a verb and its auxiliaries: `is saying`, `has been saying`."""
        index_before = self.before(index)
        while index_before > 0 and self.at(index_before) in around.BE:
            index_before = self.before(index_before)
        return index_before

    def is_authors(self) -> bool:
        """Return whether the sentence begins with its author.

        For example, `We pressed him`, but not `Embassy contacts`.
        """
        return self.at(0) in around.AUTHOR and not are_persons(self.at(1))

    def is_guess(self) -> bool:
        """Match `We expect that Tern will ask for more`, where the author only supposes it."""
        first_words = map(self.at, (1, 2, 3))
        return self.is_authors() and not around.SUPPOSES.isdisjoint(first_words)

    def begins_with_somebody(self) -> bool:
        """Return whether one of the first words can be a speaker."""
        return not self.is_authors() and any(map(self.is_somebody, range(min(4, len(self.small)))))

    def is_owner(self, index: int) -> bool:
        """Return whether a word is a possessive, as in `the minister's stated aim`.

        `,s` is a garbled `'s`.
        """
        word = self.small[index] if 0 <= index < len(self.small) else ""
        return word.endswith(("'s", "’s", ",s", "s'", "s’")) and word[:-2] not in around.CONTRACTED

    def is_owned(self, index: int) -> bool:
        """Return whether a possessive is directly before a noun."""
        return self.is_owner(index - 1) or self.at(index - 1) in ("his", "her", "their")

    def has_clause(self, index: int) -> bool:
        """Match `papers wrote in May that the port is old`; not `wrote in May that were old`."""
        return any(
            self.at(place) == "that"
            and (self.at(place + 1) in around.CLAUSE or self.is_name(place + 1))
            for place in range(index + 2, index + FAR)
        )

    def has_verb(self, index: int) -> bool:
        """Return whether a clause without `that` may follow: `he maintained oil would be sold`."""
        words_near = self.stripped[index + 1 : index + FAR]
        return "and" not in words_near and not _FINITE.isdisjoint(words_near[1:])

    def is_somebody(self, index: int) -> bool:
        """Return whether a word can be a speaker: a pronoun, a person, a name or a redaction."""
        word = self.at(index)
        if not word:
            return False
        if word in around.PRONOUNS or word in around.PERSONS or are_persons(word):
            return True
        if word in around.NO_NAME:  # in a text of capitals
            return False
        return self.is_capital(index) or word.startswith("xxxx")

    def speaks(self, index: int) -> bool:
        """Return whether a verb in the past has a speaker as its subject.

        Such a verb is neither passive nor an adjective before a noun.
        """
        if index == 0 or self.small[index - 1] in around.PERHAPS:
            return False
        index_before = self.before(index)
        word, first, behind = self.at(index_before), self.at(index_before - 1), self.at(index + 1)
        if index_before == 0 and word.endswith("ly") and behind in ("to", "as"):
            return False  # `Commonly referred to as`
        if word in around.AUTHOR:
            is_parted = first == "of" or self.is_before_comma(index_before)
            if not is_parted and not self.is_foreign(index_before):
                return False
        if word in around.NO_VERB_BEHIND:
            is_clause = behind in around.CLAUSE or self.at(index - 1) in ("has", "have", "had")
            if not is_clause or word not in around.PRONOUNS:
                return False
        if first in ("reftel", "ref") and self.small[index_before - 1].isalpha():
            return False
        if self.is_owner(index_before):
            return False
        if word in ("and", "but") and self.at(0) in around.AUTHOR:
            return False
        if word.isdigit() and not (self.is_before_comma(index_before) or first in around.MONTHS):
            return False
        is_elsewhere = behind in around.ELSEWHERE and not self.is_before_comma(index)
        return not is_elsewhere and not self.is_post(index_before)

    def is_post(self, index: int) -> bool:
        """Return whether a name belongs to the post, or to the Department that the post works for.

        For example, `Embassy Amber`, but not `Chief of Mission Tern`; `the Department`, but not
        `the Police Department`.
        """
        if self.at(index) == "department":
            return self.is_capital(index) and self.at(index - 1) in _BEFORE_DEPARTMENT
        if self.at(index) in around.PERSONS:
            return False
        if self.at(index) == "washington":
            is_elsewhere = self.is_before_comma(index) or self.at(index - 1) == "in"
            return not is_elsewhere and self.is_capital(index)
        if around.POSTS.isdisjoint(self.stripped[max(index - 3, 0) : index]):
            return False
        for place in range(index, max(index - 3, 0), -1):
            if not self.is_capital(place):
                return False
            if self.at(place - 1) in around.POSTS:
                return self.at(place - 2) != "of" and not self.is_before_comma(place - 1)
        return False

    def is_foreign(self, index: int) -> bool:
        """Match `the British embassy`, which is not the author's embassy."""
        word_before = self.at(index - 1)
        is_american = word_before in ("u.s", "us", "american", "usg")
        return self.at(index) == "embassy" and self.is_name(index - 1) and not is_american

    def is_people(self, index: int) -> bool:
        """Match `the Dutch urge`, where the name of a people has no plural ending."""
        return self.at(index - 1) == "the" and self.at(index).endswith(around.PEOPLES)

    def is_inverted(self, index: int) -> bool:
        """Match `the port is closed, continued the keeper`."""
        if index and not self.is_before_comma(index - 1):
            return False
        return self.at(index + 1) == "the" or self.is_somebody(index + 1)

    def is_inserted(self, index: int) -> bool:
        """Match `Tern, however, asked`."""
        return self.at(index) in ("however", "though", "too")

    def is_bare(self, index: int) -> bool:
        """Return whether no object can follow a verb; `over 30 boats` is an object."""
        ahead = self.at(index + 1)
        if ahead in around.ROUGHLY and self.at(index + 2)[:1].isdigit():
            return False
        return ahead in around.PREPOSITIONS or ahead in ("", "to") or self.is_before_comma(index)

    def is_aside(self, index: int) -> bool:
        """Match `the port is closed, the keepers noted`, at the end of a sentence."""
        is_last = index == len(self.small) - 1
        if is_last and self.at(index - 1) in around.SUBJECTS:
            return True
        ends = is_last or self.is_before_comma(index)
        return ends and self.before_comma(index - 1) >= max(index - NEAR, 0)

    def is_subject(self, index: int) -> bool:
        """Return whether a person is directly before a verb, as its subject."""
        index_before = self.before(index)
        is_parted = not (
            self.is_inserted(index_before + 1) or self.at(index_before).startswith("xxxx")
        )
        subject_index = self.past_comma(index_before) if is_parted else index_before
        subject_does = (
            self.at(index - 1) in ("has", "have")
            or self.is_somebody(subject_index)
            or self.heads(index_before)
        )
        return subject_does and self.speaks(index)


def are_persons(word: str) -> bool:
    """Return whether a word is the plural of a noun for a person."""
    return word in _PLURALS
