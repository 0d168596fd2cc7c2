"""Names of officers without their titles, `Political Minister Counselor Kyle Scott`, and surnames.

The name is the run of name-like words after the last word that is a title, or the first part
between commas that is not a title (`Rose E. Gottemoeller, Assistant Secretary`). A surname includes
the particles that belong to it: `Ben Ali`, `Abd al-Rask`, `al-Kelp`.
"""

from __future__ import annotations

import re
from functools import lru_cache

from cable_tui.base.pattern import pattern
from cable_tui.glossary import posts
from cable_tui.glossary.tables import word_lists
from cable_tui.text import fold

_TITLES = word_lists("name_words")["OFFICER_TITLES"]
_LONG_TITLES = (
    "ambassador", "counselor", "counsellor", "director", "minister", "secretary", "assistant",
    "political", "economic", "attache", "officer", "consul", "deputy", "affaires", "general",
    "representative", "coordinator", "principal",
)  # fmt: skip
"""Titles that are recognized even if they are misspelt."""
_PARTICLES = frozenset(
    "van von de der den del della di da la le du ten ter bin al el st st. y and'".split()
)
_SUFFIXES = frozenset("jr jr. sr. ii iii iv".split())
_INITIAL = pattern(r"(?:[A-Z]\.?){1,3}$")
_NAME = pattern(
    r"(?:[A-Z](?:['’.-])?|(?:Mc|Mac|De|Di|Du|La|Le|Van|Fitz|O['’]|D['’]|Al-|el-))?[A-ZÀ-Ý]?[a-zà-ÿA-ZÀ-Ý][a-zA-ZÀ-ÿ'’]{0,24}"
    r"(?:[-'’][A-ZÀ-Ý][a-zA-ZÀ-ÿ'’]{0,24}){0,2}[.]?$"
)
_CAMEL = pattern(r"[a-z][A-Z]")
_GENTLE_CAMEL = pattern(r"(?:Mc|Mac|De|Di|Du|La|Le|Van|Fitz|Von|Des|Del|St)[A-Z][a-z]")
_PART = pattern(r"[,;:]| - | -- |--|\?")
_SLASHED = pattern(r"(?P<title>[A-Za-z.-]{1,30})/(?=(?P<name>[A-Z][a-z'’-]+)[ ][A-Z])")
_AND = pattern(r"[ ](?:[Aa][Nn][Dd]|&)[ ](?=[A-Z])")
_FOR = pattern(r"[ ][Ff][Oo][Rr][ ]")
_BRACKETS = pattern(r"\([^()]{0,60}\)?")
_DANGLING = frozenset({"for", "of", "per", "and", "by", "under"})
_POSTS = frozenset({"embassy", "consulate", "mission", "amembassy", "amconsul", "department"})
_CLAIMS = frozenset({"to", "for", "of", "in"})
_SHORTEST_PLURAL = 5
"""The minimum length, in letters, of a plural title such as `Poloffs Ada Pelham and Bo Rask`;
shorter words may be names.
"""
_MOST_WORDS = 6
_LONGEST = 300
"""The maximum number of characters to read."""


def split_name(text: str) -> tuple[str | None, str | None]:
    """Return the name and the title of an officer; either may be None.

    For two officers, the names and the titles are joined: `Ada Pelham and Bo Rask`, `DCM and RSO`.
    """
    for joint_match in _AND.finditer(text, 0, _LONGEST):
        first_officer = _split_one(text[: joint_match.start()])
        second_officer = _split_one(text[joint_match.end() :])
        if _is_full(first_officer[0], text) and _is_full(second_officer[0], text):
            titles = dict.fromkeys(
                title for title in (first_officer[1], second_officer[1]) if title
            )
            return f"{first_officer[0]} and {second_officer[0]}", " and ".join(titles) or None
    return _split_one(text)


def _is_full(name: str | None, text: str) -> bool:
    """Return whether a name has several words and the word before it does not make it a place.

    In `for Burkina Faso`, the word before the name makes it a place.
    """
    if name is None or " " not in name:
        return False
    words_before = text[: max(text.find(name), 0)].split()
    return not words_before or words_before[-1].lower() not in _CLAIMS


def _split_one(text: str) -> tuple[str | None, str | None]:
    text = " ".join(text[:_LONGEST].replace("“", " ").replace("”", " ").replace('"', " ").split())
    text = _SLASHED.sub(_unslashed, text)
    name_parts = [
        name_part.strip(" .-") if name_part.strip() else "" for name_part in _PART.split(text)
    ]
    name_parts = [_with_dot(name_part, text) for name_part in name_parts if name_part]
    for part_index, name_part in enumerate(name_parts):
        words_before, name = _trailing_name(_before_for(name_part))
        if name:
            parts_after = name_parts[part_index + 1 :]
            if parts_after and parts_after[0].lower().rstrip(".") in _SUFFIXES:
                full_stop = "." if parts_after[0].lower().rstrip(".") in ("jr", "sr") else ""
                name = f"{name}, {parts_after[0].rstrip('.')}{full_stop}"
            return name, _title([*name_parts[:part_index], words_before], parts_after)
    return None, (", ".join(name_parts)[:160] or None)


def _unslashed(match: re.Match[str]) -> str:
    """Return `DCM/Jane Doe` with a space for its slash; titles joined by a slash stay together."""
    if _is_title(match["title"]) and not _is_title(match["name"]):
        return match["title"] + " "
    return match.group()


def _before_for(part: str) -> str:
    """Return the part before a `for` that follows a name.

    Later words do not belong to the officer.
    """
    match = _FOR.search(part)
    if match and _trailing_name(part[: match.start()])[1]:
        return part[: match.start()]
    return part


def _with_dot(part: str, text: str) -> str:
    """Return a part with the full stop of its suffix restored: `John Smith Jr.`."""
    return f"{part}." if part.endswith((" Jr", " Sr")) and f"{part}." in text else part


def _title(parts_before: list[str], parts_after: list[str]) -> str | None:
    name_suffixes = ("jr", "sr", "ii", "iii")
    title_parts = [
        *parts_before,
        *(
            title_part
            for title_part in parts_after
            if title_part.lower().strip(".") not in name_suffixes
        ),
    ]
    return ", ".join(filter(None, title_parts))[:160] or None


def _trailing_name(officer_part: str) -> tuple[str, str | None]:
    """Return a part cut into title words and the name that ends it, or `(part, None)`."""
    plain_part = _BRACKETS.sub(" ", officer_part).strip()
    part_words = plain_part.split()
    while part_words and (part_words[-1].lower() in _DANGLING or part_words[-1][0].islower()):
        part_words.pop()
    if not part_words:
        return officer_part, None
    first_index = len(part_words)
    while (
        first_index
        and len(part_words) - first_index < _MOST_WORDS
        and _name_like(part_words, first_index - 1)
    ):
        first_index -= 1
    while first_index < len(part_words) and (
        part_words[first_index].lower() in _SUFFIXES | {"and", "y"}
    ):
        first_index += 1
    name_words = part_words[first_index:]
    name_words = _less_acronyms(_less_place(part_words[:first_index], name_words))
    if not any(_is_surname(word) for word in name_words):
        return officer_part, None
    name_length = len(name_words)
    return " ".join(part_words[: len(part_words) - name_length]), " ".join(name_words)


def _less_place(title_words: list[str], name_words: list[str]) -> list[str]:
    """Return the name without a place after a preposition: `Ambassador to Chad Ann Hall`."""
    if title_words and title_words[-1].lower() in _POSTS and len(name_words) == 1:
        return []
    if title_words and title_words[-1].lower() in _CLAIMS and len(name_words) > 2:
        return name_words[1:]
    is_claimed = any(word.lower() in _CLAIMS for word in title_words)
    while is_claimed and len(name_words) > 2 and fold(name_words[0]) in posts.places():
        name_words = name_words[1:]
    return name_words


def _less_acronyms(name_words: list[str]) -> list[str]:
    """Return the name without an office in capitals before a lower-case name: `ABC John Doe`."""
    for word_index in range(len(name_words) - 3, -1, -1):
        office_word = name_words[word_index]
        if 2 < len(office_word) < 6 and office_word.isalpha() and office_word.isupper():
            return (
                name_words[word_index + 1 :]
                if name_words[word_index + 1][1:2].islower()
                else name_words
            )
    return name_words


@lru_cache(maxsize=2048)
def _is_title(word: str) -> bool:
    """Return whether a word is a title, or two joined titles.

    A long title may have a wrong letter.
    """
    low_word = word.lower().strip(",'’").replace("0", "o")
    if low_word in _TITLES or low_word.rstrip(".") in _TITLES:
        return True
    if low_word.endswith("s") and low_word[:-1] in _TITLES and len(low_word) > _SHORTEST_PLURAL:
        return True
    if "-" in low_word:
        return all(part in _TITLES or _is_misspelt(part) for part in low_word.split("-"))
    return _is_misspelt(low_word)


@lru_cache(maxsize=2048)
def _is_misspelt(low_word: str) -> bool:
    if not 6 <= len(low_word) <= 16:
        return False
    word_letters = set(low_word)
    if any(
        low_word[:cut_offset] in _TITLES and low_word[cut_offset:] in _TITLES
        for cut_offset in range(3, len(low_word) - 3)
    ):
        return True
    titles_like_it = [
        title
        for title in _LONG_TITLES
        if abs(len(low_word) - len(title)) <= 2
        and low_word[0] == title[0]
        and len(word_letters ^ set(title)) <= 3
    ]
    if not titles_like_it:
        return False
    from rapidfuzz.distance import OSA  # few words come so near

    return any(
        OSA.distance(low_word, title) <= (2 if len(title) > 9 else 1) for title in titles_like_it
    )


def _name_like(words: list[str], index: int) -> bool:
    word = words[index]
    low_word = word.lower().strip(",")
    if low_word in _SUFFIXES:
        return True
    if low_word == "a.i.":
        return False
    is_initial = _INITIAL.fullmatch(word) is not None and (len(word) < 3 or "." in word[:-1])
    if _is_title(word) and not (is_initial and (len(word) == 1 or "." in word)):
        return False
    if is_initial or word == "0." or low_word in _PARTICLES:
        return index + 1 < len(words)
    return "/" not in word and _is_surname(word)


def _is_surname(word: str) -> bool:
    word = word.replace("0", "O") if word.upper() == word else word
    low_word = word.lower().rstrip(".")
    if low_word in _SUFFIXES or len(low_word) < 2 or low_word in _PARTICLES or _is_title(word):
        return False
    if not word[0].isupper() or not _NAME.match(word):
        return False
    return not _CAMEL.search(word) or bool(_GENTLE_CAMEL.match(word)) or word[:2].isupper()


JOINED = frozenset(
    "abd abdel abdul abdal abu abou aboul abul al as ben bin bint el ibn ould ul".split()
)
"""Words that begin an Arabic surname, in addition to `al-` and `el-`."""
PARTICLES = frozenset("van von der den de del della di da do dos du la le".split())
"""Words that begin a surname of a Romance or Germanic language, and may be left out."""
_BEGIN = JOINED | PARTICLES
_ENDS = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})
_ARTICLES = ("al-", "el-", "ul-", "as-", "ad-", "ar-")
_ARTICLE = 3
"""The number of characters in each article."""
_ARTICLE_WORDS = frozenset({"al", "as", "el", "ul"})
_GLUED = pattern(r"(?:[A-ZÀ-Þ]\.)+(?=[A-ZÀ-Þ][\w'’-])")
"""Initials without a space after them: `C.Pelham`."""


def last_name(name: str) -> str:
    """Return the surname in its spelling, with its particles, without `Jr.` and `III`."""
    name_words = [word for word in name.split() if word.lower().strip(",") not in _ENDS]
    if not name_words:
        return name
    first_index = len(name_words) - 1
    while first_index and fold(name_words[first_index - 1]) in _BEGIN:
        first_index -= 1
    return _GLUED.sub("", " ".join(name_words[first_index:]).strip(","))


@lru_cache(maxsize=65536)
def surname(name: str) -> str:
    """Return the key for grouping a name: its surname, folded, without articles and marks.

    `Ben Ali` differs from `Ali`; `al-Kelp` is `Kelp`, and `da Silva` is `Silva`.
    """
    surname_words = []
    for word in fold(last_name(name)).split():
        if word in _ARTICLE_WORDS or word in PARTICLES:
            continue
        bare_word = (
            word[_ARTICLE:] if word.startswith(_ARTICLES) and len(word) > _ARTICLE + 1 else word
        )
        surname_words.append(
            bare_word if bare_word.isalnum() else "".join(filter(str.isalnum, bare_word))
        )
    return " ".join(filter(None, surname_words))


def searched(last: str) -> str:
    """Return a surname in the form for queries: `Silva` for `da Silva`, a common spelling."""
    last_words = last.split()
    while len(last_words) > 1 and last_words[0].lower() in PARTICLES:
        last_words.pop(0)
    return " ".join(last_words)
