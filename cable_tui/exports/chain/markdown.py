"""A chain as a Markdown file to write from: each cable by its day, with the sentences that cite."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cable_tui.exports.chain.story import (
    Chain,
    Cites,
    Entry,
    citing,
    names,
    summary,
    title,
    when,
)
from cable_tui.exports.copy_formats import escaped
from cable_tui.text import clean_line


def chain_markdown(chain: Chain) -> Iterator[str]:
    """The file in pieces."""
    yield f"# {_shown(title(chain))}\n\n{_shown(summary(chain))}\n"
    known = names(chain)
    holes = {each.canonical_id for each in chain.holes}
    for entry in chain.entries:
        yield f"\n{entry_markdown(entry, known, holes)}"


def entry_markdown(entry: Entry, known: Mapping[str, str], holes: set[str]) -> str:
    """One cable, with lines for what it cites and who cites it; `known` are the chain's `names`."""
    parts = [_cable(entry) if entry.here else _hole(entry, known)]
    lines = [_cites(each, known, each.cited in holes) for each in entry.cites]
    lines += [_unnamed(*each) for each in unnamed_words(entry)]
    if entry.here and (said := citing(entry, known)):
        lines.append(f"- cited by {_shown(said)}\n")
    parts += ["".join(lines).rstrip("\n")]
    parts += [f"*{_shown(each)}*" for each in entry.cautions]
    parts += [_source(entry)]
    return "\n\n".join(filter(None, parts)) + "\n"


def _cable(entry: Entry) -> str:
    name = _shown(entry.reference_id or entry.canonical_id)
    facts = (
        when(entry),
        f"[{name}](<{entry.address}>)" if _is_plain(entry.address) else name,
        _shown(entry.origin),
        _shown(entry.classification.replace("FOR OFFICIAL USE ONLY", "FOUO")),
    )
    heading = f"## {' · '.join(filter(None, facts))}"
    return f"{heading}\n\n**{_shown(entry.subject)}**" if entry.subject else heading


def _hole(entry: Entry, known: Mapping[str, str]) -> str:
    facts = (_shown(entry.canonical_id), "not in this archive", _shown(when(entry)))
    said = citing(entry, known)
    by = f"\n\n- cited by {_shown(said)}" if said else ""
    return f"## ✗ {' · '.join(filter(None, facts))}{by}"


def _cites(cites: Cites, known: Mapping[str, str], missing: bool) -> str:
    line = f"- cites {_shown(known.get(cites.cited, cites.cited))}"
    if remarks := remarks_of(cites, missing):
        line += f" ({_shown(remarks)})"
    if not cites.sentences:
        return f"{line} {where_alone(cites)}\n"
    said = "".join(
        f"  - {place_of(each.paragraph)}“{_shown(each.text)}”\n" for each in cites.sentences
    )
    return f"{line}\n{said}"


def where_alone(cites: Cites) -> str:
    """The place that cites a cable, if no sentence speaks of it."""
    return "in its text" if cites.source == "text" else "in its REF lines only"


def remarks_of(cites: Cites, missing: bool) -> str:
    """`ref. A, year inferred, not in this archive`, `text, year inferred`; may be empty."""
    parts = (
        f"ref. {cites.label}" if cites.label else "",
        cites.how.removeprefix("REF line").removeprefix(", "),
        "not in this archive" if missing else "",
    )
    return ", ".join(filter(None, parts))


def place_of(paragraph: str | None) -> str:
    """`¶3: `, or nothing where a text has no numbers."""
    return f"¶{paragraph}: " if paragraph else ""


def unnamed_words(entry: Entry) -> list[tuple[str, list[str]]]:
    """What a cable refers to that has no id: what stands before it, and the words, by kind."""
    found: dict[str, list[str]] = {}
    for each in entry.unnamed:
        before = _BEFORE.get(each.kind, "also cites")
        said = f"{place_of(each.paragraph)}“{each.text}”" if each.kind == "text" else each.text
        found.setdefault(before, []).append(said)
    return list(found.items())


_BEFORE = {
    "text": "also refers to",
    "email": "also cites an e-mail",
    "telephone": "also cites a telephone call",
}


def _unnamed(before: str, words: list[str]) -> str:
    if len(words) == 1:
        return f"- {before}: {_shown(words[0])}\n"
    return f"- {before}\n" + "".join(f"  - {_shown(each)}\n" for each in words)


def _source(entry: Entry) -> str:
    if not entry.source:
        return (
            f"— {_shown(f'Its text could not be read: {entry.unreadable}')}"
            if (entry.unreadable)
            else ""
        )
    before, address, after = entry.source.partition(entry.address or "\0")
    if not address or not _is_plain(address):
        return f"— {_shown(entry.source)}"
    return f"— {_shown(before)}<{address}>{_shown(after)}"


def _is_plain(address: str) -> bool:
    """Whether an address can stand between pointed brackets."""
    return bool(address) and not any(sign in address for sign in "<>\n \\")


def _shown(words: str) -> str:
    return escaped(clean_line(words))
