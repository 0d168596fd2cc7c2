"""Fictional cables by the hundred thousand, the same ones for the same seed.

The words follow Zipf's law over an open, invented vocabulary headed by common English ones; posts,
TAGS and classifications are drawn as often as they occur in the real archive. Nothing is quoted.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from cable_tui.glossary import posts, tag_lists

COMMON = """
the of to and in a that for on with is as by at from be was will not this an it has are have its
would which but or government said embassy president minister national security united states party
political ambassador he they their his also more than other between over under about after before
military economic officials support election meeting foreign country international local police law
trade police reform public media press energy oil gas water health human rights trafficking in
persons prime minister parliament opposition leader court justice prison army border migration
sanctions bank investment market export import price contract company project development
assistance aid program education university student women children labor union
strike protest demonstration violence attack
terrorism extremist group network weapon nuclear missile enrichment inspection treaty agreement
negotiation delegation visit summit conference speech statement comment summary action request
reference department bureau office director adviser colonel general admiral intelligence
cooperation training exercise base aircraft helicopter vessel port fishing coast island river dam
pipeline refinery mining copper uranium diamond timber agriculture wheat rice cotton coffee drought
flood earthquake epidemic influenza vaccine hospital doctor visa passport consular citizen refugee
camp minority religious church mosque bishop imam village province governor mayor district tribe
corruption bribery laundering smuggling narcotics cocaine heroin cartel gang arrest trial sentence
""".split()
SUBJECTS = """
ELECTIONS FISHING TRAFFICKING MIGRATION NARCOTICS ENERGY REFORM BUDGET SANCTIONS BORDER PORT COAST
VISIT OF MINISTER PARLIAMENT OPPOSITION PRESS LABOR COURT POLICE ARMY NAVY AID TRADE TALKS DROUGHT
ELECTION RESULTS AND OUTLOOK ANNUAL REPORT UPDATE SCENESETTER FOR CODEL DEMARCHE DELIVERED RESPONSE
""".split()
NAMES = (
    "gaddafi qadhafi qaddafi hizballah hezbollah ahmadinejad ahmadinejad mubarak yushchenko".split()
)
CLASSES = (
    ("UNCLASSIFIED", "UNCLAS", 75),
    ("UNCLASSIFIED//FOR OFFICIAL USE ONLY", "UNCLAS", 58),
    ("CONFIDENTIAL", "C O N F I D E N T I A L", 98),
    ("CONFIDENTIAL//NOFORN", "C O N F I D E N T I A L", 5),
    ("SECRET", "S E C R E T", 11),
    ("SECRET//NOFORN", "S E C R E T", 4),
)
_ONSETS = "b bl br c ch d dr f g gr h j k kh l m n p pr q r s sh st t th tr v w y z".split()
_VOWELS = "a e i o u aa ai ei ou ia".split()
_CODAS = ["", "", "n", "r", "l", "s", "k", "t", "m", "rd", "nd", "sk"]


@dataclass(frozen=True, slots=True)
class Fiction:
    """One invented cable, before it is written in some format."""

    number: int
    reference_id: str
    created: datetime
    released: datetime
    origin: str
    classification: str
    references: tuple[str, ...]
    subject: str
    header: str
    body: str


def _invented(rng: random.Random, count: int) -> list[str]:
    seen = dict.fromkeys(COMMON)
    while len(seen) < count:
        syllables = rng.choices((2, 3, 4), (5, 4, 1))[0]
        seen[
            "".join(
                rng.choice(_ONSETS) + rng.choice(_VOWELS) + rng.choice(_CODAS)
                for _ in range(syllables)
            )
        ] = None
    return list(seen)


class Topic:
    """What some cables are about: its words, TAGS, posts, classification and best year."""

    def __init__(self, rng: random.Random, words: list[str], posts: int) -> None:
        self.words = rng.sample(words[40:60_000], rng.randint(150, 1500))
        weights = (1 / (rank + 4) for rank in range(len(self.words)))
        self.weights = list(itertools.accumulate(weights))
        self.share = rng.uniform(0.05, 0.3)
        """Of the words of a text."""
        self.posts = frozenset(rng.sample(range(posts), rng.randint(3, posts // 4)))
        self.year = rng.randint(2002, 2009)
        self.tags = rng.sample(range(60), 3)
        self.classes = [weight * rng.choice((0.3, 1, 3)) for *_, weight in CLASSES]


class Author:
    """Writes cables one after the other; the same seed writes the same ones.

    Without topics every text has the words of every other, as often.
    """

    def __init__(self, seed: int = 7, vocabulary: int = 120_000, topics: int = 0) -> None:
        self.rng = random.Random(seed)
        self.words = _invented(self.rng, vocabulary)
        self.weights = list(
            itertools.accumulate(1 / (rank + 6) ** 1.18 for rank in range(len(self.words)))
        )
        self.posts = [post for post in posts.stations() if post.cables]
        self.post_weights = list(itertools.accumulate(post.cables for post in self.posts))
        self.tags = [tag.code for tag in tag_lists.tags() if len(tag.code) == 4]
        self.tag_weights = list(
            itertools.accumulate(1 / (rank + 3) for rank in range(len(self.tags)))
        )
        # Of a generator of its own: the same seed without topics writes what it wrote.
        planted = random.Random(f"{seed} topics")
        self.topics = [Topic(planted, self.words, len(self.posts)) for _ in range(topics)]
        self.topic: Topic | None = None
        """Of the cable that is written."""
        self.serials: dict[tuple[str, int], int] = {}
        self.recent: list[str] = []

    def text(self, words: int) -> str:
        """So many words as sentences, in lines of at most about 70 characters."""
        drawn = self.rng.choices(self.words, cum_weights=self.weights, k=words)
        if topic := self.topic:
            own = self.rng.choices(topic.words, cum_weights=topic.weights, k=words)
            drawn = [
                its if self.rng.random() < topic.share else word
                for word, its in zip(drawn, own, strict=True)
            ]
        if self.rng.random() < 0.05:
            drawn[words // 2] = self.rng.choice(NAMES)
        starts = range(0, words, 11)
        lines = (" ".join(drawn[start : start + 11]).capitalize() for start in starts)
        return " \n".join(lines) + "."

    def cables(self, count: int) -> Iterator[Fiction]:
        """`count` cables in the order of their dates."""
        start = datetime(2002, 1, 1, 6, 0)
        step = timedelta(days=365 * 8) / max(count, 1)
        for number in range(1, count + 1):
            yield self._cable(number, start + number * step)

    def _cable(self, number: int, created: datetime) -> Fiction:
        rng = self.rng
        created = created.replace(second=0, microsecond=0)
        post = rng.choices(self.posts, cum_weights=self.post_weights)[0]
        year = created.year
        self.topic = self._topic(self.posts.index(post), year) if self.topics else None
        serial = self.serials[post.code, year] = self.serials.get((post.code, year), 0) + 1
        reference_id = f"{year % 100:02}{post.code}{serial}"
        weights = self.topic.classes if self.topic else [weight for *_, weight in CLASSES]
        classification, spelled, _ = rng.choices(CLASSES, weights)[0]
        references = tuple(rng.sample(self.recent, min(len(self.recent), rng.choice((0, 0, 1, 3)))))
        self.recent = [*self.recent[-40:], reference_id]
        subject = " ".join(rng.choices(SUBJECTS, k=rng.randint(3, 7)))
        subject = f"{subject} {rng.choices(self.words, cum_weights=self.weights)[0].upper()}"
        group = f"{created:%d%H%M}Z {created:%b}".upper() + f" {year % 100:02}"
        header = (
            f"VZCZCXYZ{number % 10_000:04}\nPP RUEHWEB\n\n"
            f"DE RUEHXX #{serial % 10_000:04} {created:%j%H%M}\nZNR UUUUU ZZH\nP {group}\n"
            f"FM AMEMBASSY {post.code}\nTO RUEHC/SECSTATE WASHDC PRIORITY {serial % 10_000:04}\n"
            "INFO RUEHRL/AMEMBASSY BERLIN PRIORITY 0211\nRUEHLO/AMEMBASSY LONDON 0907"
        )
        return Fiction(
            number,
            reference_id,
            created,
            created + timedelta(days=900),
            post.name,
            classification,
            references,
            subject,
            header,
            self._body(f"{spelled} {post.code} {serial:06}", created, subject, references),
        )

    def _topic(self, post: int, year: int) -> Topic | None:
        """What a post writes of in a year; None for a cable of no topic."""
        fits = [
            (post in each.posts) * 3.0 + max(0, 2 - abs(each.year - year)) + 0.1
            for each in self.topics
        ]
        return self.rng.choices([None, *self.topics], [sum(fits) / 3, *fits])[0]

    def _body(
        self,
        first_line: str,
        created: datetime,
        subject: str,
        references: tuple[str, ...],
    ) -> str:
        rng = self.rng
        own = [self.tags[each] for each in self.topic.tags] if self.topic else []
        tags = dict.fromkeys((*own, *rng.choices(self.tags, cum_weights=self.tag_weights, k=5)))
        lines = [
            first_line,
            "",
            "SIPDIS",
            "",
            f"E.O. 12958: DECL: {created:%m/%d}/{created.year + 10}",
            f"TAGS: {' '.join(tags)}",
            f"SUBJECT: {subject}",
            "",
        ]
        for index, reference in enumerate(references):
            label = "REF: " if index == 0 else "     "
            lines.append(f"{label}{chr(65 + index)}. {reference[:2]} {reference[2:]}")
        mark = first_line[0]
        size = min(9000, max(60, int(rng.lognormvariate(6.42, 0.75))))
        for paragraph in range(1, max(2, size // 90) + 1):
            lead = "Summary: " if paragraph == 1 else ""
            lines += ["", f"{paragraph}. ({mark}) {lead}{self.text(min(size, 90))}"]
        return " \n".join([*lines, "", rng.choice(self.words).upper()])
