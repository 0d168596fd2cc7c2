"""The forms by which a candidate is found once confirmed, and those that a reader is asked about.

A form has the surname. If the names of a candidate have several given names, or its titles are of
different careers (`Secretary Kelp`, `King Kelp`), these may be several people: only what belongs to
the name that the reader confirms is taken, and the others are listed for the reader to add.
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
"""Short titles, written out."""
_ANY_CAREER = frozenset(
    "mr ms miss dr sir lord dame prof professor sheikh shaikh shaykh ayatollah".split()
)
"""Titles that say nothing of an office. `Mrs.` and `Lady` are often another one's wife."""
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
"""Titles of one career, by their last words; any other title is a career of its own."""
_OF_GOVERNMENT = frozenset({"foreign", "home"})
"""Words before the `Secretary` who is a minister: those of the United Kingdom."""
_OF_SERVICE = frozenset({"assistant", "under", "deputy"})
_FATHERS = frozenset({"bin", "ibn", "bint", "ben", "ould"})
"""Words before the name of somebody's father: `Mohammad bin Abdullah` is not Abdullah."""


class Forms(NamedTuple):
    """The forms of a candidate under one name."""

    taken: tuple[str, ...]
    asked: tuple[Written, ...] = ()
    """Spellings with the surname that may be somebody else's, the most frequent first."""


def forms_of(candidate: FoundPerson, called: str) -> Forms:
    """Return the forms of a candidate once confirmed under a name: full names, titles with it."""
    names = [natural(person.name) for person in candidate.listed if "," in person.name]
    title_forms: list[str] = []
    asked_spellings: list[Written] = []
    spelled = [spelling for spelling in candidate.written if spelling.text not in candidate.parts]
    full_names = [spelling for spelling in spelled if given_name(spelling.name)]
    own_names = [spelling for spelling in full_names if _fits(spelling.name, called, candidate)]
    fitting_titles = _fitting_titles(candidate, full_names, own_names, spelled)
    for spelling in spelled:
        if spelling in full_names:
            if spelling in own_names:
                names.append(spelling.name)
            else:
                asked_spellings.append(spelling)
        elif title := _title(spelling):
            if title in fitting_titles:
                title_forms.append(spelling.text)
            else:
                asked_spellings.append(spelling)
    taken_forms = tuple(dict.fromkeys((*names, *title_forms)))
    return Forms(
        taken_forms,
        tuple(
            spelling for spelling in asked_spellings if not _is_found_by(spelling.text, taken_forms)
        ),
    )


def all_forms(candidate: FoundPerson) -> tuple[str, ...]:
    """Return every form with the surname: for a merge, which says that all of them are one."""
    names = [natural(person.name) for person in candidate.listed if "," in person.name]
    spelled = [spelling for spelling in candidate.written if spelling.text not in candidate.parts]
    names += [spelling.name for spelling in spelled if given_name(spelling.name)]
    titles = [
        spelling.text for spelling in spelled if not given_name(spelling.name) and _title(spelling)
    ]
    return tuple(dict.fromkeys((*names, *titles)))


def may_be_several(candidate: FoundPerson, called: str) -> bool:
    """Return whether a name does not say which of several given names is meant."""
    return bool(candidate.given) and not (candidate.listed or given_name(called))


def full_names(candidate: FoundPerson) -> dict[str, int]:
    """Return the full names of a candidate, the most frequent first, each with its cables."""
    cables_by_name: Counter[str] = Counter()
    for spelling in candidate.written:
        if given_name(spelling.name) and spelling.text not in candidate.parts:
            cables_by_name[spelling.name] += spelling.cables
    return dict(sorted(cables_by_name.items(), key=lambda entry: (-entry[1], entry[0])))


def several(candidate: FoundPerson) -> str:
    """Return the message that a name may be several people's."""
    counted_names = [f"{name} {cables:,}" for name, cables in full_names(candidate).items()]
    and_more = " ..." if len(counted_names) > _SHOWN else ""
    return f"{candidate.name} may be several people: {', '.join(counted_names[:_SHOWN])}{and_more}"


def nothing_fits(candidate: FoundPerson, called: str) -> str:
    """Return the message that no form of a candidate, nor a cable with its surname, fits a name."""
    written_names = ", ".join(spelling.text for spelling in candidate.written[:_SHOWN])
    return (
        f"no name or title in these cables matches {called}; {candidate.name} is spelled "
        f"{written_names}"
    )


def _title(spelling: Written) -> str:
    """Return the title of a spelling, written out, without `former` and `-elect`."""
    printed_title = spelling.text.removesuffix(spelling.name).lower().replace(".", "").split()
    words: list[str] = []
    for word in printed_title:
        first_part, _, last = word.partition("-")
        bare_word = (
            last if first_part in PREFIXES and last else first_part if last in SUFFIXES else word
        )
        words.append(_FULL.get(bare_word, bare_word))
    while len(words) > 1 and words[0] in PREFIXES | {"acting", "outgoing", "late", "new"}:
        words.pop(0)
    text = " ".join(words)
    return text[:-1] if text.endswith("s") and _career_of(text[:-1]) in _CAREERS.values() else text


def _career_of(title: str) -> str:
    """Return the career of a title; empty if it says nothing of an office."""
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
    candidate: FoundPerson, full: list[Written], ours: list[Written], spelled: list[Written]
) -> set[str]:
    """Return the titles that mean the confirmed name if the surname alone follows them."""
    cables_by_title: Counter[str] = Counter()
    for spelling in spelled:
        if not given_name(spelling.name) and (title := _title(spelling)):
            cables_by_title[title] += spelling.cables
    shown_titles = {title for spelling in ours if (title := _title(spelling))}
    if candidate.given and not candidate.listed:
        of_others = {_title(spelling) for spelling in full if spelling not in ours}
        return {title for title in shown_titles - of_others if _career_of(title)}
    # A full name without a title is that of a signer or an officer, so of the service.
    careers = {_career_of(_title(spelling)) if _title(spelling) else "service" for spelling in ours}
    if not careers:
        by_career: Counter[str] = Counter()
        for title, cables in cables_by_title.items():
            by_career[_career_of(title)] += cables
        offices = [career for career in by_career if career]
        careers = {max(offices, key=lambda career: (by_career[career], career), default="")}
    return {title for title in cables_by_title if _career_of(title) in {"", *careers}}


def _fits(name: str, called: str, candidate: FoundPerson) -> bool:
    """Return whether a full name may be that of the confirmed name.

    It is if its given name is equal, of the same sound, or an abbreviation, or if all of its words
    are in the name.
    """
    if not candidate.given or candidate.listed:
        return True
    other_given_name = given_name(called)
    if not other_given_name:
        return False
    words, called_words = set(folded_words(name)), set(folded_words(called))
    if may_be_one(name, called):
        return True
    return not _FATHERS & (words | called_words) and (
        words <= called_words or called_words <= words
    )


def may_be_one(name: str, other: str) -> bool:
    """Return whether two full names may be one: `Bo Kelp`, `Bo A. Kelp`; not `Bo Carl Kelp`."""
    if not is_one_given(given_name(name).casefold(), given_name(other).casefold()):
        return False
    middle, other_middle_names = _middle(name), _middle(other)
    is_initial = 1 in (len(middle), len(other_middle_names))
    return not (is_initial and middle and other_middle_names and middle[0] != other_middle_names[0])


def _middle(name: str) -> str:
    """Return the second given name or its initial, without its point; empty if there is none."""
    name_words = name.split()
    return name_words[1].strip(".").casefold() if len(name_words) > 2 else ""


def is_one_given(first: str, other: str) -> bool:
    """Return whether two given names, folded, may be one: `Mahmud`, `Mahmoud`; `Jose`, `Jos`.

    Equal sounds are not enough: `Ahmed` and `Hamid` have the same.
    """
    if first.startswith(other) or other.startswith(first):
        return True
    sound, like = phonetics.sounds([first, other])
    if sound != like:
        return False
    from rapidfuzz.distance import OSA

    return first[:1] == other[:1] or OSA.distance(first, other) <= 1


def _is_found_by(text: str, forms: Iterable[str]) -> bool:
    text_words = f" {key_of(text)} "
    return any(f" {key_of(form)} " in text_words for form in forms)


def candidate_named(candidates: Iterable[FoundPerson], name: str) -> FoundPerson | None:
    """Return the candidate that a text names: by a spelling, else by the surname."""
    key, last_name = key_of(name), surname(name)
    best_candidate: FoundPerson | None = None
    for candidate in candidates:
        if candidate.confirmed:
            continue
        if key == key_of(candidate.name) or any(
            key == key_of(way.text) for way in candidate.written
        ):
            return candidate
        if best_candidate is None and last_name in map(surname, candidate.spellings):
            best_candidate = candidate
    return best_candidate
