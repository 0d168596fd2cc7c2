"""The texts for the status line, the titles on frames, and the empty list."""

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
"""The width of the index progress bar, in cells."""
UNKNOWN = "…"
"""The text in place of an unknown number."""
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
"""Short names of the indexing stages, for narrow screens."""


def filters_title(summary: Summary | None, totals: Counts | None = None) -> str:
    """Return a title such as `160 of 251,287 published · 1966-2010`.

    For a complete archive it begins with `all`; for other archives it is `40 cables · 2004-2010`.
    """
    if summary is None:
        return UNKNOWN
    cables_text = counted(summary.cables, "cable")
    published_count = of_published(totals or {})
    if published_count and summary.cables <= PUBLISHED:
        share_text = (
            "all" if published_count == summary.cables == PUBLISHED else f"{summary.cables:,} of"
        )
        cables_text = f"{share_text} {PUBLISHED:,} published"
    if not summary.first_year:
        return cables_text
    if summary.first_year == summary.last_year:
        return f"{cables_text} · {summary.first_year}"
    return f"{cables_text} · {summary.first_year}-{summary.last_year}"


def list_title(session: Session) -> str:
    """Return the count for the title of the list, such as `228 of 64,621`, or `…` if unknown.

    For a sample, it is `a sample of 200 of 3,412`.
    """
    if session.counting:
        return UNKNOWN
    if session.hits.is_sample:
        return session.hits.sample
    hit_count, summary = session.hits.count, session.summary
    total_text = UNKNOWN if summary is None else f"{max(summary.cables, hit_count):,}"
    return f"{hit_count:,} of {total_text}"


def progress_label(building: Progress, *, brief: bool = False) -> str:
    """Return a label such as `Reading cables ██░░░░░░ 12,431 of 64,621 · 2,310/s · 23 s left`.

    The brief form is `Cables ██░░░░░░ 12,431/64,621 · 2,310/s · 23 s left`.
    """
    stage_names = _STAGES | _BRIEF if brief else _STAGES
    progress_parts = [stage_names.get(building.stage, "Indexing")]
    if building.total:
        of_separator = "/" if brief else " of "
        full_cells = min(BAR, BAR * building.done // building.total)
        progress_bar = "█" * full_cells + "░" * (BAR - full_cells)
        progress_parts[0] += f" {progress_bar} {building.done:,}{of_separator}{building.total:,}"
    if building.stage == "walk":  # how many there will be is not known
        return progress_parts[0]
    if building.rate >= 1:
        progress_parts.append(f"{building.rate:,.0f}/s")
    if building.seconds_left:
        progress_parts.append(f"{_duration(building.seconds_left)} left")
    return " · ".join(progress_parts)


def _duration(seconds: float) -> str:
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    return f"{round(seconds / 60)} min"


def spelling_label(hits: Hits, *, typing: bool = False) -> str:
    """Return the words searched for in addition or instead, and the suggested spellings.

    While the reader is `typing`, the plus key types a character, so another key adds the
    suggestions.
    """
    label_parts = _offered(hits, typing=typing)
    if word_forms := list(
        dict.fromkeys(word for variants in hits.also for word, _ in variants.also)
    ):
        and_more = ", …" if len(word_forms) > _MOST_FORMS else ""
        label_parts.append(f"also {', '.join(word_forms[:_MOST_FORMS])}{and_more}")
    return " · ".join(label_parts)


def _offered(hits: Hits, *, typing: bool = False) -> list[str]:
    offered_parts = []
    for correction in hits.corrections:
        replacements = ", ".join(f"{word} ({count:,})" for word, count in correction.used)
        offered_parts.append(
            f'no "{correction.word}" → {replacements}'
            if replacements
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
    """Return the left and the right text of the status line; `brief` is for narrow screens."""
    if session.phase != "ready":
        return "", ""
    right_text = progress_label(session.building, brief=brief) if session.building else ""
    if export_job := session.export_job:
        of_total = f" of {export_job.total:,}" if export_job.total else ""
        right_text = (
            f"{export_job.doing} {export_job.label}: {export_job.done:,}{of_total} · E stops it"
        )
    if session.own_command:
        right_text = f"{session.own_command} is running · Esc stops it"
    if session.notebook.pending:
        problem_count = session.notebook.pending
        right_text = (
            f"{problem_count:,} bookmark{' is' if problem_count == 1 else 's are'} NOT on the disk"
        )
    if not right_text and session.stalled:
        right_text = "index incomplete · g v shows why"  # the reason begins with a path: too long
    if not right_text and session.summary and session.summary.problems:
        problem_count = session.summary.problems
        right_text = f"{counted(problem_count, 'problem')} · g e"
    if new_label := _new_label(session, brief=brief):
        right_text = f"{new_label} · {right_text}" if right_text else new_label
    if session.private or session.index_status.readonly:
        mode_label = "private" if session.private else "read-only cache"
        right_text = f"{right_text} · {mode_label}" if right_text else mode_label
    if session.synced and not (brief and right_text):
        right_text = f"{right_text} · {session.synced}" if right_text else session.synced
    left_text = _here(session, brief=brief)
    shows_hits = session.pane in READING and session.opened and session.query.has_words
    if shows_hits and session.opened and not session.body.hits:
        left_text += "" if is_placeholder(session.opened.cable) else " · no hit in the text"
    return left_text, right_text


def _new_label(session: Session, *, brief: bool) -> str:
    """Return a label such as `206 new since Tuesday · g w`.

    Return an empty string if there are no new cables or the line has no room.
    """
    new_cables = session.new_cables
    if not new_cables.count or (brief and session.building):
        return ""
    since = "" if brief else f" {new_cables.since}"
    return f"{new_cables.count:,} new{since} · g w"


def post_label(origin: str, totals: Counts, note: OriginNote | None = None) -> str:
    """Return a label such as `Embassy Rabat: 9 here of 2,345 published`.

    Return an empty string if the numbers are unknown. If there is a tool's note, the label includes
    its estimate of the share of all cables from this post.
    """
    published_count = published(origin)
    cables_here = sum(
        origin_count.count
        for origin_count in totals.get("origin", ())
        if origin_count.value == origin
    )
    if note is not None:
        published_note = f", {published_count:,} published" if published_count else ""
        return f"{origin}: {cables_here:,} here, {note.label}{published_note}"
    return (
        f"{origin}: {cables_here:,} here of {published_count:,} published"
        if published_count and totals
        else ""
    )


def _here(session: Session, *, brief: bool) -> str:
    complaints = session.query.complaints or session.hits.complaints
    if complaints and session.pane in ("bar", "list") and not session.query.typed:
        return complaints[0].reason
    if session.pane == "timeline":
        return timeline.brush_label(session)
    if session.pane in READING and session.cable:
        status_parts = [_reading(session)]
    else:
        order_text = SORTS[session.query.order].meaning.split(";")[0]
        row_number = session.at + 1 if session.hits.count else 0
        folded_count = session.hits.hidden
        status_parts = [
            UNKNOWN
            if session.counting
            else f"{row_number:,}/{session.hits.count - folded_count:,} {order_text}"
        ]
        if folded_count:
            copies_text = f"{folded_count:,} cop{'y' if folded_count == 1 else 'ies'} folded"
            key_hint = "f opens" if session.current in session.hits.folded else "F shows them"
            status_parts.append(copies_text if brief else f"{copies_text}, {key_hint}")
        if session.reads_texts:
            status_parts = [
                f"reading {session.texts_to_read.done:,} of {session.texts_to_read.total:,} texts"
            ]
        status_parts.append(selection.selection_label(session))
    if session.hits.partial:
        status_parts.append("partial" if brief else "partial: texts are still being read")
    if session.pane not in READING:
        status_parts += (_begun_label(session), *_remarks(session))
        hits = _said(session)
        if session.hits.count or session.pane == "filters":
            status_parts += (*session.query.advice, *_absent(session))
        else:  # the empty list says it
            hits = replace(hits, corrections=(), offers=())
        status_parts.append(spelling_label(hits, typing=session.pane == "bar"))
    if session.pane == "filters" and session.filter_lines.section_here == "origin" and not brief:
        post_name = session.filter_lines.value_here
        post_text = post_label(post_name, session.totals, session.sidebar.notes.get(post_name))
        status_parts.append(clean_line(post_text))
    return " · ".join(filter(None, status_parts))


def _remarks(session: Session) -> tuple[str, ...]:
    """Return how the query was understood or, for what is new in a saved search, what it lists."""
    notes = session.sidebar.search_notes.items()
    query_text = str(session.query.sorted_by("")) if notes else ""
    listed_notes = (
        f"{clean_line(name)}: {note.label}" for name, note in notes if note.query == query_text
    )
    listed_note = next(listed_notes, "")
    return (listed_note,) if listed_note else session.hits.remarks


def _absent(session: Session) -> tuple[str, ...]:
    """Return sentences on parts that match no cable, unless the last word is being typed."""
    return () if session.query.typed else tuple(part.sentence for part in session.hits.absent)


def _said(session: Session) -> Hits:
    """Return the answer without suggestions for filters while a word is being typed."""
    session_hits, query = session.hits, session.query
    if not (session_hits.offers and query.typed and query.filters):
        return session_hits
    filter_texts = frozenset(map(str, query.filters))
    return replace(
        session_hits,
        offers=tuple(offer for offer in session_hits.offers if offer.word not in filter_texts),
    )


def _begun_label(session: Session) -> str:
    """Return the unfinished word as the prefix searched for, such as `saud*`; may be empty."""
    last_term = session.query.leaves[-1] if session.pane == "bar" and session.query.terms else None
    if not isinstance(last_term, Word | Phrase) or session.text.endswith("*"):
        return ""
    is_begun_phrase = isinstance(last_term, Phrase) and last_term.begun and not last_term.prefix
    return f"{last_term}*" if is_begun_phrase else str(last_term) if last_term.prefix else ""


def _reading(session: Session) -> str:
    cable, current_paragraph = session.cable, session.here
    assert cable is not None  # noqa: S101 - the caller looked
    position_text = (
        f"{cable.reference_id} ¶{current_paragraph.label}"
        if current_paragraph and current_paragraph.label
        else cable.reference_id
    )
    if selection_text := selection.paragraphs_label(session):
        has_begun = session.selected_from is not None or session.sentence_from is not None
        key_hint = "selected · v ends it" if has_begun else "· y copies it · v selects"
        position_text = f"{cable.reference_id} {selection_text} {key_hint}"
    return f"{position_text} · shown repaired" if session.repaired else position_text


def no_hit_label(session: Session) -> str:
    """Return the text for a list without hits: the reason, and what the reader can do."""
    is_typing = session.pane == "bar"
    message_lines = ["No cable matches this query."]
    if session.jumps and is_typing:
        key_hint = "↓ and Enter open" if session.choice is None else "Enter opens"
        message_lines = [f"No cable contains these words. {key_hint} the line under the bar."]
    message_lines += [complaint.reason for complaint in session.query.complaints]
    message_lines += (*session.query.advice, *_absent(session))
    if suggestions := _offered(_said(session)):
        message_lines.append(" · ".join(suggestions))
    if session.hits.partial:
        message_lines.append("Texts are still being read; there may be more.")
    elif session.building and not session.building.is_read:
        message_lines.append("Files are still being read; there may be more.")
    if session.reasons:
        message_lines += [
            "",
            *(f"  without {reason.part}: {reason.count:,}" for reason in session.reasons),
            "",
        ]
    if is_typing:
        message_lines.append("Esc restores the old query")
    else:
        drop_hint = "Press - to remove one part · " if session.reasons else ""
        message_lines.append(f"{drop_hint}/ edits the query · Backspace restores the previous one")
    return "\n".join(message_lines)
