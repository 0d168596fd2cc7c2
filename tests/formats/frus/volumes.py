"""Fictional volumes, in the shapes that the edition has had in three centuries."""

from io import BytesIO

from cable_tui.base.cable import Edition, Problem, RawCable
from cable_tui.formats.base import Record
from cable_tui.formats.frus.volume import FORMAT
from tests.formats.samples import record_at

TEI = 'xmlns="http://www.tei-c.org/ns/1.0" xmlns:frus="http://history.state.gov/frus/ns/1.0"'
PATH = "volumes/frus1955-57v97.xml"


def volume(*documents: str, declaration: str = "", id_: str = ' xml:id="frus1955-57v97"') -> str:
    """A volume with these documents."""
    inner = "\n".join(documents)
    head = "<teiHeader><fileDesc/></teiHeader>"
    return (
        f'{declaration}<TEI {TEI}{id_}>{head}<text><body><div type="chapter">\n'
        f"<head>Ruritania</head>\n{inner}\n</div></body></text></TEI>\n"
    )


PERSONS = (
    '<list><item><persName xml:id="p_S1">Sapt, Rupert</persName>, Envoy until 1957</item>'
    '<item><persName xml:id="p_V1">von Sapt.</persName> <hi>See</hi> '
    '<persName corresp="#p_S1" type="alt">Sapt</persName></item>'
    '<item><persName xml:id="p_S2">Sapt, Otto</persName>, Guard</item></list>'
    '<list><item><term xml:id="t_1">ROR</term>, Republic of Ruritania</item>'
    '<item><term xml:id="t_2">ZD</term>, Zenda Division</item></list>'
)
"""Lists of persons and abbreviations."""


def document(number: int, inner: str, attributes: str = "") -> str:
    """One document."""
    return f'<div type="document" xml:id="d{number}" n="{number}"{attributes}>{inner}</div>'


def telegram(number: int, text: str = "<p>941. We met.</p>", head: str = "") -> str:
    """A document that is a telegram."""
    return document(number, f"<head>{number}. Telegram From Strelsau{head}</head>{text}")


def items(data: bytes, path: str = PATH) -> list[Record | Problem]:
    """Everything that the format finds in a file."""
    return list(FORMAT.records(BytesIO(data), path))


def cables(text: str | bytes, path: str = PATH) -> list[RawCable]:
    """The documents of a volume without damage, each read again from its own bytes."""
    data = text.encode() if isinstance(text, str) else text
    found = []
    for item in items(data, path):
        assert isinstance(item, Record), item
        again = FORMAT.at(record_at(FORMAT, BytesIO(data), item.location), item.location)
        assert again == item.cable
        found.append(item.cable)
    return found


def only(inner: str, attributes: str = "") -> tuple[RawCable, Edition]:
    """The one document of a volume, and what its mark-up says."""
    (raw,) = cables(volume(document(1, inner, attributes)))
    assert raw.edition is not None
    return raw, raw.edition
