"""Read the top of a body once: the offsets of its labels and of its first paragraph.

Every field at the top (E.O., TAGS, SUBJECT, REF, Classified By) is cut out of this reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Literal, cast

from cable_tui.base.named_tuple import NamedTuple
from cable_tui.base.pattern import pattern
from cable_tui.glossary import tag_lists
from cable_tui.telegram import pagebreaks
from cable_tui.telegram.paragraph_starts import MARKING

Kind = Literal["order", "tags", "subject", "refs", "classified", "derived"]

_MOST_LINES = 400
"""The maximum number of lines in a top: a pasted database row may put a whole header before the
labels.
"""
_LONGEST_LINE = 3000
"""The number of characters of a line to search for labels; a whole head may be on one line."""
_FAR = 30
"""The number of lines after the last label within which another label may follow."""
_CUT_WITHIN = 1500
"""The number of characters of a body within which a head that the site cut must end."""
_OPENING = 30
"""The number of characters of a classification line that suffice to recognize its repetition."""
_ROW_BETWEEN = 6000
"""The maximum length, in characters, of a database row between a cut head and the whole text."""
_NEAR_SUBJECT = 8
_NEAR_TAGS = 4

_AT_START = pattern(
    rf"""(?:[ \t>*]|\\n?){{0,12}}(?:{MARKING}[ \t]{{0,3}})?(?i:
      (?P<order>E\.?[ \t]?[O0]\.?[ \t:,.]{{0,4}}(?=\d{{4,6}}\b|N/A\b|DECL\b)
               |EXECUTIVE[ ]ORDER[ \t:]{{0,3}}(?=\d{{5}}))
      |(?P<tags>TAGS?(?:[ \t]{{0,2}}[:;]|[ ]-(?=[ ])
                      |[,.][ ]{{0,2}}(?=(?-i:[A-Z]{{2,5}})(?:[ ,:;]|$)))
               |(?-i:TAGS(?=[ \t]{{1,4}}[A-Z(]|[ \t]{{0,4}}$))
               |TAGS?(?=[ \t]{{1,4}}[A-Z]{{2,9}}(?:[ ,]|$))
               |(?:TAS|TABS|TGS|TAGES|AGS|TASG|TAGGS|TAGSS)[ \t]{{0,2}}[:;])
      |(?P<subject>SUBJ(?:ECT)?S?[ \t]{{0,2}}[:;]|(?-i:SUBJ(?:ECT)?)(?=[ \t]|$)(?![ \t]{{1,3}}LINE))
      |(?P<refs>REF(?:S|\(S\)|TELS?|ERENCES?)?[ \t.]{{0,2}}[:;]
               |REF(?:S|TELS?)?\.{{1,3}}(?=[ \t]{{0,4}}(?:(?-i:[A-Z]{{3}}|[A-Z]{{2}}[ ][A-Z]{{3}}
                   |[A-Z][A-Za-z ]{{2,24}}[ ]\d|[AC]A?-\d)|\(?[A-Z][.)]|\d\d[ ]|$))
               |(?=A[.)][ ]REF[ ](?-i:[A-Z]{{3}})[A-Z ]{{0,20}}[ ]\d)
               |(?-i:REF(?:S|TELS?)?(?=[ \t]{{1,4}}[A-Z0-9(]|[ \t]{{0,4}}$)))
      |(?P<classified>CL?AS{{1,3}}[IF]{{0,4}}(?:IED|ED|IE|DE)[ \t]{{1,3}}BY\b
               |CLASSIFIED[ \t]?:|CLASS?BY:)
      |(?P<derived>DERIVED[ ]FROM\b)
    )""",
    re.VERBOSE,
)
_INLINE = pattern(
    r"""(?:(?<=[\s.;,)"])|(?<=\\n))(?:
      (?P<order>E\.[ ]?[Oo0]\.?[ ]{0,2}:?(?=[ ]?\d{5}:?[ ]{1,3}(?i:DECL|N/A))
               |EO[ ](?=\d{5}[ ](?:DECL|N/A)))
      |(?P<tags>(?:TAGS|Tags|(?<=[ ])AGS)[ \t]?[:;]|TAGS[ ](?=[A-Z]{4}\b|[A-Z]{2,3},[ ][A-Z])
          |TAG(?=[ ][A-Z]{4},[ ][A-Z]|:[ ]?[A-Z]{4}[ ,]{1,2}[A-Z]))
      |(?P<subject>(?:SUBJ(?:ECT)?|Subject)[ \t]?:)
      |(?P<refs>(?:REFS?|REFTELS?|Refs?|REF\(S\)|Ref\(s\))[ \t]?:|REFTELS?(?=[ ][A-Z][.)]))
      |(?P<classified>(?:Classified[ ][Bb]y|CLASSIFIED[ ]BY)[ \t]?:
                     |(?<=\([UC]\)[ ])(?:Classified[ ][Bb]y|CLASSIFIED[ ]BY)\b
                     |(?:Classified[ ][Bb]y|CLASSIFIED[ ]BY)(?=[ ][A-Z][^\n]{3,160}?[ ]
                       (?i:reasons?)[ :]{1,3}1\.[45]\b))
    )|(?P<glued>REFS?:)(?=[ ])
    |(?P<run>SUBJECT:(?<=[A-Za-z0-9]SUBJECT:)|TAGS:(?<=[A-Za-z0-9]TAGS:)(?=[ ]?[A-Z])
            |E\.O\.(?<=[A-Za-z0-9]E\.O\.)[ ]?(?=\d{5}[: ])
            |Classified[ ][Bb]y:(?<=[A-Za-z0-9]Classified[ ][Bb]y:)
            |Classified[ ]By\b(?<=[A-Z]Classified[ ]By)
            |CLASSIFIED[ ]BY:(?<=[a-z0-9]CLASSIFIED[ ]BY:))""",
    re.VERBOSE,
)
_INLINE_LETTERS = pattern(r"[ \w).;,\"](?:REF|TAG|AGS|SUBJ|Subj|E\.|EO |Class|CLASS|Ref|Tags)")
RULE = pattern(r"[ \t]*[-=*_~][-=*_~ \t]{2,200}$")
"""A line that consists of a rule."""
_TAGS_WORD = pattern(
    r"[ \t]{0,8}(?:(?P<word>TAG[ ]S|[A-Za-z]{3,5})[ \t]{0,2}[:;/-]|TAGS(?=[A-Z]{4}[ ,]))[ \t]{0,4}"
    r"(?=(?P<code>[A-Za-z]{4})[ ,])"
)
_CODES = pattern(r"[ \t:;]{0,4}([A-Z]{2,5})(?:[ ,/]{1,3}([A-Z]{2,5}))?\b", re.IGNORECASE)
_NUMBERED_LABEL = pattern(r"[ \t]{0,8}\d{1,2}\.[ \t]{1,4}(?=(?:E\.[ ]?O\.|TAGS?:|SUBJ(?:ECT)?:))")
"""The number before the label in a head whose labels are numbered."""
_SUBJECT_WORD = pattern(r"[ \t]{0,8}([A-Za-z]{6,8})[ \t]{0,2}[:;]")
_FIRST_PARAGRAPH = pattern(
    rf"[ \t>]{{0,8}}(?P<rule>[-=*_]{{3,200}}[ ]?)?¶?[ \t]?"
    rf"(?:1[ \t]?\.{{1,2}}[ \t]?(?:(?![\d.]|4[ \t]?\()|(?=1\.[ ]))"
    rf"|\d{{1,2}}[ \t]?[.,)]?[ \t]{{0,3}}{MARKING}"
    r"|1[ \t]?\)[ \t](?=[A-Z]))"
)
_INLINE_PARAGRAPH = pattern(rf"(?<=[ \t.)])¶?1\.[ \t]{{0,2}}(?={MARKING})")
_INLINE_PROSE = pattern(r"(?<=[\d).] )1\.[ ]{0,2}(?=[A-Z][a-z]{1,15}[ ,:][ ]?[A-Za-z])")
"""The first paragraph within a line, if it has no marking and follows the serial of a reference, a
page break or the reasons.
"""
_UNNUMBERED = pattern(rf"[ \t]{{0,4}}{MARKING}[ \t:.-]{{0,4}}(?=\S.{{25}})")
_NUMBER_AT_START = pattern(r"\n[ \t]{0,8}¶?\d{1,2}[.)][ (]")
_NUMBERED = pattern(r"[A-Z][ ]{1,3}\d{2,7}\b")
"""A serial after its station."""
_ENUMERATED = pattern(r"[ \t]{0,4}\([A-Z]\)[ \t]{1,3}(?:\d{2,4}[ \t])?[A-Za-z .'-]{2,24}[ \t]\d")


class Label(NamedTuple):
    """A label in the top of a body."""

    kind: Kind
    start: int
    """The offset of the label in the body."""
    content: int
    """The offset of the text after the label."""
    line: int


class Piece(NamedTuple):
    """A line, or a part of a line, in a field of the top."""

    start: int
    """The offset in the body of the first character of the piece."""
    end: int
    text: str
    """The text without page breaks; trailing spaces are not stripped."""
    broken: bool
    """Whether a page break was removed from the piece."""

    @property
    def is_blank(self) -> bool:
        """Whether the line contains only spaces, tabs, colons and backslashes."""
        return not self.text.strip(" \t\\:")


class Top(NamedTuple):
    """The labels of one body in text order, and the lines that contain them."""

    body: str
    lines: list[str]
    starts: list[int]
    labels: tuple[Label, ...]
    end: int
    """The offset of the first paragraph, or else of the end of the searched lines."""
    numbered: bool
    """Whether the top ends at a paragraph."""
    furniture: dict[int, int]
    """The page breaks that `pagebreaks.furniture` found in the lines."""
    first_label: int
    """The offset of the first label, or the end of the top if there is no label."""
    cut: int = 0
    """The end of a head that the site cut with `...`, if the same head is repeated below; otherwise
    0.
    """
    whole: int = 0
    """The offset of the whole text after a cut head, or 0 if no head was cut or no text follows the
    second head. Its labels take precedence: a label in the cut head counts only if the whole text
    lacks it.
    """

    # Each is equal to itself only: comparing bodies would take long.
    def __eq__(self, other: object) -> bool:
        return self is other

    def __hash__(self) -> int:
        return id(self)

    def first(self, kind: Kind) -> Label | None:
        """Return the first label of a kind, or None."""
        for label in self.labels:  # a generator takes three times as long, for every field
            if label.kind == kind:
                return label
        return None

    def dense(self, line: int) -> bool:
        """Return whether no line up to `line` is blank, as in a copy that lost blank lines."""
        return all(map(str.strip, self.lines[: line + 1]))

    def pieces(self, label: Label) -> Iterator[Piece]:
        """Yield the lines from a label to the next label or the first paragraph."""
        label_end = self._stop(label)
        piece_start = label.content
        body, starts, furniture = self.body, self.starts, self.furniture
        for line_number in range(label.line, len(starts)):
            if piece_start >= label_end:
                return
            line_end = starts[line_number] + len(self.lines[line_number])
            piece_end = min(line_end, label_end)
            piece_text = body[piece_start:piece_end]
            if furniture and (kept_length := furniture.get(line_number)) is not None:
                remaining_text: str | None = body[
                    piece_start : min(starts[line_number] + kept_length, piece_end)
                ]
            else:
                remaining_text = pagebreaks.rest(
                    piece_text, partly=piece_start > starts[line_number]
                )
            yield Piece(
                piece_start,
                piece_end,
                piece_text if remaining_text is None else remaining_text,
                remaining_text is not None,
            )
            piece_start = line_end + 1

    def _stop(self, label: Label) -> int:
        region_end = self.cut if label.start < self.cut else self.end
        for next_label in self.labels:
            if next_label.start > label.start and not next_label.kind == label.kind == "refs":
                return min(next_label.start, region_end)
        return region_end


class _Reading:
    """The state of one reading, line by line."""

    def __init__(self) -> None:
        self.labels: list[Label] = []
        self.kinds: set[Kind] = set()
        self.end: int | None = None
        self.last_line = 0

    def line(self, line_number: int, line_start: int, line: str) -> bool:
        """Read one line; return False if the top ends at it."""
        stripped_line = line.lstrip(" \t>*\\¶")
        if not stripped_line:
            return True
        text_start = 0
        first_letter = stripped_line[0]
        if first_letter == "n" and line.startswith("\\n"):
            # A line break that a dump wrote out.
            first_letter = stripped_line[1:2] or "n"
        if (
            first_letter in _LETTERS
            and (match := _AT_START.match(line))
            and self._holds(match, line_number)
        ):
            text_start = self._add(match, line_number, line_start)
        elif number_match := first_letter in "123456789" and _NUMBERED_LABEL.match(line):
            match = _AT_START.match(line, number_match.end())
            text_start = self._add(match, line_number, line_start) if match else 0
        elif (
            first_letter in "TAGStags"
            and "tags" not in self.kinds
            and (tags_end := _misspelt_tags(line))
        ):
            text_start = tags_end
            self._keep(Label("tags", line_start, line_start + text_start, line_number))
        elif first_letter in "SsUu" and "subject" not in self.kinds and _misspelt_subject(line):
            text_start = line.index(next(character for character in line if character in ":;")) + 1
            self._keep(Label("subject", line_start, line_start + text_start, line_number))
        elif first_letter in "0123456789(-=_" and self._paragraph(line):
            rule_match = _FIRST_PARAGRAPH.match(line)
            self.end = line_start + (
                rule_match.end("rule") if rule_match and rule_match["rule"] else 0
            )
            return False
        self._inline(line_number, line_start, line, text_start)
        if self.end is None and self.labels:
            self.last_line = max(self.last_line, self.labels[-1].line)
            return line_number - self.last_line <= _FAR
        return self.end is None

    def _holds(self, match: re.Match[str], line_number: int) -> bool:
        """Return whether a label without a colon is real.

        A line of prose may begin with the same word.
        """
        label = match.group().rstrip()
        if label.endswith((":", ";")) or match.lastgroup in ("order", "derived"):
            return True
        if match.lastgroup == "tags":
            if label.endswith("TAGS"):
                return True
            return "tags" not in self.kinds and (
                "subject" not in self.kinds or codes_follow(match.string, match.end())
            )
        if match.lastgroup == "refs":
            if not label:
                return "refs" not in self.kinds
            label_above = next(
                (label for label in reversed(self.labels) if label.kind in ("subject", "tags")),
                None,
            )
            if label_above is None:
                return False
            if label_above.kind == "tags":
                return (
                    line_number - label_above.line <= _NEAR_TAGS
                    and _NUMBERED.search(match.string) is not None
                )
            return line_number - label_above.line <= _NEAR_SUBJECT
        return match.lastgroup == "classified" or "subject" not in self.kinds

    def _add(self, match: re.Match[str], line_number: int, line_start: int) -> int:
        label_kind = _kind(match)
        if label_kind == "order" and "classified" in self.kinds:
            return match.end()
        self._keep(
            Label(label_kind, line_start + match.start(), line_start + match.end(), line_number)
        )
        return match.end()

    def _keep(self, label: Label) -> None:
        self.labels.append(label)
        self.kinds.add(label.kind)

    def _paragraph(self, line: str) -> bool:
        last_kind = self.labels[-1].kind if self.labels else None
        if _FIRST_PARAGRAPH.match(line):
            return True
        if last_kind in (None, "order", "tags") or not _UNNUMBERED.match(line):
            return False
        return not (last_kind == "refs" and _ENUMERATED.match(line))

    def _inline(self, line_number: int, line_start: int, line: str, search_start: int) -> None:
        if len(line) - search_start < 12:
            return
        if _may_name_label(
            line[search_start : search_start + _LONGEST_LINE]
        ) and _INLINE_LETTERS.search(line, search_start, search_start + _LONGEST_LINE):
            for match in _INLINE.finditer(line, search_start, search_start + _LONGEST_LINE):
                if _kind(match) not in self.kinds:
                    self._add(match, line_number, line_start)
        if not self.labels or "1." not in line:
            return
        paragraph_match = _INLINE_PARAGRAPH.search(line, search_start, search_start + _LONGEST_LINE)
        if paragraph_match is None and self.labels[-1].kind in ("refs", "classified"):
            paragraph_match = _INLINE_PROSE.search(line, search_start, search_start + _LONGEST_LINE)
        if paragraph_match:
            self.end = line_start + paragraph_match.start()
            self.labels = [label for label in self.labels if label.start < self.end]


def _may_name_label(text: str) -> bool:
    """Return whether a text may contain a label; much faster than a pattern or a loop."""
    return (
        ("REF" in text or "TAG" in text or "AGS" in text or "SUBJ" in text or "CLASS" in text)
        or ("E." in text or "EO " in text or "Class" in text or "Subj" in text)
        or ("Ref" in text or "Tags" in text)
    )


_LETTERS = "EeTtSsRrCcDdPpAa("
_GLUED_KINDS: dict[str, Kind] = {
    "S": "subject",
    "T": "tags",
    "E": "order",
    "C": "classified",
}
"""The kinds of labels that are joined to the word before them, keyed by the first
letter of the label.
"""


def _kind(match: re.Match[str]) -> Kind:
    """Return the kind of the label that a pattern matched."""
    group_name = match.lastgroup
    if group_name == "run":
        return _GLUED_KINDS[match.group()[0]]
    return "refs" if group_name == "glued" else cast("Kind", group_name)


def read(body: str) -> Top:
    """Find the labels of a body, without reading beyond its first paragraph."""
    cut_end, whole_start = _cut_head(body)
    labels_above: list[Label] = []
    reading = _Reading()
    line_texts: list[str] = []
    line_starts: list[int] = []
    line_start = 0
    is_over = False
    body_length = len(body)
    while line_start <= body_length and len(line_texts) < _MOST_LINES:
        if whole_start and line_start == whole_start:
            labels_above, reading, is_over = reading.labels, _Reading(), False
        line_end = body.find("\n", line_start)
        if line_end < 0:
            line_end = body_length
        line = body[line_start:line_end]
        is_over = is_over or not reading.line(len(line_texts), line_start, line)
        line_texts.append(line)
        line_starts.append(line_start)
        if (is_over and line_start >= whole_start) or (
            cut_end and not whole_start and line_end >= cut_end
        ):
            break
        line_start = line_end + 1
    is_numbered = reading.end is not None
    end_of_top = reading.end if reading.end is not None else line_starts[-1] + len(line_texts[-1])
    end_of_lines = line_starts[-1] + len(line_texts[-1])
    furniture = pagebreaks.furniture(line_texts) if body.find("PAGE", 0, end_of_lines) >= 0 else {}
    top_labels = [
        label for label in labels_above if label.start < cut_end and label.kind not in reading.kinds
    ]
    top_labels += reading.labels
    first_label = next((label.start for label in (*labels_above, *top_labels)), end_of_top)
    return Top(
        body,
        line_texts,
        line_starts,
        tuple(top_labels),
        end_of_top,
        is_numbered,
        furniture,
        first_label,
        cut_end,
        whole_start,
    )


def _cut_head(body: str) -> tuple[int, int]:
    """Return the end of a head that the site cut and the start of the whole text, or zeros.

    Some pages from 2011 open with the first 250 characters of their text and `...`. The whole text
    follows, often in a database row, and opens with the same classification line. Sometimes only
    the head is repeated, with no text after it.
    """
    dots_at = body.find("...", 0, _CUT_WITHIN)
    while dots_at >= 0 and (end := body.find("\n", dots_at)) >= 0:
        if not body[dots_at:end].strip(". \t"):
            opening_text = body.lstrip()[:_OPENING].split("\n")[0].strip()
            repeated_at = (
                body.find(opening_text, end, end + _ROW_BETWEEN) if len(opening_text) > 12 else -1
            )
            if repeated_at < 0 or _NUMBER_AT_START.search(body, end, repeated_at):
                return 0, 0
            line_end = body.find("\n", repeated_at)
            has_nothing = line_end < 0 or not body[line_end : line_end + _ROW_BETWEEN].strip()
            return dots_at + 3, 0 if has_nothing else body.rfind("\n", 0, repeated_at) + 1
        dots_at = body.find("...", end, _CUT_WITHIN)
    return 0, 0


def _misspelt_subject(line: str) -> bool:
    match = _SUBJECT_WORD.match(line)
    return match is not None and one_off(match.group(1).upper(), "SUBJECT")


def _misspelt_tags(line: str) -> int:
    """Return the offset of the codes after a misspelt TAGS label, or 0.

    The label may be one letter off.
    """
    match = _TAGS_WORD.match(line)
    word = (match["word"] or "TAGS").upper().replace(" ", "") if match else ""
    return match.end() if match and one_off(word, "TAGS") and codes_follow(line, match.end()) else 0


def codes_follow(text: str, start: int) -> bool:
    """Return whether TAGS follow an offset: two known codes, or one known code alone."""
    match = _CODES.match(text, start)
    return match is not None and all(tag_lists.tag(code) for code in match.groups() if code)


def one_off(word: str, target_word: str) -> bool:
    """Return whether two words differ in one letter, or in the order of two adjacent letters."""
    if abs(len(word) - len(target_word)) > 1 or word == target_word:
        return word == target_word
    if len(word) == len(target_word):
        wrong_indexes = [
            letter_index
            for letter_index in range(len(word))
            if word[letter_index] != target_word[letter_index]
        ]
        is_swapped = (
            len(wrong_indexes) == 2
            and sorted(word) == sorted(target_word)
            and wrong_indexes[1] - wrong_indexes[0] == 1
        )
        return len(wrong_indexes) == 1 or is_swapped
    longer_word, shorter_word = (
        (word, target_word) if len(word) > len(target_word) else (target_word, word)
    )
    return any(
        longer_word[:letter_index] + longer_word[letter_index + 1 :] == shorter_word
        for letter_index in range(len(longer_word))
    )


def without_furniture(pieces: Iterable[Piece]) -> list[Piece]:
    """Return the lines of a field; the lines around page breaks become empty."""
    field_pieces = list(pieces)
    if not any(piece.broken for piece in field_pieces):
        return field_pieces
    for line_numbers in (range(len(field_pieces)), range(len(field_pieces) - 1, -1, -1)):
        is_beside_break = False
        for piece_index in line_numbers:
            piece, piece_text = (
                field_pieces[piece_index],
                field_pieces[piece_index].text.strip(" \t\\"),
            )
            if is_beside_break and pagebreaks.is_beside(piece_text):
                field_pieces[piece_index] = piece._replace(text="", broken=True)
            elif piece_text or piece.broken:
                is_beside_break = piece.broken and not piece_text
    return field_pieces


def breaks_around(lines: list[Piece], index: int) -> bool:
    """Return whether the blank lines around a position contain a page break.

    Such blank lines do not end a field.
    """
    first_blank = last_blank = index
    while first_blank > 0 and lines[first_blank - 1].is_blank:
        first_blank -= 1
    while last_blank + 1 < len(lines) and lines[last_blank + 1].is_blank:
        last_blank += 1
    return any(nearby_piece.broken for nearby_piece in lines[first_blank : last_blank + 2])
