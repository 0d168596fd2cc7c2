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
from typing import TYPE_CHECKING

from cable_tui.base.cable import Cable, Edition, Originator, Reference
from cable_tui.base.pattern import Pattern, pattern
from cable_tui.base.value import Value, field, replace
from cable_tui.glossary import posts, tables, tag_lists
from cable_tui.text import clean_line
from cable_tui.text.numbers import counted

if TYPE_CHECKING:
    from cable_tui.base.kinds import Filled, OrNull


class Explanation(Value):
    """A term and its meaning."""

    term: Filled
    kind: OrNull[Filled]
    """Kind of the term in plain words: `TAG`, `acronym`, `reason`."""
    meaning: OrNull[Filled]
    """The meaning; empty if unknown."""
    evidence: OrNull[Filled] = ""
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
    named = [(office.route, office.name) for office in (*head.to, *head.info) if office.route]
    if head.originator and head.sender:
        named.insert(0, (head.originator.route, head.sender))
    routes = dict(reversed(named))
    body = cable.body.text
    return Around(cable.tags, header, body, counts or {}, cable.edition, routes)


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
    explained: dict[str, tuple[int, Explanation]] = {}
    taken: list[tuple[int, int]] = []
    for finder in _FINDERS:
        for start, end, entry in finder(text[:_LONGEST], around):
            if not any(a < end and start < b for a, b in taken):
                explained.setdefault(entry.term, (start, entry))
                taken.append((start, end))
    return tuple(entry for _, entry in sorted(explained.values(), key=lambda place: place[0]))


def unknown(text: str, known: Collection[Explanation]) -> tuple[str, ...]:
    """Return words in capitals that no table has; empty if the whole text is in capitals."""
    text = text[:_LONGEST]
    if sum(map(str.islower, text)) < len(text) // 3:
        return ()
    words = {word for entry in known for word in re.findall(r"\w+", entry.term)}
    capitals = (match.group() for match in re.finditer(r"\b[A-Z]{2,8}\b", text))
    return tuple(dict.fromkeys(word for word in capitals if word not in words))[:_MOST_UNKNOWN]


def explain_word(word: str, around: Around = _NOTHING) -> tuple[Explanation, ...]:
    """Return every reading of a word, a code, or a few words; without a known one, an empty one."""
    term = clean_line(word).strip(" .,;:")
    bare_term = term.strip("()")
    for text in (term, bare_term):
        if of_editors := _editors(around.edition).get(text):
            return (of_editors,)
    entries: list[Explanation] = []
    if meaning := tables.marking(bare_term):
        entries.append(Explanation(bare_term, "marking", meaning))
    upper_term = bare_term.upper()
    if (tag := tag_lists.tag(upper_term)) and tag.title and not _is_bureau(upper_term, around):
        entries.append(_tag(upper_term))
    if station := posts.station(upper_term):
        entries.append(Explanation(upper_term, "post", _station(station)))
    entries += _posts(bare_term)
    around = replace(around, header=True)
    for text in dict.fromkeys((term, term.upper())):
        entries += [entry for entry in explanations_in(text, around) if entry not in entries]
        if entries:
            return tuple(entries)
    return (Explanation(term, "", ""),)


def own_meaning(word: str, cable: Cable) -> str:
    """Return what a cable itself says a word stands for: its editors, or its text; or empty."""
    entry = _editors(cable.edition).get(word)
    return entry.meaning if entry else spelled_out(word, cable.body.text)


def with_own(
    word: str, own_explanations: Iterable[Reading], entries: tuple[Explanation, ...]
) -> tuple[Explanation, ...]:
    """Return the explanations of a word, with what the archive itself says first."""
    own_explanations = tuple(own_explanations)
    if not own_explanations:
        return entries
    acronyms = [entry for entry in entries if entry.kind == "acronym"]
    table = [
        reading
        for acronym in acronyms
        for reading in (Reading(acronym.meaning, acronym.evidence or IN_THE_TABLE), *acronym.others)
    ]
    by_words: dict[str, Reading] = {}
    for explanation in (*own_explanations, *table):
        by_words.setdefault(_folded(explanation.meaning), explanation)
    first, *other_explanations = by_words.values()
    joined = Explanation(word, "acronym", first.meaning, first.evidence, tuple(other_explanations))
    return (joined, *(entry for entry in entries if entry.meaning and entry not in acronyms))


def explain_cable(cable: Cable) -> tuple[Explanation, ...]:
    """Return explanations of the top box: classification, post, captions, TAGS."""
    facts = cable.facts
    entries: list[Explanation] = []
    if meaning := tables.marking(facts.classification):
        entries.append(Explanation(facts.classification, "classification", meaning))
    entries += _posts(facts.origin)
    entries += explanations_in(facts.reference_id)
    for caption in cable.body.captions:
        entries.append(Explanation(caption, "caption", tables.prosign(caption) or ""))
    entries += [_tag(tag) for tag in cable.tags]
    entries += [entry for entry in _editors(cable.edition).values() if entry.kind == PERSON]
    return tuple(dict.fromkeys(entries))


def inferred_years(references: Iterable[Reference]) -> tuple[Explanation, ...]:
    """Return the explanation of the `?` after a reference: its year is not printed."""
    return tuple(
        Explanation(
            f"{reference.reference_id} ?",
            "reference",
            f"printed as {' '.join(reference.text.split())}, without a year: "
            "the year was inferred from the date of this cable and may be another",
        )
        for reference in references
        if reference.year_inferred and reference.reference_id
    )


PERSON, OF_EDITORS = "person", "abbreviation"
_MOST_OF_EDITORS, _MOST_TIMES = 500, 5
"""Words of the editors that are looked for in a text, and places of each."""
LISTED, MARKED = "the editors' list has it", "marked by the editors"


def _editors(edition: Edition | None) -> dict[str, Explanation]:
    """Return the names and abbreviations of a document, each with all that its editors say."""
    readings_of: dict[str, list[tuple[str, Reading]]] = {}
    for person in edition.people if edition else ():
        reading = Reading(person.who, MARKED if person.key else "")
        readings_of.setdefault(person.text, []).append((PERSON, reading))
    for term in edition.terms if edition else ():
        reading = Reading(term.meaning, MARKED if term.marked else LISTED)
        readings_of.setdefault(term.text, []).append((OF_EDITORS, reading))
    entries = {}
    for text, kinds_and_readings in readings_of.items():
        (kind, first), *other_readings = dict.fromkeys(kinds_and_readings)
        further_readings = tuple(reading for _, reading in other_readings)
        entries[text] = Explanation(text, kind, first.meaning, first.evidence, further_readings)
    return entries


Found = tuple[int, int, Explanation]


def _of_editors(text: str, around: Around) -> Iterator[Found]:
    """Yield the terms that the editors explain.

    A term that only their list has needs two capitals: `Sea` may be an ordinary word here.
    """
    of_editors = _editors(around.edition)
    words = sorted((word for word in of_editors if word in text), key=len, reverse=True)
    for word in words[:_MOST_OF_EDITORS]:
        if of_editors[word].evidence != LISTED or sum(map(str.isupper, word)) > 1:
            for start in islice(occurrences(word, text), _MOST_TIMES):
                yield start, start + len(word), of_editors[word]


def _matched(
    shape: Pattern[str], kind: str, meaning: Callable[[re.Match[str]], str | None]
) -> Callable[[str, Around], Iterator[Found]]:
    """Return a finder of all terms of one kind.

    An expression without a meaning (None) is not a term.
    """

    def finder(text: str, _: Around) -> Iterator[Found]:
        for match in shape.finditer(text):
            if (meaning_text := meaning(match)) is not None:
                yield *match.span(), Explanation(match.group(), kind, meaning_text)

    return finder


def _year(match: re.Match[str]) -> int:
    year_digits = int(match["year"])
    return (1900 if year_digits > 50 else 2000) + year_digits


def _moment(match: re.Match[str]) -> str:
    date_text = f"{int(match['day'])} {match['month'].title()} {_year(match)}"
    return f"{date_text}, {match['hour']}:{match['minute']} Universal Time (Z)"


def _cable(match: re.Match[str]) -> str:
    code = posts.station_alias(match["station"]) or match["station"]
    station = posts.station(code)
    name = station.name if station else "a post that is not known"
    return f"cable number {int(match['serial'])} of {_year(match)} from {name}"


def _messages(text: str, _: Around) -> Iterator[Found]:
    for match in _MESSAGE.finditer(text):
        if not 0 < int(match["day"]) <= 366 or match["time"] > "2359" or match["time"][2:] > "59":
            continue
        section = int(match["section"]) if match["section"] else None
        sent = Originator(
            match["route"] or "", int(match["serial"]), section, int(match["day"]), match["time"]
        )
        yield (*match.span("code"), Explanation(match["code"], "message", message_in_words(sent)))


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
    for match in _ROUTE.finditer(text):
        route = match.group()
        names = ((around.routes.get(route), IN_THE_HEADER), (tables.route(route), IN_THE_TABLE))
        by_words = {
            _folded(name): Reading(name, source) for name, source in reversed(names) if name
        }
        if by_words:
            first, *other_readings = reversed(by_words.values())
            evidence = "" if first.evidence == IN_THE_TABLE else first.evidence
            entry = Explanation(route, "route", first.meaning, evidence, tuple(other_readings))
            yield *match.span(), entry


def _reasons(text: str, _: Around) -> Iterator[Found]:
    for match in _REASON.finditer(text):
        for letter in _LETTER.finditer(text, *match.span("letters")):
            if not text[letter.start() - 1].isalpha() and not text[letter.end()].isalpha():
                meaning = tables.reason(match["section"], letter.group()) or ""
                reason_term = f"{match['section']}({letter.group().lower()})"
                yield *letter.span(), Explanation(reason_term, "reason for classifying", meaning)


def _tag_codes(text: str, _: Around) -> Iterator[Found]:
    for line in _TAGS_LINE.finditer(text):
        start, end = line.span("codes")
        if text_after_tags := _BEHIND_TAGS.search(text, start, end):
            end = text_after_tags.start()
        for match in _CODE.finditer(text, start, end):
            yield *match.span(), _tag(match.group())


def _tag(code: str) -> Explanation:
    tag = tag_lists.tag(code)
    kind = f"TAG, {tag.kind}" if tag else "TAG"
    return Explanation(code, kind, tag.title if tag else "")


def _signals(text: str, around: Around) -> Iterator[Found]:
    for match in _SIGNAL.finditer(text):
        if not around.header and match.group() in _HEADER_ONLY:
            continue
        if meaning := tables.prosign(match.group()):
            yield *match.span(), Explanation(match.group(), "caption or signal", meaning)


def _acronyms(text: str, around: Around) -> Iterator[Found]:
    text_near = text if len(text) > _ALONE else around.cable or text
    known_readings: dict[str, tuple[Reading, ...]] = {}
    for match in _ACRONYM.finditer(text):
        word = match.group()
        if sum(map(str.isupper, word)) < 2:
            continue
        if word not in known_readings:
            whole_text = around.cable or text
            known_readings[word] = readings(word, around.tags, text_near, whole_text, around.counts)
        if known_readings[word]:
            first, *other_readings = known_readings[word]
            yield (
                *match.span(),
                Explanation(word, "acronym", first.meaning, first.evidence, tuple(other_readings)),
            )


def _is_bureau(code: str, around: Around) -> bool:
    """Return whether a cable uses a country's code for a bureau (`STATE FOR AF`), not as a TAG."""
    if code in around.tags or not any("Bureau" in row.expansion for row in tables.acronym(code)):
        return False
    return any(
        code in re.findall(r"[A-Z]+", line["readers"]) for line in _ADDRESSED.finditer(around.cable)
    )


def _posts(origin: str) -> list[Explanation]:
    """Return the posts of an origin, in the site's form."""
    stations = map(posts.station, posts.origin_stations(origin))
    return [Explanation(origin, "post", _station(station)) for station in stations if station]


def _station(station: posts.Station) -> str:
    parts = [station.name, station.region, f"{station.cables:,} cables published"]
    return ", ".join(filter(None, parts))


_FINDERS: tuple[Callable[[str, Around], Iterator[Found]], ...] = (
    _of_editors,
    _matched(_DTG, "date-time group", _moment),
    _reasons,
    _matched(_MARKING, "marking", lambda match: tables.marking(match["marking"]) or ""),
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

    meaning: Filled
    evidence: OrNull[Filled]
    """The reason for this one: `spelled out in this cable`; empty if there is no doubt."""


def readings(
    word: str, tags: Collection[str], near: str, cable: str = "", counts: Counts | None = None
) -> tuple[Reading, ...]:
    """Return the meanings of an acronym, the surest first; empty if nothing is known.

    `near` is the text around the word, `cable` that of the whole cable.
    """
    known_meanings = meanings(word, tags)
    in_text = spelled_out(word, cable or near)
    others = [meaning for meaning in known_meanings if _folded(meaning) != _folded(in_text)]
    evidence = {meaning: _evidence((counts or {}).get((word, meaning), 0)) for meaning in others}
    if len(others) > 1:
        others = _weighed(word, others, evidence, near, cable or near)
        # Those with the same number of cables stay in the order of the table.
        others.sort(
            key=lambda meaning: _rank(evidence[meaning], (counts or {}).get((word, meaning), 0))
        )
    elif others and not in_text and evidence[others[0]] == IN_THE_TABLE:
        evidence[others[0]] = ""
    first_readings = [Reading(in_text, SPELLED_OUT)] if in_text else []
    return (*first_readings, *(Reading(meaning, evidence[meaning]) for meaning in others))


def _weighed(
    word: str, others: list[str], evidence: dict[str, str], near: str, cable: str
) -> list[str]:
    """Return the meanings that remain after looking at the text, and update their `evidence`."""
    whole_text = " ".join(cable.split()).casefold()
    literal = [meaning for meaning in others if meaning.casefold() in whole_text]
    evidence.update(dict.fromkeys(literal, THESE_WORDS))
    offices = [meaning for meaning in others if _OFFICE.fullmatch(meaning)]
    if not offices or not _beside_a_name(word, near):
        return others
    evidence.update(
        dict.fromkeys((office for office in offices if office not in literal), BESIDE_A_NAME)
    )
    return [meaning for meaning in others if meaning in offices or meaning in literal]


def _rank(evidence: str, count: int) -> tuple[int, int]:
    return _SURE.index(evidence) if evidence in _SURE else len(_SURE), -count


def meanings(word: str, tags: Collection[str]) -> list[str]:
    """Return the meanings that the table has for the cable's countries.

    If there are none, the general ones; if there are none of these either, all.
    """
    rows = tables.acronym(word)
    of_countries = [row for row in rows if row.context in tags]
    rows_for_any = [row for row in rows if not row.context]
    chosen_rows = of_countries or rows_for_any or rows
    known_expansions = [part.strip() for row in chosen_rows for part in row.expansion.split(";")]
    return [*filter(None, known_expansions), *_OFFICES.get(word.upper(), ())]


def doubtful(text: str, tags: Collection[str]) -> tuple[tuple[str, str], ...]:
    """Return acronyms of a text with several meanings, each with each meaning, in order."""
    words = dict.fromkeys(match.group() for match in _DOUBTFUL.finditer(text))
    known_words = (
        (word, meanings(word, tags)) for word in words if sum(map(str.isupper, word)) > 1
    )
    return tuple(
        (word, meaning)
        for word, known_readings in known_words
        if len(known_readings) > 1
        for meaning in known_readings
    )


def spelled_out(word: str, text: str) -> str:
    """Return the long form of a short one, from the text before or after it; or empty."""
    letters = [letter for letter in word.upper() if letter.isalnum()]
    if len(letters) > 1 and (f"({word}" in text or f"{word} (" in text):
        for start in occurrences(word, text):
            if text[start - 1 : start] == "(" and (
                long_form := _long_form(text, start - 1, letters)
            ):
                return long_form
            behind = start + len(word)
            if text.startswith(" (", behind) and (
                long_form := _in_brackets(text, behind + 2, letters)
            ):
                return long_form
    return ""


def _long_form(text: str, end: int, letters: list[str]) -> str:
    """Return the words before an offset whose first letters are these."""
    start = max(end - _BEFORE, 0)
    words = [*_WORD.finditer(text, start, end)][-_MOST_WORDS:]
    while words and words[0].start() == start > 0 and text[start - 1].isalnum():
        words.pop(0)  # the window cuts it
    for word_index in range(len(words) - 1, -1, -1):
        words_taken = words[word_index:]
        if words_taken[0].group() not in _SMALL and _fits(words_taken, letters):
            return _plain(text[words_taken[0].start() : words_taken[-1].end()])
    return ""


def _in_brackets(text: str, start: int, letters: list[str]) -> str:
    bracket_end = text.find(")", start, start + _BEFORE)
    words = [*_WORD.finditer(text, start, bracket_end)] if bracket_end > 0 else []
    return _plain(text[start:bracket_end]) if words and _fits(words, letters) else ""


def _fits(words: list[re.Match[str]], letters: list[str]) -> bool:
    """Return whether the words' first letters are those of the short form.

    Small words may be left out.
    """
    great = [word.group()[0].upper() for word in words if word.group() not in _SMALL]
    all_initials = [word.group()[0].upper() for word in words]
    return letters in (great, all_initials)


def _beside_a_name(word: str, text: str) -> bool:
    return any(
        _NAME_BEHIND.match(text, start + len(word))
        or _NAME_BEFORE.search(text[max(start - 40, 0) : start])
        for start in occurrences(word, text)
    )


def occurrences(word: str, text: str, most: int = _MOST_PLACES) -> Iterator[int]:
    """Yield the offsets at which a word is not within another one, among its first `most`."""
    word_start = -1
    for _ in range(most):
        word_start = text.find(word, word_start + 1)
        if word_start < 0:
            return
        if not (
            text[word_start - 1 : word_start].isalnum()
            or text[word_start + len(word) : word_start + len(word) + 1].isalnum()
        ):
            yield word_start


def _evidence(count: int) -> str:
    if not count:
        return IN_THE_TABLE
    return f"in {counted(count, 'cable')} of this post"


def _plain(text: str) -> str:
    return " ".join(text.split()).strip("\"'“”")


def _folded(text: str) -> str:
    return " ".join(_WORD.findall(text)).casefold()
