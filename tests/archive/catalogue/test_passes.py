"""The stamps of the passes: the same for every Python, another for every change of what is kept.

`python -m tests.archive.catalogue.test_passes` writes what the passes keep of the sample files
again, each with the versions under which it was written, and refuses if a version is to be raised.
What is kept of a sample depends on no other sample and on no further format, so that two branches
that add some can be merged.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from typing import Any, NamedTuple
from zlib import crc32

import pytest

import cable_tui
from cable_tui.archive.archive import Archive, open_archive
from cable_tui.archive.build.indexer import index
from cable_tui.archive.cache import cache_folder
from cable_tui.archive.catalogue import facet_columns, passes
from cable_tui.archive.catalogue.passes import PASSES, is_up_to_date
from cable_tui.archive.fulltext import schema as text_schema
from cable_tui.archive.fulltext.writer import IndexEntry, IndexWriter
from cable_tui.archive.records import best_record
from cable_tui.archive.sentences import echo_file
from cable_tui.archive.sentences.names import NameIndex, roles_of
from cable_tui.base.errors import ArchiveError
from cable_tui.base.tools import tools
from cable_tui.base.value import replace
from cable_tui.query import FACETS
from tests.archive.fiction import BRIDGE, GOATS, LAMPS, build_index, write_dump, write_page
from tests.archive.source_criticism.fiction import story

DATA = Path(__file__).parents[2] / "data"
ROOT = DATA.parents[1]
KEPT = DATA / "kept-by-the-passes.json"
_ROWS = {"facts": "cable", "grammar": "grammar"}
"""The passes that keep rows, and their tables."""
_PASSES = "cable_tui/archive/catalogue/passes.py"
VERSIONS = {
    "facts": (passes.FACTS_VERSION, f"FACTS_VERSION in {_PASSES}"),
    "grammar": (passes.GRAMMAR_VERSION, f"GRAMMAR_VERSION in {_PASSES}"),
    "texts": (passes.TEXT_VERSION, f"TEXT_VERSION in {_PASSES}"),
    "index": (text_schema.VERSION, "VERSION in cable_tui/archive/fulltext/schema.py"),
    "sentences": (echo_file.VERSION, "VERSION in cable_tui/archive/sentences/echo_file.py"),
}
"""Versions with their places: of the passes, of the form of both indexes, of the echo file."""
GUARDS = {
    "facts": ("facts",),
    "grammar": ("grammar",),
    # The stamp of the texts has those of the facts and of the grammar in it.
    "texts": ("texts", "index", "grammar", "facts"),
    "voices": ("sentences",),
    "sentences": ("sentences",),
    "passages": ("sentences",),
}
"""What caches hold, with the versions that make it again; the first is raised if it changes."""
OF_TOOLS = {"voices": "voices", "sentences": "protection"}
"""What a tool finds in the texts: it is compared while that tool is there."""
NAMES_OF_TOOLS = [tool.name for tool in tools()]
_OF_THE_FILE = {"id", "file", "offset", "length", "crc", "line"}
"""Columns of `cable` that say where the record is."""


def written_under(sample: str) -> str:
    """What an entry depends on: the bytes of the sample, the facets, and the versions."""
    file = DATA / sample
    versions = {name: version for name, (version, _) in VERSIONS.items()}
    own = crc32(file.read_bytes()) if file.exists() else 0
    made_of = {"bytes": own, "facets": len(FACETS), **versions}
    return " ".join(f"{name}={number}" for name, number in made_of.items())


@cache
def kept_by_the_passes() -> dict[str, dict[str, Any]]:
    """What the passes keep of each sample file: rows with the texts of the terms, texts, sentences.

    Long texts are kept as checksums.
    """
    found: dict[str, dict[str, Any]] = {stage: {} for stage in GUARDS}
    samples = sorted(file for file in DATA.iterdir() if file.is_file() and file != KEPT)
    with TemporaryDirectory() as place, pytest.MonkeyPatch.context() as patch:
        entries = _recorded(patch)
        patch.setattr(best_record, "RANKS", {})  # a format more changes the ranks of others
        for sample in samples:
            entries.clear()
            with closing(_indexed(sample, Path(place))) as archive, archive.reading() as db:
                terms = dict(db.execute("SELECT id, text FROM term"))
                for stage, table in _ROWS.items():
                    cursor = db.execute(f"SELECT * FROM {table}")
                    names = [each[0] for each in cursor.description]
                    found[stage][sample.name] = [
                        _named(dict(zip(names, row, strict=True)), terms) for row in cursor
                    ]
                for stage, of in (("texts", text_schema.FOLDER), ("voices", "voices")):
                    texts = [_texts(each) for name, each in entries if name == of]
                    found[stage][sample.name] = sorted(texts, key=json.dumps)
                found["sentences"][sample.name] = _sentences(archive.folder)
        with closing(story(Path(place))) as archive:
            held = echo_file.load(archive.folder)
            assert held is not None
            found["passages"]["a story"] = held.overview
    return found


def _recorded(patch: pytest.MonkeyPatch) -> list[tuple[str, IndexEntry]]:
    """Return a list that gets every entry of the indexes, with the name of its folder."""
    found: list[tuple[str, IndexEntry]] = []
    put = IndexWriter.put

    def recorded(writer: IndexWriter, *made: IndexEntry) -> None:
        found.extend((writer._path.name, each) for each in made)
        put(writer, *made)

    patch.setattr(IndexWriter, "put", recorded)
    return found


_LONGEST = 60


def _texts(made: IndexEntry) -> list[str]:
    """The fields of an entry of an index, long texts as checksums. Its numbers are the rows'."""
    texts = (
        (field, " ".join(sorted(text.split())) if field in text_schema.INITIALS else text)
        for field, text in made.texts
    )
    return [f"{field}: {_short(text)}" for field, text in texts if text]


def _short(text: str) -> str:
    if len(text) <= _LONGEST:
        return text
    return f"{text[:_LONGEST]}… {len(text)} {crc32(text.encode()):08x}"


def _sentences(folder: Path) -> dict[str, Any]:
    """The fingerprints of sentences, as a checksum, and the names with their marks."""
    held = echo_file.load(folder)
    if held is None:
        return {}
    (file,) = held.files
    numbers = [str(posting >> echo_file.ID_BITS) for posting in file.postings]
    names = NameIndex()
    names.add_kept(file.names, set(file.cables))
    roles = names.postings()
    return {
        "numbers": [len(numbers), crc32(" ".join(numbers).encode())],
        "names": sorted(
            " | ".join((*name, *(str(roles_of(each)) for each in sorted(roles[number]))))
            for number, name in enumerate(names.names)
        ),
    }


def _indexed(sample: Path, folder: Path) -> Archive:
    with suppress(ArchiveError):  # a page without a cable
        build_index(sample, folder, echoes=True)
    return open_archive(sample, folder)


def _named(row: dict[str, Any], terms: dict[int, str]) -> dict[str, Any]:
    codes = {"origin", "classification", "tags"}
    codes |= {f"facet_{each.name}" for each in FACETS.values() if each.kind == "term"}
    for name in codes & row.keys():
        value = row[name]
        ids = [value] if isinstance(value, int) else facet_columns.ids_of(value)
        row[name] = [terms[each] for each in ids]
    of_the_file = _OF_THE_FILE if "canonical" in row else {"cable"}
    return {
        name: value
        for name, value in row.items()
        # So a facet more changes few samples.
        if name not in of_the_file and (value or not name.startswith("facet_"))
    }


class Differing(NamedTuple):
    """The samples of a stage that differ from what is known of them."""

    raised: list[str]
    """Under other versions, or the sample itself is new, changed or removed."""
    not_raised: list[str]


def differing(
    known: Mapping[str, Any], kept: Mapping[str, Mapping[str, Any]], stage: str
) -> Differing:
    """Compare a stage of what is known with what the passes keep now."""
    found = Differing([], [])
    now, before = json.loads(json.dumps(kept[stage])), known.get(stage, {})
    versions = ("bytes", "facets", *GUARDS[stage])
    for sample in sorted(now.keys() | before.keys()):
        texts = (known.get("written under", {}).get(sample, ""), written_under(sample))
        old, new = (dict(part.split("=") for part in text.split()) for text in texts)
        same = all(old.get(name) == new[name] for name in versions)
        if sample not in now or sample not in before or not same:
            found.raised.append(sample)
        elif now[sample] != before[sample]:
            found.not_raised.append(sample)
    return found


def known() -> dict[str, Any]:
    """What the file has; a merge may have left it with both sides of a conflict."""
    try:
        return dict(json.loads(KEPT.read_text("utf-8")))
    except ValueError:
        again = f"git checkout --ours {KEPT.relative_to(ROOT)}, then: make generated"
        raise SystemExit(f"{KEPT.name} is no JSON: {again}") from None


def to_be_raised(stage: str, samples: list[str]) -> str:
    """What to do if a rule changed, and its version did not."""
    place = VERSIONS[GUARDS[stage][0]][1]
    return f"caches hold something else of {', '.join(samples)} than before: raise {place}"


_AGAIN = f"{KEPT.name} is of other versions or samples; after a merge too: make generated"


@pytest.mark.parametrize(
    "stage", [stage for stage in GUARDS if OF_TOOLS.get(stage) in {None, *NAMES_OF_TOOLS}]
)
def test_a_version_is_raised_when_what_its_pass_keeps_changes(stage: str) -> None:
    found = differing(known(), kept_by_the_passes(), stage)
    assert not found.not_raised, f"{to_be_raised(stage, found.not_raised)}, then: make generated"
    assert not found.raised, f"{_AGAIN} ({', '.join(found.raised)})"


def test_only_a_change_without_a_version_asks_for_one(monkeypatch: pytest.MonkeyPatch) -> None:
    samples = ("alx.txt", "pdftotext.txt", "one.crate")
    monkeypatch.setattr("tests.archive.catalogue.test_passes.VERSIONS", {"facts": (2, "here")})
    monkeypatch.setattr("tests.archive.catalogue.test_passes.GUARDS", {"facts": ("facts",)})
    under = {each: written_under(each) for each in samples}
    known = {"written under": under, "facts": {each: [1] for each in samples}}
    assert differing(known, {"facts": dict.fromkeys(samples, (1,))}, "facts") == ([], [])
    changed = {"facts": {**dict.fromkeys(samples, (1,)), "alx.txt": (3,)}}
    assert differing(known, changed, "facts") == ([], ["alx.txt"])
    assert to_be_raised("facts", ["alx.txt"]).endswith("of alx.txt than before: raise here")
    another = {"facts": dict.fromkeys((*samples, "new.crate"), (1,))}
    assert differing(known, another, "facts") == (["new.crate"], [])
    del another["facts"]["new.crate"], another["facts"]["one.crate"]
    assert differing(known, another, "facts") == (["one.crate"], [])
    # One branch raised the version, another one added a sample under the version before.
    under["alx.txt"] = under["alx.txt"].replace("facts=2", "facts=1")
    assert differing(known, changed, "facts") == (["alx.txt"], [])
    assert differing({}, changed, "facts") == (sorted(samples), [])


def _stamps() -> list[str]:
    passes.stamp.cache_clear()
    return [passes.stamp(name) for name in passes.PASSES]


def test_a_cache_opens_unchanged_under_another_python(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_dump(tmp_path / "cables.csv", [LAMPS, BRIDGE])
    build_index(tmp_path / "cables.csv", tmp_path / "cache")
    stamps = _stamps()
    monkeypatch.setattr(sys, "version_info", (3, 19, 0, "final", 0))
    monkeypatch.setattr(sys, "flags", SimpleNamespace(optimize=2))
    monkeypatch.setattr(sys, "implementation", SimpleNamespace(name="other", cache_tag="other-319"))
    compiled = {name: replace(each, values=lambda filed: ()) for name, each in FACETS.items()}
    monkeypatch.setattr(facet_columns, "FACETS", compiled)
    assert _stamps() == stamps
    monkeypatch.undo()
    stages = {step.stage for step in index(tmp_path / "cables.csv", tmp_path / "cache", workers=0)}
    assert stages <= {"walk", "done"}


def _runs(python: str) -> bool:
    done = subprocess.run([python, "-V"], capture_output=True, check=False)
    return done.returncode == 0


def _others() -> list[str]:
    """The other Pythons of this machine that run."""
    names = (f"python3.{minor}" for minor in range(11, 20) if minor != sys.version_info.minor)
    found = [path for path in map(shutil.which, names) if path]
    return [path for path in found if _runs(path)]


_PRINT = "from cable_tui.archive.catalogue.passes import PASSES, stamp; print(*map(stamp, PASSES))"


@pytest.mark.parametrize("python", [sys.executable, *_others()], ids=os.path.basename)
def test_every_python_makes_the_same_stamps(python: str) -> None:
    flags = ["-OO"] if python == sys.executable else []
    # The stamps need nothing that is compiled, so the packages of this Python will do.
    places = [str(Path(cable_tui.__file__).parents[1]), sysconfig.get_path("purelib")]
    done = subprocess.run(
        [python, *flags, "-B", "-c", _PRINT],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(places)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.split() == _stamps(), done.stderr


def _write() -> None:
    """Write what the passes keep, unless a version is to be raised first."""
    before = known() if KEPT.exists() else {}
    kept = kept_by_the_passes()
    missing = [
        to_be_raised(stage, samples)
        for stage in GUARDS
        if (samples := differing(before, kept, stage).not_raised)
    ]
    if missing:
        sys.exit("\n".join(missing))
    samples = sorted({sample for stage in kept.values() for sample in stage})
    under = {sample: written_under(sample) for sample in samples}
    text = json.dumps({"written under": under, **kept}, indent=1, ensure_ascii=False)
    KEPT.write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    _write()


@pytest.fixture
def page(folder: Path) -> Path:
    """The first of two pages."""
    write_page(folder, LAMPS)
    return write_page(folder, GOATS)


def touch(page: Path) -> None:
    os.utime(page, ns=(1, 1))


def grow(page: Path) -> None:
    times = page.stat()
    page.write_bytes(page.read_bytes() + b"\n")
    os.utime(page, ns=(times.st_atime_ns, times.st_mtime_ns))


def rename(page: Path) -> None:
    page.rename(page.with_name("other.html"))


def add(page: Path) -> None:
    page.with_name("notes.doc").write_bytes(b"no cable")


DATES = {
    "the last second of 1969": -1_000_000_000,
    "the last nanosecond of 1969": -1,
    "1950, as scanned files are dated": -631_152_000_000_000_000,
    "2400, more nanoseconds than SQLite counts": 13_569_465_600_000_000_000,
}


@pytest.mark.skipif(os.name == "nt", reason="Windows counts from 1601 to 30828 in other steps")
@pytest.mark.parametrize("date", DATES.values(), ids=DATES)
def test_a_file_of_any_date_is_indexed_once(
    date: int, page: Path, folder: Path, cache: Path
) -> None:
    os.utime(page, ns=(date, date))
    if page.stat().st_mtime_ns != date:
        pytest.skip("this file system keeps no such date")
    build_index(folder, cache)
    assert is_up_to_date(folder, cache, PASSES)
    with closing(open_archive(folder, cache, readonly=True)) as archive:
        assert archive.summary().complete
        assert archive.summary().cables == 2
    last = build_index(folder, cache)
    assert (last.added, last.changed, last.removed) == (0, 0, 0)
    os.utime(page, ns=(date + 1_000_000_000, date + 1_000_000_000))
    assert not is_up_to_date(folder, cache, PASSES)


@pytest.mark.parametrize("change", [touch, grow, rename, Path.unlink, add])
def test_every_change_of_a_file_is_seen(
    page: Path, folder: Path, cache: Path, change: Callable[[Path], None]
) -> None:
    build_index(folder, cache)
    assert is_up_to_date(folder, cache, PASSES)
    assert is_up_to_date(folder, cache, ())
    change(page)
    assert not is_up_to_date(folder, cache, ("facts",))
    build_index(folder, cache)
    assert is_up_to_date(folder, cache, PASSES)


def test_what_is_not_done_is_not_up_to_date(
    folder: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_dump(folder / "cables.csv", [LAMPS, BRIDGE])
    assert not is_up_to_date(folder, cache, PASSES)
    assert not is_up_to_date(folder / "none", cache, PASSES)
    list(index(folder, cache, stop=lambda: True, workers=0))
    assert not is_up_to_date(folder, cache, ("facts",))
    build_index(folder, cache, passes=("facts",))
    assert is_up_to_date(folder, cache, ("facts",))
    assert not is_up_to_date(folder, cache, ("facts", "grammar"))
    assert not is_up_to_date(folder, cache, PASSES)
    build_index(folder, cache)
    with monkeypatch.context() as patch:  # of another version
        patch.setattr(passes, "stamp", lambda name: f"new {name}")
        assert not is_up_to_date(folder, cache, PASSES)
    assert is_up_to_date(folder, cache, PASSES)
    for file in cache_folder(folder, cache).glob("catalogue-*"):
        file.write_bytes(b"no database")
    assert not is_up_to_date(folder, cache, PASSES)


def test_a_file_that_could_not_be_read_is_tried_again(
    page: Path, folder: Path, cache: Path
) -> None:
    page.chmod(0)
    if os.access(page, os.R_OK):
        pytest.skip("this user may read every file")
    build_index(folder, cache)
    assert not is_up_to_date(folder, cache, ("facts",))


def test_one_dump_is_looked_at_by_its_own_size_and_time(page: Path, cache: Path) -> None:
    build_index(page, cache)
    assert is_up_to_date(page, cache, PASSES)
    touch(page)
    assert not is_up_to_date(page, cache, PASSES)
