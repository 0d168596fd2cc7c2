"""GraphML and GEXF, read back by networkx: what Gephi is given."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from xml.etree import ElementTree as ET

import networkx as nx  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.exports.chain_formats import CHAIN_FORMATS
from cable_tui.exports.chain_story import Chain
from cable_tui.value import replace
from tests.exports.chain_sample import CHAIN, FIRST

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
