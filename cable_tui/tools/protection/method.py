"""The protection requests in a cable for the Python library, with the reader's answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cable_tui.api.asked_protection import AskedProtection, Protection
from cable_tui.telegram.people.name_forms import one_line
from cable_tui.text import clean_line
from cable_tui.tools.protection import answers
from cable_tui.tools.protection.review import protected_names, reviewed

if TYPE_CHECKING:
    from cable_tui.api.public_archive import Archive
    from cable_tui.base.cable import Cable


def protection(archive: Archive, cable: Cable) -> Protection:
    """Return the requests in a cable, and the names that they protect."""
    known_answers = answers.read(answers.file_beside(archive.library_file))
    requests = []
    for asked in reviewed(cable, known_answers):
        right = [clean_line(one_line(cable.body.text, *span)) for span in asked.found.names]
        names = asked.confirmed if asked.is_answered else tuple(dict.fromkeys(right))
        perhaps = () if asked.is_answered else asked.proposed
        others = tuple(name for name in perhaps if name not in names)
        requests.append(AskedProtection(asked.paragraph or None, asked.words, names, others))
    names = protected_names(cable, known_answers).sure
    return Protection(tuple(requests), names)
