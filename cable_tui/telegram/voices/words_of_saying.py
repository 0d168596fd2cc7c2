"""TRIGGERS: the words that make a sentence a report, each with what must stand around it.

A rule gets the words of a sentence in small letters, with the commas behind them, and the place of
its word.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

Rule = Callable[[Sequence[str], int], bool]

_SAID = """
    said told stated claimed asserted argued opined explained stressed emphasized emphasised
    underscored underlined reiterated insisted noted remarked commented replied responded answered
    asked inquired queried questioned urged warned cautioned predicted speculated suggested hinted
    implied confirmed denied acknowledged admitted conceded confided complained lamented mused joked
    quipped cracked groused boasted declared announced pledged promised assured thanked praised
    applauded criticized dismissed ridiculed condemned disagreed mentioned recounted characterized
    advocated highlighted outlined reported revealed disclosed signaled signalled conveyed quoted
    advised reminded interjected challenged elaborated clarified affirmed reaffirmed endorsed
    recalled wondered pleaded appealed blamed accused welcomed contended alleged counseled demurred
    retorted volunteered observed cited described concurred exclaimed lauded berated railed chided
    scoffed protested
""".split()
_BY_THAT = """
    claims reports notes states maintains maintained contends agreed agree agrees reasoned believes
    believed hoped thought felt concluded feared complains denies reminds posited proposed added
    indicated testified related implies indicates suggests estimated boasts warns predicts requested
    saying noting adding arguing claiming explaining warning insisting stressing convinced confident
    adamant
""".split()
_SAYS = "says tells argues asserts insists explains opines acknowledges admits".split()
_SAY = "say argue assert insist complain acknowledge admit".split()
_CLOSING = "continued concluded offered assessed added agreed reasoned estimated".split()
_NO_VERB_BEHIND = frozenset(
    "as be is are been being was were the a an its their of any some newly recently to his her our "
    "this these those no".split()
)
"""Words before a participle: nobody speaks."""
_AUTHOR = frozenset("i we post".split())
_HELPS = frozenset("have has had also again".split())
_PERSONS = frozenset("he she they it ambassador minister president charge dcm".split())
_NOT_BEFORE_SAY = frozenset(
    "to will may can could would should might must we i shall cannot not and or had have".split()
)
_ELSEWHERE = frozenset("by in above below here septel reftel septels coup plot".split())
"""Words behind a participle that says where something is told."""
_FEELINGS = frozenset(
    "appreciation concern concerns hope hopes interest gratitude regret doubt doubts skepticism "
    "support confidence satisfaction dissatisfaction optimism frustration surprise desire "
    "willingness disappointment sympathy condolences belief view views".split()
)
_DOUBTS = frozenset("skepticism concern concerns objection objections doubt doubts".split())
_NEAR = 5


def _at(words: Sequence[str], at: int) -> str:
    return words[at].rstrip(",'’") if 0 <= at < len(words) else ""


def _by_author(words: Sequence[str], at: int) -> bool:
    before = _at(words, at - 1)
    if before in _HELPS:
        before = _at(words, at - 2)
    return before in _AUTHOR


def _said(words: Sequence[str], at: int) -> bool:
    if at == 0 or _by_author(words, at):
        return False
    passive = _at(words, at - 1) in _NO_VERB_BEHIND
    return not passive and _at(words, at + 1) not in _ELSEWHERE


def _by_that(words: Sequence[str], at: int) -> bool:
    if _by_author(words, at):
        return False
    behind = _at(words, at + 1)
    if behind == "to" and _at(words, at + 2) in ("us", "poloff", "emboff", "ambassador"):
        behind = _at(words, at + 3)
    return behind in ("that", "whether") or (_at(words, at) == "claims" and behind == "to")


def _closing(words: Sequence[str], at: int) -> bool:
    """As in `he continued`, `..., continued the keeper`, `..., Tern assessed`."""
    if _by_that(words, at):
        return True
    if _at(words, at + 1) in ("to", "with") or _by_author(words, at) or at == 0:
        return False
    if at == len(words) - 1 or words[at].endswith(","):
        return _at(words, at - 1) not in _NO_VERB_BEHIND
    if _at(words, at - 1) in _PERSONS or words[at - 1].endswith(","):
        return True
    return _at(words, at) == "agreed" and _at(words, at + 1) in ("and", "saying", "but")


def _say(words: Sequence[str], at: int) -> bool:
    return _at(words, at - 1) not in _NOT_BEFORE_SAY and at > 0


def _tell(words: Sequence[str], at: int) -> bool:
    return _at(words, at + 1) == "us" and _say(words, at)


def _always(_words: Sequence[str], at: int) -> bool:
    return at > 0


def _according(words: Sequence[str], at: int) -> bool:
    return _at(words, at + 1).startswith("to") and _at(words, at + 2) not in ("our", "my")


def _with_one_of(following: Iterable[str], reach: int = 1) -> Rule:
    wanted = frozenset(following)

    def rule(words: Sequence[str], at: int) -> bool:
        near = (_at(words, at + step) for step in range(1, reach + 1))
        return not _by_author(words, at) and any(word in wanted for word in near)

    return rule


def _raised(words: Sequence[str], at: int) -> bool:
    return _at(words, at + 1) == "with" or _DOUBTING(words, at)


def _view(words: Sequence[str], at: int) -> bool:
    """`in the minister's view`, `from his point of view`; not `in our view`."""
    if _at(words, at - 2) == "point" and _at(words, at - 1) == "of":
        return _at(words, at - 3) not in ("our", "my")
    whose = words[at - 1] if at else ""
    owned = "'" in whose or "’" in whose or ",s" in whose or whose in ("his", "her", "their")
    return owned and "in" in words[max(at - _NEAR, 0) : at]


_DOUBTING = _with_one_of(_DOUBTS, _NEAR)

TRIGGERS: dict[str, Rule] = {
    **dict.fromkeys(_SAID, _said),
    **dict.fromkeys(_BY_THAT, _by_that),
    **dict.fromkeys(_SAYS, _always),
    **dict.fromkeys(_SAY, _say),
    **dict.fromkeys(_CLOSING, _closing),
    "tell": _tell,
    "according": _according,
    **dict.fromkeys(("expressed", "expresses", "expressing"), _with_one_of(_FEELINGS, _NEAR)),
    "voiced": _DOUBTING,
    "raised": _raised,
    **dict.fromkeys(("pointed", "pointing", "points"), _with_one_of(("out", "to"))),
    "made": _with_one_of(("clear",), 3),
    "called": _with_one_of(("on", "for", "upon")),
    "view": _view,
}
"""By the word in small letters."""
