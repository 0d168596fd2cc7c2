"""Read TAGS: with or without colon and commas, over several lines, with names and slips."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import islice

from cable_tui.base.named_tuple import NamedTuple
from cable_tui.base.pattern import pattern
from cable_tui.glossary import tag_lists
from cable_tui.telegram.body_labels import Label, Piece, Top, breaks_around, without_furniture
from cable_tui.telegram.captions import is_caption
from cable_tui.telegram.pagebreaks import is_class_alone

_TOKEN = pattern(
    r"\(([^()\n]{2,60})\)|([A-Za-z0-9][A-Za-z0-9&'.-]{0,60}(?:/[Cc]-?[0-9](?![A-Za-z0-9]))?)"
)
"""A name in brackets, or a word. A General Assembly committee is part of its word: `UNGA/C-6`."""
_SEPARATORS = pattern(r"[\s,;/]+")
_TAG_LINE = pattern(r"[ \t\\]{0,12}(?:[A-Z][A-Z0-9-]{1,34}+[ ,;/.\t\\]{0,4}){1,30}$")
_COMMA = pattern(r"[,;](?![^()\n]{0,60}\))")
_STOP = pattern(
    r"\b(?:SUBJ(?:ECT)?|REFS?|REFTELS?|CLASSIFIED[ ]BY|DERIVED[ ]FROM)[ \t]{0,2}:"
    r"|[-=_*]{3}|\b1\.[ \t]",
    re.IGNORECASE,
)
_OF_A_STOP = pattern(r"[:.=_*-]")
"""The characters of which every stop contains at least one; searching for them is much faster."""
_LINE_ELSEWHERE = pattern(
    r"^[ \t>]{0,8}(?P<label>TAGS?[ \t]{0,2}:?)[ \t]{1,4}(?P<codes>[A-Z][A-Z0-9 ,/()&'.-]{1,240}?)"
    r"[ \t\\]{0,40}$",
    re.MULTILINE,
)
_AND = "AND"
_NO_TAGS = frozenset(
    "N/A NONE SIPDIS NOFORN SENSITIVE PAGE SECRET CONFIDENTIAL UNCLAS UNCLASSIFIED".split()
)
_NOTHING = "NA"
"""A text that means no TAGS if it is alone; among codes, the site counts it as a tag."""
_MOST_LINES = 6
_SUBJECT_FIELDS = "ABCEKMOPST"
"""First letters of subject and program tags: a word of four letters with one of them may be an
unlisted tag.
"""
_HEADS = frozenset(
    """
    AFFAIRS AMBASSADOR CLEARANCE CRIME DEFENSE DISENGAGEMENT ELECTIONS EXTERNAL FINANCE FREEDOM
    ISSUES POLICY POLITICS RELATIONS REPORT RIGHTS SECURITY TERRORISM TRAFFICKING ZEALAND
    """.split()
)
"""Words that end a name of several words, so the next tag may follow without a comma."""
_COUNTRY = 2
"""The number of letters in a country's code."""
_SHORT = frozenset({"POL", "MIL", "LABOR"})
"""Words that posts use as tags although the lists lack them."""
_ADJECTIVES = frozenset({"FOREIGN", "DOMESTIC", "INTERNAL"})


class Tags(NamedTuple):
    """The TAGS of a cable."""

    codes: tuple[str, ...]
    """The codes in upper case, with slips repaired, in the order of the cable and without
    duplicates.
    """
    typed: str
    """The TAGS as printed, with slips, on one line."""
    end: int
    """The end of the TAGS in the body, or 0 if there are no TAGS."""


def tags(top: Top) -> Tags:
    """Return the TAGS of a body, from the first TAGS line that contains any."""
    for label in top.labels:
        if label.kind == "tags":
            tag_pieces = _pieces(top, label)
            tag_text = " ".join(piece.text for piece in tag_pieces)
            tag_codes = _plain(tag_text) or _repaired(tag_text)
            if tag_codes is not None:
                return Tags(tag_codes, " ".join(tag_text.split()), tag_pieces[-1].end)
    return _unlabelled(top)


def _plain(text: str) -> tuple[str, ...]:
    """Return the codes of a TAGS line that contains only codes without slips, as most do."""
    tag_words = text.upper().replace(",", " ").split()
    return tuple(dict.fromkeys(tag_words)) if tag_lists.plain_codes().issuperset(tag_words) else ()


def _repaired(text: str) -> tuple[str, ...] | None:
    """Return the codes and names on any TAGS line, or None if no word on it may be a tag."""
    tag_tokens = _tokens(text)
    if not tag_tokens:
        return None
    if any(map(_is_loose, tag_tokens)):
        return tuple(dict.fromkeys(_codes(_groups(text))))
    return tag_lists.repair_tags(tag_tokens)


def _unlabelled(top: Top) -> Tags:
    """Return codes that are alone on a line below the E.O. line, if the label is lost."""
    order_label = top.first("order")
    for piece in islice(top.pieces(order_label), 1, _MOST_LINES) if order_label else ():
        piece_text = " ".join(piece.text.split())
        if (
            len(tokens := _tokens(piece_text)) > 1
            and _TAG_LINE.match(piece_text)
            and _codes_only(",".join(tokens))
        ):
            return Tags(tag_lists.repair_tags(tokens), piece_text, piece.end)
    return Tags((), "", 0)


def tags_elsewhere(text: str) -> tuple[str, ...]:
    """Return the TAGS of a text whose head has none, from its first TAGS line."""
    for match in _LINE_ELSEWHERE.finditer(text):
        tokens = _tokens(match["codes"])
        known_tags = sum(1 for token in tokens if tag_lists.tag(token))
        if known_tags * 2 >= len(tokens) and (known_tags > 1 or ":" in match["label"]):
            return tuple(dict.fromkeys(_codes(_groups(match["codes"]))))
    return ()


def _pieces(top: Top, label: Label) -> list[Piece]:
    taken_pieces: list[Piece] = []
    is_open_end = True
    field_pieces = without_furniture(islice(top.pieces(label), _MOST_LINES * 4))
    for piece_index, piece in enumerate(field_pieces):
        piece_text = piece.text.strip(" \t\\")
        if not piece_text:
            if taken_pieces and not is_open_end and not breaks_around(field_pieces, piece_index):
                break
            continue
        if taken_pieces and is_class_alone(piece_text):
            continue
        if (
            taken_pieces
            and not (is_open_end and _is_tag_line(piece_text))
            and not _continues(piece_text, broken=breaks_around(field_pieces, piece_index - 1))
            and not _ends_name(taken_pieces[-1].text, piece_text)
        ):
            break
        stop_match = _STOP.search(piece_text) if _OF_A_STOP.search(piece_text) else None
        if stop_match:
            piece_text = piece_text[: stop_match.start()]
        taken_pieces.append(piece._replace(text=piece_text))
        is_open_end = piece_text.endswith((",", "(", ";")) or piece_text.count(
            "("
        ) > piece_text.count(")")
        if stop_match or len(taken_pieces) >= _MOST_LINES:
            break
    return taken_pieces


def _is_tag_line(text: str) -> bool:
    return _TAG_LINE.match(text.upper()) is not None or ")" in text[:40]


def _continues(text: str, *, broken: bool) -> bool:
    """Return whether an unexpected additional line consists of tags."""
    if not _TAG_LINE.match(text) or is_caption(text):
        return False
    line_words = [word for word in _SEPARATORS.split(text) if word]
    known_tags = sum(1 for word in line_words if tag_lists.tag(word.rstrip(".")) is not None)
    return known_tags * 2 > len(line_words) or (broken and known_tags > 0)


def _ends_name(above: str, text: str) -> bool:
    """Return whether a line is the last word of a name that began on the line above."""
    word_before = above.split()[-1:]
    return text in _HEADS and bool(word_before) and _is_loose(word_before[0])


def _codes(tag_groups: list[list[str]]) -> Iterator[str]:
    """Yield the tags in groups of tokens: repaired, and a name of several words as one tag."""
    for group_tokens in tag_groups:
        name_start = 0
        for token_index in range(1, len(group_tokens)):
            if (
                token_index - 1 > name_start
                and group_tokens[token_index - 1] == "IN"
                and group_tokens[token_index] in _countries()
            ):
                yield from _names(group_tokens[name_start : token_index - 2])
                yield " ".join(group_tokens[token_index - 2 : token_index + 1])
                name_start = token_index + 1
            elif (
                token_index > name_start
                and group_tokens[token_index - 1] in _ADJECTIVES
                and not _is_loose(group_tokens[token_index])
            ):
                yield from _names(group_tokens[name_start : token_index - 1])
                yield f"{group_tokens[token_index - 1]} {group_tokens[token_index]}"
                name_start = token_index + 1
        yield from _names(group_tokens[name_start:])


@cache
def _countries() -> frozenset[str]:
    """Return the names of countries in capitals, as in `TIP IN TURKEY`, which is one name."""
    return frozenset(tag.title.upper() for tag in tag_lists.tags() if len(tag.code) == _COUNTRY)


def _names(words: list[str]) -> Iterator[str]:
    """Yield tags, and names formed from several words that are not tags."""
    repaired_tags = tag_lists.repair_tags(words)
    if not any(map(_is_loose, repaired_tags)):
        yield from repaired_tags
        return
    joined_words = set(repaired_tags) - set(words)
    name_words: list[str] = []
    for word in repaired_tags:
        for name_part in _unglued(word):
            is_whole_name = not _is_loose(name_part) or " " in name_part or word in joined_words
            if is_whole_name or (len(name_words) > 1 and name_words[-1] in _HEADS):
                yield from _name(name_words)
                name_words = []
            if not is_whole_name:
                name_words.append(name_part)
            elif name_part != _AND:
                yield name_part
    yield from _name(name_words)


def _name(words: list[str]) -> Iterator[str]:
    joined_name = " ".join(words).removeprefix(f"{_AND} ").removesuffix(f" {_AND}")
    if joined_name and joined_name != _AND:
        yield joined_name


def _unglued(word: str) -> tuple[str, ...]:
    """Return the last word of a name and the codes joined to it: `RIGHTSPOLMIL`."""
    for known_head in _HEADS:
        codes_after_head = word.removeprefix(known_head)
        if codes_after_head != word and codes_after_head and len(codes_after_head) % 3 == 0:
            codes = tuple(
                codes_after_head[code_start : code_start + 3]
                for code_start in range(0, len(codes_after_head), 3)
            )
            if all(code in _SHORT or tag_lists.tag(code) for code in codes):
                return (known_head, *codes)
    return (word,)


@lru_cache(maxsize=2048)
def _is_loose(token: str) -> bool:
    """Return whether a token can only be one word of a longer name."""
    if token in (_AND, "NEW", "OF"):
        return True
    if (
        len(token) < 4
        or token in _SHORT
        or not token.replace("-", "").isalpha()
        or tag_lists.tag(token)
    ):
        return False
    return len(token) > 4 or token[0] not in _SUBJECT_FIELDS


def _groups(text: str) -> list[list[str]]:
    """Return the tokens of a TAGS line, grouped by the commas between them.

    Tokens are joined across a comma only if they form a complete tag: `BIDEN, JOSEPH` is one name.
    """
    tag_groups: list[list[str]] = [[]]
    for comma_part in _COMMA.split(text):
        tokens = _tokens(comma_part)
        if (
            len(tag_groups[-1]) == 1
            and len(tokens) == 1
            and _known_name(tag_groups[-1][0], tokens[0])
        ):
            tag_groups[-1].extend(tokens)
        elif tokens:
            tag_groups.append(tokens)
    return [token_group for token_group in tag_groups if token_group]


def _known_name(name: str, second: str) -> bool:
    if name == second or not (_is_loose(name) and _is_loose(second)):
        return False
    return len(tag_lists.repair_tags([name, second])) == 1


def _tokens(text: str) -> list[str]:
    """Return the words of a TAGS line; a name in brackets that contains a comma is one word."""
    tag_tokens: list[str] = []
    for match in _TOKEN.finditer(text.upper()):
        tag_name, word = match.groups()
        if tag_name and "," in tag_name and not _codes_only(tag_name):
            tag_tokens.append(" ".join(tag_name.split()))
        elif tag_name:
            tag_tokens.extend(name_part for name_part in _SEPARATORS.split(tag_name) if name_part)
        else:
            tag_tokens.append(word.strip(".'&-"))
    tag_tokens = [token for token in tag_tokens if len(token) > 1 and _is_tag(token)]
    return [] if tag_tokens == [_NOTHING] else tag_tokens


def _codes_only(name: str) -> bool:
    return all(tag_lists.tag(name_part.strip()) is not None for name_part in name.split(","))


def _is_tag(token: str) -> bool:
    if token in _NO_TAGS or not token[0].isalpha():
        return False
    return len(set(token)) > 1 or tag_lists.tag(token) is not None
