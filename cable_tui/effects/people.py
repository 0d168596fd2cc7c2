"""Handlers for the page of people: reading texts, changing the choice. In threads; no Textual."""

from __future__ import annotations

from time import monotonic, sleep
from typing import TYPE_CHECKING

from cable_tui.effects.services import Services
from cable_tui.effects.table import Actions, Cancelled, performs
from cable_tui.errors import LibraryError
from cable_tui.library import people_file
from cable_tui.query import parse
from cable_tui.query import people as choice
from cable_tui.query.people import People, PeopleError
from cable_tui.session.feature_state import PeopleView, PersonEntry
from cable_tui.session.features.source_criticism import people

if TYPE_CHECKING:
    from cable_tui.archive.source_criticism.people import Counted, Found

MOST_SHOWN = 1000
"""People that the page lists."""
_FIRST = 0.5
"""Seconds until the page shows who was found so far; each next time is twice as long."""
_PAUSE = 0.0005
"""Seconds between two texts, to let keys be answered."""


@performs(people.ReadPeople)
def _read(services: Services, effect: people.ReadPeople, cancelled: Cancelled) -> Actions:
    """Report who was found so far, less and less often, and at the end."""
    # They need formats and a part of the grammar.
    from cable_tui.archive.source_criticism.people import PeopleReader
    from cable_tui.archive.source_criticism.people_texts import texts

    said = ""
    try:
        kept = people_file.read(people_file.file_beside(services.library.path))
    except LibraryError as error:
        kept, said = (), str(error)
    if said:
        yield people.PeopleChanged(said, changed=False)
    reader = PeopleReader(kept)
    ids = effect.ids
    if len(ids) < min(effect.cables, people.MOST_READ):
        ids = services.archive.search(parse(effect.query), cancelled=cancelled).ids
        ids = ids[: people.MOST_READ]
    shown = PeopleView(effect.query, of=len(ids), cables=effect.cables)
    begun, wait = monotonic(), _FIRST
    for id_, raw in texts(services.archive, ids, reader):
        if cancelled():
            return
        reader.add(id_, raw)
        if monotonic() - begun > wait:
            wait *= 2
            yield people.PeopleRead(_view(shown, reader.counted(services.archive, MOST_SHOWN)))
        sleep(_PAUSE)
    found = reader.counted(services.archive, MOST_SHOWN)
    yield people.PeopleRead(_view(shown, found, reading=False))


def _view(shown: PeopleView, found: Counted, *, reading: bool = True) -> PeopleView:
    return PeopleView(
        shown.query,
        tuple(map(_entry, found.found)),
        found.total,
        found.read + found.unread,
        shown.of,
        shown.cables,
        reading,
        whole=not reading,
    )


def _entry(found: Found) -> PersonEntry:
    years = [year for year in found.years if year] or [""]
    return PersonEntry(
        found.name,
        found.confirmed,
        found.protected,
        found.cables,
        tuple((each.text, each.cables) for each in found.written),
        found.spellings,
        found.given,
        found.full_name,
        (years[0], years[-1]),
        tuple(found.posts.items()),
    )


@performs(people.WritePeople)
def _write(services: Services, effect: people.WritePeople, _: Cancelled) -> Actions:
    """Change the file, and say what was done or why it was not."""
    file = people_file.file_beside(services.library.path)
    asked = effect.change
    before: People = ()

    def edit(kept: People) -> People:
        nonlocal before
        before = kept
        return changed(kept, asked)

    try:
        after = people_file.change(file, edit)
    except LibraryError as error:
        yield people.PeopleChanged(str(error), changed=False)
        return
    if after != before:
        services.people_changes.append((_done(asked), before, after))
    yield people.PeopleChanged(_done(asked), changed=True)


@performs(people.UndoPeople)
def _undo(services: Services, _effect: people.UndoPeople, _: Cancelled) -> Actions:
    """Take back the last change of this room; never what another window did since."""
    if not services.people_changes:
        yield people.PeopleChanged("There is no change of this session to take back", changed=False)
        return
    done, before, after = services.people_changes[-1]

    def edit(kept: People) -> People:
        if kept != after:
            raise PeopleError(f"Not taken back: {done}. Your people were changed elsewhere since")
        return before

    try:
        people_file.change(people_file.file_beside(services.library.path), edit)
    except LibraryError as error:
        yield people.PeopleChanged(str(error), changed=False)
        return
    services.people_changes.pop()
    yield people.PeopleChanged(f"Taken back: {done}", changed=True)


def changed(kept: People, asked: people.ChangePerson) -> People:
    """The choice after a change. Raises `PeopleError`."""
    entry, other = asked.entry, asked.other
    if asked.kind == "rename":
        return choice.renamed(kept, entry.name, asked.text)
    if asked.kind == "drop":
        return choice.dropped(kept, entry.name)
    if asked.kind == "split" and not entry.confirmed:
        return choice.confirmed(kept, asked.text, [asked.text], protected=entry.protected)
    if asked.kind == "split":
        return choice.split(kept, entry.name, asked.text)
    kept = _with(kept, entry, asked.text if asked.kind == "confirm" else "")
    if other is not None:
        kept = choice.merged(_with(kept, other), other.name, entry.name)
    return kept


def _with(kept: People, entry: PersonEntry, name: str = "") -> People:
    """The choice with a candidate as a person; a person stays as they are."""
    if entry.confirmed:
        return kept
    return choice.confirmed(kept, name or entry.name, entry.spellings, protected=entry.protected)


def _done(asked: people.ChangePerson) -> str:
    name, other = asked.entry.name, asked.other
    return {
        "confirm": f"{asked.text} is confirmed",
        "rename": f"{name} is {asked.text} now",
        "merge": f"{name} is {other.name if other else ''} now",
        "split": f"{asked.text} is somebody else than {name} now",
        "drop": f"{name} is a candidate again",
    }[asked.kind]
