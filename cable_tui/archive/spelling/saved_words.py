"""The archive's words in a file beside the catalogue, so that the first correction is quick.

Reading all of them from the text index takes a second, and blocks other threads.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable
from pathlib import Path

from cable_tui.archive.columns import container
from cable_tui.archive.spelling.word_list import WordList

_VERSION = 2
_KIND = "words"


def load(folder: Path, generation: int) -> WordList | None:
    """The words of this generation of the catalogue; None where they are not saved."""
    found = container.load(folder, _KIND, generation)
    if found is None or found[0]["stamp"] != _stamp():
        return None
    texts: dict[int, str] = {}
    counts: dict[int, array[int]] = {}
    rest = iter(found[1])
    for length in found[0]["lengths"]:
        texts[length] = str(next(rest), "ascii")
        counts[length] = array("I")
        counts[length].frombytes(next(rest))
    return WordList(texts, counts)


def save(folder: Path, generation: int, words: Callable[[], WordList]) -> None:
    """Save the words in the folder, unless they are there."""
    container.save(folder, _KIND, generation, lambda: _packed(words()), stamp=_stamp())


def _stamp() -> list[object]:
    return [_VERSION, *container.machine()]


def _packed(of: WordList) -> tuple[dict[str, object], list[bytes]]:
    parts: list[bytes] = []
    for length, text in of.texts.items():
        parts += [text.encode("ascii"), of.counts[length].tobytes()]
    return {"stamp": _stamp(), "lengths": list(of.texts)}, parts
