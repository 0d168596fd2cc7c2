"""Notes and bibliography entries in words, from templates that users may set; also title case.

A template names fields in braces. Text in square brackets is left out if one of the fields inside
is empty. Subjects in capitals become titles: `MOROCCO: RABAT'S U.S. AID` becomes `Morocco: Rabat's
U.S. Aid`.
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
    "footnote": (
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
"""The program's own templates, by style."""
_OF_EDITION = {
    "footnote": (
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
"""The templates for documents in an edition, which are cited by volume and document."""
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
    """Return the note in a style, from the user's template or the program's own."""
    own_templates = _OF_EDITION if citation.cable.edition else TEMPLATES
    filled_template = fill(citation.templates.get(style) or own_templates[style], fields(citation))
    if citation.cable.edition:
        filled_template = _COMMA.sub(r",\1” ", filled_template)
    return _FULL_STOPS.sub(r"\1”", filled_template)


def fill(template: str, values: Mapping[str, str]) -> str:
    """Return the template with its fields filled in.

    Commas before its last full stop are removed.
    """
    kept_parts = _OPTIONAL.sub(lambda part: _optional(part, values), template)
    return _LAST.sub(".", kept_parts.format_map(values)).strip()


def _optional(optional_text: re.Match[str], values: Mapping[str, str]) -> str:
    field_names = _FIELD.findall(optional_text[1])
    if not field_names:
        return optional_text[0]
    return optional_text[1] if all(values.get(name) for name in field_names) else ""


def fields(citation: Citation) -> Mapping[str, str]:
    """Return the values of all fields that a template can name. Unknown fields are empty."""
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
            else f"“{within_quotes(edition.heading)}”"
        )
        parties = parties if is_numbered else ("", "")  # the heading names them
    return {
        "document": document,
        "entry": document[:1].upper() + document[1:],
        "parties": " to ".join(filter(None, parties)) if parties[0] else "",
        "sender": parties[0],
        "recipient": parties[1],
        "title": within_quotes(title_of(citation.cable)),
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
    """Return the month or year, such as `March 1957`, of a dateline without a day; may be empty."""
    printed_day = citation.cable.edition.day if citation.cable.edition else ""
    month_date = day(f"{printed_day}-01") if len(printed_day) == len("1957-03") else None
    return (
        f"{month_date:%B} {month_date.year}"
        if month_date
        else printed_day
        if len(printed_day) == 4
        else ""
    )


def recipient(citation: Citation) -> str:
    """Return the first action addressee, such as `U.S. Embassy Rabat` if it is a known post."""
    addressee_name = next(
        (addressee.name for addressee in citation.cable.header.to if addressee.name), ""
    )
    name = _PRIORITY.sub("", " ".join(addressee_name.split()))
    for post_pattern, post_form in _POSTS:
        if post_match := post_pattern.fullmatch(name):
            return post_form.format(*map(title_case, post_match.groups()))
    return name


def within_quotes(title: str) -> str:
    """Replace double quotation marks by single ones, for a text inside quotation marks."""
    return _QUOTED.sub(r"‘\1’", title)


def bibliography_entry(cited: Citation) -> str:
    """Return a bibliography entry, which is for the cable whatever paragraph is cited."""
    return written("bibliography", replace(cited, paragraphs=(), references=()))


_JOINED = r"""
    (?<![^\W_])
    (?: (?:[^\W\d_]{1,4}[/&]){0,3} [^\W\d_] (?:[/&][^\W\d_]{1,4}){1,3}
      | (?:[^\W\d_]{1,4}[/&]){1,3} [^\W\d_] )
    (?![^\W_])
"""
"""A pattern for `A/S`, `S/CT`, `AT&T`: short parts with a single letter are one abbreviation."""
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
"""Words that are not acronyms, although the table of acronyms contains them."""
_ACRONYMS = frozenset("AIDS EBRD EFTA FAA GATT IFOR IRC MINURSO SFOR UNESCO UNITA".split())
"""Acronyms that could be spoken as words and are missing from the table."""
_NO_ACRONYM = frozenset("DR JR LTD MR MRS MS MT SR ST VS".split())
_RANKS = _NO_ACRONYM | frozenset("CAPT COL GEN LT MAJ SEN SGT".split())
"""Abbreviations written in capitals in texts but not in titles."""
_VOWELS = frozenset("AEIOUYÀÁÂÄÅÃÆÈÉÊËÌÍÎÏÒÓÔÖÕØÙÚÛÜ")
_ROMAN = pattern(r"X{0,3}(?:IX|IV|V?I{1,3}|V)")
_ORDINAL = pattern(r"\d+(?:ST|ND|RD|TH|S)")
_MODEL = pattern(r"[^\W\d_]{1,2}-\d")
"""The letters of `SA-24`, `F-16`, `T-72`."""
_MODELS = pattern(r"\d+[A-Z]S")
"""A pattern for several of one model, such as `F-16CS`."""
_POSSESSIVE = pattern(r"[^\W_]*['’,]s")
_SCOTTISH = pattern(r"MC[A-Z]{3,}")
_REDACTED = pattern(r"[xX]{3,}")
_SHAPES = (_REDACTED, _ROMAN, _ABBREVIATION)
_ENDS = (".", ":", ";", "!", "?", "--", "—", "–")
"""Characters that end a heading, or that precede a heading within a paragraph."""
_SHORTEST = 2
"""The minimum length, in letters, of a word that a text can show to be an abbreviation."""
_MOST = 40
"""The maximum number of occurrences of a word that are examined in a text."""
_AROUND = 60
"""The number of characters before and after a word in which its neighbours are looked for."""
_NEW_START = pattern(r"(?:[:;?!.—–“\"(\[]|--|\s-)\s*$")


def title_of(cable: Cable) -> str:
    """Return the subject of a cable in title case, based on the words in its body; may be empty."""
    return title_case(cable.subject, words_of(cable))


def words_of(cable: Cable) -> str:
    """Return the paragraphs of a cable without the lines at its top, which are all in capitals."""
    return "\n\n".join(paragraph.text for paragraph in cable.body.paragraphs)


def with_fixed_letters(title: str, text: str) -> Iterator[Span]:
    """Yield the spans of acronyms and names in a headline, whose capitals a style must keep.

    A name is a post, a country, or a word that the text writes with a capital among lower-case
    words, and never without a capital.
    """
    place_spans = [match.span() for match in _known_places().finditer(title)]
    for word_match in _WORD.finditer(title):
        is_place = any(start <= word_match.start() < end for start, end in place_spans)
        word_head = _APOSTROPHE.split(word_match[0])[0]
        is_mixed = any(map(str.isupper, word_head[1:])) or (
            word_head[:1].isupper() and len(word_head) == 1
        )
        is_own_name = word_match[0].upper() not in _SMALL and word_head[:1].isupper()
        if is_mixed or (is_own_name and (is_place or _is_name(word_head, text))):
            yield word_match.start(), word_match.start() + len(word_head)


@cache
def _known_places() -> Pattern[str]:
    """Return a pattern that matches the names of posts' cities and of countries."""
    place_names = [station.city for station in posts.stations()]
    place_names += [tag.title for tag in tag_lists.tags() if tag.kind == "country"]
    longest_first = sorted(filter(None, place_names), key=len, reverse=True)
    return pattern(rf"(?i:\b(?:{'|'.join(map(re.escape, longest_first))})\b)")


def _is_name(word: str, text: str) -> bool:
    if any(True for _ in _places(word.lower(), text)):
        return False
    return any(_amid_lower_case(text, start, start + len(word)) for start in _places(word, text))


def title_case(subject: str, text: str = "") -> str:
    """Return a subject in capitals in title case; a subject in mixed case is returned unchanged.

    Acronyms in the glossary, words without vowels, words with digits, models (`SA-24`), dotted
    abbreviations, Roman numerals and redactions (`XXXX`) keep their letters. So do words that
    `text`, the body, writes in capitals among lower-case words, because the tables do not include
    every party.
    """
    if not _in_capitals(subject):
        return subject
    word_matches = list(_WORD.finditer(subject))
    title_pieces = []
    word_end = 0
    for word_index, word_match in enumerate(word_matches):
        gap = subject[word_end : word_match.start()]
        # The whole text so far decides, because a gap alone may be one blank.
        is_first = word_index in (0, len(word_matches) - 1) or bool(_NEW_START.search(gap))
        is_model = bool(_MODEL.match(subject, word_match.start())) and word_match[0] not in _SMALL
        title_pieces += [
            gap,
            word_match[0] if is_model else _cased(word_match[0], text, first=is_first),
        ]
        word_end = word_match.end()
    return "".join(title_pieces) + subject[word_end:]


def _in_capitals(subject: str) -> bool:
    letters = [letter for letter in _REDACTED.sub("", subject) if letter.isalpha()]
    return bool(letters) and sum(map(str.isupper, letters)) >= 0.8 * len(letters)


def _cased(word: str, text: str, *, first: bool) -> str:
    if word in _SMALL:
        return word.capitalize() if first else word.lower()
    if _ORDINAL.fullmatch(word):
        return word.lower()
    word_head, *word_parts = _APOSTROPHE.split(word)
    rest_of_word = "".join(word_parts)
    # A possessive alone in small letters does not make a word one that was written with care.
    if not (word_head if _POSSESSIVE.fullmatch(word) else word).isupper():
        return word
    is_irish_name = len(word_head) == 1 and len(rest_of_word) > 3
    return _alone(word_head, text) + (
        rest_of_word[:1] + rest_of_word[1:].capitalize() if is_irish_name else rest_of_word.lower()
    )


def _alone(word: str, text: str) -> str:
    """Return a word, given in capitals and without an apostrophe, in title case."""
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
    has_shape = word == "US" or any(shape.fullmatch(word) for shape in _SHAPES)
    is_odd = "." in word or any(map(str.isdigit, word)) or not _VOWELS.intersection(word)
    return bool(is_known or has_shape or is_odd)


def _capital_in(word: str, text: str) -> bool:
    """Return whether a word is mostly in capitals among the lower-case words of a text."""
    if len(word) < _SHORTEST or word in _RANKS:
        return False
    capital_count = sum(
        _amid_lower_case(text, start, start + len(word)) for start in _places(word, text)
    )
    return capital_count > 0 and capital_count >= sum(
        1
        for other_spelling in (word.lower(), word.capitalize())
        for _ in _places(other_spelling, text)
    )


def _places(word: str, text: str) -> Iterator[int]:
    """Yield the offsets at which a word occurs as a whole word."""
    word_start = -1
    for _ in range(_MOST):
        word_start = text.find(word, word_start + 1)
        if word_start < 0:
            return
        word_end = word_start + len(word)
        if not (
            text[word_start - 1 : word_start].isalnum() or text[word_end : word_end + 1].isalnum()
        ):
            yield word_start


def _amid_lower_case(text: str, word_start: int, word_end: int) -> bool:
    """Return whether the word before an occurrence has lower-case letters.

    At the start of a sentence, the word after it is examined. A heading within a paragraph (`they
    left. COMMENT: We think`) does not count as such a word.
    """
    text_before = text[max(word_start - _AROUND, 0) : word_start].rpartition("\n\n")[2]
    words_before = text_before.split()
    if text_before and not text_before[-1].isspace() and "[" in words_before.pop():
        return False  # `[SOURCE REMOVED]`; else it is the `EUR/` of `EUR/SCE`
    if words_before and not words_before[-1].endswith(_ENDS):
        return any(map(str.islower, words_before[-1]))
    own_word, *words_after = text[word_start : word_end + _AROUND].partition("\n\n")[0].split()
    is_heading = own_word.endswith(_ENDS) or words_after[:1] in ([word_end] for word_end in _ENDS)
    return not is_heading and any(map(str.islower, "".join(words_after[:1])))
