"""Notes as a folder of Markdown files with YAML heads, one per cable, for Obsidian or Logseq.

A file that the reader has changed is never replaced; the digest in its head reveals changes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from cable_tui.base.errors import UsageError
from cable_tui.base.pattern import pattern
from cable_tui.exports.citation import TEMPLATES
from cable_tui.exports.copy_formats import escaped
from cable_tui.exports.written_file import write_whole
from cable_tui.library.mark import Mark
from cable_tui.operating_system.files import read_small
from cable_tui.query.answers import CableRow
from cable_tui.text import clean_line, clean_text
from cable_tui.text.cleaning import json_text
from cable_tui.tools.notes.links import named_cables

_DIGEST = "cable-tui-digest: "
_LARGEST = 16 << 20
_TAGS_AND_MACROS = pattern(r"(?<!\\)[#{]")
"""Markup of Obsidian and Logseq that is not in Markdown: a cable may not use it either."""
_ESCAPED = r"\\\g<0>"
_UNSAFE = pattern(r"[^0-9A-Za-z_.-]")


class Written(NamedTuple):
    """The result of writing the files in a folder."""

    written: int
    unchanged: int
    kept: tuple[str, ...]
    """The names of the files that were kept because the reader or another program changed them."""


def write(folder: Path, marks: Iterable[Mark], rows: Mapping[str, CableRow]) -> Written:
    """Write the marks of each cable into one file of a folder, which is created if necessary.

    `rows` are the cables in the archive by canonical ID. Each file is written as a whole. Raises
    `UsageError`.
    """
    marks_by_cable: dict[str, list[Mark]] = {}
    for mark in marks:
        marks_by_cable.setdefault(mark.canonical_id, []).append(mark)
    names: dict[str, str] = {}
    for canonical_id in marks_by_cable:
        other_id = names.setdefault(page_name(canonical_id).casefold(), canonical_id)
        if other_id != canonical_id:
            raise UsageError(
                f"{clean_line(other_id)} and {clean_line(canonical_id)} would be written to the "
                "same file; use --list to write only one of "
                "them"
            )
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{folder} cannot be made: {error.strerror}") from error
    written, unchanged, kept = 0, 0, []
    for canonical_id, marks_of_cable in marks_by_cable.items():
        file = folder / f"{page_name(canonical_id)}.md"
        text = page(marks_of_cable, rows.get(canonical_id))
        present_text = _present(file)
        if present_text == text:
            unchanged += 1
        elif present_text is None or _is_ours(present_text):
            write_whole(file, [text])
            written += 1
        else:
            kept.append(file.name)
    return Written(written, unchanged, tuple(kept))


def page_name(canonical_id: str) -> str:
    """Return the name of a cable's file without its ending, safe in every file system."""
    return _UNSAFE.sub("_", canonical_id).lstrip(".") or "_"


def page(marks: Sequence[Mark], row: CableRow | None) -> str:
    """Return the file of a cable: its facts in YAML, then each bookmark with its note."""
    body = "\n".join(_body(marks, row))
    facts = [f"{name}: {_yaml(value)}" for name, value in _facts(marks, row)]
    unsigned_text = "\n".join([*facts, "---", body])
    digest = hashlib.sha256(unsigned_text.encode("utf-8", "replace")).hexdigest()
    return f"---\n{_DIGEST}{digest}\n{unsigned_text}"


def _facts(marks: Sequence[Mark], row: CableRow | None) -> Iterator[tuple[str, object]]:
    yield "cable", clean_line(marks[0].canonical_id)
    if row is not None:
        yield "title", clean_line(row.subject)
        yield "date", row.created[:10]
        yield "origin", clean_line(row.origin)
        yield "classification", clean_line(row.classification)
        yield "cable-tags", list(map(clean_line, row.tags))
    yield "lists", sorted({clean_line(name) for mark in marks for name in mark.lists})
    if "/" not in marks[0].canonical_id:  # not a document of a volume
        yield "link", TEMPLATES["plusd"].format(id=clean_line(marks[0].canonical_id))
    yield "open", f"cable-tui PATH --ref {clean_line(marks[0].canonical_id)}"


def _body(marks: Sequence[Mark], row: CableRow | None) -> Iterator[str]:
    subject = ""
    if row is not None and row.subject:
        subject = f" {_TAGS_AND_MACROS.sub(_ESCAPED, escaped(clean_line(row.subject)))}"
    yield f"# {clean_line(marks[0].canonical_id)}{subject}\n"
    for mark in marks:
        yield f"## {f'¶{clean_line(mark.paragraph)}' if mark.paragraph else 'Cable'}\n"
        if mark.note:
            yield f"{linked_text(clean_text(mark.note))}\n"
        author = f"{clean_line(mark.author)}, " if mark.author else ""
        yield f"{author}{mark.created[:10]}\n"


def linked_text(note: str) -> str:
    """Return a note with each reference as a link to a cable's file: `[[09RABAT1]] ¶3`."""
    pieces, end = [], 0
    for named in named_cables(note):
        paragraph = f" ¶{named.paragraph}" if named.paragraph else ""
        pieces += [note[end : named.start], f"[[{page_name(named.canonical_id)}]]{paragraph}"]
        end = named.end
    return "".join((*pieces, note[end:]))


def _yaml(value: object) -> str:
    """Return a value as YAML; JSON strings and arrays are valid YAML, whatever their characters."""
    return json_text(value)


def _present(file: Path) -> str | None:
    """Return the text of a file, or None if there is no file. Raises `UsageError`."""
    try:
        return read_small(file, _LARGEST).decode("utf-8", "replace")
    except FileNotFoundError:
        return None
    except OSError as error:
        raise UsageError(f"{file}: cannot be read: {error.strerror}") from error


def _is_ours(text: str) -> bool:
    """Return whether a file is unchanged since this program wrote it."""
    head, _, unsigned_text = text.removeprefix("---\n").partition("\n")
    digest = hashlib.sha256(unsigned_text.encode("utf-8", "replace")).hexdigest()
    return text.startswith("---\n") and head == f"{_DIGEST}{digest}"
