"""How a further record of a cable differs from the one that is shown: bits of one number."""

MORE = 1
"""It has words that no earlier record has at that location: they are searched."""
VARIANT = 2
"""Its words differ, as a comparison sees them."""
UNREDACTED = 4
"""One of both says what the other hides."""
