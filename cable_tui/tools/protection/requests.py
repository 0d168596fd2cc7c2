"""Where a cable asks to protect someone, and the names that are proposed to a reader.

This module does not decide who is meant; a reader does. A request proposes the names directly next
to it and all other names in its sentence and bracket. Names in earlier sentences are added if a
pronoun refers to them, or if the request is a sentence of its own. If only a role is given, the
names of people with that role elsewhere in the cable are proposed.

In a text with both cases, a name is a run of capitalized words, cut at titles, places and
organizations. In a text in capitals only, a name is what remains between common words. Directly
next to a request, even such words may be a name: `Henry Lodge (strictly protect)`, `Dr. Bank
(protect)`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from cable_tui.base.cable import Span
from cable_tui.base.pattern import pattern
from cable_tui.glossary import posts
from cable_tui.glossary.tables import is_english
from cable_tui.telegram.people import name_words as lists
from cable_tui.telegram.people.name_tokens import Token, tokens
from cable_tui.telegram.people.protection_words import asks
from cable_tui.telegram.people.titled_names import mentions
from cable_tui.telegram.reading import Reading


class Request(NamedTuple):
    """A cable's request to protect someone, by offsets in its text."""

    start: int
    """The start of the requesting words; `end` is the end."""
    end: int
    names: tuple[Span, ...] = ()
    """The names directly next to the request: `NAME (protect)`, `protect NAME's identity`."""
    proposed: tuple[Span, ...] = ()
    """All proposed names in order, including those directly next to the request."""
    sentence: Span = (0, 0)
    """The sentence that contains the request."""


MOST = 500
"""The maximum number of requests in a text whose sentences are read. Later requests propose no
names.
"""
_BEFORE, _BEHIND = 1500, 600
"""The number of characters to read before and after a request."""
_AROUND, _FEW = 60, 20
"""The number of characters next to a request, and the minimum number of letters in them, that show
whether the text is in capitals only.
"""
_EARLIER = 3
"""The maximum number of names proposed from earlier sentences."""
_SHORT_CAPITALS = 4
"""The maximum length of a word in capitals that is more likely to be an acronym."""
_PERSONS = lists.TITLES | lists.ROLES | lists.RELATED
_TITLES = _PERSONS | lists.BEFORE
_TITLED = lists.PERSONAL | lists.TITLES | lists.HONORIFICS | {"called", "named"}
_NO_SURNAMES = lists.ORGANIZATIONS | lists.COUNTRIES | lists.NO_NAMES
_WEAK = lists.NO_NAME_WORDS | lists.COUNTRIES | _PERSONS
_PRONOUNS = frozenset("he she him her they them his hers their who both latter".split())
_COMPOUND = pattern(r"\w{1,40}-(?:[a-zà-þ]{1,20}-)?[a-zà-þ]{1,20}(?:ed|ing|born|led|run|made|era)$")
"""A capitalized word used as a description: `US-educated`, `German-made`."""
_ENGLISH_ENDS = ("tion", "tions", "ment", "ments", "ness", "ing")


def requests(reading: Reading, most: int = MOST) -> tuple[Request, ...]:
    """Return the requests of a text, in order. Never fails, and takes linear time."""
    body_text = reading.text
    request_spans = asks(body_text)
    blanked_text = reading.without_classes if request_spans else ""
    asked_requests: list[Request] = []
    for span_number, (start, end) in enumerate(request_spans):
        names_from = request_spans[span_number - 1][1] if span_number else 0
        near_request = (
            _Near(blanked_text, body_text, (start, end), names_from) if span_number < most else None
        )
        asked_requests.append(
            near_request.request() if near_request else Request(start, end, sentence=(start, end))
        )
    return tuple(asked_requests)


def names_to_protect(reading: Reading) -> tuple[set[Span], set[Span]]:
    """Return the spans of names directly next to requests, and of the other proposed names."""
    asked_requests = requests(reading)
    sure_spans = {span for request in asked_requests for span in request.names}
    return sure_spans, {
        span for request in asked_requests for span in request.proposed
    } - sure_spans


ASKING = "asks"
"""The only word in the field `request` of the sentence index: the cables with it ask."""


def sentences_with_requests(reading: Reading) -> tuple[list[str]]:
    """Return the entry of a text with requests in the sentence index; other texts have none."""
    return ([ASKING] if asks(reading.text) else [],)


class Name(NamedTuple):
    """A run of tokens that may be a person's name."""

    lead: int
    """The index of the first capitalized word before the name, such as a title."""
    first: int
    end: int
    """The index after its last token."""


class _Near:
    """The tokens around a request."""

    def __init__(self, text: str, body: str, span: Span, barrier: int) -> None:
        """Read a text with blanked page lines. Names before `barrier` belong to another request."""
        span_start, span_end = self._span = span
        self._text, self._body = text, body
        letters_around = text[max(span_start - _AROUND, 0) : span_start]
        if sum(map(str.isalpha, letters_around)) < _FEW:
            letters_around += text[span_end : span_end + _AROUND]
        self._capitals = not any(map(str.islower, letters_around))
        search_start = max(span_start - _BEFORE, 0)
        search_start = (
            max(text.find(" ", search_start, span_start), search_start) if search_start else 0
        )
        tokens_before = list(tokens(text, body, search_start, span_start))
        tokens_within = list(tokens(text, body, span_start, span_end))
        self._tokens = [
            *tokens_before,
            *tokens_within,
            *tokens(text, body, span_end, min(span_end + _BEHIND, len(text))),
        ]
        self._at, self._after = len(tokens_before), len(tokens_before) + len(tokens_within)
        self._begin = self._sentence_start(self._at)
        self._low = next(
            (
                token_index
                for token_index, token in enumerate(tokens_before)
                if token.start >= barrier
            ),
            self._at,
        )
        self._end = self._after
        while self._end < len(self._tokens) and not self._ends_sentence(self._end):
            self._end += 1

    def _folded(self, index: int) -> str:
        return self._tokens[index].folded if index >= 0 else ""

    def _ends_sentence(self, index: int) -> bool:
        punctuation = self._tokens[index].text
        next_tokens = self._tokens[index + 1 : index + 2]
        sentence_goes_on = (
            punctuation == "."
            and next_tokens
            and next_tokens[0].is_word
            and next_tokens[0].text[0].islower()
        )
        return punctuation in {"?", "!", "\n", "."} and not sentence_goes_on

    def _sentence_start(self, index: int) -> int:
        while index and not self._ends_sentence(index - 1):
            index -= 1
        return index

    def request(self) -> Request:
        """Return the request with its proposed names."""
        tokens, begin, stops = self._tokens, self._begin, self._stops()
        names_before = list(self._names(max(begin, self._low), self._at, stops))
        adjacent_names = [
            *self._right(names_before, stops),
            *self._names(self._at, self._after),
            *self._behind(),
        ]
        words = [token.folded for token in tokens[begin : self._at] if token.is_word]
        names_asked_for = [*adjacent_names, *names_before, *self._names(self._after, self._end)]
        if not adjacent_names and (
            not names_before or not _PRONOUNS.isdisjoint(words[:3] + words[-3:])
        ):
            names_asked_for += self._earlier()
        certain_spans = [
            _span(tokens, name) for name in adjacent_names if not self._is_of_thing(name)
        ]
        proposed_spans = dict.fromkeys(
            (*certain_spans, *(_span(tokens, name) for name in names_asked_for))
        )
        role_words = [word for word in words if word in _PERSONS]
        if role_words and not adjacent_names and not names_before:
            proposed_spans |= dict.fromkeys(self._holders(role_words[-1]))
        unique_spans = {
            " ".join(self._text[start:end].lower().split()): (start, end)
            for start, end in reversed(proposed_spans)
        }
        sentence_span = tokens[begin].start, tokens[self._end - 1].end
        return Request(
            *self._span, tuple(certain_spans), tuple(sorted(unique_spans.values())), sentence_span
        )

    def _stops(self) -> set[int]:
        """Return the indexes where words directly before the request or its bracket end."""
        bracket_depth = 0
        for index in range(self._at - 1, self._begin - 1, -1):
            bracket_depth += (self._tokens[index].text in ")]}") - (
                self._tokens[index].text in "([{"
            )
            if bracket_depth < 0:
                return {self._words_end(index), self._words_end(self._at)}
        return {self._words_end(self._at)}

    def _words_end(self, end: int) -> int:
        """Return the index where the words end, before punctuation and a closed bracket."""
        while end > self._begin:
            last_token = self._tokens[end - 1]
            if last_token.is_word and last_token.folded not in lists.BEHIND_NAMES:
                break
            end -= 1
            if last_token.text in {")", "]"}:
                indexes_inside = range(end - 1, self._begin, -1)
                end = next(
                    (index for index in indexes_inside if self._tokens[index].text in "(["), end
                )
        return end

    def _right(self, names: Sequence[Name], stops: Collection[int]) -> list[Name]:
        """Return the names directly before the request, or the whole list if all are meant."""
        adjacent_names = list({name.end: name for name in names if name.end in stops}.values())
        tokens_around = self._tokens[max(self._at - 3, 0) : self._after + 4]
        if adjacent_names and not {"both", "all", "names"}.isdisjoint(
            token.folded for token in tokens_around
        ):
            return list(names)
        for name in reversed(names if adjacent_names else ()):
            words_between = {
                token.folded for token in self._tokens[name.end : adjacent_names[0].lead]
            }
            are_single_words = (
                name.end - name.first == adjacent_names[0].end - adjacent_names[0].first == 1
            )
            if words_between == {","} and are_single_words:  # `Tarnovskiy, Sergei`
                adjacent_names[0] = adjacent_names[0]._replace(lead=name.lead, first=name.first)
            elif words_between and words_between <= {"and", "or", "with", "&"}:
                adjacent_names.insert(0, name)
        return adjacent_names

    def _behind(self) -> Iterator[Name]:
        """Yield the names right after the request: `(protect: Ivo Tern)`, `protect Tern's name`."""
        index, tokens = self._after, self._tokens
        while index < self._end:
            if tokens[index].text in {":", ","} or tokens[index].folded in lists.BEFORE_PROTECTED:
                index += 1
            elif tokens[index].begins_name:
                run_end = self._run_end(index, self._end)
                yield from self._split(index, run_end, {run_end})
                index = run_end
            else:
                return

    def _earlier(self) -> list[Name]:
        """Return the last names in the paragraph before the request's sentence."""
        sentence_end, names = self._begin, list[Name]()
        while sentence_end and not names and self._tokens[sentence_end - 1].text != "\n":
            sentence_start = self._sentence_start(sentence_end - 1)
            sentence_end, names = sentence_start, list(self._names(sentence_start, sentence_end))
        return names[-_EARLIER:]

    def _holders(self, role: str) -> Iterator[Span]:
        """Yield the names elsewhere in the text that have a role: `Judge Ada Pelham`, `a judge`."""
        titled_mentions = (
            mention for mention in mentions(self._body) if mention.title.lower().endswith(role)
        )
        spans = [(mention.end - len(mention.name), mention.end) for mention in titled_mentions]
        role, name = rf"(?i:\b{re.escape(role)}\b)", _PLAIN_NAME
        holder_pattern = pattern(rf"{role}\s({name})|({name}),\s(?:[a-z]{{1,20}}\s){{0,4}}{role}")
        spans += [match.span(match.lastindex or 0) for match in holder_pattern.finditer(self._text)]
        for start, end in spans:
            if self._body[start:end].split()[0].lower().strip("x") not in lists.NO_NAMES | {""}:
                yield start, end

    def _is_of_thing(self, name: Name) -> bool:
        """Return whether a name may not be a person's: `the Gazette`, `of Amber`."""
        word_before, role = (self._folded(name.first - distance) for distance in (1, 2))
        if name.lead != name.first or role in lists.BEFORE_PROTECTED:
            return False
        names_thing = word_before in {"of", "in", "at", "near", "for", "the"}
        return names_thing or (word_before in {"to", "from"} and role in _TITLES)

    # The names in some tokens.

    def _names(self, start: int, end: int, stops: Collection[int] = ()) -> Iterator[Name]:
        """Yield the names in a range of tokens. Names that end at a stop are next to a request."""
        index = start
        while index < end:
            run_end = self._run_end(index, end) if self._tokens[index].begins_name else index + 1
            if self._tokens[index].begins_name:
                yield from self._split(index, run_end, stops)
            index = run_end

    def _run_end(self, index: int, end: int) -> int:
        """Return the end of a run of capitalized words, including particles and a nickname."""
        tokens = self._tokens
        index += 1
        while index < end and not tokens[index - 1].is_genitive:
            particle_end = index
            while (
                particle_end < min(index + 3, end) and tokens[particle_end].text in lists.PARTICLES
            ):
                particle_end += 1
            if tokens[index].text in '"“' and not self._is_weak(tokens[index - 1]):
                closing_quotes = (
                    quote_index
                    for quote_index in range(index + 2, min(index + 5, end - 1))
                    if tokens[quote_index].text in '"”'
                )
                particle_end = next((quote_index + 1 for quote_index in closing_quotes), end)
            if particle_end == end or not tokens[particle_end].begins_name:
                break
            index = particle_end + 1
        return index

    def _is_weak(self, token: Token) -> bool:
        """Return whether a word is usually not a name but a title, place or organization."""
        word, text = token.folded, token.text
        if token.is_initial or (word in lists.GIVEN and word not in lists.NO_NAMES):
            return False
        if word in _WEAK or word.removesuffix("s") in _WEAK or word in posts.places():
            return True
        if self._capitals:
            has_common_ending = word in lists.CAPITAL_NO_NAMES or word.endswith(_ENGLISH_ENDS)
            return has_common_ending or (len(word) > 2 and is_english(word))
        is_short = len(text) <= _SHORT_CAPITALS or set(text).isdisjoint("AEIOUYÁÉÍÓÚ")
        return (text.isupper() and not token.is_genitive and is_short) or bool(
            _COMPOUND.match(text)
        )

    def _split(self, start: int, end: int, stops: Collection[int]) -> Iterator[Name]:
        """Yield the names in a run of capitalized words."""
        is_adjacent = end in stops
        name_start: int | None = None
        place_start = index = start
        in_quotes = False
        while index < end:
            in_quotes = in_quotes != (not self._tokens[index].is_word)
            if name_start is None and (place_end := self._place_end(index, end)) > index:
                index = place_start = place_end
                continue
            if (in_quotes and name_start is not None) or self._belongs(
                index, name_start, end, is_adjacent
            ):
                name_start = index if name_start is None else name_start
            elif name_start is not None:
                yield from self._taken(Name(start, name_start, index), end, is_right=False)
                name_start = None
            index += 1
        if name_start is not None:
            for name in self._taken(Name(start, name_start, end), end, is_right=is_adjacent):
                yield name
                if (
                    start < place_start == name_start
                ):  # the place may have one word more, or be a given name
                    if end - name_start > 2:
                        yield name._replace(first=name_start + 1)
                    elif end - name_start == name_start - start == 1:
                        yield name._replace(first=start)
        elif is_adjacent:
            yield from self._of_weak(start, end)

    def _place_end(self, start: int, end: int) -> int:
        """Return the end of a place after a role (`Mayor of Port Amber Ivo Tern`), or `start`."""
        tokens = self._tokens
        index_before = start - 1 - (start > 1 and tokens[start - 1].folded == "the")
        word_before, role = self._folded(index_before), self._folded(index_before - 1)
        word = tokens[start].folded
        place_length = 2 if word in lists.PLACES_OF_TWO and end - start > 2 else 1
        is_role = role in _TITLES - lists.RELATED or role in lists.ORGANIZATIONS
        if word_before in {"in", "at", "near"} or (word_before in {"of", "to", "for"} and is_role):
            return start + place_length if end - start > 1 else start
        return start + place_length if place_length > 1 and word in lists.PLACES_BEFORE else start

    def _belongs(self, index: int, first: int | None, end: int, is_right: bool) -> bool:
        """Return whether a token continues the name that begins at `first`, or begins a name."""
        token = self._tokens[index]
        word = token.folded
        if not token.is_word or (word in lists.PARTICLES and first is not None and index + 1 < end):
            return first is not None
        if not self._is_weak(token):
            return word not in lists.PARTICLES or token.is_initial or index + 1 < end
        if first is None:
            has_title = self._folded(index - 1) in lists.PERSONAL
            may_begin = word in lists.GIVEN or (word in lists.GIVEN_TOO and not self._capitals)
            may_begin = may_begin or (has_title and word in posts.places() | lists.COUNTRIES)
            return may_begin and index + 1 < end and not self._is_weak(self._tokens[index + 1])
        if is_right and word not in lists.FUNCTION_WORDS:  # `Henry Lodge (protect)`
            return end - index < 3 and all(token.is_word for token in self._tokens[index:end])
        is_known = word in lists.SURNAMES_TOO or word in lists.COUNTRIES
        return is_known and not self._capitals and not token.text.isupper()

    def _of_weak(self, start: int, end: int) -> Iterator[Name]:
        """Yield a name next to a request, made of words that are usually something else.

        For example, `Dr. Bank`, `Paris London`, `Dean Dean`; but not `Portuguese Ambassador`.
        """
        words = [token.folded for token in self._tokens[start:end]]
        first_index = max(len(words) - 2, 0) if self._capitals else 0
        while (
            first_index < len(words) - 1
            and words[first_index] in _TITLES | lists.VERBS | lists.HONORIFICS
        ):
            first_index += 1
        word_before = self._folded(start + first_index - 1)
        while (
            self._capitals
            and first_index < len(words) - 1
            and words[first_index] in lists.CAPITAL_NO_NAMES
        ):
            first_index, word_before = (
                first_index + 1,
                word_before if words[first_index] not in lists.FUNCTION_WORDS else "",
            )
        last_word = words[-1]
        if last_word in _PERSONS:
            is_name = word_before in _PERSONS - lists.BEFORE and last_word in lists.SURNAMES_TOO
        elif word_before in _TITLED:
            is_name = last_word not in lists.FUNCTION_WORDS
        elif self._capitals:
            is_name = last_word not in lists.CAPITAL_NO_NAMES
        elif len(words) - first_index == 1:
            singular_word = last_word.removesuffix("s")
            is_name = (
                last_word not in _NO_SURNAMES and singular_word not in lists.COUNTRIES | _PERSONS
            )
        else:
            begins_as_name = words[first_index] in lists.GIVEN | lists.GIVEN_TOO | lists.COUNTRIES
            is_name = begins_as_name or last_word not in _NO_SURNAMES | lists.FUNCTION_WORDS
        if is_name:
            yield Name(start, start + first_index, end)

    def _taken(self, name: Name, whole: int, *, is_right: bool) -> Iterator[Name]:
        """Yield a name in a run, unless it belongs to a place or an organization."""
        tokens = self._tokens
        start, first, end = name
        while end > first and (
            not tokens[end - 1].is_word or tokens[end - 1].text in lists.PARTICLES
        ):
            end -= 1
        while end - first > 1 and tokens[first].folded in lists.HONORIFICS:
            first += 1
        name_words = [token for token in tokens[first:end] if token.is_word]
        if all(token.is_initial or token.folded in lists.PARTICLES for token in name_words):
            return
        word_before = tokens[first - 1].folded if first > start else ""
        word_after = tokens[end].folded if end < whole else ""
        if word_before not in lists.PERSONAL and name_words[0].folded not in lists.GIVEN:
            other_words = frozenset() if self._capitals else lists.NO_NAMES - _TITLES
            is_single_word = len(name_words) == 1
            if word_after in lists.ORGANIZATIONS | other_words or (
                is_single_word and word_after in _TITLES
            ):
                return  # `Amber Bank`, `Chevron Manager`
            if is_single_word and (
                word_before in lists.PLACES_BEFORE or self._is_opening(first, is_right)
            ):
                return
        yield Name(start, first, end)

    def _is_opening(self, index: int, is_right: bool) -> bool:
        """Return whether a word only opens a sentence: `Interestingly, Tern`, `Tribal leaders`."""
        word_before, (word, *more_tokens) = self._folded(index - 1), self._tokens[index : index + 2]
        if self._capitals or word_before not in {"", ".", "\n", ")", "?", "!"}:
            return False
        is_sentence_start = (
            not is_right and is_english(word.folded) and any(token.is_word for token in more_tokens)
        )
        return (
            [token.text for token in more_tokens] == [","]
            if word.folded.endswith("ly")
            else is_sentence_start
        )


_PLAIN_NAME = r"[A-ZÀ-Þ][\w'’.-]{1,30}(?:\s[A-ZÀ-Þ][\w'’.-]{0,30}){0,4}"


def _span(tokens: Sequence[Token], name: Name) -> Span:
    """Return the span of a name, without a genitive ending."""
    name_start, last_token = tokens[name.first].start, tokens[name.end - 1]
    last_text = (
        last_token.text[:-2]
        if last_token.is_genitive and last_token.text[-1] in "sS"
        else last_token.text
    )
    return name_start, max(
        last_token.end - (len(last_token.text) - len(last_text.rstrip("'’`´"))), name_start + 1
    )
