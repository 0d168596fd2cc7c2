"""Rules for reports without a verb of saying: a claim, view or concern, `according to`, `per`."""

from __future__ import annotations

from cable_tui.tools.voices import words_around as around
from cable_tui.tools.voices.who_speaks import FAR, NEAR, Words, are_persons


def according(words: Words, index: int) -> bool:
    """Match `according to Tern`; not `according to our records`, `the same plan`, `the rules`."""
    if words.at(index + 2) in ("our", "my", "post"):
        return (
            are_persons(words.at(index + 3))
            or words.is_somebody(index + 3)
            or words.is_owner(index + 3)
        )
    if not around.RULES.isdisjoint(words.at(index + far) for far in range(2, NEAR + 2)):
        return False
    return words.at(index + 1).startswith("to") and words.at(index + 3) != "same"


def per(words: Words, index: int) -> bool:
    """Match `Per Tern, the port is closed`; not `per ref A`."""
    named = words.is_name(index + 1) and words.at(index + 1) not in (
        "ref",
        "refs",
        "reftel",
        "embassy",
    )
    near = range(index + 1, min(index + 4, len(words.small)))
    begins = index == 0 or words.small[index - 1] == "as"
    ends = index > 0 and words.is_before_comma(index - 1) and near.stop == len(words.small)
    return named and (ends or (begins and any(map(words.is_before_comma, near))))


def claim(words: Words, index: int) -> bool:
    """Match `he was firm in his assertion that ...` and `claims by Tern that ...`."""
    if words.at(index + 1) in ("by", "from") and words.at(index + 2) not in around.AUTHOR:
        near = words.small[index + 2 : index + 2 * FAR]
        return "that" in near and any(words.is_somebody(index + step) for step in (2, 3, 4))
    owned = words.is_owned(index) or words.is_owner(
        index - 2
    )  # `the minister's repeated claims that`
    owned = owned and around.AUTHOR.isdisjoint(word[:-2] for word in words.small[index - 2 : index])
    return owned and (words.at(index + 1) == "that" or words.has_clause(index))


def concern(words: Words, index: int) -> bool:
    """Match `his main concern was that ...` and `they took the position that ...`."""
    behind = words.at(index + 1)
    if behind == "that":
        near = words.small[max(index - NEAR, 0) : index]
        held = words.is_owned(index) or not around.HOLD.isdisjoint(near)
        posts = words.small[index - 1][:5] in ("post’", "post'", "our")
        return held and not posts and not words.is_authors()
    if behind not in ("is", "was") or words.small[index - 1].startswith("post"):
        return False
    owned = words.is_owned(index) or words.is_owned(index - 1)
    return owned and "that" in words.small[index + 2 : index + NEAR]


def view(words: Words, index: int) -> bool:
    """Match `in the minister's view`, `in the view of many`, `from his point of view`."""
    if words.at(index - 2) == "point" and words.at(index - 1) == "of":
        return words.at(index - 3) not in ("our", "my")
    if words.at(index - 2) == "in" and words.at(index + 1) == "of" and words.at(index) != "words":
        return around.AUTHOR.isdisjoint((words.at(index + 2), words.at(index + 3)))
    whose = words.small[index - 1] if index else ""
    if whose.startswith(("post", "embassy", "mission")):
        return False
    owned = "'" in whose or "’" in whose or words.is_owned(index) or words.is_owned(index - 1)
    led = not around.LED_FROM.isdisjoint(words.small[max(index - FAR, 0) : index])
    return (owned and led) or concern(words, index)
