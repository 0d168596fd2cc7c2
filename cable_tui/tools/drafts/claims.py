"""The speaker to whom a draft's sentence attributes a quotation: the embassy or a source.

`The embassy judged that “...”` attributes the words to the author of the cable, and `“...,” said a
trader` to a source. Many sentences leave this open and make no claim: an embassy that reports,
writes or doubts may pass on another person's words, and `the ambassador` and `he` may be on either
side. Only English sentences are analyzed.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from cable_tui.base.pattern import pattern
from cable_tui.formats.office.blocks import TextBlock
from cable_tui.text.sentences import sentences
from cable_tui.tools.drafts import words_of_claims as known
from cable_tui.tools.drafts.citations import station
from cable_tui.tools.drafts.quotations import Quotation
from cable_tui.tools.voices.speaker import Voice

Speaker = Literal["embassy", "source"]
_WORD = pattern(r"(?:U\.\s?S\.?|[^\W_][\w'’-]*)|[,;:]|[—–]")
_QUOTED = pattern(r"[“\"][^“”\"]{0,3000}[”\"]|\([^()]{0,300}\)|\[[^\[\]]{0,300}\]")
"""A pattern for other quotations, and for citations in brackets."""
_OPENS = "“„«»‹\"'‘`( \t\n"
_GOES_ON = pattern(r"[”\"'’»\s]{0,4}[,—–]{0,2}\s{0,3}(?=[^\W\d_])")
"""A pattern for the characters between a quotation and the name of the speaker."""
_STOP = pattern(r"(?<![A-Z])[.](?=\s|$)|[;:(“\"]")
"""A pattern for the end of the words after a quotation that may identify the speaker."""
_REACH = 400
"""The number of characters on either side of a quotation in which its speaker is searched for."""
_MOST_BEFORE_VERB = 9
"""The maximum number of words that identify a speaker after a quotation."""
_BEFORE_OWNER = known.CUTS | known.VERBS.keys() | known.VERBAL


OTHERWISE: frozenset[tuple[Speaker, Voice | None]] = frozenset(
    {("embassy", "source"), ("source", "comment")}
)
"""The contradictory pairs of a speaker named by a draft and a voice in the cable."""


class Claim(NamedTuple):
    """The words of a draft that attribute a quotation to a speaker."""

    speaker: Speaker
    block: int
    start: int
    end: int


class _Word(NamedTuple):
    text: str
    """The word in its original case."""
    low: str
    at: int


class _Open(Exception):  # noqa: N818 - not an error: the sentence leaves the speaker open
    """Raised if a sentence mentions a speaker but does not show on which side the speaker is."""


def claim_of(
    quotation: Quotation, blocks: Sequence[TextBlock], signers: Collection[str] = ()
) -> Claim | None:
    """Return the speaker mentioned in the sentence around a quotation, or None if there is none.

    `signers` are the surnames that sign the cable. These people speak for the embassy.
    """
    first_piece, last_piece = quotation.pieces[0], quotation.pieces[-1]
    sentence_before = _Sentence(blocks, first_piece.block, first_piece.start, signers)
    if quotation.is_apart:
        if not first_piece.block:
            return None
        lead_text = blocks[first_piece.block - 1].text.rstrip()
        if lead_text[-1:] not in (":", ","):
            return None
        sentence_before = _Sentence(blocks, first_piece.block - 1, len(lead_text), signers)
    try:
        if claim_before := sentence_before.claim_before():
            return claim_before
        return (
            None
            if quotation.is_apart
            else _after(blocks, last_piece.block, last_piece.end, sentence_before)
        )
    except _Open:
        return None


class _Sentence:
    """The part of a sentence before a quotation."""

    def __init__(
        self, blocks: Sequence[TextBlock], block: int, offset: int, signers: Collection[str]
    ) -> None:
        block_text = blocks[block].text
        row_start = max(offset - 2 * _REACH, 0)
        text_before = block_text[row_start:offset].rstrip(_OPENS)
        # What is quoted and what is in brackets is blank, one character for one.
        text_before = _QUOTED.sub(lambda match: " " * len(match[0]), text_before)
        sentence_starts = [sentence_start for sentence_start, _ in sentences(text_before)]
        sentence_ended = text_before.rstrip().endswith((".", "!", "?", "…"))
        sentence_start = (
            len(text_before) if sentence_ended else sentence_starts[-1] if sentence_starts else 0
        )
        self.block = block
        self._signers = {signer.casefold() for signer in signers}
        self._earlier = text_before[:sentence_start]
        self._words = _words_in(text_before[sentence_start:], row_start + sentence_start)

    def claim_before(self) -> Claim | None:
        """Return the claim made by the words before the quotation, or None if they make no claim.

        Raises `_Open`.
        """
        words_before = self._words
        while words_before and words_before[-1].low in (",", ":", "—", "–"):
            words_before = words_before[:-1]
        ends_with_that = False
        clauses = _clauses(words_before)
        for clause, opener in reversed(clauses):
            if not clause:
                if opener != "that" and len(clauses) > 1:
                    raise _Open
                ends_with_that = True
                continue
            speaker = self._in_clause(clause, led_by_that=ends_with_that)
            if speaker:
                return Claim(speaker, self.block, clause[0].at, _end(words_before))
            if opener != "that":
                return None
        return None

    def _in_clause(self, words: list[_Word], *, led_by_that: bool) -> Speaker | None:
        words = _without_asides(words)
        for rule in (self._as_saying, self._in_view, self._statement):
            if speaker := rule(words, led_by_that=led_by_that):
                return speaker
        verbs = [index for index in range(1, len(words)) if _is_verb(words, index)]
        return self._spoken_by(words, verbs[-1]) if verbs else self._is_sure(words)

    def _as_saying(self, words: list[_Word], **_: bool) -> Speaker | None:
        """Match `the embassy quoted a trader as saying`."""
        lower_words = [word.low for word in words]
        if "as" not in lower_words[-3:] or not {"saying", "having", "telling"} & set(
            lower_words[-2:]
        ):
            return None
        as_index = len(lower_words) - 1 - lower_words[::-1].index("as")
        verb_index = next(
            (index for index in range(as_index - 1, -1, -1) if lower_words[index] in known.QUOTES),
            None,
        )
        if verb_index is None:
            raise _Open
        return self._is(words[verb_index + 1 : as_index])

    def _in_view(self, words: list[_Word], **_: bool) -> Speaker | None:
        """Match `according to the embassy` and `in the view of traders` before a quotation."""
        lower_words = [word.low for word in words]
        for index in range(len(lower_words) - 1):
            if lower_words[index : index + 2] == ["according", "to"]:
                return self._is(words[index + 2 :])
            if (
                lower_words[index + 1] == "of"
                and lower_words[index] in known.STATEMENTS
                and "in" in lower_words[:index]
            ):
                return self._is(words[index + 2 :])
        if (
            lower_words[-1:] == ["it"]
            and "as" in lower_words[:2]
            and lower_words[-2] in ("put", "puts")
        ):
            return self._is(words[lower_words.index("as") + 1 : -2])
        return None

    def _statement(self, words: list[_Word], *, led_by_that: bool) -> Speaker | None:
        """Match `noted the trader's complaint that` and `in the embassy's view`."""
        for word_index in range(len(words) - 1, max(len(words) - 5, -1), -1):
            if _is_verb(words, word_index):
                return None
            if words[word_index].low not in known.STATEMENTS:
                continue
            owner_index = next(
                (index for index in range(word_index - 1, -1, -1) if _is_owner(words[index])), None
            )
            if not _NEGATIONS.isdisjoint(word.low for word in words):
                raise _Open
            if owner_index is None or word_index - owner_index > 3:
                if led_by_that and word_index == len(words) - 1:
                    raise _Open  # `the claim that`
                return None
            phrase_start = owner_index
            while phrase_start and words[phrase_start - 1].low not in _BEFORE_OWNER:
                phrase_start -= 1
            return self._is([*words[phrase_start:owner_index], _unowned(words[owner_index])])
        return None

    def _is_sure(self, words: list[_Word]) -> Speaker | None:
        """Match `the embassy was sure that`."""
        is_sure = len(words) > 2 and words[-1].low in known.SURE
        if not is_sure or words[-2].low not in known.BE or words[-2].low == "be":
            return None
        return self._is(_subject(words[:-2]))

    def _spoken_by(self, words: list[_Word], index: int) -> Speaker | None:
        """Return the side of the speaker of a verb.

        Raises `_Open`.
        """
        verb_kind = known.VERBS[words[index].low]
        lower_words = [word.low for word in words]
        if not _NEGATIONS.isdisjoint(lower_words):
            raise _Open
        is_passive = _is_passive(lower_words, index)
        if is_passive and "by" in lower_words[index + 1 :]:
            return self._is(words[lower_words.index("by", index + 1) + 1 :])
        subject_words = _subject(words[:index])
        speaker_side = self._side(subject_words, cable_may=lower_words[index] in known.JUDGES)
        if verb_kind == "hear" or is_passive:
            if speaker_side == "embassy" and (
                verb_kind == "hear" or lower_words[index] in known.TOLD
            ):
                return "source"
            raise _Open
        if (
            speaker_side is None
            or verb_kind == "doubt"
            or (speaker_side == "embassy" and verb_kind != "say")
        ):
            raise _Open
        return speaker_side

    def claim_after(self, words: list[_Word]) -> Claim | None:
        """Return the claim made by the words after a quotation.

        Raises `_Open`.
        """
        lower_words = [word.low for word in words]
        if lower_words[:2] == ["according", "to"]:
            speaker: Speaker | None = self._is(words[2:])
        elif lower_words[:1] and lower_words[0] in known.VERBS:  # `said the trader`
            if known.VERBS[lower_words[0]] not in ("say", "pass"):
                return None
            speaker = self._is(words[1:], cable_may=lower_words[0] in known.JUDGES)
            if speaker == "embassy" and known.VERBS[lower_words[0]] == "pass":
                return None
        else:
            if (
                lower_words[:1]
                and lower_words[0] in known.BE
                and lower_words[1:2]
                and lower_words[1] in ("how", "what")
            ):
                words, lower_words = words[2:], lower_words[2:]
            words_near = lower_words[: _MOST_BEFORE_VERB + 1]
            verb_index = next(
                (
                    word_index
                    for word_index, lower_word in enumerate(words_near)
                    if word_index and lower_word in known.VERBS
                ),
                None,
            )
            if verb_index is None:
                return None
            speaker = self._spoken_by(words[: verb_index + 1], verb_index)
        return Claim(speaker, self.block, words[0].at, _end(words)) if speaker else None

    def _is(self, words: Sequence[_Word], *, cable_may: bool = True) -> Speaker:
        speaker_side = self._side(words, cable_may=cable_may)
        if speaker_side is None:
            raise _Open
        return speaker_side

    def _side(self, words: Sequence[_Word], *, cable_may: bool) -> Speaker | None:
        """Return the side of a person or an office, or None if it is unclear."""
        words = [word for word in words if word.low not in known.DETERMINERS]
        cut_index = next(
            (index for index, word in enumerate(words) if word.low in known.CUTS), len(words)
        )
        head_words, lower_rest = words[:cut_index], [word.low for word in words[cut_index:]]
        while head_words and head_words[-1].low.endswith("ly") and head_words[-1].text.islower():
            head_words = head_words[:-1]  # `officials privately`
        if (
            len(head_words) > 1
            and head_words[-2].low in known.OFFICES
            and station(head_words[-1].text)
        ):
            head_words = head_words[:-1]  # `Embassy Rabat`
        if not head_words:
            return None
        noun, lower_head = head_words[-1], [word.low for word in head_words]
        is_american = any(
            lower_word in known.AMERICAN or _unowned_text(lower_word) in known.AMERICAN
            for lower_word in lower_head
        )
        is_ours = is_american or not known.OFFICES.isdisjoint(map(_unowned_text, lower_head[:-1]))
        is_foreign = any(
            word.text[0].isupper()
            and word.low not in known.OFFICES
            and _unowned_text(word.low) not in known.AMERICAN
            and not station(_unowned_text(word.text))
            for word in head_words[:-1]
        )
        if noun.low in known.PRONOUNS:
            return self._antecedent(noun.low)
        if noun.low in known.AUTHORS:
            return (
                "embassy"
                if not known.CABLES.isdisjoint(map(_unowned_text, [*lower_head, *lower_rest]))
                else None
            )
        if noun.low in known.CABLES:
            return "embassy" if cable_may else None
        if noun.low in known.OPEN:
            return None
        if noun.low in known.OFFICES:
            return "source" if is_foreign and not is_american else "embassy"
        if noun.low == "americans":
            return "embassy"
        if noun.low in known.OFFICERS:
            is_at_our_office = (
                not known.OFFICES.isdisjoint(lower_rest) and "of" in lower_rest[:1] + lower_rest[:0]
            )
            if is_ours or is_at_our_office:
                return "embassy"
            return "source" if is_foreign else None
        if noun.text[0].isupper() and noun.low in self._signers:
            return "embassy"
        has_title = not known.OFFICERS.isdisjoint([*lower_head[:-1], *lower_rest])
        if has_title and noun.text[0].isupper():
            if is_american or not known.AMERICAN.isdisjoint(lower_rest):
                return "embassy"
            return "source" if is_foreign and lower_head[0] not in known.OFFICERS else None
        if is_ours and noun.text.islower() and noun.low not in known.SOURCES:
            return "embassy" if noun.low in known.SECTIONS else None
        return "source"

    def _antecedent(self, pronoun: str) -> Speaker | None:
        """Return the side of `he`, `they` or `it`, derived from the text before the sentence."""
        earlier_words = _words_in(self._earlier, 0)
        earlier_lower_words = {_unowned_text(word.low) for word in earlier_words}
        if not earlier_words:
            return None
        if pronoun == "it":
            last_sentence = sentences(self._earlier)[-1]
            sentence_words = _words_in(self._earlier[slice(*last_sentence)], 0)
            subject_side = (
                self._side(_subject(sentence_words), cable_may=False) if sentence_words else None
            )
            return subject_side if subject_side == "embassy" else None
        doubtful_words = known.OFFICERS | known.AMERICAN | self._signers | {"americans"}
        if pronoun == "they":
            doubtful_words |= known.OFFICES
        return "source" if doubtful_words.isdisjoint(earlier_lower_words) else None


def _after(
    blocks: Sequence[TextBlock], block: int, end: int, sentence_before: _Sentence
) -> Claim | None:
    """Return the claim made by the words after a quotation, if its sentence continues there."""
    block_text = blocks[block].text
    continuation = _GOES_ON.match(block_text, end)
    if continuation is None:
        return None
    quoted_text = block_text[:end].rstrip()
    text_between = block_text[end : continuation.end()]
    starts_lower = block_text[continuation.end()].islower()
    if quoted_text[-1:] in ".!?…" and not starts_lower:
        return None
    if (
        quoted_text[-1:] != ","
        and not starts_lower
        and not any(separator in text_between for separator in ",—–")
    ):
        return None
    following_text = block_text[continuation.end() : continuation.end() + _REACH]
    sentence_stop = _STOP.search(following_text)
    following_words = _words_in(
        following_text[: sentence_stop.start()] if sentence_stop else following_text,
        continuation.end(),
    )
    comma_indexes = (
        index for index, word in enumerate(following_words) if word.low in (",", "—", "–")
    )
    sentence_before.block = block
    return sentence_before.claim_after(following_words[: next(comma_indexes, len(following_words))])


_NEGATIONS = frozenset("not never hardly neither no nor".split())


def _words_in(text: str, offset: int) -> list[_Word]:
    return [
        _Word(match[0], _low(match[0]), offset + match.start()) for match in _WORD.finditer(text)
    ]


def _low(word: str) -> str:
    """Return a word in lower case; `US` and `U. S.` become one form, which differs from `us`."""
    if word.startswith(("US", "U.")):
        word = word.replace(" ", "").removesuffix(".").replace("US", "U.S")
    return word.lower().replace("’", "'")


def _end(words: Sequence[_Word]) -> int:
    return words[-1].at + len(words[-1].text)


def _clauses(words: list[_Word]) -> list[tuple[list[_Word], str]]:
    """Return the clauses of a sentence, each with the word that opens it."""
    clauses: list[tuple[list[_Word], str]] = []
    clause: list[_Word] = []
    opener = ""
    for index, word in enumerate(words):
        is_conjunction = word.low in known.CONJUNCTIONS and index and words[index - 1].low == ","
        if word.low == "that" and not clause:
            opener = "that"
        elif is_conjunction or word.low in ("that", ";", ":"):
            clauses.append((clause, opener))
            clause, opener = [], word.low
        else:
            clause.append(word)
    return [*clauses, (clause, opener)]


def _without_asides(words: list[_Word]) -> list[_Word]:
    """Return a clause without asides such as `, which it watched,` or `, the embassy wrote,`."""
    comma_indexes = [index for index, word in enumerate(words) if word.low == ","]
    kept_words = list(words)
    for aside_start, aside_end in reversed(list(pairwise(comma_indexes))):
        aside_words = [word.low for word in words[aside_start + 1 : aside_end]]
        is_relative_clause = aside_words[:1] and aside_words[0] in known.RELATIVES
        ends_with_verb = len(aside_words) < 6 and aside_words and aside_words[-1] in known.VERBS
        if (is_relative_clause or ends_with_verb) and aside_end + 1 < len(words):
            del kept_words[aside_start : aside_end + 1]
    return kept_words


def _subject(words: list[_Word]) -> list[_Word]:
    """Return the subject of a clause: its first words, after a phrase such as `in a meeting,`."""
    lower_words = [word.low for word in words]
    if lower_words[:1] and (lower_words[0] in known.LEADS or lower_words[0].endswith("ly")):
        if "," in lower_words:
            words = words[lower_words.index(",") + 1 :]
        else:
            article_indexes = [
                index
                for index, lower_word in enumerate(lower_words)
                if lower_word in known.ARTICLES
            ]
            words = words[article_indexes[-1] :] if article_indexes else words[1:]
    subject_length = 0
    for word_index, word in enumerate(words):
        if word.low in known.DETERMINERS:
            continue
        is_verbal = word.low in known.VERBAL or (word.low.endswith("ed") and word.text.islower())
        if subject_length and (is_verbal or _is_verb(words, word_index)):
            return words[:word_index]
        subject_length += 1
    return words


def _is_verb(words: Sequence[_Word], index: int) -> bool:
    """Return whether a word is a verb of saying, unlike the nouns in `the cable` or `his claim`."""
    previous_word = words[index - 1] if index else None
    is_noun = previous_word and (previous_word.low in known.DETERMINERS or _is_owner(previous_word))
    return words[index].low in known.VERBS and not is_noun


def _is_passive(lower_words: Sequence[str], index: int) -> bool:
    previous_index = index - 1
    while previous_index >= 0 and (
        lower_words[previous_index] in known.BETWEEN or lower_words[previous_index].endswith("ly")
    ):
        previous_index -= 1
    return (
        previous_index >= 0
        and lower_words[previous_index] in known.BE
        and not lower_words[index].endswith("ing")
    )


def _is_owner(word: _Word) -> bool:
    return word.low.endswith(("'s", "s'")) or word.low in known.OWNERS


def _unowned(word: _Word) -> _Word:
    text = word.text.removesuffix("'s").removesuffix("’s").rstrip("'’")
    unowned_low = known.OWNERS.get(word.low) or _unowned_text(word.low)
    return _Word(text, unowned_low, word.at)


def _unowned_text(text: str) -> str:
    return text.replace("’", "'").removesuffix("'s").rstrip("'")
