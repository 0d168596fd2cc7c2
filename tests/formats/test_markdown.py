"""A telegram with a YAML head is a cable; an article with one is not, whatever it speaks of."""

import pytest

from cable_tui import formats
from tests.cases import case
from tests.formats.samples import DATA, cable

FILE = (DATA / "lamps.qmd").read_bytes()
ARTICLE = b"""---
title: "What 09RABAT27 says"
date: 2010-12-01
tags: [leaks, cables]
cable: 09RABAT27
---

Cable 09RABAT27 of 13 February 2009 is CONFIDENTIAL. Its subject: lamps.
"""
TELEGRAM = b"CONFIDENTIAL RABAT 000027\n\nTAGS: PREL\nSUBJECT: LAMPS\n\n1. (C) The lamp is out.\n"


def test_the_head_gives_the_facts_and_the_text_loses_the_signs_of_markdown() -> None:
    raw = cable(FILE, "posts/a.qmd")
    assert (raw.reference_id, raw.format) == ("1974LAPAZ01946", "markdown")
    assert (raw.created, raw.classification) == ("1974-03-29", "LIMITED OFFICIAL USE")
    assert raw.title == 'The harbor master asks for lamps: "now"'
    assert raw.tags == ("EMIN", "BL", "MORAN, ANN")
    assert raw.origin == "Embassy La Paz"
    assert raw.body.split("\n")[0] == "LIMITED OFFICIAL USE LA PAZ 1946"
    assert "\nTAGS: EMIN, BL  \n" in raw.body
    assert raw.body.endswith("1. THE LAMP IS OUT.\nSEE LIMA 12.\n\nMORAN")


def test_what_the_head_has_besides_is_shown_and_what_was_not_read_is_named() -> None:
    assert cable(FILE, "a.qmd").remarks == (
        ("Also in the front matter", "film number: D740070-0451"),
        ("Not read in the front matter", "author (line 6)"),
    )


@pytest.mark.parametrize(
    ("path", "head", "reference_id"),
    [
        case("its own id", "a.md", "id: 09RABAT27", "09RABAT27"),
        case("the file's name", "09RABAT27.md", "title: A", "09RABAT27"),
        case("a name with its day", "posts/2011-08-30-09RABAT27.markdown", "title: A", "09RABAT27"),
        case("the folder's name", "09RABAT27/index.qmd", "title: A", "09RABAT27"),
        case("its title", "a.md", "title: '09RABAT27'", "09RABAT27"),
        case("the start of its title", "a.md", 'title: "09RABAT27: LAMPS"', "09RABAT27"),
        case("its link", "a.md", "url: https://example.org/cables/09RABAT27_a.html", "09RABAT27"),
        case("its first line and date", "a.md", "date: 2009-02-13", "09RABAT27"),
    ],
)
def test_the_reference_id_is_found(path: str, head: str, reference_id: str) -> None:
    raw = cable(f"---\n{head}\n---\n".encode() + TELEGRAM, path)
    assert (raw.reference_id, raw.format) == (reference_id, "markdown")


@pytest.mark.parametrize(
    ("path", "text"),
    [
        case("an article", "posts/2010-12-01-leaks.md", ARTICLE),
        case("a README with a sample", "README.md", FILE),
        case("no id and no day", "a.md", b"---\ntitle: A\n---\n" + TELEGRAM),
        case("a rule", "a.md", b"---\n\n09RABAT27\n"),
    ],
)
def test_what_speaks_of_cables_is_none(path: str, text: bytes) -> None:
    assert isinstance(formats.sniff(path, text), formats.Skip)


def test_a_text_without_labels_in_a_file_named_by_an_id_is_read_as_a_named_text() -> None:
    raw = cable(ARTICLE.replace(b"cable: 09RABAT27\n", b""), "09RABAT27.md")
    assert (raw.reference_id, raw.format) == ("09RABAT27", "named-text")


def test_the_date_of_a_page_is_not_that_of_the_cable() -> None:
    raw = cable(b"---\nid: 09RABAT27\ndate: 2013-04-08\n---\n" + TELEGRAM, "a.md")
    assert (raw.created, raw.remarks) == ("", (("Date of the page", "2013-04-08"),))


@pytest.mark.parametrize(
    ("line", "origin", "remark"),
    [
        ("from: AMEMBASSY LA PAZ", "Embassy La Paz", None),
        ("author: A student", "", "author: A student"),
        ("source: https://example.org", "", "source: https://example.org"),
    ],
)
def test_only_a_post_is_an_origin(line: str, origin: str, remark: str | None) -> None:
    raw = cable(f"---\nid: 09SANTORIEL88\n{line}\n---\n".encode() + TELEGRAM, "a.md")
    assert (raw.origin, dict(raw.remarks).get("Also in the front matter")) == (origin, remark)


PREFIXED = """---
title: "The Lamps of La Paz"
author: "Unknown"
date: "June 01, 2024"
editor: visual
{0}date: "March 29, 1974"
{0}from: "AmEmbassy La Paz"
{0}to: "SecState WashDC"
{0}tags: "EMIN, BL"
{0}ref: "74LIMA12; the letter of May"
{1}---

::: {{.cable-meta}}
:::

# DEPARTMENT OF STATE TELEGRAM
**CONFIDENTIAL**

The lamp is out, and nobody has a match.

Moran

***

#### Message Attributes

- **Document Number:** 1974LAPAZ01946

- **Declassified:** 30 JUN 2005

- **Classification:** CONFIDENTIAL
"""
IN_HEAD = '{0}doc-number: "1974LAPAZ01946"\n{0}classification: "CONFIDENTIAL"\n'


@pytest.mark.parametrize("prefix", ["cable-", "cable_", "tel."])
@pytest.mark.parametrize("more", ["", IN_HEAD], ids=["ID at the end", "ID in the head"])
def test_a_prefix_of_the_keys_of_a_cable_is_no_part_of_them(prefix: str, more: str) -> None:
    raw = cable(PREFIXED.format(prefix, more.format(prefix)).encode(), "docs/a.qmd")
    assert (raw.reference_id, raw.origin) == ("1974LAPAZ01946", "Embassy La Paz")
    assert (raw.created, raw.classification) == ("1974-03-29", "CONFIDENTIAL")
    assert (raw.tags, raw.references) == (("EMIN", "BL"), ("74LIMA12",))
    assert raw.body.endswith("nobody has a match.\n\nMoran")
    said = dict(raw.remarks)["Also in the front matter"]
    assert f"{prefix}ref: 74LIMA12; the letter of May" in said
    assert "Declassified: 30 JUN 2005" in said


def test_a_prefix_of_two_facts_makes_no_cable() -> None:
    text = "---\ncable-date: 2009\ncable-from: Rabat\nid: 09RABAT27\n---\n\nAn article.\n"
    assert isinstance(formats.sniff("a.md", text.encode()), formats.Skip)
