"""The terms of a text that the tables explain: TAGS, acronyms, routes, markings, times.

Pure: no Textual. An explanation without a meaning is of a thing that no table knows.

A table gives the frequent meanings of an acronym, not its meaning in this text: its readings come
with the evidence for each. The cable may spell it out; a word beside a name is an office (`Shell MD
Ann Tern`); the post's other cables may spell it out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import islice

from cable_tui.base.cable import Cable, Edition, Originator, Reference
from cable_tui.base.pattern import Pattern, pattern
from cable_tui.base.value import Value, field, replace
from cable_tui.glossary import posts, tables, tag_lists
from cable_tui.text import clean_line
from cable_tui.text.numbers import counted


class Explanation(Value):
    """A term and its meaning."""

    term: str
    kind: str
    """Kind of the term in plain words: `TAG`, `acronym`, `reason`."""
    meaning: str
    """The meaning; empty if unknown."""
    evidence: str = ""
    """The evidence for this meaning, if it is not certain; `spelled out in this cable`."""
    others: tuple[Reading, ...] = ()
    """Other possible meanings."""


class Around(Value):
    """The context of a text."""

    tags: Collection[str] = ()
    """The TAGS of its cable: they decide between readings."""
    header: bool = False
    """Whether it is a transmission header."""
    cable: str = ""
    """The text of the whole cable."""
    counts: Counts = field(default_factory=dict)
    """See `readings`."""
    edition: Edition | None = None
    """The edition of its cable: what the editors say of a term comes before any table."""
    routes: Mapping[str, str] = field(default_factory=dict)
    """The names that its cable's header prints with routing indicators, before any table."""


def around(cable: Cable, *, header: bool = False, counts: Counts | None = None) -> Around:
    """Return the context of a text of a cable."""
    head = cable.header
    named = [(each.route, each.name) for each in (*head.to, *head.info) if each.route]
    if head.originator and head.sender:
        named.insert(0, (head.originator.route, head.sender))
    routes = dict(reversed(named))
    said = cable.body.text
    return Around(cable.tags, header, said, counts or {}, cable.edition, routes)


_NOTHING = Around()


_DTG = pattern(
    r"\b(?P<day>\d\d)(?P<hour>\d\d)(?P<minute>\d\d)Z ?(?P<month>[A-Z]{3}) ?(?P<year>\d\d)\b"
)
_REASON = pattern(
    r"\b(?P<section>1\.[45])[ \n]{0,2}(?P<letters>\([a-hA-H]\)(?:[, &\n]{0,3}(?:and|AND)?"
    r"[ \n]{0,2}\([a-hA-H]\)){0,7}|\([a-hA-H](?:[, &]{1,2}(?:and )?[a-hA-H]){1,7}\))"
)
_MARKING = pattern(r"\((?P<marking>(?:TS|S|C|U|SBU|LOU|FOUO)(?:[/-]{1,2}[A-Z][A-Z ,]{0,30})?)\)")
_ID = pattern(r"\b(?P<year>\d\d)(?P<station>[A-Z]{3,24})(?P<serial>\d{1,6})\b")
_MESSAGE = pattern(
    r"(?:\bDE[ ]{1,3}(?P<route>R[A-Z]{2,9})[ ]{0,3})?"
    r"(?P<code>#[ ]?(?P<serial>[0-9]{1,5})(?:/(?P<section>[0-9]{1,3}))?"
    r"[ ]{1,3}(?P<day>[0-9]{3})(?P<time>[0-9]{4})\b)"
)
_ROUTE = pattern(r"\bR[A-Z]{3,7}\b")
_SIGNAL = pattern(
    r"\b(?:EYES ONLY|ROGER CHANNEL|DISSENT CHANNEL|NIACT IMMEDIATE|E\.O\.|[A-Z]{2,9})(?!\w)"
)
_TAGS_LINE = pattern(r"^[ \t]{0,8}TAGS?\b[ \t:;]{1,4}(?P<codes>[^\n]{0,300})", re.MULTILINE)
_CODE = pattern(r"\b[A-Z]{2,5}\b")
_BEHIND_TAGS = pattern(r"\b(?:[A-Z]{3,24} (?:ALSO )?(?:FOR|PASS)|SUBJ(?:ECT)?|REFS?|E\.O\.)\b")
"""Text that may follow the TAGS on their line: `LAGOS FOR AF/W` names a post's reader."""
_ACRONYM = pattern(r"(?<![\w/])[A-Z][A-Za-z]{0,9}(?:[/&-]{1,2}[A-Z0-9]{1,6})?(?![\w/])")
_HEADER_ONLY = frozenset("Z O P R ZZ OO PP RR HH UU DE FM TO INFO BT GR PASS AIG CCY SVC".split())
"""Signals that are ordinary words, or acronyms of something else, outside of a header."""
_ALONE = 40
"""Characters of a selected word or two, too few to show their context."""
_ADDRESSED = pattern(r"\b[A-Z]{3,24} (?:ALSO )?(?:FOR|PASS(?: TO)?) (?P<readers>[A-Z/, ]{1,80})")
"""Words for the intended readers of a cable, at the posts or in the Department."""
_LETTER = pattern(r"[a-hA-H]")
_LONGEST = 20_000
"""The most characters of a text that are looked at."""
_MOST_UNKNOWN = 20
"""The most words without an explanation that are listed."""


def explanations_in(text: str, around: Around = _NOTHING) -> tuple[Explanation, ...]:
    """Return explanations of a text from the tables and the cable, in its order, each term once."""
    found: dict[str, tuple[int, Explanation]] = {}
    taken: list[tuple[int, int]] = []
    for finder in _FINDERS:
        for start, end, explanation in finder(text[:_LONGEST], around):
            if not any(a < end and start < b for a, b in taken):
                found.setdefault(explanation.term, (start, explanation))
                taken.append((start, end))
    return tuple(each for _, each in sorted(found.values(), key=lambda one: one[0]))


def unknown(text: str, known: Collection[Explanation]) -> tuple[str, ...]:
    """Return words in capitals that no table has; empty if the whole text is in capitals."""
    text = text[:_LONGEST]
    if sum(map(str.islower, text)) < len(text) // 3:
        return ()
    words = {word for each in known for word in re.findall(r"\w+", each.term)}
    found = (each.group() for each in re.finditer(r"\b[A-Z]{2,8}\b", text))
    return tuple(dict.fromkeys(word for word in found if word not in words))[:_MOST_UNKNOWN]


def explain_word(word: str, around: Around = _NOTHING) -> tuple[Explanation, ...]:
    """Return every reading of one word or code, or of a few.

    If nothing is known, one reading without a meaning.
    """
    said = clean_line(word).strip(" .,;:")
    bare = said.strip("()")
    for text in (said, bare):
        if of_editors := _editors(around.edition).get(text):
            return (of_editors,)
    found: list[Explanation] = []
    if meaning := tables.marking(bare):
        found.append(Explanation(bare, "marking", meaning))
    upper = bare.upper()
    if (tag := tag_lists.tag(upper)) and tag.title and not _is_bureau(upper, around):
        found.append(_tag(upper))
    if station := posts.station(upper):
        found.append(Explanation(upper, "post", _station(station)))
    found += _posts(bare)
    around = replace(around, header=True)
    for text in dict.fromkeys((said, said.upper())):
        found += [each for each in explanations_in(text, around) if each not in found]
        if found:
            return tuple(found)
    return (Explanation(said, "", ""),)


def own_meaning(word: str, cable: Cable) -> str:
    """Return what a cable itself says a word stands for: its editors, or its text; or empty."""
    said = _editors(cable.edition).get(word)
    return said.meaning if said else spelled_out(word, cable.body.text)


def with_own(
    word: str, own: Iterable[Reading], found: tuple[Explanation, ...]
) -> tuple[Explanation, ...]:
    """Return the explanations of a word, with what the archive itself says first."""
    own = tuple(own)
    if not own:
        return found
    acronyms = [each for each in found if each.kind == "acronym"]
    table = [
        reading
        for each in acronyms
        for reading in (Reading(each.meaning, each.evidence or IN_THE_TABLE), *each.others)
    ]
    by_words: dict[str, Reading] = {}
    for each in (*own, *table):
        by_words.setdefault(_folded(each.meaning), each)
    first, *others = by_words.values()
    made = Explanation(word, "acronym", first.meaning, first.evidence, tuple(others))
    return (made, *(each for each in found if each.meaning and each not in acronyms))


def explain_cable(cable: Cable) -> tuple[Explanation, ...]:
    """Return explanations of the top box: classification, post, captions, TAGS."""
    facts = cable.facts
    found: list[Explanation] = []
    if meaning := tables.marking(facts.classification):
        found.append(Explanation(facts.classification, "classification", meaning))
    found += _posts(facts.origin)
    found += explanations_in(facts.reference_id)
    for caption in cable.body.captions:
        found.append(Explanation(caption, "caption", tables.prosign(caption) or ""))
    found += [_tag(tag) for tag in cable.tags]
    found += [each for each in _editors(cable.edition).values() if each.kind == PERSON]
    return tuple(dict.fromkeys(found))


def inferred_years(references: Iterable[Reference]) -> tuple[Explanation, ...]:
    """Return the explanation of the `?` after a reference: its year is not printed."""
    return tuple(
        Explanation(
            f"{each.reference_id} ?",
            "reference",
            f"printed as {' '.join(each.text.split())}, without a year: "
            "the year was inferred from the date of this cable and may be another",
        )
        for each in references
        if each.year_inferred and each.reference_id
    )


PERSON, OF_EDITORS = "person", "abbreviation"
_MOST_OF_EDITORS, _MOST_TIMES = 500, 5
"""Words of the editors that are looked for in a text, and places of each."""
LISTED, MARKED = "the editors' list has it", "marked by the editors"


def _editors(edition: Edition | None) -> dict[str, Explanation]:
    """Return the names and abbreviations of a document, each with all that its editors say."""
    found: dict[str, list[tuple[str, Reading]]] = {}
    for person in edition.people if edition else ():
        reading = Reading(person.who, MARKED if person.key else "")
        found.setdefault(person.text, []).append((PERSON, reading))
    for term in edition.terms if edition else ():
        reading = Reading(term.meaning, MARKED if term.marked else LISTED)
        found.setdefault(term.text, []).append((OF_EDITORS, reading))
    made = {}
    for text, said in found.items():
        (kind, first), *others = dict.fromkeys(said)
        more = tuple(reading for _, reading in others)
        made[text] = Explanation(text, kind, first.meaning, first.evidence, more)
    return made


Found = tuple[int, int, Explanation]


def _of_editors(text: str, around: Around) -> Iterator[Found]:
    """Yield the terms that the editors explain.

    A term that only their list has needs two capitals: `Sea` may be an ordinary word here.
    """
    said = _editors(around.edition)
    here = sorted((word for word in said if word in text), key=len, reverse=True)
    for word in here[:_MOST_OF_EDITORS]:
        if said[word].evidence != LISTED or sum(map(str.isupper, word)) > 1:
            for at in islice(occurrences(word, text), _MOST_TIMES):
                yield at, at + len(word), said[word]


def _matched(
    shape: Pattern[str], kind: str, meaning: Callable[[re.Match[str]], str | None]
) -> Callable[[str, Around], Iterator[Found]]:
    """Return a finder of all terms of one kind.

    An expression without a meaning (None) is not a term.
    """

    def finder(text: str, _: Around) -> Iterator[Found]:
        for found in shape.finditer(text):
            if (said := meaning(found)) is not None:
                yield *found.span(), Explanation(found.group(), kind, said)

    return finder


def _year(found: re.Match[str]) -> int:
    two = int(found["year"])
    return (1900 if two > 50 else 2000) + two


def _moment(found: re.Match[str]) -> str:
    day = f"{int(found['day'])} {found['month'].title()} {_year(found)}"
    return f"{day}, {found['hour']}:{found['minute']} Universal Time (Z)"


def _cable(found: re.Match[str]) -> str:
    code = posts.station_alias(found["station"]) or found["station"]
    station = posts.station(code)
    name = station.name if station else "a post that is not known"
    return f"cable number {int(found['serial'])} of {_year(found)} from {name}"


def _messages(text: str, _: Around) -> Iterator[Found]:
    for found in _MESSAGE.finditer(text):
        if not 0 < int(found["day"]) <= 366 or found["time"] > "2359" or found["time"][2:] > "59":
            continue
        section = int(found["section"]) if found["section"] else None
        sent = Originator(
            found["route"] or "", int(found["serial"]), section, int(found["day"]), found["time"]
        )
        yield *found.span("code"), Explanation(found["code"], "message", message_in_words(sent))


def message_in_words(sent: Originator) -> str:
    """Return `number 1907 of RUEHLM, section 1, day 293 of the year, 06:17 UTC`."""
    clock = f"{sent.time[:2]}:{sent.time[2:]} UTC" if sent.time else ""
    parts = [
        f"number {sent.serial} of {sent.route}" if sent.route else f"number {sent.serial}",
        f"section {sent.section}" if sent.section else "",
        f"day {sent.day} of the year" if sent.day else "",
        clock if sent.day else "",
    ]
    return ", ".join(filter(None, parts))


def _routes(text: str, around: Around) -> Iterator[Found]:
    for found in _ROUTE.finditer(text):
        route = found.group()
        names = ((around.routes.get(route), IN_THE_HEADER), (tables.route(route), IN_THE_TABLE))
        by_words = {_folded(name): Reading(name, said) for name, said in reversed(names) if name}
        if by_words:
            first, *others = reversed(by_words.values())
            evidence = "" if first.evidence == IN_THE_TABLE else first.evidence
            made = Explanation(route, "route", first.meaning, evidence, tuple(others))
            yield *found.span(), made


def _reasons(text: str, _: Around) -> Iterator[Found]:
    for found in _REASON.finditer(text):
        for each in _LETTER.finditer(text, *found.span("letters")):
            if not text[each.start() - 1].isalpha() and not text[each.end()].isalpha():
                meaning = tables.reason(found["section"], each.group()) or ""
                term = f"{found['section']}({each.group().lower()})"
                yield *each.span(), Explanation(term, "reason for classifying", meaning)


def _tag_codes(text: str, _: Around) -> Iterator[Found]:
    for line in _TAGS_LINE.finditer(text):
        start, end = line.span("codes")
        if behind := _BEHIND_TAGS.search(text, start, end):
            end = behind.start()
        for found in _CODE.finditer(text, start, end):
            yield *found.span(), _tag(found.group())


def _tag(code: str) -> Explanation:
    tag = tag_lists.tag(code)
    kind = f"TAG, {tag.kind}" if tag else "TAG"
    return Explanation(code, kind, tag.title if tag else "")


def _signals(text: str, around: Around) -> Iterator[Found]:
    for found in _SIGNAL.finditer(text):
        if not around.header and found.group() in _HEADER_ONLY:
            continue
        if meaning := tables.prosign(found.group()):
            yield *found.span(), Explanation(found.group(), "caption or signal", meaning)


def _acronyms(text: str, around: Around) -> Iterator[Found]:
    near = text if len(text) > _ALONE else around.cable or text
    known: dict[str, tuple[Reading, ...]] = {}
    for found in _ACRONYM.finditer(text):
        word = found.group()
        if sum(map(str.isupper, word)) < 2:
            continue
        if word not in known:
            said = around.cable or text
            known[word] = readings(word, around.tags, near, said, around.counts)
        if known[word]:
            first, *others = known[word]
            yield (
                *found.span(),
                Explanation(word, "acronym", first.meaning, first.evidence, tuple(others)),
            )


def _is_bureau(code: str, around: Around) -> bool:
    """Return whether a cable uses a country's code for a bureau, and not as a TAG.

    Examples: `STATE FOR AF`.
    """
    if code in around.tags or not any("Bureau" in each.expansion for each in tables.acronym(code)):
        return False
    return any(
        code in re.findall(r"[A-Z]+", line["readers"]) for line in _ADDRESSED.finditer(around.cable)
    )


def _posts(origin: str) -> list[Explanation]:
    """Return the posts of an origin, in the site's form."""
    stations = map(posts.station, posts.origin_stations(origin))
    return [Explanation(origin, "post", _station(each)) for each in stations if each]


def _station(station: posts.Station) -> str:
    parts = [station.name, station.region, f"{station.cables:,} cables published"]
    return ", ".join(filter(None, parts))


_FINDERS: tuple[Callable[[str, Around], Iterator[Found]], ...] = (
    _of_editors,
    _matched(_DTG, "date-time group", _moment),
    _reasons,
    _matched(_MARKING, "marking", lambda found: tables.marking(found["marking"]) or ""),
    _matched(_ID, "reference", _cable),
    _tag_codes,
    _messages,
    _routes,
    _signals,
    _acronyms,
)
"""The surer ones first: text that one has taken is not taken again."""


# The readings of an acronym, with the evidence for each

IN_THE_HEADER = "in the header of this cable"
SPELLED_OUT = "spelled out in this cable"
THESE_WORDS = "these words are in this cable"
BESIDE_A_NAME = "an office, beside a name here"
IN_THE_TABLE = "in the table"
_SURE = (THESE_WORDS, BESIDE_A_NAME)
"""Evidence from the text itself for a meaning, the surer first."""

Counts = Mapping[tuple[str, str], int]
"""Cables of a post that have an acronym and one of its meanings, by the two."""

_WORD = pattern(r"[^\W_]+(?:['’.][^\W_]+)*")
_SMALL = frozenset("a an and as at by de del des du e el et for in la le of on the to y".split())
"""Words that a short form skips."""
_MOST_WORDS = 12
"""The most words before a bracket that its short form may stand for."""
_BEFORE = 160
"""The most characters before the bracket that these words are looked for in."""
_MOST_PLACES = 40
"""The most occurrences of an acronym that are looked at."""
_OFFICE = pattern(
    r"(?:.* )?(?:Adviser|Advisor|Ambassador|Attach[eé]|Chairman|Chief|Commander|Counselor|Director"
    r"|General|Governor|Minister|Officer|President|Secretary|Speaker)(?: .*)?"
)
"""A meaning that is somebody's office."""
_OFFICES = {"MD": ("Managing Director",)}
"""Meanings that the table, which was made from counts in texts, does not have."""
_NAME_BEHIND = pattern(r"[ \n]{1,2}(?!(?:The|This|In|On|He|She|It|They|We)\b)[A-Z][a-z]{2,}")
_NAME_BEFORE = pattern(
    r"\b(?!(?:The|This|That|His|Her|Its|Our|Their|Each|New|Former|Both|And|But|With)\b)"
    r"[A-Z][a-z]{2,}(?:['’]s)?[ \n]{1,2}$"
)
_DOUBTFUL = pattern(r"(?<![\w/])[A-Z][A-Za-z]{1,9}(?![\w/])")


class Reading(Value):
    """One meaning of an acronym in a cable."""

    meaning: str
    evidence: str
    """The reason for this one: `spelled out in this cable`; empty if there is no doubt."""


def readings(
    word: str,
    tags: Collection[str],
    near: str,
    cable: str = "",
    counts: Counts | None = None,
) -> tuple[Reading, ...]:
    """Return the meanings of an acronym, the surest first; empty if nothing is known.

    `near` is the text around the word, `cable` that of the whole cable.
    """
    known = meanings(word, tags)
    said = spelled_out(word, cable or near)
    others = [each for each in known if _folded(each) != _folded(said)]
    evidence = {each: _evidence((counts or {}).get((word, each), 0)) for each in others}
    if len(others) > 1:
        others = _weighed(word, others, evidence, near, cable or near)
        # Those with the same number of cables stay in the order of the table.
        others.sort(key=lambda each: _rank(evidence[each], (counts or {}).get((word, each), 0)))
    elif others and not said and evidence[others[0]] == IN_THE_TABLE:
        evidence[others[0]] = ""
    found = [Reading(said, SPELLED_OUT)] if said else []
    return (*found, *(Reading(each, evidence[each]) for each in others))


def _weighed(
    word: str, others: list[str], evidence: dict[str, str], near: str, cable: str
) -> list[str]:
    """Return the meanings that remain after looking at the text, and update their `evidence`."""
    whole = " ".join(cable.split()).casefold()
    here = [each for each in others if each.casefold() in whole]
    evidence.update(dict.fromkeys(here, THESE_WORDS))
    offices = [each for each in others if _OFFICE.fullmatch(each)]
    if not offices or not _beside_a_name(word, near):
        return others
    evidence.update(dict.fromkeys((each for each in offices if each not in here), BESIDE_A_NAME))
    return [each for each in others if each in offices or each in here]


def _rank(evidence: str, count: int) -> tuple[int, int]:
    return _SURE.index(evidence) if evidence in _SURE else len(_SURE), -count


def meanings(word: str, tags: Collection[str]) -> list[str]:
    """Return the meanings that the table has for the cable's countries.

    If there are none, the general ones; if there are none of these either, all.
    """
    rows = tables.acronym(word)
    here = [each for each in rows if each.context in tags]
    anywhere = [each for each in rows if not each.context]
    chosen = here or anywhere or rows
    known = [part.strip() for each in chosen for part in each.expansion.split(";")]
    return [*filter(None, known), *_OFFICES.get(word.upper(), ())]


def doubtful(text: str, tags: Collection[str]) -> tuple[tuple[str, str], ...]:
    """Return acronyms of a text with several meanings, each with each meaning, in order."""
    words = dict.fromkeys(each.group() for each in _DOUBTFUL.finditer(text))
    found = ((word, meanings(word, tags)) for word in words if sum(map(str.isupper, word)) > 1)
    return tuple((word, each) for word, known in found if len(known) > 1 for each in known)


def spelled_out(word: str, text: str) -> str:
    """Return the long form of a short one, from the text before or after it; or empty."""
    letters = [letter for letter in word.upper() if letter.isalnum()]
    if len(letters) > 1 and (f"({word}" in text or f"{word} (" in text):
        for at in occurrences(word, text):
            if text[at - 1 : at] == "(" and (said := _long_form(text, at - 1, letters)):
                return said
            behind = at + len(word)
            if text.startswith(" (", behind) and (said := _in_brackets(text, behind + 2, letters)):
                return said
    return ""


def _long_form(text: str, end: int, letters: list[str]) -> str:
    """Return the words before an offset whose first letters are these."""
    start = max(end - _BEFORE, 0)
    words = [*_WORD.finditer(text, start, end)][-_MOST_WORDS:]
    while words and words[0].start() == start > 0 and text[start - 1].isalnum():
        words.pop(0)  # the window cuts it
    for first in range(len(words) - 1, -1, -1):
        taken = words[first:]
        if taken[0].group() not in _SMALL and _fits(taken, letters):
            return _plain(text[taken[0].start() : taken[-1].end()])
    return ""


def _in_brackets(text: str, start: int, letters: list[str]) -> str:
    end = text.find(")", start, start + _BEFORE)
    words = [*_WORD.finditer(text, start, end)] if end > 0 else []
    return _plain(text[start:end]) if words and _fits(words, letters) else ""


def _fits(words: list[re.Match[str]], letters: list[str]) -> bool:
    """Return whether the words' first letters are those of the short form.

    Small words may be left out.
    """
    great = [each.group()[0].upper() for each in words if each.group() not in _SMALL]
    every = [each.group()[0].upper() for each in words]
    return letters in (great, every)


def _beside_a_name(word: str, text: str) -> bool:
    return any(
        _NAME_BEHIND.match(text, at + len(word)) or _NAME_BEFORE.search(text[max(at - 40, 0) : at])
        for at in occurrences(word, text)
    )


def occurrences(word: str, text: str, most: int = _MOST_PLACES) -> Iterator[int]:
    """Yield the offsets at which a word is not within another one, among its first `most`."""
    at = -1
    for _ in range(most):
        at = text.find(word, at + 1)
        if at < 0:
            return
        if not (text[at - 1 : at].isalnum() or text[at + len(word) : at + len(word) + 1].isalnum()):
            yield at


def _evidence(count: int) -> str:
    if not count:
        return IN_THE_TABLE
    return f"in {counted(count, 'cable')} of this post"


def _plain(text: str) -> str:
    return " ".join(text.split()).strip("\"'“”")


def _folded(text: str) -> str:
    return " ".join(_WORD.findall(text)).casefold()
