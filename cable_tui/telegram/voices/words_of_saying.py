"""TRIGGERS: the words that make a sentence a report, each with its rule.

A rule gets the words of a sentence and the position of its word. A participle is not a report: `the
stated aim`, `aid promised during the visit`, `he was accused of fraud` name no speaker. The words
before it and after it decide, for all words of a kind alike.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from cable_tui.telegram.voices import nouns_of_saying as nouns
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
    done = behind in ("to", "with", "by") or behind.endswith("ly")
    return words.speaks(at) and (not done or "that" in words.small[at : at + 3 * FAR])


def _spoke_to(words: Words, at: int) -> bool:
    active = not words.is_bare(at) or words.at(at - 1) in ("has", "have", "had")
    near = words.small[max(at - NEAR, 0) : at]
    active = active or "which" in near or "whom" in near
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
    if words.at(at) == "reported" and (behind == "on" or words.has_clause(at)):
        return words.is_somebody(before) or behind != "on"
    asks = behind == "to" or words.at(at) in ("asked", "demanded")
    if before == 0 and not asks and words.is_first_word() and words.small[0][:4] != "xxxx":
        return "that" in words.small[at:]  # a capital at the start says nothing
    told = behind == "to" or "that" in words.small[at : at + 2 * FAR]
    if told and words.is_before_comma(before):  # `Tern, the keeper, noted to us`
        return words.before_comma(before) >= 0
    return words.is_somebody(before) and not words.is_before_comma(before)


def _heard(words: Words, at: int) -> bool:
    """As in `it was suggested that`, `they were told that`: the speaker is not named."""
    before = words.before(at)
    if words.at(before) not in around.BE | {"as"} or words.at(before - 1) in around.MODALS:
        return False
    behind = words.at(at + 1)
    if behind == "by" and words.at(before) == "as":  # `as noted by Tern`
        return words.at(at + 2) not in around.AUTHOR and words.is_somebody(at + 2)
    if behind == "by":  # `he was criticized by the press`
        named = any(words.is_somebody(place) for place in range(at + 2, at + 5))
        return words.at(at) in verbs.SAID_BY and words.at(at + 2) not in around.AUTHOR and named
    if words.at(at) == "told":
        return behind not in around.PREPOSITIONS | {"", "to"} and not words.is_before_comma(at)
    if words.at(before - 1) == "it" and (words.at(at) == "said" or words.has_clause(at)):
        return words.at(at) in around.HEARD
    return words.at(at) in around.HEARD and behind in ("that", "to")


def _told_that(words: Words, at: int) -> bool:
    if words.is_inverted(at):
        return words.at(at) == "concluded"
    clause = words.is_bare(at) and words.has_clause(at)
    clause = clause or "that" in (words.at(at + 1), words.at(at + 2))
    clause = clause or words.at(at + 1) in around.SUBJECTS | {"no"}
    aside = words.is_aside(at) or (words.has_verb(at) and not words.is_bare(at))
    return words.speaks(at) and (clause or (aside and words.is_subject(at)))


def _put(words: Words, at: int) -> bool:
    """As in `he requested lamps` and `he indicated more is needed`, with a subject nearby."""
    if _told_that(words, at):
        return True
    behind = words.at(at + 1)
    before = words.before(at)
    if words.at(0) == "as" and words.is_before_comma(at):  # `As they have indicated, ...`
        return words.is_subject(at)
    if words.at(at) == "related" and behind not in around.CLAUSE:
        return False
    short = words.at(before) == "another" or words.written[before].isupper()
    named = behind in around.CLAUSE or behind.endswith("ing")
    if words.at(at) == "proposed" and short and not named:  # `an MOD proposed system`
        return False
    if behind != "to" and words.is_bare(at):
        return False
    if words.at(before) == "and" or (words.is_before_comma(before) and words.at(at) == "requested"):
        return words.begins_with_somebody() and words.speaks(at)
    return words.is_subject(at)


def _undertook(words: Words, at: int) -> bool:
    """As in `he offered to pay`, `refused to leave`; not `offered to the port`."""
    behind = words.at(at + 2)
    if behind in around.CLAUSE | around.PREPOSITIONS or words.is_name(at + 2):
        return False
    if behind.endswith("ing") and words.at(at - 1) not in ("has", "have", "also"):
        return False
    joined = words.at(at) != "agreed" and words.at(words.before(at)) in ("and", "but")
    does = words.begins_with_somebody() if joined else words.is_subject(at)
    return words.at(at + 1) == "to" and does and words.speaks(at)


def _phrase(words: Words, at: int) -> bool:
    """As in `he ruled out a sale` and `he spoke at length about the sale`."""
    wanted = around.PHRASES[words.at(at)].split(",")
    far = words.at(at) in ("spoke", "talked") and "about" in words.small[at : at + FAR]
    far = far or (words.at(at) == "wrote" and words.has_clause(at))
    if words.at(at) == "spoke" and words.at(at + 1) == "to":  # `he spoke to Tern of the sale`
        far = far or "of" in (words.at(at + 3), words.at(at + 4))
    return (far or words.at(at + 1) in wanted) and words.is_subject(at)


def _goes_on(words: Words, at: int) -> bool:
    """As in `he continued to complain`, `went on to say`, `phoned us to ask`."""
    while words.at(at - 1).endswith("ly") or words.at(at - 1) == "and":  # `to openly criticize`
        at -= 1
    if words.at(at - 1) != "to":
        return False
    if words.at(at - 2) in ("continue", "continues", "continued", "began", "proceeded"):
        return words.at(at) not in around.SHOW and _says(words, at - 2)
    if (words.at(at - 3), words.at(at - 2)) == ("far", "as"):  # `he went so far as to say`
        return not words.is_authors()
    if words.at(at - 2) in around.EAGER:
        does = around.BE | {"took", "used", "felt"}
        near = range(max(at - 6, 1), at - 2)
        return any(words.at(place) in does and _says(words, place) for place in near)
    if words.at(at - 2) == "on" or words.at(at - 3) == "on":  # `went on then to say`
        return any(words.at(at - 3 - far) in ("went", "goes", "gone", "going") for far in (0, 1))
    for led in ("used", "met"):  # `he used the visit to urge us to leave`
        if led in words.small[1:at] and words.is_subject(words.small.index(led, 1)):
            return True
    for place in range(max(at - FAR, 1), at - 1):
        if words.at(place) in around.CALLED_UP and words.is_subject(place):
            return True
    near = range(max(at - NEAR, 1), at - 1)  # `it led him to say`
    return words.is_somebody(at - 2) and any(words.at(place) in around.CAUSED for place in near)


def _performed(words: Words, at: int) -> bool:
    """For a verb that has other meanings: the speaker comes before it."""
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
    done = behind in ("to", "in", "with", "of", "for") and not words.is_before_comma(at)
    subject = words.is_somebody(before) or words.heads(before)
    return words.speaks(at) and subject and not words.is_before_comma(before) and not done


def _that(words: Words, at: int) -> bool:
    """For a verb that may be a noun: a clause follows."""
    before = words.before(at)
    word = words.at(before)
    if at == 0 or word in around.AUTHOR or word in around.NO_VERB_BEHIND or words.is_owner(before):
        return False
    if words.is_post(before) or word in around.SOME:  # `several reports`
        return False
    behind = words.at(at + 2 if words.at(at + 1) in around.ADVERBS else at + 1)
    if behind == "to" and words.at(at) == "claims":
        return words.at(at + 2) != "be"
    if behind in ("to", ""):
        return False
    if words.at(at) in around.SHOWS and words.at(before - 1) in around.PREPOSITIONS:
        return False
    if behind == "that" and words.at(at + 2) in around.HELPS | around.BE | around.MODALS:
        return False  # `for states that do not pay`
    if word in around.SUBJECTS:
        return True
    named = words.is_somebody(words.past_comma(before)) or words.is_somebody(before)
    if words.at(at) in ("fears", "doubts") and not named:
        return False
    if words.at(at) not in around.SHOWS and behind in ("that", "whether"):
        return True
    parted = words.is_before_comma(at) and words.before_comma(at) >= max(at - 4, 0)
    # As in `the plan, the Minister notes, is old`.
    return (behind in around.CLAUSE or parted) and named


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
    """For the form without an ending: it does not belong to another verb before it."""
    if words.at(at - 1) == "to":
        meant = words.at(at) not in verbs.MEAN and words.at(at) not in ("feel", "report", "hope")
        meant = meant or words.at(at - 2).startswith("continue")
        return (meant or words.at(at + 1) in around.CLAUSE) and _goes_on(words, at)
    if words.at(at - 1) == "only" and words.at(at) == "say":  # `he would only say that ...`
        return words.at(at - 2) in ("would", "could") and words.is_somebody(at - 3)
    if not _says(words, at):
        return False
    near = words.small[max(at - FAR, 0) : at]
    if words.at(words.before(at)) in ("and", "or") and not around.MODALS.isdisjoint(near):
        return False
    if words.at(at) in ("say", "argue", "complain", "assert"):
        return True
    if words.at(at - 1) in ("not", "did", "does", "do") and words.at(at) in verbs.MEAN | {"expect"}:
        who = words.before(at - 1 if words.at(at - 1) == "not" else at)
        if words.is_somebody(who):
            return True
    mean = words.at(at) in verbs.MEAN
    behind = words.at(at + 1)
    clause = behind in around.CLAUSE and not words.is_before_comma(at)
    clause = clause or (mean and words.is_name(at + 1))
    before = words.before(at)
    if words.at(at) == "claim" and behind == "to":
        return words.at(at + 2) in ("have", "know") and words.is_somebody(before)
    if behind in around.SUBJECTS | {"that"} and words.at(at) not in around.SHOW:  # `ports report`
        mean = mean or (words.at(before).endswith("s") and words.at(before)[-2:-1] != "s")
    mean = mean or words.at(at - 1) == "did"
    clause = clause or (words.at(at) == "claim" and are_persons(words.at(before)))
    clause = clause or (words.is_aside(at) and words.at(at) != "report")
    clause = clause or (words.at(at) == "agree" and behind in ("on", "with"))
    if are_persons(words.at(before)) or words.at(before) in ("they", "many"):
        thinks = verbs.MEAN | {"expect", "worry", "fear", "suspect"}
        clause = clause or words.at(at) in thinks or behind in around.MODALS - {"to"}
        clause = clause or words.has_verb(at)
    joined = words.at(before) in ("and", "but") and words.begins_with_somebody()
    return clause and (mean or joined or words.is_somebody(before) or words.heads(before))


def _tell(words: Words, at: int) -> bool:
    return (words.at(at + 1) in around.LISTENERS and _says(words, at)) or _goes_on(words, at)


def _briefed(words: Words, at: int) -> bool:
    """As in `he briefed the Ambassador on the lamps`."""
    if words.at(at + 1) in around.LISTENERS:
        return words.speaks(at)
    told = not words.is_bare(at) and "on" in words.small[at : at + FAR]
    return told and words.is_subject(at)


def _saying(words: Words, at: int) -> bool:
    """As in `he left, saying that ...`, `by asking whether ...`, `he has been saying ...`."""
    clause = words.at(at + 1) in ("that", "whether")
    if at == 0 and clause:  # who says it comes after the clause
        return around.AUTHOR.isdisjoint(map(words.at, range(len(words.small))))
    led = words.at(at) in verbs.SPEAKING
    if at == 0 or (words.before(at) == 0 and words.at(0) in around.LED_IN):
        return (led or (clause and at > 0)) and _is_led_in(words)
    if words.is_authors() or words.at(at - 2) == "goes":  # `it goes without saying that`
        return False
    before, behind = words.before(at), words.at(at + 1)
    if f"{words.at(at)} {behind}" in around.NO_SAYING:
        return False
    if words.at(at - 1) in ("minutes", "hour", "hours", "time"):
        return True
    if words.at(before) in around.BE:  # `critics have been predicting his end`
        doer = words.doer(at)
        return words.is_somebody(doer) and words.at(doer) not in around.AUTHOR
    if clause and words.at(at - 1) in around.LED_IN | {"as"}:
        return True
    if words.at(at - 1) in around.LED_IN:
        begun = not around.BEGUN.isdisjoint(words.small[:at])  # `he closed the talk by asking`
        return behind != "" and (led or begun)
    if words.at(at) in verbs.TELLING and not words.is_before_comma(at - 1):
        return words.is_somebody(before)
    if clause:
        return _says(words, at)
    if words.at(at) in ("saying", "stating"):
        return words.at(at - 1) == "as" or words.at(before) not in around.NO_VERB_BEHIND
    if words.at(at) == "telling" and words.at(at + 1) in around.LISTENERS:
        return True
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
    if behind not in around.CLAUSE | {"about", "over", "of", "to", "regarding", "which", "who"}:
        return False
    before = words.before(at)
    if words.at(before) in around.VERY:
        before = words.before(before)
    if words.at(before) not in around.BE and words.at(before) not in around.SEEMED:
        return False
    doer = words.doer(before)
    who = words.at(doer)
    if who in ("it", "that") and words.at(at) in ("critical", "certain", "doubtful", "clear"):
        return False
    return who not in around.AUTHOR and words.is_somebody(doer)


def _with_one_of(following: Iterable[str], reach: int = 1) -> Rule:
    wanted = frozenset(following)
    nobody = around.AUTHOR | around.MODALS | {"not", "never"}
    return lambda words, at: (
        not wanted.isdisjoint(map(words.at, range(at + 1, at + reach + 1)))
        and words.at(words.before(at)) not in nobody
    )


def _saw(words: Words, at: int) -> bool:
    """As in `he saw the port as lost`."""
    return "as" in words.small[at : at + FAR] and _performed(words, at)


def _says_of(words: Words, at: int) -> bool:
    """As in `he considers it lost` and `whom he describes as lost`."""
    if at == 1 and words.is_first_word():
        return False
    done = words.is_bare(at) or words.at(at + 1).endswith("ed")
    return (words.at(at + 1) == "as" or not done) and words.is_subject(at)


def _say_of(words: Words, at: int) -> bool:
    """As in `officials credit him` and `many attribute it to luck`."""
    who = words.at(words.before(at))
    many = who in ("they", "many", "most", "some", "others") or are_persons(who)
    many = many or words.heads(words.before(at))
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


def _behind_comma(*following: str) -> Rule:
    """As in `he left, promising to return`."""
    return lambda words, at: (
        at > 0 and words.is_before_comma(at - 1) and words.at(at + 1) in following
    )


def _continued(words: Words, at: int) -> bool:
    """As in `the port, he continued, is old`; not `the raids continued at night`."""
    if words.at(at + 1) == "that":
        return words.speaks(at)
    if words.is_inverted(at):
        near = range(at + 1, min(at + NEAR, len(words.small)))
        said = at > len(words.small) - 2 * FAR or any(map(words.is_before_comma, near))
        return at > 0 and said and _performed(words, at)
    return (words.is_before_comma(at) or words.is_aside(at)) and words.is_subject(at)


def _made(words: Words, at: int) -> bool:
    """As in `he made a promise`; not `he made a point of leaving`."""
    if (words.at(at + 2), words.at(at + 3)) == ("point", "of"):
        return words.at(at + 4) in verbs.SAYING
    if words.at(at + 1) == "no":
        return False
    known = "known" in words.small[at + 1 : at + NEAR]
    return (known and words.is_subject(at)) or _STATING(words, at)


def _shows(words: Words, at: int) -> bool:
    """For verbs of facts: somebody is the subject, or a clause follows."""
    before = words.before(at)
    if words.at(before) == "which":
        return False
    the = words.at(before - 1) in around.DETERMINERS
    named = words.is_before_comma(before) or words.is_somebody(before) or words.heads(before)
    named = named or (words.at(at + 1) == "that" and not the)
    named = named or words.at(before) in ("and", "but") or words.at(before).isdigit()
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
    told = told or words.at(at + 2) in around.LISTENERS
    return (told or "that" in words.small[at : at + FAR]) and words.is_subject(at)


def _agreed(words: Words, at: int) -> bool:
    """As in `he agreed with the need`, `agreed in principle` and `agreed to the offer`."""
    if words.at(at + 1) in ("with", "to", "in"):
        return words.is_subject(at)
    return _performed(words, at) or _undertook(words, at)


def _raised(words: Words, at: int) -> bool:
    if words.at(at + 1) == "with":
        return True
    topic = _DOUBTING(words, at) or _TOPIC(words, at) or words.is_owner(at + 1)
    topic = topic or words.at(at + 1) == "this"
    return topic and words.is_subject(at)


def _called(words: Words, at: int) -> bool:
    """As in `he called it old` and `called for help`; not `a port called Amber`."""
    behind = words.at(at + 1)
    if behind in around.MONTHS:  # `he called May 14 for help`
        return words.at(at + 3) == "for" and words.speaks(at)
    if behind == "on":  # a visit, where nobody is asked to do something
        near = words.small[at : at + 2 * FAR]
        return "to" in near and around.VISITS.isdisjoint(near) and words.speaks(at)
    meant = behind in ("for", "upon", "it", "this", "them", "into") or words.is_owner(at + 1)
    if not meant and words.at(words.before(at) - 1) not in ("a", "an"):  # `a group called "Amber"`
        near = words.small[at + 1 : at + 2 * FAR]
        named = any(word.startswith(_QUOTES) for word in near) or "as" in near[:NEAR]
        judged = behind == "the" or any(map(words.is_owner, range(at + 2, at + NEAR)))
        judged = judged and not {"a", "an"}.isdisjoint(near[2:])
        return (named or judged) and words.is_subject(at)
    return meant and words.speaks(at)


_DOUBTING = _with_one_of(around.DOUBTS, NEAR)
_FEELING = _with_one_of(around.FEELINGS, NEAR)
_STATING = _with_one_of(around.STATEMENTS, NEAR)
_TOPIC = _with_one_of(around.TOPICS, NEAR)
_ACCOUNT = _with_one_of(around.ACCOUNTS, NEAR)
_OFFERING = _with_one_of(around.FEELINGS | around.STATEMENTS | around.OFFERS, NEAR)

_PAST = [
    each
    for each in (*verbs.SPOKE, *verbs.SPOKE_OF, *verbs.SPOKE_TO)
    if each.endswith("ed") and each not in verbs.DEEDS
]
_STEMS = [form for each in _PAST for form in verbs.stems(each)]

TRIGGERS: dict[str, Rule] = {
    **dict.fromkeys({*_STEMS} - {"not"}, _say_of),
    **dict.fromkeys((each + "s" for each in _STEMS), _any_of(_that, _says_of)),
    **dict.fromkeys((each + "ing" for each in _STEMS if each[-1] != "e"), _saying),
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
    "per": nouns.per,
    **dict.fromkeys(verbs.SAYING_THAT, _behind_comma("that")),
    **dict.fromkeys(("promising", "threatening"), _behind_comma("to", "that")),
    "considered": _any_of(_told_that, _considered),
    "threatened": _any_of(_undertook, _told_that),
    "sought": _by_somebody(_with_one_of(around.ASSURANCES, NEAR)),
    "tell": _tell,
    "briefed": _briefed,
    "according": nouns.according,
    **dict.fromkeys(("expressed", "voiced"), _spoke_of),
    **dict.fromkeys(("promised", "pledged"), _any_of(_spoke_of, _undertook)),
    "aired": _FEELING,
    **dict.fromkeys("express expresses voice registered".split(), _feels),
    "shared": _shared,
    "agreed": _agreed,
    "worried": _any_of(_sure, _phrase),
    "raised": _raised,
    **dict.fromkeys(("saw", "defined", "identified"), _saw),
    "gave": _by_somebody(_with_one_of(around.ASSURANCES | around.BRIEFINGS, NEAR)),
    "alleged": _any_of(_told_that, _by_somebody(_spoke_of)),
    "calls": _by_somebody(_with_one_of(("for", "on", "upon", "it"))),
    "invited": _by_somebody(_spoke_to),
    "drew": _any_of(_phrase, _with_one_of(("criticism", "complaints", "praise", "protests"), NEAR)),
    "delivered": _by_somebody(_with_one_of(("message", "warning", "statement"), NEAR)),
    "raising": _any_of(_STATING, _DOUBTING),
    "communicated": _by_somebody(_ACCOUNT),
    "shrugged": _any_of(_phrase, _by_somebody(Words.is_aside)),
    **dict.fromkeys(verbs.SAYS_OF, _says_of),
    **dict.fromkeys("proposes estimates expects suspects".split(), _any_of(_that, _says_of)),
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
    **dict.fromkeys(around.CONCERNS, nouns.concern),
    **dict.fromkeys(around.CLAIMS, _any_of(nouns.claim, nouns.concern, _goes_on)),
    **dict.fromkeys(("fear", "worry"), _any_of(_say, nouns.concern)),
    "brought": _with_one_of(("up",)),
    "called": _called,
    **dict.fromkeys(("claims", "requests"), _any_of(_that, nouns.claim)),
    "claim": _any_of(_say, nouns.claim),
    "warning": _any_of(_saying, nouns.claim),
    **dict.fromkeys(
        "view opinion judgment words assessment estimation analysis perspective".split(), nouns.view
    ),
}
"""Rules by the word in small letters."""
