"""A concordance of words of a record that is not shown."""

from __future__ import annotations

from cable_tui.archive.archive import Archive
from cable_tui.query import parse
from cable_tui.tools.concordance.occurrences import concordance
from tests.archive.search.test_unshown import archive  # noqa: F401 - a fixture


def test_a_concordance_has_the_lines_of_the_record_that_has_the_words(archive: Archive) -> None:  # noqa: F811
    sources = {each.number: each.path for each in archive.sources(1)}
    for query, path in (("pelham", "cables.csv"), ("gorse", "poor/")):
        hits = archive.search(parse(query))
        (read,) = concordance(archive, hits.ids, hits.highlights, lambda: False)
        assert [line.word.casefold() for line in read.lines] == [query]
        assert sources[read.lines[0].record].startswith(path)
