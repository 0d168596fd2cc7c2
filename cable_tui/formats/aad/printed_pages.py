"""Pages of a text that was taken out of a PDF, joined: form feeds and page numbers taken out."""

from __future__ import annotations

from cable_tui.pattern import pattern

_NUMBER = pattern(
    r"[ \t]*(?:-{1,2}[ \t]*)?(?P<word>[Pp]age[ \t]+)?(?P<n>[0-9]{1,4})"
    r"(?P<of>[ \t]*(?:of|/|von|sur)[ \t]*[0-9]{1,4})?(?:[ \t]*-{1,2})?[ \t]*"
)


def joined(text: str) -> str:
    """The text with line ends for form feeds, and without the numbers of its pages.

    A number is one where it is the first or last line of a page and says so, or is the page's own.
    """
    if "\f" not in text:
        return text
    pages = text.split("\f")
    return "\n".join(_without_number(page, at) for at, page in enumerate(pages, 1))


def _without_number(page: str, at: int) -> str:
    lines = page.split("\n")
    written = [number for number, line in enumerate(lines) if line.strip()]
    for number in {*written[:1], *written[-1:]}:
        found = _NUMBER.fullmatch(lines[number].rstrip("\r"))
        if found and (found["word"] or found["of"] or int(found["n"]) == at):
            lines[number] = ""
    return "\n".join(lines)
