"""`manifest.json`: the contents of a dossier, and the SHA-256 of every other member.

Its fields are those of `Manifest`, after `"format": "cable-tui verifiable dossier", "version": 2`.
`renderer` is the number of the renderer that made the page and the citations. `statements` are the
page's sentences on texts and names. `why` is present if `sha256` is null. A manifest of version 1
has another `format` and none of these three fields; it has no `log` in a dossier of 0.1.0.
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
"""Additional members of a dossier of version 1."""
CABLES = "cables/"
MOST_CABLES = 10_000
"""The maximum number of cables in a dossier: a longer page would be unreadable."""
MOST_MEMBERS = MOST_CABLES + 50
LARGEST = 64 << 20
"""The maximum size of a manifest, in bytes."""

Texts = Literal["whole", "paragraphs"]
"""How much of a cable is sealed: the whole text, or only the cited paragraphs."""


class SourceFile(Value):
    """A file from which cables in a dossier were read."""

    path: str
    """The path relative to the archive's folder."""
    size: Annotated[int, "named bytes"]
    sha256: OrNull[Fingerprint]
    """The digest of the file. Empty if the digest could reveal a masked name, because the file is a
    single cable or its path contains the name.
    """
    why: Only[str] = ""
    """The reason why `sha256` is empty."""


class SourceRecord(NamedTuple):
    """The record from which a cable was read."""

    raw: RawCable
    sha256: str
    """The digest of the record's own bytes."""
    file: str
    """The file on disk, relative to the archive's folder."""
    alone: bool
    """Whether the file, compressed or not, contains only this cable. This is not checked for an
    archive that consists of packed files.
    """


class SealedEntry(Value):
    """A cable in a dossier."""

    reference_id: Annotated[str, "named ref"]
    canonical_id: Annotated[str, "named canonical"]
    member: Raw
    texts: Texts
    cited: tuple[str, ...]
    """The labels of the cited paragraphs; empty for the whole cable."""
    masked: int
    """The number of places at which a name is masked."""


class SealedArchive(Value):
    """The archive from which a dossier was made."""

    cables: int
    fingerprint: Fingerprint


class Manifest(Value):
    """A dossier's statements about itself."""

    renderer: int
    """The number of the renderer; 0 in a dossier of version 1."""
    program: str
    sealed: str
    """The time of sealing, in UTC in ISO 8601 format."""
    title: str
    texts: Texts
    names: Literal["masked", "shown"]
    statements: tuple[str, ...]
    archive: SealedArchive
    sources: Annotated[tuple[SourceFile, ...], ("maxItems", MOST_MEMBERS)]
    cables: Annotated[tuple[SealedEntry, ...], ("maxItems", MOST_MEMBERS)]
    log: str
    """Whether the searches are included; empty in a dossier of version 0.1.0, which includes them.
    """
    members: Annotated[tuple[Packed, ...], ("maxItems", MOST_MEMBERS)]

    @property
    def masked(self) -> int:
        """The number of places at which a name is masked."""
        return sum(entry.masked for entry in self.cables)


def value(manifest: Manifest) -> dict[str, Any]:
    """Return the value of the member, ready for JSON."""
    return {"format": FORMAT, "version": VERSION, **as_json(manifest)}


def dumps(manifest: Manifest) -> str:
    """Return the text of the member."""
    return json_text(value(manifest), indent=1) + "\n"


def loads(content: bytes) -> Manifest:
    """Return the manifest in a member.

    Raises `UsageError` if its structure is invalid.
    """
    try:
        json_data = json_value(content)
        format_and_version = (
            (json_data.get("format"), json_data.get("version"))
            if isinstance(json_data, dict)
            else ()
        )
        if not format_and_version or format_and_version[0] not in (FORMAT, _OLDER[0]):
            raise ValueError("it does not belong to a verifiable dossier")
        if format_and_version == _OLDER:
            json_data = {"log": "", **json_data, "renderer": 0, "statements": []}
        elif format_and_version != (FORMAT, VERSION):
            raise ValueError(
                f"its version is unknown (this cable-tui knows {VERSION} and {_OLDER[1]})"
            )
        manifest = read(Manifest, json_data)
        # Each is unpacked: one that is named ten thousand times would be so ten thousand times.
        if len({entry.member for entry in manifest.cables}) < len(manifest.cables):
            raise ValueError("two cables share a member")
    except ValueError as error:
        raise UsageError(f"{NAME} cannot be understood: {error}") from None
    return manifest
