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
    if not around.RULES.isdisjoint(words.at(index + steps) for steps in range(2, NEAR + 2)):
        return False
    return words.at(index + 1).startswith("to") and words.at(index + 3) != "same"


def per(words: Words, index: int) -> bool:
    """Match `Per Tern, the port is closed`; not `per ref A`."""
    is_named = words.is_name(index + 1) and words.at(index + 1) not in (
        "ref",
        "refs",
        "reftel",
        "embassy",
    )
    indexes_near = range(index + 1, min(index + 4, len(words.small)))
    begins = index == 0 or words.small[index - 1] == "as"
    ends = index > 0 and words.is_before_comma(index - 1) and indexes_near.stop == len(words.small)
    return is_named and (ends or (begins and any(map(words.is_before_comma, indexes_near))))


def claim(words: Words, index: int) -> bool:
    """Match `he was firm in his assertion that ...` and `claims by Tern that ...`."""
    if words.at(index + 1) in ("by", "from") and words.at(index + 2) not in around.AUTHOR:
        words_near = words.small[index + 2 : index + 2 * FAR]
        return "that" in words_near and any(words.is_somebody(index + step) for step in (2, 3, 4))
    is_owned = words.is_owned(index) or words.is_owner(
        index - 2
    )  # `the minister's repeated claims that`
    is_owned = is_owned and around.AUTHOR.isdisjoint(
        word[:-2] for word in words.small[index - 2 : index]
    )
    return is_owned and (words.at(index + 1) == "that" or words.has_clause(index))


def concern(words: Words, index: int) -> bool:
    """Match `his main concern was that ...` and `they took the position that ...`."""
    word_after = words.at(index + 1)
    if word_after == "that":
        words_near = words.small[max(index - NEAR, 0) : index]
        is_held = words.is_owned(index) or not around.HOLD.isdisjoint(words_near)
        posts = words.small[index - 1][:5] in ("post’", "post'", "our")
        return is_held and not posts and not words.is_authors()
    if word_after not in ("is", "was") or words.small[index - 1].startswith("post"):
        return False
    is_owned = words.is_owned(index) or words.is_owned(index - 1)
    return is_owned and "that" in words.small[index + 2 : index + NEAR]


def view(words: Words, index: int) -> bool:
    """Match `in the minister's view`, `in the view of many`, `from his point of view`."""
    if words.at(index - 2) == "point" and words.at(index - 1) == "of":
        return words.at(index - 3) not in ("our", "my")
    if words.at(index - 2) == "in" and words.at(index + 1) == "of" and words.at(index) != "words":
        return around.AUTHOR.isdisjoint((words.at(index + 2), words.at(index + 3)))
    owner = words.small[index - 1] if index else ""
    if owner.startswith(("post", "embassy", "mission")):
        return False
    is_owned = "'" in owner or "’" in owner or words.is_owned(index) or words.is_owned(index - 1)
    is_led = not around.LED_FROM.isdisjoint(words.small[max(index - FAR, 0) : index])
    return (is_owned and is_led) or concern(words, index)
