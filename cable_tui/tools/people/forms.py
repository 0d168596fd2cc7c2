"""The forms that identify a confirmed candidate, and the spellings to ask the reader about.

A form contains the surname. If a candidate has several given names, or titles from different
careers (`Secretary Kelp`, `King Kelp`), there may be several people. In that case, only forms that
belong to the confirmed name are included, and the others are listed for the reader to add.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from cable_tui.archive.spelling import phonetics
from cable_tui.telegram.people.name_words import PREFIXES, SUFFIXES
from cable_tui.telegram.people.officer_names import surname
from cable_tui.text import folded_words
from cable_tui.tools.people.confirmed import key_of
from cable_tui.tools.people.groups import given_name
from cable_tui.tools.people.keyed import natural
from cable_tui.tools.people.person import FoundPerson, Written

_SHOWN = 12
_FULL = {
    "pm": "prime minister", "premier": "prime minister", "dpm": "deputy prime minister",
    "fm": "foreign minister", "fonmin": "foreign minister", "vfm": "vice foreign minister",
    "dfm": "deputy foreign minister", "defmin": "defense minister", "vp": "vice president",
    "amb": "ambassador", "gen": "general", "sen": "senator", "gov": "governor", "col": "colonel",
    "capt": "captain", "adm": "admiral", "rep": "representative", "secdef": "secretary",
    "a/s": "assistant secretary", "u/s": "under secretary", "das": "deputy assistant secretary",
    "pdas": "deputy assistant secretary", "secgen": "secretary general",
    "syg": "secretary general", "sg": "secretary general", "cda": "charge", "chargé": "charge",
}  # fmt: skip
"""Abbreviated titles, written out."""
_ANY_CAREER = frozenset(
    "mr ms miss dr sir lord dame prof professor sheikh shaikh shaykh ayatollah".split()
)
"""Titles that do not indicate an office. `Mrs.` and `Lady` often refer to another person's wife."""
_CAREERS: Mapping[str, str] = {
    word: career
    for career, words in {
        "government": "president minister chancellor leader",
        "crown": "king queen prince princess sultan emir amir shah emperor",
        "service": "ambassador charge dcm consul counselor envoy advisor adviser",
        "congress": "senator representative congressman congresswoman codel",
        "forces": "general colonel major captain admiral commander lieutenant brigadier marshal",
    }.items()
    for word in words.split()
}
"""The titles for each career, given by their last words; any other title counts as a separate
career.
"""
_OF_GOVERNMENT = frozenset({"foreign", "home"})
"""Words before `Secretary` in the titles of ministers of the United Kingdom."""
_OF_SERVICE = frozenset({"assistant", "under", "deputy"})
_FATHERS = frozenset({"bin", "ibn", "bint", "ben", "ould"})
"""Words before the name of a person's father: `Mohammad bin Abdullah` is not Abdullah."""


class Forms(NamedTuple):
    """The forms of a candidate under one name."""

    taken: tuple[str, ...]
    asked: tuple[Written, ...] = ()
    """Spellings with the surname that may belong to someone else, most frequent first."""


def forms_of(candidate: FoundPerson, called: str) -> Forms:
    """Return the forms of a candidate confirmed under a name: full names and titles."""
    own_full_names = [natural(person.name) for person in candidate.listed if "," in person.name]
    title_forms: list[str] = []
    asked_spellings: list[Written] = []
    surname_spellings = [
        spelling for spelling in candidate.written if spelling.text not in candidate.parts
    ]
    full_names = [spelling for spelling in surname_spellings if given_name(spelling.name)]
    own_names = [spelling for spelling in full_names if _fits(spelling.name, called, candidate)]
    fitting_titles = _fitting_titles(candidate, full_names, own_names, surname_spellings)
    for spelling in surname_spellings:
        if spelling in full_names:
            if spelling in own_names:
                own_full_names.append(spelling.name)
            else:
                asked_spellings.append(spelling)
        elif spelled_title := _title(spelling):
            if spelled_title in fitting_titles:
                title_forms.append(spelling.text)
            else:
                asked_spellings.append(spelling)
    taken_forms = tuple(dict.fromkeys((*own_full_names, *title_forms)))
    return Forms(
        taken_forms,
        tuple(
            spelling for spelling in asked_spellings if not _is_found_by(spelling.text, taken_forms)
        ),
    )


def all_forms(candidate: FoundPerson) -> tuple[str, ...]:
    """Return all forms with the surname, for a merge that declares all of them one person."""
    all_names = [natural(person.name) for person in candidate.listed if "," in person.name]
    surname_spellings = [
        spelling for spelling in candidate.written if spelling.text not in candidate.parts
    ]
    all_names += [spelling.name for spelling in surname_spellings if given_name(spelling.name)]
    title_forms = [
        spelling.text
        for spelling in surname_spellings
        if not given_name(spelling.name) and _title(spelling)
    ]
    return tuple(dict.fromkeys((*all_names, *title_forms)))


def may_be_several(candidate: FoundPerson, called: str) -> bool:
    """Return whether a name leaves open which of several given names it means."""
    return bool(candidate.given) and not (candidate.listed or given_name(called))


def full_names(candidate: FoundPerson) -> dict[str, int]:
    """Return the full names of a candidate with their cable counts, most frequent first."""
    cables_by_name: Counter[str] = Counter()
    for spelling in candidate.written:
        if given_name(spelling.name) and spelling.text not in candidate.parts:
            cables_by_name[spelling.name] += spelling.cables
    return dict(sorted(cables_by_name.items(), key=lambda entry: (-entry[1], entry[0])))


def several(candidate: FoundPerson) -> str:
    """Return the message that a name may belong to several people."""
    counted_names = [
        f"{name} {cable_count:,}" for name, cable_count in full_names(candidate).items()
    ]
    and_more = " ..." if len(counted_names) > _SHOWN else ""
    return f"{candidate.name} may be several people: {', '.join(counted_names[:_SHOWN])}{and_more}"


def nothing_fits(candidate: FoundPerson, called: str) -> str:
    """Return the message that no form of a candidate, and no single cable, fits a name."""
    written_names = ", ".join(spelling.text for spelling in candidate.written[:_SHOWN])
    return (
        f"no name or title in these cables matches {called}; {candidate.name} is spelled "
        f"{written_names}"
    )


def _title(spelling: Written) -> str:
    """Return the title of a spelling, written out, without `former` and `-elect`."""
    printed_title = spelling.text.removesuffix(spelling.name).lower().replace(".", "").split()
    title_words: list[str] = []
    for printed_word in printed_title:
        first_part, _, last_part = printed_word.partition("-")
        bare_word = (
            last_part
            if first_part in PREFIXES and last_part
            else first_part
            if last_part in SUFFIXES
            else printed_word
        )
        title_words.append(_FULL.get(bare_word, bare_word))
    while len(title_words) > 1 and title_words[0] in PREFIXES | {
        "acting",
        "outgoing",
        "late",
        "new",
    }:
        title_words.pop(0)
    title_text = " ".join(title_words)
    return (
        title_text[:-1]
        if title_text.endswith("s") and _career_of(title_text[:-1]) in _CAREERS.values()
        else title_text
    )


def _career_of(title: str) -> str:
    """Return the career of a title, or an empty string if the title does not indicate an office."""
    *words_before, last_word = title.partition(" of ")[0].partition(" for ")[0].split() or [""]
    if last_word == "representative" and "special" in words_before:
        return "service"
    if last_word == "general" and words_before and words_before[-1] != "major":
        return title if words_before[-1] in ("secretary", "attorney", "director") else "service"
    if last_word == "secretary":
        if _OF_GOVERNMENT.intersection(words_before):
            return "government"
        return "service" if _OF_SERVICE.intersection(words_before) else "secretary"
    return "" if last_word in _ANY_CAREER else _CAREERS.get(last_word, last_word)


def _fitting_titles(
    candidate: FoundPerson,
    full_spellings: list[Written],
    own_spellings: list[Written],
    surname_spellings: list[Written],
) -> set[str]:
    """Return the titles that, followed by the surname alone, refer to the confirmed name."""
    cables_by_title: Counter[str] = Counter()
    for spelling in surname_spellings:
        if not given_name(spelling.name) and (written_title := _title(spelling)):
            cables_by_title[written_title] += spelling.cables
    shown_titles = {
        written_title for spelling in own_spellings if (written_title := _title(spelling))
    }
    if candidate.given and not candidate.listed:
        other_titles = {
            _title(spelling) for spelling in full_spellings if spelling not in own_spellings
        }
        return {
            written_title
            for written_title in shown_titles - other_titles
            if _career_of(written_title)
        }
    # A full name without a title is that of a signer or an officer, so of the service.
    careers = {
        _career_of(_title(spelling)) if _title(spelling) else "service"
        for spelling in own_spellings
    }
    if not careers:
        cables_by_career: Counter[str] = Counter()
        for written_title, cable_count in cables_by_title.items():
            cables_by_career[_career_of(written_title)] += cable_count
        known_careers = [career for career in cables_by_career if career]
        careers = {
            max(known_careers, key=lambda career: (cables_by_career[career], career), default="")
        }
    return {
        written_title
        for written_title in cables_by_title
        if _career_of(written_title) in {"", *careers}
    }


def _fits(name: str, called_name: str, candidate: FoundPerson) -> bool:
    """Return whether a full name may belong to the confirmed name.

    It may if its given name is equal, sounds the same, or is an abbreviation, or if one name
    contains all words of the other.
    """
    if not candidate.given or candidate.listed:
        return True
    other_given_name = given_name(called_name)
    if not other_given_name:
        return False
    name_words, called_words = set(folded_words(name)), set(folded_words(called_name))
    if may_be_one(name, called_name):
        return True
    return not _FATHERS & (name_words | called_words) and (
        name_words <= called_words or called_words <= name_words
    )


def may_be_one(name: str, other: str) -> bool:
    """Return whether two full names may be one person's: `Bo Kelp`, `Bo A.

    Kelp`; not `Bo Carl Kelp`.
    """
    if not is_one_given(given_name(name).casefold(), given_name(other).casefold()):
        return False
    middle_name, other_middle_name = _middle(name), _middle(other)
    is_initial = 1 in (len(middle_name), len(other_middle_name))
    return not (
        is_initial and middle_name and other_middle_name and middle_name[0] != other_middle_name[0]
    )


def _middle(name: str) -> str:
    """Return the second given name or its initial, without a period; may be empty."""
    name_words = name.split()
    return name_words[1].strip(".").casefold() if len(name_words) > 2 else ""


def is_one_given(first: str, other: str) -> bool:
    """Return whether two folded given names may be the same: `Mahmud`, `Mahmoud`; `Jose`, `Jos`.

    The same sound is not sufficient, because `Ahmed` and `Hamid` sound alike.
    """
    if first.startswith(other) or other.startswith(first):
        return True
    first_sound, other_sound = phonetics.sounds([first, other])
    if first_sound != other_sound:
        return False
    from rapidfuzz.distance import OSA

    return first[:1] == other[:1] or OSA.distance(first, other) <= 1


def _is_found_by(text: str, forms: Iterable[str]) -> bool:
    text_words = f" {key_of(text)} "
    return any(f" {key_of(form)} " in text_words for form in forms)


def candidate_named(candidates: Iterable[FoundPerson], name: str) -> FoundPerson | None:
    """Return the candidate that a text refers to, by a spelling or else by the surname."""
    name_key, last_name = key_of(name), surname(name)
    best_candidate: FoundPerson | None = None
    for candidate in candidates:
        if candidate.confirmed:
            continue
        if name_key == key_of(candidate.name) or any(
            name_key == key_of(spelling.text) for spelling in candidate.written
        ):
            return candidate
        if best_candidate is None and last_name in map(surname, candidate.spellings):
            best_candidate = candidate
    return best_candidate
