"""The `people` report: people named in cables, as candidates until the reader confirms them."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Literal, cast

from cable_tui.base.errors import LibraryError
from cable_tui.base.value import Value, picked
from cable_tui.query import Query, parse
from cable_tui.reports.report import (
    Look,
    Option,
    PageKey,
    Pieces,
    Report,
    RowKey,
    Rows,
    ValueOf,
)
from cable_tui.session.effects import AskLine, AskMenu, MenuItem, Notify, numbered_menu
from cable_tui.session.features.pages import ChooseRow, OpenPage, Say, SearchFromPage
from cable_tui.text import clean_line, crop, width
from cable_tui.text.numbers import counted
from cable_tui.text.tally import Tally
from cable_tui.tools.people.confirmed import People, query_text
from cable_tui.tools.people.page_changes import MOST_SPELLINGS, ChangePerson, Kind, UndoPeople

if TYPE_CHECKING:
    from cable_tui.base.kinds import Count, Filled, Only, OrNull, Positive
    from cable_tui.reports.page_of_rows import PageOfRows
    from cable_tui.session.feature_state import Page
    from cable_tui.session.state import Session
    from cable_tui.session.values import Action
    from cable_tui.tools.people.counting import CountedPeople, FoundPeople
    from cable_tui.tools.people.person import FoundPerson, Spelled

MOST_READ = 20_000
"""The maximum number of cables that the page reads, from the top of the list; the command reads all
cables.
"""
MOST_SHOWN = 1000
"""The maximum number of people that the page lists."""
_NAMED = 32
"""The maximum width of a name, in cells."""
_WIDE, _NAMED_NARROW = 100, 20
"""The minimum width of a line with room for `_NAMED`, and the maximum width of a name in a narrower
line.
"""
_WRITTEN = 3
"""The maximum number of a person's spellings, and of posts, on a line."""
_SURE = {"candidate": "?", "keyed": "§", "confirmed": "✓"}
"""The marker for each status."""
_GUESS = "? a guess; V confirms it · § listed by editors · ✓ confirmed"
_TITLED = (
    "titled: cables with the name after a title, as signer or as classifying officer. word: "
    "cables with the surname, whoever it belongs to"
)
_SAYS: Mapping[Kind, str] = {
    "confirm": "You will see all matches of this name in the archive first.",
    "rename": "Every archive will use the new name. Press `u` to undo.",
    "split": "In every archive this spelling will mean the new person, not {name}. Press `u` to "
    "undo.",
    "drop": "In every archive person: will no longer find them.",
    "nobody": "In every archive it will no longer be listed or found by person:.",
}
"""The sentences shown before a change; a merge shows the cables of both names."""


class Ask(Value):
    """The query for the cables, and filters for the people."""

    query: str = ""
    least: int = 1
    confirmed: bool = False
    with_protected: bool = False


def _search(page: Page, row: FoundPerson) -> Action:
    quoted_name = row.name.replace('"', " ")
    query_term = f'person:"{quoted_name}"' if row.confirmed else f"({query_text(row.spellings)})"
    return SearchFromPage(f"{page.ask.query} {query_term}".strip())


def _mentions(page: Page, row: FoundPerson) -> Action:
    """Open the mentions in cables that match the query's filters.

    The query's words are left out, because the page would otherwise also list their occurrences.
    """
    from cable_tui.reports.table import REPORTS

    filter_terms = [term for term in parse(page.ask.query).terms if not Query((term,)).has_words]
    concordance_query = " ".join([f"({query_text(row.spellings)})", *map(str, filter_terms)])
    concordance = REPORTS["concordance"]
    concordance_ask: Any = concordance.report.ask
    return OpenPage(concordance, concordance_ask(concordance_query))


def _ask_name(
    change_kind: Kind, row: FoundPerson, title: str, name: str, split_form: str = ""
) -> Action:
    change_of_text = partial(ChangePerson, change_kind, row, form=split_form)
    return AskLine(title, name, change_of_text, _SAYS[change_kind].format(name=row.name))


def _confirm(_: Page, row: FoundPerson) -> Action | None:
    if row.confirmed:
        return None
    return _ask_name("confirm", row, "Confirm as", row.full_name or row.name)


def _rename(page: Page, row: FoundPerson) -> Action | None:
    if not row.confirmed:
        return _confirm(page, row)
    return _ask_name("rename", row, f"Another name for {row.name}", row.name)


def _merge(page: Page, row: FoundPerson) -> Action:
    chosen_person: FoundPerson | None = page.chosen
    if chosen_person is None:
        return ChooseRow(row)
    if chosen_person.name == row.name:
        return ChooseRow(None)
    return ChangePerson("merge", chosen_person, other=row)


def _split(_: Page, row: FoundPerson) -> Action:
    from cable_tui.telegram.people.titled_names import untitled

    full_spellings = [spelling for spelling in row.written if not spelling.is_alone][
        :MOST_SPELLINGS
    ]
    listed_spellings = {
        spelling.text: (f"{spelling.cables:,}", spelling.name) for spelling in full_spellings
    }
    listed_spellings |= {form: ("", untitled(form)) for form in row.spellings if row.confirmed}
    choices = tuple(
        (
            spelling_text,
            count_text,
            _ask_name(
                "split", row, f"Whose name is {spelling_text}?", untitled_name, spelling_text
            ),
        )
        for spelling_text, (count_text, untitled_name) in listed_spellings.items()
    )
    if not choices:
        return Say(f"{row.name} alone could be anyone; V confirms single cables")
    return numbered_menu(f"Which spelling is not {row.name}?", choices)


def _drop(_: Page, row: FoundPerson) -> Action | None:
    return _ask_first("drop", row, "d", "make it a candidate again") if row.confirmed else None


def _nobody(_: Page, row: FoundPerson) -> Action:
    return _ask_first("nobody", row, "x", "leave it out")


def _ask_first(change_kind: Kind, row: FoundPerson, menu_key: str, label: str) -> AskMenu:
    """Return the question to ask before a change.

    Pressing the change's key again makes the change.
    """
    menu_items = (
        MenuItem(menu_key, f"{label}; u to undo", ChangePerson(change_kind, row)),
        MenuItem("k", "keep it as it is", Notify("Nothing was changed.")),
    )
    return AskMenu(row.name, menu_items, _SAYS[change_kind])


class ListedPerson(Value):
    """A person's entry in the list of a volume."""

    key: Filled
    """The key, such as `frus1955-57v97#p_SR1`."""
    name: OrNull[Filled]
    """The name in the volume's list of persons; null if the list does not contain the key."""
    role: OrNull[Filled]


class PeopleRow(Value):
    """A person named in cables: a line of `people --jsonl`."""

    name: Filled
    status: Literal["candidate", "keyed", "confirmed"]
    """How certain the person is. candidate: a guess by title and surname; keyed: identified by the
    editors of a volume; confirmed: by the reader.
    """
    protected: bool
    """Whether the name is protected: a request is directly next to it, or a reader confirmed the
    request.
    """
    perhaps_protected: Count
    """The number of cables with an unanswered protection request that may refer to this name."""
    cables: Positive
    """The number of cables that mention the person with a title, as a signer, or as a classifying
    officer; for a confirmed person, this includes cables with a part of the name next to a form.
    """
    cables_with_surname: Count | None
    """The number of the query's cables with the surname as a word, whoever is meant; null if no
    text is indexed yet.
    """
    found_by: tuple[str, ...]
    """A candidate's surnames, or a confirmed person's forms."""
    written: tuple[Spelled, ...]
    """The spellings, most frequent first."""
    given_names: tuple[str, ...]
    """The given names if there are at least two, in which case there may be several people."""
    roles: Mapping[Literal["mentioned", "signed", "classified"], Positive]
    """The number of cables in which the person has each role."""
    years: Mapping[str, Positive]
    """The number of cables by year; the name is empty if the year is unknown."""
    posts: Mapping[str, Positive]
    """The number of cables by origin, most frequent first."""
    listed: tuple[ListedPerson, ...]
    """The person's entries in the lists of volumes."""


class PeopleAnswer(Value):
    """The output of `people --json`: the people named in the cables that match a query."""

    query: str
    cables: Count
    """The number of cables whose texts were read."""
    unread: Count
    """The number of cables whose file could not be read."""
    protected_left_out: Count
    """The number of protected names that are left out without --with-protected."""
    people: tuple[PeopleRow, ...]
    """The people; those in the most cables are first."""
    tally: Tally = Tally()
    """The counts of cables that were read, and notes on what the rows omit."""
    page: Only[PageOfRows | None] = None


class PeopleReport(Report["FoundPerson"]):
    """A report with a row for each person; people in the most cables are first."""

    name = "people"
    ask = Ask
    options = (
        Option("query", "which cables (default: all)", nargs="*"),
        Option("least", "list people in at least N cables"),
        Option("confirmed", "list only confirmed people"),
        Option(
            "with_protected",
            "include protected names",
        ),
    )
    keys = (
        RowKey("enter", "cables", _search),
        RowKey("O", "mentions", _mentions),
        RowKey("V", "confirms", _confirm),
        RowKey("r", "renames", _rename),
        RowKey("m", "merges two", _merge),
        RowKey("M", "splits", _split),
        RowKey("d", "unconfirms", _drop),
        RowKey("x", "not a person", _nobody),
    )
    page_keys = (PageKey("u", "undoes", lambda _: UndoPeople()),)
    rows_name, row_name = "people", "person"
    reads = "texts searched for people"
    empty = "No people are named in these cables."
    counts = needs_text = True
    listed = 40

    def read(self, look: Look) -> Iterator[Rows[FoundPerson]]:
        """Yield the people counted so far, at growing intervals, and at the end."""
        # They need formats and a part of the grammar.
        from cable_tui.archive.search.snapshot import Snapshot
        from cable_tui.tools.people import people_file
        from cable_tui.tools.people.counting import PeopleReader, cables_to_read
        from cable_tui.tools.people.surname_counts import SurnameCounts
        from cable_tui.tools.protection import answers
        from cable_tui.tools.protection.of_archive import answered_cables

        kept_people: People = ()
        try:
            kept_people = people_file.read(people_file.file_beside(look.library))
        except LibraryError as error:
            if not look.in_room:
                raise
            look.notes.append(str(error))
        cable_ids = look.search(look.ask.query).ids
        if look.in_room and len(cable_ids) > MOST_READ:
            look.notes.append(f"the first {MOST_READ:,} of {len(cable_ids):,} cables")
            cable_ids = cable_ids[:MOST_READ]
        look.total = len(cable_ids)
        named_cables = [cable for person in kept_people for cable in person.cables]
        known_answers = answers.read(answers.file_beside(look.library))
        cables_with_answers = tuple(answered_cables(look.archive, known_answers, look.cancelled))
        snapshot = Snapshot(look.archive)
        answer_facts = [(cable.id, cable.names, cable.is_complete) for cable in cables_with_answers]
        cable_bits = snapshot.columns.of_ids(cable_ids)
        question = (tuple(kept_people), tuple(answer_facts), cable_bits)
        counted_people: CountedPeople | None = cast("Any", snapshot.last(self.name, question))
        if counted_people is None:
            people_reader = PeopleReader(
                kept_people,
                look.archive.ids(named_cables) if named_cables else {},
                cables_with_answers,
            )
            for id_, records in cables_to_read(look.archive, cable_ids, people_reader):
                if look.cancelled():
                    return
                people_reader.add(id_, *records)
                look.count()
                if look.is_due():
                    yield self._rows(look, people_reader.counted(look.archive))
            if look.cancelled():
                return
            surname_counts = SurnameCounts(look.archive, cable_ids)
            last_count = people_reader.counted(look.archive, surname_counts.complete)
            # A room needs its memory for other answers; a text that was read may change.
            if not (look.in_room or look.read or last_count.unread):
                snapshot.keep_last(self.name, question, last_count)
            counted_people = last_count
        look.unread = counted_people.unread
        look.read = counted_people.read + counted_people.unread
        look.notes += self._said(look, counted_people, kept_people)
        yield self._rows(look, counted_people)

    def _rows(self, look: Look, counted_people: CountedPeople) -> Rows[FoundPerson]:
        ask: Ask = look.ask
        people = _wanted(ask, counted_people)
        shown_people = people.only(lambda person: ask.with_protected or not person.protected)
        most_shown = MOST_SHOWN if look.in_room else None
        return Rows(shown_people[:most_shown], whole=True, answer=counted_people)

    def _said(
        self, look: Look, counted_people: CountedPeople, kept_people: People
    ) -> Iterator[str]:
        if old_names := [
            person.name
            for person in kept_people
            if person.forms_of_one_word and not person.is_nobody
        ]:
            ellipsis = " ..." if len(old_names) > _WRITTEN else ""
            yield (
                f"{', '.join(old_names[:_WRITTEN])}{ellipsis}: confirmed with an older version, "
                "and found by a single word"
            )
        if names_left_out := [person.name for person in kept_people if person.is_nobody]:
            it_or_them = "it" if len(names_left_out) == 1 else "them"
            omitted_names = counted(len(names_left_out), "name")
            yield f"{omitted_names} omitted because you marked {it_or_them} as not being people"
        if look.in_room:
            return
        if counted_people.found:
            yield _TITLED
        if any(person.status == "candidate" for person in counted_people.found):
            yield "candidates are guesses based on title and surname (confirm one with --confirm)"
        if hidden_count := _left_out(look.ask, counted_people):
            names_text = counted(hidden_count, "protected name")
            yield f"{names_text} hidden (shown with --with-protected)"

    def begin(self, session: Session, how: str) -> Value:
        """Use the cables in the list; the room shows protected names with a marker."""
        return Ask(str(session.query), with_protected=True)

    def title(self, page: Page) -> str:
        """Return a title such as `People · salt`."""
        return f"People · {page.ask.query}" if page.ask.query else "People"

    def head(self, page: Page, cells: int) -> str:
        """Return the column headings with the markers, or the next step of a merge."""
        if page.chosen is not None:
            return (
                f"{clean_line(page.chosen.name)}: go to the other entry for this person and "
                "press m, or Esc to cancel."
            )
        return f"{'titled':>6} {'word':>6}  {_GUESS}"

    def same(self, row: FoundPerson) -> Hashable:
        """Return the name and the list entries, which identify a row."""
        return row.name, row.listed

    def pieces(self, row: FoundPerson, cells: int) -> Pieces:
        """Return the row: cables, status, name, years and spellings."""
        name_cells = _NAMED if cells >= _WIDE else _NAMED_NARROW
        name = crop(clean_line(row.name), name_cells)
        padding = " " * (name_cells - width(name))
        spellings_text = clean_line(", ".join(spelling.text for spelling in row.written[:_WRITTEN]))
        line_parts = [
            (f"{row.cables:>6,} ", ""),
            (f"{_word(row):>6}  {_SURE[row.status]} ", "dim"),
            (f"{name}{padding}  ", "strong" if row.confirmed else ""),
            (f"{_span(row):<9}  ", ""),
        ]
        name_cells = cells - sum(width(text) for text, _ in line_parts)
        role_text = clean_line(
            "".join(
                f"{listed_person.role}; " for listed_person in row.listed[:1] if listed_person.role
            )
        )
        last_part = crop(
            f"{_protection(row, 'protect! ')}{role_text}{spellings_text}", max(name_cells, 1)
        )
        return [*line_parts, (last_part, "dim")]

    def detail(self, page: Page, row: FoundPerson) -> Sequence[str]:
        """Return the spellings and posts, and the words by which the person is identified."""
        spellings = ", ".join(
            f"{spelling.text} {spelling.cables:,}" for spelling in row.written[:8]
        )
        posts_line = ", ".join(
            f"{post} {cable_count:,}" for post, cable_count in list(row.posts.items())[:6]
        )
        posts_line = f"Posts: {posts_line}"
        several_note = f" · several? {', '.join(row.given)}" if row.given else ""
        protection_note = " · protected name" if row.protected else ""
        if row.perhaps_protected and not row.protected:
            cables_text = counted(row.perhaps_protected, "cable")
            protection_note = f" · perhaps protected in {cables_text} (see `cable-tui protect`)"
        found_by = f"Found by: {', '.join(row.spellings)}{several_note}{protection_note}"
        return [
            *(listed_person.line for listed_person in row.listed),
            f"Spelled: {spellings}",
            posts_line,
            found_by,
        ]

    def text_of(self, row: FoundPerson) -> str:
        """Return the searchable text: names, spellings and posts."""
        written_spellings = (spelling.text for spelling in row.written)
        listed_lines = (listed_person.line for listed_person in row.listed)
        return " ".join((row.name, *written_spellings, *row.spellings, *row.posts, *listed_lines))

    def text_lines(
        self, look: Look, rows: Iterable[FoundPerson], answer: Any, cells: int
    ) -> Iterator[str]:
        """Yield a table in which each name has its status."""
        people = list(rows)
        cropped_names = [crop(clean_line(person.name), _NAMED) for person in people]
        name_width = max((*map(width, cropped_names), len("person")))
        if people:
            yield (
                f"{'titled':>8}  {'word':>8}  {'person':<{name_width}}  {'':9}  years      "
                "spelled; posts"
            )
        for person, name in zip(people, cropped_names, strict=True):
            protection_note = _protection(person, "protect: ")
            several_note = (
                f" (several? {', '.join(person.given[:_WRITTEN])})" if person.given else ""
            )
            spellings_text = ", ".join(
                f"{spelling.text} {spelling.cables:,}" for spelling in person.written[:_WRITTEN]
            )
            posts_text = ", ".join(
                f"{post} {cable_count:,}"
                for post, cable_count in list(person.posts.items())[:_WRITTEN]
            )
            padding = " " * (name_width - width(name))
            table_line = (
                f"{person.cables:>8,}  {_word(person):>8}  {name}{padding}  {person.status:<9}  "
            )
            table_line += f"{_span(person):<9}  "
            table_line += f"{protection_note}{spellings_text}{several_note}; {posts_text}"
            yield table_line.rstrip()
            yield from (
                f"{'':20}{clean_line(listed_person.line)}" for listed_person in person.listed
            )

    def as_json(self, row: FoundPerson) -> PeopleRow:
        """Return the JSON of a person or candidate."""
        from cable_tui.tools.people.person import spelled

        return picked(
            PeopleRow,
            row,
            cables_with_surname=row.with_surname,
            found_by=row.spellings,
            written=spelled(row.written),
            given_names=row.given,
            roles=dict(row.roles),
            listed=tuple(picked(ListedPerson, listed_person) for listed_person in row.listed),
        )

    def whole_json(self, ask: Ask, answer: CountedPeople, rows: Iterable[FoundPerson]) -> Value:
        """Return the people, and the number of cables that mention them."""
        return picked(
            PeopleAnswer,
            answer,
            query=ask.query,
            cables=answer.read,
            protected_left_out=_left_out(ask, answer),
            people=tuple(map(self.as_json, rows)),
        )

    def csv_columns(self, answer: Any) -> Iterable[tuple[str, ValueOf]]:
        """Return the columns of the CSV, with texts in place of the nested JSON values."""
        return _COLUMNS.items()


def _years(person: FoundPerson) -> list[str]:
    """Return the known years of a person's cables, or one empty string."""
    return [year for year in person.years if year] or [""]


_COLUMNS: Mapping[str, ValueOf] = {
    "name": attrgetter("name"),
    "status": attrgetter("status"),
    "protected": lambda person: "yes" if person.protected else "no",
    "cables": attrgetter("cables"),
    "cables_with_surname": attrgetter("with_surname"),
    "first_year": lambda person: _years(person)[0],
    "last_year": lambda person: _years(person)[-1],
    "written": lambda person: [f"{way.text} {way.cables}" for way in person.written],
    "posts": lambda person: [f"{post} {number}" for post, number in person.posts.items()],
    "listed": lambda person: [listed_person.line for listed_person in person.listed],
}


def _wanted(ask: Ask, counted_people: CountedPeople) -> FoundPeople:
    return counted_people.found.only(
        lambda person: person.cables >= ask.least and (person.confirmed or not ask.confirmed)
    )


def _left_out(ask: Ask, counted_people: CountedPeople) -> int:
    """Return the number of names left out because a cable asks to protect them."""
    if ask.with_protected:
        return 0
    return sum(person.protected for person in _wanted(ask, counted_people).counted)


def _word(person: FoundPerson) -> str:
    """Return the number of cables with the surname, or an empty string if it is unknown."""
    return "" if person.with_surname is None else f"{person.with_surname:,}"


def _protection(person: FoundPerson, protected_words: str) -> str:
    """Return the words to put before a name that is or may be protected."""
    return (
        protected_words
        if person.protected
        else "perhaps protected: "
        if person.perhaps_protected
        else ""
    )


def _span(person: FoundPerson) -> str:
    """Return the range of years, such as `2004-2006`."""
    years = [year for year in person.years if year] or [""]
    return years[0] if years[0] == years[-1] else f"{years[0]}-{years[-1]}"


REPORT = PeopleReport()
