"""How a further record of a cable differs from the displayed record: bits of one number."""

MORE = 1
"""The record contains words that no earlier record has at that location; they are searched."""
VARIANT = 2
"""The words of the record differ in a comparison."""
UNREDACTED = 4
"""One of the two records contains words that the other hides."""
