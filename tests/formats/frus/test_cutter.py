"""Documents cut out of the bytes of a volume."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.formats.frus import cutter
from cable_tui.formats.frus.cutter import Cutter, Document
from tests.formats.frus.volumes import document, volume


def cut(data: bytes) -> list[Document]:
    return list(Cutter(BytesIO(data)).documents())


@pytest.mark.parametrize(
    "between",
    [
        "",
        '<!-- <div type="document" xml:id="d9"><p>out</p></div> -->',
        '<![CDATA[<div type="document">]]>',
        '<?note <div type="document"> ?>',
        '<div type="document"/>',
        '<divider type="document">x</divider>',
        "<p>a &lt;div type='document'&gt;</p>",
        "<!-- never ended ",
    ],
    ids=["nothing", "comment", "CDATA", "instruction", "empty", "other name", "text", "no end"],
)
def test_what_only_looks_like_a_document_is_none(between: str) -> None:
    text = volume(document(1, "<p>one</p>"), between, document(2, "<p>zwei é</p>"))
    found = cut(text.encode())
    whole = [document(1, "<p>one</p>"), document(2, "<p>zwei é</p>")]
    assert [each.data.decode() for each in found] == whole
    assert all(each.closed for each in found)


@pytest.mark.parametrize(
    "inner",
    [
        "<div type='section'><div><p>in</p></div></div>",
        "<tei:div type='a'>x</tei:div>",
        "<div a='>' type='b'>x</div><div/>",
        "<!-- </div> --><p>x</p>",
    ],
    ids=["nested", "prefixed", "bracket in a value", "comment"],
)
def test_a_document_ends_with_its_own_end_tag(inner: str) -> None:
    (found,) = cut(volume(document(1, inner)).encode())
    assert found.data.decode() == document(1, inner)
    assert found.closed


def test_attributes_stand_in_any_order_and_quotes() -> None:
    text = "<TEI><div n='7'\n  subtype='x' xml:id=\"d7\"\n type = 'document'><p/></div></TEI>"
    (found,) = cut(text.encode())
    assert found.tag.startswith(b"<div n='7'")
    assert (found.line, found.offset) == (1, 5)


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_places_are_bytes_in_any_encoding(codec: str) -> None:
    text = volume("<p>𝄞 clef</p>", document(1, "<p>𝄞 é</p>"), document(2, "<p>x</p>"))
    data = text.encode(codec)
    plain = codec.replace("utf-16", "utf-16-le") if codec == "utf-16" else codec
    plain = plain.removesuffix("-sig")
    found = cut(data)
    assert [each.data.decode(plain) for each in found] == [
        document(1, "<p>𝄞 é</p>"),
        document(2, "<p>x</p>"),
    ]
    assert all(data[each.offset :].startswith(each.data) for each in found)
    assert [each.line for each in found] == [4, 5]


def test_a_document_without_an_end_ends_where_the_next_one_begins() -> None:
    text = volume(document(1, "<p>one</p>").removesuffix("</div>"), document(2, "<p>two</p>"))
    first, second = cut(text.encode())
    assert (first.closed, second.closed) == (False, True)
    assert first.data.decode() == document(1, "<p>one</p>").removesuffix("</div>") + "\n"


def test_a_file_that_breaks_off_gives_the_rest() -> None:
    (found,) = cut(volume(document(1, "<p>one</p>")).encode()[:-20])
    assert found.closed
    (found,) = cut(volume(document(1, "<p>one</p>")).partition("</p>")[0].encode())
    assert not found.closed


def test_a_document_longer_than_memory_allows_is_named_and_passed_over(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(cutter, "LONGEST_RECORD", 4000)
    monkeypatch.setattr(cutter, "_CHUNK", 1000)
    text = volume(document(1, "<p>x</p>" * 2000), document(2, "<p>two</p>"))
    first, second = cut(text.encode())
    assert first.data == b""
    assert first.offset == text.index('<div type="document"')
    assert second.data.decode() == document(2, "<p>two</p>")
    assert text.encode()[second.offset :].startswith(second.data)


@given(
    st.lists(
        st.sampled_from(
            [
                '<div type="document" n="1">',
                "</div>",
                "<div>",
                "<!--",
                "-->",
                "<![CDATA[",
                "]]>",
                "<?",
                "?>",
                "<div",
                ">",
                "é\n",
                '"',
                " x ",
            ]
        ),
        max_size=60,
    ),
    st.integers(3, 40),
)
def test_pieces_of_any_size_are_cut_alike(parts: list[str], chunk: int) -> None:
    data = "".join(parts).encode()
    whole = cut(data)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cutter, "_CHUNK", chunk)
        assert cut(data) == whole
    assert all(data[each.offset :].startswith(each.data) for each in whole)
