"""The transmission header in words: precedence, time, sender and addressees, as plain text.

Names are as printed, followed by the routing indicator if the header has one. The meanings of codes
are taken from the tables of `glossary`.
"""

from __future__ import annotations

from collections.abc import Iterator

from cable_tui.base.cable import Addressee, Header
from cable_tui.glossary import tables
from cable_tui.glossary.terms import message_in_words
from cable_tui.telegram.addressed_posts import READINGS
from cable_tui.text import clean_line

_LABEL = 14
"""The width of a label and the gap after it, in cells."""


def decoded(header: Header) -> str:
    """Return the header in lines, or an empty string if nothing in it is known."""
    label_above = ""
    decoded_lines: list[str] = []
    for label, label_text in _lines(header):  # a label that repeats is left out
        decoded_lines.append(
            f"{'' if label == label_above else label:{_LABEL}}{clean_line(label_text)}"
        )
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


def _sent(group_text: str) -> str:
    """Return the time of a date-time group in words: `131457Z FEB 09 = 13 Feb 2009, 14:57 UTC`."""
    from cable_tui.telegram import times

    date_time_group = times.group(group_text)
    if date_time_group is None:
        return group_text
    sent_day = f"{date_time_group.day.day} {date_time_group.day:%b} {date_time_group.day.year}"
    sent_time = f"{date_time_group.hour or 0:02d}:{date_time_group.minute or 0:02d}"
    return f"{group_text} = {sent_day}, {sent_time} UTC"


def _with_route(name: str, route: str | None) -> str:
    if not route:
        return name
    if not name:
        return f"{tables.route(route) or 'not known'} ({route})"
    return f"{name} ({route})"


def _addressee(addressee: Addressee) -> str:
    addressee_parts = [_with_route(addressee.name, addressee.route)]
    if addressee.precedence:
        addressee_parts.append(addressee.precedence)
    if addressee.mcn:
        # As printed: it begins again at 10,000, and each section of a long message has one, so
        # that it does not say which message this is to the addressee.
        addressee_parts.append(f"number {addressee.mcn}")
    if addressee.excluded:
        addressee_parts.append(f"without {', '.join(addressee.excluded)}")
    if addressee.reading:
        addressee_parts.append(READINGS[addressee.reading])
    return " · ".join(addressee_parts)


def _security(security_line: str) -> str:
    """Return the classification that a word such as `CCCCC` represents, with the line.

    The other words are procedure signals.
    """
    for word in security_line.split():
        if len(word) == 5 and len(set(word)) == 1 and (meaning := tables.prosign(word)):
            return f"{meaning} ({security_line})"
    return security_line
