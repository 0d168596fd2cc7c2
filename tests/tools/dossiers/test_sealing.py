"""A sealed text beside the archive: the same, or how it differs; and the fingerprints of files."""

from __future__ import annotations

import gzip
import hashlib
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from cable_tui.archive.archive import Archive
from cable_tui.base.cable import Location
from cable_tui.base.errors import ArchiveError
from cable_tui.base.value import replace
from cable_tui.exports.citation import Citation
from cable_tui.formats.sealed_cable import SealedCable, SealedSource
from cable_tui.tools.dossiers.gaps import with_gaps
from cable_tui.tools.dossiers.manifest import SourceFile, SourceRecord
from cable_tui.tools.dossiers.sealing import ArchiveSources
from cable_tui.tools.protection.answers import NO_ANSWERS
from cable_tui.tools.protection.digest_spans import ParagraphDigests
from cable_tui.tools.protection.masked_names import MaskedNames
from cable_tui.tools.protection.review import reviewed
from tests.archive.fiction import (
    BRIDGE,
    GOATS,
    LAMPS,
    Fiction,
    archive_of,
    id_of,
    opened,
    write_dump,
    write_page,
)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """A page, a dump of three rows, and a page in a zip."""
    folder = tmp_path / "cables"
    write_page(folder, LAMPS)
    write_dump(folder / "cables.csv", [BRIDGE, GOATS])
    with zipfile.ZipFile(folder / "more.zip", "w") as packed:
        packed.writestr("in/09RABAT99.html", Fiction(id="09RABAT99").page)
    with closing(opened(folder, tmp_path / "cache")) as found:
        yield found


@pytest.fixture
def sources(archive: Archive) -> Iterator[ArchiveSources]:
    with ArchiveSources(archive) as found:
        yield found


def record_of(archive: Archive, sources: ArchiveSources, name: str) -> SourceRecord:
    return sources.record(Citation(archive.cable(id_of(archive, name))))


def sealed(archive: Archive, sources: ArchiveSources, name: str) -> SealedCable:
    return SealedCable(name, record_of(archive, sources, name).raw, SealedSource("", "", 0, 0))


def digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def test_a_record_knows_its_file_on_the_disk(archive: Archive, sources: ArchiveSources) -> None:
    page = "cable/2009/02/09RABAT27.html"
    lamps, bridge, packed = (
        record_of(archive, sources, name) for name in (LAMPS.id, BRIDGE.id, "09RABAT99")
    )
    assert [(each.file, each.alone) for each in (lamps, bridge, packed)] == [
        (page, True),
        ("cables.csv", False),
        ("more.zip", False),
    ]
    assert lamps.sha256 == digest(archive.root / page)


@pytest.mark.parametrize("name", ["page", "packed page", "dump of one row"])
def test_a_file_that_holds_one_cable_is_it_alone_however_it_is_kept(
    tmp_path: Path, name: str
) -> None:
    """Packed, or with a line above: what it says can be guessed by its fingerprint as well."""
    folder = tmp_path / "cables"
    if name == "dump of one row":
        write_dump(folder / "cables.csv", [LAMPS])
    else:
        page = write_page(folder, LAMPS)
        if name == "packed page":
            page.write_bytes(gzip.compress(page.read_bytes()))
    with closing(opened(folder, tmp_path / "cache")) as archive, ArchiveSources(archive) as sources:
        assert record_of(archive, sources, LAMPS.id).alone


def test_the_fingerprint_of_a_file_is_that_of_its_bytes(
    archive: Archive, sources: ArchiveSources
) -> None:
    *working, found = sources.file("cables.csv")
    file = archive.root / "cables.csv"
    assert found == SourceFile("cables.csv", file.stat().st_size, digest(file))
    assert set(working) == {None}


@pytest.mark.parametrize(
    "path", ["absent.csv", "../cables/cables.csv", "/etc/hostname", "", "./cables.csv", "in//x"]
)
def test_no_file_outside_of_the_archive_is_read(sources: ArchiveSources, path: str) -> None:
    with pytest.raises(ArchiveError):
        list(sources.file(path))


def test_one_file_is_an_archive_too(tmp_path: Path) -> None:
    file = tmp_path / "cables.csv"
    write_dump(file, [BRIDGE])
    with closing(opened(file, tmp_path / "cache")) as archive, ArchiveSources(archive) as sources:
        assert record_of(archive, sources, BRIDGE.id).file == "cables.csv"
        *_, found = sources.file("cables.csv")
        assert found is not None
        assert found.sha256 == digest(file)


NAMED = Fiction("09RABAT41", subject="A", text="Ivo Tern (strictly protect) spoke. I. Tern left.")


def test_confirmed_names_of_other_cables_come_with_their_forms(tmp_path: Path) -> None:
    with closing(archive_of(tmp_path, NAMED, LAMPS)) as made, ArchiveSources(made) as sources:
        cable = made.cable(made.find(NAMED.id) or 0)
        (asked,) = reviewed(cable, NO_ANSWERS)
        place = ParagraphDigests(cable).place(asked.found.proposed[0])
        given = NO_ANSWERS.with_request(asked.key, (place,))
        (found,) = sources.outside(given, [LAMPS.id])
        assert (found.asking.name, found.asking.cable) == ("Ivo Tern", NAMED.id)
        assert "Ivo Tern" in found.forms
        assert list(sources.outside(given, [NAMED.id])) == []


def test_cables_that_a_note_names_go_out_too(tmp_path: Path) -> None:
    with closing(archive_of(tmp_path, NAMED, LAMPS)) as made, ArchiveSources(made) as sources:
        notes = [f"Compare {NAMED.id}, ¶2, and 09 RABAT 99.", f"({LAMPS.id})"]
        found = [each.canonical_id for each in sources.quoted(notes, [LAMPS.id])]
        assert found == [NAMED.id]
        assert list(sources.quoted(["lamps"], [])) == []


def test_a_text_that_is_the_same_is_found_so(archive: Archive, sources: ArchiveSources) -> None:
    for name in (LAMPS.id, BRIDGE.id, "09RABAT99"):
        found = sources.compare(sealed(archive, sources, name))
        assert (found.state, found.where) == ("same", ())


def test_gaps_are_no_difference(archive: Archive, sources: ArchiveSources) -> None:
    given = sealed(archive, sources, LAMPS.id)
    raw, gaps = with_gaps(given.raw, MaskedNames(["keepers"]))
    assert gaps
    assert sources.compare(replace(given, raw=raw, gaps=gaps)).state == "same"
    assert sources.compare(replace(given, raw=raw)).state == "differs"


@pytest.mark.parametrize(
    ("sealed_tags", "state"),
    [
        (("PGOV", "[name masked]"), "same"),
        (("PGOV", "PELHAM, IVO"), "differs"),
        (("PGOV",), "differs"),
    ],
)
def test_masked_names_of_what_a_container_lists_are_no_difference(
    archive: Archive,
    sources: ArchiveSources,
    monkeypatch: pytest.MonkeyPatch,
    sealed_tags: tuple[str, ...],
    state: str,
) -> None:
    given = sealed(archive, sources, LAMPS.id)
    here = replace(given.raw, tags=("PGOV", "PELHAM, ADA"))
    monkeypatch.setattr(sources._files, "cable", lambda _: here)
    assert sources.compare(replace(given, raw=replace(here, tags=sealed_tags))).state == state


def test_blanks_are_a_difference_that_does_not_count(
    archive: Archive, sources: ArchiveSources
) -> None:
    given = sealed(archive, sources, LAMPS.id)
    raw = replace(given.raw, body=given.raw.body.replace("asked for", "asked\nfor"))
    found = sources.compare(replace(given, raw=raw))
    assert (found.state, found.where) == ("same", ("spaces or line endings differ",))


@pytest.mark.parametrize(
    ("field", "old", "new", "where"),
    [
        (
            "body",
            "new lamps",
            "old lamps",
            "¶1: “old lamps.” in the dossier, “new lamps.” in the archive",
        ),
        ("body", "SIPDIS", "NODIS", "the text"),
        ("header", "PRIORITY", "ROUTINE", "the header"),
        ("classification", "CONFIDENTIAL", "SECRET", "the metadata above the text"),
        ("created", "02-13", "02-14", "the metadata above the text"),
    ],
)
def test_a_difference_is_named_with_its_place(  # noqa: PLR0917 - a case of a table
    archive: Archive, sources: ArchiveSources, field: str, old: str, new: str, where: str
) -> None:
    given = sealed(archive, sources, LAMPS.id)
    changed = getattr(given.raw, field).replace(old, new)
    found = sources.compare(replace(given, raw=replace(given.raw, **{field: changed})))
    assert (found.state, found.where) == ("differs", (where,))
    assert found.path.endswith("09RABAT27.html")


def test_any_record_of_a_cable_may_have_the_text(tmp_path: Path) -> None:
    folder = tmp_path / "cables"
    write_page(folder, LAMPS)
    write_dump(folder / "cables.csv", [replace(LAMPS, text="The keepers asked for nothing.")])
    with closing(opened(folder, tmp_path / "cache")) as archive, ArchiveSources(archive) as sources:
        given = sealed(archive, sources, LAMPS.id)
        text = "1. (C) The keepers asked for nothing.\n"
        body = given.raw.body[: given.raw.body.index("1. (C)")] + text
        found = sources.compare(replace(given, raw=replace(given.raw, body=body)))
        assert (found.state, found.path) == ("same", "cables.csv")


def test_a_cable_that_is_not_here_is_missing(archive: Archive, sources: ArchiveSources) -> None:
    given = replace(sealed(archive, sources, LAMPS.id), canonical_id="01NOWHERE1")
    assert sources.compare(given).state == "missing"


def test_a_file_that_changed_is_unread(archive: Archive, sources: ArchiveSources) -> None:
    given = sealed(archive, sources, LAMPS.id)
    page = archive.root / "cable/2009/02/09RABAT27.html"
    with ArchiveSources(archive) as fresh:
        page.write_text("other", encoding="utf-8")
        found = fresh.compare(given)
    assert found.state == "unread"
    assert "has changed since it was indexed" in found.where[0]
    assert given.raw.location == Location(
        "cable/2009/02/09RABAT27.html", 0, given.raw.location.length
    )


def test_the_number_of_cables_and_the_fingerprint_are_of_the_archive(
    sources: ArchiveSources,
) -> None:
    assert sources.cables == 4
    assert len(sources.fingerprint()) == 66


def test_the_first_version_has_the_record_that_it_showed(tmp_path: Path) -> None:
    """The page before the row, and of two pages the longer one, though it hides a name."""
    hides = replace(LAMPS, text=LAMPS.text.replace("keepers", "XXXXXXXXXXXX"))
    longer = write_page(tmp_path / "cables" / "a", hides)
    write_page(tmp_path / "cables" / "b", LAMPS)
    write_dump(tmp_path / "cables" / "cables.csv", [LAMPS])
    with closing(opened(tmp_path / "cables", tmp_path / "cache")) as archive:
        assert "XXX" not in archive.cable(archive.find(LAMPS.id) or 0).body.text
        with ArchiveSources(archive) as sources:
            found = sources.fingerprint(64 * "0")
    line = f"{LAMPS.id} {zlib.crc32(longer.read_bytes()):08x}\n"
    assert found == hashlib.sha256(line.encode()).hexdigest()
