"""Rules that decide by the words around a verb of saying whether it makes a report.

A rule receives the words of a sentence and the position of its verb. A participle is not a report:
`the stated aim`, `aid promised during the visit` and `he was accused of fraud` name no speaker. The
words before and after the verb decide, by the same rule for all verbs in a group.
"""

from __future__ import annotations

from cable_tui.tools.voices import verbs_of_saying as verbs
from cable_tui.tools.voices import words_around as around
from cable_tui.tools.voices.who_speaks import FAR, NEAR, Words, are_persons

_FOLLOWING = around.CLAUSE | {"to", ""}
"""Words after a form that may be a noun, which show that it may be a verb without a comma."""
_SAID_BY = {*verbs.SPOKE_OF, *verbs.SPOKE_TO, *verbs.SAID_BY} - verbs.FACTS_BY


def spoke(words: Words, index: int) -> bool:
    """Match `Tern complained of rain`, `the port is closed, complained Tern`."""
    if index == 1 and words.at(0) == "that":  # `That said, ...`
        return False
    if words.at(index) == "swore" and words.at(index + 1) == "in":
        return False
    return words.speaks(index) or words.is_inverted(index) or heard(words, index)


def spoke_to(words: Words, index: int) -> bool:
    """Match `Tern accused Gull of fraud`; not `officers accused of fraud were freed`."""
    is_active = not words.is_bare(index) or words.at(index - 1) in ("has", "have", "had")
    words_near = words.small[max(index - NEAR, 0) : index]
    is_active = is_active or "which" in words_near or "whom" in words_near
    words_near = words.small[index + 2 : index + NEAR]
    length = words.at(index + 1) in ("at", "in") and not around.LENGTH.isdisjoint(words_near)
    first_index = words.before_comma(index) + 1
    first_index += (
        words.at(first_index) in around.DETERMINERS
    )  # `the port is closed, our contact relayed`
    is_aside = words.is_aside(index) and first_index == words.before(index)
    if length or is_aside or words.at(index + 1) in ("to", "as"):
        is_active = words.is_subject(index)  # `he described to us his plan`
    return (is_active and words.speaks(index)) or heard(words, index)


def spoke_of(words: Words, index: int) -> bool:
    """Match `he promised help`; not `help promised in May`, where no one speaks."""
    if not words.speaks(index):
        return heard(words, index)
    if (words.at(index), words.at(index + 1)) == ("declared", "war"):
        return False
    if not words.is_bare(index) or words.is_aside(index):
        return True
    if words.at(index) == "claimed" and words.at(index + 2) == "have":
        return True
    if words.at(index - 1) in ("has", "have", "had", "and", "but"):  # `he came and asked for help`
        return True
    index_before, next_word = words.before(index), words.at(index + 1)
    if words.at(index) == "reported" and (next_word == "on" or words.has_clause(index)):
        return words.is_somebody(index_before) or next_word != "on"
    is_request = next_word == "to" or words.at(index) in ("asked", "demanded", "urged", "begged")
    is_unknown = index_before == 0 and words.small[0][:4] != "xxxx"
    is_unknown = is_unknown and (index == 1 or words.is_adverb(0))
    if is_unknown and not is_request and words.is_first_word():
        warns = words.at(index) == "warned" and next_word in ("of", "against")
        return warns or "that" in words.small[index:]  # a capital at the start says nothing
    is_told = next_word == "to" or "that" in words.small[index : index + 2 * FAR]
    if words.is_inserted(index_before + 1):  # `captains, however, warned of storms`
        return words.is_somebody(index_before) or words.heads(index_before)
    if is_told and words.is_before_comma(index_before):  # `Tern, the keeper, noted to us`
        return words.before_comma(index_before) >= 0
    if (
        words.at(index_before) in ("and", "but") and words.at(index) != "referred"
    ):  # `but also asked for`
        return (is_request or is_told) and words.begins_with_somebody()
    if words.is_before_comma(index_before):
        return is_request and words.is_somebody(words.past_comma(index_before))
    return words.is_somebody(index_before) or (is_told and words.heads(index_before))


def heard(words: Words, index: int) -> bool:
    """Match passive reports: `it was suggested that`, `he was criticized by the press`."""
    previous = words.before(index)
    next_word = words.at(index + 1)
    is_parted = next_word == "by" and (
        words.is_before_comma(previous) or words.at(index) in verbs.JUDGED
    )
    if not (is_parted or words.at(previous) in around.BE | {"as"}):
        return False
    if words.at(previous - 1) in around.MODALS:
        return False
    if next_word == "by" and words.at(previous) == "as":  # `as noted by Tern`
        return words.at(index + 2) not in around.AUTHOR and words.is_somebody(index + 2)
    if next_word == "by":  # `he was criticized by the press`
        is_named = any(words.is_somebody(place) for place in range(index + 2, index + 5))
        return words.at(index) in _SAID_BY and words.at(index + 2) not in around.AUTHOR and is_named
    if words.at(index) == "told":
        return next_word not in around.PREPOSITIONS | {"", "to"} and not words.is_before_comma(
            index
        )
    if words.at(previous - 1) == "it" and (words.at(index) == "said" or words.has_clause(index)):
        return words.at(index) in around.HEARD
    return words.at(index) in around.HEARD and next_word in ("that", "to")


def told_that(words: Words, index: int) -> bool:
    """Match `Tern concluded that the port is old`; not `he concluded the talks`."""
    if words.is_inverted(index):
        return words.at(index) in ("concluded", "maintained", "related")
    clause = words.is_bare(index) and words.has_clause(index)
    bracket = index + 1 < len(words.small) and words.small[index + 1][0] == "("
    clause = clause or "that" in words.stripped[index + 1 : index + (NEAR if bracket else 3)]
    clause = clause or words.at(index + 1) in around.SUBJECTS | {"no"}
    is_aside = words.is_aside(index) or (words.has_verb(index) and not words.is_bare(index))
    return words.speaks(index) and (clause or (is_aside and words.is_subject(index)))


def put(words: Words, index: int) -> bool:
    """Match `he requested lamps` and `he indicated more is needed`, if a subject is nearby."""
    if told_that(words, index):
        return True
    next_word = words.at(index + 1)
    index_before = words.before(index)
    if words.at(0) == "as" and words.is_before_comma(index):  # `As they have indicated, ...`
        return words.is_subject(index)
    if words.at(index) == "related" and next_word not in around.CLAUSE:
        return False
    is_short = words.at(index_before - 1) in ("a", "an") or words.at(index_before) == "another"
    is_short = is_short or words.written(index).isupper()
    is_named = next_word in around.CLAUSE or next_word.endswith("ing")
    if words.at(index) == "proposed" and is_short and not is_named:  # `a navy proposed system`
        return False
    if next_word != "to" and words.is_bare(index):
        return False
    if words.at(index_before) == "and" or (
        words.is_before_comma(index_before) and words.at(index) == "requested"
    ):
        return words.begins_with_somebody() and words.speaks(index)
    return words.is_subject(index)


def undertook(words: Words, index: int) -> bool:
    """Match `he offered to pay`, `refused to leave`; not `offered to the port`."""
    word_after_to = words.at(index + 2)
    if word_after_to in around.CLAUSE | around.PREPOSITIONS or words.is_name(index + 2):
        return False
    is_known = words.at(index) == "committed" or words.at(index - 1) in ("has", "have", "also")
    if word_after_to.endswith("ing") and not is_known:
        return False
    is_joined = words.at(index) != "agreed" and words.at(words.before(index)) in ("and", "but")
    subject_does = words.begins_with_somebody() if is_joined else words.is_subject(index)
    return words.at(index + 1) == "to" and subject_does and words.speaks(index)


def goes_on(words: Words, index: int) -> bool:
    """Match `he continued to complain`, `went on to say`, `phoned us to ask`."""
    while (
        words.at(index - 1).endswith("ly") or words.at(index - 1) == "and"
    ):  # `to openly criticize`
        index -= 1
    if words.at(index - 1) != "to":
        return False
    if words.at(index - 2) in ("continue", "continues", "continued", "began", "proceeded"):
        return words.at(index) not in around.SHOW and says(words, index - 2)
    if words.at(index - 2) in around.TENDS:
        return words.at(index) not in around.SHOW and words.is_subject(index - 2)
    if (words.at(index - 3), words.at(index - 2)) == ("far", "as"):  # `he went so far as to say`
        return not words.is_authors()
    if words.at(index - 2) in around.EAGER:
        auxiliaries = around.BE | {"took", "used", "felt", "went"}
        indexes_near = range(max(index - 6, 1), index - 2)
        return any(words.at(place) in auxiliaries and says(words, place) for place in indexes_near)
    if words.at(index - 2) == "on" or words.at(index - 3) == "on":  # `went on then to say`
        return any(
            words.at(index - 3 - steps) in ("went", "goes", "gone", "going") for steps in (0, 1)
        )
    for led_verb in ("used", "met"):  # `he used the visit to urge us to leave`
        if led_verb in words.small[1:index] and words.is_subject(words.small.index(led_verb, 1)):
            return True
    for place in range(max(index - FAR, 1), index - 1):
        if words.at(place) in around.CALLED_UP and words.is_subject(place):
            return True
    indexes_near = range(max(index - NEAR, 1), index - 1)  # `it led him to say`
    return words.is_somebody(index - 2) and any(
        words.at(place) in around.CAUSED for place in indexes_near
    )


def performed(words: Words, index: int) -> bool:
    """Match `he added that it rains`: a verb that may be an act, with its speaker before it."""
    if words.is_inverted(index):
        return words.at(index) in ("added", "continued", "concluded", "agreed", "offered")
    next_word = words.at(index + 1)
    if (words.at(index) == "expected" and words.is_bare(index)) or words.small[index][0] == "(":
        return False
    if next_word == "that" or words.at(index + 2) == "that":
        return words.speaks(index)
    previous = words.before(index)
    if words.at(previous) in ("and", "but") and next_word in around.SUBJECTS:
        return words.speaks(index)
    passive = next_word in ("to", "in", "with", "of", "for") and not words.is_before_comma(index)
    subject = words.is_somebody(previous) or words.heads(previous)
    return words.speaks(index) and subject and not words.is_before_comma(previous) and not passive


def that(words: Words, index: int) -> bool:
    """Match `Tern claims that it rains`: a form that may be a noun, if a clause follows it."""
    next_word = words.at(index + 2 if words.at(index + 1) in around.ADVERBS else index + 1)
    is_parted = words.is_before_comma(index) and words.before_comma(index) >= max(index - 4, 0)
    index_before = words.before(index)
    word = words.at(index_before)
    if not (is_parted or next_word in _FOLLOWING or word in around.SUBJECTS):  # most are nouns
        return False
    if (
        index == 0
        or word in around.AUTHOR
        or word in around.NO_VERB_BEHIND
        or words.is_owner(index_before)
    ):
        return False
    if words.is_post(index_before) or word in around.SOME:  # `several reports`
        return False
    if next_word == "to" and words.at(index) == "claims":
        return words.at(index + 2) != "be" or word in around.SUBJECTS
    if next_word == "" and words.at(index) in ("agrees", "concurs", "reports"):
        is_told = words.at(index) != "reports" or words.is_aside(index)
        return is_told and words.is_somebody(words.past_comma(index_before))
    if next_word in ("to", ""):
        return False
    if words.at(index) in around.SHOWS and words.at(index_before - 1) in around.PREPOSITIONS:
        return False
    if next_word == "that" and words.at(index + 2) in around.HELPS | around.BE | around.MODALS:
        return False  # `for states that do not pay`
    if word in around.SUBJECTS:
        return True
    is_named = words.is_somebody(words.past_comma(index_before)) or words.is_somebody(index_before)
    if words.at(index) in ("fears", "doubts") and not is_named:
        return False
    if words.at(index) not in around.SHOWS and next_word in ("that", "whether"):
        return True
    return (next_word in around.CLAUSE or is_parted) and is_named  # `the plan, Tern notes, is old`


def says(words: Words, index: int) -> bool:
    """Match `Tern says no`; not `it is to say` or `Post believes`."""
    previous = words.before(index)
    if words.at(previous) in ("and", "but") and words.at(0) in around.AUTHOR:
        return False
    word = words.at(previous)
    if (word in around.AUTHOR and not words.is_foreign(previous)) or words.is_post(previous):
        return False
    if word == "which" and words.at(index) == "explains":
        return False
    return index > 0 and (word not in around.NO_VERB_BEHIND or word in around.PRONOUNS)


def say(words: Words, index: int) -> bool:
    """Match `captains say no`: the form without an ending, unless it depends on an earlier verb."""
    if words.at(index - 1) == "to":
        is_meant = words.at(index) not in verbs.MEAN and words.at(index) not in (
            "feel",
            "report",
            "hope",
        )
        is_meant = is_meant or words.at(index - 2).startswith("continue")
        return (is_meant or words.at(index + 1) in around.CLAUSE) and goes_on(words, index)
    if words.at(index - 1) == "only" and words.at(index) == "say":  # `he would only say that ...`
        return words.at(index - 2) in ("would", "could") and words.is_somebody(index - 3)
    if not says(words, index):
        return False
    index_before = words.before(index)
    word_before = words.at(index_before)
    words_near = words.small[max(index - FAR, 0) : index]
    if word_before in ("and", "or") and not around.MODALS.isdisjoint(words_near):
        return False
    if words.at(index) in ("say", "argue", "complain", "assert"):
        return True
    is_meant = words.at(index - 1) in ("not", "did", "does", "do")
    if is_meant and words.at(index) in verbs.MEAN | {"expect"} and words.is_somebody(index_before):
        return True
    is_meaning = words.at(index) in verbs.MEAN
    next_word = words.at(index + 1 + words.is_inserted(index + 1))
    clause = next_word in around.CLAUSE and not words.is_before_comma(index)
    clause = clause or (next_word == "that" and words.is_inserted(index + 1))
    clause = clause or (is_meaning and words.is_name(index + 1))
    if words.at(index) == "claim" and next_word == "to":
        return words.at(index + 2) in ("have", "know") and words.is_somebody(index_before)
    if (
        next_word in around.SUBJECTS | {"that"} and words.at(index) not in around.SHOW
    ):  # `ports report`
        is_meaning = is_meaning or (word_before.endswith("s") and word_before[-2:-1] != "s")
    is_meaning = is_meaning or words.at(index - 1) == "did"
    clause = clause or (words.at(index) == "claim" and are_persons(word_before))
    clause = clause or (words.is_aside(index) and (words.at(index) != "report" or next_word == ""))
    clause = clause or (words.at(index) == "agree" and next_word in ("on", "with"))
    clause = clause or (next_word == "to" and words.at(index + 2) in around.LISTENERS)
    if are_persons(word_before) or word_before in ("they", "many", "police"):
        thinks = verbs.MEAN | {"expect", "worry", "fear", "suspect"}
        clause = clause or words.at(index) in thinks or next_word in around.MODALS - {"to"}
        clause = clause or words.has_verb(index)
    if not clause:
        return False
    is_joined = word_before in ("and", "but") and words.begins_with_somebody()
    return is_meaning or is_joined or words.is_somebody(index_before) or words.heads(index_before)


def is_reporting(words: Words, index: int) -> bool:
    """Match `the media are reporting a storm`."""
    is_saying = words.at(words.before(index)) in around.BE and not words.is_bare(index)
    return is_saying and words.is_somebody(words.doer(index))


def tell(words: Words, index: int) -> bool:
    """Match `contacts tell us that ...`, `he called to tell us`."""
    return (words.at(index + 1) in around.LISTENERS and says(words, index)) or goes_on(words, index)


def briefed(words: Words, index: int) -> bool:
    """Match `he briefed the Ambassador on the lamps`."""
    if words.at(index + 1) in around.LISTENERS:
        return words.speaks(index)
    is_told = not words.is_bare(index) and "on" in words.small[index : index + FAR]
    return is_told and words.is_subject(index)


def saying(words: Words, index: int) -> bool:
    """Match `he left, saying that ...`, `by asking whether ...`, `he has been saying ...`."""
    clause = words.at(index + 1) in ("that", "whether")
    if index == 0 and clause:  # who says it comes after the clause
        return around.AUTHOR.isdisjoint(map(words.at, range(len(words.small))))
    is_led = words.at(index) in verbs.SPEAKING
    if index == 0 or (words.before(index) == 0 and words.at(0) in around.LED_IN):
        return (is_led or (clause and index > 0)) and _is_led_in(words)
    if words.is_authors() or words.at(index - 2) == "goes":  # `it goes without saying that`
        return False
    index_before, next_word = words.before(index), words.at(index + 1)
    if f"{words.at(index)} {next_word}" in around.NO_SAYING:
        return False
    if words.at(index - 1) in ("minutes", "hour", "hours", "time"):
        return True
    if words.at(index_before) in around.BE:  # `critics have been predicting his end`
        doer = words.doer(index)
        is_known = words.at(index_before) != "be" and words.begins_with_somebody()
        is_known = is_known and around.AUTHOR.isdisjoint(words.stripped[:3])
        return (is_known or words.is_somebody(doer)) and words.at(doer) not in around.AUTHOR
    if clause and words.at(index_before) in around.LED_IN | {"as"}:
        return True
    if words.at(index_before) in around.LED_IN:
        is_begun = not around.BEGUN.isdisjoint(
            words.small[:index]
        )  # `he closed the talk by asking`
        return next_word != "" and (is_led or is_begun)
    if words.at(index) in verbs.TELLING and not words.is_before_comma(index - 1):
        paper = not around.PAPERS.isdisjoint(map(words.at, range(index - NEAR, index)))
        return words.is_somebody(index_before) or (paper and clause)
    if words.at(index) == "indicating":
        return False
    if clause:
        return words.is_before_comma(index - 1) or says(words, index)
    if words.at(index) in ("saying", "stating"):
        return words.at(index - 1) == "as" or words.at(index_before) not in around.NO_VERB_BEHIND
    is_told = words.at(index + 1) == "to" and not around.LISTENERS.isdisjoint(
        words.small[index : index + NEAR]
    )
    if is_told or (words.at(index) == "telling" and words.at(index + 1) in around.LISTENERS):
        return True
    if words.at(index) in verbs.SHOWING and words.is_before_comma(index - 1):
        return False
    return words.is_before_comma(index - 1) or words.is_somebody(index_before)


def _is_led_in(words: Words) -> bool:
    """Match `Citing the cost, Tern sold it`, where a person follows the first comma."""
    for place in range(1, len(words.small) - 1):
        if words.is_before_comma(place) and words.is_somebody(place + 1):
            return around.AUTHOR.isdisjoint(map(words.at, range(len(words.small))))
    return False


def sure(words: Words, index: int) -> bool:
    """Match `he was very concerned that ...`."""
    inserted = words.is_before_comma(index) and words.at(index + 1) in ("however", "though", "too")
    next_word = words.at(index + 1 + inserted)
    is_praise = next_word == "in" and words.at(index + 2) in ("his", "her", "their")
    clause_follows = is_praise or next_word in around.CLAUSE | around.ABOUT
    clause_follows = clause_follows or (words.is_name(index + 1) and words.has_verb(index))
    if not (
        clause_follows or (words.at(index) not in verbs.SURE_OF and index + 1 == len(words.small))
    ):
        return False
    index_before = words.before(index)
    if words.at(index_before) in around.VERY:
        index_before = words.before(index_before)
    if words.at(index_before) not in around.BE and words.at(index_before) not in around.SEEMED:
        return False
    doer = words.doer(index_before)
    doer_word = words.at(doer)
    if doer_word in ("and", "but"):
        return words.begins_with_somebody()
    if doer_word in ("it", "that") and words.at(index) in (
        "critical",
        "certain",
        "doubtful",
        "clear",
    ):
        return False
    return doer_word not in around.AUTHOR and words.is_somebody(doer)


def saw(words: Words, index: int) -> bool:
    """Match `he saw the port as lost`, `saw Gull winning`, `saw room for more`."""
    words_near = words.small[index + 1 : index + NEAR]
    is_seen = not around.SEEN.isdisjoint(words_near) and words.is_subject(index)
    is_seen = is_seen or (words.is_name(index + 1) and words.at(index + 2).endswith("ing"))
    return (is_seen and words.at(index) == "saw") or (
        "as" in words.small[index : index + FAR] and performed(words, index)
    )


def held(words: Words, index: int) -> bool:
    """Match `the court ruled that the port is old`; not `lamps were found that ...`."""
    subject_index = words.past_comma(words.before(index))
    return (
        words.at(index + 1) == "that" and words.speaks(index) and words.is_somebody(subject_index)
    )


def ruled(words: Words, index: int) -> bool:
    """Match `the court ruled against him`; not `the king ruled the port`."""
    index_before = words.before(index)
    words_near = words.stripped[max(index_before - NEAR, 0) : index_before + 1]
    return held(words, index) or (not around.COURTS.isdisjoint(words_near) and words.speaks(index))


def sees(words: Words, index: int) -> bool:
    """Match `they see a way out` and `she does not see why`."""
    previous = words.before(index)
    is_seen = not words.is_bare(index) and words.small[index][0] != "("
    is_seen = is_seen and (words.is_inserted(previous + 1) or not words.is_before_comma(previous))
    return (
        is_seen
        and words.at(previous) not in around.AUTHOR | {"please"}
        and words.is_somebody(previous)
    )


def says_plainly(words: Words, index: int) -> bool:
    """Match `Tern complains of rain`; not `Tern hails from Port Amber`."""
    index_before = words.before(index)
    if words.at(index_before) in ("and", "but"):
        return words.begins_with_somebody() and not words.is_bare(index)
    is_parted = words.is_before_comma(index_before) or words.at(index + 1) in ("from", "in")
    return not is_parted and words.is_subject(index)


def says_of(words: Words, index: int) -> bool:
    """Match `he considers it lost` and `whom he describes as lost`."""
    if index == 1 and words.is_first_word() and not are_persons(words.at(0)):
        return False
    index_before, next_word = words.before(index), words.at(index + 1)
    if words.at(index) in around.SHOWS and words.at(index_before - 1) in around.PREPOSITIONS:
        return False
    has_adverb = next_word.endswith("ly")  # `commanders report directly to the king`
    is_done = words.is_bare(index) or (has_adverb and words.is_bare(index + 1))
    is_done = is_done or (next_word.endswith("ed") and "-" not in next_word)
    return (words.at(index + 1) == "as" or not is_done) and words.is_subject(index)


def say_of(words: Words, index: int) -> bool:
    """Match `officials credit him` and `many attribute it to luck`."""
    previous = words.before(index)
    word_before = words.at(previous)
    if words.is_owner(previous):
        return goes_on(words, index)
    if words.at(index - 1) in ("did", "does") and words.is_somebody(previous):
        return True
    is_plural = word_before in around.MANY or are_persons(word_before) or words.is_people(previous)
    is_plural = is_plural or words.heads(previous)
    is_plural = is_plural or (word_before.endswith("s") and words.is_capital(previous))
    if words.at(index + 1) in around.CLAUSE:  # `envoys of the ports blame him`
        words_near = (words.at(place) for place in range(max(index - FAR, 0), index))
        is_plural = is_plural or any(map(are_persons, words_near))
        return (is_plural and says(words, index)) or goes_on(words, index)
    return (is_plural and says_of(words, index)) or goes_on(words, index)


def considered(words: Words, index: int) -> bool:
    """Match `he considered it very old`; not `he considered an offer`."""
    is_judged = not around.JUDGED.isdisjoint(words.small[index : index + 2 * FAR])
    return is_judged and words.at(index + 1) != "to" and words.is_subject(index)


def continued(words: Words, index: int) -> bool:
    """Match `the port, he continued, is old`; not `the raids continued at night`."""
    if words.at(index + 1) == "that":
        return words.speaks(index)
    if words.is_inverted(index):
        indexes_near = range(index + 1, min(index + NEAR, len(words.small)))
        is_said = index > len(words.small) - 2 * FAR or any(
            map(words.is_before_comma, indexes_near)
        )
        return index > 0 and is_said and performed(words, index)
    return (words.is_before_comma(index) or words.is_aside(index)) and words.is_subject(index)


def shows(words: Words, index: int) -> bool:
    """Match verbs that also take facts as subjects, if a person speaks or a clause follows."""
    previous = words.before(index)
    if words.at(previous) == "which":
        return False
    the = words.at(previous - 1) in around.DETERMINERS
    is_named = (
        words.is_before_comma(previous) or words.is_somebody(previous) or words.heads(previous)
    )
    is_named = is_named or (words.at(index + 1) == "that" and not the)
    is_named = is_named or words.at(previous) in ("and", "but") or words.at(previous).isdigit()
    if words.at(index + 1) == "to" and words.at(index + 2) in around.LISTENERS:
        return words.speaks(index)
    return (is_named and spoke_of(words, index)) or heard(words, index)
