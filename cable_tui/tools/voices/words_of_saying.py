"""TRIGGERS: the words that turn a sentence into a report, each with its rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import pairwise

from cable_tui.tools.voices import nouns_of_saying as nouns
from cable_tui.tools.voices import verb_rules as rules
from cable_tui.tools.voices import verbs_of_saying as verbs
from cable_tui.tools.voices import words_around as around
from cable_tui.tools.voices.who_speaks import FAR, NEAR, Words

Rule = Callable[[Words, int], bool]

_BEFORE_QUESTION = around.DETERMINERS | {"another", "several", "further"}
_QUESTIONS = frozenset(("question", "questions"))
_QUOTES = ('"', "“", "&")


def _any_of(first: Rule, *others: Rule) -> Rule:
    if not others:
        return first
    other_rule = _any_of(*others)
    return lambda words, index: first(words, index) or other_rule(words, index)


def _by_somebody(rule: Rule) -> Rule:
    return lambda words, index: rule(words, index) and words.is_subject(index)


def _unless_a_question(rule: Rule) -> Rule:
    """Return the rule, except that it does not match `it begs the question whether ...`."""
    return lambda words, index: (
        not (
            words.at(index + 1) in _BEFORE_QUESTION
            and not _QUESTIONS.isdisjoint(words.stripped[index + 2 : index + NEAR])
        )
        and rule(words, index)
    )


def _answered(words: Words, index: int) -> bool:
    """Match `he replied that ...`; not `the army responded with shells`."""
    next_word = words.at(index + 1)
    if next_word == "with" and _FEELING(words, index):
        return words.is_subject(index)
    is_done_to = next_word in ("to", "with", "by") or next_word.endswith("ly")
    is_done_to = (
        is_done_to and words.before_comma(index) != words.before(index) - 1
    )  # `the port, he replied, is old`
    return words.speaks(index) and (
        not is_done_to or "that" in words.small[index : index + 3 * FAR]
    )


def _phrase(words: Words, index: int) -> bool:
    """Match `he ruled out a sale` and `he spoke at length about the sale`."""
    following_words = around.PHRASES[words.at(index)].split(",")
    follows = words.at(index) in ("spoke", "talked") and "about" in words.small[index : index + FAR]
    follows = follows or (words.at(index) == "wrote" and "that" in words.small[index : index + FAR])
    follows = follows or (
        words.at(index) == "spoke" and "favor" in words.small[index : index + NEAR]
    )
    follows = follows or (
        words.at(index) == "drew" and "attention" in words.small[index : index + NEAR]
    )
    if words.at(index) == "spoke" and words.at(index + 1) == "to":  # `he spoke to Tern of the sale`
        follows = follows or "of" in (words.at(index + 3), words.at(index + 4))
    next_word = words.at(index + 1 + (words.at(index + 1) == "hard"))
    return (follows or next_word in following_words) and words.is_subject(index)


def _pointed(words: Words, index: int) -> bool:
    """Match `he pointed further to the lamps`."""
    return words.is_adverb(index + 1) and words.at(index + 2) in ("out", "to")


def _accept(words: Words, index: int) -> bool:
    """Match `captains accept that rain is wet`."""
    return words.at(index + 1) == "that" and rules.say(words, index)


def _call(words: Words, index: int) -> bool:
    """Match `captains call for help`."""
    who = words.at(words.before(index))
    is_plural = who in around.PRONOUNS or who.endswith("s") or words.heads(words.before(index))
    return words.at(index + 1) in ("for", "on", "upon") and is_plural and words.is_subject(index)


def _focused(words: Words, index: int) -> bool:
    """Match `the panelists focused on the need for lamps`."""
    return words.at(index + 1) == "on" and _TOPIC(words, index) and words.is_subject(index)


def _expects(words: Words, index: int) -> bool:
    """Match `Tern expects rain`; not `the firm expects to grow`."""
    return not words.is_bare(index) and rules.says_plainly(words, index)


def _put_at(words: Words, index: int) -> bool:
    """Match `he put the price at 20 lamps` and `put out a statement that ...`."""
    words_near = words.stripped[index : index + FAR + NEAR]
    has_price = any(
        word == "at" and next_word[:1].isdigit() for word, next_word in pairwise(words_near)
    )
    return (has_price and words.is_subject(index)) or _phrase(words, index)


def _sent(words: Words, index: int) -> bool:
    """Match `he sent word that it rains`."""
    is_told = not around.MESSAGES.isdisjoint(words.small[index : index + NEAR])
    return is_told and "that" in words.small[index : index + 2 * FAR] and words.is_subject(index)


def _with_one_of(following: Iterable[str], reach: int = 1) -> Rule:
    wanted_words = frozenset(following)
    no_person = around.AUTHOR | around.MODALS | {"not", "never"}
    return lambda words, index: (
        not wanted_words.isdisjoint(map(words.at, range(index + 1, index + reach + 1)))
        and words.at(words.before(index)) not in no_person
    )


def _owned_feeling(words: Words, index: int) -> bool:
    """Match `he discussed at length his concerns`."""
    indexes_near = range(index + 1, index + NEAR)
    is_felt = any(
        words.is_owned(place) and words.at(place) in around.FEELINGS for place in indexes_near
    )
    return is_felt and words.is_subject(index)


def _behind_comma(*following: str) -> Rule:
    """Return a rule that matches participles after a comma: `he left, promising to return`."""
    return lambda words, index: (
        index > 0 and words.is_before_comma(index - 1) and words.at(index + 1) in following
    )


def _made(words: Words, index: int) -> bool:
    """Match `he made a promise`; not `he made a point of leaving`."""
    if (words.at(index + 2), words.at(index + 3)) == ("point", "of"):
        return words.at(index + 4) in verbs.SAYING
    if words.at(index + 1) == "no":
        return False
    is_known = "known" in words.small[index + 1 : index + NEAR]
    return (is_known and words.is_subject(index)) or _STATING(words, index)


def _makes(words: Words, index: int) -> bool:
    """Match `he makes it clear`, and `to make the case` after a verb such as `go on`."""
    return _STATING(words, index) and (words.is_subject(index) or rules.goes_on(words, index))


def _feels(words: Words, index: int) -> bool:
    """Match `they express concern` and `he registered his doubts`."""
    is_near = _FEELING(words, index) and words.is_somebody(words.before(index))
    return is_near or rules.goes_on(words, index)


def _shared(words: Words, index: int) -> bool:
    """Match `he shared with us that`, `shared details`, `shared his worry`."""
    is_told = (
        _FEELING(words, index)
        or _ACCOUNT(words, index)
        or words.at(index + 1) in ("that", "his", "her")
    )
    is_told = is_told or words.at(index + 2) in around.LISTENERS
    return (is_told or "that" in words.small[index : index + FAR]) and words.is_subject(index)


def _agreed(words: Words, index: int) -> bool:
    """Match `he agreed with the need`, `agreed in principle` and `agreed to the offer`."""
    if words.at(index + 1) in ("with", "to", "in"):
        return words.is_subject(index)
    return rules.performed(words, index) or rules.undertook(words, index)


def _raised(words: Words, index: int) -> bool:
    if words.at(index + 1) == "with":
        return True
    topic = _DOUBTING(words, index) or _TOPICS(words, index) or words.is_owner(index + 1)
    topic = topic or words.at(index + 1) == "this" or "desire" in words.small[index : index + NEAR]
    topic = topic or (
        words.at(index + 2) == "incident" and "with" in words.small[index : index + 2 * FAR]
    )
    return topic and words.is_subject(index)


def _called(words: Words, index: int) -> bool:
    """Match `he called it old` and `called for help`; not `a port called Amber`."""
    next_word = words.at(index + 1 + words.is_adverb(index + 1))
    if next_word in around.MONTHS:  # `he called May 14 for help`
        return words.at(index + 3) == "for" and words.speaks(index)
    if next_word == "on":  # a visit, where nobody is asked to do something
        words_near = words.small[index : index + 2 * FAR]
        return "to" in words_near and around.VISITS.isdisjoint(words_near) and words.speaks(index)
    is_meant = next_word in ("for", "upon", "it", "this", "them", "into") or words.is_owner(
        index + 1
    )
    if not is_meant and words.at(words.before(index) - 1) not in (
        "a",
        "an",
    ):  # `a group called "Amber"`
        words_near = words.small[index + 1 : index + 2 * FAR]
        is_named = any(word.startswith(_QUOTES) for word in words_near) or "as" in words_near[:NEAR]
        is_judged = next_word == "the" or any(map(words.is_owner, range(index + 2, index + NEAR)))
        is_judged = is_judged and not {"a", "an"}.isdisjoint(words_near[2:])
        name_index = index + 1
        while name_index < len(words.small) and words.is_capital(name_index):
            name_index += 1
        is_judged = is_judged or (name_index > index + 1 and words.at(name_index) in ("a", "an"))
        is_judged = is_judged and words.at(name_index + 1) not in around.TIMES
        return (is_named or is_judged) and words.is_subject(index)
    return is_meant and words.speaks(index)


_DOUBTING = _with_one_of(around.DOUBTS, NEAR)
_FEELING = _with_one_of(around.FEELINGS, NEAR)
_STATING = _with_one_of(around.STATEMENTS, NEAR)
_TOPIC = _with_one_of(around.TOPICS, NEAR)
_TOPICS = _with_one_of(around.TOPICS, NEAR + 2)
_ASSURING = _with_one_of(around.ASSURANCES, NEAR)
_ACCOUNT = _with_one_of(around.ACCOUNTS, NEAR)
_OFFERING = _with_one_of(around.FEELINGS | around.STATEMENTS | around.OFFERS, NEAR)
_VIEWING = _with_one_of(around.VIEWS | around.BRIEFINGS, NEAR)

_PAST = [
    verb
    for verb in (*verbs.SPOKE, *verbs.SPOKE_OF, *verbs.SPOKE_TO, *verbs.PERFORMED)
    if verb.endswith("ed") and verb not in verbs.DEEDS
]
_STEMS = [form for past in _PAST for form in verbs.stems(past)]
_ENDINGS = [stem + "s" for stem in _STEMS]

_RULES: dict[str, Rule] = {
    **dict.fromkeys({*_STEMS} - {"not"}, rules.say_of),
    **dict.fromkeys(_ENDINGS, _any_of(rules.that, rules.says_plainly)),
    **dict.fromkeys(verbs.NOUNS.intersection(_ENDINGS), _any_of(rules.that, rules.says_of)),
    **dict.fromkeys((stem + "ing" for stem in _STEMS if stem[-1] != "e"), rules.saying),
    **dict.fromkeys(verbs.SPOKE, rules.spoke),
    **dict.fromkeys(verbs.SPOKE_OF, rules.spoke_of),
    **dict.fromkeys(verbs.SPOKE_TO, rules.spoke_to),
    **dict.fromkeys(verbs.PERFORMED, rules.performed),
    **dict.fromkeys(("replied", "responded", "answered"), _answered),
    **dict.fromkeys(verbs.TOLD_THAT, rules.told_that),
    **dict.fromkeys(verbs.THAT, rules.that),
    **dict.fromkeys(verbs.SAYS, rules.says),
    **dict.fromkeys(verbs.SAY, rules.say),
    **dict.fromkeys(
        {*verbs.SAY} & {*_STEMS} - {"state", "note", "caution"}, _any_of(rules.say, rules.say_of)
    ),
    **dict.fromkeys(verbs.SAYING, rules.saying),
    **dict.fromkeys(verbs.SURE, rules.sure),
    **dict.fromkeys(verbs.TO_SAY, rules.goes_on),
    "accept": _accept,
    "call": _any_of(rules.goes_on, _call),
    "focused": _focused,
    **dict.fromkeys(around.PHRASES, _phrase),
    **dict.fromkeys(("proposed", "requested", "indicated", "related"), rules.put),
    **dict.fromkeys(
        ("declined", "refused", "committed", "undertook", "consented"), rules.undertook
    ),
    **dict.fromkeys(
        ("issued", "lodged", "filed"), _by_somebody(_with_one_of(around.PROTESTS, NEAR))
    ),
    "per": nouns.per,
    **dict.fromkeys(verbs.SAYING_THAT, _behind_comma("that")),
    "reporting": _any_of(_behind_comma("that"), rules.is_reporting),
    **dict.fromkeys(
        ("promising", "threatening", "offering", "vowing"), _behind_comma("to", "that")
    ),
    **{word: _behind_comma(*then.split(",")) for word, then in around.PARTICIPLES.items()},
    "considered": _any_of(rules.told_that, rules.considered),
    "discussed": _any_of(rules.told_that, _owned_feeling),
    "threatened": _any_of(rules.undertook, rules.told_that),
    "sought": _by_somebody(_ASSURING),
    "tell": rules.tell,
    "briefed": rules.briefed,
    "according": nouns.according,
    **dict.fromkeys(("expressed", "voiced"), rules.spoke_of),
    **dict.fromkeys(("promised", "pledged"), _any_of(rules.spoke_of, rules.undertook)),
    "aired": _FEELING,
    **dict.fromkeys("express expresses voice registered".split(), _feels),
    "shared": _shared,
    "agreed": _agreed,
    "worried": _any_of(rules.sure, _phrase),
    "raised": _raised,
    **dict.fromkeys(("saw", "defined", "identified", "views"), rules.saw),
    **dict.fromkeys(("found", "finds", "recognize", "recognizes"), rules.held),
    **dict.fromkeys(("held", "rules"), _any_of(_phrase, rules.held)),
    "ruled": _any_of(_phrase, rules.ruled),
    **dict.fromkeys(("refers", "alludes"), rules.that),
    "posed": _by_somebody(_TOPIC),
    **dict.fromkeys(("see", "sees", "foresee", "foresees"), rules.sees),
    "gave": _by_somebody(_any_of(_VIEWING, _ASSURING)),
    **dict.fromkeys("gives give provided presented".split(), _by_somebody(_VIEWING)),
    "alleged": _any_of(rules.told_that, _by_somebody(rules.spoke_of)),
    "calls": _by_somebody(_with_one_of(("for", "on", "upon", "it"))),
    "invited": _by_somebody(rules.spoke_to),
    "drew": _any_of(_phrase, _with_one_of(("criticism", "complaints", "praise", "protests"), NEAR)),
    "delivered": _by_somebody(
        _with_one_of({"message", "warning", "statement"} | around.VIEWS, NEAR)
    ),
    "raising": _any_of(_STATING, _DOUBTING),
    "communicated": _by_somebody(_ACCOUNT),
    "shrugged": _any_of(_phrase, _by_somebody(Words.is_aside)),
    **dict.fromkeys(verbs.SAYS_OF, rules.says_of),
    **dict.fromkeys(("estimates", "suggests", "suspects"), _any_of(rules.that, rules.says_of)),
    **dict.fromkeys(("proposes", "expects"), _any_of(rules.that, _expects)),
    "put": _put_at,
    "sent": _sent,
    **dict.fromkeys(("liked", "disliked"), _by_somebody(_with_one_of(("idea", "concept"), NEAR))),
    **dict.fromkeys(verbs.SAY_OF, rules.say_of),
    "continued": rules.continued,
    "pressed": _any_of(_phrase, rules.performed),
    **dict.fromkeys(verbs.FACTS, rules.shows),
    "offered": _any_of(rules.undertook, _OFFERING, _by_somebody(_any_of(_VIEWING, Words.is_aside))),
    "pointed": _any_of(_with_one_of(("out", "to")), _pointed),
    **dict.fromkeys(
        ("point", "points"), _any_of(_with_one_of(("out",)), _by_somebody(_with_one_of(("to",))))
    ),
    "made": _made,
    **dict.fromkeys(("make", "makes"), _makes),
    **dict.fromkeys(("leveled", "levelled"), _STATING),
    **dict.fromkeys(around.CONCERNS, nouns.concern),
    **dict.fromkeys(around.CLAIMS, _any_of(nouns.claim, nouns.concern, rules.goes_on)),
    **dict.fromkeys(("fear", "worry"), _any_of(rules.say, nouns.concern)),
    "brought": _with_one_of(("up",)),
    "called": _called,
    **dict.fromkeys(("claims", "requests"), _any_of(rules.that, nouns.claim)),
    "claim": _any_of(rules.say, nouns.claim),
    "warning": _any_of(rules.saying, nouns.claim),
    **dict.fromkeys(
        "opinion judgment words assessment estimation analysis perspective observation "
        "calculation calculations reckoning".split(),
        nouns.view,
    ),
    "view": _any_of(rules.say_of, nouns.view),
}
_UNDERTAKES = {
    verb: _any_of(*filter(None, (_RULES.get(verb),)), rules.undertook) for verb in verbs.UNDERTAKES
}
_BEGS = {verb: _unless_a_question(_RULES[verb]) for verb in "beg begs begged begging".split()}
TRIGGERS = {**_RULES, **_UNDERTAKES, **_BEGS}
"""The rule for each word that can make a report. The words are in lower case."""
