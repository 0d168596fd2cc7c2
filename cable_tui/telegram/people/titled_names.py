"""Mentions of people: `Foreign Minister Kouchner`, `PM Erdogan`, `Chief of Staff Ada Pelham`.

A mention is a title followed by a run of words that may be a name; it is a candidate until a reader
checks it. A name without a title before it is not found.

A run that is probably not a name (`General Electric`) is left out. A word that is also an English
word is a name within a sentence (`President Bush said`). In a heading, in a text in capitals, after
a title that is also an adjective (`General Support`) or before another noun (`King Abdulaziz
Hospital`), it counts as a name only if the cable also uses it within a sentence, always
capitalized, or names the same person beyond doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from string import ascii_lowercase, ascii_uppercase

from cable_tui.base.named_tuple import NamedTuple
from cable_tui.base.pattern import Pattern, pattern
from cable_tui.glossary import posts, tables, tag_lists
from cable_tui.telegram.body_labels import Kind, Top, read
from cable_tui.telegram.people.name_words import (
    BEFORE,
    CAPITAL_STOPS,
    CHARGES,
    GIVEN,
    LED,
    NAMED_AFTER,
    NO_NAMES,
    OF_OFFICES,
    OFFICES,
    PERSONAL,
    PLACES,
    POINTED,
    PREFIXES,
    ROLES,
    SUFFIXES,
    TITLES,
)
from cable_tui.telegram.people.officer_names import JOINED, PARTICLES, surname
from cable_tui.text import fold

_GAP = r"[ \t]{1,4}(?:\\?\r?\n[ \t]{0,8})?|\\?\r?\n[ \t]{0,8}"
"""The text between two words of a mention: spaces, or one line break; an empty line ends it."""
_TITLE = pattern(
    rb"A(?<![\w/'].)[Aa-z/-]{1,24}+(?=\.?+[ \t\r\n\\]{1,10}+(?:[A\xc0-\xde]|d'|a[lb]|d[aeiou]))"
)
"""A word that may be a title, before a word that may be a name or begin with `al-`, encoded by
`_coded`.
"""
_CODES = bytes.maketrans(ascii_uppercase.encode() + b"\xe9", b"A" * 26 + b"e")
_PREFIX = pattern(r"(?<![\w/'’-])[A-Za-z]{2,6}-$")
_AFFAIRES = pattern(r"['’]?[ \n]d['’][ ]?affaires?(?:[ ]a\.i\.|[ ]ad[ ]interim)?", re.IGNORECASE)
_WORD = r"(?:[A-ZÀ-Þ](?:\.|[\w]{0,24}(?:[-'’][\w]{1,24}){0,3})|al-[A-Z]\w{1,24}|el-[A-Z]\w{1,24})"
_PARTICLE = (
    r"(?:al|el|bin|ibn|bint|abu|ould|ben|van|von|der|den|de|del|della|di|da|do|dos|du|la|le)"
)
_NAME = pattern(rf"(?:{_GAP})((?:{_PARTICLE}(?:{_GAP})){{0,2}}{_WORD})")
_PIECE = pattern(r"(?<![A-Za-z&./-])[A-Za-z&./-]{1,24}$")
_POSSESSIVE = pattern(r"['’`][sS]?$|['’]$")
_OWNER = pattern(r"['’`,][sS]\b|[sS]['’]")
_ARTICLE = pattern(r"(?i:(?<![\w'’-])(?:the|a|an|its|their|another)\s{1,4})$")
_NEXT = pattern(r"[ \t]{0,4}\\?\n?[ \t]{0,8}([A-Za-z][\w'’-]{1,24})")
_OFFICE = pattern(
    r"([A-Z][A-Za-z-]{2,20}+)[ \n]{1,3}(?:of|for|OF|FOR)[ \n]{1,3}(?:(?:the|THE)[ \n])?"
    r"((?:[A-Z&a][A-Za-z&-]{0,20}+[ \n]{1,3}){0,4})$"
)
"""The part of an office before its last word: `Minister of Foreign Affairs and Trade` before
`Trade`.
"""
_COMPOUND = pattern(r"\w{1,40}-(?:[a-zà-þ]{1,20}-)?[a-zà-þ]{2,20}(?:ed|ing|born|led|elect|run)$")
"""A capitalized word that is not a name: `Soviet-organized`."""
_SHORTENED = frozenset({"Wm", "Geo", "Chas", "Thos", "Jos", "Mohd", "St"})
"""Given names that end in a full stop."""
_LAST = TITLES | OFFICES
"""The last words of titles; those with a hyphen are handled separately."""
_MOST_WORDS = 4
_MOST_OF_ALL = 8
_BEHIND = 60
"""The number of characters before a title to search for its beginning."""
_SHORT_CAPITALS = 4
"""The maximum length, in letters, of a word in capitals that is probably an acronym in a text of
both cases.
"""
_AROUND = 40
_LONGEST_WORD = 24
_LONG_TITLE = 4
_LONGEST_ARTICLE = 12
_LONGEST_PREFIX = 9


class Mention(NamedTuple):
    """A title and a name in a text, which may not denote a person."""

    title: str
    """The title: `Deputy Foreign Minister`; empty for a name without a title."""
    name: str
    """The name: `Ada Pelham`; unchanged in a text in capitals."""
    start: int
    """The offset of the title in the text."""
    end: int

    @property
    def text(self) -> str:
        """The title and the name on one line."""
        return f"{self.title} {self.name}".strip()


def mentions(body: str, top: Top | None = None, known: Iterable[str] = ()) -> Iterator[Mention]:
    """Yield the mentions in a body, in order; raises no error, and takes linear time.

    `known` are names that are certain in the cable: the signer's and the officer's.
    """
    evidence = Evidence(body, read(body) if top is None else top)
    all_mentions = list(_all(body, evidence))
    sure_surnames = {
        surname(mention.name) for mention, is_doubtful in all_mentions if not is_doubtful
    }
    sure_surnames.update(map(surname, known))
    for mention, is_doubtful in all_mentions:
        if not is_doubtful or surname(mention.name) in sure_surnames:
            yield mention


def _all(body: str, evidence: Evidence) -> Iterator[tuple[Mention, bool]]:
    """Yield each mention, and whether it needs another mention of the same name."""
    done_to = 0
    for match in _TITLE.finditer(_coded(body), evidence.first):
        title_start, name_end = match.span()
        is_joint = (
            title_start < done_to < name_end and body[done_to] == "-"
        )  # `President Kelp-President Rask`
        title_start = done_to + 1 if is_joint else title_start
        word = body[title_start:name_end]
        low_word = word.lower()
        if (
            low_word not in _LAST and "-" not in low_word
        ) or title_start < done_to:  # or within a name
            continue
        if body[title_start - 1 : title_start].isalnum():  # a letter that is not coded
            continue
        mention_start = (
            title_start
            if is_joint and low_word in TITLES
            else _title(body, title_start, word, done_to)
        )
        if mention_start < 0 or evidence.in_field(mention_start):
            continue
        title_end = name_end + (body[name_end] == ".")
        if title_end > name_end and low_word not in POINTED:
            continue
        if low_word in CHARGES and (affaires_match := _AFFAIRES.match(body, name_end)):
            title_end = affaires_match.end()
        if body[title_end : title_end + 1] in "\r\n\\" and _is_alone(body, mention_start):
            continue
        name, mention_end = _Name(body, title_end, word, evidence).read()
        if name:
            title_text = " ".join(body[mention_start:title_end].split())
            mention = Mention(title_text, name, mention_start, mention_end)
            doubt = _doubt(body, mention, evidence)
            if doubt is not None:
                yield mention, doubt
                done_to = mention_end


def _coded(text: str) -> bytes:
    """Return a text with one byte per character, and `A` for every capital.

    A search for one character takes a quarter of the time of a search for a set of characters.
    """
    return text.replace("’", "'").encode("latin-1", "replace").translate(_CODES)


def _title(body: str, start: int, word: str, least: int) -> int:
    """Return the start of the title that ends with this word, or -1 if no title ends with it."""
    low_word = word.lower()
    if body[start - 1 : start] == "-":
        prefix = _PREFIX.search(body, max(start - _LONGEST_PREFIX, least), start)
        if prefix is None or prefix[0][:-1].lower() not in PREFIXES:
            return -1
        start = prefix.start()
    if low_word in TITLES or ("-" in low_word and _is_joined(low_word)):
        return _beginning(body, start, least)
    match = (
        _OFFICE.search(body, max(start - _BEHIND, least), start) if low_word in OFFICES else None
    )
    if match is None or match[1].lower() not in LED:
        return -1
    title_words = match[2].lower().replace("&", "and").split()
    return _beginning(body, match.start(), least) if OF_OFFICES.issuperset(title_words) else -1


def _is_joined(low_word: str) -> bool:
    """Return whether a word is a title with a prefix or suffix, joined by a hyphen.

    It matches `ex-president`, `secretary-general`, `president-elect`, but not `aliyev-president`.
    """
    first_part, _, last_part = low_word.partition("-")
    return (last_part in TITLES and (first_part in PREFIXES or first_part in BEFORE)) or (
        first_part in TITLES and last_part in SUFFIXES
    )


def _is_alone(body: str, start: int) -> bool:
    """Return whether a title at the end of its line also begins it, as below a name in a list."""
    return not body[max(body.rfind("\n", 0, start) + 1, start - _BEHIND) : start].strip()


class _Name:
    """The name that begins after a title."""

    def __init__(self, body: str, start: int, title: str, evidence: Evidence) -> None:
        self._body = body
        self._at = start
        self._evidence = evidence
        line_text = body[max(body.rfind("\n", 0, start) + 1, start - _AROUND) : start + _AROUND]
        next_word = _NEXT.match(body, start)
        self._capitals = not any(map(str.islower, line_text)) or (
            len(title) > _LONG_TITLE
            and title.isupper()
            and next_word is not None
            and next_word[1].isupper()
        )

    def read(self) -> tuple[str, int]:
        """Return the name and its end; the name is empty if none follows."""
        name_words: list[str] = []
        word_ends: list[int] = []
        name_end = self._at
        while len(name_words) < _MOST_OF_ALL:
            match = _NAME.match(self._body, name_end)
            if match is None:
                break
            word = match[1]
            bare_word = _before_title(_POSSESSIVE.sub("", word))
            if len(name_words) >= _MOST_WORDS and not _is_particle(name_words[-1]):
                break
            if not self._may_be_name(bare_word, match.start(1), first=not name_words):
                break
            if name_words and not self._goes_on(name_words, bare_word):
                break
            name_words.append(" ".join(bare_word.split()))
            name_end = match.end(1) - (len(word) - len(bare_word))
            if bare_word in _SHORTENED and self._body[name_end : name_end + 1] == ".":
                name_end += 1
            word_ends.append(name_end)
            if bare_word != word or self._body[name_end : name_end + 1] in {
                ",",
                ";",
                ":",
                ".",
                ")",
            }:
                break
        while name_words and (_is_initial(name_words[-1]) or _is_particle(name_words[-1])):
            name_words.pop()  # a name does not end so
        if not name_words:
            return "", self._at
        return " ".join(name_words), word_ends[len(name_words) - 1]

    def _goes_on(self, name_words: Sequence[str], word: str) -> bool:
        """Return whether a name has another word; in capitals, nothing else marks its end."""
        if not self._capitals:
            return (
                word.isupper() or not name_words[-1].isupper() or len(name_words[-1]) < _LONG_TITLE
            )
        if any(map(_is_initial, (name_words[-1], word))) or _is_particle(name_words[-1]):
            return True
        if self._evidence.is_mixed:
            return all(map(self._evidence.is_written, (name_words[-1], word)))
        return name_words[-1].lower() in GIVEN

    def _may_be_name(self, word: str, start: int, *, first: bool) -> bool:
        last_part = word.rsplit(maxsplit=1)[-1]
        if _is_initial(last_part):
            return True
        folded_part = fold(last_part).rstrip(".")
        if folded_part in NO_NAMES or folded_part in TITLES or len(folded_part) < 2:
            return False
        if first and folded_part in PLACES:
            return False
        if not last_part.isalpha() and any(
            letter.isdigit() or letter == "_" for letter in last_part
        ):
            return False
        if "XXX" in last_part.upper():
            return False
        if ("-" in last_part and _COMPOUND.match(last_part)) or (
            last_part[1:2].isupper() and folded_part[1:] in NO_NAMES
        ):
            return False
        if self._capitals:
            if not last_part.isupper() and last_part[1:].islower():
                return False  # `CROWN PRINCE` and the next line, `Classified`
            return (
                folded_part not in CAPITAL_STOPS
                and folded_part not in posts.places()
                and len(folded_part) > 2
            )
        if not last_part.isupper():
            return True
        # `PM NATO`, `FM USG`: a short word of capitals alone is an acronym; no line begins so.
        return (
            len(last_part) > _SHORT_CAPITALS
            and not is_code(last_part)
            and self._body[start - 1] != "\n"
        )


def _before_title(word: str) -> str:
    """Return a word without a title that a hyphen joins to it: `Kelp-President` is `Kelp`."""
    name_part, _, part_after = word.rpartition("-")
    return name_part if name_part and part_after.lower() in TITLES else word


def _is_initial(word: str) -> bool:
    return (len(word) == 2 and word.endswith(".")) or (len(word) == 1 and word.isupper())


def _is_particle(word: str) -> bool:
    return (low_word := word.lower()) in JOINED or low_word in PARTICLES


def _doubt(body: str, mention: Mention, evidence: Evidence) -> bool | None:
    """Return whether a mention needs another of the same name, or None if it is not of a person."""
    name_words = [fold(word) for word in mention.name.split() if not _is_initial(word)]
    last_name, is_alone = mention.name.split()[-1], len(name_words) == 1
    title = mention.title.split()[-1].lower().strip(".")
    if mention.name[0].islower() and name_words[0] in PARTICLES and title not in PERSONAL:
        return None  # `Confederacion General de Trabajadores`
    are_common = [is_common(word) for word in name_words]
    begins_line = body[mention.end - len(mention.name) - 1] == "\n"
    if _is_none(body, mention, name_words, is_noun=are_common[-1] and title not in PERSONAL) or (
        begins_line and body[mention.end : mention.end + 1] == ":"  # the label of another line
    ):
        return None
    if evidence.is_mixed and last_name.isupper() and mention.title.isupper():
        is_owner = _OWNER.match(body, mention.end) is not None
        is_name = (is_owner and not all(are_common)) or not (is_alone or any(are_common))
        return not (is_name or evidence.is_written(last_name))
    search_start = max(mention.start - _LONGEST_ARTICLE, 0)
    is_heading = evidence.is_heading(mention.start)
    is_sentence = evidence.is_mixed and not is_heading and title in PERSONAL
    if is_alone and (
        _ARTICLE.search(body, search_start, mention.start)
        or not (evidence.is_mixed or title in PERSONAL)
    ):
        return True
    if name_words[-1] in posts.places() and not (is_sentence and is_alone):
        return True
    if name_words[0] in GIVEN and not is_alone:
        return False
    if is_heading:
        is_clear = not any(are_common)
    else:
        is_clear = not are_common[-1] or (title in PERSONAL and not all(are_common))
    if is_clear or (is_sentence and not begins_line and not evidence.is_small(last_name)):
        return False
    return not evidence.is_inner(last_name)


def _is_none(body: str, mention: Mention, name_words: Sequence[str], *, is_noun: bool) -> bool:
    """Return whether the next words show that this is not a person.

    The words may name a hospital, or belong to a title such as `Deputy Head of`.
    """
    next_word = _NEXT.match(body, mention.end)
    word_after = fold(next_word[1]) if next_word else ""
    if name_words[-1].endswith("s") and name_words[-1][:-1] in posts.places():
        return True  # `the Mr. Africas`
    if {name_words[-1], word_after} & NAMED_AFTER or (
        name_words[-1] in BEFORE and word_after in TITLES
    ):
        return True
    return is_noun and word_after in ("of", "for")


def _beginning(body: str, start: int, least_start: int) -> int:
    """Return the start of the whole title: `Deputy Foreign Minister` for `Minister`."""
    least_start = max(start - _BEHIND, least_start)
    title_start = start
    while title_start > least_start:
        word_end = len(body[least_start:title_start].rstrip()) + least_start
        if word_end == title_start or "\n" in body[word_end:title_start].replace("\n", "", 1):
            break
        word_match = _PIECE.search(body, max(word_end - _LONGEST_WORD, least_start), word_end)
        if (
            word_match is None
            or not word_match[0][0].isupper()
            or word_match[0].lower() not in BEFORE
        ):
            break
        title_start = word_match.start()
    return title_start


def untitled(text: str) -> str:
    """Return a spelling without the title: `Ada Pelham` for `Foreign Minister Ada Pelham`."""
    spelling_words = text.split()
    while len(spelling_words) > 1 and _is_title_word(spelling_words[0].lower().rstrip(".")):
        spelling_words.pop(0)
    return " ".join(spelling_words)


def _is_title_word(low_word: str) -> bool:
    return (
        low_word in TITLES
        or low_word in OF_OFFICES
        or low_word in ("of", "for", "the")
        or _is_joined(low_word)
    )


_SMALL = pattern(r"[a-zà-þ](?<![\w'’.-].)[a-zà-þ]{2,23}(?![\w'’-])")
_CAPITALIZED = pattern(r"[A-ZÀ-Þ](?<![\w'’.-].)[\w'’-]{0,24}[a-zà-þ]\w{0,24}")
_IN_SENTENCE = pattern(r"(?<![\w'’-])([a-zà-þ]{2,24}),?[ \t\\]{1,4}\n?[ \t]{0,8}\Z")
"""The lower-case word before a capitalized word, showing that the latter does not begin a sentence.
"""
_LONGEST_BEFORE = 40
_FOREIGN = pattern(r"[^\x00-\x7f]+")
_SMALL_LETTERS, _CAPITALS = ascii_lowercase.encode(), ascii_uppercase.encode()
_RULE = pattern(r"[-=*_]{4,200}")
_ARTICLES = frozenset("the an any its their this that these those his her our each".split())
_SENTENCE = pattern(r"[.,;][\s\"”]")
_LETTERS = pattern(r"[A-Za-zÀ-þ][\w'’]{3,40}")
_FEW = 20
"""The maximum number of words to search for one by one. For more words, all words in the text are
collected, which takes as long as searching for fifty.
"""
_LONGEST_HEADING = 120
_SAMPLE = 2000
"""The number of characters that are enough to show whether a text is all in capitals."""
_NO_HEADING = frozenset("with from over into than that after against between amid will".split())
"""Words of at least four letters that headings write in lower case."""
_ENDS = tuple(
    "tion tions ment ments ness ally edly ingly ously ively ative etic istic ility ships".split()
)
_SHORT = 7
_HEAD_FIELDS = frozenset({"order", "tags", "refs", "classified", "derived"})
_LONGEST_FIELD = 600


@lru_cache(maxsize=16384)
def is_common(folded: str) -> bool:
    """Return whether a word is common English or a person's role, and thus not a name by itself."""
    plain_word = folded.rstrip(".")
    has_noun_ending = len(plain_word) > _SHORT and plain_word.endswith(_ENDS)
    return has_noun_ending or plain_word in ROLES or tables.is_english(plain_word)


@lru_cache(maxsize=4096)
def is_code(word: str) -> bool:
    """Return whether a word in capitals is a code of telegrams: a post, a tag, an acronym."""
    return (
        fold(word) in posts.places()
        or (len(word) == 4 and tag_lists.tag(word) is not None)
        or bool(tables.acronym(word))
    )


class Evidence:
    """The words of one body by spelling, collected when needed."""

    def __init__(self, body: str, top: Top) -> None:
        self._body = body
        self._top = top
        self._text = top.end if top.numbered else 0
        self.first = top.labels[0].start if top.labels else 0
        """The offset of the first label; people are not mentioned above it."""
        self._asked = 0
        self._all_places: dict[Pattern[str], dict[str, list[int]]] = {}

    def _field(self, offset: int) -> Kind | None:
        """Return the kind of field at an offset, or None; an empty line ends a field."""
        next_label = self._top.end
        for label in reversed(self._top.labels):
            if label.start <= offset:
                field_end = min(next_label, label.content + _LONGEST_FIELD)
                blank_line = self._body.find("\n\n", label.content, field_end + 1)
                return (
                    label.kind
                    if offset < max(field_end if blank_line < 0 else blank_line, label.content)
                    else None
                )
            next_label = label.start
        return None

    @cached_property
    def _small(self) -> str | None:
        """The text in lower case with the same length, or None if it has letters outside ASCII."""
        if not (body := self._body).isascii():
            if any(map(str.isalnum, "".join(_FOREIGN.findall(body)))):
                return None
            body = body.encode("ascii", "replace").decode()  # it is lowered ten times faster
        return body.lower()

    def _places(self, low: str, shape: Pattern[str]) -> Iterable[int]:
        """Yield the offsets of words that match a pattern and fold to `low`."""
        self._asked += 1
        if self._small is None or self._asked > _FEW or not low.isascii():
            return self._collected(shape).get(low, ())
        return self._found(low, shape, self._small)

    def _found(self, low: str, shape: Pattern[str], small_text: str) -> Iterator[int]:
        word_start = small_text.find(low)
        while word_start >= 0:
            match = shape.match(self._body, word_start)
            if match and match.end() - word_start == len(low):
                yield word_start
            word_start = small_text.find(low, word_start + 1)

    def _collected(self, shape: Pattern[str]) -> dict[str, list[int]]:
        spans_by_place = self._all_places.get(shape)
        if spans_by_place is None:
            spans_by_place = self._all_places[shape] = {}
            for match in shape.finditer(self._body):
                spans_by_place.setdefault(fold(match[0]), []).append(match.start())
        return spans_by_place

    def _has(self, low: str, shape: Pattern[str]) -> bool:
        return next(iter(self._places(low, shape)), None) is not None

    @cached_property
    def is_mixed(self) -> bool:
        """Whether the text is not all in capitals."""
        first_text = self._body[self._text : self._text + _SAMPLE]
        ascii_bytes = first_text.encode(
            "ascii", "ignore"
        )  # letter by letter it takes ten times as long
        foreign_letters = "" if first_text.isascii() else "".join(_FOREIGN.findall(first_text))
        small_letters = len(ascii_bytes) - len(ascii_bytes.translate(None, _SMALL_LETTERS))
        capital_count = len(ascii_bytes) - len(ascii_bytes.translate(None, _CAPITALS))
        return small_letters + sum(map(str.islower, foreign_letters)) > capital_count + sum(
            map(str.isupper, foreign_letters)
        )

    def is_written(self, word: str) -> bool:
        """Return whether a word in capitals also occurs as `Word`, and never as `word`."""
        low_word = fold(word)
        return self._has(low_word, _CAPITALIZED) and not self._has(low_word, _SMALL)

    def is_inner(self, word: str) -> bool:
        """Return whether a word is capitalized within a sentence, and never in lower case."""
        low_word = fold(word)
        return not self._has(low_word, _SMALL) and self._is_in_sentence(low_word)

    def is_small(self, word: str) -> bool:
        """Return whether a word occurs in lower case and is never capitalized within a sentence."""
        low_word = fold(word)
        return self._has(low_word, _SMALL) and not self._is_in_sentence(low_word)

    def _is_in_sentence(self, low: str) -> bool:
        """Return whether a word is capitalized after a lower-case word, outside headings."""
        return any(
            before_match[1] not in _ARTICLES and not self.is_heading(word_start)
            for word_start in self._places(low, _CAPITALIZED)
            if (
                before_match := _IN_SENTENCE.search(
                    self._body, max(word_start - _LONGEST_BEFORE, 0), word_start
                )
            )
        )

    def in_field(self, offset: int) -> bool:
        """Return whether an offset is above the labels, or in a field without mentions."""
        return offset < self.first or self._field(offset) in _HEAD_FIELDS

    def is_heading(self, offset: int) -> bool:
        """Return whether an offset is in the subject, or on a line of capitalized long words."""
        body = self._body
        if self._field(offset) == "subject":
            return True
        line_start = max(body.rfind("\n", 0, offset) + 1, offset - _LONGEST_HEADING)
        line_end = body.find("\n", offset)
        line_end = min(len(body) if line_end < 0 else line_end, offset + _LONGEST_HEADING)
        for rule_match in _RULE.finditer(body, line_start, line_end):
            if rule_match.end() <= offset:
                line_start = rule_match.end()
            else:
                line_end = rule_match.start()
                break
        if line_end - line_start >= _LONGEST_HEADING or _SENTENCE.search(
            body, line_start, line_end
        ):
            return False
        word_count = 0
        for word in _LETTERS.finditer(body, line_start, line_end):
            if word[0] not in _NO_HEADING:
                if not word[0][0].isupper():
                    return False
                word_count += 1
        return word_count > 1
