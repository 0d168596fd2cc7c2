"""How a further record of a cable differs from the one that is shown: bits of one number."""

MORE = 1
"""It has words that no earlier record has at that location: they are searched."""
VARIANT = 2
"""Its words differ in a comparison."""
UNREDACTED = 4
"""One of the two has words that the other hides."""
