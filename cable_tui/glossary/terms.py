"""Explains the terms in a text: TAGS, acronyms, routing indicators, markings and times.

This module does not use Textual. An explanation without a meaning is for a term that is in no
table.

A table lists an acronym's frequent meanings, which need not be its meaning in this text, so each
reading has its evidence. The cable may spell the acronym out, a name next to it may indicate an
office (`Shell MD Ann Tern`), or other cables from the post may spell it out.
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
from cable_tui.glossary.acronym_readings import (
    IN_THE_HEADER,
    IN_THE_TABLE,
    Counts,
    Reading,
    folded,
    occurrences,
    readings,
    spelled_out,
)
from cable_tui.text import clean_line

if TYPE_CHECKING:
    from cable_tui.base.kinds import Filled, OrNull


class Explanation(Value):
    """A term and its meaning."""

    term: Filled
    kind: OrNull[Filled]
    """The kind of term in plain words: `TAG`, `acronym`, `reason`."""
    meaning: OrNull[Filled]
    """The meaning, or an empty string if unknown."""
    evidence: OrNull[Filled] = ""
    """The evidence for this meaning if it is not certain, such as `spelled out in this cable`."""
    others: tuple[Reading, ...] = ()
    """Other possible meanings of the term."""


class Around(Value):
    """The context used to explain terms in a text."""

    tags: Collection[str] = ()
    """The TAGS of the cable, which determine the choice between several readings."""
    header: bool = False
    """Whether the text is a transmission header."""
    cable: str = ""
    """The complete text of the cable."""
    counts: Counts = field(default_factory=dict)
    """Counts of meanings in the post's other cables, as for `readings`."""
    edition: Edition | None = None
    """The edition of the cable: explanations by its editors take precedence over any table."""
    routes: Mapping[str, str] = field(default_factory=dict)
    """Office names by routing indicator in the cable's header, which take precedence over any
    table.
    """


def around(cable: Cable, *, header: bool = False, counts: Counts | None = None) -> Around:
    """Return the context for a text from a cable."""
    cable_header = cable.header
    route_names = [
        (office.route, office.name)
        for office in (*cable_header.to, *cable_header.info)
        if office.route
    ]
    if cable_header.originator and cable_header.sender:
        route_names.insert(0, (cable_header.originator.route, cable_header.sender))
    routes = dict(reversed(route_names))
    body_text = cable.body.text
    return Around(cable.tags, header, body_text, counts or {}, cable.edition, routes)


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
"""Text that may follow the TAGS on their line, such as a post and a reader: `LAGOS FOR AF/W`."""
_ACRONYM = pattern(r"(?<![\w/])[A-Z][A-Za-z]{0,9}(?:[/&-]{1,2}[A-Z0-9]{1,6})?(?![\w/])")
_HEADER_ONLY = frozenset("Z O P R ZZ OO PP RR HH UU DE FM TO INFO BT GR PASS AIG CCY SVC".split())
"""Signals that, outside a header, are ordinary words or acronyms for something else."""
_ALONE = 40
"""The maximum length, in characters, of a selection that is too short to show its context."""
_ADDRESSED = pattern(r"\b[A-Z]{3,24} (?:ALSO )?(?:FOR|PASS(?: TO)?) (?P<readers>[A-Z/, ]{1,80})")
"""A phrase that gives the intended readers of a cable, at the posts or in the Department."""
_LETTER = pattern(r"[a-hA-H]")
_LONGEST = 20_000
"""The maximum number of characters of a text to examine."""
_MOST_UNKNOWN = 20
"""The maximum number of unexplained words to list."""


def explanations_in(text: str, around: Around = _NOTHING) -> tuple[Explanation, ...]:
    """Return the explanations of terms in a text, in order, each term once."""
    found_explanations: dict[str, tuple[int, Explanation]] = {}
    matched_spans: list[tuple[int, int]] = []
    for finder in _FINDERS:
        for match_start, match_end, explanation in finder(text[:_LONGEST], around):
            if not any(
                matched_start < match_end and match_start < matched_end
                for matched_start, matched_end in matched_spans
            ):
                found_explanations.setdefault(explanation.term, (match_start, explanation))
                matched_spans.append((match_start, match_end))
    return tuple(
        explanation
        for _, explanation in sorted(found_explanations.values(), key=lambda place: place[0])
    )


def unknown(text: str, known: Collection[Explanation]) -> tuple[str, ...]:
    """Return words in capitals that are not in `known`.

    None are returned if the text is mostly in capitals.
    """
    text = text[:_LONGEST]
    if sum(map(str.islower, text)) < len(text) // 3:
        return ()
    explained_words = {
        capital_word
        for explanation in known
        for capital_word in re.findall(r"\w+", explanation.term)
    }
    capital_words = (match.group() for match in re.finditer(r"\b[A-Z]{2,8}\b", text))
    return tuple(
        dict.fromkeys(
            capital_word for capital_word in capital_words if capital_word not in explained_words
        )
    )[:_MOST_UNKNOWN]


def explain_word(word: str, around: Around = _NOTHING) -> tuple[Explanation, ...]:
    """Return every reading of a word, a code or a short phrase.

    If nothing is known, return one explanation without a meaning.
    """
    term = clean_line(word).strip(" .,;:")
    bare_term = term.strip("()")
    for candidate_term in (term, bare_term):
        if editors_explanation := _editors(around.edition).get(candidate_term):
            return (editors_explanation,)
    explanations: list[Explanation] = []
    if meaning := tables.marking(bare_term):
        explanations.append(Explanation(bare_term, "marking", meaning))
    upper_term = bare_term.upper()
    if (tag := tag_lists.tag(upper_term)) and tag.title and not _is_bureau(upper_term, around):
        explanations.append(_tag(upper_term))
    if station := posts.station(upper_term):
        explanations.append(Explanation(upper_term, "post", _station(station)))
    explanations += _posts(bare_term)
    around = replace(around, header=True)
    for candidate_term in dict.fromkeys((term, term.upper())):
        explanations += [
            explanation
            for explanation in explanations_in(candidate_term, around)
            if explanation not in explanations
        ]
        if explanations:
            return tuple(explanations)
    return (Explanation(term, "", ""),)


def own_meaning(word: str, edition: Edition | None, text: str) -> str:
    """Return the meaning of a word according to a cable's editors or text, or an empty string."""
    editors_explanation = _editors(edition).get(word)
    return editors_explanation.meaning if editors_explanation else spelled_out(word, text)


def with_own(
    word: str, own_explanations: Iterable[Reading], entries: tuple[Explanation, ...]
) -> tuple[Explanation, ...]:
    """Return the explanations of a word, beginning with those from the archive itself."""
    own_explanations = tuple(own_explanations)
    if not own_explanations:
        return entries
    acronym_entries = [entry for entry in entries if entry.kind == "acronym"]
    table_readings = [
        reading
        for acronym_entry in acronym_entries
        for reading in (
            Reading(acronym_entry.meaning, acronym_entry.evidence or IN_THE_TABLE),
            *acronym_entry.others,
        )
    ]
    readings_by_words: dict[str, Reading] = {}
    for explanation in (*own_explanations, *table_readings):
        readings_by_words.setdefault(folded(explanation.meaning), explanation)
    first_reading, *other_explanations = readings_by_words.values()
    joined_explanation = Explanation(
        word, "acronym", first_reading.meaning, first_reading.evidence, tuple(other_explanations)
    )
    return (
        joined_explanation,
        *(entry for entry in entries if entry.meaning and entry not in acronym_entries),
    )


def explain_cable(cable: Cable) -> tuple[Explanation, ...]:
    """Return explanations of the facts in the top box: classification, post, captions and TAGS."""
    cable_facts = cable.facts
    explanations: list[Explanation] = []
    if meaning := tables.marking(cable_facts.classification):
        explanations.append(Explanation(cable_facts.classification, "classification", meaning))
    explanations += _posts(cable_facts.origin)
    explanations += explanations_in(cable_facts.reference_id)
    for caption in cable.body.captions:
        explanations.append(Explanation(caption, "caption", tables.prosign(caption) or ""))
    explanations += [_tag(tag) for tag in cable.tags]
    explanations += [
        editors_explanation
        for editors_explanation in _editors(cable.edition).values()
        if editors_explanation.kind == PERSON
    ]
    return tuple(dict.fromkeys(explanations))


def inferred_years(references: Iterable[Reference]) -> tuple[Explanation, ...]:
    """Return explanations of the `?` after references whose year is not printed."""
    return tuple(
        Explanation(
            f"{reference.reference_id} ?",
            "reference",
            f"printed as {' '.join(reference.text.split())}, without a year: "
            "the year was inferred from the date of this cable and may be wrong",
        )
        for reference in references
        if reference.year_inferred and reference.reference_id
    )


PERSON, OF_EDITORS = "person", "abbreviation"
_MOST_OF_EDITORS, _MOST_TIMES = 500, 5
"""The maximum number of editors' terms searched for in a text, and the maximum number of
occurrences of each.
"""
LISTED, MARKED = "in the editors' list", "marked by the editors"


def _editors(edition: Edition | None) -> dict[str, Explanation]:
    """Return the explanations by a document's editors, keyed by name or abbreviation."""
    readings_by_term: dict[str, list[tuple[str, Reading]]] = {}
    for person in edition.people if edition else ():
        reading = Reading(person.who, MARKED if person.key else "")
        readings_by_term.setdefault(person.text, []).append((PERSON, reading))
    for term in edition.terms if edition else ():
        reading = Reading(term.meaning, MARKED if term.marked else LISTED)
        readings_by_term.setdefault(term.text, []).append((OF_EDITORS, reading))
    explanation_by_term = {}
    for term_text, kinds_and_readings in readings_by_term.items():
        (term_kind, first_reading), *other_readings = dict.fromkeys(kinds_and_readings)
        further_readings = tuple(reading for _, reading in other_readings)
        explanation_by_term[term_text] = Explanation(
            term_text, term_kind, first_reading.meaning, first_reading.evidence, further_readings
        )
    return explanation_by_term


Found = tuple[int, int, Explanation]


def _of_editors(text: str, around: Around) -> Iterator[Found]:
    """Yield the terms that the editors explain.

    A term that is only in their list has to contain two capitals, because `Sea` may be an ordinary
    word in the text.
    """
    explanation_by_term = _editors(around.edition)
    editors_terms = sorted(
        (editors_term for editors_term in explanation_by_term if editors_term in text),
        key=len,
        reverse=True,
    )
    for editors_term in editors_terms[:_MOST_OF_EDITORS]:
        if (
            explanation_by_term[editors_term].evidence != LISTED
            or sum(map(str.isupper, editors_term)) > 1
        ):
            for term_start in islice(occurrences(editors_term, text), _MOST_TIMES):
                yield term_start, term_start + len(editors_term), explanation_by_term[editors_term]


def _matched(
    term_pattern: Pattern[str], term_kind: str, meaning: Callable[[re.Match[str]], str | None]
) -> Callable[[str, Around], Iterator[Found]]:
    """Return a finder for all terms that match a pattern.

    If `meaning` returns None for a match, the match is not a term.
    """

    def finder(text: str, _: Around) -> Iterator[Found]:
        for match in term_pattern.finditer(text):
            if (meaning_text := meaning(match)) is not None:
                yield *match.span(), Explanation(match.group(), term_kind, meaning_text)

    return finder


def _year(match: re.Match[str]) -> int:
    year_digits = int(match["year"])
    return (1900 if year_digits > 50 else 2000) + year_digits


def _moment(match: re.Match[str]) -> str:
    date_text = f"{int(match['day'])} {match['month'].title()} {_year(match)}"
    return f"{date_text}, {match['hour']}:{match['minute']} Universal Time (Z)"


def _cable(match: re.Match[str]) -> str:
    station_code = posts.station_alias(match["station"]) or match["station"]
    station = posts.station(station_code)
    post_name = station.name if station else "an unknown post"
    return f"cable number {int(match['serial'])} of {_year(match)} from {post_name}"


def _messages(text: str, _: Around) -> Iterator[Found]:
    for match in _MESSAGE.finditer(text):
        if not 0 < int(match["day"]) <= 366 or match["time"] > "2359" or match["time"][2:] > "59":
            continue
        section_number = int(match["section"]) if match["section"] else None
        originator = Originator(
            match["route"] or "",
            int(match["serial"]),
            section_number,
            int(match["day"]),
            match["time"],
        )
        yield (
            *match.span("code"),
            Explanation(match["code"], "message", message_in_words(originator)),
        )


def message_in_words(sent: Originator) -> str:
    """Return a phrase such as `number 1907 of RUEHLM, section 1, day 293 of the year`."""
    clock_time = f"{sent.time[:2]}:{sent.time[2:]} UTC" if sent.time else ""
    phrases = [
        f"number {sent.serial} of {sent.route}" if sent.route else f"number {sent.serial}",
        f"section {sent.section}" if sent.section else "",
        f"day {sent.day} of the year" if sent.day else "",
        clock_time if sent.day else "",
    ]
    return ", ".join(filter(None, phrases))


def _routes(text: str, around: Around) -> Iterator[Found]:
    for match in _ROUTE.finditer(text):
        route = match.group()
        sourced_names = (
            (around.routes.get(route), IN_THE_HEADER),
            (tables.route(route), IN_THE_TABLE),
        )
        readings_by_words = {
            folded(office_name): Reading(office_name, name_source)
            for office_name, name_source in reversed(sourced_names)
            if office_name
        }
        if readings_by_words:
            first_reading, *other_readings = reversed(readings_by_words.values())
            evidence = "" if first_reading.evidence == IN_THE_TABLE else first_reading.evidence
            explanation = Explanation(
                route, "route", first_reading.meaning, evidence, tuple(other_readings)
            )
            yield *match.span(), explanation


def _reasons(text: str, _: Around) -> Iterator[Found]:
    for match in _REASON.finditer(text):
        for letter in _LETTER.finditer(text, *match.span("letters")):
            if not text[letter.start() - 1].isalpha() and not text[letter.end()].isalpha():
                meaning = tables.reason(match["section"], letter.group()) or ""
                reason_term = f"{match['section']}({letter.group().lower()})"
                yield *letter.span(), Explanation(reason_term, "reason for classifying", meaning)


def _tag_codes(text: str, _: Around) -> Iterator[Found]:
    for tags_line in _TAGS_LINE.finditer(text):
        codes_start, codes_end = tags_line.span("codes")
        if text_after_tags := _BEHIND_TAGS.search(text, codes_start, codes_end):
            codes_end = text_after_tags.start()
        for match in _CODE.finditer(text, codes_start, codes_end):
            yield *match.span(), _tag(match.group())


def _tag(code: str) -> Explanation:
    tag = tag_lists.tag(code)
    tag_kind = f"TAG, {tag.kind}" if tag else "TAG"
    return Explanation(code, tag_kind, tag.title if tag else "")


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
        acronym_text = match.group()
        if sum(map(str.isupper, acronym_text)) < 2:
            continue
        if acronym_text not in known_readings:
            whole_text = around.cable or text
            known_readings[acronym_text] = readings(
                acronym_text, around.tags, text_near, whole_text, around.counts
            )
        if known_readings[acronym_text]:
            first_reading, *other_readings = known_readings[acronym_text]
            yield (
                *match.span(),
                Explanation(
                    acronym_text,
                    "acronym",
                    first_reading.meaning,
                    first_reading.evidence,
                    tuple(other_readings),
                ),
            )


def _is_bureau(code: str, around: Around) -> bool:
    """Return whether a cable uses a country code for a bureau (`STATE FOR AF`) instead of a TAG."""
    if code in around.tags or not any(
        "Bureau" in acronym_row.expansion for acronym_row in tables.acronym(code)
    ):
        return False
    return any(
        code in re.findall(r"[A-Z]+", addressed_line["readers"])
        for addressed_line in _ADDRESSED.finditer(around.cable)
    )


def _posts(origin: str) -> list[Explanation]:
    """Return explanations of an origin's posts, with names as the site prints them."""
    stations = map(posts.station, posts.origin_stations(origin))
    return [Explanation(origin, "post", _station(station)) for station in stations if station]


def _station(station: posts.Station) -> str:
    phrases = [station.name, station.region, f"{station.cables:,} cables published"]
    return ", ".join(filter(None, phrases))


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
"""Finders in order of reliability: text matched by one finder is skipped by later ones."""
