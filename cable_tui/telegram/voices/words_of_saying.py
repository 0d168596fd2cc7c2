"""TRIGGERS: the words that make a sentence a report, each with what must stand around it.

A rule gets the words of a sentence and the place of its word. A participle is no report: `the
stated aim`, `aid promised during the visit`, `he was accused of fraud` name no speaker. The words
before it and behind it decide, for all words of a kind alike.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from cable_tui.telegram.voices.verbs_of_saying import (
    MEAN,
    PERFORMED,
    SAY,
    SAYING,
    SAYS,
    SPEAKING,
    SPOKE,
    SPOKE_OF,
    SPOKE_TO,
    SURE,
    THAT,
    TOLD_THAT,
)
from cable_tui.telegram.voices.words_around import (
    ADVERBS,
    AUTHOR,
    BE,
    CLAUSE,
    CONTRACTED,
    DOUBTS,
    ELSEWHERE,
    FEELINGS,
    HEARD,
    HELPS,
    LISTENERS,
    MODALS,
    MONTHS,
    NO_ADVERB,
    NO_VERB_BEHIND,
    OFFERS,
    PERSONS,
    PREPOSITIONS,
    PRONOUNS,
    SEEMED,
    SHOWS,
    STATEMENTS,
    SUBJECTS,
    THESES,
)

SIGNS = ".,;:!?()[]\"'“”‘’-/&*#"
"""What may be around a word, without a blank."""


class Words(NamedTuple):
    """The words of a sentence with the signs around them."""

    small: list[str]
    """In small letters."""
    written: list[str]

    def at(self, place: int) -> str:
        """The word of a place without its signs; nothing outside of the sentence."""
        if not 0 <= place < len(self.small):
            return ""
        word = self.small[place]
        return word if word.isalnum() else word.strip(SIGNS)

    def is_before_comma(self, place: int) -> bool:
        """Whether a comma follows a word."""
        return "," in self.small[place][-2:]

    def is_name(self, place: int) -> bool:
        """Whether a word that begins no sentence has its first letter alone in capitals."""
        word = self.written[place].lstrip(SIGNS)
        return place > 0 and word[:1].isupper() and word[1:2].islower() and word != self.written[0]

    def before_bracket(self, place: int) -> int:
        """The place before the brackets that end behind a word."""
        for at in range(place, max(place - 3 * _FAR, 0), -1):
            if self.small[at].startswith("("):
                return at - 1
        return max(place - 1, 0)

    def is_capital(self, place: int) -> bool:
        """Whether a word begins with a capital."""
        return self.written[place].lstrip(SIGNS)[:1].isupper()


Rule = Callable[[Words, int], bool]

_NEAR = 5
_FAR = 10


def _before(words: Words, at: int) -> int:
    """The place before a verb, behind its adverbs and `has`: that of its subject, if it is near."""
    at -= 1
    for _ in range(_FAR):
        if at <= 0:
            break
        if words.small[at].endswith(")"):
            at = words.before_bracket(at)
            continue
        word = words.at(at)
        adverb = word.endswith("ly") and word not in NO_ADVERB
        if not (adverb or word in HELPS or word in ADVERBS):
            break
        at -= 1
    return at


def _is_owner(words: Words, at: int) -> bool:
    """Whether a word is a possessive, as in `the minister's stated aim`; `,s` is a lost one."""
    word = words.small[at] if 0 <= at < len(words.small) else ""
    return word.endswith(("'s", "’s", ",s", "s'", "s’")) and word[:-2] not in CONTRACTED


def _is_somebody(words: Words, at: int) -> bool:
    """Whether a word can be who speaks: a pronoun, a person, a name, a redaction."""
    word = words.at(at)
    if not word:
        return False
    if word in PRONOUNS or word in PERSONS or word.removesuffix("s") in PERSONS:
        return True
    return words.is_capital(at) or word.startswith("xxxx")


def _speaks(words: Words, at: int) -> bool:
    """Whether a verb in the past has a subject: it is neither passive nor before a noun."""
    if at == 0:
        return False
    before = _before(words, at)
    word = words.at(before)
    if word in AUTHOR or word in NO_VERB_BEHIND or _is_owner(words, before):
        return False
    if word in ("and", "but") and words.at(0) in AUTHOR:
        return False
    if word.isdigit() and words.at(before - 1) not in MONTHS:
        return False
    return words.at(at + 1) not in ELSEWHERE


def _is_inverted(words: Words, at: int) -> bool:
    """As in `the port is closed, continued the keeper`."""
    if at and not words.is_before_comma(at - 1):
        return False
    return words.at(at + 1) == "the" or _is_somebody(words, at + 1)


def _spoke(words: Words, at: int) -> bool:
    if at == 1 and words.at(0) == "that":  # `That said, ...`
        return False
    return _speaks(words, at) or _is_inverted(words, at) or _heard(words, at)


def _answered(words: Words, at: int) -> bool:
    """As in `he replied that ...`; not `the army responded with shells`."""
    behind = words.at(at + 1)
    if (behind in ("to", "with", "by") or behind.endswith("ly")) and "that" not in words.small[
        at : at + 3 * _FAR
    ]:
        return False
    return _speaks(words, at)


def _is_bare(words: Words, at: int) -> bool:
    """Whether nothing follows a verb that it could be done to."""
    behind = words.at(at + 1)
    return behind in PREPOSITIONS or behind in ("", "to") or words.is_before_comma(at)


def _is_aside(words: Words, at: int) -> bool:
    """As in `the port is closed, the keepers noted`, where the sentence ends."""
    ends = at == len(words.small) - 1 or words.is_before_comma(at)
    return ends and any(words.is_before_comma(place) for place in range(max(at - _NEAR, 0), at - 1))


def _spoke_to(words: Words, at: int) -> bool:
    active = not _is_bare(words, at) or words.at(at - 1) in ("has", "have", "had")
    return active and _speaks(words, at)


def _spoke_of(words: Words, at: int) -> bool:
    """As in `he promised help`; `help promised in May` has nobody who speaks."""
    if not _speaks(words, at):
        return _heard(words, at)
    if not _is_bare(words, at) or _is_aside(words, at):
        return True
    if words.at(at - 1) in ("has", "have", "had", "and", "but"):  # `he came and asked for help`
        return True
    before, behind = _before(words, at), words.at(at + 1)
    if before == 0 and behind != "to" and words.at(0) not in PRONOUNS | PERSONS:
        return "that" in words.small[at:]  # a capital says nothing where a sentence begins
    return _is_somebody(words, before) and not words.is_before_comma(before)


def _heard(words: Words, at: int) -> bool:
    """As in `it was suggested that`, `they were told that`: who says it is not named."""
    before = _before(words, at)
    if words.at(before) not in BE or words.at(before - 1) in MODALS:
        return False
    behind = words.at(at + 1)
    return words.at(at) in HEARD and (
        behind == "that" or (behind == "to" and words.at(at) != "told")
    )


def _told_that(words: Words, at: int) -> bool:
    if _is_inverted(words, at):
        return words.at(at) == "concluded"
    clause = "that" in (words.at(at + 1), words.at(at + 2)) or words.at(at + 1) in SUBJECTS | {"no"}
    return clause and _speaks(words, at)


def _performed(words: Words, at: int) -> bool:
    """Of a verb that means other things too: who speaks comes before it."""
    if _is_inverted(words, at):
        return words.at(at) in ("added", "continued", "concluded", "agreed", "offered")
    behind = words.at(at + 1)
    if words.at(at) == "expected" and _is_bare(words, at):
        return False
    if behind == "that" or words.at(at + 2) == "that":
        return _speaks(words, at)
    before = _before(words, at)
    subject = _is_somebody(words, before) and not words.is_before_comma(before)
    return _speaks(words, at) and subject and behind not in ("to", "in", "with", "of", "for")


def _that(words: Words, at: int) -> bool:
    """Of a verb that may be a noun: a clause follows."""
    before = _before(words, at)
    word = words.at(before)
    if at == 0 or word in AUTHOR or word in NO_VERB_BEHIND or _is_owner(words, before):
        return False
    behind = words.at(at + 1)
    if behind == "to" and words.at(at) == "claims":
        return words.at(at + 2) != "be"
    if word in SUBJECTS:
        return True
    if words.at(at) not in SHOWS and behind in ("that", "whether"):
        return True
    # As in `the plan, the Minister notes, is old`.
    parted = words.is_before_comma(at) and any(
        map(words.is_before_comma, range(max(at - 4, 0), at))
    )
    return (behind in CLAUSE or parted) and _is_somebody(words, before)


def _says(words: Words, at: int) -> bool:
    before = _before(words, at)
    if words.at(before) == "not" and words.at(before - 1) in ("do", "does"):
        before = _before(words, before - 1)
    if words.at(before) in ("and", "but") and words.at(0) in AUTHOR:
        return False
    return at > 0 and words.at(before) not in AUTHOR | NO_VERB_BEHIND


def _say(words: Words, at: int) -> bool:
    """Of the form without an ending: it belongs to no other verb before it."""
    if not _says(words, at):
        return False
    near = {words.at(place) for place in range(max(at - _FAR, 0), at)}
    if words.at(at - 1) in ("and", "or") and not near.isdisjoint(MODALS):
        return False
    if words.at(at) in ("say", "argue", "complain", "assert"):
        return True
    clause = words.at(at + 1) in CLAUSE
    return clause and (words.at(at) in MEAN or _is_somebody(words, _before(words, at)))


def _tell(words: Words, at: int) -> bool:
    return words.at(at + 1) in LISTENERS and _says(words, at)


def _briefed(words: Words, at: int) -> bool:
    return words.at(at + 1) in LISTENERS and _speaks(words, at)


def _saying(words: Words, at: int) -> bool:
    """As in `he left, saying that ...` and `by asking whether ...`."""
    if words.at(at + 1) in ("that", "whether"):
        if at == 0:  # who says it comes behind the clause
            return AUTHOR.isdisjoint(map(words.at, range(len(words.small))))
        return _says(words, at) or words.at(at - 1) in ("by", "as", "in", "while", "without")
    if at == 0 or words.at(0) in AUTHOR:
        return False
    before = _before(words, at)
    if words.at(at - 1) == "by":
        return at > 1 and words.at(at) in SPEAKING
    if words.at(at) in ("saying", "stating"):
        return words.at(at - 1) == "as" or words.at(before) not in NO_VERB_BEHIND
    return words.is_before_comma(at - 1) or _is_somebody(words, before)


def _sure(words: Words, at: int) -> bool:
    """As in `he was very concerned that ...`."""
    if words.at(at + 1) not in ("that", "about", "over", "whether", "of", "to"):
        return False
    before = _before(words, at)
    if words.at(before) in ("very", "extremely", "more", "quite", "so", "most", "less", "not"):
        before = _before(words, before)
    if words.at(before) not in BE and words.at(before) not in SEEMED:
        return False
    return _is_somebody(words, before - 1) and words.at(before - 1) not in AUTHOR


def _according(words: Words, at: int) -> bool:
    """Not `according to our records` and `according to the same rules`."""
    if words.at(at + 2) in ("our", "my", "post"):
        return _is_somebody(words, at + 3)
    return words.at(at + 1).startswith("to") and words.at(at + 3) != "same"


def _with_one_of(following: Iterable[str], reach: int = 1) -> Rule:
    wanted = frozenset(following)

    def rule(words: Words, at: int) -> bool:
        near = (words.at(at + step) for step in range(1, reach + 1))
        if words.at(_before(words, at)) in (AUTHOR | MODALS | {"not", "never"}):
            return False
        return any(word in wanted for word in near)

    return rule


def _saw(words: Words, at: int) -> bool:
    """As in `he saw the port as lost`."""
    return "as" in words.small[at : at + _FAR] and _performed(words, at)


def _feels(words: Words, at: int) -> bool:
    """As in `they express concern` and `he shared his view`."""
    return _FEELING(words, at) and _is_somebody(words, _before(words, at))


def _agreed(words: Words, at: int) -> bool:
    """As in `he agreed with the point that ...`; not `he agreed to leave`."""
    if words.at(at + 1) == "with":
        near = {words.at(place) for place in range(at + 2, at + _FAR)}
        return not near.isdisjoint(THESES) and _speaks(words, at)
    return _performed(words, at)


def _worried(words: Words, at: int) -> bool:
    return _sure(words, at) or (words.at(at + 1) in ("that", "about") and _speaks(words, at))


def _raised(words: Words, at: int) -> bool:
    return words.at(at + 1) == "with" or (_DOUBTING(words, at) and _performed(words, at))


def _called(words: Words, at: int) -> bool:
    """As in `he called it old` and `called for help`; not `a port called Amber`."""
    behind = words.at(at + 1)
    meant = behind in ("on", "for", "upon", "it", "this", "them") or _is_owner(words, at + 1)
    return meant and _speaks(words, at)


def _claim(words: Words, at: int) -> bool:
    """As in `he was firm in his assertion that ...`."""
    owned = _is_owner(words, at - 1) or words.at(at - 1) in ("his", "her", "their")
    return owned and words.at(at + 1) == "that"


def _view(words: Words, at: int) -> bool:
    """`in the minister's view`, `from his point of view`; not `in our view`."""
    if words.at(at - 2) == "point" and words.at(at - 1) == "of":
        return words.at(at - 3) not in ("our", "my")
    whose = words.small[at - 1] if at else ""
    if words.at(at + 1) in ("is", "was") and words.at(at + 2) == "that":
        return _is_owner(words, at - 1) or words.at(at - 1) in ("his", "her", "their")
    owned = "'" in whose or "’" in whose or ",s" in whose or whose in ("his", "her", "their")
    return owned and "in" in words.small[max(at - _NEAR, 0) : at]


_DOUBTING = _with_one_of(DOUBTS, _NEAR)
_FEELING = _with_one_of(FEELINGS, _NEAR)

TRIGGERS: dict[str, Rule] = {
    **dict.fromkeys(SPOKE, _spoke),
    **dict.fromkeys(SPOKE_OF, _spoke_of),
    **dict.fromkeys(SPOKE_TO, _spoke_to),
    **dict.fromkeys(PERFORMED, _performed),
    **dict.fromkeys(("replied", "responded", "answered"), _answered),
    **dict.fromkeys(TOLD_THAT, _told_that),
    **dict.fromkeys(THAT, _that),
    **dict.fromkeys(SAYS, _says),
    **dict.fromkeys(SAY, _say),
    **dict.fromkeys(SAYING, _saying),
    **dict.fromkeys(SURE, _sure),
    "tell": _tell,
    "briefed": _briefed,
    "according": _according,
    **dict.fromkeys(("expressed", "voiced"), _spoke_of),
    **dict.fromkeys("express expresses voice registered shared".split(), _feels),
    "agreed": _agreed,
    "worried": _worried,
    "raised": _raised,
    "saw": _saw,
    "offered": _with_one_of(FEELINGS | STATEMENTS | OFFERS, _NEAR),
    "pointed": _with_one_of(("out", "to")),
    **dict.fromkeys(("point", "points"), _with_one_of(("out",))),
    "made": _with_one_of(STATEMENTS, _NEAR),
    "brought": _with_one_of(("up",)),
    "called": _called,
    **dict.fromkeys("assertion claim contention argument statement".split(), _claim),
    **dict.fromkeys("view opinion judgment words assessment estimation analysis".split(), _view),
}
"""By the word in small letters."""
