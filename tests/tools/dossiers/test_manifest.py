"""What a dossier says of itself: read as it was written, and nothing else is taken for one."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given

from cable_tui.base.errors import UsageError
from cable_tui.base.value import replace
from cable_tui.tools.dossiers.manifest import (
    Manifest,
    SealedArchive,
    SealedEntry,
    SourceFile,
    dumps,
    loads,
)
from cable_tui.tools.dossiers.zip_file import Packed
from tests.drawn_shapes import objects_of, spoilt

MADE = Manifest(
    *(1, "cable-tui 1.0", "2009-02-13T23:31:30Z", "Lamps", "paragraphs", "masked"),
    *(("Rules can miss one.",), SealedArchive(3, "cd" * 32)),
    (SourceFile("cable/1.html", 7, "cd" * 32), SourceFile("cable/2.html", 9, "", "why")),
    (SealedEntry("09RABAT27", "09RABAT27", "cables/1.json", "paragraphs", ("1", "2"), 2),),
    *("included", (Packed("cables/1.json", 12, "cd" * 32),)),
)
# As the head of `manifest.py` has it.
VALUE: dict[str, Any] = json.loads(
    """{"format": "cable-tui verifiable dossier", "version": 2, "renderer": 1,
    "program": "cable-tui 1.0", "sealed": "2009-02-13T23:31:30Z", "title": "Lamps",
    "texts": "paragraphs", "names": "masked", "statements": ["Rules can miss one."],
    "archive": {"cables": 3, "fingerprint": "CD"},
    "sources": [{"path": "cable/1.html", "bytes": 7, "sha256": "CD"},
                {"path": "cable/2.html", "bytes": 9, "sha256": null, "why": "why"}],
    "cables": [{"ref": "09RABAT27", "canonical": "09RABAT27", "member": "cables/1.json",
                "texts": "paragraphs", "cited": ["1", "2"], "masked": 2}],
    "log": "included", "members": [{"name": "cables/1.json", "bytes": 12, "sha256": "CD"}]}
    """.replace("CD", "cd" * 32)
)


def test_it_is_written_as_it_is_described_and_read_again() -> None:
    assert json.loads(dumps(MADE)) == VALUE
    assert loads(dumps(MADE).encode()) == MADE


def test_one_of_the_first_version_has_no_renderer_and_may_have_no_log() -> None:
    old = {**VALUE, "format": "cable-tui sealed dossier", "version": 1}
    read = replace(MADE, renderer=0, statements=())
    assert loads(json.dumps(old).encode()) == read
    del old["log"]
    assert loads(json.dumps(old).encode()) == replace(read, log="")


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"format": "another"}, "it does not belong to a verifiable dossier"),
        ({"version": 1}, "its version is unknown .this cable-tui knows 2 and 1"),
        ({"version": "2"}, "its version is unknown .this cable-tui knows 2 and 1"),
        ({"statements": [1]}, r"statements\[0\]: a text is required"),
        ({"archive": {"cables": 3, "fingerprint": "CD" * 32}}, "archive: fingerprint: 'CDCD"),
        (
            {"sources": [{"path": "x", "bytes": 1, "sha256": ""}]},
            r"sources\[0\]: sha256: '' is not",
        ),
        (
            {"cables": [{**VALUE["cables"][0], "cited": [3]}]},
            r"cables\[0\]: cited\[0\]: a text is required",
        ),
        ({"cables": VALUE["cables"] * 2}, "two cables share a member"),
        ({"members": VALUE["members"] * 10_051}, "members: more than 10,050"),
    ],
)
def test_what_is_not_of_this_shape_is_refused_with_the_reason(
    change: dict[str, Any], why: str
) -> None:
    with pytest.raises(UsageError, match=rf"manifest\.json cannot be understood: .*{why}"):
        loads(json.dumps(VALUE | change).encode())


def test_what_is_shown_of_it_has_no_control_characters() -> None:
    shown = {"title": "a\x1b[2Jb", "sources": [{"path": "c\nd", "bytes": 1, "sha256": None}]}
    found = loads(json.dumps(VALUE | shown).encode())
    assert (found.title, found.sources[0].path) == ("a␛[2Jb", "c d")


@given(spoilt(objects_of(Manifest)))
def test_a_spoilt_one_is_read_or_a_sentence(value: Any) -> None:
    head = {name: VALUE[name] for name in ("format", "version")}
    with suppress(UsageError):
        loads(json.dumps(head | value if isinstance(value, dict) else value).encode())
