"""`manifest.json`: what a dossier holds, and the SHA-256 of every other member.

Its fields are those of `Manifest`, after `"format": "cable-tui verifiable dossier", "version": 2`.
`renderer` is the number of what made the page and the citations. `statements` are what the page
says of texts and names. `why` is there if `sha256` is null. A manifest of version 1 has another
`format` and none of these three; it has no `log` in a dossier of 0.1.0.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple

from cable_tui.base.cable import RawCable
from cable_tui.base.errors import UsageError
from cable_tui.base.value import Value, as_json
from cable_tui.text.cleaning import json_text
from cable_tui.text.untrusted import json_value, read
from cable_tui.tools.dossiers.zip_file import Packed

if TYPE_CHECKING:
    from cable_tui.base.kinds import Fingerprint, Only, OrNull, Raw

FORMAT = "cable-tui verifiable dossier"
VERSION = 2
_OLDER = ("cable-tui sealed dossier", 1)
NAME = "manifest.json"
PAGE = "index.html"
PLACES = "places.json"
MARKS = "marks.json"
LOG_JSON = "log.json"
OLDER = ("citations.txt", "citations.bib", "log.txt", LOG_JSON)
"""Further members of a dossier of version 1."""
CABLES = "cables/"
MOST_CABLES = 10_000
"""The most cables of one dossier: nobody reads a longer page."""
MOST_MEMBERS = MOST_CABLES + 50
LARGEST = 64 << 20
"""The most bytes of a manifest."""

Texts = Literal["whole", "paragraphs"]
"""How much of a cable is sealed: all, or only its cited paragraphs."""


class SourceFile(Value):
    """A file that cables of a dossier were read from."""

    path: str
    """Path below the folder of the archive."""
    size: Annotated[int, "named bytes"]
    sha256: OrNull[Fingerprint]
    """Empty if it could reveal a masked name: the file is one cable, or its path has the name."""
    why: Only[str] = ""
    """Why it is empty."""


class SourceRecord(NamedTuple):
    """The record that a cable was read from."""

    raw: RawCable
    sha256: str
    """The digest of its own bytes."""
    file: str
    """The file on the disk, below the folder of the archive."""
    alone: bool
    """Whether the file, packed or not, holds only this cable; not checked for an archive of
    files."""


class SealedEntry(Value):
    """A cable of a dossier."""

    reference_id: Annotated[str, "named ref"]
    canonical_id: Annotated[str, "named canonical"]
    member: Raw
    texts: Texts
    cited: tuple[str, ...]
    """Labels of paragraphs; empty for the whole cable."""
    masked: int
    """Number of places at which a name is masked."""


class SealedArchive(Value):
    """The archive of a dossier."""

    cables: int
    fingerprint: Fingerprint


class Manifest(Value):
    """The statements of a dossier about itself."""

    renderer: int
    """The number of its renderer; 0 in a dossier of version 1."""
    program: str
    sealed: str
    """ISO 8601, UTC."""
    title: str
    texts: Texts
    names: Literal["masked", "shown"]
    statements: tuple[str, ...]
    archive: SealedArchive
    sources: Annotated[tuple[SourceFile, ...], ("maxItems", MOST_MEMBERS)]
    cables: Annotated[tuple[SealedEntry, ...], ("maxItems", MOST_MEMBERS)]
    log: str
    """Whether the searches are in it; empty in a dossier of version 0.1.0, which has them."""
    members: Annotated[tuple[Packed, ...], ("maxItems", MOST_MEMBERS)]

    @property
    def masked(self) -> int:
        """Number of places at which a name is masked."""
        return sum(entry.masked for entry in self.cables)


def value(manifest: Manifest) -> dict[str, Any]:
    """Return the value of the member."""
    return {"format": FORMAT, "version": VERSION, **as_json(manifest)}


def dumps(manifest: Manifest) -> str:
    """Return the member's text."""
    return json_text(value(manifest), indent=1) + "\n"


def loads(content: bytes) -> Manifest:
    """Return the manifest in a member. Raises `UsageError` for any other shape."""
    try:
        data = json_value(content)
        written = (data.get("format"), data.get("version")) if isinstance(data, dict) else ()
        if not written or written[0] not in (FORMAT, _OLDER[0]):
            raise ValueError("it does not belong to a verifiable dossier")
        if written == _OLDER:
            data = {"log": "", **data, "renderer": 0, "statements": []}
        elif written != (FORMAT, VERSION):
            raise ValueError(
                f"its version is unknown (this cable-tui knows {VERSION} and {_OLDER[1]})"
            )
        manifest = read(Manifest, data)
        # Each is unpacked: one that is named ten thousand times would be so ten thousand times.
        if len({entry.member for entry in manifest.cables}) < len(manifest.cables):
            raise ValueError("two cables share a member")
    except ValueError as error:
        raise UsageError(f"{NAME} cannot be understood: {error}") from None
    return manifest
