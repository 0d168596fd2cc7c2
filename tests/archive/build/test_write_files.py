"""What the settings decide: documents of volumes that are no telegrams, columns that are named."""

from contextlib import closing
from pathlib import Path

import pytest

from cable_tui.archive.archive import Archive, open_archive
from cable_tui.archive.build.indexer import index
from cable_tui.archive.catalogue.passes import NamedTables, is_up_to_date
from cable_tui.archive.catalogue.resolve_references import missing
from cable_tui.base.errors import ArchiveError
from cable_tui.base.index_state import Progress
from cable_tui.formats.frus.volume import NO_TELEGRAM
from tests.archive.fiction import Fiction, id_of, opened, subjects, write_dump
from tests.formats.frus.volumes import document, telegram, volume

LETTER = document(2, "<head>2. Letter From Sapt</head><p>Sir.</p>")
SENT = document(
    3,
    "<head>3. Telegram 4321 From the Embassy in Ruritania</head>"
    '<dateline><placeName>Strelsau</placeName>, <date when="1975-07-26">x</date></dateline>'
    '<p>See <ref target="#d1">Document 1</ref>.</p>',
)


def run(folder: Path, cache: Path, *, frus_all: bool = False, tables: NamedTables = ()) -> Progress:
    *_, last = index(folder, cache, frus_all=frus_all, tables=tables, workers=0)
    return last


def names(folder: Path, cache: Path) -> list[str]:
    with closing(open_archive(folder, cache)) as archive:
        return [name.partition("/")[2] or name for name in subjects(archive)]


def test_documents_are_left_alone_until_they_are_wanted(folder: Path, cache: Path) -> None:
    file = folder / "frus1955-57v97.xml"
    file.write_text(volume(telegram(1), LETTER, SENT))
    write_dump(folder / "cables.csv", [Fiction()])
    first = run(folder, cache)
    assert first.skipped == {NO_TELEGRAM: 1}
    assert names(folder, cache) == ["09RABAT27", "d1", "d3"]

    everything = run(folder, cache, frus_all=True)
    assert (everything.added, everything.removed, everything.skipped) == (1, 0, {})
    assert names(folder, cache) == ["09RABAT27", "d1", "d2", "d3"]

    again = run(folder, cache)
    assert (again.added, again.removed, again.skipped) == (0, 1, {NO_TELEGRAM: 1})
    same = run(folder, cache)
    assert (same.added, same.changed, same.removed) == (0, 0, 0)
    assert same.skipped == {NO_TELEGRAM: 1}

    file.write_text(volume(telegram(1), SENT))
    assert run(folder, cache).skipped == {}
    file.write_text(volume(telegram(1), LETTER, SENT))
    assert run(folder, cache).skipped == {NO_TELEGRAM: 1}
    file.unlink()
    assert run(folder, cache).skipped == {}


LAMPS = "UNCLAS\\n\\nSUBJECT: LAMPS\\n\\n1. (U) Lamps."
UNKNOWN = f"""Nr;Wann;Was
NL-1;2009-02-13;"{LAMPS}"
NL-2;2009-02-14;"{LAMPS}"
"""
BY_WHEN = ("unknown.csv", '{"id": "Nr", "text": "Was", "date": "Wann"}')


def test_files_of_which_the_named_columns_change_are_read_again(folder: Path, cache: Path) -> None:
    (folder / "unknown.csv").write_text(UNKNOWN.replace("\\n", "\n"))
    write_dump(folder / "cables.csv", [Fiction()])
    assert run(folder, cache).skipped == {"table without cables": 1}
    assert is_up_to_date(folder, cache, ("facts",))
    assert not is_up_to_date(folder, cache, ("facts",), tables=[BY_WHEN])

    named = run(folder, cache, tables=[BY_WHEN])
    assert (named.added, named.changed, named.skipped) == (2, 0, {})
    assert is_up_to_date(folder, cache, ("facts",), tables=[BY_WHEN])
    with closing(open_archive(folder, cache)) as archive:
        cable = archive.cable(id_of(archive, "NL-1"))
    assert (cable.facts.created, cable.subject) == ("2009-02-13", "LAMPS")
    assert [source.format for source in cable.sources] == ["table-csv"]

    # The same rows, by other columns: what was known of them is no longer true.
    other = run(folder, cache, tables=[("*.csv", '{"id": "Wann", "text": "Was"}')])
    assert (other.added, other.removed) == (2, 2)
    assert names(folder, cache) == ["09RABAT27", "2009-02-13", "2009-02-14"]
    assert run(folder, cache).removed == 2


def test_a_volume_of_letters_says_how_they_are_read(tmp_path: Path) -> None:
    (tmp_path / "frus1955-57v97.xml").write_text(volume(LETTER))
    with pytest.raises(ArchiveError, match=r"1 FRUS document, but no telegrams\. frus_all = true"):
        run(tmp_path, tmp_path.parent / "letters")
    last = run(tmp_path, tmp_path.parent / "letters", frus_all=True)
    assert last.cables == 1


def test_the_same_telegram_elsewhere_is_linked_both_ways(folder: Path, cache: Path) -> None:
    (folder / "frus1969-76v97.xml").write_text(volume(telegram(1), SENT, id_=""))
    write_dump(folder / "a.csv", [Fiction()])
    printed = "frus1969-76v97/d3"

    def said(archive: Archive) -> list[tuple[str | None, str | None]]:
        cable = archive.cable(id_of(archive, printed))
        return [(each.label, each.reference_id) for each in cable.references]

    with closing(opened(folder, cache)) as archive:
        assert said(archive) == [(None, "frus1969-76v97/d1")]
        assert missing(archive) == []

    write_dump(folder / "b.csv", [Fiction("75STRELSAU4321", "1975-07-26 10:00")])
    with closing(opened(folder, cache)) as archive:
        assert said(archive) == [(None, "frus1969-76v97/d1"), ("also", "75STRELSAU4321")]
        assert archive.cited_by("75STRELSAU4321") == [archive.find(printed)]
        assert archive.cited_by("frus1969-76v97/d1") == [archive.find(printed)]
