"""Files of pages and texts of several kinds: each record is read as if it stood alone."""

from itertools import permutations

import pytest

from cable_tui import formats
from cable_tui.base.cable import Problem, RawCable
from tests.formats.samples import DATA, cable, cable_and_problem, cables, read, wherever

FILES = {
    name: (DATA / name).read_bytes()
    for name in ("page-2010.html", "plusd.html", "page.txt", "alx.txt", "nara.txt", "pdf.txt")
}
WITH_A_HEADER = {"alx.txt", "page.txt"}
"""Texts that have a header of their own: a bare telegram behind them may be quoted."""


def other(data: bytes) -> bytes:
    """A telegram that was sent at another time."""
    return data.replace(b"031848Z", b"041848Z").replace(b"000012", b"000013")


def alone(name: str) -> list[RawCable]:
    return wherever(cables(other(FILES[name]) if name == "pdf.txt" else FILES[name], "a"))


@pytest.mark.parametrize("between", [b"", b"\n", b"\n\x0c\n"], ids=["nothing", "line", "page"])
@pytest.mark.parametrize(("first", "second"), list(permutations(FILES, 2)))
def test_two_kinds_in_one_file_are_read_as_if_alone(
    first: str, second: str, between: bytes
) -> None:
    parts = [other(FILES[name]) if name == "pdf.txt" else FILES[name] for name in (first, second)]
    data = between.join(parts)
    if first in WITH_A_HEADER and second == "pdf.txt":
        _, lost = cable_and_problem(data, "all.txt")
        assert lost.line > parts[0].count(b"\n")
        assert "the text around it also has a transmission header" in lost.reason
        return
    assert wherever(cables(data, "all.txt")) == [*alone(first), *alone(second)]


@pytest.mark.parametrize("second", sorted(FILES.keys() - WITH_A_HEADER - {"pdf.txt"}))
def test_a_telegram_between_two_pages_of_a_kind_is_read(second: str) -> None:
    found = cables(b"\n".join([FILES[second], other(FILES["pdf.txt"]), FILES[second]]), "all.txt")
    assert wherever(found) == [*alone(second), *alone("pdf.txt"), *alone(second)]


@pytest.mark.parametrize("name", FILES)
def test_a_file_of_one_kind_is_no_mixture(name: str) -> None:
    for data in (FILES[name], FILES[name] + b"\n" + FILES[name]):
        form = formats.sniff("a", data)
        assert not isinstance(form, formats.Skip)
        assert form.name != "mixed-pages"


def test_a_page_of_plusd_may_print_the_attributes() -> None:
    page = FILES["plusd.html"].replace(
        b"MONTAGUE</pre>", b"MONTAGUE\n\nMessage Attributes\n\n</pre>"
    )
    raw = cable(page, "a.html")
    assert raw.format == "plusd-page"


@pytest.mark.parametrize("start", [b'"', b"{", b"["])
def test_tables_and_json_may_hold_pages(start: bytes) -> None:
    form = formats.named("mixed-pages")
    assert form is not None
    assert not form.matches("a", start + FILES["page-2010.html"] + FILES["alx.txt"])


def test_another_kind_behind_what_was_sniffed_is_a_problem() -> None:
    many = FILES["alx.txt"] * (formats.HEAD // len(FILES["alx.txt"]) + 1)
    found = read(many + FILES["nara.txt"], "all.txt")
    reasons = [each.reason for each in found if isinstance(each, Problem)]
    assert len(found) - len(reasons) == many.count(b"09PORTAMITY12\n")
    assert any(reason.startswith("a telegram of the National Archives") for reason in reasons)


MIXED = (DATA / "mixed.txt").read_bytes()
