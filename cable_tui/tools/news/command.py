"""`bookmarks searches`: the saved searches, or with `--new` their new results."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from cable_tui.archive.catalogue.passes import PASSES
from cable_tui.base.errors import UsageError
from cable_tui.base.value import Value, picked
from cable_tui.cli.bookmarks import list_searches
from cable_tui.cli.shared.command_context import CommandContext, refuse_private, say
from cable_tui.cli.shared.opened_archive import opened_archive
from cable_tui.cli.shared.row_pages import emit_rows
from cable_tui.library import Library
from cable_tui.text import clean_line
from cable_tui.tools.news import seen_file
from cable_tui.tools.news.counting import SearchNews, key_of, news
from cable_tui.tools.news.wording import named, news_words

if TYPE_CHECKING:
    from cable_tui.base.kinds import Filled, Id, Instant


class NewInSearch(Value):
    """The output of `bookmarks searches --new --json`: saved searches with new results."""

    name: Filled
    query: Filled
    since: Instant
    """The time when you last opened the search, or when the program first counted its results."""
    new: tuple[Id, ...]
    """The reference IDs of cables that the search did not find before."""
    changed: tuple[Id, ...]
    """The reference IDs of cables whose files or records have changed since."""


def searches(context: CommandContext, library: Library) -> int:
    """Print the saved searches, or their new results; return 1 if there is nothing to print."""
    options = context.options
    if not options.new:
        if options.seen:
            raise UsageError("bookmarks searches: --seen needs --new and the PATH of an archive")
        if options.words:
            raise UsageError("bookmarks searches takes a PATH only with --new")
        return list_searches(context, library)
    if len(options.words) != 1:
        raise UsageError("bookmarks searches --new needs the PATH of one archive")
    if options.seen:
        refuse_private(context, "bookmarks searches --seen")
    news_file = seen_file.file_beside(library.path)
    saved_queries = library.searches.queries()
    with opened_archive(context, Path(options.words[0]), needs=PASSES) as archive:
        with_news = [
            search_news
            for search_news in news(archive, news_file, saved_queries)
            if search_news.cables
        ]
        emit_rows(
            context,
            with_news,
            lambda shown: map(_line, shown),
            partial(picked, NewInSearch),
        )
        if options.seen and with_news:
            records_by_query = {key_of(each.query): each.records for each in with_news}
            seen_file.look(news_file, archive.root, records_by_query)
    if not with_news:
        say("no new cables in your saved searches" if saved_queries else "no saved searches")
    return 0 if with_news else 1


def _line(search_news: SearchNews) -> str:
    return (
        f"{clean_line(search_news.name)}  {news_words(search_news)} "
        f"since {search_news.since[:10]}: {named(search_news.cables)}"
    )
