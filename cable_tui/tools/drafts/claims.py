"""The speaker to whom a draft's own sentence gives a quotation: the embassy, or a source.

`The embassy judged that “...”` gives the words to the author of the cable, `“...,” said a trader`
to a source. Many sentences leave that open, and make no claim: an embassy that reports, writes or
doubts may pass on another's words; `the ambassador` and `he` may be on either side. Only English
sentences are read.
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
"""Other quotations, and citations in brackets."""
_OPENS = "“„«»‹\"'‘`( \t\n"
_GOES_ON = pattern(r"[”\"'’»\s]{0,4}[,—–]{0,2}\s{0,3}(?=[^\W\d_])")
"""Signs between a quotation and words that say who spoke."""
_STOP = pattern(r"(?<![A-Z])[.](?=\s|$)|[;:(“\"]")
"""The end of the words after a quotation that may say who spoke."""
_REACH = 400
"""Characters on either side of a quotation in which its speaker is named."""
_MOST_BEFORE_VERB = 9
"""The most words of a speaker after a quotation."""
_BEFORE_OWNER = known.CUTS | known.VERBS.keys() | known.VERBAL


OTHERWISE: frozenset[tuple[Speaker, Voice | None]] = frozenset(
    {("embassy", "source"), ("source", "comment")}
)
"""Speakers by a draft and voices of the cable that contradict each other."""


class Claim(NamedTuple):
    """The words of a draft that give a quotation to a speaker."""

    speaker: Speaker
    block: int
    start: int
    end: int


class _Word(NamedTuple):
    text: str
    """In its own letters."""
    low: str
    at: int


class _Open(Exception):  # noqa: N818 - not an error: the sentence leaves the speaker open
    """The sentence names a speaker, or may, but not on which side."""


def claim_of(
    quotation: Quotation, blocks: Sequence[TextBlock], signers: Collection[str] = ()
) -> Claim | None:
    """Return who speaks by the sentence around a quotation; None if it does not say so.

    `signers` are the surnames under the cable, whose owners speak for the embassy.
    """
    first_piece, last = quotation.pieces[0], quotation.pieces[-1]
    sentence_before = _Sentence(blocks, first_piece.block, first_piece.start, signers)
    if quotation.is_apart:
        if not first_piece.block:
            return None
        lead = blocks[first_piece.block - 1].text.rstrip()
        if lead[-1:] not in (":", ","):
            return None
        sentence_before = _Sentence(blocks, first_piece.block - 1, len(lead), signers)
    try:
        if claim := sentence_before.claim_before():
            return claim
        return None if quotation.is_apart else _after(blocks, last.block, last.end, sentence_before)
    except _Open:
        return None


class _Sentence:
    """The part of a sentence before a quotation."""

    def __init__(
        self, blocks: Sequence[TextBlock], block: int, offset: int, signers: Collection[str]
    ) -> None:
        block_text = blocks[block].text
        begin = max(offset - 2 * _REACH, 0)
        row = block_text[begin:offset].rstrip(_OPENS)
        # What is quoted and what is in brackets is blank, one character for one.
        row = _QUOTED.sub(lambda match: " " * len(match[0]), row)
        sentence_starts = [start for start, _ in sentences(row)]
        sentence_ended = row.rstrip().endswith((".", "!", "?", "…"))
        start = len(row) if sentence_ended else sentence_starts[-1] if sentence_starts else 0
        self.block = block
        self._signers = {signer.casefold() for signer in signers}
        self._earlier = row[:start]
        self._words = _words_in(row[start:], begin + start)

    def claim_before(self) -> Claim | None:
        """Return the claim of the words before the quotation; None if no word of them says one.

        Raises `_Open`.
        """
        words_before = self._words
        while words_before and words_before[-1].low in (",", ":", "—", "–"):
            words_before = words_before[:-1]
        led_by_that = False
        clauses = _clauses(words_before)
        for clause, opener in reversed(clauses):
            if not clause:
                if opener != "that" and len(clauses) > 1:
                    raise _Open
                led_by_that = True
                continue
            speaker = self._in_clause(clause, led_by_that=led_by_that)
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
        lows = [word.low for word in words]
        if "as" not in lows[-3:] or not {"saying", "having", "telling"} & set(lows[-2:]):
            return None
        index = len(lows) - 1 - lows[::-1].index("as")
        verb_index = next((n for n in range(index - 1, -1, -1) if lows[n] in known.QUOTES), None)
        if verb_index is None:
            raise _Open
        return self._is(words[verb_index + 1 : index])

    def _in_view(self, words: list[_Word], **_: bool) -> Speaker | None:
        """Match `according to the embassy` and `in the view of traders` before a quotation."""
        lows = [word.low for word in words]
        for index in range(len(lows) - 1):
            if lows[index : index + 2] == ["according", "to"]:
                return self._is(words[index + 2 :])
            if lows[index + 1] == "of" and lows[index] in known.STATEMENTS and "in" in lows[:index]:
                return self._is(words[index + 2 :])
        if lows[-1:] == ["it"] and "as" in lows[:2] and lows[-2] in ("put", "puts"):
            return self._is(words[lows.index("as") + 1 : -2])
        return None

    def _statement(self, words: list[_Word], *, led_by_that: bool) -> Speaker | None:
        """Match `noted the trader's complaint that` and `in the embassy's view`."""
        for word_index in range(len(words) - 1, max(len(words) - 5, -1), -1):
            if _is_verb(words, word_index):
                return None
            if words[word_index].low not in known.STATEMENTS:
                continue
            owner = next((n for n in range(word_index - 1, -1, -1) if _is_owner(words[n])), None)
            if not _NEGATIONS.isdisjoint(word.low for word in words):
                raise _Open
            if owner is None or word_index - owner > 3:
                if led_by_that and word_index == len(words) - 1:
                    raise _Open  # `the claim that`
                return None
            begin = owner
            while begin and words[begin - 1].low not in _BEFORE_OWNER:
                begin -= 1
            return self._is([*words[begin:owner], _unowned(words[owner])])
        return None

    def _is_sure(self, words: list[_Word]) -> Speaker | None:
        """Match `the embassy was sure that`."""
        is_sure = len(words) > 2 and words[-1].low in known.SURE
        if not is_sure or words[-2].low not in known.BE or words[-2].low == "be":
            return None
        return self._is(_subject(words[:-2]))

    def _spoken_by(self, words: list[_Word], index: int) -> Speaker | None:
        """Return the side of the speaker of a verb."""
        kind = known.VERBS[words[index].low]
        lows = [word.low for word in words]
        if not _NEGATIONS.isdisjoint(lows):
            raise _Open
        passive = _is_passive(lows, index)
        if passive and "by" in lows[index + 1 :]:
            return self._is(words[lows.index("by", index + 1) + 1 :])
        subject = _subject(words[:index])
        side = self._side(subject, cable_may=lows[index] in known.JUDGES)
        if kind == "hear" or passive:
            if side == "embassy" and (kind == "hear" or lows[index] in known.TOLD):
                return "source"
            raise _Open
        if side is None or kind == "doubt" or (side == "embassy" and kind != "say"):
            raise _Open
        return side

    def claim_after(self, words: list[_Word]) -> Claim | None:
        """Return the claim of words after a quotation. Raises `_Open`."""
        lows = [word.low for word in words]
        if lows[:2] == ["according", "to"]:
            speaker: Speaker | None = self._is(words[2:])
        elif lows[:1] and lows[0] in known.VERBS:  # `said the trader`
            if known.VERBS[lows[0]] not in ("say", "pass"):
                return None
            speaker = self._is(words[1:], cable_may=lows[0] in known.JUDGES)
            if speaker == "embassy" and known.VERBS[lows[0]] == "pass":
                return None
        else:
            if lows[:1] and lows[0] in known.BE and lows[1:2] and lows[1] in ("how", "what"):
                words, lows = words[2:], lows[2:]
            words_near = lows[: _MOST_BEFORE_VERB + 1]
            index = next((n for n, low in enumerate(words_near) if n and low in known.VERBS), None)
            if index is None:
                return None
            speaker = self._spoken_by(words[: index + 1], index)
        return Claim(speaker, self.block, words[0].at, _end(words)) if speaker else None

    def _is(self, words: Sequence[_Word], *, cable_may: bool = True) -> Speaker:
        side = self._side(words, cable_may=cable_may)
        if side is None:
            raise _Open
        return side

    def _side(self, words: Sequence[_Word], *, cable_may: bool) -> Speaker | None:
        """Return on which side somebody is; None if that is open."""
        words = [word for word in words if word.low not in known.DETERMINERS]
        cut_index = next(
            (index for index, word in enumerate(words) if word.low in known.CUTS), len(words)
        )
        head, lower_rest = words[:cut_index], [word.low for word in words[cut_index:]]
        while head and head[-1].low.endswith("ly") and head[-1].text.islower():
            head = head[:-1]  # `officials privately`
        if len(head) > 1 and head[-2].low in known.OFFICES and station(head[-1].text):
            head = head[:-1]  # `Embassy Rabat`
        if not head:
            return None
        noun, lows = head[-1], [word.low for word in head]
        american = any(low in known.AMERICAN or _unowned_text(low) in known.AMERICAN
                       for low in lows)  # fmt: skip
        is_ours = american or not known.OFFICES.isdisjoint(map(_unowned_text, lows[:-1]))
        is_foreign = any(
            word.text[0].isupper()
            and word.low not in known.OFFICES
            and _unowned_text(word.low) not in known.AMERICAN
            and not station(_unowned_text(word.text))
            for word in head[:-1]
        )
        if noun.low in known.PRONOUNS:
            return self._antecedent(noun.low)
        if noun.low in known.AUTHORS:
            return (
                "embassy"
                if not known.CABLES.isdisjoint(map(_unowned_text, [*lows, *lower_rest]))
                else None
            )
        if noun.low in known.CABLES:
            return "embassy" if cable_may else None
        if noun.low in known.OPEN:
            return None
        if noun.low in known.OFFICES:
            return "source" if is_foreign and not american else "embassy"
        if noun.low == "americans":
            return "embassy"
        if noun.low in known.OFFICERS:
            at_ours = (
                not known.OFFICES.isdisjoint(lower_rest) and "of" in lower_rest[:1] + lower_rest[:0]
            )
            if is_ours or at_ours:
                return "embassy"
            return "source" if is_foreign else None
        if noun.text[0].isupper() and noun.low in self._signers:
            return "embassy"
        has_title = not known.OFFICERS.isdisjoint([*lows[:-1], *lower_rest])
        if has_title and noun.text[0].isupper():
            if american or not known.AMERICAN.isdisjoint(lower_rest):
                return "embassy"
            return "source" if is_foreign and lows[0] not in known.OFFICERS else None
        if is_ours and noun.text.islower() and noun.low not in known.SOURCES:
            return "embassy" if noun.low in known.SECTIONS else None
        return "source"

    def _antecedent(self, pronoun: str) -> Speaker | None:
        """Return the side of `he`, `they` or `it` by what the paragraph says before."""
        earlier_words = _words_in(self._earlier, 0)
        lows = {_unowned_text(word.low) for word in earlier_words}
        if not earlier_words:
            return None
        if pronoun == "it":
            last_sentence = sentences(self._earlier)[-1]
            words = _words_in(self._earlier[slice(*last_sentence)], 0)
            side = self._side(_subject(words), cable_may=False) if words else None
            return side if side == "embassy" else None
        doubtful_words = known.OFFICERS | known.AMERICAN | self._signers | {"americans"}
        if pronoun == "they":
            doubtful_words |= known.OFFICES
        return "source" if doubtful_words.isdisjoint(lows) else None


def _after(blocks: Sequence[TextBlock], block: int, end: int, before: _Sentence) -> Claim | None:
    """Return the claim of the words after a quotation, if its sentence goes on there."""
    block_text = blocks[block].text
    continuation = _GOES_ON.match(block_text, end)
    if continuation is None:
        return None
    quoted_text = block_text[:end].rstrip()
    between = block_text[end : continuation.end()]
    starts_small = block_text[continuation.end()].islower()
    if quoted_text[-1:] in ".!?…" and not starts_small:
        return None
    if quoted_text[-1:] != "," and not starts_small and not any(sign in between for sign in ",—–"):
        return None
    row = block_text[continuation.end() : continuation.end() + _REACH]
    sentence_stop = _STOP.search(row)
    words = _words_in(row[: sentence_stop.start()] if sentence_stop else row, continuation.end())
    commas = (index for index, word in enumerate(words) if word.low in (",", "—", "–"))
    before.block = block
    return before.claim_after(words[: next(commas, len(words))])


_NEGATIONS = frozenset("not never hardly neither no nor".split())


def _words_in(text: str, offset: int) -> list[_Word]:
    return [
        _Word(match[0], _low(match[0]), offset + match.start()) for match in _WORD.finditer(text)
    ]


def _low(word: str) -> str:
    """Return a word in small letters; `US` and `U. S.` are one, and not `us`."""
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
        conjunction = word.low in known.CONJUNCTIONS and index and words[index - 1].low == ","
        if word.low == "that" and not clause:
            opener = "that"
        elif conjunction or word.low in ("that", ";", ":"):
            clauses.append((clause, opener))
            clause, opener = [], word.low
        else:
            clause.append(word)
    return [*clauses, (clause, opener)]


def _without_asides(words: list[_Word]) -> list[_Word]:
    """Return a clause without `, which it had watched,` and `, the embassy wrote,`."""
    commas = [index for index, word in enumerate(words) if word.low == ","]
    kept_words = list(words)
    for comma, next_comma in reversed(list(pairwise(commas))):
        aside_words = [word.low for word in words[comma + 1 : next_comma]]
        is_relative = aside_words[:1] and aside_words[0] in known.RELATIVES
        ends_with_verb = len(aside_words) < 6 and aside_words and aside_words[-1] in known.VERBS
        if (is_relative or ends_with_verb) and next_comma + 1 < len(words):
            del kept_words[comma : next_comma + 1]
    return kept_words


def _subject(words: list[_Word]) -> list[_Word]:
    """Return the subject of a clause: its first words, after a phrase such as `in a meeting,`."""
    lows = [word.low for word in words]
    if lows[:1] and (lows[0] in known.LEADS or lows[0].endswith("ly")):
        if "," in lows:
            words = words[lows.index(",") + 1 :]
        else:
            starts = [index for index, low in enumerate(lows) if low in known.ARTICLES]
            words = words[starts[-1] :] if starts else words[1:]
    named_words = 0
    for word_index, word in enumerate(words):
        if word.low in known.DETERMINERS:
            continue
        verbal = word.low in known.VERBAL or (word.low.endswith("ed") and word.text.islower())
        if named_words and (verbal or _is_verb(words, word_index)):
            return words[:word_index]
        named_words += 1
    return words


def _is_verb(words: Sequence[_Word], index: int) -> bool:
    """Return whether a word is a verb of saying; `the cable`, `his claim` are none."""
    word_before = words[index - 1] if index else None
    noun = word_before and (word_before.low in known.DETERMINERS or _is_owner(word_before))
    return words[index].low in known.VERBS and not noun


def _is_passive(lows: Sequence[str], index: int) -> bool:
    near_index = index - 1
    while near_index >= 0 and (
        lows[near_index] in known.BETWEEN or lows[near_index].endswith("ly")
    ):
        near_index -= 1
    return near_index >= 0 and lows[near_index] in known.BE and not lows[index].endswith("ing")


def _is_owner(word: _Word) -> bool:
    return word.low.endswith(("'s", "s'")) or word.low in known.OWNERS


def _unowned(word: _Word) -> _Word:
    text = word.text.removesuffix("'s").removesuffix("’s").rstrip("'’")
    unowned_low = known.OWNERS.get(word.low) or _unowned_text(word.low)
    return _Word(text, unowned_low, word.at)


def _unowned_text(text: str) -> str:
    return text.replace("’", "'").removesuffix("'s").rstrip("'")
