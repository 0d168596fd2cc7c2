"""Write a fictional archive: `python -m benchmarks.generate dump 50000 /tmp/dump.csv`.

`dump` writes one `cables.csv`, `pages` a tree of the site's pages below a folder.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks.fiction import Author, Fiction

_PAGE = """<html><body>
{menu}
<div class='pane big'>
<h3>Viewing cable {id}, {subject}</h3>
<table class='cable'>
<tr>
<th>Reference ID</th>
<th>Created</th>
<th>Released</th>
<th>Classification</th>
<th>Origin</th>
</tr>
<tr>
<td>
<a href='/cable/{folder}/{id}.html'>{id}</a>
</td>
<td>
<a href='/date/{folder}_0.html'>{created:%Y-%m-%d %H:%M}</a>
</td>
<td>
<a href='/reldate/x_0.html'>{released:%Y-%m-%d %H:%M}</a>
</td>
<td>
<a href='/classification/1_0.html' title='unclassified'>{classification}</a>
</td>
<td>
<a href='/origin/1_0.html'>{origin}</a>
</td>
</tr>
</table>
<code><pre>{header}</pre></code>
<code><pre>{body}</pre></code>
</div>
</body></html>
"""
_MENU = "\n".join(f"<li><a href='/tag/T{n:03}_0.html'>T{n:03}</a></li>" for n in range(700))


def row(cable: Fiction) -> str:
    """One row of the dump, with its backslash escapes."""
    created = cable.created
    date = f"{created.month}/{created.day}/{created.year} {created.hour}:{created.minute:02}"
    fields = (
        str(cable.number),
        date,
        cable.reference_id,
        cable.origin,
        cable.classification,
        "|".join(cable.references),
        cable.header,
        cable.body,
    )
    escaped = (field.replace("\\", "\\\\").replace('"', '\\"') for field in fields)
    return ",".join(f'"{field}"' for field in escaped) + "\n"


def page(cable: Fiction, menu: str = _MENU) -> str:
    """One page of the site, with a menu as long as the real one's if no other is given."""

    def boxed(text: str) -> str:
        return text.replace("\n", "&#x000A;")

    return _PAGE.format(
        menu=menu,
        id=cable.reference_id,
        folder=f"{cable.created:%Y/%m}",
        subject=cable.subject,
        created=cable.created,
        released=cable.released,
        classification=cable.classification,
        origin=cable.origin,
        header=boxed(cable.header),
        body=boxed(cable.body),
    )


def write_dump(path: Path, count: int, seed: int = 7, topics: int = 0) -> None:
    """`count` cables as one `cables.csv`; with topics, as real ones have, words go together."""
    with path.open("w", encoding="utf-8", newline="") as file:
        file.writelines(row(cable) for cable in Author(seed, topics=topics).cables(count))


def write_pages(folder: Path, count: int, seed: int = 7) -> None:
    """`count` cables as pages in the site's own tree."""
    for cable in Author(seed).cables(count):
        path = folder / "cable" / f"{cable.created:%Y/%m}" / f"{cable.reference_id}.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page(cable), encoding="utf-8")


def main() -> None:
    """Read the command line and write."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.generate", description=__doc__)
    parser.add_argument("kind", choices=("dump", "pages"))
    parser.add_argument("count", type=int)
    parser.add_argument("path", type=Path)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--topics", type=int, default=0, help="of a dump")
    wanted = parser.parse_args()
    if wanted.kind == "dump":
        write_dump(wanted.path, wanted.count, wanted.seed, wanted.topics)
    else:
        write_pages(wanted.path, wanted.count, wanted.seed)


if __name__ == "__main__":
    main()
