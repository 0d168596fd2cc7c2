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
"""A pattern for the characters between a quotation and words that name the speaker."""
_STOP = pattern(r"(?<![A-Z])[.](?=\s|$)|[;:(“\"]")
"""A pattern for the end of the words after a quotation that may name the speaker."""
_REACH = 400
"""The number of characters on either side of a quotation in which its speaker is searched for."""
_MOST_BEFORE_VERB = 9
"""The maximum number of words that name a speaker after a quotation."""
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
    """Raised if a sentence names a speaker but does not show on which side the speaker is."""


def claim_of(
    quotation: Quotation, blocks: Sequence[TextBlock], signers: Collection[str] = ()
) -> Claim | None:
    """Return the speaker that the sentence around a quotation names, or None if it names none.

    `signers` are the surnames that sign the cable. These people speak for the embassy.
    """
    first, last = quotation.pieces[0], quotation.pieces[-1]
    sentence = _Sentence(blocks, first.block, first.start, signers)
    if quotation.is_apart:
        if not first.block:
            return None
        lead = blocks[first.block - 1].text.rstrip()
        if lead[-1:] not in (":", ","):
            return None
        sentence = _Sentence(blocks, first.block - 1, len(lead), signers)
    try:
        if claim := sentence.claim_before():
            return claim
        return None if quotation.is_apart else _after(blocks, last.block, last.end, sentence)
    except _Open:
        return None


class _Sentence:
    """The part of a sentence before a quotation."""

    def __init__(
        self, blocks: Sequence[TextBlock], block: int, offset: int, signers: Collection[str]
    ) -> None:
        text = blocks[block].text
        begin = max(offset - 2 * _REACH, 0)
        before = text[begin:offset].rstrip(_OPENS)
        # What is quoted and what is in brackets is blank, one character for one.
        before = _QUOTED.sub(lambda match: " " * len(match[0]), before)
        starts = [start for start, _ in sentences(before)]
        is_ended = before.rstrip().endswith((".", "!", "?", "…"))
        start = len(before) if is_ended else starts[-1] if starts else 0
        self.block = block
        self._signers = {signer.casefold() for signer in signers}
        self._earlier = before[:start]
        self._words = _words_in(before[start:], begin + start)

    def claim_before(self) -> Claim | None:
        """Return the claim made by the words before the quotation, or None if they make no claim.

        Raises `_Open`.
        """
        words = self._words
        while words and words[-1].low in (",", ":", "—", "–"):
            words = words[:-1]
        after_that = False
        clauses = _clauses(words)
        for clause, opener in reversed(clauses):
            if not clause:
                if opener != "that" and len(clauses) > 1:
                    raise _Open
                after_that = True
                continue
            speaker = self._in_clause(clause, led_by_that=after_that)
            if speaker:
                return Claim(speaker, self.block, clause[0].at, _end(words))
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
        at = len(lows) - 1 - lows[::-1].index("as")
        verb = next((index for index in range(at - 1, -1, -1) if lows[index] in known.QUOTES), None)
        if verb is None:
            raise _Open
        return self._is(words[verb + 1 : at])

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
            owner = next(
                (index for index in range(word_index - 1, -1, -1) if _is_owner(words[index])), None
            )
            if not _NEGATIONS.isdisjoint(word.low for word in words):
                raise _Open
            if owner is None or word_index - owner > 3:
                if led_by_that and word_index == len(words) - 1:
                    raise _Open  # `the claim that`
                return None
            start = owner
            while start and words[start - 1].low not in _BEFORE_OWNER:
                start -= 1
            return self._is([*words[start:owner], _unowned(words[owner])])
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
        kind = known.VERBS[words[index].low]
        lows = [word.low for word in words]
        if not _NEGATIONS.isdisjoint(lows):
            raise _Open
        is_passive = _is_passive(lows, index)
        if is_passive and "by" in lows[index + 1 :]:
            return self._is(words[lows.index("by", index + 1) + 1 :])
        subject = _subject(words[:index])
        side = self._side(subject, cable_may=lows[index] in known.JUDGES)
        if kind == "hear" or is_passive:
            if side == "embassy" and (kind == "hear" or lows[index] in known.TOLD):
                return "source"
            raise _Open
        if side is None or kind == "doubt" or (side == "embassy" and kind != "say"):
            raise _Open
        return side

    def claim_after(self, words: list[_Word]) -> Claim | None:
        """Return the claim made by the words after a quotation.

        Raises `_Open`.
        """
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
            near = lows[: _MOST_BEFORE_VERB + 1]
            verb = next(
                (
                    word_index
                    for word_index, low in enumerate(near)
                    if word_index and low in known.VERBS
                ),
                None,
            )
            if verb is None:
                return None
            speaker = self._spoken_by(words[: verb + 1], verb)
        return Claim(speaker, self.block, words[0].at, _end(words)) if speaker else None

    def _is(self, words: Sequence[_Word], *, cable_may: bool = True) -> Speaker:
        side = self._side(words, cable_may=cable_may)
        if side is None:
            raise _Open
        return side

    def _side(self, words: Sequence[_Word], *, cable_may: bool) -> Speaker | None:
        """Return the side of a person or an office, or None if it is unclear."""
        words = [word for word in words if word.low not in known.DETERMINERS]
        cut = next(
            (index for index, word in enumerate(words) if word.low in known.CUTS), len(words)
        )
        head, rest = words[:cut], [word.low for word in words[cut:]]
        while head and head[-1].low.endswith("ly") and head[-1].text.islower():
            head = head[:-1]  # `officials privately`
        if len(head) > 1 and head[-2].low in known.OFFICES and station(head[-1].text):
            head = head[:-1]  # `Embassy Rabat`
        if not head:
            return None
        noun, lows = head[-1], [word.low for word in head]
        is_american = any(
            low in known.AMERICAN or _unowned_text(low) in known.AMERICAN for low in lows
        )
        is_ours = is_american or not known.OFFICES.isdisjoint(map(_unowned_text, lows[:-1]))
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
                if not known.CABLES.isdisjoint(map(_unowned_text, [*lows, *rest]))
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
            is_ours_too = not known.OFFICES.isdisjoint(rest) and "of" in rest[:1] + rest[:0]
            if is_ours or is_ours_too:
                return "embassy"
            return "source" if is_foreign else None
        if noun.text[0].isupper() and noun.low in self._signers:
            return "embassy"
        has_title = not known.OFFICERS.isdisjoint([*lows[:-1], *rest])
        if has_title and noun.text[0].isupper():
            if is_american or not known.AMERICAN.isdisjoint(rest):
                return "embassy"
            return "source" if is_foreign and lows[0] not in known.OFFICERS else None
        if is_ours and noun.text.islower() and noun.low not in known.SOURCES:
            return "embassy" if noun.low in known.SECTIONS else None
        return "source"

    def _antecedent(self, pronoun: str) -> Speaker | None:
        """Return the side of `he`, `they` or `it`, derived from the text before the sentence."""
        earlier = _words_in(self._earlier, 0)
        lower = {_unowned_text(word.low) for word in earlier}
        if not earlier:
            return None
        if pronoun == "it":
            last = sentences(self._earlier)[-1]
            words = _words_in(self._earlier[slice(*last)], 0)
            side = self._side(_subject(words), cable_may=False) if words else None
            return side if side == "embassy" else None
        doubtful = known.OFFICERS | known.AMERICAN | self._signers | {"americans"}
        if pronoun == "they":
            doubtful |= known.OFFICES
        return "source" if doubtful.isdisjoint(lower) else None


def _after(blocks: Sequence[TextBlock], block: int, end: int, sentence: _Sentence) -> Claim | None:
    """Return the claim made by the words after a quotation, if its sentence continues there."""
    text = blocks[block].text
    onward = _GOES_ON.match(text, end)
    if onward is None:
        return None
    quoted = text[:end].rstrip()
    between = text[end : onward.end()]
    is_lower = text[onward.end()].islower()
    if quoted[-1:] in ".!?…" and not is_lower:
        return None
    if quoted[-1:] != "," and not is_lower and not any(separator in between for separator in ",—–"):
        return None
    behind = text[onward.end() : onward.end() + _REACH]
    stop = _STOP.search(behind)
    following = _words_in(behind[: stop.start()] if stop else behind, onward.end())
    commas = (index for index, word in enumerate(following) if word.low in (",", "—", "–"))
    sentence.block = block
    return sentence.claim_after(following[: next(commas, len(following))])


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
        joins = word.low in known.CONJUNCTIONS and index and words[index - 1].low == ","
        if word.low == "that" and not clause:
            opener = "that"
        elif joins or word.low in ("that", ";", ":"):
            clauses.append((clause, opener))
            clause, opener = [], word.low
        else:
            clause.append(word)
    return [*clauses, (clause, opener)]


def _without_asides(words: list[_Word]) -> list[_Word]:
    """Return a clause without asides such as `, which it watched,` or `, the embassy wrote,`."""
    commas = [index for index, word in enumerate(words) if word.low == ","]
    kept = list(words)
    for start, end in reversed(list(pairwise(commas))):
        aside = [word.low for word in words[start + 1 : end]]
        is_relative = aside[:1] and aside[0] in known.RELATIVES
        is_remark = len(aside) < 6 and aside and aside[-1] in known.VERBS
        if (is_relative or is_remark) and end + 1 < len(words):
            del kept[start : end + 1]
    return kept


def _subject(words: list[_Word]) -> list[_Word]:
    """Return the subject of a clause: its first words, after a phrase such as `in a meeting,`."""
    lows = [word.low for word in words]
    if lows[:1] and (lows[0] in known.LEADS or lows[0].endswith("ly")):
        if "," in lows:
            words = words[lows.index(",") + 1 :]
        else:
            articles = [index for index, low in enumerate(lows) if low in known.ARTICLES]
            words = words[articles[-1] :] if articles else words[1:]
    length = 0
    for word_index, word in enumerate(words):
        if word.low in known.DETERMINERS:
            continue
        is_verbal = word.low in known.VERBAL or (word.low.endswith("ed") and word.text.islower())
        if length and (is_verbal or _is_verb(words, word_index)):
            return words[:word_index]
        length += 1
    return words


def _is_verb(words: Sequence[_Word], index: int) -> bool:
    """Return whether a word is a verb of saying, unlike the nouns in `the cable` or `his claim`."""
    before = words[index - 1] if index else None
    is_noun = before and (before.low in known.DETERMINERS or _is_owner(before))
    return words[index].low in known.VERBS and not is_noun


def _is_passive(lows: Sequence[str], index: int) -> bool:
    before = index - 1
    while before >= 0 and (lows[before] in known.BETWEEN or lows[before].endswith("ly")):
        before -= 1
    return before >= 0 and lows[before] in known.BE and not lows[index].endswith("ing")


def _is_owner(word: _Word) -> bool:
    return word.low.endswith(("'s", "s'")) or word.low in known.OWNERS


def _unowned(word: _Word) -> _Word:
    text = word.text.removesuffix("'s").removesuffix("’s").rstrip("'’")
    low = known.OWNERS.get(word.low) or _unowned_text(word.low)
    return _Word(text, low, word.at)


def _unowned_text(text: str) -> str:
    return text.replace("’", "'").removesuffix("'s").rstrip("'")
