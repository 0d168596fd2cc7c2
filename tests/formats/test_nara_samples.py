"""Real telegrams in four forms, against a reading of their text that is not the package's."""

from __future__ import annotations

import re
from io import BytesIO

import pytest

from cable_tui import formats, telegram
from cable_tui.base.cable import Cable, RawCable
from tests.shared_files import WILD

SAMPLES = WILD / "nara-aad"
FORMS = ("pdf", "pdftotext-layout", "pdftotext", "pymupdf")

MONTHS = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split()
STAMP = re.compile(r"[^\n]*Declassified/Released[^\n]*")
FURNITURE = re.compile(
    r"^ *(?:PAGE \d\d\b|N{3,4}$|(?:E ){5}"
    r"|(?:LIMITED OFFICIAL USE|UNCLASSIFIED|CONFIDENTIAL|SECRET) *$"
    r"|FM [A-Z]|INFO [A-Z]|ACTION [A-Z]{1,4}-\d|[ZOPR] \d{6}Z|-{10,} *\d{6})"
    r"|Declassified|EO Systematic|END OF DOCUMENT|Message (?:Text|Attributes)|\f",
    re.MULTILINE,
)


def attribute(text: str, key: str) -> str:
    """The value of an attribute, whose lines go on until the next key."""
    lines = text[text.index("Message Attributes") :]
    found = re.search(rf"^{key}: ?(.*(?:\n(?![A-Z][A-Za-z/ ]+:)[^\n]*)*)", lines, re.MULTILINE)
    words = " ".join(STAMP.sub("", found[1]).split()) if found else ""
    return "" if words.lower() == "n/a" else words


def facts(text: str) -> dict[str, str]:
    day, month, year = (attribute(text, "Draft Date") or attribute(text, "Sent Date")).split()
    message = text[: text.index("Message Attributes")]
    sent = re.search(r"^(?:[ZOPR] )+(\d{6}) ?Z ([A-Z]{3}) (\d\d)\b", message, re.MULTILINE)
    sender = re.search(r"^FM +(.+?) *$", message, re.MULTILINE)
    return {
        "id": attribute(text, "Document Number"),
        "date": f"{year}-{MONTHS.index(month.upper()) + 1:02d}-{int(day):02d}",
        "classification": attribute(text, "Original Classification"),
        "sender": " ".join(sender[1].split()) if sender else "",
        "group": f"{sent[1]}Z {sent[2]} {sent[3]}" if sent else "",
    }


def tags(text: str) -> set[str]:
    pairs = re.findall(r"\(([^()]*)\)|([^,()]+)", attribute(text, "TAGS"))
    return {" ".join("".join(pair).split()) for pair in pairs} - {""}


def signature(text: str) -> set[str]:
    """The name in the last line of the text, or at its end; empty without one."""
    message = STAMP.sub("", text[: text.index("Message Attributes")])
    lines = [line.strip() for line in message.split("\n") if line.strip()]
    ending = r"N{3,}|(?:E ?){6,}|<< END.*|(?:LIMITED )?[A-Z]+(?: USE)?IED|PAGE \d\d.*|NOTE BY OC.*"
    classes = {"LIMITED OFFICIAL USE", "UNCLASSIFIED", "CONFIDENTIAL", "SECRET"}
    while lines and (lines[-1] in classes or re.fullmatch(ending, lines[-1])):
        lines.pop()
    found = re.fullmatch(r"(?:.*[.\")] +)?([A-Z]{4,})", lines[-1])
    return {found[1]} if found else set()


def names() -> list[str]:
    return sorted(each.stem for each in (SAMPLES / "pymupdf").glob("*.txt"))


def read(form: str, name: str) -> Cable:
    path = SAMPLES / form / f"{name}.{'pdf' if form == 'pdf' else 'txt'}"
    data = path.read_bytes()
    found = formats.sniff(path.name, data[: formats.HEAD])
    assert not isinstance(found, formats.Skip)
    (raw,) = formats.cables(found, BytesIO(data), path.name)
    assert isinstance(raw, RawCable)
    return telegram.parse(raw)


@pytest.mark.shared
@pytest.mark.parametrize("form", FORMS)
def test_a_form_says_what_the_telegrams_say(form: str) -> None:
    wrong: list[object] = []
    tagged = signed = 0
    for name in names():
        text = (SAMPLES / "pymupdf" / f"{name}.txt").read_text(encoding="utf-8")
        cable, expected = read(form, name), facts(text)
        ours = {
            "id": cable.reference_id,
            "date": cable.facts.created[:10],
            "classification": cable.facts.classification,
            "sender": cable.header.sender or "",
            "group": cable.header.date_time_group or "",
        }
        wrong += [(name, key, ours[key]) for key, said in expected.items() if said != ours[key]]
        said = [f"{each.heading}\n{each.text}" for each in cable.body.paragraphs]
        wrong += [(name, found[0]) for found in map(FURNITURE.search, said) if found]
        tagged += tags(text) <= set(cable.tags)
        signed += set(cable.body.signed_by) == signature(text)
    assert wrong == []
    assert tagged >= 0.99 * len(names())
    assert signed >= 0.95 * len(names())
