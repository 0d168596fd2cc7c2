"""A dossier is all of its places, and holds nothing that it says is masked or left out."""

from __future__ import annotations

import hashlib
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from cable_tui.base.errors import UsageError
from cable_tui.base.value import replace
from cable_tui.exports.citation import Citation
from cable_tui.library import bundles
from cable_tui.tools.dossiers.dossier import SealedDossier
from cable_tui.tools.dossiers.manifest import SourceRecord, Texts
from cable_tui.tools.research_log.log_file import Entry, Log, Search, SearchedArchive
from tests.tools.dossiers.sample import PLACES, SEALING, Table, mark, place, raw, sealed

ALL = replace(SEALING, reveal=True)


def member(file: Path, name: str) -> str:
    with zipfile.ZipFile(file) as archive:
        return archive.read(name).decode()


def value(file: Path, name: str) -> Any:
    return json.loads(member(file, name))


def cables(file: Path) -> dict[str, Any]:
    with zipfile.ZipFile(file) as archive:
        found = [json.loads(archive.read(name)) for name in archive.namelist() if "cables/" in name]
    return {each["canonical_id"]: each for each in found}


def test_each_cable_is_there_once_as_its_record_has_it(tmp_path: Path) -> None:
    dossier, file = sealed(tmp_path, ALL)
    found = cables(file)
    assert list(found) == ["09RABAT27", "09RABAT28", "09RABAT29"]
    for name, each in found.items():
        record, there = each["record"], raw(name)
        assert (record["body"], record["header"], record["title"]) == (
            *(there.body, there.header),
            there.title,
        )
        assert each["source"]["sha256"] == "ab" * 32
        assert each["gaps"] == {"title": [], "header": [], "body": []}
    assert [each.cited for each in dossier.entries] == [("1", "2"), (), ("1",)]
    assert dossier.seal == hashlib.sha256(file.read_bytes()[:-64]).hexdigest()


def test_masked_names_are_nowhere_in_any_member(tmp_path: Path) -> None:
    log = Log((searched("Pelham", 1), searched("origin:rabat ada pelham", 1)))
    marks = (*SEALING.bundle.marks, mark("09RABAT28", None, "asked by pelham too"))
    bundle = replace(SEALING.bundle, marks=marks, lists={"pelham": [marks[0].uid]})
    places = (*PLACES, place("09RABAT28", "", "asked by pelham too"))
    sealing = replace(SEALING, log=log, title="Pelham", bundle=bundle)
    dossier, file = sealed(tmp_path, sealing, places)
    with zipfile.ZipFile(file) as archive:
        for name in archive.namelist():
            assert "pelham" not in archive.read(name).decode().lower(), name
    assert dossier.masked == 2
    assert value(file, "manifest.json")["names"] == "masked"


def test_what_a_masked_name_could_be_guessed_by_is_left_out(tmp_path: Path) -> None:
    _, file = sealed(tmp_path)
    sources = {each["path"]: each["sha256"] for each in value(file, "manifest.json")["sources"]}
    assert sources == {
        "cable/09RABAT27.html": None,
        "cable/09RABAT28.html": "ef" * 32,
        "cable/09RABAT29.html": "ef" * 32,
    }
    assert cables(file)["09RABAT27"]["source"]["sha256"] is None
    first, _, second, third = value(file, "marks.json")["marks"]
    assert (first["fingerprint"], second["fingerprint"]) == (None, None)
    assert third["fingerprint"]
    given = SEALING.bundle.marks[0]
    assert first["note"] == "Was it [name masked] who said so?"
    assert first["uid"] not in {given.uid, ""}


def test_the_marks_are_those_of_its_cables_and_can_be_taken_in(tmp_path: Path) -> None:
    _, file = sealed(tmp_path, ALL)
    bundle = bundles.loads(member(file, "marks.json").encode(), "marks.json")
    assert [each.name for each in bundle.marks] == [
        *("09RABAT27 ¶1", "09RABAT28", "09RABAT27 ¶2", "09RABAT29 ¶1"),
    ]
    assert bundle.marks == SEALING.bundle.marks[:-1]
    assert bundle.lists == {"Pelham's lamps": [each.uid for each in bundle.marks]}
    assert bundle.searches == {}


def test_lists_whose_masked_names_are_alike_stay_apart(tmp_path: Path) -> None:
    first, second = SEALING.bundle.marks[0].uid, SEALING.bundle.marks[1].uid
    lists = {"Pelham": [first], "pelham": [second], "PELHAM": []}
    bundle = replace(SEALING.bundle, lists=lists)
    _, file = sealed(tmp_path, replace(SEALING, bundle=bundle))
    found = {each["name"]: len(each["marks"]) for each in value(file, "marks.json")["lists"]}
    assert found == {"[name masked]": 1, "[name masked] 2": 1, "[name masked] 3": 0}


def test_the_author_of_a_note_and_paths_have_no_masked_name(tmp_path: Path) -> None:
    class Paths(Table):
        def record(self, cited: Citation) -> SourceRecord:
            found = super().record(cited)
            path = f"Pelham/{found.file}"
            return found._replace(
                file=path, raw=replace(found.raw, location=replace(found.raw.location, path=path))
            )

    marks = tuple(replace(each, author="pelham") for each in SEALING.bundle.marks)
    sealing = replace(SEALING, bundle=replace(SEALING.bundle, marks=marks))
    file = tmp_path / "paths.zip"
    file.write_bytes(b"".join(SealedDossier(sealing, Paths()).pieces(PLACES)))
    with zipfile.ZipFile(file) as archive:
        for name in archive.namelist():
            assert "pelham" not in archive.read(name).decode().lower(), name
    sources = value(file, "manifest.json")["sources"]
    assert {each["path"].split("/")[0] for each in sources} == {"[name masked]"}
    assert {each["sha256"] for each in sources} == {None}
    assert {each["author"] for each in value(file, "marks.json")["marks"]} == {"[name masked]"}


def test_paragraphs_that_are_not_cited_are_nowhere(tmp_path: Path) -> None:
    dossier, file = sealed(tmp_path, replace(SEALING, texts="paragraphs"))
    with zipfile.ZipFile(file) as archive:
        every = b"".join(map(archive.read, archive.namelist())).decode()
    assert "of no use" not in every
    assert "boat is red" in every
    assert "Nobody coils them." in every, "a cable that is cited as a whole is whole"
    found = {each["canonical_id"]: each["texts"] for each in cables(file).values()}
    assert found == {"09RABAT27": "paragraphs", "09RABAT28": "whole", "09RABAT29": "whole"}
    assert dossier.not_parted == []


@pytest.mark.parametrize(("texts", "count"), [("whole", 1), ("paragraphs", 0)])
def test_only_names_that_are_masked_are_counted(tmp_path: Path, texts: Texts, count: int) -> None:
    cited = (place("09RABAT27", "3"), place("09RABAT28"))
    dossier, file = sealed(tmp_path, replace(SEALING, texts=texts), cited)
    assert (dossier.protected, dossier.masked) == (count, 2 * count)
    said = f"masked at {2 * count} places of the texts."
    assert said in member(file, "index.html")


def test_a_cable_that_cannot_be_cut_is_whole_and_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cable_tui.tools.dossiers.gaps.stayed", lambda *_: False)
    dossier, file = sealed(tmp_path, replace(SEALING, texts="paragraphs"))
    assert dossier.not_parted == ["09RABAT27", "09RABAT29"]
    assert "of no use" in cables(file)["09RABAT27"]["record"]["body"]


def test_the_page_has_quotations_and_texts_and_no_path_of_the_reader(tmp_path: Path) -> None:
    _, file = sealed(tmp_path, replace(ALL, texts="paragraphs"))
    page = member(file, "index.html")
    text = "(C) Keeper Ada Pelham (strictly protect) counted &lt;four&gt; lamps &amp; a half."
    assert f"<p>{text}</p>" in page
    assert f"<mark>1. {text}</mark>" in page
    assert '<span class="gap">[paragraph left out of this dossier]</span>' in page
    assert "/home/ada" not in page


def searched(query: str, found: int) -> Entry:
    archive = SearchedArchive("cables", 3, 0, "cd" * 32)
    return Entry("2026-01-02T03:04:05Z", Search(query, found), archive)


@pytest.mark.parametrize(
    ("log", "said", "part"),
    [
        (None, "The searches that led here are not in this dossier.", "left out"),
        (Log(()), "No search of this archive was kept in a log.", "included"),
        (Log((searched("lamps", 0),)), "lamps", "included"),
    ],
)
def test_the_log_is_in_it_or_it_says_so(
    tmp_path: Path, log: Log | None, said: str, part: str
) -> None:
    _, file = sealed(tmp_path, replace(SEALING, log=log))
    assert len(value(file, "log.json")["searches"]) == len(log.entries if log else ())
    assert value(file, "manifest.json")["log"] == part
    for name in ("log.txt", "index.html"):
        assert said in member(file, name)


def test_the_citations_name_no_day_on_which_nothing_was_opened(tmp_path: Path) -> None:
    _, file = sealed(tmp_path, ALL)
    lines = member(file, "citations.txt").splitlines()
    assert lines[2].startswith("1. ")
    assert len(lines) == 6
    assert "accessed" not in "".join(lines)
    assert member(file, "citations.bib").count("@") == 4


def test_the_same_input_at_the_same_time_is_the_same_file(tmp_path: Path) -> None:
    _, file = sealed(tmp_path)
    first = file.read_bytes()
    assert sealed(tmp_path)[1].read_bytes() == first


def test_a_dossier_has_an_end() -> None:
    table = Table()
    with pytest.raises(UsageError, match="at most 2 cables"):
        b"".join(SealedDossier(SEALING, table).pieces(PLACES, most=2))
    assert table.closed
