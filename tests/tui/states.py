"""The states of the room that are drawn and looked at, each reached as a reader reaches it."""

from __future__ import annotations

import shutil
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import chdir, contextmanager
from pathlib import Path
from unittest.mock import patch

from textual.pilot import Pilot

from benchmarks.still import painted, settled, without_clock
from cable_tui import demo
from cable_tui.archive.build.indexer import index
from cable_tui.archive.catalogue.passes import PASSES, Pass
from cable_tui.background.indexer_process import end_actions
from cable_tui.base.index_state import Progress
from cable_tui.base.value import Value, replace
from cable_tui.library import Library, Mark
from cable_tui.program.settings import Paths, Settings
from cable_tui.query import FACETS
from cable_tui.session.features import bookmarks, index_status, sidebar_sections
from cable_tui.session.state import Session
from cable_tui.tui.start.app import CableTui
from cable_tui.tui.start.first_rows import StartRequest
from tests.archive.fiction import BRIDGE, GOATS, LAMPS, Fiction, write_page
from tests.command_cases import ReportCase, placed

NARROW = ((80, 24),)
"""Where the wide screen shows what the narrow one shows, in panes that other states draw."""
SIZES = ((80, 24), (200, 60))
LAYOUTS = ((80, 24), (120, 40), (200, 60))
"""Where the middle one shows panes as neither of the others does."""
Reach = Callable[[CableTui, Pilot[int]], Awaitable[None]]
CABLE = "04PORTAMBER305"
STRANGER = Fiction(
    "09CASABLANCA40", origin="Consulate Casablanca", subject="A LETTER IN THE WRONG ENVELOPE"
)
"""A page that holds the text of another post's cable."""
STILL = frozenset({"growing", "texts"})
"""Archives that nobody reads on while they are looked at."""
INDEXED = frozenset({"cables", "going", "odd"})
"""Archives whose index is up to date."""
SOME_FACETS = {name: FACETS[name] for name in ("origin", "class")}
"""What the library shows where it is not what the state is drawn for."""


class State(Value):
    """One screen."""

    name: str
    reach: Reach
    archive: str = "cables"
    """The folder that is opened, below the place of the test; empty opens none."""
    wanted: StartRequest = StartRequest()
    sizes: tuple[tuple[int, int], ...] = NARROW
    whole: bool = False
    """Whether the library shows every facet: one facet more changes these screens."""
    folder: Path = Path(__file__).with_name("screens")
    """Where its texts are."""

    def file(self, size: tuple[int, int]) -> Path:
        """Its text at a size."""
        return self.folder / f"{self.name}-{size[0]}x{size[1]}.txt"


def keys(*names: str) -> Reach:
    """A state that some keys lead to, pressed in a row."""

    async def reach(app: CableTui, pilot: Pilot[int]) -> None:
        await pilot.press(*names)
        await settled(app, pilot)

    return reach


def dispatched(*actions: object) -> Reach:
    """A state that actions from outside lead to."""

    async def reach(app: CableTui, pilot: Pilot[int]) -> None:
        for action in actions:
            app.room.dispatch(action)  # type: ignore[arg-type]
            await settled(app, pilot)

    return reach


async def _full_disk(app: CableTui, pilot: Pilot[int]) -> None:
    kept = app.room.session.notebook
    sentence = "No space left on the disk: the bookmark is in memory only."
    await dispatched(bookmarks.LibraryChanged(replace(kept, pending=2), sentence))(app, pilot)


async def _gone(app: CableTui, pilot: Pilot[int]) -> None:
    assert app.path is not None
    shutil.rmtree(app.path)
    await keys("enter")(app, pilot)


def _opened(cable: str) -> StartRequest:
    return StartRequest("", cable) if cable else StartRequest()


STATES = (
    State("first-start", keys(), archive=""),
    State("empty-archive", keys(), archive="empty"),
    State("list", keys(), whole=True, sizes=LAYOUTS),
    State("list-marked", keys("space", "space", "b", "space")),
    State(
        "indexing",
        dispatched(index_status.IndexProgressed(Progress("grammar", 12, 40, 40, 310.0, 23.0))),
        archive="growing",
    ),
    State("indexing-texts", keys("slash", *"lobster", "enter"), archive="texts"),
    State(
        "second-window",
        dispatched(index_status.IndexProgressed(Progress("waiting", 0, 0))),
        archive="growing",
    ),
    State("full-disk", _full_disk),
    State("read-only-cache", dispatched(index_status.CacheReadOnly())),
    State("search", keys("slash", *"lobster", "enter"), sizes=SIZES),
    State("typing", keys("slash", *"tag:k")),
    State("mistake", keys("slash", *"lobster )")),
    State("no-hit", keys("slash", *"lobster tag:ktip", "enter")),
    State("filters", keys("s", "j", "j"), whole=True, sizes=LAYOUTS),
    State("timeline", keys("T", "left", "left", "shift+left"), sizes=LAYOUTS),
    State("reading", keys(), wanted=StartRequest("", f"{CABLE}#2"), sizes=LAYOUTS),
    State("reading-hits", keys("slash", *"lobster", "enter", "enter", "n"), sizes=LAYOUTS),
    State("header", keys("H"), wanted=StartRequest("", CABLE), sizes=LAYOUTS),
    State("header-decoded", keys("H", "D"), wanted=StartRequest("", CABLE)),
    State("joined", keys("w"), wanted=StartRequest("", CABLE)),
    State("find", keys("ctrl+f", *"the"), wanted=StartRequest("", CABLE)),
    State("context", keys("c"), wanted=StartRequest("", CABLE), sizes=LAYOUTS),
    State("explain", keys("i"), wanted=StartRequest("", f"{CABLE}#2"), sizes=SIZES),
    State("labels", keys("f"), wanted=StartRequest("", CABLE)),
    State("zoom", keys("z"), wanted=StartRequest("", CABLE), sizes=LAYOUTS),
    State("gone", _gone, archive="going"),
    State("damaged", keys(), archive="odd", wanted=StartRequest("", STRANGER.id)),
    State("copy-menu", keys("y")),
    State("go-menu", keys("g"), sizes=SIZES),
    State("order-menu", keys("comma")),
    State("export-menu", keys("E")),
    State("help", keys("question_mark"), sizes=SIZES),
    State("bookmarks", keys("apostrophe")),
    State("note", keys("B", *"why?"), sizes=LAYOUTS),
    State("list-picker", keys("a")),
    State("values", keys("s", "F"), sizes=SIZES),
    State("too-small", keys(), sizes=((39, 12),)),
    *(
        State(
            each.name,
            keys(*each.keys.split()),
            each.archive,
            _opened(each.cable),
            each.sizes,
            folder=folder / "screens",
        )
        for folder, case in placed(ReportCase)
        for each in case.screens
    ),
)
"""Every one at each of its sizes."""


def place(folder: Path) -> Path:
    """A folder with the archives that states open, indexed, and a library with bookmarks."""
    folder.mkdir(exist_ok=True)
    archives: tuple[tuple[str, tuple[Pass, ...]], ...] = (
        ("cables", PASSES),
        ("texts", ("facts", "grammar")),
        ("growing", ("facts",)),
    )
    for name, passes in archives:
        demo.write(folder / name)
        for _ in index(folder / name, folder / "cache", passes=passes):
            pass
    (folder / "empty").mkdir()
    _odd(folder / "odd")
    for _ in index(folder / "odd", folder / "cache"):
        pass
    made = "2026-11-25T10:00:00Z"
    library = Library(folder / "data" / "library.sqlite", author="ada")
    library.add(Mark("09PORTAMBER91", "09PORTAMBER91", "1", note="Ask Mara.", created=made))
    library.add(Mark(CABLE, CABLE, "2", author="rowan", note="Who is meant?", created=made))
    library.add(Mark("09NOWHERE1", "09NOWHERE1", created=made, lists=("harbour",)))
    library.searches.save("catch", "lobster class:>=confidential")
    library.close()
    return folder


def _odd(folder: Path) -> None:
    """An archive with files that cannot be read to the end, and a page with a stranger's text."""
    for cable in (LAMPS, BRIDGE, STRANGER):
        write_page(folder, cable)
    write_page(folder, GOATS).write_text(GOATS.page[:-60], "utf-8")


async def drawn(
    state: State, sizes: Sequence[tuple[int, int]], folder: Path, home: Path
) -> dict[tuple[int, int], list[str]]:
    """The screen of a state at each size, line by line, without blanks at the ends.

    The room opens at the first size, and its window is resized to the others.
    """
    shutil.copytree(folder / "data", home / "data", dirs_exist_ok=True)
    path = folder / state.archive if state.archive else None
    if state.archive == "empty":
        path = Path(state.archive)  # lines break where the name is over, whatever the machine's is
    if state.archive == "going":
        path = home / "cables"
        shutil.copytree(folder / "cables", path, dirs_exist_ok=True)
        for _ in index(path, folder / "cache"):
            pass
    paths = Paths(home / "config.toml", home / "data", folder / "cache", home / "state")
    app = CableTui(path, Settings(author="ada"), paths, state.wanted)

    if state.archive in INDEXED | STILL:
        app.build = lambda: _without_process(app, state)  # type: ignore[method-assign]
    with chdir(folder), without_clock(), _library_of(state):
        return await _drawn(app, state, sizes, (home, folder))


def _without_process(app: CableTui, state: State) -> None:
    """Say what an indexer would say, which would be a process for each picture."""
    if state.archive in INDEXED:
        for action in end_actions(0, ""):
            app.tell(action)


@contextmanager
def _library_of(state: State) -> Iterator[None]:
    """The facets that the library of a state shows."""
    with patch.object(sidebar_sections, "FACETS", FACETS if state.whole else SOME_FACETS):
        yield


async def _drawn(
    app: CableTui, state: State, sizes: Sequence[tuple[int, int]], places: tuple[Path, Path]
) -> dict[tuple[int, int], list[str]]:
    found = {}
    async with app.run_test(size=sizes[0]) as pilot:
        for _ in range(3000):
            if _begun(app.room.session, state):
                break
            await pilot.pause(0.02)
        else:
            raise AssertionError(f"{state.name} does not begin")
        await settled(app, pilot)
        await state.reach(app, pilot)
        app.clear_notifications()
        for size in sizes:
            if size != app.size:
                await pilot.resize_terminal(*size)
            await settled(app, pilot)
            found[size] = painted(app)
    if app.builder is not None:
        app.builder.stop()
    for place in places:
        found = {
            size: [line.replace(str(place), "~") for line in lines] for size, lines in found.items()
        }
    return found


def _begun(session: Session, state: State) -> bool:
    """Whether the room knows of its index, and has the cable that it opens with."""
    known = session.phase != "ready" or session.checked or state.archive in STILL
    return known and (session.cable is not None or not state.wanted.reference)
