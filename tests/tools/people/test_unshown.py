"""People of records that are not shown."""

from __future__ import annotations

from cable_tui.archive.archive import Archive
from cable_tui.query import parse
from cable_tui.tools.people.counting import PeopleReader, cables_to_read
from tests.archive.search.test_unshown import archive  # noqa: F401 - a fixture


def test_people_of_every_record_are_counted_once(archive: Archive) -> None:  # noqa: F811
    reader = PeopleReader()
    for id_, records in cables_to_read(archive, archive.search(parse("")).ids, reader):
        reader.add(id_, *records)
    found = {each.name: each.cables for each in reader.counted(archive).found}
    assert found["Gorse"] == 1
