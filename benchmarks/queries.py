"""The sixty fixed queries, each with its meaning in parts that know nothing of our query language.

From the parts come what a plain scan looks for (`benchmarks.plain`) and what a bare tantivy is
asked (`benchmarks.bare`); `rg` is the nearest thing that ripgrep can say: the literal, `\\bprefix`,
the rarest word of several, the right word for a misspelt one. The words are those of the generated
archive: what a form, a spelling or a beginning stands for is written down by hand.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class Words:
    """A cable with at least one of these words."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Begins:
    """A cable with a word that begins so."""

    prefix: str


@dataclass(frozen=True, slots=True)
class InRow:
    """A cable with these words one after the other."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Misspelt:
    """A cable with the words that were meant."""

    typed: str
    meant: tuple[str, ...]
    distance: int
    """Letters that differ, at most; two that changed places are one."""


@dataclass(frozen=True, slots=True)
class Where:
    """A cable that is filed so."""

    column: Literal["origin", "class", "tag"]
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class When:
    """A cable of these days, both included, as YYYYMMDD."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Not:
    """A cable for which a part does not hold."""

    part: Part


Part = Words | Begins | InRow | Misspelt | Where | When | Not


@dataclass(frozen=True, slots=True)
class Asked:
    """One query of the list."""

    kind: str
    text: str
    """In our own language."""
    rg: str
    """The pattern that ripgrep gets."""
    parts: tuple[Part, ...] = field(default=())
    """All of them hold."""

    @property
    def has_words(self) -> bool:
        """Whether it asks for words: those are sorted by relevance, the others by time."""
        parts = (part.part if isinstance(part, Not) else part for part in self.parts)
        return any(isinstance(part, Words | Begins | InRow | Misspelt) for part in parts)


def _word(kind: str, text: str, *forms: str) -> Asked:
    """One word, with the forms of it that the archive has."""
    return Asked(kind, text, text, (Words((text, *forms)),))


def _phrase(*words: str) -> Asked:
    text = " ".join(words)
    return Asked("phrase", f'"{text}"', text, (InRow(words),))


def _prefix(prefix: str) -> Asked:
    return Asked("prefix", f"{prefix}*", rf"\b{prefix}", (Begins(prefix),))


def _fuzzy(typed: str, meant: str, distance: int = 2) -> Asked:
    return Asked("fuzzy", typed, meant, (Misspelt(typed, (meant,), distance),))


def _both(text: str, rg: str, *words: tuple[str, ...]) -> Asked:
    return Asked("words", text, rg, tuple(Words(forms) for forms in words))


MINISTER = ("minister", "ministers")
ELECTION = ("election", "elections")
CONFIDENTIAL = ("CONFIDENTIAL", "CONFIDENTIAL//NOFORN", "SECRET", "SECRET//NOFORN")
BAGHDAD = Where("origin", ("Embassy Baghdad",))
ANKARA = Where("origin", ("Embassy Ankara",))
PREL = Where("tag", ("PREL",))

RARE = (
    *(_word("rare", word) for word in ("shencim", "salproun", "leinrahek", "berfit", "grezoul")),
    *(_word("rare", word) for word in ("wablaitreird", "bomyeinddrin", "blaatzeitpik")),
)
COMMON = (
    _word("common", "the"),
    _word("common", "government", "governments"),
    _word("common", "minister", "ministers"),
    _word("common", "police"),
    _word("common", "election", "elections"),
    _word("common", "sanctions"),
    _word("common", "uranium"),
    _word("common", "trafficking"),
    _word("common", "heroin"),
    _word("common", "national"),
)
SEVERAL = (
    _both("uranium enrichment", "uranium", ("uranium",), ("enrichment",)),
    _both("refugee camp", "camp", ("refugee", "refugees"), ("camp", "camps")),
    _both("bishop cartel heroin", "heroin", ("bishop", "bishops"), ("cartel",), ("heroin",)),
    _both("minister of energy", "energy", MINISTER, ("of",), ("energy",)),
    _both("drought cotton", "cotton", ("drought",), ("cotton",)),
    _both("thendla government", "thendla", ("thendla",), ("government", "governments")),
    _both("himchaaveird police", "himchaaveird", ("himchaaveird",), ("police",)),
    _both("mubarak oil", "mubarak", ("mubarak",), ("oil",)),
)
PHRASES = (
    _phrase("prime", "minister"),
    _phrase("trafficking", "in", "persons"),
    _phrase("national", "security"),
    _phrase("of", "the", "government"),
    _phrase("uranium", "enrichment"),
    _phrase("election", "results"),
    _phrase("border", "police"),
)
PREFIXES = (
    _prefix("traff"),
    _prefix("gov"),
    _prefix("elect"),
    _prefix("thai"),
    _prefix("se"),
    _prefix("p"),
    Asked("prefix", "uran* enri*", r"\buran", (Begins("uran"), Begins("enri"))),
    Asked("prefix", "minister pol*", r"\bpol", (Words(MINISTER), Begins("pol"))),
)
FUZZY = (
    _fuzzy("trafikcing", "trafficking"),
    _fuzzy("enrichemnt", "enrichment", 1),
    _fuzzy("earthqauke", "earthquake", 1),
    _fuzzy("parlaiment", "parliament", 1),
    Asked(
        "fuzzy",
        "negociation parlaiment",
        "negotiation",
        (Misspelt("negociation", ("negotiation",), 1), Misspelt("parlaiment", ("parliament",), 1)),
    ),
)
FILTERED = (
    Asked("filtered", "class:secret", '"SECRET"', (Where("class", ("SECRET",)),)),
    Asked("filtered", "date:2005", "/2005 ", (When(20050101, 20051231),)),
    Asked("filtered", "tag:KTIP", "KTIP", (Where("tag", ("KTIP",)),)),
    Asked("filtered", "origin:baghdad police", "baghdad", (BAGHDAD, Words(("police",)))),
    Asked("filtered", "tag:PREL government", "PREL", (PREL, Words(("government", "governments")))),
    Asked("filtered", "tag:PREL tag:PGOV", "PGOV", (Where("tag", ("PREL", "PGOV")),)),
    Asked(
        "filtered",
        "class:>=confidential nuclear",
        "nuclear",
        (Where("class", CONFIDENTIAL), Words(("nuclear",))),
    ),
    Asked(
        "filtered",
        "date:2008 minister election",
        "election",
        (When(20080101, 20081231), Words(MINISTER), Words(ELECTION)),
    ),
    Asked(
        "filtered",
        'date:2004-03..2006-02-13 "prime minister"',
        "prime minister",
        (When(20040301, 20060213), InRow(("prime", "minister"))),
    ),
    Asked(
        "filtered",
        "origin:ankara class:confidential date:2007..",
        "ankara",
        (ANKARA, Where("class", ("CONFIDENTIAL",)), When(20070101, 99991231)),
    ),
)
LOGICAL = (
    Asked(
        "logical",
        "government -police",
        "government",
        (Words(("government", "governments")), Not(Words(("police",)))),
    ),
    Asked(
        "logical",
        "(wheat or coffee) -drought date:2006",
        "wheat|coffee",
        (Words(("wheat", "coffee")), Not(Words(("drought",))), When(20060101, 20061231)),
    ),
    Asked("logical", "energy -tag:PREL", "energy", (Words(("energy",)), Not(PREL))),
    Asked(
        "logical",
        "gaddafi or qadhafi or qaddafi",
        "gaddafi|qadhafi|qaddafi",
        (Words(("gaddafi", "qadhafi", "qaddafi")),),
    ),
)
QUERIES: tuple[Asked, ...] = (
    RARE + COMMON + SEVERAL + PHRASES + PREFIXES + FUZZY + FILTERED + LOGICAL
)
WARM: tuple[Asked, ...] = (
    Asked(
        "warm",
        "quite another question",
        "",
        (Words(("quite",)), Words(("another",)), Words(("question", "questions"))),
    ),
    Asked(
        "warm",
        "class:>=confidential -date:2003",
        "",
        (Where("class", CONFIDENTIAL), Not(When(20030101, 20031231))),
    ),
)
"""What is asked before the clock runs: none of the sixty."""
SENTENCES = (
    "prime minister sanctions against",
    "trafficking in persons report",
    "uranium enrichment at the port",
)
"""What is typed letter by letter."""
