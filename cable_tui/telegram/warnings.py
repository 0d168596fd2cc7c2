"""Warnings for a reader who quotes a cable; see `docs/cables.md`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from cable_tui.base.cable import DAMAGED, CableWarning, Facts, RawCable
from cable_tui.base.pattern import pattern
from cable_tui.telegram import edition, ids
from cable_tui.telegram import facts as telegram_facts
from cable_tui.telegram.classification_line import ClassLine, class_line, read
from cable_tui.telegram.classified import says_something
from cable_tui.telegram.top_fields import TopFields

_NAMED = "named-text"
"""The format of texts that only a file name identifies as cables."""
_PARTIAL = "partial extract of the original cable"
_UNREAD = "ERROR READING TEXT INDEX"
_TOP = 600
"""The number of characters at the start of a body to search for `_UNREAD`."""
_STUB = 420
"""The maximum length, in characters, of a body that the site cut with `...`."""
_ROW = pattern(
    r"[\s>]{0,8}(?:<{0,2}\d{3,7}>{0,2}(?:\s{1,3}|,)"
    r"|ID: \d)?(?:id: \d{1,7}\s{1,3}date: "
    r"|\d{1,2}/\d{1,2}/\d{4} \d{1,2}:\d\d|\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\t|\d{3,7}\n)"
)
_LABEL_LATER = pattern(
    r"\n[ \t]{0,8}(TAGS[ \t]?:|TAGS [A-Z]{4}\b|SUBJECT[ \t]?:|Subject[ \t]?:|REFS?[ \t]?:"
    r"|(?:Classified By|CLASSIFIED BY)[ \t]?:)"
)
_PAGE = pattern(r"[A-Z] 0\d{7} {1,4}(\d{3})(?:\.\d)? OF (\d{3})[ \t]*$", re.MULTILINE)
_UNFINISHED = pattern(r"[a-z],?$")
_LAST_LINE = 400
_FULL_LINE = 40
"""The minimum length, in characters, of a last line that is not a signature."""
_WORDS = pattern(r"\W+")
_MANY = {2: "two", 3: "three"}
_NUMBERS = 8
"""The maximum number of paragraph numbers that a warning lists."""


def warnings(raw: RawCable, facts: Facts, fields: TopFields) -> tuple[CableWarning, ...]:
    """Return all warnings for a record, in the order of their display."""
    if raw.edition is not None:
        return edition.warnings(raw, raw.edition)
    all_warnings = [DAMAGED] if raw.damaged else []
    later_labels = list(_LABEL_LATER.finditer(raw.body, fields.top.end))
    class_line_read = class_line(fields.top)
    all_warnings += _other_cable(facts, fields, class_line_read, later_labels)
    if raw.runs_on:
        where_it_is = "read as a separate cable" if raw.runs_on.is_apart else "skipped"
        warning_text = (
            f"the file's text continues into {raw.runs_on.reference_id}, which is {where_it_is}"
        )
        all_warnings.append(CableWarning("two-cables", warning_text))
    if raw.format == _NAMED and (class_line_read is None or class_line_read.serial is None):
        warning_text = "its reference ID comes from the file name, not from the text"
        all_warnings.append(CableWarning("named-by-file", warning_text))
    # A copy of a whole body without its last blanks takes time, and few texts break off.
    broken_text = raw.body.rstrip() if _breaks_off(raw.body) else ""
    if broken_text.endswith("...") and len(broken_text) <= _STUB and not fields.top.numbered:
        warning_text = f"the text breaks off after {len(broken_text)} characters"
        all_warnings.append(CableWarning("stub", warning_text))
    # What the Department's archive printed if it could not find a text on its film or disk.
    top_text = raw.body[:_TOP].upper()
    if "ERROR" in top_text and _UNREAD in " ".join(top_text.split()):
        all_warnings.append(
            CableWarning("no-text", "the National Archives could not read the text of this cable")
        )
    all_warnings += _cut_off(raw)
    if _PARTIAL in raw.header or _PARTIAL in raw.body[:300]:
        warning_text = "only a part of the original cable is available"
        all_warnings.append(CableWarning("partial-extract", warning_text))
    all_warnings += (
        *_repeated(fields, later_labels),
        *_row(raw, fields),
        *_teaser(broken_text, fields),
    )
    for reference in fields.references:
        if reference.year_inferred:
            label_text = f"{reference.label}. " if reference.label else ""
            warning_text = f"{label_text}{reference.text[:80]}: year taken from the cable"
            all_warnings.append(CableWarning("year-inferred", warning_text))
    if facts.created_from == "date-time group" and ":" in raw.created:
        warning_text = "the minutes on the page are wrong; the transmission time is shown"
        all_warnings.append(CableWarning("time-from-date-time-group", warning_text))
    all_warnings += _numbered_twice(telegram_facts.paragraph_numbers(raw))
    warning_codes = {warning.code for warning in all_warnings}
    return (*all_warnings, *_unparsed(fields, later_labels, warning_codes))


def _numbered_twice(numbering: Sequence[str]) -> Iterator[CableWarning]:
    """Yield `two paragraphs are numbered 6`; at most the first eight numbers are listed."""
    if len(set(numbering)) < len(numbering):
        count_by_number = Counter(numbering)
        numbers_twice = [
            paragraph_number for paragraph_number, times in count_by_number.items() if times > 1
        ]
        most_times, least_times = (
            pick_extreme(count_by_number[paragraph_number] for paragraph_number in numbers_twice)
            for pick_extreme in (max, min)
        )
        how_often = _MANY.get(most_times, "several") if most_times == least_times else "two or more"
        of_each = " each" if numbers_twice[1:] else ""
        numbers_named = (
            [*numbers_twice[:_NUMBERS], "…"] if numbers_twice[_NUMBERS:] else numbers_twice
        )
        warning_text = f"{how_often} paragraphs{of_each} are numbered {', '.join(numbers_named)}"
        yield CableWarning("ambiguous-anchor", warning_text)


def _other_cable(
    facts: Facts, fields: TopFields, line: ClassLine | None, labels: list[re.Match[str]]
) -> Iterator[CableWarning]:
    own_parts = ids.split(facts.canonical_id)
    if own_parts is None:
        return
    if line and line.serial is not None and line.station and line.serial != own_parts.serial:
        yield CableWarning(
            "other-cable",
            f"the body is headed {line.station} {line.serial}, not {own_parts.serial}",
        )
        return
    if later_cable := _later_cable(labels, fields.top.end, own_parts.serial):
        yield CableWarning("other-cable", f"the body continues with {later_cable}")


def _later_cable(later_labels: list[re.Match[str]], start: int, serial: int) -> str | None:
    """Return the first classification line after the top with a different serial."""
    for label in later_labels[:8]:
        lines_above = label.string[max(start, label.start() - 1500) : label.start()].split("\n")
        for line_text in reversed(lines_above[-30:]):
            class_line_read = read(line_text)
            if class_line_read and class_line_read.station and class_line_read.serial is not None:
                if class_line_read.serial != serial:
                    return f"{class_line_read.station} {class_line_read.serial}"
                break
    return None


def _cut_off(raw: RawCable) -> Iterator[CableWarning]:
    """Warn if the file ends within the text, or a copy within a sentence on an earlier page."""
    if raw.cut_off:
        where_cut = f"after {len(raw.body)} characters" if raw.body else "before the text"
        yield CableWarning("cut-off", f"the file ends inside the cable, {where_cut}")
        return
    # Most texts end in a sentence's end: far cheaper to see than the pages before it.
    last_line = raw.body[-_LAST_LINE:].rstrip().rpartition("\n")[2]
    if len(last_line) < _FULL_LINE or not _UNFINISHED.search(last_line):
        return
    if page_matches := list(_PAGE.finditer(raw.body)):
        page, page_total = (
            max(int(page_line[group_number]) for page_line in page_matches)
            for group_number in (1, 2)
        )
        if page < page_total:
            warning_text = f"the text ends within a sentence on page {page} of {page_total}"
            yield CableWarning("cut-off", warning_text)


def _repeated(fields: TopFields, later_labels: list[re.Match[str]]) -> Iterator[CableWarning]:
    plain_subject = _plain(fields.subject)[:30] if later_labels else ""
    for label in later_labels:
        if label.group(1).upper().startswith("SUBJ"):
            text_after_label = _plain(label.string[label.end() : label.end() + 120])
            if plain_subject and text_after_label.startswith(
                plain_subject[: max(len(text_after_label), 8)]
            ):
                yield CableWarning("repeated-body", "the text contains the cable more than once")
                return
    subject_labels = [label for label in fields.top.labels if label.kind == "subject"]
    if fields.top.cut or (len(subject_labels) > 1 and not _ROW.match(fields.top.body[:120])):
        yield CableWarning("repeated-body", "the heading of the cable occurs more than once")


def _plain(text: str) -> str:
    return _WORDS.sub("", text).upper()


def _row(raw: RawCable, fields: TopFields) -> Iterator[CableWarning]:
    body_start = raw.body[:160]
    if fields.top.cut and _ROW.match(raw.body[fields.top.cut :][:160].lstrip()):
        yield CableWarning("database-row", "a database row precedes the whole text")
    elif _ROW.match(body_start) or (
        body_start.lstrip().startswith("ID: ") and "\nORIGIN: " in body_start
    ):
        yield CableWarning("database-row", "a database row precedes the text")
    elif raw.header and "VZCZC" in raw.body[:400] and not raw.header.startswith(raw.body[:40]):
        yield CableWarning("database-row", "a transmission header precedes the text")


def _breaks_off(body: str) -> bool:
    """Return whether a body ends in an ellipsis."""
    return (body[-_LAST_LINE:].rstrip() or body.rstrip()).endswith(("...", "…"))


def _teaser(broken: str, fields: TopFields) -> Iterator[CableWarning]:
    """Warn of a cut piece of the text that an editor put before the head or after the signature.

    `broken` is the body if it breaks off, otherwise an empty string.
    """
    if "\n" in broken and len(broken) > _STUB:
        last_line = broken[broken.rfind("\n") + 1 :].strip()
        subject = " ".join(fields.subject.split())
        last_words = " ".join(last_line.rstrip(".… ").split())
        if len(last_words) > 3 and last_words in subject:
            yield CableWarning("teaser", f"the last line is the end of a teaser: {last_line[:60]}")
            return
    first_line = next((line.strip() for line in fields.top.lines[:4] if line.strip()), "")
    if first_line.endswith(("...", "…")) and len(first_line) > 12 and fields.top.labels:
        yield CableWarning("teaser", f"the first line is a teaser: {first_line[:60]}")


def _unparsed(
    fields: TopFields, later_labels: list[re.Match[str]], codes: set[str]
) -> Iterator[CableWarning]:
    top_of_body = fields.top
    unread_labels = (
        ("Classified By", top_of_body.first("classified") and not says_something(top_of_body)),
        ("SUBJECT", top_of_body.first("subject") and not fields.has_subject),
        ("TAGS", top_of_body.first("tags") and not fields.tags),
        ("REF", top_of_body.first("refs") and not fields.ref_end),
    )
    for label, is_unread in unread_labels:
        if is_unread:
            yield CableWarning("unparsed", f"{label}: no text was read after it")
    if not later_labels or codes & {"repeated-body", "other-cable"}:
        return
    labels_later = list(dict.fromkeys(label.group(1).strip() for label in later_labels))
    if fields.body_tags and not top_of_body.first("tags"):  # they were read from there
        labels_later = [label for label in labels_later if not label.startswith("TAGS")]
    if labels_later:
        yield CableWarning(
            "unparsed",
            f"not read because it is below the first paragraph: {', '.join(labels_later)}",
        )
