"""TRIGGERS: the words that make a sentence a report, each with what must stand around it.

A rule gets the words of a sentence and the place of its word. A participle is no report: `the
stated aim`, `aid promised during the visit`, `he was accused of fraud` name no speaker. The words
before it and behind it decide, for all words of a kind alike.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from cable_tui.telegram.voices import verbs_of_saying as verbs
from cable_tui.telegram.voices import words_around as around
from cable_tui.telegram.voices.who_speaks import FAR, NEAR, Words, are_persons

Rule = Callable[[Words, int], bool]

_QUOTES = ('"', "“")


def _any_of(*rules: Rule) -> Rule:
    return lambda words, at: any(rule(words, at) for rule in rules)


def _by_somebody(rule: Rule) -> Rule:
    return lambda words, at: rule(words, at) and words.is_subject(at)


def _spoke(words: Words, at: int) -> bool:
    if at == 1 and words.at(0) == "that":  # `That said, ...`
        return False
    return words.speaks(at) or words.is_inverted(at) or _heard(words, at)


def _answered(words: Words, at: int) -> bool:
    """As in `he replied that ...`; not `the army responded with shells`."""
    behind = words.at(at + 1)
    if behind == "with" and _FEELING(words, at):
        return words.is_subject(at)
    if (behind in ("to", "with", "by") or behind.endswith("ly")) and "that" not in words.small[
        at : at + 3 * FAR
    ]:
        return False
    return words.speaks(at)


def _spoke_to(words: Words, at: int) -> bool:
    active = not words.is_bare(at) or words.at(at - 1) in ("has", "have", "had")
    near = {words.at(place) for place in range(max(at - NEAR, 0), at)}
    active = active or not near.isdisjoint(("which", "whom"))
    if words.at(at + 1) in ("to", "as"):  # `he described to us his plan`
        active = words.is_subject(at)
    return (active and words.speaks(at)) or _heard(words, at)


def _spoke_of(words: Words, at: int) -> bool:
    """As in `he promised help`; `help promised in May` has nobody who speaks."""
    if not words.speaks(at):
        return _heard(words, at)
    if not words.is_bare(at) or words.is_aside(at):
        return True
    if words.at(at) == "claimed" and words.at(at + 2) == "have":
        return True
    if words.at(at - 1) in ("has", "have", "had", "and", "but"):  # `he came and asked for help`
        return True
    before, behind = words.before(at), words.at(at + 1)
    if (
        before == 0
        and behind != "to"
        and words.at(at) != "asked"
        and words.at(0) not in around.PRONOUNS | around.PERSONS
    ):
        return "that" in words.small[at:]  # a capital says nothing where a sentence begins
    told = behind == "to" or "that" in words.small[at : at + 2 * FAR]
    if told and words.is_before_comma(before):  # `Tern, the keeper, noted to us`
        return any(map(words.is_before_comma, range(max(before - FAR, 0), before)))
    return words.is_somebody(before) and not words.is_before_comma(before)


def _heard(words: Words, at: int) -> bool:
    """As in `it was suggested that`, `they were told that`: who says it is not named."""
    before = words.before(at)
    if words.at(before) not in around.BE | {"as"} or words.at(before - 1) in around.MODALS:
        return False
    behind = words.at(at + 1)
    if behind == "by" and words.at(before) == "as":  # `as noted by Tern`
        return words.at(at + 2) not in around.AUTHOR and words.is_somebody(at + 2)
    if behind == "by":  # `he was criticized by the press`
        named = any(words.is_somebody(place) for place in range(at + 2, at + 5))
        return words.at(at) in verbs.SAID_BY and words.at(at + 2) not in around.AUTHOR and named
    return words.at(at) in around.HEARD and (
        behind == "that" or (behind == "to" and words.at(at) != "told")
    )


def _told_that(words: Words, at: int) -> bool:
    if words.is_inverted(at):
        return words.at(at) == "concluded"
    clause = "that" in (words.at(at + 1), words.at(at + 2)) or words.at(
        at + 1
    ) in around.SUBJECTS | {"no"}
    aside = words.is_aside(at) and words.is_subject(at)
    return (clause or aside) and words.speaks(at)


def _put(words: Words, at: int) -> bool:
    """As in `he requested lamps` and `he indicated more is needed`, with a subject at hand."""
    if _told_that(words, at):
        return True
    behind = words.at(at + 1)
    before = words.before(at)
    if words.at(at) == "related" and behind not in around.CLAUSE:
        return False
    short = words.at(before) == "another" or words.written[before].isupper()
    named = behind in around.CLAUSE or behind.endswith("ing")
    if words.at(at) == "proposed" and short and not named:  # `an MOD proposed system`
        return False
    if behind != "to" and words.is_bare(at):
        return False
    if words.at(before) == "and" or (words.is_before_comma(before) and words.at(at) == "requested"):
        return words.is_somebody(0) and words.speaks(at)
    return words.is_subject(at)


def _undertook(words: Words, at: int) -> bool:
    """As in `he offered to pay`, `refused to leave`; not `offered to the port`."""
    behind = words.at(at + 2)
    if (
        words.at(at + 1) != "to"
        or behind in around.CLAUSE | around.PREPOSITIONS
        or words.is_name(at + 2)
    ):
        return False
    if behind.endswith("ing"):
        return False
    if (
        words.at(at) != "agreed" and words.at(words.before(at)) == "and"
    ):  # `the port is old and has offered to pay`
        return words.is_somebody(0) and words.speaks(at)
    return words.is_subject(at)


def _phrase(words: Words, at: int) -> bool:
    """As in `he ruled out a sale`."""
    return words.at(at + 1) in around.PHRASES[words.at(at)].split() and words.is_subject(at)


def _goes_on(words: Words, at: int) -> bool:
    """As in `he continued to complain`, `went on to say`, `phoned us to ask`."""
    if words.at(at - 1).endswith("ly"):  # `to openly criticize`
        at -= 1
    if words.at(at - 1) != "to":
        return False
    if words.at(at - 2) in ("continue", "continues", "continued"):
        return _says(words, at - 2)
    if words.at(at - 2) in around.EAGER:
        near = range(max(at - 6, 1), at - 2)
        return any(
            words.at(place) in around.BE | {"took", "used"} and _says(words, place)
            for place in near
        )
    if words.at(at - 2) == "on":
        return words.at(at - 3) in ("went", "goes", "gone") and _says(words, at - 3)
    for place in range(max(at - FAR, 1), at - 1):
        if words.at(place) in around.CALLED_UP and words.is_subject(place):
            return True
    near = range(max(at - NEAR, 1), at - 1)  # `it led him to say`
    return words.is_somebody(at - 2) and any(words.at(place) in around.CAUSED for place in near)


def _performed(words: Words, at: int) -> bool:
    """Of a verb that means other things too: who speaks comes before it."""
    if words.is_inverted(at):
        return words.at(at) in ("added", "continued", "concluded", "agreed", "offered")
    behind = words.at(at + 1)
    if words.at(at) == "expected" and words.is_bare(at):
        return False
    if behind == "that" or words.at(at + 2) == "that":
        return words.speaks(at)
    before = words.before(at)
    if words.at(before) in ("and", "but") and behind in around.SUBJECTS:
        return words.speaks(at)
    subject = words.is_somebody(before) and not words.is_before_comma(before)
    done = behind in ("to", "in", "with", "of", "for") and not words.is_before_comma(at)
    return words.speaks(at) and subject and not done


def _that(words: Words, at: int) -> bool:
    """Of a verb that may be a noun: a clause follows."""
    before = words.before(at)
    word = words.at(before)
    if at == 0 or word in around.AUTHOR or word in around.NO_VERB_BEHIND or words.is_owner(before):
        return False
    behind = words.at(at + 1)
    if behind == "to" and words.at(at) == "claims":
        return words.at(at + 2) != "be"
    if behind == "to":
        return False
    if word in around.SUBJECTS:
        return True
    if words.at(at) in ("fears", "doubts") and not words.is_somebody(before):
        return False
    if words.at(at) not in around.SHOWS and behind in ("that", "whether"):
        return True
    # As in `the plan, the Minister notes, is old`.
    parted = words.is_before_comma(at) and any(
        map(words.is_before_comma, range(max(at - 4, 0), at))
    )
    return (behind in around.CLAUSE or parted) and words.is_somebody(before)


def _says(words: Words, at: int) -> bool:
    before = words.before(at)
    if words.at(before) == "not" and words.at(before - 1) in ("do", "does", "did"):
        before = words.before(before - 1)
    if words.at(before) in ("and", "but") and words.at(0) in around.AUTHOR:
        return False
    word = words.at(before)
    if word in around.AUTHOR or words.is_post(before):
        return False
    if word == "which" and words.at(at) == "explains":
        return False
    return at > 0 and (word not in around.NO_VERB_BEHIND or word in around.PRONOUNS)


def _say(words: Words, at: int) -> bool:
    """Of the form without an ending: it belongs to no other verb before it."""
    if words.at(at - 1) == "to":
        meant = words.at(at + 1) in around.CLAUSE or words.at(at) not in verbs.MEAN | {
            "feel",
            "report",
            "hope",
        }
        return meant and _goes_on(words, at)
    if not _says(words, at):
        return False
    near = {words.at(place) for place in range(max(at - FAR, 0), at)}
    if words.at(at - 1) in ("and", "or") and not near.isdisjoint(around.MODALS):
        return False
    if words.at(at) in ("say", "argue", "complain", "assert"):
        return True
    mean = words.at(at) in verbs.MEAN
    behind = words.at(at + 1)
    clause = behind in around.CLAUSE or (mean and words.is_name(at + 1))
    before = words.before(at)
    if words.at(at) == "claim" and behind == "to":
        return words.at(at + 2) in ("have", "know") and words.is_somebody(before)
    if (
        behind in around.SUBJECTS | {"that"} and words.at(at) not in around.SHOW
    ):  # `the ports report that`
        mean = mean or (words.at(before).endswith("s") and words.at(before)[-2:-1] != "s")
    mean = mean or words.at(at - 1) == "did"
    clause = clause or (words.at(at) == "claim" and are_persons(words.at(before)))
    return clause and (mean or words.is_somebody(before))


def _tell(words: Words, at: int) -> bool:
    return (words.at(at + 1) in around.LISTENERS and _says(words, at)) or _goes_on(words, at)


def _briefed(words: Words, at: int) -> bool:
    named = words.is_name(at + 1) and "on" in words.small[at : at + FAR] and words.is_subject(at)
    return named or (words.at(at + 1) in around.LISTENERS and words.speaks(at))


def _saying(words: Words, at: int) -> bool:
    """As in `he left, saying that ...` and `by asking whether ...`."""
    if words.at(at + 1) in ("that", "whether"):
        if at == 0:  # who says it comes behind the clause
            return around.AUTHOR.isdisjoint(map(words.at, range(len(words.small))))
        if words.at(at - 2) == "goes":  # `it goes without saying that`
            return False
        before = words.before(at)
        if words.at(before) in around.BE:  # `who are arguing that`
            return words.is_somebody(before - 1) and words.at(before - 1) not in around.AUTHOR
        if words.at(at - 1) in ("by", "as", "in", "while", "without"):
            return True
        if words.at(at) in verbs.TELLING and not words.is_before_comma(at - 1):
            return words.is_somebody(before)
        return _says(words, at)
    if at == 0:
        return words.at(0) in verbs.SPEAKING | {"highlighting", "citing"} and _is_led_in(words)
    if words.at(0) in around.AUTHOR:
        return False
    before = words.before(at)
    if words.at(at - 1) in ("by", "in"):
        return at > 1 and words.at(at) in verbs.SPEAKING
    if words.at(before) in around.BE:  # `critics are predicting his end`
        return words.is_somebody(before - 1) and words.at(before - 1) not in around.AUTHOR
    if words.at(at) in ("saying", "stating"):
        return words.at(at - 1) == "as" or words.at(before) not in around.NO_VERB_BEHIND
    if words.at(at) in verbs.SHOWING and words.is_before_comma(at - 1):
        return False
    return words.is_before_comma(at - 1) or words.is_somebody(before)


def _is_led_in(words: Words) -> bool:
    """As in `Citing the cost, Tern sold it`: somebody follows the first comma."""
    for place in range(1, len(words.small) - 1):
        if words.is_before_comma(place) and words.is_somebody(place + 1):
            return around.AUTHOR.isdisjoint(map(words.at, range(len(words.small))))
    return False


def _sure(words: Words, at: int) -> bool:
    """As in `he was very concerned that ...`."""
    behind = words.at(at + 1)
    if (
        behind not in ("that", "about", "over", "whether", "of", "to")
        and behind not in around.SUBJECTS
    ):
        return False
    before = words.before(at)
    if words.at(before) in (
        "very",
        "extremely",
        "more",
        "quite",
        "somewhat",
        "most",
        "less",
        "not",
    ):
        before = words.before(before)
    if words.at(before) not in around.BE and words.at(before) not in around.SEEMED:
        return False
    who = words.at(before - 1)
    if who == "it" and words.at(at) in ("critical", "certain", "doubtful"):
        return False
    return who not in around.AUTHOR and words.is_somebody(before - 1)


def _according(words: Words, at: int) -> bool:
    """Not `according to our records` and `according to the same rules`."""
    if words.at(at + 2) in ("our", "my", "post"):
        return words.is_somebody(at + 3)
    return words.at(at + 1).startswith("to") and words.at(at + 3) != "same"


def _with_one_of(following: Iterable[str], reach: int = 1) -> Rule:
    wanted = frozenset(following)

    def rule(words: Words, at: int) -> bool:
        near = (words.at(at + step) for step in range(1, reach + 1))
        if words.at(words.before(at)) in (around.AUTHOR | around.MODALS | {"not", "never"}):
            return False
        return any(word in wanted for word in near)

    return rule


def _saw(words: Words, at: int) -> bool:
    """As in `he saw the port as lost`."""
    return "as" in words.small[at : at + FAR] and _performed(words, at)


def _says_of(words: Words, at: int) -> bool:
    """As in `he considers it lost` and `whom he describes as lost`."""
    return (words.at(at + 1) == "as" or not words.is_bare(at)) and words.is_subject(at)


def _say_of(words: Words, at: int) -> bool:
    """As in `officials credit him` and `many attribute it to luck`."""
    who = words.at(words.before(at))
    many = who in ("they", "many", "most", "some", "others") or are_persons(who)
    many = many or (who.endswith("s") and words.is_capital(words.before(at)))
    if words.at(at + 1) in around.CLAUSE:  # `envoys of the ports blame him`
        near = (words.at(place) for place in range(max(at - FAR, 0), at))
        many = many or any(map(are_persons, near))
        return (many and _says(words, at)) or _goes_on(words, at)
    return (many and _says_of(words, at)) or _goes_on(words, at)


def _considered(words: Words, at: int) -> bool:
    """As in `he considered it very old`; not `he considered an offer`."""
    judged = not around.JUDGED.isdisjoint(words.small[at : at + 2 * FAR])
    return judged and words.at(at + 1) != "to" and words.is_subject(at)


def _promising(words: Words, at: int) -> bool:
    """As in `he left, promising to return`."""
    return at > 0 and words.is_before_comma(at - 1) and words.at(at + 1) in ("to", "that")


def _continued(words: Words, at: int) -> bool:
    """As in `the port, he continued, is old`; not `the raids continued at night`."""
    if words.is_inverted(at) or words.at(at + 1) == "that":
        return _performed(words, at)
    return (words.is_before_comma(at) or words.is_aside(at)) and words.is_subject(at)


def _made(words: Words, at: int) -> bool:
    """As in `he made a promise`; not `he made a point of leaving`."""
    if (words.at(at + 2), words.at(at + 3)) == ("point", "of"):
        return words.at(at + 4) in verbs.SAYING
    known = "known" in words.small[at + 1 : at + NEAR]
    return (known and words.is_subject(at)) or _STATING(words, at)


def _concern(words: Words, at: int) -> bool:
    """As in `his concern was that ...`."""
    owned = words.is_owner(at - 1) or words.at(at - 1) in ("his", "her", "their")
    if words.small[at - 1].startswith("post"):
        return False
    return owned and words.at(at + 1) in ("is", "was") and words.at(at + 2) == "that"


def _per(words: Words, at: int) -> bool:
    """As in `Per Tern, the port is closed`; not `per ref A`."""
    named = words.is_name(at + 1) and words.at(at + 1) not in ("ref", "refs", "reftel", "embassy")
    return at == 0 and named and any(map(words.is_before_comma, range(1, min(4, len(words.small)))))


def _saying_that(words: Words, at: int) -> bool:
    return at > 0 and words.at(at + 1) == "that" and words.is_before_comma(at - 1)


def _shows(words: Words, at: int) -> bool:
    """Of what facts do too: somebody does it, or a clause follows."""
    before = words.before(at)
    the = words.at(before - 1) in around.DETERMINERS
    named = (
        (words.at(at + 1) == "that" and not the)
        or words.at(before) in ("and", "but")
        or words.at(before).isdigit()
        or words.is_before_comma(before)
        or words.is_somebody(before)
    )
    if words.at(at + 1) == "to" and words.at(at + 2) in around.LISTENERS:
        return words.speaks(at)
    return (named and _spoke_of(words, at)) or _heard(words, at)


def _feels(words: Words, at: int) -> bool:
    """As in `they express concern` and `he shared his view`."""
    near = _FEELING(words, at) and words.is_somebody(words.before(at))
    return near or _goes_on(words, at)


def _shared(words: Words, at: int) -> bool:
    """As in `he shared with us that`, `shared details`, `shared his worry`."""
    told = _FEELING(words, at) or _ACCOUNT(words, at) or words.at(at + 1) in ("that", "his", "her")
    return (told or "that" in words.small[at : at + FAR]) and words.is_subject(at)


def _agreed(words: Words, at: int) -> bool:
    """As in `he agreed with the point that ...` and `he agreed to leave`."""
    if words.at(at + 1) == "with":
        near = {words.at(place) for place in range(at + 2, at + FAR)}
        return not near.isdisjoint(around.THESES) and words.speaks(at)
    return _performed(words, at) or _undertook(words, at)


def _worried(words: Words, at: int) -> bool:
    return _sure(words, at) or (words.at(at + 1) in ("that", "about") and words.speaks(at))


def _raised(words: Words, at: int) -> bool:
    if words.at(at + 1) == "with":
        return True
    if words.at(at + 1) == "this":
        return words.is_subject(at)
    topic = _DOUBTING(words, at) or _TOPIC(words, at) or words.is_owner(at + 1)
    return topic and words.is_subject(at)


def _called(words: Words, at: int) -> bool:
    """As in `he called it old` and `called for help`; not `a port called Amber`."""
    behind = words.at(at + 1)
    if behind in around.MONTHS:  # `he called May 14 for help`
        return words.at(at + 3) in ("for", "on") and words.speaks(at)
    if behind == "on":  # a visit, where nobody is asked to do something
        return "to" in words.small[at : at + 2 * FAR] and words.speaks(at)
    meant = behind in ("for", "upon", "it", "this", "them") or words.is_owner(at + 1)
    if not meant and words.at(words.before(at) - 1) not in (
        "a",
        "an",
    ):  # `a group called "Amber"`
        quoted = any(word.startswith(_QUOTES) for word in words.small[at + 1 : at + 2 * FAR])
        return (quoted or "as" in words.small[at : at + NEAR]) and words.is_subject(at)
    return meant and words.speaks(at)


def _claim(words: Words, at: int) -> bool:
    """As in `he was firm in his assertion that ...` and `claims by Tern that ...`."""
    if words.at(at + 1) in ("by", "from") and words.at(at + 2) not in around.AUTHOR:
        near = words.small[at + 2 : at + FAR]
        return "that" in near and any(words.is_somebody(at + each) for each in (2, 3, 4))
    owned = words.is_owner(at - 1) or words.at(at - 1) in ("his", "her", "their")
    owned = owned or words.is_owner(at - 2)  # `the minister's repeated claims that`
    return owned and words.at(at + 1) == "that"


def _view(words: Words, at: int) -> bool:
    """`in the minister's view`, `from his point of view`; not `in our view`."""
    if words.at(at - 2) == "point" and words.at(at - 1) == "of":
        return words.at(at - 3) not in ("our", "my")
    whose = words.small[at - 1] if at else ""
    if words.at(at + 1) in ("is", "was") and words.at(at + 2) == "that":
        return words.is_owner(at - 1) or words.at(at - 1) in ("his", "her", "their")
    owned = "'" in whose or "’" in whose or ",s" in whose or whose in ("his", "her", "their")
    return owned and "in" in words.small[max(at - NEAR, 0) : at]


_DOUBTING = _with_one_of(around.DOUBTS, NEAR)
_FEELING = _with_one_of(around.FEELINGS, NEAR)
_STATING = _with_one_of(around.STATEMENTS, NEAR)
_TOPIC = _with_one_of(around.TOPICS, NEAR)
_ACCOUNT = _with_one_of(around.ACCOUNTS, NEAR)
_OFFERING = _with_one_of(around.FEELINGS | around.STATEMENTS | around.OFFERS, NEAR)

TRIGGERS: dict[str, Rule] = {
    **dict.fromkeys(verbs.SPOKE, _spoke),
    **dict.fromkeys(verbs.SPOKE_OF, _spoke_of),
    **dict.fromkeys(verbs.SPOKE_TO, _spoke_to),
    **dict.fromkeys(verbs.PERFORMED, _performed),
    **dict.fromkeys(("replied", "responded", "answered"), _answered),
    **dict.fromkeys(verbs.TOLD_THAT, _told_that),
    **dict.fromkeys(verbs.THAT, _that),
    **dict.fromkeys(verbs.SAYS, _says),
    **dict.fromkeys(verbs.SAY, _say),
    **dict.fromkeys(verbs.SAYING, _saying),
    **dict.fromkeys(verbs.SURE, _sure),
    **dict.fromkeys(verbs.TO_SAY, _goes_on),
    **dict.fromkeys(around.PHRASES, _phrase),
    **dict.fromkeys(("proposed", "requested", "indicated", "related"), _put),
    **dict.fromkeys(("declined", "refused", "committed", "undertook", "consented"), _undertook),
    **dict.fromkeys(
        ("issued", "lodged", "filed"), _by_somebody(_with_one_of(around.PROTESTS, NEAR))
    ),
    "maintains": _told_that,
    "per": _per,
    **dict.fromkeys(verbs.SAYING_THAT, _saying_that),
    **dict.fromkeys(("promising", "threatening"), _promising),
    "compared": _says_of,
    "considered": _any_of(_told_that, _considered),
    "threatened": _any_of(_undertook, _told_that),
    "sought": _by_somebody(_with_one_of(around.ASSURANCES, NEAR)),
    "tell": _tell,
    "briefed": _briefed,
    "according": _according,
    **dict.fromkeys(("expressed", "voiced"), _spoke_of),
    **dict.fromkeys("express expresses voice registered".split(), _feels),
    "shared": _shared,
    "agreed": _agreed,
    "worried": _worried,
    "raised": _raised,
    "saw": _saw,
    **dict.fromkeys(verbs.SAYS_OF, _says_of),
    **dict.fromkeys(("predicts", "recalls"), _any_of(_that, _says_of)),
    **dict.fromkeys(verbs.SAY_OF, _say_of),
    "continued": _continued,
    "pressed": _any_of(_phrase, _performed),
    **dict.fromkeys(verbs.FACTS, _shows),
    "offered": _any_of(_undertook, _OFFERING, _by_somebody(Words.is_aside)),
    "pointed": _with_one_of(("out", "to")),
    **dict.fromkeys(
        ("point", "points"), _any_of(_with_one_of(("out",)), _by_somebody(_with_one_of(("to",))))
    ),
    "made": _made,
    **dict.fromkeys(("leveled", "levelled"), _with_one_of(around.STATEMENTS, NEAR)),
    **dict.fromkeys(around.CONCERNS, _concern),
    **dict.fromkeys(("fear", "worry"), _any_of(_say, _concern)),
    "brought": _with_one_of(("up",)),
    "called": _called,
    **dict.fromkeys(around.CLAIMS, _claim),
    **dict.fromkeys(("claims", "requests"), _any_of(_that, _claim)),
    "claim": _any_of(_say, _claim),
    "warning": _any_of(_saying, _claim),
    **dict.fromkeys("view opinion judgment words assessment estimation analysis".split(), _view),
}
"""By the word in small letters."""
