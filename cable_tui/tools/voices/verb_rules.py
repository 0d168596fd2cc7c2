"""Rules for the forms of verbs of saying: whether one is a report, by the words around it.

A rule gets the words of a sentence and the position of its word. A participle is not a report: `the
stated aim`, `aid promised during the visit`, `he was accused of fraud` name no speaker. The words
before it and after it decide, for all words of a kind alike.
"""

from __future__ import annotations

from cable_tui.tools.voices import verbs_of_saying as verbs
from cable_tui.tools.voices import words_around as around
from cable_tui.tools.voices.who_speaks import FAR, NEAR, Words, are_persons

_FOLLOWING = around.CLAUSE | {"to", ""}
"""Words behind a form that may be a noun, if it is a verb without a comma."""
_SAID_BY = {*verbs.SPOKE_OF, *verbs.SPOKE_TO, *verbs.SAID_BY} - verbs.FACTS_BY


def spoke(words: Words, at: int) -> bool:
    """Match `Tern complained of rain`, `the port is closed, complained Tern`."""
    if at == 1 and words.at(0) == "that":  # `That said, ...`
        return False
    if words.at(at) == "swore" and words.at(at + 1) == "in":
        return False
    return words.speaks(at) or words.is_inverted(at) or heard(words, at)


def spoke_to(words: Words, at: int) -> bool:
    """Match `Tern accused Gull of fraud`; not `officers accused of fraud were freed`."""
    active = not words.is_bare(at) or words.at(at - 1) in ("has", "have", "had")
    near = words.small[max(at - NEAR, 0) : at]
    active = active or "which" in near or "whom" in near
    near = words.small[at + 2 : at + NEAR]
    length = words.at(at + 1) in ("at", "in") and not around.LENGTH.isdisjoint(near)
    first = words.before_comma(at) + 1
    first += words.at(first) in around.DETERMINERS  # `the port is closed, our contact relayed`
    aside = words.is_aside(at) and first == words.before(at)
    if length or aside or words.at(at + 1) in ("to", "as"):
        active = words.is_subject(at)  # `he described to us his plan`
    return (active and words.speaks(at)) or heard(words, at)


def spoke_of(words: Words, at: int) -> bool:
    """Match `he promised help`; `help promised in May` has nobody who speaks."""
    if not words.speaks(at):
        return heard(words, at)
    if (words.at(at), words.at(at + 1)) == ("declared", "war"):
        return False
    if not words.is_bare(at) or words.is_aside(at):
        return True
    if words.at(at) == "claimed" and words.at(at + 2) == "have":
        return True
    if words.at(at - 1) in ("has", "have", "had", "and", "but"):  # `he came and asked for help`
        return True
    before, behind = words.before(at), words.at(at + 1)
    if words.at(at) == "reported" and (behind == "on" or words.has_clause(at)):
        return words.is_somebody(before) or behind != "on"
    asks = behind == "to" or words.at(at) in ("asked", "demanded", "urged", "begged")
    unknown = before == 0 and words.small[0][:4] != "xxxx"
    unknown = unknown and (at == 1 or words.is_adverb(0))
    if unknown and not asks and words.is_first_word():
        said = words.at(at) == "warned" and behind in ("of", "against")
        return said or "that" in words.small[at:]  # a capital at the start says nothing
    told = behind == "to" or "that" in words.small[at : at + 2 * FAR]
    if words.is_inserted(before + 1):  # `captains, however, warned of storms`
        return words.is_somebody(before) or words.heads(before)
    if told and words.is_before_comma(before):  # `Tern, the keeper, noted to us`
        return words.before_comma(before) >= 0
    if words.at(before) in ("and", "but") and words.at(at) != "referred":  # `but also asked for`
        return (asks or told) and words.begins_with_somebody()
    if words.is_before_comma(before):
        return asks and words.is_somebody(words.past_comma(before))
    return words.is_somebody(before) or (told and words.heads(before))


def heard(words: Words, at: int) -> bool:
    """Match `it was suggested that`, `they were told that`: the speaker is not named."""
    before = words.before(at)
    behind = words.at(at + 1)
    parted = behind == "by" and (words.is_before_comma(before) or words.at(at) in verbs.JUDGED)
    if not (parted or words.at(before) in around.BE | {"as"}):
        return False
    if words.at(before - 1) in around.MODALS:
        return False
    if behind == "by" and words.at(before) == "as":  # `as noted by Tern`
        return words.at(at + 2) not in around.AUTHOR and words.is_somebody(at + 2)
    if behind == "by":  # `he was criticized by the press`
        named = any(words.is_somebody(place) for place in range(at + 2, at + 5))
        return words.at(at) in _SAID_BY and words.at(at + 2) not in around.AUTHOR and named
    if words.at(at) == "told":
        return behind not in around.PREPOSITIONS | {"", "to"} and not words.is_before_comma(at)
    if words.at(before - 1) == "it" and (words.at(at) == "said" or words.has_clause(at)):
        return words.at(at) in around.HEARD
    return words.at(at) in around.HEARD and behind in ("that", "to")


def told_that(words: Words, at: int) -> bool:
    """Match `Tern concluded that the port is old`; not `he concluded the talks`."""
    if words.is_inverted(at):
        return words.at(at) in ("concluded", "maintained", "related")
    clause = words.is_bare(at) and words.has_clause(at)
    bracket = at + 1 < len(words.small) and words.small[at + 1][0] == "("
    clause = clause or "that" in words.stripped[at + 1 : at + (NEAR if bracket else 3)]
    clause = clause or words.at(at + 1) in around.SUBJECTS | {"no"}
    aside = words.is_aside(at) or (words.has_verb(at) and not words.is_bare(at))
    return words.speaks(at) and (clause or (aside and words.is_subject(at)))


def put(words: Words, at: int) -> bool:
    """Match `he requested lamps` and `he indicated more is needed`, with a subject nearby."""
    if told_that(words, at):
        return True
    behind = words.at(at + 1)
    before = words.before(at)
    if words.at(0) == "as" and words.is_before_comma(at):  # `As they have indicated, ...`
        return words.is_subject(at)
    if words.at(at) == "related" and behind not in around.CLAUSE:
        return False
    short = words.at(before - 1) in ("a", "an") or words.at(before) == "another"
    short = short or words.written(at).isupper()
    named = behind in around.CLAUSE or behind.endswith("ing")
    if words.at(at) == "proposed" and short and not named:  # `a navy proposed system`
        return False
    if behind != "to" and words.is_bare(at):
        return False
    if words.at(before) == "and" or (words.is_before_comma(before) and words.at(at) == "requested"):
        return words.begins_with_somebody() and words.speaks(at)
    return words.is_subject(at)


def undertook(words: Words, at: int) -> bool:
    """Match `he offered to pay`, `refused to leave`; not `offered to the port`."""
    behind = words.at(at + 2)
    if behind in around.CLAUSE | around.PREPOSITIONS or words.is_name(at + 2):
        return False
    known = words.at(at) == "committed" or words.at(at - 1) in ("has", "have", "also")
    if behind.endswith("ing") and not known:
        return False
    joined = words.at(at) != "agreed" and words.at(words.before(at)) in ("and", "but")
    does = words.begins_with_somebody() if joined else words.is_subject(at)
    return words.at(at + 1) == "to" and does and words.speaks(at)


def goes_on(words: Words, at: int) -> bool:
    """Match `he continued to complain`, `went on to say`, `phoned us to ask`."""
    while words.at(at - 1).endswith("ly") or words.at(at - 1) == "and":  # `to openly criticize`
        at -= 1
    if words.at(at - 1) != "to":
        return False
    if words.at(at - 2) in ("continue", "continues", "continued", "began", "proceeded"):
        return words.at(at) not in around.SHOW and says(words, at - 2)
    if words.at(at - 2) in around.TENDS:
        return words.at(at) not in around.SHOW and words.is_subject(at - 2)
    if (words.at(at - 3), words.at(at - 2)) == ("far", "as"):  # `he went so far as to say`
        return not words.is_authors()
    if words.at(at - 2) in around.EAGER:
        does = around.BE | {"took", "used", "felt", "went"}
        near = range(max(at - 6, 1), at - 2)
        return any(words.at(place) in does and says(words, place) for place in near)
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


def performed(words: Words, at: int) -> bool:
    """Match `he added that it rains`: a verb of other deeds too, with the speaker before it."""
    if words.is_inverted(at):
        return words.at(at) in ("added", "continued", "concluded", "agreed", "offered")
    behind = words.at(at + 1)
    if (words.at(at) == "expected" and words.is_bare(at)) or words.small[at][0] == "(":
        return False
    if behind == "that" or words.at(at + 2) == "that":
        return words.speaks(at)
    before = words.before(at)
    if words.at(before) in ("and", "but") and behind in around.SUBJECTS:
        return words.speaks(at)
    done = behind in ("to", "in", "with", "of", "for") and not words.is_before_comma(at)
    subject = words.is_somebody(before) or words.heads(before)
    return words.speaks(at) and subject and not words.is_before_comma(before) and not done


def that(words: Words, at: int) -> bool:
    """Match `Tern claims that it rains`: a form that may be a noun, if a clause follows."""
    behind = words.at(at + 2 if words.at(at + 1) in around.ADVERBS else at + 1)
    parted = words.is_before_comma(at) and words.before_comma(at) >= max(at - 4, 0)
    before = words.before(at)
    word = words.at(before)
    if not (parted or behind in _FOLLOWING or word in around.SUBJECTS):  # most are nouns
        return False
    if at == 0 or word in around.AUTHOR or word in around.NO_VERB_BEHIND or words.is_owner(before):
        return False
    if words.is_post(before) or word in around.SOME:  # `several reports`
        return False
    if behind == "to" and words.at(at) == "claims":
        return words.at(at + 2) != "be" or word in around.SUBJECTS
    if behind == "" and words.at(at) in ("agrees", "concurs", "reports"):
        told = words.at(at) != "reports" or words.is_aside(at)
        return told and words.is_somebody(words.past_comma(before))
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
    return (behind in around.CLAUSE or parted) and named  # `the plan, Tern notes, is old`


def says(words: Words, at: int) -> bool:
    """Match `Tern says no`; not `it is to say` or `Post believes`."""
    before = words.before(at)
    if words.at(before) in ("and", "but") and words.at(0) in around.AUTHOR:
        return False
    word = words.at(before)
    if (word in around.AUTHOR and not words.is_foreign(before)) or words.is_post(before):
        return False
    if word == "which" and words.at(at) == "explains":
        return False
    return at > 0 and (word not in around.NO_VERB_BEHIND or word in around.PRONOUNS)


def say(words: Words, at: int) -> bool:
    """Match `captains say no`: the form without an ending, of no verb before it."""
    if words.at(at - 1) == "to":
        meant = words.at(at) not in verbs.MEAN and words.at(at) not in ("feel", "report", "hope")
        meant = meant or words.at(at - 2).startswith("continue")
        return (meant or words.at(at + 1) in around.CLAUSE) and goes_on(words, at)
    if words.at(at - 1) == "only" and words.at(at) == "say":  # `he would only say that ...`
        return words.at(at - 2) in ("would", "could") and words.is_somebody(at - 3)
    if not says(words, at):
        return False
    before = words.before(at)
    who = words.at(before)
    near = words.small[max(at - FAR, 0) : at]
    if who in ("and", "or") and not around.MODALS.isdisjoint(near):
        return False
    if words.at(at) in ("say", "argue", "complain", "assert"):
        return True
    meant = words.at(at - 1) in ("not", "did", "does", "do")
    if meant and words.at(at) in verbs.MEAN | {"expect"} and words.is_somebody(before):
        return True
    mean = words.at(at) in verbs.MEAN
    behind = words.at(at + 1 + words.is_inserted(at + 1))
    clause = behind in around.CLAUSE and not words.is_before_comma(at)
    clause = clause or (behind == "that" and words.is_inserted(at + 1))
    clause = clause or (mean and words.is_name(at + 1))
    if words.at(at) == "claim" and behind == "to":
        return words.at(at + 2) in ("have", "know") and words.is_somebody(before)
    if behind in around.SUBJECTS | {"that"} and words.at(at) not in around.SHOW:  # `ports report`
        mean = mean or (who.endswith("s") and who[-2:-1] != "s")
    mean = mean or words.at(at - 1) == "did"
    clause = clause or (words.at(at) == "claim" and are_persons(who))
    clause = clause or (words.is_aside(at) and (words.at(at) != "report" or behind == ""))
    clause = clause or (words.at(at) == "agree" and behind in ("on", "with"))
    clause = clause or (behind == "to" and words.at(at + 2) in around.LISTENERS)
    if are_persons(who) or who in ("they", "many", "police"):
        thinks = verbs.MEAN | {"expect", "worry", "fear", "suspect"}
        clause = clause or words.at(at) in thinks or behind in around.MODALS - {"to"}
        clause = clause or words.has_verb(at)
    if not clause:
        return False
    joined = who in ("and", "but") and words.begins_with_somebody()
    return mean or joined or words.is_somebody(before) or words.heads(before)


def is_reporting(words: Words, at: int) -> bool:
    """Match `the media are reporting a storm`."""
    said = words.at(words.before(at)) in around.BE and not words.is_bare(at)
    return said and words.is_somebody(words.doer(at))


def tell(words: Words, at: int) -> bool:
    """Match `contacts tell us that ...`, `he called to tell us`."""
    return (words.at(at + 1) in around.LISTENERS and says(words, at)) or goes_on(words, at)


def briefed(words: Words, at: int) -> bool:
    """Match `he briefed the Ambassador on the lamps`."""
    if words.at(at + 1) in around.LISTENERS:
        return words.speaks(at)
    told = not words.is_bare(at) and "on" in words.small[at : at + FAR]
    return told and words.is_subject(at)


def saying(words: Words, at: int) -> bool:
    """Match `he left, saying that ...`, `by asking whether ...`, `he has been saying ...`."""
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
        known = words.at(before) != "be" and words.begins_with_somebody()
        known = known and around.AUTHOR.isdisjoint(words.stripped[:3])
        return (known or words.is_somebody(doer)) and words.at(doer) not in around.AUTHOR
    if clause and words.at(before) in around.LED_IN | {"as"}:
        return True
    if words.at(before) in around.LED_IN:
        begun = not around.BEGUN.isdisjoint(words.small[:at])  # `he closed the talk by asking`
        return behind != "" and (led or begun)
    if words.at(at) in verbs.TELLING and not words.is_before_comma(at - 1):
        paper = not around.PAPERS.isdisjoint(map(words.at, range(at - NEAR, at)))
        return words.is_somebody(before) or (paper and clause)
    if words.at(at) == "indicating":
        return False
    if clause:
        return words.is_before_comma(at - 1) or says(words, at)
    if words.at(at) in ("saying", "stating"):
        return words.at(at - 1) == "as" or words.at(before) not in around.NO_VERB_BEHIND
    told = words.at(at + 1) == "to" and not around.LISTENERS.isdisjoint(words.small[at : at + NEAR])
    if told or (words.at(at) == "telling" and words.at(at + 1) in around.LISTENERS):
        return True
    if words.at(at) in verbs.SHOWING and words.is_before_comma(at - 1):
        return False
    return words.is_before_comma(at - 1) or words.is_somebody(before)


def _is_led_in(words: Words) -> bool:
    """Match `Citing the cost, Tern sold it`: somebody follows the first comma."""
    for place in range(1, len(words.small) - 1):
        if words.is_before_comma(place) and words.is_somebody(place + 1):
            return around.AUTHOR.isdisjoint(map(words.at, range(len(words.small))))
    return False


def sure(words: Words, at: int) -> bool:
    """Match `he was very concerned that ...`."""
    inserted = words.is_before_comma(at) and words.at(at + 1) in ("however", "though", "too")
    behind = words.at(at + 1 + inserted)
    praises = behind == "in" and words.at(at + 2) in ("his", "her", "their")
    follows = praises or behind in around.CLAUSE | around.ABOUT
    follows = follows or (words.is_name(at + 1) and words.has_verb(at))
    if not (follows or (words.at(at) not in verbs.SURE_OF and at + 1 == len(words.small))):
        return False
    before = words.before(at)
    if words.at(before) in around.VERY:
        before = words.before(before)
    if words.at(before) not in around.BE and words.at(before) not in around.SEEMED:
        return False
    doer = words.doer(before)
    who = words.at(doer)
    if who in ("and", "but"):
        return words.begins_with_somebody()
    if who in ("it", "that") and words.at(at) in ("critical", "certain", "doubtful", "clear"):
        return False
    return who not in around.AUTHOR and words.is_somebody(doer)


def saw(words: Words, at: int) -> bool:
    """Match `he saw the port as lost`, `saw Gull winning`, `saw room for more`."""
    near = words.small[at + 1 : at + NEAR]
    seen = not around.SEEN.isdisjoint(near) and words.is_subject(at)
    seen = seen or (words.is_name(at + 1) and words.at(at + 2).endswith("ing"))
    return (seen and words.at(at) == "saw") or (
        "as" in words.small[at : at + FAR] and performed(words, at)
    )


def held(words: Words, at: int) -> bool:
    """Match `the court ruled that the port is old`; not `lamps were found that ...`."""
    who = words.past_comma(words.before(at))
    return words.at(at + 1) == "that" and words.speaks(at) and words.is_somebody(who)


def ruled(words: Words, at: int) -> bool:
    """Match `the court ruled against him`; not `the king ruled the port`."""
    before = words.before(at)
    near = words.stripped[max(before - NEAR, 0) : before + 1]
    return held(words, at) or (not around.COURTS.isdisjoint(near) and words.speaks(at))


def sees(words: Words, at: int) -> bool:
    """Match `they see a way out` and `she does not see why`."""
    who = words.before(at)
    seen = not words.is_bare(at) and words.small[at][0] != "("
    seen = seen and (words.is_inserted(who + 1) or not words.is_before_comma(who))
    return seen and words.at(who) not in around.AUTHOR | {"please"} and words.is_somebody(who)


def says_plainly(words: Words, at: int) -> bool:
    """Match `Tern complains of rain`; not `Tern hails from Port Amber`."""
    before = words.before(at)
    if words.at(before) in ("and", "but"):
        return words.begins_with_somebody() and not words.is_bare(at)
    parted = words.is_before_comma(before) or words.at(at + 1) in ("from", "in")
    return not parted and words.is_subject(at)


def says_of(words: Words, at: int) -> bool:
    """Match `he considers it lost` and `whom he describes as lost`."""
    if at == 1 and words.is_first_word() and not are_persons(words.at(0)):
        return False
    before, behind = words.before(at), words.at(at + 1)
    if words.at(at) in around.SHOWS and words.at(before - 1) in around.PREPOSITIONS:
        return False
    has_adverb = behind.endswith("ly")  # `commanders report directly to the king`
    done = words.is_bare(at) or (has_adverb and words.is_bare(at + 1))
    done = done or (behind.endswith("ed") and "-" not in behind)
    return (words.at(at + 1) == "as" or not done) and words.is_subject(at)


def say_of(words: Words, at: int) -> bool:
    """Match `officials credit him` and `many attribute it to luck`."""
    before = words.before(at)
    who = words.at(before)
    if words.is_owner(before):
        return goes_on(words, at)
    if words.at(at - 1) in ("did", "does") and words.is_somebody(before):
        return True
    many = who in around.MANY or are_persons(who) or words.is_people(before)
    many = many or words.heads(before)
    many = many or (who.endswith("s") and words.is_capital(before))
    if words.at(at + 1) in around.CLAUSE:  # `envoys of the ports blame him`
        near = (words.at(place) for place in range(max(at - FAR, 0), at))
        many = many or any(map(are_persons, near))
        return (many and says(words, at)) or goes_on(words, at)
    return (many and says_of(words, at)) or goes_on(words, at)


def considered(words: Words, at: int) -> bool:
    """Match `he considered it very old`; not `he considered an offer`."""
    judged = not around.JUDGED.isdisjoint(words.small[at : at + 2 * FAR])
    return judged and words.at(at + 1) != "to" and words.is_subject(at)


def continued(words: Words, at: int) -> bool:
    """Match `the port, he continued, is old`; not `the raids continued at night`."""
    if words.at(at + 1) == "that":
        return words.speaks(at)
    if words.is_inverted(at):
        near = range(at + 1, min(at + NEAR, len(words.small)))
        said = at > len(words.small) - 2 * FAR or any(map(words.is_before_comma, near))
        return at > 0 and said and performed(words, at)
    return (words.is_before_comma(at) or words.is_aside(at)) and words.is_subject(at)


def shows(words: Words, at: int) -> bool:
    """Match verbs of facts if somebody is the subject, or a clause follows."""
    before = words.before(at)
    if words.at(before) == "which":
        return False
    the = words.at(before - 1) in around.DETERMINERS
    named = words.is_before_comma(before) or words.is_somebody(before) or words.heads(before)
    named = named or (words.at(at + 1) == "that" and not the)
    named = named or words.at(before) in ("and", "but") or words.at(before).isdigit()
    if words.at(at + 1) == "to" and words.at(at + 2) in around.LISTENERS:
        return words.speaks(at)
    return (named and spoke_of(words, at)) or heard(words, at)
