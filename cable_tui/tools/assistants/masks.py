"""Mask the protected names in all that an assistant is given.

Masked are the names that the reader confirmed for a request, and those directly at a request, in
any cable of the archive. A cable that has the request masks their other forms too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from cable_tui.archive.sentences import echo_file
from cable_tui.archive.sentences.names import PROTECTED, NameIndex, roles_of
from cable_tui.tools.protection import answers
from cable_tui.tools.protection.masked_names import MaskedNames
from cable_tui.tools.protection.of_archive import answered_cables

if TYPE_CHECKING:
    from cable_tui.api.public_archive import Archive

Mask = Callable[[str], str]


class Masks:
    """The protected names of an archive; with `unmasked`, nothing is masked."""

    def __init__(self, archive: Archive, *, unmasked: bool) -> None:
        self._archive = archive
        self.unmasked = unmasked
        self._known: tuple[int, answers.Answers] | None = None
        self._names = MaskedNames()

    def of(self, here: Iterable[str] = ()) -> Mask:
        """Return the function that masks names in a text; `here` are those that it protects."""
        if self.unmasked:
            return str
        here = tuple(here)
        known = self._all_names()
        missing = [name for name in here if name not in known.names]
        every = MaskedNames((*known.names, *missing)) if missing else known
        return every.within(here).masked

    def typed(self, text: str) -> str:
        """Return words with their names masked, even as `pelh*` or in lower case."""
        return text if self.unmasked else self._all_names().masked_as_typed(text)

    def _all_names(self) -> MaskedNames:
        inner = self._archive.inner
        known_answers = answers.read(answers.file_beside(self._archive.library_file))
        state = (inner.summary().generation, known_answers)
        if state != self._known:
            names = dict.fromkeys(self._at_requests())
            for answered in answered_cables(inner, known_answers):
                names |= dict.fromkeys(answered.names)
            self._names, self._known = MaskedNames(names), state
        return self._names

    def _at_requests(self) -> Iterable[str]:
        """Return the names at requests that the index has found."""
        inner = self._archive.inner
        files = echo_file.load(self._archive.inner.folder)
        if files is None:
            return []
        index = NameIndex()
        with inner.reading() as db:
            fresh = set(files.fresh(db))
        for parts, cables in files.names(fresh):
            index.add_kept(parts, cables)
        names = index.names
        return [
            names[number].name
            for number, postings in index.postings().items()
            if any(roles_of(posting) & PROTECTED for posting in postings)
        ]


def masked_values(value: Any, mask: Mask) -> Any:
    """Return a value of JSON with the names in all its texts masked."""
    if isinstance(value, str):
        return mask(value)
    if isinstance(value, dict):
        return {mask(key): masked_values(each, mask) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [masked_values(each, mask) for each in value]
    return value
