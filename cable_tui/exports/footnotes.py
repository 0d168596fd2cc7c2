"""Notes and bibliography entries in words, by templates that the user may set; titles in them.

A template names fields in braces. Text in square brackets is left out if one of the fields inside
is empty. Subjects in capitals are titles: `MOROCCO: RABAT'S U.S. AID` is `Morocco: Rabat's U.S.
Aid`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from cable_tui.base.cable import EDITORIAL_NOTE, Cable, Span
from cable_tui.base.pattern import Pattern, pattern
from cable_tui.base.value import replace
from cable_tui.exports.citation import Citation, author, day, link, repository_line, written_on
from cable_tui.glossary import posts, tables, tag_lists

TEMPLATES = {
    "citation": (
        "[{sender}, ][“{title},” ]cable {id}[, {date}][, {place}][, {classification}]"
        "[, {repository}][, {link}]."
    ),
    "note": (
        "[{parties}, ]telegram {id}, [“{title},” ][{date}, ][{place}, ][{repository}, ]"
        "[{link}, ][accessed {accessed}, ]."
    ),
    "short-note": "[{sender}, ]telegram {id}[, {place}].",
    "bibliography": (
        "[{sender}. ][“{title}.” ]Telegram {id}[ to {recipient}][, {date}].[ {repository}.]"
        "[ {link}.][ Accessed {accessed}.]"
    ),
}
"""The program's own, by the style's name."""
_OF_EDITION = {
    "citation": (
        "[{parties}, ]{document}[, {date}][, {place}][, {classification}][, {repository}]"
        "[, {link}]."
    ),
    "note": (
        "[{parties}, ]{document}[, {date}][, {place}][, {repository}][, {link}]"
        "[, accessed {accessed}]."
    ),
    "short-note": "[{sender}, ]{document}[, {place}][, {repository}].",
    "bibliography": (
        "[{sender}. ]{entry}[ to {recipient}][, {date}].[ {repository}.][ {link}.]"
        "[ Accessed {accessed}.]"
    ),
}
"""The same for documents in an edition, which are cited by volume and document."""
_QUOTED = pattern(r"[\"“]([^\"“”]*)[\"”]")
_COMMA = pattern(r"[.,]?(’?)”, ")
_FULL_STOPS = pattern(r"([?!…])\.”")
_OPTIONAL = pattern(r"\[([^\[\]]*)\]")
_FIELD = pattern(r"\{([a-z]+)\}")
_LAST = pattern(r"[,\s]+\.$")
_POSTS = (
    (
        pattern(r"(?:RUEHC/)?SEC(?:RETARY OF )?STATE(?: WASH(?:INGTON)?)?(?: ?D\.?C\.?)?"),
        "Secretary of State",
    ),
    (pattern(r"(?:AMEMBASSY|AMEMB) (.{2,40})"), "U.S. Embassy {}"),
    (pattern(r"AMCONSUL (.{2,40})"), "U.S. Consulate {}"),
    (pattern(r"USMISSION (.{2,40})"), "U.S. Mission {}"),
    (pattern(r"USINT (.{2,40})"), "U.S. Interests Section {}"),
)
_PRIORITY = pattern(r" (?:FLASH|NIACT|IMMEDIATE|PRIORITY|ROUTINE)(?: \d{1,4})?$")


def written(style: str, citation: Citation) -> str:
    """Return the note of a style, by the user's template or the program's own."""
    own_templates = _OF_EDITION if citation.cable.edition else TEMPLATES
    filled_template = fill(citation.templates.get(style) or own_templates[style], fields(citation))
    if citation.cable.edition:
        filled_template = _COMMA.sub(r",\1” ", filled_template)
    return _FULL_STOPS.sub(r"\1”", filled_template)


def fill(template: str, values: Mapping[str, str]) -> str:
    """Return the template with its fields filled in.

    Commas before its last full stop are left out.
    """
    kept_parts = _OPTIONAL.sub(lambda part: _optional(part, values), template)
    return _LAST.sub(".", kept_parts.format_map(values)).strip()


def _optional(part: re.Match[str], values: Mapping[str, str]) -> str:
    names = _FIELD.findall(part[1])
    if not names:
        return part[0]
    return part[1] if all(values.get(name) for name in names) else ""


def fields(citation: Citation) -> Mapping[str, str]:
    """Return the values of the fields that a template can name; empty if unknown."""
    facts = citation.cable.facts
    written_day = written_on(citation)
    read_on = citation.read_on
    parties = (author(citation), recipient(citation))
    document = ""
    if edition := citation.cable.edition:
        is_numbered = edition.kind and edition.kind != EDITORIAL_NOTE
        document = (
            f"{edition.kind} {edition.number}".strip()
            if is_numbered
            else f"“{_within_quotes(edition.heading)}”"
        )
        parties = parties if is_numbered else ("", "")  # the heading names them
    return {
        "document": document,
        "entry": document[:1].upper() + document[1:],
        "parties": " to ".join(filter(None, parties)) if parties[0] else "",
        "sender": parties[0],
        "recipient": parties[1],
        "title": _within_quotes(title_of(citation.cable)),
        "subject": citation.cable.subject,
        "id": citation.cable.reference_id,
        "canonical": citation.cable.canonical_id,
        "date": _month(citation) or f"{written_day:%B} {written_day.day}, {written_day.year}"
        if written_day
        else "",
        "place": citation.paras,
        "classification": facts.classification,
        "repository": repository_line(citation),
        "link": link(citation),
        "accessed": f"{read_on:%B} {read_on.day}, {read_on.year}" if read_on else "",
    }


def _month(citation: Citation) -> str:
    """Return `March 1957` if the dateline names no day; else empty."""
    printed_day = citation.cable.edition.day if citation.cable.edition else ""
    month = day(f"{printed_day}-01") if len(printed_day) == len("1957-03") else None
    return f"{month:%B} {month.year}" if month else printed_day if len(printed_day) == 4 else ""


def recipient(citation: Citation) -> str:
    """Return the first action addressee, as printed or as a note has it: `U.S. Embassy Rabat`."""
    addressee_name = next(
        (addressee.name for addressee in citation.cable.header.to if addressee.name), ""
    )
    name = _PRIORITY.sub("", " ".join(addressee_name.split()))
    for form, shown_form in _POSTS:
        if match := form.fullmatch(name):
            return shown_form.format(*map(title_case, match.groups()))
    return name


def _within_quotes(title: str) -> str:
    """Make quotation marks inside of quotation marks single."""
    return _QUOTED.sub(r"‘\1’", title)


def bibliography_entry(cited: Citation) -> str:
    """Return the line of a bibliography; it names the cable, whatever paragraph is cited."""
    return written("bibliography", replace(cited, paragraphs=(), references=()))


_JOINED = r"""
    (?<![^\W_])
    (?: (?:[^\W\d_]{1,4}[/&]){0,3} [^\W\d_] (?:[/&][^\W\d_]{1,4}){1,3}
      | (?:[^\W\d_]{1,4}[/&]){1,3} [^\W\d_] )
    (?![^\W_])
"""
"""Pattern of `A/S`, `S/CT`, `AT&T`: short parts with a single letter are one abbreviation."""
_WORD = pattern(
    rf"""
    (?:[^\W\d_]\.){{2,}}
    | (?:{_JOINED}|[^\W_]+)
      # Some texts were filed with a comma for the apostrophe: `THE PORT,S MASTER`.
      (?: ['’][^\W_]+ | (?<=[^\W\d_]{{2}}) ,[sS] (?![^\W_]|\.) )*
    """,
    re.VERBOSE,
)
_ABBREVIATION = pattern(_JOINED, re.VERBOSE)
_APOSTROPHE = pattern(r"(['’,])")
_SMALL = frozenset(
    "a an and as at but by for from in into nor of on or the to via vs with".upper().split()
)
_WORDS = frozenset(
    "AID AMA ARENA BOG CAP CAPT COIN COM CT FOB FT GEN ICE IT JAM LOR MAP MAS MT PAN PAS POL "
    "SAG SIGN SWIFT TIDE TIDES".split()
)
"""Words that are not acronyms although the table of acronyms has them."""
_ACRONYMS = frozenset("AIDS EBRD EFTA FAA GATT IFOR IRC MINURSO SFOR UNESCO UNITA".split())
"""Acronyms that could be spoken as words, and that the table does not have."""
_NO_ACRONYM = frozenset("DR JR LTD MR MRS MS MT SR ST VS".split())
_RANKS = _NO_ACRONYM | frozenset("CAPT COL GEN LT MAJ SEN SGT".split())
"""Abbreviations that texts write in capitals, and titles do not."""
_VOWELS = frozenset("AEIOUYÀÁÂÄÅÃÆÈÉÊËÌÍÎÏÒÓÔÖÕØÙÚÛÜ")
_ROMAN = pattern(r"X{0,3}(?:IX|IV|V?I{1,3}|V)")
_ORDINAL = pattern(r"\d+(?:ST|ND|RD|TH|S)")
_MODEL = pattern(r"[^\W\d_]{1,2}-\d")
"""The letters of `SA-24`, `F-16`, `T-72`."""
_MODELS = pattern(r"\d+[A-Z]S")
"""Pattern of several of one model, such as `F-16CS`."""
_POSSESSIVE = pattern(r"[^\W_]*['’,]s")
_SCOTTISH = pattern(r"MC[A-Z]{3,}")
_REDACTED = pattern(r"[xX]{3,}")
_SHAPES = (_REDACTED, _ROMAN, _ABBREVIATION)
_ENDS = (".", ":", ";", "!", "?", "--", "—", "–")
"""Signs that end a heading, or come right before one within a paragraph."""
_SHORTEST = 2
"""The least letters of a word that a text can show to be an abbreviation."""
_MOST = 40
"""The most occurrences of a word in a text that are looked at."""
_AROUND = 60
"""Characters around a word in which its neighbours are looked for."""
_NEW_START = pattern(r"(?:[:;?!.—–“\"(\[]|--|\s-)\s*$")


def title_of(cable: Cable) -> str:
    """Return the subject of a cable as a headline, by the words of its paragraphs; or empty."""
    return title_case(cable.subject, words_of(cable))


def words_of(cable: Cable) -> str:
    """Return the words of a cable, without the lines at its top, which are in capitals anyway."""
    return "\n\n".join(paragraph.text for paragraph in cable.body.paragraphs)


def with_fixed_letters(title: str, text: str) -> Iterator[Span]:
    """Yield the words of a headline whose capitals a style must not change: acronyms, and names.

    A name is a post, a country, or a word that the text has with a capital amid lower case and
    never without.
    """
    places = [match.span() for match in _known_places().finditer(title)]
    for word in _WORD.finditer(title):
        is_place = any(start <= word.start() < end for start, end in places)
        head = _APOSTROPHE.split(word[0])[0]
        is_mixed = any(map(str.isupper, head[1:])) or (head[:1].isupper() and len(head) == 1)
        is_own_name = word[0].upper() not in _SMALL and head[:1].isupper()
        if is_mixed or (is_own_name and (is_place or _is_name(head, text))):
            yield word.start(), word.start() + len(head)


@cache
def _known_places() -> Pattern[str]:
    """Return the cities of posts, and countries, by their names."""
    names = [station.city for station in posts.stations()]
    names += [tag.title for tag in tag_lists.tags() if tag.kind == "country"]
    longest_first = sorted(filter(None, names), key=len, reverse=True)
    return pattern(rf"(?i:\b(?:{'|'.join(map(re.escape, longest_first))})\b)")


def _is_name(word: str, text: str) -> bool:
    if any(True for _ in _places(word.lower(), text)):
        return False
    return any(_amid_lower_case(text, start, start + len(word)) for start in _places(word, text))


def title_case(subject: str, text: str = "") -> str:
    """Return a subject in capitals as an English headline; one in mixed letters as it is.

    Acronyms of the glossary, words without vowels, words with digits, models (`SA-24`), dotted
    abbreviations, Roman numerals and redactions (`XXXX`) keep their letters. So do words that
    `text`, the body, has in capitals amid lower case: tables do not know every party.
    """
    if not _in_capitals(subject):
        return subject
    words = list(_WORD.finditer(subject))
    title_pieces = []
    word_end = 0
    for number, word in enumerate(words):
        gap = subject[word_end : word.start()]
        # The whole text so far decides, because a gap alone may be one blank.
        is_first = number in (0, len(words) - 1) or bool(_NEW_START.search(gap))
        model = bool(_MODEL.match(subject, word.start())) and word[0] not in _SMALL
        title_pieces += [gap, word[0] if model else _cased(word[0], text, first=is_first)]
        word_end = word.end()
    return "".join(title_pieces) + subject[word_end:]


def _in_capitals(subject: str) -> bool:
    letters = [letter for letter in _REDACTED.sub("", subject) if letter.isalpha()]
    return bool(letters) and sum(map(str.isupper, letters)) >= 0.8 * len(letters)


def _cased(word: str, text: str, *, first: bool) -> str:
    if word in _SMALL:
        return word.capitalize() if first else word.lower()
    if _ORDINAL.fullmatch(word):
        return word.lower()
    head, *word_parts = _APOSTROPHE.split(word)
    rest_of_word = "".join(word_parts)
    # A possessive alone in small letters does not make a word one that was written with care.
    if not (head if _POSSESSIVE.fullmatch(word) else word).isupper():
        return word
    name = len(head) == 1 and len(rest_of_word) > 3
    return _alone(head, text) + (
        rest_of_word[:1] + rest_of_word[1:].capitalize() if name else rest_of_word.lower()
    )


def _alone(word: str, text: str) -> str:
    """Return a word in capitals without an apostrophe."""
    if _MODELS.fullmatch(word):
        return f"{word[:-1]}s"
    if _keeps_letters(word) or _capital_in(word, text):
        return word
    if _SCOTTISH.fullmatch(word):
        return f"Mc{word[2:].capitalize()}"
    return word.capitalize()


def _keeps_letters(word: str) -> bool:
    if word in _NO_ACRONYM or word in _WORDS:
        return False
    is_known = word in _ACRONYMS or any(reading.word == word for reading in tables.acronym(word))
    has_shape = word == "US" or any(form.fullmatch(word) for form in _SHAPES)
    is_odd = "." in word or any(map(str.isdigit, word)) or not _VOWELS.intersection(word)
    return bool(is_known or has_shape or is_odd)


def _capital_in(word: str, text: str) -> bool:
    """Return whether a text mostly writes a word in capitals amid lower case."""
    if len(word) < _SHORTEST or word in _RANKS:
        return False
    capital = sum(_amid_lower_case(text, start, start + len(word)) for start in _places(word, text))
    return capital > 0 and capital >= sum(
        1 for form in (word.lower(), word.capitalize()) for _ in _places(form, text)
    )


def _places(word: str, text: str) -> Iterator[int]:
    """Yield the offsets at which a word occurs by itself."""
    word_start = -1
    for _ in range(_MOST):
        word_start = text.find(word, word_start + 1)
        if word_start < 0:
            return
        end = word_start + len(word)
        if not (text[word_start - 1 : word_start].isalnum() or text[end : end + 1].isalnum()):
            yield word_start


def _amid_lower_case(text: str, start: int, end: int) -> bool:
    """Return whether the word in front has small letters.

    At the start of a sentence, look at the word after.

    A heading within a paragraph (`they left. COMMENT: We think`) is no such word.
    """
    text_before = text[max(start - _AROUND, 0) : start].rpartition("\n\n")[2]
    words_before = text_before.split()
    if text_before and not text_before[-1].isspace() and "[" in words_before.pop():
        return False  # `[SOURCE REMOVED]`; else it is the `EUR/` of `EUR/SCE`
    if words_before and not words_before[-1].endswith(_ENDS):
        return any(map(str.islower, words_before[-1]))
    own_word, *words_after = text[start : end + _AROUND].partition("\n\n")[0].split()
    is_heading = own_word.endswith(_ENDS) or words_after[:1] in ([end] for end in _ENDS)
    return not is_heading and any(map(str.islower, "".join(words_after[:1])))
