"""Mask the protected names in everything that an assistant receives.

The masked names are those that the reader confirmed for a request, and those directly next to a
request, in any cable in the archive. In a cable with a request, other forms of these names are also
masked.
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
    """The protected names of an archive; with `unmasked`, no name is masked."""

    def __init__(self, archive: Archive, *, unmasked: bool) -> None:
        self._archive = archive
        self.unmasked = unmasked
        self._known: object = None
        self._names = MaskedNames()
        self._is_whole = True

    def of(self, here: Iterable[str] = ()) -> Mask:
        """Return the function that masks names in a text; `here` contains the names to protect."""
        if self.unmasked:
            return str
        here = tuple(here)
        known = self._all_names()
        missing = [name for name in here if name not in known.names]
        every = MaskedNames((*known.names, *missing)) if missing else known
        return every.within(here).masked

    @property
    def whole(self) -> bool:
        """Whether the names at the requests in all cables are known, or no names are masked.

        Until the last pass of the index is finished, a name is masked only in the cable that
        contains its request.
        """
        if not self.unmasked:
            self._all_names()
        return self.unmasked or self._is_whole

    def typed(self, text: str) -> str:
        """Return the typed words with names masked, even if typed as `pelh*` or in lower case."""
        return text if self.unmasked else self._all_names().masked_as_typed(text)

    def _all_names(self) -> MaskedNames:
        inner = self._archive.inner
        known_answers = answers.read(answers.file_beside(self._archive.library_file))
        # The last pass writes its files without a new generation.
        state = (inner.summary().generation, known_answers, echo_file.numbered(inner.folder))
        if state != self._known:
            names = dict.fromkeys(self._at_requests())
            for answered in answered_cables(inner, known_answers):
                names |= dict.fromkeys(answered.names)
            self._names, self._known = MaskedNames(names), state
        return self._names

    def _at_requests(self) -> Iterable[str]:
        """Return the names next to requests, as recorded in the index."""
        inner = self._archive.inner
        files = echo_file.load(inner.folder)
        self._is_whole = False
        if files is None:
            return []
        index = NameIndex()
        with inner.reading() as db:
            self._is_whole = files.is_current(db)
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
    """Return a JSON value with the names in all its texts masked."""
    if isinstance(value, str):
        return mask(value)
    if isinstance(value, dict):
        return {mask(key): masked_values(each, mask) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [masked_values(each, mask) for each in value]
    return value
