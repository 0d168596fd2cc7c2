"""`log.json` and `log.txt` of a dossier, which have the searches."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from cable_tui import __version__
from cable_tui.errors import UsageError
from cable_tui.exports import methods
from cable_tui.exports.sealed import search_log
from cable_tui.exports.sealed.content.findings import Findings
from cable_tui.exports.sealed.content.markup import one_line
from cable_tui.exports.sealed.manifest import FORMAT, LARGEST, LOG, LOG_JSON, Manifest
from cable_tui.exports.sealed.members import Members
from cable_tui.research_log import Entry, Log, Search, SearchedArchive


def compare_log(members: Members, made: Manifest, findings: Findings) -> Log | None:
    """Both members with each other; the searches, or None if they were left out."""
    name = LOG_JSON
    try:
        found = _loads(members.content(LOG_JSON, LARGEST))
        name = LOG
        text = one_line(members.content(LOG, LARGEST).decode())
    except (UsageError, UnicodeDecodeError) as error:
        findings.fault(name, str(error))
        return Log(())
    if made.log == "left out" and found.entries:
        findings.fault(LOG_JSON, "it has searches, and manifest.json says that they were left out")
    log = None if made.log == "left out" else found
    forms = [one_line("".join(each)) for each in (search_log.as_text(log), _first_form(found))]
    made_with = f"made with cable-tui {__version__}"
    forms = [each.replace(made_with, f"made with {made.program}", 1) for each in forms]
    if text not in forms:
        findings.differ(LOG, f"beside {LOG_JSON}", text, forms[0])
    return log


def _first_form(log: Log) -> Iterator[str]:
    """The text of 0.1.0, the appendix of the research log as Markdown."""
    yield f"<!-- {FORMAT} -->\n\n"
    yield from methods.markdown(log)


def _loads(content: bytes) -> Log:
    """The searches of a `log.json`. Raises `UsageError`."""
    try:
        value = json.loads(content)
        if value["format"] != f"{FORMAT}: log" or value["version"] != 1:
            raise ValueError
        return Log(tuple(map(_entry, value["searches"])))
    except (ValueError, TypeError, LookupError, RecursionError):
        raise UsageError("it is no log of a sealed dossier") from None


def _entry(value: dict[str, Any]) -> Entry:
    search = Search(value["query"], value["count"], value["partial"], value["way"])
    searched = SearchedArchive(value["archive"], value["cables"], 0, value["fingerprint"])
    texts = (search.query, search.way, searched.archive, searched.fingerprint, value["at"])
    numbers = (search.found, searched.cables)
    if not all(isinstance(each, str) for each in texts) or type(search.partial) is not bool:
        raise ValueError
    if not all(type(each) is int for each in numbers):
        raise ValueError
    return Entry(value["at"], search, searched)
