"""The transmission header in words: precedence, time, sender, addressees. Pure: no Textual.

Names are as printed; the routing indicator follows if the header has one. What the codes mean is
from the tables of `glossary`.
"""

from __future__ import annotations

from collections.abc import Iterator

from cable_tui.base.cable import Addressee, Header
from cable_tui.glossary import tables
from cable_tui.glossary.terms import message_in_words
from cable_tui.telegram.addressed_posts import READINGS
from cable_tui.text import clean_line

_LABEL = 14
"""The width of a label and the gap after it."""


def decoded(header: Header) -> str:
    """Return the header in lines; empty if nothing in it is known."""
    label_above = ""
    decoded_lines: list[str] = []
    for label, words in _lines(header):  # a label that repeats is left out
        decoded_lines.append(f"{'' if label == label_above else label:{_LABEL}}{clean_line(words)}")
        label_above = label
    return "\n".join(decoded_lines)


def _lines(header: Header) -> Iterator[tuple[str, str]]:
    if header.partial:
        yield "Record", "only a partial extract of the original header"
    if header.precedence:
        meaning = tables.prosign(header.precedence)
        meaning_note = f": {meaning[:1].lower()}{meaning[1:]}" if meaning else ""
        yield "Precedence", f"{header.precedence}{meaning_note}"
    if header.date_time_group:
        yield "Sent", _sent(header.date_time_group)
    if header.sender:
        route = header.originator.route if header.originator else None
        yield "From", _with_route(header.sender, route)
    for label, addressees in (("To", header.to), ("Info", header.info)):
        for addressee in addressees:
            yield label, _addressee(addressee)
    # What the network needed to know.
    if header.security:
        yield "Security", _security(header.security)
    if origin := header.originator:
        yield "Message", message_in_words(origin)
    if header.transmission_id:
        yield "Transmission", header.transmission_id
    for line in header.distribution:
        yield "Distribution", line


def _sent(group: str) -> str:
    """Return `131457Z FEB 09 = 13 Feb 2009, 14:57 UTC`."""
    from cable_tui.telegram import times

    date_time_group = times.group(group)
    if date_time_group is None:
        return group
    day = f"{date_time_group.day.day} {date_time_group.day:%b} {date_time_group.day.year}"
    return f"{group} = {day}, {date_time_group.hour or 0:02d}:{date_time_group.minute or 0:02d} UTC"


def _with_route(name: str, route: str | None) -> str:
    if not route:
        return name
    if not name:
        return f"{tables.route(route) or 'not known'} ({route})"
    return f"{name} ({route})"


def _addressee(addressee: Addressee) -> str:
    parts = [_with_route(addressee.name, addressee.route)]
    if addressee.precedence:
        parts.append(addressee.precedence)
    if addressee.mcn:
        # As printed: it begins again at 10,000, and each section of a long message has one, so
        # that it does not say which message this is to the addressee.
        parts.append(f"number {addressee.mcn}")
    if addressee.excluded:
        parts.append(f"without {', '.join(addressee.excluded)}")
    if addressee.reading:
        parts.append(READINGS[addressee.reading])
    return " · ".join(parts)


def _security(line: str) -> str:
    """Return the class that `CCCCC` gives, and the line; its other words are procedure signals."""
    for word in line.split():
        if len(word) == 5 and len(set(word)) == 1 and (meaning := tables.prosign(word)):
            return f"{meaning} ({line})"
    return line
