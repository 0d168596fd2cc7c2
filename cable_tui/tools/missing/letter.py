"""A letter that requests cables from an agency, with the places to fill in marked by brackets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from cable_tui.text import clean_line
from cable_tui.text.numbers import counted
from cable_tui.tools.missing.requested import CitedIn, RequestedCable

Kind = Literal["foia", "mdr"]
KINDS: dict[str, str] = {
    "foia": "a request under the Freedom of Information Act",
    "mdr": "a mandatory declassification review",
}
_OPENING: dict[str, str] = {
    "foia": "Under the Freedom of Information Act, 5 U.S.C. 552, I request a copy of each of the "
    "telegrams listed below, with all attachments.",
    "mdr": "Under section 3.5 of Executive Order 13526, I request a mandatory declassification "
    "review of each of the telegrams listed below, and the release of all parts that no longer "
    "need protection.",
}
_REASONS: dict[str, str] = {
    "not in the archive": "cited by other telegrams, but not in the collection that I use",
    "withdrawn": "its text was withdrawn from the public archive",
    "microfilm": "its text exists only on microfilm",
}
_CLOSING: dict[str, tuple[str, ...]] = {
    "foia": (
        "I will pay fees up to [AMOUNT]. [OR: I request a waiver of fees, because REASON.]",
        "If you withhold any part, please state the exemption for each part, and release the rest.",
    ),
    "mdr": (
        "If you withhold any part, please state the reason for each part, and release the rest.",
    ),
}


def letter(kind: Kind, cables: Iterable[RequestedCable]) -> Iterator[str]:
    """Yield the lines of a letter, with a numbered paragraph for each cable as it is found."""
    yield from (
        "[YOUR NAME]",
        "[YOUR ADDRESS]",
        "",
        "[DATE]",
        "",
        "[NAME AND ADDRESS OF THE OFFICE]",
    )
    yield from ("", f"Subject: {KINDS[kind]}", "", _OPENING[kind], "")
    for number, cable in enumerate(cables, 1):
        yield from cable_lines(number, cable)
        yield ""
    for sentence in _CLOSING[kind]:
        yield from (sentence, "")
    yield from ("Sincerely,", "[YOUR NAME]")


def cable_lines(number: int, cable: RequestedCable) -> Iterator[str]:
    """Yield the lines about one cable, the first with its number in the letter."""
    yield (
        f"{number}. Telegram {cable.year} {cable.station} {cable.number} "
        f"({clean_line(cable.post)}; reference ID {clean_line(cable.reference_id)})"
    )
    if cable.year_inferred:
        yield "   Year: inferred from the dates of the citations, which do not give it"
    yield f"   Sent: {days(cable)}"
    yield f"   Classification: {clean_line(cable.classification) or 'not known'}"
    yield f"   Status: {_REASONS[cable.status]}"
    if cable.citing:
        yield f"   Cited by {counted(cable.citing, 'telegram')}:"
    for citing in cable.cited_in:
        yield f"   - {_citing(citing)}"


def days(cable: RequestedCable) -> str:
    """Return the days on which a cable may have been sent, and how they are known."""
    earliest, latest = cable.earliest, cable.latest
    if cable.dates_from == "the archive":
        return earliest
    if cable.dates_from == "nothing":
        return f"in {cable.year}"
    if cable.dates_from == "citations":
        return f"in {cable.year}, no later than {latest}, when it was first cited"
    if cable.dates_from == "contradiction":
        return (
            f"in {cable.year}, if number and year are right: the post reached this number later "
            "than it was first cited"
        )
    why = "estimated from the numbers and dates of the post's other telegrams"
    if not latest:
        return f"probably after {earliest}, in {cable.year} ({why})"
    if earliest == latest:
        return f"probably on {earliest} ({why})"
    return f"probably between {earliest} and {latest} ({why})"


def _citing(citing: CitedIn) -> str:
    day = f" of {citing.created}" if citing.created else ""
    paragraph = f", paragraph {citing.paragraph}" if citing.paragraph else ""
    sentence = f': "{clean_line(citing.sentence)}"' if citing.sentence else ""
    return f"{clean_line(citing.reference_id)}{day}{paragraph}{sentence}"
