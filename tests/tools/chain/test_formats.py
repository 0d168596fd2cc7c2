"""A chain in each format: what is in it, and that no text of a cable is markup.

GraphML and GEXF are read back by networkx: what Gephi is given.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any
from xml.etree import ElementTree as ET

import networkx as nx  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.base.value import replace
from cable_tui.tools.chain.formats import ALIASES, CHAIN_FORMATS, chain_html, chain_markdown
from cable_tui.tools.chain.story import Chain
from tests.exports.test_dossier import Page
from tests.tools.chain.sample import CHAIN, FIRST, HOLE, LAST

WHOLE = """\
# The chain of 09ZENDA7

2 cables, 2009-01-06 to 2009-02-01; 1 cited cable is missing. \
1 step of citation from 09ZENDA7; one more step would add 31.

## ✗ 08STATE120 · not in this archive · \
estimated from its number: 2008-12-01 to 2008-12-20, cited on 2009-01-06

- cited by 09ZENDA7, 09ZENDA9 and 12 more

## 2009-01-06 · [09ZENDA7](<https://example.org/09ZENDA7.html>) · Embassy Zenda · CONFIDENTIAL

**THE ICE HOUSE**

- cites 08STATE120 (ref. A, year inferred, not in this archive)
  - ¶1: “See ref A on the ice house.”
- also cites an e-mail: B. SAPT-TARLENHEIM E-MAIL OF 1/2/09
- also refers to
  - ¶2: “The price is reported septel.”
  - ¶3: “The smell as well (septel).”
- cited by 09ZENDA9

*The text ends early.*

— U.S. Embassy Zenda, cable 09ZENDA7, <https://example.org/09ZENDA7.html>.
"""


def test_the_story_is_a_dossier() -> None:
    text = "".join(chain_markdown(replace(CHAIN, entries=(HOLE, FIRST, LAST))))
    assert text.startswith(WHOLE)
    assert "- cites 08STATE120 (not in this archive) in its REF lines only" in text


def test_no_text_of_a_cable_is_markup() -> None:
    text = "".join(chain_markdown(CHAIN))
    assert "<script>" not in text.replace("\\<script\\>", "")
    assert "[a](b)" not in text
    assert "\x1b" not in text


def test_a_cable_that_could_not_be_read_says_why() -> None:
    lost = replace(FIRST, unreadable="zenda.html: it is gone", source="", read=False)
    text = "".join(chain_markdown(Chain("09ZENDA7", 0, (lost,))))
    assert "Its text could not be read: zenda.html: it is gone" in text


def test_the_page_is_whole_and_leads_from_the_table_to_each_cable() -> None:
    page = Page("".join(chain_html(CHAIN)))
    ids = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
    links = [attrs.get("href") or "" for tag, attrs in page.tags if tag == "a"]
    assert ids == ["cable1", "cable2", "cable3"]
    assert {f"#{each}" for each in ids} <= set(links)
    for words in ("See ref A on the ice house.", "not in this archive", "12 more", "septel"):
        assert words in page.text


def test_a_hole_and_the_beginning_look_different() -> None:
    page = Page("".join(chain_html(CHAIN)))
    looks = [attrs.get("class") for tag, attrs in page.tags if tag == "section"]
    assert looks == ["hole", "start", None]


def test_the_page_runs_nothing_and_loads_nothing() -> None:
    text = "".join(chain_html(CHAIN))
    page = Page(text)
    assert "script" not in {tag for tag, _ in page.tags}
    assert "default-src 'none'" in text
    assert "<script>alert(1)</script>" in page.text
    assert not any((attrs.get("href") or "").startswith("javascript") for _, attrs in page.tags)


def test_each_format_has_a_key_of_its_own_and_writes_something() -> None:
    assert list(CHAIN_FORMATS) == ["markdown", "html", "json", "graphml", "gexf"]
    keys = [each.key for each in CHAIN_FORMATS.values()]
    assert len(set(keys)) == len(keys)
    assert not {"j", "k", "q"} & set(keys)
    for each in CHAIN_FORMATS.values():
        assert "09ZENDA9" in "".join(each.write(CHAIN))
    assert set(ALIASES.values()) <= set(CHAIN_FORMATS)


READERS = {"graphml": nx.read_graphml, "gexf": nx.read_gexf}


def _written(name: str, chain: Chain) -> bytes:
    return "".join(CHAIN_FORMATS[name].write(chain)).encode()


def _read(name: str, chain: Chain) -> Any:
    return READERS[name](BytesIO(_written(name, chain)))


@pytest.mark.parametrize("name", READERS)
def test_networkx_reads_the_graph_back_with_its_types(name: str) -> None:
    graph = _read(name, CHAIN)
    assert graph.is_directed()
    assert set(graph.edges) == {
        ("09ZENDA7", "08STATE120"),
        ("09ZENDA9", "09ZENDA7"),
        ("09ZENDA9", "08STATE120"),
    }
    first, hole = graph.nodes["09ZENDA7"], graph.nodes["08STATE120"]
    assert first["label"] == "09ZENDA7"
    assert (first["in_archive"], hole["in_archive"]) == (True, False)
    assert (first["year"], first["cited_by"], hole["cited_by"]) == (2009, 1, 14)
    assert type(first["distance"]) is int
    assert hole["estimate"] == "2008-12-01..2008-12-20"
    assert "year" not in hole
    edge = graph.edges["09ZENDA7", "08STATE120"]
    assert (edge["ref"], edge["year_inferred"]) == ("A", True)
    assert edge["sentence"] == "See ref A on the ice house."
    assert graph.edges["09ZENDA9", "09ZENDA7"]["weight"] == 2


def test_gephis_timeline_has_the_day_of_each_cable() -> None:
    graph = _read("gexf", CHAIN)
    assert graph.nodes["09ZENDA7"]["start"] == "2009-01-06"
    assert graph.nodes["08STATE120"]["start"] == "2008-12-20"
    assert graph.edges["09ZENDA9", "09ZENDA7"]["start"] == "2009-02-01"


@pytest.mark.parametrize("name", READERS)
def test_an_edge_to_what_is_not_in_the_chain_is_left_out(name: str) -> None:
    assert list(_read(name, replace(CHAIN, entries=(FIRST,))).edges) == []


@pytest.mark.parametrize("name", READERS)
@given(words=st.text(max_size=60))
def test_any_text_is_lawful_xml(name: str, words: str) -> None:
    one = replace(FIRST, subject=words, origin=words, canonical_id=words or "X")
    ET.fromstring(_written(name, replace(CHAIN, entries=(one,))))
