"""The top of a body, read once: where its labels are and where the paragraphs begin.

Every field at the top (E.O., TAGS, SUBJECT, REF, Classified By) is cut out of this reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple, cast

from cable_tui.base.pattern import pattern
from cable_tui.glossary import tag_lists
from cable_tui.telegram import pagebreaks
from cable_tui.telegram.paragraph_starts import MARKING

Kind = Literal["order", "tags", "subject", "refs", "classified", "derived"]

_MOST_LINES = 400
"""The most lines of a top: a pasted database row may put a whole header before the labels."""
_LONGEST_LINE = 3000
"""The most characters of a line in which labels are looked for: a head may be on one line."""
_FAR = 30
"""Lines after the last label within which another one may follow."""
_CUT_WITHIN = 1500
"""Characters of a body within which a head that the site cut ends."""
_OPENING = 30
"""Characters of a classification line by which its repetition is recognised."""
_ROW_BETWEEN = 6000
"""Characters of a row of a database between a cut head and the whole text."""
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
"""A line that is only a rule."""
_TAGS_WORD = pattern(
    r"[ \t]{0,8}(?:(?P<word>TAG[ ]S|[A-Za-z]{3,5})[ \t]{0,2}[:;/-]|TAGS(?=[A-Z]{4}[ ,]))[ \t]{0,4}"
    r"(?=(?P<code>[A-Za-z]{4})[ ,])"
)
_CODES = pattern(r"[ \t:;]{0,4}([A-Z]{2,5})(?:[ ,/]{1,3}([A-Z]{2,5}))?\b", re.IGNORECASE)
_NUMBERED_LABEL = pattern(r"[ \t]{0,8}\d{1,2}\.[ \t]{1,4}(?=(?:E\.[ ]?O\.|TAGS?:|SUBJ(?:ECT)?:))")
"""Pattern before a label of a head whose labels are numbered."""
_SUBJECT_WORD = pattern(r"[ \t]{0,8}([A-Za-z]{6,8})[ \t]{0,2}[:;]")
_FIRST_PARAGRAPH = pattern(
    rf"[ \t>]{{0,8}}(?P<rule>[-=*_]{{3,200}}[ ]?)?¶?[ \t]?"
    rf"(?:1[ \t]?\.{{1,2}}[ \t]?(?:(?![\d.]|4[ \t]?\()|(?=1\.[ ]))"
    rf"|\d{{1,2}}[ \t]?[.,)]?[ \t]{{0,3}}{MARKING}"
    r"|1[ \t]?\)[ \t](?=[A-Z]))"
)
_INLINE_PARAGRAPH = pattern(rf"(?<=[ \t.)])¶?1\.[ \t]{{0,2}}(?={MARKING})")
_INLINE_PROSE = pattern(r"(?<=[\d).] )1\.[ ]{0,2}(?=[A-Z][a-z]{1,15}[ ,:][ ]?[A-Za-z])")
"""The first paragraph within a line, without a marking, after the serial of a reference, a page
break or the reasons."""
_UNNUMBERED = pattern(rf"[ \t]{{0,4}}{MARKING}[ \t:.-]{{0,4}}(?=\S.{{25}})")
_NUMBER_AT_START = pattern(r"\n[ \t]{0,8}¶?\d{1,2}[.)][ (]")
_NUMBERED = pattern(r"[A-Z][ ]{1,3}\d{2,7}\b")
"""A serial after its station."""
_ENUMERATED = pattern(r"[ \t]{0,4}\([A-Z]\)[ \t]{1,3}(?:\d{2,4}[ \t])?[A-Za-z .'-]{2,24}[ \t]\d")


class Label(NamedTuple):
    """A label of the top."""

    kind: Kind
    start: int
    """Offset of the label in the body."""
    content: int
    """Offset of what follows the label."""
    line: int


class Piece(NamedTuple):
    """A line, or a part of one, of a field of the top."""

    start: int
    """Offset in the body of the first character that was read."""
    end: int
    text: str
    """Text without page breaks, not stripped at its end."""
    broken: bool
    """Whether a page break was removed here."""

    @property
    def is_blank(self) -> bool:
        """Whether the line has nothing but blanks, colons and backslashes."""
        return not self.text.strip(" \t\\:")


class Top(NamedTuple):
    """The labels of one body, in their order, and the lines that hold them."""

    body: str
    lines: list[str]
    starts: list[int]
    labels: tuple[Label, ...]
    end: int
    """Offset of the first paragraph, or the end of the lines looked at."""
    numbered: bool
    """Whether the top ends at a paragraph."""
    furniture: dict[int, int]
    """The value of `pagebreaks.furniture`."""
    first_label: int
    """Offset of the first label; the end of the top if it has no label."""
    cut: int = 0
    """End of a head that the site cut, `...`, if the same head follows again; or 0."""
    whole: int = 0
    """Offset of the whole text after a head that was cut; its labels count, and those of the
    cut head only if it lacks them. 0 if no text follows the second head, or none was cut."""

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
        """Return whether no line up to this one is blank: a copy lost its blank lines."""
        return all(map(str.strip, self.lines[: line + 1]))

    def pieces(self, label: Label) -> Iterator[Piece]:
        """Yield the lines from a label to the next label or the first paragraph."""
        label_end = self._stop(label)
        start = label.content
        body, starts, furniture = self.body, self.starts, self.furniture
        for line_number in range(label.line, len(starts)):
            if start >= label_end:
                return
            line_end = starts[line_number] + len(self.lines[line_number])
            end = min(line_end, label_end)
            piece_text = body[start:end]
            if furniture and (length := furniture.get(line_number)) is not None:
                remaining_text: str | None = body[start : min(starts[line_number] + length, end)]
            else:
                remaining_text = pagebreaks.rest(piece_text, partly=start > starts[line_number])
            yield Piece(
                start,
                end,
                piece_text if remaining_text is None else remaining_text,
                remaining_text is not None,
            )
            start = line_end + 1

    def _stop(self, label: Label) -> int:
        end = self.cut if label.start < self.cut else self.end
        for next_label in self.labels:
            if next_label.start > label.start and not next_label.kind == label.kind == "refs":
                return min(next_label.start, end)
        return end


class _Reading:
    """The state of one reading, line by line."""

    def __init__(self) -> None:
        self.labels: list[Label] = []
        self.kinds: set[Kind] = set()
        self.end: int | None = None
        self.last_line = 0

    def line(self, number: int, start: int, line: str) -> bool:
        """Read one line; return False when the top ends here."""
        stripped_line = line.lstrip(" \t>*\\¶")
        if not stripped_line:
            return True
        text_start = 0
        first = stripped_line[0]
        if first == "n" and line.startswith("\\n"):
            # A line end that a dump wrote out.
            first = stripped_line[1:2] or "n"
        if first in _LETTERS and (match := _AT_START.match(line)) and self._holds(match, number):
            text_start = self._add(match, number, start)
        elif number_match := first in "123456789" and _NUMBERED_LABEL.match(line):
            match = _AT_START.match(line, number_match.end())
            text_start = self._add(match, number, start) if match else 0
        elif first in "TAGStags" and "tags" not in self.kinds and (end := _misspelt_tags(line)):
            text_start = end
            self._keep(Label("tags", start, start + text_start, number))
        elif first in "SsUu" and "subject" not in self.kinds and _misspelt_subject(line):
            text_start = line.index(next(sign for sign in line if sign in ":;")) + 1
            self._keep(Label("subject", start, start + text_start, number))
        elif first in "0123456789(-=_" and self._paragraph(line):
            rule = _FIRST_PARAGRAPH.match(line)
            self.end = start + (rule.end("rule") if rule and rule["rule"] else 0)
            return False
        self._inline(number, start, line, text_start)
        if self.end is None and self.labels:
            self.last_line = max(self.last_line, self.labels[-1].line)
            return number - self.last_line <= _FAR
        return self.end is None

    def _holds(self, match: re.Match[str], number: int) -> bool:
        """Return whether a label without a colon is real.

        The word alone may begin a line of prose.
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
                    number - label_above.line <= _NEAR_TAGS
                    and _NUMBERED.search(match.string) is not None
                )
            return number - label_above.line <= _NEAR_SUBJECT
        return match.lastgroup == "classified" or "subject" not in self.kinds

    def _add(self, match: re.Match[str], number: int, start: int) -> int:
        label_kind = _kind(match)
        if label_kind == "order" and "classified" in self.kinds:
            return match.end()
        self._keep(Label(label_kind, start + match.start(), start + match.end(), number))
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

    def _inline(self, number: int, start: int, line: str, start_at: int) -> None:
        if len(line) - start_at < 12:
            return
        if _may_name_label(line[start_at : start_at + _LONGEST_LINE]) and _INLINE_LETTERS.search(
            line, start_at, start_at + _LONGEST_LINE
        ):
            for match in _INLINE.finditer(line, start_at, start_at + _LONGEST_LINE):
                if _kind(match) not in self.kinds:
                    self._add(match, number, start)
        if not self.labels or "1." not in line:
            return
        found_one = _INLINE_PARAGRAPH.search(line, start_at, start_at + _LONGEST_LINE)
        if found_one is None and self.labels[-1].kind in ("refs", "classified"):
            found_one = _INLINE_PROSE.search(line, start_at, start_at + _LONGEST_LINE)
        if found_one:
            self.end = start + found_one.start()
            self.labels = [label for label in self.labels if label.start < self.end]


def _may_name_label(text: str) -> bool:
    """Return whether a text has a part of a label: far cheaper than a pattern or a loop."""
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
"""Labels that were joined to the word before them, by their first letters."""


def _kind(match: re.Match[str]) -> Kind:
    """Return the kind of label that a pattern found."""
    group_name = match.lastgroup
    if group_name == "run":
        return _GLUED_KINDS[match.group()[0]]
    return "refs" if group_name == "glued" else cast("Kind", group_name)


def read(body: str) -> Top:
    """Find the labels of a body; reads no further than its first paragraph."""
    cut_end, whole_start = _cut_head(body)
    labels_above: list[Label] = []
    reading = _Reading()
    line_texts: list[str] = []
    line_starts: list[int] = []
    start = 0
    is_over = False
    body_length = len(body)
    while start <= body_length and len(line_texts) < _MOST_LINES:
        if whole_start and start == whole_start:
            labels_above, reading, is_over = reading.labels, _Reading(), False
        end = body.find("\n", start)
        if end < 0:
            end = body_length
        line = body[start:end]
        is_over = is_over or not reading.line(len(line_texts), start, line)
        line_texts.append(line)
        line_starts.append(start)
        if (is_over and start >= whole_start) or (cut_end and not whole_start and end >= cut_end):
            break
        start = end + 1
    is_numbered = reading.end is not None
    end_of_top = reading.end if reading.end is not None else line_starts[-1] + len(line_texts[-1])
    end_of_lines = line_starts[-1] + len(line_texts[-1])
    furniture = pagebreaks.furniture(line_texts) if body.find("PAGE", 0, end_of_lines) >= 0 else {}
    labels = [
        label for label in labels_above if label.start < cut_end and label.kind not in reading.kinds
    ]
    labels += reading.labels
    first_label = next((label.start for label in (*labels_above, *labels)), end_of_top)
    return Top(
        body,
        line_texts,
        line_starts,
        tuple(labels),
        end_of_top,
        is_numbered,
        furniture,
        first_label,
        cut_end,
        whole_start,
    )


def _cut_head(body: str) -> tuple[int, int]:
    """Return the end of a head that the site cut and the start of the whole text, or zeros.

    Some pages of 2011 open with the first 250 characters of their text and `...`. The whole text
    follows, often in a row of a database, and opens with the same classification line. Sometimes
    the head is all that follows.
    """
    dots_at = body.find("...", 0, _CUT_WITHIN)
    while dots_at >= 0 and (end := body.find("\n", dots_at)) >= 0:
        if not body[dots_at:end].strip(". \t"):
            opening = body.lstrip()[:_OPENING].split("\n")[0].strip()
            repeated_at = body.find(opening, end, end + _ROW_BETWEEN) if len(opening) > 12 else -1
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
    """Return where the codes begin behind a label that is one letter off; 0 for any other line."""
    match = _TAGS_WORD.match(line)
    word = (match["word"] or "TAGS").upper().replace(" ", "") if match else ""
    return match.end() if match and one_off(word, "TAGS") and codes_follow(line, match.end()) else 0


def codes_follow(text: str, start: int) -> bool:
    """Return whether TAGS follow a place: two known codes, or a known one alone."""
    match = _CODES.match(text, start)
    return match is not None and all(tag_lists.tag(code) for code in match.groups() if code)


def one_off(word: str, right: str) -> bool:
    """Return whether two words differ in one letter, or in the order of two neighbouring ones."""
    if abs(len(word) - len(right)) > 1 or word == right:
        return word == right
    if len(word) == len(right):
        wrong = [index for index in range(len(word)) if word[index] != right[index]]
        is_swapped = len(wrong) == 2 and sorted(word) == sorted(right) and wrong[1] - wrong[0] == 1
        return len(wrong) == 1 or is_swapped
    longer, shorter_word = (word, right) if len(word) > len(right) else (right, word)
    return any(longer[:index] + longer[index + 1 :] == shorter_word for index in range(len(longer)))


def without_furniture(pieces: Iterable[Piece]) -> list[Piece]:
    """Return the lines of a field, empty where there is what stands beside a page break."""
    lines = list(pieces)
    if not any(piece.broken for piece in lines):
        return lines
    for line_numbers in (range(len(lines)), range(len(lines) - 1, -1, -1)):
        is_beside_break = False
        for index in line_numbers:
            piece, text = lines[index], lines[index].text.strip(" \t\\")
            if is_beside_break and pagebreaks.is_beside(text):
                lines[index] = piece._replace(text="", broken=True)
            elif text or piece.broken:
                is_beside_break = piece.broken and not text
    return lines


def breaks_around(lines: list[Piece], index: int) -> bool:
    """Return whether a page break, which parts nothing, is in the blank lines around a position."""
    first = last = index
    while first > 0 and lines[first - 1].is_blank:
        first -= 1
    while last + 1 < len(lines) and lines[last + 1].is_blank:
        last += 1
    return any(piece.broken for piece in lines[first : last + 2])
