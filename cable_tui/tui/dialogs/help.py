"""The help (`?`): the keys of the pane, filtered while the reader types, and lessons on cables."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from typing import cast

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, Static

from cable_tui.base.pattern import pattern
from cable_tui.session.values import Pane
from cable_tui.tui.commands.key_command import OVER_ROOM, Command, KeyContext, key_name, key_names
from cable_tui.tui.commands.keyboard import commands_of
from cable_tui.tui.dialogs.go_menu import FIRST, all_commands, words_about
from cable_tui.tui.dialogs.modal import Modal
from cable_tui.tui.widgets.line_list import ScrolledPane, take_move

TASKS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "Bookmark, select",
        ("bookmark.", "list.select", "list.range", "list.invert", "list.unselect", "bookmarks."),
    ),
    ("Copy and write", ("copy.", "export.", "body.pick", "cable.pager", "cable.editor")),
    (
        "Look up",
        ("explain.", "people.", "header.", "pane.context", "body.follow", "body.labels",
         "cable.source", "context.open", "body.repair", "body.join", "help.", "notices."),
    ),
    (
        "Find",
        ("search.", "bar.", "find.", "hit.", "timeline.", "body.find", "list.passages",
         "list.order", "filters.toggle", "filters.only", "filters.exclude", "filters.filter",
         "filters.order"),
    ),
    (
        "Move",
        ("list.", "body.", "filters.", "context.", "pane.", "go.", "cable.", "view."),
    ),
    ("The room", ("",)),
)  # fmt: skip
"""The tasks, each with the beginnings of the ids of its commands; the first match applies."""
_ORDER = ("Move", "Find", "Copy and write", "Bookmark, select", "Look up", "The room")
_WORD = pattern(r"[^\W_]+")
_KEYS = 14
"""The width of the key column in cells; longer keys shorten the first line of their sentence."""
_HEADING = "bold $accent"
_WIDEST = 92
"""The width of the box in cells, as in room.tcss."""


def task(command: Command) -> str:
    """Return the title of the task that a command belongs to."""
    return next(
        task_title for task_title, id_prefixes in TASKS if command.id.startswith(id_prefixes)
    )


def first_lines(wanted_text: str = "", cells: int = 88) -> Iterator[Content]:
    """Yield the commands for first steps by task; during a search, yield matching lines of `g`."""
    known_commands = all_commands()
    command_groups = FIRST
    if wanted_text:
        menu_ids = [id_ for id_, (command, _) in known_commands.items() if id_.startswith("menu.")
                and _about(words_about(command), wanted_text)]  # fmt: skip
        command_groups = (("Go to, or ask", tuple(menu_ids)),)
    for group_title, command_ids in command_groups:
        if group_lines := [known_commands[id_] for id_ in command_ids if id_ in known_commands]:
            yield Content.styled(group_title, _HEADING)
            for command, command_keys in group_lines:
                yield from _key_line(command_keys, command.help, cells)
            yield Content("")


def key_lines(where: KeyContext, wanted: str = "", cells: int = 88) -> Iterator[Content]:
    """Yield a line for each command of a pane that matches `wanted`, by task, `cells` wide."""
    commands_by_title: dict[str, list[Command]] = {task_title: [] for task_title in _ORDER}
    for command in _meant(list(commands_of(where)), wanted):
        if command.keys or wanted:
            commands_by_title[task(command)].append(command)
    for group_title, group_commands in commands_by_title.items():
        if group_commands:
            yield Content.styled(group_title, _HEADING)
            for command in group_commands:
                key_text = key_names(command) or key_name("ctrl+p")
                yield from _key_line(key_text, command.help, cells)
            yield Content("")


def _meant(commands: list[Command], wanted_text: str) -> list[Command]:
    """Return the commands whose keys or words match the typed text.

    A command's word matches if it begins with a word of the text. A single character matches only
    keys.
    """
    wanted_text = wanted_text.strip()
    commands_with_key = [
        command for command in commands if wanted_text in map(key_name, command.keys)
    ]
    if not wanted_text or len(wanted_text) == 1 or wanted_text[0] == "^":
        return commands_with_key if wanted_text else commands
    commands_with_words = [
        command for command in commands if says(words_about(command), wanted_text)
    ]
    return [
        *commands_with_key,
        *(command for command in commands_with_words if command not in commands_with_key),
    ]


def says(text: str, wanted: str) -> bool:
    """Return whether every word of `wanted` begins a word in a text."""
    text_words = _WORD.findall(text.casefold())
    return all(
        any(word.startswith(beginning) for word in text_words)
        for beginning in wanted.casefold().split()
    )


def _key_line(key_column: str, sentence: str, cells: int) -> Iterator[Content]:
    key_column, indentation = f"{key_column:{_KEYS}} ", " " * (_KEYS + 1)
    text_width = max(20 + len(key_column), cells)
    first_line, *other_lines = textwrap.wrap(
        sentence, text_width, initial_indent=" " * len(key_column), subsequent_indent=indentation
    )
    yield Content.assemble((key_column, "bold"), first_line[len(key_column) :])
    yield from map(Content, other_lines)


def _about(text: str, wanted: str) -> bool:
    """Return whether a text matches; a single character never does, because it is a key."""
    return len(wanted.strip()) != 1 and says(text, wanted)


def about_lines(pane: Pane | None, wanted: str = "") -> Iterator[Content]:
    """Yield those paragraphs of the pane's description that contain all words of `wanted`."""
    paragraphs = [
        paragraph_text
        for paragraph_text in (ABOUT[pane] if pane else ())
        if _about(paragraph_text, wanted)
    ]
    yield from map(Content, paragraphs)
    if paragraphs:
        yield Content("")


def lesson_lines(wanted: str = "") -> Iterator[Content]:
    """Yield the lessons, or, during a search, only matching paragraphs with their examples."""
    for lesson_title, paragraphs in LESSONS:
        shown_paragraphs = [
            paragraph
            for with_example in _with_examples(paragraphs)
            if _about(" ".join((lesson_title, *with_example)), wanted)
            for paragraph in with_example
        ]
        if shown_paragraphs:
            yield Content.styled(lesson_title, _HEADING)
            for lesson_line in shown_paragraphs:
                yield (
                    Content.styled(lesson_line, "bold")
                    if lesson_line.startswith(" ")
                    else Content(lesson_line)
                )
            yield Content("")


def _with_examples(paragraphs: Iterable[str]) -> Iterator[list[str]]:
    """Yield each paragraph together with the examples below it."""
    paragraph_with_examples: list[str] = []
    for paragraph in paragraphs:
        if paragraph_with_examples and not paragraph.startswith(" "):
            yield paragraph_with_examples
            paragraph_with_examples = []
        paragraph_with_examples.append(paragraph)
    if paragraph_with_examples:
        yield paragraph_with_examples


class Help(Modal[None]):
    """The help over the main screen, with keys and lessons."""

    LEAVES = frozenset({"escape", "f1"})

    def __init__(self, where: KeyContext, pane: Pane | None) -> None:
        super().__init__(classes="help")
        self._key_context, self._pane = where, pane

    def compose(self) -> ComposeResult:
        """Return the filter's input line above the text."""
        with self.box("Keys and help", "type to filter · Esc closes", "help-box"):
            yield Input(placeholder="Filter", compact=True)
            with ScrolledPane(can_focus=False):
                yield Static(self._page(""), markup=False)

    def _page(self, filter_text: str) -> Content:
        text_width = min(_WIDEST, self.app.size.width * 9 // 10) - 6
        help_lines = [
            *(() if self._key_context in OVER_ROOM else first_lines(filter_text, text_width)),
            *about_lines(self._pane, filter_text),
            *key_lines(self._key_context, filter_text, text_width),
            *lesson_lines(filter_text),
        ]
        return (
            Content("\n").join(help_lines)
            if help_lines
            else Content("No help text contains these words.")
        )

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show only the parts that match the filter."""
        self.query_one(Static).update(self._page(event.value))
        self.query_one(ScrolledPane).scroll_home(animate=False)

    def on_key(self, event: events.Key) -> None:
        """Scroll while the focus stays in the filter, or close at a second `?`."""
        if event.key in ("down", "up", "pagedown", "pageup"):
            event.stop()
            take_move(self.query_one(ScrolledPane), event.key)
        elif event.key == "question_mark" and not self.query_one(Input).value:
            event.stop()
            self.dismiss(None)


_TEXT = """\
# bar
The search bar shows the query: words, and filters such as origin: tag: class: date:. The list
changes with every letter. Press Esc to restore the old query.

# timeline
The timeline shows when the cables of the query were written, in front of the whole archive. Press 0
to show the whole time of the archive. A dot is a month without any cables.

# filters
The filters count the values of the query's cables, section by section. Choose a value to add it to
the query: it is then marked ●, or - if you exclude it. The counts of a section ignore its own
filter.

# list
The list shows the cables of the query. ★ is bookmarked, ✎ has a note, ● is selected, ✓ is read, +
is new since the folder was last checked. = before the date means several versions; press = to
compare them. ≠ means that only a version not shown matches the query; Enter opens that version. ▒
after the classification means blacked-out words. +2 copies at the end means two near-duplicates; f
lists them. ¹³ at the end means that the cable is in your first and third list, as a lists them.

While a cable is open, the row under the cursor is previewed beside the list. A preview does not
count as read. Press Enter to read it, q to close the open cable.

# top
The top box holds the metadata of this version: reference ID, classification, origin, dates of
writing and release, and warnings to read before you quote it (!). Press 3 to read each warning in
full.

The reference ID is the year, the post and a serial number. Created is the time of the transmission
(Z is Universal Time). Released is the day of publication on the site. Refs counts the cables named
in its REF lines, and how many of them are missing.

# header
The middle box is the header that carried the message through the network. Folded, it shows
precedence, time, sender → addressee, and the number of posts informed.

Unfolded: VZCZC… is the transmission; PP, OO, RR the precedence; DE the sending station with its
number and time; ZNR or ZNY whether the circuits had to be secure; FM the sender; TO the action
addressees; INFO the posts informed. Press D to read it in words, i to explain its codes.

# body
The bottom box is the message as it was sent: its head (classification, captions, E.O., TAGS,
SUBJECT, REF, who classified it and why), and numbered paragraphs.

In the margin ▌ is the cursor, ★ a bookmark, ✎ a note, ! a protection request, ? a name it may mean.
The author's own comments and notes are marked #, sentences reporting what a source said ". Search
in them with comment:word and said:word. The letters in brackets before a paragraph are its marking:
U unclassified, SBU sensitive, C confidential, S secret. You can follow underlined text. ✗ in the
margin, without underlining, is a cable missing from this archive. Hits of the query have a colored
background.

Press i to explain TAGS, captions, markings, reasons such as 1.4 (b), and acronyms in the selection
or in the paragraph under the cursor.

# context
The context lists the cables this one cites and the cables citing it. ✗ is missing from this
archive; ? is an inferred year; text is a number named only in the text. Below each citing cable is
the sentence mentioning the one you read, with its paragraph.
"""


def _chapters(text: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the title and paragraphs of each chapter; indented paragraphs keep their lines."""
    chapters = []
    for chapter in text.split("# ")[1:]:
        chapter_title, _, rest_of_chapter = chapter.partition("\n")
        paragraphs = (
            paragraph_text.strip("\n") for paragraph_text in rest_of_chapter.split("\n\n")
        )
        joined_paragraphs = (
            paragraph if paragraph.startswith(" ") else " ".join(paragraph.split())
            for paragraph in paragraphs
            if paragraph
        )
        chapters.append((chapter_title, tuple(joined_paragraphs)))
    return tuple(chapters)


ABOUT = {cast("Pane", pane): paragraphs for pane, paragraphs in _chapters(_TEXT)}
"""The description of each pane, as paragraphs."""

_LESSON_TEXT = """\
# Understanding cables
A cable is shown in three boxes.

The top box is its metadata: reference ID, dates of writing and publication, classification, and
the sending post. The ID is the year, the post and a serial number:

    04PORTAMBER305   2004-09-20 14:30   U//FOUO   Embassy Port Amber

The middle box is the header that carried the message through the network: how urgent it was,
when it left, from whom, to whom for action, and to whom for information. It is folded to one
line; H unfolds it:

    PRIORITY 201430Z SEP 04 · AMEMBASSY PORT AMBER → SECSTATE WASHDC

The bottom box is the message: its subject, TAGS (the topics it is filed under), REF (earlier
cables it builds on), and numbered paragraphs. Each may carry its own marking, such as (U),
(SBU), (C) or (S):

    1. (SBU) Summary: Fisheries Minister Anselm Dray summoned EconOff ...

# Symbols in the list
A symbol before a cable shows what you have done with it, or marks it as new:

    ★  bookmarked
    ✎  bookmarked, with a note
    ●  selected: you copy, list and export all selected cables together
    ✓  read
    +  added to the archive by the last update
    ¹  (at the end) in the first of your lists

Above the list, a timeline shows the cables of the query by month. A dot marks a month with no
cables in the archive: finding nothing there proves nothing.

# Classification
Lowest to highest: UNCLASSIFIED; UNCLASSIFIED//FOR OFFICIAL USE ONLY (U//FOUO: not secret, not
meant for the public); CONFIDENTIAL; SECRET. NOFORN (NF) adds: not for foreign nationals.

A classified cable names the classifying officer and the reasons, by the letters of section 1.4 of
the executive order ("Reasons 1.4 (b) and (d)"):

    (a)  military plans, weapons systems or operations
    (b)  information from or about foreign governments
    (c)  intelligence: activities, sources, methods, cryptology
    (d)  foreign relations or activities of the United States, confidential sources
    (e)  science, technology or economy bearing on national security
    (f)  safeguarding nuclear materials or facilities
    (g)  weaknesses and strengths of systems, installations, plans for security
    (h)  weapons of mass destruction

# Discussing cables
Name a cable by its reference ID and a paragraph by its number, so that anyone can open the same
line. Press y to copy from the cable in the list or the paragraph you read:

    y y  09CASABLANCA27 ¶3
    y l  a link to the cable, or to the paragraph (…html#par3)
    y h  hashtags: #cablegate #09CASABLANCA27 collects posts about it
    y s  link and hashtags on one line, to share
    y q  the paragraph as a quotation with its source

Paste a copied ID or link into the search bar to open it again.
"""

LESSONS = _chapters(_LESSON_TEXT)
"""The title and paragraphs of each lesson; a paragraph that begins with spaces is an example."""
