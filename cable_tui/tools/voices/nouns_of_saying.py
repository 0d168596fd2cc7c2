"""Rules for reports without a verb of saying: a claim, view or concern, `according to`, `per`."""

from __future__ import annotations

from cable_tui.tools.voices import words_around as around
from cable_tui.tools.voices.who_speaks import FAR, NEAR, Words, are_persons


def according(words: Words, at: int) -> bool:
    """Match `according to Tern`; not `according to our records`, `the same plan`, `the rules`."""
    if words.at(at + 2) in ("our", "my", "post"):
        return are_persons(words.at(at + 3)) or words.is_somebody(at + 3) or words.is_owner(at + 3)
    if not around.RULES.isdisjoint(words.at(at + far) for far in range(2, NEAR + 2)):
        return False
    return words.at(at + 1).startswith("to") and words.at(at + 3) != "same"


def per(words: Words, at: int) -> bool:
    """Match `Per Tern, the port is closed`; not `per ref A`."""
    named = words.is_name(at + 1) and words.at(at + 1) not in ("ref", "refs", "reftel", "embassy")
    near = range(at + 1, min(at + 4, len(words.small)))
    begins = at == 0 or words.small[at - 1] == "as"
    ends = at > 0 and words.is_before_comma(at - 1) and near.stop == len(words.small)
    return named and (ends or (begins and any(map(words.is_before_comma, near))))


def claim(words: Words, at: int) -> bool:
    """Match `he was firm in his assertion that ...` and `claims by Tern that ...`."""
    if words.at(at + 1) in ("by", "from") and words.at(at + 2) not in around.AUTHOR:
        near = words.small[at + 2 : at + 2 * FAR]
        return "that" in near and any(words.is_somebody(at + each) for each in (2, 3, 4))
    owned = words.is_owned(at) or words.is_owner(at - 2)  # `the minister's repeated claims that`
    owned = owned and around.AUTHOR.isdisjoint(each[:-2] for each in words.small[at - 2 : at])
    return owned and (words.at(at + 1) == "that" or words.has_clause(at))


def concern(words: Words, at: int) -> bool:
    """Match `his main concern was that ...` and `they took the position that ...`."""
    behind = words.at(at + 1)
    if behind == "that":
        near = words.small[max(at - NEAR, 0) : at]
        held = words.is_owned(at) or not around.HOLD.isdisjoint(near)
        posts = words.small[at - 1][:5] in ("post’", "post'", "our")
        return held and not posts and not words.is_authors()
    if behind not in ("is", "was") or words.small[at - 1].startswith("post"):
        return False
    owned = words.is_owned(at) or words.is_owned(at - 1)
    return owned and "that" in words.small[at + 2 : at + NEAR]


def view(words: Words, at: int) -> bool:
    """Match `in the minister's view`, `in the view of many`, `from his point of view`."""
    if words.at(at - 2) == "point" and words.at(at - 1) == "of":
        return words.at(at - 3) not in ("our", "my")
    if words.at(at - 2) == "in" and words.at(at + 1) == "of" and words.at(at) != "words":
        return around.AUTHOR.isdisjoint((words.at(at + 2), words.at(at + 3)))
    whose = words.small[at - 1] if at else ""
    if whose.startswith(("post", "embassy", "mission")):
        return False
    owned = "'" in whose or "’" in whose or words.is_owned(at) or words.is_owned(at - 1)
    led = not around.LED_FROM.isdisjoint(words.small[max(at - FAR, 0) : at])
    return (owned and led) or concern(words, at)
