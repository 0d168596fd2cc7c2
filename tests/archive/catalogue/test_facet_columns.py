"""How cables are filed under facets."""

from contextlib import closing
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from cable_tui.archive.catalogue import catalogue_file, facet_columns
from cable_tui.query import Filed, values_of
from tests.exports.sample import cable


@given(st.lists(st.integers(0, 2**32 - 1)))
def test_ids_of_many_terms_come_back(ids: list[int]) -> None:
    assert list(facet_columns.ids_of(facet_columns.blob_of(ids))) == ids


def test_one_text_has_one_id(tmp_path: Path) -> None:
    with closing(catalogue_file.open_writer(tmp_path)) as db, catalogue_file.transaction(db):
        terms = facet_columns.Terms(db)
        first = terms.id("tag", "MO")
        assert terms.id("tag", "MO") == first
        assert terms.id("origin", "MO") != first
        assert facet_columns.Terms(db).id("tag", "MO") == first
        assert facet_columns.terms_of(db, "tag") == {first: "MO"}


def test_a_cable_is_filed_under_what_each_facet_reads(tmp_path: Path) -> None:
    filed = Filed(
        origin="Embassy Rabat",
        created="2009-02-13",
        tags=("MO", "KTIP"),
        header=lambda: cable().header,
        cable=cable,
    )
    with closing(catalogue_file.open_writer(tmp_path)) as db, catalogue_file.transaction(db):
        terms = facet_columns.Terms(db)
        facts = dict(
            zip(_names("facts"), terms.row("facts", values_of("facts", filed)), strict=True)
        )
        assert facts["facet_date"] == 20090213
        assert facts["facet_origin"] == terms.id("origin", "Embassy Rabat")
        assert facts["facet_released"] is facts["facet_article"] is None
        grammar = dict(
            zip(_names("grammar"), terms.row("grammar", values_of("grammar", filed)), strict=True)
        )
        assert grammar["facet_action"] is grammar["facet_informed"] is None
        tags = grammar["facet_tag"]
        assert isinstance(tags, bytes)
        assert list(facet_columns.ids_of(tags)) == [terms.id("tag", "MO"), terms.id("tag", "KTIP")]


def _names(stage: facet_columns.Stage) -> list[str]:
    return [name for name, _ in facet_columns.columns(stage)]


def test_stages_have_stamps_of_their_own() -> None:
    assert facet_columns.stamp("facts") != facet_columns.stamp("grammar")
    assert facet_columns.stamp("facts") == facet_columns.stamp("facts")
