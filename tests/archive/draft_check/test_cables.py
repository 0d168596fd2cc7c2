"""The cables of an archive as drafts name them, and the words that are compared."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from cable_tui.archive.archive import Archive
from cable_tui.archive.draft_check import cables as module
from cable_tui.archive.draft_check.cables import DraftCables
from cable_tui.drafts.citations import Cited
from tests.archive.fiction import Fiction, opened, write_dump


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    cables = [
        Fiction("09RABAT1", text="One lamp.\n\n2. (C) Two lamps.\n\n3. (C) Three."),
        Fiction("09TUNIS2", text="The &new8 kettle."),
        Fiction("08TUNIS3", text="A."),
        Fiction("09TUNIS3", text="B."),
    ]
    write_dump(tmp_path / "cables.csv", cables)
    with closing(opened(tmp_path / "cables.csv", tmp_path / "cache")) as made:
        yield made


def named(archive: Archive, cited: Cited) -> str | None:
    with DraftCables(archive) as cables:
        id_ = cables.meant(cited)
    return None if id_ is None else archive.rows([id_])[0].reference_id


@pytest.mark.parametrize(
    ("ids", "post", "wanted"),
    [
        (("09RABAT1",), None, "09RABAT1"),
        (("09RABAT7",), None, None),
        (("07RABAT1", "09RABAT1"), None, "09RABAT1"),
        ((), None, None),
        # A post and a number without a year: only where no other cable can be meant.
        ((), ("RABAT", 1), "09RABAT1"),
        ((), ("TUNIS", 3), None),
        ((), ("TUNIS", 9), None),
        (("08TUNIS3",), ("TUNIS", 3), "08TUNIS3"),
        (("07TUNIS3",), ("TUNIS", 3), None),
    ],
)
def test_a_citation_means_one_cable_or_none(
    archive: Archive, ids: tuple[str, ...], post: tuple[str, int] | None, wanted: str | None
) -> None:
    assert named(archive, Cited(0, 1, "x", ids, post=post)) == wanted


def id_of(archive: Archive, name: str) -> int:
    (id_,) = archive.ids([name]).values()
    return id_


def test_labels_and_pairs_of_a_cable(archive: Archive) -> None:
    with DraftCables(archive) as cables:
        id_ = id_of(archive, "09RABAT1")
        assert cables.labels(id_) == ("1", "2", "3")
        pairs = cables.pairs(id_)
        assert {("one", "lamp"), ("two", "lamps")} <= pairs
        assert ("lamp", "one") not in pairs
        # What the telegraph made of quotation marks is no word.
        assert ("new", "kettle") in cables.pairs(id_of(archive, "09TUNIS2"))


def test_a_cable_is_parsed_once_while_it_is_kept(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_KEPT", 2)
    one, two, three = (id_of(archive, name) for name in ("09RABAT1", "09TUNIS2", "09TUNIS3"))
    with DraftCables(archive) as cables:
        first = cables.records(one)
        assert cables.records(one) is first
        cables.records(two)
        assert cables.records(one) is first
        cables.records(three)  # the one that was asked for longest ago goes: it is `two`
        assert cables.records(one) is first
        cables.records(two)
        cables.records(three)
        assert cables.records(one) is not first


def test_a_cable_whose_file_is_gone_is_named(archive: Archive) -> None:
    id_ = id_of(archive, "09RABAT1")
    with DraftCables(archive) as cables:
        archive.root.unlink()
        assert cables.records(id_) == ()
        assert cables.labels(id_) == ()
        assert cables.pairs(id_) == frozenset()
        assert len(cables.unread) == 1
        assert "cables.csv" in cables.unread[0]
