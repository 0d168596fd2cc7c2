"""Joins words in subjects that a line break divided, if the archive's texts contain them whole.

The grammar reads a cable before the words of the archive are known, so this is done after all
passes. The joined words are stored, so that the page of a cable shows the same subject as the list.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable

from cable_tui.archive.catalogue import catalogue_file
from cable_tui.base.cable import Cable
from cable_tui.base.value import replace
from cable_tui.telegram.subject import broken_words, with_whole_words

_STATE = "whole_words"
_DONE = "whole_words:generation"
"""The key of the generation in which the subjects were last checked."""
_SUBJECTS = "SELECT cable, subject FROM grammar WHERE subject LIKE '%_- _%'"


def join_subjects(db: sqlite3.Connection, cables_with: Callable[[str], int]) -> None:
    """Join each broken word in subjects if more cables contain it whole than its second part.

    `cables_with` counts the cables that contain a word. `RE- ELECTION` is kept, because outside
    such subjects ELECTION is the more frequent word.
    """
    if catalogue_file.get_number(db, _DONE) == catalogue_file.generation(db):
        return
    subject_rows = db.execute(_SUBJECTS).fetchall()
    broken_pairs = [
        broken_pair for _, subject in subject_rows for broken_pair in broken_words(subject)
    ]
    count_by_part = Counter(word_part for _, word_part in broken_pairs)
    whole_words = _kept(db) | {
        word
        for word, word_part in set(broken_pairs)
        if cables_with(word) > cables_with(word_part) - count_by_part[word_part]
    }
    joined_subjects = [
        (with_whole_words(subject, whole_words), cable) for cable, subject in subject_rows
    ]
    changed_subjects = set(joined_subjects) - {(subject, cable) for cable, subject in subject_rows}
    with catalogue_file.transaction(db):
        db.executemany("UPDATE grammar SET subject = ? WHERE cable = ?", sorted(changed_subjects))
        catalogue_file.set_state(db, _STATE, " ".join(sorted(whole_words)))
        done_generation = (
            catalogue_file.next_generation(db)
            if changed_subjects
            else catalogue_file.generation(db)
        )
        catalogue_file.set_state(db, _DONE, done_generation)


def _kept(db: sqlite3.Connection) -> frozenset[str]:
    return frozenset(catalogue_file.get_state(db, _STATE).split())


def with_joined_subject(db: sqlite3.Connection, cable: Cable) -> Cable:
    """Return a cable with the subject as in the list; a first remark shows the printed one."""
    subject = with_whole_words(cable.subject, _kept(db)) if "- " in cable.subject else cable.subject
    if subject == cable.subject:
        return cable
    remark = ("Printed", f"{cable.subject} (the subject is joined at its line breaks)")
    return replace(cable, subject=subject, remarks=(remark, *cable.remarks))
