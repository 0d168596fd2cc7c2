"""The texts of the status line, of the frame's titles and of the empty list."""

from __future__ import annotations

from cable_tui.base.index_state import Progress, Summary
from cable_tui.base.value import replace
from cable_tui.query import Phrase, Word
from cable_tui.query.answers import Counts, Hits
from cable_tui.query.model import SORTS
from cable_tui.session.feature_state import OriginNote
from cable_tui.session.features import selection, timeline
from cable_tui.session.features.opened_cable import is_placeholder
from cable_tui.session.features.sidebar import PUBLISHED, of_published, published
from cable_tui.session.state import Session
from cable_tui.session.values import READING
from cable_tui.text import clean_line
from cable_tui.text.numbers import counted

_MOST_FORMS = 4
BAR = 8
"""Cells of the bar that fills while the index is made."""
UNKNOWN = "…"
"""Sign in place of an unknown number."""
_STAGES = {
    "walk": "Looking for files",
    "facts": "Reading cables",
    "records": "Comparing versions",
    "grammar": "Reading subjects and tags",
    "text": "Reading texts",
    "echoes": "Comparing sentences",
    "waiting": "Another cable-tui is reading this folder",
}
_BRIEF = {
    "facts": "Cables",
    "records": "Versions",
    "grammar": "Subjects",
    "text": "Texts",
    "echoes": "Sentences",
}
"""Words for the progress if there is little room."""


def filters_title(summary: Summary | None, totals: Counts | None = None) -> str:
    """Return `160 of 251,287 published · 1966-2010`, or `all 251,287 published · 1966-2010`.

    For other archives it is `40 cables · 2004-2010`.
    """
    if summary is None:
        return UNKNOWN
    cables = counted(summary.cables, "cable")
    known_published = of_published(totals or {})
    if known_published and summary.cables <= PUBLISHED:
        part = "all" if known_published == summary.cables == PUBLISHED else f"{summary.cables:,} of"
        cables = f"{part} {PUBLISHED:,} published"
    if not summary.first_year:
        return cables
    if summary.first_year == summary.last_year:
        return f"{cables} · {summary.first_year}"
    return f"{cables} · {summary.first_year}-{summary.last_year}"


def list_title(session: Session) -> str:
    """Return `228 of 64,621 cables`; the total may be known later."""
    if session.counting:
        return UNKNOWN
    count, summary = session.hits.count, session.summary
    whole_archive = UNKNOWN if summary is None else counted(max(summary.cables, count), "cable")
    return f"{count:,} of {whole_archive}"


def progress_label(building: Progress, *, brief: bool = False) -> str:
    """Return `Reading cables ██░░░░░░ 12,431 of 64,621 · 2,310/s · 23 s left`.

    If brief, it is `Cables ██░░░░░░ 12,431/64,621 · 2,310/s · 23 s left`.
    """
    stages = _STAGES | _BRIEF if brief else _STAGES
    parts = [stages.get(building.stage, "Indexing")]
    if building.total:
        of_total = "/" if brief else " of "
        full_cells = min(BAR, BAR * building.done // building.total)
        bar = "█" * full_cells + "░" * (BAR - full_cells)
        parts[0] += f" {bar} {building.done:,}{of_total}{building.total:,}"
    if building.stage == "walk":  # how many there will be is not known
        return parts[0]
    if building.rate >= 1:
        parts.append(f"{building.rate:,.0f}/s")
    if building.seconds_left:
        parts.append(f"{_duration(building.seconds_left)} left")
    return " · ".join(parts)


def _duration(seconds: float) -> str:
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    return f"{round(seconds / 60)} min"


def spelling_label(hits: Hits, *, typing: bool = False) -> str:
    """Return the words that were searched as well or instead, and spellings that can be added.

    While the reader is `typing`, a plus is a letter and another key adds the suggestions.
    """
    parts = _offered(hits, typing=typing)
    if forms := list(dict.fromkeys(word for variants in hits.also for word, _ in variants.also)):
        and_more = ", …" if len(forms) > _MOST_FORMS else ""
        parts.append(f"also {', '.join(forms[:_MOST_FORMS])}{and_more}")
    return " · ".join(parts)


def _offered(hits: Hits, *, typing: bool = False) -> list[str]:
    offered_parts = []
    for correction in hits.corrections:
        words_used = ", ".join(f"{word} ({count:,})" for word, count in correction.used)
        offered_parts.append(
            f'no "{correction.word}" → {words_used}'
            if words_used
            else f'no "{correction.word}" {"so far" if hits.partial else "in this archive"}'
        )
    for offer in hits.offers:
        other_spellings = ", ".join(f"{word} {count:,}" for word, count in offer.also)
        offered_parts.append(
            f"{offer.word} {offer.count:,} · {'also' if offer.count else 'but'} {other_spellings}"
        )
    if hits.offers:
        what_key_takes = "adds them" if any(offer.count for offer in hits.offers) else "takes them"
        offered_parts.append(f"{'^t' if typing else '+'} {what_key_takes}")
    return offered_parts


def status_ends(session: Session, *, brief: bool = False) -> tuple[str, str]:
    """Return both ends of the status line; `brief` ones are for a narrow screen."""
    if session.phase != "ready":
        return "", ""
    right_text = progress_label(session.building, brief=brief) if session.building else ""
    if job := session.export_job:
        of_total = f" of {job.total:,}" if job.total else ""
        right_text = f"{job.doing} {job.label}: {job.done:,}{of_total} · E stops it"
    if session.notebook.pending:
        count = session.notebook.pending
        right_text = f"{count:,} bookmark{' is' if count == 1 else 's are'} NOT on the disk"
    if not right_text and session.stalled:
        right_text = "index incomplete · g v shows why"  # the reason begins with a path: too long
    if not right_text and session.summary and session.summary.problems:
        count = session.summary.problems
        right_text = f"{counted(count, 'problem')} · g e"
    if new_label := _new_label(session, brief=brief):
        right_text = f"{new_label} · {right_text}" if right_text else new_label
    if session.private or session.index_status.readonly:
        label = "private" if session.private else "read-only cache"
        right_text = f"{right_text} · {label}" if right_text else label
    if session.synced and not (brief and right_text):
        right_text = f"{right_text} · {session.synced}" if right_text else session.synced
    left_text = _here(session, brief=brief)
    is_highlighted = session.pane in READING and session.opened and session.query.has_words
    if is_highlighted and session.opened and not session.body.hits:
        left_text += "" if is_placeholder(session.opened.cable) else " · no hit in the text"
    return left_text, right_text


def _new_label(session: Session, *, brief: bool) -> str:
    """Return `206 new since Tuesday · g w`; empty if there are none, or no room."""
    new_cables = session.new_cables
    if not new_cables.count or (brief and session.building):
        return ""
    since = "" if brief else f" {new_cables.since}"
    return f"{new_cables.count:,} new{since} · g w"


def post_label(origin: str, totals: Counts, note: OriginNote | None = None) -> str:
    """Return `Embassy Rabat: 9 here of 2,345 published`; empty if nobody knows how many there were.

    With a note of a tool its label: how much that is of all that it sent, as an estimate.
    """
    number = published(origin)
    cables_here = sum(entry.count for entry in totals.get("origin", ()) if entry.value == origin)
    if note is not None:
        published_note = f", {number:,} published" if number else ""
        return f"{origin}: {cables_here:,} here, {note.label}{published_note}"
    return f"{origin}: {cables_here:,} here of {number:,} published" if number and totals else ""


def _here(session: Session, *, brief: bool) -> str:
    complaints = session.query.complaints or session.hits.complaints
    if complaints and session.pane in ("bar", "list") and not session.query.typed:
        return complaints[0].reason
    if session.pane == "timeline":
        return timeline.brush_label(session)
    if session.pane in READING and session.cable:
        parts = [_reading(session)]
    else:
        order = SORTS[session.query.order].meaning.split(";")[0]
        row = session.at + 1 if session.hits.count else 0
        hidden_rows = session.hits.hidden
        parts = [
            UNKNOWN if session.counting else f"{row:,}/{session.hits.count - hidden_rows:,} {order}"
        ]
        if hidden_rows:
            copies = f"{hidden_rows:,} cop{'y' if hidden_rows == 1 else 'ies'} folded"
            key_hint = "f opens" if session.current in session.hits.folded else "F shows them"
            parts.append(copies if brief else f"{copies}, {key_hint}")
        if session.reads_texts:
            parts = [
                f"reading {session.texts_to_read.done:,} of {session.texts_to_read.total:,} texts"
            ]
        parts.append(selection.selection_label(session))
    if session.hits.partial:
        parts.append("partial" if brief else "partial: texts are still being read")
    if session.pane not in READING:
        parts += (_begun_label(session), *session.hits.remarks)
        parts += (*session.query.advice, *_absent(session))
        parts.append(spelling_label(_said(session), typing=session.pane == "bar"))
    if session.pane == "filters" and session.filter_lines.section_here == "origin" and not brief:
        post = session.filter_lines.value_here
        label = post_label(post, session.totals, session.sidebar.notes.get(post))
        parts.append(clean_line(label))
    return " · ".join(filter(None, parts))


def _absent(session: Session) -> tuple[str, ...]:
    """Return the sentences on parts that no cable has, unless the last word is being typed."""
    return () if session.query.typed else tuple(part.sentence for part in session.hits.absent)


def _said(session: Session) -> Hits:
    """Return the answer with what is said of it: nothing of filters while a word is being typed."""
    hits, query = session.hits, session.query
    if not (hits.offers and query.typed and query.filters):
        return hits
    filters = frozenset(map(str, query.filters))
    return replace(hits, offers=tuple(offer for offer in hits.offers if offer.word not in filters))


def _begun_label(session: Session) -> str:
    """Return `saud*`: the unfinished word, which is searched as a prefix."""
    last_term = session.query.leaves[-1] if session.pane == "bar" and session.query.terms else None
    if not isinstance(last_term, Word | Phrase) or session.text.endswith("*"):
        return ""
    is_begun_word = isinstance(last_term, Phrase) and last_term.begun and not last_term.prefix
    return f"{last_term}*" if is_begun_word else str(last_term) if last_term.prefix else ""


def _reading(session: Session) -> str:
    cable, here = session.cable, session.here
    assert cable is not None  # noqa: S101 - the caller looked
    place = f"{cable.reference_id} ¶{here.label}" if here and here.label else cable.reference_id
    if paragraphs_chosen := selection.paragraphs_label(session):
        has_begun = session.selected_from is not None or session.sentence_from is not None
        key_hint = "selected · v ends it" if has_begun else "· y copies it · v selects"
        place = f"{cable.reference_id} {paragraphs_chosen} {key_hint}"
    return f"{place} · shown repaired" if session.repaired else place


def no_hit_label(session: Session) -> str:
    """Return the text of a list without hits: the reason, and what a reader can do."""
    is_typing = session.pane == "bar"
    lines = ["No cable matches this query."]
    if session.jumps and is_typing:
        keys = "↓ and Enter open" if session.choice is None else "Enter opens"
        lines = [f"No cable contains these words. {keys} the line under the bar."]
    lines += [complaint.reason for complaint in session.query.complaints]
    lines += (*session.query.advice, *_absent(session))
    if words := _offered(_said(session)):
        lines.append(" · ".join(words))
    if session.hits.partial:
        lines.append("Texts are still being read; there may be more.")
    elif session.building and not session.building.is_read:
        lines.append("Files are still being read; there may be more.")
    if session.reasons:
        lines += [
            "",
            *(f"  without {reason.part}: {reason.count:,}" for reason in session.reasons),
            "",
        ]
    if is_typing:
        lines.append("Esc restores the old query")
    else:
        drop = "Press - to leave out one part · " if session.reasons else ""
        lines.append(f"{drop}/ edits the query · Backspace restores the previous one")
    return "\n".join(lines)
