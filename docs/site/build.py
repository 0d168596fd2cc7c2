"""Builds the documents as a site: `make docs`, or `python docs/site/build.py [FOLDER]`.

The documents are read in the repository as well as on the site. So they are copied first, together
with the pages of the root and the pictures, and their links are turned to the files' places on the
site. Zensical then builds it strictly: a link that leads nowhere is an error.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
REPOSITORY = "https://github.com/cable-tui/cable-tui"
PAGES = {
    "CONTRIBUTING.md": "contributing.md",
    "CHANGELOG.md": "changelog.md",
    "ROADMAP.md": "roadmap.md",
    "SECURITY.md": "security.md",
}
"""Documents of the root that are pages of the site, and their names there."""
PICTURES = "screenshots"
SCHEMAS = "schemas"
_SHIM = "https://unpkg.com/iframe-worker/shim"
"""What Zensical's pages load from the network so that the search works from file://."""
_WORKER = "worker.js"
"""What they load instead."""
_LINK = re.compile(r"(?<=\]\()([^)#:\s]+)(?=[)#\s])")


def build(folder: Path) -> Path:
    """Build the site below `folder`, which is emptied first. Returns its first page.

    Raises `subprocess.CalledProcessError` if a page has a mistake.
    """
    shutil.rmtree(folder, ignore_errors=True)
    pages = folder / "pages"
    pages.mkdir(parents=True)
    for document in DOCS.glob("*.md"):
        (pages / document.name).write_text(_page(document), encoding="utf-8")
    for name, page in PAGES.items():
        (pages / page).write_text(_page(ROOT / name), encoding="utf-8")
    shutil.copytree(ROOT / PICTURES, pages / PICTURES)
    shutil.copytree(DOCS / SCHEMAS, pages / SCHEMAS)
    config = folder / "mkdocs.yml"
    settings = (DOCS / "site" / "mkdocs.yml").read_text(encoding="utf-8")
    config.write_text(settings + _menu(), encoding="utf-8")
    subprocess.run(
        [sys.executable, "-m", "zensical", "build", "--strict", "--config-file", config], check=True
    )
    site = folder / "site"
    shutil.copy(DOCS / "site" / _WORKER, site)
    for page in site.glob("*.html"):
        text = page.read_text(encoding="utf-8").replace(_SHIM, _WORKER)
        if page.name == "404.html":  # its links begin at the root of the host, where no site may be
            text = text.replace('="/', '="').replace('":"/', '":"./')
        page.write_text(text, encoding="utf-8")
    return site / "index.html"


def _menu() -> str:
    """Return the menu: the groups and links of `All pages` in docs/index.md, in their order."""
    lines = ["nav:", "  - Start: index.md"]
    for line in (
        (DOCS / "index.md").read_text(encoding="utf-8").split("## All pages")[1].splitlines()
    ):
        if group := re.fullmatch(r"\*\*(.+)\*\*", line):
            lines.append(f"  - {group[1]}:")
        elif line.startswith("- "):
            for title, target in re.findall(r"\[([^]]+)\]\(([^)#:]+\.md)\)", line):
                name = Path(target).name
                lines.append(f"      - {title}: {PAGES.get(name, name)}")
    return "\n".join([*lines, ""])


def _page(document: Path) -> str:
    """A document with links as they are right on the site."""

    def on_site(found: re.Match[str]) -> str:
        target = (document.parent / found[1]).resolve()
        if not target.is_relative_to(ROOT) or not target.exists():
            return found[1]
        name = target.relative_to(ROOT).as_posix()
        if name in PAGES:
            return PAGES[name]
        if name == "README.md":
            return "index.md"
        if target.is_file() and name.startswith(("docs/", PICTURES)):
            return name.removeprefix("docs/")
        return f"{REPOSITORY}/blob/main/{name}"

    return _LINK.sub(on_site, document.read_text(encoding="utf-8"))


if __name__ == "__main__":
    given = sys.argv[1:]
    sys.stdout.write(f"{build(Path(given[0]) if given else ROOT / 'build' / 'docs')}\n")
