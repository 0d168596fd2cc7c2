"""Whether a sealed dossier is unchanged and consistent.

Its members are compared with each other by what they say and not by bytes. The page is read twice
at once: one reading gives its places, one the texts, so that a cable is read once and forgotten.
What the page says beside them is compared with a page of the same manifest that has no places:
`page` writes that of an older manifest in the words of its time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, zip_longest
from pathlib import Path
from typing import NamedTuple

from cable_tui import __version__
from cable_tui.errors import LibraryError, UsageError
from cable_tui.exports.sealed import manifest, page
from cable_tui.exports.sealed.compare_data import Citations, SealedMarks, compare_log
from cable_tui.exports.sealed.compare_page import ManifestCables, Places
from cable_tui.exports.sealed.manifest import MOST_CABLES, PAGE, Manifest
from cable_tui.exports.sealed.members import LARGEST, EnoughError, Fault, Findings, Members
from cable_tui.exports.sealed.page_markup import Element, MarkupError, elements, one_line
from cable_tui.exports.sealed.zip_file import MARK, PIECE, Seal, is_sealed, seal_of
from cable_tui.library import bundles
from cable_tui.library.bundles import Bundle
from cable_tui.research_log import Log
from cable_tui.text.numbers import counted

_BYTES = "every byte with the seal"
_CONTENT = "what the members say: the page, the cables, the notes and the citations"


class CheckedDossier(NamedTuple):
    """The result of checking a sealed dossier."""

    seal: Seal
    """The seal of the present file."""
    faults: tuple[Fault, ...]
    """Faults; without any, no byte was changed, and the members do not contradict each other."""
    manifest: Manifest | None
    """The manifest; None if it cannot be read."""
    compared: tuple[str, ...] = ()
    """The parts that were compared, in words."""
    not_compared: tuple[str, ...] = ()

    @property
    def is_read(self) -> bool:
        """Whether the contents were compared too, not only the bytes."""
        return _CONTENT not in self.not_compared


def check(file: Path, *, most: int = LARGEST) -> CheckedDossier:
    """Compare every byte with the seal, and the members with each other.

    The latter only if they have at most `most` bytes, unpacked. Raises `UsageError` if the file is
    no sealed dossier, and never was one.
    """
    if file.is_dir():
        raise UsageError(f"{file}: a folder: name the file of the dossier")
    if not file.is_file():
        raise UsageError(f"{file}: {'no file' if file.exists() else 'no such file'}")
    try:
        seal = seal_of(file)
        faults = [] if seal.holds else [_broken(file)]
        with Members(file) as members:
            made = members.manifest()
            faults += members.faults(made)
            if faults or members.size > most:
                return CheckedDossier(seal, tuple(faults), made, (_BYTES,), (_CONTENT,))
            return _compared(members, made, seal)
    except OSError as error:
        raise UsageError(f"{file}: cannot be read: {error.strerror or error}") from error
    except UsageError as error:
        if not _was_sealed(file):
            raise UsageError(f"{file}: no sealed dossier: {error}") from None
        fault = Fault("", str(error))
        return CheckedDossier(seal, (*faults, fault), None)


def _broken(file: Path) -> Fault:
    if is_sealed(file):
        return Fault("", "its bytes are not those that were sealed")
    return Fault("", "it does not end as it was sealed: something follows it, or it is cut off")


def _was_sealed(file: Path) -> bool:
    """Return whether a file was once a sealed dossier, by some of its bytes."""
    signs = (manifest.NAME.encode(), MARK)
    with file.open("rb") as stream:
        before = b""
        while piece := stream.read(PIECE):
            if any(sign in before + piece for sign in signs):
                return True
            before = piece[-len(MARK) :]
    return False


def in_words(checked: CheckedDossier) -> str:
    """Return the answer as one sentence."""
    if checked.faults:
        how = "and sealed again" if checked.seal.holds else "since it was sealed"
        return f"CHANGED {how}: {counted(len(checked.faults), 'fault')}"
    made = checked.manifest
    when = made.sealed.replace("T", " ").replace("Z", " UTC") if made else ""
    what = "unchanged" if checked.is_read else "its bytes are unchanged"
    return f"{what} since it was sealed on {when}"


def marks_of(file: Path) -> Bundle:
    """Return the marks and the list of an unchanged dossier. Raises `LibraryError`, `UsageError`.

    Those of a changed one are refused: their author is unknown.
    """
    found = check(file)
    if found.faults:
        raise LibraryError(f"{file}: {in_words(found)}: `cable-tui verify` says where")
    return unchecked_marks_of(file)


def unchecked_marks_of(file: Path) -> Bundle:
    """Return the marks and the list of a checked dossier. Raises `LibraryError`, `UsageError`."""
    with Members(file) as members:
        return bundles.loads(members.content(manifest.MARKS, bundles.LARGEST), str(file))


_TABLE = ("p", "tr", "table")
_PARTS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("", "", ("head", "h1", "nav", "div.seal", *_TABLE)),
    ("places", "Places", ("section",)),
    ("texts", "Texts", ("section",)),
    ("log", "Searches", _TABLE),
    ("prints", "Fingerprints (SHA-256)", _TABLE),
)
"""The parts of the page: `id` and words of the heading of each, and its possible content."""
_PART_NAMES = {"log": "its searches", "prints": "its fingerprints"}
_FRONT = ["head", "h1", "nav", "p", "div.seal", "table"]
_LONGEST_FRONT = 32 << 20
"""The most characters before the places: a line for each cable."""


_COMPARED = (
    "the page with the data: texts, places, quotations, notes, citations, searches, sources",
    "the data with the page: nothing of it is missing there",
    "the order of places with marks.json, citations.txt and citations.bib",
    "the cables with manifest.json, and log.txt with log.json",
)
_NEVER = (
    "who made it, and when: only a seal that was published, or a signature, shows that",
    "what the page does not show: names of lists, uids and times of bookmarks, records' offsets",
)


def _compared(members: Members, made: Manifest, seal: Seal) -> CheckedDossier:
    """Compare the members; return the dossier with its faults. Bad data do not raise."""
    findings = Findings(same_program=made.program == f"cable-tui {__version__}")
    compared: tuple[str, ...] = (_BYTES,)
    try:
        _compare(members, made, findings)
        compared = (_BYTES, *_COMPARED)
    except (MarkupError, UsageError) as error:
        findings.faults.append(Fault(PAGE, str(error)))
        findings.leave("the page from there on, and what is compared with it")
    except EnoughError:
        findings.leave("the rest: there are too many faults")
    not_compared = (*findings.left(), *_NEVER)
    return CheckedDossier(seal, tuple(findings.faults), made, compared, not_compared)


def _compare(members: Members, made: Manifest, findings: Findings) -> None:
    log = compare_log(members, made, findings)
    frame = _Parts(_frame(made, log))
    marks = SealedMarks(members, made, findings)
    citations = Citations(members, findings)
    texts = _Parts(members.pieces(PAGE))
    cables = ManifestCables(members, made, findings, texts.of("texts"))
    places = Places(made, cables, marks, citations, findings)
    parts = _Parts(members.pieces(PAGE))
    said, rows = _compare_front(parts.of(""), frame.of(""), findings)
    for section in parts.of("places"):
        places.compare(section)
    places.finish(said, rows)
    cables.finish()
    marks.finish(made)
    citations.finish()
    for part, name in _PART_NAMES.items():
        for here, there in zip_longest(texts.of(part), frame.of(part)):
            shown, data = (_said(each) if each else "" for each in (here, there))
            findings.differ(PAGE, name, shown, data)


def _frame(made: Manifest, log: Log | None) -> Iterator[bytes]:
    """Yield the page of a dossier without cables."""
    pieces = chain(page.places((), made), page.texts(()), page.end(made, log))
    return (each.encode("utf-8", "replace") for each in pieces)


class _Parts:
    """The elements of a page, part by part. Raises `MarkupError`."""

    def __init__(self, content: Iterable[bytes]) -> None:
        self._elements = elements(content)
        self._at = 0

    def of(self, part: str) -> Iterator[Element]:
        """Yield the elements of a part; earlier parts are skipped."""
        wanted = [name for name, *_ in _PARTS].index(part)
        for each in self._elements:
            if each.kind == "h2.part":
                self._at += 1
                known = _PARTS[self._at][:2] if self._at < len(_PARTS) else None
                if (each.attributes.get("id"), each.words) != known:
                    raise MarkupError(f"the part {each.words} is unknown, or not in its place")
                if self._at > wanted:
                    return
            elif each.kind not in _PARTS[self._at][2]:
                raise MarkupError(f"it has <{each.kind}> where no dossier has one")
            elif self._at == wanted:
                yield each
        if self._at < wanted or wanted < len(_PARTS) - 1:
            raise MarkupError("it ends before its last part")


def _compare_front(
    shown: Iterator[Element], data: Iterator[Element], findings: Findings
) -> tuple[str, list[Element]]:
    """Return the part before the places.

    Its number of places, and the timeline, are compared later.
    """
    kept: list[Element] = []
    size = 0
    for each in shown:
        size += len(each.text)
        if size > _LONGEST_FRONT or len(kept) > MOST_CABLES + len(_FRONT):
            raise MarkupError("its timeline is longer than any of a dossier")
        kept.append(each)
    expected = list(data)
    front = [each for each in kept if each.kind != "tr"]
    rows = [each for each in kept if each.kind == "tr"]
    if [each.kind for each in front] != _FRONT:
        raise MarkupError("it does not begin as the page of a dossier")
    for here, there in zip(front, (each for each in expected if each.kind != "tr"), strict=True):
        if here.kind != "p":
            findings.differ(PAGE, "its beginning", _said(here), _said(there))
    head = next(each for each in expected if each.kind == "tr")
    findings.differ(PAGE, "its timeline", _said(rows[0]) if rows else "", _said(head))
    return front[_FRONT.index("p")].words, rows[1:]


def _said(element: Element) -> str:
    """Return all words of an element, and the targets of its links."""
    if element.kind == "head":  # its style may be that of an older version
        return " ".join(each.words for each in element.all("title"))
    to = element.attributes.get("href", "")
    said = (each if isinstance(each, str) else _said(each) for each in element.parts)
    return one_line(" ".join((to, *said)))
