"""The words that a search uses for each word of a query: the word, its forms, its corrections.

Likeness combines the number of slips (a letter added, missing, wrong, or two swapped) and the sound
of a name: see `word_list`, `phonetics` and `text.inflections`. Two common English words, such as
`drought` and `brought`, are not slips for each other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from cable_tui.archive.spelling import phonetics
from cable_tui.archive.spelling.word_list import NEARLY, Neighbour, WordList, is_plain
from cable_tui.base.pattern import pattern
from cable_tui.base.value import Value, replace
from cable_tui.glossary import tables
from cable_tui.query import Query, Word
from cable_tui.query import plan as plans
from cable_tui.query.answers import Correction, Counted, Offer, Variants
from cable_tui.text import folded_words, inflections

_MOST_USED = 4
_MOST_OFFERED = 4
_HALF = 4
"""The minimum length, in letters, of a prefix that is replaced by words beginning with it, if it is
not itself a word.
"""
_MOST_SPELLINGS = 12
_MUCH_MORE = 8
"""How many times more frequent than a name another spelling must be to be suggested."""
_FAR_MORE = 20
"""The same factor for a spelling that is one slip away."""
_RARE = 20
"""The maximum number of cables with a word that may be a slip; see `_join`."""


class WordIndex(Value):
    """The words with which the spelling of a query is compared.

    Each function takes the field in which a word is searched for; an empty field means any field.
    """

    count: Callable[[str, bool, str], int]
    """The number of cables that contain a folded word, or a word with this prefix."""
    about: Callable[[str, str], int]
    """An estimate of that number for a word, which is faster and never too low."""
    begins: Callable[[str, str], bool]
    """Whether any word has this prefix, which is faster to check than counting its cables."""
    words: Callable[[], WordList]
    found: Callable[[plans.Plan], int] = lambda _: 1
    """The number of cables that match a plan of words."""
    begun: Callable[[str, str], Counted] = lambda *_: ()
    """The most frequent words with this prefix."""
    confirmed: Callable[[str], tuple[str, ...]] = lambda _: ()
    """Other spellings that the reader has confirmed: see `tools.people.confirmed`."""


class SpellingResult:
    """The words to search for, under the names returned by `plan.name_of`."""

    def __init__(self) -> None:
        self.used: dict[str, plans.WordVariants] = {}
        self.corrections: dict[str, Correction] = {}
        self.also: dict[str, Variants] = {}


def correct(query: Query, known: WordIndex) -> SpellingResult:
    """Return the words to search for in place of a query's words. The reader sees all of them."""
    spelling_result = SpellingResult()
    rare_words: list[tuple[Word, str, int]] = []
    for word, token in _spelled(query):
        if plans.name_of(token, word.field) in spelling_result.used:
            continue
        cable_count = _cables(token, word.field, known)
        if not cable_count and not _is_known(word, token, known):
            _correct(spelling_result, word, token, known)
            continue
        _widen(spelling_result, word, token, known)
        if 0 < cable_count <= _RARE and not (word.negated or word.fuzzy):
            rare_words.append((word, token, cable_count))
    if rare_words:
        _join(spelling_result, query, rare_words, known)
    return spelling_result


def _cables(token: str, field: str, known: WordIndex) -> int:
    """Return the number of cables that contain a word; a large number may be slightly too high."""
    cable_estimate = known.about(token, field)
    # Among few there may be removed cables.
    return known.count(token, False, field) if 0 < cable_estimate <= _RARE else cable_estimate


def _is_known(word: Word, token: str, known: WordIndex) -> bool:
    """Return whether a word without cables is correct because another field may contain it."""
    if word.prefix and (known.begins(token, word.field) or known.begins(token, "")):
        return True
    return bool(word.field and _cables(token, "", known))


def _correct(result: SpellingResult, word: Word, token: str, known: WordIndex) -> None:
    """Replace a word that the archive lacks with the words that may have been intended."""
    forms_of_it = () if word.fuzzy else forms(token, word.field, known)
    used_forms = forms_of_it or tuple(
        (neighbour.word, known.count(neighbour.word, False, word.field))
        for neighbour in _meant(word, token, known)
    )
    variants_name = plans.name_of(token, word.field)
    result.corrections[variants_name] = Correction(word.text, used_forms)
    if not used_forms:
        return
    replacements = tuple(word_form for word_form, _ in used_forms)
    forms_beside: dict[str, int] = {}
    if not (word.fuzzy or forms_of_it):
        for word_form in replacements:
            forms_beside |= forms(word_form, word.field, known)
    other_forms = _counted(
        {
            word_form: cable_count
            for word_form, cable_count in forms_beside.items()
            if word_form not in replacements
        }
    )
    result.used[variants_name] = plans.WordVariants(
        replacements, tuple(word_form for word_form, _ in other_forms)
    )
    if other_forms:
        result.also[variants_name] = Variants(word.text, other_forms)


def _half_typed(word: Word, token: str, known: WordIndex) -> list[Neighbour]:
    """Return the words with this prefix, because the reader saw them while typing."""
    if len(token) < _HALF:
        return []
    begun_words = (
        begun_word for begun_word in known.begun(token, word.field) if is_plain(begun_word[0])
    )
    return [
        Neighbour(begun_word, cable_count, 0, ahead=len(begun_word) - len(token))
        for begun_word, cable_count in begun_words
    ]


def _there(near: Iterable[Neighbour], field: str, known: WordIndex) -> list[Neighbour]:
    """Return those of the given words that a field contains, with their numbers of cables there."""
    if not field:
        return list(near)
    counted_neighbours = (
        replace(neighbour, count=known.about(neighbour.word, field)) for neighbour in near
    )
    return [neighbour for neighbour in counted_neighbours if neighbour.count]


def _meant(word: Word, token: str, known: WordIndex) -> list[Neighbour]:
    known_words = known.words()
    if word.fuzzy:
        same_names, _ = _names(token, word.field, known)
        one_slip_neighbours = (
            neighbour for neighbour in known_words.closest(token) if neighbour.slips == 1
        )
        slip_neighbours = [
            neighbour for neighbour in one_slip_neighbours if not tables.is_ordinary(neighbour.word)
        ]
        same_names += (
            neighbour
            for neighbour in _there(slip_neighbours, word.field, known)
            if neighbour not in same_names
        )
        return _together(token, same_names, known)[: 2 * _MOST_USED]
    near_words = _there(known_words.closest(token), word.field, known)
    if word.field and not near_words:  # the closest are of other fields
        near_words = _there(known_words.near(token), word.field, known)
    half_typed = [] if word.prefix else _half_typed(word, token, known)
    if word.prefix:
        near_words += _there(known_words.begun(token), word.field, known)
    near_words = [*half_typed, *_other_than_words(token, near_words)]
    if half_typed or word.prefix or word.field:
        near_words.sort(key=lambda neighbour: (-neighbour.score, neighbour.word))
    if half_typed and near_words[0] in half_typed:
        return half_typed[:_MOST_USED]
    best_neighbours: dict[str, Neighbour] = {}
    for neighbour in near_words:
        if near_words[0].score - neighbour.score <= NEARLY:
            best_neighbours.setdefault(neighbour.word, neighbour)
    return list(best_neighbours.values())[:_MOST_USED]


def _other_than_words(token: str, near: list[Neighbour]) -> list[Neighbour]:
    """Return the words for which a word may be a slip.

    Two English words are not slips for each other.
    """
    return [neighbour for neighbour in near if not are_two(token, neighbour.word)]


def _widen(result: SpellingResult, word: Word, token: str, known: WordIndex) -> None:
    """Also search for the forms of a word or, with a `~`, for its spellings as a name."""
    forms_beside = dict(forms(token, word.field, known))
    if word.fuzzy:
        forms_beside = {
            word_form: cable_count
            for word_form, cable_count in forms_beside.items()
            if not tables.is_ordinary(word_form)
        }
        near_names, _ = _names(token, word.field, known)
        best_names = _together(token, near_names, known)[: 2 * _MOST_USED]
        forms_beside |= {neighbour.word: neighbour.count for neighbour in best_names}
        forms_beside |= _confirmed(token, word.field, known)
    if not forms_beside:
        return
    variants_name = plans.name_of(token, word.field)
    result.used[variants_name] = plans.WordVariants((), tuple(forms_beside))
    other_forms = {
        word_form: cable_count
        for word_form, cable_count in forms_beside.items()
        if not (word.prefix and word_form.startswith(token))  # the beginning finds it anyway
    }
    if other_forms:
        result.also[variants_name] = Variants(word.text, _counted(other_forms))


def _names(token: str, field: str, known: WordIndex) -> tuple[list[Neighbour], list[Neighbour]]:
    """Return the words that are probably the same name, and words that only sound like it.

    An ordinary English word is not a name, whatever it sounds like: looked is not Lockheed.
    """
    own_count = max(known.about(token, field), 1)
    same_names: list[Neighbour] = []
    other_words: list[Neighbour] = []
    for neighbour in _there(known.words().spellings(token), field, known):
        is_name = not tables.is_ordinary(neighbour.word) and phonetics.is_spelling(
            token, neighbour.word, neighbour.slips, neighbour.count / own_count
        )
        (same_names if is_name else other_words).append(neighbour)
    return same_names, other_words


def _confirmed(token: str, field: str, known: WordIndex) -> dict[str, int]:
    """Return other spellings of a name that the reader has confirmed and the archive contains."""
    estimate_by_spelling = {
        spelling: known.about(spelling, field) for spelling in known.confirmed(token)
    }
    return {
        spelling: known.count(spelling, False, field)
        for spelling, cable_estimate in estimate_by_spelling.items()
        if cable_estimate
    }


def forms(token: str, field: str, known: WordIndex) -> Counted:
    """Return the forms of a word in the archive, most frequent first."""
    forms_to_count: set[str] = set()
    for base_form in inflections.bases(token):
        all_forms = (base_form, *inflections.inflected(base_form))
        forms_to_count.update(word_form for word_form in all_forms if known.about(word_form, field))
    count_by_form = {
        word_form: known.count(word_form, False, field)
        for word_form in forms_to_count
        if word_form != token
    }
    return _counted(
        {word_form: cable_count for word_form, cable_count in count_by_form.items() if cable_count}
    )


def _counted(counts: dict[str, int]) -> Counted:
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def _join(
    result: SpellingResult, query: Query, rare_words: list[tuple[Word, str, int]], known: WordIndex
) -> None:
    """If the words in a query match nothing together, also search for frequent neighbours.

    A slip in one cable makes it a word in the archive, so no word seems to be missing; but the
    cable that the reader wants contains the correct spelling.
    """
    word_plan, _ = plans.split(plans.compile_plan(query, result.used))
    if word_plan is None or known.found(word_plan):
        return
    for word, token, cable_count in rare_words:
        if better_words := _better(token, cable_count, word.field, known):
            variants_name = plans.name_of(token, word.field)
            beside_before = result.used.get(variants_name, plans.WordVariants()).beside
            result.used[variants_name] = plans.WordVariants(
                (), (*beside_before, *(word_form for word_form, _ in better_words))
            )
            forms_before = result.also.get(variants_name, Variants(word.text, ())).also
            result.also[variants_name] = Variants(word.text, (*forms_before, *better_words))


def offers(query: Query, known: WordIndex, used: plans.Used) -> tuple[Offer, ...]:
    """Return words in a query with much more frequent neighbours that were not searched for."""
    by_name: dict[str, Offer] = {}
    asked_tokens = {(token, word.field) for word, token in _spelled(query, exact=True)}
    for word, token in _spelled(query):
        variants_name = plans.name_of(token, word.field)
        if word.negated or variants_name in by_name or (len(token) < 5 and not word.fuzzy):
            continue
        cable_count = known.about(token, word.field)
        if not cable_count and not word.fuzzy:
            continue
        forms_used = used.get(variants_name, plans.WordVariants()).beside
        find_better = (
            partial(_better, token, cable_count) if not word.fuzzy else partial(_only_alike, token)
        )
        better_words = find_better(word.field, known)
        words_not_asked = (
            pair for pair in better_words if (pair[0], word.field) not in asked_tokens
        )
        if offered_words := tuple(pair for pair in words_not_asked if pair[0] not in forms_used):
            by_name[variants_name] = Offer(
                word.text, known.count(token, word.prefix, word.field), offered_words
            )
    return tuple(by_name.values())


def _only_alike(token: str, field: str, known: WordIndex) -> Counted:
    """Return the words that sound like a name but are not searched for as one of its spellings."""
    _, other_words = _names(token, field, known)
    count_by_word = {
        neighbour.word: known.count(neighbour.word, False, field)
        for neighbour in other_words[:_MOST_OFFERED]
    }
    return _counted(
        {word: cable_count for word, cable_count in count_by_word.items() if cable_count}
    )


def _better(token: str, count: int, field: str, known: WordIndex) -> Counted:
    """Return similar words that are much more frequent than a word in `count` cables."""
    counted_neighbours = _there(known.words().near(token, least=count + 1), field, known)
    near_words = _other_than_words(
        token, [neighbour for neighbour in counted_neighbours if neighbour.count > count]
    )
    frequent_namesakes = [
        neighbour
        for neighbour in near_words
        if neighbour.count >= count * _MUCH_MORE and neighbour.sounds
    ]
    one_slip_words = [
        neighbour
        for neighbour in near_words
        if neighbour.count >= count * _FAR_MORE and neighbour.slips == 1
    ]
    kept_neighbours = (
        [neighbour for neighbour in near_words if neighbour.sounds] if frequent_namesakes else []
    )
    kept_neighbours += [
        neighbour for neighbour in one_slip_words if neighbour not in kept_neighbours
    ]
    kept_neighbours.sort(key=lambda neighbour: (-neighbour.count, neighbour.word))
    return tuple((neighbour.word, neighbour.count) for neighbour in kept_neighbours[:_MOST_OFFERED])


def spellings(word: str, known: WordIndex) -> Counted:
    """Return other spellings of a name in the archive, likeliest first, with the word itself.

    Words that only sound like it are last.
    """
    tokens = folded_words(word)
    if len(tokens) != 1:
        return ()
    (token,) = tokens
    names_meant, other_words = _names(token, "", known)
    if token_count := known.count(token, False, ""):
        names_meant.append(Neighbour(token, token_count, 0, sounds=True))
    best_spellings = [*_together(token, names_meant, known), *other_words][:_MOST_SPELLINGS]
    count_by_spelling = {
        neighbour.word: known.count(neighbour.word, False, "") for neighbour in best_spellings
    }
    return tuple({**count_by_spelling, **_confirmed(token, "", known)}.items())


def _together(token: str, near: list[Neighbour], known: WordIndex) -> list[Neighbour]:
    """Return spellings of a name, sorted by how many cables also contain another spelling of it.

    Names that only look alike are hardly ever in the same cable.
    """
    tried_names = near[: 2 * _MOST_SPELLINGS]
    if len(tried_names) < 2:
        return tried_names
    name_family = dict.fromkeys((token, *(neighbour.word for neighbour in tried_names)))

    def beside_others(word: str) -> int:
        other_relatives = tuple(relative for relative in name_family if relative != word)
        return known.found(plans.And((plans.AnyWord((word,)), plans.AnyWord(other_relatives))))

    count_beside_others = {
        neighbour.word: beside_others(neighbour.word) for neighbour in tried_names
    }
    return sorted(
        tried_names,
        key=lambda neighbour: (
            -count_beside_others[neighbour.word],
            -neighbour.count,
            neighbour.word,
        ),
    )


def _spelled(query: Query, *, exact: bool = False) -> Iterator[tuple[Word, str]]:
    """Yield the words whose spelling matters, with their tokens; `exact` includes exact words."""
    for word in plans.words_of(query.terms):
        tokens = folded_words(word.text)
        if len(tokens) == 1 and (exact or not word.exact) and is_plain(tokens[0]):
            yield word, tokens[0]


_BRITISH = (
    (pattern("our"), "or"),
    (pattern("re$"), "er"),
    (pattern("ys(?=[ei])"), "yz"),
    (pattern("is(?=e|ing|ation)"), "iz"),
    (pattern("ce"), "se"),
    (pattern("ll"), "l"),
    (pattern("[ao]e"), "e"),
)
"""Differences between two spellings of the same word: `labour` and `labor`, `defence` and
`defense`.
"""


def are_two(word: str, other: str) -> bool:
    """Return whether two folded words are different common English words."""
    if not (tables.is_english(word) and tables.is_english(other)):
        return False
    for british_pattern, american_letters in _BRITISH:
        word, other = (
            british_pattern.sub(american_letters, word),
            british_pattern.sub(american_letters, other),
        )
    return word != other
