"""Whatever is done to a dossier is found, or is one of what `docs/sealed.md` says is not.

The dossier is one that 0.1.0 sealed of three fictional cables: four places, three notes, three
searches, a masked name. Each case is what somebody does who wants others to read something else.
"""

from __future__ import annotations

import io
import json
import random
import shutil
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cable_tui.exports.sealed import checking
from cable_tui.exports.sealed.checking import check
from cable_tui.exports.sealed.zip_file import DIGITS, MARK
from tests.exports.sealed.reseal import (
    MANIFEST,
    PAGE,
    Change,
    Members,
    edited,
    replaced,
    resealed,
    with_seal,
)

OLD = Path(__file__).parents[2] / "data" / "sealed-0.1.0" / "whole.zip"
ONE, TWO, THREE = (
    f"cables/0000{number}-{name}.json"
    for number, name in enumerate(("07SANTORIEL45", "06PORTAMBER131", "04SANTORIEL88"), 1)
)
BIB, NOTES, MARKS = "citations.bib", "citations.txt", "marks.json"


@pytest.fixture(autouse=True)
def same_version(monkeypatch: pytest.MonkeyPatch) -> None:
    """The version that sealed it reads it alike, so that all is compared."""
    monkeypatch.setattr(checking, "__version__", "0.1.0")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return Path(shutil.copy(OLD, tmp_path / "dossier.zip"))


def reasons(file: Path) -> list[str]:
    return [f"{each.member}: {each.reason}" for each in check(file).faults]


# Sealed again with all digests right: what the members say is all that can contradict it.


def both(*changes: Change) -> Change:
    def change(members: Members) -> None:
        for each in changes:
            each(members)

    return change


def swapped(name: str, one: str, other: str) -> Change:
    def change(members: Members) -> None:
        text = members[name].decode()
        assert one in text
        assert other in text
        text = text.replace(one, "\0").replace(other, one).replace("\0", other)
        members[name] = text.encode()

    return change


def first_mark(**fields: Any) -> Change:
    return edited(MARKS, lambda value: value["marks"][0].update(fields))


def in_manifest(edit: Callable[[Any], Any]) -> Change:
    return edited(MANIFEST, edit)


def without_first_place(members: Members) -> None:
    page = members[PAGE].decode()
    start, end = page.index('<section id="place1">'), page.index('<section id="place2">')
    members[PAGE] = (page[:start] + page[end:]).encode()


def a_place_twice(members: Members) -> None:
    page = members[PAGE].decode()
    start, end = page.index('<section id="place2">'), page.index('<section id="place3">')
    members[PAGE] = (page[:end] + page[start:end] + page[end:]).encode()


def body(edit: Callable[[str], str]) -> Change:
    def change(value: Any) -> None:
        text = value["record"]["body"]
        value["record"]["body"] = edit(text)
        assert value["record"]["body"] != text

    return edited(THREE, change)


def cut_page(members: Members) -> None:
    members[PAGE] = members[PAGE][: len(members[PAGE]) // 2]


def dropped(name: str) -> Change:
    return lambda members: members.pop(name)


def renamed(name: str, to: str) -> Change:
    def change(members: Members) -> None:
        members[to] = members.pop(name)

    return change


def cells(table: str) -> list[list[str]]:
    return [line.split(" | ") for line in table.strip().split("\n")]


# A case, what stands on the page, what is put there, and what is said of it.
PAGE_WORDS = """
title | <h1>Story</h1> | <h1>Glory</h1> | its beginning
title of the window | <title>Story | <title>Glory | its beginning
when it was sealed | 2023-11-14 22:13:21 | 2021-11-14 22:13:21 | its beg
what sealed it | by cable-tui 0.1.0 | by the ministry | its beginning
how often a name is masked | masked, 2 times | masked, 9 times | its beg
what it says of texts | cables are whole | cables are short | its beg
number of places | 4 places in 3 | 5 places in 3 | number of places
number of cables | 4 places in 3 | 4 places in 2 | number of places
day in the timeline | <td>2004-10-04 | <td>2004-10-05 | the timeline
subject in the timeline | SHRUGS AT | LAUGHS AT | the timeline
post in the timeline | <td>Embassy Sant | <td>Mission Sant | the timeline
link of the timeline | "#place4" | "#place3" | the timeline
head of the timeline | <th>Date</th> | <th>Sent</th> | its timeline
paragraph of a place | 07SANTORIEL45 ¶4 | 07SANTORIEL45 ¶2 | place 1
reference of a place | 2. 07SANTORIEL45 | 2. 07SANTORIEL46 | place 2
facts of a place | Oriel · CONFIDENTIAL | Oriel · SECRET | place 1
note added | <p class="source"> | <p class="note"><b>Note:</b> Lies</p><p class="source"> | a note
author of a note | (ada, 2026 | (bob, 2026 | a note at
caution added | <p class="source"> | <p class="caution">Forged.</p><p class="source"> | its cautions
address of a citation | href="https://wikileaks.org/cable/2006 | href="https://evil.org | not what
masked name not marked | <span class="gap">[name masked]</span> | [name masked] | in another way
quotation | against wolves | against them | its quotation
quotation, a word left out | does not care | does care | its quotation
quotation, added | </blockquote> | <p>And more.</p></blockquote> | its quotation
note | Which list? | No list. | a note at 07SANTORIEL45 ¶4
note of the whole cable | the whole cable | the cable | a note at 06PORT
day of a note | 2026-11-28): | 2026-11-27): | a note at
citation | telegram 04SANTORIEL88 | telegram 04SANTORIEL89 | citations.txt
link to the text | <a href="#text-06PORTAMBER131"> | <a href="#text-04SANTORIEL88"> | its link
heading of a text | <h2>06PORTAMBER131< | <h2>06PORTAMBER132< | heading of
fact of a text | <td>2004-10-04 16:05 | <td>2004-10-04 17:05 | the facts of
fact of a text left out | <tr><td>Origin</td><td>Embassy Port Amber</td></tr> |  | the facts of
source of a text | <td>cable/2004 | <td>cable/2003 | the facts of
what is missing of a text | masked 2 times | masked once | what is missing
header of a text | FM AMEMBASSY SANT | FM AMEMBASSY SAND | the header of
word of a text | two neighbors with two | two neighbors with ten | 04SANT
masked name filled in | <span class="gap">[name masked]</span> | Osei | the text of 07SANTORIEL45
a search | <code>kettle</code></td><td>13 | <code>kettle</code></td><td>31 | searches
query of a search | <code>kettle</code> | <code>cattle</code> | searches
time of a search | <td>2026-11-28T | <td>2020-11-28T | its searches
head of the searches | <th>Query</th> | <th>Fact</th> | its searches
fingerprint of a file | 77d427fc | 87d427fc | its fingerprints
bytes of a file | <td>2,874</td> | <td>2,875</td> | its fingerprints
fingerprint of the archive | <code>74745476 | <code>84745476 | fingerprints
cables of the archive | archive, 40 cables | archive, 90 cables | fingerprints
heading of a part | >Searches</h2> | >All searches</h2> | is unknown
part left out | <h2 class="part" id="log">Searches</h2> |  | where no dossier
"""
# What hides, runs, loads, or is no HTML of a dossier: it is refused before anything is compared.
MARKUP_WORDS = """
script | <nav> | <script>alert(1)</script><nav> | it has <script>
script in an attribute | <h1> | <h1 onclick="x()"> | has onclick
picture from elsewhere | <nav> | <img src="https://a.org/x.png"><nav> | <img
picture within | <nav> | <img src="data:image/png;base64,AA"><nav> | <img
frame | <nav> | <iframe src="x"></iframe><nav> | <iframe
link that runs | href="#place4" | href="javascript:x()" | it leads to
link with data | href="#place4" | href="data:text/html,x" | it leads to
style that hides | </style> | .note { display: none }</style> | its style
style that writes | </style> | p::after { content: "Lies" }</style> | style
second style | </style> | </style><style>p{color:#fff}</style> | its style
style of an element | <h1> | <h1 style="display:none"> | has style
attribute hidden | <p class="note"> | <p class="note" hidden=""> | has hidden
attribute without value | <nav> | <nav hidden> | <nav hidden>
title that appears | <mark> | <mark title="Forged"> | has title
class that hides in print | <p class="note"> | <p class="inside"> | p.inside
class of another element | <p class="note"> | <p class="sent"> | p.sent
element that hides in print | <p class="note"> | <nav><p class="note"> | <nav> in <section>
comment | <nav> | <!-- hidden --><nav> | it has <!--
words where none are | <tbody> | <tbody>Lies | it has Lies where
extra paragraph | <nav> | <p>Lies</p><nav> | does not begin as
base | <meta charset="utf-8"> | <meta charset="utf-8"><base href="https://a.org/"> | base
refresh | <meta charset="utf-8"> | <meta http-equiv="refresh" content="0;https://a.org"> | its head
encoding | charset="utf-8" | charset="utf-7" | its head
policy left out | <meta http-equiv="Content-Security-Policy" | <meta name="x" | its head
sign in another spelling | &amp; more | &ampmore | in a spelling
attribute twice | href="#place4" | href="#place4" href="#x" | twice
tag not closed | </blockquote> |  | it has <p.note>
capitals | <nav> | <NAV> | it has <NAV>
no doctype | <!DOCTYPE html> |  | does not begin
words turned around | Which list? | \u202ehciW list? | turn the direction
sign that shows nothing | does not | does\u200b not | show nothing
control sign | does not | does\x08 not | show nothing
"""
PAGE_CASES: dict[str, tuple[Change, str]] = {
    **{case: (replaced(PAGE, old, new), said) for case, old, new, said in cells(PAGE_WORDS)},
    "lines of the timeline swapped": (swapped(PAGE, "2004-10-04", "2006-07-19"), "the timeline"),
    "number of a place": (replaced(PAGE, "<h2>1. ", "<h2>9. "), "place 1"),
    "notes swapped": (
        swapped(PAGE, "the whole cable", "a &quot;quotation&quot; here"),
        "a note at",
    ),
    "note left out": (
        replaced(PAGE, '<p class="note"><b>Note (ada, 2026-11-28):</b> the whole cable</p>', ""),
        "06PORTAMBER131: the page shows 0 of its 1 note",
    ),
    "address of a citation, shown": (
        replaced(PAGE, "https://wikileaks.org/cable/2006", "https://evil.org/cable/2006", 2),
        "citations.txt: the citation of place 3",
    ),
    "place left out": (without_first_place, "place 1"),
    "place twice": (a_place_twice, "place 3"),
    "places swapped": (swapped(PAGE, 'id="place1"', 'id="place2"'), "place 1"),
    "other records of a cable": (
        replaced(
            PAGE,
            "<tr><td>Source</td>",
            "<tr><td>Sources</td><td>Lies.</td></tr>\n<tr><td>Source</td>",
        ),
        "the sources of 07SANTORIEL45: Lies.",
    ),
    "line end of a text": (replaced(PAGE, "SIPDIS \n", "SIPDIS  "), "the text of"),
    "cited paragraph not marked": (
        both(
            replaced(PAGE, "<mark>3. (C) PolCouns", "3. (C) PolCouns"),
            replaced(PAGE, "hydrographers.</mark>", "hydrographers."),
        ),
        "other paragraphs are marked",
    ),
    "search left out": (
        lambda m: m.update(
            {
                PAGE: m[PAGE].replace(
                    m[PAGE][m[PAGE].index(b"<tr><td>2026-11-28T") :].split(b"\n")[0], b"", 1
                )
            }
        ),
        "its searches",
    ),
    "extra section": (
        replaced(
            PAGE,
            '<h2 class="part" id="log">',
            '<section id="text-x"></section><h2 class="part" id="log">',
        ),
        "text-x: no text of the data",
    ),
}
MARKUP_CASES: dict[str, tuple[Change, str]] = {
    **{case: (replaced(PAGE, old, new), said) for case, old, new, said in cells(MARKUP_WORDS)},
    "cut off": (cut_page, "does not end"),
    "empty": (lambda m: m.update({PAGE: b""}), "does not begin"),
    "another page": (
        lambda m: m.update({PAGE: b"<!DOCTYPE html>\n<p>Hello.</p>" + bytes(99)}),
        "html",
    ),
    "words behind the end": (lambda m: m.update({PAGE: m[PAGE] + b"Lies"}), "does not end"),
    "element behind the end": (lambda m: m.update({PAGE: m[PAGE] + b"<p>Lies</p>"}), "<p>"),
    "encoding left out": (replaced(PAGE, '<meta charset="utf-8">\n', ""), "its head"),
    "no UTF-8": (lambda m: m.update({PAGE: m[PAGE].replace(b"Which", b"\xff\xfe", 1)}), "UTF-8"),
}
# A case, the member, the place of a value in it, what is put there, and what is said of it.
VALUES = f"""
header | {TWO} | record.header | "FM LIES" | the header of
origin | {TWO} | record.origin | "Embassy Lies" | place 3
classification | {TWO} | record.classification | "X" | place 3
day | {TWO} | record.created | "2001-01-01 00:00" | place 3
reference | {TWO} | record.reference_id | "06LIES1" | 06LIES1
canonical | {TWO} | canonical_id | "06LIES1" | holds 06LIES1
TAGS | {TWO} | record.tags | ["LIES"] | the facts of
remarks | {TWO} | record.remarks | [["A", "B"]] | the facts of
articles | {TWO} | record.articles | ["https://a.org"] | the facts of
format | {TWO} | source.format | "nara-record" | citations.bib
path | {TWO} | source.path | "cable/x.html" | no source of
cited | {THREE} | cited | ["2"] | is cited, masked or left out
gaps left out | {ONE} | gaps.body | [] | is cited, masked or left out
gap of another kind | {ONE} | gaps.body.0.2 | "left out" | is cited, masked or left out
note | {MARKS} | marks.0.note | "No list." | a note at 07SANTORIEL45 ¶4
note left out | {MARKS} | marks.0.note | "" | a note at 07SANTORIEL45 ¶4
author of a note | {MARKS} | marks.0.author | "bob" | a note at
time of a note | {MARKS} | marks.0.changed | "2020-01-01T00:00:00Z" | a note at
paragraph of a bookmark | {MARKS} | marks.0.paragraph | "2" | a note at
cable of a bookmark | {MARKS} | marks.0.canonical | "06PORTAMBER131" | a note at
cable of a bookmark that is not there | {MARKS} | marks.0.canonical | "06LIES1" | not in the dossier
fingerprint of a bookmark | {MARKS} | marks.3.fingerprint | "{"0" * 16}" | its cautions
saved search | {MARKS} | searches | [{{"name": "a", "query": "b"}}] | has saved searches
a search of the JSON | log.json | searches.0.count | 31 | log.txt
archive of a search | log.json | searches.0.archive | "x" | log.txt
title | {MANIFEST} | title | "Glory" | its beginning
day of sealing | {MANIFEST} | sealed | "2020-01-01T00:00:00Z" | time is not
no day of sealing | {MANIFEST} | sealed | "long ago" | sealed at no time
texts | {MANIFEST} | texts | "paragraphs" | its beginning
names | {MANIFEST} | names | "shown" | names are shown, it says
cables of the archive | {MANIFEST} | archive.cables | 9 | fingerprints
fingerprint | {MANIFEST} | archive.fingerprint | "{"0" * 64}" | fingerprints
digest of a source | {MANIFEST} | sources.1.sha256 | "{"0" * 64}" | fingerprints
reference in the manifest | {MANIFEST} | cables.1.ref | "06LIES1" | 06LIES1
cited paragraphs in the manifest | {MANIFEST} | cables.2.cited | ["2"] | cited
texts of a cable in the manifest | {MANIFEST} | cables.2.texts | "paragraphs" | is cited, masked
masked in the manifest | {MANIFEST} | cables.0.masked | 0 | is cited, masked
"""
# A case, the member, what stands in it, what is put there, and what is said of it.
MEMBER_WORDS = f"""
a citation | {NOTES} | telegram 06PORTAMBER131 | telegram 06PORTAMBER132 | citation of
title of the citations | {NOTES} | cable-tui sealed | The sealed | does not begin
an entry | {BIB} | {{07SANTORIEL45}} | {{07SANTORIEL46}} | the entry of place 1
title of an entry | {BIB} | FERRY COMPANY SOLD | FERRY COMPANY LOST | the entry of place 3
address of an entry | {BIB} | https://wikileaks.org/cable/2006 | https://a.org/2006 | place 3
summary of an entry | {BIB} | The state sold | The king sold | the entry of place 3
note of an entry | {BIB} | ada: the whole cable | ada: a cable | the entry of place 3
word of a text | {THREE} | two maps | ten maps | place 4
word of a text that is not cited | {THREE} | quarrel | war now | the text of 04SANTORIEL88
"""


def put(name: str, place: str, new: str) -> Change:
    """A value of a JSON member, changed."""
    *above, last = (int(each) if each.isdecimal() else each for each in place.split("."))

    def change(value: Any) -> None:
        for each in above:
            value = value[each]
        value[last] = json.loads(new)

    return edited(name, change)


DATA_CASES: dict[str, tuple[Change, str]] = {
    **{case: (put(name, at, new), said) for case, name, at, new, said in cells(VALUES)},
    **{
        case: (replaced(name, old, new), said) for case, name, old, new, said in cells(MEMBER_WORDS)
    },
    "paragraph added": (body(lambda text: f"{text}\n9. (C) Lies."), "the text of 04SANTORIEL88"),
    "gap moved": (
        edited(ONE, lambda v: v["gaps"]["body"][0].__setitem__(1, v["gaps"]["body"][0][1] - 1)),
        "is marked in another way",
    ),
    "no JSON": (lambda m: m.update({TWO: b"{"}), "no sealed cable"),
    "cables swapped": (
        lambda m: m.update({ONE: m[TWO], TWO: m[ONE]}),
        "holds 06PORTAMBER131, and not 07SANTORIEL45",
    ),
    "bookmark left out": (edited(MARKS, lambda v: v["marks"].pop()), "the list Story has"),
    "bookmark and its place in the list left out": (
        edited(MARKS, lambda v: (v["marks"].pop(), v["lists"][0]["marks"].pop())),
        "a note at 04SANTORIEL88",
    ),
    "bookmark added": (
        edited(
            MARKS,
            lambda v: v["marks"].append(
                {**v["marks"][3], "uid": "0" * 16, "paragraph": "2", "fingerprint": None}
            ),
        ),
        "no place for the bookmark of 04SANTORIEL88 ¶2",
    ),
    "order of the list": (
        edited(MARKS, lambda v: (v["lists"][0]["marks"].reverse(), v["marks"].reverse())),
        "in an order that marks.json does not have",
    ),
    "no marks": (lambda m: m.update({MARKS: b"[]"}), "not a file of"),
    "a citation left out": (
        lambda m: m.update({NOTES: b"\n".join(m[NOTES].split(b"\n")[:-2]) + b"\n"}),
        "the citation of place 4",
    ),
    "a citation added": (
        lambda m: m.update({NOTES: m[NOTES] + b"5. Lies.\n"}),
        "more than the page",
    ),
    "citations swapped": (swapped(NOTES, "para. 4", "para. 3"), "the citation of place 1"),
    "citations that are no text": (lambda m: m.update({NOTES: b"\xff"}), "utf-8"),
    "an entry left out": (
        lambda m: m.update({BIB: m[BIB][: m[BIB].rindex(b"@")]}),
        "no entry of place 4",
    ),
    "an entry added": (lambda m: m.update({BIB: m[BIB] + b"\n@misc{x}\n"}), "more than the page"),
    "a search of the text": (replaced("log.txt", "| kettle | 13 |", "| kettle | 31 |"), "log.txt"),
    "a search left out of the JSON": (edited("log.json", lambda v: v["searches"].pop()), "log.txt"),
    "no log": (lambda m: m.update({"log.json": b"7"}), "not a log of a sealed dossier"),
    "a source left out": (in_manifest(lambda v: v["sources"].pop()), "no source of"),
    "a source added": (
        in_manifest(lambda v: v["sources"].append({"path": "x", "bytes": 1, "sha256": "0" * 64})),
        "a source that no cable is from: x",
    ),
    "order of the cables": (in_manifest(lambda v: v["cables"].reverse()), "the text of"),
    "a cable left out": (
        both(dropped(THREE), in_manifest(lambda v: v["cables"].pop())),
        "place 4: it is of no cable",
    ),
    "a cable added": (
        both(
            lambda m: m.update({"cables/00004-x.json": m[THREE]}),
            in_manifest(
                lambda v: v["cables"].append({**v["cables"][2], "member": "cables/00004-x.json"})
            ),
        ),
        "the text of 04SANTORIEL88 is missing",
    ),
    "citations left out": (dropped(NOTES), "citations.txt: is missing"),
    "log left out": (both(dropped("log.txt"), dropped("log.json")), "log.txt: is missing"),
    "page left out": (dropped(PAGE), "index.html: is missing"),
    "page renamed": (renamed(PAGE, "Index.html"), "Index.html: was added"),
    "page beside the page": (lambda m: m.update({"index.htm": b"Lies"}), "index.htm: was added"),
    "a name that looks alike": (
        renamed(MARKS, "m\u0430rks.json"),
        "was added: it does not belong to a dossier",
    ),
    "a zip within": (lambda m: m.update({"cables.zip": OLD.read_bytes()}), "cables.zip: was added"),
}


@pytest.mark.parametrize("case", [*PAGE_CASES, *MARKUP_CASES])
def test_a_page_that_was_changed_and_sealed_again_is_found(file: Path, case: str) -> None:
    change, reason = PAGE_CASES.get(case) or MARKUP_CASES[case]
    found = reasons(resealed(file, change))
    assert any(reason in each for each in found), found
    assert all(each.startswith(("index.html", "citations")) for each in found[:1]), found


@pytest.mark.parametrize("case", DATA_CASES)
def test_data_that_were_changed_and_sealed_again_are_found(file: Path, case: str) -> None:
    change, reason = DATA_CASES[case]
    found = reasons(resealed(file, change))
    assert any(reason in each for each in found), found


def test_without_a_change_it_can_be_sealed_again(file: Path) -> None:
    assert reasons(resealed(file, lambda members: None)) == []


# The file itself, its seal made right again.


def repacked(data: bytes, pack: Callable[[zipfile.ZipFile, zipfile.ZipInfo, bytes], Any]) -> bytes:
    """The members written again in their order, each by `pack`."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = [(each, archive.read(each)) for each in archive.infolist()]
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as archive:
        for info, content in members:
            made = zipfile.ZipInfo(info.filename, info.date_time)
            made.compress_type = zipfile.ZIP_DEFLATED
            made.create_system, made.external_attr = info.create_system, info.external_attr
            pack(archive, made, content)
        archive.comment = MARK + b"0" * DIGITS
    return with_seal(found.getvalue())


def with_info(**fields: Any) -> Callable[[zipfile.ZipFile, zipfile.ZipInfo, bytes], None]:
    def pack(archive: zipfile.ZipFile, info: zipfile.ZipInfo, content: bytes) -> None:
        if info.filename == MARKS:
            for name, value in fields.items():
                setattr(info, name, value)
        archive.writestr(info, content, compresslevel=9)

    return pack


def shifted(data: bytes, at: int, put: bytes) -> bytes:
    """Bytes put in before the directory or a member, all offsets made right."""
    end = data.rindex(b"PK\x05\x06")
    start = struct.unpack_from("<L", data, end + 16)[0]
    changed = bytearray(data[:at] + put + data[at:])
    struct.pack_into("<L", changed, end + len(put) + 16, start + len(put))
    entry = start + len(put)
    while changed[entry : entry + 4] == b"PK\x01\x02":
        offset = struct.unpack_from("<L", changed, entry + 42)[0]
        struct.pack_into("<L", changed, entry + 42, offset + len(put) * (offset >= at))
        entry += 46 + sum(struct.unpack_from("<HHH", changed, entry + 28))
    return with_seal(bytes(changed))


def in_header(of: bytes, at: int, form: str, value: int) -> Callable[[bytes], bytes]:
    """A number of the first header of a kind, changed."""

    def change(data: bytes) -> bytes:
        changed = bytearray(data)
        struct.pack_into(form, changed, data.index(of) + at, value)
        return with_seal(bytes(changed))

    return change


def local_name(data: bytes) -> bytes:
    at = data.index(b"marks.json")
    return with_seal(data[:at] + b"Marks.json" + data[at + 10 :])


def both_names(data: bytes) -> bytes:
    return with_seal(data.replace(b"marks.json", b"Marks.json"))


def second_zip(data: bytes) -> bytes:
    """Two zips in one file: some programs read the first."""
    return with_seal(data + data)


def directory_of(data: bytes) -> int:
    found: int = struct.unpack_from("<L", data, data.rindex(b"PK\x05\x06") + 16)[0]
    return found


ZIP_CASES: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "before it": (lambda data: with_seal(b"MZ" + data), "is not where"),
    "before it, offsets right": (lambda data: shifted(data, 0, b"MZ"), "is not where"),
    "between members": (
        lambda data: shifted(data, data.index(b"PK\x03\x04", 9), b"\0"),
        "is not where",
    ),
    "before the directory": (lambda data: shifted(data, directory_of(data), b"\0"), "belong to no"),
    "twice": (second_zip, "is not where"),
    "name in the header": (local_name, "marks.json"),
    "name in both": (both_names, "Marks.json: was added"),
    "time in the header": (in_header(b"PK\x03\x04", 10, "<H", 7), "its header is not what"),
    "time in the directory": (in_header(b"PK\x01\x02", 12, "<H", 7), "its header is not what"),
    "CRC in the header": (in_header(b"PK\x03\x04", 14, "<L", 7), "its header is not what"),
    "size in the header": (in_header(b"PK\x03\x04", 22, "<L", 7), "its header is not what"),
    "method in the header": (in_header(b"PK\x03\x04", 8, "<H", 0), "its header is not what"),
    "attributes": (in_header(b"PK\x01\x02", 38, "<L", 0o777 << 16), "attributes that no dossier"),
    "system": (in_header(b"PK\x01\x02", 5, "<B", 0), "attributes that no dossier"),
    "flags": (in_header(b"PK\x01\x02", 8, "<H", 8), "header"),
    "encrypted": (in_header(b"PK\x01\x02", 8, "<H", 1), "encrypted"),
    "time in both": (
        lambda data: repacked(data, with_info(date_time=(2020, 1, 1, 0, 0, 0))),
        "marks.json: its time is not that of sealing",
    ),
    "extra field": (
        lambda data: repacked(data, with_info(extra=b"\x99\x99\x04\x00Lies")),
        "marks.json: has remarks",
    ),
    "remark of a member": (
        lambda data: repacked(data, with_info(comment=b"Lies")),
        "marks.json: has remarks",
    ),
    "unpacks to a bomb": (
        lambda data: repacked(
            data, lambda z, i, c: z.writestr(i, bytes(2 << 20) if i.filename == MARKS else c)
        ),
        "unpacks to more than",
    ),
}
NO_SEAL_CASES: dict[str, Callable[[bytes], bytes]] = {
    "cut off at its beginning": lambda data: data[1:],
    "other digits": lambda data: data[:-1] + (b"0" if data[-1:] != b"0" else b"1"),
    "capital digits": lambda data: data[:-DIGITS] + data[-DIGITS:].upper(),
    "another comment": lambda data: data.replace(MARK, MARK.upper()),
    "members swapped": lambda data: data.replace(ONE.encode(), b"\0").replace(
        TWO.encode(), ONE.encode()
    ),
    "seal of another": lambda data: data[:-DIGITS] + b"0" * DIGITS,
}


@pytest.mark.parametrize("case", ZIP_CASES)
def test_a_zip_that_is_not_made_as_dossiers_are_is_found(file: Path, case: str) -> None:
    change, reason = ZIP_CASES[case]
    file.write_bytes(change(file.read_bytes()))
    found = reasons(file)
    assert any(reason in each for each in found), found


@pytest.mark.parametrize("case", NO_SEAL_CASES)
def test_a_file_that_was_changed_and_not_sealed_again_is_found(file: Path, case: str) -> None:
    file.write_bytes(NO_SEAL_CASES[case](file.read_bytes()))
    assert reasons(file)


def test_the_members_written_again_are_the_dossier(file: Path) -> None:
    """So that the cases above change what they name and nothing else."""
    file.write_bytes(repacked(file.read_bytes(), with_info()))
    assert reasons(file) == []


# What is not found: only the seal that was published, or a signature, shows it.

PACKED: dict[str, Callable[[zipfile.ZipFile, zipfile.ZipInfo, bytes], Any]] = {
    "packed in another way": lambda z, i, c: z.writestr(i, c, compresslevel=1),
    "not packed": lambda z, i, c: z.writestr(i, c, zipfile.ZIP_STORED),
}
SOURCE = "<tr><td>Source</td><td>cable/2004/10/04SANTORIEL88.html"
FURTHER = "<tr><td>Sources</td><td>2: cable/2004/10/04SANTORIEL88.html, also x</td></tr>\n"
NOT_COVERED: dict[str, Change] = {
    "offset of a record": edited(TWO, lambda v: v["source"].update(offset=7)),
    "fingerprint of a record": edited(TWO, lambda v: v["source"].update(sha256="0" * 64)),
    "uid of a bookmark": replaced(MARKS, "81122b2641e9f75e", "0" * 16, 2),
    "when a bookmark was made": first_mark(created="2020-01-01T00:00:00Z"),
    "name of a list": edited(MARKS, lambda v: v["lists"][0].update(name="Glory")),
    "a field that is not known here": edited(TWO, lambda v: v.update(secret="hidden")),
    "other records of a cable": replaced(PAGE, SOURCE, f"{FURTHER}{SOURCE}"),
    "the title everywhere": both(
        replaced(PAGE, ">Story<", ">Glory<", 2), in_manifest(lambda v: v.update(title="Glory"))
    ),
    "a search everywhere": both(
        replaced(PAGE, "<td>0</td>", "<td>9</td>"),
        replaced("log.txt", "| 0 |", "| 9 |"),
        edited("log.json", lambda v: v["searches"][1].update(count=9)),
    ),
    "a note everywhere": both(
        *(replaced(name, "Which list?", "No list.") for name in (PAGE, MARKS, BIB))
    ),
    "a text everywhere": both(
        replaced(PAGE, "two maps", "ten maps", 2),
        replaced(THREE, "two maps", "ten maps"),
        edited(MARKS, lambda v: v["marks"][3].update(fingerprint=None)),
    ),
}


@pytest.mark.parametrize("case", [*NOT_COVERED, *PACKED])
def test_what_agrees_is_not_found_and_has_another_seal(file: Path, case: str) -> None:
    before = check(file).seal
    if case in PACKED:
        file.write_bytes(repacked(file.read_bytes(), PACKED[case]))
    else:
        resealed(file, NOT_COVERED[case])
    found = check(file)
    assert found.faults == ()
    assert found.seal.sha256 != before.sha256
    assert found.seal.file_sha256 != before.file_sha256


# Whatever a member holds, the answer is faults and nothing else.

TEXTS = (PAGE, NOTES, BIB, MARKS, MANIFEST, "log.txt", "log.json", ONE)
WORDS = (
    *("<", ">", "&", '"', "{", "}", "[", "]", "null", "0", "-1", "¶", "¶4", "\n", "\\", "\0"),
    *("<p>", "</p>", "<mark>", "</section>", "{link}", "9" * 400, "e" * 70_000, "1e999", "\ud7ff"),
)


@pytest.mark.parametrize("name", TEXTS)
def test_noise_in_a_member_that_was_sealed_again_is_answered(file: Path, name: str) -> None:
    noise = random.Random(name)
    changed = file.with_name("changed.zip")
    for _ in range(8):

        def change(members: Members) -> None:
            text = members[name].decode()
            for _ in range(noise.randrange(1, 4)):
                at = noise.randrange(len(text))
                text = text[:at] + noise.choice(WORDS) + text[at + noise.randrange(9) :]
            members[name] = text.encode()

        try:
            resealed(file, change, changed)
        except ValueError:  # the manifest is no JSON any more: `test_checking` has that
            continue
        check(changed)
